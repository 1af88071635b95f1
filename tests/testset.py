"""The messages of the official test set 1.0.1, made to fit the description of each step, with invented content."""

import base64
from collections.abc import Sequence

from lxml import etree

from conftest import OURS
from corv.berichten import BERICHTEN
from corv.inhoud.antwoorden import Fout, Foutbericht, Ontvangstbevestiging, Verwerkingsbevestiging
from corv.inhoud.bg import NietNatuurlijkPersoon, Verblijfsadres, Vestiging
from corv.inhoud.fields import Group, Value, write_group
from corv.inhoud.gedeeld import ExtraElementen, Kop, Partij
from corv.inhoud.notificatie import Heeft, NotificatieDi01, Status, ZaakNotificatie
from corv.inhoud.notificatiejr import (
    HeeftAlsInitiatorJr,
    HeeftBetrekkingOpPersonen,
    InitiatorJr,
    NotificatiejrDi01,
    ObjectPersonen,
    RechtspersoonInitiator,
    ZaakNotificatiejr,
)
from corv.inhoud.personen import Jeugdige, Persoon, PersoonBelanghebbende
from corv.inhoud.rollen import (
    AanspreekpuntInitiator,
    Belanghebbende,
    Contactpersoon,
    HeeftAlsBelanghebbende,
    HeeftBetrekkingOpJeugdigen,
    HeeftBetrekkingOpPersoon,
    ObjectJeugdigen,
    ObjectPersoon,
)
from corv.inhoud.vto import HeeftAlsUitvoerende, Medewerker, Uitvoerende, VtoDi01, ZaakVto
from corv.inhoud.zkn import AndereZaak, Document, HeeftBetrekkingOpAndere, HeeftRelevant, IsVan, Kenmerk, Resultaat, Zaaktype
from corv.inhoud.zorgmelding import (
    BelanghebbendeTeruggekoppeld,
    HeeftAlsBelanghebbendeTeruggekoppeld,
    HeeftAlsInitiator,
    Initiator,
    ZaakZorgmelding,
    ZaakZorgmeldingTerugkoppeling,
    ZorgmeldingDi01,
    ZorgmeldingTerugkoppelingDi01,
)
from corv.stuf import BESTANDSNAAM, CONTENT_TYPE, STUF

RAAD, POLITIE, OM = "00000002999000003000", "00000002999000002000", "00000002999000004000"
KIND_BSN = "999923961"
_ONZE_ZAAK, _ZAAK_VAN_DE_RAAD = "Overwegen kinderbeschermingsmaatregel", "Uitvoeren onderzoek kinderbeschermingsmaatregel"
_INDEX = f"{{{STUF}}}indOnvolledigeDatum"


def extra(*named: tuple[str, str]) -> ExtraElementen:
    """Elements by name and value."""
    return ExtraElementen(extra_element=tuple(Value(text, (("naam", name),)) for name, text in named))


def date(text: str, known: str = "V") -> Value:
    """A date. `known`: V whole, D without a day, M without a month, J not known at all."""
    return Value(text, ((_INDEX, known),))


# Persons


def kind(nummer: int, bsn: str = KIND_BSN, geboren: Value | None = None, *identificatie: tuple[str, str]) -> Group:
    """A child that was born. `bsn` '' where it has none; `identificatie`: extra elements that tell who it is."""
    mens = Jeugdige(
        inp_bsn=(Value(bsn),) if bsn else (),
        geslachtsnaam=Value("Drogbeeld"),
        geslachtsaanduiding=Value("V"),
        geboortedatum=geboren or date("20150221"),
        extra_elementen=extra(("clientvolgnummer", str(nummer)), *identificatie),
    )
    return _client(mens, "Client (kind)")


def ongeboren(nummer: int) -> Group:
    """An unborn child, of which the expected day is known."""
    mens = Jeugdige(geboortedatum=date("20261201"), extra_elementen=extra(("clientvolgnummer", str(nummer))))
    return _client(mens, "Client (ongeboren kind)")


def _client(mens: Jeugdige, omschrijving: str) -> HeeftBetrekkingOpJeugdigen:
    return HeeftBetrekkingOpJeugdigen(gerelateerde=ObjectJeugdigen(natuurlijk_persoon=(mens,)), omschrijving=Value(omschrijving))


