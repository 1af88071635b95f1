"""Examples of what Veilig Thuis tells the police about a zorgmelding, by the rules that the chain has for it (corv.md 4.4)."""

from dataclasses import dataclass

from corv.inhoud.bg import Vestiging
from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import ExtraElementen
from corv.inhoud.personen import Jeugdige, Persoon, PersoonBelanghebbende
from corv.inhoud.rollen import AanspreekpuntInitiator, Contactpersoon, HeeftBetrekkingOpPersoon, ObjectPersoon
from corv.inhoud.zkn import Kenmerk, Resultaat
from corv.inhoud.zorgmelding import (
    AanspreekpuntBelanghebbende,
    BelanghebbendeTeruggekoppeld,
    HeeftAlsBelanghebbendeTeruggekoppeld,
    HeeftAlsInitiator,
    ZaakZorgmelding,
    ZaakZorgmeldingTerugkoppeling,
    ZorgmeldingDi01,
    ZorgmeldingTerugkoppelingDi01,
)
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN, OUDERS
from corv.rules.zorg import MEDEWERKER, VERVOLGACTIE
from corv.voorbeeld.gezin import draw_gezin
from corv.voorbeeld.making import Making, extra, known, true_false, unknown_date, wholly_born
from corv.voorbeeld.personen import draw_phone
from corv.voorbeeld.zaak import SIGNAAL, is_van
from corv.voorbeeld.zorgmelding import BRON


@dataclass(frozen=True)
class _Melding:
    """What a terugkoppeling takes over from the melding (rules 59 to 63). `moeder`: who is told of where no child is named."""

    kenmerk: Value
    kind: Persoon | None
    moeder: Persoon
    contact: Contactpersoon


def zorgmelding_terugkoppeling(making: Making) -> ZorgmeldingTerugkoppelingDi01:
    """What becomes of a zorgmelding; about the mother where the child is not born yet."""
    lot, melding = making.lot, _melding(making)
    resultaat = lot.pick(("Geen actie nodig", VERVOLGACTIE))
    moeder = HeeftAlsBelanghebbendeTeruggekoppeld(
        gerelateerde=BelanghebbendeTeruggekoppeld(natuurlijk_persoon=melding.moeder), omschrijving=Value(MOEDER_VAN_ONGEBOREN)
    )
    return ZorgmeldingTerugkoppelingDi01(
        stuurgegevens=making.kop(),
        object=ZaakZorgmeldingTerugkoppeling(
            identificatie=making.number("VB"),
            kenmerk=Kenmerk(kenmerk=melding.kenmerk, bron=Value(BRON)),
            resultaat=Resultaat(omschrijving=Value(resultaat)),
            extra_elementen=making.maybe(
                extra(
                    ("vervolgactie", "casusoverleg" if resultaat == VERVOLGACTIE else None),
                    ("vtoIndicatie", true_false(is_so=resultaat == VERVOLGACTIE and lot.chance(0.3))),
                )
            ),
            is_van=is_van(SIGNAAL),
            heeft_betrekking_op=HeeftBetrekkingOpPersoon(
                gerelateerde=ObjectPersoon(natuurlijk_persoon=melding.kind), omschrijving=Value("jeugdige")
            )
            if melding.kind is not None
            else None,
            heeft_als_belanghebbende=(
                *((moeder,) if melding.kind is None else ()),
                *((_vervolg(making),) if resultaat == VERVOLGACTIE else ()),
            ),
            heeft_als_initiator=HeeftAlsInitiator(heeft_als_aanspreekpunt=AanspreekpuntInitiator(gerelateerde=melding.contact)),
        ),
    )


def _vervolg(making: Making) -> HeeftAlsBelanghebbendeTeruggekoppeld:
    """The organisation that will act, and perhaps whom to ask there (rule 58)."""
    wie = making.personen.adult(making.op)
    contact = Contactpersoon(
        naam=Value(f"{wie.voorletters} {wie.geslachtsnaam}"),
        telefoonnummer=making.maybe(Value(draw_phone(making.lot))),
        emailadres=making.maybe(Value(wie.emailadres)),
    )
    return HeeftAlsBelanghebbendeTeruggekoppeld(
        gerelateerde=BelanghebbendeTeruggekoppeld(vestiging=Vestiging(handelsnaam_verkort=Value("Wijkteam Voorbeeldstad"))),
        omschrijving=Value("hulpverlener"),
        heeft_als_aanspreekpunt=making.maybe(AanspreekpuntBelanghebbende(gerelateerde=contact)),
    )


