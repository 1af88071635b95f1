"""config/*.toml to `Settings`. All mistakes of all files come in one `ConfigError`, each with file, line and key."""

import hashlib
import os
from collections.abc import Container
from importlib import resources
from pathlib import Path

from corv.drempels import read_gezondheid
from corv.eigenregelbestand import read_own_rules
from corv.errors import ConfigError, why
from corv.kanalen import read_kanalen
from corv.lijsten import bestanden as lijsten
from corv.niveaubestand import read_niveaus
from corv.niveaus import Niveaus
from corv.officieel import bestanden
from corv.ordinary import open_ordinary, read_ordinary
from corv.organisaties import NO_REGION, read_organisaties
from corv.regelbestand import Regelbestand, read_herroutering
from corv.schemakeuze import read_schemas
from corv.settings import BV01_BY_DEFAULT, Organisatie, Settings, Verwerking
from corv.stuf import JZ_FUNCTIES
from corv.tabellen import Tabellen
from corv.tabellen.bestanden import files_of, folder_of
from corv.tabellen.bestanden import load as load_tables
from corv.termijnen import read_termijnen
from corv.toml_reader import Section, TomlFile
from corv.voorbeelden import Omgeving, example_files

RULES, LEVELS, OWN_RULES = "herroutering.toml", "regels.toml", "regels-eigen.toml"
FILES = ("corv.toml", "antwoorden.toml", "organisaties.toml", "termijnen.toml", RULES, LEVELS, OWN_RULES)
"""The files of config/; `corv init` writes each from its default, which stands in corv/standaard/."""

_MIB = 1024 * 1024


def default_text(name: str) -> str:
    """The default of a configuration file, as `corv init` writes it."""
    return resources.files("corv").joinpath("standaard", name).read_text(encoding="utf-8")


def fingerprint(map_: Path) -> str:
    """The SHA-256 of what config/ says now: of each file its name and its bytes, or the default where it is absent.

    The newer tables in config/werkgebieden/, the zips in config/schemas/, the lists in config/lijsten/ and every example count
    too. A file that can't be read counts as another content: `load` says what is the matter with it.
    """
    digest = hashlib.sha256()
    for name in FILES:
        try:
            content = read_ordinary(map_ / "config" / name)
        except FileNotFoundError:
            content = default_text(name).encode()
        except OSError as error:
            content = _no_content(error)
        digest.update(name.encode() + b"\0" + content + b"\0")
    for folder, files in (
        (folder_of(map_), files_of),
        (bestanden.folder_of(map_), bestanden.files_of),
        (lijsten.folder_of(map_), lijsten.files_of),
        (map_ / "config", example_files),
    ):
        try:
            for path in files(folder):
                digest.update(os.fsencode(path.relative_to(map_)) + b"\0" + _digest_of(path) + b"\0")
        except OSError as error:
            digest.update(f"{folder.name}: ".encode() + _no_content(error))
    return digest.hexdigest()


def _digest_of(path: Path) -> bytes:
    """The SHA-256 of what a file holds, read by pieces: nobody knows what lies there."""
    try:
        with open_ordinary(path) as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        return _no_content(error)


def _no_content(error: OSError) -> bytes:
    return f"niet te lezen: {error.errno}".encode()


def load(map_: Path, rules: Path | None = None, *, is_finished: bool = True) -> Settings:
    """The settings of a working folder. A file that is absent has its default, but corv.toml must be there.

    `rules`: a file to read in place of config/herroutering.toml. `is_finished` False: of a folder that is being made, of which
    the region may still be filled in. Raises ConfigError with every mistake at once.
    """
    settings, _, problems = read_all(map_, rules, is_finished=is_finished)
    if problems:
        raise ConfigError(problems)
    return settings


