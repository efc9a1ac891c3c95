"""The fast count of ranks for sliders: score and usulan in one whole number, sorted in place.

For screens and benchmarks only: a matrix product sums in an order of the processor's choosing and a
score keeps about 23 bits, so two usulan less than 1e-6 apart may change places. Usulan of the same
answers are tied exactly; any other tie is broken. Printed figures come from `counting`; the draws are
the same ones.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.tree import Node
from ksd_toolkit.scoring.uncertainty.blocks import BLOCK, Block, in_threads, pieces
from ksd_toolkit.scoring.uncertainty.counting import (
    count_ranks,
    shaken_sources,
    summary,
    summary_of,
)
from ksd_toolkit.scoring.uncertainty.draws import weights_of_block
from ksd_toolkit.scoring.uncertainty.judged import Judged
from ksd_toolkit.scoring.uncertainty.scores import units
from ksd_toolkit.scoring.uncertainty.settings import uncertainty_settings
from ksd_toolkit.scoring.uncertainty.tallies import Bins, Counts, rank_bins

Buffer = NDArray[Any]

_SMALL: Final = 2_048  # beyond, 32 bits hold too little of a score beside the usulan's number
_ALONE: Final = (
    2**18
)  # a product this small is not shared among threads, who would wait for each other
_MARGIN: Final = 2.0**-15  # of the range of keys at either end, for what rounding adds


@dataclass(frozen=True, slots=True, eq=False)
class _Packing:
    """Distinct usulan by criteria as keys: the larger the score, the smaller the key.

    `keys` m x g: the key of a draw is weights @ keys. `answered` m x g where somebody's base is less
    than all weights: the key is divided by weights @ answered. `sizes`: how many usulan share a
    column; `group`: n, each one's column. `bits` hold the column beside a key of `width` bits.
    """

    keys: Buffer
    answered: Buffer | None
    sizes: Counts
    group: NDArray[np.intp]
    bits: int
    width: int

    @property
    def last(self) -> float:
        """A key above every other."""
        return float(2.0**self.width * (1 - _MARGIN / 2))


def quick_firmness(
    found: Judged, uncertainty: Uncertainty, *, threads: int = 1, chunk: int = BLOCK
) -> pd.DataFrame:
    """What `rank_firmness` finds, many times faster where only weights are drawn.

    Answers that are drawn too, and trees that mix sums and products, are counted exactly instead. A
    mean rank takes runs of ranks at their middles.

    Args:
        found: What is ranked.
        uncertainty: What is drawn, and how often.
        threads: How many threads share the draws; changes no count.
        chunk: How many draws are sorted at a time; changes no count.

    Source:
        Lahdelma and Salminen (2001), SMAA-2, Oper. Res. 49:444-454 (rank acceptability).
    """
    if shaken_sources(found, uncertainty) != ("weights",) or not _linear(found.root):
        counted = count_ranks(found, uncertainty, threads=threads, chunk=chunk)
        return summary(counted, uncertainty)
    ranks, bins = packed_ranks(found, uncertainty, threads=threads, chunk=chunk)
    middles = (bins.first + bins.last) / 2
    return summary_of(ranks, (ranks * middles).sum(axis=1), bins, uncertainty)


def _linear(root: Node) -> bool:
    """Whether scores, or their logarithms, are weighted means of the leaves."""
    return root.additive or _geometric(root)


def _geometric(node: Node) -> bool:
    return node.aggregation == "geometric" and all(_geometric(child) for child in node.children)


def packed_ranks(
    found: Judged, uncertainty: Uncertainty, *, threads: int = 1, chunk: int = BLOCK
) -> tuple[Counts, Bins]:
    """How often each usulan had a rank of each bin, n x bins."""
    limits = uncertainty_settings()["limits"]
    n = len(found.answers)
    bins = rank_bins(n, uncertainty.top, limits["single_ranks"], limits["runs_of_ranks"])
    packing = _pack(found)
    bin_of = bins.of(np.arange(n + 1)) << packing.bits

    def of_blocks(some: list[Block]) -> Counts:
        desk = _Desk.of(packing)
        counts = np.zeros(len(bins.last) << packing.bits, dtype=np.int64)
        for block in some:
            weights = weights_of_block(found.weights, uncertainty, (block[0], BLOCK))
            _write_keys(packing, weights.astype(desk.scores.dtype), desk)
            for part in pieces(block[1], chunk):
                _write_cells(packing, desk.keys[part], bin_of, desk.cells[part])
                np.add(
                    counts, np.bincount(desk.cells[part].ravel(), minlength=len(counts)), out=counts
                )
        return counts

    cells = np.sum(in_threads(of_blocks, uncertainty.draws, threads), axis=0)
    return cells.reshape(len(bins.last), 1 << packing.bits).T[packing.group], bins


def _pack(found: Judged) -> _Packing:
    """Equal usulan once, and their values laid out between the ends of the keys."""
    has = ~np.isnan(found.answers) & found.applicable
    used = found.weights > 0
    values = np.where(has, units(found, found.answers), np.nan)
    low, high = (-1.0, 1.0) if found.preferences else (0.0, 1.0)
    if found.root.aggregation == "geometric":
        values = np.log(found.lowest + (1.0 - found.lowest) * values)
        low, high = float(np.log(found.lowest)), 0.0
    profiles = np.where(has & used, values, high + 1.0)  # one number for all that is unanswered
    _, first, group, sizes = np.unique(
        profiles, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    bits = max(2, int(np.ceil(np.log2(max(2, len(first))))))
    kind = np.float32 if len(found.answers) <= _SMALL else np.float64
    width = 32 - bits if kind is np.float32 else min(52, 64 - bits)
    keys = 2.0**width * (_MARGIN + (1 - 2 * _MARGIN) * (high - values[first]) / (high - low))
    known = has[first]
    complete = bool(known[:, used].all())
    return _Packing(
        keys=np.ascontiguousarray(np.where(known, keys, 0.0).T, dtype=kind),
        answered=None if complete else np.ascontiguousarray(known.T, dtype=kind),
        sizes=sizes.astype(np.int64),
        group=group.reshape(-1),
        bits=bits,
        width=width,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Desk:
    """What one thread writes on, block after block: scores, their base, keys, and cells to count."""

    scores: Buffer
    base: Buffer
    keys: Buffer
    cells: NDArray[np.intp]

    @classmethod
    def of(cls, packing: _Packing) -> "_Desk":
        shape = (BLOCK, len(packing.sizes))
        kind = packing.keys.dtype
        base = np.empty(shape if packing.answered is not None else (0, 0), dtype=kind)
        unsigned = np.uint32 if kind == np.float32 else np.uint64
        return cls(np.empty(shape, kind), base, np.empty(shape, unsigned), np.empty(shape, np.intp))


def _write_keys(packing: _Packing, weights: Buffer, desk: _Desk) -> None:
    """Keys of a block of draws. Every product is of the same rows, so that its sums never change."""
    rows = max(1, _ALONE // max(1, packing.keys.size))
    for part in pieces(BLOCK, rows):
        np.matmul(weights[part], packing.keys, out=desk.scores[part])
        if packing.answered is not None:
            np.matmul(weights[part], packing.answered, out=desk.base[part])
    if packing.answered is not None:
        tiny = np.finfo(desk.base.dtype).tiny
        np.maximum(desk.base, tiny, out=desk.base)
        np.divide(desk.scores, desk.base, out=desk.scores)
        # A draw that weighs nothing of what an usulan answered puts it last.
        np.copyto(desk.scores, packing.last, where=desk.base <= tiny)
    signed = desk.keys.view(np.int32 if desk.keys.dtype == np.uint32 else np.int64)
    np.copyto(signed, desk.scores, casting="unsafe")
    np.left_shift(desk.keys, desk.keys.dtype.type(packing.bits), out=desk.keys)
    columns = np.arange(desk.keys.shape[1], dtype=desk.keys.dtype)
    np.bitwise_or(desk.keys, columns, out=desk.keys)


def _write_cells(packing: _Packing, keys: Buffer, bin_of: Counts, cells: NDArray[np.intp]) -> None:
    """Sort the keys of some draws in place: what is left is who stands where, bin beside column."""
    keys.sort(axis=1)
    np.bitwise_and(keys, keys.dtype.type((1 << packing.bits) - 1), out=keys)
    np.copyto(cells, keys, casting="unsafe")
    if len(packing.sizes) == len(packing.group):
        np.bitwise_or(cells, bin_of[1:], out=cells)
        return
    sizes = packing.sizes[cells]
    np.bitwise_or(cells, bin_of[sizes.cumsum(axis=1) - sizes + 1], out=cells)