def gezagsdrager(rol: str, kinderen: Sequence[int], mens: PersoonBelanghebbende, *, niet: str = "") -> HeeftAlsBelanghebbende:
    """A person with authority over these children. `niet`: why he or she was not told of the request."""
    named = [("clientvolgnummer", str(nummer)) for nummer in kinderen]
    told = [("indicatieGeinformeerd", "false" if niet else "true"), *([("redenGeenInformering", niet)] if niet else [])]
    return HeeftAlsBelanghebbende(
        gerelateerde=Belanghebbende(natuurlijk_persoon=mens), omschrijving=Value(rol), extra_elementen=extra(*named, *told)
    )


def instelling(kinderen: Sequence[int]) -> HeeftAlsBelanghebbende:
    """An organisation with authority over these children."""
    vestiging = Vestiging(
        handelsnaam_verkort=Value("Voogdij Voorbeeldland"),
        sub_telefoonnummer=Value("0600000050"),
        extra_elementen=extra(("kvkNummer", "99999999")),
    )
    named = [("clientvolgnummer", str(nummer)) for nummer in kinderen]
    return HeeftAlsBelanghebbende(
        gerelateerde=Belanghebbende(vestiging=vestiging),
        omschrijving=Value("voogd"),
        extra_elementen=extra(*named, ("indicatieGeinformeerd", "true")),
    )


def mens(geslacht: str, naam: str = "Drogbeeld", bsn: str = "", telefoon: str = "") -> PersoonBelanghebbende:
    """A grown-up."""
    return PersoonBelanghebbende(
        inp_bsn=(Value(bsn),) if bsn else (),
        geslachtsnaam=Value(naam),
        geslachtsaanduiding=Value(geslacht),
        sub_telefoonnummer=Value(telefoon) if telefoon else None,
    )


# Messages


def vto(nummer: str, kinderen: Sequence[Group], gezag: Sequence[HeeftAlsBelanghebbende], mimetypes: Sequence[str]) -> bytes:
    """A request to the Raad. `mimetypes`: one for each document; the first is the request itself."""
    soorten = ["Verzoek tot onderzoek RvdK", "Diagnostisch onderzoek", "Hulpverleningsrapportage"]
    zaak = ZaakVto(
        identificatie=Value(zaak_van(nummer)),
        startdatum=date("20260504"),
        registratiedatum=date("20260504"),
        extra_elementen=extra(("datumIndiening", "20260504"), ("urgentie", "Laag")),
        is_van=_is_van(_ONZE_ZAAK),
        heeft_betrekking_op=tuple(item for item in kinderen if isinstance(item, HeeftBetrekkingOpJeugdigen)),
        heeft_als_belanghebbende=tuple(gezag),
        heeft_als_uitvoerende=HeeftAlsUitvoerende(
            gerelateerde=Uitvoerende(
                medewerker=(Medewerker(achternaam=Value("Schijnbaar")),),
                niet_natuurlijk_persoon=(NietNatuurlijkPersoon(statutaire_naam=Value("Veilig Thuis Voorbeeldstad")),),
            )
        ),
        heeft_betrekking_op_andere=HeeftBetrekkingOpAndere(gerelateerde=AndereZaak(is_van=_is_van(_ZAAK_VAN_DE_RAAD))),
        heeft_relevant=tuple(_document(soort, mime) for soort, mime in zip(soorten, mimetypes, strict=False)),
    )
    return _bytes("vtoDi01", VtoDi01(stuurgegevens=kop("vtoDi01", OURS, RAAD, nummer), object=zaak))


def zaak_van(nummer: str) -> str:
    """The number of our zaak in the vto with that referentienummer."""
    return f"VT-{nummer}"


