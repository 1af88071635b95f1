"""`corv herstel`: what differs between the database and the folders, and putting it right.

inventory -> comparing -> differences      gather what lies where; compare, pure; the table of what each kind means
repairing -> adoption                      put it right; take back what a database that was put back does not know
evidence, receiving, rows                  what an outbox shows of a message; how it came in; write what was taken back
"""
