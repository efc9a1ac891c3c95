"""What the tables of the legal case share: their columns and articles, how two regions lie, and what their cooperation is."""

from typing import Final

from ksd_toolkit.document import Column
from ksd_toolkit.matching.legal_case import (
    LegalCase,
)
from ksd_toolkit.matching.legal_table import REGIONS
from ksd_toolkit.messages import decimal, say
from ksd_toolkit.scoring import type_label
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.scoring.mandatory import pair_of
from ksd_toolkit.tables.measures import printed_as

_ANYWHERE: Final = "none"  # a region nobody can place


def columns_of(lang: str, **widths: float) -> tuple[Column, ...]:
    """Columns by name, each with its width."""
    return tuple(
        Column(say(f"legal.column.{name}", lang), "left", w, *printed_as("legal", name))
        for name, w in widths.items()
    )


def note_with_laws(code: str, lang: str) -> str:
    """A note with the articles of letter, forum, take-over, cost, council and voluntary cooperation."""
    return say(
        code,
        lang,
        letter=cited("UU 23/2014 364(2)", lang),
        forum=cited("PP 28/2018 5(2)", lang),
        takeover=cited("UU 23/2014 364(3)-(4)", lang),
        cost=cited("UU 23/2014 364(5)", lang),
        council=cited("PP 28/2018 6(2)", lang),
        voluntary=cited("UU 23/2014 365", lang),
    )


def lie_text(case: LegalCase, lang: str) -> str:
    """How the two lie to each other, in a few words."""
    facts = dict(case.reasons[0].facts)
    km = facts.get("km")
    length = decimal(km, 2 if case.relation == "near" else 1, lang) if isinstance(km, float) else ""
    code = "corner" if case.relation == "borders" and not length else case.relation
    return say(f"legal.place.{code}", lang, km=length)


def nature_text(case: LegalCase, lang: str) -> str:
    """Mandatory or voluntary with the letter of the pair, or that it cannot be mandatory; else the type."""
    if case.family != REGIONS:
        return type_label(case.jenis, lang)
    kind = say(f"legal.nature.{case.kind}", lang)
    if not case.letter:
        return (
            kind
            if case.kind == "belum"
            else say(f"legal.nature.{case.relation or _ANYWHERE}", lang)
        )
    pair = pair_of(case.home, case.partner).label(lang)
    return say("legal.nature.letter", lang, kind=kind, letter=case.letter, pair=pair)
