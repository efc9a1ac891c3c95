"""Offering sheets: a page per candidate partner with the proposals that fit it, why, and what it could bring."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Heading, Table, measured, runs
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.forum_case import (
    FORUM,
    POSSIBLE,
    Brought,
    affairs,
    brought,
    columns,
    forum_conditions,
    forum_stamp,
    forum_words,
    interest_text,
    issues,
    kind_of_partner,
    kind_text,
    offered_words,
    shared_text,
)
from ksd_toolkit.tables.cells import DASH, text_or_dash

NAME: Final = "offering-partners"
FACTS: Final = ("kind", "affairs", "issues", "outputs", "brings", "all_fitting")
"""The lines of a sheet, in their order."""


def offering_partners(case: Case) -> PaperFacts:
    """A sheet for every candidate that fits a proposal of the list; its ratings stay inside the office."""
    told = brought(case)
    offered = dict(list(told.pairs.offered.groupby("mitra_nama", sort=False)))
    whole = told.pairs.pairs["mitra_nama"].value_counts()
    sheets = tuple(
        block
        for name in told.pairs.partners
        for block in _sheet(told, name, offered[name], int(whole[name]))
    )
    blocks = {"index": _index(told, whole), "sheets": sheets, "stamp": forum_stamp(told)}
    return PaperFacts(forum_words(told, NAME), blocks, frozenset(forum_conditions(told)), POSSIBLE)


def _index(told: Brought, whole: "pd.Series[int]") -> tuple[Block, ...]:
    """Every candidate with a sheet, and how many proposals fit it."""
    lang, names = told.lang, told.pairs.partners
    if not names:
        return ()
    titles = columns(
        lang, ("number", 0, "row_number"), ("institution", 4.4, "candidate"), ("kind", 3.0, ""),
        ("number_fitting", 0, "all_fitting"),
    )  # fmt: skip
    body = tuple(
        (
            count(number, lang), name, kind_of_partner(told.partner(name)["mitra_jenis"], lang),
            count(int(whole[name]), lang),
        )
        for number, name in enumerate(names, start=1)
    )  # fmt: skip
    subjects = tuple(f"{FORUM}/*|{name}" for name in names)
    caption = say("forum_pack.index_partners", lang)
    return (Table(caption, titles, body, "", 1, subjects, anchor="candidates"),)


def _sheet(told: Brought, name: str, rows: pd.DataFrame, whole: int) -> tuple[Block, ...]:
    subject = f"{FORUM}/*|{name}"
    titled = any(letter.isdigit() for letter in name)
    title = measured(name, "candidate", subject) if titled else name
    return (
        Heading(2, runs(title), new_page=True),
        _facts(told, name, whole),
        _offered(told, name, rows),
    )


def _facts(told: Brought, name: str, whole: int) -> Table:
    lang, row = told.lang, told.partner(name)
    facts: dict[str, Any] = {
        "kind": kind_of_partner(row["mitra_jenis"], lang),
        "affairs": join_words(affairs(_codes(row["urusan"]), lang), lang) or DASH,
        "issues": join_words(issues(_codes(row["isu"]), lang), lang) or DASH,
        "outputs": offered_words("output", row["output"], lang) or DASH,
        "brings": text_or_dash(row["kontribusi"]),
        "all_fitting": count(whole, lang),
    }
    titles = columns(lang, ("fact", 1.6, ""), ("told", 5.0, "partner_fact"))
    body = tuple((say(f"forum_pack.partner_{fact}", lang), facts[fact]) for fact in FACTS)
    subjects = tuple(f"{FORUM}/{fact}|{name}" for fact in FACTS)
    caption = say("forum_pack.partner_caption", lang, partner=name)
    return Table(caption, titles, body, subjects=subjects, origin=f"candidate@{FORUM}/*|{name}")


def _offered(told: Brought, name: str, rows: pd.DataFrame) -> Table:
    """The best proposals for one candidate: who is in charge, what is shared, what was told so far."""
    lang = told.lang
    titles = columns(
        lang, ("usulan", 3.4, "titled"), ("office", 2.0, ""), ("kind_of", 1.2, ""),
        ("shared", 3.0, "shared_with"), ("interest", 1.6, "interest_so_far"),
    )  # fmt: skip
    body = tuple(
        (
            told.title(str(row["usulan_id"])), told.office(row["opd_kode"]),
            kind_text(row["jenis"], lang), shared_text(rows.loc[[number]], lang),
            interest_text(row["minat"], lang),
        )
        for number, row in ((n, rows.loc[n].to_dict()) for n in rows.index)
    )  # fmt: skip
    caption = say("forum_pack.offered_caption", lang, partner=name)
    note = say("forum_pack.offered_note", lang)
    subjects = tuple(f"{FORUM}/{row['usulan_id']}|{name}" for _, row in records(rows))
    return Table(
        caption, titles, body, note, subjects=subjects, origin=f"candidate@{FORUM}/*|{name}"
    )


def _codes(value: object) -> list[str]:
    return value.split(";") if isinstance(value, str) else []
