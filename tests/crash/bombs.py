"""Files that are small and cost much, and the largest that are taken: what one of these costs a service that is warm."""

import gzip
import os
import resource
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from conftest import Werkmap, message
from corv import cli
from corv.parsing import MAX_DEPTH, MAX_TAGS
from crash.judged import MOST_KB, MOST_SECONDS
from crash.part import Part

NAAM = "bommen"
GOOD = "vtMeldingDi01/minimaal.xml"


def with_dtd(dtd: str, text: str = "&x;") -> bytes:
    """A good melding with a DTD, and its entity in a text."""
    content = message(GOOD).replace(b"vtm-2026-0001-minimaal", text.encode())
    return content.replace(b"?>", b"?>" + dtd.encode(), 1)


def with_root(attributes: str, inside: str = "") -> bytes:
    """A good melding with these attributes on its root, and this at its end."""
    content = message(GOOD).replace(b"<JZ:vtMeldingDi01", f"<JZ:vtMeldingDi01 {attributes}".encode(), 1)
    end = content.rindex(b"</")
    return content[:end] + inside.encode() + content[end:]


def _lol() -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return with_dtd(f'<!DOCTYPE a [<!ENTITY e0 "lol">{lines}<!ENTITY x "&e11;">]>')


def _persons() -> bytes:
    content = message(GOOD)
    begin, end = content.index(b"<JZ:heeftBetrokken"), content.index(b"</JZ:heeftBetrokken>") + len(b"</JZ:heeftBetrokken>")
    person = content[begin:end].replace(b"jeugdige", b"onzin")
    return content[:begin] + person * ((MAX_TAGS - 100) // person.count(b"<")) + content[end:]


BOMBS: dict[str, Callable[[], bytes]] = {
    "billion laughs": _lol,
    "quadratic": lambda: with_dtd(f'<!DOCTYPE a [<!ENTITY x "{"a" * 100_000}">]>', "&x;" * 10_000),
    "attributes": lambda: with_root(" ".join(f'a{number}=""' for number in range(200_000))),
    "colliding attributes": lambda: with_root(
        " ".join(f'a{number:017b}=""'.replace("0", "Aa").replace("1", "BB") for number in range(9999))
    ),
    "namespaces": lambda: with_root(" ".join(f'xmlns:n{number}="urn:{number}"' for number in range(20_000))),
    "comments": lambda: with_root("", "<!---->" * 400_000),
    "instructions": lambda: with_root("", "<?a?>" * 400_000),
    "elements": lambda: with_root("", "<a/>" * 490_000),
    "elements that may be": lambda: with_root("", "<a/>" * (MAX_TAGS - 200)),
    "wrong persons": _persons,
    "depth that may be": lambda: with_root("", f"{'<a>' * (MAX_DEPTH - 2)}{'<b/>' * (MAX_TAGS - 500)}{'</a>' * (MAX_DEPTH - 2)}"),
    "depth": lambda: with_root("", "<a>" * 100_000 + "</a>" * 100_000),
    "one text": lambda: with_root("", f"<a>{'x' * 20_000_000}</a>"),
    "one name": lambda: with_root("", f"<{'x' * 5_000_000}/>"),
    "one attribute": lambda: with_root(f'a="{"x" * 20_000_000}"'),
    "the largest real one": lambda: with_root("", f"<a>{'x' * 35_000_000}</a>"),
    "gzip": lambda: gzip.compress(b"\x00" * 50_000_000),
    "one wide text": lambda: with_root("", f"<a>\U0001f600{'>' * 60_000_000}</a>"),
    "one wide section": lambda: with_root("", f"<a><![CDATA[\U0001f600{'x' * 60_000_000}]]></a>"),
    "half as large again, in lines": lambda: with_root("", "<a>" + f"{'x' * 76}\r\n" * 640_000 + "</a>"),
    "one long namespace": lambda: with_root(f'xmlns:p="{"x" * 1_000_000}"', "<p:b/>" * 20_000),
    "references": lambda: with_root("", f"<a>{'&#120;' * 2_000_000}</a>"),
}


def run(map_: Path) -> Part:
    """Each of these alone through a pass of a process that is warm; CPU and memory are counted by the kernel.

    `map_`: a folder for working folders, one a bomb.
    """
    begin, found, most_s, most_kb = time.monotonic(), list[str](), 0.0, 0
    warm = _folder(map_ / "warm", lambda: message(GOOD))
    _pass(warm.path)
    for name, make in BOMBS.items():
        werkmap = _folder(map_ / name, make)
        code, used = _in_fork(lambda here=werkmap.path: _pass(here))  # type: ignore[misc]
        seconds = used.ru_utime + used.ru_stime
        most_s, most_kb = max(most_s, seconds), max(most_kb, used.ru_maxrss)
        found += (f"bom {name!r}: {text}" for text in _wrong(werkmap, code, seconds, used.ru_maxrss))
        shutil.rmtree(werkmap.path)
    done = {"bommen": len(BOMBS), "ms processortijd hoogstens": round(most_s * 1000), "MB geheugen hoogstens": most_kb // 1024}
    return Part(NAAM, done, tuple(found), time.monotonic() - begin)


def _folder(path: Path, make: Callable[[], bytes]) -> Werkmap:
    """A folder with one message. That is made in a fork: what it took is no part of what reading it takes."""
    werkmap = Werkmap(path)

    def drop() -> None:
        werkmap.drop("corv", "bom.xml", make())

    _in_fork(drop)
    return werkmap


def _wrong(werkmap: Werkmap, code: int, seconds: float, kb: int) -> Iterator[str]:
    if code != 0:
        yield f"het proces eindigde met {code}"
    if seconds > MOST_SECONDS:
        yield f"duurde {seconds:.1f} s"
    if kb > MOST_KB:
        yield f"geheugen {kb // 1024} MB"
    statuses = [row["status"] for row in werkmap.rows()]
    if len(statuses) != 1 or "ontvangen" in statuses:
        yield f"statussen {statuses}"
    elif "eigen-fout" in {finding["code"] for finding in werkmap.whole(werkmap.rows()[0]["id"])["bevindingen"]}:
        yield "fout in corv zelf"


def _pass(map_: Path) -> None:
    """As `corv verwerk`; raises when it fails. What it says goes nowhere."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        try:
            if (code := cli.run(["--map", str(map_), "verwerk", "--json"])) not in {0, 1}:
                raise RuntimeError(f"verwerk gaf {code}")
        finally:
            sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


def _in_fork(work: Callable[[], None]) -> tuple[int, resource.struct_rusage]:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except Exception:  # noqa: BLE001 - in a fork nothing may go up
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used
