"""Pairwise judgements as a matrix: numbers as offices write them, each pair once, all connected."""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from ksd_toolkit.errors import MethodError
from ksd_toolkit.questionnaire.numbers import parse_number
from ksd_toolkit.scoring.weights.eigen import Floats

Pair = tuple[str, str, str]
"""First, second, and how many times the first weighs the second, as written: `("K1", "K2", "1/3")`."""

_RATIO = re.compile(r"(?P<above>[^/:]+)[/:](?P<below>[^/:]+)")
_SIGN = re.compile(r"[\u00bc-\u00be\u2150-\u215e]")  # one sign that is a fraction: ½
_RECIPROCAL = 1e-9  # how far a_ij times a_ji may lie from 1


def parse_ratio(text: str) -> float | None:
    """A positive number or fraction as offices write it: `3`, `0,5`, `1/3`, `1:3`; else None.

    >>> parse_ratio("0,5"), parse_ratio("3/2"), parse_ratio("1-Mar"), parse_ratio("0")
    (0.5, 1.5, None, None)
    """
    value = parse_figure(text)
    return value if value is not None and value > 0 else None


def parse_figure(text: str) -> float | None:
    """A number or fraction of any sign: what `parse_ratio` reads, and what it would not allow.

    >>> parse_figure("-20"), parse_figure("100/4"), parse_figure("0"), parse_figure("1/0")
    (-20.0, 25.0, 0.0, None)
    """
    plain = text.strip().removeprefix("'").strip()
    if _SIGN.fullmatch(plain):
        plain = unicodedata.normalize("NFKC", plain).replace("\u2044", "/")
    match = _RATIO.fullmatch(plain)
    above, below = (parse_number(part) for part in (match.groups() if match else (plain, "1")))
    if above is None or below is None or below <= 0:
        return None
    return float(Fraction(above) / Fraction(below))


def comparison_matrix(names: Sequence[str], pairs: Sequence[Pair]) -> Floats:
    """The reciprocal matrix of judgements; NaN where nobody compared two criteria.

    Args:
        names: The criteria compared, in the matrix's order.
        pairs: The judgements; each pair of criteria once, either way round.

    Raises:
        MethodError: A judgement names no criterion or one against itself, repeats a pair, is no
            positive number, or the judgements leave a criterion unconnected to the others.
    """
    matrix = np.full((len(names), len(names)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    place = {name: number for number, name in enumerate(names)}
    for first, second, written in pairs:
        cell = f"{first} : {second}"
        if unknown := {first, second} - place.keys():
            codes = ", ".join(sorted(unknown))
            raise MethodError("weights.unknown_criterion", codes=codes, known=", ".join(names))
        if first == second:
            raise MethodError("weights.own_comparison", criterion=first)
        value = parse_ratio(str(written))
        if value is None:
            raise MethodError("weights.ratio", pair=cell, value=written)
        row, column = place[first], place[second]
        if not np.isnan(matrix[row, column]):
            raise MethodError("weights.repeated_pair", pair=cell)
        matrix[row, column], matrix[column, row] = value, 1.0 / value
    if apart := _unconnected(matrix, names):
        raise MethodError("weights.unconnected", codes=", ".join(apart))
    return matrix


def check_matrix(matrix: Floats, names: Sequence[str]) -> None:
    """Refuse a matrix that is none of pairwise comparisons.

    Raises:
        MethodError: It is not square, not positive, not reciprocal, or in parts.
    """
    if not names or matrix.shape != (len(names), len(names)):
        raise MethodError("weights.matrix_shape", size=len(names))
    known = ~np.isnan(matrix)
    if not (known == known.T).all() or not np.isfinite(matrix[known]).all():
        raise MethodError("weights.matrix_cells")
    filled = np.where(known, matrix, 1.0)
    if (filled <= 0).any():
        raise MethodError("weights.matrix_cells")
    off = np.abs(filled * filled.T - 1.0) > _RECIPROCAL
    if off.any():
        row, column = map(int, np.argwhere(off)[0])
        raise MethodError("weights.not_reciprocal", pair=f"{names[row]} : {names[column]}")
    if apart := _unconnected(matrix, names):
        raise MethodError("weights.unconnected", codes=", ".join(apart))


def _unconnected(matrix: Floats, names: Sequence[str]) -> list[str]:
    """The criteria no chain of judgements connects with the first one."""
    known = ~np.isnan(matrix)
    reached, front = {0}, [0]
    while front:
        row = front.pop()
        fresh = {int(column) for column in np.nonzero(known[row])[0]} - reached
        reached |= fresh
        front += sorted(fresh)
    return [name for number, name in enumerate(names) if number not in reached]
