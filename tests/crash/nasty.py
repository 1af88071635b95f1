"""What a fuzzer puts into a message: values, bytes, names, pieces and attributes that something may stumble over."""

from corv.stuf import NSMAP, SOAP

BAIT = "lokaas.xml"
"""A file beside which messages are judged, and that nobody may open; nothing but a name, so that inputs are the same anywhere."""

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = [
    *NSMAP.values(),
    SOAP,
    _XSI,
    "",
    "urn:x",
    "http://www.stufstandaarden.nl/onderlaag/stuf0302",
    "http://127.0.0.1:9/x",
]
VALUES = (
    *("", " ", "\t\n ", "0", "-1", "1e309", "9" * 40, "NaN", "true", "00000000", "123456782", "999999990", "\u200b", "\u202e"),
    *("20261340", "00000000000000000", "99991231235959999", "20260229", "2026-02-29", "-0001-01-01", "24:00:00", "1" * 17),
    *(
        "\u0085\u009b31m",
        "\ufdd0",
        "\U0010ffff",
        "e\u0301" * 9,
        "\u00e9",
        "\ufeff",
        "../../etc/passwd",
        "C:\\..\\a",
        "%s%n",
        "{0}",
    ),
    *(
        "'; DROP TABLE bericht; --",
        "=1+1",
        "$(id)",
        "A" * 255,
        "B" * 5000,
        "QUJD====",
        "!!!!",
        "QUJD\nRA==",
        "U" * 4097,
        "\u2028",
    ),
    *("00000001999000001000", "00000001999000019000", "vtMeldingDi01", "Di01", "Bv03", "Fo03", "stuf:Di01", "7511 AB", "1234AB"),
)
REFERENCES = (b"&#0;", b"&#xD800;", b"&#xFFFE;", b"&#x9B;", b"&lol;", b"&amp;", b"&", b"&#99999999;", b"&#x202E;", b"&quot;")
BAD_BYTES = (
    b"\x00",
    b"\x1b[2J",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc0\x80",
    b"\xf4\x90\x80\x80",
    b"\x85",
    b"\x7f",
    b"<",
)
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "utf-8-sig", "ascii")
DECLARED = (b"UTF-8", b"UTF-16", b"ISO-8859-1", b"windows-1252", b"UTF-7", b"EBCDIC-CP-NL", b"UCS-4", b"onzin", b"", b"x" * 300)
DTDS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    f'<!DOCTYPE a SYSTEM "{BAIT}">',
    f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{BAIT}"> %p;]>',
    f'<!DOCTYPE a [<!ENTITY lol SYSTEM "{BAIT}">]>',
    '<!DOCTYPE a [<!ENTITY lol SYSTEM "http://127.0.0.1:9/x">]>',
    '<!DOCTYPE a PUBLIC "-//W3C//DTD" "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE a [<!ATTLIST a b CDATA "standaard" id ID #IMPLIED><!ELEMENT a ANY>]>',
    "<!DOCTYPE a [<!ENTITY % q '&#37;q;'>%q;]>",
    "<!DOCTYPE",
)
PIECES = (
    "<![CDATA[<a>&]]>",
    "<!---->",
    "<!-- " + "x" * 2000 + " -->",
    "<?xml-stylesheet type='text/xsl' href='lokaas.xml'?>",
    "<?php system('id'); ?>",
    "<?xml version='1.0'?>",
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="lokaas.xml" parse="text"/>',
    "<a xmlns=''/>",
    "<a:b/>",
    "]]>",
    "</a>",
    "\u202etekst",
)
ATTRIBUTES = (
    f'xmlns:xsi="{_XSI}" xsi:nil="true"',
    f'xmlns:xsi="{_XSI}" xsi:type="x:onbekend"',
    f'xmlns:xsi="{_XSI}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:anyType"',
    f'xmlns:xsi="{_XSI}" xsi:schemaLocation="{NSMAP["JZ"]} lokaas.xml urn:x http://127.0.0.1:9/x.xsd"',
    f'xmlns:xsi="{_XSI}" xsi:noNamespaceSchemaLocation="lokaas.xml"',
    'xml:base="file:///etc/" xml:lang="\u202e" xml:id="a"',
    'xmlns="urn:x"',
    'a="1" a="2"',
    f'xmlns:S="{NSMAP["StUF"]}" S:noValue="geenWaarde" S:verwerkingssoort="Z" S:entiteittype="@" S:sleutelVerzendend="x"',
    f'xmlns:S="{NSMAP["StUF"]}" S:indOnvolledigeDatum="Q"',
    " ".join(f'a{number}=""' for number in range(70)),
)
