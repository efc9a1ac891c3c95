"""Read one answer as its author meant it: raw cell in, value and state out, never a guess.

States: answered (""), blank (`kosong`), `TT` (tidak tahu), `TB` (tidak berlaku) and unreadable
(`tak_terbaca`): such a cell keeps its raw text and carries the code of its problem. A value that
could have meant something else carries notes on how it was understood.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from ksd_toolkit.questionnaire.cells import (
    DAY_FIRST,
    Lost,
    Manner,
    Parsed,
    Raw,
    State,
    as_text,
    unreadable,
)
from ksd_toolkit.questionnaire.choices import is_label, read_one, read_several
from ksd_toolkit.questionnaire.contacts import digits_lost, read_email, read_nip, read_phone
from ksd_toolkit.questionnaire.dates import parse_date, read_date
from ksd_toolkit.questionnaire.form import Field, Rule
from ksd_toolkit.questionnaire.numbers import parse_number, read_integer, read_number
from ksd_toolkit.questionnaire.periods import read_period
from ksd_toolkit.questionnaire.places import read_region, read_regions
from ksd_toolkit.questionnaire.spans import FIRST_DAY, LAST_DAY, read_day_of_term

__all__ = [
    "DAY_FIRST", "Lost", "Manner", "Parsed", "Raw", "State", "as_text", "kept_rule", "parse",
    "parse_date", "parse_number", "understanding",
]  # fmt: skip

Reader = Callable[[Raw, str, Field, Manner], Parsed]

_WORDS: Final[dict[State, tuple[str, ...]]] = {
    "kosong": ("", "-", "\u2013", "\u2014", ".", "kosong"),
    "TT": ("tt", "tidak tahu", "tdk tahu", "tidak_tahu", "don't know", "?"),
    "TB": ("tb", "tidak berlaku", "tidak relevan", "n/a", "na", "not applicable"),
}
_MISSING: Final = {word: state for state, words in _WORDS.items() for word in words}
_NO_ANSWER: Final = {state: Parsed(None, state) for state in _WORDS}
_LONGEST_WORD: Final = 24  # letters; no word above and no error value is longer
_FORMULA: Final = "="  # what is left of one that no program has computed
_ERROR_VALUE: Final = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|NULL!|NUM!|VALUE!)")


def parse(raw: Raw, question: Field, manner: Manner = DAY_FIRST) -> Parsed:
    """The answer `raw` to `question`, by its type and format and the rule that asks of it alone.

    Args:
        raw: What stands in the cell.
        question: What was asked.
        manner: What the cell's column, look and day add to its text.
    """
    return understanding(question)(raw, as_text(raw), manner)


def understanding(question: Field) -> Callable[[Raw, str, Manner], Parsed]:
    """How a cell with a known text answers `question`: for whole columns, where `parse` asks anew."""
    by_format = _BY_FORMAT.get(question.format) if question.type == "text" else None
    read = by_format or _BY_TYPE[question.type]
    rule = question.rule
    if rule is not None and (rule.asks_others or rule.test is None):
        rule = None  # the one is judged beside the whole row, the other by nobody

    def understood(raw: Raw, text: str, manner: Manner) -> Parsed:
        if len(text) <= _LONGEST_WORD:
            if isinstance(raw, Lost) or (text[:1] == "#" and _ERROR_VALUE.fullmatch(text)):
                code = "cell.formula_lost" if text == _FORMULA else "cell.no_value"
                return unreadable(code, text)
            state = _MISSING.get(text.casefold())
            if state and not is_label(text, question):  # a status may be called `Tidak berlaku`
                return _NO_ANSWER[state]
        parsed = read(raw, text, question, manner)
        return parsed if rule is None else kept_rule(rule, parsed, text, None, manner.today)

    return understood


def kept_rule(
    rule: Rule,
    parsed: Parsed,
    text: str,
    row: Mapping[str, object] | None,
    today: date | None,
) -> Parsed:
    """The answer where it keeps the rule, else the problem with the form's own sentence."""
    if parsed.problem or parsed.value is None or rule.holds(parsed.value, row, today):
        return parsed
    facts = {f"rule_{lang}": message for lang, message in rule.messages.items()}
    said = facts.get("rule_id") or facts.get("rule_en") or rule.expression
    told: dict[str, object] = {"rule_id": said, "rule_en": said, **facts, "value": text}
    return parsed._replace(value=None, problem="cell.rule", facts=told, notes=())


def _read_text(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    if isinstance(raw, str) or not digits_lost(raw):
        return Parsed(text)
    return unreadable("cell.digits_lost", text)


_BY_TYPE: Final[dict[str, Reader]] = {
    "text": _read_text,
    "integer": read_integer,
    "decimal": read_number,
    "date": read_date,
    "select_one": read_one,
    "select_multiple": read_several,
}
_BY_FORMAT: Final[dict[str, Reader]] = {
    "region": read_region,
    "regions": read_regions,
    "period": read_period,
    "nip": read_nip,
    "phone": read_phone,
    "email": read_email,
    FIRST_DAY: read_day_of_term,
    LAST_DAY: read_day_of_term,
}
