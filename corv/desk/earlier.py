"""What was sent to other organisations of a message before, when a person sends it on again."""

from uuid import UUID

from corv.database import Readable, rows
from corv.errors import UsageError
from corv.herregels import Wijze
from corv.outcome import Soort
from corv.outcome_rows import TAKEN_BACK
from corv.recepten import Recept, from_json
from corv.settings import AndereOrganisatie


def name_for(db: Readable, wijze: Wijze, id_: UUID, to: AndereOrganisatie) -> str:
    """How the files of this message for that organisation are named: its code, with a number where that was used before.

    Another name is another referentienummer, so to an OIN that was mended it goes as a new message; and so after a restore,
    when the same may have gone out with other bytes. Raises UsageError when it went to this very OIN before.
    """
    found = rows(db, "SELECT soort, bestandsnaam, recept FROM uitvoer WHERE bericht = ? AND recept IS NOT NULL", (str(id_),))
    soort = Soort.TERUGKOPPELING if wijze is Wijze.TERUGKOPPELING else Soort.DOORSTURING
    if any(row["soort"] == soort and _names(from_json(row["recept"]), to.oin) for row in found):
        again = f"corv bezorg {id_} --opnieuw --soort {soort}"
        raise UsageError(f"Dit bericht is al naar {to.naam} gestuurd, of de melder erheen verwezen. Nog eens kan met: {again}")
    names = {row["bestandsnaam"].removeprefix(f"{id_}-").rpartition("-")[0] for row in found}
    used = sum(name == to.code or name.startswith(f"{to.code}-") for name in names)
    restored = rows(db, "SELECT 1 FROM besluit WHERE bericht = ? AND regel = ?", (str(id_), TAKEN_BACK))
    before = used + bool(restored)
    return f"{to.code}-{before + 1}" if before else to.code


def _names(recept: Recept, oin: str) -> bool:
    return oin == (recept.juiste.oin if recept.juiste is not None else recept.ontvanger.organisatie)
