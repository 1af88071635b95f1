"""Examples of a verzoek tot onderzoek, by the rules that the chain has for it (corv.md 4.1)."""

from dataclasses import replace
from datetime import date

from corv.inhoud.bg import NietNatuurlijkPersoon
from corv.inhoud.fields import Value
from corv.inhoud.gedeeld import ExtraElementen
from corv.inhoud.personen import Jeugdige
from corv.inhoud.rollen import HeeftAlsBelanghebbende, HeeftBetrekkingOpJeugdigen
from corv.inhoud.vto import HeeftAlsUitvoerende, Medewerker, Uitvoerende, VtoDi01, ZaakVto
from corv.inhoud.zkn import AndereZaak, Document, HeeftBetrekkingOpAndere, HeeftRelevant, IsVan, Zaaktype
from corv.rules.documenten import GEZINSGESCHIEDENIS, VERZOEK
from corv.rules.zaak import MOEDER_VAN_ONGEBOREN
from corv.voorbeeld import teksten
from corv.voorbeeld.bijlage import attachment
from corv.voorbeeld.gezin import Gezin, draw_gezin, work_email
from corv.voorbeeld.making import Making, dated, extra, true_false, value
from corv.voorbeeld.personen import Mens, draw_bsn, draw_function, draw_phone
from corv.voorbeeld.zaak import (
    OVERWEGEN,
    UITVOEREN,
    belanghebbende,
    betrekking,
    is_van,
    jeugdige,
    organisatie,
)
from corv.werkgebied.roles import CLIENT, ONGEBOREN

_BIJLAGEN = (GEZINSGESCHIEDENIS, "Diagnostisch onderzoek", "Hulpverleningsrapportage")
_BEKEND = ("bsn", "bsn", "bsn", "RNI-nummer", "vreemdelingennummer", "beschrijvendeIdentificatie")


def vto(making: Making) -> VtoDi01:
    """A request about all children of a family, the unborn one too."""
    lot, gezin = making.lot, draw_gezin(making)
    ingediend = making.before(2)
    return VtoDi01(
        stuurgegevens=making.kop(),
        object=ZaakVto(
            identificatie=making.number(f"{gezin.thuis.gemeente}VB"),
            omschrijving=making.maybe(Value(teksten.gegeven("verzoek tot onderzoek"))),
            startdatum=dated(ingediend),
            registratiedatum=dated(making.op),
            extra_elementen=extra(
                ("datumIndiening", f"{ingediend:%Y%m%d}"),
                ("urgentie", lot.pick(("Laag", "Hoog"))),
                ("rolJeugdzorgVerzoeker", "overige professional"),
                ("gezinsGeschiedenis", teksten.situatie(lot)),
            ),
            is_van=_is_van(making),
            heeft_betrekking_op=_kinderen(making, gezin),
            heeft_als_belanghebbende=_belanghebbenden(making, gezin),
            heeft_als_uitvoerende=HeeftAlsUitvoerende(
                gerelateerde=_uitvoerende(making), omschrijving=making.maybe(Value("verzoeker"))
            ),
            heeft_betrekking_op_andere=HeeftBetrekkingOpAndere(
                gerelateerde=AndereZaak(identificatie=making.maybe(making.number("RVDK-")), is_van=is_van(UITVOEREN))
            ),
            heeft_relevant=_documenten(making, ingediend),
        ),
    )


def _is_van(making: Making) -> IsVan:
    """Of which kind the zaak is; only here that is told in more words."""
    soort = Zaaktype(
        omschrijving=making.maybe(Value(teksten.gegeven("verzoek tot onderzoek"))),
        omschrijving_generiek=Value(OVERWEGEN),
        vertrouwelijk_aanduiding=making.maybe(Value("VERTROUWELIJK")),
    )
    return IsVan(gerelateerde=soort)


def _kinderen(making: Making, gezin: Gezin) -> tuple[HeeftBetrekkingOpJeugdigen, ...]:
    """The children, numbered from 1; the unborn one is the last."""
    found = [betrekking(_kind(making, kind, gezin, nummer), CLIENT) for nummer, kind in enumerate(gezin.kinderen, 1)]
    if gezin.verwacht is not None:
        ongeboren = Jeugdige(
            geslachtsnaam=making.maybe(Value(gezin.moeder.geslachtsnaam)),
            geboortedatum=dated(gezin.verwacht),
            extra_elementen=extra(("clientvolgnummer", str(len(found) + 1))),
        )
        found.append(betrekking(ongeboren, ONGEBOREN))
    return tuple(found)


