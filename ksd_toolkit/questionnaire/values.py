"""Read one answer as its author meant it: raw cell in, value and state out, never a guess.

States: answered (""), blank (`kosong`), `TT` (tidak tahu), `TB` (tidak berlaku) and unreadable
(`tak_terbaca`): such a cell keeps its raw text and carries the code of its problem.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from ksd_toolkit.questionnaire.form import Choice, Field

Raw = str | float | int | bool | date | datetime | time | timedelta | None
State = Literal["", "kosong", "TT", "TB", "tak_terbaca"]

_BLANK: Final = frozenset({"", "-", "\u2013", "\u2014", ".", "kosong"})
_UNKNOWN: Final = frozenset({"tt", "tidak tahu", "tdk tahu", "tidak_tahu", "don't know", "?"})
_NOT_APPLICABLE: Final = frozenset(
    {"tb", "tidak berlaku", "tidak relevan", "n/a", "na", "not applicable"}
)
_EXACT_DIGITS: Final = 15  # Excel keeps no more digits of a number


_ERROR_VALUE: Final = re.compile(r"#(DIV/0!|REF!|N/A|NAME\?|NULL!|NUM!|VALUE!)")


class Lost(str):
    """What stands in a cell whose value is gone: an error such as `#DIV/0!`, or a bare formula."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value with its state, or the code and facts of the problem that kept it from being read."""

    value: str | float | date | None
    state: State = ""
    problem: str = ""
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def outcome(self) -> State:
        """The state as the register keeps it."""
        return "tak_terbaca" if self.problem else self.state


def parse(raw: Raw, question: Field) -> Parsed:
    """The answer `raw` to `question`."""
    text = as_text(raw)
    if isinstance(raw, Lost) or _ERROR_VALUE.fullmatch(text):
        return Parsed(None, "", "cell.no_value", {"value": text})
    if state := _missing(text):
        return Parsed(None, state)
    parsed = _PARSERS[question.type](raw, text, question)
    rule = question.rule
    if parsed.problem or rule is None or parsed.value is None or rule.holds(parsed.value):
        return parsed
    facts = {f"rule_{lang}": message for lang, message in rule.messages.items()}
    return Parsed(None, "", "cell.rule", {"value": text, **facts})


