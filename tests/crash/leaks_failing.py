"""As `leaks`, while things fail: a disk, our own code, the process itself, a command, and an own rule that hangs."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from meldingen import melding

from conftest import Werkmap
from corv import cli
from crash.leaks import MARKER, SAMPLES, ask, holds_marker, listed, marked, stored, warm_up
from crash.part import Part

NAAM = "merktekens bij storing"
_RULE = """
[[regel]]
id = "eigen-traag"
berichten = ["vtMeldingDi01"]
test = "not(//*[local-name() = 'locatieIncident'] = '' or ({slow}))"
tekst = "Deze regel hangt."
niveau = "waarschuwing"
vanaf = 2026-01-01
goed = "voorbeelden/goed.xml"
fout = "voorbeelden/fout.xml"
"""
_SLOW = "count(//*[local-name() = 'heeftBetrokken']) > 9 and count(//*[count(//*[count(//*) > 0]) > 0]) > 0"
_JEUGDIGE = {"rol": "jeugdige"}


def _raise(error: Exception) -> Callable[..., Any]:
    def fail(*_args: object, **_named: object) -> None:
        secret = MARKER  # in a local variable too, which a too talkative traceback shows
        raise error from ValueError(secret)

    return fail


def _die(*_args: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


_OWN, _DISK = ValueError(MARKER), OSError(errno.EIO, os.strerror(errno.EIO), f"/srv/corv/inbox/corv/{MARKER}-0.xml")

CASES: dict[str, tuple[str, Callable[..., Any]]] = {
    "een fout in een regel": ("corv.judging.breaks_rules", _raise(_OWN)),
    "een fout in het besluit": ("corv.judging.decide", _raise(_OWN)),
    "een fout in de antwoorden": ("corv.judging.make_outputs", _raise(_OWN)),
    "een fout bij het lezen": ("corv.judging.read", _raise(_OWN)),
    "een fout bij het vastleggen": ("corv.store.Store.commit", _raise(_OWN)),
    "de schijf weigert een bestand op te pakken": ("corv.folders.Folders.claim", _raise(_DISK)),
    "de schijf weigert een bestand te lezen": ("corv.folders.Folders.read", _raise(_DISK)),
    "de schijf weigert een antwoord": ("corv.folders.Folders.stage", _raise(OSError(errno.EIO, os.strerror(errno.EIO)))),
    "de schijf weigert te bezorgen": ("corv.folders.Folders.deliver", _raise(_DISK)),
    "de schijf weigert te archiveren": ("corv.folders.Folders.put_to_rest", _raise(_DISK)),
    "het proces sterft drie keer": ("corv.judging.read", _die),
}
"""What fails, where, and how; the text of each failure holds the marker, as that of a real one may quote a message."""


def run(map_: Path, cases: Iterable[str] = tuple(CASES)) -> Part:
    """Each of these once, with messages that are marked; then crashes of every command, and a rule that hangs.

    `map_`: an empty folder.
    """
    begin, found, cases = time.monotonic(), list[str](), tuple(cases)
    warm_up()
    Werkmap(map_ / "warm").run_with("corv", melding([_JEUGDIGE]))
    for name in cases:
        found += (f"lek: {name}: {text}" for text in _one(map_ / "werk", name))
        shutil.rmtree(map_ / "werk")
    found += (f"lek: Onverwachte fout: {text}" for text in _crashes(map_))
    found += (f"lek: eigen regel die hangt: {text}" for text in _hangs(map_ / "traag"))
    return Part(NAAM, {"storingen": len(cases) + len(cli.COMMANDS) + 1}, tuple(found), time.monotonic() - begin)


def _one(map_: Path, name: str) -> Iterator[str]:
    """It fails in one pass (or three), and then all is well again."""
    werkmap, (place, failure) = Werkmap(map_), CASES[name]
    samples = [path for path in SAMPLES if path.parent.name in {"vtMeldingDi01", "vtoDi01"} and path.stem == "volledig"]
    contents = [marked(path, keep_valid=keep) for path in samples for keep in (True, False)]
    contents.append(melding([_JEUGDIGE], locatie=MARKER))  # valid, so that it comes as far as the rules
    for number, content in enumerate(contents):
        werkmap.drop("eigen" if b":vtoDi01" in content else "corv", f"{MARKER}-{number}.xml", content)
    times = 3 if failure is _die else 1
    said = b"".join(ask(map_, ["verwerk"], place, failure)[1] for _ in range(times))
    for words in (["gezondheid"], ["verwerk"], ["aandacht"]):
        said += ask(map_, words)[1]
    statuses = {row["status"] for row in werkmap.rows()}
    if holds_marker(said):
        yield "op het scherm of in het log"
    if len(werkmap.rows()) != len(contents) or "ontvangen" in statuses or (failure is _die and "onleesbaar" not in statuses):
        yield f"niet alles is verwerkt: {statuses}"
    yield from stored(map_, set(contents))


def _crashes(map_: Path) -> Iterator[str]:
    """Every command fails in a way that nobody foresaw; what it says of that is meant to be sent to us."""
    for command, module in cli.COMMANDS.items():
        code, said = ask(map_, [command], f"{module}.{command}.make_context", _raise(_OWN))
        if code != cli.OWN_FAILURE or b"Onverwachte fout" not in said or holds_marker(said):
            yield f"corv {command} (afsluitcode {code})"


def _hangs(map_: Path) -> Iterator[str]:
    """What is seen of the process that an own rule hangs in, and what is said of it."""
    werkmap = Werkmap(map_)
    (map_ / "config/voorbeelden").mkdir()
    for name, locatie in (("goed", "Op straat"), ("fout", None)):
        (map_ / f"config/voorbeelden/{name}.xml").write_bytes(melding([_JEUGDIGE], locatie=locatie))
    (map_ / "config/regels-eigen.toml").write_text(_RULE.format(slow=_SLOW), encoding="utf-8")
    content = melding([_JEUGDIGE] * 400, locatie=MARKER)
    werkmap.drop("corv", f"{MARKER}.xml", content)
    shown, workers = b"", 0
    command = [sys.executable, "-m", "corv", "--map", str(map_), "verwerk"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        while process.poll() is None:
            seen = listed(process.pid)
            workers += b"eigenregels.werker" in seen
            shown += seen
            time.sleep(0.05)
        assert process.stdout is not None
        said = process.stdout.read()
    codes = [finding["code"] for row in werkmap.rows() for finding in werkmap.whole(row["id"])["bevindingen"]]
    if not workers or "regel-niet-uitgevoerd" not in codes:
        yield f"de regel hing niet: {workers} keer gezien, bevindingen {codes}, {said.decode()[:500]}"
    yield from (where for where, text in (("log", said), ("ps", shown)) if holds_marker(text))
    yield from stored(map_, {content})
