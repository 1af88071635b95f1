"""Herroutering: why a message went where it went, and what it takes to make a forwarded file again."""

STATEMENTS = (
    # Why it was decided so (`outcome.Verklaring`), as it was then.
    "CREATE TABLE verklaring (bericht TEXT PRIMARY KEY REFERENCES bericht (id), gegevens TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # How a file was made of the original (`recepten`): its bytes hold what the message holds, so they are not kept here.
    "ALTER TABLE uitvoer ADD COLUMN recept TEXT",
    "CREATE INDEX uitvoer_recept ON uitvoer (bericht) WHERE recept IS NOT NULL",
    # Every config/herroutering.toml that was in force, by its hash: a decision names that.
    "CREATE TABLE regelbestand (hash TEXT PRIMARY KEY, tekst TEXT NOT NULL, geladen_op TEXT NOT NULL) STRICT",
)
