"""config/organisaties.toml to the other Veilig Thuis organisations: who they are, and who took over from whom."""

import re
from collections.abc import Container

from corv.settings import AndereOrganisatie, Organisatie
from corv.toml_reader import Section, TomlFile, hint

_CODE = r"VT[0-9]{2}"

NO_REGION = "is geen regio van Veilig Thuis; zij lopen van VT01 tot en met VT27, zonder VT16 en VT26"
"""A complaint about the code of a region."""


def read_organisaties(file: TomlFile, ours: Organisatie, regios: Container[str]) -> tuple[AndereOrganisatie, ...]:
    """The organisations of that file; every mistake is told to the file. The one of our own region is us: never a target.

    `regios`: the codes of the regions that there are.
    """
    found = []
    for code in file.values:
        if not re.fullmatch(_CODE, code):
            file.complain([], code, "moet de code van een regio zijn, zoals [VT19]")
            continue
        section = file.section(code)
        found.append(_organisatie(code, section))
        if code not in regios and found[-1].geldig_tot is None:
            file.complain([], code, f"{NO_REGION}. Bestond zij vroeger, noem dan geldig_tot")
        _check_oin(section, found, ours)
        section.finish()
    _check_successors(file, {other.code: other for other in found}, ours)
    return tuple(found)


def _organisatie(code: str, section: Section) -> AndereOrganisatie:
    other = AndereOrganisatie(
        code=code,
        naam=section.text("naam", code, ".{1,200}", "een naam van 1 tot 200 tekens"),
        oin=section.oin("oin"),
        bevestigd_door=section.text("bevestigd_door", "", "|.{1,200}", "een naam van hoogstens 200 tekens"),
        bevestigd_op=section.day("bevestigd_op"),
        applicatie=section.text("applicatie", "Veilig Thuis", ".{3,50}", "een naam van 3 tot 50 tekens"),
        geldig_van=section.day("geldig_van"),
        geldig_tot=section.day("geldig_tot"),
        opvolger=section.text("opvolger", "", f"|{_CODE}", "een code als VT20"),
        mag_vtmelding_ontvangen=section.truth("mag_vtmelding_ontvangen", default=True),
    )
    if other.geldig_van and other.geldig_tot and other.geldig_tot < other.geldig_van:
        section.complain("geldig_tot", "ligt voor geldig_van")
    return other


def _check_oin(section: Section, found: list[AndereOrganisatie], ours: Organisatie) -> None:
    """Complain of an OIN that is somebody else's, and of half a confirmation. The last one found is the one to check."""
    *earlier, other = found
    twin = next((one.code for one in earlier if one.oin and one.oin == other.oin), None)
    if twin is not None:
        section.complain("oin", f"is al de OIN van {twin}")
    if other.code == ours.werkgebied:
        if other.oin and not ours.is_ours(other.oin):
            section.complain("oin", "hoort bij uw eigen werkgebied; zet uw OIN in corv.toml, bij organisatie.oins")
    elif ours.is_ours(other.oin):
        section.complain("oin", "is al een OIN van uzelf, in corv.toml bij organisatie.oins of organisatie.namens")
    if other.bevestigd_door and "bevestigd_op" not in section.names():
        section.complain("bevestigd_op", "ontbreekt, terwijl bevestigd_door is ingevuld: noem ook de dag")
    if other.bevestigd_op is not None and section.is_empty("bevestigd_door"):
        section.complain("bevestigd_door", "ontbreekt, terwijl bevestigd_op is ingevuld: noem ook wie het deed")
    if other.bevestigd_op is not None and not other.oin:
        section.complain("bevestigd_op", "zegt dat de OIN is bevestigd, maar er is geen OIN")


def _check_successors(file: TomlFile, known: dict[str, AndereOrganisatie], ours: Organisatie) -> None:
    told: set[str] = set()
    for code, other in known.items():
        if other.opvolger and other.geldig_tot is None:
            file.complain([code], "opvolger", "heeft geldig_tot nodig: de laatste dag waarop deze organisatie zelf werkte")
        if other.opvolger and other.opvolger not in {*known, ours.werkgebied}:
            file.complain([code], "opvolger", f"is geen organisatie in dit bestand{hint(other.opvolger, known)}")
        circle = _circle(code, known)
        if circle and not told & set(circle):
            file.complain([code], "opvolger", f"maakt een kring: {' -> '.join(circle)}")
            told |= set(circle)


def _circle(code: str, known: dict[str, AndereOrganisatie]) -> list[str]:
    """The organisations from this one back to itself, each followed by its successor; empty when there is no way back."""
    passed = [code]
    while (last := known.get(passed[-1])) is not None and last.opvolger:
        passed.append(last.opvolger)
        if last.opvolger == code:
            return passed
        if last.opvolger in passed[:-1]:
            return []  # a circle further on, of which this one is no part
    return []
