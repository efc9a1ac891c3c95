"""A column of answers: every distinct text understood once, by the same rules as a single cell.

Answers repeat. A column of fifty thousand scores holds seven texts; whatever is asked of a column
is asked of those, and a row only knows which of them is its own.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.questionnaire.cells import Manner, Parsed, Raw, as_text
from ksd_toolkit.questionnaire.dates import column_order
from ksd_toolkit.questionnaire.form import Field
from ksd_toolkit.questionnaire.numbers import column_point
from ksd_toolkit.questionnaire.values import understanding

Codes = np.ndarray[tuple[int], np.dtype[np.intp]]
"""For every row the number of its distinct answer."""
Values = np.ndarray[tuple[int], np.dtype[np.object_]]

_FEW: Final = 500  # rows; below it a dictionary is faster than an array
_NUMERIC: Final = frozenset({"integer", "decimal"})
_EQUAL_TO_TRUTH: Final = (0, 1)
_LOST_MARKS: Final = frozenset({"=", "#"})  # what stands in a cell whose value is lost


@dataclass(frozen=True, slots=True)
class Column:
    """The answers to one question: distinct ones with their texts, and for every row its number."""

    question: Field
    distinct: tuple[Parsed, ...]
    texts: tuple[str, ...]
    codes: Codes

    def at(self, row: int) -> Parsed:
        """The answer in a row, counted from 0."""
        return self.distinct[int(self.codes[row])]

    def text(self, row: int) -> str:
        """What stands in a row."""
        return self.texts[int(self.codes[row])]

    def rows_where(self, holds: Callable[[Parsed], bool]) -> Codes:
        """The rows whose answer is such, counted from 0."""
        those = np.fromiter((holds(one) for one in self.distinct), bool, len(self.distinct))
        return np.flatnonzero(those[self.codes])


def read_column(
    raws: Sequence[Raw],
    question: Field,
    manner: Manner,
    percent: Collection[int] = (),
    beside: Collection[str] = (),
) -> Column:
    """Understand a column.

    Args:
        raws: Its cells from the first row on; a missing one is blank.
        question: What it answers.
        manner: Whether the form writes the day first, and the day it is.
        percent: The rows whose cell is shown as a percentage, counted from 0.
        beside: Other dates of the same hand, which tell with these whether the day comes first.
    """
    uniques, shown, codes = _distinct(raws, percent)
    texts = tuple(map(as_text, uniques))
    if question.type == "date":
        manner = replace(manner, order=column_order((*texts, *beside), manner.order))
    else:
        manner = _of_column(manner, question, uniques, texts)
    understand = understanding(question)
    pairs = zip(uniques, texts, strict=True)
    if shown:
        plain, as_percent = (replace(manner, percent=one) for one in (False, True))
        parsed = tuple(
            understand(raw, text, as_percent if number in shown else plain)
            for number, (raw, text) in enumerate(pairs)
        )
    else:
        parsed = tuple([understand(raw, text, manner) for raw, text in pairs])
    return Column(question, parsed, texts, codes)


def _of_column(
    manner: Manner, question: Field, uniques: Sequence[Raw], texts: Sequence[str]
) -> Manner:
    """What a column of figures tells about its cells: whether a point is a comma."""
    if question.type in _NUMERIC and question.format != "money":  # a rupiah is not divided
        written = (t for raw, t in zip(uniques, texts, strict=True) if isinstance(raw, str))
        return replace(manner, point=column_point(written))
    return manner


def _distinct(
    raws: Sequence[Raw], percent: Collection[int]
) -> tuple[list[Raw], Collection[int], Codes]:
    """The distinct cells, which of them are shown as percentages, and for every row its number."""
    if len(raws) < _FEW or percent:
        return _distinct_of_any_kind(raws, percent)
    values: Values = np.asarray(raws, dtype=object)
    codes, uniques = pd.factorize(values)
    if _hide_another(values, codes, uniques):
        return _distinct_of_any_kind(raws, percent)
    found: list[Raw] = list(uniques)
    if codes.min() < 0:  # missing cells
        codes = np.where(codes < 0, len(found), codes)
        found.append(None)
    return found, (), codes


def _hide_another(values: Values, codes: Codes, uniques: Values) -> bool:
    """Whether cells were taken for one that only Python takes for equal: True and 1, `=` typed and lost."""
    if set(map(type, values[codes < 0])) - {type(None)}:
        return True  # no number is no blank
    suspect = [
        number
        for number, raw in enumerate(uniques)
        if raw.__class__ is not str or raw[:1] in _LOST_MARKS
    ]
    for number in suspect:
        raw = uniques[number]
        if isinstance(raw, str) or raw in _EQUAL_TO_TRUTH:
            kinds = set(map(type, values[codes == number]))
            if len(kinds) > 1 and kinds != {int, float}:
                return True
    return False


def _distinct_of_any_kind(
    raws: Sequence[Raw], percent: Collection[int]
) -> tuple[list[Raw], Collection[int], Codes]:
    numbers: dict[tuple[type, Raw, bool], int] = {}
    codes = [
        numbers.setdefault((type(raw), raw, row in percent), len(numbers))
        for row, raw in enumerate(raws)
    ]
    shown = {number for number, (_, _, is_percent) in enumerate(numbers) if is_percent}
    return [raw for _, raw, _ in numbers], shown, np.array(codes, dtype=np.intp)
