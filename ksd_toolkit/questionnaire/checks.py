"""What the form asks beside other answers: conditions and rules over the row, judged once per combination.

A condition that is not met leaves an answer in place and says so; the question then is not asked,
and may stay blank. A rule that is broken makes the answer unreadable, as a rule of its own does.
Where an answer it asks about could not be read, nothing is judged: that answer has its own problem.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from ksd_toolkit.questionnaire.cells import Note, Parsed
from ksd_toolkit.questionnaire.column import Codes, Column
from ksd_toolkit.questionnaire.form import Field, Rule
from ksd_toolkit.questionnaire.values import kept_rule

Columns = Mapping[str, Column]


def judged(columns: Columns, today: date | None) -> dict[str, Column]:
    """The columns with every answer judged beside the others of its row.

    Args:
        columns: The answers by question; all have the same rows.
        today: What `today()` means in a rule; the dossier's `tanggal_acuan`.
    """
    return {name: _judged(column, columns, today) for name, column in columns.items()}


def not_evaluated(question: Field) -> Iterator[Rule]:
    """The rule or condition of a question that nothing here can evaluate."""
    rules = (question.rule, question.relevant)
    yield from (rule for rule in rules if rule is not None and rule.test is None)


def _judged(column: Column, columns: Columns, today: date | None) -> Column:
    question = column.question
    rule = question.rule if question.rule is not None and question.rule.asks_others else None
    relevant = question.relevant if question.relevant and question.relevant.test else None
    if rule is None and relevant is None:
        return column
    asked = {
        name for one in (rule, relevant) if one and one.test for name in one.test.fields
    } & columns.keys()
    names = sorted(asked - {question.name})
    involved = [column, *(columns[name] for name in names)]
    combinations, codes = _combinations(involved)
    distinct, texts = [], []
    for numbers in combinations:
        cells = [one.distinct[n] for one, n in zip(involved, numbers, strict=True)]
        text = column.texts[numbers[0]]
        row = dict(zip((question.name, *names), cells, strict=True))
        distinct.append(_judge(cells[0], text, row, (rule, relevant), today))
        texts.append(text)
    return Column(question, tuple(distinct), tuple(texts), codes)


def _judge(
    own: Parsed,
    text: str,
    row: Mapping[str, Parsed],
    rules: tuple[Rule | None, Rule | None],
    today: date | None,
) -> Parsed:
    rule, relevant = rules
    values = {name: _said(cell) for name, cell in row.items()}
    if relevant and _readable(relevant, row) and not relevant.holds(values, values, today):
        is_blank = not own.problem and own.state == "kosong"
        notes = own.notes if is_blank else (*own.notes, Note("cell.not_asked"))
        return own._replace(asked=False, notes=notes)
    if rule and _readable(rule, row):
        return kept_rule(rule, own, text, values, today)
    return own


def _readable(rule: Rule, row: Mapping[str, Parsed]) -> bool:
    """Whether every answer the rule asks about could be read."""
    fields = rule.test.fields if rule.test else frozenset()
    return not any(row[name].problem for name in fields if name in row)


def _said(cell: Parsed) -> object:
    """An answer as a rule sees it: `TT` and `TB` are codes like others, a blank is nothing."""
    return cell.state if cell.state in {"TT", "TB"} else cell.value


def _combinations(columns: list[Column]) -> tuple[list[tuple[int, ...]], Codes]:
    """The combinations that occur, as numbers of distinct answers, and for every row its own."""
    joined = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        joined = joined * len(column.distinct) + column.codes
        joined, _ = pd.factorize(joined)  # keeps the numbers small however many columns there are
    codes, first = joined.astype(np.intp), pd.Series(joined).drop_duplicates().index
    picked = [tuple(int(column.codes[row]) for column in columns) for row in first]
    return picked, codes
