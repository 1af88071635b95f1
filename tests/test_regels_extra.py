"""The rules about extraElementen, by name and by value, beyond their examples."""

import pytest
from regelhulp import WORLD, extra, extras, received, said

from corv.rules.bericht import first
from corv.rules.breken import need, put_extra
from corv.voorbeeld import make


def with_extra(naam: str, value: str, attributes: str = "") -> str:
    return f"<StUF:extraElementen>{extra(naam, value).replace('>', f' {attributes}>', 1)}</StUF:extraElementen>"


@pytest.mark.parametrize(
    ("naam", "xml"),
    [
        ("notificatieDi01", with_extra("INDICATIEAMBTSHALVE", "false")),
        ("notificatieDi01", with_extra("indicatieAmbtshalve", " true<!-- RvdK --> ")),
        ("notificatieDi01", with_extra("indicatieAmbtshalve", "")),
        ("notificatieDi01", with_extra("indicatieAmbtshalve", "", 'xsi:nil="true"')),
        ("vtoDi01", with_extra("datumIndiening", "20260500", 'StUF:indOnvolledigeDatum="D"')),
        ("vtoDi01", with_extra("datumIndiening", "00000000", 'StUF:indOnvolledigeDatum="J"')),
        ("vtoDi01", with_extra("datumIndiening", "20260501123000")),
        ("vtoDi01", with_extra("datumBesluit", "morgen")),
    ],
)
def test_a_value_of_the_right_form_or_of_a_name_without_form_is_right(naam: str, xml: str) -> None:
    assert said("extra-element-waarde", naam, xml) == []


@pytest.mark.parametrize(
    ("naam", "extra_naam", "value"),
    [
        ("notificatieDi01", "indicatieAmbtshalve", "True"),
        ("zorgmeldingTerugkoppelingDi01", "VTOindicatie", "J"),
        ("vtoDi01", "datumIndiening", "2026-05-01"),
        ("vtoDi01", "datumIndiening", "202605012500"),
        ("notificatiejrDi01", "toezichtEinddatum", "20261301"),
        ("zorgmeldingDi01", "toezichtBegindatum", "20260230"),
    ],
)
def test_a_value_of_another_form_is_wrong(naam: str, extra_naam: str, value: str) -> None:
    assert len(said("extra-element-waarde", naam, with_extra(extra_naam, value))) == 1


@pytest.mark.parametrize("naam", ["urgentie", "urgent", "Urgent"])
@pytest.mark.parametrize(("value", "found"), [("HOOG", 0), ("laag", 0), ("Gemiddeld", 1), ("true", 1)])
def test_the_urgency_is_low_or_high_under_either_name_in_any_case(naam: str, value: str, found: int) -> None:
    assert len(said("urgentie", "vtoDi01", with_extra(naam, value))) == found
    assert said("extra-element-onbekend", "vtoDi01", with_extra(naam, value)) == []


def test_a_name_is_asked_after_only_where_all_names_are_known() -> None:
    drawn = (make("notificatieDi01", zaad, 1, WORLD) for zaad in range(1, 50))
    notificatie = next(root for root in drawn if first(root, "JZ:object/ZKN:leidtTot") is not None)
    for pad in ("JZ:object", "JZ:object/ZKN:leidtTot/ZKN:gerelateerde"):
        put_extra(need(notificatie, pad), "onbekend", "voorbeeld")
    told, of_the_decision = received(notificatie)
    assert of_the_decision[0] == "CORV000022"
    assert told[0] == "extra-element-onbekend"
    assert (told[1] or "").startswith("/JZ:notificatieDi01/JZ:object/StUF:extraElementen/")


@pytest.mark.parametrize("naam", ["notificatiejrDi01", "zorgmeldingDi01"])
def test_of_a_message_in_which_other_names_occur_too_no_name_is_unknown(naam: str) -> None:
    melding = make(naam, 1, 1, WORLD)
    put_extra(need(melding, "JZ:object"), "straatnaamPostadres", "Voorbeeldstraat")
    assert received(melding) == []


def test_the_number_of_the_medewerker_may_stand_in_the_initiator_itself() -> None:
    xml = f"<ZKN:heeftAlsInitiator>{extras(('medewerkersidentificatie', 'VB1'))}</ZKN:heeftAlsInitiator>"
    assert said("extra-element-onbekend", "zorgmeldingTerugkoppelingDi01", xml) == []
