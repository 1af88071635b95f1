"""Who acts and why: `--door` is the person's login unless given, `--reden` is required; both are one line of ordinary text."""

import getpass
import os

import click
import pytest
from click.testing import CliRunner, Result

from corv.cli.persoon import door_option, reden_option


@click.command()
@door_option
@reden_option
def doe(door: str, reden: str) -> None:
    click.echo(f"{door}: {reden}")


def run(*args: str) -> Result:
    return CliRunner().invoke(doe, args)


@pytest.fixture
def nobody_known(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No terminal, no sudo, no user name."""

    def no_terminal() -> str:
        raise OSError(6, "No such device or address")

    def no_user() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(os, "getlogin", no_terminal)
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", no_user)
    return monkeypatch


def test_what_is_given_is_used_without_the_white_space_around_it() -> None:
    assert run("--door", " A. Tester ", "--reden", " dubbel ingestuurd ").output == "A. Tester: dubbel ingestuurd\n"


def test_without_a_name_the_login_counts_then_who_called_sudo_then_the_user(nobody_known: pytest.MonkeyPatch) -> None:
    nobody_known.setattr(getpass, "getuser", lambda: "gebruiker")
    assert run("--reden", "x").output == "gebruiker: x\n"
    nobody_known.setenv("SUDO_USER", "via-sudo")
    assert run("--reden", "x").output == "via-sudo: x\n"
    nobody_known.setattr(os, "getlogin", lambda: "login")
    assert run("--reden", "x").output == "login: x\n"


@pytest.mark.usefixtures("nobody_known")
def test_who_can_not_be_told_is_asked_for_a_name() -> None:
    result = run("--reden", "x")

    assert result.exit_code == 2
    assert "Geef uw naam met --door NAAM." in result.output
    assert run("--door", "ik", "--reden", "x").output == "ik: x\n"


def test_the_account_of_the_service_is_nobody(nobody_known: pytest.MonkeyPatch) -> None:
    nobody_known.setattr(getpass, "getuser", lambda: "corv")

    assert "geef uw eigen naam met --door NAAM" in run("--reden", "x").output
    assert run("--door", "Corv", "--reden", "x").exit_code == 2


@pytest.mark.parametrize("option", ["--door", "--reden"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mag niet leeg zijn"),
        (" \t ", "mag niet leeg zijn"),
        ("a\x1b[2Jb", "stuurtekens"),
        ("twee\nregels", "stuurtekens"),
        ("twee\u2028regels", "stuurtekens"),
        ("om\u202egekeerd", "stuurtekens"),
        ("geen utf-8 \udcff", "stuurtekens"),
        ("x" * 501, "mag hoogstens"),
    ],
)
def test_text_that_would_spoil_a_line_is_refused(option: str, text: str, said: str) -> None:
    given = {"--door": "ik", "--reden": "reden", option: text}

    result = run(*(word for pair in given.items() for word in pair))

    assert result.exit_code == 2
    assert f"'{option}'" in result.output
    assert said in result.output


def test_the_longest_allowed_texts_are_accepted() -> None:
    assert run("--door", "x" * 100, "--reden", "é" * 500).exit_code == 0
    assert run("--door", "x" * 101, "--reden", "y").exit_code == 2


def test_a_reason_is_required_and_its_help_warns_against_personal_data() -> None:
    assert run("--door", "ik").exit_code == 2
    assert "persoonsgegevens" in " ".join(run("--help").output.split())
