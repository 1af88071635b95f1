"""config/organisaties.toml: the other Veilig Thuis organisations, and who gets what is meant for a region."""

from datetime import date

import pytest

from corv.organisaties import read_organisaties
from corv.recipients import recipient
from corv.settings import AndereOrganisatie, Organisatie
from corv.toml_reader import TomlFile

OURS, GEMEENTE, TWENTE = "00000001999000001000", "00000001999000005000", "00000001999000019000"
US = Organisatie("Veilig Thuis Voorbeeldstad", frozenset({OURS}), frozenset({GEMEENTE}), werkgebied="VT20")
DAY = date(2026, 11, 23)
REGIONS = {"VT05", "VT06", "VT19", "VT20"}
CONFIRMED = 'bevestigd_door = "J. Jansen"\nbevestigd_op = 2026-11-01\n'


def read(text: str) -> tuple[tuple[AndereOrganisatie, ...], list[str]]:
    problems: list[str] = []
    return read_organisaties(TomlFile("config/organisaties.toml", text, problems), US, REGIONS), problems


def test_every_key_is_read() -> None:
    text = f"""[VT19]
naam = "Veilig Thuis Twente"
oin = "{TWENTE}"
{CONFIRMED}applicatie = "Zaaksysteem"
geldig_van = 2020-01-01
geldig_tot = 2026-12-31
opvolger = "VT20"
mag_vtmelding_ontvangen = false
[VT05]
[VT20]
oin = "{OURS}"
"""
    assert read(text) == (
        (
            AndereOrganisatie(
                code="VT19",
                naam="Veilig Thuis Twente",
                oin=TWENTE,
                bevestigd_door="J. Jansen",
                bevestigd_op=date(2026, 11, 1),
                applicatie="Zaaksysteem",
                geldig_van=date(2020, 1, 1),
                geldig_tot=date(2026, 12, 31),
                opvolger="VT20",
                mag_vtmelding_ontvangen=False,
            ),
            AndereOrganisatie("VT05", "VT05"),
            AndereOrganisatie("VT20", "VT20", OURS),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[VT19]\noinn = 1\n", ["regel 2: VT19.oinn is geen bekende sleutel; bedoelt u oin?"]),
        ("[Twente]\n", ["regel 1: Twente moet de code van een regio zijn, zoals [VT19]."]),
        (
            '[VT16]\nnaam = "Brabant-Noordoost"\n',
            [
                "regel 1: VT16 is geen regio van Veilig Thuis; zij lopen van VT01 tot en met VT27, zonder VT16 en VT26. "
                "Bestond zij vroeger, noem dan geldig_tot."
            ],
        ),
        ("[VT16]\ngeldig_tot = 2022-12-31\n", []),
        ('[VT16]\ngeldig_tot = 2022-12-31\nopvolger = "VT19"\n[VT19]\n', []),
        ('[VT19]\napplicatie = "x"\n', ["regel 2: VT19.applicatie moet een naam van 3 tot 50 tekens zijn."]),
        ("[VT19]\nmag_vtmelding_ontvangen = 1\n", ["regel 2: VT19.mag_vtmelding_ontvangen moet true of false zijn."]),
        (
            f'[VT19]\noin = "{TWENTE}"\n[VT05]\noin = "{TWENTE}"\n',
            ["regel 4: VT05.oin is al de OIN van VT19."],
        ),
        (
            f'[VT19]\noin = "{OURS}"\n',
            ["regel 2: VT19.oin is al een OIN van uzelf, in corv.toml bij organisatie.oins of organisatie.namens."],
        ),
        (
            f'[VT19]\noin = "{GEMEENTE}"\n',
            ["regel 2: VT19.oin is al een OIN van uzelf, in corv.toml bij organisatie.oins of organisatie.namens."],
        ),
        (
            f'[VT20]\noin = "{TWENTE}"\n',
            ["regel 2: VT20.oin hoort bij uw eigen werkgebied; zet uw OIN in corv.toml, bij organisatie.oins."],
        ),
        (
            f'[VT19]\noin = "{TWENTE}"\nbevestigd_door = "J. Jansen"\n',
            ["regel 1: VT19.bevestigd_op ontbreekt, terwijl bevestigd_door is ingevuld: noem ook de dag."],
        ),
        (
            f'[VT19]\noin = "{TWENTE}"\nbevestigd_op = 2026-11-01\n',
            ["regel 1: VT19.bevestigd_door ontbreekt, terwijl bevestigd_op is ingevuld: noem ook wie het deed."],
        ),
        (
            f'[VT19]\noin = "{TWENTE}"\nbevestigd_door = " "\nbevestigd_op = 2026-11-01\napplicatie = "   "\n',
            [
                "regel 3: VT19.bevestigd_door mag niet alleen uit spaties bestaan.",
                "regel 5: VT19.applicatie mag niet alleen uit spaties bestaan.",
            ],
        ),
        (
            f'[VT19]\noin = "{TWENTE}"\nbevestigd_door = "J. Jansen"\nbevestigd_op = "gisteren"\n',
            ["regel 4: VT19.bevestigd_op moet een datum zijn, zoals 2026-11-01."],
        ),
        (f"[VT19]\n{CONFIRMED}", ["regel 3: VT19.bevestigd_op zegt dat de OIN is bevestigd, maar er is geen OIN."]),
        (
            "[VT19]\ngeldig_van = 2026-02-01\ngeldig_tot = 2026-01-31\n",
            ["regel 3: VT19.geldig_tot ligt voor geldig_van."],
        ),
        (
            '[VT19]\nopvolger = "VT05"\n[VT05]\n',
            ["regel 2: VT19.opvolger heeft geldig_tot nodig: de laatste dag waarop deze organisatie zelf werkte."],
        ),
        (
            '[VT19]\ngeldig_tot = 2026-01-31\nopvolger = "VT16"\n',
            ["regel 3: VT19.opvolger is geen organisatie in dit bestand; bedoelt u VT19?"],
        ),
        (
            '[VT19]\ngeldig_tot = 2026-01-31\nopvolger = "VT05"\n[VT05]\ngeldig_tot = 2026-01-31\nopvolger = "VT19"\n'
            '[VT06]\ngeldig_tot = 2026-01-31\nopvolger = "VT05"\n',
            ["regel 3: VT19.opvolger maakt een kring: VT19 -> VT05 -> VT19."],
        ),
        (
            '[VT19]\ngeldig_tot = 2026-01-31\nopvolger = "VT19"\n',
            ["regel 3: VT19.opvolger maakt een kring: VT19 -> VT19."],
        ),
    ],
)
def test_every_mistake_is_told_with_its_line(text: str, told: list[str]) -> None:
    assert read(text)[1] == [f"config/organisaties.toml, {one}" for one in told]


