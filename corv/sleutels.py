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
        value = text_of(_find(root, plek.pad))
        if value:
            value = "\n".join([value, *_texts(_find(root, plek.met))]) if plek.met else value
            partij = {"zender": header.zender, "ontvanger": header.ontvanger}[plek.melder].organisatie if plek.melder else ""
            found.append(Sleutel(plek.soort, hash_of(value), (partij or "")[:LONGEST_FIELD]))
    return tuple(dict.fromkeys(found))


def _find(root: etree._Element, pad: str) -> etree._Element | None:
    return root.find("/".join(f"{{*}}{name}" for name in pad.split("/")))


def _texts(element: etree._Element | None) -> list[str]:
    """Every text in an element with the name of what it stands in, in order."""
    leaves = [] if element is None else [leaf for leaf in element.iter() if isinstance(leaf.tag, str) and not len(leaf)]
    return [f"{etree.QName(leaf).localname}={text}" for leaf in leaves if (text := text_of(leaf))]
