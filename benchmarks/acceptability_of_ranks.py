"""Rank acceptability of 500 usulan x 12 criteria under thousands of weight draws, and peers beside it.

    python benchmarks/acceptability_of_ranks.py [--usulan 500] [--criteria 12] [--draws 10000] [--peers DIR]

Ours is timed as a whole, drawing the weights included: the packed count of sliders and the printed
count. The peers are given ready weights and called once a draw, as documented; they are timed on fewer
draws and scaled, which the table says. scikit-criteria is no part of this project: where it is not
installed, `--peers` may name a folder it was installed to (`pip install --target DIR scikit-criteria`).
Extra memory is what Python and NumPy allocate at most during one count.
"""

import argparse
import importlib
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pymcdm.methods import WSM

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.scoring.kernel import shared_ranks
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.tree import tree_scores
from ksd_toolkit.scoring.uncertainty.counting import count_ranks, of_values
from ksd_toolkit.scoring.uncertainty.draws import weight_draws
from ksd_toolkit.scoring.uncertainty.judged import Judged
from ksd_toolkit.scoring.uncertainty.packed import packed_ranks

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Clock = Callable[[], float]
Best = tuple[float, Any]

_GOAL_MS, _GOAL_MB = 30, 50
_RUNS = 25
_SEED = 20260831
_PEER_DRAWS = 100


def case(usulan: int, criteria: int, draws: int) -> tuple[Judged, Uncertainty]:
    """Values between 0 and 1, taken as they are by all; equal weights are stated."""
    values = np.random.default_rng(_SEED).random((usulan, criteria))
    found = of_values(values, np.ones(values.shape, dtype=bool), np.full(criteria, 100 / criteria))
    return found, Uncertainty(draws, _SEED, 374.0, 10, (0.05, 0.95))


def with_pandas(values: Floats, weights: Floats) -> Counts:
    """As one would write it: a frame, a weighted sum and a rank for every draw."""
    frame = pd.DataFrame(values)
    ranks = [frame.mul(draw).sum(axis=1).rank(ascending=False, method="min") for draw in weights]
    return _counted(np.array(ranks, dtype=np.int64))


def with_pymcdm(values: Floats, weights: Floats) -> Counts:
    """One call of its weighted sum a draw; its own ranks give ties their mean, so 1,1 would be 1.5."""
    method = WSM(lambda column, cost=False: column)
    types = np.ones(values.shape[1])
    ranks = [method.rank(method(values, draw, types)) for draw in weights]
    return _counted(np.array(ranks).astype(np.int64))


def with_scikit_criteria(values: Floats, weights: Floats) -> Counts:
    """One decision matrix a draw, its weights made to sum to 1 as its pipelines do."""
    skcriteria = importlib.import_module("skcriteria")
    simple = importlib.import_module("skcriteria.agg.simple")
    scalers = importlib.import_module("skcriteria.preprocessing.scalers")
    pipe = importlib.import_module("skcriteria.pipelines").mkpipe(
        scalers.SumScaler(target="weights"), simple.WeightedSumModel()
    )
    objectives = [max] * values.shape[1]
    ranks = [
        pipe.evaluate(skcriteria.mkdm(values, objectives, weights=draw)).rank_ for draw in weights
    ]
    return _counted(np.array(ranks, dtype=np.int64))


def _counted(ranks: Counts) -> Counts:
    """How often each usulan had each rank."""
    count = ranks.shape[1]
    cells = np.arange(count) * count + ranks - 1
    return np.bincount(cells.ravel(), minlength=count * count).reshape(count, count)


def best_of(work: Callable[[], Any], runs: int, clock: Clock = time.perf_counter) -> Best:
    """The shortest time in milliseconds, and what was found."""
    times, found = [], None
    for _ in range(runs):
        start = clock()
        found = work()
        times.append(1000 * (clock() - start))
    return min(times), found


def extra_memory(work: Callable[[Judged, Uncertainty], Any], *asked: int) -> float:
    """The most that one count holds beyond what was held before, in MB."""
    work(*case(2, 2, 2))
    found, settings = case(*asked)
    tracemalloc.start()
    work(found, settings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def compare(usulan: int, criteria: int, draws: int) -> None:
    """Ours, then every peer that is here, on the same values and the same weights."""
    found, settings = case(usulan, criteria, draws)
    print(f"{usulan} usulan x {criteria} criteria x {draws} draws")
    packed_ranks(found, settings)
    spent, (quick, _) = best_of(lambda: packed_ranks(found, settings), _RUNS)
    worked, _ = best_of(lambda: packed_ranks(found, settings), _RUNS, time.process_time)
    print(f"ours, packed (goal <= {_GOAL_MS} ms)  {spent:10.1f} ms   processor {worked:.1f} ms")
    two, _ = best_of(lambda: packed_ranks(found, settings, threads=2), _RUNS)
    print(f"ours, packed, two threads      {two:10.1f} ms")
    printed, exact = best_of(lambda: count_ranks(found, settings), 2)
    off = np.abs(quick - exact.ranks).max() / draws
    print(
        f"ours, printed                  {printed:10.1f} ms   largest difference of a share {off:.1e}"
    )
    few = min(draws, _PEER_DRAWS)
    weights = weight_draws(found.weights, settings)[:few]
    exact_few = _counted(_printed_ranks(found, weights))
    peers = {
        "pandas loop": with_pandas, "pymcdm": with_pymcdm, "scikit-criteria": with_scikit_criteria
    }  # fmt: skip
    for name, work in peers.items():
        try:
            took, theirs = best_of(lambda work=work: work(found.answers, weights), 3)  # type: ignore[misc]
        except ImportError:
            print(f"{name:<30} not installed")
            continue
        whole = took * draws / few
        same = np.abs(theirs - exact_few).max() / few
        print(
            f"{name:<30} {whole:10.0f} ms   {whole / spent:6.0f} x packed, {whole / printed:5.1f} x "
            f"printed (scaled from {few} draws); largest difference {same:.1e}"
        )


def _printed_ranks(found: Judged, weights: Floats) -> Counts:
    """The ranks of some draws by the printed path."""
    scores = tree_scores(found.answers, found.applicable, weights, found.root)
    return shared_ranks(np.round(scores, 9))


def main() -> None:
    """Compare times, then memory for ten times the draws."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--usulan", type=int, default=500)
    arguments.add_argument("--criteria", type=int, default=12)
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument("--peers", default="")
    asked = arguments.parse_args()
    if asked.peers:
        sys.path.append(asked.peers)
    compare(asked.usulan, asked.criteria, asked.draws)
    for name, work in {"packed": packed_ranks, "printed": count_ranks}.items():
        more = extra_memory(work, asked.usulan, asked.criteria, 10 * asked.draws)
        print(
            f"extra memory, {name}, {10 * asked.draws} draws (goal <= {_GOAL_MB} MB) {more:6.1f} MB"
        )


if __name__ == "__main__":
    main()
