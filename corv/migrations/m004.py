"""The other messages of the koppelvlak: which melder wants to hear nothing back."""

STATEMENTS = (
    # A meldingGeneriek of which the melder does not ask for a terugkoppeling: none is outstanding.
    "CREATE TABLE geen_terugkoppeling (bericht TEXT PRIMARY KEY REFERENCES bericht (id)) STRICT, WITHOUT ROWID",
)
