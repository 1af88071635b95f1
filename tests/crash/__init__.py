"""The proof that nothing is lost, doubled or leaked: `python -m crash` runs the long form (`make test-crash`).

world        a working folder with a mixed set of messages, and one pass over it with moments and ids of our own
invariants   what must hold after any disturbance, whatever it was
part         what each part of the proof gives to the table at the end
shim         a C library that stops a process, or lets a call fail, at the N-th call below a folder (0038)
child        one run in a forked process, on a copy of a prepared folder;  servers  processes that share such runs
kill         a stop at every call, in each of the `variants`;  errors   each error at each call
outside      stops by strace, and whether our library sees what the kernel sees
defects      mistakes planted in corv, to show that a sweep sees them
lost_writes  the power is cut: `record` tells what a pass does, `disk` and `cuts` what then is left, `unsynced` that it is seen
load         kills under load;  two   several of us at once;  states   random histories against a model;  stream   messages
hostile      mutated messages (`mutations`, `judged`);  leaks   marked values searched for everywhere
__main__     the table PARTS, in the order in which they run
"""
