"""Net flows of PROMETHEE II, linear preference on twelve criteria, and pymcdm beside them.

    python benchmarks/flows_of_promethee.py [--usulan 500 1000 2000 10000] [--criteria 12] [--with-largest]

Both are given the same answers (any number between 1 and 5, so that nothing ties) and the same thresholds.
pymcdm holds one n x n table per preference function at a time, and more while it adds them up: at
n = 10,000 that was 11.7 GB where it was once measured. It is therefore run up to n = 2,000 only, unless
asked for `--with-largest`; what was not run is said so and has no ratio.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pymcdm.methods import PROMETHEE_II

from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import flows_matrix

Floats = NDArray[np.float64]

_GOAL = "goal at 10,000: <= 60 ms, <= 20 MB"
_Q, _P = 0.5, 3.0
_PEER_UP_TO = 2_000
_PEER_GB = 11.7
_SEED = 20260831
_RUNS = 5


class Measured(NamedTuple):
    """The shortest time, the memory at its highest, and the net flows found."""

    ms: float
    mb: float
    flows: Floats


def ours(answers: Floats, weights: Floats) -> Floats:
    """Flows by criterion, then their weighted mean."""
    flows = flows_matrix(answers, [Preference("linear", q=_Q, p=_P)] * answers.shape[1])
    applicable = np.ones(flows.shape, dtype=bool)
    return weighted_points(flows, applicable, weights).score / 100.0


def with_pymcdm(answers: Floats, weights: Floats) -> Floats:
    """A new object for every call: one object answers once only when it has thresholds."""
    count = answers.shape[1]
    method = PROMETHEE_II("vshape_2", p=np.full(count, _P), q=np.full(count, _Q))
    found: Floats = method(answers, weights, np.ones(count), validation=False)
    return found


def measure(
    work: Callable[[Floats, Floats], Floats], answers: Floats, weights: Floats, runs: int
) -> Measured:
    """The best of some runs; memory is traced in a run of its own, which tracing slows down."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        flows = work(answers, weights)
        times.append(1000 * (time.perf_counter() - start))
    tracemalloc.start()
    flows = work(answers, weights)
    highest = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return Measured(min(times), highest, flows)


def main() -> None:
    """Measure both for every size and print times, memory, ratios and how far the flows differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--usulan", type=int, nargs="+", default=[500, 1_000, 2_000, 10_000])
    arguments.add_argument("--criteria", type=int, default=12)
    arguments.add_argument("--with-largest", action="store_true", help="pymcdm at every size too")
    asked = arguments.parse_args()
    generator = np.random.default_rng(_SEED)
    weights = np.full(asked.criteria, 1.0 / asked.criteria)
    print(f"PROMETHEE II, linear, {asked.criteria} criteria ({_GOAL})")
    for count in asked.usulan:
        answers = 1.0 + 4.0 * generator.random((count, asked.criteria))
        mine = measure(ours, answers, weights, _RUNS)
        print(f"n = {count:>6}  ours    {mine.ms:10.2f} ms  {mine.mb:9.1f} MB")
        if count > _PEER_UP_TO and not asked.with_largest:
            needs = _PEER_GB * (count / 10_000) ** 2
            print(
                f"n = {count:>6}  pymcdm  not run: needs about {needs:.1f} GB (--with-largest runs it)"
            )
            continue
        theirs = measure(with_pymcdm, answers, weights, 1)
        off = np.abs(theirs.flows - mine.flows).max()
        print(
            f"n = {count:>6}  pymcdm  {theirs.ms:10.2f} ms  {theirs.mb:9.1f} MB   "
            f"{theirs.ms / mine.ms:6.0f} x time, {theirs.mb / mine.mb:6.0f} x memory, "
            f"largest difference {off:.1e}"
        )


if __name__ == "__main__":
    main()
