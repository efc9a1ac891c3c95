"""The three views of the monitoring form side by side: where assessors differ, and which view is missing."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.rules import EvaluationRules, Question
from ksd_toolkit.evaluation.semesters import Semester

_VIEW_COLUMNS: Final = ("no_dok", "question", "views", "steps", "speaks")
_MISSING_COLUMNS: Final = ("no_dok", "judul", "given", "missing")


def views_of(monev: pd.DataFrame, rules: EvaluationRules, semester: Semester) -> pd.DataFrame:
    """How every assessor answered the eleven questions on each document in one half-year.

    Args:
        monev: One row per document, half-year and assessor.
        rules: The questions, and the assessors in the order in which they speak.
        semester: The half-year.

    Returns:
        One row per monitored document and question: `no_dok, question`, the answer of each assessor
        in a column of its name (missing where blank or not offered by the form), `views` (answers
        given), `steps` (options between the best and the worst of them; missing below two answers)
        and `speaks` (the assessor whose row stands for the document).

    Source:
        The three views of the monitoring of Kota Samarinda (11 questions).
    """
    rows = monev[(monev["periode"] == str(semester)) & monev["penilai"].isin(rules.raters)]
    told = {(row["no_dok"], row["penilai"]): row for row in rows.to_dict("records")}
    numbers = sorted(rows["no_dok"].unique())
    found = [
        _side_by_side(number, question, told, rules)
        for number in numbers
        for question in rules.questions
    ]
    columns = [*_VIEW_COLUMNS[:2], *rules.raters, *_VIEW_COLUMNS[2:]]
    kinds: dict[str, Any] = dict.fromkeys(columns, "str")
    return pd.DataFrame(found, columns=columns).astype(kinds | {"views": int, "steps": "float64"})


def _side_by_side(
    number: str, question: Question, told: dict[tuple[str, str], Any], rules: EvaluationRules
) -> dict[str, Any]:
    present = [rater for rater in rules.raters if (number, rater) in told]
    answers = {rater: told[number, rater][question.field] for rater in present}
    answers = {rater: code for rater, code in answers.items() if code in question.options}
    places = [question.scale.index(code) for code in answers.values()]
    steps = max(places) - min(places) if len(places) > 1 else None
    named = {"no_dok": number, "question": question.field}
    return named | answers | {"views": len(places), "steps": steps, "speaks": present[0]}


def missing_views_of(
    documents: pd.DataFrame, monev: pd.DataFrame, rules: EvaluationRules, semester: Semester
) -> pd.DataFrame:
    """The documents assessed in one half-year that lack a view, by name.

    Documents nobody assessed are gaps in the monitoring, not here.

    Returns:
        `no_dok, judul, given, missing`: assessors, joined by `; `, in the order in which they speak.
    """
    rows = monev[monev["periode"] == str(semester)]
    titles = dict(zip(documents["no_dok"], documents["judul"], strict=True))
    found = []
    for number, group in rows.groupby("no_dok", sort=True):
        raters = set(group["penilai"])
        absent = [rater for rater in rules.raters if rater not in raters]
        if absent:
            found.append(
                {
                    "no_dok": number,
                    "judul": titles.get(number),
                    "given": "; ".join(r for r in rules.raters if r in raters),
                    "missing": "; ".join(absent),
                }
            )
    return pd.DataFrame(found, columns=list(_MISSING_COLUMNS)).astype("str")


def agreement_of(views: pd.DataFrame, rules: EvaluationRules) -> pd.DataFrame:
    """How far apart the views are, question by question, over the documents with two views or more.

    Returns:
        `question, compared` (documents), `same, one_step, more` (documents by the distance of their views).
    """
    compared = views[views["steps"].notna()]
    rows = []
    for question in rules.questions:
        steps = compared.loc[compared["question"] == question.field, "steps"]
        rows.append(
            {
                "question": question.field,
                "compared": len(steps),
                "same": int((steps == 0).sum()),
                "one_step": int((steps == 1).sum()),
                "more": int((steps > 1).sum()),
            }
        )
    return pd.DataFrame(rows)
