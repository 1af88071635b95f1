"""A changed configuration is taken over without a restart, or refused with all its mistakes while the old one stays."""

import errno
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from meldingen import IN_TWENTE, melding
from structlog.testing import capture_logs

from conftest import OURS, TWENTE, Werkmap, message
from corv import config
from corv.app import working
from corv.database import rows
from corv.handler import Deps, Report
from corv.jobs import one_pass
from corv.officieel.keuze import Schemakeuze
from corv.regel_rows import rule_hashes
from corv.reloading import AGAIN_S, STILL_S, Watched, begin, reload
from corv.schemas import in_force

Corv = Callable[..., tuple[int, str, str]]
OWN_ONLY = in_force(Schemakeuze())
NO_BV01 = ("vtMeldingDi01 = true", "vtMeldingDi01 = false", "antwoorden.toml")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def live(werkmap: Werkmap, clock: Clock) -> Iterator[Deps]:
    """What a running service works with."""
    with working(werkmap.path) as deps:
        yield replace(deps, monotonic=clock, clock=werkmap.clock, new_id=werkmap.new_id)


def look(deps: Deps, watched: Watched, clock: Clock, seconds: float = STILL_S) -> tuple[Deps, Watched]:
    """See a change, wait, and look again."""
    deps, watched = reload(deps, watched)
    clock.now += seconds
    return reload(deps, watched)


def told(deps: Deps) -> dict[str, object]:
    (row,) = rows(deps.db, "SELECT gegevens FROM stand WHERE naam = 'configuratie'")
    facts: dict[str, object] = json.loads(row["gegevens"])
    assert facts.pop("regels") == rule_hashes(deps.settings)
    return facts


def events(deps: Deps) -> list[tuple[str, str]]:
    query = "SELECT soort, gegevens FROM gebeurtenis WHERE bericht IS NULL ORDER BY volgnr"
    return [(row["soort"], json.loads(row["gegevens"])["hash"]) for row in rows(deps.db, query)]


