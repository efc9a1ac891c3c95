"""A figure as Indonesians write it, and what is worth telling about how it was understood."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ksd_toolkit.questionnaire.cells import Manner, Note, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Field

_MULTIPLES: Final = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9,
    "milyard": 10**9, "milliar": 10**9, "m": 10**9, "triliun": 10**12, "trilyun": 10**12, "t": 10**12,
}  # fmt: skip
_PERCENT_SIGNS: Final = frozenset({"%", "persen"})
_PERCENT, _MONEY = "percent", "money"  # formats of questions
_NUMBER: Final = re.compile(
    r"(?P<minus>-)?\s*(?P<money>rp\.?|idr)?\s*(?P<minus2>-)?\s*(?P<digits>\d[\d., ]*?)(?:,-)?"
    r"\s*(?P<unit>%|persen|[a-z]+)?\.?"
)
_MONEY_WORDS: Final = re.compile(
    r"(?P<figure>.*\d.*?)(?P<rupiah>\s*rupiah)?(?P<term>\s*(?:/|\bper\b|\btiap\b)\s*(?:tahun|thn|th)\.?)?",
    re.I,
)
_ABOUT: Final = re.compile(r"(?:\u00b1|\+/?-|sekitar\b|kira-kira\b|kurang lebih\b|approx)", re.I)
_ALSO_MEASURES: Final = frozenset({"m", "t"})  # `5 m` may be metres, `5 t` tons; money writes `5 M`
_EXACT: Final = 10  # decimals of a percentage kept from a binary fraction: 0.07 * 100 is 7

_DIGIT_SHAPES: Final = (
    # shape, mark of thousands, decimal mark, what to tell
    (re.compile(r"\d+"), "", "", ""),
    (re.compile(r"[1-9]\d{0,2}\.\d{3}"), ".", ",", "cell.thousands_dot"),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+,\d+"), ".", ",", ""),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3}){2,}"), ".", ",", ""),
    (re.compile(r"[1-9]\d{0,2}( \d{3})+(,\d+)?"), " ", ",", ""),
    (re.compile(r"[1-9]\d{0,2},\d{3}"), "", ",", "cell.decimal_comma"),
    (re.compile(r"\d+,\d+"), "", ",", ""),
    (re.compile(r"[1-9]\d{0,2}(,\d{3})+\.\d+"), ",", ".", "cell.english_number"),
    (re.compile(r"(0|[1-9]\d*)\.\d+"), "", ".", "cell.decimal_point"),  # `0.125`: no thousands
)
_POINTS: Final = frozenset({"cell.decimal_point", "cell.english_number"})
_ONLY_INFO: Final = frozenset({"cell.thousands_dot", "cell.money_words"})


@dataclass(frozen=True, slots=True)
class Written:
    """A number read from a text: its value, the code of what is worth telling, and its unit or `%`."""

    value: Decimal
    note: str = ""
    percent: bool = False
    unit: str = ""


def read_number(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The number in a cell; in percent where the question asks so, whichever way it is written."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if not math.isfinite(raw):
            return unreadable("cell.number", text)
        value = round(raw * 100, _EXACT) if manner.percent else raw
        written = Written(Decimal(repr(float(value))), "", manner.percent)
        text = f"{_indonesian(written.value)}%" if manner.percent else text  # as the office sees it
    elif (found := _written(text, question, manner)) is not None:
        written = found
    else:
        return unreadable("cell.number_about" if _ABOUT.match(text) else "cell.number", text)
    return Parsed(float(written.value), notes=tuple(_notes(written, text, question)))


def read_integer(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The whole number in a cell."""
    parsed = read_number(raw, text, question, manner)
    whole = isinstance(parsed.value, float) and parsed.value.is_integer()
    if whole or parsed.problem == "cell.number_about":
        return parsed
    return unreadable("cell.integer", text)


def _written(text: str, question: Field, manner: Manner) -> Written | None:
    written = written_number(text, point=manner.point)
    return _money_in_words(text) if written is None and question.format == _MONEY else written


def _money_in_words(text: str) -> Written | None:
    """A sum with `rupiah` or `per tahun` behind it; what it is per is told, not reckoned with."""
    match = _MONEY_WORDS.fullmatch(text)
    if match is None or not (match["rupiah"] or match["term"]):
        return None
    sum_of_money = written_number(match["figure"])
    if sum_of_money is None or sum_of_money.percent:
        return None
    return replace(sum_of_money, note="cell.money_words") if match["term"] else sum_of_money


