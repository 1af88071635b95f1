"""The command line: one explicit table of commands. A command's module is imported only when it is asked for.

Each command parses options, calls one function, prints, and gives an exit code (ontwerp 7):
0 good, 1 something was found, 2 wrong use or configuration, 3 our own failure.
"""

import errno
import importlib
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

import click

from corv import __version__
from corv.cli import vertaling
from corv.errors import CorvError, UsageError, why
from corv.printable import visible
from corv.rechten import private

COMMANDS = {
    "init": "corv.cli.werk",
    "start": "corv.cli.werk",
    "verwerk": "corv.cli.werk",
    "controleer": "corv.cli.controle",
    "voorbeeld": "corv.cli.voorbeeld",
    "verklaar": "corv.cli.uitleg",
    "berichten": "corv.cli.zoeken",
    "gezien": "corv.cli.gezien",
    "toon": "corv.cli.vragen",
    "aandacht": "corv.cli.werklijst",
    "beoordelen": "corv.cli.werklijst",
    "beslis": "corv.cli.ingrijpen",
    "bezorg": "corv.cli.ingrijpen",
    "herstel": "corv.cli.herstel",
    "backup": "corv.cli.backup",
    "config": "corv.cli.configuratie",
    "herroutering": "corv.cli.herroutering",
    "keten": "corv.cli.verband",
    "koppel": "corv.cli.koppelen",
    "gezondheid": "corv.cli.bewaken",
    "doctor": "corv.cli.doctor",
    "openstaand": "corv.cli.openstaand",
    "werkgebieden": "corv.cli.werkgebieden",
    "lijsten": "corv.cli.lijsten",
    "schemas": "corv.cli.schemas",
    "regels": "corv.cli.regels",
}
"""Every command and the module that holds it, as a function of the same name."""

OWN_FAILURE, INTERRUPTED = 3, 130
_STDERR = 2
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

vertaling.install()  # before any command module is imported: click translates some texts at definition time

from corv.cli.bestand import Folder  # noqa: E402 - see above


class _Commands(click.Group):
    """Finds commands in the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.command(cls=_Commands, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [ARGUMENTEN]...")
@click.version_option(__version__, prog_name="corv")
@click.option(
    "--map",
    "map_",
    type=Folder(),
    default=Path(),
    envvar="CORV_MAP",
    metavar="MAP",
    help="De werkmap, met config/, inbox/ en outbox/ erin; ook te zetten met CORV_MAP. Anders: de huidige map.",
)
@click.pass_context
def corv(ctx: click.Context, map_: Path) -> None:
    """Verwerkt StUF-Jeugdzorgberichten (CORV) van een Veilig Thuis-organisatie uit mappen.

    \b
    Eerste keer:  corv init /srv/corv --oin 00000001999000001000 --werkgebied VT20
    Eén ronde:    corv --map /srv/corv verwerk
    Als service:  corv --map /srv/corv start
    """
    ctx.obj = map_.resolve()


def main() -> None:
    """Entry point of the `corv` command."""
    _open_what_is_closed()
    _leave_no_core()
    try:
        code = run()
    except OSError:  # what is the matter could not be told either
        code = OWN_FAILURE
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:  # nobody reads it any more, or its disk is full: without this the exit code would become 120
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            is_answer = stream is sys.stdout  # a log that can't be written says nothing of what was done
            if is_answer and not isinstance(error, BrokenPipeError) and code != OWN_FAILURE:
                code = OWN_FAILURE
                with suppress(OSError):
                    _tell(error)
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Who closed an output wants no answer. It gets one that goes nowhere: else Python has none, and a file gets its number."""
    with suppress(OSError):
        while (handle := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
            os.set_inheritable(handle, True)
        os.close(handle)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as we live
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _leave_no_core() -> None:
    """A process that dies must not leave its memory on a disk: messages are in it."""
    with suppress(ImportError, OSError, ValueError):  # not where Windows is, nor where a limit may not be set
        import resource  # noqa: PLC0415 - idem

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(error: OSError) -> None:
    """Tell of a failure of the system that reached the user. Of the files that we write, the output alone has no name."""
    nameless = "de uitvoer" if error.errno in _NO_ROOM else "bestand"
    click.secho(f"Fout: {visible(str(error.filename or nameless))}: {why(error)}.", err=True, fg="red")


def run(args: list[str] | None = None) -> int:  # noqa: PLR0911 - one return for each way to end
    """Run one command line; gives the exit code. A user's mistake gives a sentence, never a stack trace."""
    if any("\udc80" <= char <= "\udcff" for word in (args if args is not None else sys.argv[1:]) for char in word):
        click.secho("Fout: een argument bevat tekens die geen UTF-8 zijn.", err=True, fg="red")
        return UsageError.exit_code
    try:
        with private():
            code = corv.main(args, prog_name="corv", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Afgebroken.", err=True)
        return INTERRUPTED
    except CorvError as error:
        click.secho(f"Fout: {error}", err=True, fg="red")
        return error.exit_code
    except BrokenPipeError:
        return 0  # whoever read our output has seen enough
    except OSError as error:
        _tell(error)
        return OWN_FAILURE
    except Exception as error:  # noqa: BLE001 - the last resort: say so in Dutch, with what a bug report needs
        # Without the text of the error: it may quote a message.
        click.secho(
            f"Onverwachte fout in corv zelf ({type(error).__name__}). Meld dit met de regels hieronder.", err=True, fg="red"
        )
        click.echo("".join(traceback.format_tb(error.__traceback__)), err=True)
        return OWN_FAILURE
    return code if isinstance(code, int) else 0
