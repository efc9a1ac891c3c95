"""Scores for the usulan of a sender who withdrew: they rest with it, and nothing in them is to be mended."""

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import Submission
from ksd_toolkit.register.closing import WITHDRAWN

_CODES: Final = {
    "row.unknown_usulan": "row.withdrawn_usulan",
    "row.unknown_usulan_many": "row.withdrawn_usulan_many",
}


def withdrawn_usulan(
    connection: sqlite3.Connection, period: str, known: Collection[str]
) -> frozenset[str]:
    """The usulan whose sender withdrew and has not sent them anew."""
    rows = connection.execute(
        "SELECT DISTINCT a.row_key FROM answer a JOIN submission s ON s.id = a.submission_id"
        " WHERE (s.period, s.status, a.table_name) = (?, ?, 'usulan')",
        (period, WITHDRAWN),
    )
    return frozenset(row[0] for row in rows) - frozenset(known)


def told_as_withdrawn(
    understood: Submission | Problem, withdrawn: Collection[str]
) -> Submission | Problem:
    """The same scores; a row held back for a withdrawn usulan says so, as a warning."""
    if isinstance(understood, Problem) or not withdrawn:
        return understood
    problems = tuple(
        replace(one, code=_CODES[one.code], severity="warning")
        if one.code in _CODES and _usulan(one) in withdrawn
        else one
        for one in understood.problems
    )
    aside = tuple(
        replace(row, code=_CODES[row.code])
        if row.code in _CODES and row.cells.get("usulan_id", "").strip() in withdrawn
        else row
        for row in understood.set_aside
    )
    return replace(understood, problems=problems, set_aside=aside)


def _usulan(problem: Problem) -> str:
    """The usulan a row was held back for: told by itself, or as the first part of the row's key."""
    key = str(problem.facts.get("key", ""))
    return str(problem.facts.get("usulan", key.partition(", ")[0]))
