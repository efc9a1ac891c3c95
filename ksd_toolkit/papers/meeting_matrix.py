"""The meeting matrix: which proposal fits which candidate and how keen it is so far, and who meets whom when."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Column, KeyFigure, KeyFigures, Paragraph, Runs, Table
from ksd_toolkit.messages import count, decimal, join_words, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.forum_case import (
    FORUM,
    POSSIBLE,
    Brought,
    brought,
    columns,
    counted,
    forum_conditions,
    forum_stamp,
    forum_words,
)

NAME: Final = "meeting-matrix"
_BETWEEN: Final = " \u00b7 "


def meeting_matrix(case: Case) -> PaperFacts:
    """The matrix split into tables a page can hold, then the plan of the meetings."""
    told, lang = brought(case), case.lang
    meetings = told.pairs.meetings
    sessions = 0 if meetings.empty else int(meetings["session"].max())
    words: dict[str, str | Runs] = {
        **forum_words(told, NAME),
        "meetings_count": counted("meetings", len(meetings), lang),
        "sessions_count": counted("sessions", sessions, lang),
        "tables_count": counted("tables", told.pairs.rules.tables, lang),
        "minutes_count": counted("minutes", told.pairs.rules.minutes, lang),
        "alone_names": join_words(list(told.pairs.alone), lang),
        "uninvited_names": join_words(list(told.pairs.uninvited), lang),
    }
    blocks: dict[str, tuple[Block, ...]] = {
        "figures": (_figures(told, len(meetings), sessions),),
        "matrix": _matrix(told),
        "slots": _slots(told, meetings),
        "stamp": forum_stamp(told),
    }
    return PaperFacts(words, blocks, frozenset(forum_conditions(told)), POSSIBLE)


def _figures(told: Brought, meetings: int, sessions: int) -> Block:
    numbers = {
        "usulan": len(told.pairs.usulan), "partners": len(told.pairs.partners),
        "pairs": len(told.pairs.pairs), "meetings": meetings, "sessions": sessions,
    }  # fmt: skip
    return KeyFigures(
        tuple(
            KeyFigure(
                count(number, told.lang), say(f"forum_pack.figure_{name}", told.lang),
                origin=f"{name}@{FORUM}/*",
            )
            for name, number in numbers.items()
        )
    )  # fmt: skip


def is_cut(told: Brought) -> bool:
    """Whether there are too many pairs to print them all, so that the matrix holds those offered."""
    return len(told.pairs.pairs) > told.pairs.rules.matrix_pairs


def _matrix(told: Brought) -> tuple[Block, ...]:
    """Tables of a few candidates each, with the proposals that fit one of them."""
    printed = told.pairs.offered if is_cut(told) else told.pairs.pairs
    cells = {(str(row["usulan_id"]), str(row["mitra_nama"])): row for _, row in records(printed)}
    names, most = told.pairs.partners, told.pairs.rules.matrix_columns
    groups = [names[start : start + most] for start in range(0, len(names), most)]
    return tuple(
        _part(told, cells, group, (number, len(groups)))
        for number, group in enumerate(groups, start=1)
    )


def _part(
    told: Brought,
    cells: dict[tuple[str, str], dict[str, Any]],
    names: tuple[str, ...],
    place: tuple[int, int],
) -> Table:
    lang = told.lang
    rows = [one for one in told.pairs.usulan if any((one, name) in cells for name in names)]
    titles = (
        *columns(lang, ("usulan", 3.0, "card_title")),
        *(Column(name, "center", 1.6, measure=_measure(told, name)) for name in names),
    )
    body = tuple(
        (told.title(usulan), *(_cell(told, cells.get((usulan, name))) for name in names))
        for usulan in rows
    )
    number, of = (count(one, lang) for one in place)
    caption = say("forum_pack.matrix_caption", lang, number=number, of=of)
    note = say("forum_pack.matrix_note", lang)
    if is_cut(told):
        most = count(told.pairs.rules.usulan_per_partner, lang)
        note = f"{note} {say('forum_pack.matrix_cut', lang, most=most)}"
    subjects = tuple(f"usulan/{usulan}" for usulan in rows)
    origin = f"matrix@{FORUM}/*"
    return Table(caption, titles, body, note, 0, subjects, origin=origin)


def _measure(told: Brought, name: str) -> str:
    """What a column measures; the candidate is named by its number, since a name may hold any sign."""
    return f"pair:{told.pairs.found.column_of(name)}"


def _cell(told: Brought, pair: dict[str, Any] | None) -> str:
    """Points of the fit and interest so far; blank where they do not fit."""
    if pair is None:
        return ""
    points = decimal(pair["points"], told.pairs.found.rules.decimals, told.lang)
    if pd.isna(pair["minat"]):
        return points
    level = say("forum_pack.level", told.lang, level=f"{pair['minat']:g}")
    return f"{points}{_BETWEEN}{level}"


def _slots(told: Brought, meetings: pd.DataFrame) -> tuple[Block, ...]:
    """Session by session which candidate meets which office about what."""
    lang = told.lang
    if meetings.empty:
        return (Paragraph(counted("meetings", 0, lang)),)
    titles = columns(
        lang, ("session", 0, "session"), ("table", 0, "table"), ("institution", 3.4, "candidate"),
        ("office", 3.0, ""), ("about", 3.2, "talked_about"),
    )  # fmt: skip
    body = tuple(
        (
            count(row["session"], lang), count(row["table"], lang), str(row["partner"]),
            told.office(row["office"]), str(row["usulan"]).replace(";", "; "),
        )
        for _, row in records(meetings)
    )  # fmt: skip
    subjects = tuple(f"{FORUM}/{row['office']}|{row['partner']}" for _, row in records(meetings))
    caption = say("forum_pack.slots_caption", lang)
    origin = f"meetings@{FORUM}/*"
    return (Table(caption, titles, body, "", 2, subjects, anchor="slots", origin=origin),)
