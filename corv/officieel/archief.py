"""A zip as bytes to its documents, or why it is not to be trusted. Pure: nothing is ever unpacked to a disk.

What the zip says of its own sizes is not believed: every entry is read, and counted while it is read.
"""

import io
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping

_MIB = 1024 * 1024

MAX_ZIP = 16 * _MIB
"""Bytes of the zip itself. The largest that VNG published is 0.2 MiB."""

MAX_ENTRIES = 1000
"""The largest that VNG published has 81, folders included."""

MAX_ENTRY, MAX_TOTAL = 8 * _MIB, 32 * _MIB
"""Bytes that one entry may unpack to, and all of them together. The largest that VNG published has 0.2 MiB and 1.7 MiB."""

MAX_RATIO = 100
"""Times that an entry may grow when it is unpacked. Schemas grow up to 25 times; a zip bomb a thousand times."""

TOO_LARGE = f"Het bestand is groter dan {MAX_ZIP // _MIB} MiB; zo groot is een zip met schema's niet."

_NO_ZIP = "Dit is geen zip, of hij is niet compleet. Haal hem opnieuw op bij wie hem publiceert."
_DAMAGED = "De zip is beschadigd of niet compleet. Haal hem opnieuw op."

_LONGEST_PATH = 500
"""The longest that VNG published has 74 characters."""

_LONGEST_QUOTE = 300
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_UNIX_MODE_SHIFT = 16
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(ValueError, IndexError, OverflowError),  # what zipfile makes of lengths and offsets that make no sense
)


class _Refusal(Exception):  # noqa: N818 - no failure of ours: it carries the reason to `read_zip`
    """Why a zip is refused, as a Dutch sentence."""


def read_zip(raw: bytes) -> Mapping[str, bytes] | str:
    """The XSDs in a zip by their path, with `/` between its parts; or a Dutch sentence that says why it is refused."""
    if len(raw) > MAX_ZIP:
        return TOO_LARGE
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            documents = _documents(archive)
    except _Refusal as refusal:
        return str(refusal)
    except zipfile.BadZipFile as error:
        return _NO_ZIP if "File is not a zip file" in str(error) else _DAMAGED
    except NotImplementedError:  # what zipfile says of a compression that it does not have
        return "De zip is ingepakt op een manier die corv niet kent. Pak hem opnieuw in als gewone zip."
    except _BROKEN:
        return _DAMAGED
    return documents or "Er zit geen enkel schema (.xsd) in de zip."


def quoted(text: str) -> str:
    """What a zip itself says, for in a sentence: as long as one reads, and nothing that could disturb a screen."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: 2 * _LONGEST_QUOTE]).split())
    return plain if len(plain) <= _LONGEST_QUOTE else f"{plain[:_LONGEST_QUOTE]}..."


def _documents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _Refusal(f"Er zitten meer dan {MAX_ENTRIES} bestanden in de zip.")
    documents: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for entry in entries:
        path = _path(entry)
        if path in seen:
            raise _Refusal(f"In de zip staat {path} twee keer.")
        seen.add(path)
        content = _content(archive, entry, path, MAX_TOTAL - total)
        total += len(content)
        if path.lower().endswith(".xsd") and not entry.is_dir():
            documents[path] = content
    return documents


def _path(entry: zipfile.ZipInfo) -> str:
    """The path of an entry, once it is one that stays inside the zip. Programs on Windows may write `\\` in it."""
    name = entry.orig_filename
    if not name.isprintable():
        raise _Refusal("Een naam in de zip bevat tekens die daar niet horen.")
    if len(name) > _LONGEST_PATH:
        raise _Refusal(f"Een naam in de zip is langer dan {_LONGEST_PATH} tekens.")
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        raise _Refusal(f"De zip wijst naar een plaats buiten zichzelf: {name}.")
    if entry.flag_bits & _ENCRYPTED:
        raise _Refusal(f"In de zip is {path} versleuteld. Schema's van VNG zijn dat niet.")
    kind = stat.S_IFMT(entry.external_attr >> _UNIX_MODE_SHIFT)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _Refusal(f"In de zip is {path} geen gewoon bestand maar een koppeling of iets anders.")
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, room: int) -> bytes:
    """What an entry unpacks to; reading it to its end also checks its CRC."""
    limit = min(MAX_ENTRY, room, MAX_RATIO * max(entry.compress_size, 1))
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise _Refusal(f"In de zip pakt {path} uit tot meer dan een schema ooit is. Dit kan een zipbom zijn.")
            parts.append(chunk)
    return b"".join(parts)
