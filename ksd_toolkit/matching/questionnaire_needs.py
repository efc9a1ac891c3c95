"""What questionnaires say of needs and capacities, cell by cell: ours, and those already taken in here."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.dossier import Dossier, dossier_names, open_dossier
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.indicators import Cell, cell_number
from ksd_toolkit.matching.profiles import Heard, Side
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.register import Register, kept_register
from ksd_toolkit.scoring.leaves import official_answers

_LOW, _STEPS = 1.0, 4.0  # the questionnaire's scale from 1 to 5


def heard_in(register: Register, settings: MatchSettings) -> tuple[Heard, ...]:
    """What one register says: per cell the strongest of its usulan.

    The strength of a need is the mean of the answered official U, S and G, of a capacity TEK, both
    as (x - 1) / 4. A cell whose usulan nobody rated is heard without a strength. What a gate says of
    an usulan is of no account: a need is one, even where cooperation is not the answer.
    """
    usulan = register.usulan
    sides: tuple[tuple[Side, tuple[str, ...], tuple[str, ...]], ...] = (
        ("need", settings.need_kinds, settings.need_criteria),
        ("capacity", settings.capacity_kinds, settings.capacity_criteria),
    )
    return tuple(
        one
        for side, kinds, criteria in sides
        for one in _heard(register, usulan[usulan["sifat"].isin(kinds)], side, criteria)
    )


def _heard(
    register: Register, usulan: pd.DataFrame, side: Side, criteria: tuple[str, ...]
) -> Iterator[Heard]:
    answers = official_answers(register, criteria)
    by_cell: dict[Cell, list[str]] = {}
    for _, row in records(usulan.sort_values("usulan_id")):
        for cell in usulan_cells(row):
            by_cell.setdefault(cell, []).append(row["usulan_id"])
    for cell, ids in by_cell.items():
        strengths = {usulan_id: _strength(answers, usulan_id) for usulan_id in ids}
        rated = {key: value for key, value in strengths.items() if value is not None}
        best = max(rated, key=lambda key: rated[key]) if rated else ""  # the first of equals
        yield Heard(
            code=register.dossier.region.code,
            cell=cell,
            side=side,
            strength=rated.get(best),
            usulan=(best,) if best else tuple(ids),
            answers=_answered(answers, best) if best else (),
            period=register.dossier.period,
        )


def usulan_cells(row: dict[str, Any]) -> list[Cell]:
    """The cells an usulan speaks of: each of its urusan with each of its isu."""
    pairs = [(u, i) for u in split_codes(row["urusan_kode"]) for i in split_codes(row["isu"])]
    return [cell for cell in pairs if cell in cell_number()]


def split_codes(text: object) -> list[str]:
    """The codes of a multiple choice, `ISU-A;ISU-F`; none where it was not answered."""
    return [part for part in text.split(";") if part] if isinstance(text, str) else []


def _answered(answers: pd.DataFrame, usulan_id: str) -> tuple[tuple[str, float], ...]:
    [(_, row)] = records(answers.loc[[usulan_id]])
    return tuple((code, float(value)) for code, value in row.items() if not np.isnan(value))


def _strength(answers: pd.DataFrame, usulan_id: str) -> float | None:
    """The mean of the answered criteria on 0 to 1, in fixed order; None where none is answered."""
    known = [value for _, value in _answered(answers, usulan_id)]
    return sum((value - _LOW) / _STEPS for value in known) / len(known) if known else None


def kept_registers(dossier: Dossier) -> tuple[tuple[Register, ...], tuple[str, ...]]:
    """The registers of other regions in the project that were already taken in; no file is read for it.

    Of each region the newest period that is not after ours counts.

    Returns:
        The registers, and the names of dossiers that could not be opened.
    """
    own = dossier.name.partition("/")[0]
    found: dict[str, Register] = {}
    failed = []
    for name in sorted(dossier_names(dossier.root), reverse=True):
        region, _, period = name.partition("/")
        if region == own or period > dossier.period or region in found:
            continue
        try:
            other = open_dossier(name, home=dossier.root)
            register = kept_register(other)
        except KsdError:
            failed.append(name)
            continue
        if register is not None and other.region.code != dossier.region.code:
            found[region] = register
    return tuple(found[region] for region in sorted(found)), tuple(sorted(failed))
