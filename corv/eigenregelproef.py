"""Try own rules on their examples, in the same process as on real messages: an expression in a file may hang as well."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from corv.eigenregels import EigenRegel
from corv.eigenregels.proces import Antwoord, Grenzen, Mislukt, OwnRules
from corv.findings import Finding
from corv.parsing import parse
from corv.schemas import Schemas
from corv.schemas.places import display_name
from corv.stuf import JZ
from corv.toml_reader import Section

_ERR = etree.ErrorTypes
_NO_XPATH = "is geen geldige XPath 1.0"
_WRONG: dict[int, str] = {
    _ERR.XPATH_EXPR_ERROR: f"{_NO_XPATH}: let op haken en aanhalingstekens, en op and en or",
    _ERR.XPATH_UNFINISHED_LITERAL_ERROR: f"{_NO_XPATH}: een tekst tussen aanhalingstekens wordt niet afgesloten",
    _ERR.XPATH_INVALID_PREDICATE_ERROR: f"{_NO_XPATH}: een vierkante haak wordt niet gesloten",
    _ERR.XPATH_VARIABLE_REF_ERROR: f"{_NO_XPATH}: na een $ hoort een naam",
    _ERR.XPATH_UNDEF_VARIABLE_ERROR: "gebruikt een naam met $, en die zijn er niet",
    _ERR.XPATH_INVALID_TYPE: "geeft een functie iets waar zij niets mee kan, zoals een tekst aan count()",
    _ERR.XPATH_INVALID_OPERAND: "rekent met iets waarmee niet te rekenen is",
    _ERR.XPATH_INVALID_ARITY: "geeft een functie te veel of te weinig waarden",
    1226: "is te diep genest: er staan te veel haken binnen elkaar. Verdeel hem over meer regels",  # lxml has no name for it
}
"""What is wrong with an expression, by the code of libxml2."""


@dataclass(frozen=True)
class Proef:
    """A rule and its examples. `section`: where it stands, and where a mistake is told."""

    section: Section
    regel: EigenRegel
    goed: bytes
    fout: bytes


def try_out(proeven: Sequence[Proef], grenzen: Grenzen | None = None) -> dict[str, str]:
    """Tell of every example that is no valid message, or does not do what it is there for; and of every wrong expression.

    Gives the rules that can't be asked now, by their id, and why. That is no mistake of theirs: a machine that is too busy for
    another process must not keep messages waiting.
    """
    schemas = Schemas()
    limits = grenzen or Grenzen()
    untried: dict[str, str] = {}
    with OwnRules([proef.regel for proef in proeven], limits) as own:
        for proef in proeven:
            good = [_is_good(proef, key, raw, schemas) for key, raw in (("goed", proef.goed), ("fout", proef.fout))]
            if all(good) and (reden := _try(proef, own, limits)):
                untried[proef.regel.id] = reden
    return untried


def _is_good(proef: Proef, key: str, raw: bytes, schemas: Schemas) -> bool:
    """Whether an example is a valid message of a kind to which the rule applies; if not, it is told."""
    document = parse(raw)
    if isinstance(document, Finding):
        where = f", op regel {document.regel} ervan" if document.regel else ""
        proef.section.complain(key, f"is geen leesbaar bericht ({document.code}{where})")
    elif document.root.tag not in {f"{{{JZ}}}{naam}" for naam in proef.regel.berichten}:
        known = ", ".join(sorted(proef.regel.berichten))
        proef.section.complain(key, f"is een {display_name(str(document.root.tag))}, en de regel is voor {known}")
    elif wrong := schemas.validate(document.root):
        first = wrong[0]
        where = f"regel {first.regel} ervan, {first.pad}"
        proef.section.complain(key, f"is niet volgens het schema ({where}): {first.tekst.removesuffix('.')}")
    else:
        return True
    return False


def _try(proef: Proef, own: OwnRules, grenzen: Grenzen) -> str:
    """Ask a rule about both its examples, and tell what is wrong. Gives why it could not be asked; '' where it could."""
    section, regel = proef.section, proef.regel
    (goed,) = own.ask(proef.goed, [regel])
    if goed.mislukt is not None:
        _tell(section, goed, grenzen)
        return goed.reden
    if goed.plaatsen:
        pad, line = goed.plaatsen[0]
        section.complain("goed", f"voldoet niet aan regel {regel.id} (regel {line} van het voorbeeld, {pad})")
    (fout,) = own.ask(proef.fout, [regel])
    if fout.mislukt is not None:
        _tell(section, fout, grenzen)
    elif not fout.plaatsen:
        tip = "; kijk of bij er wel een element in aanwijst" if regel.bij else ""
        section.complain("fout", f"voldoet wel aan regel {regel.id}, en dat hoort niet{tip}")
    return fout.reden


def _tell(section: Section, antwoord: Antwoord, grenzen: Grenzen) -> None:
    """Tell what is wrong with a rule that gave no answer; where it was not asked at all, nothing is known to be."""
    if antwoord.mislukt is Mislukt.XPATH:
        what = _WRONG.get(antwoord.code, _NO_XPATH)
        if antwoord.sleutel == "bij" and not antwoord.code:
            what = "moet elementen aanwijzen, en geen tekst, getal of attribuut"
        section.complain(antwoord.sleutel, what + (f" (na {antwoord.teken} tekens)" if antwoord.teken else ""))
    elif antwoord.mislukt is Mislukt.TE_LANG:
        section.complain("test", f"duurt te lang: op een regel wacht corv hoogstens {grenzen.regel:g} s. Maak hem eenvoudiger")
    elif antwoord.mislukt is Mislukt.GESTORVEN:
        section.complain("test", "kost te veel geheugen. Maak hem eenvoudiger")
