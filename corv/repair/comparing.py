"""Where database and folders differ, kind by kind. Pure: an `Inventory` in, pairs of the message (or None) and the place out.

What each kind means and what becomes of it stands in the table `differences.SOORTEN`.
"""

from collections.abc import Iterator

from corv.outcome import Status
from corv.repair.inventory import Inventory
from corv.roots import KLAAR

ID_LENGTH = 36


def undelivered(there: Inventory) -> Iterator[tuple[str, str]]:
    """Committed and staged."""
    for item in there.waiting:
        staged = there.outboxes.get((item.kanaal, KLAAR), frozenset())
        if not item.te_schrijven and item.teken in there.tekens and item.bestandsnaam in staged:
            yield item.bericht, item.bestandsnaam


def taken_as_delivered(there: Inventory) -> Iterator[tuple[str, str]]:
    """Committed, and no longer staged."""
    for item in there.waiting:
        staged = there.outboxes.get((item.kanaal, KLAAR))
        is_here = not item.te_schrijven and item.teken in there.tekens
        if is_here and staged is not None and item.bestandsnaam not in staged:
            yield item.bericht, item.bestandsnaam


def ordered(there: Inventory) -> Iterator[tuple[str, str]]:
    """Asked for by a person, not written yet."""
    return ((item.bericht, item.bestandsnaam) for item in there.waiting if item.te_schrijven)


def open_claims(there: Inventory) -> Iterator[tuple[str, str]]:
    """In the ledger, not recorded."""
    return ((id_, id_) for id_, teken in there.claims.items() if teken in there.tekens and id_ not in there.originals)


def undecided(there: Inventory) -> Iterator[tuple[str, str]]:
    """Claimed and recorded, not decided."""
    return ((id_, id_) for id_ in there.claimed if id_ in there.messages and _is_open(there, id_))


def not_archived(there: Inventory) -> Iterator[tuple[str, str]]:
    """Decided, and still claimed only."""
    for id_ in there.claimed:
        if id_ in there.messages and not _is_open(there, id_) and id_ not in there.originals:
            yield id_, id_


def loose(there: Inventory) -> Iterator[tuple[str, str]]:
    """Staged files that no row wants, of a message that the database knows."""
    wanted = {item.bestandsnaam for item in there.waiting}
    for (_, map_), names in there.outboxes.items():
        if map_ == KLAAR:
            yield from ((name[:ID_LENGTH], name) for name in names - wanted if name[:ID_LENGTH] in there.messages)


def fetched(there: Inventory) -> Iterator[tuple[str, str]]:
    """Delivered, and no longer in the outbox."""
    for item in there.lying:
        names = there.outboxes.get((item.kanaal, item.map)) if item.teken in there.tekens else None
        if names is not None and item.bestandsnaam not in names:
            yield item.bericht, item.bestandsnaam


def unknown_claims(there: Inventory) -> Iterator[tuple[str, str]]:
    """Claimed, and in no table."""
    for id_, kanaal in there.claimed.items():
        if id_ not in there.messages and id_ not in there.claims:
            yield id_, f"{kanaal}: {id_}.xml"


def unknown_originals(there: Inventory) -> Iterator[tuple[str, str]]:
    """At rest while the database knows no decision: it is of before the database was put back."""
    for id_, (path, is_whole) in sorted(there.originals.items()):
        if is_whole and (id_ not in there.messages or _is_open(there, id_)):
            yield id_, path.as_posix()


def lost(there: Inventory) -> Iterator[tuple[str, str]]:
    """Recorded, not decided, and its file is nowhere."""
    for id_, known in there.messages.items():
        is_here = known.kanaal in there.inboxes and known.teken in there.tekens
        if _is_open(there, id_) and is_here and id_ not in there.claimed and id_ not in there.originals:
            yield id_, id_


def damaged(there: Inventory) -> Iterator[tuple[str, str]]:
    """At rest but not whole, while the claimed file is still there."""
    return ((id_, path.as_posix()) for id_, (path, is_whole) in there.originals.items() if not is_whole and id_ in there.claimed)


def damaged_for_good(there: Inventory) -> Iterator[tuple[str, str]]:
    """At rest but not whole, and there is no other."""
    return ((id_, path.as_posix()) for id_, (path, whole) in there.originals.items() if not whole and id_ not in there.claimed)


def missing(there: Inventory) -> Iterator[tuple[str, str]]:
    """Decided, and its original is nowhere."""
    for id_, known in there.messages.items():
        if known.bestand is not None and known.teken in there.tekens and id_ not in there.originals and id_ not in there.claimed:
            yield id_, known.bestand


def unknown_staged(there: Inventory) -> Iterator[tuple[None, str]]:
    """Staged for no message that anything is known of."""
    for (kanaal, map_), names in there.outboxes.items():
        if map_ == KLAAR:
            yield from ((None, f"{kanaal}: {KLAAR}/{name}") for name in names if not _will_be_known(there, name))


def unknown_delivered(there: Inventory) -> Iterator[tuple[None, str]]:
    """In an outbox without a row; that of a message that will be put back is not counted."""
    for (kanaal, map_), names in there.outboxes.items():
        for name in sorted(names) if map_ != KLAAR else ():
            if not _is_ours(there, (kanaal, map_, name)):
                yield None, f"{kanaal}: {map_}/{name}" if map_ else f"{kanaal}: {name}"


def not_for_the_group(there: Inventory) -> Iterator[tuple[str, str]]:
    """Delivered by us, and who fetches may not read it."""
    for place in sorted(there.closed):
        if _is_ours(there, place):
            yield place[2][:ID_LENGTH], str(there.closed[place])


def elsewhere(there: Inventory) -> Iterator[tuple[str, str]]:
    """In an inbox or outbox that the configuration no longer names."""
    for item in there.waiting:
        if not item.te_schrijven and item.teken not in there.tekens:
            yield item.bericht, item.bestandsnaam
    yield from ((id_, id_) for id_, teken in there.claims.items() if teken not in there.tekens)
    for id_, known in there.messages.items():
        belongs_elsewhere = known.teken not in there.tekens and (known.bestand is not None or _is_open(there, id_))
        if belongs_elsewhere and id_ not in there.originals and id_ not in there.claimed:
            yield id_, id_


def away(there: Inventory) -> Iterator[tuple[None, str]]:
    """Inboxes and outboxes that can't be looked at now."""
    return ((None, str(path)) for path in there.away)


def strange(there: Inventory) -> Iterator[tuple[None, str]]:
    """In `.werk` and not of ours."""
    return ((None, str(path)) for path in there.strange)


def broken(there: Inventory) -> Iterator[tuple[None, str]]:
    """The first event that does not follow from the one before it."""
    if there.broken_link is not None:
        yield None, f"gebeurtenis {there.broken_link}"


def _is_open(there: Inventory, id_: str) -> bool:
    return there.messages[id_].status == Status.ONTVANGEN


def _is_ours(there: Inventory, place: tuple[str, str, str]) -> bool:
    """Whether what lies there in an outbox has a row, or will have one once its message is put back."""
    name = place[2]
    return place in there.file_names or (name[:ID_LENGTH] not in there.messages and _will_be_known(there, name))


def _will_be_known(there: Inventory, name: str) -> bool:
    id_ = name[:ID_LENGTH]
    return id_ in there.messages or id_ in there.originals or id_ in there.claimed
