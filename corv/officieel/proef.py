"""Judge a zip as a whole: open it, put it together, compile it, and try it on messages of which the verdict is known.

A small zip can be made so that compiling it never ends or takes all memory. So a zip that did not pass before is judged by a
process of its own, which runs this module with a limit on both (`ijking` starts it).
"""

import json
import sys
from functools import lru_cache
from pathlib import Path

from lxml import etree

from corv.apart import OUT_OF_MEMORY, limit_self
from corv.berichten import BERICHTEN
from corv.officieel.archief import read_zip
from corv.officieel.ijkpunten import misjudged
from corv.officieel.samenstellen import Bundle, compile_bundle, compose
from corv.stuf import JZ

_NEARLY = 0.75
"""From this part of its memory on, what a process fails at may well be for want of more."""

_NOT_HANDLED = "Er zit geen enkel bericht van het koppelvlak Jeugdzorg in dat corv behandelt."


def judge(raw: bytes) -> Bundle | str:
    """What these bytes hold, once the schemas in it judge well; or a Dutch sentence that says why they can't be used."""
    bundle = _opened(raw)
    schema = bundle if isinstance(bundle, str) else compile_bundle(bundle)
    if isinstance(bundle, str) or isinstance(schema, str):
        return str(schema)
    wrong = next(filter(None, (misjudged(schema, root) for root in sorted(bundle.roots))), None)
    if wrong is not None:
        return f"Het schema {wrong}. Zo'n schema gebruikt corv niet."
    return bundle if any(root.startswith(f"{{{JZ}}}") and root in BERICHTEN for root in bundle.roots) else _NOT_HANDLED


@lru_cache(maxsize=32)  # more than one working folder ever has: each is compiled once in the life of a process
def compiled(raw: bytes) -> etree.XMLSchema:
    """The compiled schema of a zip that passed. Not for sharing between threads: the error log belongs to the schema."""
    bundle = _opened(raw)
    schema = bundle if isinstance(bundle, str) else compile_bundle(bundle)
    assert isinstance(schema, etree.XMLSchema), "a zip that can't be used is refused before anybody asks it"
    return schema


def _opened(raw: bytes) -> Bundle | str:
    files = read_zip(raw)
    return files if isinstance(files, str) else compose(files)


def main(most_memory: int, most_seconds: int) -> int:
    """Judge the zip on standard input, and write what was found as JSON; `ijking` reads it. Gives the exit code."""
    limit_self(most_memory, most_seconds)
    try:
        found = judge(sys.stdin.buffer.read())
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:
        if _most_taken() > most_memory * _NEARLY:
            return OUT_OF_MEMORY  # libxml2 has other words for it too
        raise
    if isinstance(found, str) and _most_taken() > most_memory * _NEARLY:
        return OUT_OF_MEMORY  # then what libxml2 says is wrong need not be wrong
    told = {"weigering": found} if isinstance(found, str) else {"roots": sorted(found.roots), **found.stated.as_json()}
    sys.stdout.write(json.dumps(told))
    return 0


def _most_taken() -> int:
    """Bytes of memory that this process had at most. Not `ru_maxrss`: that counts what the process had that started this one."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:  # no Linux; then the limit itself must do
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
