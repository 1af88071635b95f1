"""One message with everything that a decision may depend on, and the two building blocks of every decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lxml import etree

from corv.findings import Finding
from corv.outcome import Actie, Decision, Facts, Status
from corv.reading import Reading
from corv.settings import Bevestiging, Kanaal, Kant, Settings
from corv.stuf import FOUTCODES, Berichtcode
from corv.stuurgegevens import Stuurgegevens
from corv.werkgebied import Werkgebied


@dataclass(frozen=True)
class Case:
    """Everything that a decision may depend on. `findings` are those of the schema, none for an unknown root.

    `overtredingen`: those of the rules, none for a message that is not valid by its schema. `op`: the day of reception here;
    `werkgebied`: None for a message without addresses.
    """

    id: UUID
    kanaal: Kanaal
    reading: Reading
    findings: tuple[Finding, ...]
    facts: Facts
    settings: Settings
    op: date
    werkgebied: Werkgebied | None = None
    overtredingen: tuple[Finding, ...] = ()

    @property
    def header(self) -> Stuurgegevens:
        """The stuurgegevens, which every message has that is not unreadable."""
        if self.reading.stuurgegevens is None:
            raise ValueError("a message without stuurgegevens is unreadable and decided before anyone asks its header")
        return self.reading.stuurgegevens

    @property
    def root_namespace(self) -> str:
        """The namespace of the root; '' where it has none."""
        soort, root = self.reading.soort, self.reading.root
        if soort is not None:
            return soort.namespace
        return etree.QName(root).namespace or "" if root is not None else ""

    @property
    def root_name(self) -> str:
        """The local name of the root; '' for a message that is no XML."""
        soort, root = self.reading.soort, self.reading.root
        if soort is not None:
            return soort.naam
        return etree.QName(root).localname if root is not None else ""

    @property
    def is_answer(self) -> bool:
        """Whether this is a Bv or Fo."""
        return self.reading.soort is not None and self.reading.soort.is_answer

    @property
    def is_technical(self) -> bool:
        """A Bv03, Bv04 or Fo03, by its root or by its own word: these are never answered, or two systems answer for ever."""
        return self.header.berichtcode in _TECHNICAL or (self.reading.soort is not None and self.reading.soort.is_technical)

    @property
    def tells_us_something(self) -> bool:
        """A Bv or Fo, also one that StUF knows and we don't: refused, it would tell nobody."""
        return self.is_answer or (self.header.berichtcode or "").startswith(("Bv", "Fo"))

    @property
    def is_sent_by_us(self) -> bool:
        """Whether it came from our own side, to be sent."""
        return self.kanaal.kant is Kant.EIGEN


_TECHNICAL = {Berichtcode.BV03, Berichtcode.BV04, Berichtcode.FO03}
_RECEIPT = {Bevestiging.BV03: (Berichtcode.BV03,), Bevestiging.BV04: (Berichtcode.BV04,), Bevestiging.GEEN: ()}


def receipt(case: Case) -> tuple[Berichtcode, ...]:
    """The technical receipt that this channel wants, once the message is stored and its stuurgegevens are in order."""
    if case.reading.stuurgegevens is None:
        return ()
    return () if case.is_technical or not case.header.can_be_answered else _RECEIPT[case.kanaal.bevestig]


def refuse(case: Case, foutcode: str, reason: str) -> Decision:
    """Refuse with that fault. A Bv or Fo gets no functional answer, a Bv03, Bv04 or Fo03 none at all (par. 4.4).

    Where the sender can't be told, or what is refused is a melding or an answer to us, a person is told.
    """
    fault = FOUTCODES[foutcode].bericht
    is_functional = fault is Berichtcode.FO01
    may_answer = case.header.can_be_answered and not case.is_technical and not (case.tells_us_something and is_functional)
    before = receipt(case) if is_functional and not case.is_sent_by_us else ()
    return Decision(
        Status.GEWEIGERD,
        Actie.WEIGER,
        reason,
        foutcode=foutcode,
        answers=(*before, fault) if may_answer else before,
        aandacht=not may_answer or (not case.is_sent_by_us and (case.reading.may_be_melding or case.tells_us_something)),
        hoort_bij=case.facts.prior.id if case.facts.prior else None,
    )
