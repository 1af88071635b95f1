"""Who an example is about: children with their parents, where they live, and who else is concerned."""

from dataclasses import dataclass
from datetime import date, timedelta

from corv.voorbeeld.adressen import Adres, Buitenland, draw_abroad
from corv.voorbeeld.making import Making
from corv.voorbeeld.personen import Mens, email

_MOST_CHILDREN = 3


@dataclass(frozen=True)
class Gezin:
    """A family. `verwacht`: when an unborn child is expected, None when there is none; `vader` None: nothing is known of him.

    `thuis`: where children and mother live; `elders`: where the father lives if not there; `weg`: or else abroad.
    """

    kinderen: tuple[Mens, ...]
    moeder: Mens
    vader: Mens | None
    verwacht: date | None
    thuis: Adres
    elders: Adres | None
    weg: Buitenland | None

    @property
    def vader_woont(self) -> Adres | Buitenland:
        """Where the father lives."""
        return self.weg or self.elders or self.thuis


def draw_gezin(making: Making) -> Gezin:
    """A family with up to three children, or with an unborn one and perhaps others."""
    lot, op, personen = making.lot, making.op, making.personen
    thuis = making.world.home(lot)
    vader = personen.adult(op, geslacht="M")
    moeder = personen.adult(op, geslacht="V", familie=vader if lot.chance(0.2) else None)
    is_unborn = lot.chance(0.2)
    count = lot.number(0, 1) if is_unborn else lot.number(1, _MOST_CHILDREN)
    where = lot.number(0, 9)
    return Gezin(
        kinderen=tuple(personen.child(op, vader) for _ in range(count)),
        moeder=moeder,
        vader=vader if lot.has() or lot.chance(0.4) else None,
        verwacht=op + timedelta(days=lot.number(20, 180)) if is_unborn else None,
        thuis=thuis,
        elders=making.world.elsewhere(lot) if where in {0, 1, 2} else None,
        weg=draw_abroad(lot) if where in {3, 4} else None,
    )


def work_email(making: Making, mens: Mens) -> str:
    """The e-mail address of somebody at work."""
    return email(f"{mens.voorletters.replace('.', '')}.{mens.geslachtsnaam}", making.lot)
