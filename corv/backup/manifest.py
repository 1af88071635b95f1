"""What lies in DIR under which name, and inhoud.json: what one back-up holds, as it was when it was made."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from corv.backup.plan import Bevinding
from corv.errors import StorageError, UsageError
from corv.moments import NEDERLAND
from corv.ordinary import read_ordinary

INHOUD, DATABASE = "inhoud.json", "data/corv.sqlite"
VERSION = 1
_NAME, _UNFINISHED = re.compile(r"\d{8}-\d{6}"), re.compile(r"\.\d{8}-\d{6}\.bezig")


@dataclass(frozen=True)
class Manifest:
    """What inhoud.json says. `keten`: the hash of the last event, `begin` that of the first: by it one knows whose this is.

    `bestanden`: by path, the grootte and sha256 of each file but the originals at rest: these the database knows.
    `bevindingen`: what could not be copied.
    """

    moment: str
    begin: str | None
    keten: str | None
    berichten: int
    bestanden: Mapping[str, tuple[int, str]]
    bevindingen: tuple[Bevinding, ...]

    def as_bytes(self) -> bytes:
        """As it is written."""
        return json.dumps({"versie": VERSION, **asdict(self)}, indent=1).encode()


def read_manifest(folder: Path) -> Manifest:
    """Read inhoud.json of one back-up. Raises StorageError when it is not there or can't be understood."""
    try:
        value: dict[str, Any] = json.loads(read_ordinary(folder / INHOUD))
        if value.pop("versie") != VERSION:
            raise StorageError(f"De reservekopie {folder} is gemaakt door een nieuwere versie van corv; gebruik die.")
        files = {path: (int(size), str(digest)) for path, (size, digest) in value.pop("bestanden").items()}
        bevindingen = tuple(Bevinding(**one) for one in value.pop("bevindingen"))
        return Manifest(bestanden=files, bevindingen=bevindingen, **value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"{folder / INHOUD} is niet te begrijpen: deze kopie is beschadigd; neem een andere.") from error


def made_in(dir_: Path) -> list[Path]:
    """Every complete back-up in DIR, oldest first."""
    return sorted(path for path in dir_.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()) if dir_.is_dir() else []


def unfinished_in(dir_: Path) -> list[Path]:
    """Every back-up in DIR that was interrupted."""
    return sorted(path for path in dir_.iterdir() if _UNFINISHED.fullmatch(path.name) and path.is_dir())


def one_of(dir_: Path, moment: str | None) -> Path:
    """The back-up of that moment, the last one without. Raises UsageError when it is not there."""
    found = {path.name: path for path in made_in(dir_)}
    if not found:
        raise UsageError(f"In {dir_} staat geen reservekopie.")
    if moment is not None and moment not in found:
        last = ", ".join(list(found)[-3:])
        raise UsageError(f"In {dir_} staat geen reservekopie {moment}. De laatste zijn: {last}.")
    return found[moment or max(found)]


def free_name(now: datetime, taken: Iterable[str]) -> str:
    """The name of a back-up that is made now, in Dutch time; a second later as long as there is one of that name."""
    names, moment = set(taken), now.astimezone(NEDERLAND).replace(tzinfo=None)
    while f"{moment:%Y%m%d-%H%M%S}" in names:
        moment += timedelta(seconds=1)
    return f"{moment:%Y%m%d-%H%M%S}"
