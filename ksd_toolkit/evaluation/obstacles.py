"""Obstacles of a half-year as they were told: the same words are told once, no word is changed."""

from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester

_COLUMNS: Final = ("obstacle", "no_dok", "raters", "documents")


def obstacles_of(monev: pd.DataFrame, rules: EvaluationRules, semester: Semester) -> pd.DataFrame:
    """What hindered the documents in one half-year, in the words of every assessor.

    Words that differ only in capitals, spaces or a closing full stop are the same obstacle; it is
    shown as it was first told.

    Returns:
        `obstacle, no_dok` (the documents, joined by `; `), `raters` (who told it, in the order in which
        they speak, joined alike) and `documents` (how many); those of most documents first, then by
        number.
    """
    order = {rater: place for place, rater in enumerate(rules.raters)}
    rows = monev[(monev["periode"] == str(semester)) & monev["kendala"].notna()]
    place = rows["penilai"].map(order).fillna(len(order))
    rows = rows.assign(_place=place).sort_values(["no_dok", "_place"], kind="stable")
    told: dict[str, list[tuple[str, str, str]]] = {}
    for number, rater, words in zip(rows["no_dok"], rows["penilai"], rows["kendala"], strict=True):
        told.setdefault(_folded(words), []).append((str(words), str(number), str(rater)))
    found = [_group(entries, rules) for entries in told.values()]
    frame = pd.DataFrame(found, columns=list(_COLUMNS))
    frame = frame.astype({"obstacle": "str", "no_dok": "str", "raters": "str", "documents": int})
    return frame.sort_values(
        ["documents", "no_dok"], ascending=[False, True], kind="stable", ignore_index=True
    )


def _group(entries: list[tuple[str, str, str]], rules: EvaluationRules) -> tuple[object, ...]:
    numbers = dict.fromkeys(number for _, number, _ in entries)
    raters = {rater for _, _, rater in entries}
    spoke = [rater for rater in rules.raters if rater in raters]
    return entries[0][0], "; ".join(numbers), "; ".join(spoke), len(numbers)


def _folded(words: object) -> str:
    return " ".join(str(words).casefold().rstrip(". ").split())
