"""`schemas` in config/corv.toml, and the zips that were installed in config/schemas/: which schema judges which message."""

from pathlib import Path

from corv.berichten import BERICHTEN
from corv.errors import why
from corv.officieel.bestanden import FOLDER, files_of, folder_of
from corv.officieel.keuze import Instelling, Schemakeuze
from corv.toml_reader import Section

_NONE = (
    'is "{instelling}", maar er is geen officieel schema geïnstalleerd. Installeer de zip van VNG met: '
    'corv schemas installeer ZIP. Of kies "eigen"'
)


def read_setting(section: Section) -> Instelling:
    """Whose verdict counts. `section`: [verwerking]."""
    return Instelling(section.choice("schemas", Instelling.EIGEN, list(Instelling)))


def read_schemas(section: Section, map_: Path, problems: list[str]) -> Schemakeuze:
    """Which schemas judge. `section`: [verwerking]; `problems` grows with each zip that can't be used, and why.

    A zip that will be asked for verdicts is compiled and tried here: a message must not be the first to find it wanting.
    """
    instelling = read_setting(section)
    try:
        files = files_of(folder_of(map_))
    except OSError as error:
        problems.append(f"{FOLDER} is niet te lezen ({why(error)}).")
        return Schemakeuze(instelling)
    if not files:
        if instelling is not Instelling.EIGEN:
            section.complain("schemas", _NONE.format(instelling=instelling))
        return Schemakeuze(instelling)
    from corv.officieel import pakketten  # noqa: PLC0415 - takes longer to import than all of config/ to read

    keuze = Schemakeuze(instelling, pakketten.load(files, problems))
    for pakket in keuze.used(BERICHTEN):
        schema = pakketten.usable(pakket.bundle)
        if isinstance(schema, str):
            problems.append(f"{FOLDER}/{pakket.naam}: {schema} Haal de zip weg.")
    return keuze
