"""What questionnaires say of needs and capacities, cell by cell: ours, and those already taken in here."""

from collections.abc import Iterator
from dataclasses import replace
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


def said_in(register: Register, settings: MatchSettings) -> tuple[Heard, ...]:
    """What each usulan of a register says of each of its cells.

    The strength of a need is the mean of the answered official U, S and G, of a capacity TEK, both
    as (x - 1) / 4; None where nobody rated it. What a gate says of an usulan is of no account: a need
    is one, even where cooperation is not the answer.
    """
    usulan = register.usulan
    sides: tuple[tuple[Side, tuple[str, ...], tuple[str, ...]], ...] = (
        ("need", settings.need_kinds, settings.need_criteria),
        ("capacity", settings.capacity_kinds, settings.capacity_criteria),
    )
    return tuple(
        one
        for side, kinds, criteria in sides
        for one in _said(register, usulan[usulan["sifat"].isin(kinds)], side, criteria)
    )


def _said(
    register: Register, usulan: pd.DataFrame, side: Side, criteria: tuple[str, ...]
) -> Iterator[Heard]:
    answers = dict(records(official_answers(register, criteria)))
    for _, row in records(usulan.sort_values("usulan_id")):
        told = _answered(answers[row["usulan_id"]])
        for cell in usulan_cells(row):
            yield Heard(
                code=register.dossier.region.code,
                cell=cell,
                side=side,
                strength=_strength(told),
                usulan=(row["usulan_id"],),
                answers=told,
                period=register.dossier.period,
            )


def strongest(said: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """Per region, cell and side the usulan that rates it highest, the first of equals.

    A cell whose usulan nobody rated is heard without a strength and names them all.
    """
    by_cell: dict[tuple[str, Cell, Side], list[Heard]] = {}
    for one in said:
        by_cell.setdefault((one.code, one.cell, one.side), []).append(one)
    return tuple(map(_strongest, by_cell.values()))


def _strongest(of_cell: list[Heard]) -> Heard:
    rated = [(one.strength, one) for one in of_cell if one.strength is not None]
    if rated:
        return max(rated, key=lambda pair: pair[0])[1]
    return replace(of_cell[0], usulan=tuple(name for one in of_cell for name in one.usulan))


def usulan_cells(row: dict[str, Any]) -> list[Cell]:
    """The cells an usulan speaks of: each of its urusan with each of its isu."""
    pairs = [(u, i) for u in split_codes(row["urusan_kode"]) for i in split_codes(row["isu"])]
    return [cell for cell in pairs if cell in cell_number()]


def split_codes(text: object) -> list[str]:
    """The codes of a multiple choice, `ISU-A;ISU-F`; none where it was not answered."""
    return [part for part in text.split(";") if part] if isinstance(text, str) else []


def _answered(row: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((code, float(value)) for code, value in row.items() if not np.isnan(value))


def _strength(answers: tuple[tuple[str, float], ...]) -> float | None:
    """The mean of the answered criteria on 0 to 1, in fixed order; None where none is answered."""
    known = [value for _, value in answers]
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
