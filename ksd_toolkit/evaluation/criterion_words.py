"""A criterion of a document in one sentence: its value, and every answer it was read from."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation.criteria_rules import Criterion, Source, read_criteria_rules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, percent, say
from ksd_toolkit.remembering import remembered


def criterion_sentence(
    criteria: pd.DataFrame, sources: pd.DataFrame, no_dok: str, name: str, lang: str = "id"
) -> str:
    """How a document stands in a criterion, and on what that rests.

    Raises:
        InputError: The document was not monitored, or there is no such criterion.
    """
    rules = read_criteria_rules()
    criterion = rules.find(name)
    if criterion is None:
        known = join_words([one.name for one in rules.criteria], lang)
        raise InputError("periodic.unknown_criterion", name=name, known=known)
    rows = remembered("criteria", None, criteria, lambda: _by_criterion(criteria))
    row = rows.get((no_dok, criterion.set, criterion.code))
    if row is None:
        raise InputError("periodic.not_monitored", no_dok=no_dok)
    answers = remembered("criterion_sources", None, sources, lambda: _by_document(sources))
    told = answers.get(no_dok, {})
    facts = {
        "no_dok": no_dok,
        "criterion": criterion.label(lang),
        "asks": criterion.question(lang),
        "set": mid_sentence(rules.set_label(criterion.set, lang)),
        "period": row["periode"],
        "sources": sources_told(criterion, told, lang),
    }
    if pd.isna(row["value"]):
        return say("periodic.criterion.none", lang, **facts)
    grade = mid_sentence(rules.grade(row["value"]).label(lang))
    facts |= {"value": count(row["value"], lang), "grade": grade}
    facts |= {"answered": count(row["answered"], lang), "whole": count(row["sources"], lang)}
    return say("periodic.criterion.sentence", lang, **facts)


def _by_criterion(criteria: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The rows by document, set and criterion."""
    return {(row["no_dok"], row["set"], row["criterion"]): row for _, row in records(criteria)}


def _by_document(sources: pd.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """What each source says, by document."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for _, row in records(sources):
        found[row["no_dok"]][row["source"]] = row
    return found


def sources_told(
    criterion: Criterion, told: Mapping[Any, Mapping[Any, Any]], lang: str = "id"
) -> str:
    """Every source of a criterion with what it says, blanks too."""
    rules = read_criteria_rules()
    return "; ".join(
        source_told(rules.sources[code], told[code], lang) for code in criterion.sources
    )


def source_told(source: Source, row: Mapping[Any, Any], lang: str = "id") -> str:
    """What one source says: the answer or the figure, with what it is worth; or that it is blank."""
    label = mid_sentence(source.label(lang))
    if pd.isna(row["told"]):
        return say("periodic.criterion.blank", lang, source=label)
    if source.points:
        answer = mid_sentence(source.option_label(str(row["told"]), lang))
    else:
        answer = percent(float(row["told"]), 1, lang)
    if pd.isna(row["percent"]):
        return say("periodic.criterion.unread", lang, source=label, answer=answer)
    worth = count(row["percent"], lang)
    return say("periodic.criterion.source", lang, source=label, answer=answer, worth=worth)
