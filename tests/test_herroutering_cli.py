"""`corv herroutering`: try rules on their examples, and put other rules in force with who and why."""

import hashlib
import json
import os
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conftest import Werkmap
from corv import cli, config
from corv.app import working
from corv.config_rows import loaded
from corv.database import open_for_writing, rows
from corv.desk import activating
from corv.regel_rows import note_rules
from corv.reloading import STILL_S, begin, reload
from corv.settings import Settings

Corv = Callable[..., tuple[int, str, str]]

DEFAULT = config.default_text("herroutering.toml")
NEW = DEFAULT.replace('wijze = "beide"', 'wijze = "doorsturen"')
WRONG = DEFAULT.replace('naar = "werkgebied"', 'naar = "VT05"').replace('wijze = "beide"', 'wijze = "allebei"')
OTHERWISE = DEFAULT.replace('verwacht = { dan = "herrouteer", naar = "VT19" }', 'verwacht = { dan = "beoordeel" }', 1)
ACTIVATE = ("--reden", "Afspraak met Twente", "--door", "J. Jansen")


@pytest.fixture
def new(werkmap: Werkmap) -> Path:
    """A rule file that differs from the live one."""
    path = werkmap.path / "nieuw.toml"
    path.write_text(NEW, encoding="utf-8")
    return path


def live(werkmap: Werkmap) -> str:
    return (werkmap.path / "config/herroutering.toml").read_text(encoding="utf-8")


def kept(werkmap: Werkmap) -> list[tuple[str, str]]:
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db:
        return [(row["hash"], row["tekst"]) for row in rows(db, "SELECT hash, tekst FROM regelbestand ORDER BY rowid")]


def events(werkmap: Werkmap) -> list[dict[str, str]]:
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db:
        found = rows(db, "SELECT bericht, gegevens FROM gebeurtenis WHERE soort = 'herroutering' ORDER BY volgnr")
        assert all(row["bericht"] is None for row in found)
        return [json.loads(row["gegevens"]) for row in found]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_live_rules_are_tried_on_their_examples(corv: Corv) -> None:
    code, out, err = corv("herroutering", "controleer")

    assert (code, err) == (0, "")
    assert "de enige jeugdige verblijft in Twente" in out
    assert out.count(" goed") == DEFAULT.count("[[regel.voorbeeld]]")
    assert " fout" not in out
    assert f"Alle voorbeelden komen uit: {DEFAULT.count('[[regel]]')} regels, " in out


def test_a_program_gets_one_object(corv: Corv, werkmap: Werkmap) -> None:
    code, out, _ = corv("herroutering", "controleer", "--json")

    answer = json.loads(out)
    examples = answer.pop("voorbeelden")
    assert code == 0
    assert answer == {
        "bestand": str(werkmap.path / "config/herroutering.toml"),
        "hash": sha(DEFAULT),
        "oordeel": "goed",
        "fouten": [],
    }
    assert {
        "regel": "zeker-voor-ander",
        "voorbeeld": "de enige jeugdige verblijft in Twente",
        "verwacht": {"regel": "zeker-voor-ander", "dan": "herrouteer", "naar": "VT19"},
        "uitkomst": {"regel": "zeker-voor-ander", "dan": "herrouteer", "naar": "VT19"},
        "oordeel": "goed",
    } in examples


def test_an_example_that_comes_out_otherwise_stands_in_the_list_and_is_told_with_its_line(corv: Corv, new: Path) -> None:
    new.write_text(OTHERWISE, encoding="utf-8")

    code, out, err = corv("herroutering", "controleer", str(new))

    assert (code, err) == (2, "")
    assert out.count(" fout") == 1
    where = f"{new}, regel {line_of(OTHERWISE, 'de enige jeugdige') + 3}: regel[3].voorbeeld[1].verwacht komt niet uit "
    assert (
        f"{where}(regel zeker-voor-ander, voorbeeld de enige jeugdige verblijft in Twente): "
        "verwacht beoordeel (regel zeker-voor-ander), maar de regels geven herrouteer naar VT19 (regel zeker-voor-ander)."
    ) in out


def test_every_mistake_in_a_file_is_told_and_the_live_rules_are_still_good(corv: Corv, new: Path) -> None:
    new.write_text(WRONG + "[[regel]]\n", encoding="utf-8")

    code, out, _ = corv("herroutering", "controleer", "--json", str(new))

    answer = json.loads(out)
    assert (code, answer["oordeel"], answer["voorbeelden"]) == (2, "fout", [])
    assert len(answer["fouten"]) == 4
    assert all(f"{new}, regel " in problem for problem in answer["fouten"])
    assert corv("herroutering", "controleer")[0] == 0


