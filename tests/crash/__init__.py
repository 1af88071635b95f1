"""The proof that nothing is lost, doubled or leaked: `python -m crash` runs the long form (`make test-crash`).

world        a working folder with a mixed set of messages, and one pass over it with moments and ids of our own
invariants   what must hold after any disturbance, whatever it was
part         what each part of the proof gives to the table at the end
lost_writes  the power is cut: `record` tells what a pass does, `disk` and `cuts` what then is left, `defects` that it is seen
__main__     the table PARTS, in the order in which they run
"""
