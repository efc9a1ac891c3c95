"""Weights as they might also have been: around the stated ones, or any in the same order."""

import numpy as np

from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty.blocks import BLOCK, Block, blocks, generator


def weight_draws(weights: Floats, uncertainty: Uncertainty) -> Floats:
    """All weights drawn, S x m, each row summing to 1.

    `dirichlet`: parameters concentration x weight, see `weight_spread`. `order`: uniform over all
    weights that keep the stated order; equal stated weights are in no order among themselves.
    `none`: the stated ones. A criterion without weight stays without.

    Args:
        weights: m stated weights, not negative, at least one above zero, in any unit.
        uncertainty: How many draws, by which seed, and which kind.

    Source:
        Lahdelma, Hokkanen and Salminen (1998), EJOR 106:137-143 (weights as distributions); Tervonen
        and Lahdelma (2007), EJOR 178:500-513 (uniform and ordinal weights).
    """
    drawn = [weights_of_block(weights, uncertainty, block) for block in blocks(uncertainty.draws)]
    return np.concatenate(drawn) if drawn else np.zeros((0, len(weights)))


def weights_of_block(weights: Floats, uncertainty: Uncertainty, block: Block) -> Floats:
    """The weights of one block of draws, each row summing to 1; columns as `weights`."""
    number, size = block
    share = weights / weights.sum()
    used = share > 0
    drawn = np.zeros((size, len(weights)))
    if uncertainty.weights == "none":
        drawn[:] = share
        return drawn
    dice = generator(uncertainty.seed, "weights", number)
    if uncertainty.weights == "order":
        drawn[:, used] = _in_order(share[used], dice)[:size]
    else:
        drawn[:, used] = _around(share[used], uncertainty.concentration, dice)[:size]
    return drawn / _row_sums(drawn)[:, None]


def _around(share: Floats, concentration: float, dice: np.random.Generator) -> Floats:
    """A block of Dirichlet weights before they are divided by their sum.

    Under a concentration near 0 one criterion takes all the weight; where the numbers are too small
    to say which, it is drawn by its stated share.
    """
    drawn = dice.standard_gamma(concentration * share, (BLOCK, len(share)))
    vanished = ~drawn.any(axis=1)
    taker = dice.choice(len(share), size=int(vanished.sum()), p=share)
    drawn[np.flatnonzero(vanished), taker] = 1.0
    return drawn


def _in_order(share: Floats, dice: np.random.Generator) -> Floats:
    """A block of weights uniform where the larger stated weight is not the smaller drawn one.

    Independent exponentials are uniform on the simplex once divided by their sum; sorted ones are
    uniform on the ordered part of it. Within equal stated weights every order is as likely.
    """
    sizes = np.sort(dice.standard_exponential((BLOCK, len(share))), axis=1)[:, ::-1]
    levels = np.unique(-share, return_inverse=True)[1].reshape(-1)  # 0: the largest stated weight
    places = np.argsort(levels + dice.random(sizes.shape), axis=1, kind="stable")
    drawn = np.empty_like(sizes)
    np.put_along_axis(drawn, places, sizes, axis=1)
    return drawn


def _row_sums(drawn: Floats) -> Floats:
    """Added column after column, so that every processor finds the same."""
    total = np.zeros(len(drawn))
    for column in drawn.T:
        total += column
    return total


def weight_spread(weights: Floats, concentration: float) -> Floats:
    """The standard deviation of Dirichlet draws around each weight, in the unit of the weights.

    A share w of the sum has sqrt(w (1 - w) / (concentration + 1)).

    >>> weight_spread(np.array([6.25, 93.75]), 374).round(4).tolist()
    [1.25, 1.25]
    """
    total = weights.sum()
    share = weights / total
    return np.asarray(total * np.sqrt(share * (1 - share) / (concentration + 1)))


def concentration_for(weight: float, relative_spread: float, total: float = 100.0) -> float:
    """The concentration under which `weight` has a standard deviation of `relative_spread` of itself.

    >>> round(concentration_for(6.25, 0.20), 6)
    374.0
    """
    share = weight / total
    return (1 - share) / (share * relative_spread**2) - 1
