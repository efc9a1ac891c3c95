"""The gates as a table, read strictly: a misspelt outcome must never open a gate."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import LawError, MethodError
from ksd_toolkit.law import cite
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.jenis_table import type_codes
from ksd_toolkit.scoring.method import Gate
from ksd_toolkit.scoring.method_layers import OWN_GATES, read_toml
from ksd_toolkit.scoring.settings import Settings

OUTCOMES: Final = ("pass", "review", "warning", "fail")
_COMPUTED: Final = {
    "terencana": ("ya", "tidak"), "unsur_lengkap": ("ya", "tidak"), "ppksd_cukup": ("ya", "tidak"),
    "pasal18_lengkap": ("ya", "tidak"), "pasal27_lengkap": ("ya", "tidak"),
}  # fmt: skip


def read_gates(folder: Path | None = None) -> tuple[Gate, ...]:
    """The gates of an office's own (`gerbang.toml` in its folder), else the toolkit's.

    Raises:
        MethodError: The table cannot be read, a setting is missing, unknown or senseless.
    """
    own = folder / OWN_GATES if folder else None
    source = own if own and own.is_file() else files("ksd_toolkit.knowledge") / "gates.toml"
    table = Settings(read_toml(source, source.name), source.name)
    gates = tuple(_gate(row) for row in table.rows("gate"))
    codes = [gate.code for gate in gates]
    if not gates:
        raise table.wrong("missing", "[[gate]]")
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise MethodError("method.repeated_gate", codes=", ".join(repeated))
    table.refuse_ignored()
    return gates


def _gate(row: Settings) -> Gate:
    article = row.text("article")
    try:
        cite(article)
    except LawError as error:
        raise row.wrong("no_article", "article") from error
    rows = tuple(_row(below) for below in row.rows("rows"))
    if not rows:
        raise row.wrong("missing", "rows")
    return Gate(row.text("code"), row.texts("label"), article, rows)


def _row(row: Settings) -> Mapping[str, Any]:
    """One condition: what must hold, what follows, and why."""
    if row.get("outcome") not in OUTCOMES:
        raise row.wrong("no_outcome", "outcome")
    conditions = row.inner("when")
    when = {column: list(conditions.words(column)) for column in conditions.keys}
    for column, allowed in when.items():
        known = _answers_of(column)
        if known is not None and not set(allowed) <= {*known, ""}:
            raise conditions.wrong("no_answer", column)
    return {
        "when": when,
        "outcome": row.get("outcome"),
        **{f"reason_{lang}": text for lang, text in row.texts("reason").items()},
    }


def _answers_of(column: str) -> tuple[str, ...] | None:
    """The answers a condition may ask for; None for a fact only the dossier's own form may know."""
    if column == "jenis":
        return tuple(type_codes())
    if column in _COMPUTED:
        return _COMPUTED[column]
    questions = {
        question.name: question for question in read_form("pemetaan").table("usulan").fields
    }
    if column not in questions:
        return None
    return tuple(choice.code for choice in questions[column].choices)
