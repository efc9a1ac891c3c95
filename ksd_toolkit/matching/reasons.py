"""Why a candidate: the problems it shares, who can help whom, and the points of each criterion."""

from collections.abc import Sequence
from math import isnan
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.law import isu, urusan
from ksd_toolkit.matching.criteria import shared_problems
from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.indicators import Cell, cells
from ksd_toolkit.matching.lenses import Lens
from ksd_toolkit.matching.percentiles import Floats
from ksd_toolkit.matching.profiles import Profiles, Side
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings

SHARED_COLUMNS: Final = (
    "urusan_kode", "isu", "problem", "share", "need_home", "need_partner", "both_high",
    "home_origin", "partner_origin", "home_evidence", "partner_evidence",
)  # fmt: skip
HELP_COLUMNS: Final = (
    "urusan_kode", "isu", "helper", "helped", "share", "need", "capacity", "need_origin",
    "capacity_origin", "need_evidence", "capacity_evidence",
)  # fmt: skip


class Look(NamedTuple):
    """How many cells are looked at, and in which language they are told."""

    rows: int
    lang: str


def shared_cells(
    ground: Ground, lens: Lens, partner: str, settings: MatchSettings, look: Look
) -> pd.DataFrame:
    """The cells both regions need something in, the largest share first; all shares sum to the criterion.

    `both_high` says whether both needs reach the strength from which we call it a shared problem.
    """
    mine, home = ground.profiles, ground.home.code
    ours, theirs = _needs(ground, lens, partner)
    least = np.minimum(ours, theirs)
    union = shared_problems(ours, theirs[None]).union[0]
    rows = [
        {
            "urusan_kode": cell[0],
            "isu": cell[1],
            "problem": problem_name(mine, (home, partner), cell, look.lang),
            "share": least[number] / union,
            "need_home": ours[number],
            "need_partner": theirs[number],
            "both_high": bool(least[number] >= settings.problem_from),
            "home_origin": mine.origin(home, cell),
            "partner_origin": mine.origin(partner, cell),
            "home_evidence": evidence_text(mine, home, cell, "need", look.lang),
            "partner_evidence": evidence_text(mine, partner, cell, "need", look.lang),
        }
        for number, cell in _largest(least, look.rows)
    ]
    return pd.DataFrame(rows, columns=list(SHARED_COLUMNS))


def strongest_shared(
    ground: Ground, lens: Lens, partners: Sequence[str], settings: MatchSettings, rows: int
) -> dict[str, list[tuple[Cell, bool]]]:
    """The first of `shared_cells` of each candidate alone, each cell with its `both_high`."""
    mine = ground.profiles
    ours = mine.need[mine.row(ground.home.code)]
    some = np.flatnonzero(lens.mask & (ours > 0))  # what we do not need we share with nobody
    theirs = mine.need[np.array([mine.row(code) for code in partners], dtype=np.intp)][:, some]
    least = np.nan_to_num(np.minimum(ours[some], theirs))
    order = np.argsort(-least, axis=1, kind="stable")[:, :rows]
    strengths = np.take_along_axis(least, order, axis=1)
    return {
        code: [
            (cells()[number], strength >= settings.problem_from)
            for number, strength in zip(numbers, strongest, strict=True)
            if strength > 0
        ]
        for code, numbers, strongest in zip(
            partners, some[order].tolist(), strengths.tolist(), strict=True
        )
    }


def _needs(ground: Ground, lens: Lens, partner: str) -> tuple[Floats, Floats]:
    """What the home and a candidate need, cell by cell; NaN for cells the lens hides."""
    mine = ground.profiles
    ours, theirs = mine.need[mine.row(ground.home.code)], mine.need[mine.row(partner)]
    return np.where(lens.mask, ours, np.nan), np.where(lens.mask, theirs, np.nan)


