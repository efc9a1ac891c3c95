"""The DAC and Dunn criteria as tables: over all documents, document by document, and what they are read from."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.criteria_rules import CriteriaRules, Criterion, read_criteria_rules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, say
from ksd_toolkit.tables.cells import DASH, listed
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, nothing, reviewed


def totals(review: Review, criteria: str = "dac", lang: str = "id") -> Shown:
    """The six criteria of one set over all monitored documents, with the questions they were read from.

    Args:
        review: The review.
        criteria: `dac` or `dunn`.
        lang: The language.
    """
    rules, found = read_criteria_rules(), review.criteria_totals
    facts = {"set": rules.set_label(criteria, lang), "grades": _grades(rules, lang)}
    if review.criteria.empty:
        return nothing("criteria", lang, facts)
    named = {criterion.code: criterion for criterion in rules.of_set(criteria)}
    titles: list[Title] = [
        ("criterion", "left", 1.5),
        ("sources", "left", 3.6),
        ("mean", "right", 0.9),
    ]
    titles += [("grade", "left", 1), ("documents", "right", 0.9), ("lowest", "left", 1.6)]
    records = found[found["set"] == criteria].to_dict("records")
    rows = [
        (
            named[row["criterion"]].label(lang),
            _sources(named[row["criterion"]], rules, lang),
            _value(row["value"], lang),
            _grade(row["value"], rules, lang),
            count(row["documents"], lang),
            DASH if pd.isna(row["lowest"]) else _lowest(row["lowest"], row["lowest_value"], lang),
        )
        for row in records
    ]
    subjects = about("kriteria", (f"*|{criteria}.{row['criterion']}" for row in records))
    return reviewed("criteria", titles, rows, lang, subjects=subjects, facts=facts)


def by_document(review: Review, criteria: str = "dac", lang: str = "id") -> Shown:
    """A row per monitored document, a column per criterion of one set; a dash where nothing was answered."""
    rules, found = read_criteria_rules(), review.criteria
    found = found[found["set"] == criteria]
    facts = {"set": rules.set_label(criteria, lang)}
    if found.empty:
        return nothing("criteria", lang, facts)
    wanted = rules.of_set(criteria)
    titles: list[Title] = [("no_dok", "left", 1.3), ("periode", "left", 0.9)]
    titles = [*titles, *((f"{criteria}_{one.code}", "right", 1.0) for one in wanted)]
    rows: list[tuple[str, ...]] = []
    for (number, period), group in found.groupby(["no_dok", "periode"], sort=True):
        values = dict(zip(group["criterion"], group["value"], strict=True))
        rows.append((str(number), str(period), *(_value(values[one.code], lang) for one in wanted)))
    subjects = about("kriteria", (f"{row[0]}|{criteria}" for row in rows))
    return reviewed("criteria_by_document", titles, rows, lang, subjects=subjects, facts=facts)


def sources(review: Review, lang: str = "id") -> Shown:
    """Which answers every criterion is read from and what each answer is worth: the table of the rules."""
    rules = read_criteria_rules()
    titles: list[Title] = [("source", "left", 3), ("worth", "left", 4), ("feeds", "left", 3)]
    rows = [
        (
            source.label(lang),
            listed(
                say(
                    "periodic.worth",
                    lang,
                    answer=source.option_label(code, lang),
                    worth=count(source.worth(code), lang),
                )
                for code in source.points
            )
            or say("periodic.worth_percent", lang),
            listed(_feeds(source.code, rules, lang)),
        )
        for source in rules.sources.values()
    ]
    subjects = about("sumber", rules.sources)
    return reviewed("criterion_sources", titles, rows, lang, subjects=subjects)


def _feeds(code: str, rules: CriteriaRules, lang: str) -> list[str]:
    """The criteria a source feeds, each with the short name of its set."""
    return [
        say(f"periodic.feeds.{one.set}", lang, criterion=mid_sentence(one.label(lang)))
        for one in rules.criteria
        if code in one.sources
    ]


def _sources(criterion: Criterion, rules: CriteriaRules, lang: str) -> str:
    return listed(rules.sources[code].label(lang) for code in criterion.sources)


def _value(value: float, lang: str) -> str:
    return DASH if pd.isna(value) else count(value, lang)


def _grade(value: float, rules: CriteriaRules, lang: str) -> str:
    if pd.isna(value):
        return say("periodic.not_assessable", lang)
    return rules.grade(value).label(lang)


def _grades(rules: CriteriaRules, lang: str) -> str:
    """The classes with their cut points."""
    return listed(
        say("periodic.grade_rest", lang, grade=grade.label(lang))
        if grade.from_percent is None
        else say(
            "periodic.grade_from",
            lang,
            grade=grade.label(lang),
            cut=count(grade.from_percent, lang),
        )
        for grade in rules.grades
    )


def _lowest(number: str, value: float, lang: str) -> str:
    return say("periodic.lowest", lang, no_dok=number, value=count(value, lang))
