"""Examples of the uitkomst of a generieke melding."""

from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import ToelichtendeInformatie
from corv.inhoud.gm_melding import MeldingGeneriekDi01
from corv.inhoud.gm_uitkomst import (
    BetrokkenEenheid,
    BetrokkenOrganisatie,
    Casus,
    HeeftAlsBetrokkenOrganisatie,
    RouterenNaarInstantie,
    UitkomstMeldingGeneriekDi01,
    ZaakUitkomst,
)
from corv.voorbeeld import teksten
from corv.voorbeeld.eenheid import contactpersoon, initiator, medewerker, uitvoerende
from corv.voorbeeld.generiek import SOORTMELDING
from corv.voorbeeld.making import Making, known

MISDIRECTED = "VT-99"
_STATUSCODES = ("VT-00", "VT-01-01", "VT-01-02", "VT-01-03", "VT-01-04", "VT-02", "VT-03", MISDIRECTED, MISDIRECTED)
_HULPVERLENER, _LERAAR = "002", "003"
_ELDERS = ("00000001999000019000", "Veilig Thuis Elders, voorbeeld")


def uitkomst_melding_generiek(making: Making) -> UitkomstMeldingGeneriekDi01:
    """What became of a generieke melding; one that came to the wrong organisation says where it should be."""
    lot, inhoud = making.lot, making.vraag.inhoud if making.vraag is not None else None
    asked = inhoud.object if isinstance(inhoud, MeldingGeneriekDi01) else None
    statuscode = lot.pick(_STATUSCODES)
    uitleg = ToelichtendeInformatie(
        omschrijving=Value(teksten.advies(lot)), url=making.maybe(Value("https://voorbeeld.example.org/uitkomst"))
    )
    number, is_there = making.number("VB-GM-"), statuscode != MISDIRECTED
    return UitkomstMeldingGeneriekDi01(
        stuurgegevens=making.kop(),
        object=ZaakUitkomst(
            identificatie=making.number("VB-UM-"),
            heeft_als_initiator=initiator(making, making.ontvanger),
            heeft_als_uitvoerende=uitvoerende(making, making.zender),
            heeft_als_overig_betrokkene=_anderen(making),
            uw_identificatie=(known(asked.identificatie) if asked is not None else None) or number,
            soortmelding_code=(known(asked.soortmelding_code) if asked is not None else None) or Value(SOORTMELDING),
            statuscode=Value(statuscode),
            casus=making.maybe(Casus(registratienummer=making.number("VB"), contact=medewerker(making))) if is_there else None,
            toelichtendeinformatie=making.maybe(uitleg),
            routeren_naar_instantie=None
            if is_there
            else RouterenNaarInstantie(identificatie=Value(_ELDERS[0]), naam=Value(_ELDERS[1])),
        ),
    )


def _anderen(making: Making) -> tuple[HeeftAlsBetrokkenOrganisatie, ...]:
    if not making.lot.has():
        return ()
    eenheid = BetrokkenEenheid(
        identificatie=making.maybe(Value(f"VB{making.lot.digits(6)}")),
        naam=Value("Basisschool De Voorbeeldig"),
        heeft_als_contactpersoon=tuple(contactpersoon(making) for _ in range(making.lot.number(0, 2))),
    )
    relatie = Value(making.lot.pick((_HULPVERLENER, _LERAAR)))
    return (
        HeeftAlsBetrokkenOrganisatie(
            gerelateerde=BetrokkenOrganisatie(organisatorische_eenheid=eenheid), betrokkenheid_relatie=relatie
        ),
    )
