"""The choice that was meant: its code, its label in either language, or both; nothing by likeness."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from ksd_toolkit.questionnaire.cells import Manner, Note, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Choice, Field

_CHOICES_SHOWN: Final = 12
_SEPARATORS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"[;\n|]",
        r"[;\n|,]",
        r"[;\n|,&+]|\s(?:dan|and)\s",
        r"[;|,\s]+",  # someone wrote spaces between bare codes
    )
)
"""The strictest first: a label may hold a comma, an `and` and spaces."""
_JOINTS: Final = frozenset({"dan", "atau", "and", "or", "&", "/"})
_BRACKETED: Final = re.compile(r"(?P<label>.+?)\s*\((?P<code>[^()]+)\)")
_INDICATOR: Final = "indicator"  # a format: the choices are codes of indicators
_SUGGESTIONS: Final = 3
_LIKE: Final = 80  # of 100: nearer labels are worth suggesting, never worth taking
_SHORTEST: Final = 4  # letters; shorter texts are like anything


class _Found(NamedTuple):
    """The choice a text means, and whether words of the author's own stand beside its code."""

    choice: Choice
    own_words: bool = False


def read_one(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The code of the one choice in a cell."""
    found = _choice(text, question.choices)
    if found is None:
        return _unknown([text], question)
    code, notes = found.choice.code, _notes([found], text)
    if code in {"TT", "TB"}:
        return Parsed(None, code, notes=notes)  # type: ignore[arg-type]
    return Parsed(code, notes=notes)


def is_label(text: str, question: Field) -> bool:
    """Whether a word that elsewhere means no answer is another word for a choice of this question."""
    meant = _words().get(text.casefold())
    return meant is not None and any(meant in _labels(choice) for choice in question.choices)


def read_several(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """Codes joined by `;`, in the order given, each once."""
    tried: list[list[tuple[str, _Found | None]]] = []
    for separators in _SEPARATORS:
        parts = [part.strip() for part in separators.split(text) if part.strip()]
        if not parts:
            return Parsed(None, "kosong")
        tried.append([(part, _choice(part, question.choices)) for part in parts])
        found = [one for _, one in tried[-1] if one]
        if len(found) == len(parts):
            codes = dict.fromkeys(one.choice.code for one in found)
            return Parsed(";".join(codes), notes=_notes(found, text))
    partly = (one for one in tried[:-1] if any(found for _, found in one))
    told = next(partly, tried[0])
    return _unknown([part for part, one in told if one is None], question)


def _choice(text: str, choices: tuple[Choice, ...]) -> _Found | None:
    """The choice that `text` means: its code, a label, or both as dropdowns and sentences show it."""
    folded = " ".join(text.casefold().split()).rstrip(".")
    named = {folded, _words().get(folded, folded)}
    for choice in choices:
        if folded == choice.code.casefold() or named & _labels(choice):
            return _Found(choice)
    bracketed = _BRACKETED.fullmatch(folded)
    head, *rest = re.split(r"\s*[\u2013:=-]\s+|\s+", folded, maxsplit=1)
    for choice in choices:
        code = choice.code.casefold()
        if bracketed and bracketed["code"] == code and bracketed["label"] in _labels(choice):
            return _Found(choice)
        if rest and head == code and _goes_with(choice, rest[0], choices):
            own_words = not {rest[0], rest[0].strip("()")} & _labels(choice)
            return _Found(choice, own_words)
    return _same_number(folded, choices)


def _goes_with(choice: Choice, rest: str, choices: tuple[Choice, ...]) -> bool:
    """Whether the words after a code are its own: `3 atau 4` and `Ya / Tidak` choose nothing."""
    if rest in _labels(choice):
        return True
    words = set(re.findall(r"[\w.-]+", rest))
    others = {other.code.casefold() for other in choices if other is not choice}
    joined = rest.split(maxsplit=1)[0] in _JOINTS
    return not joined and not words & others and not any(word[0].isdigit() for word in words)


def _same_number(folded: str, choices: tuple[Choice, ...]) -> _Found | None:
    """`2.1` for the code `2.10`: a spreadsheet that took a code for a number drops its last zero."""
    if not re.fullmatch(r"\d+\.\d", folded):
        return None
    return next((_Found(choice) for choice in choices if choice.code == folded + "0"), None)


def _labels(choice: Choice) -> set[str]:
    return {label.casefold() for label in choice.labels.values()}


@cache
def _words() -> dict[str, str]:
    """Other words for a label, all in small letters: `iya` is `ya`."""
    with (
        files("ksd_toolkit.knowledge").joinpath("choice_words.csv").open(encoding="utf-8") as source
    ):
        return {
            row["ditulis"].casefold(): row["pilihan"].casefold() for row in csv.DictReader(source)
        }


def _notes(found: list[_Found], text: str) -> tuple[Note, ...]:
    """That words beside a code were not read: they may say more than the choice does."""
    if not any(one.own_words for one in found):
        return ()
    facts = {"value": text} | _in_both_languages("meant", [one.choice for one in found])
    return (Note("cell.choice_words", facts, "info"),)


def _unknown(texts: list[str], question: Field) -> Parsed:
    """No choice of the question; the nearest ones are suggested."""
    offered = _in_both_languages("choices", question.choices[:_CHOICES_SHOWN])
    if all(choice.code.isdigit() or choice.code in {"TT", "TB"} for choice in question.choices):
        offered = {"choices": "; ".join(choice.code for choice in question.choices)}  # a scale
    if len(question.choices) > _CHOICES_SHOWN:
        offered = {name: f"{told}; \u2026" for name, told in offered.items()}
    several, value = question.type == "select_multiple", "; ".join(texts)
    if (
        question.format == _INDICATOR
    ):  # a clerk copies a code, and other figures have another way in
        codes = ", ".join(choice.code for choice in question.choices)
        return unreadable("cell.indicator", value, codes=codes)
    if near := _near(texts[0], question.choices):
        code = "cell.choices_near" if several else "cell.choice_near"
        return unreadable(code, value, **offered, **_in_both_languages("near", near))
    return unreadable("cell.choices" if several else "cell.choice", value, **offered)


def _in_both_languages(name: str, choices: Iterable[Choice]) -> dict[str, str]:
    """Choices as facts of a problem."""
    shown = [(choice.shown("id"), choice.shown("en")) for choice in choices]
    indonesian, english = ("; ".join(texts) for texts in zip(*shown, strict=True))
    return {name: indonesian, f"{name}_en": english}


def _near(text: str, choices: tuple[Choice, ...]) -> list[Choice]:
    if len(text) < _SHORTEST:
        return []
    labels = {
        (number, lang): label.casefold()
        for number, choice in enumerate(choices)
        for lang, label in choice.labels.items()
    }
    found = process.extract(
        text.casefold(), labels, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_LIKE
    )
    return [choices[number] for number in dict.fromkeys(number for _, _, (number, _) in found)]
