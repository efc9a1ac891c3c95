"""Say how a candidate region came to its place and its points, and how firm they are."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.matching.explaining import unknown_names
from ksd_toolkit.matching.ground import FISCAL_CLASS
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.tables.partner_words import points_text

PLACES: Final = 4
"""Decimals of what is multiplied and summed, so that a reader can do it again."""
WHOLE: Final = 100.0
_AGREED: Final = ("no_dok", "mitra_nama", "status")


def facts_of(asked: AskedPartner, row: Mapping[str, Any]) -> dict[str, str]:
    """What every sentence about a candidate may ask for."""
    matches = asked.matches
    return {
        "name": str(row["name"]),
        "home": matches.home.name,
        "of": count(len(matches.table), asked.lang),
        "points": decimal(row["points"], matches.settings.decimals, asked.lang)
        if not pd.isna(row["points"])
        else say("trace.none", asked.lang),
    }


def told_rank(asked: AskedPartner) -> Computation:
    """How many candidates stand before it."""
    row = asked.row
    if not asked.measure.startswith("chart"):
        asked.must_print(count(row["rank"], asked.lang))
    least = percent(WHOLE * asked.matches.settings.min_coverage, 0, asked.lang)
    facts = {**facts_of(asked, row), "above": count(row["rank"] - 1, asked.lang), "least": least}
    apart = asked.matches.table["sparse"].any()
    code = "sparse" if row["sparse"] else "" if apart else "of_all"
    return asked.rest_on(
        rests(asked, asked.region), code, rank=count(row["rank"], asked.lang), **facts
    )


def told_points(asked: AskedPartner) -> Computation:
    """The points as the sum of weight times criterion, and between what they may lie."""
    row = asked.row
    asked.must_print(points_text(row, asked.lang))
    facts = {**facts_of(asked, row), **sum_of(asked, row)}
    if row["worst"] == row["best"]:
        return asked.rest_on(rests(asked, asked.region), **facts)
    names = unknown_names(asked.matches, row, asked.lang)
    ends = {
        end: decimal(row[end], asked.matches.settings.decimals, asked.lang)
        for end in ("worst", "best")
    }
    unknown = join_words(names, asked.lang)
    return asked.rest_on(rests(asked, asked.region), "between", **facts, **ends, unknown=unknown)


def _in_brief(asked: AskedPartner) -> Computation:
    """The points of a region named in a sentence, as their sum."""
    row = asked.row
    asked.must_print(decimal(row["points"], 1, asked.lang))
    facts = {**facts_of(asked, row), **sum_of(asked, row)}
    return asked.rest_on(rests(asked, asked.region), "sum", **facts)


def sum_of(asked: AskedPartner, row: Mapping[str, Any]) -> dict[str, str]:
    """The terms of the points and the weight they are divided by."""
    lang = asked.lang
    known = {
        name: float(weight)
        for name, weight in zip(CRITERIA, asked.matches.weights, strict=True)
        if weight > 0 and not pd.isna(row[name])
    }
    terms = [
        f"{say(f'partners.criterion.{name}', lang)} {trimmed(weight, 2, lang)} x "
        f"{trimmed(row[name], PLACES, lang)}"
        for name, weight in known.items()
    ]
    return {"parts": " + ".join(terms), "base": trimmed(sum(known.values()), 2, lang)}


def rests(asked: AskedPartner, code: str) -> tuple[Place, ...]:
    """Everything points rest on that somebody wrote: needs, capacities, documents, fiscal class."""
    return (*asked.behind(code), *agreed_on(asked, code))


def agreed_on(asked: AskedPartner, code: str) -> tuple[Place, ...]:
    """The signed documents with a region, and the fiscal classes of both."""

    def find() -> tuple[Place, ...]:
        ground = asked.matches.ground
        numbers = (ground.agreements or {}).get(code, ())
        naskah = asked.register.table("naskah")
        keys = naskah.loc[naskah["no_dok"].isin(numbers), "row_key"]
        signed = tuple(("naskah", str(key), field) for key in keys for field in _AGREED)
        return (*signed, *asked.figures((ground.home.code, code), (FISCAL_CLASS,)))

    return asked.once(f"agreed:{code}", find)


def _firm(asked: AskedPartner) -> Computation:
    """In how many drawn weightings it was among the first."""
    row, settings = asked.row, asked.matches.settings
    asked.must_print(percent(WHOLE * row["top_share"], 0, asked.lang))
    drawn = float(row["top_share"]) * settings.draws
    facts = {
        "top": count(settings.top, asked.lang),
        "hits": count(round(drawn), asked.lang),
        "draws": count(settings.draws, asked.lang),
        "seed": str(settings.seed),
    }
    return asked.rest_on(rests(asked, asked.region), **facts_of(asked, row), **facts)


def _code(asked: AskedPartner) -> Computation:
    """The code of a region, by the shipped list."""
    return asked.on((), name=asked.region_name(asked.region), region=asked.region)


SCORED: Final[Mapping[str, Callable[[AskedPartner], Computation]]] = {
    "rank": told_rank,
    "points": told_points,
    "place_points": _in_brief,
    "top_share": _firm,
    "region_code": _code,
}
"""By measure of a region."""
