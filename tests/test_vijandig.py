"""Attacks by whoever may put a file in an inbox: each ends as a row, reaches nothing outside, and shows nothing raw."""

import errno
import gzip
import io
import os
import pty
import resource
import socket
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crash.bombs import GOOD, with_dtd, with_root
from crash.judged import Bait
from crash.nasty import BAIT

from conftest import Werkmap, message
from corv import watch
from corv.durable import copy_with_holes
from corv.outcome import Status

Command = Callable[..., tuple[int, str, str]]
NASTY = "\u009b2J\u202e\u2028x"
"""What XML allows in a text, and a terminal should never see: clear the screen, turn the line around, begin another."""


@contextmanager
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine, and everybody who came by."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def wait() -> None:
            while not done.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                came.append(who)
                connection.close()

        thread = threading.Thread(target=wait)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize("where", ["lokaas.xml", "file", "http"])
@pytest.mark.parametrize(
    ("form", "status"),
    [
        ('<!DOCTYPE a SYSTEM "{}">', "onleesbaar"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "{}">]>', "onleesbaar"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "{}"> %x;]>', "onleesbaar"),
        ('xmlns:xi="http://www.w3.org/2001/XInclude"|<xi:include href="{}" parse="text"/>', "te_beoordelen geweigerd"),
        ('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="{}"|', ""),
        ('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x {0} http://x {0}"|', ""),
        ("|<?xml-stylesheet type='text/xsl' href='{}'?>", ""),
    ],
    ids=["dtd", "entity", "parameter entity", "xinclude", "no namespace schema", "schema", "stylesheet"],
)
def test_nothing_that_a_message_points_at_is_fetched(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, where: str, form: str, status: str
) -> None:
    monkeypatch.chdir(werkmap.path)
    bait = Bait(werkmap.path)
    with listener() as (port, came):
        address = {"file": (werkmap.path / BAIT).as_uri(), "http": f"http://127.0.0.1:{port}/x"}.get(where, where)
        text = form.format(address)
        content = with_dtd(text) if text.startswith("<!DOCTYPE") else with_root(*text.split("|"))
        row = werkmap.handle("corv", content)
        time.sleep(0.05)

        assert (came, bait.taken()) == ([], False)
    assert row["status"] in (status or "geaccepteerd geweigerd te_beoordelen").split()
    assert (werkmap.path / BAIT).read_bytes() == b"<lokaas/>"
    assert not [name for name, made in werkmap.outbox().items() if b"<lokaas/>" in made and "-vtMeldingDi01" not in name]


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("melding.xml", message(GOOD))
    return packed.getvalue()


@pytest.mark.parametrize(
    "content", [b"", gzip.compress(message(GOOD)), _zip(), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\x7fELF" + b"\0" * 99, b"MZ\x90"]
)
def test_what_is_no_xml_is_set_apart_as_it_came(werkmap: Werkmap, content: bytes) -> None:
    row = werkmap.handle("corv", content)

    assert row["status"] == "onleesbaar"
    assert (werkmap.path / row["bestand"]).read_bytes() == content


@pytest.mark.parametrize(
    "name", ["../../../../lek.xml", "/tmp/lek.xml", "..\\..\\lek.xml", "a/../../../lek", "\u202elmx.exe", "CON"]
)
def test_a_bestandsnaam_in_a_message_is_the_name_of_no_file(werkmap: Werkmap, name: str) -> None:
    before = {path for path in werkmap.path.parent.rglob("*") if not path.is_relative_to(werkmap.path)}
    content = message("vtoDi01/minimaal.xml").replace(b'bestandsnaam="', f'bestandsnaam="{name}" a="'.encode())
    werkmap.drop("eigen", "vto.xml", content)
    werkmap.run()

    assert {path for path in werkmap.path.parent.rglob("*") if not path.is_relative_to(werkmap.path)} == before
    assert not [path for path in werkmap.path.rglob("*") if "lek" in path.name or "lmx" in path.name or path.name == "CON"]


@pytest.mark.parametrize("name", ["\x1b[2J\x1b]0;x\x07.xml", "\u202elmx.xml", "a\nb.xml", "\u009b31m.xml"])
def test_nothing_of_a_sender_reaches_a_terminal_raw(werkmap: Werkmap, corv: Command, name: str) -> None:
    content = message(GOOD).replace(b"vtm-2026-0001-minimaal", f"r{NASTY}r".encode())
    werkmap.drop("corv", name, content)
    kept = werkmap.path / name
    kept.write_bytes(content)
    corv("verwerk")
    id_ = werkmap.rows()[0]["id"]
    commands = [("berichten",), ("toon", id_), ("keten", id_), ("aandacht",), ("beoordelen",), ("openstaand",)]
    commands += [(word, f"{kept}{end}") for word in ("controleer", "verklaar") for end in ("", ".niet")]
    screens = [corv(*command, *form) for command in commands for form in ([], ["--json"])]
    screens += [corv("berichten", "--csv"), corv("voorbeeld", "Bv01", "--op", f"{kept}.niet")]
    shown = "".join(out + err for _, out, err in screens)
    raw = {char for char in shown if not char.isprintable()}

    assert werkmap.whole(id_)["bericht"]["bestandsnaam"] == name
    assert raw <= {"\r", "\n", "\ufeff"}
    assert name not in shown.replace(repr(name), "")


def test_a_name_in_a_failure_of_the_system_reaches_no_terminal_raw(corv: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    name = os.fsdecode(f"/srv/a{NASTY}\x1b[2J\n".encode() + b"\xff")
    monkeypatch.setattr("corv.jobs.recover", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "kapot", name)))
    _, _, told = corv("verwerk")

    assert "/srv/a\\x9b2J\\u202e\\u2028x\\x1b[2J\\n\\udcff" in told
    assert {char for char in told if not char.isprintable()} == {"\n"}


