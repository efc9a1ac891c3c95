"""Why a candidate: the problems it shares, who can help whom, and the points of each criterion."""

from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.law import isu, urusan
from ksd_toolkit.matching.criteria import shared_problems
from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.indicators import Cell, cells, indicators
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


def shared_cells(
    ground: Ground, lens: Lens, partner: str, settings: MatchSettings, lang: str
) -> pd.DataFrame:
    """Every cell both regions need something in, the largest share first; shares sum to the criterion.

    `both_high` says whether both needs reach the strength from which we call it a shared problem.
    """
    mine = ground.profiles
    home, other = ground.home.code, partner
    need = mine.need[mine.row(home)], mine.need[mine.row(other)]
    masked = [np.where(lens.mask, row, np.nan) for row in need]
    union = float(shared_problems(masked[0], masked[1][None]).union[0])
    rows = []
    for number in np.flatnonzero(~np.isnan(masked[0]) & ~np.isnan(masked[1])):
        cell, ours, theirs = cells()[number], float(need[0][number]), float(need[1][number])
        if min(ours, theirs) > 0:
            rows.append(
                {
                    "urusan_kode": cell[0],
                    "isu": cell[1],
                    "problem": problem_name(mine, (home, other), cell, lang),
                    "share": min(ours, theirs) / union,
                    "need_home": ours,
                    "need_partner": theirs,
                    "both_high": min(ours, theirs) >= settings.problem_from,
                    "home_origin": mine.origin(home, cell),
                    "partner_origin": mine.origin(other, cell),
                    "home_evidence": evidence_text(mine, home, cell, "need", lang),
                    "partner_evidence": evidence_text(mine, other, cell, "need", lang),
                }
            )
    return _largest_first(rows, SHARED_COLUMNS, ["share"])


def help_cells(ground: Ground, lens: Lens, partner: str, lang: str) -> pd.DataFrame:
    """Every cell one region needs and the other is able in, both directions, the largest share first.

    `share` is the part of all the helped one's needs that the helper can meet in this cell; over the
    cells of one direction the shares sum to that side of the criterion.
    """
    rows = [
        row
        for helped, helper in ((ground.home.code, partner), (partner, ground.home.code))
        for row in _one_way(ground.profiles, lens, helped, helper, lang)
    ]
    return _largest_first(rows, HELP_COLUMNS, ["share"])


def _one_way(
    mine: Profiles, lens: Lens, helped: str, helper: str, lang: str
) -> list[dict[str, Any]]:
    need = np.where(lens.mask, mine.need[mine.row(helped)], np.nan)
    capacity = mine.capacity[mine.row(helper)]
    common = np.flatnonzero(~np.isnan(need) & ~np.isnan(capacity))
    asked = sum(float(need[number]) for number in common)
    rows = []
    for number in common:
        cell, met = cells()[number], float(need[number]) * float(capacity[number])
        if met > 0:
            rows.append(
                {
                    "urusan_kode": cell[0],
                    "isu": cell[1],
                    "helper": helper,
                    "helped": helped,
                    "share": met / asked,
                    "need": float(need[number]),
                    "capacity": float(capacity[number]),
                    "need_origin": mine.origin(helped, cell),
                    "capacity_origin": mine.origin(helper, cell, "capacity"),
                    "need_evidence": evidence_text(mine, helped, cell, "need", lang),
                    "capacity_evidence": evidence_text(mine, helper, cell, "capacity", lang),
                }
            )
    return rows


def contributions(row: dict[str, Any], weights: Floats) -> dict[str, float]:
    """The points each known criterion adds to a candidate's total, in the order of `CRITERIA`."""
    known = {name: weight for name, weight in zip(CRITERIA, weights, strict=True)
             if weight > 0 and not np.isnan(row[name])}  # fmt: skip
    base = sum(known.values())
    return {name: 100.0 * weight * float(row[name]) / base for name, weight in known.items()}


def problem_name(mine: Profiles, regions: tuple[str, ...], cell: Cell, lang: str) -> str:
    """What a high need in a cell means where indicators measure it for all; else urusan and isu by name.

    What an office said of a cell is not what an indicator says of it.
    """
    if not _is_measured(mine, regions, cell):
        return cell_name(cell, lang)
    found = dict.fromkeys(p.indicator for code in regions for p in mine.evidence(code, cell))
    return " / ".join(indicators()[code].problem(lang) for code in found)


def _is_measured(mine: Profiles, regions: tuple[str, ...], cell: Cell) -> bool:
    """Whether the needs of all these regions in a cell come from indicators."""
    return all(mine.origin(code, cell) == "indikator" for code in regions)


def cell_name(cell: Cell, lang: str) -> str:
    """`Kesehatan (Peningkatan Pelayanan Publik)`."""
    return f"{urusan(cell[0], lang).name} ({isu(cell[1], lang).name})"


def evidence_text(mine: Profiles, code: str, cell: Cell, side: Side, lang: str) -> str:
    """What a cell of a region stands on, in one text."""
    return "; ".join(piece.sentence(lang) for piece in mine.evidence(code, cell, side))


def standing_text(mine: Profiles, regions: tuple[str, str], cell: Cell, lang: str) -> str:
    """Where the first of two regions stands in a shared cell, in a few words.

    The indicator is named where the problem's name does not say it already.
    """
    pieces = mine.evidence(regions[0], cell)
    named = len(pieces) > 1 or not _is_measured(mine, regions, cell)
    return "; ".join(piece.short(lang, named=named) for piece in pieces)


def _largest_first(
    rows: list[dict[str, Any]], columns: tuple[str, ...], by: list[str]
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    keys = [*by, "urusan_kode", "isu"]
    return frame.sort_values(keys, ascending=[False, True, True], kind="stable").reset_index(
        drop=True
    )
