"""The tables of follow-through: the funnel, how long steps take, and groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.follow_through import PROPOSED
from ksd_toolkit.evaluation.funnel import cohorts_shown
from ksd_toolkit.messages import count, join_words, language, percent, say
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.tables.cells import DASH, percent_or_dash
from ksd_toolkit.tables.follow_through_waiting import not_determined, refused, stopped, unstarted
from ksd_toolkit.tables.follow_through_words import Titles, days_or_dash, step_name, table_of
from ksd_toolkit.tables.measures import about

__all__ = [
    "funnel",
    "groups",
    "not_determined",
    "refused",
    "stopped",
    "unstarted",
    "waiting_times",
]

_Row = Mapping[Any, Any]


def funnel(review: Review, lang: str = "id") -> Shown:
    """From proposal to benefit, step by step, the neighbouring period beside."""
    told, beside = cohorts_shown(review.funnel)
    mine = review.funnel[review.funnel["periode"] == told]
    other = review.funnel[review.funnel["periode"] == beside].set_index("step")["reached"]
    titles: Titles = (("step", "left", 2.6), ("entered", "right", 1), ("reached", "right", 1))
    counts = ["entered", "reached", "open", "stopped"]
    titles += (("open", "right", 1), ("stopped", "right", 1))
    if mine["joined"].any():
        counts.append("joined")
        titles += (("joined", "right", 1),)
    titles += (("conversion", "right", 1), ("decided", "right", 1))
    rows = [
        (
            step_name(row["step"], lang),
            *_taken(row, counts, lang),
            *([count(other[row["step"]], lang)] if beside else ()),
        )
        for row in mine.to_dict("records")
    ]
    extra = [_beside("reached", beside, "integer", lang)] if beside else []
    implied = [step_name(s.code, lang) for s in review.rules.steps if s.implied]
    facts = {"period": told, "steps": join_words([f'"{name}"' for name in implied], lang)}
    subjects = about("perjalanan", (f"{told}|{step}" for step in mine["step"]))
    return table_of("funnel", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


def _taken(row: _Row, counts: Sequence[str], lang: str) -> Iterator[str]:
    """How many came to a step and took it; being proposed is no step that anyone can miss."""
    first = row["step"] == PROPOSED
    for name in counts:
        yield DASH if first and name not in {"entered", "reached"} else count(row[name], lang)
    for name in ("conversion_percent", "decided_percent"):
        yield DASH if first else percent_or_dash(row[name], 1, lang)


def waiting_times(review: Review, lang: str = "id") -> Shown:
    """How many days pass between determination and each step, open cases counted as open."""
    told, beside = cohorts_shown(review.funnel)
    times = review.waiting_times
    mine = times[(times["periode"] == told) & (times["cases"] > 0)]
    other = times[times["periode"] == beside].set_index("step")
    titles: Titles = (("step", "left", 2.6), ("cases", "right", 1), ("reached_timed", "right", 1))
    titles += (("open", "right", 1), ("stopped", "right", 1), ("undated", "right", 1))
    titles += (("median", "right", 1.5), ("longest", "right", 1.2))
    rows = [
        (
            step_name(row["step"], lang),
            *(count(row[n], lang) for n in ("cases", "reached", "open", "stopped", "undated")),
            _median(row, lang),
            days_or_dash(row["longest_open_days"], lang),
            *([_median(other.loc[row["step"]], lang)] if len(other) else ()),
        )
        for row in mine.to_dict("records")
    ]
    extra = [_beside("median", beside, "text", lang)] if len(other) else []
    subjects = about("waktu", (f"{told}|{step}" for step in mine["step"]))
    facts = {"period": told, "undated": percent(_undated(), 0, lang)}
    return table_of("waiting", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


def groups(review: Review, lang: str = "id", by: str = "opd_kode") -> Shown:
    """Determined proposals by office (`opd_kode`), type (`jenis`) or kind of partner (`mitra_jenis`)."""
    told, beside = cohorts_shown(review.funnel)
    found = review.groups[review.groups["grouping"] == by]
    mine, other = found[found["periode"] == told], found[found["periode"] == beside]
    other_of = {_key(row["group"]): row for row in other.to_dict("records")}
    codes = [step.code for step in review.rules.steps if step.code != "penawaran"]
    titles: Titles = ((by, "left", 2.4), ("determined", "right", 1))
    titles += tuple((code, "right", 1) for code in codes)
    titles += (("open", "right", 1), ("stopped", "right", 1))
    large = bool(mine["carried_out_percent"].notna().any())
    titles += (("carried_out", "right", 1),) if large else ()
    rows = [
        (
            _group_name(by, row["group"], lang),
            *(count(row[name], lang) for name in ("determined", *codes, "open", "stopped")),
            *([percent_or_dash(row["carried_out_percent"], 1, lang)] if large else ()),
            *([_carried_out(other_of.get(_key(row["group"])), lang)] if len(other) else ()),
        )
        for row in mine.to_dict("records")
    ]
    extra = [_beside("carried_out", beside, "text", lang)] if len(other) else []
    subjects = about("kelompok", (f"{by}|{told}|{_key(name)}" for name in mine["group"]))
    facts = {"period": told, "by": say(f"follow_through.by.{by}", lang)}
    return table_of("groups", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


def _beside(name: str, period: str, kind: Any, lang: str) -> Column:
    """A column of the neighbouring period; its measure says which period it is."""
    title = say(f"follow_through.beside.{name}", lang, period=period)
    return Column(title, "right", 1.1, kind, f"beside_{name}:{period}")


def _median(row: Any, lang: str) -> str:
    """The median, or why there is none."""
    if not pd.isna(row["median_days"]):
        return count(row["median_days"], lang)
    return say(f"follow_through.no_median.{row['no_median']}", lang)


def _undated() -> float:
    return read_follow_rules().largest_undated_percent


def _key(name: Any) -> str:
    return "" if pd.isna(name) else str(name)


def _group_name(by: str, name: Any, lang: str) -> str:
    if pd.isna(name):
        return say("follow_through.group.unknown", lang)
    if by == "opd_kode":
        return str(name)
    choices = read_form("evaluasi").table("naskah").field(_FIELDS[by]).choices
    labels = {choice.code: choice.labels[language(lang)] for choice in choices}
    return labels.get(str(name), say("follow_through.group.no_document", lang, code=name))


_FIELDS: Final = {"jenis": "jenis_ksd", "mitra_jenis": "mitra_jenis"}


def _carried_out(row: _Row | None, lang: str) -> str:
    """How many of a group of the neighbouring period are at work; a dash where it had none."""
    if row is None:
        return DASH
    part, whole = count(row["pelaksanaan"], lang), count(row["determined"], lang)
    return say("follow_through.of", lang, part=part, whole=whole)