def test_a_terminal_sees_no_raw_text_in_the_log_of_the_service_either(werkmap: Werkmap) -> None:
    werkmap.drop("corv", "a.xml", message(GOOD).replace(b"vtm-2026-0001-minimaal", f"r{NASTY}r".encode()))
    code = (
        "import sys; from pathlib import Path; from corv.app import working; from corv.handler import Report\n"
        "from corv.jobs import one_pass; from corv.logs import configure_logs\nconfigure_logs(quiet=False)\n"
        f"with working(Path({str(werkmap.path)!r})) as deps: one_pass(deps, Report())"
    )
    screen, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", code], stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = os.read(screen, 65536).decode()
    process.wait(20)
    os.close(screen)

    assert "bericht_verwerkt" in shown
    assert not {"\u009b", "\u202e", "\u2028"} & set(shown)


def test_a_hard_link_to_a_file_of_ours_outside_leaves_its_content_and_closes_it_for_others(
    werkmap: Werkmap, tmp_path: Path
) -> None:
    outside = tmp_path / "geheim.xml"
    outside.write_bytes(message(GOOD))
    before = outside.stat().st_mtime_ns
    os.link(outside, werkmap.path / "inbox/corv/a.xml")
    werkmap.run()

    after = outside.stat()
    # It is the original in our archive as well, which nobody else may read under whatever name; another's file stays as it is.
    assert (outside.read_bytes(), after.st_mtime_ns, stat.S_IMODE(after.st_mode)) == (message(GOOD), before, 0o600)
    assert werkmap.rows()[0]["status"] == "geaccepteerd"


def test_a_socket_and_a_loop_of_links_get_a_row_and_stay(werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = werkmap.path / "inbox/corv"
    monkeypatch.chdir(inbox)
    (inbox / "lus.xml").symlink_to("lus.xml")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.xml")
        report = werkmap.run()

    assert report.statuses == {Status.ONLEESBAAR: 2}
    assert {path.name for path in inbox.iterdir() if not path.name.startswith(".")} == {"lus.xml", "s.xml"}


@pytest.mark.parametrize("change", ["grows", "shrinks", "goes", "becomes a link", "becomes a folder"])
def test_a_file_that_changes_between_the_look_and_the_claim_waits(
    werkmap: Werkmap, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    original = watch.look
    path = werkmap.drop("corv", "a.xml", message(GOOD))

    def look(*args: object) -> object:
        monkeypatch.setattr("corv.taking.look", original)
        if change in {"grows", "shrinks"}:
            os.truncate(path, len(message(GOOD)) + (1 if change == "grows" else -1))
        else:
            path.unlink()
        if change == "becomes a link":
            path.symlink_to("/etc/hostname")
        if change == "becomes a folder":
            path.mkdir()
        return original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("corv.taking.look", look)
    report = werkmap.run()

    assert (report.handled, werkmap.rows()) == (0, [])
    assert os.path.lexists(path) is (change != "goes")


def test_a_command_leaves_no_core_with_messages_in_it() -> None:
    limit = "print(resource.getrlimit(resource.RLIMIT_CORE)) or 0"
    code = f"import resource; from corv import cli; cli.run = lambda: {limit}; cli.main()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, preexec_fn=_allow_core)

    assert run.stdout == "(0, 0)\n"


def _allow_core() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def test_the_unit_of_the_service_allows_no_core_either() -> None:
    lines = (Path(__file__).parents[1] / "docs/corv.service").read_text(encoding="utf-8").splitlines()

    assert "LimitCORE=0" in lines


@pytest.mark.parametrize("tells_of_holes", [True, False])
def test_a_copy_has_the_same_bytes_and_no_more_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, tells_of_holes: bool
) -> None:
    if not tells_of_holes:
        monkeypatch.setattr(os, "lseek", lambda *_: (_ for _ in ()).throw(OSError(errno.EINVAL, "")))
    source, target = tmp_path / "a", tmp_path / "b"
    with source.open("wb") as file:
        for at in (0, 3_000_000, 9_000_000):
            file.seek(at)
            file.write(b"iets" * 999)
        file.truncate(20_000_000)
    with source.open("rb") as read, target.open("wb") as written:
        copy_with_holes(read, written)

    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_blocks * 512 < 5_000_000
