"""The database, step by step. Each step runs once, in one transaction with the row that says it ran.

Table and column names are Dutch: a beheerder reads them. No table holds the content of a message; `uitvoer.inhoud` holds
only what we wrote ourselves (answers and notes), which carries none.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("corv")

_M001 = (
    # Every inbox and outbox that was ever used, with the mark that lies in it; gemaakt_op is empty until the mark is there.
    """
    CREATE TABLE map (
        teken TEXT PRIMARY KEY,
        pad TEXT NOT NULL,
        kanaal TEXT NOT NULL,
        soort TEXT NOT NULL CHECK (soort IN ('inbox', 'outbox')),
        gemaakt_op TEXT
    ) STRICT
    """,
    # Everything taken from an inbox, committed before the file is touched; also what was left lying, and why.
    """
    CREATE TABLE grootboek (
        id TEXT PRIMARY KEY,
        kanaal TEXT NOT NULL,
        map_teken TEXT NOT NULL,
        bestandsnaam TEXT NOT NULL,
        grootte INTEGER NOT NULL,
        gewijzigd_ns TEXT NOT NULL,
        apparaat TEXT NOT NULL,
        inode TEXT NOT NULL,
        gezien_op TEXT NOT NULL,
        lot TEXT NOT NULL CHECK (lot IN ('geclaimd', 'opgenomen', 'genegeerd', 'verdwenen'))
    ) STRICT
    """,
    "CREATE INDEX grootboek_plek ON grootboek (kanaal, inode, bestandsnaam)",
    "CREATE INDEX grootboek_open ON grootboek (id) WHERE lot = 'geclaimd'",
    """
    CREATE TABLE bericht (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kanaal TEXT NOT NULL,
        bestandsnaam TEXT NOT NULL,
        sha256 TEXT,
        grootte INTEGER NOT NULL,
        ontvangen_op TEXT NOT NULL,
        antwoord_tijdstip TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'ontvangen' CHECK (status IN
            ('ontvangen', 'geaccepteerd', 'geweigerd', 'herhaald', 'herrouteerd', 'te_beoordelen', 'onleesbaar')),
        functie TEXT,
        berichtcode TEXT,
        zender_organisatie TEXT,
        zender_applicatie TEXT,
        zender_administratie TEXT,
        ontvanger_organisatie TEXT,
        ontvanger_applicatie TEXT,
        ontvanger_administratie TEXT,
        referentienummer TEXT,
        tijdstip_bericht TEXT,
        cross_refnummer TEXT,
        inhoud_hash TEXT,
        bestand TEXT,
        hoort_bij TEXT
    ) STRICT
    """,
    # The identity of StUF 03.01 par. 4.2. '' and not NULL where an element is absent: NULLs are distinct in a key.
    """
    CREATE INDEX bericht_identiteit ON bericht
        (referentienummer, zender_organisatie, zender_applicatie, zender_administratie)
    """,
    "CREATE INDEX bericht_status ON bericht (status)",
    "CREATE INDEX bericht_hoort_bij ON bericht (hoort_bij) WHERE hoort_bij IS NOT NULL",
    """
    CREATE TABLE besluit (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        bericht TEXT NOT NULL REFERENCES bericht (id),
        genomen_op TEXT NOT NULL,
        door TEXT NOT NULL,
        actie TEXT NOT NULL,
        naar TEXT,
        regel TEXT NOT NULL,
        reden TEXT NOT NULL,
        foutcode TEXT,
        foutbericht TEXT
    ) STRICT
    """,
    "CREATE INDEX besluit_bericht ON besluit (bericht)",
    """
    CREATE TABLE bevinding (
        bericht TEXT NOT NULL REFERENCES bericht (id),
        nr INTEGER NOT NULL,
        code TEXT NOT NULL,
        niveau TEXT NOT NULL,
        pad TEXT,
        regel INTEGER,
        tekst TEXT NOT NULL,
        PRIMARY KEY (bericht, nr)
    ) STRICT
    """,
    """
    CREATE TABLE uitvoer (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        bericht TEXT NOT NULL REFERENCES bericht (id),
        soort TEXT NOT NULL,
        kanaal TEXT NOT NULL,
        map_teken TEXT NOT NULL,
        map TEXT NOT NULL,
        bestandsnaam TEXT NOT NULL,
        sha256 TEXT,
        referentienummer TEXT,
        inhoud BLOB,
        klaargezet_op TEXT NOT NULL,
        bezorgd_op TEXT,
        UNIQUE (kanaal, map, bestandsnaam)
    ) STRICT
    """,
    "CREATE INDEX uitvoer_bericht ON uitvoer (bericht)",
    "CREATE INDEX uitvoer_open ON uitvoer (volgnr) WHERE bezorgd_op IS NULL",
    "CREATE INDEX uitvoer_referentienummer ON uitvoer (referentienummer) WHERE referentienummer IS NOT NULL",
    """
    CREATE TABLE gebeurtenis (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        bericht TEXT,
        op TEXT NOT NULL,
        soort TEXT NOT NULL,
        gegevens TEXT NOT NULL,
        vorige_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX gebeurtenis_bericht ON gebeurtenis (bericht)",
    """
    CREATE TRIGGER gebeurtenis_vast BEFORE UPDATE ON gebeurtenis
        BEGIN SELECT raise(ABORT, 'gebeurtenissen worden niet gewijzigd'); END
    """,
    """
    CREATE TRIGGER gebeurtenis_blijft BEFORE DELETE ON gebeurtenis
        BEGIN SELECT raise(ABORT, 'gebeurtenissen worden niet verwijderd'); END
    """,
)


