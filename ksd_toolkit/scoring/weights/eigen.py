"""Bare arithmetic of pairwise comparisons on arrays: priorities, their eigenvalue, and missing cells.

Everything here trusts its input and adds in a fixed order, cell after cell, so that a batch gives
each matrix the very digits it gets alone, on every processor.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SETTLED: Final = 1e-14  # largest change of a weight in one more step
_MOST_STEPS: Final = 10_000
_SETTLED_LOG: Final = 1e-12  # largest relative change of a completed cell
_NOISE: Final = 1e-13  # what an eigenvalue near its minimum differs by floating point alone


class Eigen(NamedTuple):
    """Weights of K matrices (K x n, each summing to 1) and their principal eigenvalues (K)."""

    weights: Floats
    lambda_max: Floats


def principal_eigenvectors(matrices: Floats) -> Eigen:
    """Power iteration on many matrices at once; each stops when it has settled.

    Args:
        matrices: K x n x n, positive.

    Source:
        Saaty (1990) EJOR 48:9-26 (the priorities are the principal right eigenvector).
    """
    columns = np.ascontiguousarray(np.moveaxis(matrices, (0, 1, 2), (2, 1, 0)))  # column, row, K
    weights, _ = _shares(np.ones(columns.shape[1:]))
    lambda_max = np.zeros(len(matrices))
    moving = np.arange(len(matrices))
    for _ in range(_MOST_STEPS):
        new, growth = _shares(_times(columns, weights[:, moving]))
        settled = np.abs(new - weights[:, moving]).max(axis=0) <= _SETTLED
        weights[:, moving], lambda_max[moving] = new, growth
        if settled.any():
            moving, columns = moving[~settled], np.ascontiguousarray(columns[:, :, ~settled])
        if not len(moving):
            break
    return Eigen(np.ascontiguousarray(weights.T), lambda_max)


def row_geometric_means(matrices: Floats) -> Floats:
    """The logarithmic least squares priorities, K x n, each row summing to 1.

    Source:
        Crawford & Williams (1985) J. Math. Psychology 29:387-405.
    """
    logs = np.log(matrices)
    total = np.zeros(matrices.shape[:2])
    for column in range(matrices.shape[2]):
        total += logs[:, :, column]
    means = np.exp(total / matrices.shape[2])
    return np.ascontiguousarray(_shares(np.ascontiguousarray(means.T))[0].T)


def column_normalised(matrices: Floats) -> Eigen:
    """Row means of the column-normalised matrices, and the mean of (A w) / w: an approximation.

    It is not the eigenvector; the eigenvalue it gives differs from the true one in the third decimal
    already for a usual 8 x 8 matrix.
    """
    size = matrices.shape[2]
    share = np.zeros(matrices.shape[:2])
    for column in range(size):
        cells = np.ascontiguousarray(matrices[:, :, column].T)
        share += _shares(cells)[0].T
    weights = share / size
    ratios = row_ratios(matrices, weights)
    return Eigen(weights, _sum(ratios.T) / size)


def row_ratios(matrices: Floats, weights: Floats) -> Floats:
    """(A w) / w of every row, K x n: all equal to the eigenvalue where w is the eigenvector."""
    columns = np.ascontiguousarray(np.moveaxis(matrices, (0, 1, 2), (2, 1, 0)))
    return _times(columns, np.ascontiguousarray(weights.T)).T / weights


def completed(matrix: Floats) -> Floats:
    """An incomplete reciprocal matrix with the missing cells (NaN) that make lambda_max smallest.

    With u, w the left and right eigenvectors, the eigenvalue falls fastest towards
    a_ij = sqrt(w_i u_j / (w_j u_i)), where its slope is nought. It is convex in log a_ij, so every
    step that lowers it leads to the one minimum; a step that does not is halved.

    Args:
        matrix: n x n, positive and reciprocal where known; its known cells connect all n.

    Source:
        Bozoki, Fulop & Ronyai (2010) Math. Comput. Modelling 52:318-333.
    """
    rows, columns = np.nonzero(np.triu(np.isnan(matrix), 1))
    logs = np.zeros(len(rows))
    best, direction = _slope(matrix, rows, columns, logs)
    step = 1.0
    for _ in range(_MOST_STEPS):
        if not len(rows) or np.abs(direction).max() <= _SETTLED_LOG:
            break
        found, next_direction = _slope(matrix, rows, columns, logs + step * direction)
        if found > best * (1.0 + _NOISE):
            step /= 2.0
            continue
        logs = logs + step * direction
        best, direction, step = found, next_direction, min(1.0, 2.0 * step)
    return _filled(matrix, rows, columns, logs)


def _slope(
    matrix: Floats, rows: NDArray[np.intp], columns: NDArray[np.intp], logs: Floats
) -> tuple[float, Floats]:
    """The eigenvalue with these missing cells, and how far each log cell lies from its best."""
    full = _filled(matrix, rows, columns, logs)
    (right, left), eigenvalues = principal_eigenvectors(np.stack([full, full.T]))
    target = 0.5 * np.log(right[rows] * left[columns] / (right[columns] * left[rows]))
    return float(eigenvalues[0]), target - logs


def _filled(
    matrix: Floats, rows: NDArray[np.intp], columns: NDArray[np.intp], logs: Floats
) -> Floats:
    full = matrix.copy()
    full[rows, columns], full[columns, rows] = np.exp(logs), np.exp(-logs)
    return full


def _times(columns: Floats, vectors: Floats) -> Floats:
    """K matrices (column, row, K) times K vectors (n x K), column after column."""
    product: Floats = columns[0] * vectors[0]
    for column, factor in zip(columns[1:], vectors[1:], strict=True):
        product += column * factor
    return product


def _shares(vectors: Floats) -> tuple[Floats, Floats]:
    """K vectors (n x K) made to sum to 1, and what they summed to."""
    total = _sum(vectors)
    return vectors / total, total


def _sum(vectors: Floats) -> Floats:
    total: Floats = vectors[0].copy()
    for row in vectors[1:]:
        total += row
    return total
