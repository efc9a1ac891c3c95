"""Refuse a method that contradicts itself: every setting is looked at before anything is scored."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.jenis import type_codes

if TYPE_CHECKING:
    from ksd_toolkit.scoring.method import Method

_WEIGHT_SUM: Final = 100.0
_MOST_DECIMALS: Final = 6  # points are floats of 0 to 100; finer figures would print their noise
_DIRECTIONS: Final = frozenset({"+", "-"})
_ORIGINS: Final = frozenset({"nilai", "usulan", "rule"})


def check_method(method: "Method") -> None:
    """Raise the first contradiction found.

    Raises:
        MethodError: Weights do not sum to 100, a criterion is repeated or belongs nowhere, classes
            are out of order, or a setting has a value that means nothing.
    """
    _check_weights(method)
    _check_criteria(method)
    for setting, holds in _settings(method):
        if not holds:
            raise MethodError("method.setting_missing", name=method.name, key=setting)
    lowers = [band.lower for band in method.bands]
    if lowers != sorted(lowers, reverse=True):
        raise MethodError("method.bands")


def _check_weights(method: "Method") -> None:
    codes = [criterion.code for criterion in method.criteria]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise MethodError("method.repeated", codes=", ".join(repeated))
    total = math.fsum(criterion.weight_percent for criterion in method.criteria)
    if not math.isclose(total, _WEIGHT_SUM, abs_tol=1e-6):
        raise MethodError("method.weight_sum", total=f"{total:.9g}")
    for criterion in method.criteria:
        if criterion.weight_percent < 0:
            raise MethodError("method.weight", criterion=criterion.code)


def _check_criteria(method: "Method") -> None:
    for criterion in method.criteria:
        if criterion.group not in method.groups:
            raise MethodError("method.orphan", criterion=criterion.code, group=criterion.group)
        if criterion.direction not in _DIRECTIONS or criterion.origin not in _ORIGINS:
            raise MethodError("method.criterion", criterion=criterion.code)


def _settings(method: "Method") -> Iterator[tuple[str, bool]]:
    """Every other setting by its name in the table, and whether its value means something."""
    classes = {band.name for band in method.bands}
    questions = {question.name for question in read_form("pemetaan").table("usulan").fields}
    orders = {"usulan_id", *method.weights, *method.groups}
    shaken = method.uncertainty
    yield "scale_low, scale_high", method.scale[0] < method.scale[1]
    yield "decimals", _between(method.decimals, 0, _MOST_DECIMALS, whole=True)
    yield "coverage_minimum", _between(method.coverage_minimum, 0, 1)
    yield "tie_order", set(method.tie_order) <= orders
    yield "[[class]]", bool(classes) and all(_between(b.lower, 0, 100) for b in method.bands)
    yield "[floor] class", method.floor_class in classes
    yield "[floor] jenis", set(method.floor_types) <= set(type_codes())
    yield "[cap] class", method.cap_class in classes
    yield "[cap] field", method.cap_field in questions
    yield "[uncertainty] draws", _between(shaken.draws, 1, math.inf, whole=True)
    yield "[uncertainty] seed", _between(shaken.seed, 0, math.inf, whole=True)
    yield "[uncertainty] concentration", 0 < shaken.concentration < math.inf
    yield "[uncertainty] top", _between(shaken.top, 1, math.inf, whole=True)
    yield "[uncertainty] interval", 0 <= shaken.interval[0] <= shaken.interval[1] <= 1


def _between(value: object, low: float, high: float, *, whole: bool = False) -> bool:
    """Whether `value` is a number (a whole one) of this range; a text or NaN is not."""
    kinds = int if whole else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high
