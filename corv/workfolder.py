"""A working folder: make it, lock it, open it. Also the only place that makes folders in an inbox or outbox."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from corv import config
from corv.database import open_for_writing
from corv.durable import told_of, write_new
from corv.errors import BusyError, ConfigError, StorageError
from corv.folders import Folders
from corv.moments import shown
from corv.rechten import FILE, FOLDER, write
from corv.roots import LOST_DATABASE, open_roots, roots
from corv.settings import Settings


def make_config(
    map_: Path, *, oins: Sequence[str] = (), naam: str | None = None, werkgebied: str | None = None, groep: str | None = None
) -> list[str]:
    """Make the configuration files that are not there yet; gives their names. Existing files are never touched.

    Raises ConfigError when a given value, or a file that was there already, is wrong; then nothing new is left behind.
    """
    made = [name for name in config.FILES if not (map_ / "config" / name).exists()]
    values = {"oins": list(oins) or None, "naam": naam, "werkgebied": werkgebied, "groep": groep}
    (map_ / "config").mkdir(mode=FOLDER, parents=True, exist_ok=True)
    for name in made:
        text = config.default_text(name)
        write_new(map_ / "config" / name, _fill_in(text, values) if name == "corv.toml" else text)
    try:
        config.load(map_, is_finished=False)
    except ConfigError:
        for name in made:
            (map_ / "config" / name).unlink()
        raise
    return [f"config/{name}" for name in made]


@contextmanager
def only_one(settings: Settings, now: datetime) -> Iterator[None]:
    """Hold the working folder for this process. Raises BusyError, with who holds it, when another corv works there."""
    settings.data.mkdir(mode=FOLDER, exist_ok=True)
    lock, holder = FileLock(settings.data / "corv.slot", mode=FILE), settings.data / "corv.bezig"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = ""
        with suppress(OSError):
            who = f" ({holder.read_text(encoding='utf-8').strip()})"
        raise BusyError(
            f"Op de map {settings.map} werkt al een andere corv{who}. Stop de service eerst, of laat haar het werk doen."
        ) from error
    try:
        with told_of(holder):
            write(holder, f"proces {os.getpid()}, begonnen op {shown(now.isoformat())}".encode())
        yield
    finally:
        with suppress(OSError):  # only a note: a disk that refuses may not hide what went on, nor keep the lock held
            holder.unlink()
        lock.release()


def wake(settings: Settings) -> None:
    """Give a running service a sign that there is work; it watches the folder of `Settings.signals`."""
    with suppress(OSError):  # without the sign it finds the work by its clock
        settings.signals.mkdir(mode=FOLDER, exist_ok=True)
        (settings.signals / "wek").write_text("wek", encoding="utf-8")  # written, because a mere touch wakes no watcher


def open_workfolder(settings: Settings, now: datetime, *, renew: bool = False) -> tuple[Database, Folders, list[Path]]:
    """The database and the folders of a working folder, and which inboxes and outboxes were made. Under `only_one`.

    An inbox or outbox that was never used is made; one that is gone only with `renew`. Raises StorageError when the folders
    were in use and the database is gone: starting anew would lose what is under way.
    """
    if not settings.database.exists() and any(root.marks() for root in roots(settings)):
        raise StorageError(LOST_DATABASE.format(database=settings.database))
    with ExitStack() as undo:
        db = undo.enter_context(closing(open_for_writing(settings.database)))
        folders, made = open_folders(settings, db, now, renew=renew)
        undo.pop_all()
    return db, folders, made


def open_folders(settings: Settings, db: Database, now: datetime, *, renew: bool = False) -> tuple[Folders, list[Path]]:
    """The folders that the settings name, and which were made; raises as `open_workfolder`. Under `only_one`."""
    tekens, made = open_roots(settings, db, now, renew=renew)
    folders = Folders(settings, tekens)
    folders.make_own()
    folders.check_disks()
    return folders, made


def _fill_in(text: str, values: dict[str, list[str] | str | None]) -> str:
    """The default configuration with our own values in place of the empty ones. A JSON string or list is also TOML."""
    lines = text.splitlines(keepends=True)
    for key, value in values.items():
        if value is not None:
            for at in [number for number, line in enumerate(lines) if line.startswith(f"{key} = ")]:
                lines[at] = f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
    return "".join(lines)
