"""What may be spoiled in corv, to show that a sweep sees it. Each is one mistake that a change could really make."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import corv.handler
import corv.taking
from corv.folders import Folders
from corv.handler import Deps, Report
from corv.outcome import Claim, Outcome
from corv.store import Store


def deliver_before_commit() -> None:
    """A file lies in the outbox before the database knows it."""
    stage = Folders.stage

    def stage_and_deliver(self: Folders, outcome: Outcome) -> list[Path]:
        staged = stage(self, outcome)
        for output in outcome.outputs:
            self.deliver(output)
        return [self.target(output) for output in outcome.outputs] if staged else []

    _replace(Folders, "stage", stage_and_deliver)


def take_without_ledger() -> None:
    """A file is taken before the ledger says so: what stopped in between is claimed and known to nobody."""
    add = Store.add_claims
    claim_all = corv.taking._claim_all
    kept: list[tuple[Any, ...]] = []
    _replace(Store, "add_claims", lambda self, *args: kept.append((self, *args)))

    def claim_and_add(claims: Any, deps: Deps, report: Report) -> Sequence[Claim]:
        claimed = claim_all(claims, deps, report)
        add(*kept.pop())
        return claimed

    _replace(corv.taking, "_claim_all", claim_and_add)


def forget_what_is_ready() -> None:
    """What was committed and not delivered is never delivered."""
    _replace(Store, "undelivered", lambda _self: [])


def throw_away_what_fails() -> None:
    """A file that can't be claimed is removed."""
    claim = Folders.claim

    def claim_or_remove(self: Folders, what: Claim, naam: str) -> None:
        try:
            claim(self, what, naam)
        except OSError:
            with suppress(OSError):
                (what.kanaal.inbox / naam).unlink()
            raise

    _replace(Folders, "claim", claim_or_remove)


def trip_over_a_full_disk() -> None:
    """The sentence for an error of the system can't be made."""
    _replace(corv.handler, "why", lambda error: {}[error.errno])


def _replace(owner: object, name: str, new: object) -> None:
    setattr(owner, name, new)


DEFECTS: dict[str, Callable[[], None]] = {
    "bezorgt voor het vastleggen": deliver_before_commit,
    "pakt op zonder grootboek": take_without_ledger,
    "vergeet wat klaarstaat": forget_what_is_ready,
    "gooit weg wat niet lukt": throw_away_what_fails,
    "struikelt over een fout": trip_over_a_full_disk,
}
"""By the name that a sweep is asked for it with."""
