"""The list worked out once more where values are multiplied, or compared pairwise."""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ksd_toolkit.scoring import Ranking
from tests.scoring.explanation.reckoning import Levels, Reckoning, Weights, points_half_up

DIGITS = 50


def power(factors: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The product of base to the exponent, to fifty digits."""
    with localcontext() as context:
        context.prec = DIGITS
        logs = [decimal(exponent) * decimal(base).ln() for base, exponent in factors]
        return Fraction(sum(logs, Decimal()).exp())


def decimal(fraction: Fraction) -> Decimal:
    """A fraction to the digits of the context."""
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def logarithm(fraction: Fraction) -> Fraction:
    """The natural logarithm to fifty digits."""
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction(decimal(fraction).ln())


class Found(NamedTuple):
    """A node's value 0 to 1 (None: nothing answered) and the answered weight below it."""

    value: Fraction | None
    weight: Fraction


class TreeReckoning(Reckoning):
    """Groups below a root, each added or multiplied; no deeper than that."""

    def __init__(self, ranking: Ranking) -> None:
        super().__init__(ranking)
        self.lowest = Fraction(str(self.method.geometric_lowest))
        self.groups = {
            group: [c.code for c in self.method.criteria if c.group == group]
            for group in self.method.groups
        }

    def term(self, kind: str, value: Fraction) -> Fraction:
        """What a node adds up of a value: itself, or the logarithm of the raised value."""
        if kind == "additive":
            return value
        return logarithm(self.lowest + (1 - self.lowest) * value)

    def together(self, kind: str, parts: list[Found]) -> Found:
        """The weighted mean of what was answered, added or multiplied."""
        known = [part for part in parts if part.value is not None and part.weight > 0]
        total = sum((part.weight for part in known), Fraction())
        if not total:
            return Found(None, Fraction())
        if kind == "additive":
            return Found(sum((v * w for v, w in known), Fraction()) / total, total)
        raised = power([(self.lowest + (1 - self.lowest) * v, w / total) for v, w in known])
        return Found((raised - self.lowest) / (1 - self.lowest), total)

    def nodes(self, values: Mapping[str, Fraction], weights: Weights) -> dict[str, Found]:
        """Every group and the root, whose name is empty."""
        found = {
            group: self.together(
                self.method.groups[group].aggregation,
                [Found(values.get(code), weights[code]) for code in codes],
            )
            for group, codes in self.groups.items()
        }
        return found | {"": self.together(self.method.aggregation, list(found.values()))}

    def exact(self, levels: Levels, weights: Weights | None = None) -> Fraction:
        """Points over the answered weight."""
        return 100 * (self.nodes(self.answered(levels), weights or self.weights)[""].value or 0)

    def ends(self, usulan: str) -> tuple[Fraction, Fraction]:
        """Printed points if all that is unanswered were worst, or best; never beside the points."""
        levels, values = self.levels[usulan], self.answered(self.levels[usulan])
        low, high = (
            100 * self.nodes({c: values.get(c, end) for c in levels}, self.weights)[""].value
            for end in (Fraction(), Fraction(1))
        )
        ends = min(low, self.exact(levels)), max(high, self.exact(levels))
        return tuple(points_half_up(end, self.method.decimals) for end in ends)

    def parts(self, usulan: str, other: Levels) -> dict[str, Fraction]:
        """Root to group to criterion; a logarithm is worth the logarithmic mean of both sides."""
        sides = [self.answered(levels) for levels in (self.levels[usulan], other)]
        nodes = [self.nodes(values, self.weights) for values in sides]
        kinds = {g: self.method.groups[g].aggregation for g in self.groups}
        if set(kinds.values()) == {"additive"} == {self.method.aggregation}:
            return super().parts(usulan, other)
        root = self.method.aggregation
        if root == "additive":  # what is added below a root that adds hangs on the root itself
            own = [g for g in self.groups if kinds[g] != "additive"]
            direct = [
                c for g, codes in self.groups.items() if kinds[g] == "additive" for c in codes
            ]
        else:
            own, direct = list(self.groups), []
        parts = dict.fromkeys(self.weights, Fraction())
        asked = self.asked(self.levels[usulan], other)
        total = sum(asked.values())
        factor = 100 * self.worth(root, nodes, "") / total
        ends = [self.term(root, found[""].value) for found in nodes]
        for code in direct:
            mine = [v.get(code, end) for v, end in zip(sides, ends, strict=True)]
            parts[code] += factor * asked[code] * (mine[0] - mine[1])
        for group in own:
            self.group_parts(group, root, asked, sides, nodes, ends, factor, parts)
        return parts

    def group_parts(self, group, root, asked, sides, nodes, ends, factor, parts):
        """What both answered goes on to the criteria, the rest lies on what only one answered."""
        codes, kind = self.groups[group], self.method.groups[group].aggregation
        codes = [code for code in codes if asked[code]]
        weights = {code: asked[code] for code in codes}
        full = sum(weights.values())
        shared = [code for code in codes if all(code in values for values in sides)]
        both = sum((weights[code] for code in shared), Fraction())
        rest = Fraction()
        for values, found, end, sign in zip(sides, nodes, ends, (1, -1), strict=True):
            answered = sum((weights[code] for code in codes if code in values), Fraction())
            value = found[group].value
            rest += sign * (full - answered) * end
            if value is not None:
                rest += sign * (answered - both) * self.term(root, value)
        for code in codes:
            if code not in shared:
                parts[code] += factor * rest * weights[code] / (full - both)
        if not both:
            return
        inner = factor * both / self.worth(root, nodes, group)
        inner *= self.worth(kind, nodes, group) / full
        within = [self.term(kind, found[group].value) for found in nodes]
        for code in codes:
            mine = [
                self.term(kind, values[code]) if code in values else end
                for values, end in zip(sides, within, strict=True)
            ]
            parts[code] += inner * weights[code] * (mine[0] - mine[1])

    def worth(self, kind: str, nodes: list[dict[str, Found]], at: str) -> Fraction:
        """Difference of two values per difference of their terms."""
        one, other = (found[at].value for found in nodes)
        if kind == "additive" or one is None or other is None:
            return Fraction(1)
        if one == other:
            return (self.lowest + (1 - self.lowest) * one) / (1 - self.lowest)
        return (one - other) / (self.term(kind, one) - self.term(kind, other))


class FlowReckoning(Reckoning):
    """Net flows of PROMETHEE II with linear or usual preference, in hundredths."""

    def __init__(self, ranking: Ranking) -> None:
        super().__init__(ranking)
        self.known: dict[tuple[object, ...], Fraction] = {}

    def preferred(self, code: str, difference: Fraction) -> Fraction:
        """How far a difference of levels is preferred."""
        preference = self.method.criterion(code).preference
        q = Fraction(preference.q or 0)
        if preference.function == "usual":
            return Fraction(difference > q)
        assert preference.function == "linear"
        return min(max((difference - q) / (Fraction(preference.p) - q), Fraction()), Fraction(1))

    def flow(self, code: str, level: Fraction, others: list[Fraction]) -> Fraction:
        """The mean of what one level wins and loses against others; worked out once."""
        asked = (code, level, tuple(sorted(others)))
        if asked not in self.known:
            self.known[asked] = self._flow(code, level, others)
        return self.known[asked]

    def _flow(self, code: str, level: Fraction, others: list[Fraction]) -> Fraction:
        sign = 1 if self.method.criterion(code).direction == "+" else -1
        steps = [sign * (level - other) for other in others]
        won = sum((self.preferred(code, d) - self.preferred(code, -d) for d in steps), Fraction())
        return won / len(others) if others else Fraction()

    def flows(self, levels: Mapping[str, Levels]) -> dict[str, dict[str, Fraction]]:
        """Net flows of everyone on what they answered."""
        return {
            name: {
                code: self.flow(
                    code,
                    level,
                    [
                        other[code]
                        for rival, other in levels.items()
                        if rival != name and other.get(code) is not None
                    ],
                )
                for code, level in mine.items()
                if level is not None
            }
            for name, mine in levels.items()
        }

    def scores(self, flows: Mapping[str, Mapping[str, Fraction]], weights: Weights) -> dict[str, Fraction]:  # fmt: skip
        """Flows weighed over what was answered, in hundredths."""
        return {
            name: 100
            * sum((weights[c] * flow for c, flow in mine.items()), Fraction())
            / sum(weights[c] for c in mine)
            for name, mine in flows.items()
            if any(weights[c] for c in mine)
        }

    def everyone(
        self, usulan: str = "", levels: Levels | None = None, weights: Weights | None = None
    ) -> dict[str, Fraction]:
        """Everyone's printed points: one other answer changes them all."""
        given = self.levels if levels is None else {**self.levels, usulan: levels}
        scores = self.scores(self.flows(given), weights or self.weights)
        places = self.method.decimals
        return {name: points_half_up(score, places) for name, score in scores.items()}

    @cached_property
    def points(self) -> dict[str, Fraction]:
        """Everyone's printed points."""
        return self.everyone()

    @cached_property
    def nominal(self) -> dict[str, dict[str, Fraction]]:
        """The flows as they are."""
        return self.flows(self.levels)

    def ends(self, usulan: str) -> tuple[Fraction, Fraction]:
        """Printed points if what is unanswered stood at either end of its scale; never beside them."""
        found = []
        for end in (0, 1):
            mine = dict(self.nominal[usulan])
            for code, level in self.levels[usulan].items():
                if level is None:
                    others = [x[code] for x in self.levels.values() if x.get(code) is not None]
                    scale = self.method.criterion(code).scale
                    worst_first = (
                        scale if self.method.criterion(code).direction == "+" else scale[::-1]
                    )
                    at = self.flow(code, Fraction(worst_first[end]), others)
                    mine[code] = at if others else Fraction(2 * end - 1)
            score = self.scores({usulan: mine}, self.weights)[usulan]
            found.append(points_half_up(score, self.method.decimals))
        mine = self.points[usulan]
        return min(found[0], mine), max(found[1], mine)

    def scores_of_all(self) -> dict[str, Fraction]:
        """Everyone's points before rounding."""
        return self.scores(self.nominal, self.weights)

    def parts_between(self, usulan: str, other: str) -> dict[str, Fraction]:
        """Weight times the difference of flows; what is unanswered counts as one's own score."""
        scores = self.scores(self.nominal, self.weights)
        asked = self.asked(self.levels[usulan], self.levels[other])
        total = sum(asked.values())
        return {
            code: weight
            * (
                100 * self.nominal[usulan].get(code, scores[usulan] / 100)
                - 100 * self.nominal[other].get(code, scores[other] / 100)
            )
            / total
            for code, weight in asked.items()
        }
