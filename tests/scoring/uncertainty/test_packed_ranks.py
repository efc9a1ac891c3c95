"""The fast count beside the printed one: the same ranks within what its keys hold."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.uncertainty import packed, quick_firmness, rank_firmness
from ksd_toolkit.scoring.uncertainty.counting import count_ranks
from ksd_toolkit.scoring.uncertainty.packed import packed_ranks
from tests.scoring.uncertainty.cases import (
    ALL,
    ANSWERS,
    GEOMETRIC,
    LINEAR,
    MIXED,
    ROOT,
    SETTINGS,
    WAYS,
    WITH_BLANKS,
    levels_of,
)

ONLY_WEIGHTS = replace(SETTINGS, draws=1_200)
PACKED = st.sampled_from([{}, {"root": GEOMETRIC}, {"preferences": LINEAR}])
CONTINUOUS = np.random.default_rng(5).uniform(1, 5, (60, 4))


@given(WITH_BLANKS, PACKED, st.sampled_from(["dirichlet", "order"]))
def test_packed_ranks_are_the_printed_ones_within_their_precision(answers, way, kind):
    """Where two scores of a draw are nearer than a key holds, two neighbours may change places."""
    judged = levels_of(answers, **way)
    uncertainty = replace(ONLY_WEIGHTS, weights=kind)
    exact = count_ranks(judged, uncertainty).ranks
    quick, _ = packed_ranks(judged, uncertainty)
    assert (quick.sum(axis=1) == 1_200).all()
    off = np.abs(quick.cumsum(axis=1) - exact.cumsum(axis=1)).max(initial=0)
    if kind == "dirichlet" and not _tied_by_chance(judged):
        assert off <= 2


def _tied_by_chance(judged):
    """Whether two different usulan have the same score under any weights at all.

    A blank leaves the base, so that 3 and a blank are the same as 3 and 3: tied in print, but not one
    profile.
    """
    rows = [row[~np.isnan(row)] for row in judged.answers]
    flat = [row[0] for row in rows if len(row) and (row == row[0]).all()]
    return (
        len(set(flat)) < len(flat) or any(len(row) == 0 for row in rows) or bool(judged.preferences)
    )


@given(ANSWERS)
def test_equal_profiles_are_exactly_tied(answers):
    twice = np.vstack([answers, answers])
    quick, _ = packed_ranks(levels_of(twice), ONLY_WEIGHTS)
    exact = count_ranks(levels_of(twice), ONLY_WEIGHTS).ranks
    n = len(answers)
    np.testing.assert_array_equal(quick[:n], quick[n:])
    assert np.abs(quick.cumsum(axis=1) - exact.cumsum(axis=1)).max() <= 2
    assert (quick[:, 1::2].sum(axis=1) == 0).all()  # a pair takes two places, so no even rank


@pytest.mark.parametrize("way", [{}, {"root": GEOMETRIC}, {"preferences": LINEAR}], ids=str)
@pytest.mark.parametrize("blanks", [0.0, 0.2])
def test_continuous_answers_rank_the_same(way, blanks):
    answers = np.where(np.random.default_rng(6).random((60, 4)) < blanks, np.nan, CONTINUOUS)
    answers[:, 0] = CONTINUOUS[:, 0]
    judged = levels_of(answers, **way)
    quick, _ = packed_ranks(judged, ONLY_WEIGHTS)
    exact = count_ranks(judged, ONLY_WEIGHTS).ranks
    assert np.abs(quick.cumsum(axis=1) - exact.cumsum(axis=1)).max() <= 2


@given(WITH_BLANKS, PACKED, st.integers(1, 700), st.sampled_from([2, 3]))
def test_threads_and_chunks_change_no_count(answers, way, chunk, threads):
    judged = levels_of(answers, **way)
    one, _ = packed_ranks(judged, ONLY_WEIGHTS)
    other, _ = packed_ranks(judged, ONLY_WEIGHTS, threads=threads, chunk=chunk)
    np.testing.assert_array_equal(one, other)


def test_the_threads_of_the_matrix_product_change_no_count():
    """The same counts in processes that multiply with one and with two threads."""
    program = (
        "import numpy as np\n"
        "from ksd_toolkit.scoring.uncertainty.packed import packed_ranks\n"
        "from tests.scoring.uncertainty.cases import *\n"
        "answers = np.random.default_rng(3).uniform(1, 5, (700, 4))\n"
        "print(packed_ranks(levels_of(answers), SETTINGS)[0].tobytes().hex()[-4000:])\n"
        "print(hash(packed_ranks(levels_of(answers), SETTINGS)[0].tobytes()))\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": "0"},
        ).stdout
        for threads in ("1", "2")
    ]
    assert told[0] == told[1]


def test_wide_keys_beyond_2048_usulan():
    answers = np.random.default_rng(8).uniform(1, 5, (2_200, 4))
    uncertainty = replace(SETTINGS, draws=50, top=10)
    quick, bins = packed_ranks(levels_of(answers), uncertainty)
    exact = count_ranks(levels_of(answers), uncertainty)
    np.testing.assert_array_equal(bins.last, exact.bins.last)
    np.testing.assert_array_equal(quick, exact.ranks)


@given(WITH_BLANKS, WAYS)
def test_what_does_not_fit_the_keys_is_counted_exactly(answers, way):
    judged = levels_of(answers, **way)
    for uncertainty in (ALL, replace(SETTINGS, weights="none")):
        quick, exact = quick_firmness(judged, uncertainty), rank_firmness(judged, uncertainty)
        assert quick.equals(exact)


def test_a_tree_of_sums_and_products_is_counted_exactly():
    judged = levels_of([[1, 5, 3, 2], [4, 1, 3, 2]], root=MIXED)
    assert quick_firmness(judged, SETTINGS).equals(rank_firmness(judged, SETTINGS))


def test_the_quick_table_is_the_printed_one():
    judged = levels_of(CONTINUOUS)
    quick, exact = quick_firmness(judged, ONLY_WEIGHTS), rank_firmness(judged, ONLY_WEIGHTS)
    assert list(quick.columns) == list(exact.columns)
    np.testing.assert_allclose(quick, exact, atol=2 / 1_200)


@pytest.mark.parametrize("answers", [np.zeros((0, 4)), [[3, 3, 3, 3]], [[3, 3, 3, 3]] * 5], ids=len)
def test_none_one_and_equal(answers):
    found = quick_firmness(levels_of(answers), SETTINGS)
    assert (found.drop(columns="top_share") == 1).all(axis=None)


def test_who_answered_nothing_that_a_draw_weighs_is_last():
    judged = levels_of([[np.nan, 5, 5, 5], [1, np.nan, np.nan, np.nan]], weights=[1e-9, 50, 30, 20])
    found = quick_firmness(judged, replace(SETTINGS, concentration=1e-3))
    assert found["rank_mean"].tolist() == [1, 2]


def test_keys_leave_room_for_rounding():
    """The best and the worst answer lie within the keys, not on their ends."""
    judged = levels_of([[5, 5, 5, 5], [1, 1, 1, 1]])
    keys = packed._pack(judged).keys
    assert keys.min() > 0
    assert keys.max() < 2.0**30
