"""What ties a message to others of the same conversation: its keys, of which only a hash is kept. Pure.

A number like identificatieVtMelding is free text of the sender, so it may hold anything; the hash finds what belongs together
and answers who asks for a number, and shows nothing (ontwerp 8).
"""

import hashlib
from dataclasses import dataclass

from lxml import etree

from corv.berichten.soort import Berichtsoort, Sleutelsoort
from corv.stuurgegevens import LONGEST_FIELD, Stuurgegevens, text_of


@dataclass(frozen=True)
class Sleutel:
    """One key of a message. `waarde`: `hash_of` the number; `partij`: the OIN of who gave it out, '' where it stands alone."""

    soort: Sleutelsoort
    waarde: str
    partij: str = ""


def hash_of(number: str) -> str:
    """SHA-256 of a number without the white space around it."""
    return hashlib.sha256(number.strip().encode()).hexdigest()


def keys_of(root: etree._Element, soort: Berichtsoort, header: Stuurgegevens) -> tuple[Sleutel, ...]:
    """The keys that this message carries; an empty or absent number is none."""
    found = []
    for plek in soort.sleutels:
        partij = {"zender": header.zender, "ontvanger": header.ontvanger}[plek.melder].organisatie if plek.melder else ""
        for value in filter(None, map(text_of, root.findall(_path(plek.pad)))):
            number = "\n".join([value, *_texts(root.find(_path(plek.met)))]) if plek.met else value
            found.append(Sleutel(plek.soort, hash_of(number), (partij or "")[:LONGEST_FIELD]))
    return tuple(dict.fromkeys(found))


def wants_terugkoppeling(root: etree._Element, soort: Berichtsoort) -> bool:
    """Whether the melder of this message wants to hear what became of it; yes, for a kind of message that can't say so."""
    return not soort.wish or text_of(root.find(_path(soort.wish))) == "Ja"


def _path(pad: str) -> str:
    return "/".join(f"{{*}}{name}" for name in pad.split("/"))


def _texts(element: etree._Element | None) -> list[str]:
    """Every text in an element with the name of what it stands in, in order."""
    leaves = [] if element is None else [leaf for leaf in element.iter() if isinstance(leaf.tag, str) and not len(leaf)]
    return [f"{etree.QName(leaf).localname}={text}" for leaf in leaves if (text := text_of(leaf))]
