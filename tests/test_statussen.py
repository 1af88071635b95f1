"""Every status x every command x restart: the answer, what becomes of the message, and that a restart adds nothing."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from meldingen import melding

from conftest import TWENTE, Werkmap, message
from corv import cli
from corv.audit import Audit, Filter
from corv.clock import utc_now
from corv.database import first_broken_link, open_for_reading
from corv.outcome import Status

ID = "ID"
BY_JAN = ("--reden", "omdat het moet", "--door", "jan")
MELDING = "vtMeldingDi01/minimaal.xml"

COMMANDS: dict[str, tuple[str, ...]] = {
    "init": ("init",),
    "verwerk": ("verwerk",),
    "controleer": ("controleer", "ORIGINEEL"),
    "verklaar": ("verklaar", "ORIGINEEL"),
    "berichten": ("berichten",),
    "toon": ("toon", ID),
    "keten": ("keten", ID),
    "koppel": ("koppel", ID, ID, *BY_JAN),
    "openstaand": ("openstaand",),
    "aandacht": ("aandacht",),
    "beoordelen": ("beoordelen",),
    "beslis accepteer": ("beslis", ID, "--accepteer", *BY_JAN),
    "beslis herrouteer": ("beslis", ID, "--herrouteer", "VT19", *BY_JAN),
    "beslis weiger": ("beslis", ID, "--weiger", *BY_JAN),
    "beslis afgehandeld": ("beslis", ID, "--afgehandeld", *BY_JAN),
    "bezorg": ("bezorg", ID, "--opnieuw", "--soort", "Bv03", *BY_JAN),
    "herstel": ("herstel",),
    "herstel uitvoeren": ("herstel", "--uitvoeren"),
    "gezondheid": ("gezondheid",),
    "config": ("config", "controleer"),
    "herroutering": ("herroutering", "controleer"),
    "herroutering verschil": ("herroutering", "verschil", "REGELS"),
    "werkgebieden": ("werkgebieden", "toon"),
    "schemas": ("schemas",),
    "lijsten": ("lijsten",),
    "regels": ("regels",),
    "voorbeeld": ("voorbeeld", "vtMelding"),
    "gezien": ("gezien",),
    "doctor": ("doctor",),
    "backup": ("backup", "KOPIE"),
}

ANY_HEALTH = {0, 1, 2, 3}
"""How healthy it is depends on the clock of this machine; test_gezondheid has a clock of its own."""

CODES: dict[str, set[int]] = {
    "init": {0},
    "verwerk": {0},
    "controleer": {0, 1},
    "verklaar": {0, 1},
    "berichten": {0},
    "toon": {0},
    "keten": {0},
    "koppel": {2},
    "openstaand": {0},
    "aandacht": {0},
    "beoordelen": {0},
    "beslis accepteer": {2},
    "beslis herrouteer": {2},
    "beslis weiger": {2},
    "beslis afgehandeld": {2},
    "bezorg": {2},
    "herstel": {0},
    "herstel uitvoeren": {0},
    "gezondheid": ANY_HEALTH,
    "config": {0},
    "herroutering": {0},
    "herroutering verschil": {0},
    "werkgebieden": {0},
    "schemas": {0},
    "lijsten": {0},
    "regels": {0},
    "voorbeeld": {0},
    "gezien": {0},
    "doctor": {0, 1},
    "backup": {0},
}
"""The exit code of each command, whatever the status, unless the table below says otherwise."""

OTHER_CODES: dict[Status, dict[str, set[int]]] = {
    Status.ONTVANGEN: {"herstel": {1}},
    Status.TE_BEOORDELEN: {
        "aandacht": {1},
        "beoordelen": {1},
        "beslis accepteer": {0},
        "beslis herrouteer": {0},
        "beslis weiger": {0},
    },
    Status.HERROUTEERD: {"openstaand": {0, 1}, "beslis afgehandeld": {0}},
    Status.ONLEESBAAR: {"aandacht": {1}, "beslis afgehandeld": {0}},
    Status.GEWEIGERD: {"aandacht": {1}, "beslis afgehandeld": {0}},
    Status.BEANTWOORD_MET_FOUT: {"aandacht": {1}, "beslis afgehandeld": {0}},
}
CHANGES: dict[tuple[Status, str], Status] = {
    (Status.TE_BEOORDELEN, "beslis accepteer"): Status.GEACCEPTEERD,
    (Status.TE_BEOORDELEN, "beslis herrouteer"): Status.HERROUTEERD,
    (Status.TE_BEOORDELEN, "beslis weiger"): Status.GEWEIGERD,
    (Status.ONTVANGEN, "verwerk"): Status.GEACCEPTEERD,
    (Status.ONTVANGEN, "herstel uitvoeren"): Status.GEACCEPTEERD,
}
"""The status after the command; a restart makes of a received message an accepted one, and changes no other."""


def received(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("corv.taking.handle_recorded", lambda *_: None)
        werkmap.handle("corv", message(MELDING))


def repeated(werkmap: Werkmap, _: pytest.MonkeyPatch) -> None:
    werkmap.handle("corv", message(MELDING))
    werkmap.handle("corv", message("vtMeldingDi01/andere-voorvoegsels.xml"))


def rerouted(werkmap: Werkmap, _: pytest.MonkeyPatch) -> None:
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    werkmap.now = utc_now()  # a forward that is silent for a day would be asked attention for
    werkmap.handle("corv", melding([{"feitelijk": ("7511AB", "Enschede")}]))


def answered_with_fault(werkmap: Werkmap, _: pytest.MonkeyPatch) -> None:
    werkmap.handle("eigen", message("vtTerugkoppelingDi01/minimaal.xml"))
    werkmap.handle("corv", message("Fo03Bericht/op-terugkoppeling.xml"))


def handled(sample: str) -> Callable[[Werkmap, pytest.MonkeyPatch], None]:
    def make(werkmap: Werkmap, _: pytest.MonkeyPatch) -> None:
        werkmap.handle("corv", message(sample))

    return make


STATUSES: dict[Status, Callable[[Werkmap, pytest.MonkeyPatch], None]] = {
    Status.ONTVANGEN: received,
    Status.GEACCEPTEERD: handled("notificatieDi01/minimaal.xml"),
    Status.GEWEIGERD: handled("vtMeldingDi01/ongeldig-zonder-sash.xml"),
    Status.HERHAALD: repeated,
    Status.HERROUTEERD: rerouted,
    Status.TE_BEOORDELEN: handled("vtMeldingDi01/aan-ander-vt.xml"),
    Status.ONLEESBAAR: handled("onleesbaar/afgekapt.xml"),
    Status.BEANTWOORD_MET_FOUT: answered_with_fault,
}


def status_of(map_: Path, id_: str) -> str:
    with Audit(map_ / "data/corv.sqlite") as audit:
        return str(audit.message(id_)["bericht"]["status"])


def files(map_: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (map_ / "outbox").rglob("*") if path.is_file()}


def test_the_table_holds_every_status_and_every_command_but_start() -> None:
    assert set(STATUSES) == set(Status)
    assert {words[0] for words in COMMANDS.values()} == set(cli.COMMANDS) - {"start"}  # the restart is a pass, see test_service
    assert set(COMMANDS) == set(CODES)


@pytest.mark.parametrize("status", list(Status))
def test_status_by_command_by_restart(
    werkmap: Werkmap, status: Status, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    STATUSES[status](werkmap, monkeypatch)
    with Audit(werkmap.path / "data/corv.sqlite") as audit:
        (row,) = audit.messages(Filter(status=(status,)))
    id_, original = row["id"], str(werkmap.path / row["bestand"]) if row["bestand"] else str(werkmap.path / "config/corv.toml")

    for name, words in COMMANDS.items():
        map_ = tmp_path / name
        shutil.copytree(werkmap.path, map_)
        rules = str(map_ / "config/herroutering.toml")
        filled_in = {ID: id_, "ORIGINEEL": original, "REGELS": rules, "KOPIE": str(tmp_path / f"kopie van {name}")}
        args = [filled_in.get(word, word) for word in words]
        code = cli.run(["--map", str(map_), *args])
        said = capsys.readouterr()
        after, delivered = status_of(map_, id_), files(map_)
        restarted = [cli.run(["--map", str(map_), "verwerk"]) for _ in range(2)][-1]
        capsys.readouterr()

        assert code in OTHER_CODES.get(status, {}).get(name, CODES[name]), (name, code, said)
        assert "Onverwachte fout" not in said.err, name
        assert after == CHANGES.get((status, name), status), name
        end = Status.GEACCEPTEERD if status is Status.ONTVANGEN else after
        assert (status_of(map_, id_), restarted) == (end, 0), name
        assert {path: files(map_).get(path) for path in delivered} == delivered, name
        assert status is Status.ONTVANGEN or files(map_) == delivered, name
        with closing(open_for_reading(map_ / "data/corv.sqlite")) as db:
            assert first_broken_link(db) is None, name
