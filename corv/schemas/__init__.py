"""The schemas: compiled once, then asked for a verdict on one message at a time.

libxml2 gives the verdict; `explain` turns its errors into findings in our own words, with `expectations` where libxml2 is
too terse. The XSDs beside this file are written anew from the facts of the koppelvlak; `corv.xsd` imports the others. Beside
them or in their place the schemas of an installed zip may judge (`officieel`).
"""

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from corv.findings import Finding, Niveau, has_fault
from corv.officieel.keuze import Instelling, Pakket, Schemakeuze
from corv.officieel.proef import compiled
from corv.officieel.samenstellen import COMPILING
from corv.officieel.vastgelegd import facts_of
from corv.schemas.expectations import ENTRY
from corv.schemas.explain import explain

KOPPELVLAK = "1.0.9"
"""The version of the koppelvlak from which our own schemas were written."""


@cache
def own_sha256() -> str:
    """The SHA-256 of our own schemas: of each XSD its name and its bytes."""
    digest = hashlib.sha256()
    for path in sorted(ENTRY.parent.glob("*.xsd")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def in_force(keuze: Schemakeuze) -> dict[str, Any]:
    """What is written down of the schemas that judge by this choice (`vastgelegd`)."""
    return facts_of(keuze, KOPPELVLAK, own_sha256())


class Schemas:
    """Our own schemas, and those of the zips that `keuze` names: each is compiled when the first message asks for it.

    Ask it for verdicts in one thread only: the error log belongs to the schema object.
    """

    def __init__(self, keuze: Schemakeuze | None = None, entry: Path = ENTRY) -> None:
        self._keuze = keuze or Schemakeuze()
        self._entry = entry

    @cached_property
    def _schema(self) -> etree.XMLSchema:
        with COMPILING:
            return etree.XMLSchema(etree.parse(self._entry))

    def validate(self, root: etree._Element) -> tuple[Finding, ...]:
        """What is wrong with a message by the schema, in the order of the message; no fault when it is valid.

        Where both schemas are asked, our own verdict counts, and another verdict of the official one is a warning after it.
        """
        pakket = self._keuze.official(str(root.tag))
        if pakket is None:
            return self._own(root)
        if self._keuze.instelling is Instelling.OFFICIEEL:
            return self._official(root, pakket)
        own, official = self._own(root), self._official(root, pakket)
        if has_fault(own) == has_fault(official):
            return own
        return (*own, _difference(own, official, pakket))

    def _own(self, root: etree._Element) -> tuple[Finding, ...]:
        return () if self._schema.validate(root) else explain(root, self._schema.error_log, lambda _path: True)

    def _official(self, root: etree._Element, pakket: Pakket) -> tuple[Finding, ...]:
        schema = compiled(pakket.raw)
        if schema.validate(root):
            return ()
        agreed = {finding.pad for finding in self._own(root)}
        return explain(root, schema.error_log, agreed.__contains__)


def _difference(own: tuple[Finding, ...], official: tuple[Finding, ...], pakket: Pakket) -> Finding:
    """That the two verdicts differ: which says what, and the first reason of the one that refuses."""
    first = (own or official)[0]
    ours, theirs = ("af", "goed") if own else ("goed", "af")
    text = (
        f"Ons eigen schema keurt dit bericht {ours}, het officiële van {pakket} keurt het {theirs}. Het eigen oordeel telt. "
        f"De reden van de afkeuring: {first.tekst} Meld dit verschil, met die reden, aan de makers van corv."
    )
    return Finding("schema-verschil", Niveau.WAARSCHUWING, text, first.pad, first.regel)