@MIGRATIONS()
def m001_main_job(db: Database) -> None:
    """The ledger, the messages, what was found, decided and written, and the chained events."""
    for statement in _M001:
        db.execute(statement)


_M002 = (
    # What ties messages of one conversation together (`sleutels`): waarde is a hash, partij who gave the number out, or ''.
    """
    CREATE TABLE sleutel (
        bericht TEXT NOT NULL REFERENCES bericht (id),
        soort TEXT NOT NULL,
        waarde TEXT NOT NULL,
        partij TEXT NOT NULL,
        PRIMARY KEY (bericht, soort, waarde, partij)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX sleutel_waarde ON sleutel (soort, waarde, partij)",
    # What a person must look at, and who settled it when and why. A message may come back here.
    """
    CREATE TABLE aandacht (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        bericht TEXT NOT NULL REFERENCES bericht (id),
        aanleiding TEXT NOT NULL,
        geopend_op TEXT NOT NULL,
        gesloten_op TEXT,
        door TEXT,
        reden TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX aandacht_open ON aandacht (bericht, aanleiding) WHERE gesloten_op IS NULL",
    "CREATE INDEX aandacht_bericht ON aandacht (bericht)",
    """
    INSERT INTO aandacht (bericht, aanleiding, geopend_op)
        SELECT id, status, ontvangen_op FROM bericht b
        WHERE status IN ('te_beoordelen', 'onleesbaar')
            OR EXISTS (SELECT 1 FROM uitvoer u WHERE u.bericht = b.id AND u.soort = 'aandacht')
        ORDER BY volgnr
    """,
    # Two messages that a person tied together, or (vast = 0) untied again; the last row counts. antwoord: which of the two got
    # its hoort_bij by this tie; vorige_status: what the other was before this tie made it beantwoord_met_fout.
    """
    CREATE TABLE koppeling (
        volgnr INTEGER PRIMARY KEY AUTOINCREMENT,
        een TEXT NOT NULL REFERENCES bericht (id),
        ander TEXT NOT NULL REFERENCES bericht (id),
        vast INTEGER NOT NULL,
        door TEXT NOT NULL,
        reden TEXT NOT NULL,
        op TEXT NOT NULL,
        antwoord TEXT REFERENCES bericht (id),
        vorige_status TEXT
    ) STRICT
    """,
    "CREATE INDEX koppeling_een ON koppeling (een)",
    "CREATE INDEX koppeling_ander ON koppeling (ander)",
    # The last time that something went well: a scan of an inbox, a pass, the loading of the configuration.
    "CREATE TABLE stand (naam TEXT PRIMARY KEY, op TEXT NOT NULL, gegevens TEXT NOT NULL) STRICT",
    # te_schrijven = 1: decided or asked for by a person; its file must still be written, under the same name and bytes.
    "ALTER TABLE uitvoer ADD COLUMN te_schrijven INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE uitvoer ADD COLUMN opgehaald_op TEXT",
    # For what was delivered before, nobody knows when it was fetched: those rows are not asked for.
    "UPDATE uitvoer SET opgehaald_op = '' WHERE bezorgd_op IS NOT NULL",
    "CREATE INDEX uitvoer_te_schrijven ON uitvoer (volgnr) WHERE te_schrijven = 1",
    "CREATE INDEX uitvoer_niet_opgehaald ON uitvoer (volgnr) WHERE bezorgd_op IS NOT NULL AND opgehaald_op IS NULL",
    # The moment that the answer to a person's decision took, so that later moments rise above it.
    "ALTER TABLE besluit ADD COLUMN antwoord_tijdstip TEXT",
    "CREATE INDEX besluit_tijdstip ON besluit (antwoord_tijdstip) WHERE antwoord_tijdstip IS NOT NULL",
    "CREATE INDEX bericht_tijdstip ON bericht (antwoord_tijdstip)",
    "CREATE INDEX bericht_ontvangen ON bericht (ontvangen_op)",
    # What is outstanding is asked of all messages at once: what was sent or received of a functie, and what answers it.
    "CREATE INDEX bericht_functie ON bericht (functie, kanaal, status, id) WHERE functie IS NOT NULL",
    "CREATE INDEX bericht_antwoord ON bericht (hoort_bij, berichtcode) WHERE hoort_bij IS NOT NULL",
    "DROP INDEX bericht_hoort_bij",
    "CREATE INDEX bericht_cross_refnummer ON bericht (cross_refnummer) WHERE cross_refnummer IS NOT NULL",
    # For lists, which are read in order of volgnr: on one column each (see `audit`).
    "CREATE INDEX bericht_soort ON bericht (functie)",
    "CREATE INDEX bericht_berichtcode ON bericht (berichtcode)",
    "CREATE INDEX bericht_zender ON bericht (zender_organisatie)",
    "CREATE INDEX bericht_ontvanger ON bericht (ontvanger_organisatie)",
)


@MIGRATIONS()
def m002_a_persons_work(db: Database) -> None:
    """One status more, and what a person's day needs: keys, attention, ties, what was fetched, and what went well when."""
    _allow_status(db, "beantwoord_met_fout")
    for statement in _M002:
        db.execute(statement)


_M003 = (
    # Why it was decided so (`outcome.Verklaring`), as it was then.
    "CREATE TABLE verklaring (bericht TEXT PRIMARY KEY REFERENCES bericht (id), gegevens TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # How a file was made of the original (`recepten`): its bytes hold what the message holds, so they are not kept here.
    "ALTER TABLE uitvoer ADD COLUMN recept TEXT",
    "CREATE INDEX uitvoer_recept ON uitvoer (bericht) WHERE recept IS NOT NULL",
    # Every config/herroutering.toml that was in force, by its hash: a decision names that.
    "CREATE TABLE regelbestand (hash TEXT PRIMARY KEY, tekst TEXT NOT NULL, geladen_op TEXT NOT NULL) STRICT",
)


@MIGRATIONS()
def m003_herroutering(db: Database) -> None:
    """Why a message went where it went, and what it takes to make a forwarded file again."""
    for statement in _M003:
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
