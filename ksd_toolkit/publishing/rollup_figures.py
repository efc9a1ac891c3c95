"""Explain the figures of a roll-up: what each is by definition, and the value of every region behind it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Document
from ksd_toolkit.messages import count, has_message, join_first, say, sentence_parts, trimmed
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import Meaning, meaning_of
from ksd_toolkit.publishing.hover_notes import LONGEST
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.response import SHARES
from ksd_toolkit.rollup.wording import region_name

_AROUND: Final = "table_rollup"
_PLACES: Final = 2
_NAMED: Final = 30
"""How many regions a sentence tells the value of; `ksd trace` lists the file of each."""


@dataclass(frozen=True, slots=True)
class Explained:
    """How a figure came about, and the codes of the regions behind it.

    `known` is false where only the words around it can be told.
    """

    sentence: str
    codes: tuple[str, ...]
    known: bool = True


def explained(figure: PrintedFigure, document: Document, rollup: RollUp) -> Explained:
    """How a figure of a roll-up came about.

    Args:
        figure: One of `figures_of(document)`.
        document: The paper of the roll-up.
        rollup: What it was made from.
    """
    meaning = meaning_of(figure, document, ())
    values = _values(meaning, rollup)
    codes = tuple(values) or tuple(one.code for one in rollup.used)
    defined = _defined(figure, meaning, rollup)
    told = [defined or say("rollup.trace.told", rollup.lang, sentence=_words(meaning, figure))]
    numbers = [
        say("rollup.trace.value", rollup.lang, name=region_name(code), value=text)
        for code, text in values.items()
        if text
    ]
    if len(numbers) > 1 or (numbers and not meaning.subject.startswith("ringkasan/")):
        listed = join_first(numbers, _NAMED, rollup.lang)
        told.append(say("rollup.trace.values", rollup.lang, values=listed))
    return Explained(" ".join(told), codes, bool(defined))


def rollup_hovers(document: Document, rollup: RollUp) -> Mapping[str, str]:
    """A note for every figure of the paper, by its id; never longer than `LONGEST` letters."""
    return {figure.id: _note(figure, document, rollup) for figure in figures_of(document)}


def _note(figure: PrintedFigure, document: Document, rollup: RollUp) -> str:
    how = _defined(figure, meaning_of(figure, document, ()), rollup)
    how = how or say("trace.hover_call", rollup.lang, id=figure.id)
    note = say("trace.hover", rollup.lang, id=figure.id, how=how)
    return note if len(note) <= LONGEST else f"{note[: LONGEST - 1].rstrip()}\u2026"


def _defined(figure: PrintedFigure, meaning: Meaning, rollup: RollUp) -> str:
    """What a figure is by the definition of its measure; empty where there is none."""
    name, _, _ = meaning.measure.partition(":")
    name = _AROUND if name.startswith(_AROUND) else name  # what stands around the rows of any table
    kind, _, subject = meaning.subject.partition("/")
    facts = {
        "value": figure.text, "named": meaning.named or region_name(subject),
        "region": region_name(subject), "sentence": _words(meaning, figure),
        "counted": count(len(rollup.used), rollup.lang), "period": rollup.period,
        "top": count(rollup.rules.top_ranks, rollup.lang),
        "least": count(rollup.rules.shared_from, rollup.lang),
    }  # fmt: skip
    for code in (f"measure.{kind}.{name}", f"measure.rekap.{name}"):
        if name and has_message(code):
            asked = {one for _, one, _ in sentence_parts(code, rollup.lang) if one}
            if asked <= facts.keys():
                return say(code, rollup.lang, **facts)
    return ""


def _words(meaning: Meaning, figure: PrintedFigure) -> str:
    return " ".join(filter(None, meaning.words)) or figure.text


def _values(meaning: Meaning, rollup: RollUp) -> dict[str, str]:
    """What every region behind a figure gives to it, by code; a blank where nothing is to be told of it."""
    kind, _, subject = meaning.subject.partition("/")
    name = meaning.measure.partition(":")[0]
    found = _KINDS[kind](rollup, subject, name) if kind in _KINDS else {}
    return {code: _text(value, rollup.lang) for code, value in found.items()}


def _region(_: RollUp, subject: str, __: str) -> dict[str, Any]:
    return {subject: ""}


def _share(rollup: RollUp, subject: str, measure: str) -> dict[str, Any]:
    """The counts of a share, or the shares themselves."""
    if subject not in SHARES:
        return {}
    column = dict(zip(("part", "whole"), SHARES[subject], strict=True)).get(measure)
    values = rollup.response[column or f"{subject}_percent"].dropna()
    return {str(code): value for code, value in values.items()}


def _problem(rollup: RollUp, subject: str, measure: str) -> dict[str, Any]:
    found = rollup.maturity
    mine = found[(found["problem"] == subject) & (found["answered"] > 0)].set_index("code")
    column = {"offices": "answered", "immature_percent": "immature"}.get(measure, "mean")
    return {str(code): value for code, value in mine[column].items()}


def _topic(rollup: RollUp, subject: str, _: str) -> dict[str, Any]:
    found = rollup.shared_priorities
    codes = found.loc[found["code"] == subject, "codes"]
    return dict.fromkeys(codes.iloc[0].split("; "), "") if len(codes) else {}


def _step(rollup: RollUp, subject: str, measure: str) -> dict[str, Any]:
    found = rollup.follow_by_region
    mine = found[found["step"] == subject].set_index("code")
    column = measure if measure in mine.columns else "conversion_percent"
    return {str(code): value for code, value in mine[column].dropna().items()}


def _pair(_: RollUp, subject: str, __: str) -> dict[str, Any]:
    first, second, *_rest = subject.split("|")
    return {first: "", second: ""}


_KINDS: Final[dict[str, Callable[[RollUp, str, str], dict[str, Any]]]] = {
    "ringkasan": _region, "rekap_bagian": _share, "rekap_masalah": _problem, "rekap_isu": _topic,
    "rekap_urusan": _topic, "rekap_langkah": _step, "rekap_pasangan": _pair,
}  # fmt: skip


def _text(value: Any, lang: str) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value) or math.isinf(value):
        return ""
    return trimmed(float(value), _PLACES, lang)
