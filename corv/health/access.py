"""An inbox or outbox that its group can't use, by config/ and by the rights that folders and files have. Pure."""

from dataclasses import dataclass
from enum import Enum, auto

from corv.health.words import count


class Reason(Enum):
    """Why who fetches can't: config/ names no group, or another folder or other files than those of the group."""

    NO_GROUP = auto()
    FOLDER = auto()
    FILES = auto()


@dataclass(frozen=True)
class Closed:
    """Who comes for it can't get there. `groep`: that of the folder where config/ names none; `aantal`: of files."""

    reden: Reason
    kanaal: str
    map: str
    pad: str
    groep: str
    aantal: int = 0

    @property
    def tekst(self) -> str:
        """What is wrong, as Dutch sentences."""
        if self.reden is Reason.NO_GROUP:
            return (
                f"{self.map} staat open voor groep {self.groep}, maar in config/corv.toml is groep bij kanaal {self.kanaal} "
                "leeg: wat corv daar bezorgt, kan niemand anders lezen."
            )
        if self.reden is Reason.FOLDER:
            return f"Wie in groep {self.groep} zit, kan niet in {self.map}, en dat is de groep van kanaal {self.kanaal}."
        files = count(self.aantal, "door corv bezorgd bestand is", "door corv bezorgde bestanden zijn")
        return f"{files} in {self.map} niet te lezen voor groep {self.groep}."

    @property
    def doe(self) -> str:
        """What to do about it."""
        see = 'zie docs/rechten.md, "De mappen bestonden al"'
        if self.reden is Reason.NO_GROUP:
            return f'Vul bij [kanaal.{self.kanaal}] in: groep = "{self.groep}", en geef wat er al ligt die groep; {see}.'
        if self.reden is Reason.FOLDER:
            return f"Zet de groep en de rechten van {self.pad} goed; {see}."
        return f"Geef ze die groep: corv herstel --uitvoeren; {see}."
