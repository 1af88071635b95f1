"""What a question needs of config/ and no more, so that a mistake elsewhere in it does not stand in its way."""

from pathlib import Path

from corv.config import OWN_RULES, check_folder, levels_of, open_file, verwerking_of
from corv.eigenregelbestand import read_own_rules
from corv.eigenregels import EigenRegel
from corv.errors import ConfigError
from corv.lijsten import bestanden as lijsten
from corv.niveaus import Niveaus
from corv.officieel.keuze import Instelling, Schemakeuze
from corv.schemakeuze import read_schemas, read_setting
from corv.settings import Organisatie, Settings

_MAIN = "corv.toml"


def load_schemas(map_: Path, *, also_unused: bool = False) -> Schemakeuze:
    """Which schemas judge; our own where there is no working folder.

    `also_unused`: with what each zip holds, where only our own schemas judge too. Raises ConfigError when these schemas can't
    be used, CorvError when a zip can't be tried now.
    """
    if not _is_workfolder(map_):
        return Schemakeuze()
    problems: list[str] = []
    keuze = read_schemas(open_file(map_, _MAIN, problems).section("verwerking"), map_, problems, also_unused=also_unused)
    _raise(problems)
    return keuze


def load_rules(map_: Path) -> tuple[Niveaus, tuple[EigenRegel, ...]]:
    """How heavy the rules weigh, and the own rules; without a working folder what the rules say themselves, and none.

    Raises ConfigError on mistakes in them.
    """
    if not _is_workfolder(map_):
        return Niveaus(), ()
    problems: list[str] = []
    rules = levels_of(map_, problems), read_own_rules(open_file(map_, OWN_RULES, problems), map_ / "config")
    _raise(problems)
    return rules


def load_to_check(map_: Path) -> Settings:
    """What it takes to check a file: who we are, the size limit, the schemas, the rules and the lists.

    Without a working folder: the defaults. Raises ConfigError when the schemas, rules or lists can't be used, CorvError when a
    zip can't be tried now.
    """
    if not _is_workfolder(map_):
        return Settings(map_, Organisatie("", frozenset()), (), lijsten=lijsten.load(None, []))
    main, problems = open_file(map_, _MAIN, []), list[str]()
    niveaus, eigen_regels = load_rules(map_)
    organisatie = main.section("organisatie")
    settings = Settings(
        map_,
        Organisatie("", organisatie.oins("oins"), organisatie.oins("namens")),
        (),
        verwerking=verwerking_of(main.section("verwerking")),
        schemas=load_schemas(map_),
        niveaus=niveaus,
        lijsten=lijsten.load(lijsten.folder_of(map_), problems),
        eigen_regels=eigen_regels,
    )
    _raise(problems)
    return settings


def schema_setting(map_: Path) -> Instelling:
    """Whose verdict counts, whatever is installed. Raises ConfigError where there is no working folder, or it can't be read."""
    check_folder(map_)
    problems: list[str] = []
    instelling = read_setting(open_file(map_, _MAIN, problems).section("verwerking"))
    _raise(problems)
    return instelling


def _is_workfolder(map_: Path) -> bool:
    return (map_ / "config" / _MAIN).exists()


def _raise(problems: list[str]) -> None:
    if problems:
        raise ConfigError(problems)