def read_all(
    map_: Path, rules: Path | None = None, tables: Tabellen | None = None, *, is_finished: bool = True
) -> tuple[Settings, Regelbestand, list[str]]:
    """As `load`, with the rules and how their examples came out, and the mistakes as a list: there are none in good settings.

    `tables`: to judge by in place of those that are in force. Raises ConfigError only where there is no corv.toml.
    """
    config = map_ / "config"
    check_folder(map_)
    problems: list[str] = []
    corv, antwoorden, organisaties, termijnen = (open_file(map_, name, problems) for name in FILES[:4])
    kanalen = read_kanalen(corv, map_)
    before = len(problems)
    tabellen = tables or load_tables(folder_of(map_), problems)
    are_tables_good = len(problems) == before
    organisatie = _organisatie(corv.section("organisatie"), tabellen.namen, is_finished=is_finished)
    others = read_organisaties(organisaties, organisatie, tabellen.namen)
    is_known = are_tables_good and not any(problem.startswith(organisaties.name) for problem in problems)
    omgeving = Omgeving(config, organisatie, others, tabellen) if is_known else None
    name = f"config/{RULES}" if rules is None else str(rules)
    text = read_text(rules or config / RULES, name, problems)
    regelbestand = read_herroutering(TomlFile(name, text, problems), text, omgeving)
    own_text = read_text(config / OWN_RULES, f"config/{OWN_RULES}", problems)
    verwerking = corv.section("verwerking")
    settings = Settings(
        map=map_,
        organisatie=organisatie,
        kanalen=kanalen,
        verwerking=verwerking_of(verwerking),
        organisaties=others,
        bv01=_bv01(antwoorden),
        gezondheid=read_gezondheid(corv.section("gezondheid"), map_, kanalen),
        termijnen=read_termijnen(termijnen),
        herroutering=regelbestand.herroutering,
        tabellen=tabellen,
        lijsten=lijsten.load(lijsten.folder_of(map_), problems),
        schemas=read_schemas(verwerking, map_, problems),
        niveaus=levels_of(map_, problems),
        eigen_regels=read_own_rules(TomlFile(f"config/{OWN_RULES}", own_text, problems), config),
        eigen_regels_tekst=own_text,
    )
    verwerking.finish()
    corv.only("organisatie", "kanaal", "verwerking", "gezondheid")
    return settings, regelbestand, problems


def open_file(map_: Path, name: str, problems: list[str]) -> TomlFile:
    """A file of config/ by its name; its default where it is absent."""
    return TomlFile(f"config/{name}", read_text(map_ / "config" / name, f"config/{name}", problems), problems)


def levels_of(map_: Path, problems: list[str]) -> Niveaus:
    """How heavy the rules weigh, by config/regels.toml."""
    name = f"config/{LEVELS}"
    text = read_text(map_ / name, name, problems)
    return read_niveaus(TomlFile(name, text, problems), text)


def read_text(path: Path, name: str, problems: list[str]) -> str:
    """The text of a file, with its own line ends: they count for its hash. Of one that is absent in config/ its default."""
    try:
        return read_ordinary(path).decode()
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, FileNotFoundError) and name.startswith("config/"):
            return default_text(path.name)
        reason = "is geen UTF-8-tekst" if isinstance(error, UnicodeDecodeError) else f"is niet te lezen ({why(error)})"
        problems.append(f"{name} {reason}.")
        return ""


def _organisatie(section: Section, regios: Container[str], *, is_finished: bool) -> Organisatie:
    organisatie = Organisatie(
        naam=section.text("naam", "Veilig Thuis", ".{1,200}", "een naam van 1 tot 200 tekens"),
        oins=section.oins("oins"),
        namens=section.oins("namens"),
        applicatie=section.text("applicatie", "corv", ".{3,50}", "een naam van 3 tot 50 tekens"),
        werkgebied=section.text("werkgebied", "", r"|VT\d\d", "een code als VT20"),
        oin=section.first_oin("oins"),
    )
    if organisatie.werkgebied and organisatie.werkgebied not in regios:
        section.complain("werkgebied", NO_REGION)
    if is_finished and organisatie.oins and section.is_empty("werkgebied"):
        what = "ontbreekt: vul de code van uw eigen regio in, van VT01 tot en met VT27"
        section.complain("werkgebied", f"{what}. Zonder is van geen melding te zeggen of zij voor u is")
    section.finish()
    return organisatie


def verwerking_of(section: Section) -> Verwerking:
    """How a pass goes, by [verwerking]."""
    return Verwerking(
        grootste_bestand=int(section.number("grootste_bestand_mib", 64, 1, 2000) * _MIB),
        berichten_per_keer=int(section.number("berichten_per_keer", 100, 1, 10_000)),
        bytes_per_keer=int(section.number("mib_per_keer", 16, 1, 1000) * _MIB),
        herscan_s=section.number("herscan_s", 30, 1, 3600),
        wacht_hoogstens_s=section.number("wacht_hoogstens_s", 30, 0, 86_400),
    )


def check_folder(map_: Path) -> None:
    """Raises ConfigError where there is no working folder."""
    path = map_ / "config" / "corv.toml"
    if not path.exists():
        raise ConfigError([f"{path} is er niet. Maak een werkmap met: corv init {map_}"])


def _bv01(file: TomlFile) -> frozenset[str]:
    section = file.section("bv01")
    wanted = [functie for functie in sorted(JZ_FUNCTIES) if section.truth(functie, default=functie in BV01_BY_DEFAULT)]
    section.finish()
    file.only("bv01")
    return frozenset(wanted)
