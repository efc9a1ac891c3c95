"""The minutes of a forum as a form: attendance and interest to be marked by hand, blank lines for others."""

from typing import Final

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Column, Items, Table, runs
from ksd_toolkit.messages import count, language, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.forum_case import (
    FORUM,
    POSSIBLE,
    Brought,
    brought,
    columns,
    forum_conditions,
    forum_stamp,
    forum_words,
    kind_of_partner,
)
from ksd_toolkit.questionnaire import read_form

NAME: Final = "forum-minutes"
_TABLE: Final = "forum"
_UNKNOWN: Final = frozenset({"TT", "TB"})


def forum_minutes(case: Case) -> PaperFacts:
    """The form; what is marked in it is typed into `forum.xlsx`, which the dossier reads."""
    told = brought(case)
    blocks = {
        "attendance": (_attendance(told),),
        "interest": (_interest(told),),
        "scale": (_scale(case.lang),),
        "stamp": forum_stamp(told),
    }
    return PaperFacts(forum_words(told, NAME), blocks, frozenset(forum_conditions(told)), POSSIBLE)


def _levels(lang: str) -> list[tuple[str, str]]:
    """The levels of interest with what they mean."""
    choices = read_form(_TABLE).table(_TABLE).field("minat").choices
    return [(one.code, one.labels[language(lang)]) for one in choices if one.code not in _UNKNOWN]


def _scale(lang: str) -> Block:
    texts = (say("forum_pack.scale", lang, level=code, means=told) for code, told in _levels(lang))
    return Items(tuple(runs(text) for text in texts), origin=f"scale@{FORUM}/*")


def _attendance(told: Brought) -> Table:
    """A row per institution invited, then rows for those who come unasked."""
    lang = told.lang
    titles = columns(
        lang, ("number", 0, "row_number"), ("institution", 3.6, "candidate"), ("kind", 2.0, ""),
        ("present", 1.2, ""), ("represented_by", 2.4, ""), ("signature", 1.6, ""),
    )  # fmt: skip
    names = told.pairs.partners
    body: list[tuple[str, ...]] = [
        (
            count(number, lang), name, kind_of_partner(told.partner(name)["mitra_jenis"], lang),
            "", "", "",
        )
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip
    blank = told.pairs.rules.blank_rows
    body += [("",) * len(titles)] * blank
    subjects = (*(f"{FORUM}/*|{name}" for name in names), *(f"{FORUM}/*" for _ in range(blank)))
    caption = say("forum_pack.attendance_caption", lang)
    note = say("forum_pack.attendance_note", lang)
    origin = f"partners@{FORUM}/*"
    return Table(
        caption, titles, tuple(body), note, 1, subjects, anchor="attendance", origin=origin
    )


def _interest(told: Brought) -> Table:
    """A row per candidate and proposal that is talked about, with a box for each level of interest."""
    lang = told.lang
    levels = [code for code, _ in _levels(lang)]
    titles = (
        *columns(lang, ("institution", 2.8, "candidate"), ("usulan", 5.2, "titled")),
        *(Column(code, "center", 0.9) for code in levels),
        *columns(lang, ("remarks", 5.2, "")),
    )
    offered = records(told.pairs.offered)
    empty = ("",) * (len(levels) + 1)
    body = [
        (str(row["mitra_nama"]), told.title(str(row["usulan_id"])), *empty) for _, row in offered
    ]
    blank = told.pairs.rules.blank_rows
    body += [("", "", *empty)] * blank
    subjects = [f"{FORUM}/{row['usulan_id']}|{row['mitra_nama']}" for _, row in offered]
    subjects += [f"{FORUM}/*"] * blank
    caption = say("forum_pack.interest_caption", lang)
    note = say("forum_pack.interest_note", lang)
    origin = f"scale@{FORUM}/*"
    return Table(
        caption, titles, tuple(body), note, 0, tuple(subjects), anchor="interest", origin=origin
    )
