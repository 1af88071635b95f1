"""Examples obey the rules of the chain that no schema says (corv.md 4), as far as these are known."""

from collections.abc import Iterator

import pytest
from lxml import etree

from corv.stuf import BG, JZ, STUF, ZKN
from corv.tabellen.bestanden import load
from corv.voorbeeld import MAKERS, make
from corv.voorbeeld.world import World

NS = {"JZ": JZ, "ZKN": ZKN, "BG": BG, "StUF": STUF}
WORLD = World(load(None, []))
ONGEBOREN, KIND = "Client (ongeboren kind)", "Client (kind)"
OUDERS = {"ouder met gezag", "ouder zonder gezag", "ouder, gezag niet benoemd", "ouder, niet juridisch"}
INCOMPLETE = f"{{{STUF}}}indOnvolledigeDatum"

NAMES = {
    "vtoDi01": {
        *("datumIndiening", "urgentie", "rolJeugdzorgVerzoeker", "gezinsGeschiedenis", "clientvolgnummer", "RNI-nummer"),
        *("vreemdelingennummer", "beschrijvendeIdentificatie", "indicatieGeinformeerd", "redenGeenInformering", "kvkNummer"),
    },
    "notificatieDi01": {
        *("instantie", "indicatieAmbtshalve", "RNI-nummer", "periodeduur", "periodeEenheid", "kenmerk"),
        *("beslissendeInstantie", "uitvoerendeInstantie"),
    },
    "notificatiejrDi01": {"signaalType", "toezichtSoort", "toezichtBegindatum", "toezichtEinddatum"},
    "zorgmeldingDi01": {"signaalType", "medewerkersidentificatie"},
    "zorgmeldingTerugkoppelingDi01": {"vervolgactie", "vtoIndicatie", "medewerkersidentificatie"},
}
"""The names of extraElementen that the chain knows in each message (corv.md 4.7)."""


def examples(naam: str) -> Iterator[etree._Element]:
    return (make(naam, zaad, 1, WORLD) for zaad in range(1, 101))


def found(element: etree._Element, path: str) -> list[etree._Element]:
    elements: list[etree._Element] = element.xpath(path, namespaces=NS)
    return elements


def texts(element: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in found(element, path)]


def extra(element: etree._Element, naam: str) -> list[str]:
    """The values of the elements of that name that belong to this element or a person of it."""
    return texts(element, f".//StUF:extraElement[@naam='{naam}']")


@pytest.mark.parametrize("naam", MAKERS)
def test_extra_elementen_have_the_names_that_the_chain_knows(naam: str) -> None:
    used = {one.get("naam") for root in examples(naam) for one in found(root, "//StUF:extraElement")}
    assert used == NAMES.get(naam, set())


@pytest.mark.parametrize("naam", ["vtoDi01", "zorgmeldingDi01", "uciDi01"])
def test_every_document_has_a_type_and_a_name_of_plain_letters(naam: str) -> None:
    for root in examples(naam):
        for inhoud in found(root, "//ZKN:inhoud"):
            assert inhoud.get("{http://www.w3.org/2005/05/xmlmime}contentType") == "application/pdf"
            assert (inhoud.get(f"{{{STUF}}}bestandsnaam") or "").replace("-", "").replace(".", "").isalnum()


def test_every_birth_date_says_what_of_it_is_unknown_and_is_a_day() -> None:
    for naam in MAKERS:
        for root in examples(naam):
            unborn = found(root, f"//*[ZKN:omschrijving='{ONGEBOREN}']//BG:geboortedatum")
            for one in found(root, "//BG:geboortedatum"):
                assert one in unborn or one.get(INCOMPLETE) in {"V", "D", "M", "J"}


def test_of_a_born_child_of_a_vto_the_whole_birth_date_is_known_and_the_children_are_numbered_from_1() -> None:
    for root in examples("vtoDi01"):
        dates = found(root, f"//ZKN:heeftBetrekkingOp[ZKN:omschrijving='{KIND}']//BG:geboortedatum")
        assert {date.get(INCOMPLETE) for date in dates} <= {"V"}
        numbers = [number for one in found(root, "//ZKN:heeftBetrekkingOp") for number in extra(one, "clientvolgnummer")]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_a_belanghebbende_of_a_vto_belongs_to_a_child_and_has_a_reason_only_if_he_does_not_know() -> None:
    for root in examples("vtoDi01"):
        for one in found(root, "//ZKN:heeftAlsBelanghebbende"):
            assert extra(one, "clientvolgnummer")
            assert len(extra(one, "redenGeenInformering")) == (extra(one, "indicatieGeinformeerd") == ["false"])


