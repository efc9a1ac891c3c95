"""The rows of `bobot.csv`: who judged what, how, with every cell that cannot be used told at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.dossier_table import TableRow
from ksd_toolkit.questionnaire.numbers import parse_number
from ksd_toolkit.scoring.weights.comparisons import parse_figure, parse_ratio
from ksd_toolkit.scoring.weights.limits import weighting_limits
from ksd_toolkit.scoring.weights.tree import ROOT, Tree

PAIRWISE: Final = frozenset({"ahp", "bwm"})
PROCEDURES: Final = ("poin", "swing", "urutan", "ahp", "bwm")
_ROOTS: Final = frozenset({"", "akar", "root"})
_DATE: Final = re.compile(
    r"\d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,9})(?:[-/. ]\d{2,4})?|[a-z]{3,9}[-/. ]\d{1,4}", re.I
)
_DATED: Final = re.compile(
    r"[a-z]{3}|\d[-/. ]\d{1,2}[-/. ]\d", re.I
)  # a month or three parts: `1/3` is none


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement as read: `second` is the criterion compared with, empty where none is.

    `value` is missing where the member left the cell blank: a comparison not made.
    """

    member: str
    member_weight: float
    procedure: str
    node: str
    first: str
    second: str
    value: float | None
    row: TableRow


Judged = tuple[str, str]
"""A member and a node: what one set of judgements is about."""


def read_rows(
    rows: Iterable[TableRow], tree: Tree, problems: list[Problem]
) -> tuple[list[JudgementRow], set[Judged]]:
    """The rows that can be used; what keeps the others from it is added to `problems`.

    The second result names the members and nodes with rows that cannot be used: nothing further is
    said about them, since what is missing there may stand in those rows.
    """
    found, troubled = [], set()
    for row in rows:
        faults = list(_faults(row, tree))
        problems += faults
        if faults:
            troubled.add((row.get("anggota"), _node(row, tree) or ROOT))
        else:
            found.append(_read(row, tree))
    return found, troubled


def _read(row: TableRow, tree: Tree) -> JudgementRow:
    node = _node(row, tree) or ROOT
    codes = _codes(tree.nodes[node])
    procedure = row.get("cara").casefold()
    return JudgementRow(
        member=row.get("anggota"),
        member_weight=_figure(row.get("bobot_anggota") or "1", "poin") or 1.0,
        procedure=procedure,
        node=node,
        first=codes[row.get("kriteria").casefold()],
        second=codes[row.get("pembanding").casefold()] if procedure in PAIRWISE else "",
        value=_figure(row.get("nilai"), procedure),
        row=row,
    )


def _faults(row: TableRow, tree: Tree) -> Iterator[Problem]:
    """What keeps a row from being used, each with its cell."""
    if not row.get("anggota"):
        yield Problem("weights.no_member", row.where("anggota"))
    if (weight := row.get("bobot_anggota")) and not (_figure(weight, "poin") or 0) > 0:
        yield Problem("weights.member_weight", row.where("bobot_anggota"), {"value": weight})
    procedure = row.get("cara").casefold()
    if procedure not in PROCEDURES:
        facts = {"value": row.get("cara") or "-", "known": ", ".join(PROCEDURES)}
        yield Problem("weights.procedure", row.where("cara"), facts)
        return
    node = _node(row, tree)
    if node is None:
        facts = {"value": row.get("simpul"), "known": ", ".join(tree.groups)}
        yield Problem("weights.node", row.where("simpul"), facts)
        return
    yield from _criterion_faults(row, _codes(tree.nodes[node]), procedure)
    yield from _value_faults(row, procedure)


def _criterion_faults(row: TableRow, codes: Mapping[str, str], procedure: str) -> Iterator[Problem]:
    columns = ("kriteria", "pembanding") if procedure in PAIRWISE else ("kriteria",)
    for column in columns:
        if row.get(column).casefold() not in codes:
            facts = {"value": row.get(column) or "-", "known": ", ".join(codes.values())}
            yield Problem("weights.criterion", row.where(column), facts)
    if procedure not in PAIRWISE and row.get("pembanding"):
        yield Problem("weights.no_pair", row.where("pembanding"), {"procedure": procedure})
    elif (
        procedure in PAIRWISE and row.get("kriteria").casefold() == row.get("pembanding").casefold()
    ):
        yield Problem("weights.own_pair", row.where("pembanding"), {"value": row.get("kriteria")})


def _value_faults(row: TableRow, procedure: str) -> Iterator[Problem]:
    written, where = row.get("nilai"), row.where("nilai")
    if not written:
        return
    value = _figure(written, procedure)
    if value is None:
        told = {"value": written}
        dated = _DATE.fullmatch(written) and _DATED.search(written)
        yield (Problem("weights.dated", where, told) if dated else _figure_fault(row, procedure))
        return
    highest = weighting_limits().highest_ratio
    least = {"ahp": 1.0 / highest, "bwm": 1.0}
    if procedure in least and not least[procedure] * (1 - 1e-9) <= value <= highest:
        low = "1" if procedure == "bwm" else f"1/{highest:g}"
        yield Problem(
            "weights.range", where, {"value": written, "low": low, "high": f"{highest:g}"}
        )


def _figure_fault(row: TableRow, procedure: str) -> Problem:
    """Why the figure in a cell cannot be used: it is none, or of a sign that is not allowed."""
    where, told = row.where("nilai"), {"value": row.get("nilai")}
    if _signed(row.get("nilai"), procedure) is None:
        return Problem("weights.number", where, told)
    if procedure in PAIRWISE:
        return Problem("weights.not_positive", where, told)
    return Problem("weights.negative", where, told)


def _node(row: TableRow, tree: Tree) -> str | None:
    """The node a row is about; None where there is no such node."""
    written = row.get("simpul").casefold()
    if written in _ROOTS:
        return ROOT
    return _codes(tree.groups).get(written)


def _codes(names: Iterable[str]) -> dict[str, str]:
    """Codes by the way people may write them: letter case does not matter."""
    return {name.casefold(): name for name in names}


def _figure(written: str, procedure: str) -> float | None:
    """The number in a cell: a ratio for pairs, a figure that is not negative for the others."""
    if procedure in PAIRWISE:
        return parse_ratio(written)
    number = _signed(written, procedure)
    return None if number is None or number < 0 else number


def _signed(written: str, procedure: str) -> float | None:
    """The number in a cell, whatever its sign; a place in an order is never a fraction."""
    if procedure != "urutan":
        return parse_figure(written)
    place = parse_number(written.removeprefix("'"))
    return None if place is None else float(place)
