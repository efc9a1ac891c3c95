"""How far one weight may move before a rank is lost: every tenth of a percent tried one by one says the same."""

import sys

import numpy as np
import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.kernel import round_half_up
from ksd_toolkit.scoring.sensitivity import holding
from ksd_toolkit.scoring.sensitivity.moved import points_under, with_weight
from tests.widgets import conftest

ranking, sample_home = conftest.ranking, conftest.sample_home
MODULE = sys.modules["ksd_toolkit.scoring.sensitivity.holding"]


@pytest.mark.parametrize("aggregation", ["additive", "geometric", "promethee"])
@pytest.mark.parametrize("place", [0, 4, 40])
def test_ends_found_by_closed_form_are_those_of_trying_all(
    ranking, monkeypatch, aggregation, place
):
    tried = ranking.replace(aggregation=aggregation)
    usulan = str(tried.table.index[place])
    found = holding(tried, usulan).table
    monkeypatch.setattr(MODULE, "_first_step", lambda *_: 0)
    assert found.equals(holding(tried, usulan).table)


def test_one_step_beyond_an_end_the_rank_is_lost(ranking):
    found = holding(ranking)
    assert found.rank == 1
    lost = 0
    for code, row in found.table.iterrows():
        for end, step in ((row["low"], -0.1), (row["high"], 0.1)):
            if 0 < end < 100:
                assert _rank(ranking, found.usulan, code, end) == 1
                assert _rank(ranking, found.usulan, code, round(end + step, 1)) > 1
                lost += 1
    assert lost
    assert found.usulan in found.explain(str(found.table.index[0]))


def _rank(ranking, usulan, code, weight):
    weights = np.array([list(with_weight(ranking, code, weight).values())])
    listed = list(ranking.table.index)
    points = round_half_up(points_under(ranking, weights, listed), ranking.method.decimals)[0]
    return int((points > points[listed.index(usulan)]).sum()) + 1


def test_an_usulan_nobody_knows_is_refused(ranking):
    with pytest.raises(MethodError):
        holding(ranking, "TIADA-01")
