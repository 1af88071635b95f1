"""The database, step by step. Each step runs once, in one transaction with the row that says it ran.

Table and column names are Dutch: a beheerder reads them. No table holds the content of a message; `uitvoer.inhoud` holds
only what we wrote ourselves (answers and notes), which carries none.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from corv.migrations import m001, m002, m003, m004, m005

MIGRATIONS = Migrations("corv")


@MIGRATIONS()
def m001_main_job(db: Database) -> None:
    """The ledger, the messages, what was found, decided and written, and the chained events."""
    for statement in m001.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def m002_a_persons_work(db: Database) -> None:
    """One status more, and what a person's day needs: keys, attention, ties, what was fetched, and what went well when."""
    _allow_status(db, "beantwoord_met_fout")
    for statement in m002.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def m003_herroutering(db: Database) -> None:
    """Why a message went where it went, and what it takes to make a forwarded file again."""
    for statement in m003.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def m004_other_messages(db: Database) -> None:
    """Which melder wants to hear nothing back."""
    for statement in m004.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def m005_everything_seen(db: Database) -> None:
    """The fate of everything that was seen in an inbox, and how often a message was begun with."""
    for statement in m005.STATEMENTS:
        db.execute(statement)


def _allow_status(db: Database, status: str) -> None:
    """Add a status to the check on bericht. SQLite can't change a check, so the table is made again with all its rows."""
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'bericht' AND sql IS NOT NULL ORDER BY type = 'index', rowid"
    table, *indexes = [sql for (sql,) in db.execute(query).fetchall()]
    wider = table.replace("CREATE TABLE bericht ", "CREATE TABLE bericht_nieuw ").replace(
        "'onleesbaar')", f"'onleesbaar', '{status}')"
    )
    for statement in (wider, "INSERT INTO bericht_nieuw SELECT * FROM bericht", "DROP TABLE bericht"):
        db.execute(statement)
    for statement in ("ALTER TABLE bericht_nieuw RENAME TO bericht", *indexes):
        db.execute(statement)
