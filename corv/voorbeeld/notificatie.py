"""Examples of a notificatie of the Raad voor de Kinderbescherming, by the rules that the chain has for it (corv.md 4.2)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import ExtraElementen
from corv.inhoud.notificatie import Beslissing, Heeft, LeidtTot, NotificatieDi01, Status, ZaakNotificatie
from corv.inhoud.personen import Persoon
from corv.inhoud.rollen import HeeftAlsBelanghebbende, HeeftBetrekkingOpPersoon, ObjectPersoon
from corv.inhoud.vto import VtoDi01, ZaakVto
from corv.inhoud.zkn import AndereZaak, HeeftBetrekkingOpAndere, Resultaat
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN
from corv.voorbeeld import teksten
from corv.voorbeeld.adresvormen import verblijfsadres
from corv.voorbeeld.gezin import draw_gezin
from corv.voorbeeld.making import Making, dated, extra, known, true_false, value, wholly_born
from corv.voorbeeld.zaak import OVERWEGEN, UITVOEREN, belanghebbende, is_van
from corv.werkgebied.roles import CLIENT, ONGEBOREN

_INTAKE, _ONDERZOEK, _ZAAK = "Intake afgerond", "Onderzoek afgerond", "Zaak afgerond"
_OPGELEGD = "Maatregel opgelegd"
_RESULTATEN = {
    _INTAKE: ("Verzoek tot onderzoek afgewezen", None),
    _ONDERZOEK: ("Geen rekest Kinderbescherming", None),
    _ZAAK: (_OPGELEGD, "Geen maatregel opgelegd"),
}
"""What may come of each status; None: the zaak goes on (corv.md 1, the life cycle of a notificatie)."""

_RECHTBANKEN, _RAADSLOCATIES = ("AR0042", "AR0050"), ("RC0110", "RC0115")
"""Codes of the list of institutions that the chain uses for who decides and who carries out (corv.md 8)."""


@dataclass(frozen=True)
class _Onderwerp:
    """Whom a notificatie is about: a child, or an unborn one with its mother; and our zaak, None where the Raad began itself."""

    kind: Persoon
    moeder: HeeftAlsBelanghebbende | None
    onze_zaak: Value | None


def notificatie(making: Making) -> NotificatieDi01:
    """Where the zaak of the Raad about one child is."""
    lot, asked = making.lot, making.vraag.inhoud if making.vraag is not None else None
    invented = _invented(making)
    onderwerp = _asked(making, asked.object, invented) if isinstance(asked, VtoDi01) and asked.object else invented
    status = lot.pick(tuple(_RESULTATEN))
    resultaat = lot.pick(_RESULTATEN[status])
    ours = onderwerp.onze_zaak
    is_ambtshalve = ("indicatieAmbtshalve", true_false(is_so=ours is None))
    return NotificatieDi01(
        stuurgegevens=making.kop(),
        object=ZaakNotificatie(
            identificatie=making.maybe(making.number("1-VB")),
            resultaat=Resultaat(omschrijving=Value(resultaat)) if resultaat else None,
            extra_elementen=extra(("instantie", making.zender.oin), is_ambtshalve),
            is_van=is_van(UITVOEREN),
            heeft_betrekking_op=HeeftBetrekkingOpPersoon(
                gerelateerde=ObjectPersoon(natuurlijk_persoon=onderwerp.kind),
                omschrijving=Value(CLIENT if onderwerp.moeder is None else ONGEBOREN),
            ),
            heeft_als_belanghebbende=onderwerp.moeder,
            heeft_betrekking_op_andere=HeeftBetrekkingOpAndere(
                gerelateerde=AndereZaak(identificatie=ours, is_van=is_van(OVERWEGEN))
            )
            if ours is not None
            else None,
            heeft=Heeft(gerelateerde=Status(omschrijving=Value(status)), datum_status_gezet=Value(f"{making.moment:%Y%m%d%H%M}")),
            leidt_tot=(LeidtTot(gerelateerde=_beslissing(making)),) if resultaat == _OPGELEGD else (),
        ),
    )


def _invented(making: Making) -> _Onderwerp:
    """A child by BSN or RNI number, or an unborn one of whom only is known when it is expected."""
    gezin, lot = draw_gezin(making), making.lot
    zaak = None if lot.chance(0.2) else making.number(f"{gezin.thuis.gemeente}VB")
    if not gezin.kinderen:
        verwacht = dated(gezin.verwacht) if gezin.verwacht is not None else None
        moeder = belanghebbende(making, gezin.moeder, MOEDER_VAN_ONGEBOREN, gezin.thuis, must_be_known=True)
        return _Onderwerp(Persoon(geboortedatum=verwacht), moeder, zaak)
    kind, has_bsn = gezin.kinderen[0], lot.chance(0.9)
    persoon = Persoon(
        inp_bsn=Value(kind.bsn) if has_bsn else None,
        geslachtsnaam=Value(kind.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(kind.voorvoegsel),
        voorletters=making.maybe(Value(kind.voorletters)),
        voornamen=making.maybe(Value(kind.voornamen)),
        geslachtsaanduiding=Value(kind.geslacht),
        geboortedatum=wholly_born(kind),
        verblijfsadres=making.maybe_address(verblijfsadres(making, gezin.thuis)),
        extra_elementen=None if has_bsn else extra(("RNI-nummer", f"9900{lot.digits(6)}")),
    )
    return _Onderwerp(persoon, None, zaak)


def _asked(making: Making, vto: ZaakVto, invented: _Onderwerp) -> _Onderwerp:
    """One of the children of a vto, without the number that it had there, which the Raad does not give back."""
    zaak, mother = known(vto.identificatie) or invented.onze_zaak, _mother_in(vto)
    about = [
        (mens, one.omschrijving)
        for one in vto.heeft_betrekking_op
        for mens in (one.gerelateerde.natuurlijk_persoon if one.gerelateerde else ())
        if one.omschrijving != Value(ONGEBOREN) or mother is not None
    ]
    if not about:
        return replace(invented, onze_zaak=zaak)
    mens, omschrijving = making.lot.pick(about)
    others = mens.extra_elementen.extra_element if mens.extra_elementen else ()
    kept = tuple(one for one in others if dict(one.attributes).get("naam") != "clientvolgnummer")
    persoon = Persoon(
        inp_bsn=mens.inp_bsn[0] if mens.inp_bsn else None,
        geslachtsnaam=mens.geslachtsnaam,
        voorvoegsel_geslachtsnaam=mens.voorvoegsel_geslachtsnaam,
        voorletters=mens.voorletters,
        voornamen=mens.voornamen,
        geslachtsaanduiding=mens.geslachtsaanduiding,
        geboortedatum=mens.geboortedatum,
        extra_elementen=ExtraElementen(extra_element=kept) if kept else None,
    )
    return _Onderwerp(persoon, mother if omschrijving == Value(ONGEBOREN) else None, zaak)


def _mother_in(vto: ZaakVto) -> HeeftAlsBelanghebbende | None:
    """The mother of the unborn child of a vto, without what was said there of her children."""
    for one in vto.heeft_als_belanghebbende:
        if one.omschrijving == Value(MOEDER_VAN_ONGEBOREN) and one.gerelateerde and one.gerelateerde.natuurlijk_persoon:
            return replace(one, extra_elementen=None)
    return None


def _beslissing(making: Making) -> Beslissing:
    """The maatregel that the judge imposed, and for how long."""
    lot, besloten = making.lot, making.before(20)
    maanden = lot.number(3, 12)
    return Beslissing(
        datum_beslissing=dated(besloten),
        toelichting=Value(f"{teksten.MARK} Ondertoezichtstelling voor {maanden} maanden."),
        ingangsdatum_werking=making.maybe(dated(besloten)),
        einddatum_werking=making.maybe(dated(besloten + timedelta(days=30 * maanden))),
        extra_elementen=extra(
            ("periodeduur", str(maanden)),
            ("periodeEenheid", "maanden"),
            ("kenmerk", f"C/99/{making.numbers.digits(6)}"),
            ("beslissendeInstantie", lot.pick(_RECHTBANKEN)),
            ("uitvoerendeInstantie", lot.pick(_RAADSLOCATIES)),
        ),
    )
