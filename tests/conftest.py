"""Shared fixtures: a working folder in a temporary place, and a pass over it with a clock and ids of our own."""

import importlib.util
import itertools
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
import structlog
import xmlschema
from hypothesis import settings as hypothesis_settings
from lxml import etree

from corv import cli
from corv.app import make_folders, working
from corv.audit import Audit, Filter, Row
from corv.berichten import gm, vv
from corv.handler import Deps, Report
from corv.jobs import one_pass
from corv.niveaus import Richting
from corv.rules.running import Beleid, check_rules
from corv.schemas import Schemas
from corv.schemas.expectations import ENTRY
from corv.stuf import TERUGKOPPELINGEN
from corv.workfolder import make_config

BERICHTEN = Path(__file__).parent / "berichten"
SHARED = Path(__file__).parents[2] / "shared"
OFFICIAL_SETS = {
    "vt": SHARED / "officieel" / "vt-1.0.9" / "jz0100_msg_vtberichten_resolved2025.xsd",
    "vv": SHARED / "officieel" / "vv-1.0.9" / "jz0100_msg_vvberichten_resolved2025.xsd",
    "gm": SHARED / "officieel" / "gm-1.0.9" / "jz0100_msg_gmberichten_resolved2025.xsd",
}
"""The published sets that we compare with. Each has the answers of StUF; the Di01 of the koppelvlak are divided over them."""

_OTHER_SETS = {soort.naam: name for name, family in (("vv", vv), ("gm", gm)) for soort in family.SOORTEN}


def set_of(root: str) -> str:
    """The name of the published set that has messages with this root."""
    return _OTHER_SETS.get(root, "vt")


OURS, TWENTE, GEMEENTE = "00000001999000001000", "00000001999000019000", "00000001999000005000"
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

hypothesis_settings.register_profile("corv", deadline=None, print_blob=True)
hypothesis_settings.load_profile("corv")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is er niet: een verse kloon heeft de officiële schema's niet"
)


def message(name: str) -> bytes:
    """One sample message, by its path below tests/berichten/."""
    return (BERICHTEN / name).read_bytes()


def is_answer(name: str) -> bool:
    """Whether a file in an outbox is a Bv or Fo of our own making."""
    return Path(name).stem.rpartition("-")[2] in {"Bv01", "Bv03", "Bv04", "Fo01", "Fo03"}


def is_made_for_another(name: str) -> bool:
    """Whether a file in an outbox is a message that we made of another one, for an organisation that its name tells."""
    return re.search(r"[0-9a-f]{12}-\w.*-\w+Di01\.xml$", name) is not None


