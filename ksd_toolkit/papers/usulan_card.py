"""The card of one usulan for the plenary: facts, points by group, legal case, reasons, gaps, room for the decision."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import (
    Block,
    Heading,
    Paragraph,
    Run,
    Runs,
    Table,
    measured,
    runs,
    spaced,
    strong,
    told,
)
from ksd_toolkit.matching.legal_value import LegalCase
from ksd_toolkit.messages import decimal, join_words, language, say, trimmed
from ksd_toolkit.papers.decided_list import (
    affair_of,
    choices_text,
    class_text_of,
    columns,
    issue_of,
    kind_of,
    money_text,
    named,
    number_text,
    partners_of,
    points_text,
    target_text,
    years_text,
)
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.opening import BLANK
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.tables.cells import DASH, text_or_dash

_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_RISKS: Final = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
_FACTS: Final = (
    "office", "issue", "affair", "kind", "candidates", "description", "target", "worth", "funding",
    "plans", "risks",
)  # fmt: skip
_STANDING: Final = {"points": "points", "class": "class_name", "ranks": "ranks"}
"""Where an usulan stands, in one line above its facts, and the measure of each."""
_TO_FILL: Final = ("decision", "final_rank", "reason")
_APART: Final = "\u2003"
"""What stands between the parts of a line: as wide as its letters are high."""


@dataclass(frozen=True, slots=True, eq=False)
class Carded:
    """An usulan to be told on a card.

    `row` is its row of the list, `answers` its answers by field with missing ones as None, `legal`
    its legal case with its main partner.
    """

    usulan: str
    row: dict[str, Any]
    answers: dict[str, Any]
    legal: LegalCase


def card(case: Case, ranking: Ranking, carded: Carded) -> tuple[Block, ...]:
    """One usulan of the computed list on a page of its own."""
    usulan, row, legal = carded.usulan, carded.row, carded.legal
    lang = case.lang
    rank = number_text(row["rank"], lang)
    subject, name = f"usulan/{usulan}", named(usulan, row)
    title = told(
        "formal.card.title", lang, rank=measured(rank, "rank", subject),
        usulan=measured(name, "card_title", subject) if _numbered(row) else name,
    )  # fmt: skip
    origin = f"explain@{subject}"
    blocks: list[Block] = [
        Heading(2, title, new_page=True),
        Paragraph(_standing(ranking, usulan, row, lang)),
        Table(
            say("formal.table.card_facts", lang, usulan=usulan),
            columns(lang, ("fact", 1.6, ""), ("told", 5.0, "card_fact")),
            _facts(case, carded),
            subjects=tuple(f"{subject}/{fact}" for fact in _FACTS),
        ),
        _groups(ranking, usulan, row, lang),
        Paragraph((strong(say("formal.card.why", lang)), Run(f" {ranking.explain(usulan, lang)}")),
                  origin=origin),
        Paragraph((strong(say("formal.card.legal", lang)), Run(f" {legal.sentence(lang)}")),
                  origin=f"card_legal@{subject}", kept=True),
    ]  # fmt: skip
    missing = _missing(ranking, usulan, lang)
    state = say("formal.card.missing", lang) if missing else say("formal.card.complete", lang)
    blocks += [
        Paragraph((strong(state), Run(f" {missing}" if missing else "")), origin=origin, kept=True),
        Paragraph(_to_fill(lang)),
    ]
    return tuple(blocks)


def _to_fill(lang: str) -> Runs:
    """Decision, final place and reason beside each other, each with room to write."""
    parts = [runs(strong(f"{say(f'formal.card.{part}', lang)}:"), f" {BLANK}") for part in _TO_FILL]
    return spaced(parts, _APART)


def _standing(ranking: Ranking, usulan: str, row: dict[str, Any], lang: str) -> Runs:
    """Score, class and range of ranks on one line."""
    ends = dict.fromkeys(number_text(row[end], lang) for end in ("rank_low", "rank_high"))
    texts = {
        "points": points_text(row, ranking, lang),
        "class": class_text_of(row, ranking, usulan, lang),
        "ranks": "\u2013".join(ends),
    }
    parts = [
        runs(
            strong(f"{say(f'formal.column.{name}', lang)}:"),
            " ",
            measured(texts[name], measure, f"usulan/{usulan}"),
        )
        for name, measure in _STANDING.items()
    ]
    return spaced(parts, _APART)


def _numbered(row: dict[str, Any]) -> bool:
    """Whether the title of an usulan holds a number somebody may ask about."""
    return any(letter.isdigit() for letter in text_or_dash(row["judul"]))


def _facts(case: Case, carded: Carded) -> tuple[tuple[str, str], ...]:
    usulan, row, answers = carded.usulan, carded.row, carded.answers
    lang = case.lang
    facts = {
        "office": text_or_dash(row["opd_nama"]),
        "issue": issue_of(row, lang),
        "affair": affair_of(row, lang),
        "kind": kind_of(row, lang),
        "candidates": partners_of(case, usulan),
        "description": text_or_dash(answers["uraian"]),
        "target": target_text(answers, lang),
        "worth": _worth(answers, lang),
        "funding": choices_text(case.dossier, "sumber_dana", answers["sumber_dana"], lang),
        "plans": _plans(answers, lang),
        "risks": _risks(answers, lang),
    }
    return tuple((say(f"formal.column.{name}", lang), facts[name]) for name in _FACTS)


def _worth(answers: dict[str, Any], lang: str) -> str:
    """Term, indicative cost and yearly benefit, those that were answered; a dash where none was."""
    texts = {
        "term": years_text(answers["jangka_waktu_th"], lang),
        "cost": money_text(answers["biaya_indikatif"], lang),
        "benefit": money_text(answers["manfaat_indikatif"], lang),
    }
    told = [
        say(f"formal.worth.{name}", lang, value=text)
        for name, text in texts.items()
        if text != DASH
    ]
    return "; ".join(told) or DASH


def _plans(answers: dict[str, Any], lang: str) -> str:
    """Every plan that is named, with what was written; a dash where none is."""
    told = [
        f"{say(f'formal.plan.{plan}', lang)}: {answers[plan]}"
        for plan in _PLANS
        if answers[plan] is not None
    ]
    return "; ".join(told) or DASH


def _risks(answers: dict[str, Any], lang: str) -> str:
    """Likelihood times impact of every risk that was judged on both; a dash where none was."""
    told = []
    for risk in _RISKS:
        likely, hard = answers[f"risiko_{risk}_k"], answers[f"risiko_{risk}_d"]
        if likely is not None and hard is not None:
            product = trimmed(float(likely) * float(hard), 0, lang)
            told.append(f"{say(f'formal.risk.{risk}', lang)} {product}")
    return "; ".join(told) or DASH


def _groups(ranking: Ranking, usulan: str, row: dict[str, Any], lang: str) -> Table:
    """Weight, value and points of every group of criteria; the points sum to the score."""
    added = dict(records(ranking.contributions.loc[[usulan]]))[usulan]
    titles = columns(
        lang, ("group", 3.4, ""), ("weight", 0, "weight"), ("value", 0, "group_value"),
        ("group_points", 0, "group_points"),
    )  # fmt: skip
    body = []
    for code, one in ranking.method.groups.items():
        mine = [criterion for criterion in ranking.method.criteria if criterion.group == code]
        weight = sum(criterion.weight_percent for criterion in mine)
        value = row[code]
        body.append(
            (
                f"{code} {one.labels[language(lang)]}",
                trimmed(weight, 2, lang),
                DASH if pd.isna(value) else decimal(value, 2, lang),
                _sum_text([added[criterion.code] for criterion in mine], lang),
            )
        )
    subjects = tuple(f"usulan/{usulan}/{code}" for code in ranking.method.groups)
    caption = say("formal.table.card_groups", lang, usulan=usulan)
    return Table(
        caption, titles, tuple(body), subjects=subjects, origin=f"card_groups@usulan/{usulan}"
    )


def _sum_text(points: list[float], lang: str) -> str:
    """The points of the answered criteria together; a dash where none of them was answered."""
    answered = [one for one in points if not pd.isna(one)]
    return decimal(sum(answered), 2, lang) if answered else DASH


def _missing(ranking: Ranking, usulan: str, lang: str) -> str:
    """The criteria that apply and have no answer, by name."""
    answers, applies = ranking.leaves.answers.loc[usulan], ranking.leaves.applicable.loc[usulan]
    names = [
        criterion.labels[language(lang)]
        for criterion in ranking.method.criteria
        if applies[criterion.code] and answers[criterion.code] != answers[criterion.code]
    ]
    return join_words(names, lang)
