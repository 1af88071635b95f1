"""The CORV message handler: StUF-Jeugdzorg messages in folders, handled once, with a durable audit trail.

The main path, in the order in which `handler.handle` walks it:

1. claim    `looking` lists the inboxes and commits the fate of all that lies there; `taking` commits what it takes, and the file
            moves to `.werk/<id>.xml`, synced before it is recorded
2. record   `store` commits that the message exists, before anyone looks at its content
3. gather   `reading` opens the bytes; `history` gives what was known of each identity and what an answer answers
4. decide   schema and `rules` judge the content, `werkgebied` weighs the addresses, `routing` decides (all pure), `outputs` makes
            the files: one `Outcome` a message
5. stage    `folders` writes every file under its final name in `.klaar/` and syncs once
6. commit   `store` commits outcomes, findings, events and one outbox row a file, in one transaction
7. deliver  `folders` renames the staged files into the outbox and the original into the archive

Stopping anywhere and starting again ends in the same state: `recovery` finishes what a stop left half done.
The language of a name tells who defined it: Dutch words come from the standard, English words are ours,
and what a user reads is Dutch.
"""

__version__ = "0.6.0"
