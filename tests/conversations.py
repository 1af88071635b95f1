"""A maker of conversations: invented messages with numbers of their own, the moments at which they come, and what must follow.

`make(650, seed=1)` gives the same conversations each time; `play` lets them come in, one pass a moment. Each `Talk` tells
how its conversation must look, which questions it holds and whether an answer came, so that what `corv keten`, `corv openstaand`
and `corv gezondheid` say can be compared with it.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from varianten import POLITIE, RAAD, antwoord, generiek, uitkomst, vary, verzoek, zorgmelding, zorgterugkoppeling

from conftest import OURS, START, Werkmap, message
from corv.chain import Line, Richting, Verband
from corv.stuf import VERRIJKINGEN

ANDERE_MELDER = "00000002999000007000"

MOMENTS = tuple(START + timedelta(hours=hours) for hours in (0, 2, 24, 48, 72, 14 * 24, 15 * 24))
"""When messages come in. START is a Monday; all but the last two moments are within five working days of it."""

LATE = 5
"""The first of the `MOMENTS` that is too late for an answer on something of the first day."""


def vto(referentienummer: str, zaak: str) -> bytes:
    return vary("vtoDi01/minimaal.xml", ("vto-2026-0001-minimaal", referentienummer), ("VT-2026-00117", zaak))


def notificatie(referentienummer: str, eigen_zaak: str = "", zaak_van_vto: str = "") -> bytes:
    """A notificatie on a zaak of the Raad, and where it names one on the zaak of a VTO."""
    start, end = '<JZ:object StUF:entiteittype="ZAK">', '<ZKN:heeft StUF:entiteittype="ZAKSTT">'
    other = (
        '<ZKN:heeftBetrekkingOpAndere StUF:entiteittype="ZAKZAKBTR"><ZKN:gerelateerde StUF:entiteittype="ZAK">'
        f'<ZKN:identificatie>{zaak_van_vto}</ZKN:identificatie><ZKN:isVan StUF:entiteittype="ZAKZKT">'
        '<ZKN:gerelateerde StUF:entiteittype="ZKT"><ZKN:omschrijvingGeneriek>Overwegen kinderbeschermingsmaatregel'
        "</ZKN:omschrijvingGeneriek></ZKN:gerelateerde></ZKN:isVan></ZKN:gerelateerde></ZKN:heeftBetrekkingOpAndere>"
    )
    own = f"{start}<ZKN:identificatie>{eigen_zaak}</ZKN:identificatie>" if eigen_zaak else start
    return vary(
        "notificatieDi01/minimaal.xml",
        ("not-2026-0001-minimaal", referentienummer),
        (start, own),
        (end, f"{other}{end}" if zaak_van_vto else end),
    )


def melding(referentienummer: str, nummer: str, melder: str = POLITIE, *, valid: bool = True) -> bytes:
    return vary(
        "vtMeldingDi01/minimaal.xml",
        ("vtm-2026-0001-minimaal", referentienummer),
        ("PL0600-2026000101", nummer),
        (POLITIE, melder),
        ("<JZ:jeugzorgrol>jeugdige<", f"<JZ:jeugzorgrol>{'jeugdige' if valid else 'buurman'}<"),
    )


def terugkoppeling(referentienummer: str, nummer: str, melder: str = POLITIE) -> bytes:
    return vary(
        "vtTerugkoppelingDi01/minimaal.xml",
        ("vtt-2026-0001-minimaal", referentienummer),
        ("PL0600-2026000101", nummer),
        (POLITIE, melder),
    )


def answer(code: str, referentienummer: str, cross_refnummer: str, zender: str = RAAD, ontvanger: str = OURS) -> bytes:
    """A Bv01, Bv03, Fo01 or Fo03. Only the stuurgegevens are changed."""
    name, own_number, own_zender = {
        "Bv01": ("Bv01Bericht/op-vto.xml", "bv01-2026-0001", RAAD),
        "Bv03": ("Bv03Bericht/op-vto.xml", "bv03-2026-0001", RAAD),
        "Fo01": ("Fo01Bericht/op-vto.xml", "fo01-2026-0001", RAAD),
        "Fo03": ("Fo03Bericht/op-terugkoppeling.xml", "fo03-2026-0001", POLITIE),
    }[code]
    question = "vtt-2026-0001-minimaal" if code == "Fo03" else "vto-2026-0001-minimaal"
    parties = "<StUF:organisatie>{}</StUF:organisatie>"
    text = message(name).decode().replace(own_number, referentienummer).replace(question, cross_refnummer)
    text = text.replace(parties.format(OURS), "ONTVANGER").replace(parties.format(own_zender), parties.format(zender))
    return text.replace("ONTVANGER", parties.format(ontvanger)).encode()


Shown = tuple[str | None, ...]
"""One line of a conversation, as `shown` and `expected_lines` write it."""


class Kind(StrEnum):
    """What happens with the answer in a conversation."""

    ANSWERED = "answered"
    LOST = "lost"
    LATE = "late"
    DOUBLED = "doubled"
    UNMATCHED = "unmatched"
    REFUSED = "refused"
    REOPENED = "reopened"
    ELSEWHERE = "asked elsewhere"


@dataclass(frozen=True)
class Step:
    """One message that comes in at one of the `MOMENTS`, and how its line in the conversation must look at the end.

    `own`: the answers that we write on it, in that order.
    """

    moment: int
    kanaal: str
    soort: str
    referentienummer: str
    content: bytes
    verband: Verband = Verband.CROSS_REFNUMMER
    status: str = "geaccepteerd"
    own: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """About when it was received: some milliseconds after this."""
        return MOMENTS[self.moment]


@dataclass(frozen=True)
class Question:
    """Something that went out or came in and wants an answer. `answer` is None when none ever came, or nobody can tell.

    Something offered again has the same referentienummer and another moment.
    """

    functie: str
    referentienummer: str
    asked: datetime
    answer: str | None = None
    answered: datetime | None = None


@dataclass(frozen=True)
class Talk:
    """One conversation. `apart`: answers that came because of it, of which nobody can tell so: each stands alone."""

    kind: Kind
    steps: tuple[Step, ...]
    questions: tuple[Question, ...] = ()
    apart: tuple[Step, ...] = ()

    @property
    def lines(self) -> list[Shown]:
        """What `shown` must give for each line of the conversation, in order."""
        return expected_lines(self.steps)


def expected_lines(steps: Sequence[Step]) -> list[Shown]:
    """Richting, soort, number, status and verband of each message and each answer of ours; the latter by what it answers."""
    lines: list[Shown] = []
    for step in steps:
        direction = Richting.VAN_BUITEN if step.kanaal == "corv" else Richting.VAN_ONS
        back = Richting.VAN_ONS if step.kanaal == "corv" else Richting.AAN_EIGEN_SYSTEEM
        lines.append((direction, step.soort, step.referentienummer, step.status, step.verband))
        lines += [(back, kind, f"op {step.referentienummer}", None, Verband.CROSS_REFNUMMER) for kind in step.own]
    return lines


@dataclass
class _Maker:
    """Makes the parts of one conversation; `name` makes its numbers different from those of every other."""

    name: str
    rng: random.Random
    melder: str
    nummer: str
    count: int = 0

    def maybe(self) -> bool:
        return self.rng.random() < 0.5

    def ref(self, what: str) -> str:
        self.count += 1
        return f"{what}-{self.name}-{self.count}"

    def vto(self, moment: int = 0, status: str = "geaccepteerd", verband: Verband = Verband.BEGIN) -> Step:
        ref = self.ref("vto")
        return Step(moment, "eigen", "vtoDi01", ref, vto(ref, f"Z-{self.name}"), verband, status)

    def broken_vto(self, moment: int = 0) -> Step:
        good = self.vto(moment, status="geweigerd")
        broken = good.content.replace(b"<BG:geboortedatum>20150221<", b"<BG:geboortedatum>gisteren<")
        return replace(good, content=broken, own=("Fo01",))

    def notificatie(self, moment: int, *, names_vto: bool = True, verband: Verband = Verband.ZAAKIDENTIFICATIE) -> Step:
        ref = self.ref("not")
        content = notificatie(ref, f"1-{self.name}", f"Z-{self.name}" if names_vto else "")
        return Step(moment, "corv", "notificatieDi01", ref, content, verband, own=("Bv03",))

    def melding(self, moment: int = 0, verband: Verband = Verband.BEGIN) -> Step:
        ref = self.ref("vtm")
        content = melding(ref, self.nummer, self.melder)
        return Step(moment, "corv", "vtMeldingDi01", ref, content, verband, own=("Bv03", "Bv01"))

    def broken_melding(self, moment: int = 0) -> Step:
        good = self.melding(moment)
        content = melding(good.referentienummer, self.nummer, self.melder, valid=False)
        return replace(good, content=content, status="geweigerd", own=("Bv03", "Fo01"))

    def terugkoppeling(self, moment: int, status: str = "geaccepteerd") -> Step:
        ref = self.ref("vtt")
        content = terugkoppeling(ref, self.nummer, self.melder)
        return Step(moment, "eigen", "vtTerugkoppelingDi01", ref, content, Verband.IDENTIFICATIE_VT_MELDING, status)

    def answer(self, moment: int, code: str, question: Step) -> Step:
        ref, zender = self.ref(code.lower()), RAAD if question.soort == "vtoDi01" else self.melder
        own = ("Bv03",) if code in {"Bv01", "Fo01"} else ()
        return Step(moment, "corv", code, ref, answer(code, ref, question.referentienummer, zender), own=own)

    def zorgmelding(self, moment: int = 0) -> Step:
        ref = self.ref("zm")
        content = zorgmelding(ref, self.nummer, self.melder)
        return Step(moment, "corv", "zorgmeldingDi01", ref, content, Verband.BEGIN, own=("Bv03", "Bv01"))

    def zorgterugkoppeling(self, moment: int) -> Step:
        ref = self.ref("zt")
        content = zorgterugkoppeling(ref, self.nummer, self.melder)
        return Step(moment, "eigen", "zorgmeldingTerugkoppelingDi01", ref, content, Verband.KENMERK)

    def generiek(self, moment: int = 0, wens: str | None = "Ja") -> Step:
        ref = self.ref("gm")
        content = generiek(ref, self.nummer, self.melder, wens=wens)
        return Step(moment, "corv", "meldingGeneriekDi01", ref, content, Verband.BEGIN, own=("Bv03",))

    def uitkomst(self, moment: int) -> Step:
        ref = self.ref("um")
        content = uitkomst(ref, self.nummer, self.melder)
        return Step(moment, "eigen", "uitkomstMeldingGeneriekDi01", ref, content, Verband.UW_IDENTIFICATIE)

    def verzoek(self, *, is_ours: bool = True) -> Step:
        """A vcob or vci, from us to the Raad or the other way."""
        functie, ref = self.rng.choice(sorted(VERRIJKINGEN)), self.ref("vraag")
        zender, ontvanger = (OURS, RAAD) if is_ours else (RAAD, OURS)
        content = verzoek(functie, ref, f"VTZ-{self.name}", zender, ontvanger)
        kanaal, own = ("eigen", ()) if is_ours else ("corv", ("Bv03",))
        return Step(0, kanaal, functie, ref, content, Verband.BEGIN, own=own)

    def antwoord(self, moment: int, asked: Step, *, fits: bool = True) -> Step:
        """The ucob or uci on a request; one that does not fit names numbers that nobody gave out."""
        ref, functie = self.ref("antw"), VERRIJKINGEN[asked.soort]
        numbers = (asked.referentienummer, f"VTZ-{self.name}") if fits else (f"onbekend-{self.name}", f"ONB-{self.name}")
        is_ours = asked.kanaal == "corv"
        zender, ontvanger = (OURS, RAAD) if is_ours else (RAAD, OURS)
        content = antwoord(functie, ref, *numbers, zender, ontvanger)
        kanaal, own = ("eigen", ()) if is_ours else ("corv", ("Bv03",))
        return Step(moment, kanaal, functie, ref, content, Verband.CROSS_REFNUMMER if fits else Verband.VRAAG_ONBEKEND, own=own)

    def unmatched(self, moment: int, question: Step) -> Step:
        """An answer with an empty crossRefnummer, or one that is not ours."""
        ref, code = self.ref("los"), self.rng.choice(("Bv01", "Fo01", "Fo03"))
        cross, zender = self.rng.choice(("", f"onbekend-{self.name}")), RAAD if question.soort == "vtoDi01" else self.melder
        own = ("Bv03",) if code in {"Bv01", "Fo01"} else ()
        return Step(moment, "corv", code, ref, answer(code, ref, cross, zender), Verband.VRAAG_ONBEKEND, own=own)


def again(step: Step, moment: int, status: str = "herhaald") -> Step:
    """The same message once more; what we answer on it is what we answered before."""
    return replace(step, moment=moment, status=status, verband=Verband.NOG_EENS)


def ask(question: Step, reply: Step | None = None) -> Question:
    """The question that a step asks, with the answer that came, if any."""
    answered = (reply.soort, reply.at) if reply else (None, None)
    return Question(question.soort, question.referentienummer, question.at, *answered)


def _vto_answered(m: _Maker) -> Talk:
    asked = m.vto()
    receipt = (m.answer(1, "Bv03", asked),) if m.maybe() else ()
    reply = m.answer(2, "Bv01", asked)
    later = (m.notificatie(3), m.notificatie(LATE, names_vto=False)) if m.maybe() else ()
    return Talk(Kind.ANSWERED, (asked, *receipt, reply, *later), (ask(asked, reply),))


def _vto_lost(m: _Maker) -> Talk:
    asked = m.vto()
    receipt = (m.answer(1, "Bv03", asked),) if m.maybe() else ()
    return Talk(Kind.LOST, (asked, *receipt), (ask(asked),))


def _vto_late(m: _Maker) -> Talk:
    asked = m.vto()
    reply = m.answer(LATE, "Bv01", asked)
    return Talk(Kind.LATE, (asked, reply), (ask(asked, reply),))


def _vto_doubled(m: _Maker) -> Talk:
    asked = m.vto()
    reply = m.answer(1, "Bv01", asked)
    return Talk(Kind.DOUBLED, (asked, reply, again(reply, 2), again(asked, 3)), (ask(asked, reply),))


def _vto_unmatched(m: _Maker) -> Talk:
    asked = m.vto()
    return Talk(Kind.UNMATCHED, (asked,), (ask(asked),), (m.unmatched(2, asked),))


def _vto_refused_by_us(m: _Maker) -> Talk:
    refused = m.broken_vto()
    if m.maybe():
        return Talk(Kind.REFUSED, (refused,))
    asked = m.vto(1, verband=Verband.ZAAKIDENTIFICATIE)
    reply = m.answer(2, "Bv01", asked)
    return Talk(Kind.REFUSED, (refused, asked, reply), (ask(asked, reply),))


def _vto_refused_by_them(m: _Maker) -> Talk:
    asked = m.vto(status="beantwoord_met_fout")
    reply = m.answer(1, "Fo01", asked)
    return Talk(Kind.REFUSED, (asked, reply), (ask(asked, reply),))


def _vto_reopened(m: _Maker) -> Talk:
    first = m.vto(status="beantwoord_met_fout")
    fault, second = m.answer(1, "Fo03", first), again(first, 2, "geaccepteerd")
    reply = m.answer(3, "Bv01", second)
    return Talk(Kind.REOPENED, (first, fault, second, reply), (ask(first, fault), ask(second, reply)))


def _vto_elsewhere(m: _Maker) -> Talk:
    """A notificatie on a VTO that we never sent, which is normal (corv.md 5)."""
    first, second = m.notificatie(0, verband=Verband.BEGIN), m.notificatie(3, names_vto=False)
    return Talk(Kind.ELSEWHERE, (first, second))


def _melding_answered(m: _Maker) -> Talk:
    asked, told = m.melding(), m.terugkoppeling(1)
    reply = m.answer(2, "Bv01", told)
    return Talk(Kind.ANSWERED, (asked, told, reply), (ask(asked, told), ask(told, reply)))


def _melding_lost(m: _Maker) -> Talk:
    asked = m.melding()
    if m.maybe():
        return Talk(Kind.LOST, (asked,), (ask(asked),))
    told = m.terugkoppeling(2)
    return Talk(Kind.LOST, (asked, told), (ask(asked, told), ask(told)))


def _melding_late(m: _Maker) -> Talk:
    asked, told = m.melding(), m.terugkoppeling(LATE)
    reply = m.answer(LATE + 1, "Bv01", told)
    return Talk(Kind.LATE, (asked, told, reply), (ask(asked, told), ask(told, reply)))


def _melding_doubled(m: _Maker) -> Talk:
    asked, told = m.melding(), m.terugkoppeling(2)
    reply = m.answer(3, "Bv01", told)
    return Talk(Kind.DOUBLED, (asked, again(asked, 1), told, reply, again(reply, 4)), (ask(asked, told), ask(told, reply)))


def _melding_unmatched(m: _Maker) -> Talk:
    asked, told = m.melding(), m.terugkoppeling(1)
    return Talk(Kind.UNMATCHED, (asked, told), (ask(asked, told), ask(told)), (m.unmatched(3, told),))


def _melding_refused(m: _Maker) -> Talk:
    refused = m.broken_melding()
    if m.maybe():
        return Talk(Kind.REFUSED, (refused,))
    asked, told = m.melding(1, Verband.IDENTIFICATIE_VT_MELDING), m.terugkoppeling(3)
    return Talk(Kind.REFUSED, (refused, asked, told), (ask(asked, told), ask(told)))


def _melding_reopened(m: _Maker) -> Talk:
    asked, told = m.melding(), m.terugkoppeling(1, "beantwoord_met_fout")
    fault, corrected = m.answer(2, "Fo03", told), again(told, 3, "geaccepteerd")
    reply = m.answer(4, "Bv01", corrected)
    questions = (ask(asked, corrected), ask(told, fault), ask(corrected, reply))
    return Talk(Kind.REOPENED, (asked, told, fault, corrected, reply), questions)


def _zorg_answered(m: _Maker) -> Talk:
    asked, told = m.zorgmelding(), m.zorgterugkoppeling(1)
    reply = m.answer(2, "Bv01", told)
    return Talk(Kind.ANSWERED, (asked, told, reply), (ask(asked, told), ask(told, reply)))


def _zorg_lost(m: _Maker) -> Talk:
    asked = m.zorgmelding()
    if m.maybe():
        return Talk(Kind.LOST, (asked,), (ask(asked),))
    told = m.zorgterugkoppeling(2)
    return Talk(Kind.LOST, (asked, told), (ask(asked, told), ask(told)))


def _generiek_answered(m: _Maker) -> Talk:
    """Nobody answers an uitkomst; one may be told without having been asked for."""
    asked, told = m.generiek(wens=m.rng.choice(("Ja", "Nee", None))), m.uitkomst(2)
    return Talk(Kind.ANSWERED, (asked, told), (ask(asked, told),))


def _generiek_lost(m: _Maker) -> Talk:
    is_wanted = m.maybe()
    asked = m.generiek(wens="Ja" if is_wanted else m.rng.choice(("Nee", None)))
    return Talk(Kind.LOST, (asked,), (ask(asked),) if is_wanted else ())


def _verzoek_answered(m: _Maker) -> Talk:
    asked = m.verzoek(is_ours=m.maybe())
    told = m.antwoord(1, asked)
    return Talk(Kind.ANSWERED, (asked, told), (ask(asked, told),))


def _verzoek_lost(m: _Maker) -> Talk:
    asked = m.verzoek(is_ours=m.maybe())
    return Talk(Kind.LOST, (asked,), (ask(asked),))


def _verzoek_late(m: _Maker) -> Talk:
    asked = m.verzoek()
    told = m.antwoord(LATE, asked)
    return Talk(Kind.LATE, (asked, told), (ask(asked, told),))


def _verzoek_unmatched(m: _Maker) -> Talk:
    asked = m.verzoek()
    return Talk(Kind.UNMATCHED, (asked,), (ask(asked),), (m.antwoord(2, asked, fits=False),))


_PLOTS: tuple[Callable[[_Maker], Talk], ...] = (
    *(_vto_answered, _vto_lost, _vto_late, _vto_doubled, _vto_unmatched, _vto_refused_by_us, _vto_refused_by_them),
    *(_vto_reopened, _vto_elsewhere, _melding_answered, _melding_lost, _melding_late, _melding_doubled, _melding_unmatched),
    *(_melding_refused, _melding_reopened, _zorg_answered, _zorg_lost, _generiek_answered, _generiek_lost),
    *(_verzoek_answered, _verzoek_lost, _verzoek_late, _verzoek_unmatched),
)


def make(count: int, seed: int) -> list[Talk]:
    """So many conversations, of every plot about as many, in an order that the seed decides.

    Two of different melders always have the same identificatieVtMelding: only together with the melder is it unique.
    """
    rng = random.Random(seed)
    talks = []
    for number in range(count):
        melder, nummer = (POLITIE, ANDERE_MELDER)[number // len(_PLOTS) % 2], number // len(_PLOTS) // 2
        plot = number % len(_PLOTS)
        talks.append(_PLOTS[plot](_Maker(f"{seed}-{number}", rng, melder, f"PL-{seed}-{plot}-{nummer}")))
    rng.shuffle(talks)
    return talks


def play(werkmap: Werkmap, talks: Sequence[Talk], until: int = len(MOMENTS)) -> None:
    """Let everything of the first `until` moments come in: one pass a moment, in large batches."""
    werkmap.configure("berichten_per_keer = 100", "berichten_per_keer = 2000")
    for number, moment in enumerate(MOMENTS[:until]):
        steps = [step for talk in talks for step in (*talk.steps, *talk.apart) if step.moment == number]
        for place, step in enumerate(steps):
            werkmap.drop(step.kanaal, f"{number}-{place:05}.xml", step.content)
        werkmap.now = moment
        werkmap.run()


def shown(line: Line) -> Shown:
    """A line of a conversation as `expected_lines` writes it."""
    number = line.referentienummer if line.status is not None else f"op {line.cross_refnummer}"
    return str(line.richting), line.soort, number, line.status, str(line.verband)
