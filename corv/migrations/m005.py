"""The ledger knows the fate of everything that was seen in an inbox; how often a message was begun with."""

STATEMENTS = (
    # SQLite can't change a check, so the table is made again with all its rows. `beurt` rises with each claim, and stays empty
    # for what was never taken: what was taken after a back-up was made must not seem known when that is put back.
    """
    CREATE TABLE grootboek_nieuw (
        id TEXT PRIMARY KEY,
        kanaal TEXT NOT NULL,
        map_teken TEXT NOT NULL,
        bestandsnaam TEXT NOT NULL,
        grootte INTEGER NOT NULL,
        gewijzigd_ns TEXT NOT NULL,
        apparaat TEXT NOT NULL,
        inode TEXT NOT NULL,
        gezien_op TEXT NOT NULL,
        lot TEXT NOT NULL CHECK (lot IN ('wacht', 'genegeerd', 'geclaimd', 'opgenomen', 'verdwenen')),
        lot_op TEXT NOT NULL,
        reden TEXT,
        beurt INTEGER
    ) STRICT
    """,
    """
    INSERT INTO grootboek_nieuw
    SELECT g.id, g.kanaal, g.map_teken, g.bestandsnaam, g.grootte, g.gewijzigd_ns, g.apparaat, g.inode, g.gezien_op,
        g.lot, coalesce(b.ontvangen_op, g.gezien_op), iif(g.lot = 'genegeerd', 'geen gewoon bestand', NULL),
        iif(g.lot = 'genegeerd', NULL, g.rowid)
    FROM grootboek g LEFT JOIN bericht b ON b.id = g.id ORDER BY g.rowid
    """,
    "DROP TABLE grootboek",
    "ALTER TABLE grootboek_nieuw RENAME TO grootboek",
    "CREATE INDEX grootboek_naam ON grootboek (bestandsnaam)",
    "CREATE UNIQUE INDEX grootboek_beurt ON grootboek (beurt)",
    # From when on the ledger knows everything, and not only what was taken.
    "INSERT INTO stand (naam, op, gegevens) VALUES ('grootboek', strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), '{}')",
    # How often corv began with a message that has no decision and did not live to end it, with the time that is under way.
    "ALTER TABLE bericht ADD COLUMN pogingen INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX grootboek_lot ON grootboek (lot, lot_op)",
    # The same of a message that is being taken back, and has no row of its own yet.
    "CREATE TABLE terugname (id TEXT PRIMARY KEY, pogingen INTEGER NOT NULL) STRICT",
)
