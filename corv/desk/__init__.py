"""A person at work: what waits, what a person decides or asks for, and the files that follow from it.

worklist               what waits for a person (read only)
deciding -> ruling     one decision on one message: gather, decide (pure), record
earlier, silence       what was sent to others of it before; what was sent on and is answered by nobody
person_rows, ties      what a person did, as rows: each one transaction that first looks whether it may still be done
orders, pickup         write the files that a person asked for; notice what the other side fetched
activating             put other rules of herroutering in force
outbox_rows            the rows of both
new_file               a text file added to config/, and its event
new_tables             a newer table of gemeenten, put in force
new_lists              a newer version of the reference lists, taken in
new_schemas            a zip with official schemas, installed
"""
