"""Institutions as partners: who fits a proposal, the register of candidates, the forum, what is proposed to the score."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Table
from ksd_toolkit.matching.institution_reasons import unknown_sentences
from ksd_toolkit.matching.institutions import InstitutionMatches
from ksd_toolkit.messages import count, decimal, language, percent, say, say_counted
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring import type_label
from ksd_toolkit.tables.candidate_cells import FORM, candidate, columns_of, level, sentence
from ksd_toolkit.tables.candidates import forum, proposals, register_of_candidates
from ksd_toolkit.tables.cells import DASH, listed, text_or_dash
from ksd_toolkit.tables.measures import about

__all__ = [
    "for_candidate",
    "for_usulan",
    "forum",
    "overview",
    "proposals",
    "register_of_candidates",
]

_RANGE: Final = "\u2013"


def for_usulan(found: InstitutionMatches, usulan: str, rows: int = 0, lang: str = "") -> Shown:
    """The candidates of one proposal: points with their interval, what is shared, and the type it would be.

    Args:
        found: The matches.
        usulan: Its id.
        rows: Candidates at most; as many as the table holds when 0.
        lang: Language of the texts.

    Raises:
        MethodError: There is no such proposal.
    """
    lang = lang or found.lang
    usulan = str(found.usulan.index[found.row_of(usulan)])
    mine = found.for_usulan(usulan, rows)
    if mine.empty:
        return sentence(say("inst.table_none", lang, usulan=usulan), lang)
    columns = columns_of(
        lang, ("rank", "right", 0.0), ("candidate", "left", 3.6), ("points", "center", 1.6),
        ("coverage", "right", 0.0), ("shared", "left", 2.6), ("interest", "right", 0.0),
        ("type", "left", 1.6),
    )  # fmt: skip
    body = tuple(
        (
            DASH if pd.isna(row["rank"]) else count(row["rank"], lang),
            candidate(row, lang),
            _points(row, found.rules.decimals, lang),
            percent(100 * row["coverage"], 0, lang),
            _shared(row, lang),
            level(row["minat"], lang),
            type_label(str(row["jenis"]), lang),
        )
        for _, row in records(mine)
    )
    caption = say(
        "inst.caption_usulan", lang, usulan=usulan, title=text_or_dash(found.usulan.at[usulan, "judul"])
    )  # fmt: skip
    note, subjects = _note(found, mine, lang), _pairs(mine)
    origin = f"table_candidates@lembaga/{usulan}"
    return Shown(Table(caption, columns, body, note, 1, subjects, origin=origin), lang=lang)


def for_candidate(found: InstitutionMatches, name: str, rows: int = 10, lang: str = "") -> Shown:
    """The proposals one candidate fits, best first: what its table at a forum talks about.

    Args:
        found: The matches.
        name: The candidate as in `calon_mitra.csv`.
        rows: Proposals at most.
        lang: Language of the texts.

    Raises:
        MethodError: There is no such candidate.
    """
    lang = lang or found.lang
    mine = found.for_candidate(name, rows)
    named = str(found.candidates["mitra_nama"].iloc[found.column_of(name)])
    if mine.empty:
        return sentence(say("inst.candidate_none", lang, partner=named), lang)
    columns = columns_of(
        lang, ("rank", "right", 0.0), ("usulan", "left", 4.0), ("points", "center", 1.6),
        ("coverage", "right", 0.0), ("shared", "left", 2.6), ("interest", "right", 0.0),
        ("type", "left", 1.6),
    )  # fmt: skip
    titles = found.usulan["judul"]
    body = tuple(
        (
            DASH if pd.isna(row["rank"]) else count(row["rank"], lang),
            f"{row['usulan_id']} {text_or_dash(titles[row['usulan_id']])}{'*' if row['named'] else ''}",
            _points(row, found.rules.decimals, lang),
            percent(100 * row["coverage"], 0, lang),
            _shared(row, lang),
            level(row["minat"], lang),
            type_label(str(row["jenis"]), lang),
        )
        for _, row in records(mine)
    )
    caption = say("inst.caption_candidate", lang, partner=named)
    note, subjects = _note(found, mine, lang), _pairs(mine)
    origin = f"table_candidates@lembaga/*|{named}"
    return Shown(Table(caption, columns, body, note, 1, subjects, origin=origin), lang=lang)


def overview(found: InstitutionMatches, rows: int = 0, best: int = 3, lang: str = "") -> Shown:
    """Every proposal that has a ranked candidate, with the best of them.

    Args:
        found: The matches.
        rows: Proposals at most, in the register's order; all when 0.
        best: Candidates named for each.
        lang: Language of the texts.
    """
    lang = lang or found.lang
    ranked = found.table[found.table["rank"].notna()]
    whole = list(dict.fromkeys(ranked["usulan_id"]))
    shown = whole[:rows] if rows else whole
    if not shown:
        unknown = unknown_sentences(found, lang)
        return sentence(" ".join([say("inst.overview_none", lang), *unknown]), lang)
    first = ranked.groupby("usulan_id", sort=False).head(best)
    named: dict[str, list[str]] = {}
    for _, row in records(first):
        told = f"{row['mitra_nama']} ({decimal(row['points'], found.rules.decimals, lang)})"
        named.setdefault(str(row["usulan_id"]), []).append(told)
    columns = columns_of(lang, ("usulan", "left", 3.6), ("candidates", "left", 6.0))
    titles = found.usulan["judul"]
    body = tuple((f"{name} {text_or_dash(titles[name])}", "; ".join(named[name])) for name in shown)
    caption = say(
        "inst.caption_overview", lang, shown=count(len(shown), lang), of=count(len(found.usulan), lang)
    )  # fmt: skip
    left_out = len(found.usulan) - len(whole)
    note = say_counted("inst.overview_note", left_out, lang, n=count(left_out, lang))
    note = f"{note} {say('inst.points_note', lang)}".strip()
    subjects, origin = about("lembaga", shown), "table_best_candidates@lembaga/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def _pairs(mine: pd.DataFrame) -> tuple[str, ...]:
    """Of which proposal and candidate each row tells, as an origin names them."""
    pairs = zip(mine["usulan_id"], mine["mitra_nama"], strict=True)
    return about("lembaga", (f"{usulan}|{name}" for usulan, name in pairs))


def _points(row: dict[str, Any], places: int, lang: str) -> str:
    if pd.isna(row["points"]):
        return DASH
    told = decimal(row["points"], places, lang)
    if row["worst"] == row["best"]:
        return told
    ends = _RANGE.join(decimal(row[end], places, lang) for end in ("worst", "best"))
    return f"{told} ({ends})"


def _shared(row: dict[str, Any], lang: str) -> str:
    """Codes of affair and issues, outputs in words."""
    outputs = read_form(FORM).table(FORM).field("output").choices
    named = {one.code: one.labels[language(lang)].lower() for one in outputs}
    parts = [
        ", ".join(named.get(code, code) for code in str(row[f"shared_{name}"]).split(";"))
        for name in ("urusan", "isu", "output")
    ]
    return listed(parts) or DASH


def _note(found: InstitutionMatches, mine: pd.DataFrame, lang: str) -> str:
    """What the star, the missing rank and the interval mean, as far as the table shows them."""
    least = percent(100 * found.rules.min_coverage, 0, lang)
    states = {str(state) for state in mine["state"]} - {"fits"}
    told = [say("inst.table_note", lang)]
    told += [say(f"inst.note_{state}", lang, least=least) for state in sorted(states)]
    told += [say("inst.note_named", lang)] if mine["named"].any() else []
    return " ".join(told)
