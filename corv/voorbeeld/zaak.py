"""Parts that the messages about a zaak share: kinds of zaak, persons as the older messages have them, addresses, whom to ask."""

from collections.abc import Mapping

from corv.inhoud.bg import Vestiging
from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import ExtraElementen
from corv.inhoud.personen import Jeugdige, PersoonBelanghebbende
from corv.inhoud.rollen import (
    AanspreekpuntInitiator,
    Belanghebbende,
    Contactpersoon,
    HeeftAlsBelanghebbende,
    HeeftBetrekkingOpJeugdigen,
    ObjectJeugdigen,
)
from corv.inhoud.zkn import IsVan, Zaaktype
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN
from corv.voorbeeld.adressen import Adres, Buitenland
from corv.voorbeeld.adresvormen import authentiek, buitenland, long_verblijfsadres, verblijfsadres
from corv.voorbeeld.gezin import work_email
from corv.voorbeeld.making import Making, born, extra, texts, value, wholly_born
from corv.voorbeeld.personen import Mens, draw_phone

OVERWEGEN, UITVOEREN = "Overwegen kinderbeschermingsmaatregel", "Uitvoeren onderzoek kinderbeschermingsmaatregel"
SIGNAAL = "Signaal behandelen"

_LONGEST_CONTACT = 40


ROLCODES: Mapping[str, str] = {
    "ouder met gezag": "112",
    "ouder zonder gezag": "113",
    MOEDER_VAN_ONGEBOREN: "111",
    "voogd": "191",
    "hulpverlener": "411",
}
"""The code of each role that we give, of the list Jeugdzorgrol (corv.md 8)."""


def is_van(soort: str, code: Value | None = None) -> IsVan:
    """Of which kind a zaak is. `code`: only in the messages of which the zaak is a signal."""
    return IsVan(gerelateerde=Zaaktype(code=code, omschrijving_generiek=Value(soort)))


def jeugdige(making: Making, kind: Mens, adres: Adres, extra_elementen: ExtraElementen | None, *, by_bsn: bool) -> Jeugdige:
    """A born child of whom name, birth date and sex are known (corv.md 4.1, rule 3).

    `by_bsn`: else an element in `extra_elementen` tells who it is, or without any the number of somebody who is not registered.
    """
    return Jeugdige(
        inp_bsn=texts([kind.bsn]) if by_bsn else (),
        authentiek=(authentiek(making),) if by_bsn and making.lot.has() else (),
        anp_identificatie=() if by_bsn or extra_elementen else texts([f"9999{making.lot.digits(13)}"]),
        geslachtsnaam=Value(kind.geslachtsnaam),
        voorvoegsel_geslachtsnaam=value(kind.voorvoegsel),
        voorletters=making.maybe(Value(kind.voorletters)),
        voornamen=making.maybe(Value(kind.voornamen)),
        geslachtsaanduiding=Value(kind.geslacht),
        geboortedatum=wholly_born(kind),
        verblijfsadres=making.maybe_address(verblijfsadres(making, adres)),
        sub_telefoonnummer=making.maybe(Value(kind.telefoonnummer)),
        sub_emailadres=making.maybe(Value(kind.emailadres)),
        extra_elementen=extra_elementen,
    )


def betrekking(persoon: Jeugdige, omschrijving: str) -> HeeftBetrekkingOpJeugdigen:
    """Whom a zaak is about, and as what."""
    return HeeftBetrekkingOpJeugdigen(
        gerelateerde=ObjectJeugdigen(natuurlijk_persoon=(persoon,)), omschrijving=Value(omschrijving)
    )


def belanghebbende(
    making: Making, mens: Mens, rol: str, waar: Adres | Buitenland, *, must_be_known: bool = False
) -> HeeftAlsBelanghebbende:
    """A person concerned, by BSN alone (corv.md 4.1, rule 31). `must_be_known`: all of it in any case."""
    lot = making.lot
    has_bsn = must_be_known or lot.chance(0.9)
    return HeeftAlsBelanghebbende(
        gerelateerde=Belanghebbende(
            natuurlijk_persoon=PersoonBelanghebbende(
                inp_bsn=texts([mens.bsn]) if has_bsn else (),
                authentiek=(authentiek(making),) if has_bsn and lot.has() else (),
                geslachtsnaam=Value(mens.geslachtsnaam),
                voorvoegsel_geslachtsnaam=value(mens.voorvoegsel),
                voorletters=making.maybe(Value(mens.voorletters)),
                voornamen=making.maybe(Value(mens.voornamen)),
                geslachtsaanduiding=Value(mens.geslacht),
                geboortedatum=born(mens) if must_be_known or lot.has() else None,
                verblijfsadres=(long_verblijfsadres(making, waar),)
                if isinstance(waar, Adres) and (must_be_known or lot.has())
                else (),
                sub_verblijf_buitenland=(buitenland(waar),) if isinstance(waar, Buitenland) else (),
                sub_telefoonnummer=Value(mens.telefoonnummer) if must_be_known or lot.has() else None,
                sub_emailadres=making.maybe(Value(mens.emailadres)),
            )
        ),
        code=making.maybe(Value(ROLCODES[rol])),
        omschrijving=Value(rol),
    )


def organisatie(making: Making, rol: str, extra_elementen: ExtraElementen | None) -> HeeftAlsBelanghebbende:
    """A branch of an organisation that is concerned, with its KvK number (corv.md 4.1, rules 14 and 15)."""
    lot = making.lot
    return HeeftAlsBelanghebbende(
        gerelateerde=Belanghebbende(
            vestiging=Vestiging(
                vestigings_nummer=making.maybe(Value(f"9999{lot.digits(8)}")),
                handelsnaam_verkort=Value("Jeugdbescherming Voorbeeld"),
                sub_telefoonnummer=Value(draw_phone(lot)),
                sub_emailadres=making.maybe(Value("voorbeeld@example.org")),
                extra_elementen=extra(("kvkNummer", f"0000{lot.digits(4)}")),
            )
        ),
        code=making.maybe(Value(ROLCODES[rol])),
        omschrijving=Value(rol),
        extra_elementen=extra_elementen,
    )


def aanspreekpunt(
    making: Making, mens: Mens, functie: str | None, extra_elementen: ExtraElementen | None
) -> AanspreekpuntInitiator:
    """Whom to ask at the organisation that began it."""
    return AanspreekpuntInitiator(
        gerelateerde=Contactpersoon(
            naam=Value(f"{mens.voorletters} {mens.achternaam}"[:_LONGEST_CONTACT]),
            functie=making.maybe(Value(functie)) if functie is not None else None,
            telefoonnummer=making.maybe(Value(draw_phone(making.lot))),
            emailadres=making.maybe(Value(work_email(making, mens))),
            extra_elementen=extra_elementen,
        )
    )
