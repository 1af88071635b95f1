"""What was sent on and is answered by nobody: after its term it is ours again, and a person must look (ontwerp 6)."""

from datetime import datetime
from sqlite3 import Connection
from uuid import UUID

from corv.aandacht import silence_note
from corv.attention import Aanleiding, open_attention
from corv.database import rows, transaction
from corv.handler import Deps
from corv.moments import tijdstip
from corv.outcome import Output, Soort
from corv.outcome_rows import insert_output
from corv.outputs import AANDACHT_MAP
from corv.outstanding import Openstaand, unanswered_forwards
from corv.settings import Kant


def note_silence(deps: Deps) -> None:
    """Ask attention, once for each time that it was sent, for every message that is not answered within its term."""
    now = deps.clock()
    for item in unanswered_forwards(deps.db, deps.settings.termijnen, now):
        if item.te_laat and not _is_noted(deps, item):
            with transaction(deps.db) as connection:
                open_attention(connection, UUID(item.id), Aanleiding.DOORSTURING_STIL, now)
                _order_note(connection, item, deps)


def _is_noted(deps: Deps, item: Openstaand) -> bool:
    query = "SELECT 1 FROM aandacht WHERE bericht = ? AND aanleiding = ? AND (geopend_op >= ? OR gesloten_op IS NULL)"
    return bool(rows(deps.db, query, (item.id, Aanleiding.DOORSTURING_STIL, item.sinds)))


def _order_note(connection: Connection, item: Openstaand, deps: Deps) -> None:
    """Have a note written beside the notice of the message, one for each time that it was sent."""
    kanaal, sent = deps.settings.kanaal(Kant.EIGEN).naam, tijdstip(datetime.fromisoformat(item.sinds))
    name = f"{item.id}-geen-antwoord-{sent}.txt"
    output = Output(Soort.TOELICHTING, kanaal, name, silence_note(item.id, item.waarop, item.sinds).encode(), AANDACHT_MAP)
    insert_output(connection, UUID(item.id), output, None, None, deps.clock())
