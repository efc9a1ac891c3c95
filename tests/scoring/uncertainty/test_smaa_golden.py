"""Published and computed cases of rank acceptability, named after them."""

import math

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.tree import flat, tree_scores
from ksd_toolkit.scoring.uncertainty import rank_acceptability
from ksd_toolkit.scoring.uncertainty.acceptability import tell
from ksd_toolkit.scoring.uncertainty.tallies import TIE_DECIMALS, no_tally, rank_bins
from tests.scoring.uncertainty.cases import SETTINGS, case, data

UNIFORM = Uncertainty(20_000, 7, 2.0, 1, (0.05, 0.95))
ORDER = Uncertainty(20_000, 7, 2.0, 1, (0.05, 0.95), weights="order")


@pytest.mark.parametrize("uncertainty", [UNIFORM, ORDER], ids=["dirichlet", "order of equals"])
def test_smaa_exact_2x2(uncertainty):
    """Dirichlet with both parameters 1, or no order between two weights: uniform on their simplex."""
    given, expected = case("smaa_exact_2x2")
    values = np.array(given["matrix"], dtype=float)
    applicable = np.ones(values.shape, dtype=bool)
    found = rank_acceptability(values, applicable, np.array([50.0, 50.0]), uncertainty)
    for share, exact in zip(found["first_share"], expected["first_rank"], strict=True):
        tolerance = 3 * math.sqrt(exact * (1 - exact) / 20_000) + 2 / 20_000
        assert share == pytest.approx(exact, abs=tolerance)


def rsmaa(chunk):
    """The 2,000 joint draws of the case, counted `chunk` at a time."""
    given, expected = case("smaa_rsmaa_synth")
    draws = pd.read_csv(data(given["csv"])).to_numpy()
    values, weights = draws[:, :24].reshape(-1, 6, 4), draws[:, 24:]
    scores = tree_scores(values, np.ones((6, 4), dtype=bool), weights, flat(4))
    counted = no_tally(6, 4, rank_bins(6, 2, 6, 1), details=True)
    for start in range(0, len(draws), chunk):
        part = slice(start, start + chunk)
        counted.add(np.round(scores[part], TIE_DECIMALS), weights[part])
    usulan = pd.Index(list("abcdef"))
    return tell(counted, usulan, ["w1", "w2", "w3", "w4"], SETTINGS, ()), scores, expected


@pytest.mark.parametrize("chunk", [2_000, 333])
def test_smaa_rsmaa_synth(chunk):
    found, scores, expected = rsmaa(chunk)
    np.testing.assert_allclose(scores.mean(axis=0), expected["mean_values"][0], atol=1e-9)
    np.testing.assert_allclose(found.shares, expected["rank_acceptability"], atol=1e-9)
    np.testing.assert_allclose(found.central / 100, expected["central_weights"], atol=1e-9)
    np.testing.assert_allclose(found.pairwise, expected["pairwise_winning_index"], atol=1e-9)
    assert found.ranking_entropy == pytest.approx(expected["ranking_entropy_bits"], abs=1e-9)
    assert found.choice_entropy == pytest.approx(expected["choice_entropy_bits"], abs=1e-9)


def test_smaa_rsmaa_synth_with_ties_split():
    """The exact copies c and f share their places; all others keep the ranks R smaa found."""
    found, _, expected = rsmaa(500)
    published = pd.DataFrame(expected["rank_acceptability"], list("abcdef"), found.split.columns)
    alone = list("abde")
    np.testing.assert_allclose(found.split.loc[alone], published.loc[alone], atol=1e-9)
    np.testing.assert_allclose(found.split.sum(), 1, atol=1e-9)
    np.testing.assert_allclose(found.split.loc["c"], found.split.loc["f"], atol=1e-9)
    both = published.loc["c"] / 2 + published.loc["c"].shift(fill_value=0) / 2
    np.testing.assert_allclose(found.split.loc["c"], both, atol=1e-9)
