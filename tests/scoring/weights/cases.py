"""Published cases of weighting, read from `tests/golden`."""

import json
from pathlib import Path

import numpy as np

GOLDEN = Path(__file__).parents[2] / "golden"


def case(name):
    """A golden case: its input, what it expects, and how near that must be met."""
    found = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert found["id"] == name
    return found["input"], found["expected"], found["tolerance"]


def near(found, expected, tolerance):
    """Every number of `expected` is met; both are dictionaries of the same keys."""
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert abs(found[name] - value) <= tolerance, name


def pairs_of(names, matrix):
    """A matrix as the judgements above its diagonal, each a ratio in text."""
    return [
        (names[row], names[column], repr(float(matrix[row][column])))
        for row in range(len(names))
        for column in range(row + 1, len(names))
    ]


def totals(weights, local):
    """Totals of alternatives: weight by criterion times local priority by criterion and alternative."""
    alternatives = next(iter(local.values()))
    return {
        name: sum(weight * local[criterion][name] for criterion, weight in weights.items())
        for name in alternatives
    }


def random_matrices(count, size, seed, noise=0.35):
    """Reciprocal matrices of the whole numbers 1 to 9, as inconsistent as people are."""
    random = np.random.default_rng(seed)
    weights = random.dirichlet(np.full(size, 3.0), count)
    matrices = np.ones((count, size, size))
    for row in range(size):
        for column in range(row + 1, size):
            ratio = weights[:, row] / weights[:, column] * np.exp(random.normal(0, noise, count))
            larger = np.clip(np.round(np.maximum(ratio, 1 / ratio)), 1, 9)
            matrices[:, row, column] = np.where(ratio < 1, 1 / larger, larger)
            matrices[:, column, row] = np.where(ratio < 1, larger, 1 / larger)
    return matrices
