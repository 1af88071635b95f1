"""Examples of the requests for verrijking and of the answers on them."""

from dataclasses import replace

from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import Kop, ToelichtendeInformatie
from corv.inhoud.personen import Persoon
from corv.inhoud.rollen import ObjectPersoon
from corv.inhoud.verrijking import (
    BeantwoordeVraag,
    RedenVerzoek,
    SpecifiekeVraag,
    UciDi01,
    UcobDi01,
    Uitkomst,
    UitkomstBetreft,
    VciDi01,
    VcobDi01,
    Verzoek,
    VerzoekBetreft,
)
from corv.inhoud.zkn import Document, HeeftRelevant
from corv.voorbeeld import teksten
from corv.voorbeeld.bijlage import attachment
from corv.voorbeeld.eenheid import initiator, uitvoerende
from corv.voorbeeld.gezin import draw_gezin
from corv.voorbeeld.making import Making, born, known, value

_MEDEWERKER_VT, _MELDING_VT = "05", "01"
"""Who asks and why, in the codes of the koppelvlak: somebody of a Veilig Thuis, to know more about a VT-melding."""

_VRAGEN = ("VB-001", "VB-002", "VB-003")
"""Invented codes of questions: which ones the chain has agreed on is not in the schema."""


def vcob(making: Making) -> VcobDi01:
    """A question whether a person is known."""
    return VcobDi01(stuurgegevens=making.kop(), object=_verzoek(making))


def vci(making: Making) -> VciDi01:
    """A question what is known of a person."""
    vragen = making.lot.some(_VRAGEN, 3) or _VRAGEN[:1]
    verzoek = replace(
        _verzoek(making),
        omschrijving=making.maybe(Value(teksten.situatie(making.lot))),
        specifieke_vraag=tuple(SpecifiekeVraag(code=Value(code)) for code in vragen),
    )
    return VciDi01(stuurgegevens=making.kop(), object=verzoek)


def ucob(making: Making) -> UcobDi01:
    """Who knows this person, one answer or more."""
    return UcobDi01(stuurgegevens=_kop(making), object=_uitkomsten(making, ()))


def uci(making: Making) -> UciDi01:
    """What is known of this person, with answers and documents."""
    return UciDi01(
        stuurgegevens=_kop(making), object=tuple(_filled(making, one) for one in _uitkomsten(making, _asked_codes(making)))
    )


def _kop(making: Making) -> Kop:
    return replace(making.kop(), cross_refnummer=making.cross_refnummer())


def _verzoek(making: Making) -> Verzoek:
    return Verzoek(
        identificatie=making.number("VB-VV-"),
        soort_verzoeker=Value(_MEDEWERKER_VT),
        reden_verzoek=RedenVerzoek(code=Value(_MELDING_VT)),
        heeft_betrekking_op=VerzoekBetreft(gerelateerde=ObjectPersoon(natuurlijk_persoon=_persoon(making))),
        heeft_als_initiator=initiator(making, making.zender),
    )


def _persoon(making: Making) -> Persoon:
    """A child or one of its parents."""
    gezin = draw_gezin(making)
    mens = making.lot.pick((*gezin.kinderen, gezin.moeder))
    return Persoon(
        inp_bsn=Value(mens.bsn) if making.lot.chance(0.9) else None,
        geslachtsnaam=Value(mens.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(mens.voorvoegsel),
        voorletters=making.maybe(Value(mens.voorletters)),
        voornamen=making.maybe(Value(mens.voornamen)),
        geboortedatum=born(mens),
    )


def _asked(making: Making) -> Verzoek | None:
    """The request that is answered."""
    inhoud = making.vraag.inhoud if making.vraag is not None else None
    return inhoud.object if isinstance(inhoud, VcobDi01 | VciDi01) else None


def _asked_codes(making: Making) -> tuple[str, ...]:
    asked = _asked(making)
    if asked is None:
        return making.lot.some(_VRAGEN, 3)
    return tuple(vraag.code.text for vraag in asked.specifieke_vraag if vraag.code is not None)


def _uitkomsten(making: Making, codes: tuple[str, ...]) -> tuple[Uitkomst, ...]:
    """The answers of one or two units, on the same request."""
    asked = _asked(making)
    betreft = asked.heeft_betrekking_op.gerelateerde if asked is not None and asked.heeft_betrekking_op else None
    persoon = betreft.natuurlijk_persoon if betreft is not None else None
    invented, number = _persoon(making), making.number("VB-VV-")
    about = ObjectPersoon(natuurlijk_persoon=persoon if persoon is not None and known(persoon.geslachtsnaam) else invented)
    asker = asked.heeft_als_initiator if asked is not None else None
    first = asker or initiator(making, making.ontvanger)
    return tuple(
        Uitkomst(
            identificatie=making.number("VB-UV-"),
            verzoekidentificatie=(known(asked.identificatie) if asked is not None else None) or number,
            heeft_betrekking_op=_bekend(making, about, codes),
            heeft_als_initiator=first,
            heeft_als_uitvoerende=uitvoerende(making, making.zender),
        )
        for _ in range(making.lot.number(1, 2))
    )


def _bekend(making: Making, about: ObjectPersoon, codes: tuple[str, ...]) -> UitkomstBetreft:
    is_known = making.lot.chance(0.7)
    antwoord = Value(teksten.gegeven("daar is niets bijzonders van bekend"))
    vragen = tuple(BeantwoordeVraag(code=Value(code), antwoord=antwoord) for code in codes) if is_known else ()
    return UitkomstBetreft(gerelateerde=about, indicatie_bekend=Value("J" if is_known else "N"), specifieke_vraag=vragen)


def _filled(making: Making, uitkomst: Uitkomst) -> Uitkomst:
    """The answer of a uci, with more that is known where the person is."""
    if uitkomst.heeft_betrekking_op is None or uitkomst.heeft_betrekking_op.indicatie_bekend == Value("N"):
        return uitkomst
    uitleg = ToelichtendeInformatie(
        omschrijving=Value(teksten.gegeven("er loopt hulp")), url=making.maybe(Value("https://voorbeeld.example.org/dossier"))
    )
    return replace(
        uitkomst,
        toelichtende_informatie=making.maybe(uitleg),
        heeft_relevant=tuple(_document(making, number) for number in range(1, making.lot.number(0, 2) + 1)),
    )


def _document(making: Making, number: int) -> HeeftRelevant:
    return HeeftRelevant(
        gerelateerde=Document(
            link=making.maybe(Value("https://voorbeeld.example.org/document")),
            inhoud=attachment(f"Voorbeeld: bijlage {number}", f"voorbeeld-{number}.pdf"),
            naam=Value(f"Voorbeeldbijlage {number}"),
            toelichting=making.maybe(Value(teksten.gegeven("een verslag"))),
        )
    )
