"""`schemas` in config/corv.toml, and the zips that were installed in config/schemas/: which schema judges which message."""

from pathlib import Path

from corv.berichten import BERICHTEN
from corv.errors import why
from corv.officieel.bestanden import FOLDER, check, files_of, folder_of
from corv.officieel.keuze import Instelling, Schemakeuze
from corv.toml_reader import Section

_NONE = (
    'is "{instelling}", maar er is geen officieel schema geïnstalleerd. Installeer de zip van VNG met: '
    'corv schemas installeer ZIP. Of kies "eigen"'
)


def read_setting(section: Section) -> Instelling:
    """Whose verdict counts. `section`: [verwerking]."""
    return Instelling(section.choice("schemas", Instelling.EIGEN, list(Instelling)))


def read_schemas(section: Section, map_: Path, problems: list[str], *, also_unused: bool = False) -> Schemakeuze:
    """Which schemas judge. `section`: [verwerking]; `problems` grows with each zip that can't be used, and why.

    A zip that was never tried is tried here: a message must not be the first to find it wanting. Where only our own schemas
    judge, zips are not opened, unless `also_unused`. Raises CorvError when a zip can't be tried now.
    """
    instelling = read_setting(section)
    try:
        files = files_of(folder_of(map_))
    except OSError as error:
        problems.append(f"{FOLDER} is niet te lezen ({why(error)}).")
        return Schemakeuze(instelling)
    if instelling is Instelling.EIGEN and not (files and also_unused):
        check(files, problems)
        return Schemakeuze(instelling)
    from corv.officieel import pakketten  # noqa: PLC0415 - most working folders need no zip

    before = len(problems)
    keuze = Schemakeuze(instelling, pakketten.load(files, problems))
    if len(problems) == before and instelling is not Instelling.EIGEN and not keuze.used(BERICHTEN):
        section.complain("schemas", _NONE.format(instelling=instelling))
    return keuze
