"""The three views of the monitoring form as tables: differences, a line per document, and missing views."""

from typing import Any

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def differences(review: Review, lang: str = "id") -> Shown:
    """Every question on which assessors of one document differ, their answers side by side."""
    found = review.views
    compared = found[found["steps"].notna()]
    differing = compared[compared["steps"] > 0].sort_values(
        ["steps", "no_dok"], ascending=[False, True], kind="stable"
    )
    raters = review.rules.raters
    titles: list[Title] = [("no_dok", "left", 1.2), ("question", "left", 2.4)]
    titles += [(f"view_{rater}", "left", 1.5) for rater in raters] + [("steps", "right", 0.8)]
    rows = [
        (
            row["no_dok"],
            review.rules.question(row["question"]).label(lang),
            *(_answer(review, row, rater, lang) for rater in raters),
            count(row["steps"], lang),
        )
        for row in differing.to_dict("records")
    ]
    facts = {
        "period": review.semester,
        "compared": count(len(compared), lang),
        "same": count(len(compared) - len(differing), lang),
    }
    subjects = about("pandangan", differing["no_dok"] + "|" + differing["question"])
    name = "differences" if len(compared) else "uncompared"
    return reviewed(name, titles, rows, lang, subjects=subjects, facts=facts, row_header=1)


def by_document(review: Review, lang: str = "id") -> Shown:
    """A line per document with two views or more: on how many questions they agree, and where not."""
    found = review.views
    compared = found[found["steps"].notna()]
    titles: list[Title] = [
        ("no_dok", "left", 1.2),
        ("given", "left", 2.6),
        ("compared", "right", 1),
    ]
    titles += [("same", "right", 0.8), ("differing", "right", 0.8), ("widest", "left", 2.6)]
    groups = {str(number): rows for number, rows in compared.groupby("no_dok", sort=True)}
    rows = [
        (
            number,
            _raters([r for r in review.rules.raters if group[r].notna().any()], lang),
            count(len(group), lang),
            count((group["steps"] == 0).sum(), lang),
            count((group["steps"] > 0).sum(), lang),
            _widest(review, group, lang),
        )
        for number, group in groups.items()
    ]
    facts = {"period": review.semester}
    subjects = about("pandangan", groups)
    return reviewed("views_by_document", titles, rows, lang, subjects=subjects, facts=facts)


def missing(review: Review, lang: str = "id") -> Shown:
    """The documents of the half-year that lack a view, by name."""
    found = review.missing_views
    titles: list[Title] = [("no_dok", "left", 1.2), ("judul", "left", 3)]
    titles += [("given", "left", 2), ("missing", "left", 2)]
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            _raters(row["given"].split("; "), lang) if row["given"] else DASH,
            _raters(row["missing"].split("; "), lang),
        )
        for row in found.to_dict("records")
    ]
    facts = {"period": review.semester}
    subjects = about("pandangan", found["no_dok"])
    return reviewed("missing_views", titles, rows, lang, subjects=subjects, facts=facts)


def _answer(review: Review, row: dict[Any, Any], rater: str, lang: str) -> str:
    """What an assessor answered; the one that speaks for the document is marked."""
    if pd.isna(row[rater]):
        return DASH
    answer = review.rules.question(row["question"]).option_label(row[rater], lang)
    if row["speaks"] == rater:
        return say("periodic.view.speaking", lang, answer=answer)
    return answer


def _widest(review: Review, group: pd.DataFrame, lang: str) -> str:
    """The question on which the views are furthest apart; the first where several are."""
    row = group.iloc[int(group["steps"].to_numpy().argmax())]
    if not row["steps"]:
        return say("periodic.view.none_differs", lang)
    question = review.rules.question(str(row["question"])).label(lang)
    return say("periodic.view.widest", lang, question=question, steps=count(row["steps"], lang))


def _raters(codes: list[str], lang: str) -> str:
    """Assessors in words."""
    names = [mid_sentence(say(f"periodic.rater.{code}", lang)) for code in codes]
    return join_words(names, lang)
