"""A column of answers: every distinct text understood once, by the same rules as a single cell.

Answers repeat. A column of fifty thousand scores holds seven texts; whatever is asked of a column
is asked of those, and a row only knows which of them is its own.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.questionnaire.cells import DateOrder, Manner, Parsed, Raw, as_text
from ksd_toolkit.questionnaire.dates import column_order
from ksd_toolkit.questionnaire.form import Field
from ksd_toolkit.questionnaire.values import parse

Codes = np.ndarray[tuple[int], np.dtype[np.intp]]
"""For every row the number of its distinct answer."""

_FEW: Final = 500  # rows; below it a dictionary is faster than an array
_ONE_KIND: Final = frozenset({"string", "integer", "floating", "empty"})


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
) -> Column:
    """Understand a column.

    Args:
        raws: Its cells from the first row on; a missing one is blank.
        question: What it answers.
        manner: Whether the form writes the day first, and the day it is.
        percent: The rows whose cell is shown as a percentage, counted from 0.
    """
    uniques, codes = _distinct(raws, percent)
    texts = tuple(as_text(raw) for raw, _ in uniques)
    order: DateOrder = manner.order
    if question.type == "date":
        order = column_order(
            (t for t, (raw, _) in zip(texts, uniques, strict=True) if isinstance(raw, str)), order
        )
    manners = {
        shown: Manner(order, shown, manner.today) for shown in {shown for _, shown in uniques}
    }
    parsed = tuple(parse(raw, question, manners[shown]) for raw, shown in uniques)
    return Column(question, parsed, texts, codes)


def _distinct(
    raws: Sequence[Raw], percent: Collection[int]
) -> tuple[list[tuple[Raw, bool]], Codes]:
    """The distinct cells with whether they are shown as percentages, and for every row its number."""
    if len(raws) > _FEW and not percent:
        values = np.empty(len(raws), dtype=object)
        values[:] = raws
        # `1`, `1.0` and True are equal to a dictionary and to pandas, not to the author of a cell
        if pd.api.types.infer_dtype(values, skipna=True) in _ONE_KIND:
            codes, uniques = pd.factorize(values)
            if len(codes) and codes.min() < 0:  # missing cells
                codes = np.where(codes < 0, len(uniques), codes)
                return [*((raw, False) for raw in uniques), (None, False)], codes
            return [(raw, False) for raw in uniques], codes
    return _distinct_of_any_kind(raws, percent)


def _distinct_of_any_kind(
    raws: Sequence[Raw], percent: Collection[int]
) -> tuple[list[tuple[Raw, bool]], Codes]:
    numbers: dict[tuple[type, Raw, bool], int] = {}
    codes = [
        numbers.setdefault((type(raw), raw, row in percent), len(numbers))
        for row, raw in enumerate(raws)
    ]
    return [(raw, shown) for _, raw, shown in numbers], np.array(codes, dtype=np.intp)
