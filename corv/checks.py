"""Who is asked what is wrong with messages, by the settings: the schemas in force, and the own rules of an organisation."""

from corv.checking import Checks
from corv.eigenregels.proces import OwnRules
from corv.schemas import Schemas
from corv.settings import Settings


def checks_of(settings: Settings) -> Checks:
    """Schemas are compiled, and a process for own rules started, when the first message asks for it; `close` ends that."""
    own = OwnRules(settings.eigen_regels)
    return Checks(Schemas(settings.schemas).validate, own.check, own.close)
