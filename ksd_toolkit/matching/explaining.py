"""Say why a candidate stands where it stands, in words a bupati accepts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.indicators import Cell
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.reasons import (
    contributions,
    is_measured,
    problem_name,
    standing_text,
    strongest_shared,
)
from ksd_toolkit.matching.settings import CRITERIA, PARTS
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed

if TYPE_CHECKING:
    from ksd_toolkit.matching.matches import Matches

_LARGEST = 2  # reasons named


class _Candidate(NamedTuple):
    """A candidate: its row of the table, and the parts of its feasibility."""

    code: str
    row: dict[str, Any]
    parts: dict[str, Any]


class _Asked(NamedTuple):
    """What is the same for every candidate, found once: those told of in one go may be hundreds.

    `weights` are those of the criteria, `parts` the parts of feasibility that weigh something. `tied`
    says how many share a rank, `shared` which problems a candidate shares, the strongest first, `ours`
    where the home stands in each of those cells, by whether indicators measure both regions there.
    """

    found: "Matches"
    lang: str
    of: str
    weights: list[float]
    parts: tuple[str, ...]
    tied: Mapping[int, int]
    shared: Mapping[str, list[tuple[Cell, bool]]]
    ours: Mapping[tuple[Cell, bool], str]


def _asked(found: "Matches", codes: Sequence[str], lang: str) -> _Asked:
    weigh, lens = found.settings.parts, lens_of(found.lens, found.ground)
    most = found.settings.explained_rows
    shared = strongest_shared(found.seen, lens, codes, found.settings, most)
    high = {cell for cells in shared.values() for cell, both_high in cells if both_high}
    return _Asked(
        found=found,
        lang=lang,
        of=count(len(found.table), lang),
        weights=found.weights.tolist(),
        parts=tuple(name for name in found.ground.parts_with_meaning if weigh[name] > 0),
        tied=Counter(found.table["rank"].dropna().tolist()),
        shared=shared,
        ours={
            (cell, both): standing_text(found.profiles, found.home.code, cell, lang, measured=both)
            for cell in high
            for both in (True, False)
        },
    )


def explain_match(found: "Matches", partner: str, lang: str) -> str:
    """The sentences behind `matches.explain`."""
    return " ".join(filter(None, explained_parts(found, partner, lang).values()))


def explain_all(found: "Matches", lang: str) -> dict[str, str]:
    """The sentences of every candidate, by code."""
    asked = _asked(found, [str(code) for code in found.table.index], lang)
    rows, parts = dict(records(found.table)), dict(records(found.ground.parts))
    told = (_Candidate(code, row, parts[code]) for code, row in rows.items())
    return {one.code: " ".join(filter(None, _told(asked, one).values())) for one in told}


def explained_parts(found: "Matches", partner: str, lang: str) -> dict[str, str]:
    """The sentences behind `matches.explain` by what they tell of; empty where there is nothing to tell.

    `standing, problems, place, history, firmness, unknown`, in this order.
    """
    one = _Candidate(partner, _row(found.table, partner), _row(found.ground.parts, partner))
    return _told(_asked(found, [partner], lang), one)


def _told(asked: _Asked, one: _Candidate) -> dict[str, str]:
    return {
        "standing": _standing(asked, one),
        "problems": _problems(asked, one.code),
        "place": _place(one.row, asked.lang),
        "history": _history(asked, one.code),
        "firmness": _firmness(asked, one.row),
        "unknown": _unknown(asked, one),
    }


def _standing(asked: _Asked, one: _Candidate) -> str:
    found, lang, row = asked.found, asked.lang, one.row
    facts = {"name": row["name"], "home": found.home.name, "of": asked.of}
    if pd.isna(row["rank"]):
        return say("match.explain_unranked", lang, **facts)
    added = contributions(row, asked.weights)
    largest = sorted(added.items(), key=lambda item: -item[1])[:_LARGEST]
    reasons = [_reason(one, name, points, lang) for name, points in largest if points > 0]
    shared = asked.tied[row["rank"]]
    rank = say("match.rank_shared", lang, rank=row["rank"], others=shared)
    return say(
        "match.explain_ranked" if reasons else "match.explain_nothing",
        lang,
        **facts,
        rank=rank if shared > 1 else str(row["rank"]),
        points=decimal(row["points"], found.settings.decimals, lang),
        reasons=join_words(reasons, lang),
    )


def _reason(one: _Candidate, name: str, points: float, lang: str) -> str:
    """One criterion with the points it adds and what they come from."""
    row = one.row
    facts = {"points": decimal(points, 1, lang), "value": percent(100 * row[name], 0, lang)}
    if name == "nearness" and row["relation"] in {"none", "near", "sea"}:
        return say("match.reason_distance", lang, **facts, km=decimal(row["distance_km"], 0, lang))
    if name == "shared_problems":
        return say(
            "match.reason_shared_problems", lang, **facts, cells=count(row["common_cells"], lang)
        )
    if name == "feasibility":
        return say("match.reason_feasibility", lang, **facts, parts=_parts(one, lang))
    return say(f"match.reason_{name}", lang, **facts)


def _parts(one: _Candidate, lang: str) -> str:
    """The known parts of feasibility that speak for the candidate."""
    told = [say(f"match.for_{name}", lang) for name in PARTS if one.parts[name] > 0]
    return join_words(told, lang) or say("match.for_nothing", lang)


def _problems(asked: _Asked, partner: str) -> str:
    """The first shared problems by name, with where both stand."""
    found, lang, shared = asked.found, asked.lang, asked.shared[partner]
    if not shared:
        return ""
    high = [cell for cell, both_high in shared if both_high]
    if not high:
        least = 100 * found.settings.problem_from
        facts = {"limit": decimal(least, 0, lang), "share": percent(least, 0, lang)}
        return say("match.explain_no_problem", lang, **facts)
    mine, both = found.profiles, (found.home.code, partner)
    told = []
    for cell in high:
        problem = problem_name(mine, both, cell, lang)
        measured = is_measured(mine, both, cell)
        ours = asked.ours[cell, measured]
        theirs = standing_text(mine, partner, cell, lang, measured=measured)
        told.append(say("match.explain_problem", lang, problem=problem, ours=ours, theirs=theirs))
    return say("match.explain_problems", lang, problems="; ".join(told))


def _place(row: dict[str, Any], lang: str) -> str:
    """How the two lie to each other; what the law makes of it is told by the legal case."""
    kind = str(row["relation"])
    facts = {"name": row["name"], "km": trimmed(row["distance_km"], 1, lang)}
    corner = kind == "borders" and row["border_km"] == 0
    if kind == "borders" and not corner:
        facts["km"] = trimmed(row["border_km"], 1, lang)
    if kind == "near":
        facts["km"] = trimmed(row["gap_km"], 2, lang)
    return say("match.place_corner" if corner else f"match.place_{kind}", lang, **facts)


def _history(asked: _Asked, partner: str) -> str:
    """What the register knows of the two: documents that were signed, usulan that name the partner."""
    found, lang, ground = asked.found, asked.lang, asked.found.ground
    lists = {
        "match.explain_agreements": (ground.agreements or {}).get(partner, ()),
        "match.explain_named": ground.named.get(partner, ()),
    }
    most = found.settings.explained_rows
    return " ".join(
        say(
            f"{code}_more" if len(names) > most else code,
            lang,
            names=", ".join(names[:most]),
            count=count(len(names) - most, lang),
        )
        for code, names in lists.items()
        if names
    )


def _firmness(asked: _Asked, row: dict[str, Any]) -> str:
    """How often the candidate is among the first when the weights are a little different."""
    found, lang = asked.found, asked.lang
    if row["sparse"] and not pd.isna(row["rank"]):
        coverage = percent(100 * row["coverage"], 0, lang)
        return say("match.explain_sparse", lang, coverage=coverage)
    if isnan(row["top_share"]):
        return ""
    share = percent(100 * row["top_share"], 0, lang)
    facts = {"top": found.settings.top, "draws": count(found.settings.draws, lang)}
    return say("match.explain_firm", lang, share=share, **facts)


def _unknown(asked: _Asked, one: _Candidate) -> str:
    """The criteria and parts nothing is known of, and how far they could move the points."""
    told = _unknown_names(asked, one)
    if not told:
        return ""
    row, lang, places = one.row, asked.lang, asked.found.settings.decimals
    return say(
        "match.explain_unknown",
        lang,
        criteria=join_words(told, lang),
        worst=decimal(row["worst"], places, lang),
        best=decimal(row["best"], places, lang),
        coverage=percent(100 * row["coverage"], 0, lang),
    )


def unknown_names(found: "Matches", row: dict[str, Any], lang: str) -> list[str]:
    """The criteria that weigh, and the parts of a known feasibility, nothing is known of."""
    code = row["code"]
    one = _Candidate(code, row, _row(found.ground.parts, code))
    return _unknown_names(_asked(found, (), lang), one)


def _unknown_names(asked: _Asked, one: _Candidate) -> list[str]:
    weighed, lang = dict(zip(CRITERIA, asked.weights, strict=True)), asked.lang
    silent = [name for name, weight in weighed.items() if weight > 0 and isnan(one.row[name])]
    told = [say(f"match.criterion_{name}", lang) for name in silent]
    if weighed["feasibility"] > 0 and "feasibility" not in silent:
        told += [say(f"match.part_{name}", lang) for name in asked.parts if isnan(one.parts[name])]
    return told


def _row(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    """One region's facts by column name, its code among them."""
    return {"code": code, **{str(name): value for name, value in frame.loc[code].items()}}