def as_text(raw: Raw) -> str:
    """A cell as text, without stray spaces; whole floats lose their `.0`, dates become ISO."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "ya" if raw else "tidak"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _missing(text: str) -> State:
    folded = text.casefold()
    if folded in _BLANK:
        return "kosong"
    if folded in _UNKNOWN:
        return "TT"
    return "TB" if folded in _NOT_APPLICABLE else ""


def _text(raw: Raw, text: str, question: Field) -> Parsed:
    if isinstance(raw, float) and abs(raw) >= 10**_EXACT_DIGITS:
        return Parsed(None, "", "cell.digits_lost", {"value": text})
    return Parsed(text)


# --- numbers -------------------------------------------------------------------------------

_MULTIPLES: Final = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9,
    "m": 10**9, "triliun": 10**12, "trilyun": 10**12, "t": 10**12,
}  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?P<minus>-)?\s*(?P<money>rp\.?|idr)?\s*(?P<minus2>-)?\s*(?P<digits>\d[\d., ]*?)(?:,-)?"
    r"\s*(?P<unit>%|persen|[a-z]+)?\.?"
)
_ALSO_MEASURES: Final = frozenset({"m", "t"})  # `5 m` may be metres, `5 t` tons; money writes `5 M`


def _number(raw: Raw, text: str, question: Field) -> Parsed:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Parsed(float(raw))
    value = parse_number(text)
    if value is None:
        return Parsed(None, "", "cell.number", {"value": text})
    return Parsed(float(value))


def _integer(raw: Raw, text: str, question: Field) -> Parsed:
    parsed = _number(raw, text, question)
    if isinstance(parsed.value, float) and not parsed.value.is_integer():
        return Parsed(None, "", "cell.integer", {"value": text})
    return parsed


def parse_number(text: str) -> Decimal | None:
    """A number written the Indonesian way; None when it is not one or could mean two things.

    `Rp 1,2 miliar` is 1200000000, `1.234.567,8` is 1234567.8, `(1.000)` is -1000 and `nihil` is 0;
    `5-10`, `> 100`, `1e5` and `5 m` are None.
    """
    if any(unicodedata.category(mark) == "No" for mark in text):
        return None  # a footnote mark or fraction is no digit
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    folded = plain.casefold()
    if folded == "nihil":
        return Decimal(0)
    bracketed = folded.startswith("(") and folded.endswith(")")
    match = _NUMBER.fullmatch(folded.strip("()") if bracketed else folded)
    if match is None:
        return None
    digits = _plain_digits(match["digits"].strip().rstrip(","))
    unit = match["unit"] or ""
    if digits is None or (unit and unit not in _MULTIPLES and unit not in {"%", "persen"}):
        return None
    measure = unit in _ALSO_MEASURES and not match["money"] and unit.upper() not in plain
    negative = [bracketed, bool(match["minus"]), bool(match["minus2"])].count(True)
    if measure or negative > 1:
        return None
    value = digits * _MULTIPLES.get(unit, 1)
    return -value if negative else value


_DIGIT_SHAPES: Final = (
    (re.compile(r"\d+"), "", ""),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?"), ".", ","),
    (re.compile(r"[1-9]\d{0,2}( \d{3})+(,\d+)?"), " ", ","),
    (re.compile(r"\d+,\d+"), "", ","),
    (re.compile(r"[1-9]\d{0,2}(,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"(0|[1-9]\d*)\.\d+"), "", "."),  # `0.125` has no thousands
)


def _plain_digits(digits: str) -> Decimal | None:
    """Thousands marks removed and the decimal mark a point, by the first shape that fits."""
    for shape, thousands, point in _DIGIT_SHAPES:
        if shape.fullmatch(digits):
            plain = digits.replace(thousands, "") if thousands else digits
            return Decimal(plain.replace(point, ".") if point else plain)
    return None


# --- dates ---------------------------------------------------------------------------------

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march",
            "april apr", "mei may", "juni jun june", "juli jul july",
            "agustus agt agu agust aug august", "september sep sept",
            "oktober okt oct october", "november nov nopember", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE_SHAPES: Final = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:T.*)?"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})\s+(?P<word>[a-z]+)\.?\s+(?P<y>\d{4})"),
)


def _date(raw: Raw, text: str, question: Field) -> Parsed:
    if isinstance(raw, datetime):
        return Parsed(raw.date())
    if isinstance(raw, date):
        return Parsed(raw)
    value = parse_date(text)
    return Parsed(value) if value else Parsed(None, "", "cell.date", {"value": text})


def parse_date(text: str) -> date | None:
    """A full date, day before month: `17 Agustus 2026`, `17/8/2026`, `2026-08-17`; else None."""
    folded = text.casefold()
    for shape in _DATE_SHAPES:
        if match := shape.fullmatch(folded):
            parts = match.groupdict()
            month = _MONTHS.get(parts["word"], 0) if "word" in parts else int(parts["m"])
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None


# --- choices -------------------------------------------------------------------------------

_CHOICES_SHOWN: Final = 12
_SEPARATORS: Final = re.compile(r"[;\n|]")


def _select_one(raw: Raw, text: str, question: Field) -> Parsed:
    code = _choice(text, question.choices)
    if code is None:
        return Parsed(None, "", "cell.choice", _choice_facts(text, question))
    return Parsed(None, code) if code in {"TT", "TB"} else Parsed(code)  # type: ignore[arg-type]


def _select_multiple(raw: Raw, text: str, question: Field) -> Parsed:
    """Codes joined by `;`, in the order given, each once."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if not parts:
        return Parsed(None, "kosong")
    codes = [_choice(part, question.choices) for part in parts]
    if None in codes and ";" not in text:  # someone wrote commas or spaces between bare codes
        parts = [part for part in re.split(r"[,\s]+", text) if part]
        codes = [_choice(part, question.choices) for part in parts]
    unknown = [part for part, code in zip(parts, codes, strict=True) if code is None]
    if unknown:
        return Parsed(None, "", "cell.choice", _choice_facts("; ".join(unknown), question))
    return Parsed(";".join(dict.fromkeys(code for code in codes if code)))


def _choice(text: str, choices: tuple[Choice, ...]) -> str | None:
    """The code that `text` means: the code itself, a label, or `code label` as dropdowns show it."""
    folded = " ".join(text.casefold().split())
    for choice in choices:
        if folded == choice.code.casefold() or folded in {
            label.casefold() for label in choice.labels.values()
        }:
            return choice.code
    head, *rest = re.split(r"\s*[\u2013:=-]\s+|\s+", folded, maxsplit=1)
    for choice in choices:
        if rest and head == choice.code.casefold() and _goes_with(choice, rest[0], choices):
            return choice.code
    return _same_number(folded, choices)


def _goes_with(choice: Choice, rest: str, choices: tuple[Choice, ...]) -> bool:
    """Whether the words after a code are its own: `3 atau 4` and `Ya / Tidak` choose nothing."""
    if rest in {label.casefold() for label in choice.labels.values()}:
        return True
    words = set(re.findall(r"[\w.-]+", rest))
    others = {other.code.casefold() for other in choices if other is not choice}
    return not words & others and not any(word[0].isdigit() for word in words)


def _same_number(folded: str, choices: tuple[Choice, ...]) -> str | None:
    """`2.1` for the code `2.10`: a spreadsheet that took a code for a number drops its last zero."""
    if not re.fullmatch(r"\d+\.\d", folded):
        return None
    return next((choice.code for choice in choices if choice.code == folded + "0"), None)


def _choice_facts(text: str, question: Field) -> dict[str, object]:
    codes = [choice.code for choice in question.choices]
    more = ", \u2026" if len(codes) > _CHOICES_SHOWN else ""
    return {"value": text, "choices": ", ".join(codes[:_CHOICES_SHOWN]) + more}


_PARSERS: Final = {
    "text": _text,
    "integer": _integer,
    "decimal": _number,
    "date": _date,
    "select_one": _select_one,
    "select_multiple": _select_multiple,
}
