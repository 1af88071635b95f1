"""The organisation that gets what is meant for a region, or why nobody does. Pure. Never a guess: see ontwerp 6."""

from collections.abc import Sequence
from datetime import date

from corv.settings import AndereOrganisatie


def recipient(
    organisaties: Sequence[AndereOrganisatie], code: str, op: date, eigen: str, *, by_person: bool = False
) -> AndereOrganisatie | str:
    """Who gets a melding that is meant for this region on this day: the organisation or, where it ended, who took over.

    A Dutch sentence where nobody may get it. `eigen`: the code of our own region, which is never sent to. `by_person`: a person
    decides, who may send to an OIN that is known and that nobody confirmed yet.
    """
    known = {other.code: other for other in organisaties}
    passed, how = list[str](), ""
    while code not in passed:
        other = known.get(code)
        if code == eigen:
            return f"{how}{code} is uw eigen werkgebied: daarheen wordt niets doorgestuurd."
        if other is None:
            return f"{how}{code} staat niet in config/organisaties.toml."
        if other.geldig_tot is None or op <= other.geldig_tot:
            return _usable(other, op, how, by_person=by_person)
        if not other.opvolger:
            return f"{how}{other.naam} ({code}) werkte tot en met {other.geldig_tot:%d-%m-%Y}; een opvolger is niet bekend."
        passed.append(code)
        how += f"{code} is opgevolgd door {other.opvolger}. "
        code = other.opvolger
    return f"De opvolgers van {passed[0]} vormen een kring: {' -> '.join([*passed, code])}."


def _usable(other: AndereOrganisatie, op: date, how: str, *, by_person: bool) -> AndereOrganisatie | str:
    who = f"{how}{other.naam} ({other.code})"
    if other.geldig_van is not None and op < other.geldig_van:
        return f"{who} werkt pas vanaf {other.geldig_van:%d-%m-%Y}."
    if not other.mag_vtmelding_ontvangen:
        return f"{who} mag volgens config/organisaties.toml geen melding ontvangen."
    if not other.oin:
        return f"{who}: de OIN is niet bekend."
    if not by_person and other.bevestigd_door and other.bevestigd_op is not None and op < other.bevestigd_op:
        return f"{who}: de OIN is pas bevestigd per {other.bevestigd_op:%d-%m-%Y}, volgens config/organisaties.toml."
    if not by_person and not other.is_confirmed(op):
        return f"{who}: de OIN is niet bevestigd in config/organisaties.toml."
    return other
