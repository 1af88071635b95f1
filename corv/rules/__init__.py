"""What must be right in a message beyond its schema: the table `RULES`, one module a rule. Pure.

A rule more is a module here and its name in `RULES`. The module says everything: `ID`, `BRON`, `RIJEN`, `APPLIES_TO`, `NIVEAU`,
`HERSTEL`, `LET_OP`, a Dutch docstring with examples, `check`, and `breek`, by which `corv voorbeeld --fout` breaks it
(`rule` tells what each is). docs/regels.md is made from them: `python tools/maak_regels.py`.

Every module here is a rule, named after its id, but for these:

    rule, running       what a rule is; asking all of them about one message
    bericht             a message as rules read it
    breken, examples    for `breek`; the examples in a docstring
    zaak, gezin, zorg   what several rules share: of any zaak, of the children of a vto, of a zorgmelding and its terugkoppeling
    documenten, leeg, extra_elementen    the same of documents, empty elements, elements by name and value
    rij, rijen, rijen_vto, tonen         the rows of corv.md 4 with rule or reason; a rule in parts, for a screen or the page
"""

from collections.abc import Mapping

from corv.rules import (
    belanghebbende_identificatie,
    bsn_elfproef,
    contactpersoon_melding,
    corv000005,
    corv000022,
    corv000035,
    corv00036,
    corv_a3_2,
    corv_a3_3,
    corv_a3_4,
    corv_a5_5,
    corv_a5_6,
    corv_a6_2,
    corv_a9_1,
    corv_a9_2,
    corv_a9_3,
    corv_a9_4,
    corv_a9_6,
    corv_b2_2,
    corv_b2_3,
    corv_b4,
    corv_c2_2,
    corv_c2_4,
    corv_c4_2,
    corv_d4_1,
    datum_onmogelijk,
    entiteittype,
    extra_element_onbekend,
    extra_element_waarde,
    geboortedatum_zonder_waarde,
    identificatie_vt_melding,
    indicatie_ambtshalve,
    indicatie_geinformeerd,
    informering,
    instantie_onbekend,
    leeg_element,
    leeg_element_vto,
    melder_onbekend,
    onderzoek_ontbreekt,
    rol_onbekend,
    sash_niveau,
    statutaire_naam,
    terugkoppeling_ongeboren,
    urgentie,
    verplicht_zonder_waarde,
    zorgmelding_ongeboren,
)
from corv.rules.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.ID: rule
    for rule in (
        # Of every message.
        bsn_elfproef,
        datum_onmogelijk,
        leeg_element,
        leeg_element_vto,
        # Of the older messages, about a zaak.
        extra_element_onbekend,
        extra_element_waarde,
        verplicht_zonder_waarde,
        # Of a verzoek tot onderzoek: the children, and who else is concerned.
        corv_a3_2,
        corv_a3_3,
        corv_a3_4,
        geboortedatum_zonder_waarde,
        corv_a5_5,
        corv_a5_6,
        corv_a6_2,
        belanghebbende_identificatie,
        corv000035,
        indicatie_geinformeerd,
        corv000005,
        # Of a verzoek tot onderzoek: the documents, and what else must be told.
        corv_a9_1,
        corv_a9_2,
        corv_a9_3,
        corv_a9_4,
        corv_a9_6,
        statutaire_naam,
        urgentie,
        onderzoek_ontbreekt,
        # Of a notificatie.
        corv_b2_2,
        corv_b2_3,
        corv_b4,
        corv000022,
        instantie_onbekend,
        indicatie_ambtshalve,
        # Of a zorgmelding or a notificatie on jeugdreclassering.
        corv_c2_2,
        corv_c2_4,
        corv00036,
        corv_c4_2,
        zorgmelding_ongeboren,
        # Of a zorgmelding and its terugkoppeling.
        rol_onbekend,
        corv_d4_1,
        terugkoppeling_ongeboren,
        contactpersoon_melding,
        # Of a vtMelding, and of its terugkoppeling.
        identificatie_vt_melding,
        informering,
        sash_niveau,
        melder_onbekend,
        entiteittype,
    )
}
"""By id, in the order in which they are told."""


YIELDING = frozenset({leeg_element.ID, leeg_element_vto.ID, verplicht_zonder_waarde.ID, extra_element_onbekend.ID})
"""Rules that know little of an element: silent about one of which another rule says, at least as heavily, what is wrong."""


def rules_for(naam: str) -> tuple[Rule, ...]:
    """The rules for a message by the local name of its root."""
    return tuple(rule for rule in RULES.values() if naam in rule.APPLIES_TO)
