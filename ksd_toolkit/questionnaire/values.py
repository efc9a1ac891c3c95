"""Read one answer as its author meant it: raw cell in, value and state out, never a guess.

States: answered (""), blank (`kosong`), `TT` (tidak tahu), `TB` (tidak berlaku) and unreadable
(`tak_terbaca`): such a cell keeps its raw text and carries the code of its problem. A value that
could have meant something else carries notes on how it was understood.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
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
from ksd_toolkit.questionnaire.choices import read_one, read_several
from ksd_toolkit.questionnaire.contacts import digits_lost, read_email, read_nip, read_phone
from ksd_toolkit.questionnaire.dates import parse_date, read_date
from ksd_toolkit.questionnaire.form import Field, Rule
from ksd_toolkit.questionnaire.numbers import parse_number, read_integer, read_number
from ksd_toolkit.questionnaire.periods import read_period
from ksd_toolkit.questionnaire.places import read_region, read_regions

__all__ = [
    "DAY_FIRST", "Lost", "Manner", "Parsed", "Raw", "State", "as_text", "kept_rule", "parse",
    "parse_date", "parse_number",
]  # fmt: skip

Reader = Callable[[Raw, str, Field, Manner], Parsed]

_BLANK: Final = frozenset({"", "-", "\u2013", "\u2014", ".", "kosong"})
_UNKNOWN: Final = frozenset({"tt", "tidak tahu", "tdk tahu", "tidak_tahu", "don't know", "?"})
_NOT_APPLICABLE: Final = frozenset(
    {"tb", "tidak berlaku", "tidak relevan", "n/a", "na", "not applicable"}
)
_ERROR_VALUE: Final = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|NULL!|NUM!|VALUE!)")


def parse(raw: Raw, question: Field, manner: Manner = DAY_FIRST) -> Parsed:
    """The answer `raw` to `question`, by its type and format and the rule that asks of it alone.

    Args:
        raw: What stands in the cell.
        question: What was asked.
        manner: What the cell's column, look and day add to its text.
    """
    text = as_text(raw)
    if isinstance(raw, Lost) or _ERROR_VALUE.fullmatch(text):
        return unreadable("cell.no_value", text)
    if state := _missing(text):
        return Parsed(None, state)
    read = _BY_FORMAT.get(question.format) if question.type == "text" else None
    parsed = (read or _BY_TYPE[question.type])(raw, text, question, manner)
    rule = question.rule
    if rule is None or rule.asks_others:  # such a rule is judged beside the whole row
        return parsed
    return kept_rule(rule, parsed, text, None, manner.today)


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
    return replace(parsed, value=None, problem="cell.rule", facts=told, notes=())


def _missing(text: str) -> State:
    folded = text.casefold()
    if folded in _BLANK:
        return "kosong"
    if folded in _UNKNOWN:
        return "TT"
    return "TB" if folded in _NOT_APPLICABLE else ""


def _read_text(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    return unreadable("cell.digits_lost", text) if digits_lost(raw) else Parsed(text)


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
}
