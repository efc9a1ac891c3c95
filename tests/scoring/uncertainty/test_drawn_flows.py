"""Net flows under drawn answers are those of each draw alone, and only what a draw touches is reckoned anew."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import flows_matrix
from ksd_toolkit.scoring.uncertainty.disturbed import disturb
from ksd_toolkit.scoring.uncertainty.drawn_flows import drawn_flows
from ksd_toolkit.scoring.uncertainty.scores import units
from tests.scoring.uncertainty.cases import ALL, SETTINGS, WEIGHTS, WITH_BLANKS, levels_of

NAN = np.nan
MISSING = replace(SETTINGS, missing=True)
SHAPES = (
    Preference("level", q=1.0, p=2.0),
    Preference("linear", q=0.0, p=2.0),
    Preference("usual"),
    Preference("gaussian", s=1.5),
)


@given(WITH_BLANKS, st.sampled_from([ALL, MISSING, SETTINGS]), st.data())
def test_net_flows_of_draws_are_those_of_each_draw_alone(answers, uncertainty, data):
    rising = np.array(data.draw(st.lists(st.booleans(), min_size=4, max_size=4)))
    # where nothing weighs, nothing is drawn, and a blank stays one
    weights = data.draw(st.sampled_from([WEIGHTS, np.array([50.0, 0.0, 30.0, 20.0])]))
    judged = levels_of(answers, weights, preferences=SHAPES, rising=rising)
    block = (0, 5)
    changed = disturb(judged, replace(uncertainty, draws=5), block)
    found = changed.laid_over(judged.answers, slice(None))
    flows = drawn_flows(judged, changed, units(judged, judged.answers), slice(None))
    for one, mine in zip(found, flows, strict=True):
        expected = flows_matrix(np.where(rising, one, -one), SHAPES)
        np.testing.assert_allclose(mine, expected, rtol=0, atol=1e-12)
    part = drawn_flows(judged, changed, units(judged, judged.answers), slice(1, 3))
    np.testing.assert_array_equal(part, flows[1:3])


def test_net_flows_of_answers_between_levels_are_those_of_each_draw_alone():
    answers = [[NAN, 3, 1, 5], [1, NAN, 2, 4], [2.5, 2, 3, NAN], [0.5, 4, 4, 3]]
    judged = levels_of(answers, lows=np.full(4, 0.5), preferences=SHAPES)
    changed = disturb(judged, replace(SETTINGS, missing=True), (0, 300))
    assert len(np.unique(changed.answers)) == 3 * 300  # any number between 0.5 and 5
    flows = drawn_flows(judged, changed, units(judged, judged.answers), slice(0, 300))
    for one, mine in zip(changed.laid_over(judged.answers, slice(None)), flows, strict=True):
        np.testing.assert_allclose(mine, flows_matrix(one, SHAPES), rtol=0, atol=1e-12)


def test_only_criteria_with_a_drawn_answer_are_compared_again():
    judged = levels_of([[1, 2, NAN, 4], [5, 3, 3, 3], [2, 2, 2, NAN]], preferences=SHAPES)
    changed = disturb(judged, MISSING, (0, 40))
    still = units(judged, judged.answers)
    marked = still.copy()
    marked[:, :2] = [[0.25, -0.5], [-0.75, 0.5], [0.5, 0.0]]  # no flows of these answers
    flows = drawn_flows(judged, changed, marked, slice(0, 40))
    assert (flows[:, :, :2] == marked[:, :2]).all()
    assert (np.ptp(flows[:, :, 2:], axis=0) > 0).all()  # a drawn answer moves everybody
