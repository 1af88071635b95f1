"""A new user follows the handbook step by step on a fresh folder, and sees what its pages promise."""

import grp
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conversations import answer, melding, vto
from handboek import ROOT, anchor, command_lines, headings, rows, section
from situaties import haal_op, in_twente, wacht_op_besluit

from conftest import TWENTE, message
from corv import cli

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

INSTALLING, DAY, TROUBLE, WEEK, REROUTING = "installeren.md", "de-dag.md", "storingen.md", "de-week.md", "herroutering.md"


class Beheerder:
    """Somebody at a terminal in an empty place, with the handbook open."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def types(self, *words: str) -> tuple[int, str]:
        """One command line; what it shows on the screen."""
        self._capsys.readouterr()
        code = cli.run(list(words))
        captured = self._capsys.readouterr()
        assert "Onverwachte fout" not in captured.err
        return code, captured.out + captured.err

    def follows(self, page: str, heading: str, only: str = "", **namen: str) -> list[tuple[int, str]]:
        """The steps of one part of a page, in order; `only` those that hold that word."""
        steps = [line.words for line in command_lines(ROOT / "docs" / page) if line.heading == heading and line.is_step]
        namen = {name.replace("_", "-"): value for name, value in namen.items()} | {"/srv/corv": str(self.path)}
        typed = [[namen.get(word, word) for word in words] for words in steps if not only or only in words]
        assert typed, f"{page} heeft bij {heading} geen stappen"
        return [self.types(*words) for words in typed]

    def asks(self, *words: str) -> list[dict[str, Any]]:
        """What a command lists, as a program would read it."""
        return [json.loads(line) for line in self.types(*words, "--json")[1].splitlines()]

    def outbox(self) -> dict[str, bytes]:
        """Everything that lies in the outboxes."""
        files = [path for path in (self.path / "outbox").rglob("*") if path.is_file()]
        return {path.relative_to(self.path / "outbox").as_posix(): path.read_bytes() for path in files}

    def receives(self, kanaal: str, content: bytes, number: str | None) -> str:
        """The adapter or the case system puts a file in an inbox, and the service handles it; gives its kenmerk."""
        known = {row["id"] for row in self.asks("berichten")}
        half = self.path / "inbox" / kanaal / ".half"
        half.write_bytes(content)
        half.rename(half.with_name("bericht.xml"))

        def handled() -> list[str]:
            new = [row for row in self.asks("berichten") if row["id"] not in known]
            return [row["id"] for row in new if row["status"] != "ontvangen" and row["referentienummer"] == number]

        return str(wait_for(handled)[0])


def wait_for(condition: Callable[[], Any], seconds: float = 20) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "het duurt te lang"
        time.sleep(0.05)
    return found


@pytest.fixture
def beheerder(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Beheerder:
    monkeypatch.setenv("CORV_MAP", str(tmp_path / "corv"))
    monkeypatch.setattr("os.getlogin", lambda: "m.jansen")
    return Beheerder(tmp_path / "corv", capsys)


@contextmanager
def service(path: Path) -> Iterator[None]:
    """The service, from its first word until it stopped in good order."""
    command = [sys.executable, "-m", "corv", "--map", str(path), "start"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert any('"gestart"' in line for line in process.stderr)
            yield
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
            assert process.returncode == 0
        finally:
            process.kill()


def test_from_installing_to_putting_back_a_reserve_copy(beheerder: Beheerder) -> None:
    installs(beheerder)
    sees_a_good_morning(beheerder)
    with service(beheerder.path):
        changes_the_configuration(beheerder)
        finds_a_busy_morning_and_does_what_the_page_says(beheerder)
        sends_a_melding_on_and_sees_why(beheerder)
        sees_a_good_morning(beheerder)
        sends_an_answer_again(beheerder)
    puts_back_yesterdays_database(beheerder)
    assert "Administratie en mappen kloppen met elkaar." in beheerder.follows(WEEK, "Elke week: klopt alles nog")[0][1]


def installs(beheerder: Beheerder) -> None:
    ((code, screen),) = beheerder.follows(INSTALLING, "3. Een gebruiker en een werkmap", corv=grp.getgrgid(os.getgid()).gr_name)
    assert (code, "Klaar voor gebruik" in screen) == (0, True)
    told = {row[0].strip("`") for row in rows(section(INSTALLING, "4. De configuratie invullen"))}
    assert {path.name for path in (beheerder.path / "config").iterdir()} == told
    for chmod, names in re.findall(r"^    chmod (\d+) (.+)", section("rechten.md", "De mappen bestonden al"), re.MULTILINE):
        for name in set(names.split()) - {"."}:
            assert stat.S_IMODE((beheerder.path / name).stat().st_mode) == int(chmod, 8), name
    assert stat.S_IMODE((beheerder.path / "data").stat().st_mode) == 0o700

    fill_in(beheerder, "corv.toml", "stil_s = 1.0", "stil_s = 0")
    fill_in(beheerder, "organisaties.toml", 'Veilig Thuis Twente"\noin = ""', f'Veilig Thuis Twente"\noin = "{TWENTE}"')
    checked, looked, probed, health = beheerder.follows(INSTALLING, "4. De configuratie invullen")
    assert (checked[0], looked[0], health[0]) == (0, 0, 0)
    assert "\n0 fout, " in probed[1]  # what it says of root, who runs the tests, is no fault


def fill_in(beheerder: Beheerder, name: str, old: str, new: str) -> None:
    file = beheerder.path / "config" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def sees_a_good_morning(beheerder: Beheerder) -> None:
    """What the first table of the page promises when all is well."""
    promised = [re.findall(r"`([^`]+)`", row[2]) for row in rows(section(DAY, "De ochtend")) if len(row) == 3]
    seen = beheerder.follows(DAY, "De ochtend")
    assert len(promised) == len(seen) == 4
    for texts, (code, screen) in zip(promised, seen, strict=True):
        assert code == 0, screen
        assert any(text in screen for text in texts), screen
    assert all(line.startswith("goed ") for line in seen[0][1].splitlines() if line)


def changes_the_configuration(beheerder: Beheerder) -> None:
    """A mistake is told and the service goes on; once put right it is taken over without a restart."""
    heading = "De configuratie is fout"
    fill_in(beheerder, "corv.toml", 'bevestig = "Bv03"', 'bevestig = "ja"')
    assert beheerder.follows(TROUBLE, heading)[0][0] == 2
    fill_in(beheerder, "corv.toml", 'bevestig = "ja"', 'bevestig = "Bv03"')
    fill_in(beheerder, "corv.toml", "herscan_s = 30", "herscan_s = 1")
    wait_for(lambda: "Dit is wat nu van kracht is." in beheerder.follows(TROUBLE, heading)[0][1])


def finds_a_busy_morning_and_does_what_the_page_says(beheerder: Beheerder) -> None:
    beheerder.receives("corv", wacht_op_besluit("w-1"), "w-1")
    beheerder.receives("corv", melding("m-2", "PL-2", valid=False), "m-2")
    beheerder.receives("corv", message("onleesbaar/afgekapt.xml"), None)
    sent = beheerder.receives("eigen", vto("v-1", "zaak-1"), "v-1")
    fault = beheerder.receives("corv", answer("Fo01", "f-1", "v-1"), "f-1")

    assert [code for code, _ in beheerder.follows(DAY, "De ochtend")][1:3] == [1, 1]
    found = beheerder.asks("aandacht")
    assert [row["aanleiding"] for row in found] == ["te_beoordelen", "geweigerd", "onleesbaar", "beantwoord_met_fout"]
    for row in found:
        lies = {name for name in beheerder.outbox() if name.startswith(f"eigen/aandacht/{row['id']}-")}
        assert {Path(name).suffix for name in lies} == ({".xml", ".txt"} if row["id"] != sent else set())
        heading = part_for(row["aanleiding"])
        is_choice = row["aanleiding"] == "te_beoordelen"
        only = "--accepteer" if is_choice else ""
        seen = beheerder.follows(DAY, heading, only, KENMERK=row["id"], KENMERK_VAN_DE_FOUT=fault)
        assert {code for code, _ in seen} == {0}, seen
        if is_choice:
            assert f"eigen/{row['id']}-vtMeldingDi01.xml" in beheerder.outbox()
            ((code, screen),) = beheerder.follows(DAY, heading, "--weiger", KENMERK=row["id"])
            assert (code, "al beslist door m.jansen" in screen) == (2, True)


def part_for(aanleiding: str) -> str:
    """The part of the page to which its table sends whoever sees this."""
    table = rows(section(DAY, "De ochtend"))
    wanted = "een regel in `corv beoordelen`" if aanleiding == "te_beoordelen" else f"aanleiding `{aanleiding}`"
    (link,) = (re.search(r"\(#(.+)\)", row[1]) for row in table if row[0] == wanted)
    assert link is not None
    return next(heading for heading in headings(ROOT / "docs" / DAY) if anchor(heading) == link.group(1))


def sends_a_melding_on_and_sees_why(beheerder: Beheerder) -> None:
    """Its OIN was filled in and nobody confirmed it, so a person decides and is warned."""
    kenmerk = beheerder.receives("corv", in_twente("h-1"), "h-1")
    waiting, shown, sent_on = beheerder.follows(REROUTING, "Een mens beslist", KENMERK=kenmerk)
    assert (waiting[0], shown[0], sent_on[0]) == (1, 0, 0)
    assert "VT19" in waiting[1]
    assert "is niet bevestigd" in sent_on[1]
    made = {f"corv/{kenmerk}-VT19-{functie}.xml" for functie in ("vtMeldingDi01", "vtTerugkoppelingDi01")}
    assert made <= set(beheerder.outbox())
    told = beheerder.types("toon", kenmerk)[1]
    assert "Waarom" in told
    assert "persoon 1 (jeugdige), feitelijk: VT19" in told


def sends_an_answer_again(beheerder: Beheerder) -> None:
    kenmerk = beheerder.receives("corv", melding("m-1", "PL-1"), "m-1")
    name = f"corv/{kenmerk}-Bv01.xml"
    first = wait_for(lambda: beheerder.outbox().get(name))
    heading = "De andere kant kreeg ons bericht of antwoord niet"
    assert [code for code, _ in beheerder.follows(DAY, heading, KENMERK=kenmerk, NUMMER="m-1")] == [0, 0, 2]
    for path in (beheerder.path / "outbox").glob("*/*.xml"):
        path.unlink()
    found, shown, again = beheerder.follows(DAY, heading, KENMERK=kenmerk, NUMMER="m-1")
    assert (found[0], shown[0], again[0]) == (0, 0, 0)
    assert kenmerk[-12:] in found[1]
    assert beheerder.outbox()[name] == first


def puts_back_yesterdays_database(beheerder: Beheerder) -> None:
    haal_op(beheerder.path)
    database = beheerder.path / "data/corv.sqlite"
    shutil.copy(database, database.with_name("gisteren"))
    (beheerder.path / "inbox/corv/morgen.xml").write_bytes(melding("m-9", "PL-9"))
    assert beheerder.types("verwerk")[0] == 0
    before = beheerder.outbox()
    for path in database.parent.glob("corv.sqlite*"):
        path.unlink()
    database.with_name("gisteren").rename(database)

    looked, repaired, left = beheerder.follows("reservekopie.md", "Alleen de database terugzetten")

    assert [looked[0], repaired[0], left[0]] == [1, 0, 0]
    assert "onbekend in het archief" in looked[1]
    assert "Administratie en mappen kloppen met elkaar." in left[1]
    assert beheerder.asks("berichten")[0]["referentienummer"] == "m-9"
    assert beheerder.outbox() == before
