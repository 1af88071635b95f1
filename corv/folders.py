"""Every durable file operation on the folders of a channel: claim, stage, deliver, archive, set apart. Nothing is deleted.

<inbox>/.werk/<id>.xml          a claimed original, until it is archived
<outbox>/.klaar/<name>          written and synced, not yet delivered; the rename out of it is the delivery
data/archief/JJJJ/MM/DD/        originals of messages;  data/quarantaine/  files that could not be read, with a note

Each inbox and outbox is known by its mark (`roots`): without it nothing is taken, delivered or concluded.
"""

import errno
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from corv import rechten
from corv.durable import copy_with_holes, digest_of, make_folder, move_new, rename_new, sync_all, sync_file
from corv.errors import StorageError
from corv.moments import NEDERLAND
from corv.outcome import Claim, Incoming, Outcome, Output, Status
from corv.outputs import AANDACHT_MAP
from corv.rechten import open_file
from corv.roots import KLAAR, WERK, Root, check
from corv.settings import Kanaal, Kant, Settings


class Folders:
    """The folders that the settings name. Methods raise OSError when a folder can't be used now."""

    def __init__(self, settings: Settings, tekens: Mapping[Root, str]) -> None:
        self._settings = settings
        self._tekens = tekens

    def make_own(self) -> None:
        """Make our own folders in data/ and the one for a person's attention, where they are not there yet."""
        for name in ("archief", "quarantaine", "sein"):
            make_folder(self._settings.data / name)
        with suppress(OSError):  # an outbox that is not there now is waited for
            eigen = self._settings.kanaal(Kant.EIGEN)
            self.check_outbox(eigen)
            _make_within(eigen, AANDACHT_MAP)

    def check_disks(self) -> None:
        """Raise StorageError where a rename would not be one step: a folder of ours on another file system than its parent."""
        for folder in [*(root.inner for root in self._tekens), self._settings.kanaal(Kant.EIGEN).outbox / AANDACHT_MAP]:
            with suppress(OSError):  # a folder that is not there now is waited for
                if folder.stat().st_dev != folder.parent.stat().st_dev:
                    raise StorageError(f"{folder} moet op dezelfde schijf liggen als {folder.parent}.")

    def teken(self, kanaal: str, soort: str) -> str:
        """The mark of the `inbox` or `outbox` of a channel, as the rows that depend on it remember it."""
        return self._tekens[Root(self._settings.named(kanaal), soort)]

    def check_inbox(self, kanaal: Kanaal) -> None:
        """Raise OSError when this is not the inbox that we know."""
        check(Root(kanaal, "inbox"), self.teken(kanaal.naam, "inbox"))

    def check_outbox(self, kanaal: Kanaal) -> None:
        """Raise OSError when this is not the outbox that we know."""
        check(Root(kanaal, "outbox"), self.teken(kanaal.naam, "outbox"))

    # -- inbox ---------------------------------------------------------------------------------------------------

    def claimed_path(self, kanaal: Kanaal, id_: UUID) -> Path:
        """Where a claimed file lies until it is archived."""
        return kanaal.inbox / WERK / f"{id_}.xml"

    def claim(self, claim: Claim, naam: str) -> None:
        """Take a file out of the inbox by renaming it. `naam` is its name on disk, bytes and all."""
        rename_new(claim.kanaal.inbox / naam, self.claimed_path(claim.kanaal, claim.id))
        with suppress(OSError), open_file(self.claimed_path(claim.kanaal, claim.id)) as file:
            rechten.close_off(file.fileno())
        self.remove_marker(claim.kanaal, naam)

    def sync_claims(self, kanaal: Kanaal) -> None:
        """Make every claim of this channel survive a power cut, so that none of these files lies in the inbox again."""
        sync_file(kanaal.inbox / WERK)

    def remove_marker(self, kanaal: Kanaal, naam: str) -> None:
        """Remove the done-marker of a claimed file: an empty sign, which would make the next file of this name look done."""
        if kanaal.klaarteken:
            with suppress(OSError):  # a marker that is no file stays: it is no sign of ours
                (kanaal.inbox / (naam + kanaal.klaarteken)).unlink()

    def claimed(self, kanaal: Kanaal) -> list[UUID]:
        """The ids of the files that were claimed and not yet archived, in no order."""
        self.check_inbox(kanaal)
        with os.scandir(kanaal.inbox / WERK) as listing:
            return [id_ for item in listing if (id_ := id_of_claim(item)) is not None]

    def read(self, kanaal: Kanaal, id_: UUID) -> bytes | None:
        """A claimed file, or None when it is over the size limit; then it is not opened at all."""
        path = self.claimed_path(kanaal, id_)
        if path.lstat().st_size > self._settings.verwerking.grootste_bestand:
            return None
        with open_file(path) as file:
            return file.read()

    # -- outbox --------------------------------------------------------------------------------------------------

    def stage(self, outcome: Outcome) -> list[Path]:
        """Write all files of one outcome to `.klaar/`, not yet synced; writing again gives the same files."""
        written = []
        for output in outcome.outputs:
            self.check_outbox(self._settings.named(output.kanaal))
            with self._create(output) as file:
                if output.inhoud is None:
                    self._copy_original(outcome.incoming, file)
                else:
                    file.write(output.inhoud)
            written.append(self.staged_path(output))
        return written

    def stage_again(self, output: Output, original: Path | None, sha256: str | None) -> Path:
        """Write one file to `.klaar/` as it was before, synced. `original` where its bytes are those of a message.

        Raises OSError, also when the bytes are no longer those with that hash; then nothing is left behind.
        """
        path = self.staged_path(output)
        self.check_outbox(self._settings.named(output.kanaal))
        if output.inhoud is None and original is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), output.bestandsnaam)
        with self._create(output) as file:
            if output.inhoud is not None:
                file.write(output.inhoud)
            elif original is not None:
                with open_file(original) as source:
                    copy_with_holes(source, file)
        if sha256 is not None and digest_of(path) != sha256:
            path.unlink()
            raise OSError(errno.EBADMSG, os.strerror(errno.EBADMSG), output.bestandsnaam)
        sync_all([path, path.parent])
        return path

    def sync(self, staged: Iterable[Path], batch: Sequence[Incoming]) -> None:
        """Make the staged files and the claimed originals survive a power cut: a Bv03 promises that.

        That these are in `.werk/` survives already: `sync_claims` came before they were recorded.
        """
        staged = list(staged)
        originals = [self.claimed_path(incoming.kanaal, incoming.id) for incoming in batch]
        sync_all([*staged, *originals, *{path.parent for path in staged}])

    def _create(self, output: Output) -> io.BufferedWriter:
        """The staged file, empty, with the rights that it is delivered with."""
        own = self._settings.named(output.kanaal).rechten
        return rechten.create(self.staged_path(output), own.uitvoer, own.groep)

    def _copy_original(self, incoming: Incoming, copy: io.BufferedWriter) -> None:
        if incoming.raw is not None:
            copy.write(incoming.raw)
            return
        # Over the size limit: never held in memory.
        with open_file(self.claimed_path(incoming.kanaal, incoming.id)) as original:
            copy_with_holes(original, copy)

    def staged_path(self, output: Output) -> Path:
        """Where an output waits for delivery."""
        return self._settings.named(output.kanaal).outbox / KLAAR / output.bestandsnaam

    def deliver(self, output: Output) -> None:
        """Rename a staged file into the outbox, never over another. A staged file that has gone was delivered before.

        Raises OSError when the outbox is not the one that we know: then nothing may be concluded from an absent file.
        """
        staged, kanaal = self.staged_path(output), self._settings.named(output.kanaal)
        self.check_outbox(kanaal)
        try:
            staged.lstat()
        except FileNotFoundError:
            self.check_outbox(kanaal)  # once more: it may have been unmounted between the two looks
            return
        _make_within(kanaal, output.map)
        rechten.give_out(staged, kanaal.rechten)
        rename_new(staged, self.target(output))

    def target(self, output: Output) -> Path:
        """Where an output is delivered."""
        return self._settings.named(output.kanaal).outbox / output.map / output.bestandsnaam

    def staged(self, kanaal: Kanaal) -> list[Path]:
        """Everything that lies in `.klaar/` of this channel; a name that begins with a dot is a probe or of the file system."""
        self.check_outbox(kanaal)
        return [path for path in (kanaal.outbox / KLAAR).iterdir() if not path.name.startswith(".")]

    # -- archive -------------------------------------------------------------------------------------------------

    @staticmethod
    def resting_place(incoming_id: UUID, ontvangen_op: datetime, status: Status) -> Path:
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
        rechten.check_own(source.parent)
        make_folder(target.parent)
        if explanation is not None:
            rechten.write(target.with_suffix(".txt"), explanation.encode())
            sync_file(target.with_suffix(".txt"))
        try:
            move_new(source, target)
        except FileExistsError:
            # A stop between copy and removal, on another file system: the same bytes are there already.
            if source.samefile(target) or digest_of(source) != digest_of(target):
                raise
            source.unlink()
        sync_file(target.parent)


def id_of_claim(item: os.DirEntry[str]) -> UUID | None:
    """The id of a claimed file, None for anything else: only an ordinary file with exactly the name that we give is ours."""
    try:
        id_ = UUID(item.name.removesuffix(".xml"))
    except ValueError:
        return None
    return id_ if item.name == f"{id_}.xml" and item.is_file(follow_symlinks=False) else None


def find_original(settings: Settings, kanaal: str, id_: UUID, place: str | None) -> Path | None:
    """Where the original of a message lies now: at its resting place, or still claimed; None when at neither."""
    claimed = settings.named(kanaal).inbox / WERK / f"{id_}.xml"
    candidates = [settings.map / place, claimed] if place else [claimed]
    return next((path for path in candidates if path.is_file() and not path.is_symlink()), None)


def _make_within(kanaal: Kanaal, name: str) -> None:
    """Make a folder within an outbox where it is not there yet, '' for the outbox itself; its name survives a power cut."""
    is_new = not (kanaal.outbox / name).is_dir()
    rechten.make_within(kanaal.outbox, name, kanaal.rechten.groep)
    if is_new:
        sync_file(kanaal.outbox)
