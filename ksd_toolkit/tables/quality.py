"""Quality of the answers as tables: who answered, what needs a second look, what changed."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality import Quality
from ksd_toolkit.answers.quality.agreement import INTERNAL
from ksd_toolkit.answers.quality.change import CONTINUED, DROPPED, NEW, UNKNOWN, Change
from ksd_toolkit.answers.quality.flags import PERSONAL
from ksd_toolkit.answers.quality.response import LEVELS, NONE
from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Alignment, Column, Paragraph, Table, runs
from ksd_toolkit.messages import count, join_first, percent, say, say_counted, share
from ksd_toolkit.questionnaire import Field, form_of
from ksd_toolkit.tables.cells import DASH, number_or_dash, percent_or_dash, text_or_dash
from ksd_toolkit.tables.measures import about, printed_as

_USULAN: Final = (CONTINUED, NEW, DROPPED, UNKNOWN)
NAMED: Final = 5
"""Offices a sentence names at most; the table of all offices names every one."""

_Titles = Sequence[tuple[str, Alignment, float]]


def response(quality: Quality, lang: str = "") -> Shown:
    """The response rate on four levels; who is missing stands by name in the note."""
    lang = lang or quality.lang
    levels = dict(records(quality.response.levels))
    columns: _Titles = (("level", "left", 4.0), ("part", "right", 0), ("whole", "right", 0))
    rows = [
        (
            say(f"quality.level.{name}", lang), count(levels[name]["part"], lang),
            count(levels[name]["whole"], lang),
            share(levels[name]["part"], levels[name]["whole"], 1, lang),
        )
        for name in LEVELS
    ]  # fmt: skip
    silent, late = quality.response.silent, quality.response.late
    note = say_counted(
        "quality.silent", len(silent), lang, n=count(len(silent), lang),
        names=join_first(silent, NAMED, lang),
    )  # fmt: skip
    if late:
        note += " " + say("quality.late", lang, names=join_first(late, NAMED, lang))
    columns = (*columns, ("share", "right", 0))
    subjects = about("tingkat", LEVELS)
    return _shown("response", columns, rows, lang, note, subjects=subjects, origin="silent@opd/*")


def matrix(quality: Quality, edition: str = "public", lang: str = "") -> Shown:
    """Every office and how far it came; the internal edition shows each PPKSD apart."""
    lang = lang or quality.lang
    pics = quality.response.pics
    raters = list(dict.fromkeys(pics["penilai"])) if edition == INTERNAL else []
    by_office = {
        code: dict(records(rows.set_index("penilai"))) for code, rows in pics.groupby("opd_kode")
    }
    columns: _Titles = (("office", "left", 4.4), ("status", "left", 1.4), ("answered", "right", 0))
    columns = (*columns, ("pics", "right", 0), *((rater, "left", 0.0) for rater in raters))
    rows = []
    for code, row in records(quality.response.offices):
        mine = by_office.get(code, {})
        scored = sum(pic["answered"] > 0 for pic in mine.values())
        rows.append(
            (
                row["name"], _status(row, lang),
                percent_or_dash(_percent(row["answered"], row["asked"]), 0, lang)
                if row["status"] != NONE else DASH,
                say("quality.of", lang, part=scored, whole=len(mine)),
                *(_status(mine[rater], lang) if rater in mine else DASH for rater in raters),
            )
        )  # fmt: skip
    note, subjects = say("quality.matrix_note", lang), about("opd", quality.response.offices.index)
    return _shown("matrix", columns, rows, lang, note, subjects=subjects)


def flags(quality: Quality, edition: str = "public", rows: int = 40, lang: str = "") -> Shown:
    """Answers that deserve a second look; those that point at a person only in the internal edition."""
    lang = lang or quality.lang
    personal = quality.flags["flag"].isin(PERSONAL)
    found = quality.flags if edition == INTERNAL else quality.flags[~personal]
    hidden, origin = len(quality.flags) - len(found), "table_flags@tanda/*"
    told = [(quality.flag_sentence(row, lang),) for _, row in records(found.head(rows))]
    notes = [say("quality.flags_note", lang)]
    if len(found) > rows:
        notes.append(say("quality.more", lang, n=count(len(found) - rows, lang)))
    if hidden:
        notes.append(say("quality.flags_hidden", lang, n=count(hidden, lang)))
    if not told:
        return _sentence(" ".join([say("quality.flags_none", lang), *notes[1:]]), lang, origin)
    marked = (f"{r['flag']}|{r['opd_kode']}|{r['subject']}" for _, r in records(found.head(rows)))
    return _shown(
        "flags", (("flag", "left", 1.0),), told, lang, " ".join(notes), n=len(found),
        subjects=about("tanda", marked), origin=origin,
    )  # fmt: skip


def changes(quality: Quality, lang: str = "") -> Shown:
    """This period beside the one before: response, usulan, and the five problems' levels."""
    lang = lang or quality.lang
    found = quality.change
    if found is None:
        return _sentence(say("quality.no_previous", lang), lang)
    columns = (
        Column(say("quality.column.level", lang), width=4.0),
        Column(found.before, "right", measure="response_before:rounded"),
        Column(found.period, "right", measure="response:rounded"),
    )
    moved = [
        say(
            "quality.moved", lang, problem=say(f"problem_name.{code}", lang), rose=row["rose"],
            same=row["same"], fell=row["fell"],
        )
        for code, row in records(found.maturity)
    ]  # fmt: skip
    note = say("quality.moved_note", lang, list="; ".join(moved))
    caption = say("quality.caption.changes", lang, before=found.before)
    changed = dict(_changed(found, lang))
    origin, body = "table_changes@tingkat/*", tuple(changed.values())
    return Shown(
        Table(caption, columns, body, note, subjects=tuple(changed), origin=origin), lang=lang
    )


