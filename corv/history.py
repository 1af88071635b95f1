"""What was known before: the history of an identity, and what an answer answers. Includes the earlier members of a batch."""

from dataclasses import dataclass, replace
from uuid import UUID

from corv.berichten.soort import Sleutelsoort
from corv.database import Readable, rows
from corv.outcome import Answered, Doorgestuurd, Facts, Outcome, Prior, Soort, Status, StoredAnswer
from corv.reading import Reading
from corv.recepten import from_json
from corv.settings import Kanaal, Kant
from corv.sleutels import Sleutel
from corv.stuf import ANSWERS, FOUTCODES, TERUGKOPPELINGEN, Berichtcode
from corv.stuurgegevens import Identity, Stuurgegevens, Systeem
from corv.verrijking import Verzoeken


@dataclass(frozen=True)
class _Forwarded:
    """A file that we made of a melding for another: its first sender, its keys, the soort of file, and who got it."""

    id: UUID
    melder: Systeem
    sleutels: tuple[Sleutel, ...]
    soort: str
    naar: Systeem


_WENT_OUT = {Status.GEACCEPTEERD, Status.HERROUTEERD}
_NEVER_PRIOR = {Status.ONLEESBAAR, Status.HERHAALD}


class History:
    """Gathers the facts for one batch, and writes nothing. After each decision `add` makes it known to the next member."""

    def __init__(self, db: Readable) -> None:
        self._db = db
        self._prior: dict[tuple[str, Identity], Prior] = {}
        self._returned: set[UUID] = set()
        self._sent: dict[str, list[Answered]] = {}
        self._made: dict[str, list[Answered]] = {}
        self._forwarded: list[_Forwarded] = []
        self._verzoeken = Verzoeken(db)

    def facts(self, reading: Reading, kanaal: Kanaal) -> Facts:
        """The facts on one message that came in over that channel."""
        header = reading.stuurgegevens
        if header is None:
            return Facts()
        identity, is_answer = header.identity, reading.soort is not None and reading.soort.is_answer
        request, fit = self._verzoeken.answered(reading, header, kanaal)
        return Facts(
            prior=self._prior_of(identity, kanaal) if identity else None,
            answered=self._answered(header, kanaal) if is_answer and header.cross_refnummer else request,
            fit=fit,
            eerder_doorgestuurd=self._forwarded_before(reading) if kanaal.kant is Kant.CORV else None,
            terugkoppeling_op=self._told_on(reading, header) if kanaal.kant is Kant.CORV else (),
        )

    def add(self, outcome: Outcome) -> None:
        """Make a decided message known to the rest of the batch."""
        header, decision = outcome.reading.stuurgegevens, outcome.decision
        if header is None:
            return
        self._verzoeken.add(outcome)
        is_refused_unseen = decision.foutcode is not None and FOUTCODES[decision.foutcode].bericht is Berichtcode.FO03
        if header.identity and decision.status not in _NEVER_PRIOR and not is_refused_unseen:
            answers = tuple(
                StoredAnswer(output.soort, output.kanaal, output.inhoud or b"", output.referentienummer)
                for output in outcome.outputs
                if output.soort in ANSWERS and output.referentienummer is not None
            )
            self._prior[outcome.incoming.kanaal.naam, header.identity] = Prior(
                outcome.incoming.id,
                outcome.reading.content_hash or "",
                decision.foutcode,
                answers,
                waits_for_a_person=decision.status is Status.TE_BEOORDELEN,
            )
        if header.berichtcode == Berichtcode.FO03 and decision.hoort_bij and decision.status in _WENT_OUT:
            self._note_returned(decision.hoort_bij, header.zender.organisatie, outcome.incoming.kanaal.naam)
        if header.referentienummer and decision.status in _WENT_OUT:
            sent = Answered(
                outcome.incoming.id, outcome.incoming.kanaal.naam, header.zender.organisatie, header.ontvanger.organisatie
            )
            self._sent.setdefault(header.referentienummer, []).insert(0, sent)
        for output in outcome.outputs:
            if output.referentienummer is not None:
                to = output.recept.ontvanger.organisatie if output.recept is not None else None
                made = _made(outcome.incoming.id, output.kanaal, output.soort, to)
                self._made.setdefault(output.referentienummer, []).append(made)

        self._forwarded += [
            _Forwarded(
                outcome.incoming.id,
                replace(header.zender, gebruiker=None),
                outcome.reading.sleutels,
                output.soort,
                output.recept.ontvanger,
            )
            for output in outcome.outputs
            if output.recept is not None and decision.status is Status.HERROUTEERD
        ]

    def _note_returned(self, id_: UUID, zender: str | None, kanaal: str) -> None:
        """An Fo03 came back on a message: from the other side, and from whom it went to. One on a reply of ours is no such."""
        in_batch = [answered for answers in self._sent.values() for answered in answers if answered.id == id_]
        query = "SELECT kanaal, ontvanger_organisatie FROM bericht WHERE id = ?"
        sent = [(answered.kanaal, answered.ontvanger) for answered in in_batch] or rows(self._db, query, (str(id_),))
        if any(from_ != kanaal and to == zender for from_, to in sent):
            self._returned.add(id_)

    def _prior_of(self, identity: Identity, kanaal: Kanaal) -> Prior | None:
        prior = self._prior.get((kanaal.naam, identity)) or self._stored_prior(identity, kanaal)
        return replace(prior, was_returned=True) if prior is not None and prior.id in self._returned else prior

    def _stored_prior(self, identity: Identity, kanaal: Kanaal) -> Prior | None:
        """The last message with this identity that counts: not one refused by Fo03 (StUF 03.01 par. 4.4.3), no repeat.

        Only of the same channel: what we sent may come back to us as a message of its own.
        """
        found = rows(
            self._db,
            """
            SELECT b.id, b.status, b.inhoud_hash, d.foutcode, EXISTS (
                SELECT 1 FROM bericht a WHERE a.hoort_bij = b.id AND a.berichtcode = 'Fo03' AND a.status = 'geaccepteerd'
                AND a.kanaal <> b.kanaal AND a.zender_organisatie = b.ontvanger_organisatie
            ) AS terug
            FROM bericht b JOIN besluit d ON d.bericht = b.id
            WHERE b.referentienummer = ? AND b.zender_organisatie = ? AND b.zender_applicatie = ? AND b.zender_administratie = ?
              AND b.kanaal = ? AND b.status NOT IN ('ontvangen', 'onleesbaar', 'herhaald')
              AND coalesce(d.foutbericht, '') <> 'Fo03'
            ORDER BY b.volgnr DESC, d.volgnr DESC LIMIT 1
            """,
            (identity.referentienummer, identity.organisatie, identity.applicatie, identity.administratie, kanaal.naam),
        )
        if not found:
            return None
        query = (
            "SELECT soort, kanaal, inhoud, referentienummer FROM uitvoer "
            "WHERE bericht = ? AND referentienummer IS NOT NULL AND inhoud IS NOT NULL ORDER BY volgnr"
        )
        answers = tuple(StoredAnswer(*answer) for answer in rows(self._db, query, (found[0]["id"],)))
        prior = found[0]
        return Prior(
            UUID(prior["id"]),
            prior["inhoud_hash"],
            prior["foutcode"],
            answers,
            was_returned=bool(prior["terug"]),
            waits_for_a_person=prior["status"] == Status.TE_BEOORDELEN,
        )

    def _answered(self, header: Stuurgegevens, kanaal: Kanaal) -> Answered | None:
        """What this answer answers: something that came from the other side, or that we wrote to this side ourselves.

        Two systems may use the same number, so one whose parties fit this answer goes before one whose do not.
        """
        number = header.cross_refnummer or ""
        sent = [*self._sent.get(number, []), *self._stored_sent(number)]
        candidates = [candidate for candidate in sent if candidate.kanaal != kanaal.naam]
        fitting = [
            candidate
            for candidate in candidates
            if (candidate.zender, candidate.ontvanger) == (header.ontvanger.organisatie, header.zender.organisatie)
        ]
        made = [
            candidate
            for candidate in [*self._made.get(number, []), *self._stored_made(number)]
            if candidate.kanaal == kanaal.naam and candidate.ontvanger in {None, header.zender.organisatie}
        ]
        return next(iter([*fitting, *made, *candidates]), None)

    def _stored_sent(self, number: str) -> list[Answered]:
        found = rows(
            self._db,
            """
            SELECT id, kanaal, zender_organisatie, ontvanger_organisatie FROM bericht
            WHERE referentienummer = ? AND status IN ('geaccepteerd', 'herrouteerd', 'beantwoord_met_fout') ORDER BY volgnr DESC
            """,
            (number,),
        )
        return [Answered(UUID(id_), kanaal, zender, ontvanger) for id_, kanaal, zender, ontvanger in found]

    def _forwarded_before(self, reading: Reading) -> UUID | None:
        """The last melding that was sent on with the same number of the same melder."""
        return next((item.id for item in self._sent_on(reading, Sleutelsoort.INGEDIENDE_MELDING)), None)

    def _told_on(self, reading: Reading, header: Stuurgegevens) -> tuple[Doorgestuurd, ...]:
        """The meldingen that this terugkoppeling may be about: sent on by us to its sender, the last first."""
        number = reading.soort.refers_by if reading.soort is not None else None
        if header.functie not in TERUGKOPPELINGEN.values() or number is None:
            return ()
        last: dict[UUID, _Forwarded] = {}
        about: dict[UUID, _Forwarded] = {}
        for item in self._sent_on(reading, number):
            if item.soort == Soort.DOORSTURING:
                last.setdefault(item.id, item)
                if item.naar.organisatie == header.zender.organisatie:
                    about.setdefault(item.id, item)
        return tuple(Doorgestuurd(id_, item.melder, is_last=last[id_] is item) for id_, item in about.items())

    def _sent_on(self, reading: Reading, soort: Sleutelsoort) -> list["_Forwarded"]:
        """What was sent to others, or told to its melder, with this message's number of that kind; the last first."""
        numbers = {key.waarde for key in reading.sleutels if key.soort is soort}
        here = [
            item
            for item in reversed(self._forwarded)
            if any(key.soort is soort and key.waarde in numbers for key in item.sleutels)
        ]
        query = """
            SELECT b.id, b.zender_organisatie, b.zender_applicatie, nullif(b.zender_administratie, ''), u.soort, u.recept
            FROM sleutel s JOIN bericht b ON b.id = s.bericht JOIN uitvoer u ON u.bericht = b.id
            WHERE s.soort = ? AND s.waarde = ? AND u.recept IS NOT NULL ORDER BY u.volgnr DESC
        """
        stored = [row for number in numbers for row in rows(self._db, query, (soort, number))]
        return here + [
            _Forwarded(UUID(id_), Systeem(organisatie, applicatie, administratie), (), soort_, from_json(recept).ontvanger)
            for id_, organisatie, applicatie, administratie, soort_, recept in stored
        ]

    def _stored_made(self, number: str) -> list[Answered]:
        query = """
            SELECT bericht, kanaal, soort, json_extract(recept, '$.ontvanger.organisatie') AS naar,
                volgnr = (SELECT max(volgnr) FROM uitvoer l WHERE l.bericht = u.bericht AND l.soort = u.soort) AS is_last
            FROM uitvoer u WHERE referentienummer = ? ORDER BY volgnr DESC
        """
        found = rows(self._db, query, (number,))
        return [
            _made(UUID(row["bericht"]), row["kanaal"], row["soort"], row["naar"], is_last=bool(row["is_last"])) for row in found
        ]


def _made(id_: UUID, kanaal: str, soort: str, to: str | None, *, is_last: bool = True) -> Answered:
    is_forward = soort == Soort.DOORSTURING
    return Answered(id_, kanaal, None, to, made_by_us=True, is_doorsturing=is_forward, is_last=is_last)
