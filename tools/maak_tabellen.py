"""Make the tables in corv/tabellen/ from the CSV files of the specification: `python tools/maak_tabellen.py BRON [DOEL]`.

BRON is the folder with the CSV files (../shared/geo), DOEL the folder to write in (default: corv/tabellen). The same source
gives the same bytes. An assumption that no longer holds stops it: then nothing is written.
"""

import csv
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from corv.tabellen import Gemeentetabel, gemeentecode, sleutel
from corv.tabellen.tekst import Ended, ended_text, postcodes_text, regios_text, table_text, woonplaatsen_text

VANAF = date(2023, 1, 1)
"""The 342 gemeenten are the same since this day, and so are the codes of the CBS for the 25 regions (editions 2023 to 2025)."""

HERINDELINGEN = {
    "1992": "0501 0530 0614",  # 2023: Voorne aan Zee from Brielle, Hellevoetsluis, Westvoorne
    "0363": "0457",  # 2022: Amsterdam from Weesp
    "1982": "0756 0786 0815 1684 1702",  # 2022: Land van Cuijk from Boxmeer, Grave, Mill en St. Hubert, Cuijk, Sint Anthonis
    "1991": "0856 1685",  # 2022: Maashorst from Uden, Landerd
    "1980": "0398 0416",  # 2022: Dijk en Waard from Heerhugowaard, Langedijk
    "0439": "0370",  # 2022: Purmerend from Beemster
    "0757": "0788",  # 2021: Haaren went to four: Boxtel,
    "0824": "0788",  # Oisterwijk,
    "0855": "0788",  # Tilburg,
    "0865": "0788",  # and Vught
    "1979": "0003 0010 0024",  # 2021: Eemsdelta from Appingedam, Delfzijl, Loppersum
    "1978": "0689 1927",  # 2019: Molenlanden from Giessenlanden, Molenwaard
    "1970": "0058 0079 1722",  # 2019: Noardeast-Fryslan from Dongeradeel, Kollumerland en Nieuwkruisland, Ferwerderadiel
    "1966": "0005 0053 1651 1663",  # 2019: Het Hogeland from Bedum, Winsum, Eemsmond, De Marne
    "1969": "0015 0022 0025 0053 0056",  # 2019: Westerkwartier from Grootegast, Leek, Marum, a part of Winsum, Zuidhorn
    "1954": "0881 0951 0962",  # 2019: Beekdaelen from Onderbanken, Nuth, Schinnen
    "1959": "0738 0870 0874",  # 2019: Altena from Aalburg, Werkendam, Woudrichem
    "1960": "0236 0304 0733",  # 2019: West Betuwe from Geldermalsen, Neerijnen, Lingewaal
    "1961": "0545 0620 0707",  # 2019: Vijfheerenlanden from Leerdam, Vianen, Zederik
    "1963": "0584 0585 0588 0611 0617",  # 2019: Hoeksche Waard from Oud-Beijerland, Binnenmaas, Korendijk, Cromstrijen, Strijen
    "0575": "0576",  # 2019: Noordwijk from Noordwijkerhout
    "0394": "0393",  # 2019: Haarlemmermeer from Haarlemmerliede en Spaarnwoude
    "0014": "0009 0017 0040",  # 2019: Groningen from Ten Boer, Haren; Meerstad came from Slochteren
    "1952": "0018 0040 1987",  # 2018: Midden-Groningen from Hoogezand-Sappemeer, Slochteren, Menterwolde
    "1949": "0063 0070 0140 1908",  # 2018: Waadhoeke from Het Bildt, Franekeradeel, a part of Littenseradiel, Menameradiel
    "0080": "0081 0140",  # 2018: Leeuwarden from Leeuwarderadeel, a part of Littenseradiel
    "1900": "0140",  # 2018: Sudwest-Fryslan from a part of Littenseradiel
    "0299": "0196",  # 2018: Zevenaar from Rijnwaarden
    "1950": "0007 0048",  # 2018: Westerwolde from Bellingwedde, Vlagtwedde
    "1948": "0844 0846 0860",  # 2017: Meierijstad from Schijndel, Sint-Oedenrode, Veghel
    "1927": "0571 0693 0694",  # 2013: Molenwaard from Nieuw-Lekkerland, Graafstroom, Liesveld
}
"""New gemeente -> those that went into it, as the laws on herindeling say: facts in the place of a source that is not open.

Slochteren stands with Groningen too, for Meerstad: rather one candidate too many than one too few.
"""

TWEEDE_GEMEENTE = {"5091": "0798", "7351": "0228", "7693": "1700", "7694": "1700"}
"""Postcodes that lie in two regions, with the gemeente of the smaller part: Hilvarenbeek, Ede, Twenterand (domein 3)."""

CBS_KADASTER = "CC BY 4.0 (CBS/Kadaster)"

Row = dict[str, str]


def main(arguments: list[str]) -> None:
    """Write the five tables."""
    source, target = Path(arguments[0]), Path(arguments[1] if arguments[1:] else "corv/tabellen")
    for name, text in tables(source).items():
        (target / name).write_text(text, encoding="utf-8")
        print(f"{target / name}: {len(text.splitlines())} regels")


def tables(source: Path) -> dict[str, str]:
    """The text of each file, by its name."""
    gemeenten, plaatsen = _rows(source, "gemeente_veiligthuis"), _rows(source, "woonplaats_gemeente")
    regios = {row["vt_code"]: row["werknaam"] for row in _rows(source, "veiligthuis_regios")}
    tabel = Gemeentetabel(
        VANAF, {code(row): row["vt_code"] for row in gemeenten}, {code(row): row["naam_cbs"] for row in gemeenten}
    )
    return {
        "regios.txt": regios_text(_regios_head(), regios),
        "gemeenten.txt": table_text(_gemeenten_head(), tabel, {}),
        "vervallen.txt": ended_text(_vervallen_head(), _ended(_rows(source, "gemeenten_vervallen"))),
        "postcodes.txt": postcodes_text(_postcodes_head(), _postcodes(_rows(source, "pc4_gemeente_open"), tabel)),
        "woonplaatsen.txt": woonplaatsen_text(_woonplaatsen_head(), _woonplaatsen(plaatsen, gemeenten)),
    }


