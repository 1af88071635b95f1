"""Which request an ucob or uci answers: by crossRefnummer and by verzoekidentificatie (corv.md 5). Includes the batch.

An answer that names a request by one number and another by the other is tied to neither: it may be about someone else. Nor is
one of or to another than was asked or asks: that may have come to, or from, the wrong organisation.
"""

from dataclasses import dataclass
from uuid import UUID

from corv.berichten.soort import Sleutelsoort
from corv.database import Readable, rows
from corv.outcome import Answered, Fit, Outcome, Status
from corv.reading import Reading
from corv.settings import Kanaal
from corv.stuf import VERRIJKINGEN
from corv.stuurgegevens import Stuurgegevens

_ASKED_BY = {answer: question for question, answer in VERRIJKINGEN.items()}

_COLUMNS = "b.id, b.kanaal, b.functie, b.referentienummer, b.zender_organisatie, b.ontvanger_organisatie, s.waarde"
_IS_REQUEST = f"s.soort = '{Sleutelsoort.VERZOEKIDENTIFICATIE}' AND +b.functie = :functie AND b.kanaal <> :kanaal"
# The few with that number first, and of these the functie: a cross join keeps its order, a plus keeps an index from being used.
_BY_NUMBER = f"""
    SELECT {_COLUMNS} FROM bericht b CROSS JOIN sleutel s ON s.bericht = b.id
    WHERE b.referentienummer = :nummer AND +b.status IN ('geaccepteerd', 'beantwoord_met_fout') AND {_IS_REQUEST}
    ORDER BY b.volgnr DESC
"""  # noqa: S608 - words of our own
_BY_KEY = f"""
    SELECT {_COLUMNS} FROM sleutel s CROSS JOIN bericht b ON b.id = s.bericht
    WHERE s.waarde = :nummer AND b.status = 'geaccepteerd' AND {_IS_REQUEST}
    ORDER BY b.volgnr DESC
"""  # noqa: S608 - words of our own


@dataclass(frozen=True)
class _Verzoek:
    """One vcob or vci. `identificatie`: the hash of the number that its answer must name."""

    id: UUID
    kanaal: str
    functie: str
    referentienummer: str | None
    zender: str | None
    ontvanger: str | None
    identificatie: str

    def is_between(self, header: Stuurgegevens) -> bool:
        """Whether it went the other way between the same two parties as this answer."""
        return (self.zender, self.ontvanger) == (header.ontvanger.organisatie, header.zender.organisatie)


class Verzoeken:
    """The requests that came or went before. Writes nothing; `add` makes a decided one known to the rest of the batch."""

    def __init__(self, db: Readable) -> None:
        self._db = db
        self._here: list[_Verzoek] = []

    def answered(self, reading: Reading, header: Stuurgegevens, kanaal: Kanaal) -> tuple[Answered | None, Fit | None]:
        """What this ucob or uci answers, and how well it fits; nothing for any other message."""
        functie = _ASKED_BY.get(reading.soort.naam) if reading.soort is not None else None
        if functie is None:
            return None, None
        named = {key.waarde for key in reading.sleutels if key.soort is Sleutelsoort.VERZOEKIDENTIFICATIE}
        only = next(iter(named)) if len(named) == 1 else ""  # of one request: it may hold several answers on that
        referred = self._with_number(header.cross_refnummer, functie, kanaal)
        between = [item for item in referred if item.is_between(header)]
        for item in between:
            if item.identificatie == only:
                return _as_answered(item), Fit.BOTH
        if between:
            return None, Fit.CONTRADICTS
        if any(item.identificatie == only for item in referred):
            return None, Fit.OTHER_PARTY
        asked = [item for item in self._with_key(only, functie, kanaal) if item.is_between(header)]
        if len({item.referentienummer for item in asked}) == 1:
            return _as_answered(asked[0]), Fit.KEY_ONLY
        return None, Fit.UNKNOWN

    def add(self, outcome: Outcome) -> None:
        """Make a request known to the rest of the batch."""
        header, soort = outcome.reading.stuurgegevens, outcome.reading.soort
        keys = [key.waarde for key in outcome.reading.sleutels if key.soort is Sleutelsoort.VERZOEKIDENTIFICATIE]
        status = outcome.decision.status
        if header is None or soort is None or soort.naam not in VERRIJKINGEN or not keys or status is not Status.GEACCEPTEERD:
            return
        id_, kanaal, parties = outcome.incoming.id, outcome.incoming.kanaal.naam, (header.zender, header.ontvanger)
        zender, ontvanger = (systeem.organisatie for systeem in parties)
        self._here.insert(0, _Verzoek(id_, kanaal, soort.naam, header.referentienummer, zender, ontvanger, keys[0]))

    def _with_number(self, number: str | None, functie: str, kanaal: Kanaal) -> list[_Verzoek]:
        """The requests from another channel with that referentienummer, the last first; also where a fault came on it."""
        here = [item for item in self._of(functie, kanaal) if item.referentienummer == number]
        return [*here, *self._stored(_BY_NUMBER, number, functie, kanaal)] if number else []

    def _with_key(self, key: str, functie: str, kanaal: Kanaal) -> list[_Verzoek]:
        """The requests from another channel with that verzoekidentificatie that were accepted, the last first."""
        here = [item for item in self._of(functie, kanaal) if item.identificatie == key]
        return [*here, *self._stored(_BY_KEY, key, functie, kanaal)] if key else []

    def _of(self, functie: str, kanaal: Kanaal) -> list[_Verzoek]:
        return [item for item in self._here if item.functie == functie and item.kanaal != kanaal.naam]

    def _stored(self, query: str, number: str, functie: str, kanaal: Kanaal) -> list[_Verzoek]:
        found = rows(self._db, query, {"nummer": number, "functie": functie, "kanaal": kanaal.naam})
        return [_Verzoek(UUID(id_), *rest) for id_, *rest in found]


def _as_answered(item: _Verzoek) -> Answered:
    return Answered(item.id, item.kanaal, item.zender, item.ontvanger)
