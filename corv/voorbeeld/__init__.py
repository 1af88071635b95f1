"""`corv voorbeeld`: messages about people who don't exist, of any kind, valid or with one fault of one's choice. Pure.

The table `MAKERS` says of each kind of message who makes it; `make` makes one. What a message holds follows from its kind, the
zaad and its number alone: chance comes from `lot`, people from `personen`, addresses from `adressen`, texts from `teksten`.
`fouten` breaks a good message in one way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from lxml import etree

from corv.berichten import BERICHTEN
from corv.berichten.soort import Berichtsoort
from corv.inhoud.fields import Group, write_group
from corv.voorbeeld import (
    generiek,
    jeugdreclassering,
    notificatie,
    stuf,
    uitkomst,
    verrijking,
    vt_melding,
    vt_terugkoppeling,
    vto,
    zorgmelding,
    zorgterugkoppeling,
)
from corv.voorbeeld.lot import Lot
from corv.voorbeeld.making import Making
from corv.voorbeeld.vraag import Vraag
from corv.voorbeeld.world import CJIB, FIRST_DAY, KETENPARTNER, LAST_DAY, MELDER, POLITIE, RAAD, Deelnemer, World


@dataclass(frozen=True)
class Maker:
    """How a kind of message is made. `ander`: who the other side is, mostly; `is_ours`: whether we send it.

    `answers`: the kinds of message that it answers by their names; None for any kind.
    """

    make: Callable[[Making], Group]
    ander: Deelnemer
    is_ours: bool = False
    answers: tuple[str, ...] | None = ()


MAKERS: Mapping[str, Maker] = {
    "vtMeldingDi01": Maker(vt_melding.vt_melding, POLITIE),
    "vtTerugkoppelingDi01": Maker(vt_terugkoppeling.vt_terugkoppeling, POLITIE, is_ours=True, answers=("vtMeldingDi01",)),
    "zorgmeldingDi01": Maker(zorgmelding.zorgmelding, POLITIE),
    "zorgmeldingTerugkoppelingDi01": Maker(
        zorgterugkoppeling.zorgmelding_terugkoppeling, POLITIE, is_ours=True, answers=("zorgmeldingDi01",)
    ),
    "vtoDi01": Maker(vto.vto, RAAD, is_ours=True),
    "notificatieDi01": Maker(notificatie.notificatie, RAAD, answers=("vtoDi01",)),
    "notificatiejrDi01": Maker(jeugdreclassering.notificatiejr, CJIB),
    "vcobDi01": Maker(verrijking.vcob, KETENPARTNER, is_ours=True),
    "ucobDi01": Maker(verrijking.ucob, KETENPARTNER, answers=("vcobDi01",)),
    "vciDi01": Maker(verrijking.vci, KETENPARTNER, is_ours=True),
    "uciDi01": Maker(verrijking.uci, KETENPARTNER, answers=("vciDi01",)),
    "meldingGeneriekDi01": Maker(generiek.melding_generiek, MELDER),
    "uitkomstMeldingGeneriekDi01": Maker(
        uitkomst.uitkomst_melding_generiek, MELDER, is_ours=True, answers=("meldingGeneriekDi01",)
    ),
    "Bv01Bericht": Maker(stuf.verwerkingsbevestiging, RAAD, answers=None),
    "Bv03Bericht": Maker(stuf.ontvangstbevestiging, RAAD, answers=None),
    "Bv04Bericht": Maker(stuf.ontvangstbevestiging, RAAD, answers=None),
    "Fo01Bericht": Maker(stuf.foutbericht, RAAD, answers=None),
    "Fo03Bericht": Maker(stuf.foutbericht, RAAD, answers=None),
}
"""By the name of the root, of which `BERICHTEN` says what it is; a test wants every one of them."""

SOORTEN: Mapping[str, Berichtsoort] = {soort.naam: soort for soort in BERICHTEN.values()}
"""Every kind of message by the name of its root."""


_ADMINISTRATIE = 0.1
"""The share of the examples in which the other side names an administratie of its own."""


def make(  # noqa: PLR0913 - everything that the message follows from
    naam: str, zaad: int, number: int, world: World, variant: str = "", poging: int = 0
) -> etree._Element:
    """One valid message of that kind. The same arguments give the same message.

    `variant`: gives the same message other numbers; `poging`: another message, for who can't do with the first. What it
    answers, if anything, must be of a kind that `MAKERS` names.
    """
    maker, vraag = MAKERS[naam], world.vraag
    lot = Lot(f"{naam} {zaad} {number}{f' {poging}' if poging else ''}")
    zender, ontvanger = _parties(maker, world, lot)
    everything = (naam, zaad, number, zender.oin, ontvanger.oin, world.vt, world.gemeente, vraag.hash if vraag else "", variant)
    making = Making(
        soort=SOORTEN[naam],
        lot=lot,
        numbers=Lot(" ".join(map(str, everything))),
        world=world,
        zender=zender,
        ontvanger=ontvanger,
        moment=_moment(lot, vraag),
    )
    root = write_group(making.soort.root, maker.make(making))
    etree.cleanup_namespaces(root)
    return root


def _parties(maker: Maker, world: World, lot: Lot) -> tuple[Deelnemer, Deelnemer]:
    """Zender and ontvanger: those of the question in the other order, else by the direction of this kind of message."""
    if world.vraag is not None:
        kop = world.vraag.kop
        zender, ontvanger = (
            Deelnemer(
                one.organisatie or "",
                one.applicatie or "",
                _name_of(one.organisatie or "", maker, world),
                one.administratie or "",
            )
            for one in (kop.ontvanger, kop.zender)
        )
    else:
        ander = replace(maker.ander, administratie="voorbeeld" if lot.chance(_ADMINISTRATIE) else "")
        zender, ontvanger = (world.wij, ander) if maker.is_ours else (ander, world.wij)
    return _with_oin(zender, world.van), _with_oin(ontvanger, world.aan)


def _name_of(oin: str, maker: Maker, world: World) -> str:
    return world.wij.naam if oin == world.wij.oin else maker.ander.naam


def _with_oin(deelnemer: Deelnemer, oin: str) -> Deelnemer:
    return replace(deelnemer, oin=oin) if oin else deelnemer


def _moment(lot: Lot, vraag: Vraag | None) -> datetime:
    """When a message was sent, in working hours; an answer some minutes to days after what it answers."""
    hours = timedelta(hours=lot.number(8, 19), minutes=lot.number(0, 59), milliseconds=lot.number(0, 59_999))
    moment = datetime.combine(lot.day(FIRST_DAY, LAST_DAY), time()) + hours
    after = timedelta(days=lot.number(0, 4), seconds=lot.number(90, 3600))
    return vraag.moment + after if vraag is not None and vraag.moment is not None else moment