def test_mistakes_elsewhere_in_the_configuration_are_told_too(corv: Corv, werkmap: Werkmap) -> None:
    werkmap.configure('naam = "Veilig Thuis Drenthe"', 'naam = "Veilig Thuis Drenthe"\nopvolger = "VT16"', "organisaties.toml")
    werkmap.configure('wijze = "beide"', 'wijze = "geen"', "herroutering.toml")

    code, out, _ = corv("herroutering", "controleer")

    assert code == 2
    assert "config/organisaties.toml, regel " in out
    assert "config/herroutering.toml, regel " in out


def test_other_rules_come_in_force_and_who_when_and_why_is_recorded(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    code, out, err = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert (code, err) == (0, "")
    assert "vanzelf over" in out
    assert live(werkmap) == NEW
    assert config.load(werkmap.path).herroutering.hash == sha(NEW)
    assert kept(werkmap) == [(sha(DEFAULT), DEFAULT), (sha(NEW), NEW)]
    assert events(werkmap) == [{"door": "J. Jansen", "reden": "Afspraak met Twente", "oud": sha(DEFAULT), "nieuw": sha(NEW)}]
    assert [path.name for path in (werkmap.path / "config").iterdir() if path.name.startswith(".")] == []


def test_the_same_rules_again_change_nothing(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    new.write_text(DEFAULT, encoding="utf-8")

    code, out, _ = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert (code, out) == (0, "Dit zijn de regels die al gelden; er verandert niets.\n")
    assert (kept(werkmap), events(werkmap)) == ([], [])


def test_live_rules_that_somebody_edited_in_place_are_recorded_afterwards(corv: Corv, werkmap: Werkmap) -> None:
    path = werkmap.path / "config/herroutering.toml"
    path.write_text(NEW, encoding="utf-8")

    code, out, err = corv("herroutering", "activeer", str(path), *ACTIVATE)

    assert (code, err) == (0, "")
    assert out == (
        "Deze regels staan al in config/herroutering.toml, maar wie dat deed was niet vastgelegd. "
        "Nu vastgelegd: door J. Jansen, met deze reden.\n"
    )
    assert (live(werkmap), kept(werkmap)) == (NEW, [(sha(DEFAULT), DEFAULT), (sha(NEW), NEW)])
    assert events(werkmap) == [{"door": "J. Jansen", "reden": "Afspraak met Twente", "oud": sha(DEFAULT), "nieuw": sha(NEW)}]

    code, out, _ = corv("herroutering", "activeer", str(path), *ACTIVATE)
    assert (code, out) == (0, "Dit zijn de regels die al gelden; er verandert niets.\n")
    assert len(events(werkmap)) == 1


def test_the_default_put_back_by_hand_is_recorded_afterwards(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    corv("herroutering", "activeer", str(new), *ACTIVATE)
    (werkmap.path / "config/herroutering.toml").unlink()
    new.write_text(DEFAULT, encoding="utf-8")

    assert "Nu vastgelegd" in corv("herroutering", "activeer", str(new), *ACTIVATE)[1]
    assert [(event["oud"], event["nieuw"]) for event in events(werkmap)] == [(sha(DEFAULT), sha(NEW)), (sha(NEW), sha(DEFAULT))]
    assert kept(werkmap) == [(sha(DEFAULT), DEFAULT), (sha(NEW), NEW)]


def test_a_stop_between_the_file_and_the_record_is_made_good_by_doing_it_again(
    corv: Corv, werkmap: Werkmap, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(target: Path, content: bytes) -> None:
        target.write_bytes(content)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(activating, "replace_with", stop)
        assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == cli.INTERRUPTED
    assert (live(werkmap), events(werkmap)) == (NEW, [])

    assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
    assert [event["nieuw"] for event in events(werkmap)] == [sha(NEW)]


def test_a_link_in_config_stays_a_link(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    path, elsewhere = werkmap.path / "config/herroutering.toml", werkmap.path.parent / "regels.toml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)

    assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
    assert path.readlink() == elsewhere
    assert elsewhere.read_text(encoding="utf-8") == NEW
    assert sorted(found.name for found in elsewhere.parent.iterdir()) == ["regels.toml", "werk"]


@pytest.mark.parametrize("may", [True, False])
def test_rules_that_are_replaced_keep_their_owner_group_and_mode(
    corv: Corv, werkmap: Werkmap, new: Path, monkeypatch: pytest.MonkeyPatch, may: bool
) -> None:
    path, given = werkmap.path / "config/herroutering.toml", list[tuple[int, int]]()
    path.chmod(0o640)
    before = path.stat()

    def chown(_: object, owner: int, group: int) -> None:
        given.append((owner, group))
        if not may:
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", chown)

    assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
    assert (live(werkmap), stat.S_IMODE(path.stat().st_mode)) == (NEW, 0o640)
    assert given == [(-1, before.st_gid), (before.st_uid, -1)]


@pytest.mark.parametrize("text", [OTHERWISE, WRONG, "", "[[regel"])
def test_wrong_rules_are_refused_and_the_live_ones_keep_working(text: str, corv: Corv, werkmap: Werkmap, new: Path) -> None:
    new.write_text(text, encoding="utf-8")

    code, out, err = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert (code, out) == (2, "")
    assert str(new) in err
    assert (live(werkmap), kept(werkmap), events(werkmap)) == (DEFAULT, [], [])
    assert corv("verwerk")[0] == 0


def test_live_rules_that_are_broken_can_be_replaced(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    (werkmap.path / "config/herroutering.toml").write_text("stuk", encoding="utf-8")

    assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
    assert (live(werkmap), kept(werkmap)[0]) == (NEW, (sha("stuk"), "stuk"))


def test_live_rules_that_are_absent_are_the_default(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    (werkmap.path / "config/herroutering.toml").unlink()

    assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
    assert (live(werkmap), events(werkmap)[0]["oud"]) == (NEW, sha(DEFAULT))


def test_a_reason_is_asked_and_a_file_must_be_there(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    assert corv("herroutering", "activeer", str(new))[0] == 2
    assert corv("herroutering", "activeer", str(werkmap.path / "weg.toml"), *ACTIVATE)[0] == 2
    assert live(werkmap) == DEFAULT


def test_without_a_database_nothing_is_made(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    (werkmap.path / "data/corv.sqlite").unlink()

    code, _, err = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert code == 3
    assert "corv init" in err
    assert not (werkmap.path / "data/corv.sqlite").exists()
    assert live(werkmap) == DEFAULT


def test_what_can_not_be_written_is_not_recorded(
    corv: Corv, werkmap: Werkmap, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "herroutering.toml")

    monkeypatch.setattr(activating, "replace_with", full)

    code, _, err = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert (code, "de schijf is vol" in err) == (3, True)
    assert (live(werkmap), kept(werkmap), events(werkmap)) == (DEFAULT, [], [])


def test_a_file_that_changes_after_it_was_checked_is_refused(
    corv: Corv, werkmap: Werkmap, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = config.load

    def load(map_: Path, rules: Path | None = None) -> Settings:
        settings = good(map_, rules)
        new.write_text(WRONG, encoding="utf-8")
        return settings

    monkeypatch.setattr(config, "load", load)

    code, _, err = corv("herroutering", "activeer", str(new), *ACTIVATE)

    assert (code, "zojuist veranderd" in err) == (2, True)
    assert (live(werkmap), events(werkmap)) == (DEFAULT, [])


def test_a_running_service_takes_other_rules_over_without_a_restart(corv: Corv, werkmap: Werkmap, new: Path) -> None:
    seconds = [0.0]
    with working(werkmap.path) as service:
        before = replace(service, monotonic=lambda: seconds[0])
        watched = begin(before)
        assert corv("herroutering", "activeer", str(new), *ACTIVATE)[0] == 0
        halfway, watched = reload(before, watched)
        seconds[0] += STILL_S
        after, _ = reload(halfway, watched)

        assert (before.settings.herroutering.hash, after.settings.herroutering.hash) == (sha(DEFAULT), sha(NEW))
        assert loaded(after.db) == config.fingerprint(werkmap.path)


def test_a_text_that_is_known_keeps_its_first_moment(werkmap: Werkmap) -> None:
    with closing(open_for_writing(werkmap.path / "data/corv.sqlite")) as db:
        for hour in (8, 9):
            note_rules(db, "abc", "tekst", datetime(2026, 11, 23, hour, tzinfo=UTC))

        assert [tuple(row) for row in rows(db, "SELECT hash, tekst, geladen_op FROM regelbestand WHERE hash = 'abc'")] == [
            ("abc", "tekst", "2026-11-23T08:00:00+00:00")
        ]
