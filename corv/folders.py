"""Every durable file operation on the folders of a channel: claim, stage, deliver, archive, set apart. Nothing is deleted.

<inbox>/.werk/<id>.xml          a claimed original, until it is archived
<outbox>/.klaar/<name>          written and synced, not yet delivered; the rename out of it is the delivery
data/archief/JJJJ/MM/DD/        originals of messages;  data/quarantaine/  files that could not be read, with a note
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from corv.durable import move_new, rename_new, sync_all, sync_file
from corv.errors import StorageError
from corv.moments import NEDERLAND
from corv.outcome import Claim, Incoming, Outcome, Output, Status
from corv.outputs import AANDACHT_MAP
from corv.settings import Kanaal, Kant, Settings

WERK, KLAAR = ".werk", ".klaar"


class Folders:
    """The folders that the settings name. Methods raise OSError when a folder can't be used now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def create(self) -> None:
        """Make every folder of a new working folder. Not for later: a folder that is gone then may be an unmounted share."""
        for kanaal in self._settings.kanalen:
            (kanaal.inbox / WERK).mkdir(parents=True, exist_ok=True)
            (kanaal.outbox / KLAAR).mkdir(parents=True, exist_ok=True)
        (self._settings.kanaal(Kant.EIGEN).outbox / AANDACHT_MAP).mkdir(exist_ok=True)
        for name in ("archief", "quarantaine"):
            (self._settings.data / name).mkdir(parents=True, exist_ok=True)

    # -- inbox ---------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raise StorageError where a rename would not be one step: `.werk/` or `.klaar/` on another file system."""
        for kanaal in self._settings.kanalen:
            for folder, inner in ((kanaal.inbox, WERK), (kanaal.outbox, KLAAR)):
                with suppress(FileNotFoundError):
                    if folder.stat().st_dev != (folder / inner).stat().st_dev:
                        raise StorageError(f"{folder / inner} moet op dezelfde schijf liggen als {folder}.")

    def check_inbox(self, kanaal: Kanaal) -> None:
        """Raise OSError when an inbox looks unmounted: our own folder in it is gone."""
        (kanaal.inbox / WERK).stat()

    def claimed_path(self, kanaal: Kanaal, id_: UUID) -> Path:
        """Where a claimed file lies until it is archived."""
        return kanaal.inbox / WERK / f"{id_}.xml"

    def claim(self, claim: Claim, naam: str) -> None:
        """Take a file out of the inbox by renaming it. `naam` is its name on disk, bytes and all."""
        rename_new(claim.kanaal.inbox / naam, self.claimed_path(claim.kanaal, claim.id))
        if claim.kanaal.klaarteken:
            # An empty sign, no message: left behind it would make the next file of this name look complete.
            with suppress(FileNotFoundError):
                (claim.kanaal.inbox / (naam + claim.kanaal.klaarteken)).unlink()

    def claimed(self, kanaal: Kanaal) -> list[UUID]:
        """The ids of the files that were claimed and not yet archived, in no order."""
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
        # Over the size limit: never read. A second name for the same file costs nothing; elsewhere a copy in pieces.
        target.unlink(missing_ok=True)
        source = self.claimed_path(incoming.kanaal, incoming.id)
        try:
            os.link(source, target)
        except OSError:
            with source.open("rb") as original, target.open("wb") as copy:
                while piece := original.read(1 << 20):
                    copy.write(piece)

    def staged_path(self, output: Output) -> Path:
        """Where an output waits for delivery."""
        return self._settings.named(output.kanaal).outbox / KLAAR / output.bestandsnaam

    def deliver(self, output: Output) -> None:
        """Rename a staged file into the outbox, never over another. A staged file that has gone was delivered before.

        Raises OSError when the outbox itself is not there: then nothing may be concluded from an absent file.
        """
        staged = self.staged_path(output)
        outbox = self._settings.named(output.kanaal).outbox
        staged.parent.stat()
        target = outbox / output.map / output.bestandsnaam if output.map else outbox / output.bestandsnaam
        if not staged.exists():
            return
        target.parent.mkdir(exist_ok=True)
        rename_new(staged, target)

    def sync_outboxes(self, outputs: Iterable[Output]) -> None:
        """Make deliveries survive a power cut."""
        for folder in {self._settings.named(output.kanaal).outbox / output.map for output in outputs}:
            sync_file(folder)

    def sweep_staged(self, wanted: set[str]) -> None:
        """Throw away staged files that no committed row names: their message is decided again and writes them anew."""
        for kanaal in self._settings.kanalen:
            with suppress(OSError):  # an outbox that is not there now has nothing to sweep; delivering reports it
                for path in (kanaal.outbox / KLAAR).iterdir():
                    if path.name not in wanted:
                        path.unlink()

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
        target.parent.mkdir(parents=True, exist_ok=True)
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