def test_a_good_change_is_taken_over_once_it_is_still_and_recorded(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    deps = live
    watched, first = begin(deps), config.fingerprint(werkmap.path)
    werkmap.configure(*NO_BV01)
    halfway, watched = look(deps, watched, clock, STILL_S / 2)
    assert (halfway.settings, watched.is_changing) == (deps.settings, True)
    clock.now += STILL_S
    deps, watched = reload(deps, watched)

    assert (deps.settings.wants_bv01("vtMeldingDi01"), watched.is_changing) == (False, False)
    second = config.fingerprint(werkmap.path)
    assert told(deps) == {
        "hash": second,
        "schemas": OWN_ONLY,
        "geweigerd_op": None,
        "fouten": [],
    }
    assert events(deps) == [("configuratie", first), ("configuratie", second)]
    assert reload(deps, watched) == (deps, watched)
    werkmap.drop("corv", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    one_pass(deps, Report())
    assert werkmap.written(werkmap.rows()[0]) == {"corv/Bv03.xml", "eigen/vtMeldingDi01.xml"}


def test_a_bad_change_is_refused_with_all_its_mistakes_and_the_old_one_stays(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    deps = live
    watched, settings, good = begin(deps), deps.settings, config.fingerprint(werkmap.path)
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "Bv99"')
    werkmap.configure(f'oins = ["{OURS}"]', 'oins = ["12"]')
    deps, watched = look(deps, watched, clock)

    assert deps.settings == settings
    facts = told(deps)
    assert (facts["hash"], facts["geweigerd_op"] is not None) == (good, True)
    assert facts["fouten"] == [
        "config/corv.toml, regel 23: kanaal.corv.bevestig moet een van deze zijn: Bv03, Bv04, geen.",
        "config/corv.toml, regel 9: organisatie.oins bevat een OIN die niet uit 20 cijfers bestaat.",
    ]
    clock.now += AGAIN_S * 2
    assert reload(deps, watched) == (deps, watched)
    werkmap.configure('bevestig = "Bv99"', 'bevestig = "Bv03"')
    werkmap.configure('oins = ["12"]', f'oins = ["{OURS}"]')
    deps, watched = look(deps, watched, clock)
    assert told(deps) == {
        "hash": good,
        "schemas": OWN_ONLY,
        "geweigerd_op": None,
        "fouten": [],
    }
    assert [kind for kind, _ in events(deps)] == ["configuratie", "configuratie_geweigerd", "configuratie"]


@pytest.mark.parametrize(
    ("old", "new", "file", "reason"),
    [
        ('naar = "VT19" }', 'naar = "VT05" }', "herroutering.toml", "verwacht herrouteer naar VT05"),
        ('naam = "zeker-voor-ander"', 'naam = "zeker-voor-ander"\nprioriteit = 1', "herroutering.toml", "geen bekende sleutel"),
        ('naar = "werkgebied"\n', 'naar = "VT99"\n', "herroutering.toml", "geen organisatie in organisaties.toml"),
        (
            *('[VT02]\nnaam = "Veilig Thuis Drenthe"', '[VT02]\nnaam = "Drenthe"\ngeldig_tot = 2026-01-01\nopvolger = "VT02"'),
            *("organisaties.toml", "maakt een kring: VT02 -> VT02"),
        ),
    ],
    ids=["an example that fails", "an unknown key", "an unknown organisation", "successors in a circle"],
)
def test_bad_rules_are_refused_with_file_line_and_reason_and_the_live_ones_go_on(
    werkmap: Werkmap, clock: Clock, old: str, new: str, file: str, reason: str
) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    with working(werkmap.path) as made:
        live = replace(made, monotonic=clock, clock=werkmap.clock, new_id=werkmap.new_id)
        watched = begin(live)
        werkmap.configure(old, new, file)
        deps, _ = look(live, watched, clock)
        problems = told(deps)["fouten"]
        assert isinstance(problems, list)
        assert any(reason in problem and problem.startswith(f"config/{file}, regel ") for problem in problems), problems
        werkmap.drop("corv", "melding.xml", IN_TWENTE)
        one_pass(deps, Report())
    assert werkmap.rows()[0]["status"] == "herrouteerd"


def test_a_new_inbox_is_made_and_used_and_what_waits_in_the_old_one_is_told(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    deps = live
    watched = begin(deps)
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    deps, watched = look(deps, watched, clock)
    werkmap.drop("nieuw", "melding.xml", message("vtMeldingDi01/minimaal.xml"))
    werkmap.drop("corv", "achterblijver.xml", message("notificatieDi01/minimaal.xml"))
    report = Report()
    one_pass(deps, report)
    assert [row["status"] for row in werkmap.rows()] == ["geaccepteerd"]
    assert "eerdere inbox van kanaal corv, ligt nog iets (1)" in "".join(report.problems)


def test_a_folder_that_can_not_be_used_now_is_tried_again_by_itself(
    werkmap: Werkmap, live: Deps, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deps = live
    watched = begin(deps)
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    with monkeypatch.context() as patch:
        from corv.errors import StorageError  # noqa: PLC0415

        def fail(*_: object, **__: object) -> None:
            raise StorageError("De schijf is er niet.")

        patch.setattr("corv.reloading.open_folders", fail)
        refused, watched = look(deps, watched, clock)
        assert (refused.settings, told(deps)["fouten"]) == (deps.settings, ["De schijf is er niet."])
        clock.now += AGAIN_S
        refused, watched = reload(refused, watched)
    clock.now += AGAIN_S + STILL_S
    deps, watched = reload(refused, watched)
    assert (deps.settings.named("corv").inbox.name, told(deps)["fouten"]) == ("nieuw", [])
    assert [kind for kind, _ in events(deps)] == ["configuratie", "configuratie_geweigerd", "configuratie"]


def test_the_check_alone_names_every_mistake_and_changes_nothing(werkmap: Werkmap, corv: Corv) -> None:
    assert "Dit is nog niet van kracht" in corv("config", "controleer")[1]
    werkmap.run()
    code, out, _ = corv("config", "controleer")
    assert (code, out.endswith("Dit is wat nu van kracht is.\n")) == (0, True)
    werkmap.configure("herscan_s = 30", "herscan_s = -1\nonbekend = 1")
    code, out, _ = corv("config", "controleer", "--json")
    result = json.loads(out)
    assert (code, result["oordeel"], result["van_kracht"]) == (2, "fout", None)
    assert [fault.split(":")[1].split()[0] for fault in result["fouten"]] == ["verwerking.herscan_s", "verwerking.onbekend"]
    assert "werkt een draaiende service verder" in corv("config", "controleer")[1]


@pytest.mark.parametrize(
    "inbox",
    ['"config"', '"data/archief"', '"."', '"outbox/eigen/aandacht"', '"a\\u0000b"'],
    ids=["config", "data", "all", "aandacht", "nul"],
)
def test_an_inbox_that_would_eat_our_own_files_is_refused(werkmap: Werkmap, corv: Corv, inbox: str) -> None:
    werkmap.configure('inbox = "inbox/eigen"', f"inbox = {inbox}")
    code, out, _ = corv("config", "controleer")
    assert (code, "kanaal." in out) == (2, True)


def test_nothing_that_stands_in_the_configuration_ends_the_service(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    watched, text = begin(live), (werkmap.path / "config/corv.toml").read_text(encoding="utf-8")
    (werkmap.path / "rond").symlink_to(werkmap.path / "rond")
    for bad in (
        "x = " + "[" * 5000,
        "x = " + "9" * 5000,
        text.replace('"inbox/corv"', '"rond"'),
        text.replace('"inbox/corv"', '"config/corv.toml/x"'),
    ):
        (werkmap.path / "config/corv.toml").write_text(bad, encoding="utf-8")
        after, watched = look(live, watched, clock)
        assert (after.settings, bool(told(live)["fouten"])) == (live.settings, True)


def test_a_change_that_is_taken_back_leaves_no_refusal(
    werkmap: Werkmap, live: Deps, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = begin(live)
    werkmap.configure('inbox = "inbox/corv"', 'inbox = "inbox/nieuw"')
    with monkeypatch.context() as patch:
        patch.setattr("corv.reloading.open_folders", lambda *_: (_ for _ in ()).throw(OSError(5, "x", "inbox/nieuw")))
        _, watched = look(live, watched, clock)
    assert told(live)["fouten"] == ["inbox/nieuw: schijffout."]
    werkmap.configure('inbox = "inbox/nieuw"', 'inbox = "inbox/corv"')
    _, watched = look(live, watched, clock)
    assert (told(live)["fouten"], watched.is_changing) == ([], False)


OWN_RULE = """
[[regel]]
id = "eigen-plaats"
berichten = ["vtMeldingDi01"]
test = "normalize-space(JZ:object/JZ:locatieIncident) != ''"
tekst = "De plaats van het incident ontbreekt."
goed = "voorbeelden/goed.xml"
fout = "voorbeelden/fout.xml"
"""


def with_own_rule(werkmap: Werkmap) -> Path:
    """Add a rule with both its examples; gives their folder."""
    examples = werkmap.path / "config/voorbeelden"
    examples.mkdir()
    (examples / "goed.xml").write_bytes(melding([{"rol": "jeugdige"}]))
    (examples / "fout.xml").write_bytes(melding([{"rol": "jeugdige"}], locatie=None))
    (werkmap.path / "config/regels-eigen.toml").write_text(OWN_RULE, encoding="utf-8")
    return examples


def test_an_example_that_was_put_right_is_seen_and_its_rule_taken_over(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    watched, examples = begin(live), with_own_rule(werkmap)
    (examples / "goed.xml").write_bytes(b"<a/>")
    refused, watched = look(live, watched, clock)
    assert refused.settings.eigen_regels == ()
    (examples / "goed.xml").write_bytes(melding([{"rol": "jeugdige"}]))
    deps, watched = look(refused, watched, clock)
    assert ([regel.id for regel in deps.settings.eigen_regels], told(deps)["fouten"]) == (["eigen-plaats"], [])


NOT_TRIED = {
    "event": "eigen_regels_niet_geprobeerd",
    "log_level": "warning",
    "regel": "eigen-plaats",
    "reden": "het proces ervoor werkt niet: er is nu geen plaats voor nog een proces",
    "gevolg": "hij geldt wel; zolang hij niet te vragen is, krijgt een bericht regel-niet-uitgevoerd",
}


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process can be started now."""

    def fails(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(subprocess, "Popen", fails)


@pytest.mark.usefixtures("no_room")
def test_rules_that_nobody_can_try_now_keep_no_message_waiting(werkmap: Werkmap, corv: Corv) -> None:
    with_own_rule(werkmap)
    with capture_logs() as logs:
        row = werkmap.handle("corv", melding([{"rol": "jeugdige"}], locatie=None))
    assert row["status"] == "geaccepteerd"
    assert "regel-niet-uitgevoerd" in [finding["code"] for finding in werkmap.whole(row["id"])["bevindingen"]]
    assert [line for line in logs if line["event"] == "eigen_regels_niet_geprobeerd"] == [NOT_TRIED]

    code, out, err = corv("config", "controleer")
    assert (code, out) == (3, "")
    assert err == (
        f"Fout: Deze eigen regels zijn nu niet uit te proberen: eigen-plaats ({NOT_TRIED['reden']}). "
        "Verder is de configuratie goed. Probeer het later opnieuw.\n"
    )


@pytest.mark.usefixtures("no_room")
def test_a_change_is_taken_over_also_when_its_rules_can_not_be_tried_now(werkmap: Werkmap, live: Deps, clock: Clock) -> None:
    watched = begin(live)
    with_own_rule(werkmap)
    with capture_logs() as logs:
        deps, _ = look(live, watched, clock)
    assert ([regel.id for regel in deps.settings.eigen_regels], told(deps)["fouten"]) == (["eigen-plaats"], [])
    assert NOT_TRIED in logs


def test_questions_are_answered_while_the_configuration_is_wrong(werkmap: Werkmap, corv: Corv) -> None:
    id_ = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))["id"]
    werkmap.configure("herscan_s = 30", "herscan_s = -1")
    for command in (["berichten"], ["toon", id_], ["keten", id_], ["aandacht"], ["beoordelen"]):
        assert corv(*command)[0] == 0, command
