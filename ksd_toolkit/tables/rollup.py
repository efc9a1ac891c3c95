"""The tables of the roll-up: regions counted, response, maturity, shared priorities and follow-through.

Long tables show their first `rows` rows; the workbook beside the paper holds all of them.
"""

from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.messages import count, join_first, say
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.follow_through import from_determined
from ksd_toolkit.rollup.response import SHARES
from ksd_toolkit.rollup.wording import left_reason, region_name, share_text, topic_name
from ksd_toolkit.scoring.overview import PROBLEMS
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.rollup_words import count_or_dash, level_text, range_text, shown

_NAMED: Final = 4
"""How many regions a cell names before it counts the others."""
_SPREAD: Final = ("quartile_1", "median", "quartile_3")
_END: Final = ("payung", "pelaksana", "pelaksanaan", "manfaat")


def not_counted(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """The regions that have a dossier and are not counted, each with the reason and what to do."""
    lang = lang or rollup.lang
    left = [*rollup.refused, *rollup.missing]
    titles = (("region", "left", 2.2), ("dossier", "left", 1.8), ("state", "left", 1.0))
    body = [(one.name, one.dossier, say(f"rollup.state.{one.why}", lang)) for one in left]
    reasons = [left_reason(one, lang) for one in left]
    table = [(*row, reason) for row, reason in zip(body, reasons, strict=True)]
    subjects = about("rekap_dosir", (one.dossier for one in left))
    return shown("not_counted", (*titles, ("reason", "left", 4.0)), table, lang, subjects, rows)


def response(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """Each region's offices and usulan, the lowest share of answering offices first."""
    lang = lang or rollup.lang
    found = rollup.response.sort_values("sent_percent", kind="stable", na_position="first")
    titles = [("region", "left", 3.0)]
    titles += [(name, "right", 1.0) for name in ("offices_asked", "offices_answered")]
    titles += [("sent_percent", "right", 1.1), ("usulan", "right", 1.0), ("scored", "right", 1.0)]
    titles += [("scored_percent", "right", 1.1)]
    body = [
        (
            region_name(code),
            count_or_dash(row["offices_asked"], lang),
            count_or_dash(row["offices_answered"], lang),
            share_text(row["sent_percent"], rollup.rules, lang),
            count_or_dash(row["usulan"], lang),
            count_or_dash(row["scored"], lang),
            share_text(row["scored_percent"], rollup.rules, lang),
        )
        for code, row in records(found)
    ]
    return shown("response", titles, body, lang, about("ringkasan", found.index), rows)


def response_totals(rollup: RollUp, lang: str = "") -> Shown:
    """The shares over all offices and usulan, and over the regions, each counting alike."""
    lang = lang or rollup.lang
    totals = rollup.response_totals
    titles = [("share", "left", 2.6), ("part", "right", 1.0), ("whole", "right", 1.0)]
    titles += [("pooled_percent", "right", 1.1), ("regions", "right", 0.9)]
    titles += [("mean", "right", 1.0), *((name, "right", 1.0) for name in _SPREAD)]
    body = [
        (
            say(f"rollup.share.{name}", lang),
            *(count(row[part], lang) for part in ("part", "whole")),
            share_text(row["pooled_percent"], rollup.rules, lang),
            count(row["regions"], lang),
            *(share_text(row[part], rollup.rules, lang) for part in ("mean", *_SPREAD)),
        )
        for name, row in records(totals)
        if rollup.used
    ]
    facts = {"least": count(rollup.rules.quartiles_from, lang)}
    subjects = about("rekap_bagian", SHARES if body else ())
    return shown("response_totals", titles, body, lang, subjects, facts=facts)


def maturity_totals(rollup: RollUp, lang: str = "") -> Shown:
    """The five problems: over all offices, and how the regions' mean levels lie."""
    lang = lang or rollup.lang
    titles = [("problem", "left", 3.2), ("offices", "right", 1.0), ("pooled_mean", "right", 1.0)]
    titles += [("immature_percent", "right", 1.1), ("regions", "right", 0.9)]
    titles += [("mean", "right", 1.0), *((name, "right", 1.0) for name in _SPREAD)]
    body = [
        (
            say(f"problem_name.{problem}", lang),
            count(row["answered"], lang),
            level_text(row["pooled_mean"], rollup, lang),
            share_text(row["immature_percent"], rollup.rules, lang),
            count(row["regions"], lang),
            *(level_text(row[name], rollup, lang) for name in ("mean", *_SPREAD)),
        )
        for problem, row in records(rollup.maturity_totals)
        if rollup.maturity["answered"].sum()
    ]
    facts = {"least": count(rollup.rules.quartiles_from, lang)}
    subjects = about("rekap_masalah", PROBLEMS if body else ())
    return shown("maturity_totals", titles, body, lang, subjects, facts=facts)


def maturity(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """Each region's mean level on the five problems, those with the most answers below level 2 first."""
    lang = lang or rollup.lang
    found = rollup.maturity[rollup.maturity["answered"] > 0]
    below = found.groupby("code")[["immature", "answered"]].sum()
    below["percent"] = 100 * below["immature"] / below["answered"]
    codes = list(below.sort_values("percent", ascending=False, kind="stable").index)
    wide = found.pivot_table(index="code", columns="problem", values="mean")
    answered = found.groupby("code")["answered"].agg(["min", "max"])
    titles = [("region", "left", 3.0), ("offices", "right", 1.0)]
    titles += [(problem, "right", 0.9) for problem in PROBLEMS]
    body = [
        (
            region_name(code),
            range_text(answered.loc[code], lang),
            *(level_text(wide.loc[code].get(problem), rollup, lang) for problem in PROBLEMS),
            share_text(below.loc[code, "percent"], rollup.rules, lang),
        )
        for code in codes
    ]
    columns = (*titles, ("below", "right", 1.1))
    return shown("maturity", columns, body, lang, about("ringkasan", codes), rows)


def shared(rollup: RollUp, kind: str, rows: int = 0, lang: str = "") -> Shown:
    """Which issues (`isu`) or affairs (`urusan`) stand in the top lists of how many regions."""
    lang = lang or rollup.lang
    found = rollup.shared_priorities
    found = found[found["kind"] == kind]
    titles = [("topic", "left", 3.2), ("regions", "right", 0.9), ("regions_percent", "right", 1.1)]
    titles += [("top_usulan", "right", 1.0), ("where", "left", 3.6)]
    body = [
        (
            topic_name(kind, row["code"], lang),
            count(row["regions"], lang),
            share_text(row["share_percent"], rollup.rules, lang),
            count(row["usulan"], lang),
            join_first([region_name(code) for code in row["codes"].split("; ")], _NAMED, lang),
        )
        for row in found.to_dict("records")
    ]
    facts = {"top": count(rollup.rules.top_ranks, lang), "of": _ranked(rollup, lang)}
    subjects = about(f"rekap_{kind}", found["code"])
    return shown(f"shared_{kind}", titles, body, lang, subjects, rows, facts)


def follow_through(rollup: RollUp, lang: str = "") -> Shown:
    """From determined usulan to benefit, over all regions."""
    lang = lang or rollup.lang
    steps = from_determined(rollup.follow_through)
    titles = [("step", "left", 2.6), *((n, "right", 0.9) for n in ("entered", "reached", "open"))]
    titles += [("stopped", "right", 0.9), ("pooled_percent", "right", 1.1)]
    titles += [("regions", "right", 0.9), *((name, "right", 1.0) for name in _SPREAD)]
    body = [
        (
            say(f"follow_through.step.{row['step']}", lang),
            *(count(row[name], lang) for name in ("entered", "reached", "open", "stopped")),
            share_text(row["pooled_percent"], rollup.rules, lang),
            count(row["regions"], lang),
            *(share_text(row[name], rollup.rules, lang) for name in _SPREAD),
        )
        for row in steps.to_dict("records")
        if len(rollup.follow_by_region)
    ]
    facts = {"least": count(rollup.rules.quartiles_from, lang)}
    subjects = about("rekap_langkah", steps["step"] if body else ())
    return shown("follow_through", titles, body, lang, subjects, facts=facts)


def follow_by_region(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """What became of each region's determined usulan, most determined first."""
    lang = lang or rollup.lang
    by_step = rollup.follow_by_region
    reached = by_step.pivot_table(index="code", columns="step", values="reached", aggfunc="sum")
    later = from_determined(by_step)
    later = later[later["step"] != DETERMINED]
    waiting = later.groupby("code")[["open", "stopped"]].sum()
    order = reached[DETERMINED] if DETERMINED in reached else pd.Series(dtype="float64")
    codes = list(order.sort_values(ascending=False, kind="stable").index)
    titles = [("region", "left", 3.0)]
    names = [DETERMINED, *_END]
    titles += [(f"step_{name}", "right", 1.0) for name in names]
    titles += [("open", "right", 0.9), ("stopped", "right", 0.9)]
    body = [
        (
            region_name(code),
            *(count_or_dash(reached.loc[code].get(name), lang) for name in names),
            *(count_or_dash(waiting[name].get(code), lang) for name in ("open", "stopped")),
        )
        for code in codes
    ]
    return shown("follow_by_region", titles, body, lang, about("ringkasan", codes), rows)


def _ranked(rollup: RollUp, lang: str) -> str:
    return count(sum(one.summary.response.ranked is not None for one in rollup.used), lang)
