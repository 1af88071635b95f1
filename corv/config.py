"""config/*.toml to `Settings`. All mistakes of all files come in one `ConfigError`, each with file, line and key."""

from importlib import resources
from pathlib import Path

from corv.errors import ConfigError, why
from corv.settings import AndereOrganisatie, Bevestiging, Kanaal, Kant, Organisatie, Settings, Verwerking
from corv.stuf import JZ_FUNCTIES
from corv.termijnen import read_termijnen
from corv.toml_reader import Section, TomlFile

FILES = ("corv.toml", "antwoorden.toml", "organisaties.toml", "termijnen.toml")
"""The files of config/; `corv init` writes each from its default, which stands in corv/standaard/."""

_MIB = 1024 * 1024


def default_text(name: str) -> str:
    """The default of a configuration file, as `corv init` writes it."""
    return resources.files("corv").joinpath("standaard", name).read_text(encoding="utf-8")


def load(map_: Path) -> Settings:
    """The settings of a working folder. A file that is absent has its default, but corv.toml must be there.

    Raises ConfigError with every mistake at once.
    """
    config = map_ / "config"
    if not (config / "corv.toml").is_file():
        raise ConfigError([f"{config / 'corv.toml'} is er niet. Maak een werkmap met: corv init {map_}"])
    problems: list[str] = []
    corv, antwoorden, organisaties, termijnen = (
        TomlFile(f"config/{name}", _read(config / name, problems), problems) for name in FILES
    )
    settings = Settings(
        map=map_,
        organisatie=_organisatie(corv.section("organisatie")),
        kanalen=_kanalen(corv, map_),
        verwerking=_verwerking(corv.section("verwerking")),
        organisaties=_organisaties(organisaties),
        bv01=_bv01(antwoorden),
        termijnen=read_termijnen(termijnen),
    )
    corv.only("organisatie", "kanaal", "verwerking")
    if problems:
        raise ConfigError(problems)
    return settings


def _read(path: Path, problems: list[str]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return default_text(path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = "is geen UTF-8-tekst" if isinstance(error, UnicodeDecodeError) else f"is niet te lezen ({why(error)})"
        problems.append(f"config/{path.name} {reason}.")
        return ""


def _organisatie(section: Section) -> Organisatie:
    organisatie = Organisatie(
        naam=section.text("naam", "Veilig Thuis", ".{1,200}", "een naam van 1 tot 200 tekens"),
        oins=section.oins("oins"),
        namens=section.oins("namens"),
        applicatie=section.text("applicatie", "corv", ".{3,50}", "een naam van 3 tot 50 tekens"),
        werkgebied=section.text("werkgebied", "", r"|VT\d\d", "een code als VT20"),
    )
    section.finish()
    return organisatie


def _kanalen(file: TomlFile, map_: Path) -> tuple[Kanaal, ...]:
    kanalen = []
    for naam in dict.fromkeys([*(kant.value for kant in Kant), *file.section("kanaal").names()]):
        if naam not in set(Kant):
            file.complain(["kanaal"], naam, "is geen bekend kanaal; er zijn er twee: corv en eigen")
            continue
        section = file.section("kanaal", naam)
        default = Bevestiging.BV03 if naam == Kant.CORV else Bevestiging.GEEN
        kanalen.append(
            Kanaal(
                naam=naam,
                kant=Kant(naam),
                inbox=map_ / section.text("inbox", f"inbox/{naam}", ".+", "een map"),
                outbox=map_ / section.text("outbox", f"outbox/{naam}", ".+", "een map"),
                bevestig=Bevestiging(section.choice("bevestig", default, list(Bevestiging))),
                stil_s=section.number("stil_s", 1.0, 0, 3600),
                klaarteken=section.text("klaarteken", "", r"|\.\w+", "een achtervoegsel als .klaar"),
            )
        )
        section.finish()
    folders = [folder.resolve() for kanaal in kanalen for folder in (kanaal.inbox, kanaal.outbox)]
    if len(set(folders)) < len(folders):
        file.problems.append(f"{file.name}: elke inbox en outbox moet een eigen map zijn; nu komt een map twee keer voor.")
    return tuple(kanalen)


def _verwerking(section: Section) -> Verwerking:
    verwerking = Verwerking(
        grootste_bestand=int(section.number("grootste_bestand_mib", 64, 1, 2000) * _MIB),
        berichten_per_keer=int(section.number("berichten_per_keer", 100, 1, 10_000)),
        bytes_per_keer=int(section.number("mib_per_keer", 16, 1, 1000) * _MIB),
        herscan_s=section.number("herscan_s", 30, 1, 3600),
        wacht_hoogstens_s=section.number("wacht_hoogstens_s", 30, 0, 86_400),
    )
    section.finish()
    return verwerking


def _organisaties(file: TomlFile) -> tuple[AndereOrganisatie, ...]:
    organisaties = []
    for code in file.values:
        section = file.section(code)
        organisaties.append(
            AndereOrganisatie(
                code=code,
                naam=section.text("naam", code, ".+", "een naam"),
                oin=section.oin("oin"),
                bevestigd_door=section.text("bevestigd_door", ""),
                bevestigd_op=section.day("bevestigd_op"),
            )
        )
        section.finish()
    return tuple(organisaties)


def _bv01(file: TomlFile) -> dict[str, bool]:
    section = file.section("bv01")
    answers = {functie: section.truth(functie) for functie in section.names() if functie in JZ_FUNCTIES}
    section.finish(sorted(JZ_FUNCTIES))
    file.only("bv01")
    return answers
