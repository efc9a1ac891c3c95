"""Ordered rule tables: the first row whose conditions all hold decides."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError

Condition = Mapping[str, Sequence[str]]


def first_match(facts: pd.DataFrame, conditions: Sequence[Condition]) -> "np.ndarray[Any, Any]":
    """For every row of `facts`, the number of the first condition that holds; -1 for none.

    A condition names columns and the values each may have; an empty string stands for "not
    answered", an empty condition holds always.

    Raises:
        MethodError: A condition names a column that `facts` does not have.
    """
    decided = np.full(len(facts), -1)
    answers: dict[str, list[str]] = {}
    for number, condition in enumerate(conditions):
        for column in condition.keys() - answers.keys():
            if column not in facts:
                raise MethodError("method.rule_column", column=column)
            answers[column] = facts[column].fillna("").tolist()
        decided[(decided < 0) & _holds(answers, condition, len(facts))] = number
    return decided


def _holds(
    answers: Mapping[str, Sequence[str]], condition: Condition, rows: int
) -> "np.ndarray[Any, Any]":
    holds = np.ones(rows, dtype=bool)
    for column, allowed in condition.items():
        holds &= np.fromiter((answer in allowed for answer in answers[column]), bool, rows)
    return holds
