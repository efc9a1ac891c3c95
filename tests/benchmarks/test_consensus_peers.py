"""Rank correlations beside pymcdm 1.4.0: alike without ties, wrong in the peer with them."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm import correlations as peer

from ksd_toolkit.scoring.comparison.consensus import correlations

ORDERS = st.integers(2, 9).flatmap(
    lambda count: st.tuples(*[st.permutations(range(1, count + 1))] * 2)
)


def ours(one, other):
    frame = pd.DataFrame({"one": one, "other": other}, dtype="float64")
    return tuple(correlations(frame, kind).at["one", "other"] for kind in ("spearman", "kendall"))


@given(ORDERS)
def test_without_ties_pymcdm_agrees(orders):
    one, other = (np.array(order, dtype=float) for order in orders)
    rho, tau = ours(one, other)
    assert rho == pytest.approx(peer.spearman(one, other), abs=1e-12)
    assert tau == pytest.approx(peer.kendall_tau(one, other), abs=1e-12)


def test_pymcdm_knows_no_ties():
    # ranks 1, 2, 2, 4 and 1, 1, 3, 4; mean ranks 1, 2.5, 2.5, 4 and 1.5, 1.5, 3, 4
    one, other = np.array([1.0, 2, 2, 4]), np.array([1.0, 1, 3, 4])
    rho, tau = ours(one, other)
    # rho: twice the distances from the middle -3 0 0 3 and -2 -2 1 3: 15 / 18
    assert rho == pytest.approx(15 / 18, abs=1e-15)
    assert peer.spearman(one, other) == pytest.approx(0.838870, abs=1e-6)
    # tau-b: 4 pairs alike of 5 and 5 that are told apart; the peer divides by all 6
    assert tau == pytest.approx(4 / 5, abs=1e-15)
    assert peer.kendall_tau(one, other) == pytest.approx(4 / 6, abs=1e-15)


def test_pymcdm_gives_a_number_or_a_warning_where_there_is_no_correlation():
    order, constant = np.array([1.0, 2, 3]), np.ones(3)
    assert np.isnan(ours(order, constant)).all()
    assert peer.kendall_tau(order, constant) == 0
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert np.isnan(peer.spearman(order, constant))
    assert told
