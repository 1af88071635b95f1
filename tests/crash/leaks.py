"""A marker in every field of every message, then a search for it in everything that corv writes, says or shows of itself."""

import base64
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from lxml import etree

from conftest import BERICHTEN, Werkmap
from corv.reading import read
from crash.part import Part

NAAM = "merktekens"
MARKER = "GEHEIM7351"
FORMS = tuple(form for text in (MARKER, MARKER.swapcase()) for form in (text.encode(), base64.b64encode(text.encode())[:12]))
HEADER = {"berichtcode", "organisatie", "applicatie", "administratie", "gebruiker", "referentienummer"}
HEADER |= {"tijdstipBericht", "crossRefnummer", "functie"}
"""What is kept of a message, and shown, because one searches by it."""

WITHOUT = {
    "init": "makes a folder, and reads no message",
    "voorbeeld": "makes messages about people who don't exist; of --op it answers on purpose with what that message says",
}
"""The commands that are not asked, each with why."""

QUESTIONS: dict[str, tuple[Sequence[str], ...]] = {
    "verwerk": ((), ("--json",)),
    "controleer": (("{bestand}",), ("--json", "{bestand}")),
    "verklaar": (("{bestand}",), ("--json", "{bestand}")),
    "berichten": ((), ("--json",), ("--csv",)),
    "toon": (("{id}",), ("{id}", "--json")),
    "aandacht": ((), ("--json",)),
    "beoordelen": ((), ("--json",)),
    "beslis": (("{id}", "--afgehandeld", "--reden", "gebeld"), ("{id}", "--accepteer", "--reden", "van ons")),
    "bezorg": (("{id}", "--opnieuw", "--reden", "kwijt"),),
    "herstel": ((), ("--grondig", "--json"), ("--uitvoeren",)),
    "config": (("controleer",),),
    "herroutering": (("controleer",), ("verschil", "{map}/config/herroutering.toml")),
    "keten": (("{id}",), ("{id}", "--json")),
    "koppel": (("{id}", "{ander}", "--reden", "hoort bij elkaar"),),
    "gezondheid": ((), ("--json",)),
    "openstaand": ((), ("--json",)),
    "werkgebieden": (("toon",),),
    "lijsten": ((), ("--json",)),
    "schemas": ((), ("--json",)),
    "regels": ((), ("--json",)),
}
"""By command the ways in which it is asked; `start` runs as a process of its own."""


def run(map_: Path, samples: Sequence[Path], asked: int = 1000) -> Part:
    """Each of these messages marked, valid as far as can be and broken, through a real service; then everything searched.

    `asked`: about how many messages a command is asked that takes one.
    """
    begin, werkmap = time.monotonic(), Werkmap(map_)
    werkmap.configure('metingen = ""', f'metingen = "{map_}/corv.prom"')
    contents = [marked(path, keep_valid=keep) for path in samples for keep in (True, False)]
    contents += [content[: len(content) // 2] for content in contents]
    for number, content in enumerate(contents):
        for kanaal in ("corv", "eigen"):
            werkmap.drop(kanaal, f"{MARKER}-{number}.xml", content)
    found = [*_service(map_), *_answers(werkmap, contents[0], asked), *_files(map_, set(contents)), *_database(map_)]
    lines = tuple(f"lek: {text}  (crash.leaks, {len(samples)} voorbeelden)" for text in found)
    return Part(NAAM, {"berichten": 2 * len(contents)}, lines, time.monotonic() - begin)


def marked(path: Path, *, keep_valid: bool) -> bytes:
    """The message with the marker in every field but those of the header; also in attributes and names when it may break."""
    root = read(path.read_bytes()).root
    assert root is not None
    for element in root.iter(etree.Element):
        if len(element) or etree.QName(element).localname in HEADER:
            continue
        if etree.QName(element).localname == "inhoud":
            element.text = base64.b64encode(MARKER.encode() * 3).decode()
        elif not keep_valid or (element.text or "").count(" ") > 1:
            element.text = MARKER
        for name in element.attrib:
            if not keep_valid or "bestandsnaam" in name:
                element.set(name, MARKER)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def holds_marker(content: bytes) -> bool:
    """Whether the marker, or what it looks like in base64, stands in this."""
    return any(form in content for form in FORMS)


def _service(map_: Path) -> Iterator[str]:
    """What the service logs, and what `ps` shows of it while it works."""
    command = [sys.executable, "-m", "corv", "--map", str(map_), "start"]
    process, shown = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT), b""
    until = time.monotonic() + 60
    while time.monotonic() < until and any(map_.glob("inbox/*/*.xml")):
        for name in ("cmdline", "environ", "comm"):
            shown += Path(f"/proc/{process.pid}/{name}").read_bytes()
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    if b"bericht_verwerkt" not in said or process.returncode != 0:
        yield f"de service werkte niet (afsluitcode {process.returncode})"
    yield from (f"{where} van de service" for where, text in (("log", said), ("ps", shown)) if holds_marker(text))


def _answers(werkmap: Werkmap, content: bytes, asked: int) -> Iterator[str]:
    """What every command says, of every message that it can be asked about."""
    (werkmap.path / "los.xml").write_bytes(content)
    ids = [row["id"] for row in werkmap.rows()][: asked + 1]
    for command, ways in QUESTIONS.items():
        for way in ways:
            for id_, ander in pairwise(ids) if any("{id}" in word for word in way) else [("", "")]:
                names = {"id": id_, "ander": ander, "map": werkmap.path, "bestand": werkmap.path / "los.xml"}
                code, said = ask(werkmap.path, [command, *(word.format(**names) for word in way)])
                if command == "toon":  # the name that the sender gave to the file is shown there, and only there
                    said = said.replace(f"{MARKER}-".encode(), b"")
                if holds_marker(said) or code == 3:
                    yield f"corv {command} {' '.join(way)} over {id_} (afsluitcode {code})"


def ask(map_: Path, words: list[str]) -> tuple[int, bytes]:
    """The exit code of a command and all that it says, in a fork: a fresh start would take half a second each."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            os.close(theirs)
            os.dup2(ours, 1)
            os.dup2(ours, 2)
            from corv import cli  # noqa: PLC0415 - as the program does it, with these outputs

            sys.stdout, sys.stderr = open(1, "w", encoding="utf-8", closefd=False), open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            code = cli.run(["--map", str(map_), *words])
            sys.stdout.flush()
        finally:
            os._exit(code)
    os.close(ours)
    with os.fdopen(theirs, "rb") as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), text


def _files(map_: Path, originals: set[bytes]) -> Iterator[str]:
    """Names and contents of every file of ours; the originals and what was delivered unchanged are theirs."""
    for path in sorted(map_.rglob("*")):
        if MARKER in path.name:
            yield f"bestandsnaam in {path.parent.relative_to(map_)}"
        if not path.is_file() or path.name.startswith("corv.sqlite") or path.name == "los.xml":
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
