"""Every bar of a tornado is the ranking it stands for."""

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.sensitivity import tornado, with_weight

ONE = "DINKES-01"


@pytest.fixture(scope="module")
def three(make_register, proposal):
    return make_register(
        proposal(ONE, U=5, S=4, HUK=1, K3C=None),
        proposal("DINKES-02", U=2, S=5, HUK=5, EKON="TB"),
        proposal("DINKES-03", U=3, K3C=5, POL=1),
    )


@pytest.mark.parametrize("aggregation", ["additive", "geometric", "promethee"])
def test_each_end_is_what_the_ranking_says(three, method, aggregation):
    ranking = score(three, method.replace(aggregation=aggregation))
    for usulan in ranking.table.index[:2]:
        found = tornado(ranking, usulan)
        for code, row in found.weights.iterrows():
            for end in ("low", "high"):
                weights = with_weight(ranking, code, row[f"{end}_value"])
                same(row, end, ranking.replace(weights=weights).table.loc[usulan])
        for code, row in found.answers.iterrows():
            for end in ("lowest", "down", "up", "highest"):
                if f"{end}_value" in row and not pd.isna(row[f"{end}_value"]):
                    answers = {usulan: {code: row[f"{end}_value"]}}
                    same(row, end, ranking.with_answers(answers).table.loc[usulan])


def same(row, end, then):
    assert row[f"{end}_points"] == then["points"]
    assert row[f"{end}_rank"] == then["rank"]
    assert row[f"{end}_class"] == then["class_name"]


def test_widest_first_and_by_hand(rank, proposal):
    """Every answer 3: one answer from 1 to 5 moves the points by its weight; no weight moves anything."""
    ranking = rank(proposal(ONE, rkpd_ref=None, renstra_ref="Program, hlm. 2"))
    found = tornado(ranking, ONE)
    assert found.answers["span"].is_monotonic_decreasing
    assert found.answers.loc["U", ["lowest_points", "highest_points"]].diff().iloc[1] == 9
    assert found.answers.loc["S", "span"] == 9
    assert found.weights.loc["U", ["low_value", "high_value"]].tolist() == pytest.approx(
        [7.2, 10.8]
    )


def test_what_was_not_answered_has_only_the_ends_of_its_scale(three, method):
    found = tornado(score(three, method), ONE)
    assert found.answers.loc["K3C", ["up_points", "down_points"]].isna().all()
    assert found.answers.loc["K3C", ["lowest_points", "highest_points"]].notna().all()
    assert "EKON" not in tornado(score(three, method), "DINKES-02").answers.index


def test_the_first_of_the_list_unless_another_is_named(rank, proposal):
    ranking = rank(proposal(ONE), proposal("DINKES-02", U=5))
    assert tornado(ranking).usulan == "DINKES-02"
    assert tornado(ranking).explain("id").startswith("DINKES-02 berada di peringkat 1")
    assert "The weight that moves it most" in tornado(ranking).explain("en")


@pytest.mark.parametrize("change", [0.0, -5.0, 101.0, float("nan")])
def test_a_change_of_nothing_or_more_than_all_is_refused(rank, proposal, change):
    with pytest.raises(MethodError):
        tornado(rank(proposal(ONE)), change_percent=change)


def test_a_single_criterion_has_no_weight_to_move(rank, proposal, method):
    alone = method.replace(weights={code: 100.0 * (code == "U") for code in method.weights})
    found = tornado(rank(proposal(ONE, U=4), method=alone))
    assert found.weights.empty
    assert found.answers.index.tolist() == ["U"]
    assert found.explain("id")
    assert np.isfinite(found.answers["span"].astype(float)).all()
