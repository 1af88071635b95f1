"""The rules about extraElementen, by name and by value, beyond their examples."""

import pytest
from test_regels_waarden import WORLD, places, received

from corv.rules.bericht import first
from corv.rules.breken import need, put_extra
from corv.voorbeeld import make


def in_object(naam: str, value: str, attributes: str = "") -> str:
    extra = f'<StUF:extraElement naam="{naam}" {attributes}>{value}</StUF:extraElement>'
    return f"<JZ:object><StUF:extraElementen>{extra}</StUF:extraElementen></JZ:object>"


@pytest.mark.parametrize(
    ("naam", "xml"),
    [
        ("notificatieDi01", in_object("INDICATIEAMBTSHALVE", "false")),
        ("notificatieDi01", in_object("indicatieAmbtshalve", " true<!-- RvdK --> ")),
        ("notificatieDi01", in_object("indicatieAmbtshalve", "")),
        ("notificatieDi01", in_object("indicatieAmbtshalve", "", 'xsi:nil="true"')),
        ("vtoDi01", in_object("datumIndiening", "20260500", 'StUF:indOnvolledigeDatum="D"')),
        ("vtoDi01", in_object("datumIndiening", "00000000", 'StUF:indOnvolledigeDatum="J"')),
        ("vtoDi01", in_object("datumIndiening", "20260501123000")),
        ("vtoDi01", in_object("datumBesluit", "morgen")),
    ],
)
def test_a_value_of_the_right_form_or_of_a_name_without_form_is_right(naam: str, xml: str) -> None:
    assert places("extra-element-waarde", naam, xml) == []


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
    assert len(places("extra-element-waarde", naam, in_object(extra_naam, value))) == 1


@pytest.mark.parametrize("naam", ["urgentie", "urgent", "Urgent"])
@pytest.mark.parametrize(("value", "found"), [("HOOG", 0), ("laag", 0), ("Gemiddeld", 1), ("true", 1)])
def test_the_urgency_is_low_or_high_under_either_name_in_any_case(naam: str, value: str, found: int) -> None:
    assert len(places("urgentie", "vtoDi01", in_object(naam, value))) == found
    assert places("extra-element-onbekend", "vtoDi01", in_object(naam, value)) == []


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
    extra = '<StUF:extraElement naam="medewerkersidentificatie">VB1</StUF:extraElement>'
    elementen = f"<StUF:extraElementen>{extra}</StUF:extraElementen>"
    xml = f"<JZ:object><ZKN:heeftAlsInitiator>{elementen}</ZKN:heeftAlsInitiator></JZ:object>"
    assert places("extra-element-onbekend", "zorgmeldingTerugkoppelingDi01", xml) == []