def test_a_vto_has_one_request_and_at_most_one_history() -> None:
    for root in examples("vtoDi01"):
        kinds = texts(root, "//ZKN:dct.omschrijving")
        assert (kinds.count("Verzoek tot onderzoek RvdK"), kinds.count("Gezinsgeschiedenis") <= 1) == (1, True)
        assert extra(root, "urgentie") in (["Laag"], ["Hoog"])
        assert texts(root, "//ZKN:heeftBetrekkingOpAndere//ZKN:omschrijvingGeneriek")


def test_a_notificatie_names_the_mother_of_an_unborn_child_alone_and_our_zaak_unless_ambtshalve() -> None:
    both = set()
    for root in examples("notificatieDi01"):
        is_unborn = texts(root, "//ZKN:heeftBetrekkingOp/ZKN:omschrijving") == [ONGEBOREN]
        assert len(texts(root, "//ZKN:heeftAlsBelanghebbende//BG:inp.bsn")) == is_unborn
        assert is_unborn or texts(root, "//ZKN:heeftBetrekkingOp//BG:inp.bsn") or extra(root, "RNI-nummer")
        is_ambtshalve = extra(root, "indicatieAmbtshalve") == ["true"]
        assert len(texts(root, "//ZKN:heeftBetrekkingOpAndere/ZKN:gerelateerde/ZKN:identificatie")) == (not is_ambtshalve)
        assert [len(text) for text in texts(root, "//ZKN:datumStatusGezet")] == [12]
        both.add((is_unborn, is_ambtshalve))
    assert both == {(False, False), (False, True), (True, False), (True, True)}


def test_a_notificatie_jr_with_toezicht_says_since_when() -> None:
    for root in examples("notificatiejrDi01"):
        soort, begin, einde = (extra(root, f"toezicht{what}") for what in ("Soort", "Begindatum", "Einddatum"))
        assert len(begin) == len(soort) >= len(einde)
        assert not einde or begin < einde


def test_a_zorgmelding_names_one_mother_and_where_somebody_lives() -> None:
    for root in examples("zorgmeldingDi01"):
        mothers = [
            one
            for one in found(root, "//ZKN:heeftAlsBelanghebbende[.//BG:geslachtsaanduiding='V']")
            if texts(one, "ZKN:omschrijving")[0] in OUDERS
        ]
        assert len(mothers) == 1
        assert found(root, "//BG:aoa.postcode")
        assert len(extra(root, "medewerkersidentificatie")) == 1


def test_a_terugkoppeling_on_a_zorgmelding_is_about_one_person_and_names_who_acts() -> None:
    for root in examples("zorgmeldingTerugkoppelingDi01"):
        child, mother = (
            found(root, "//ZKN:heeftBetrekkingOp"),
            found(root, "//ZKN:heeftAlsBelanghebbende[.//ZKN:natuurlijkPersoon]"),
        )
        assert len(child) + len(mother) == 1
        assert all(texts(one, "ZKN:omschrijving")[0] in OUDERS for one in mother)
        must_act = texts(root, "//ZKN:resultaat/ZKN:omschrijving") == ["Vervolgactie nodig"]
        assert len(found(root, "//ZKN:vestiging")) == must_act
        assert len(extra(root, "medewerkersidentificatie")) == 1


def test_a_vt_melding_tells_who_was_informed_or_why_nobody_and_a_sash_level_only_with_a_sash() -> None:
    for root in examples("vtMeldingDi01"):
        assert bool(found(root, "//JZ:isGeinformeerdAan")) is not bool(found(root, "//JZ:informering"))
        assert len(found(root, "//JZ:SASHniveau")) == (texts(root, "//JZ:indicatieSASHIngevuld") == ["Ja"])
        roles = texts(root, "//JZ:jeugzorgrol")
        assert "jeugdige" in roles or "ouder, gezag niet benoemd" in roles


def test_an_outcome_goes_with_an_assessment_and_a_place_to_go_with_a_melding_that_went_wrong() -> None:
    for root in examples("vtTerugkoppelingDi01"):
        status = texts(root, "//ZKN:status")
        assert not found(root, "//ZKN:uitkomst") or status == ["uitkomst veiligheidsbeoordeling"]
        assert not found(root, "//JZ:betreft") or status != ["Melding onjuist geadresseerd"]
    for root in examples("uitkomstMeldingGeneriekDi01"):
        assert len(found(root, "//JZ:routerenNaarInstantie")) == (texts(root, "//JZ:statuscode") == ["VT-99"])
