"""What the folders and the disk tell: what waits in an inbox, who works here, what is free, what config/ says."""

import os
import re
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from corv import config, waiting
from corv.backup import noted
from corv.errors import ConfigError, StorageError, why
from corv.health.backups import BackupFacts
from corv.health.inbox import InboxFacts, Kind, ScanFacts
from corv.health.lists import ListFacts
from corv.health.machine import ConfigFacts, DatabaseFacts, DiskFacts, ServiceFacts, WaitFacts
from corv.health.values import Backlog
from corv.health_facts.source import Source
from corv.roots import Root, check, roots, shown
from corv.settings import Kanaal, Settings
from corv.watch import Entry, each, is_being_written

_NS = 1_000_000_000


def objection(source: Source, root: Root) -> str | None:
    """Why this inbox or outbox can't be used now, in Dutch; None when it can.

    What may be written is said only to the user that corv works as: it is another for everybody else.
    """
    teken = source.marks()[root]
    if teken is None:
        return "zij is nog niet door corv in gebruik genomen, of hoort bij een andere administratie"
    try:
        check(root, teken)
        with os.scandir(root.path), os.scandir(root.inner):
            pass
        asks_corv = _is_asked_by_corv(source.settings)
        return next((why_not for path in (root.path, root.inner) if (why_not := _unwritable(path, asks_corv=asks_corv))), None)
    except OSError as error:
        return why(error)


def _unwritable(path: Path, *, asks_corv: bool) -> str | None:
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return "de schijf is alleen-lezen"
    if asks_corv and not os.access(path, os.W_OK | os.X_OK):
        return f"corv mag niet schrijven in {path.name}"
    return None


def _is_asked_by_corv(settings: Settings) -> bool:
    """Whether who asks is the user of data/, so that what he may do is what corv may do."""
    return settings.data.stat().st_uid == os.geteuid()


def waits(source: Source) -> WaitFacts:
    """What the last passes could not do."""
    return waiting.read(source.settings.data)


def backups(source: Source) -> BackupFacts | None:
    """How the last back-up went; None when none was ever made."""
    return noted.read(source.settings.data)


def scans(source: Source) -> list[ScanFacts]:
    """When each inbox was last listed."""
    found, last = [], source.last_pass()
    try:
        silent = waits(source).zonder_seintje
    except (StorageError, OSError):  # told of at `wacht`
        silent = {}
    for kanaal in source.settings.kanalen:
        root, seen = Root(kanaal, "inbox"), source.stand(f"scan:{kanaal.naam}")
        op, unheard = seen.op if seen else None, silent.get(str(kanaal.inbox))
        found.append(ScanFacts(kanaal.naam, shown(root, source.settings), objection(source, root), op, last, unheard))
    return found


def inboxes(source: Source) -> list[InboxFacts]:
    """What waits in each inbox, by what can be seen of it."""
    settings = source.settings
    return [
        InboxFacts(
            facts,
            pad=str(kanaal.inbox),
            wachtend=_waiting(kanaal, source.now) if facts.bezwaar is None else {},
            net_s=kanaal.stil_s + settings.verwerking.herscan_s,
            klaarteken=kanaal.klaarteken,
            heeft_oins=bool(settings.organisatie.oins),
        )
        for kanaal, facts in zip(settings.kanalen, scans(source), strict=True)
    ]


def _waiting(kanaal: Kanaal, now: datetime) -> dict[Kind, Backlog]:
    number, oldest, now_ns = Counter[Kind](), dict[Kind, int](), int(now.timestamp() * _NS)
    for entry in each(kanaal):
        if (kind := _kind(entry)) is not None:
            since = entry.hier_sinds_ns or now_ns
            number[kind], oldest[kind] = number[kind] + 1, min(since, oldest.get(kind, since))
    return {kind: Backlog(number[kind], datetime.fromtimestamp(since / _NS, UTC)) for kind, since in oldest.items()}


def _kind(entry: Entry) -> Kind | None:
    """What waits there; None when it is nothing that anyone waits for."""
    if entry.ignored is not None:
        return Kind.IN_WORDING if is_being_written(entry) else None
    if entry.not_a_file is not None:
        return Kind.GEEN_BESTAND
    if not entry.can_be_looked_at:
        return Kind.NIET_TE_BEKIJKEN
    return Kind.GEEN_KLAARTEKEN if entry.must_wait else Kind.BESTAND


def service(source: Source) -> ServiceFacts:
    """Who works here, and when the last pass ended."""
    last, found = source.last_pass(), holder(source.settings.data)
    return ServiceFacts(last, *found) if found else ServiceFacts(last)


def holder(data: Path) -> tuple[int, datetime, bool] | None:
    """The process that says that it works here, since when, and whether it is there; None when none says so."""
    file = data / "corv.bezig"
    try:
        text, since = file.read_text(encoding="utf-8"), datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
    found = re.search(r"proces (\d+)", text)
    if found is None:  # just made, and not filled yet
        return None
    process = int(found.group(1))
    return process, since, _is_there(process)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def disks(source: Source) -> list[DiskFacts]:
    """Every file system on which we write, once. A folder that is not there is told of elsewhere."""
    settings = source.settings
    folders = [("data", settings.data), *((shown(root, settings), root.path) for root in roots(settings))]
    names: dict[int, list[str]] = {}
    where: dict[int, Path] = {}
    for name, path in folders:
        with suppress(OSError):
            device = path.stat().st_dev
            names.setdefault(device, []).append(name)
            where.setdefault(device, path)
    found = []
    for device, path in where.items():
        info = os.statvfs(path)
        # Of the inboxes and outboxes their own lines tell what may be written there.
        bezwaar = _unwritable(path, asks_corv=path == settings.data and _is_asked_by_corv(settings))
        inodes = info.f_favail if info.f_files else None
        found.append(DiskFacts(names[device], info.f_bavail * info.f_frsize, inodes, bezwaar))
    return found


def database(source: Source) -> DatabaseFacts:
    """Whether the database can be read."""
    try:
        source.rows("SELECT 1 FROM stand LIMIT 1")
    except StorageError as error:
        return DatabaseFacts(str(error))
    return DatabaseFacts()


def configuration(source: Source) -> ConfigFacts:
    """What config/ says now, beside what is at work."""
    settings, fouten, row = source.settings, tuple[str, ...](), source.stand("configuratie")
    try:
        config.load(settings.map)
    except ConfigError as error:
        fouten = error.problems
    files = [settings.map / "config" / name for name in config.FILES]
    changed = max((file.stat().st_ctime for file in files if file.exists()), default=None)
    loaded = row.gegevens if row else {}
    refused = loaded.get("geweigerd_op")
    return ConfigFacts(
        fouten=fouten,
        heeft_oins=bool(settings.organisatie.oins),
        geladen_op=row.op if row else None,
        geladen_hash=loaded.get("hash", ""),
        geweigerd_op=datetime.fromisoformat(refused) if refused else None,
        geweigerd_om=tuple(loaded.get("fouten", ())),
        schijf_hash=config.fingerprint(settings.map),
        schijf_op=datetime.fromtimestamp(changed, UTC) if changed else None,
        ronde=source.last_pass(),
    )


def lists(source: Source) -> ListFacts:
    """Of which month the newest list of institutions is."""
    maanden = source.settings.lijsten.maanden
    return ListFacts(maanden[-1].maand if maanden else None)