def notificatie(
    nummer: str, status: str, client: Persoon, vto_: str | None, *, moeder: PersoonBelanghebbende | None = None
) -> bytes:
    """A notificatie of the Raad. `vto_`: the referentienummer of our request, None for an investigation of its own accord."""
    andere = AndereZaak(identificatie=Value(zaak_van(vto_ or "")), is_van=_is_van(_ONZE_ZAAK))
    zaak = ZaakNotificatie(
        identificatie=Value("1-AB2CD3E"),
        extra_elementen=extra(("instantie", RAAD), ("indicatieAmbtshalve", "false" if vto_ else "true")),
        is_van=_is_van(_ZAAK_VAN_DE_RAAD),
        heeft_betrekking_op=HeeftBetrekkingOpPersoon(
            gerelateerde=ObjectPersoon(natuurlijk_persoon=client),
            omschrijving=Value("Client (ongeboren kind)" if moeder else "Client (kind)"),
        ),
        heeft_als_belanghebbende=HeeftAlsBelanghebbende(
            gerelateerde=Belanghebbende(natuurlijk_persoon=moeder), omschrijving=Value("ouder, gezag niet benoemd")
        )
        if moeder
        else None,
        heeft_betrekking_op_andere=HeeftBetrekkingOpAndere(gerelateerde=andere) if vto_ else None,
        heeft=Heeft(gerelateerde=Status(omschrijving=Value(status)), datum_status_gezet=Value("202606011200")),
    )
    return _bytes("notificatieDi01", NotificatieDi01(stuurgegevens=kop("notificatieDi01", RAAD, OURS, nummer), object=zaak))


def client(bsn: str = KIND_BSN, geboren: Value | None = None, *identificatie: tuple[str, str]) -> Persoon:
    """The child of a notificatie."""
    return Persoon(
        inp_bsn=Value(bsn) if bsn else None,
        geslachtsnaam=Value("Drogbeeld"),
        geslachtsaanduiding=Value("V"),
        geboortedatum=geboren or date("20150221"),
        extra_elementen=extra(*identificatie) if identificatie else None,
    )


def notificatiejr(nummer: str, zender: str, soort: str) -> bytes:
    """A notificatie jeugdreclassering."""
    initiator = InitiatorJr(niet_natuurlijk_persoon=RechtspersoonInitiator(statutaire_naam=Value("Parket Voorbeeldland")))
    zaak = ZaakNotificatiejr(
        extra_elementen=extra(("signaalType", soort)),
        is_van=_is_van("Signaal behandelen"),
        heeft_betrekking_op=HeeftBetrekkingOpPersonen(
            gerelateerde=ObjectPersonen(natuurlijk_persoon=(client(),)), omschrijving=Value("jeugdige")
        ),
        heeft_als_initiator=HeeftAlsInitiatorJr(gerelateerde=initiator),
    )
    return _bytes(
        "notificatiejrDi01", NotificatiejrDi01(stuurgegevens=kop("notificatiejrDi01", zender, OURS, nummer), object=zaak)
    )


def zorgmelding(nummer: str, kenmerk: str, *, titel: str = "Zorgmelding") -> bytes:
    """A zorgmelding of the police with one document, on a child in our own region."""
    jeugdige = Jeugdige(
        inp_bsn=(Value(KIND_BSN),),
        geslachtsnaam=Value("Drogbeeld"),
        geslachtsaanduiding=Value("V"),
        geboortedatum=date("20150221"),
        verblijfsadres=Verblijfsadres(wpl_woonplaats_naam=Value("Utrecht"), aoa_postcode=Value("3511SA")),
    )
    zaak = ZaakZorgmelding(
        kenmerk=Kenmerk(kenmerk=Value(kenmerk), bron=Value("Zorgmelding")),
        extra_elementen=extra(("signaalType", "Jeugdzorgmelding")),
        is_van=_is_van("Signaal behandelen"),
        heeft_betrekking_op=_client(jeugdige, "jeugdige"),
        heeft_als_initiator=HeeftAlsInitiator(
            gerelateerde=Initiator(niet_natuurlijk_persoon=NietNatuurlijkPersoon(statutaire_naam=Value("Politie Proefdal"))),
            extra_elementen=extra(("medewerkersidentificatie", "PR-0001")),
            heeft_als_aanspreekpunt=_AANSPREEKPUNT,
        ),
        heeft_relevant=_document("Zorgmelding", "application/pdf", titel),
    )
    return _bytes("zorgmeldingDi01", ZorgmeldingDi01(stuurgegevens=kop("zorgmeldingDi01", POLITIE, OURS, nummer), object=zaak))


