"""A person's work: keys, attention, ties, what was fetched, and what went well when."""

STATEMENTS = (
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
