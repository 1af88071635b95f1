"""Open a message: parse, name its kind, read its header, hash its content. Pure; judges nothing yet."""

import hashlib
from dataclasses import dataclass

from lxml import etree

from corv.berichten import BERICHTEN
from corv.berichten.soort import Berichtsoort
from corv.findings import Finding, Niveau
from corv.parsing import Document, parse
from corv.sleutels import Sleutel, keys_of, wants_terugkoppeling
from corv.stuf import MELDINGEN
from corv.stuurgegevens import Stuurgegevens, read_stuurgegevens

_PIECE = 1 << 16


@dataclass(frozen=True)
class Reading:
    """What the bytes turned out to be.

    `unreadable` is set when there is no message to handle: no XML, or XML without stuurgegevens; the rest is then None.
    `soort` is None for a root that we don't handle. `content_hash` is equal for messages with the same content.
    """

    root: etree._Element | None = None
    soort: Berichtsoort | None = None
    stuurgegevens: Stuurgegevens | None = None
    content_hash: str | None = None
    unreadable: Finding | None = None
    sleutels: tuple[Sleutel, ...] = ()
    wants_terugkoppeling: bool = True

    @property
    def is_wellformed(self) -> bool:
        """Whether the bytes are XML that we accept."""
        return self.root is not None

    @property
    def may_be_melding(self) -> bool:
        """Whether this is a melding, or nobody can tell: then it counts as one, so that it stays in a person's sight.

        A melding that we can't handle (old namespace, unsupported functie) is known by the name of its root.
        """
        if self.root is None:
            return True
        functie = self.stuurgegevens.functie if self.stuurgegevens else None
        return etree.QName(self.root).localname in MELDINGEN or functie in MELDINGEN


def read(raw: bytes) -> Reading:
    """Read one message; never raises on what the bytes hold."""
    document = parse(raw)
    if isinstance(document, Finding):
        return Reading(unreadable=document)
    return read_document(document)


def read_document(document: Document) -> Reading:
    """Read a parsed message."""
    root = document.root
    soort = BERICHTEN.get(str(root.tag))
    stuurgegevens = read_stuurgegevens(root)
    if stuurgegevens is None:
        return Reading(root, soort, unreadable=_without_header(soort))
    if soort is None:
        return Reading(root, soort, stuurgegevens, content_hash(root))
    keys, wanted = keys_of(root, soort, stuurgegevens), wants_terugkoppeling(root, soort)
    return Reading(root, soort, stuurgegevens, content_hash(root), sleutels=keys, wants_terugkoppeling=wanted)


def content_hash(root: etree._Element) -> str:
    """SHA-256 over C14N 2.0 with prefixes rewritten, text stripped and comments left out (ontwerp 5).

    Service buses re-serialise: other prefixes, indentation and declarations are still the same message.
    """
    digest = hashlib.sha256()
    into = _Hashing(digest)
    etree.canonicalize(root, out=into, rewrite_prefixes=True, strip_text=True, with_comments=False)
    into.flush()
    return digest.hexdigest()


class _Hashing:
    """A file that hashes what is written to it. Never more than a piece of it is held: an attachment of 35 MB is one text."""

    def __init__(self, digest: "hashlib._Hash") -> None:
        self._digest = digest
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str, /) -> int:
        self._held.append(text)
        self._length += len(text)
        if self._length >= _PIECE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        *before, last = self._held or [""]
        self._digest.update("".join(before).encode())
        for begin in range(0, len(last), _PIECE):
            self._digest.update(last[begin : begin + _PIECE].encode())
        self._held, self._length = [], 0


def _without_header(soort: Berichtsoort | None) -> Finding:
    if soort is None:
        return Finding("geen-stuf", Niveau.FOUT, "Het bestand is wel XML, maar geen StUF-bericht: er zijn geen stuurgegevens.")
    return Finding(
        "geen-stuurgegevens",
        Niveau.FOUT,
        "Het bericht heeft geen stuurgegevens, dus is niet bekend van wie het komt en kan het niet worden beantwoord.",
        pad=f"/{soort.naam}",
    )
