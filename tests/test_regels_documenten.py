"""The rules about documents, where their examples are too small to show it."""

import pytest
from lxml import etree
from regelhulp import WORLD, message, said_of

from corv.rules.bericht import find
from corv.rules.documenten import INHOUD, MB, base64_of, size_of
from corv.stuf import BESTANDSNAAM, CONTENT_TYPE
from corv.voorbeeld import make


def files(root: etree._Element) -> list[etree._Element]:
    return find(root, f".//{INHOUD}")


def documents(*inhoud: str) -> etree._Element:
    """A request with these files."""
    relevant = "<ZKN:heeftRelevant><ZKN:gerelateerde>{}</ZKN:gerelateerde></ZKN:heeftRelevant>"
    return message("vtoDi01", *map(relevant.format, inhoud))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", 0),
        ("QQ==", 1),
        ("QUI=", 2),
        ("QUJD", 3),
        ("\n  QUJD\r\n\tQUJD  QQ==\n", 7),
        ("QUJD<!-- half -->QUJD", 6),
    ],
)
def test_the_size_of_a_file_is_known_without_decoding_it(text: str, size: int) -> None:
    (inhoud,) = files(documents(f"<ZKN:inhoud>{text}</ZKN:inhoud>"))
    assert size_of(inhoud) == size


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 1000])
def test_a_file_that_is_made_has_the_size_that_was_asked(size: int) -> None:
    (inhoud,) = files(documents(f"<ZKN:inhoud>{base64_of(size)}</ZKN:inhoud>"))
    assert size_of(inhoud) == size


def test_of_files_that_are_too_large_together_the_largest_is_pointed_at() -> None:
    root = documents(*(f"<ZKN:inhoud>{base64_of(size * MB)}</ZKN:inhoud>" for size in (1, 12, 9)))
    assert said_of("CORV-A9.2", root) == [
        (
            "JZ:object/ZKN:heeftRelevant[2]/ZKN:gerelateerde/ZKN:inhoud",
            "De bijlagen zijn samen groter dan 21 MB; deze is de grootste.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "wat"),
    [
        ("Verslag gesprek d.d. 3 mei, versie_2-def.docx", None),
        ("kopie\u00ebn.pdf", None),
        ("", "De bestandsnaam van deze bijlage is leeg."),
        (" ", "De bestandsnaam van deze bijlage begint met een spatie."),
        ("\u00a0plan.pdf", "De bestandsnaam van deze bijlage begint met een spatie."),
        ("map\\plan.pdf", "In de bestandsnaam van deze bijlage staat een schuine streep of een stuurteken."),
        ("plan\n.pdf", "In de bestandsnaam van deze bijlage staat een schuine streep of een stuurteken."),
    ],
)
def test_a_name_of_a_file_is_refused_only_for_what_is_known_to_be_wrong(name: str, wat: str | None) -> None:
    root = documents("<ZKN:inhoud>AAAA</ZKN:inhoud>")
    files(root)[0].set(BESTANDSNAAM, name)
    assert [said for _, said in said_of("CORV-A9.6", root)] == ([wat] if wat else [])


@pytest.mark.parametrize(("type_", "is_wrong"), [("application/pdf", False), ("PDF", False), ("   ", True)])
@pytest.mark.parametrize(("regel", "naam"), [("CORV-A9.4", "vtoDi01"), ("CORV-C4.2", "zorgmeldingDi01")])
def test_any_type_of_a_file_will_do_but_white_space(regel: str, naam: str, type_: str, *, is_wrong: bool) -> None:
    root = make(naam, 1, 1, WORLD)
    for inhoud in files(root):
        inhoud.set(CONTENT_TYPE, type_)
    assert len(said_of(regel, root)) == (len(files(root)) if is_wrong else 0)


def test_a_document_that_is_nil_is_no_request() -> None:
    root = message("vtoDi01", '<ZKN:heeftRelevant xsi:nil="true"/>')
    assert said_of("CORV-A9.1", root) == [("JZ:object", "Er is geen document van de soort 'Verzoek tot onderzoek RvdK'.")]
    assert [said_of(regel, root) for regel in ("CORV-A9.2", "CORV-A9.3", "CORV-A9.4", "CORV-A9.6")] == [[]] * 4
