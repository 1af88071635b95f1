"""Copy what changes: config/, and what lies in inboxes and outboxes now. A file that goes away meanwhile is found further on.

Looked at in the order in which a file goes: inbox, `.werk`, (the archive); `.klaar`, outbox.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from corv.backup.copying import Copied, UnreadableError, copy
from corv.backup.plan import Bevinding
from corv.durable import make_folder
from corv.errors import why
from corv.folders import Folders
from corv.ordinary import open_ordinary
from corv.outputs import AANDACHT_MAP
from corv.rechten import open_file, open_folder
from corv.roots import KLAAR, MARK, WERK, Root, roots
from corv.settings import Kanaal, Kant, Settings
from corv.watch import Entry, look, scan


class UnderWay:
    """Copies into one back-up; remembers what it copied (`files`, `inbox`) and what it could not (`bevindingen`)."""

    def __init__(self, settings: Settings, folders: Folders, to: Path) -> None:
        self._settings, self._folders, self._to = settings, folders, to
        self.files: dict[str, Copied] = {}
        self.inbox: dict[str, tuple[int, int]] = {}
        self.bevindingen: list[Bevinding] = []
        self._markers: dict[str, Path] = {}

    def copy_all(self) -> None:
        """Copy everything but what is at rest. Raises OSError when the back-up can't be written."""
        self._configuration()
        there = {root for root in roots(self._settings) if self._is_there(root)}
        for root in there:
            self._make_empty(root)
        for kanaal in self._settings.kanalen:
            if Root(kanaal, "inbox") in there:
                self._inbox(kanaal)
                self._folder(kanaal.inbox.resolve() / WERK, f"inbox/{kanaal.naam}/{WERK}")
            if Root(kanaal, "outbox") in there:
                for map_ in (KLAAR, "", *_attention(kanaal)):
                    self._folder(kanaal.outbox.resolve() / map_, f"outbox/{kanaal.naam}/{map_}".rstrip("/"))

    def remove(self, path: str) -> None:
        """Take one copied file out of the back-up again, with its done-marker."""
        for there in (self._to / path, self._markers.get(path)):
            if there is not None:
                there.unlink()
        del self.files[path]

    def _is_there(self, root: Root) -> bool:
        check = self._folders.check_inbox if root.soort == "inbox" else self._folders.check_outbox
        try:
            check(root.kanaal)
        except OSError as error:
            self._tell(str(root.path), f"deze {root.soort} is nu niet te bekijken ({why(error)})", "koppel haar aan")
            return False
        return True

    def _make_empty(self, root: Root) -> None:
        """The folders without which corv does not know an inbox or outbox again."""
        place = self._to / root.soort / root.kanaal.naam
        make_folder(place / f"{MARK}{self._folders.teken(root.kanaal.naam, root.soort)}")
        for name in (root.inner.name, *(_attention(root.kanaal) if root.soort == "outbox" else ())):
            if (root.path / name).is_dir() and not (root.path / name).is_symlink():
                make_folder(place / name)

    def _configuration(self) -> None:
        for path in sorted(self._settings.config.rglob("*")):
            if not path.is_dir():
                self._copy(partial(open_ordinary, path), path, f"config/{path.relative_to(self._settings.config).as_posix()}")

    def _inbox(self, kanaal: Kanaal) -> None:
        for entry in self._listed(kanaal):
            source, target = kanaal.inbox / entry.naam, f"inbox/{kanaal.naam}/{entry.naam}"
            copied = self._copy(partial(open_file, source), source, target) if entry.not_a_file is None else None
            if copied is None:
                continue
            if kanaal.klaarteken and not entry.must_wait:
                self._markers[target] = self._to / (target + kanaal.klaarteken)
                self._markers[target].touch(mode=0o600)
            now = look(kanaal, entry.naam)
            if now is not None and (now.grootte, now.gewijzigd_ns) != (entry.grootte, entry.gewijzigd_ns):
                self.remove(target)  # somebody still writes it: it is not ours yet, and would come back half
            else:
                self.inbox[target] = copied.inode

    def _listed(self, kanaal: Kanaal) -> list[Entry]:
        try:
            return scan(kanaal)
        except OSError as error:
            self._tell(str(kanaal.inbox), f"deze inbox is nu niet te bekijken ({why(error)})", "herstel de schijf of de rechten")
            return []

    def _folder(self, folder: Path, to: str) -> None:
        """Copy the files that lie in a folder; a link that somebody put in the place of that folder leads nowhere."""
        with ExitStack() as stack:
            try:
                handle = stack.enter_context(open_folder(folder))
                names = _files_in(handle)
            except FileNotFoundError:
                return
            except OSError as error:
                self._tell(str(folder), f"deze map is nu niet te bekijken ({why(error)})", "herstel de schijf of de rechten")
                return
            for name in names:
                self._copy(partial(open_file, Path(name), handle), folder / name, f"{to}/{name}")

    def _copy(self, opened: Callable[[], BinaryIO], source: Path, target: str) -> Copied | None:
        with suppress(FileNotFoundError):  # it went on: it is found where it went
            try:
                file = opened()
            except FileNotFoundError:
                return None
            except OSError as error:
                self._tell(str(source.parent), f"een bestand daarin is niet te lezen ({why(error)})", "geef corv leesrecht")
                return None
            with file:
                return self._copy_open(file, source, target)
        return None

    def _copy_open(self, file: BinaryIO, source: Path, target: str) -> Copied | None:
        try:
            self.files[target] = copy(file, self._to / target)
        except UnreadableError:
            self._tell(str(source.parent), "een bestand daarin is niet te lezen (schijffout)", "kijk de schijf na")
            return None
        return self.files[target]

    def _tell(self, waar: str, wat: str, doe: str) -> None:
        self.bevindingen.append(
            Bevinding(None, waar, f"{wat}; wat daar ligt, is niet in deze kopie", f"{doe}, en maak een nieuwe kopie")
        )


def _attention(kanaal: Kanaal) -> tuple[str, ...]:
    """The folder in an outbox where people look; what carries that name in another outbox is not ours."""
    return (AANDACHT_MAP,) if kanaal.kant is Kant.EIGEN else ()


def _files_in(folder: int) -> list[str]:
    with os.scandir(folder) as listing:
        return sorted(item.name for item in listing if item.is_file(follow_symlinks=False) and not item.name.startswith("."))
