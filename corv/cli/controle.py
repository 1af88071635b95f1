"""`corv controleer`: check files without touching anything. A working folder, if any, gives schemas and size limit."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from corv.checks import checks_of
from corv.cli.bestand import ORDINARY_FILE
from corv.cli.tonen import cell, console, json_option, print_json, table, visible
from corv.clock import utc_now
from corv.config_parts import load_to_check
from corv.controle import Report, check_file
from corv.findings import Finding, Niveau
from corv.moments import dutch_day
from corv.settings import Kant
from corv.stuurgegevens import Systeem


@click.command(options_metavar="[OPTIES]")
@click.argument("bestanden", metavar="BESTAND...", nargs=-1, required=True, type=ORDINARY_FILE)
@click.option(
    "--kanaal",
    type=click.Choice([kant.value for kant in Kant]),
    help="Doe alsof het bestand via dit kanaal komt. Anders: eigen als de zender van uw organisatie is, en verder corv.",
)
@json_option
@click.pass_obj
def controleer(map_: Path, bestanden: tuple[Path, ...], kanaal: str | None, as_json: bool) -> int:
    """Controleer bestanden en verander niets.

    Noemt per bestand of het goed is, en zo niet: wat er mis is, op welke regel en wat er verwacht wordt. Een bericht dat u zelf
    verstuurt, wordt strenger bekeken dan een dat u ontvangt: zie corv regels.

    \b
    Voorbeeld:  corv controleer melding.xml
    Voorbeeld:  corv controleer --kanaal eigen verzoek.xml
    Voorbeeld:  corv controleer --json inbox/eigen/*.xml
    """
    settings, found = load_to_check(map_), False
    kant, today = Kant(kanaal) if kanaal else None, dutch_day(utc_now())
    with closing(checks_of(settings)) as checks:
        for bestand in bestanden:
            report = check_file(bestand, checks, settings, today, kant)
            found = found or bool(report.findings)
            if as_json:
                print_json(report_json(report))
            else:
                print_report(report)
    return 1 if found else 0


def report_json(report: Report) -> dict[str, Any]:
    """The judgement on one file, in the form of `corv controleer --json`."""
    header = report.stuurgegevens
    return {
        "bestand": str(report.bestand),
        "welgevormd": report.is_wellformed,
        "functie": header.functie if header else None,
        "berichtcode": header.berichtcode if header else None,
        "zender": _systeem(header.zender) if header else None,
        "ontvanger": _systeem(header.ontvanger) if header else None,
        "referentienummer": header.referentienummer if header else None,
        "schema_geldig": report.is_valid,
        "bevindingen": [_finding(finding) for finding in report.findings],
        "oordeel": report.verdict,
    }


def _systeem(systeem: Systeem) -> dict[str, str | None]:
    return {
        "organisatie": systeem.organisatie,
        "applicatie": systeem.applicatie,
        "administratie": systeem.administratie,
        "gebruiker": systeem.gebruiker,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "niveau": finding.niveau,
        "pad": finding.pad,
        "regel": finding.regel,
        "tekst": finding.tekst,
    }


def print_report(report: Report) -> None:
    """The judgement on one file for a person: one line, and a table of what was found."""
    out = console()
    kind = report.naam or "onbekend bericht"
    out.print(cell(report.verdict), f"{visible(str(report.bestand))} ({kind})", markup=False)
    if report.findings:
        rows = [
            (f.niveau if f.niveau is Niveau.WAARSCHUWING else "fout", f.code, f.regel, f.tekst, f.pad) for f in report.findings
        ]
        out.print(table("", ("niveau", "code", "regel", "wat is er mis", "plaats"), rows))
