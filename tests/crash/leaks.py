"""A marker in every field of every message, then a search for it in everything that corv writes, says or shows of itself."""

import base64
import importlib
import os
import pkgutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path

from lxml import etree

from conftest import BERICHTEN, Werkmap
from corv import cli
from corv.reading import read
from crash.leak_commands import QUESTIONS
from crash.part import Part

NAAM = "merktekens"
MARKER = "GEHEIM7351"
FORMS = tuple(form for text in (MARKER, MARKER.swapcase()) for form in (text.encode(), base64.b64encode(text.encode())[:12]))
LOOSE, COPIES = "los.xml", "kopie"
"""What the search itself puts in a working folder: a message to ask about, and back-ups."""

HEADER = {"berichtcode", "organisatie", "applicatie", "administratie", "gebruiker", "referentienummer"}
HEADER |= {"tijdstipBericht", "crossRefnummer", "functie"}
"""What is kept of a message, and shown, because one searches by it."""


def run(map_: Path, samples: Sequence[Path], asked: int = 1000, planted: str = "") -> Part:
    """Each of these messages marked, valid as far as can be and broken, through a real service; then everything searched.

    `asked`: about how many messages a command is asked that takes one. `planted`: Python that the service runs before it begins.
    """
    begin, werkmap = time.monotonic(), Werkmap(map_)
    warm_up()
    werkmap.configure('metingen = ""', f'metingen = "{map_}/corv.prom"')
    contents = [marked(path, keep_valid=keep) for path in samples for keep in (True, False)]
    contents += [content[: len(content) // 2] for content in contents]
    for number, content in enumerate(contents):
        for kanaal in ("corv", "eigen"):
            werkmap.drop(kanaal, f"{MARKER}-{number}.xml", content)
    found = [*_service(map_, planted), *_answers(werkmap, contents[0], asked), *stored(map_, set(contents))]
    lines = tuple(f"lek: {text}  (crash.leaks, {len(samples)} voorbeelden)" for text in found)
    return Part(NAAM, {"berichten": 2 * len(contents)}, lines, time.monotonic() - begin)


def marked(path: Path, *, keep_valid: bool) -> bytes:
    """The message with the marker in every field but those of the header; also in attributes and names when it may break."""
    root = read(path.read_bytes()).root
    assert root is not None
    for element in root.iter(etree.Element):
        if len(element) or _is_shown(element):
            continue
        if etree.QName(element).localname == "inhoud":
            element.text = base64.b64encode(MARKER.encode() * 3).decode()
        elif not keep_valid or (element.text or "").count(" ") > 1:
            element.text = MARKER
        for name in element.attrib:
            if not keep_valid or "bestandsnaam" in name:
                element.set(name, MARKER)
    root.append(etree.Comment(MARKER))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _is_shown(element: etree._Element) -> bool:
    """Whether it is a field of the header that is kept."""
    return etree.QName(element).localname in HEADER and any(
        etree.QName(around).localname == "stuurgegevens" for around in element.iterancestors()
    )


def holds_marker(content: bytes) -> bool:
    """Whether the marker, or what it looks like in base64, stands in this."""
    return any(form in content for form in FORMS)


def _service(map_: Path, planted: str) -> Iterator[str]:
    """What the service logs, and what `ps` shows of it and of all that it starts while it works."""
    words = ["--map", str(map_), "start"]
    code = f"import sys\n{planted}\nfrom corv import cli\nsys.argv[1:] = {words}\ncli.main()"
    command = [sys.executable, "-c", code] if planted else [sys.executable, "-m", "corv", *words]
    process, shown = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT), b""
    until = time.monotonic() + 60
    while time.monotonic() < until and any(path.is_file() for path in map_.glob("inbox/**/*.xml")):
        shown += listed(process.pid)
        time.sleep(0.05)
    time.sleep(0.2)
    shown += listed(process.pid)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    if b"bericht_verwerkt" not in said or process.returncode != 0:
        yield f"de service werkte niet (afsluitcode {process.returncode})"
    yield from (f"{where} van de service" for where, text in (("log", said), ("ps", shown)) if holds_marker(text))


def listed(pid: int) -> bytes:
    """What everybody on this machine sees of a process and of all below it, and what root sees."""
    shown = b""
    with suppress(OSError):  # one that ends meanwhile
        for name in ("cmdline", "environ", "comm"):
            shown += Path(f"/proc/{pid}/{name}").read_bytes()
        for task in Path(f"/proc/{pid}/task").iterdir():
            shown += b"".join(listed(int(child)) for child in (task / "children").read_text(encoding="ascii").split())
    return shown


def _answers(werkmap: Werkmap, content: bytes, asked: int) -> Iterator[str]:
    """What every command says, of every message that it can be asked about."""
    (werkmap.path / LOOSE).write_bytes(content)
    copies = werkmap.path.with_name(COPIES)
    copies.mkdir(exist_ok=True)
    ids = [row["id"] for row in werkmap.rows()][: asked + 1]
    for command, ways in QUESTIONS.items():
        for way in ways:
            for id_, ander in pairwise(ids) if any("{id}" in word for word in way) else [("", "")]:
                names = {"id": id_, "ander": ander, "map": werkmap.path, "bestand": werkmap.path / LOOSE}
                names |= {"naam": f"{MARKER}-0.xml", "kopie": copies}
                code, said = ask(werkmap.path, [command, *(word.format(**names) for word in way)])
                if command == "toon":  # the name that the sender gave to the file is shown there, and only there
                    said = said.replace(f"{MARKER}-".encode(), b"")
                if holds_marker(said) or code == 3 or (command in _SUCCEEDS and code not in {0, 1}):
                    yield f"corv {command} {' '.join(way)} over {id_} (afsluitcode {code})"


def warm_up() -> None:
    """Import what commands import, so that forks need not do that each."""
    for module in cli.COMMANDS.values():
        importlib.import_module(module)


def ask(map_: Path, words: list[str], place: str = "", failure: object = None) -> tuple[int, bytes]:
    """The exit code of a command and all that it says, in a fork: a fresh start would take half a second each.

    `failure`: what stands there instead of what has that dotted name.
    """
    theirs, ours = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            os.close(theirs)
            os.dup2(ours, 1)
            os.dup2(ours, 2)
            sys.stdout, sys.stderr = open(1, "w", encoding="utf-8", closefd=False), open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            if place:
                owner, _, name = place.rpartition(".")
                setattr(pkgutil.resolve_name(owner), name, failure)
            code = cli.run(["--map", str(map_), *words])
            sys.stdout.flush()
        finally:
            os._exit(code)
    os.close(ours)
    with os.fdopen(theirs, "rb") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), text


