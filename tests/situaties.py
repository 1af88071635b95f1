"""The situations of the handbook: each prepares a working folder as its page describes it, and says what the placeholders are."""

import grp
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import meldingen
from conversations import answer, melding, notificatie, terugkoppeling, vto
from handboek import section
from schemazips import own_zip
from varianten import POLITIE, zorgmelding
from werkboeken import workbook

from conftest import BERICHTEN, TWENTE, Werkmap, message
from corv import cli
from corv.clock import utc_now
from corv.config import RULES, default_text
from corv.tabellen.bestanden import load

MELDING = "vtMeldingDi01/minimaal.xml"


@dataclass
class Situatie:
    """`namen`: what stands for each placeholder. `tussendoor`: what a person does before the so many-th command.

    `codes`: the exit code of the so many-th command, where the page tells of another than 0 or 1.
    """

    namen: dict[str, str] = field(default_factory=dict)
    tussendoor: dict[int, Callable[[], object]] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)


def ronde(map_: Path) -> None:
    """One pass, by the clock of this machine."""
    assert cli.run(["--map", str(map_), "verwerk"]) in {0, 1}


def kom(werkmap: Werkmap, kanaal: str, content: bytes) -> str:
    """One message comes in and is handled; gives its kenmerk."""
    werkmap.drop(kanaal, "bericht.xml", content)
    ronde(werkmap.path)
    return str(werkmap.rows()[0]["id"])


def lang_geleden(werkmap: Werkmap, kanaal: str, content: bytes) -> str:
    """The same, two weeks ago."""
    werkmap.now = utc_now() - timedelta(days=14)
    return str(werkmap.handle(kanaal, content)["id"])


def haal_op(map_: Path) -> None:
    """The other side fetches everything, and corv notices."""
    for path in map_.glob("outbox/*/*.xml"):
        path.unlink()
    ronde(map_)


def wacht_op_besluit(number: str) -> bytes:
    """A melding to another Veilig Thuis that came to us."""
    return message("vtMeldingDi01/aan-ander-vt.xml").replace(b"b1f6a3d2-0e57-4c19-8f42-9d7c6b5a4e31", number.encode())


def in_twente(number: str) -> bytes:
    """A melding to us about a jeugdige who surely stays in Twente."""
    jeugdige = {"rol": "jeugdige", "feitelijk": ("7511AB", "Enschede")}
    return meldingen.melding([jeugdige], referentienummer=number, identificatie=f"PL-{number}")


def ons_antwoord(werkmap: Werkmap, id_: str, soort: str) -> str:
    """The referentienummer of an answer that we wrote on a message, or of what we made of it for another."""
    return next(str(row["referentienummer"]) for row in werkmap.whole(id_)["uitvoer"] if row["soort"] == soort)


def gewone_dag(werkmap: Werkmap) -> Situatie:
    """A bit of everything; KENMERK is a melding that was accepted, of which all was fetched."""
    for kanaal, content in (
        ("corv", melding("m-1", "PL-1")),
        ("corv", wacht_op_besluit("w-1")),
        ("corv", wacht_op_besluit("w-2")),
        ("corv", in_twente("w-3")),
        ("corv", melding("m-2", "PL-2", valid=False)),
        ("corv", melding("m-3", "PL-3", valid=False)),
        ("corv", message("onleesbaar/afgekapt.xml")),
        ("corv", notificatie("n-1")),
        ("eigen", vto("v-1", "zaak-1")),
        ("eigen", vto("v-2", "zaak-2")),
    ):
        werkmap.drop(kanaal, f"{len(list((werkmap.path / 'inbox' / kanaal).iterdir()))}.xml", content)
    ronde(werkmap.path)
    by_number = {row["referentienummer"]: str(row["id"]) for row in werkmap.rows()}
    kom(werkmap, "corv", answer("Fo01", "f-1", "v-1"))
    loose = kom(werkmap, "corv", answer("Bv01", "b-1", ""))
    kom(werkmap, "corv", melding("m-1", "PL-1"))
    haal_op(werkmap.path)
    return Situatie(
        {
            "KENMERK": by_number["m-1"],
            "KENMERK-VAN-HET-ANTWOORD": loose,
            "KENMERK-VAN-DE-VRAAG": by_number["v-2"],
            "NUMMER": "m-1",
            "OIN": POLITIE,
            "SOORT": "Bv01",
            "FUNCTIE": "vtMelding",
            "BESTAND": str(BERICHTEN / MELDING),
            "ORGANISATIE": "VT19",
            **dict.fromkeys(("DIR", "/mnt/kopie"), str(werkmap.path.with_name("kopie"))),
            **nieuwe_bestanden(werkmap),
        }
    )


