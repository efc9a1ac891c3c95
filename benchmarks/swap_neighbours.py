"""What would swap every two neighbours of a list of tied usulan, and the same looked for stride by stride.

    python benchmarks/swap_neighbours.py [--usulan 15]

Three lists: every answer alike, each a little better than the next, and pairs that trade one answer for
another. Ours is timed as the table of a paper; beside it stands the old way to the weights that all move:
one stride of a hundredth of a percent after the other, each looked up in the ranking anew. Both must give
the same weights, to the last digit.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.scoring import Ranking, score
from ksd_toolkit.scoring.sensitivity import swap
from ksd_toolkit.scoring.sensitivity.moved import answered, points_under, printed, weights_of
from ksd_toolkit.scoring.sensitivity.nearest import nearest_weights
from ksd_toolkit.scoring.sensitivity.swaps import in_hundredths
from ksd_toolkit.tables import sensitivity
from tests.scoring.conftest import (
    NAME,
    OFFICES,
    RATED,
    SETTINGS,
    Proposal,
    proposal_of,
    quick_method,
    register_of,
)

_GOAL_S = 1.0
_SEED = 20260831
_STRIDES, _STRIDE = 2_000, 0.01
_EQUAL = 1e-9


def lists(usulan: int) -> dict[str, list[Proposal]]:
    """Lists of which few or no two neighbours differ on paper."""
    names = [f"DINKES-{number:02d}" for number in range(1, usulan + 1)]
    random = np.random.default_rng(_SEED)
    traded = [random.choice(RATED, 2, replace=False) for _ in names]
    rising = [RATED[: number % (len(RATED) + 1)] for number in range(usulan)]
    return {
        "alike": [proposal_of(name) for name in names],
        "each a little better": [
            proposal_of(name, **dict.fromkeys(codes, 4))
            for name, codes in zip(names, rising, strict=True)
        ],
        "one answer traded": [
            proposal_of(name, **{str(more): 4, str(less): 2})
            for name, (more, less) in zip(names, traded, strict=True)
        ],
    }


def ranked(home: Path, proposals: list[Proposal]) -> Ranking:
    """Their order where groups add, so that all weights may move."""
    folder = home / "data" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    register = register_of(open_dossier(NAME, home=home), *proposals)
    return score(register, quick_method().replace(aggregation="additive"))


def stride_by_stride(ranking: Ranking, lower: str, upper: str) -> list[float] | None:
    """The weights that swap two usulan, tried one after the other."""
    weights, pair = weights_of(ranking), [lower, upper]
    units, has = answered(ranking, pair)
    met = nearest_weights(units, has, weights)
    if met is None:
        return None
    way = met - weights
    size = float(np.sqrt((way * way).sum()))
    gap = np.where(has[0], units[0], 0.0) - np.where(has[1], units[1], 0.0)
    way = way / size if size > _EQUAL else gap - gap.mean()
    for stride in range(_STRIDES):
        stated = in_hundredths(met + stride * _STRIDE * way)
        first, second = printed(ranking, points_under(ranking, stated[None, :], pair))[0]
        if first > second:
            return [float(weight) for weight in stated]
    return None


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor, and what was found."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def compare(name: str, ranking: Ranking) -> None:
    """The table of a paper, then the weights that all move found both ways."""
    listed = [str(usulan) for usulan in ranking.table.index]
    table, _ = timed(lambda: sensitivity.neighbours(ranking, rows=len(listed)))
    swaps = [swap(ranking, *pair) for pair in pairwise(listed)]
    old, theirs = timed(lambda: [stride_by_stride(ranking, s.lower, s.upper) for s in swaps])
    ours = [None if found.together is None else found.together.to_list() for found in swaps]
    print(
        f"{name:<22} table (goal <= {_GOAL_S:g} s) {table:6.2f} s   stride by stride {old:6.2f} s, "
        f"the weights alone   {'same weights' if ours == theirs else 'WEIGHTS DIFFER'}"
    )


def main() -> None:
    """Compare on every list, after one that warms up."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--usulan", type=int, default=15)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sensitivity.neighbours(ranked(home, lists(2)["one answer traded"]))
        for name, proposals in lists(asked.usulan).items():
            compare(name, ranked(home, proposals))


if __name__ == "__main__":
    main()