def _melding(making: Making) -> _Melding:
    """What the melding says that is answered, and for the rest an invented one."""
    gezin, wie = draw_gezin(making), making.personen.adult(making.op)
    elementen = extra((MEDEWERKER, f"VB{making.lot.digits(5)}"))
    contact = Contactpersoon(naam=Value(f"{wie.voorletters} {wie.geslachtsnaam}"), extra_elementen=elementen)
    kind, moeder = (
        Persoon(
            inp_bsn=Value(mens.bsn) if making.lot.chance(0.9) else None,
            geslachtsnaam=Value(mens.geslachtsnaam),
            geboortedatum=wholly_born(mens),
        )
        for mens in ((gezin.kinderen or (gezin.moeder,))[0], gezin.moeder)
    )
    invented = _Melding(
        kenmerk=making.number("PL17P0-"),
        kind=kind if gezin.kinderen else None,
        moeder=moeder,
        contact=contact,
    )
    asked = making.vraag.inhoud.object if making.vraag is not None and isinstance(making.vraag.inhoud, ZorgmeldingDi01) else None
    return invented if asked is None else _taken_over(asked, invented)


def _taken_over(asked: ZaakZorgmelding, invented: _Melding) -> _Melding:
    """What the melding lacks is invented: a terugkoppeling must have it all the same."""
    return _Melding(
        kenmerk=known(asked.kenmerk.kenmerk if asked.kenmerk else None) or invented.kenmerk,
        kind=_child_in(asked),
        moeder=_mother_in(asked) or invented.moeder,
        contact=_contact_in(asked, invented.contact),
    )


def _child_in(asked: ZaakZorgmelding) -> Persoon | None:
    """The jeugdige of a melding; None where there is none, or no name to call him by."""
    jonge = asked.heeft_betrekking_op.gerelateerde if asked.heeft_betrekking_op else None
    return next((_named(mens) for mens in (jonge.natuurlijk_persoon if jonge else ()) if known(mens.geslachtsnaam)), None)


def _mother_in(asked: ZaakZorgmelding) -> Persoon | None:
    """The first woman with the role of a parent (corv.md 7, quirk 12 of par. 5)."""
    for one in asked.heeft_als_belanghebbende:
        mens = one.gerelateerde.natuurlijk_persoon if one.gerelateerde else None
        is_parent = one.omschrijving is not None and one.omschrijving.text.strip().lower() in OUDERS
        if mens is not None and is_parent and mens.geslachtsaanduiding == Value("V") and known(mens.geslachtsnaam):
            return _named(mens)
    return None


def _named(mens: Jeugdige | PersoonBelanghebbende) -> Persoon:
    return Persoon(
        inp_bsn=next((bsn for bsn in mens.inp_bsn if known(bsn)), None),
        geslachtsnaam=mens.geslachtsnaam,
        geboortedatum=known(mens.geboortedatum) or unknown_date(),
    )


def _contact_in(asked: ZaakZorgmelding, invented: Contactpersoon) -> Contactpersoon:
    """Whom the melding names to ask, by name and number."""
    begun = asked.heeft_als_initiator
    punt = begun.heeft_als_aanspreekpunt if begun else None
    contact = punt.gerelateerde if punt else None
    if begun is None or contact is None or not known(contact.naam):
        return invented
    groups = [group.extra_element for group in (contact.extra_elementen, begun.extra_elementen) if group]
    numbers = [one for group in groups for one in group if _is_number(one)]
    elementen = ExtraElementen(extra_element=(numbers[0],)) if numbers else invented.extra_elementen
    return Contactpersoon(naam=contact.naam, extra_elementen=elementen)


def _is_number(element: Value) -> bool:
    return dict(element.attributes).get("naam", "").casefold() == MEDEWERKER and known(element) is not None
