"""Refuse a method that contradicts itself: every setting is looked at before anything is scored."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import trimmed
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.jenis_table import type_codes
from ksd_toolkit.scoring.weights.limits import weighting_limits

if TYPE_CHECKING:
    from ksd_toolkit.scoring.method import Group, Method

_WEIGHT_SUM: Final = 100.0
_MOST_DECIMALS: Final = 6  # points are floats of 0 to 100; finer figures would print their noise
_MOST_DRAWS: Final = 1_000_000  # beyond it a share gains no digit that is printed
_DIRECTIONS: Final = frozenset({"+", "-"})
_ORIGINS: Final = frozenset({"nilai", "usulan", "rule"})
_AGGREGATIONS: Final = frozenset({"additive", "geometric"})
_SHAKEN: Final = frozenset({"dirichlet", "order", "none"})
_PROCEDURES: Final = frozenset({"direct", "equal", "poin", "swing", "urutan", "ahp", "bwm"})
_CORNERS: Final = frozenset({"laksanakan", "siapkan", "tawarkan", "tunda"})


def check_method(method: "Method") -> None:
    """Raise the first contradiction found.

    Raises:
        MethodError: Weights do not sum to 100, a criterion or group is repeated, empty or belongs
            nowhere, classes are out of order, or a setting has a value that means nothing.
    """
    _check_weights(method)
    _check_tree(method)
    for setting, holds in _settings(method):
        if not holds:
            raise MethodError("method.setting_missing", name=method.name, key=setting)
    names = [band.name for band in method.bands]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise MethodError("method.repeated_class", names=", ".join(repeated))
    lowers = [band.lower for band in method.bands]
    if lowers != sorted(set(lowers), reverse=True) or lowers[-1] != 0:
        raise MethodError("method.bands")
    _check_weighting(method)


def _check_weights(method: "Method") -> None:
    codes = [criterion.code for criterion in method.criteria]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise MethodError("method.repeated", codes=", ".join(repeated))
    total = math.fsum(criterion.weight_percent for criterion in method.criteria)
    if not math.isfinite(total):
        odd = next(c for c in method.criteria if not math.isfinite(c.weight_percent))
        raise MethodError("method.weight", criterion=odd.code)
    if not math.isclose(total, _WEIGHT_SUM, abs_tol=1e-6):
        told = {f"total_{lang}": trimmed(total, 6, lang) for lang in ("id", "en")}
        raise MethodError("method.weight_sum", name=method.name, **told)
    for criterion in method.criteria:
        if criterion.weight_percent < 0:
            raise MethodError("method.weight", criterion=criterion.code)


def _check_tree(method: "Method") -> None:
    """Every leaf hangs on a group, every group on the root, and no group is empty."""
    for criterion in method.criteria:
        if criterion.group not in method.groups:
            raise MethodError("method.orphan", criterion=criterion.code, group=criterion.group)
        if criterion.direction not in _DIRECTIONS or criterion.origin not in _ORIGINS:
            raise MethodError("method.criterion", criterion=criterion.code)
        if not -math.inf < criterion.scale[0] < criterion.scale[1] < math.inf:
            raise MethodError("method.scale", criterion=criterion.code)
        if problem := criterion.preference.problem:
            raise MethodError("method.preference", criterion=criterion.code, setting=problem)
    filled = {criterion.group for criterion in method.criteria}
    for group in method.groups.values():
        above = list(_above(method, group))
        if above[-1].parent:
            raise MethodError("method.orphan_group", group=group.code, parent=above[-1].parent)
        filled |= {node.code for node in above} if group.code in filled else set()
    if empty := sorted(method.groups.keys() - filled):
        raise MethodError("method.empty_group", groups=", ".join(empty))


def _above(method: "Method", group: "Group") -> "Iterator[Group]":
    """A group and those above it; the last one names a parent only where that leads nowhere."""
    seen = {group.code}
    yield group
    while group.parent in method.groups and group.parent not in seen:
        group = method.groups[group.parent]
        seen.add(group.code)
        yield group


def _check_weighting(method: "Method") -> None:
    """Weights from comparisons that contradict each other need a stated reason."""
    told = method.weighting
    ratio = told.consistency_ratio
    if ratio is not None and not _between(ratio, 0, math.inf):
        raise MethodError(
            "method.setting_missing", name=method.name, key="[weighting] consistency_ratio"
        )
    limit = weighting_limits().consistency_limit
    if ratio is not None and ratio > limit and not told.acknowledged.strip():
        raise MethodError("method.inconsistent", name=method.name, ratio=f"{ratio:.3f}")


def _settings(method: "Method") -> Iterator[tuple[str, bool]]:
    """Every other setting by its name in the table, and whether its value means something."""
    classes = {band.name for band in method.bands}
    questions = {question.name for question in read_form("pemetaan").table("usulan").fields}
    orders = {"usulan_id", *method.weights, *method.groups}
    low, high = method.scale
    yield "scale_low, scale_high", -math.inf < low < high < math.inf
    yield "decimals", _between(method.decimals, 0, _MOST_DECIMALS, whole=True)
    yield "coverage_minimum", _between(method.coverage_minimum, 0, 1)
    yield "tie_order", set(method.tie_order) <= orders and _once(method.tie_order)
    yield "[[class]]", bool(classes) and all(_between(b.lower, 0, 100) for b in method.bands)
    yield "[floor] class", method.floor_class in classes
    yield "[floor] jenis", set(method.floor_types) <= set(type_codes())
    yield "[cap] class", method.cap_class in classes
    yield "[cap] field", method.cap_field in questions
    warned = {g.code for g in method.gates if any(r["outcome"] == "warning" for r in g.rows)}
    yield "strict_gates", set(method.strict_gates) <= warned
    yield "[weighting] procedure", set(method.weighting.procedure.split("+")) <= _PROCEDURES
    yield "aggregation", method.aggregation in {*_AGGREGATIONS, "promethee"}
    yield "[[group]] aggregation", {g.aggregation for g in method.groups.values()} <= _AGGREGATIONS
    yield "geometric_lowest", _between(method.geometric_lowest, 1e-6, 0.5)
    yield "may_be_unanswered", set(method.may_be_unanswered) <= set(method.weights)
    yield from _uncertainty_settings(method)
    yield from _quadrant_settings(method)


def _uncertainty_settings(method: "Method") -> Iterator[tuple[str, bool]]:
    shaken = method.uncertainty
    yield "[uncertainty] draws", _between(shaken.draws, 1, _MOST_DRAWS, whole=True)
    yield "[uncertainty] seed", _between(shaken.seed, 0, math.inf, whole=True)
    yield "[uncertainty] concentration", 0 < shaken.concentration < math.inf
    yield "[uncertainty] top", _between(shaken.top, 1, math.inf, whole=True)
    yield "[uncertainty] interval", 0 <= shaken.interval[0] <= shaken.interval[1] <= 1
    yield "[uncertainty] weights", shaken.weights in _SHAKEN
    yield "[uncertainty] missing", isinstance(shaken.missing, bool)
    yield "[uncertainty] raters", isinstance(shaken.raters, bool)
    yield "[uncertainty] noise", _between(shaken.noise, 0, 1)


def _quadrant_settings(method: "Method") -> Iterator[tuple[str, bool]]:
    view = method.quadrant
    sides = (*view.value_groups, *view.feasibility_groups)
    yield (
        "[quadrant] value_groups, feasibility_groups",
        (
            bool(view.value_groups and view.feasibility_groups)
            and len(set(sides)) == len(sides)
            and set(sides) <= method.groups.keys()
        ),
    )
    yield "[quadrant] value_border", _between(view.value_border, 0, 100)
    yield "[quadrant] feasibility_border", _between(view.feasibility_border, 0, 100)
    yield "[quadrant] laksanakan, siapkan, tawarkan, tunda", view.labels.keys() == _CORNERS


def _once(names: tuple[str, ...]) -> bool:
    return len(set(names)) == len(names)


def _between(value: object, low: float, high: float, *, whole: bool = False) -> bool:
    """Whether `value` is a number (a whole one) of this range; a text or NaN is not."""
    kinds = int if whole else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high
