"""Messages of every kind with numbers and parties of one's choice, each made of the smallest sample of that kind."""

from conftest import OURS, message

POLITIE, RAAD = "00000002999000002000", "00000002999000003000"


def vary(name: str, *changes: tuple[str, str]) -> bytes:
    """A sample with texts replaced by others; each must be there."""
    text = message(name).decode()
    for old, new in changes:
        assert old in text, f"{name}: {old}"
        text = text.replace(old, new)
    return text.encode()


def zorgmelding(referentienummer: str, kenmerk: str, melder: str = POLITIE, *, sample: str = "minimaal") -> bytes:
    number, own = {"minimaal": ("zm-2026-0001-minimaal", "PL0600-2026000301"), "in-twente": _ZORG_IN_TWENTE}[sample]
    return vary(f"zorgmeldingDi01/{sample}.xml", (number, referentienummer), (own, kenmerk), (POLITIE, melder))


_ZORG_IN_TWENTE = ("zm-2026-0005-in-twente", "PL0500-2026000305")


def zorgterugkoppeling(referentienummer: str, kenmerk: str, melder: str = POLITIE, zender: str = OURS) -> bytes:
    return vary(
        "zorgmeldingTerugkoppelingDi01/minimaal.xml",
        ("zmt-2026-0001-minimaal", referentienummer),
        ("PL0600-2026000301", kenmerk),
        ("VT-2026-00301", f"VT-{referentienummer}"),
        (OURS, "ZENDER"),
        (POLITIE, melder),
        ("ZENDER", zender),
    )


def generiek(
    referentienummer: str, identificatie: str, melder: str = POLITIE, *, wens: str | None = "Ja", soort: str = "VT"
) -> bytes:
    """A meldingGeneriek on a child in our own region. `wens`: whether a terugkoppeling is wanted; None where nothing says so."""
    wanted = f"<JZ:indicatieTerugkoppelingGewenst>{wens}</JZ:indicatieTerugkoppelingGewenst>" if wens is not None else ""
    return vary(
        "meldingGeneriekDi01/minimaal.xml",
        ("10699fe6-4680-460e-a017-6d1a603b1dc8", referentienummer),
        ("PL0900-2026000201", identificatie),
        (POLITIE, melder),
        ("<JZ:verzoekOmschrijving>", f"{wanted}<JZ:verzoekOmschrijving>"),
        ("<JZ:soortmeldingCode>VT<", f"<JZ:soortmeldingCode>{soort}<"),
    )


def generiek_in_twente(referentienummer: str, identificatie: str, melder: str = POLITIE, *, soort: str = "VT") -> bytes:
    """A meldingGeneriek on a child that surely stays in Twente."""
    return vary(
        "meldingGeneriekDi01/in-twente.xml",
        ("cb14322f-9427-4d07-8212-ef0c5cb8c5b7", referentienummer),
        ("PL0600-2026000202", identificatie),
        (POLITIE, melder),
        ("<JZ:soortmeldingCode>VT<", f"<JZ:soortmeldingCode>{soort}<"),
    )


def uitkomst(
    referentienummer: str, uw_identificatie: str, melder: str = POLITIE, zender: str = OURS, statuscode: str = "VT-02"
) -> bytes:
    return vary(
        "uitkomstMeldingGeneriekDi01/minimaal.xml",
        ("288b2c95-fa55-4e18-b82d-754cca261ee8", referentienummer),
        ("PL0900-2026000201", uw_identificatie),
        ("VT-2026-00201", f"VT-{referentienummer}"),
        ("VT-01-03", statuscode),
        (OURS, "ZENDER"),
        (POLITIE, melder),
        ("ZENDER", zender),
    )


_NUMBERS = {
    "vcobDi01": ("vcob-2026-0001", "VTZ-2026-000201"),
    "ucobDi01": ("ucob-2026-0001", "VTZ-2026-000201"),
    "vciDi01": ("vci-2026-0001", "VTZ-2026-000211"),
    "uciDi01": ("uci-2026-0001", "VTZ-2026-000211"),
}


def verzoek(functie: str, referentienummer: str, identificatie: str, zender: str = OURS, ontvanger: str = RAAD) -> bytes:
    """A vcob or vci, of us to the Raad."""
    number, own = _NUMBERS[functie]
    made = vary(f"{functie}/minimaal.xml", (number, referentienummer), (own, identificatie), (OURS, "ZENDER"), (RAAD, ontvanger))
    return made.replace(b"ZENDER", zender.encode())


def antwoord(
    functie: str,
    referentienummer: str,
    cross_refnummer: str,
    verzoekidentificatie: str,
    zender: str = RAAD,
    ontvanger: str = OURS,
) -> bytes:
    """An ucob or uci, of the Raad to us."""
    asked = {"ucobDi01": "vcobDi01", "uciDi01": "vciDi01"}[functie]
    changes = ((_NUMBERS[asked][0], cross_refnummer), (_NUMBERS[functie][0], referentienummer))
    named = (_NUMBERS[functie][1], verzoekidentificatie)
    made = vary(f"{functie}/minimaal.xml", *changes, named, (RAAD, "ZENDER"), (OURS, ontvanger))
    return made.replace(b"ZENDER", zender.encode())
