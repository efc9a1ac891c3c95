"""Answers as they might also have been: blanks over their whole scale, one rater at a time, a step off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty.blocks import BLOCK, Block, generator
from ksd_toolkit.scoring.uncertainty.judged import Judged

Cells = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True, slots=True, eq=False)
class Disturbance:
    """The cells a block of draws changes, and what they become: S draws by k cells, answers."""

    cells: Cells
    answers: Floats

    def laid_over(self, answers: Floats, part: slice) -> Floats:
        """The answers under some draws of the block: draws x n x m."""
        drawn = self.answers[part]
        found = np.repeat(answers[None], len(drawn), axis=0)
        found[:, self.cells[0], self.cells[1]] = drawn
        return found


def shaken_rows(judged: Judged, uncertainty: Uncertainty) -> Booleans:
    """Whose answers a draw may change: one flag per usulan."""
    touched = np.zeros(len(judged.answers), dtype=bool)
    for rows, _ in _touched(judged, uncertainty):
        touched[rows] = True
    return touched


def _touched(judged: Judged, uncertainty: Uncertainty) -> list[Cells]:
    """The cells of every source that is asked for."""
    nothing = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))
    return [
        judged.missing if uncertainty.missing else nothing,
        judged.disputed if uncertainty.raters else nothing,
        judged.noisy if uncertainty.noise > 0 else nothing,
    ]


def disturb(judged: Judged, uncertainty: Uncertainty, block: Block) -> Disturbance:
    """One block of draws of the answers; only cells that change are held.

    A missing answer is each level of its criterion's scale as often. A rated answer with several
    raters is that of one of them, anew for every usulan and criterion. Then any rated answer moves
    one step up or down, each with half the probability `noise`; at an end of the scale it stays.

    Source:
        Lahdelma and Salminen (2001), Oper. Res. 49:444-454 (criteria values as distributions).
    """
    number, size = block
    missing, disputed, noisy = _touched(judged, uncertainty)
    seed, held = uncertainty.seed, np.zeros(judged.answers.shape, dtype=bool)
    for rows, columns in (missing, disputed, noisy):
        held[rows, columns] = True
    who, where = np.nonzero(held)
    cells: Cells = (who, where)
    place = np.zeros(held.shape, dtype=np.intp)
    place[cells] = np.arange(len(cells[0]))
    answers = np.repeat(judged.answers[cells][None], size, axis=0)
    if len(missing[0]):
        answers[:, place[missing]] = _any_level(
            judged, missing, generator(seed, "missing", number)
        )[:size]
    if len(disputed[0]):
        answers[:, place[disputed]] = _any_rater(
            judged, disputed, generator(seed, "raters", number)
        )[:size]
    if len(noisy[0]):
        dice = generator(seed, "noise", number)
        steps = _steps(uncertainty.noise, len(noisy[0]), dice)[:size]
        low, high = judged.lows[noisy[1]], judged.highs[noisy[1]]
        answers[:, place[noisy]] = np.clip(answers[:, place[noisy]] + steps, low, high)
    return Disturbance(cells, answers)


def _any_level(judged: Judged, cells: Cells, dice: np.random.Generator) -> Floats:
    """Levels are one apart from the low end of the scale on; a scale they do not fill has no levels."""
    low, high = judged.lows[cells[1]], judged.highs[cells[1]]
    span = high - low
    lot = dice.random((BLOCK, len(span)))
    return np.asarray(low + np.where(span % 1 == 0, np.floor(lot * (span + 1)), lot * span))


def _any_rater(judged: Judged, cells: Cells, dice: np.random.Generator) -> Floats:
    given = [judged.opinions[int(row), int(column)] for row, column in zip(*cells, strict=True)]
    counts = np.array([len(opinions) for opinions in given])
    table = np.full((len(given), int(counts.max())), np.nan)
    for line, opinions in zip(table, given, strict=True):
        line[: len(opinions)] = opinions
    chosen = dice.integers(0, counts, size=(BLOCK, len(counts)))
    return table[np.arange(len(given)), chosen]


def _steps(noise: float, count: int, dice: np.random.Generator) -> Floats:
    """-1, 0 or 1."""
    lot = dice.random((BLOCK, count))
    return (lot < noise / 2).astype(np.float64) - (lot >= 1 - noise / 2)
