"""A thousand pairwise matrices of eight criteria: weights and consistency of each, and AHPy and pymcdm beside it.

    python benchmarks/priorities_of_ahp_matrices.py [--matrices 1000] [--size 8]

All three are given the same judgements on Saaty's scale and asked for the weights and the consistency
ratio of every matrix. Ours takes them in one batch; the peers are called once a matrix, as documented.
AHPy rounds its weights to four decimals and chooses its own random index, so its weights are compared
to four decimals and the consistency index stands for the ratio.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ahpy
import numpy as np
from numpy.typing import NDArray
from pymcdm.weights import subjective

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.scoring.weights import random_index
from ksd_toolkit.scoring.weights.eigen import principal_eigenvectors
from tests.scoring.weights.cases import random_matrices

Floats = NDArray[np.float64]
Found = tuple[Floats, Floats]
"""Weights (K x n) and consistency ratios (K)."""

_GOAL_MS = 10
_RUNS = 5
_SEED = 20260831


def ours(matrices: Floats) -> Found:
    """One batch."""
    size = matrices.shape[1]
    weights, lambda_max = principal_eigenvectors(matrices)
    return weights, (lambda_max - size) / (size - 1) / random_index("saaty").of(size)


def with_ahpy(matrices: Floats) -> Found:
    """One Compare a matrix, from its judgements above the diagonal."""
    size = matrices.shape[1]
    names = [f"C{number}" for number in range(size)]
    above = [(row, column) for row in range(size) for column in range(row + 1, size)]
    weights, ratios = [], []
    for matrix in matrices:
        judged = {(names[row], names[column]): matrix[row, column] for row, column in above}
        found = ahpy.Compare("", judged, random_index="saaty")
        weights.append([found.local_weights[name] for name in names])
        ratios.append(found.consistency_ratio)
    return np.array(weights), np.array(ratios)


def with_pymcdm(matrices: Floats) -> Found:
    """One AHP object a matrix; its table of random indices is another, so ours is put in its place."""
    size = matrices.shape[1]
    weights, ratios = [], []
    for matrix in matrices:
        found = subjective.AHP(matrix=matrix)
        weights.append(found())
        ratios.append(
            found.get_cr() * subjective.AHP.RI_M[size - 1] / random_index("saaty").of(size)
        )
    return np.array(weights), np.array(ratios)


def best_of(work: Callable[[Floats], Found], matrices: Floats, runs: int) -> tuple[float, Found]:
    """The shortest time in milliseconds, and what was found."""
    times, found = [], None
    for _ in range(runs):
        start = time.perf_counter()
        found = work(matrices)
        times.append(1000 * (time.perf_counter() - start))
    assert found is not None  # noqa: S101  there is at least one run
    return min(times), found


def main() -> None:
    """Time all three on the same matrices and print how far their weights and ratios differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--matrices", type=int, default=1_000)
    arguments.add_argument("--size", type=int, default=8)
    asked = arguments.parse_args()
    matrices = random_matrices(asked.matrices, asked.size, _SEED)
    ours(matrices[:10])
    spent, (weights, ratios) = best_of(ours, matrices, _RUNS)
    print(
        f"{asked.matrices} matrices {asked.size} x {asked.size}, CR {ratios.min():.3f} to {ratios.max():.3f}"
    )
    print(f"ours (goal <= {_GOAL_MS} ms)  {spent:8.2f} ms")
    for name, work, runs in (("AHPy", with_ahpy, 2), ("pymcdm", with_pymcdm, 2)):
        theirs, (their_weights, their_ratios) = best_of(work, matrices, runs)
        off = np.abs(their_weights - weights).max(), np.abs(their_ratios - ratios).max()
        print(
            f"{name:<20} {theirs:8.2f} ms  {theirs / spent:6.0f} x  "
            f"largest difference: weight {off[0]:.1e}, CR {off[1]:.1e}"
        )


if __name__ == "__main__":
    main()