def nieuwe_bestanden(werkmap: Werkmap) -> dict[str, str]:
    """Other rules, a table in which one gemeente is in another region, schemas and lists, each at the name that pages give it."""
    regels, tabel = werkmap.path.with_name("nieuw.toml"), werkmap.path.with_name("gemeenten-2027.csv")
    regels.write_text(f"# Afspraak met Veilig Thuis Twente.\n{default_text(RULES)}", encoding="utf-8")
    now = load(None, []).gemeenten[0].veilig_thuis
    lines = [f"GM{code};{'VT20' if code == '0267' else vt};2027-01-01" for code, vt in now.items()]
    tabel.write_text("\n".join(["gm_code;vt_code;vanaf", *lines]), encoding="utf-8")
    zip_ = werkmap.path.with_name("schemas.zip")
    zip_.write_bytes(own_zip())
    files = {"NIEUW.toml": regels, "/tmp/nieuw.toml": regels, "CBS.csv": tabel, "/tmp/gemeenten-2027.csv": tabel}
    files |= {"ZIP": zip_, "/tmp/schemas.zip": zip_}
    lijsten = werkmap.path.with_name("lijsten.xlsx")
    lijsten.write_bytes(workbook())
    files |= {"LIJSTEN.xlsx": lijsten, "/tmp/lijsten.xlsx": lijsten}
    files[f"/srv/corv/config/{RULES}"] = werkmap.path / "config" / RULES
    return {name: str(path) for name, path in files.items()}


def besluit(werkmap: Werkmap) -> Situatie:
    """Three wait, for the three that a person may decide; the last is the one that is looked at."""
    for number in ("w-1", "w-2"):
        kom(werkmap, "corv", wacht_op_besluit(number))
    return Situatie({"KENMERK": kom(werkmap, "corv", in_twente("w-3"))})


def doorgestuurd_en_geweigerd(werkmap: Werkmap) -> Situatie:
    """Twente took neither of two meldingen that we sent on."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    namen: dict[str, str] = {}
    for number in ("d-1", "d-2"):
        namen["KENMERK"] = kom(werkmap, "corv", in_twente(number))
        sent = ons_antwoord(werkmap, namen["KENMERK"], "doorsturing")
        namen["KENMERK-VAN-HET-ANTWOORD"] = kom(werkmap, "corv", answer("Fo01", f"f-{number}", sent, TWENTE))
    haal_op(werkmap.path)
    return Situatie(namen, codes={0: 1})


def doorgestuurd_en_stil(werkmap: Werkmap) -> Situatie:
    """Nothing came back on a melding that was sent on two weeks ago."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    kenmerk = lang_geleden(werkmap, "corv", in_twente("d-1"))
    haal_op(werkmap.path)
    return Situatie({"KENMERK": kenmerk})


