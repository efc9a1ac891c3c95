"""How PROMETHEE II reads a difference between two answers: six functions of Brans, Vincke and Mareschal."""

import math
from dataclasses import dataclass
from typing import Final, Literal

Function = Literal["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]

THRESHOLDS: Final[dict[str, tuple[str, ...]]] = {
    "usual": (), "u_shape": ("q",), "v_shape": ("p",), "level": ("q", "p"), "linear": ("q", "p"),
    "gaussian": ("s",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preference:
    """A preference function with its thresholds, in units of the answers.

    `q`: a difference up to it is indifferent; `p`: from it on preference is full; `s`: the point of
    inflection of the gaussian function.

    Source:
        Brans, Vincke and Mareschal (1986), EJOR 24:228-238.
    """

    function: Function
    q: float | None = None
    p: float | None = None
    s: float | None = None

    @property
    def problem(self) -> str:
        """What is wrong with the thresholds: `function`, a threshold's name, or nothing."""
        if self.function not in THRESHOLDS:
            return "function"
        needed = THRESHOLDS[self.function]
        for name in ("q", "p", "s"):
            value = getattr(self, name)
            if (value is None) == (name in needed) or (value is not None and not _usable(value)):
                return name
        if "p" in needed and self.p is not None and self.p <= (self.q or 0.0):
            return "p"
        return "s" if self.s == 0 else ""


def _usable(threshold: float) -> bool:
    return 0 <= threshold < math.inf


LINEAR: Final = Preference("linear", 0.0, 4.0)
"""Full preference only between the two ends of a scale of five."""
