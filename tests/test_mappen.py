"""The primitives under the folders: never overwrite, ready when still, list what is there."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Werkmap, message
from corv import config, durable, rechten
from corv.errors import StorageError
from corv.folders import Folders
from corv.roots import roots
from corv.settings import Bevestiging, Kanaal, Kant
from corv.watch import IGNORED_SUFFIXES, Entry, Stillness, scan

KANAAL = Kanaal("corv", Kant.CORV, Path("in"), Path("uit"), Bevestiging.GEEN, stil_s=1.0)


def entry(name: str, size: int, changed: int) -> Entry:
    return Entry(KANAAL, name, size, changed, 1, 1)


@pytest.mark.parametrize("with_system_call", [True, False], ids=["renameat2", "a file system without it"])
def test_a_rename_never_replaces_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_system_call: bool) -> None:
    if not with_system_call:
        monkeypatch.setattr(durable, "_RENAMEAT2", None)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"nieuw")
    target.write_bytes(b"oud")
    with pytest.raises(FileExistsError):
        durable.rename_new(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"nieuw", b"oud")

    target.unlink()
    durable.rename_new(source, target)
    assert (source.exists(), target.read_bytes()) == (False, b"nieuw")


def test_a_move_to_another_disk_copies_syncs_and_only_then_removes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, steps = durable.rename_new, []

    def other_disk(source: Path, target: Path) -> None:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        steps.append("rename")
        real(source, target)

    monkeypatch.setattr(durable, "rename_new", other_disk)
    monkeypatch.setattr(durable, "sync_file", lambda path: steps.append(f"sync {path.name}"))
    (tmp_path / "archief").mkdir()
    source, target = tmp_path / "a.xml", tmp_path / "archief/b.xml"
    source.write_bytes(b"inhoud")
    durable.move_new(source, target)

    assert (source.exists(), target.read_bytes()) == (False, b"inhoud")
    assert steps == ["sync .b.xml.kopie", "rename", "sync archief"]


def test_a_new_file_is_whole_and_follows_no_link_that_lies_there(tmp_path: Path) -> None:
    elsewhere, path = tmp_path / "elders.txt", tmp_path / "map/a.xml"
    path.parent.mkdir()
    elsewhere.write_bytes(b"van een ander")
    for name in (".a.xml.tmp", "b.xml"):
        (path.parent / name).symlink_to(elsewhere)

    durable.write_new(path, "één")
    with pytest.raises(FileExistsError) as caught:
        durable.write_new(path.with_name("b.xml"), b"twee")

    assert (path.read_bytes(), caught.value.filename) == ("één".encode(), str(path.with_name("b.xml")))
    there = sorted(item.name for item in path.parent.iterdir())
    assert (elsewhere.read_bytes(), there) == (b"van een ander", [".a.xml.tmp", "a.xml", "b.xml"])


@pytest.mark.parametrize("step", ["sync_file", "rename_new"])
def test_a_new_file_that_can_not_be_made_leaves_nothing_and_is_told_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(path: Path, *_: Path) -> None:
        assert path.name.startswith(".")
        assert path.name.endswith(IGNORED_SUFFIXES)
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(durable, step, fail)
    with pytest.raises(OSError, match="No space") as caught:
        durable.write_new(tmp_path / "a.xml", b"inhoud")

    assert (caught.value.errno, caught.value.filename, list(tmp_path.iterdir())) == (errno.ENOSPC, str(tmp_path / "a.xml"), [])


def test_a_replacement_that_can_not_be_made_is_told_by_the_name_of_what_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")  # as a write says it: without a name

    monkeypatch.setattr(rechten, "write", fail)
    with pytest.raises(OSError, match="No space") as caught:
        durable.replace_with(tmp_path / "a.toml", b"inhoud")

    assert caught.value.filename == str(tmp_path / "a.toml")


def test_the_folder_of_a_new_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        durable.write_new(tmp_path / "weg/a.xml", b"inhoud")
    assert caught.value.filename == str(tmp_path / "weg/a.xml")


@pytest.mark.parametrize("count", [1, durable.SYNC_ONE_BY_ONE, durable.SYNC_ONE_BY_ONE + 1])
def test_many_files_are_synced_by_one_flush_of_the_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    one_by_one: list[Path] = []
    at_once: list[int] = []
    monkeypatch.setattr(durable, "sync_file", one_by_one.append)

    def syncfs(handle: int) -> int:
        at_once.append(handle)
        return 0

    monkeypatch.setattr(durable, "_SYNCFS", syncfs)
    files = [tmp_path / str(number) for number in range(count)]
    for file in files:
        file.touch()
    durable.sync_all([*files, *files])

    assert (one_by_one, len(at_once)) == ((files, 0) if count <= durable.SYNC_ONE_BY_ONE else ([], 1))


def test_a_failing_flush_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_SYNCFS", lambda _handle: -1)
    files = [tmp_path / str(number) for number in range(20)]
    for file in files:
        file.touch()
    with pytest.raises(OSError, match=r".*"):
        durable.sync_all(files)


def test_a_file_is_ready_when_it_has_not_changed_for_long_enough() -> None:
    stillness = Stillness()
    assert stillness.still([entry("a", 1, 1)], 0.0)[0] == []
    assert stillness.still([entry("a", 2, 2)], 0.9)[0] == []
    assert stillness.still([entry("a", 2, 2)], 1.8)[0] == []
    assert stillness.still([entry("a", 2, 2)], 2.0)[0] == [entry("a", 2, 2)]


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 2), st.floats(0, 1)), max_size=30))
def test_whatever_is_ready_was_seen_unchanged_for_the_whole_time(steps: list[tuple[str, int, float]]) -> None:
    stillness, now = Stillness(), 0.0
    unchanged_since: dict[tuple[str, int], float] = {}
    for name, size, wait in steps:
        now += wait
        unchanged_since = {key: since for key, since in unchanged_since.items() if key == (name, size)}
        since = unchanged_since.setdefault((name, size), now)
        ready, waiting = stillness.still([entry(name, size, size)], now)
        assert bool(ready) is (now - since >= KANAAL.stil_s)
        assert len(ready) + len(waiting) == 1


def test_a_listing_is_oldest_first_and_leaves_out_files_in_progress(werkmap: Werkmap) -> None:
    for name, moment in (("b.xml", 300), ("a.xml", 200), ("c.xml.part", 100), (".d.xml", 100)):
        os.utime(werkmap.drop("corv", name, b"x"), (moment, moment))
    kanaal = config.load(werkmap.path).kanaal(Kant.CORV)

    assert [found.naam for found in scan(kanaal)] == ["a.xml", "b.xml"]


def test_claims_must_lie_on_the_disk_of_their_inbox(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = Folders(config.load(werkmap.path), dict.fromkeys(roots(config.load(werkmap.path)), "teken"))
    folders.check_disks()
    real = Path.stat

    def stat(path: Path, **kwargs: bool) -> object:
        found = real(path, **kwargs)
        return _OtherDisk() if path.name == ".werk" else found

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(StorageError, match="dezelfde schijf"):
        folders.check_disks()


class _OtherDisk:
    st_dev = -1


def test_an_archived_original_is_never_replaced(werkmap: Werkmap) -> None:
    row = werkmap.handle("corv", message("vtMeldingDi01/minimaal.xml"))
    settings = config.load(werkmap.path)
    folders, kanaal = Folders(settings, {}), settings.kanaal(Kant.CORV)
    place, id_ = Path(row["bestand"]), werkmap.new_id()
    folders.claimed_path(kanaal, id_).write_bytes(b"iets anders")

    with pytest.raises(FileExistsError):
        folders.put_to_rest(kanaal, id_, place, None)
    assert (werkmap.path / place).read_bytes() == message("vtMeldingDi01/minimaal.xml")
