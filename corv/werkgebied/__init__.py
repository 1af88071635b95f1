"""Addresses -> the Veilig Thuis that is responsible, with the evidence (werkgebieden.md 5). Pure.

The evidence names elements, roles and regions, never a name, street, postcode or place of a person (ontwerp 8).

`values` is what goes in and comes out. `address` judges one address; `roles` and `person` say whose and which address counts;
`free_text` looks for a place in what was written about the incident; `outcome` decides; `plain` is for JSON and for a list.
"""

from corv.werkgebied.outcome import determine
from corv.werkgebied.plain import as_json, from_json, kandidaten
from corv.werkgebied.values import (
    Adres,
    Adressoort,
    Bewijs,
    Groep,
    Maatstaf,
    Persoon,
    Uitkomst,
    Volgorde,
    Werkgebied,
    Zekerheid,
)

__all__ = [
    "Adres",
    "Adressoort",
    "Bewijs",
    "Groep",
    "Maatstaf",
    "Persoon",
    "Uitkomst",
    "Volgorde",
    "Werkgebied",
    "Zekerheid",
    "as_json",
    "determine",
    "from_json",
    "kandidaten",
]
