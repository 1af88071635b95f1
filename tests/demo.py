"""`make demo`: our own invented messages through one pass in a scratch folder; shows what came in and what was written."""

import shutil
import sys
from pathlib import Path

from corv import cli

ROOT = Path(__file__).parents[1]
SCRATCH = ROOT / ".demo"
SAMPLES = ROOT / "tests/berichten"
DROPS = {
    "eigen": [
        "vtoDi01/minimaal.xml",
        "vtoDi01/tegen-een-regel.xml",
        "vtTerugkoppelingDi01/onjuist-geadresseerd.xml",
        "vtTerugkoppelingDi01/ongeldig-status.xml",
    ],
    "corv": [
        *("vtMeldingDi01/volledig.xml", "vtMeldingDi01/minimaal.xml", "vtMeldingDi01/andere-voorvoegsels.xml"),
        *("vtMeldingDi01/in-twente.xml", "vtMeldingDi01/aan-ander-vt.xml"),
        *("vtMeldingDi01/ongeldig-zonder-sash.xml", "vtMeldingDi01/onbekende-ontvanger.xml"),
        *("notificatieDi01/volledig.xml", "notificatiejrDi01/minimaal.xml", "Bv01Bericht/op-vto.xml", "onleesbaar/afgekapt.xml"),
    ],
}


CONFIRMED = """naam = "Veilig Thuis Twente"
oin = "00000001999000019000"
bevestigd_door = "J. Jansen"
bevestigd_op = 2026-01-01"""
IN_ENSCHEDE = ("meldingGeneriek", "--gemeente", "Enschede", "--zaad", "1")
IN_TWENTE = "vtMeldingDi01-in-twente.xml"
AGAINST_A_RULE = "vtoDi01-tegen-een-regel.xml"


def main() -> int:
    """Make the scratch folder, drop the messages, run one pass, show the result."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    say("Een werkmap maken", "corv init .demo --oin 00000001999000001000 --werkgebied VT20")
    corv("init", str(SCRATCH), "--oin", "00000001999000001000", "--naam", "Veilig Thuis Voorbeeldstad", "--werkgebied", "VT20")
    organisaties, empty = SCRATCH / "config/organisaties.toml", 'naam = "Veilig Thuis Twente"\noin = ""'
    text = organisaties.read_text(encoding="utf-8")
    organisaties.write_text(text.replace(empty, CONFIRMED), encoding="utf-8")
    for kanaal, names in DROPS.items():
        for name in names:
            shutil.copy(SAMPLES / name, SCRATCH / "inbox" / kanaal / name.replace("/", "-"))
    say("Waar zou deze melding heen gaan?", f"corv --map .demo verklaar .demo/inbox/corv/{IN_TWENTE}")
    corv("verklaar", str(SCRATCH / "inbox/corv" / IN_TWENTE))
    say("Mag dit verzoek zo worden verzonden?", f"corv --map .demo controleer .demo/inbox/eigen/{AGAINST_A_RULE}")
    corv("controleer", str(SCRATCH / "inbox/eigen" / AGAINST_A_RULE))
    say("Wat vraagt die regel?", "corv --map .demo regels bsn-elfproef")
    corv("regels", "bsn-elfproef")
    say(
        "Nog een melding, over een kind in Enschede",
        f"corv --map .demo voorbeeld {' '.join(IN_ENSCHEDE)} --naar .demo/inbox/corv",
    )
    corv("voorbeeld", *IN_ENSCHEDE, "--naar", str(SCRATCH / "inbox/corv"))
    say("Een vraag aan een ketenpartner", "corv --map .demo voorbeeld vcob --naar .demo/inbox/eigen")
    corv("voorbeeld", "vcob", "--naar", str(SCRATCH / "inbox/eigen"))
    say("Eén ronde over verzonnen berichten", "corv --map .demo verwerk")
    corv("verwerk")
    say("Wat er binnenkwam en wat ermee gebeurde", "corv --map .demo berichten")
    corv("berichten")
    say("Wat er is geschreven", "ls .demo/outbox")
    for path in sorted(SCRATCH.glob("outbox/**/*.*")):
        if path.is_file():
            print(f"  {path.relative_to(SCRATCH)}")
    say("Waarom een melding aandacht vraagt", "cat .demo/outbox/eigen/aandacht/*.txt")
    notes = sorted(SCRATCH.glob("outbox/eigen/aandacht/*vtMelding*.txt"))
    print(notes[0].read_text(encoding="utf-8"))
    print("De map .demo blijft staan om in rond te kijken: corv --map .demo toon KENMERK")
    return 0 if len(notes) == 4 else 1


def corv(*args: str) -> None:
    """Run one command line as a user would."""
    if cli.run(["--map", str(SCRATCH), *args]) not in {0, 1}:
        sys.exit(f"corv {args[0]} ging niet goed")


def say(what: str, command: str) -> None:
    """A heading with the command that a user would type."""
    print(f"\n== {what}\n   $ {command}\n")


if __name__ == "__main__":
    sys.exit(main())