def code(row: Row) -> str:
    """The code of the gemeente of a row, in four digits."""
    (found,) = _codes(row["gm_code"])
    return found


def _rows(source: Path, name: str) -> list[Row]:
    with (source / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(cell: str) -> frozenset[str]:
    found = [gemeentecode(word) for word in cell.split(";") if word]
    assert all(found), cell
    return frozenset(code for code in found if code)


def _ended(rows: list[Row]) -> dict[str, Ended]:
    by_law: dict[str, set[str]] = defaultdict(set)
    for new, olds in HERINDELINGEN.items():
        for old in olds.split():
            by_law[old].add(new)
    ended = {}
    for row in rows:
        successors = frozenset(by_law.get(code(row), set())) or _codes(row["opvolgers_gm"])
        assert code(row) in by_law or "CBS-adressen" not in row["bron_opvolger"], row
        ended[code(row)] = Ended(date.fromisoformat(row["vervallen_per"]), successors, row["naam"])
    for row in rows:
        assert _final(ended[code(row)].opvolgers, ended) == _codes(row["opvolgers_gm"]), row
    return ended


def _final(codes: frozenset[str], ended: dict[str, Ended]) -> frozenset[str]:
    """The successors that are still there."""
    return frozenset().union(*(_final(ended[one].opvolgers, ended) if one in ended else {one} for one in codes))


def _postcodes(rows: list[Row], tabel: Gemeentetabel) -> dict[str, frozenset[str]]:
    found = {row["pc4"]: _codes(row["gm_codes"]) for row in rows}
    for pc4, gemeente in TWEEDE_GEMEENTE.items():
        found[pc4] |= {gemeente}
    for row in rows:
        vts = {tabel.veilig_thuis[one] for one in found[row["pc4"]]}
        assert (len(vts) > 1) is (row["ambigu_vt"] == "ja"), row
    return found


def _woonplaatsen(rows: list[Row], gemeenten: list[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in rows:
        assert sleutel(row["basisnaam"]) == row["sleutel"], row
        found[row["sleutel"]] |= {code(row)}
    exact: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in rows:
        exact[sleutel(row["woonplaats"])] |= {code(row)}
    # The CBS tells gemeenten of one name apart in brackets, such as Hengelo (O.); people write their woonplaats so too.
    for row in gemeenten:
        naam = row["naam_cbs"]
        if "(" in naam and code(row) in found[sleutel(re.sub(r"\(.*", "", naam))]:
            exact[sleutel(naam)] |= {code(row)}
    return {**exact, **found}


def _head(what: str, **facts: str) -> list[str]:
    made = "met tools/maak_tabellen.py uit de feiten bij de specificatie; verander het daar, niet hier"
    return [what, *(f"{word}: {text}" for word, text in {**facts, "gemaakt": made}.items())]


def _regios_head() -> list[str]:
    return _head(
        "De 25 regio's van Veilig Thuis: code van het CBS en gangbare naam. VT16 en VT26 bestaan niet.",
        bron="CBS, gebiedsindelingen 2025 (Veilig Thuis-regio's)",
        stand="2025; de edities van 2023 en 2024 hebben dezelfde codes",
        licentie=CBS_KADASTER,
    )


def _gemeenten_head() -> list[str]:
    return _head(
        "Welke Veilig Thuis-regio voor welke gemeente werkt: code van de gemeente, code van de regio, naam.",
        editie="cbs-2025",
        bron="CBS, gebiedsindelingen 2025, met de gemeentegrenzen van CBS/Kadaster over elkaar gelegd",
        stand="regio's van 2025; dezelfde 342 gemeenten sinds 1-1-2023, nagekeken tot en met mei 2026",
        licentie=CBS_KADASTER,
    )


def _vervallen_head() -> list[str]:
    return _head(
        "Gemeenten die niet meer bestaan: code, sinds wanneer, opvolgers (- als die niet bekend zijn), naam.",
        bron="Register van Overheidsorganisaties; herindelingen van 2013 (Molenwaard) en 2017 tot en met 2023 volgens de wet",
        stand="mei 2026",
        licentie="CC0 1.0 (Register van Overheidsorganisaties)",
    )


def _postcodes_head() -> list[str]:
    return _head(
        "In welke gemeenten de postcodes liggen: de vier cijfers, van-tot, en de codes van de gemeenten.",
        bron="GeoNames (plaatsen bij postcodes) in de gemeentegrenzen van CBS/Kadaster, verbeterd met plaatsnamen uit het "
        "Register van Overheidsorganisaties",
        stand="postcodes van 2018, gemeenten van 2023; waar een postcode in twee regio's ligt, staan beide gemeenten",
        licentie="CC BY 4.0 (GeoNames, geonames.org); CC BY 4.0 (CBS/Kadaster); CC0 1.0 (Register van Overheidsorganisaties)",
    )


def _woonplaatsen_head() -> list[str]:
    return _head(
        "In welke gemeenten een woonplaats van die naam ligt: naam zonder accenten en leestekens, en de codes van de gemeenten.",
        bron="Register van Overheidsorganisaties; Den Haag en Den Bosch als tweede naam",
        stand="mei 2026",
        licentie="CC0 1.0 (Register van Overheidsorganisaties)",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
