"""Chance: the same for the same names, within its bounds, and even enough."""

from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.simulation.draws import Draws

NAMES = st.lists(st.text(max_size=8), max_size=3).map(tuple)
SEEDS = st.one_of(st.integers(), st.text(max_size=8))


@given(SEEDS, NAMES)
def test_a_draw_depends_on_seed_and_names_alone(seed, names):
    assert Draws(seed).chance(*names) == Draws(seed).chance(*names)
    assert 0 <= Draws(seed).chance(*names) < 1
    assert Draws(seed).of(*names) == Draws(seed).of(*names)


@given(SEEDS, NAMES, st.integers(-50, 50), st.integers(0, 50))
def test_a_whole_number_lies_within_its_bounds(seed, names, least, more):
    assert least <= Draws(seed).whole(least, least + more, *names) <= least + more


@given(SEEDS, NAMES, st.floats(0, 10))
def test_a_wobble_stays_within_its_width(seed, names, width):
    assert -width <= Draws(seed).wobble(width, *names) <= width


@given(SEEDS, st.lists(st.integers(), unique=True, max_size=12), st.integers(0, 15))
def test_a_pick_keeps_the_order_and_takes_what_there_is(seed, items, count):
    picked = Draws(seed).pick(count, items, "n")
    assert picked == [item for item in items if item in picked]
    assert len(picked) == min(count, len(items))


def test_a_share_comes_about_that_often():
    draws = Draws(7)
    share = sum(draws.happens(0.3, n) for n in range(4000)) / 4000
    assert 0.28 < share < 0.32


def test_every_whole_number_is_possible():
    draws = Draws(3)
    assert {draws.whole(1, 5, n) for n in range(200)} == {1, 2, 3, 4, 5}
