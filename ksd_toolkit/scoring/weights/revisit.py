"""Which judgements fit the others worst: the ones to talk over first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.scoring.weights.limits import weighting_limits

_TOLD: Final = (
    1.0 + 1e-6
)  # a judgement nearer than this to the consistent value contradicts nothing
_PLACES: Final = 9  # factors that differ by floating point alone keep the order of the judgements


@dataclass(frozen=True, slots=True)
class Revisit:
    """A judgement that fits the others badly. `judged` and `consistent` are ratios first : second."""

    first: str
    second: str
    judged: float
    consistent: float

    @property
    def factor(self) -> float:
        """How many times too high or too low it is; 1 is none."""
        return max(self.judged / self.consistent, self.consistent / self.judged)


def worst_fitting(
    judged: Iterable[tuple[str, str, float]], weights: Mapping[str, float]
) -> tuple[Revisit, ...]:
    """The judgements farthest from the ratio of the weights they led to, the farthest first.

    Args:
        judged: `(first, second, ratio)` of every judgement made.
        weights: Weight by criterion; a judgement about a criterion that weighs nothing is left out.
    """
    cells = [
        Revisit(first, second, ratio, weights[first] / weights[second])
        for first, second, ratio in judged
        if weights[first] > 0 and weights[second] > 0
    ]
    off = [cell for cell in cells if cell.factor > _TOLD]
    off.sort(key=lambda cell: -round(cell.factor, _PLACES))
    return tuple(off[: weighting_limits().revisit])
