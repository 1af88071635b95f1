"""A large message is large by its attachments, or it is refused before it costs memory (bulk.py)."""

import base64
import hashlib

import pytest
from crash.bombs import with_root
from lxml import etree

from conftest import message
from corv import bulk, reading
from corv.findings import Finding
from corv.parsing import parse
from corv.reading import content_hash

BYTES = base64.b64encode(bytes(range(256)) * 13_000)
"""4 MiB of attachment, so that the message is no small one."""

LINES = base64.encodebytes(bytes(range(256)) * 13_000)
WIDE = "\U0001f600".encode()

UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>'


def with_text(text: bytes) -> bytes:
    return with_root("", "<a>HIER</a>").replace(b"HIER", text)


def outcome(raw: bytes) -> str:
    found = parse(raw)
    return found.code if isinstance(found, Finding) else "gelezen"


@pytest.mark.parametrize(
    "text",
    [
        BYTES,
        LINES,
        LINES.replace(b"\n", b"\r\n"),
        LINES.replace(b"\n", b"&#xD;\n"),
        b"<![CDATA[" + LINES + b"]]>",
        b"<!-- een bijlage -->" + BYTES,
        BYTES + "</a><b>\u017d\u00eb \U0001f600 &amp; meer</b><a>".encode(),
        BYTES + b"</a><a>" + WIDE + b"x.y" * 300_000,
        b"data:application/pdf;base64," + BYTES.replace(b"+", b"-"),
    ],
    ids=[
        "one line",
        "lines",
        "crlf",
        "crlf as .NET writes it",
        "cdata",
        "comment",
        "wide elsewhere",
        "a long text of others",
        "an attachment that the schema refuses",
    ],
)
def test_an_attachment_of_any_form_is_read(text: bytes) -> None:
    assert len(with_text(text)) > 4 << 20
    assert outcome(with_text(text)) == "gelezen"


@pytest.mark.parametrize(
    "raw",
    [
        with_text(WIDE + BYTES),
        with_text(BYTES + WIDE),
        with_text(b">" * len(BYTES)),
        with_text(b"<![CDATA[" + WIDE + b"]]><![CDATA[" + BYTES + b"]]>"),
        with_text(b"<!-- <a -->".join([WIDE + BYTES[: 1 << 18]] * 17)),
        with_text(b"<?a?>".join([WIDE + BYTES[: 1 << 18]] * 17)),
        with_text(b"<!--" + b"x" * (9 << 20) + b"-->"),
        with_text(b"<![CDATA[" + b"x>" * (5 << 20) + b"]]>"),
        with_root(f'a="{"x" * (9 << 20)}"'),
        with_root("", f"<{'x' * (9 << 20)}/>"),
        with_text(b"&#120;" * 1_600_000),
        with_text("\u00eb".encode() * 900_000 + b"</a><a>" + "\u00eb".encode() * 4_000_000),
        UTF_7 + b"<r><![CDATA[" + (b"+2D3eAA-" + b"x" * 900_000 + b"+ADw-b+AD4-+ADw-/b+AD4-") * 10 + b"]]></r>",
        b"<r><?x <![CDATA[?]]>>" + (WIDE + b"x" * 900_000 + b"<b></b>") * 10 + b"?></r>",
        b"<r><!--<![CDATA[-]]>->" + (WIDE + b"x" * 900_000 + b"<b></b>") * 10 + b"--></r>",
        with_root(f"""a='{WIDE.decode()}{'"' * 100_000}'"""),
        with_root(f'xmlns:p="{"x" * 70_000}"', "<p:b/>" * 40),
    ],
    ids=[
        "wide before",
        "wide after",
        "brackets",
        "cdata",
        "between comments",
        "between instructions",
        "comment",
        "long cdata",
        "attribute",
        "name",
        "references",
        "letters",
        "cdata in utf-7",
        "no cdata in an instruction",
        "no cdata in a comment",
        "attribute of a smaller message",
        "namespace",
    ],
)
def test_what_is_large_by_anything_else_is_refused(raw: bytes) -> None:
    assert outcome(raw) == "xml-grens"


def test_what_is_broken_is_told_as_such_however_large() -> None:
    assert outcome(with_text(BYTES)[:-20]) == "xml-afgekapt"
    assert outcome(with_text(BYTES + b"\xff" + BYTES)) == "xml-codering"


def test_a_small_message_is_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_LONGEST_TEXT", 0)
    monkeypatch.setattr(bulk, "_MOST_PIECES", 0)

    assert outcome(message("vtMeldingDi01/volledig.xml")) == "gelezen"


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_the_hash_is_that_of_the_whole_canonical_form_in_whatever_pieces_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(reading, "_PIECE", size)
    text = "\u017d\u00eb \U0001f600\n".encode() * 9
    for raw in (message("vtMeldingDi01/volledig.xml"), with_text(text), with_text(BYTES)):
        root = etree.fromstring(raw)
        whole = etree.canonicalize(root, rewrite_prefixes=True, strip_text=True, with_comments=False)
        assert content_hash(root) == hashlib.sha256(whole.encode()).hexdigest()
