"""Say why a candidate stands where it stands, in words a bupati accepts."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ksd_toolkit.matching.reasons import contributions, standing_text
from ksd_toolkit.matching.settings import CRITERIA, PARTS
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed

if TYPE_CHECKING:
    from ksd_toolkit.matching.matches import Matches

_LARGEST = 2  # reasons named


def explain_match(found: "Matches", partner: str, lang: str) -> str:
    """The sentences behind `matches.explain`."""
    return " ".join(part for part in explained_parts(found, partner, lang).values() if part)


def explained_parts(found: "Matches", partner: str, lang: str) -> dict[str, str]:
    """The sentences behind `matches.explain` by what they tell of; empty where there is nothing to tell.

    `standing, problems, place, history, firmness, unknown`, in this order.
    """
    row = _row(found.table, partner)
    return {
        "standing": _standing(found, row, lang),
        "problems": _problems(found, partner, lang),
        "place": _place(row, lang),
        "history": _history(found, partner, lang),
        "firmness": _firmness(found, row, lang),
        "unknown": _unknown(found, row, lang),
    }


def _standing(found: "Matches", row: dict[str, Any], lang: str) -> str:
    facts = {"name": row["name"], "home": found.home.name, "of": count(len(found.table), lang)}
    if pd.isna(row["rank"]):
        return say("match.explain_unranked", lang, **facts)
    added = contributions(row, found.weights)
    largest = sorted(added.items(), key=lambda item: -item[1])[:_LARGEST]
    reasons = [_reason(found, row, name, points, lang) for name, points in largest if points > 0]
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


def _reason(found: "Matches", row: dict[str, Any], name: str, points: float, lang: str) -> str:
    """One criterion with the points it adds and what they come from."""
    facts = {"points": decimal(points, 1, lang), "value": percent(100 * row[name], 0, lang)}
    if name == "nearness" and row["relation"] in {"none", "near", "sea"}:
        return say("match.reason_distance", lang, **facts, km=decimal(row["distance_km"], 0, lang))
    if name == "shared_problems":
        return say(
            "match.reason_shared_problems", lang, **facts, cells=count(row["common_cells"], lang)
        )
    if name == "feasibility":
        return say("match.reason_feasibility", lang, **facts, parts=_parts(found, row, lang))
    return say(f"match.reason_{name}", lang, **facts)


def _parts(found: "Matches", row: dict[str, Any], lang: str) -> str:
    """The known parts of feasibility that speak for the candidate."""
    known = _row(found.ground.parts, row["code"])
    told = [say(f"match.for_{name}", lang) for name in PARTS if known[name] > 0]
    return join_words(told, lang) or say("match.for_nothing", lang)


def _problems(found: "Matches", partner: str, lang: str) -> str:
    """The first shared problems by name, with where both stand."""
    cells = found.shared(partner, rows=found.settings.explained_rows, lang=lang)
    if cells.empty:
        return ""
    high = cells[cells["both_high"]]
    if high.empty:
        least = 100 * found.settings.problem_from
        facts = {"limit": decimal(least, 0, lang), "share": percent(least, 0, lang)}
        return say("match.explain_no_problem", lang, **facts)
    mine = found.profiles
    told = []
    for urusan, isu, problem in zip(high["urusan_kode"], high["isu"], high["problem"], strict=True):
        cell = (urusan, isu)
        ours = standing_text(mine, (found.home.code, partner), cell, lang)
        theirs = standing_text(mine, (partner, found.home.code), cell, lang)
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


def _unknown(found: "Matches", row: dict[str, Any], lang: str) -> str:
    """The criteria and parts nothing is known of, and how far they could move the points."""
    told = unknown_names(found, row, lang)
    if not told:
        return ""
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
    weighed = zip(CRITERIA, found.weights, strict=True)
    silent = [name for name, weight in weighed if weight > 0 and np.isnan(row[name])]
    told = [say(f"match.criterion_{name}", lang) for name in silent]
    if found.weights[CRITERIA.index("feasibility")] > 0 and "feasibility" not in silent:
        told += _silent_parts(found, row["code"], lang)
    return told


def _silent_parts(found: "Matches", partner: str, lang: str) -> list[str]:
    """The parts of a known feasibility that are unknown and weigh something."""
    ground, weights = found.ground, found.settings.parts
    known = _row(ground.parts, partner)
    return [
        say(f"match.part_{name}", lang)
        for name in ground.parts_with_meaning
        if weights[name] > 0 and np.isnan(known[name])
    ]


def _row(frame: pd.DataFrame, code: str) -> dict[str, Any]:
    """One region's facts by column name, its code among them."""
    return {"code": code, **{str(name): value for name, value in frame.loc[code].items()}}
