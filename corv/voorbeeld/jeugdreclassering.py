"""Examples of a notificatie on jeugdreclassering, by the rules that the chain has for it (corv.md 4.3)."""

from datetime import timedelta

from corv.inhoud.fields import Value
from corv.inhoud.notificatiejr import (
    HeeftAlsInitiatorJr,
    HeeftBetrekkingOpPersonen,
    InitiatorJr,
    NotificatiejrDi01,
    ObjectPersonen,
    RechtspersoonInitiator,
    ZaakNotificatiejr,
)
from corv.inhoud.personen import Persoon
from corv.voorbeeld import teksten
from corv.voorbeeld.making import Making, extra, texts, value, wholly_born
from corv.voorbeeld.personen import draw_bsn, draw_function, years_before
from corv.voorbeeld.zaak import SIGNAAL, aanspreekpunt, is_van

_SIGNAALTYPEN = ("Notificatie jeugdreclassering", "Notificatie vrijwillige jeugdreclassering")
_TOEZICHT = (
    "voorwaardelijke veroordeling",
    "voorwaarde schorsing preventieve hechtenis",
    "begeleiding ter voorbereiding op zitting",
)
_VRIJWILLIG = "Toezicht en Begeleiding (vrijwillig kader)"


def notificatiejr(making: Making) -> NotificatiejrDi01:
    """That a jeugdige of 12 to 16 gets jeugdreclassering; he is known by his BSN (corv.md 4.3, rule 52)."""
    lot, op = making.lot, making.op
    kind = making.personen.draw((years_before(op, 16), years_before(op, 12)))
    persoon = Persoon(
        inp_bsn=Value(kind.bsn),
        geslachtsnaam=Value(kind.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(kind.voorvoegsel),
        voorletters=making.maybe(Value(kind.voorletters)),
        voornamen=making.maybe(Value(kind.voornamen)),
        geslachtsaanduiding=making.maybe(Value(kind.geslacht)),
        geboortedatum=making.maybe(wholly_born(kind)),
    )
    signaaltype, begin = lot.pick(_SIGNAALTYPEN), making.before(15)
    toezicht = making.maybe(lot.pick(_TOEZICHT) if signaaltype == _SIGNAALTYPEN[0] else _VRIJWILLIG)
    einde = f"{begin + timedelta(days=lot.number(90, 700)):%Y%m%d}"
    return NotificatiejrDi01(
        stuurgegevens=making.kop(),
        object=ZaakNotificatiejr(
            omschrijving=making.maybe(Value(teksten.gegeven("notificatie jeugdreclassering"))),
            extra_elementen=extra(
                ("signaalType", signaaltype),
                ("toezichtSoort", toezicht),
                ("toezichtBegindatum", f"{begin:%Y%m%d}" if toezicht else None),
                ("toezichtEinddatum", making.maybe(einde) if toezicht else None),
            ),
            is_van=is_van(SIGNAAL, making.maybe(Value("VB-SIGN"))),
            heeft_betrekking_op=HeeftBetrekkingOpPersonen(
                gerelateerde=ObjectPersonen(natuurlijk_persoon=(persoon,)), omschrijving=Value("jeugdige")
            ),
            heeft_als_initiator=making.maybe(_initiator(making)),
        ),
    )


def _initiator(making: Making) -> HeeftAlsInitiatorJr:
    wie = making.personen.adult(making.op)
    nummer = texts([draw_bsn(making.lot)]) if making.lot.has() else ()
    naam = RechtspersoonInitiator(inn_nnp_id=nummer, statutaire_naam=Value(making.zender.naam))
    return HeeftAlsInitiatorJr(
        gerelateerde=InitiatorJr(niet_natuurlijk_persoon=naam),
        code=making.maybe(Value("VB-INI")),
        omschrijving=making.maybe(Value("opdrachtgever")),
        toelichting=making.maybe(Value(teksten.advies(making.lot))),
        heeft_als_aanspreekpunt=making.maybe(aanspreekpunt(making, wie, draw_function(making.lot), None)),
    )
