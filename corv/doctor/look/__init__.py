"""Finds the facts of `corv doctor` by trying things for real; one function a probe: `Source` -> facts.

What is written has a name that no inbox takes and no other program should, and is gone at once. Nothing else is changed, the
lock of the working folder is never taken, and the service is never stood in the way of.
"""