def known(code: str, **other: object) -> AndereOrganisatie:
    values = {"oin": TWENTE, "bevestigd_door": "J. Jansen", "bevestigd_op": date(2026, 11, 1), **other}
    return AndereOrganisatie(code, f"Veilig Thuis {code}", **values)  # type: ignore[arg-type]  # a table of values


ENDED = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("organisaties", "found"),
    [
        ([known("VT19")], "VT19"),
        ([known("VT19", geldig_van=DAY, geldig_tot=DAY, opvolger="VT05"), known("VT05")], "VT19"),
        ([known("VT19", geldig_tot=ENDED, opvolger="VT05"), known("VT05")], "VT05"),
        (
            [
                known("VT19", geldig_tot=ENDED, opvolger="VT05"),
                known("VT05", geldig_tot=ENDED, opvolger="VT06"),
                known("VT06"),
            ],
            "VT06",
        ),
        ([], "VT19 staat niet in config/organisaties.toml."),
        (
            [known("VT19", geldig_tot=ENDED, opvolger="VT05")],
            "VT19 is opgevolgd door VT05. VT05 staat niet in config/organisaties.toml.",
        ),
        (
            [known("VT19", geldig_tot=ENDED)],
            "Veilig Thuis VT19 (VT19) werkte tot en met 31-10-2026; een opvolger is niet bekend.",
        ),
        ([known("VT19", geldig_van=date(2027, 1, 1))], "Veilig Thuis VT19 (VT19) werkt pas vanaf 01-01-2027."),
        (
            [known("VT19", mag_vtmelding_ontvangen=False)],
            "Veilig Thuis VT19 (VT19) mag volgens config/organisaties.toml geen melding ontvangen.",
        ),
        ([known("VT19", oin="")], "Veilig Thuis VT19 (VT19): de OIN is niet bekend."),
        (
            [known("VT19", bevestigd_door="")],
            "Veilig Thuis VT19 (VT19): de OIN is niet bevestigd in config/organisaties.toml.",
        ),
        (
            [known("VT19", bevestigd_op=date(2026, 11, 24))],
            "Veilig Thuis VT19 (VT19): de OIN is pas bevestigd per 24-11-2026, volgens config/organisaties.toml.",
        ),
        (
            [known("VT19", geldig_tot=ENDED, opvolger="VT05"), known("VT05", oin="")],
            "VT19 is opgevolgd door VT05. Veilig Thuis VT05 (VT05): de OIN is niet bekend.",
        ),
        (
            [known("VT19", geldig_tot=ENDED, opvolger="VT20"), known("VT20")],
            "VT19 is opgevolgd door VT20. VT20 is uw eigen werkgebied: daarheen wordt niets doorgestuurd.",
        ),
        (
            [known("VT19", geldig_tot=ENDED, opvolger="VT05"), known("VT05", geldig_tot=ENDED, opvolger="VT19")],
            "De opvolgers van VT19 vormen een kring: VT19 -> VT05 -> VT19.",
        ),
    ],
)
def test_a_region_has_a_recipient_or_a_reason_why_not(organisaties: list[AndereOrganisatie], found: str) -> None:
    result = recipient(organisaties, "VT19", DAY, eigen="VT20")

    assert (result.code if isinstance(result, AndereOrganisatie) else result) == found
