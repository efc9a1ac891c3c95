"""The map of potentials and problems: issues, affairs and types, the five problems, neighbours, candidates."""

from typing import Any, Final

from ksd_toolkit.charts import mapping as charts
from ksd_toolkit.charts import radar
from ksd_toolkit.charts.issue_maps import issue_maps
from ksd_toolkit.charts.partner_map import partners as partner_map
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Block, Column, Runs, Table, measured, told, told_counted
from ksd_toolkit.errors import MethodError
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.finding import find_partners
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, join_words, language, say, say_counted
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.opening import blocks_of, closing, opening, sentence, signed_by
from ksd_toolkit.prose.partners import unknown
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import overview
from ksd_toolkit.scoring.mapping import issues_by_office
from ksd_toolkit.tables import answers, candidates, mapping
from ksd_toolkit.tables import partners as partner_tables
from ksd_toolkit.tables.cells import DASH

CONDITIONS: Final = frozenset({"usulan", "matched", "named", "untouched_issues", "offices"})
ROWS: Final = 10
"""Regions on the map and in the list of candidates."""


def potential_map(case: Case) -> PaperFacts:
    """What the offices' answers say of potentials and problems, and with whom to share them."""
    register, lang = case.register, case.lang
    matches, why = _matches(register, lang)
    usulan = len(register.usulan)
    untouched = _untouched(register, lang)
    named = _named_partners(register, lang)
    answered = bool(len(register.opd))
    words: dict[str, str | Runs] = {
        **opening(case.dossier, case.theme),
        "usulan": told_counted(
            "mapping_papers.proposals",
            usulan,
            lang,
            n=measured(count(usulan, lang), "proposals", "isu/*"),
        ),
        "most": _most(register, lang),
        "untouched": _untouched_told(untouched, lang) if usulan else "",
    }
    drawn = {
        "neighbour_map": (partner_map, ROWS), "issue_maps": (issue_maps, ROWS),
        "regions": (partner_tables.top, ROWS),
    }  # fmt: skip
    blocks: dict[str, tuple[Block, ...]] = {
        "issue_matrix": blocks_of(mapping.issue_matrix(register)),
        "issue_chart": blocks_of(charts.issues(register)) if usulan else (),
        "affair_matrix": blocks_of(mapping.affair_matrix(register)) if usulan else (),
        "mandatory": blocks_of(mapping.mandatory(register)),
        "five_problems": blocks_of(answers.five_problems(register)),
        "radar": blocks_of(radar.problems(register)) if answered else (),
        "maturity": blocks_of(charts.maturity(register)) if answered else (),
        **{
            name: blocks_of(_drawn(draw, matches, rows)) if matches else why
            for name, (draw, rows) in drawn.items()
        },
        "unknown": blocks_of(unknown(matches)) if matches else (),
        "named_partners": named,
        "candidates": blocks_of(candidates.register_of_candidates(register)),
        "signatures": signed_by(case.theme, "secretary"),
        "stamp": closing(case.stamp),
    }
    holds = {
        "usulan": usulan > 0, "matched": matches is not None, "offices": answered,
        "named": len(register.mitra) > 0, "untouched_issues": bool(untouched and usulan),
    }  # fmt: skip
    return PaperFacts(
        words, blocks, frozenset(n for n, is_so in holds.items() if is_so), CONDITIONS
    )


def _matches(register: Register, lang: str) -> tuple[Matches | None, tuple[Block, ...]]:
    """The partner regions; None and why, where nothing is known of any."""
    try:
        return find_partners(register), ()
    except MethodError as error:
        return None, sentence(error.sentence(lang))


def _drawn(draw: Any, matches: Matches, rows: int) -> Shown:
    shown: Shown = draw(matches, rows=rows)
    return shown


def _most(register: Register, lang: str) -> Runs:
    """The issue, or the issues, that most usulan name first; nothing where there is no usulan."""
    totals = overview(register).by_isu.sum(axis=1)
    most = int(totals.max()) if len(totals) else 0
    if not most:
        return ()
    topics = [topic for topic in all_isu(lang) if totals.get(topic.code, 0) == most]
    code = "mapping_papers.most_one" if len(topics) == 1 else "mapping_papers.most_tied"
    n = measured(count(most, lang), "most", f"isu/{';'.join(topic.code for topic in topics)}")
    return told(code, lang, issues=join_words([topic.name for topic in topics], lang), n=n)


def _untouched(register: Register, lang: str) -> list[str]:
    """The issues no usulan names."""
    matrix = issues_by_office(register)
    return [topic.name for topic in all_isu(lang) if not matrix[topic.code].sum()]


def _untouched_told(issues: list[str], lang: str) -> str:
    if not issues:
        return ""
    return say("mapping_papers.untouched", lang, issues=join_words(issues, lang))


def _named_partners(register: Register, lang: str) -> tuple[Block, ...]:
    """Every partner the offices name, with how many usulan name it, the most often named first."""
    mitra = register.mitra[register.mitra["mitra_nama"].notna()]
    if mitra.empty:
        return sentence(say("mapping_papers.no_partners", lang))
    field = form_of(register.dossier).table("mitra").field("mitra_jenis")
    kinds = {choice.code: choice.labels[language(lang)] for choice in field.choices}
    told = mitra.assign(mitra_jenis=mitra["mitra_jenis"].fillna(""))
    numbers = told.groupby(["mitra_nama", "mitra_jenis"])["usulan_id"].nunique().reset_index()
    ordered = numbers.sort_values(
        ["usulan_id", "mitra_nama", "mitra_jenis"], ascending=[False, True, True], kind="stable"
    )
    columns = (
        Column(say("mapping_papers.column_partner", lang), width=4.0),
        Column(say("mapping_papers.column_partner_kind", lang), width=3.0),
        Column(
            say("mapping_papers.column_named_by", lang), "right", kind="integer", measure="named_by"
        ),
    )
    rows = [row for _, row in records(ordered)]
    body = tuple(
        (
            str(row["mitra_nama"]), kinds.get(str(row["mitra_jenis"]), DASH),
            count(row["usulan_id"], lang),
        )
        for row in rows
    )  # fmt: skip
    subjects = tuple(f"mitra/{row['mitra_jenis']}|{row['mitra_nama']}" for row in rows)
    caption = say_counted("mapping_papers.partners", len(body), lang, n=count(len(body), lang))
    origin = "table_partners@mitra/*"
    return (Table(caption, columns, body, "", 0, subjects, "", "named_partners", origin),)
