"""The choice that was meant: its code, its label in either language, or both; nothing by likeness."""

import re
from typing import Final

from rapidfuzz import fuzz, process

from ksd_toolkit.questionnaire.cells import Manner, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Choice, Field

_CHOICES_SHOWN: Final = 12
_SEPARATORS: Final = re.compile(r"[;\n|]")
_SUGGESTIONS: Final = 3
_LIKE: Final = 80  # of 100: nearer labels are worth suggesting, never worth taking
_SHORTEST: Final = 4  # letters; shorter texts are like anything


def read_one(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The code of the one choice in a cell."""
    code = _choice(text, question.choices)
    if code is None:
        return _unknown([text], question)
    return Parsed(None, code) if code in {"TT", "TB"} else Parsed(code)  # type: ignore[arg-type]


def read_several(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
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
        return _unknown(unknown, question)
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


def _unknown(texts: list[str], question: Field) -> Parsed:
    """No choice of the question; the nearest ones are suggested."""
    codes = [choice.code for choice in question.choices]
    more = ", \u2026" if len(codes) > _CHOICES_SHOWN else ""
    offered, value = ", ".join(codes[:_CHOICES_SHOWN]) + more, "; ".join(texts)
    if near := _near(texts[0], question.choices):
        return unreadable("cell.choice_near", value, choices=offered, near="; ".join(near))
    return unreadable("cell.choice", value, choices=offered)


def _near(text: str, choices: tuple[Choice, ...]) -> list[str]:
    if len(text) < _SHORTEST:
        return []
    labels = {
        f"{choice.code} {label}": label.casefold()
        for choice in choices
        for label in choice.labels.values()
    }
    found = process.extract(
        text.casefold(), labels, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_LIKE
    )
    return [name for _, _, name in found]