def help_cells(ground: Ground, lens: Lens, partner: str, look: Look) -> pd.DataFrame:
    """The cells one region needs and the other is able in, both directions, the largest share first.

    `share` is the part of all the helped one's needs that the helper can meet in this cell; over all
    cells of one direction the shares sum to that side of the criterion.
    """
    home = ground.home.code
    ways = ((home, partner), (partner, home))
    rows = [row for way in ways for row in _one_way(ground.profiles, lens, way, look)]
    frame = pd.DataFrame(rows, columns=list(HELP_COLUMNS))
    order = frame.sort_values("share", ascending=False, kind="stable")
    return order.head(look.rows).reset_index(drop=True)


def _one_way(
    mine: Profiles, lens: Lens, way: tuple[str, str], look: Look
) -> list[dict[str, object]]:
    """The cells in which the second region can help the first."""
    helped, helper = way
    need = np.where(lens.mask, mine.need[mine.row(helped)], np.nan)
    capacity = mine.capacity[mine.row(helper)]
    met = need * capacity
    asked = sum(float(one) for one in need[~np.isnan(met)])
    return [
        {
            "urusan_kode": cell[0],
            "isu": cell[1],
            "helper": helper,
            "helped": helped,
            "share": met[number] / asked,
            "need": need[number],
            "capacity": capacity[number],
            "need_origin": mine.origin(helped, cell),
            "capacity_origin": mine.origin(helper, cell, "capacity"),
            "need_evidence": evidence_text(mine, helped, cell, "need", look.lang),
            "capacity_evidence": evidence_text(mine, helper, cell, "capacity", look.lang),
        }
        for number, cell in _largest(met, look.rows)
    ]


def _largest(strength: Floats, rows: int) -> list[tuple[int, Cell]]:
    """The cells of the largest strengths above 0, the first of equals first."""
    order = np.argsort(-np.nan_to_num(strength), kind="stable")
    some = [int(number) for number in order if strength[number] > 0]
    return [(number, cells()[number]) for number in some[:rows]]


def contributions(row: dict[str, Any], weights: Sequence[float]) -> dict[str, float]:
    """The points each known criterion adds to a candidate's total, in the order of `CRITERIA`."""
    known = {name: weight for name, weight in zip(CRITERIA, weights, strict=True)
             if weight > 0 and not isnan(row[name])}  # fmt: skip
    base = sum(known.values())
    # Shares first: weights of any size are allowed, and their product with 100 may not be a number.
    return {name: 100.0 * (weight / base) * float(row[name]) for name, weight in known.items()}


def problem_name(mine: Profiles, regions: tuple[str, ...], cell: Cell, lang: str) -> str:
    """What a high need in a cell means where indicators measure it for all; else urusan and isu by name.

    What an office said of a cell is not what an indicator says of it.
    """
    if not is_measured(mine, regions, cell):
        return cell_name(cell, lang)
    pieces = [piece for code in regions for piece in mine.evidence(code, cell)]
    best = {
        p.indicator: min(pieces, key=lambda q: (q.indicator != p.indicator, q.share))
        for p in pieces
    }
    return " / ".join(piece.problem(lang) for piece in best.values())


def is_measured(mine: Profiles, regions: tuple[str, ...], cell: Cell) -> bool:
    """Whether the needs of all these regions in a cell come from indicators."""
    return all(mine.origin(code, cell) == "indikator" for code in regions)


def cell_name(cell: Cell, lang: str) -> str:
    """`Kesehatan (Peningkatan Pelayanan Publik)`."""
    return f"{urusan(cell[0], lang).name} ({isu(cell[1], lang).name})"


def evidence_text(mine: Profiles, code: str, cell: Cell, side: Side, lang: str) -> str:
    """What a cell of a region stands on, in one text."""
    return "; ".join(piece.sentence(lang) for piece in mine.evidence(code, cell, side))


def standing_text(mine: Profiles, code: str, cell: Cell, lang: str, *, measured: bool) -> str:
    """Where a region stands in a shared cell, in a few words.

    The indicator is named where the problem's name does not say it already: several measure the cell,
    or not both regions are `measured`.
    """
    pieces = mine.evidence(code, cell)
    named = len(pieces) > 1 or not measured
    return "; ".join(piece.short(lang, named=named) for piece in pieces)
