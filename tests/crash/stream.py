"""An endless mix of messages, each with a number of its own, and now and then one that came before."""

import re
from collections.abc import Iterator
from random import Random

from conftest import message

_NUMBER = re.compile(rb"(<StUF:referentienummer>)[^<]*")
_SAMPLES = (
    ("corv", "vtMeldingDi01/minimaal.xml", 8),
    ("corv", "vtMeldingDi01/volledig.xml", 4),
    ("corv", "vtMeldingDi01/in-twente.xml", 2),
    ("corv", "vtMeldingDi01/ongeldig-rol.xml", 2),
    ("corv", "notificatieDi01/volledig.xml", 3),
    ("corv", "onleesbaar/afgekapt.xml", 1),
    ("eigen", "vtoDi01/minimaal.xml", 5),
    ("eigen", "vtTerugkoppelingDi01/ongeldig-status.xml", 1),
)
"""Channel, sample, and how often it comes."""


def numbered(sample: str, referentienummer: str) -> bytes:
    """A sample message under another number."""
    content = message(sample)
    changed, count = _NUMBER.subn(rb"\g<1>" + referentienummer.encode(), content, count=1)
    assert count == 1, sample
    return changed


def stream(seed: int) -> Iterator[tuple[str, bytes]]:
    """Channel and bytes of one message after another; one in twenty is a message that came before, byte for byte."""
    chance, before = Random(seed), list[tuple[str, bytes]]()
    kinds, weights = [(kanaal, sample) for kanaal, sample, _ in _SAMPLES], [weight for *_, weight in _SAMPLES]
    for number in range(1_000_000_000):
        if before and chance.random() < 0.05:
            yield chance.choice(before)
            continue
        kanaal, sample = chance.choices(kinds, weights)[0]
        before.append((kanaal, numbered(sample, f"stroom-{seed}-{number}")))
        yield before[-1]