def _kind(making: Making, kind: Mens, gezin: Gezin, nummer: int) -> Jeugdige:
    """A child, and by what it is known: its BSN or another number or a description (rule 2)."""
    known = making.lot.pick(_BEKEND)
    described = {
        "RNI-nummer": f"9900{making.lot.digits(6)}",
        "vreemdelingennummer": f"9900{making.lot.digits(6)}",
        "beschrijvendeIdentificatie": teksten.gegeven(f"kind van {gezin.moeder.volledige_naam}"),
    }
    named = ((naam, text) for naam, text in described.items() if naam == known)
    elementen = extra(("clientvolgnummer", str(nummer)), *named)
    return jeugdige(making, kind, gezin.thuis, elementen, by_bsn=known == "bsn")


def _belanghebbenden(making: Making, gezin: Gezin) -> tuple[HeeftAlsBelanghebbende, ...]:
    """The parents, each once with all of their children (rules 9 to 12), and perhaps an organisation."""
    born, lot = [str(nummer) for nummer, _ in enumerate(gezin.kinderen, 1)], making.lot
    all_of_them = [*born, str(len(born) + 1)] if gezin.verwacht else born
    is_unborn = gezin.verwacht is not None
    rol = MOEDER_VAN_ONGEBOREN if is_unborn else "ouder met gezag"
    found = [
        replace(
            belanghebbende(making, gezin.moeder, rol, gezin.thuis, must_be_known=is_unborn),
            extra_elementen=_about(making, all_of_them),
        ),
    ]
    if gezin.vader is not None and born:
        vaders = lot.pick(("ouder met gezag", "ouder zonder gezag"))
        vader = belanghebbende(making, gezin.vader, vaders, gezin.vader_woont)
        found.append(replace(vader, extra_elementen=_about(making, born)))
    if born and lot.has():
        found.append(organisatie(making, lot.pick(("voogd", "hulpverlener")), _about(making, born)))
    return tuple(found)


def _about(making: Making, numbers: list[str]) -> ExtraElementen | None:
    """About which children somebody is concerned, and whether he knows of the request (rules 26 and 27)."""
    is_informed = making.lot.chance(0.8)
    return extra(
        *(("clientvolgnummer", nummer) for nummer in numbers),
        ("indicatieGeinformeerd", true_false(is_so=is_informed)),
        ("redenGeenInformering", None if is_informed else teksten.gegeven("was niet bereikbaar")),
    )


def _uitvoerende(making: Making) -> Uitvoerende:
    """The organisation that asks and who of it."""
    wie = making.personen.adult(making.op)
    medewerker = Medewerker(
        identificatie=making.maybe(Value(f"VB{making.lot.digits(5)}")),
        achternaam=Value(wie.geslachtsnaam),
        voorletters=making.maybe(Value(wie.voorletters)),
        voorvoegsel_achternaam=value(wie.voorvoegsel),
        roepnaam=making.maybe(Value(wie.voornamen.split()[0])),
        geslachtsaanduiding=making.maybe(Value(wie.geslacht)),
        functie=making.maybe(Value(draw_function(making.lot))),
        telefoonnummer=making.maybe(Value(draw_phone(making.lot))),
        emailadres=making.maybe(Value(work_email(making, wie))),
    )
    naam = NietNatuurlijkPersoon(inn_nnp_id=making.maybe(Value(draw_bsn(making.lot))), statutaire_naam=Value(making.zender.naam))
    return Uitvoerende(medewerker=(medewerker,), niet_natuurlijk_persoon=(naam,))


def _documenten(making: Making, ingediend: date) -> tuple[HeeftRelevant, ...]:
    """The request itself, and perhaps other documents; the history of the family at most once (rules 16 to 22)."""
    lot = making.lot
    return tuple(
        HeeftRelevant(
            gerelateerde=Document(
                identificatie=making.number("VB-DOC-"),
                dct_omschrijving=Value(soort),
                dct_omschrijving_generiek=making.maybe(Value(soort)),
                creatiedatum=dated(ingediend),
                titel=making.maybe(Value(teksten.gegeven(soort))),
                taal=making.maybe(Value("nld")),
                status=making.maybe(Value("definitief")),
                vertrouwelijk_aanduiding=making.maybe(Value("VERTROUWELIJK")),
                auteur=making.maybe(Value("V. Voorbeeldsma")),
                link=making.maybe(Value("https://voorbeeld.example.nl/document")),
                inhoud=attachment(f"Voorbeeld: {soort}", f"voorbeeld-{number}.pdf"),
            )
        )
        for number, soort in enumerate((VERZOEK, *lot.some(_BIJLAGEN, 3)), 1)
    )
