"""Does the order of the others change when one usulan is dropped or has a double? Tried, not presumed.

On fixed scales every usulan is weighed by itself and nothing can change; net flows are relative to
who else is in the list, and may.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from ksd_toolkit.messages import count, say
from ksd_toolkit.scoring.aggregation import aggregate
from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.kernel import Floats, round_half_up
from ksd_toolkit.scoring.ranking import Ranking

Test = Literal["drop", "clone"]


@dataclass(frozen=True, slots=True, eq=False)
class Reversal:
    """The order of a list beside one usulan fewer, and beside a double of one.

    `tests`: one row per test and usulan: `test` (`drop`, `clone`), `usulan`, `reversed` (pairs of
    others that change places) and `ties` (pairs that become or stop being equal).
    `pairs`: `test, usulan, above, below`: `above` stood above `below` and now stands below it.
    """

    ranking: Ranking
    tests: pd.DataFrame
    pairs: pd.DataFrame

    def __repr__(self) -> str:
        return f"Reversal({len(self.tests)} uji, {len(self.pairs)} pasangan bertukar)"

    @property
    def stable(self) -> bool:
        """Whether no two usulan ever changed places."""
        return self.pairs.empty

    def explain(self, lang: str = "") -> str:
        """What the tests found, in one sentence."""
        lang = lang or self.ranking.lang
        tried = count(len(self.tests), lang)
        if self.stable:
            return say("sensitivity.stable", lang, tests=tried)
        moved = count(int((self.tests["reversed"] > 0).sum()), lang)
        first = self.pairs.iloc[0]
        return say(
            "sensitivity.unstable",
            lang,
            tests=tried,
            moved=moved,
            example=say(
                f"sensitivity.example_{first['test']}",
                lang,
                usulan=first["usulan"],
                above=first["above"],
                below=first["below"],
            ),
        )


def rank_reversal(ranking: Ranking) -> Reversal:
    """Drop each ranked usulan in turn, then give each a double, and compare the order of the others.

    Source:
        Belton and Gear (1983), Omega 11:228-230 (a copy of one alternative reverses two others).
    """
    names = list(ranking.table.index)
    place = {name: number for number, name in enumerate(ranking.basis.types.index)}
    rows = np.array([place[name] for name in names])
    before = _points(ranking, rows)
    tests, pairs = [], []
    for test, usulan, kept, after in _tried(ranking, rows):
        reversed_, ties = order_changes(before[kept], after)
        tests.append((test, names[usulan], len(reversed_), ties))
        others = [names[number] for number in kept]
        pairs += [(test, names[usulan], others[a], others[b]) for a, b in reversed_]
    return Reversal(
        ranking,
        pd.DataFrame(tests, columns=["test", "usulan", "reversed", "ties"]),
        pd.DataFrame(pairs, columns=["test", "usulan", "above", "below"]),
    )


def order_changes(before: Floats, after: Floats) -> tuple[list[tuple[int, int]], int]:
    """Pairs whose order is turned round, the former upper one first, and how many ties came or went.

    Args:
        before: n points as printed.
        after: n points of the same usulan.
    """
    was = np.sign(before[:, None] - before[None, :])
    now = np.sign(after[:, None] - after[None, :])
    turned = np.argwhere((was > 0) & (now < 0))
    ties = int(((was == 0) != (now == 0)).sum()) // 2
    return [(int(a), int(b)) for a, b in turned], ties


def _tried(
    ranking: Ranking, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]"
) -> "Iterator[tuple[Test, int, np.ndarray[tuple[int], np.dtype[np.intp]], Floats]]":
    """Every test: what was done to whom, the usulan compared, and their points then."""
    everyone = np.arange(len(rows))
    for usulan in everyone:
        kept = np.delete(everyone, usulan)
        if len(kept):
            yield "drop", int(usulan), kept, _points(ranking, rows[kept])
    for usulan in everyone:
        doubled = _points(ranking, np.append(rows, rows[usulan]))
        yield "clone", int(usulan), everyone, doubled[: len(rows)]


def _points(ranking: Ranking, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Floats:
    """Printed points of some usulan when they alone are the list; a row may stand in it twice."""
    found = aggregate(_of_rows(ranking.basis, rows), ranking.method, np.ones(len(rows), dtype=bool))
    return round_half_up(found.points.score, ranking.method.decimals)


def _of_rows(basis: Basis, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Basis:
    leaves = basis.leaves
    taken = replace(
        leaves, answers=leaves.answers.iloc[rows], applicable=leaves.applicable.iloc[rows]
    )
    return replace(basis, leaves=taken)