def change_log(quality: Quality, rows: int = 40, lang: str = "") -> Shown:
    """What usulan carried over from the period before say otherwise, field by field."""
    lang = lang or quality.lang
    found = quality.change
    if found is None or found.log.empty:
        return _sentence(say("quality.no_log", lang), lang)
    spec = form_of(quality.register.dossier).table("usulan")
    columns: _Titles = (("usulan", "left", 1.6), ("field", "left", 1.8), ("before", "left", 3.0))
    body = [
        (
            row["usulan_id"] if row["usulan_id"] == row["asal"] else f"{row['asal']} \u2192 {row['usulan_id']}",
            spec.field(row["field"]).label(lang),
            *(_answered(row[side], spec.field(row["field"]), lang) for side in ("before", "after")),
        )
        for _, row in records(found.log.head(rows))
    ]  # fmt: skip
    more = len(found.log) - len(body)
    note = say("quality.more", lang, n=count(more, lang)) if more > 0 else ""
    columns, subjects = (
        (*columns, ("after", "left", 3.0)),
        about("usulan", found.log["usulan_id"].head(rows)),
    )
    return _shown("log", columns, body, lang, note, subjects=subjects, origin="table_log@isian/*")


def _shown(  # noqa: PLR0913, PLR0917  a table is its caption, columns, rows and note
    name: str,
    columns: _Titles,
    rows: Sequence[tuple[str, ...]],
    lang: str,
    note: str = "",
    n: int = 0,
    subjects: tuple[str, ...] = (),
    origin: str = "",
) -> Shown:
    titled = tuple(
        Column(_title(code, lang), align, width, *printed_as("quality", code))
        for code, align, width in columns
    )
    caption = say(f"quality.caption.{name}", lang, n=count(n, lang))
    return Shown(
        Table(caption, titled, tuple(rows), note, subjects=subjects, origin=origin), lang=lang
    )


def _sentence(text: str, lang: str, origin: str = "") -> Shown:
    return Shown(Paragraph(runs(text), origin=origin), lang=lang)


def _title(code: str, lang: str) -> str:
    """A column's title; a rater is its own."""
    if code in {"office", "usulan"}:
        return label(code, lang)
    return code if code.startswith("OPD-") else say(f"quality.column.{code}", lang)


def _status(row: dict[str, Any], lang: str) -> str:
    """`masuk`, `sebagian`, `belum`, `nihil`; and that it came late."""
    told = say(f"quality.status.{row['status']}", lang)
    return f"{told}, {say('quality.status.terlambat', lang)}" if row["late"] else told


def _percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _of(part: float, whole: float, lang: str) -> str:
    told = say("quality.of", lang, part=count(part, lang), whole=count(whole, lang))
    return f"{told} ({percent(100 * part / whole, 0, lang)})" if whole else told


def _changed(found: Change, lang: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Response level by level, then usulan by what became of them; each with what it is about."""
    for name, row in records(found.levels):
        before = _of(row["part_before"], row["whole_before"], lang)
        now = _of(row["part"], row["whole"], lang)
        yield f"tingkat/{name}", (say(f"quality.level.{name}", lang), before, now)
    numbers = found.usulan["status"].value_counts()
    for name in _USULAN:
        number = int(numbers.get(name, 0))
        if name != UNKNOWN or number:
            told = (say(f"quality.usulan.{name}", lang), *_in_period(name, number, lang))
            yield f"asal/{name}", told


def _in_period(name: str, number: int, lang: str) -> tuple[str, str]:
    """Dropped usulan belong to the period before, all others to this one."""
    told = count(number, lang)
    return (told, DASH) if name == DROPPED else (DASH, told)


def _answered(value: Any, field: Field, lang: str) -> str:
    """An answer as the paper's reader says it: a choice by its label, several of them joined."""
    labels = {choice.code: choice.labels.get(lang, choice.code) for choice in field.choices}
    codes = [code.strip() for code in str(value).split(";")] if labels else []
    if codes and all(code in labels for code in codes):
        return "; ".join(labels[code] for code in codes)
    return _told(value, lang)


def _told(value: Any, lang: str) -> str:
    if isinstance(value, float) and not pd.isna(value):
        return number_or_dash(value, lang)
    return text_or_dash(value)