def terugkoppeling(nummer: str, kenmerk: str) -> bytes:
    """The terugkoppeling on a zorgmelding: something has to be done, and who will do it."""
    wie = HeeftAlsBelanghebbendeTeruggekoppeld(
        gerelateerde=BelanghebbendeTeruggekoppeld(vestiging=Vestiging(handelsnaam_verkort=Value("Jeugdteam Proefdal"))),
        omschrijving=Value("hulpverlener"),
    )
    zaak = ZaakZorgmeldingTerugkoppeling(
        identificatie=Value("VT-2026-00200"),
        kenmerk=Kenmerk(kenmerk=Value(kenmerk), bron=Value("Zorgmelding")),
        resultaat=Resultaat(omschrijving=Value("Vervolgactie nodig")),
        extra_elementen=extra(("vervolgactie", "Gesprek met het gezin"), ("vtoIndicatie", "false")),
        is_van=_is_van("Signaal behandelen"),
        heeft_betrekking_op=HeeftBetrekkingOpPersoon(
            gerelateerde=ObjectPersoon(natuurlijk_persoon=Persoon(inp_bsn=Value(KIND_BSN), geslachtsnaam=Value("Drogbeeld"))),
            omschrijving=Value("jeugdige"),
        ),
        heeft_als_belanghebbende=(wie,),
        heeft_als_initiator=HeeftAlsInitiator(
            extra_elementen=extra(("medewerkersidentificatie", "PR-0001")), heeft_als_aanspreekpunt=_AANSPREEKPUNT
        ),
    )
    header = kop("zorgmeldingTerugkoppelingDi01", OURS, POLITIE, nummer)
    return _bytes("zorgmeldingTerugkoppelingDi01", ZorgmeldingTerugkoppelingDi01(stuurgegevens=header, object=zaak))


def bevestiging(code: str, nummer: str, van: str, op: str) -> bytes:
    """A Bv01, Bv03 or Bv04 on the message with referentienummer `op`."""
    header = _kop(code, van, OURS, nummer, op)
    content: Group = (
        Verwerkingsbevestiging(stuurgegevens=header) if code == "Bv01" else Ontvangstbevestiging(stuurgegevens=header)
    )
    return _bytes(f"{code}Bericht", content)


def fout(nummer: str, van: str, op: str) -> bytes:
    """An Fo01 as CORV sends it."""
    body = Fout(code=Value("901"), plek=Value("server"), omschrijving=Value("Het StUF VTO bericht voldoet niet"))
    return _bytes("Fo01Bericht", Foutbericht(stuurgegevens=_kop("Fo01", van, OURS, nummer, op), body=body))


# Parts


def kop(functie: str, van: str, aan: str, nummer: str) -> Kop:
    """The stuurgegevens of a Di01."""
    return Kop(
        berichtcode=Value("Di01"),
        zender=_partij(van),
        ontvanger=_partij(aan),
        referentienummer=Value(nummer),
        tijdstip_bericht=Value("20260608120000000"),
        functie=Value(functie),
    )


def _kop(code: str, van: str, aan: str, nummer: str, op: str) -> Kop:
    return Kop(
        berichtcode=Value(code),
        zender=_partij(van),
        ontvanger=_partij(aan),
        referentienummer=Value(nummer),
        tijdstip_bericht=Value("20260608130000000"),
        cross_refnummer=Value(op),
    )


def _partij(oin: str) -> Partij:
    return Partij(organisatie=Value(oin), applicatie=Value("Testset"))


def _is_van(soort: str) -> IsVan:
    return IsVan(gerelateerde=Zaaktype(omschrijving_generiek=Value(soort)))


def _document(soort: str, mimetype: str, titel: str = "Voorbeeld") -> HeeftRelevant:
    content = base64.b64encode(f"{titel}: een verzonnen document.".encode()).decode()
    named = ((CONTENT_TYPE, mimetype), (BESTANDSNAAM, f"{titel}.{mimetype.rpartition('/')[2]}"))
    return HeeftRelevant(
        gerelateerde=Document(
            identificatie=Value("DOC-1"),
            dct_omschrijving=Value(soort),
            creatiedatum=date("20260504"),
            titel=Value(titel),
            inhoud=Value(content, named),
        )
    )


_AANSPREEKPUNT = AanspreekpuntInitiator(gerelateerde=Contactpersoon(naam=Value("Agent Verzonnen")))


def _bytes(root: str, content: Group) -> bytes:
    soort = next(soort for soort in BERICHTEN.values() if soort.naam == root)
    return etree.tostring(write_group(soort.root, content), xml_declaration=True, encoding="UTF-8", pretty_print=True)