_SUCCEEDS = {"verwerk", "controleer", "verklaar", "berichten", "toon", "gezien", "doctor", "backup", "aandacht", "keten"}
"""What was not asked right would show nothing."""


def stored(map_: Path, originals: set[bytes]) -> Iterator[str]:
    """Every leak in what lies in the working folder. `originals`: the bytes of the messages that were brought."""
    yield from _files(map_, originals)
    yield from _database(map_)


def _files(map_: Path, originals: set[bytes]) -> Iterator[str]:
    """Names and contents of every file of ours; the originals and what was delivered unchanged are theirs."""
    for path in sorted(map_.rglob("*")):
        if MARKER in path.name:
            yield f"bestandsnaam in {path.parent.relative_to(map_)}"
        if not path.is_file() or path.name.startswith("corv.sqlite") or path.name == LOOSE:
            continue
        content = path.read_bytes()
        if holds_marker(content) and content not in originals:
            yield f"inhoud van {path.relative_to(map_)}"


def _database(map_: Path) -> Iterator[str]:
    """Every column of every table; the name of the original file has two of its own."""
    with closing(sqlite3.connect(map_ / "data/corv.sqlite")) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            cursor = db.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            hits = {name for row in cursor for name, value in zip(columns, row, strict=True) if holds_marker(str(value).encode())}
            yield from (f"{table}.{name}" for name in sorted(hits) if (table, name) not in _NAMES)


_NAMES = {("bericht", "bestandsnaam"), ("grootboek", "bestandsnaam")}
SAMPLES = sorted(path for path in BERICHTEN.glob("*/*.xml") if path.parent.name != "onleesbaar")
