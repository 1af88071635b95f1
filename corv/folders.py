"""Every durable file operation on the folders of a channel: claim, stage, deliver, archive, set apart. Nothing is deleted.

<inbox>/.werk/<id>.xml          a claimed original, until it is archived
<outbox>/.klaar/<name>          written and synced, not yet delivered; the rename out of it is the delivery
data/archief/JJJJ/MM/DD/        originals of messages;  data/quarantaine/  files that could not be read, with a note

In each inbox and outbox lies an empty folder `.corv-<mark>`, whose mark the database knows. Without it the folder is not the
one that we left: a share that is not mounted, or of another installation. Then nothing is concluded from what is not there.
"""

import errno
import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from corv.durable import move_new, rename_new, sync_all, sync_file
from corv.errors import StorageError
from corv.moments import NEDERLAND
from corv.outcome import Claim, Incoming, Outcome, Output, Status
from corv.outputs import AANDACHT_MAP
from corv.settings import Kanaal, Kant, Settings

WERK, KLAAR, MARK = ".werk", ".klaar", ".corv-"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Root:
    """An inbox or outbox: `inner` is our own folder in it."""

    kanaal: Kanaal
    path: Path
    inner: str

    @property
    def is_marked(self) -> bool:
        """Whether any installation has left its mark here."""
        return any(self.path.glob(f"{MARK}*"))


def roots(settings: Settings) -> list[Root]:
    """Every inbox and outbox."""
    return [
        root for kanaal in settings.kanalen for root in (Root(kanaal, kanaal.inbox, WERK), Root(kanaal, kanaal.outbox, KLAAR))
    ]


