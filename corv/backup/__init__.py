"""`corv backup DIR`: a back-up beside a running service, verified after writing; nothing in DIR is ever changed or deleted.

making -> snapshot, copying, underway      the order of it all; the database; one file; what is under way in inbox and outbox
belonging                                  whose DIR is it, and is nobody else at work there
plan, manifest                             what must be there and what goes, pure; names in DIR and the file inhoud.json
noted                                      how the last one went, for `corv gezondheid`
verifying                                  is it all there, and is it whole

    DIR/archief/JJJJ/MM/DD/<id>.xml, DIR/quarantaine/    originals, shared by all back-ups: a file there is never written again
    DIR/<JJJJMMDD-UUMMSS>/                                one back-up: data/corv.sqlite, config/, inbox/, outbox/, inhoud.json
    DIR/administratie.txt, DIR/backup.slot                whose DIR it is; the lock of who works there
    DIR/.<JJJJMMDD-UUMMSS>.bezig/                         one that is being made, or was interrupted: the next run removes it
"""
