"""The list worked out once more from its leaves, in fractions: points, ranks, classes and reasons.

Nothing of the toolkit's arithmetic is used: levels, weights, scales, bands and types go in.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import pandas as pd

from ksd_toolkit.scoring import Ranking

Levels = Mapping[str, Fraction | None]
Weights = Mapping[str, Fraction]


def half_up(exact: Fraction, places: int) -> Decimal:
    """A number as printed: its absolute value rounded half up."""
    scale = 10**places
    whole = math.floor(abs(exact) * scale + Fraction(1, 2))
    return (Decimal(whole) / scale).copy_sign(Decimal(-1 if exact < 0 and whole else 1))


def points_half_up(exact: Fraction, places: int) -> Fraction:
    """Points as printed: halves go up."""
    scale = 10**places
    return Fraction(math.floor(exact * scale + Fraction(1, 2)), scale)


class Reckoning:
    """A ranking's usulan with levels as fractions; None where unanswered, absent where not applicable."""

    def __init__(self, ranking: Ranking) -> None:
        self.method = ranking.method
        self.usulan = [str(name) for name in ranking.table.index]
        self.weights = {c.code: Fraction(str(c.weight_percent)) for c in self.method.criteria}
        leaves = ranking.leaves
        self.levels: dict[str, dict[str, Fraction | None]] = {}
        for usulan in self.usulan:
            given = leaves.answers.loc[usulan]
            self.levels[usulan] = {
                code: None
                if math.isnan(given[code])
                else Fraction(given[code]).limit_denominator(840)
                for code in self.weights
                if leaves.applicable.at[usulan, code]
            }
        self.applied: dict[tuple[object, ...], pd.DataFrame] = {}
        self.types = dict(ranking.table["jenis"])
        field = self.method.cap_field
        asked = ranking.register.usulan.set_index("usulan_id")[field]
        states = ranking.register.tables.states["usulan"][field].set_axis(asked.index)
        self.unknown = {u: bool(asked.isna()[u] and states[u] != "TB") for u in self.usulan}

    # --- points ----------------------------------------------------------------------------------

    def value(self, code: str, level: Fraction) -> Fraction:
        """A level as a share of its scale; a high risk is bad."""
        criterion = self.method.criterion(code)
        low, high = (Fraction(end) for end in criterion.scale)
        share = (level - low) / (high - low)
        return share if criterion.direction == "+" else 1 - share

    def answered(self, levels: Levels) -> dict[str, Fraction]:
        """Values of what was answered."""
        return {code: self.value(code, x) for code, x in levels.items() if x is not None}

    def exact(self, levels: Levels, weights: Weights | None = None) -> Fraction:
        """Points over the answered weight."""
        weights = weights or self.weights
        values = self.answered(levels)
        total = sum(weights[code] for code in values)
        return 100 * sum((weights[code] * v for code, v in values.items()), Fraction()) / total

    def printed(self, levels: Levels, weights: Weights | None = None) -> Fraction:
        """Points as printed."""
        return points_half_up(self.exact(levels, weights), self.method.decimals)

    def coverage(self, levels: Levels, weights: Weights | None = None) -> Fraction:
        """The answered share of the weight that applies."""
        weights = weights or self.weights
        return sum((weights[c] for c in self.answered(levels)), Fraction()) / sum(
            (weights[c] for c in levels), Fraction()
        )

    def ends(self, usulan: str) -> tuple[Fraction, Fraction]:
        """Printed points if all that is unanswered were worst, or best."""
        levels = self.levels[usulan]
        gained = sum((self.weights[c] * v for c, v in self.answered(levels).items()), Fraction())
        base = sum((self.weights[c] for c in levels), Fraction())
        open_ = base * (1 - self.coverage(levels))
        places = self.method.decimals
        return (
            points_half_up(100 * gained / base, places),
            points_half_up(100 * (gained + open_) / base, places),
        )

    @cached_property
    def points(self) -> dict[str, Fraction]:
        """Everyone's printed points."""
        return {usulan: self.printed(self.levels[usulan]) for usulan in self.usulan}

    def rank(self, usulan: str, points: Mapping[str, Fraction] | None = None) -> tuple[int, int]:
        """The rank, and how many share it."""
        points = points or self.points
        above = sum(other > points[usulan] for other in points.values())
        return 1 + above, sum(other == points[usulan] for other in points.values())

    def class_name(self, usulan: str, points: Fraction, coverage: Fraction) -> str:
        """The printed class: by points, then cap, floor, and coverage."""
        names = [band.name for band in self.method.bands]
        reached = [
            n for n, band in enumerate(self.method.bands) if points >= Fraction(str(band.lower))
        ]
        level = reached[0] if reached else len(names) - 1
        if self.unknown[usulan]:
            level = max(level, names.index(self.method.cap_class))
        if self.types[usulan] in self.method.floor_types:
            level = min(level, names.index(self.method.floor_class))
        enough = coverage >= Fraction(str(self.method.coverage_minimum))
        return names[level] if enough else "-"

    # --- reasons ---------------------------------------------------------------------------------

    def scores_of_all(self) -> dict[str, Fraction]:
        """Everyone's points before rounding."""
        return {usulan: self.exact(self.levels[usulan]) for usulan in self.usulan}

    def uniform(self, value: Fraction, usulan: str) -> dict[str, Fraction | None]:
        """Levels of one that has the same value in all that this usulan answered."""
        found: dict[str, Fraction | None] = {}
        for code in self.answered(self.levels[usulan]):
            criterion = self.method.criterion(code)
            low, high = (Fraction(end) for end in criterion.scale)
            share = value if criterion.direction == "+" else 1 - value
            found[criterion.code] = low + share * (high - low)
        return found

    def parts(self, usulan: str, other: Levels) -> dict[str, Fraction]:
        """Points per criterion beyond other levels; what is unanswered counts as one's own score.

        What neither of the two answered takes no part.
        """
        sides = []
        for levels in (self.levels[usulan], other):
            values, own = self.answered(levels), self.exact(levels)
            sides.append({c: 100 * values[c] if c in values else own for c in self.weights})
        weights = self.asked(self.levels[usulan], other)
        total = sum(weights.values())
        return {c: w * (sides[0][c] - sides[1][c]) / total for c, w in weights.items()}

    def asked(self, *sides: Levels) -> dict[str, Fraction]:
        """The weights of what at least one of them answered; of the others nothing."""
        known = {c for levels in sides for c, level in levels.items() if level is not None}
        return {c: w if c in known else Fraction() for c, w in self.weights.items()}

    def parts_between(self, usulan: str, other: str) -> dict[str, Fraction]:
        """Points per criterion beyond another usulan."""
        return self.parts(usulan, self.levels[other])

    def parts_to_mean(self, usulan: str) -> dict[str, Fraction]:
        """The mean of the parts against every ranked usulan."""
        each = [self.parts_between(usulan, other) for other in self.usulan]
        return {c: sum((one[c] for one in each), Fraction()) / len(each) for c in self.weights}

    def named(self, parts: Mapping[str, Fraction], *usulan: str) -> dict[str, Fraction]:
        """The parts of what all of these answered."""
        known = [self.answered(self.levels[name]) for name in usulan]
        return {c: part for c, part in parts.items() if all(c in answers for answers in known)}

    def one_sided(self, parts: Mapping[str, Fraction], usulan: str, rival: str = "") -> dict[str, list[Fraction]]:  # fmt: skip
        """The parts of what only one of two answered, or of what an usulan did not answer."""
        mine = self.answered(self.levels[usulan]).keys()
        weighing = {code for code, weight in self.weights.items() if weight > 0}
        if not rival:
            return {"": [parts[code] for code in weighing - mine]}
        theirs = self.answered(self.levels[rival]).keys()
        return {
            usulan: [parts[code] for code in weighing & mine - theirs],
            rival: [parts[code] for code in weighing & theirs - mine],
        }

    # --- what if ---------------------------------------------------------------------------------

    def everyone(
        self, usulan: str = "", levels: Levels | None = None, weights: Weights | None = None
    ) -> dict[str, Fraction]:
        """Everyone's printed points if one usulan's levels, or the weights, were others."""
        if weights is None:
            return self.points if levels is None else {**self.points, usulan: self.printed(levels)}
        return {
            name: self.printed(self.levels[name], weights)
            for name in self.usulan
            if any(weights[code] for code in self.answered(self.levels[name]))
        }

    def rescaled(self, code: str, percent: Fraction) -> dict[str, Fraction]:
        """The weights with one set and the others in proportion."""
        rest = sum(self.weights.values()) - self.weights[code]
        factor = (100 - percent) / rest
        return {c: percent if c == code else w * factor for c, w in self.weights.items()}

    def other_levels(self, usulan: str) -> list[tuple[str, Fraction]]:
        """Every other whole level of every answered criterion that weighs."""
        return [
            (code, Fraction(level))
            for code in self.answered(self.levels[usulan])
            if self.weights[code] > 0
            for level in self.whole_levels(code)
            if level != self.levels[usulan][code]
        ]

    def whole_levels(self, code: str) -> range:
        """The whole levels of a criterion's scale."""
        low, high = self.method.criterion(code).scale
        return range(math.ceil(low), math.floor(high) + 1)

    def with_level(self, usulan: str, code: str, level: Fraction) -> dict[str, Fraction | None]:
        """An usulan's levels with one of them supposed otherwise."""
        return {**self.levels[usulan], code: level}
