"""The tables of follow-through: the funnel, how long steps take, groups, what stopped and who waits."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.determination import AGREED
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.follow_through import PROPOSED
from ksd_toolkit.evaluation.funnel import cohorts_shown
from ksd_toolkit.evaluation.journey_sentence import ground_text
from ksd_toolkit.evaluation.stopped import ENDED, agreed_of, refusals_of, unstarted_of
from ksd_toolkit.messages import count, has_message, join_words, language, percent, say
from ksd_toolkit.questionnaire.form import read_form
from ksd_toolkit.tables.cells import DASH, date_or_dash, percent_or_dash, text_or_dash
from ksd_toolkit.tables.measures import about, printed_as

_NAMED: Final = 8
_REASONS: Final = 8
_Titles = tuple[tuple[str, Any, float], ...]
_Row = Mapping[Any, Any]


def funnel(review: Review, lang: str = "id") -> Shown:
    """From proposal to benefit, step by step, the neighbouring period beside."""
    told, beside = cohorts_shown(review.funnel)
    mine = review.funnel[review.funnel["periode"] == told]
    other = review.funnel[review.funnel["periode"] == beside].set_index("step")["reached"]
    titles: _Titles = (("step", "left", 2.6), ("entered", "right", 1), ("reached", "right", 1))
    counts = ["entered", "reached", "open", "stopped"]
    titles += (("open", "right", 1), ("stopped", "right", 1))
    if mine["joined"].any():
        counts.append("joined")
        titles += (("joined", "right", 1),)
    titles += (("conversion", "right", 1), ("decided", "right", 1))
    rows = [
        (
            _step(row["step"], lang),
            *_taken(row, counts, lang),
            *([count(other[row["step"]], lang)] if beside else ()),
        )
        for row in mine.to_dict("records")
    ]
    extra = [_beside("reached", beside, "integer", lang)] if beside else []
    implied = [_step(s.code, lang) for s in review.rules.steps if s.implied]
    facts = {"period": told, "steps": join_words([f'"{name}"' for name in implied], lang)}
    subjects = about("perjalanan", (f"{told}|{step}" for step in mine["step"]))
    return _shown("funnel", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


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
    titles: _Titles = (("step", "left", 2.6), ("cases", "right", 1), ("reached_timed", "right", 1))
    titles += (("open", "right", 1), ("stopped", "right", 1), ("undated", "right", 1))
    titles += (("median", "right", 1.5), ("longest", "right", 1.2))
    rows = [
        (
            _step(row["step"], lang),
            *(count(row[n], lang) for n in ("cases", "reached", "open", "stopped", "undated")),
            _median(row, lang),
            _days(row["longest_open_days"], lang),
            *([_median(other.loc[row["step"]], lang)] if len(other) else ()),
        )
        for row in mine.to_dict("records")
    ]
    extra = [_beside("median", beside, "text", lang)] if len(other) else []
    subjects = about("waktu", (f"{told}|{step}" for step in mine["step"]))
    facts = {"period": told, "undated": percent(_undated(), 0, lang)}
    return _shown("waiting", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


def groups(review: Review, lang: str = "id", by: str = "opd_kode") -> Shown:
    """Determined proposals by office (`opd_kode`), type (`jenis`) or kind of partner (`mitra_jenis`)."""
    told, beside = cohorts_shown(review.funnel)
    found = review.groups[review.groups["grouping"] == by]
    mine, other = found[found["periode"] == told], found[found["periode"] == beside]
    other_of = {_key(row["group"]): row for row in other.to_dict("records")}
    codes = [step.code for step in review.rules.steps if step.code != "penawaran"]
    titles: _Titles = ((by, "left", 2.4), ("determined", "right", 1))
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
    return _shown("groups", titles, rows, lang, subjects=subjects, facts=facts, extra=extra)


def stopped(review: Review, lang: str = "id") -> Shown:
    """The determined proposals that stopped, each with its ground and what carries it on."""
    found = review.stops[review.stops["kind"] == ENDED]
    titles: _Titles = (("usulan", "left", 1.6), ("judul", "left", 3), ("reached_last", "left", 1.8))
    titles += (("ground", "left", 3.4), ("carried", "left", 1.4))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            _step(row["reached"], lang),
            ground_text(row, lang),
            text_or_dash(row["carried_by"]),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("berhenti", (row[0] for row in rows))
    return _shown("stopped", titles, rows, lang, subjects=subjects)


def not_determined(review: Review, lang: str = "id") -> Shown:
    """What was postponed, rejected, merged, or agreed and still without a decree, by period."""
    refused = review.stops[review.stops["kind"] != ENDED][["periode", "usulan_id", "kind"]]
    agreed = agreed_of(review.journeys).assign(kind=AGREED)[["periode", "usulan_id", "kind"]]
    found = pd.concat([agreed, refused], ignore_index=True)
    titles: _Titles = (("period", "left", 0.8), ("decision", "left", 2))
    titles += (("usulan_count", "right", 0.8), ("which", "left", 5))
    parts = list(found.groupby(["periode", "kind"], sort=True))
    rows = [
        (
            str(period),
            say(f"follow_through.decision.{kind}", lang),
            count(len(part), lang),
            _some([str(name) for name in part["usulan_id"]], lang),
        )
        for (period, kind), part in parts
    ]
    subjects = about("keputusan", (f"{period}|{kind}" for (period, kind), _ in parts))
    return _shown("not_determined", titles, rows, lang, row_header=1, subjects=subjects)


def refused(review: Review, lang: str = "id") -> Shown:
    """Why proposals were postponed, rejected or merged: the most frequent reasons of each period."""
    found = refusals_of(review.stops)
    titles: _Titles = (("period", "left", 0.8), ("decision", "left", 1.4), ("why", "left", 5))
    titles += (("usulan_count", "right", 0.8),)
    shown = found.groupby("periode", sort=False).head(_REASONS)
    rows = [
        (
            row["periode"],
            say(f"follow_through.decision.{row['kind']}", lang),
            say("follow_through.no_reason", lang) if pd.isna(row["why"]) else row["why"],
            count(row["count"], lang),
        )
        for row in shown.to_dict("records")
    ]
    subjects = about("alasan", shown.index)
    facts = {"reasons": _REASONS}
    return _shown("refused", titles, rows, lang, row_header=2, subjects=subjects, facts=facts)


def unstarted(review: Review, lang: str = "id") -> Shown:
    """The determined proposals without a single document, the longest waiting first."""
    found = unstarted_of(review.journeys)
    titles: _Titles = (("usulan", "left", 1.6), ("judul", "left", 4), ("opd", "left", 1.4))
    titles += (("since", "left", 1.8), ("waiting", "right", 1.2))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            text_or_dash(row["opd_kode"]),
            date_or_dash(row["day_zero"], lang),
            _days(row["waiting_days"], lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("menunggu", (row[0] for row in rows))
    return _shown("unstarted", titles, rows, lang, subjects=subjects)


def _shown(  # noqa: PLR0913  a table is its name, titles, rows and the facts of its texts
    name: str,
    titles: _Titles,
    rows: Sequence[tuple[str, ...]],
    lang: str,
    *,
    row_header: int = 0,
    subjects: tuple[str, ...] = (),
    facts: Mapping[str, object] = MappingProxyType({}),
    extra: Sequence[Column] = (),
) -> Shown:
    """The table called `name`, or its sentence when there is no row."""
    smallest = read_follow_rules().smallest_group
    facts = {"smallest": smallest, **facts}
    origin = str(Origin(f"table_follow_{name}", "aturan/*"))
    if not rows:
        sentence = say(f"follow_through.empty.{name}", lang, **facts)
        return Shown(Paragraph(runs(sentence), origin=origin), lang=lang)
    columns = tuple(
        Column(_title(title, lang), align, width, *printed_as(f"follow_{name}", title))
        for title, align, width in titles
    )
    caption = say(f"follow_through.caption.{name}", lang, **facts)
    note = say(f"follow_through.note.{name}", lang, **facts)
    columns += tuple(extra)
    table = Table(caption, columns, tuple(rows), note, row_header, subjects, origin=origin)
    return Shown(table, lang=lang)


def _title(name: str, lang: str) -> str:
    code = f"follow_through.short.{name}"
    return say(code if has_message(code) else f"follow_through.column.{name}", lang)


def _beside(name: str, period: str, kind: Any, lang: str) -> Column:
    """A column of the neighbouring period; its measure says which period it is."""
    title = say(f"follow_through.beside.{name}", lang, period=period)
    return Column(title, "right", 1.1, kind, f"beside_{name}:{period}")


def _step(code: str, lang: str) -> str:
    return say(f"follow_through.step.{code}", lang)


def _median(row: Any, lang: str) -> str:
    """The median, or why there is none."""
    if not pd.isna(row["median_days"]):
        return count(row["median_days"], lang)
    return say(f"follow_through.no_median.{row['no_median']}", lang)


def _undated() -> float:
    return read_follow_rules().largest_undated_percent


def _days(value: Any, lang: str) -> str:
    return DASH if pd.isna(value) else count(value, lang)


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


def _some(names: Sequence[str], lang: str) -> str:
    """The first names, and how many more there are."""
    if len(names) <= _NAMED + 1:
        return join_words(list(names), lang)
    more = say("follow_through.more", lang, n=count(len(names) - _NAMED, lang))
    return join_words([*names[:_NAMED], more], lang)
