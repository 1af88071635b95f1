"""What makes a large message large: only attachments may, base64 in one text each (corv.md 4.1 rule 17).

As a string of Python one wide character makes every other of its text take four bytes, and what must be escaped takes up to five
characters: a text of 59 MiB took two gigabytes. So a large message is first read in pieces, of which none is kept. A long text
needs to be plain: ASCII of which nothing is to be escaped. Whether it is base64 is for the schema to say, and for an answer.
"""

import re
from collections.abc import Callable

from lxml import etree

_SMALL = 4 << 20
"""Up to this many bytes nothing in a message can take much memory, so nothing is weighed: all but those with attachments."""

_LONGEST_TEXT = 1 << 20
"""Characters of one text that is not plain. Real ones have some thousands."""

_MOST_OTHERS = 8 << 20
"""Bytes of everything but plain text: names, attributes, comments. Real messages have some thousands of tags (corv.md 1.1)."""

_MOST_PIECES = 1_500_000
"""Calls of the parser, against an attack on time: it makes one for each reference and for each line that ends in CR LF."""

_PIECE = 1 << 16
_PLAIN = bytes(set(range(0x80)) - set(b"&<>"))
_BASE64_IN_CDATA = re.compile(rb"<!\[CDATA\[([A-Za-z0-9+/=\s]+)\]\]>")
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<(?:\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)|)")
_LIKE_ASCII = (b"utf-8", b"us-ascii", b"iso-8859-", b"windows-125")
"""How the names begin of encodings in which the bytes of base64 mean what they say; in UTF-7 they may be tags."""


class _Scale:
    """Counts plain text; what the parser calls."""

    def __init__(self) -> None:
        self.plain = 0
        self.is_too_much = False
        self._pieces = 0
        self._run = 0
        self._is_plain = True

    def data(self, text: str, /) -> None:
        self._pieces += 1
        self._run += len(text)
        if text.encode().translate(None, _PLAIN):
            self._is_plain = False
        else:
            self.plain += len(text)
        if self._pieces > _MOST_PIECES or (self._run > _LONGEST_TEXT and not self._is_plain):
            self.is_too_much = True

    def end(self, _tag: str, /) -> None:
        self._run, self._is_plain = 0, True

    def close(self) -> None:
        """Nothing is left to do."""


def fits(raw: bytes, parser_for: Callable[[object], etree.XMLParser]) -> bool | None:
    """Whether reading this message takes little more memory than its bytes; None when it can't be read to its end.

    `parser_for`: makes the parser that is to read it, to call this target instead of building a tree.
    What the parser keeps to itself counts as no text: it gives a text in pieces, but a comment or an attribute only whole.
    """
    if len(raw) <= _SMALL:
        return True
    if b"<![CDATA[" in raw and _is_like_ascii(raw):  # it would give that whole, too
        raw = _BASE64_IN_CDATA.sub(rb"\1", raw)
    scale = _Scale()
    parser = parser_for(scale)
    try:
        for begin in range(0, len(raw), _PIECE):
            parser.feed(raw[begin : begin + _PIECE])
            if scale.is_too_much or begin + _PIECE - scale.plain > _MOST_OTHERS:
                return False
        parser.close()
    except etree.XMLSyntaxError:
        return None
    return True


def _is_like_ascii(raw: bytes) -> bool:
    found = _DECLARED.match(raw)
    return found is not None and (found[1] or b"utf-8").lower().startswith(_LIKE_ASCII)
