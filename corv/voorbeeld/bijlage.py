"""The documents that go with an example: small, and readable by every program."""

from base64 import b64encode

from corv.inhoud.fields import Value
from corv.stuf import BESTANDSNAAM, CONTENT_TYPE


def attachment(title: str, file: str) -> Value:
    """A small PDF as the content of a document, with its type and the name of its file."""
    content = b64encode(_pdf(title)).decode()
    return Value(content, ((CONTENT_TYPE, "application/pdf"), (BESTANDSNAAM, file)))


def _pdf(title: str) -> bytes:
    """A page with one line of text, which every reader can open. PDF 1.4, its table of places at the end."""
    text = f"BT /F1 14 Tf 72 760 Td ({title}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    whole, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(whole)
    whole += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    return f"{whole}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
