"""The official test set 1.0.1 of the koppelvlak, step by step: a test for each scenario, for each of its two sheets.

The workbook tells what the application under test ("TTA") and CORV send each other. Here the application is the case system
with corv: what it sends lies in inbox/eigen, what CORV sends in inbox/corv, and after each pass of `corv verwerk` both fetch
what lies in their outbox. Sheet "Binnengemeentelijke keten" goes over ebMS, so the receipts are no files; sheet "JZA" has a
Bv03 or Bv04 at each step, which are steps of their own there. So step n of the first is step 2n - 1 of the second.

Where the workbook and the standard disagree the standard is followed (corv.md 9); it says so at the step.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import pytest
from lxml import etree
from testset import (
    OM,
    POLITIE,
    RAAD,
    bevestiging,
    client,
    date,
    fout,
    gezagsdrager,
    instelling,
    kind,
    mens,
    notificatie,
    notificatiejr,
    ongeboren,
    terugkoppeling,
    vto,
    zorgmelding,
)

from conftest import Werkmap
from corv.schemas import Schemas
from corv.stuf import Berichtcode

Corv = Callable[..., tuple[int, str, str]]

BINNENGEMEENTELIJK, JZA = "Binnengemeentelijke keten", "JZA"


class Keten:
    """Both sides of the chain, on one sheet of the workbook."""

    def __init__(self, werkmap: Werkmap, corv: Corv, blad: str, schemas: Schemas, official: etree.XMLSchema | None) -> None:
        self.werkmap, self.corv, self.blad, self.schemas, self.official = werkmap, corv, blad, schemas, official
        self._numbers = count(1)
        if blad == BINNENGEMEENTELIJK:
            werkmap.configure('bevestig = "Bv03"', 'bevestig = "geen"')

    def tta(self, stap: str, bericht: bytes, *, dan: Sequence[str]) -> dict[str, bytes]:
        """A step in which the application sends. `dan`: what lies in the outboxes afterwards, receipts on this sheet left out.

        On sheet JZA CORV answers with a Bv04, of which nobody hears but the one who asks corv.
        """
        found = self._step("eigen", stap, bericht, dan)
        if self.blad == JZA:
            number, to = self._header(bericht)
            self._step("corv", f"{stap}, Bv04 van de DKA", bevestiging("Bv04", f"bv04-{next(self._numbers)}", to, number), ())
        return found

    def corv_(self, stap: str, bericht: bytes, *, dan: Sequence[str], is_noted: bool = False) -> dict[str, bytes]:
        """A step in which CORV sends. On sheet JZA the application answers with a Bv03. `is_noted`: a person must look at it."""
        receipt = [Berichtcode.BV03] if self.blad == JZA and "corv/Fo03" not in dan else []
        return self._step("corv", stap, bericht, [*dan, *(f"corv/{code}" for code in receipt)], is_noted=is_noted)

    def berichten(self) -> dict[str, str]:
        """The status of each message by its referentienummer."""
        return {str(row["referentienummer"]): str(row["status"]) for row in self.werkmap.rows()}

    def keten(self, nummer: str) -> list[str]:
        """The referentienummers of the messages that belong to the one with this number."""
        id_ = next(str(row["id"]) for row in self.werkmap.rows() if row["referentienummer"] == nummer)
        code, out, err = self.corv("keten", id_)
        assert code == 0, err
        return [number for number in self.berichten() if number in out]

    def _step(self, kanaal: str, stap: str, bericht: bytes, dan: Sequence[str], *, is_noted: bool = False) -> dict[str, bytes]:
        root = etree.fromstring(bericht)
        assert self.schemas.validate(root) == (), stap
        assert self.official is None or self.official.validate(root), f"{stap}: {self.official.error_log}"
        self.werkmap.drop(kanaal, "bericht.xml", bericht)
        code, _, err = self.corv("verwerk")
        assert (code, err) == (1 if is_noted else 0, ""), stap
        found = dict(self._fetched())
        assert sorted(found) == sorted(dan), stap
        return found

    def _fetched(self) -> Iterator[tuple[str, bytes]]:
        """What both sides fetch from their outbox: by channel and kind."""
        for name, content in self.werkmap.outbox().items():
            (self.werkmap.path / "outbox" / name).unlink()
            yield f"{name.rpartition('/')[0]}/{name.removesuffix('.xml').rpartition('-')[2]}", content

    @staticmethod
    def _header(bericht: bytes) -> tuple[str, str]:
        root = etree.fromstring(bericht)
        return str(root.findtext(".//{*}referentienummer")), str(root.findtext(".//{*}ontvanger/{*}organisatie"))


@pytest.fixture(params=[BINNENGEMEENTELIJK, JZA])
def keten(
    request: pytest.FixtureRequest, werkmap: Werkmap, corv: Corv, schemas: Schemas, official: etree.XMLSchema | None
) -> Keten:
    return Keten(werkmap, corv, request.param, schemas, official)


MOEDER, VADER = "ouder, gezag niet benoemd", "ouder met gezag"
PDF = ("application/pdf",)
KINDEREN = [kind(1), kind(2, "999926706"), kind(3, "999927607")]
VADERS = [mens("M", "Vader", bsn) for bsn in ("999928533", "999929446", "999933097")]

VTOS = {
    "stap 1: één kind met BSN en geboortedatum, een voogd met telefoon": vto(
        "scn1-stap1", [kind(1)], [gezagsdrager("voogd", [1], mens("V", "Voogd", telefoon="0600000001"))], PDF
    ),
    "stap 3: één kind zonder BSN met RNI-nummer, geboortedatum onbekend; een instelling heeft het gezag": vto(
        "scn1-stap3", [kind(1, "", date("20150101", "J"), ("RNI-nummer", "9900000011"))], [instelling([1])], PDF
    ),
    "stap 5: één ongeboren kind; de moeder met telefoon": vto(
        "scn1-stap5", [ongeboren(1)], [gezagsdrager(MOEDER, [1], mens("V", telefoon="0600000002"))], PDF
    ),
    "stap 7: een ongeboren kind en een kind waarvan alleen het geboortejaar bekend is; de moeder en de vader": vto(
        "scn1-stap7",
        [ongeboren(1), kind(2, "", date("20180101", "M"), ("beschrijvendeIdentificatie", "Het oudste kind."))],
        [gezagsdrager(MOEDER, [1], mens("V", telefoon="0600000003")), gezagsdrager(VADER, [2], mens("M"))],
        PDF,
    ),
    "stap 9: een ongeboren kind en drie kinderen; de moeder met BSN": vto(
        "scn1-stap9",
        [ongeboren(4), *KINDEREN],
        [gezagsdrager(MOEDER, [1, 2, 3, 4], mens("V", bsn="999927607", telefoon="0600000004"))],
        PDF,
    ),
    "stap 11: drie bijlagen, elk van een ander mimetype": vto(
        "scn1-stap11",
        [kind(1)],
        [gezagsdrager(VADER, [1], mens("V"))],
        ["application/pdf", "application/msword", "image/jpeg"],
    ),
    "stap 13: drie kinderen met één moeder en elk een andere vader, geen van hen geïnformeerd": vto(
        "scn1-stap13",
        KINDEREN,
        [
            gezagsdrager(VADER, [1, 2, 3], mens("V"), niet="Niet bereikt."),
            *(gezagsdrager(VADER, [nummer], vader, niet="Niet bereikt.") for nummer, vader in enumerate(VADERS, 1)),
        ],
        PDF,
    ),
    "stap 15: als stap 13, de moeder niet geïnformeerd en de vaders wel": vto(
        "scn1-stap15",
        KINDEREN,
        [
            gezagsdrager(VADER, [1, 2, 3], mens("V"), niet="Niet bereikt."),
            *(gezagsdrager(VADER, [nummer], vader) for nummer, vader in enumerate(VADERS, 1)),
        ],
        PDF,
    ),
    "stap 17: drie kinderen, de moeder en de vader bij elk kind, beiden geïnformeerd": vto(
        "scn1-stap17",
        KINDEREN,
        [gezagsdrager(VADER, [1, 2, 3], mens("V")), gezagsdrager(VADER, [1, 2, 3], mens("M", "Vader", "999928533"))],
        PDF,
    ),
}


def test_scn_1_vto_1(keten: Keten) -> None:
    for stap, bericht in VTOS.items():
        number = str(etree.fromstring(bericht).findtext(".//{*}referentienummer"))
        sent = keten.tta(f"SCN 1, {stap}", bericht, dan=["corv/vtoDi01"])
        assert sent["corv/vtoDi01"] == bericht, stap
        assert keten.corv("openstaand", "--json")[1].count(number) == 1, stap

        answer = bevestiging("Bv01", f"bv01-{number}", RAAD, number)
        received = keten.corv_(f"SCN 1, de stap na {stap}", answer, dan=["eigen/Bv01Bericht"])
        assert received["eigen/Bv01Bericht"] == answer, stap
        assert keten.corv("openstaand", "--json")[1] == "", stap

    assert set(keten.berichten().values()) == {"geaccepteerd"}


def test_scn_2_vto_2(keten: Keten) -> None:
    bericht = vto("scn2-stap1", [kind(1)], [gezagsdrager("voogd", [1], mens("V"))], PDF)
    keten.tta("SCN 2, stap 1: een juiste vto", bericht, dan=["corv/vtoDi01"])
    keten.corv_("SCN 2, stap 2: Fo01 van CORV", fout("fo01-1", RAAD, "scn2-stap1"), dan=["eigen/Fo01Bericht"], is_noted=True)

    assert {"scn2-stap1", "fo01-1"} <= set(keten.keten("scn2-stap1"))  # it can be linked to the vto that was sent


MOEDER_MET_DIACRIETEN = mens("V", "Œdípe-Çağlar Škvårø")

NOTIFICATIES = {
    "stap 1: intake afgerond, kind met BSN en geboortedatum": ("Intake afgerond", client(), None),
    "stap 2: onderzoek afgerond, kind met BSN en geboortedatum": ("Onderzoek afgerond", client(), None),
    "stap 3: onderzoek afgerond, kind zonder BSN met RNI-nummer, geboortedatum onbekend": (
        "Onderzoek afgerond",
        client("", date("20150101", "J"), ("RNI-nummer", "9900000011")),
        None,
    ),
    "stap 4: onderzoek afgerond, ongeboren kind; de naam van de moeder heeft diakrieten en een ligatuur": (
        "Onderzoek afgerond",
        client("", date("20261201", "J")),
        MOEDER_MET_DIACRIETEN,
    ),
    "stap 5: onderzoek afgerond, kind met alleen een beschrijvende identificatie": (
        "Onderzoek afgerond",
        client("", date("20150101", "M"), ("beschrijvendeIdentificatie", "Het oudste kind van het gezin.")),
        None,
    ),
    "stap 6: zaak afgerond, kind met BSN en geboortedatum": ("Zaak afgerond", client(), None),
}


def test_scn_3_not_1(keten: Keten) -> None:
    bericht = vto("vto-3", [kind(1)], [gezagsdrager("voogd", [1], mens("V"))], PDF)
    keten.tta("SCN 3, vooraf: de vto waarop de Raad antwoordt", bericht, dan=["corv/vtoDi01"])
    for nummer, (stap, (status, kind_, moeder)) in enumerate(NOTIFICATIES.items(), 1):
        bericht = notificatie(f"scn3-{nummer}", status, kind_, "vto-3", moeder=moeder)
        received = keten.corv_(f"SCN 3, {stap}", bericht, dan=["eigen/notificatieDi01"])
        assert received["eigen/notificatieDi01"] == bericht, stap

    # "De TTA zal deze correcte berichten niet (ten onrechte) mogen afkeuren"; and all belong to the vto.
    assert set(keten.berichten().values()) == {"geaccepteerd"}
    assert {"vto-3", *(f"scn3-{nummer}" for nummer in range(1, 7))} <= set(keten.keten("vto-3"))


def test_scn_4_not_2(keten: Keten) -> None:
    # The workbook names the statuses "Ambtshalve onderzoek gestart" and "afgerond". The schema has no such status since 1.0.0
    # (corv.md 1.1): there indicatieAmbtshalve says that it is the Raad's own investigation.
    for stap, status in (("1", "Intake afgerond"), ("2", "Onderzoek afgerond")):
        bericht = notificatie(f"scn4-{stap}", status, client(), None)
        keten.corv_(f"SCN 4, stap {stap}: ambtshalve, {status}", bericht, dan=["eigen/notificatieDi01"])

    assert set(keten.berichten().values()) == {"geaccepteerd"}


def test_scn_6_zm_1(keten: Keten) -> None:
    # The WSDL says that a Bv01 is for a vto only. The workbook has the receiver send one here, and so do we (corv.md 9).
    bericht = zorgmelding("scn6-stap1", "PL0600-2026000001")
    found = keten.corv_(
        "SCN 6, stap 1 en 2: zorgmelding van de politie, Bv01 terug", bericht, dan=["eigen/zorgmeldingDi01", "corv/Bv01"]
    )

    assert found["eigen/zorgmeldingDi01"] == bericht
    assert etree.fromstring(found["corv/Bv01"]).findtext(".//{*}crossRefnummer") == "scn6-stap1"


def test_scn_8_zm_2(keten: Keten) -> None:
    bericht = zorgmelding("scn8-stap1", "PL0600-2026000002")
    keten.corv_("SCN 8, stap 1 en 2: zorgmelding, Bv01 terug", bericht, dan=["eigen/zorgmeldingDi01", "corv/Bv01"])
    # The workbook wants an Fo03 on the same message again, and was itself changed on this. ebMS offers a message up to 16 times,
    # so the same content gets the same answers again (corv.md 9), and nothing goes to the case system twice.
    keten.corv_("SCN 8, stap 3 en 4: precies hetzelfde bericht nog eens", bericht, dan=["corv/Bv01"])
    # Another content under the same number is what the workbook is after: Fo03 StUF016, and a person sees it.
    ander = zorgmelding("scn8-stap1", "PL0600-2026000002", titel="Andere zorgmelding")
    aandacht = ["eigen/aandacht/zorgmeldingDi01", "eigen/aandacht/zorgmeldingDi01.txt"]
    found = keten.corv_(
        "SCN 8, stap 3 en 4: een ander bericht met hetzelfde nummer", ander, dan=["corv/Fo03", *aandacht], is_noted=True
    )

    assert etree.fromstring(found["corv/Fo03"]).findtext(".//{*}code") == "StUF016"


def test_scn_9_notjr_1(keten: Keten) -> None:
    om = notificatiejr("scn9-stap1", OM, "Notificatie jeugdreclassering")
    keten.corv_("SCN 9, stap 1: notificatie jeugdreclassering van het OM", om, dan=["eigen/notificatiejrDi01"])
    raad = notificatiejr("scn9-stap2", RAAD, "Notificatie vrijwillige jeugdreclassering")
    keten.corv_("SCN 9, stap 2: vrijwillige jeugdreclassering van de Raad", raad, dan=["eigen/notificatiejrDi01"])


def test_scn_10_zmtk_1(keten: Keten) -> None:
    keten.corv_(
        "SCN 10, vooraf: de zorgmelding van SCN 6",
        zorgmelding("scn6-stap1", "PL0600-2026000001"),
        dan=["eigen/zorgmeldingDi01", "corv/Bv01"],
    )
    bericht = terugkoppeling("scn10-stap1", "PL0600-2026000001")
    sent = keten.tta("SCN 10, stap 1: terugkoppeling, vervolgactie nodig", bericht, dan=["corv/zorgmeldingTerugkoppelingDi01"])
    assert sent["corv/zorgmeldingTerugkoppelingDi01"] == bericht
    answer = bevestiging("Bv01", "bv01-10", POLITIE, "scn10-stap1")
    keten.corv_("SCN 10, stap 2: Bv01 van CORV", answer, dan=["eigen/Bv01Bericht"])

    assert {"scn6-stap1", "scn10-stap1", "bv01-10"} <= set(keten.keten("scn6-stap1"))
    assert keten.corv("openstaand", "--json")[1] == ""
