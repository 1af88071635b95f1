"""A whole number as the value of an option, with a Dutch name for when it does not fit."""

import click


class WholeNumber(click.IntRange):
    """A whole number from `least` on, up to `most` where there is a most."""

    def __init__(self, least: int, most: int | None = None) -> None:
        super().__init__(min=least, max=most)
        self.name = f"geheel getal vanaf {least}" if most is None else f"geheel getal van {least} tot en met {most}"
