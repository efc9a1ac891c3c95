"""The best-worst method: weights from the best criterion against all and all against the worst."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.eigen import Floats
from ksd_toolkit.scoring.weights.limits import check_choice, weighting_limits
from ksd_toolkit.scoring.weights.revisit import Revisit, worst_fitting

Model = Literal["linear", "min_max"]
MODELS: Final[tuple[Model, ...]] = get_args(Model)

_NARROW: Final = 1e-10  # the smallest deviation of the min-max model is bisected this close
_WIDE: Final = 1e-8  # and the ranges of the weights are looked for this much above it
_PLACES: Final = 12  # digits of a weight a linear program settles


@dataclass(frozen=True, slots=True)
class BestWorst:
    """Weights by criterion (sum 1) of one member's best-worst judgements.

    `deviation` is the smallest possible largest deviation: of `w_B - a w_j` under the linear model,
    of `w_B / w_j - a` under the min-max model; nought is full consistency. `consistency_ratio` looks
    at the judgements alone: the largest |a_Bj a_jW - a_BW| over its largest possible value, 0 to 1.
    """

    model: Model
    best: str
    worst: str
    weights: Mapping[str, float]
    deviation: float
    consistency_ratio: float
    revisit: tuple[Revisit, ...]

    def __repr__(self) -> str:
        shares = ", ".join(f"{code} {100 * share:.2f} %" for code, share in self.weights.items())
        return f"BestWorst({shares}; {self.model}, xi {self.deviation:.4f})"


def best_worst_weights(
    best: str,
    worst: str,
    best_to_others: Mapping[str, float],
    others_to_worst: Mapping[str, float],
    model: Model = "linear",
) -> BestWorst:
    """The weights that deviate least from the judgements.

    Args:
        best: The most important criterion.
        worst: The least important one.
        best_to_others: How many times the best weighs each criterion, 1 to 9; itself 1.
        others_to_worst: How many times each criterion weighs the worst, 1 to 9; itself 1.
        model: `linear` (one solution always) or `min_max`, the non-linear model of 2015, whose
            optima are several above three criteria: the middle of their ranges is taken.

    Raises:
        MethodError: A judgement is missing, out of 1 to 9, or contradicts the choice of best and worst.

    Source:
        Rezaei (2015) Omega 53:49-57 (min_max); Rezaei (2016) Omega 64:126-130 (linear, and the
        middle of ranges); Liang, Brunelli & Rezaei (2020) Omega 96:102175 (input-based ratio).
    """
    check_choice(model, MODELS)
    names = list(best_to_others)
    _check(best, worst, best_to_others, others_to_worst)
    if len(names) == 1:
        return BestWorst(model, best, worst, {best: 1.0}, 0.0, 0.0, ())
    place = {name: number for number, name in enumerate(names)}
    made = list(dict.fromkeys(_made(best, worst, best_to_others, others_to_worst)))
    rows = [(place[first], place[second], ratio) for first, second, ratio in made]
    found, deviation = (_linear if model == "linear" else _min_max)(rows, len(names))
    weights = dict(zip(names, found.tolist(), strict=True))
    return BestWorst(
        model=model,
        best=best,
        worst=worst,
        weights=weights,
        deviation=deviation,
        consistency_ratio=_input_ratio(best_to_others, others_to_worst, best_to_others[worst]),
        revisit=worst_fitting(made, weights),
    )


def min_max_consistency_index(best_to_worst: float) -> float:
    """The largest deviation the min-max model can have at this ratio of best to worst.

    Source:
        Rezaei (2015), equation 9: the smaller root of x^2 - (1 + 2a) x + (a^2 - a) = 0.
    """
    return ((1.0 + 2.0 * best_to_worst) - math.sqrt(1.0 + 8.0 * best_to_worst)) / 2.0


def _check(
    best: str, worst: str, best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> None:
    names = best_to_others.keys()
    if best not in names or worst not in names or others_to_worst.keys() != names:
        missing = sorted(({best, worst} | others_to_worst.keys()) ^ names)
        raise MethodError("weights.best_worst_missing", codes=", ".join(missing))
    if best == worst and len(names) > 1:
        raise MethodError("weights.best_is_worst", criterion=best)
    highest = weighting_limits().highest_ratio
    for given in (best_to_others, others_to_worst):
        for name, value in given.items():
            if not 1.0 <= value <= highest:
                raise MethodError(
                    "weights.best_worst_scale", criterion=name, value=value, highest=f"{highest:g}"
                )
    if best_to_others[best] != 1 or others_to_worst[worst] != 1:
        raise MethodError("weights.best_worst_own", best=best, worst=worst)
    if best_to_others[worst] != others_to_worst[best]:
        raise MethodError("weights.best_worst_two", best=best, worst=worst)
    whole = best_to_others[worst]
    if beyond := [n for n in names if best_to_others[n] > whole or others_to_worst[n] > whole]:
        raise MethodError(
            "weights.best_worst_beyond", codes=", ".join(beyond), best=best, worst=worst
        )


def _made(
    best: str, worst: str, best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> Iterator[tuple[str, str, float]]:
    yield from ((best, name, value) for name, value in best_to_others.items() if name != best)
    yield from ((name, worst, value) for name, value in others_to_worst.items() if name != worst)


def _linear(rows: list[tuple[int, int, float]], size: int) -> tuple[Floats, float]:
    """Minimise the largest |w_i - a w_j| over weights that sum to 1."""
    bounds = np.zeros((2 * len(rows), size + 1))
    for number, (first, second, ratio) in enumerate(rows):
        bounds[2 * number, [first, second]] = 1.0, -ratio
        bounds[2 * number + 1, [first, second]] = -1.0, ratio
    bounds[:, size] = -1.0
    target = np.zeros(size + 1)
    target[size] = 1.0
    from scipy.optimize import linprog  # noqa: PLC0415  slow to load, and seldom needed

    found = linprog(
        target, A_ub=bounds, b_ub=np.zeros(len(bounds)), A_eq=_sums_to_one(size + 1, size), b_eq=[1.0],
        bounds=[(0, None)] * (size + 1),
    )  # fmt: skip
    weights = _tidy(np.asarray(found.x, dtype=np.float64)[:size])
    return weights, round(max(abs(weights[i] - a * weights[j]) for i, j, a in rows), _PLACES)


def _min_max(rows: list[tuple[int, int, float]], size: int) -> tuple[Floats, float]:
    """Minimise the largest |w_i / w_j - a| by bisection; each step is a linear feasibility test."""
    low, high = 0.0, max(ratio for _, _, ratio in rows)
    feasible = np.full(size, 1.0 / size)
    while high - low > _NARROW:
        middle = (low + high) / 2.0
        if (within := _extreme(rows, size, middle, np.zeros(size))) is None:
            low = middle
        else:
            high, feasible = middle, within
    middles = []
    for number in range(size):
        target = np.zeros(size)
        target[number] = 1.0
        found = [_extreme(rows, size, high + _WIDE, sign * target) for sign in (1.0, -1.0)]
        ends = [float((feasible if end is None else end)[number]) for end in found]
        middles.append(math.fsum(ends) / 2.0)
    return _tidy(np.array(middles)), high


def _extreme(
    rows: list[tuple[int, int, float]], size: int, deviation: float, target: Floats
) -> Floats | None:
    """The weights within this deviation that make `target` smallest; None where there are none."""
    bounds = np.zeros((2 * len(rows), size))
    for number, (first, second, ratio) in enumerate(rows):
        bounds[2 * number, [first, second]] = 1.0, -(ratio + deviation)
        bounds[2 * number + 1, [first, second]] = -1.0, ratio - deviation
    from scipy.optimize import linprog  # noqa: PLC0415  slow to load, and seldom needed

    found = linprog(
        target, A_ub=bounds, b_ub=np.zeros(len(bounds)), A_eq=_sums_to_one(size, size), b_eq=[1.0],
        bounds=[(0, None)] * size,
    )  # fmt: skip
    return found.x if found.success else None


def _sums_to_one(width: int, size: int) -> Floats:
    row = np.zeros((1, width))
    row[0, :size] = 1.0
    return row


def _tidy(weights: Floats) -> Floats:
    """Weights without what a solver leaves beyond its precision."""
    tidy = np.asarray(np.round(np.maximum(weights, 0.0), _PLACES), dtype=np.float64)
    return tidy / math.fsum(tidy)


def _input_ratio(
    best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float], whole: float
) -> float:
    """The largest contradiction among the judgements as a share of the largest there could be."""
    if whole == 1:
        return 0.0
    off = max(abs(best_to_others[n] * others_to_worst[n] - whole) for n in best_to_others)
    return off / (whole * whole - whole)
