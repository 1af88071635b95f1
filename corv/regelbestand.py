"""config/herroutering.toml to `Herroutering`. Rules that can't work, or whose examples come out otherwise, are refused."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corv.herregels import (
    ANDER_VT,
    EEN_VT,
    FIXED_NAMES,
    ONS,
    VOORWAARDEN,
    WERKGEBIED,
    Dan,
    Herroutering,
    JuisteOrganisatie,
    Regel,
    Wijze,
)
from corv.stuf import JZ_FUNCTIES, MELDINGEN, OIN
from corv.toml_reader import Section, TomlFile, hint
from corv.voorbeelden import REGION, Omgeving, Uitslag, Voorbeeld, read_voorbeeld, run
from corv.werkgebied import Adressoort, Groep, Uitkomst, Volgorde, Zekerheid
from corv.werkgebied.roles import KNOWN_ROLES

_NAAM = r"[a-z0-9][a-z0-9-]{0,59}"
_MELDING = ", ".join(f'"{functie}"' for functie in sorted(MELDINGEN))


@dataclass(frozen=True)
class Regelbestand:
    """What was read. `uitslagen`: of every example, also of those that came out otherwise; none when something else is wrong."""

    herroutering: Herroutering
    uitslagen: tuple[Uitslag, ...]


def read_herroutering(file: TomlFile, text: str, omgeving: Omgeving | None) -> Regelbestand:
    """The rules of that file, of whose text the hash is kept; every mistake is told to the file.

    `omgeving` None: the organisations or the tables could not be read, so what depends on them is not checked.
    """
    before, top = len(file.problems), file.section()
    bewijs = top.table("bewijs")
    volgorde = Volgorde(
        personen=tuple(map(Groep, bewijs.words("personen", Groep, Groep))),
        adressen=tuple(map(Adressoort, bewijs.words("adressen", Adressoort, Adressoort))),
        vrije_tekst=bewijs.truth("vrije_tekst", default=True),
    )
    bewijs.finish()
    sections = top.tables("regel")
    regels = tuple(_regel(section, omgeving) for section in sections)
    herroutering = Herroutering(
        regels=regels,
        volgorde=volgorde,
        wijze=Wijze(top.choice("wijze", Wijze.BEIDE, list(Wijze))),
        juiste_organisatie_in=frozenset(
            map(JuisteOrganisatie, top.words("juiste_organisatie_in", JuisteOrganisatie, JuisteOrganisatie))
        ),
        hash=hashlib.sha256(text.encode()).hexdigest(),
        tekst=text,
    )
    top.finish()
    if not regels and not any(problem.startswith(file.name) for problem in file.problems):
        file.complain([], "regel", "ontbreekt: er moet minstens één [[regel]] zijn")
    _check_names(sections, regels)
    voorbeelden = list(_voorbeelden(sections, regels, omgeving))
    if omgeving is None or len(file.problems) > before:
        return Regelbestand(herroutering, ())
    return Regelbestand(herroutering, tuple(_run(section, one, herroutering, omgeving) for section, one in voorbeelden))


def _regel(section: Section, omgeving: Omgeving | None) -> Regel:
    for key, why in (("naam", "elke regel heeft een naam"), ("dan", f"kies uit {', '.join(Dan)}")):
        if key not in section.names():
            section.complain(key, f"ontbreekt: {why}")
    regel = Regel(
        naam=section.text("naam", "", _NAAM, "een naam van kleine letters, cijfers en streepjes"),
        dan=Dan(section.choice("dan", Dan.BEOORDEEL, list(Dan))),
        als=_als(section.table("als"), omgeving),
        naar=section.text("naar", "", f"{WERKGEBIED}|{REGION}", f"{WERKGEBIED} of een code als VT19"),
        reden=section.text("reden", "", "|.{1,500}", "een zin van hoogstens 500 tekens"),
        geldig_van=section.day("geldig_van"),
        geldig_tot=section.day("geldig_tot"),
    )
    section.finish(["voorbeeld"])
    if regel.geldig_van and regel.geldig_tot and regel.geldig_tot < regel.geldig_van:
        section.complain("geldig_tot", "ligt voor geldig_van")
    if regel.dan is Dan.WEIGER and not regel.reden:
        section.complain("reden", "ontbreekt: wie geweigerd wordt, krijgt de reden te lezen")
    if regel.dan is Dan.HERROUTEER:
        _check_target(section, regel, omgeving)
    elif regel.naar:
        section.complain("naar", f"hoort alleen bij {Dan.HERROUTEER}, niet bij {regel.dan}")
    return regel


def _als(section: Section, omgeving: Omgeving | None) -> Mapping[str, frozenset[str]]:
    parties, regions, gemeenten = f"{OIN}|{REGION}", REGION, "[0-9]{4}"
    codes: set[str] = set()
    cbs: set[str] = set()
    if omgeving is not None:
        parties, regions, gemeenten = OIN, "", ""
        codes = {other.code for other in omgeving.organisaties} | {*omgeving.tabellen.namen, omgeving.organisatie.werkgebied}
        cbs = {code for tabel in omgeving.tabellen.gemeenten for code in tabel.veilig_thuis} | set(omgeving.tabellen.vervallen)
    allowed = {
        "functie": (JZ_FUNCTIES, ""),
        "zender": (codes | {ONS, ANDER_VT, EEN_VT}, parties),
        "ontvanger": (codes | {ONS, ANDER_VT, EEN_VT}, parties),
        "uitkomst": (frozenset(Uitkomst), ""),
        "zekerheid": (frozenset(Zekerheid), ""),
        "werkgebied": (codes, regions),
        "rol": (KNOWN_ROLES, ""),
        "gemeente": (cbs, gemeenten),
    }
    given = [name for name in VOORWAARDEN if name in section.names()]
    als = {name: frozenset(section.words(name, (), *allowed[name], _ADVICE.get(name))) for name in given}
    section.finish(list(VOORWAARDEN))
    return als


def _about_party(word: str) -> str:
    return f"; een OIN heeft 20 cijfers, en dit zijn er {len(word)}" if word.isdecimal() else ""


def _about_gemeente(_: str) -> str:
    return "; noem de CBS-code van een gemeente, vier cijfers"


_ADVICE = {"zender": _about_party, "ontvanger": _about_party, "gemeente": _about_gemeente}
"""What to say of a value that a condition does not know, where the nearest known one would not help."""


def _check_target(section: Section, regel: Regel, omgeving: Omgeving | None) -> None:
    """Complain of a rule that would send on what is no melding, or to nobody, or without being sure."""
    functies = regel.als.get("functie", frozenset())
    if not functies or functies - MELDINGEN:
        section.complain("als", f"moet voor herrouteer een functie vragen, en alleen meldingen: {_MELDING}")
    if not regel.naar and "naar" not in section.names():
        section.complain("naar", f"ontbreekt: noem bij herrouteer {WERKGEBIED} of de code van een regio")
    elif regel.naar == WERKGEBIED:
        for name, only in (("uitkomst", Uitkomst.ANDER.value), ("zekerheid", Zekerheid.HOOG.value)):
            if regel.als.get(name, frozenset()) != {only}:
                section.complain("als", f'moet {name} = ["{only}"] hebben als naar "{WERKGEBIED}" is')
    elif omgeving is not None and regel.naar == omgeving.organisatie.werkgebied:
        section.complain("naar", "is uw eigen werkgebied: daarheen wordt niets doorgestuurd")
    elif omgeving is not None and regel.naar and regel.naar not in (codes := {other.code for other in omgeving.organisaties}):
        section.complain("naar", f"is geen organisatie in organisaties.toml{hint(regel.naar, codes)}")


def _check_names(sections: list[Section], regels: tuple[Regel, ...]) -> None:
    seen: set[str] = set()
    for section, regel in zip(sections, regels, strict=True):
        if regel.naam in FIXED_NAMES:
            section.complain("naam", f"mag niet {regel.naam} zijn: zo heet een vaste regel van corv")
        elif regel.naam in seen:
            section.complain("naam", f"mag niet nog eens {regel.naam} zijn: zo heet een eerdere regel al")
        seen |= {regel.naam} - {""}


def _voorbeelden(
    sections: list[Section], regels: tuple[Regel, ...], omgeving: Omgeving | None
) -> Iterator[tuple[Section, Voorbeeld]]:
    names = {regel.naam for regel in regels}
    for section, regel in zip(sections, regels, strict=True):
        is_shown = False
        for one in section.tables("voorbeeld"):
            voorbeeld = read_voorbeeld(one, regel.naam, omgeving)
            is_shown = is_shown or voorbeeld.verwacht.regel == regel.naam
            if voorbeeld.verwacht.regel not in names:
                one.complain("verwacht", f"noemt een regel die er niet is{hint(voorbeeld.verwacht.regel, names)}")
            yield one, voorbeeld
        if not is_shown:
            section.complain("voorbeeld", "ontbreekt: elke regel heeft minstens één voorbeeld waarin hij zelf past")


def _run(section: Section, voorbeeld: Voorbeeld, herroutering: Herroutering, omgeving: Omgeving) -> Uitslag:
    uitslag = run(voorbeeld, herroutering, omgeving)
    if not uitslag.is_good:
        what = f"verwacht {voorbeeld.verwacht}, maar de regels geven {uitslag.uitkomst}"
        section.complain("verwacht", f"komt niet uit (regel {voorbeeld.regel}, voorbeeld {voorbeeld.naam}): {what}")
    return uitslag
