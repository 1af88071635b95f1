"""Examples of a vtTerugkoppeling."""

from corv.inhoud.fields import Value, empty
from corv.inhoud.vt_melding import VtMeldingDi01
from corv.inhoud.vt_terugkoppeling import (
    BetreftTeruggekoppeld,
    Contactgegevens,
    IsUitgevoerdDoor,
    MeldingTeruggekoppeld,
    NaarAanleidingVan,
    SituatieTeruggekoppeld,
    Uitvoerder,
    Verantwoordelijke,
    VerantwoordelijkVoorZicht,
    VtTerugkoppelingDi01,
    ZaakVtTerugkoppeling,
)
from corv.stuf import is_oin
from corv.voorbeeld import teksten
from corv.voorbeeld.gezin import work_email
from corv.voorbeeld.making import Making, known, texts
from corv.voorbeeld.personen import draw_phone

_OIN_DIGITS = 20
BEOORDEELD, MISDIRECTED = "uitkomst veiligheidsbeoordeling", "Melding onjuist geadresseerd"
_STATUSSEN = (BEOORDEELD, BEOORDEELD, "melding niet ontvankelijk", "overdracht", "afsluiting zonder overdracht", MISDIRECTED)
_UITKOMSTEN = ("vervolgstappen belegd bij VT", "overdracht", "geen vervolgstappen nodig", "inzet regionaal maatwerk VT")


def vt_terugkoppeling(making: Making) -> VtTerugkoppelingDi01:
    """What Veilig Thuis tells the melder about a vtMelding."""
    lot, vraag = making.lot, making.vraag
    status = lot.pick(_STATUSSEN)
    asked = vraag.inhoud.object if vraag is not None and isinstance(vraag.inhoud, VtMeldingDi01) else None
    number = asked.identificatie_vt_melding if asked is not None else None
    return VtTerugkoppelingDi01(
        stuurgegevens=making.kop(),
        object=ZaakVtTerugkoppeling(
            identificatie=making.maybe(making.number("VB")),
            toelichting=making.maybe(Value(teksten.advies(lot))),
            uitkomst=making.maybe(Value(lot.pick(_UITKOMSTEN))) if status == BEOORDEELD else None,
            status=Value(status),
            naar_aanleiding_van=NaarAanleidingVan(
                gerelateerde=MeldingTeruggekoppeld(
                    identificatie_vt_melding=known(number) or making.number("PL0900-"),
                    betreft=making.maybe(_zicht(making)) if status != MISDIRECTED else None,
                )
            ),
            is_uitgevoerd_door=IsUitgevoerdDoor(
                gerelateerde=Uitvoerder(naam=Value(making.zender.naam), oin_nummer=_oin(making.zender.oin))
            ),
        ),
    )


def _zicht(making: Making) -> BetreftTeruggekoppeld:
    """Who keeps an eye on the safety from now on."""
    organisatie = Verantwoordelijke(naam=Value("Wijkteam Voorbeeldstad"))
    return BetreftTeruggekoppeld(
        gerelateerde=SituatieTeruggekoppeld(
            contactgegevens_verantwoordelijke_organisatie=making.maybe(contactgegevens(making)),
            verantwoordelijk_voor_zicht_op_de_veiligheid_belegd_bij=VerantwoordelijkVoorZicht(gerelateerde=organisatie),
        )
    )


def _oin(oin: str) -> Value:
    """As the schema wants it: digits alone."""
    return Value(oin[:_OIN_DIGITS]) if is_oin(oin) else empty("waardeOnbekend")


def contactgegevens(making: Making) -> Contactgegevens:
    """Whom to ask for more."""
    wie = making.personen.adult(making.op)
    return Contactgegevens(
        naam_contactpersoon=Value(wie.volledige_naam),
        afdeling=making.maybe(Value("Afdeling Voorbeeld")),
        e_mail=texts([work_email(making, wie)]),
        telefoonnummer=texts(draw_phone(making.lot) for _ in range(making.lot.number(1, 2))),
    )