def zorgmelding_doorgestuurd(werkmap: Werkmap) -> Situatie:
    """A person sent a zorgmelding on; its melder knows nothing."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    kenmerk = kom(werkmap, "corv", zorgmelding("z-1", "PL-Z-1", sample="in-twente"))
    sent = ["--map", str(werkmap.path), "beslis", kenmerk, "--herrouteer", "VT19", "--reden", "In Hengelo", "--door", "jan"]
    assert cli.run(sent) == 0
    return Situatie({"KENMERK": kenmerk})


def andere_regels(werkmap: Werkmap) -> Situatie:
    kom(werkmap, "corv", in_twente("d-1"))
    return Situatie(nieuwe_bestanden(werkmap), codes=dict.fromkeys(range(6), 0))


def nieuwe_tabel(werkmap: Werkmap) -> Situatie:
    return Situatie(nieuwe_bestanden(werkmap), codes={0: 0, 1: 1, 2: 0})


def geweigerd(werkmap: Werkmap) -> Situatie:
    return Situatie({"KENMERK": kom(werkmap, "corv", melding("m-1", "PL-1", valid=False))})


def onleesbaar(werkmap: Werkmap) -> Situatie:
    return Situatie({"KENMERK": kom(werkmap, "corv", message("onleesbaar/afgekapt.xml"))})


def fout_terug(werkmap: Werkmap) -> Situatie:
    kenmerk = kom(werkmap, "eigen", vto("v-1", "zaak-1"))
    return Situatie({"KENMERK": kenmerk, "KENMERK-VAN-DE-FOUT": kom(werkmap, "corv", answer("Fo01", "f-1", "v-1"))})


def fout_op_antwoord(werkmap: Werkmap) -> Situatie:
    kenmerk = kom(werkmap, "corv", melding("m-1", "PL-1"))
    kom(werkmap, "corv", answer("Fo01", "f-1", ons_antwoord(werkmap, kenmerk, "Bv01"), POLITIE))
    return Situatie({"KENMERK": kenmerk})


def geen_bv01(werkmap: Werkmap) -> Situatie:
    kenmerk = lang_geleden(werkmap, "eigen", vto("v-1", "zaak-1"))
    haal_op(werkmap.path)
    return Situatie({"KENMERK": kenmerk})


def terugkoppeling_te_laat(werkmap: Werkmap) -> Situatie:
    kenmerk = lang_geleden(werkmap, "corv", melding("m-1", "PL-1"))
    sent = kom(werkmap, "eigen", terugkoppeling("t-1", "PL-verkeerd"))
    lang_geleden(werkmap, "corv", melding("m-2", "PL-2"))  # of this one no terugkoppeling will ever come
    return Situatie({"KENMERK": kenmerk, "KENMERK-VAN-DE-TERUGKOPPELING": sent})


def antwoord_kwijt(werkmap: Werkmap) -> Situatie:
    kenmerk = kom(werkmap, "corv", melding("m-1", "PL-1"))
    haal_op(werkmap.path)
    return Situatie({"KENMERK": kenmerk, "NUMMER": "m-1"})


def antwoord_zonder_vraag(werkmap: Werkmap) -> Situatie:
    question = kom(werkmap, "eigen", vto("v-1", "zaak-1"))
    return Situatie(
        {"KENMERK-VAN-HET-ANTWOORD": kom(werkmap, "corv", answer("Bv01", "b-1", "")), "KENMERK-VAN-DE-VRAAG": question}
    )


def notificatie_zonder_vto(werkmap: Werkmap) -> Situatie:
    sent = kom(werkmap, "eigen", vto("v-1", "zaak-1"))
    return Situatie({"KENMERK": kom(werkmap, "corv", notificatie("n-1", zaak_van_vto="zaak-x")), "KENMERK-VAN-DE-VTO": sent})


def dubbel(werkmap: Werkmap) -> Situatie:
    for _ in range(2):
        kom(werkmap, "corv", melding("m-1", "PL-1"))
    return Situatie({"KENMERK": kom(werkmap, "corv", melding("m-1", "PL-2")), "NUMMER": "m-1"})


def niets_opgepakt(werkmap: Werkmap) -> Situatie:
    """A claimed file that no ledger knows, and one that somebody is still writing."""
    (werkmap.path / "inbox/corv/.werk/01900000-0000-7000-8000-000000000001.xml").write_bytes(message(MELDING))
    werkmap.drop("corv", "bericht.tmp", b"half")
    return Situatie()


def configuratie_fout(werkmap: Werkmap) -> Situatie:
    werkmap.run()
    werkmap.configure('bevestig = "Bv03"', 'bevestig = "ja"')
    return Situatie(
        codes=dict.fromkeys((2, 5, 6), 2), tussendoor={7: lambda: werkmap.configure('bevestig = "ja"', 'bevestig = "Bv03"')}
    )


def om_te_proberen(werkmap: Werkmap) -> Situatie:
    """A folder for loose files, and in it the place of a working folder to try things in."""
    tmp = werkmap.path.with_name("tmp")
    tmp.mkdir()
    names = ("", "/proef", "/proef/inbox/corv", "/vtoDi01-1-0001.xml", "/vtMeldingDi01-1-0001-StUF055.xml")
    return Situatie({f"/tmp{name}": f"{tmp}{name}" for name in names})


def keten_proberen(werkmap: Werkmap) -> Situatie:
    """The same; before the sixth command a file is copied."""
    situatie = om_te_proberen(werkmap)
    vto, inbox = situatie.namen["/tmp/vtoDi01-1-0001.xml"], f"{situatie.namen['/tmp/proef']}/inbox/eigen"
    return Situatie(situatie.namen, tussendoor={5: lambda: shutil.copy(vto, inbox)})


def eigen_regel(werkmap: Werkmap) -> Situatie:
    """Before the second command the wrong example is made; before the third both are put in config/, and the rule is written."""
    situatie = om_te_proberen(werkmap)
    tmp, folder = Path(situatie.namen["/tmp"]), werkmap.path / "config/voorbeelden"
    fout = tmp / "telefoon-fout.xml"

    def make_wrong() -> None:
        lines = (tmp / "vtMeldingDi01-1-0001.xml").read_text(encoding="utf-8").splitlines(keepends=True)
        fout.write_text("".join(line for line in lines if "<JZ:telefoonnummer>" not in line), encoding="utf-8")

    def write_rule() -> None:
        folder.mkdir()
        shutil.copy(tmp / "vtMeldingDi01-1-0001.xml", folder / "telefoon-goed.xml")
        shutil.copy(fout, folder)
        blocks = section("eigen-regels.md", "Een regel schrijven, van begin tot eind").split("\n\n")
        (rule,) = [dedent(block) for block in blocks if "[[regel]]" in block]
        (werkmap.path / "config/regels-eigen.toml").write_text(rule, encoding="utf-8")

    return Situatie({**situatie.namen, "/tmp/telefoon-fout.xml": str(fout)}, {1: make_wrong, 2: write_rule}, {1: 0, 2: 0})


def niets(werkmap: Werkmap) -> Situatie:
    shutil.rmtree(werkmap.path)
    return Situatie({"corv": grp.getgrgid(os.getgid()).gr_name})


def vers(werkmap: Werkmap) -> Situatie:
    del werkmap  # as `corv init` made it
    return Situatie()


def inbox_verloren(werkmap: Werkmap) -> Situatie:
    ronde(werkmap.path)
    shutil.rmtree(werkmap.path / "inbox/corv")
    return Situatie()


def database_van_gisteren(werkmap: Werkmap) -> Situatie:
    """The database is put back from before the last two messages; the folders are those of now."""
    kom(werkmap, "corv", melding("m-1", "PL-1"))
    database, copy = werkmap.path / "data/corv.sqlite", werkmap.path.with_name("gisteren.sqlite")
    with closing(sqlite3.connect(database)) as db, closing(sqlite3.connect(copy)) as target:
        db.backup(target)
    kom(werkmap, "corv", melding("m-2", "PL-2"))
    kom(werkmap, "corv", wacht_op_besluit("w-1"))
    for path in database.parent.glob("corv.sqlite-*"):
        path.unlink()
    copy.rename(database)
    return Situatie(codes={0: 1})


def met_reservekopie(werkmap: Werkmap) -> Situatie:
    """A back-up of an ordinary day."""
    namen = gewone_dag(werkmap).namen
    kopie = werkmap.path.with_name("kopie")
    assert cli.run(["--map", str(werkmap.path), "backup", str(kopie)]) == 0
    return Situatie({**namen, "20261122-020000": max(path.name for path in kopie.glob("2*"))}, codes={0: 0, 1: 0})


def teruggezet(werkmap: Werkmap) -> Situatie:
    """The same, put back after something came in."""
    situatie = met_reservekopie(werkmap)
    folder = Path(situatie.namen["/mnt/kopie"], situatie.namen["20261122-020000"])
    shutil.rmtree(werkmap.path)
    shutil.copytree(folder, werkmap.path)
    for name in ("archief", "quarantaine"):
        shutil.copytree(folder.parent / name, werkmap.path / "data" / name)
    return Situatie(situatie.namen, codes=dict.fromkeys(range(4), 0))


def oefenkopie(werkmap: Werkmap) -> Situatie:
    gewone_dag(werkmap)
    copy = werkmap.path.with_name("oefening")
    shutil.copytree(werkmap.path, copy)
    return Situatie({"/srv/corv-oefening": str(copy)}, codes={0: 0, 1: 0})


SITUATIES: dict[tuple[str, str], Callable[[Werkmap], Situatie]] = {
    ("de-dag.md", "Een bericht wacht op uw besluit"): besluit,
    ("de-dag.md", "Een melding is geweigerd"): geweigerd,
    ("de-dag.md", "Een bestand is onleesbaar"): onleesbaar,
    ("de-dag.md", "Ons bericht kwam terug met een fout"): fout_terug,
    ("de-dag.md", "Ons antwoord kwam terug met een fout"): fout_op_antwoord,
    ("de-dag.md", "Er komt geen Bv01"): geen_bv01,
    ("de-dag.md", "Een terugkoppeling is te laat"): terugkoppeling_te_laat,
    ("de-dag.md", "De andere kant kreeg ons bericht of antwoord niet"): antwoord_kwijt,
    ("de-dag.md", "Een antwoord zonder vraag"): antwoord_zonder_vraag,
    ("de-dag.md", "Een notificatie op een VTO die wij niet verstuurden"): notificatie_zonder_vto,
    ("de-dag.md", "Een bericht komt dubbel"): dubbel,
    ("herroutering.md", "Een mens beslist"): besluit,
    ("herroutering.md", "De regels veranderen"): andere_regels,
    ("herroutering.md", "Elk jaar op 1 januari: gemeenten"): nieuwe_tabel,
    ("storingen.md", "Een doorgestuurde melding is geweigerd"): doorgestuurd_en_geweigerd,
    ("storingen.md", "Een doorgestuurde melding blijft stil"): doorgestuurd_en_stil,
    ("storingen.md", "De melder weet nog niet dat zijn melding doorging"): zorgmelding_doorgestuurd,
    ("voorbeelden.md", "Een bericht maken"): om_te_proberen,
    ("voorbeelden.md", "Een keten proberen"): keten_proberen,
    ("voorbeelden.md", "Een bericht met een fout"): om_te_proberen,
    ("eigen-regels.md", "Een regel schrijven, van begin tot eind"): eigen_regel,
    ("de-week.md", "Elke maand: een reservekopie terugzetten als oefening"): oefenkopie,
    ("storingen.md", "Er wordt niets opgepakt"): niets_opgepakt,
    ("storingen.md", "De configuratie is fout"): configuratie_fout,
    ("installeren.md", "3. Een gebruiker en een werkmap"): niets,
    ("installeren.md", "4. De configuratie invullen"): vers,
    ("installeren.md", "5. De mappen en de schijf"): inbox_verloren,
    ("reservekopie.md", "Elke maand: een reservekopie nakijken"): met_reservekopie,
    ("reservekopie.md", "Terugzetten op een nieuwe machine"): teruggezet,
    ("reservekopie.md", "Alleen de database terugzetten"): database_van_gisteren,
    ("reservekopie.md", "Heel `data/` is weg"): teruggezet,
}
"""By page and heading; everywhere else it is an ordinary day."""
