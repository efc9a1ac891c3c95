"""The smallest change that moves an usulan: one answer, else one weight, that alters class or rank."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from ksd_toolkit.scoring.classes import NO_CLASS
from ksd_toolkit.scoring.explanation.lifts import Lift, lifted
from ksd_toolkit.scoring.explanation.supposed import (
    Kind,
    Seen,
    Suppositions,
    answers_supposed,
    classes_of,
    look,
    weights_supposed,
)
from ksd_toolkit.scoring.kernel import Booleans

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

Way = Literal["fall", "rise"]

_SUM_GUARD: Final = 1e-9  # weights such as 8.4 add up to a hair less than they do on paper


@dataclass(frozen=True, slots=True)
class Change:
    """One answer (a level of its scale) or one weight (percent, the others rescaled) supposed otherwise.

    `class_name`, `rank` and `points` are what the usulan then has.
    """

    kind: Kind
    code: str
    before: float
    after: float
    class_name: str
    rank: int
    points: float


@dataclass(frozen=True, slots=True)
class Prospect:
    """What moves an usulan, and what keeps it where it is.

    `of`: whether its `class` or, where there are none, its `rank` is looked at; `way`: down, or up
    where nothing lies below. `change` is None where no single answer and no single weight does it.
    `floor`: the class cannot fall because the cooperation is mandatory; `cap`: it cannot rise while
    the partner's benefit is unknown. `lift`: what answering that benefit does. `unanswered`: without a class for want of answers, the fewest
    criteria, heaviest first, whose answers would give it one.
    """

    of: Literal["class", "rank"]
    way: Way
    change: Change | None
    floor: bool = False
    cap: bool = False
    lift: Lift | None = None
    unanswered: tuple[str, ...] = ()


def prospect(ranking: "Ranking", usulan: str) -> Prospect | None:
    """What the smallest change would do to a ranked usulan; None where it has nowhere to go.

    Down a class, or up where it cannot fall; without classes, down in rank. An answer is tried before
    a weight; the smallest step first, then the one that moves the points most.
    """
    if not ranking.method.has_classes:
        return _of_rank(ranking, usulan)
    name = str(ranking.table.at[usulan, "class_name"])
    if name == NO_CLASS:
        return Prospect("class", "rise", None, unanswered=_wanting(ranking, usulan))
    names = [band.name for band in ranking.method.bands]
    lift = lifted(ranking, usulan)
    ends = classes_of(ranking, usulan, np.array([0.0, 100.0]), np.ones(2))
    level, (lowest, highest) = names.index(name), (names.index(end) for end in ends)
    if level < lowest:
        return Prospect("class", "fall", _class_change(ranking, usulan, "fall"), lift=lift)
    floor, cap = lowest < len(names) - 1, level == highest > 0
    if level == highest:
        return Prospect("class", "rise", None, floor, cap, lift) if floor or cap else None
    return Prospect("class", "rise", _class_change(ranking, usulan, "rise"), floor, lift=lift)


def overtaking(ranking: "Ranking", lower: str, upper: str) -> Change | None:
    """The smallest change of the lower one's answers, else of a weight, that puts it above the other."""

    def passes(seen: Seen) -> Booleans:
        return seen.of(lower) > seen.of(upper)

    return _smallest(ranking, lower, passes, [lower, upper])


def _class_change(ranking: "Ranking", usulan: str, way: Way) -> Change | None:
    level = {band.name: number for number, band in enumerate(ranking.method.bands)}
    now = level[str(ranking.table.at[usulan, "class_name"])]

    def moves(seen: Seen) -> Booleans:
        classes = classes_of(ranking, usulan, seen.of(usulan), seen.coverage)
        then = np.full(len(classes), now)
        for name, number in level.items():
            then[classes == name] = number
        return then > now if way == "fall" else then < now

    return _smallest(ranking, usulan, moves, [usulan])


def _of_rank(ranking: "Ranking", usulan: str) -> Prospect | None:
    others = [str(name) for name in ranking.table.index]
    now = int(ranking.table["rank"][usulan])
    if len(others) == 1:
        return None
    way: Way = "rise" if now == len(others) else "fall"

    def moves(seen: Seen) -> Booleans:
        then = seen.rank_of(usulan)
        return then > now if way == "fall" else then < now

    return Prospect("rank", way, _smallest(ranking, usulan, moves, others))


def _wanting(ranking: "Ranking", usulan: str) -> tuple[str, ...]:
    """The heaviest unanswered criteria, just enough of them for a class."""
    weights = ranking.method.weights
    applies = ranking.leaves.applicable.loc[usulan]
    given = ranking.leaves.answers.loc[usulan].notna()
    base = sum(weight for code, weight in weights.items() if applies[code])
    answered = sum(w for code, w in weights.items() if applies[code] and given[code])
    needed: list[str] = []
    open_ = [code for code in weights if applies[code] and not given[code]]
    for code in sorted(open_, key=weights.__getitem__, reverse=True):
        if answered / base >= ranking.method.coverage_minimum - _SUM_GUARD:
            break
        needed.append(code)
        answered += weights[code]
    return tuple(needed)


def _smallest(
    ranking: "Ranking", usulan: str, moves: Callable[[Seen], Booleans], watched: list[str]
) -> Change | None:
    """The smallest supposition that moves what is looked at; an answer before any weight."""
    for suppose in (answers_supposed, weights_supposed):
        for supposed in suppose(ranking, usulan).nearest_first():
            seen = look(ranking, usulan, supposed, watched)
            found = np.flatnonzero(moves(seen))
            if len(found):
                now = float(ranking.table["points"][usulan])
                effect = np.abs(seen.of(usulan)[found] - now)
                best = found[np.lexsort((-np.round(effect, 9), supposed.size[found]))[:1]]
                return _change(ranking, usulan, supposed.part(best))
    return None


def _change(ranking: "Ranking", usulan: str, supposed: Suppositions) -> Change:
    """A single supposition with all that follows for the usulan."""
    seen = look(ranking, usulan, supposed, [str(name) for name in ranking.table.index])
    points = seen.of(usulan)
    class_name = NO_CLASS
    if ranking.method.has_classes:
        class_name = str(classes_of(ranking, usulan, points, seen.coverage)[0])
    return Change(
        kind=supposed.kind,
        code=ranking.method.criteria[int(supposed.columns[0])].code,
        before=float(supposed.before[0]),
        after=float(supposed.after[0]),
        class_name=class_name,
        rank=int(seen.rank_of(usulan)[0]),
        points=float(points[0]),
    )