class Werkmap:
    """A working folder, and what a test wants to do with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        make_config(path, oins=[OURS], naam="Veilig Thuis Voorbeeldstad", werkgebied="VT20")
        make_folders(path, renew=False)
        self.configure("namens = []", f'namens = ["{GEMEENTE}"]')
        self.configure("stil_s = 1.0", "stil_s = 0")
        self.configure(
            'naam = "Veilig Thuis Twente"\noin = ""', f'naam = "Veilig Thuis Twente"\noin = "{TWENTE}"', "organisaties.toml"
        )
        self.now = START
        self._ids = itertools.count(1)

    def configure(self, old: str, new: str, name: str = "corv.toml") -> None:
        """Change a configuration file; the old text must be there."""
        file = self.path / "config" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def confirm(self, naam: str, oin: str, was: str | None = None) -> None:
        """Say in organisaties.toml that somebody confirmed this OIN. `was`: the OIN that stands there, where that is another."""
        old = f'naam = "{naam}"\noin = "{oin if was is None else was}"'
        new = f'naam = "{naam}"\noin = "{oin}"\nbevestigd_door = "J. Jansen"\nbevestigd_op = 2026-01-01'
        self.configure(old, new, "organisaties.toml")

    def drop(self, kanaal: str, name: str, content: bytes) -> Path:
        """Put a file in an inbox."""
        path = self.path / "inbox" / kanaal / name
        path.write_bytes(content)
        return path

    def new_id(self) -> UUID:
        return UUID(int=next(self._ids), version=4)

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def run(self, change: Callable[[Deps], Deps] = lambda deps: deps) -> Report:
        """One pass, as `corv verwerk` does it."""
        report = Report()
        with working(self.path) as deps:
            one_pass(change(replace(deps, clock=self.clock, new_id=self.new_id)), report)
        return report

    def run_with(self, kanaal: str, content: bytes) -> Report:
        """Drop one message and run a pass."""
        self.drop(kanaal, "bericht.xml", content)
        return self.run()

    def handle(self, kanaal: str, content: bytes, name: str = "bericht.xml") -> Row:
        """Drop one message, run a pass, and give its row."""
        self.drop(kanaal, name, content)
        self.run()
        return self.rows()[0]

    def rows(self) -> list[Row]:
        """All messages, newest first."""
        with Audit(self.path / "data/corv.sqlite") as audit:
            return list(audit.messages(Filter()))

    def whole(self, id_: str) -> dict[str, Any]:
        """One message whole."""
        with Audit(self.path / "data/corv.sqlite") as audit:
            return dict(audit.message(id_))

    def outbox(self) -> dict[str, bytes]:
        """Everything that was delivered, by its path below outbox/."""
        root = self.path / "outbox"
        files = [path for path in root.rglob("*") if path.is_file() and path.parent.name != ".klaar"]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

    def written(self, row: Row) -> set[str]:
        """What was delivered for one message, as `kanaal/kind`."""
        return {name.replace(f"{row['id']}-", "") for name in self.outbox() if row["id"] in name}

    def leftovers(self) -> list[Path]:
        """What should be empty after a pass: inboxes, claims and staged files."""
        inboxes = [path for path in (self.path / "inbox").rglob("*") if not path.is_dir()]
        staged = (self.path / "outbox").glob("*/.klaar/*")
        return [path for path in [*inboxes, *staged] if path.is_file()]


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas()


@pytest.fixture(scope="session")
def official_sets() -> dict[str, etree.XMLSchema]:
    """The published schemas, by the name of their set; none where ../shared is absent."""
    return {name: etree.XMLSchema(etree.parse(path)) for name, path in OFFICIAL_SETS.items() if path.is_file()}


@pytest.fixture(scope="session")
def official(official_sets: dict[str, etree.XMLSchema]) -> etree.XMLSchema | None:
    """The published schema of the messages between police and Veilig Thuis, or None where ../shared is absent."""
    return official_sets.get("vt")


@pytest.fixture(scope="session")
def own() -> xmlschema.XMLSchema:
    """Our own schemas, as the maker of random messages reads them."""
    return xmlschema.XMLSchema(str(ENTRY), allow="local")


@pytest.fixture(scope="session")
def fuzz() -> ModuleType:
    """The maker of random messages; only where ../shared is."""
    spec = importlib.util.spec_from_file_location("schema_fuzz", SHARED / "gereedschap/schema_fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def werkmap(tmp_path: Path, schemas: Schemas, official_sets: dict[str, etree.XMLSchema]) -> Iterator[Werkmap]:
    """A fresh working folder. Afterwards all that we made ourselves must be valid, by our schemas and by the official ones.

    What hands a melding back must break no rule either, as what others send through us.
    """
    werkmap = Werkmap(tmp_path / "werk")
    yield werkmap
    for name, content in werkmap.outbox().items():
        if is_answer(name) or is_made_for_another(name):
            root = etree.fromstring(content)
            official = official_sets.get(set_of(etree.QName(root).localname))
            assert schemas.validate(root) == (), name
            assert official is None or official.validate(root), f"{name}: {official.error_log}"
            if is_made_for_another(name) and etree.QName(root).localname in TERUGKOPPELINGEN.values():
                assert check_rules(root, Beleid(Richting.VERZENDEN, werkmap.now.date())) == (), name


@pytest.fixture
def twente(werkmap: Werkmap) -> Werkmap:
    """The OIN of Twente is confirmed."""
    werkmap.confirm("Veilig Thuis Twente", TWENTE)
    return werkmap


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches out is a mistake."""

    def refuse(*_: object) -> None:
        raise AssertionError("tests may not use the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """Each test starts with the same logging, whatever a command set up before it."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    yield
    structlog.reset_defaults()


@pytest.fixture
def corv(werkmap: Werkmap, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line on the working folder: exit code, standard output, standard error."""

    def run(*args: str) -> tuple[int, str, str]:
        code = cli.run(["--map", str(werkmap.path), *args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
