"""Who may at what we make, whatever the umask; what another account plants in a shared folder; and the unit of systemd."""

import errno
import grp
import json
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from handboek import ROOT, section

from conftest import Werkmap, message
from corv import cli, config, durable, rechten
from corv.doctor import examine
from corv.errors import ConfigError, StorageError
from corv.health_facts import look

SOMEBODY = 54321
"""A number that belongs to nobody here."""

GROUP = next((group for group in grp.getgrall() if group.gr_gid not in {0, os.getgid()}), grp.getgrgid(os.getgid()))

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="alleen root kan een ander worden")

_A_LIFE = """
import os, sys
from pathlib import Path
from corv import cli

warm, own, groep, uid, gid, *files = sys.argv[1:]

def live(where):
    extra = ["--groep", groep] if groep else []
    assert cli.run(["init", where, "--oin", "00000001999000001000", "--werkgebied", "VT20", *extra]) == 0
    toml = Path(where, "config/corv.toml")
    text = toml.read_text().replace("stil_s = 1.0", "stil_s = 0").replace('metingen = ""', 'metingen = "corv.prom"')
    toml.write_text(text)
    for number, file in enumerate(files):
        Path(where, "inbox/corv", f"{number}.xml").write_bytes(Path(file).read_bytes())
    assert cli.run(["--map", where, "verwerk"]) == 1
    assert cli.run(["voorbeeld", "vtMelding", "--naar", where]) == 0

live(warm)
cli.run(["--map", warm, "doctor"])
cli.run(["--map", warm, "gezondheid"])
print("ALS EEN ANDER", flush=True)
# all of that as root, which may read the interpreter: whoever we become need not be allowed to
os.setgroups([int(gid)])
os.setgid(int(uid))
os.setuid(int(uid))
os.umask(0)
live(own)
assert cli.run(["--map", own, "doctor", "--json"]) in {0, 1}
cli.run(["--map", own, "gezondheid"])
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another account may work in; those of pytest are closed."""
    path = Path(tempfile.mkdtemp(prefix="corv-rechten-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def modes(root: Path) -> dict[str, tuple[str, int, bool]]:
    """Of everything below a folder its mode, its group and whether it is a folder; paths without what changes each time."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = re.sub(r"[0-9a-f]{8}-[-0-9a-f]{27}", "ID", path.relative_to(root).as_posix())
        name = re.sub(r"(?<=\.corv-)[0-9a-f]{16}", "TEKEN", name)
        name = re.sub(r"^[^/]*vtMelding.*\.xml$", "voorbeeld.xml", name)
        info = path.lstat()
        found[name] = oct(stat.S_IMODE(info.st_mode)), info.st_gid, path.is_dir()
    return found


SHARED = {
    "inbox": 0o710,
    "inbox/corv": 0o2770,
    "inbox/eigen": 0o2770,
    "outbox": 0o710,
    "outbox/corv": 0o770,
    "outbox/corv/ID-Bv01.xml": 0o640,
    "outbox/corv/ID-Bv03.xml": 0o640,
    "outbox/eigen": 0o770,
    "outbox/eigen/ID-vtMeldingDi01.xml": 0o640,
    "outbox/eigen/aandacht": 0o770,
    "outbox/eigen/aandacht/ID-onleesbaar.txt": 0o640,
    "outbox/eigen/aandacht/ID-onleesbaar.xml": 0o640,
}
"""What the group may at, where there is one. Everything else is 0600 or 0700, but what is for everybody."""

OF_THE_INBOX = ("inbox/corv/.", "inbox/eigen/.", "data/archief/", "data/quarantaine/ID.xml")
"""What got its group from the inbox that it lies in or came from, and keeps it; with a mode that gives that group nothing."""


@as_root
@pytest.mark.slow
@pytest.mark.parametrize("groep", ["", GROUP.gr_name], ids=["alone", "with a group"])
def test_a_whole_pass_without_umask_gives_others_nothing(place: Path, groep: str) -> None:
    own, warm = place / "corv", place / "warm"
    own.mkdir()
    os.chown(own, SOMEBODY, SOMEBODY)
    own.chmod(0o700)
    berichten = ROOT / "tests/berichten"
    files = [str(berichten / name) for name in ("vtMeldingDi01/minimaal.xml", "onleesbaar/afgekapt.xml")]
    copies = [shutil.copy(file, place / f"{number}.xml") for number, file in enumerate(files)]
    shutil.copytree(ROOT / "corv", place / "code/corv")  # the other account may not come where the project stands
    words = [sys.executable, "-c", _A_LIFE, str(warm), str(own), groep, str(SOMEBODY), str(GROUP.gr_gid), *copies]
    done = subprocess.run(words, cwd=place / "code", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = done.stdout.partition("ALS EEN ANDER")[2]
    lines = [json.loads(line) for line in told.splitlines() if line.startswith('{"proef"')]
    judged = {"map", "hernoemen", "rechten", "slot", "database", "administratie", "gebruiker"}  # what no machine decides
    assert {line["proef"] for line in lines} >= judged
    assert [line for line in lines if line["proef"] in judged and line["toestand"] != "goed"] == []
    assert re.findall(r"(\w+) +ophalen:", told) == ["goed"] * 3

    seen = modes(own)
    assert seen.keys() > {*SHARED, "data/corv.sqlite", "data/corv.slot", "config/corv.toml", "corv.prom", "voorbeeld.xml"}
    for name, (mode, group, is_folder) in seen.items():
        wanted = {"corv.prom": 0o644, "voorbeeld.xml": 0o644}.get(name, 0o700 if is_folder else 0o600)
        if groep and name in SHARED:
            assert (name, mode, group) == (name, oct(SHARED[name]), GROUP.gr_gid)
        elif groep and name.startswith(OF_THE_INBOX):
            assert (name, int(mode, 8) & ~stat.S_ISGID) == (name, wanted)
        else:
            assert (name, mode, group) == (name, oct(wanted), SOMEBODY)


def with_group(werkmap: Werkmap) -> None:
    """The adapter and the case system are in a group; the folders were made before that."""
    toml = werkmap.path / "config/corv.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('groep = ""', f'groep = "{GROUP.gr_name}"'), encoding="utf-8")


def rights(path: Path) -> tuple[str, int]:
    return oct(stat.S_IMODE(path.stat().st_mode)), path.stat().st_gid


def test_a_file_has_its_rights_before_it_is_delivered(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    with_group(werkmap)
    real, seen = durable.rename_new, set()

    def look_and_rename(source: Path, target: Path) -> None:
        if source.parent.name == ".klaar":
            seen.add((source.suffix, *rights(source)))
        real(source, target)

    monkeypatch.setattr("corv.folders.rename_new", look_and_rename)
    werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))

    assert seen == {(".txt", "0o640", GROUP.gr_gid), (".xml", "0o640", GROUP.gr_gid)}


def test_a_delivered_file_that_the_group_may_not_read_is_told_and_gets_its_rights(
    werkmap: Werkmap, capsys: pytest.CaptureFixture[str]
) -> None:
    werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))
    with_group(werkmap)
    ours = sorted((werkmap.path / "outbox/eigen/aandacht").iterdir())
    foreign = werkmap.path / "outbox/eigen/van-een-ander.xml"
    foreign.write_text("<van-een-ander/>")
    foreign.chmod(0o600)
    assert {rights(path) for path in [*ours, foreign]} == {("0o600", os.getgid())}
    found = herstel(werkmap, capsys)
    assert [(one["waar"], one["bericht"], one["door"]) for one in found if one["verschil"] == "rechten in de outbox"] == [
        (str(path), path.name[:36], "herstel") for path in ours
    ]

    done = herstel(werkmap, capsys, "--uitvoeren")

    assert [one["waar"] for one in done if one["verschil"] == "rechten in de outbox" and one["gedaan"]] == [*map(str, ours)]
    assert {path: rights(path) for path in [*ours, foreign]} == {
        **dict.fromkeys(ours, ("0o640", GROUP.gr_gid)),
        foreign: ("0o600", os.getgid()),
    }
    assert {one["verschil"] for one in herstel(werkmap, capsys)} == {"vreemd in de outbox"}


def herstel(werkmap: Werkmap, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    cli.run(["--map", str(werkmap.path), "herstel", "--json", *words])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_rights_are_never_given_through_a_link(tmp_path: Path) -> None:
    real, own = tmp_path / "echt", rechten.Rechten(None, 0o640)
    real.mkdir()
    (real / "een.xml").touch(mode=0o600)
    (real / "link.xml").symlink_to(real / "een.xml")
    (tmp_path / "link").symlink_to(real)
    for path in (tmp_path / "link/een.xml", real / "link.xml"):
        with suppress(OSError):
            rechten.give_out(path, own)
        assert oct(stat.S_IMODE((real / "een.xml").stat().st_mode)) == "0o600"
    rechten.give_out(real / "een.xml", own)
    assert oct(stat.S_IMODE((real / "een.xml").stat().st_mode)) == "0o640"


def test_folders_that_are_there_keep_their_rights(werkmap: Werkmap) -> None:
    with_group(werkmap)
    folders = [werkmap.path / name for name in ("data", "inbox/corv", "outbox/eigen", "outbox/eigen/aandacht")]
    for folder in folders:
        folder.chmod(0o751)
    werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))
    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 0

    assert {rights(folder) for folder in folders} == {("0o751", os.getgid())}


def test_a_folder_that_is_made_again_is_for_the_group(werkmap: Werkmap) -> None:
    with_group(werkmap)
    for name in ("inbox", "outbox"):
        shutil.rmtree(werkmap.path / name)
    assert cli.run(["init", str(werkmap.path), "--mappen"]) == 0

    names = ("inbox", "outbox", "inbox/corv", "inbox/eigen", "outbox/corv", "outbox/eigen", "outbox/eigen/aandacht")
    assert {name: rights(werkmap.path / name) for name in names} == {name: (oct(SHARED[name]), GROUP.gr_gid) for name in names}


def test_a_group_that_may_not_be_given_keeps_the_message_waiting(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    with_group(werkmap)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fchown", _refuse)
        report = werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
        assert (werkmap.outbox(), report.waiting, len(report.problems)) == ({}, 1, 1)
        assert ".klaar/" in next(iter(report.problems))
        assert "niet toegestaan" in next(iter(report.problems))
        assert list((werkmap.path / "outbox").glob("*/.klaar/*")) == []
    assert werkmap.run().waiting == 0
    assert len(werkmap.outbox()) == 3


def test_a_folder_that_can_not_get_its_group_is_not_made(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    with_group(werkmap)
    shutil.rmtree(werkmap.path / "inbox/corv")
    monkeypatch.setattr(os, "fchown", _refuse)
    with pytest.raises(StorageError, match=r"inbox/corv is niet te maken met de groep van config/corv\.toml"):
        cli.corv.main(["init", str(werkmap.path), "--mappen"], standalone_mode=False)

    assert [path.name for path in (werkmap.path / "inbox").iterdir()] == ["eigen"]


def _refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_all_mistakes_in_the_rights_are_told_at_once_with_their_line(werkmap: Werkmap) -> None:
    toml = werkmap.path / "config/corv.toml"
    corv, eigen = toml.read_text(encoding="utf-8").split("[kanaal.eigen]")
    corv = corv.replace('groep = ""', 'groep = "bestaat-niet"').replace('uitvoer_rechten = ""', 'uitvoer_rechten = "0644"')
    toml.write_text(f"{corv}[kanaal.eigen]{eigen}".replace('uitvoer_rechten = ""', 'uitvoer_rechten = "0640"'), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(werkmap.path)

    said = [re.sub(r"regel \d+", "regel N", problem) for problem in caught.value.problems]
    start = "config/corv.toml, regel N: kanaal"
    assert said == [
        f"{start}.corv.groep noemt 'bestaat-niet', en die groep is er niet op deze machine; "
        "maak haar met groupadd, of laat leeg.",
        f"{start}.corv.uitvoer_rechten 0644 geeft iedereen op deze machine rechten; geef wie ophaalt een groep.",
        f"{start}.eigen.uitvoer_rechten 0640 geeft een groep rechten, maar welke? Vul ook groep in.",
    ]


@pytest.mark.parametrize("written", ['"640"', '"0750"', '"07777"', "0o640", '"rw"'])
def test_rights_that_are_none_of_three_are_refused(werkmap: Werkmap, written: str) -> None:
    with_group(werkmap)
    werkmap.configure('uitvoer_rechten = ""', f"uitvoer_rechten = {written}")
    with pytest.raises(ConfigError, match=r"uitvoer_rechten moet een"):
        config.load(werkmap.path)


@as_root
def test_a_claimed_file_is_closed_where_it_is_ours_and_stays_as_its_writer_made_it_where_not(werkmap: Werkmap) -> None:
    for number, owner in enumerate((os.geteuid(), SOMEBODY)):
        path = werkmap.drop("corv", f"{number}.xml", message("onleesbaar/afgekapt.xml"))
        os.chown(path, owner, -1)
        path.chmod(0o666)
    werkmap.run()

    found = {(path.stat().st_uid, oct(stat.S_IMODE(path.stat().st_mode))) for path in werkmap.path.glob("data/quarantaine/*.xml")}
    assert found == {(os.geteuid(), "0o600"), (SOMEBODY, "0o666")}


def archive(werkmap: Werkmap) -> dict[str, bytes]:
    """Every original at rest."""
    return {path.name: path.read_bytes() for path in werkmap.path.glob("data/archief/*/*/*/*.xml")}


@pytest.mark.parametrize("inner", ["inbox/corv/.werk", "outbox/corv/.klaar"])
def test_a_link_in_place_of_our_folder_leads_nowhere(werkmap: Werkmap, inner: str) -> None:
    """Who may write in the inbox or outbox may also put a link there: without a look at it, the archive would be emptied."""
    werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    before, written = archive(werkmap), werkmap.outbox()
    folder = werkmap.path / inner
    folder.rename(folder.with_name(".weg"))
    folder.symlink_to(next(werkmap.path.glob("data/archief/*/*/*")))
    report = werkmap.run_with("corv", message("vtMeldingDi01/volledig.xml"))

    assert (archive(werkmap), werkmap.outbox()) == (before, written)
    assert len(report.problems) > 0
    folder.unlink()
    folder.with_name(".weg").rename(folder)
    assert werkmap.run().waiting == 0
    assert len(archive(werkmap)) == 2


def test_a_link_in_place_of_aandacht_is_not_followed(werkmap: Werkmap) -> None:
    werkmap.run()
    aandacht, elsewhere = werkmap.path / "outbox/eigen/aandacht", werkmap.path / "elders"
    elsewhere.mkdir()
    aandacht.rmdir()
    aandacht.symlink_to(elsewhere)
    report = werkmap.run_with("corv", message("onleesbaar/afgekapt.xml"))

    assert (list(elsewhere.iterdir()), len(report.problems)) == ([], 1)
    assert all("is een koppeling" in problem for problem in report.problems)
    aandacht.unlink()
    werkmap.run()
    assert len(list(aandacht.iterdir())) == 2


def test_what_lies_under_the_name_of_a_file_of_ours_is_never_written_to(tmp_path: Path) -> None:
    other, link, hard = tmp_path / "van-een-ander", tmp_path / "koppeling", tmp_path / "zelfde"
    other.write_bytes(b"blijft")
    link.symlink_to(other)
    hard.hardlink_to(other)
    for path in (link, hard):
        rechten.write(path, b"van ons")

    assert (other.read_bytes(), link.read_bytes(), hard.read_bytes()) == (b"blijft", b"van ons", b"van ons")
    assert {rights(path)[0] for path in (link, hard)} == {"0o600"}


@as_root
def test_a_folder_that_another_account_put_in_place_of_ours_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, klaar = tmp_path / "outbox", tmp_path / "outbox/.klaar"
    klaar.mkdir(parents=True)
    os.chown(klaar, SOMEBODY, -1)
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY + 1)
    with pytest.raises(OSError, match="No such device"):
        rechten.check_own(klaar)

    os.chown(outbox, SOMEBODY, -1)  # a share that shows all as of one account, or a folder of theirs that we were given
    rechten.check_own(klaar)
    os.chown(klaar, SOMEBODY + 1, -1)
    rechten.check_own(klaar)


def test_the_folder_for_attention_in_place_of_klaar_is_refused_until_it_is_put_back(werkmap: Werkmap) -> None:
    """Both are ours, so its owner says nothing; but the group of the outbox may write in the one and never in the other."""
    with_group(werkmap)
    werkmap.run()
    outbox = werkmap.path / "outbox/eigen"
    (outbox / "aandacht").chmod(0o2770)
    (outbox / ".klaar").rename(outbox / ".oud")
    (outbox / "aandacht").rename(outbox / ".klaar")
    report = werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml"))

    assert not list(outbox.glob("*.xml"))
    assert report.waiting > 0
    assert [problem for problem in report.problems if "anderen mogen in deze map van corv schrijven" in problem]
    (outbox / ".klaar").rename(outbox / "aandacht")
    (outbox / ".oud").rename(outbox / ".klaar")
    assert werkmap.run().waiting == 0
    assert len(list(outbox.glob("*.xml"))) == 1


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755, 0o2750])
def test_folders_of_an_older_installation_go_on_working(werkmap: Werkmap, mode: int) -> None:
    for folder in werkmap.path.glob("*box/*/.[wk]*"):
        folder.chmod(mode)

    assert werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml")).waiting == 0
    assert len(werkmap.outbox()) == 3


def test_where_every_folder_shows_the_same_rights_they_are_not_held_against_it(werkmap: Werkmap) -> None:
    """A share mounted with one mode for all of it; nobody could close a folder there."""
    for folder in (werkmap.path / "outbox").rglob("*"):
        folder.chmod(0o777)

    assert werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml")).waiting == 0
    assert len(werkmap.outbox()) == 3


# -- who fetches can't ------------------------------------------------------------------------------------------------


def pickups(werkmap: Werkmap) -> dict[str, tuple[str, str]]:
    """What `corv gezondheid` says at once of each folder to which we deliver."""
    found = look(werkmap.path, werkmap.now).onderwerpen
    return {one.onderwerp: (one.toestand.value, one.tekst) for one in found if one.onderwerp.startswith("ophalen")}


def faults(werkmap: Werkmap) -> list[tuple[str, str]]:
    """What doctor calls wrong with the rights."""
    lines = examine(werkmap.path, werkmap.now, time.time).lines
    return [(line.waar, line.tekst) for line in lines if line.proef == "rechten" and line.toestand == "fout"]


def is_alone(monkeypatch: pytest.MonkeyPatch, but_in: int | None = None) -> None:
    """One account does everything; but in that group are others."""
    for path in ("corv.health_facts.access.others_in", "corv.rechten.others_in"):
        monkeypatch.setattr(path, lambda group, _owner: group == but_in)


OUTBOXES = ("outbox/corv", "outbox/eigen", "outbox/eigen/aandacht")
CALM = {f"ophalen:{name.removeprefix('outbox/')}": ("goed", f"Uit {name} is alles opgehaald.") for name in OUTBOXES}


def share(werkmap: Werkmap) -> None:
    """As docs/rechten.md does it by hand, and version 0.5.0 did."""
    for name in ("inbox/corv", "inbox/eigen", *OUTBOXES):
        os.chown(werkmap.path / name, -1, GROUP.gr_gid)
        (werkmap.path / name).chmod(0o2770)


@as_root
def test_an_outbox_for_a_group_that_config_does_not_name_is_told_at_once(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkmap.run()
    share(werkmap)
    is_alone(monkeypatch)
    assert (pickups(werkmap), faults(werkmap)) == (CALM, [])

    is_alone(monkeypatch, GROUP.gr_gid)
    told = {
        name: (
            f"{name} staat open voor groep {GROUP.gr_name}, maar in config/corv.toml is groep bij kanaal {name.split('/')[1]} "
            "leeg: wat corv daar bezorgt, kan niemand anders lezen."
        )
        for name in OUTBOXES
    }
    assert pickups(werkmap) == {f"ophalen:{name.removeprefix('outbox/')}": ("waarschuwing", text) for name, text in told.items()}
    assert faults(werkmap) == list(told.items())

    with_group(werkmap)
    werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    assert {state for state, _ in pickups(werkmap).values()} == {"goed"}
    assert faults(werkmap) == []


@as_root
def test_a_folder_or_file_that_the_group_of_the_channel_can_not_read_is_told_at_once(werkmap: Werkmap) -> None:
    with_group(werkmap)
    share(werkmap)
    werkmap.run_with("corv", message("vtMeldingDi01/minimaal.xml"))
    delivered = [path for path in (werkmap.path / "outbox/corv").iterdir() if path.is_file()]
    for path in delivered:  # as they come back from a copy
        os.chown(path, -1, 0)
        path.chmod(0o600)
    os.chown(werkmap.path / "outbox/eigen", -1, 0)

    files = f"{len(delivered)} door corv bezorgde bestanden zijn in outbox/corv niet te lezen voor groep {GROUP.gr_name}."
    folder = f"Wie in groep {GROUP.gr_name} zit, kan niet in outbox/eigen, en dat is de groep van kanaal eigen."
    assert faults(werkmap) == [("outbox/corv", files), ("outbox/eigen", folder)]
    found = pickups(werkmap)
    assert [state for state, _ in found.values()] == ["waarschuwing", "waarschuwing", "goed"]
    assert found["ophalen:corv"][1].startswith(files)
    assert found["ophalen:eigen"][1].startswith(folder)


def test_who_is_in_a_group() -> None:
    user = next(
        one
        for one in pwd.getpwall()
        if [other for other in pwd.getpwall() if other.pw_gid == one.pw_gid] == [one]
        and not set(grp.getgrgid(one.pw_gid).gr_mem) - {one.pw_name}
    )
    asked = [(user.pw_gid, user.pw_uid), (user.pw_gid, SOMEBODY), (SOMEBODY, user.pw_uid)]
    assert [rechten.others_in(group, owner) for group, owner in asked] == [False, True, None]


@pytest.mark.slow
def test_the_service_has_no_socket_open(werkmap: Werkmap) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "corv", "--map", str(werkmap.path), "start"], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            assert any('"gestart"' in line for line in process.stderr)
            werkmap.drop("corv", "a.xml", message("vtMeldingDi01/minimaal.xml"))
            deadline = time.monotonic() + 20
            while len(werkmap.outbox()) < 3:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            handles = list(open_handles(process.pid))
        finally:
            process.terminate()
    assert any("corv.sqlite" in handle for handle in handles)
    assert [handle for handle in handles if handle.startswith("socket:")] == []


def open_handles(pid: int) -> Iterator[str]:
    """What a process has open; what it closes while we look is left out."""
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield str(handle.readlink())


UNIT = ROOT / "docs/corv.service"

REQUIRED = """
User=corv
Group=corv
UMask=0077
ProtectSystem=strict
NoNewPrivileges=yes
PrivateNetwork=yes
MemoryMax=2G
LimitCORE=0
CapabilityBoundingSet=
IPAddressDeny=any
DevicePolicy=closed
MemoryDenyWriteExecute=yes
ProcSubset=pid
ProtectProc=invisible
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX
RestrictSUIDSGID=yes
KeyringMode=private
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallFilter=@chown
"""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is er niet")


def test_the_unit_gives_the_service_no_more_than_it_needs() -> None:
    lines = UNIT.read_text(encoding="utf-8").splitlines()

    assert [line for line in REQUIRED.split("\n") if line and line not in lines] == []
    assert "PrivateUsers=yes" not in lines  # see docs/rechten.md: it would refuse a group


@needs_systemd
def test_the_exposure_of_the_unit_is_not_above_the_figure_in_the_handbook() -> None:
    words = ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(UNIT)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    figure, told = re.search(r"exposure level for \S+: ([\d.]+)", said), re.search(r"\*\*([\d,]+)\*\*", _chapter())
    assert figure
    assert told
    assert float(figure.group(1)) <= float(told.group(1).replace(",", "."))


@needs_systemd
def test_systemd_has_no_complaint_of_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name  # verify wants a program that is there
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/corv/.venv/bin/corv", sys.executable), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def _chapter() -> str:
    return section("rechten.md", "De unit van systemd")
