"""Zips with schemas, made by the tests: our own schemas as VNG would pack them, and what may be wrong with such a zip."""

import io
import zipfile
from collections.abc import Mapping

from corv.schemas.expectations import ENTRY
from corv.stuf import JZ

NAME = "StUF-koppelvlak_Jeugdzorg_-_versie_1.0.9_20260101_-_schemas.zip"
ROLE = '<xs:enumeration value="voogd"/>'
LOOSER = {ROLE: f'{ROLE}<xs:enumeration value="tante"/>'}
"""Accepts vtMeldingDi01/ongeldig-rol.xml, which our own schemas refuse."""

STRICTER = {'<xs:enumeration value="stiefouder"/>': ""}
"""Refuses vtMeldingDi01/in-twente.xml, which our own schemas accept."""


def zip_of(files: Mapping[str, bytes | str]) -> bytes:
    """A zip with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def own_files(changes: Mapping[str, str] | None = None, folder: str = "schemas/") -> dict[str, str]:
    """Our own schemas by path, with other texts in place of some: each must stand there."""
    files = {f"{folder}{path.name}": path.read_text(encoding="utf-8") for path in ENTRY.parent.glob("*.xsd")}
    for old, new in (changes or {}).items():
        assert any(old in text for text in files.values()), old
        files = {name: text.replace(old, new) for name, text in files.items()}
    return files


def own_zip(changes: Mapping[str, str] | None = None) -> bytes:
    """Our own schemas as a zip."""
    return zip_of(own_files(changes))


def schema(body: str, namespace: str = JZ) -> str:
    """A small document of a schema."""
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}" xmlns:t="{namespace}" '
        f'elementFormDefault="qualified">{body}</xs:schema>'
    )


MESSAGE = '<xs:element name="proefDi01" type="xs:string"/>'
