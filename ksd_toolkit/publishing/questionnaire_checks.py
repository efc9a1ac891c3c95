"""What a cell of a questionnaire accepts, and the words that stand by it: dropdowns, lengths, prompts."""

import re
from dataclasses import dataclass
from typing import Any, Final

from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_style import cut, in_language, scale_of
from ksd_toolkit.questionnaire import Field, Form

_MAX_TITLE: Final = 32  # Excel's limits for the texts of a data validation
_MAX_MESSAGE: Final = 255
_LENGTHS: Final = {"nip": (18, 18), "phone": (8, 20), "email": (6, 254)}
_IS: Final = re.compile(r"selected\(\$\{(\w+)\}, *'([^']*)'\)|\$\{(\w+)\} *= *'([^']*)'")
_NAMED: Final = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Source:
    """The cells a dropdown offers; `may_grow` where people may add to them below the prepared rows."""

    area: str = ""
    may_grow: bool = False


def validation(question: Field, source: Source, condition: str, lang: str) -> dict[str, Any]:
    """The dropdown, length check or prompt of the cells that answer `question`; empty for none.

    Args:
        question: What is asked.
        source: The cells its dropdown offers.
        condition: When it is asked at all, in words.
        lang: Language of prompt and warning.
    """
    rule = _check(question, source, lang)
    prompt = _prompt(question, condition, lang)
    if prompt:
        rule |= {"input_title": cut(question.label(lang), _MAX_TITLE), "input_message": prompt}
    return rule if prompt or rule["validate"] != "any" else {}


def _check(question: Field, source: Source, lang: str) -> dict[str, Any]:
    """What a cell accepts, and what it says to anything else.

    A list that others may outgrow only warns: an office with more rows than were prepared goes on.
    """
    if source.area:
        name = "not_prepared" if source.may_grow else "not_listed"
        rule: dict[str, Any] = {"validate": "list", "source": source.area}
        rule |= {"error_type": "warning"} if source.may_grow else {}
    elif question.format in _LENGTHS:
        name = question.format
        least, most = _LENGTHS[name]
        rule = {"validate": "length", "criteria": "between", "minimum": least, "maximum": most}
    else:
        return {"validate": "any"}
    return rule | {
        "error_title": say(f"workbook.{name}_title", lang),
        "error_message": say(f"workbook.{name}", lang),
    }


def _prompt(question: Field, condition: str, lang: str) -> str:
    """The hint of a question, what its figures or codes mean, and when it is asked at all."""
    parts = [question.hints.get(lang, "")]
    if question.type == "select_multiple":
        codes = "; ".join(choice.code for choice in question.choices)
        parts.append(say("workbook.several", lang, codes=codes))
    elif question.choices and scale_of(question) and not parts[0]:
        parts.append(
            "; ".join(f"{c.code} {in_language(c.labels, lang, c.code)}" for c in question.choices)
        )
    elif question.choices and not parts[0]:
        parts.append(say("workbook.choose", lang))
    elif not parts[0]:
        parts.append(how_to_write(question, lang))
    parts.append(condition)
    return cut(" ".join(part for part in parts if part), _MAX_MESSAGE)


def only_if(question: Field, form: Form, lang: str) -> str:
    """When the question is asked at all: the form's own words, or its condition read aloud."""
    if question.relevant is None:
        return ""
    words = question.relevant.messages.get(lang)
    return words or say(
        "workbook.only_if", lang, condition=_read_aloud(question.relevant.expression, form, lang)
    )


def _read_aloud(expression: str, form: Form, lang: str) -> str:
    """`${sifat} = 'potensi' and ...` as `Sifat: Potensi dan ...`."""
    known = {field.name: field for table in form.tables for field in table.fields}

    def answer(found: re.Match[str]) -> str:
        name, code = (found[1], found[2]) if found[1] else (found[3], found[4])
        question = known.get(name)
        choices = {choice.code: choice for choice in question.choices} if question else {}
        told = in_language(choices[code].labels, lang, code) if code in choices else code
        return (
            f"{question.label(lang) if question else name}: {told or say('workbook.nothing', lang)}"
        )

    def label(found: re.Match[str]) -> str:
        question = known.get(found[1])
        return question.label(lang) if question else found[1]

    text = _NAMED.sub(label, _IS.sub(answer, expression))
    for word in ("and", "or"):
        text = text.replace(f" {word} ", f" {say(f'workbook.{word}', lang)} ")
    return text


def how_to_write(question: Field, lang: str) -> str:
    """How an answer of this format is written, where the form itself gives no hint."""
    return say(f"workbook.write_{question.format}", lang) if question.format else ""


def scale_ends(question: Field, lang: str) -> str:
    """`1 Sangat rendah … 5 Sangat tinggi`: what the ends of a scale mean; nothing without a scale."""
    ends = (
        [choice for choice in question.choices if choice.code.isdigit()]
        if scale_of(question)
        else []
    )
    told = [f"{c.code} {in_language(c.labels, lang, c.code)}" for c in (*ends[:1], *ends[-1:])]
    return " \u2026 ".join(told)
