"""The main job: the ledger, the messages, what was found, decided and written, and the chained events."""

STATEMENTS = (
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
