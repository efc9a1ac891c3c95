"""Say why a candidate stands where it stands, in words a bupati accepts."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.reasons import contributions, problem_name, standing_text
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


def explain_match(found: "Matches", partner: str, lang: str) -> str:
    """The sentences behind `matches.explain`."""
    return " ".join(filter(None, explained_parts(found, partner, lang).values()))


def explain_all(found: "Matches", lang: str) -> dict[str, str]:
    """The sentences of every candidate, by code."""
    parts = dict(records(found.ground.parts))
    told = (_Candidate(code, row, parts[code]) for code, row in records(found.table))
    return {one.code: " ".join(filter(None, _told(found, one, lang).values())) for one in told}


def explained_parts(found: "Matches", partner: str, lang: str) -> dict[str, str]:
    """The sentences behind `matches.explain` by what they tell of; empty where there is nothing to tell.

    `standing, problems, place, history, firmness, unknown`, in this order.
    """
    one = _Candidate(partner, _row(found.table, partner), _row(found.ground.parts, partner))
    return _told(found, one, lang)


def _told(found: "Matches", one: _Candidate, lang: str) -> dict[str, str]:
    return {
        "standing": _standing(found, one, lang),
        "problems": _problems(found, one.code, lang),
        "place": _place(one.row, lang),
        "history": _history(found, one.code, lang),
        "firmness": _firmness(found, one.row, lang),
        "unknown": _unknown(found, one, lang),
    }


def _standing(found: "Matches", one: _Candidate, lang: str) -> str:
    row = one.row
    facts = {"name": row["name"], "home": found.home.name, "of": count(len(found.table), lang)}
    if pd.isna(row["rank"]):
        return say("match.explain_unranked", lang, **facts)
    added = contributions(row, found.weights)
    largest = sorted(added.items(), key=lambda item: -item[1])[:_LARGEST]
    reasons = [_reason(one, name, points, lang) for name, points in largest if points > 0]
    shared = int((found.table["rank"] == row["rank"]).sum())
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


def _problems(found: "Matches", partner: str, lang: str) -> str:
    """The first shared problems by name, with where both stand."""
    shared = found.strongest_shared(partner, found.settings.explained_rows)
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
        ours = standing_text(mine, both, cell, lang)
        theirs = standing_text(mine, both[::-1], cell, lang)
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


def _history(found: "Matches", partner: str, lang: str) -> str:
    """What the register knows of the two: documents that were signed, usulan that name the partner."""
    ground = found.ground
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


def _firmness(found: "Matches", row: dict[str, Any], lang: str) -> str:
    """How often the candidate is among the first when the weights are a little different."""
    if row["sparse"] and not pd.isna(row["rank"]):
        coverage = percent(100 * row["coverage"], 0, lang)
        return say("match.explain_sparse", lang, coverage=coverage)
    if np.isnan(row["top_share"]):
        return ""
    share = percent(100 * row["top_share"], 0, lang)
    facts = {"top": found.settings.top, "draws": count(found.settings.draws, lang)}
    return say("match.explain_firm", lang, share=share, **facts)


def _unknown(found: "Matches", one: _Candidate, lang: str) -> str:
    """The criteria and parts nothing is known of, and how far they could move the points."""
    told = _unknown_names(found, one, lang)
    if not told:
        return ""
    row = one.row
    places = found.settings.decimals
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
    return _unknown_names(found, _Candidate(code, row, _row(found.ground.parts, code)), lang)


def _unknown_names(found: "Matches", one: _Candidate, lang: str) -> list[str]:
    weighed = zip(CRITERIA, found.weights, strict=True)
    silent = [name for name, weight in weighed if weight > 0 and np.isnan(one.row[name])]
    told = [say(f"match.criterion_{name}", lang) for name in silent]
    if found.weights[CRITERIA.index("feasibility")] > 0 and "feasibility" not in silent:
        told += _silent_parts(found, one, lang)
    return told


def _silent_parts(found: "Matches", one: _Candidate, lang: str) -> list[str]:
    """The parts of a known feasibility that are unknown and weigh something."""
    weights = found.settings.parts
    return [
        say(f"match.part_{name}", lang)
        for name in found.ground.parts_with_meaning
        if weights[name] > 0 and np.isnan(one.parts[name])
    ]


def _row(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    """One region's facts by column name, its code among them."""
    return {"code": code, **{str(name): value for name, value in frame.loc[code].items()}}
