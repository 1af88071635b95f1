"""Workbooks with reference lists as they are published, made by the tests, with room for what may be wrong."""

import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date

import xlsxwriter

from corv.lijsten import Uitgave
from corv.lijsten.bestanden import bundled
from corv.lijsten.indeling import INSTANTIE_KOLOMMEN, ROL_KOLOMMEN, VERSIE_KOLOMMEN, uitgave_of
from corv.lijsten.openen import sheets_of

Cell = str | float | date
Rows = list[list[Cell]]

AUGUSTUS, SEPTEMBER = "INS Augustus 2026", "INS September 2026"
RECHTBANK, RAAD, BEEINDIGD = "AR0050", "RC0110", "RC0099"

_INSTANTIES: Sequence[Mapping[str, Cell]] = (
    {"IDINST": RECHTBANK, "PRESNMINST": "Rechtbank Gelderland", "DTAANV": 20130401, "OINR": "00000004000000150000"},
    {"IDINST": RAAD, "NMINST1": "Raad voor de Kinderbescherming", "DTAANV": 18000101},
    {"IDINST": BEEINDIGD, "PRESNMINST": "RvK Alkmaar", "DTAANV": 18000101, "DTOPHINST": 20141231},
    {"IDINST": "AST132", "PRESNMINST": "Jeugdbescherming Noord", "DTAANV": 20260815, "INFO": " "},
)


def sheets(versie: str = "1.0.88", *months: str) -> dict[str, Rows]:
    """The sheets by name, each its rows. `months`: the names of the sheets with institutions, August and September when none."""
    legenda: Rows = [["StUF-KOPPELVLAK JEUGDZORG REFERENTIELIJSTEN"], ["Versie:", versie], ["INS", "INSTANTIE"]]
    historie: Rows = [
        [*VERSIE_KOLOMMEN],
        [versie, date(2026, 8, 3), "Nieuw tabblad opgenomen."],
        ["1.0.9", date(2016, 5, 24), "Eerder."],
    ]
    made = {"LEGENDA": legenda, "Versiehistorie": historie}
    for name in months or (AUGUSTUS, SEPTEMBER):
        title = f"Referentielijst Instantie\n(geldig vanaf {name.removeprefix('INS ').lower()})"
        made[name] = [[title], [*INSTANTIE_KOLOMMEN], *map(instantie, _INSTANTIES)]
    return {**made, "JZR": _roles()}


def instantie(cells: Mapping[str, Cell]) -> list[Cell]:
    """One row of institutions, the columns that are not given empty."""
    return [cells.get(kolom, "") for kolom in INSTANTIE_KOLOMMEN]


def workbook(made: Mapping[str, Rows] | None = None) -> bytes:
    """A workbook with these sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in (made if made is not None else sheets()).items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write_number(number, column, cell)
    return file.getvalue()


def put(made: Mapping[str, Rows], sheet: str, code: str, kolom: str, cell: Cell) -> dict[str, Rows]:
    """The same sheets with another cell in the row of one institution."""
    changed = deepcopy(dict(made))
    row = next(row for row in changed[sheet] if row[0] == code)
    row[INSTANTIE_KOLOMMEN.index(kolom)] = cell
    return changed


def uitgave(made: Mapping[str, Rows] | None = None) -> Uitgave:
    """The lists in such a workbook, which must be good."""
    bladen, problems = sheets_of(workbook(made)), list[str]()
    assert not isinstance(bladen, str)
    found = uitgave_of(bladen, problems)
    assert problems == []
    assert found is not None
    return found


def _roles() -> Rows:
    rows: Rows = [["Referentielijst Jeugdzorgrol"], [*ROL_KOLOMMEN]]
    for rol in reversed(bundled().rollen):  # in an order of their own, and with the spaces and numbers of the published one
        into = f"Opgegaan in 'iets anders' ({rol.opvolger})." if rol.opvolger else "Iemand."
        code: Cell = rol.code if rol.code.startswith("0") else int(rol.code)
        remark = "Niet te gebruiken vanaf versie-1-berichten." if rol.opvolger else ""
        rows.append([f"{rol.naam} ", code, into, "groep", rol.begin or "", rol.einde or "", remark])
    return rows