class Folders:
    """The folders that the settings name. Methods raise OSError when a folder can't be used now."""

    def __init__(self, settings: Settings, mark: str) -> None:
        self._settings = settings
        self._mark = f"{MARK}{mark}"

    def make(self, root: Root) -> None:
        """Make an inbox or outbox with our own folder and our mark in it.

        Only for one that was never used: a folder that is gone may be a share that is not mounted.
        """
        for folder in (root.inner, self._mark):
            (root.path / folder).mkdir(parents=True, exist_ok=True)
        if root.kanaal.kant is Kant.EIGEN and root.inner == KLAAR:
            (root.path / AANDACHT_MAP).mkdir(exist_ok=True)
        for name in ("archief", "quarantaine"):
            (self._settings.data / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def check_disks(self) -> None:
        """Raise StorageError where a rename would not be one step: a folder of ours on another file system than its parent."""
        aandacht = self._settings.kanaal(Kant.EIGEN).outbox / AANDACHT_MAP
        for folder in [*(root.path / root.inner for root in roots(self._settings)), aandacht]:
            with suppress(OSError):  # a folder that is not there now is waited for
                if folder.stat().st_dev != folder.parent.stat().st_dev:
                    raise StorageError(f"{folder} moet op dezelfde schijf liggen als {folder.parent}.")

    def check_mark(self, folder: Path) -> None:
        """Raise OSError when an inbox or outbox is not the one that we left."""
        folder.stat()
        if not (folder / self._mark).is_dir():
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(folder))

    # -- inbox ---------------------------------------------------------------------------------------------------

    def check_inbox(self, kanaal: Kanaal) -> None:
        """Raise OSError when this is not the inbox that we know."""
        self.check_mark(kanaal.inbox)

    def claimed_path(self, kanaal: Kanaal, id_: UUID) -> Path:
        """Where a claimed file lies until it is archived."""
        return kanaal.inbox / WERK / f"{id_}.xml"

    def claim(self, claim: Claim, naam: str) -> None:
        """Take a file out of the inbox by renaming it. `naam` is its name on disk, bytes and all."""
        rename_new(claim.kanaal.inbox / naam, self.claimed_path(claim.kanaal, claim.id))
        self.remove_marker(claim.kanaal, naam)

    def remove_marker(self, kanaal: Kanaal, naam: str) -> None:
        """Remove the done-marker of a claimed file: an empty sign, which would make the next file of this name look done."""
        if kanaal.klaarteken:
            with suppress(FileNotFoundError):
                (kanaal.inbox / (naam + kanaal.klaarteken)).unlink()

    def claimed(self, kanaal: Kanaal) -> list[UUID]:
        """The ids of the files that were claimed and not yet archived, in no order."""
        self.check_inbox(kanaal)
        found = []
        for path in (kanaal.inbox / WERK).iterdir():
            with suppress(ValueError):
                found.append(UUID(path.stem))
        return found

    def read(self, kanaal: Kanaal, id_: UUID) -> bytes | None:
        """A claimed file, or None when it is over the size limit; then it is not opened at all."""
        path = self.claimed_path(kanaal, id_)
        if path.lstat().st_size > self._settings.verwerking.grootste_bestand:
            return None
        return path.read_bytes()

    # -- outbox --------------------------------------------------------------------------------------------------

    def stage(self, outcome: Outcome) -> list[Path]:
        """Write all files of one outcome to `.klaar/`, not yet synced; writing again gives the same files."""
        written = []
        for output in outcome.outputs:
            path = self.staged_path(output)
            self.check_mark(path.parent.parent)
            if output.inhoud is None:
                self._copy_original(outcome.incoming, path)
            else:
                path.write_bytes(output.inhoud)
            written.append(path)
        return written

    def sync(self, staged: Iterable[Path], batch: Sequence[Incoming]) -> None:
        """Make the staged files and the claimed originals survive a power cut: a Bv03 promises that."""
        originals = [self.claimed_path(incoming.kanaal, incoming.id) for incoming in batch]
        files = [*staged, *originals]
        sync_all([*files, *{path.parent for path in files}])

    def _copy_original(self, incoming: Incoming, target: Path) -> None:
        if incoming.raw is not None:
            target.write_bytes(incoming.raw)
            return
        # Over the size limit: copied in pieces and never held in memory; holes in the file stay holes.
        with self.claimed_path(incoming.kanaal, incoming.id).open("rb") as original, target.open("wb") as copy:
            while piece := original.read(_PIECE):
                if piece.count(0) == len(piece):
                    copy.seek(len(piece), os.SEEK_CUR)
                else:
                    copy.write(piece)
            copy.truncate(original.tell())

    def staged_path(self, output: Output) -> Path:
        """Where an output waits for delivery."""
        return self._settings.named(output.kanaal).outbox / KLAAR / output.bestandsnaam

    def deliver(self, output: Output) -> None:
        """Rename a staged file into the outbox, never over another. A staged file that has gone was delivered before.

        Raises OSError when the outbox is not the one that we know: then nothing may be concluded from an absent file.
        """
        staged = self.staged_path(output)
        self.check_mark(staged.parent.parent)
        if not staged.exists():
            return
        target = self.target(output)
        target.parent.mkdir(exist_ok=True)
        rename_new(staged, target)

    def target(self, output: Output) -> Path:
        """Where an output is delivered."""
        return self._settings.named(output.kanaal).outbox / output.map / output.bestandsnaam

    def staged(self, kanaal: Kanaal) -> list[Path]:
        """Everything that lies in `.klaar/` of this channel."""
        self.check_mark(kanaal.outbox)
        return list((kanaal.outbox / KLAAR).iterdir())

    # -- archive -------------------------------------------------------------------------------------------------

    def resting_place(self, incoming_id: UUID, ontvangen_op: datetime, status: Status) -> Path:
        """Where the original of a message lies for good, from the working folder."""
        if status is Status.ONLEESBAAR:
            return Path("data/quarantaine", f"{incoming_id}.xml")
        local = ontvangen_op.astimezone(NEDERLAND)
        return Path("data/archief", f"{local:%Y}", f"{local:%m}", f"{local:%d}", f"{incoming_id}.xml")

    def put_to_rest(self, kanaal: Kanaal, id_: UUID, place: Path, explanation: str | None) -> None:
        """Move a claimed original to its resting place, with a note beside it where it was set apart.

        Doing it again after a stop half way is harmless; a file already there is never replaced.
        """
        source, target = self.claimed_path(kanaal, id_), self._settings.map / place
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if explanation is not None:
            target.with_suffix(".txt").write_text(explanation, encoding="utf-8")
            sync_file(target.with_suffix(".txt"))
        try:
            move_new(source, target)
        except FileExistsError:
            # A stop between copy and removal, on another file system: the same bytes are there already.
            if not _same_content(source, target):
                raise
            source.unlink()
        sync_file(target.parent)


def _same_content(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        return hashlib.file_digest(first, "sha256").digest() == hashlib.file_digest(second, "sha256").digest()
