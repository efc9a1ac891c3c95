"""What the form asks beside other answers: conditions and rules over the row, judged once per combination.

A condition that is not met leaves an answer in place and says so; the question then is not asked,
and may stay blank. A rule that is broken makes the answer unreadable, as a rule of its own does.
Where an answer it asks about could not be read, nothing is judged: that answer has its own problem.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from ksd_toolkit.errors import Problem, Where
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
    by_rule = {n: _judged(c, columns, _rule_beside(c.question), today) for n, c in columns.items()}
    return {
        n: _judged(c, by_rule, _condition(c.question), today, _unless_asked)
        for n, c in by_rule.items()
    }


def not_evaluated(question: Field, present: Collection[str], where: Where) -> Iterator[Problem]:
    """Tell of a rule that cannot be judged here: it is neither passed nor broken in silence.

    Args:
        question: Whose rules they are.
        present: The questions that have an answer or a blank here.
        where: The place the rule is about.
    """
    for rule in (question.rule, question.relevant):
        if rule is not None and (rule.test is None or rule.test.fields - set(present)):
            facts = {**question.asked, "expression": rule.expression}
            yield Problem("sheet.rule_not_evaluated", where, facts, "warning")


def _rule_beside(question: Field) -> Rule | None:
    """The rule of a question that asks about other answers."""
    rule = question.rule
    return rule if rule is not None and rule.asks_others else None


def _condition(question: Field) -> Rule | None:
    """When a question is asked at all."""
    relevant = question.relevant
    return relevant if relevant is not None and relevant.test is not None else None


Verdict = Callable[[Rule, Parsed, str, Mapping[str, object], date | None], Parsed]


def _unless_asked(
    rule: Rule, own: Parsed, text: str, row: Mapping[str, object], today: date | None
) -> Parsed:
    """The answer, with a remark where it was given to a question not asked here."""
    if rule.holds(own.value, row, today):
        return own
    is_blank = not own.problem and own.state == "kosong"
    notes = own.notes if is_blank else (*own.notes, Note("cell.not_asked"))
    return own._replace(asked=False, notes=notes)


def _judged(
    column: Column,
    columns: Columns,
    rule: Rule | None,
    today: date | None,
    verdict: Verdict = kept_rule,
) -> Column:
    """The column under one rule, which sees every combination of answers it asks about once."""
    if rule is None or rule.test is None:
        return column
    own = column.question.name
    names = sorted((rule.test.fields & columns.keys()) - {own})
    involved = [column, *(columns[name] for name in names)]
    combinations, codes = _combinations(involved)
    distinct, texts = [], []
    for numbers in combinations:
        cells = [one.distinct[n] for one, n in zip(involved, numbers, strict=True)]
        row = dict(zip((own, *names), cells, strict=True))
        text = column.texts[numbers[0]]
        if _readable(rule, row):
            values = {name: _said(cell) for name, cell in row.items()}
            distinct.append(verdict(rule, cells[0], text, values, today))
        else:
            distinct.append(cells[0])
        texts.append(text)
    return Column(column.question, tuple(distinct), tuple(texts), codes)


def _readable(rule: Rule, row: Mapping[str, Parsed]) -> bool:
    """Whether every answer the rule asks about is there and could be read."""
    fields = rule.test.fields if rule.test else frozenset()
    return all(name in row and not row[name].problem for name in fields)


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
