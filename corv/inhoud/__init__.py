"""What each message holds, as typed values: the table `INHOUD`, one class a message, from its root element in Clark notation.

`fields` reads a message into its class and writes it again; the other modules are the classes, with the parts that several
messages share in `gedeeld`, `bg`, `personen`, `zkn`, `rollen`, `eenheid` and `gm_persoon`. It stands apart from the table of
messages because making the classes takes longer than most commands do, and most commands need no content. Pure.
"""

from collections.abc import Mapping
from types import MappingProxyType

from corv.inhoud.antwoorden import Foutbericht, Ontvangstbevestiging, Verwerkingsbevestiging
from corv.inhoud.fields import Group
from corv.inhoud.gm_melding import MeldingGeneriekDi01
from corv.inhoud.gm_uitkomst import UitkomstMeldingGeneriekDi01
from corv.inhoud.notificatie import NotificatieDi01
from corv.inhoud.notificatiejr import NotificatiejrDi01
from corv.inhoud.verrijking import UciDi01, UcobDi01, VciDi01, VcobDi01
from corv.inhoud.vt_melding import VtMeldingDi01
from corv.inhoud.vt_terugkoppeling import VtTerugkoppelingDi01
from corv.inhoud.vto import VtoDi01
from corv.inhoud.zorgmelding import ZorgmeldingDi01, ZorgmeldingTerugkoppelingDi01
from corv.stuf import JZ, STUF

INHOUD: Mapping[str, type[Group]] = MappingProxyType(
    {
        f"{{{JZ}}}vtMeldingDi01": VtMeldingDi01,
        f"{{{JZ}}}vtTerugkoppelingDi01": VtTerugkoppelingDi01,
        f"{{{JZ}}}vtoDi01": VtoDi01,
        f"{{{JZ}}}notificatieDi01": NotificatieDi01,
        f"{{{JZ}}}notificatiejrDi01": NotificatiejrDi01,
        f"{{{JZ}}}zorgmeldingDi01": ZorgmeldingDi01,
        f"{{{JZ}}}zorgmeldingTerugkoppelingDi01": ZorgmeldingTerugkoppelingDi01,
        f"{{{JZ}}}vcobDi01": VcobDi01,
        f"{{{JZ}}}ucobDi01": UcobDi01,
        f"{{{JZ}}}vciDi01": VciDi01,
        f"{{{JZ}}}uciDi01": UciDi01,
        f"{{{JZ}}}meldingGeneriekDi01": MeldingGeneriekDi01,
        f"{{{JZ}}}uitkomstMeldingGeneriekDi01": UitkomstMeldingGeneriekDi01,
        f"{{{STUF}}}Bv01Bericht": Verwerkingsbevestiging,
        f"{{{STUF}}}Bv03Bericht": Ontvangstbevestiging,
        f"{{{STUF}}}Bv04Bericht": Ontvangstbevestiging,
        f"{{{STUF}}}Fo01Bericht": Foutbericht,
        f"{{{STUF}}}Fo03Bericht": Foutbericht,
    }
)
