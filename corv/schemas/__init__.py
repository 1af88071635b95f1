"""Our schemas: compiled once, then asked for a verdict on one message at a time.

libxml2 gives the verdict; `explain` turns its errors into findings in our own words, with `expectations` where libxml2 is
too terse. The XSDs beside this file are written anew from the facts of the koppelvlak; `corv.xsd` imports the others.
"""

from pathlib import Path

from lxml import etree

from corv.findings import Finding
from corv.schemas.expectations import ENTRY
from corv.schemas.explain import explain


class Schemas:
    """A compiled schema set. Not for sharing between threads: the error log belongs to the schema object.

    Make it in the main thread before any other starts: two first compiles at once crash libxml2 (prestaties.md, pitfalls).
    """

    def __init__(self, entry: Path = ENTRY) -> None:
        self._schema = etree.XMLSchema(etree.parse(entry))

    def validate(self, root: etree._Element) -> tuple[Finding, ...]:
        """What is wrong with a message by the schema, in the order of the message; nothing when it is valid."""
        if self._schema.validate(root):
            return ()
        return explain(root, self._schema.error_log)
