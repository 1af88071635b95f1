"""The rule instantie-onbekend: which list is asked, on which day, and what can't be asked."""

from datetime import date

import pytest
from regelhulp import extras, said

from corv.lijsten import Lijsten, Maandlijst, Regel

LIJSTEN = Lijsten(
    (
        Maandlijst(
            date(2026, 1, 1),
            {
                "AR0001": Regel("AR0001", "A", einde=date(2026, 6, 30)),
                "AR0002": Regel("AR0002", "B", begin=date(2026, 7, 1)),
                "RC0110": Regel("RC0110", "C"),
            },
        ),
    )
)
UNKNOWN = "De code van de beslissende instantie staat niet in de lijst van instanties."
ENDED = "De beslissende instantie bestond op de dag van de beslissing niet meer, volgens de lijst van instanties."
NOT_YET = "De beslissende instantie bestond op de dag van de beslissing nog niet, volgens de lijst van instanties."


def beslissing(code: str, datum: str = "", naam: str = "beslissendeInstantie") -> str:
    return f"<ZKN:leidtTot><ZKN:gerelateerde>{datum}{extras((naam, code))}</ZKN:gerelateerde></ZKN:leidtTot>"


def on(day: str, attributes: str = "") -> str:
    return f"<ZKN:datumBeslissing {attributes}>{day}</ZKN:datumBeslissing>"


def of_these(*beslissingen: str, lijsten: Lijsten = LIJSTEN) -> list[str]:
    return [wat for _, wat in said("instantie-onbekend", "notificatieDi01", *beslissingen, lijsten=lijsten)]


@pytest.mark.parametrize(
    ("code", "datum", "found"),
    [
        ("AR0001", on("20260630"), []),
        ("AR0001", on("20260701"), [ENDED]),
        ("AR0002", on("20260630"), [NOT_YET]),
        ("AR0002", on("20260701"), []),
        ("AR0003", on("20260701"), [UNKNOWN]),
        ("ar0001", on("20260630"), [UNKNOWN]),
        ("AR0001", on("20260600", 'StUF:indOnvolledigeDatum="D"'), []),
        ("AR0001", on("20260615", 'StUF:indOnvolledigeDatum="D"'), []),
        ("AR0001", on("20260101", 'StUF:indOnvolledigeDatum="M"'), []),
        ("AR0001", on("20260231"), [ENDED]),
        ("AR0001", on("", 'StUF:noValue="waardeOnbekend"'), [ENDED]),
        ("AR0001", on("<!--x-->20260630"), []),
        ("AR0001", "", [ENDED]),
        ("", on("20260701"), []),
        ("  RC0110 ", on("20260701"), []),
    ],
)
def test_a_code_is_judged_on_the_day_of_the_decision(code: str, datum: str, found: list[str]) -> None:
    assert of_these(beslissing(code, datum)) == found


def test_each_decision_has_its_own_day_and_names_are_compared_without_case() -> None:
    later = beslissing("AR0001", on("20260901"), "uitvoerendeinstantie")
    assert of_these(beslissing("AR0001", on("20260101")), later) == [ENDED.replace("beslissende", "uitvoerende", 1)]


def test_without_a_list_only_the_form_of_a_code_is_looked_at() -> None:
    codes = ("RC0110", "AST132", "ZZ9999", "Rechtbank", "00000004000000150000")
    no_code = ["Wat er als beslissende instantie staat, heeft niet de vorm van een code."]
    assert [of_these(beslissing(code), lijsten=Lijsten()) for code in codes] == [[], [], [], no_code, no_code]
