"""A cell of the register of agreements as a person would type it, so that reading it again gives the same answer."""

from datetime import date
from typing import Final

from ksd_toolkit.publishing.questionnaire_style import Typed, choice_text
from ksd_toolkit.questionnaire import Field
from ksd_toolkit.questionnaire.values import parse
from ksd_toolkit.register.contents import AnswerRow

CELL_LIMIT: Final = (
    32_767  # letters a cell of a workbook holds, as its makers count them: UTF-16 units
)
_FIRST_DAY: Final = date(1900, 3, 1)  # spreadsheets count a day too many before it


def typed(answer: AnswerRow | None, question: Field, lang: str) -> Typed:
    """What stands in the cell: dates and money as such, choices by their labels, TT and TB as words.

    Args:
        answer: The answer as the register keeps it; None where there was no such column.
        question: What was asked.
        lang: The language of the labels.
    """
    if answer is None or answer.state == "kosong":
        return None
    if answer.value is None:  # TT, TB, or a text nobody could read, as it was typed
        return answer.raw if answer.state == "tak_terbaca" else answer.state
    if question.type == "date":
        day = date.fromisoformat(answer.value)
        return day if day >= _FIRST_DAY else answer.value
    if question.type in {"integer", "decimal"}:
        return float(answer.value)
    return _label(answer.value, question, lang) if question.choices else answer.value


def _label(code: str, question: Field, lang: str) -> str:
    """The label of a choice, unless two choices share it or it means no answer: then the code."""
    choice = next((one for one in question.choices if one.code == code), None)
    label = code if choice is None else choice_text(choice, lang)
    understood = parse(label, question)
    return label if understood.value == code and not understood.notes else code


def is_too_long(value: Typed) -> bool:
    """Whether a text is longer than a cell can be."""
    return (
        isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) > 2 * CELL_LIMIT
    )