def is_percent(unit: str) -> bool:
    """Whether a unit is percent: `%`, `persen`, also `persen (%)`."""
    marks = re.findall(r"%|\w+", unit.casefold())
    return bool(marks) and set(marks) <= _PERCENT_SIGNS


def parse_number(text: str) -> Decimal | None:
    """A number written the Indonesian way; None when it is not one or could mean two things.

    `Rp 1,2 miliar` is 1200000000, `1.234.567,8` is 1234567.8, `(1.000)` is -1000 and `nihil` is 0;
    `5-10`, `> 100`, `1e5` and `5 m` are None.
    """
    written = written_number(text)
    return None if written is None else written.value


def column_point(texts: Iterable[str]) -> bool:
    """Whether a column writes decimals with a point, so that `907.491` in it has no thousands.

    Unmistakable points (`88.35`) must outnumber the doubtful ones, and nobody may have written a
    comma or several points. `2.5 juta` proves nothing: the same hand writes `500.000`.

    Args:
        texts: The distinct texts of the column.
    """
    sure = doubtful = 0
    for text in texts:
        written = written_number(text) if "." in text or "," in text else None
        if written is None:
            continue
        if written.note == "cell.thousands_dot":
            doubtful += 1
        elif written.note in _POINTS and not written.unit:
            sure += 1
        elif "," in text or text.count(".") > 1:
            return False
    return sure > doubtful


def written_number(text: str, *, point: bool = False) -> Written | None:
    """The same as `parse_number`, with what is worth telling about the marks used.

    Args:
        text: What stands in the cell.
        point: Whether its column writes decimals with a point.
    """
    if any(unicodedata.category(mark) == "No" for mark in text):
        return None  # a footnote mark or fraction is no digit
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    folded = plain.casefold()
    if folded == "nihil":
        return Written(Decimal(0))
    bracketed = folded.startswith("(") and folded.endswith(")")
    match = _NUMBER.fullmatch(folded.strip("()") if bracketed else folded)
    if match is None:
        return None
    digits = _plain_digits(match["digits"].strip().rstrip(","), point=point and not match["money"])
    unit = match["unit"] or ""
    if digits is None or (unit and unit not in _MULTIPLES and unit not in _PERCENT_SIGNS):
        return None
    measure = unit in _ALSO_MEASURES and not match["money"] and unit.upper() not in plain
    negative = [bracketed, bool(match["minus"]), bool(match["minus2"])].count(True)
    if measure or negative > 1:
        return None
    value, note = digits
    value *= _MULTIPLES.get(unit, 1)
    money, many = bool(match["money"]), unit in _MULTIPLES
    if (note == "cell.thousands_dot" and money and not many) or (
        note == "cell.decimal_comma" and many
    ):
        note = ""  # nobody writes a thousandth of a rupiah; `Rp 1,105 miliar` is common
    return Written(-value if negative else value, note, unit in _PERCENT_SIGNS, unit)


def _plain_digits(digits: str, *, point: bool) -> tuple[Decimal, str] | None:
    """Thousands marks removed and the decimal mark a point, by the first shape that fits."""
    for shape, thousands, mark, note in _DIGIT_SHAPES:
        if shape.fullmatch(digits) and not (point and note == "cell.thousands_dot"):
            plain = digits.replace(thousands, "") if thousands else digits
            return Decimal(plain.replace(mark, ".") if mark else plain), note
    return None


def _notes(written: Written, text: str, question: Field) -> list[Note]:
    """What the author should know: how marks were understood, and percent where none was asked."""
    meant = _indonesian(written.value)
    notes = []
    is_plain = written.note == "cell.decimal_comma" and question.format != _MONEY
    if written.note and not is_plain:
        severity = "info" if written.note in _ONLY_INFO else "warning"
        notes.append(Note(written.note, {"value": text, "meant": meant}, severity))  # type: ignore[arg-type]
    if written.percent and question.format != _PERCENT:
        notes.append(Note("cell.percent_unasked", {"value": text, "meant": meant}))
    if question.format == _PERCENT and not written.percent and 0 < abs(written.value) < 1:
        whole = _indonesian(written.value * 100)
        notes.append(Note("cell.percent_or_share", {"value": text, "meant": meant, "whole": whole}))
    return notes


def _indonesian(value: Decimal) -> str:
    """A number with a decimal comma and without marks of thousands, so that it means one thing."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")
