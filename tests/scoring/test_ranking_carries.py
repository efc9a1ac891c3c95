"""What a ranking carries beside its list: values, what is weighed, parts and the tree, each by name."""

from dataclasses import replace

import numpy as np
import pytest


@pytest.fixture(scope="module")
def ranking(rank, proposal):
    return rank(
        proposal("DINKES-01", U=5, HUK=None),
        proposal("DINKES-02", U=2),
        proposal("DINKES-03", U=1, kewenangan="tidak"),
    )


def test_every_usulan_has_a_row_and_every_criterion_a_column(ranking):
    for frame in (ranking.values, ranking.units, ranking.contributions):
        assert frame.index.tolist() == ["DINKES-01", "DINKES-02", "DINKES-03"]
        assert frame.columns.tolist() == list(ranking.method.weights)
        assert np.isnan(frame.at["DINKES-01", "HUK"])


def test_added_values_are_what_is_weighed(ranking):
    assert ranking.values["U"].to_list() == [1, 0.25, 0]
    assert ranking.units["U"].to_list() == [1, 0.25, 0]
    whole = sum(ranking.method.weights.values())
    # 3 of 100 are not answered, so that 9 of 97 are gained
    weights = ranking.method.weights
    answered = whole - weights["HUK"]
    assert ranking.contributions.at["DINKES-01", "U"] == pytest.approx(
        100 * weights["U"] / answered
    )


def test_net_flows_compare_only_what_is_ranked(ranking):
    flows = ranking.replace(aggregation="promethee")
    assert flows.units["U"].to_list()[:2] == [1, -1]
    assert flows.units.loc["DINKES-03"].isna().all()
    assert flows.values["U"].to_list() == [1, 0.25, 0]
    assert flows.contributions["U"].to_list()[0] > 0 > flows.contributions["U"].to_list()[1]


def test_the_tree_holds_the_groups_of_the_method(ranking):
    assert ranking.tree.code == ""
    assert ranking.tree.additive
    assert [child.code for child in ranking.tree.children] == list(ranking.method.groups)
    codes = list(ranking.method.weights)
    for child in ranking.tree.children:
        for column in child.leaves:
            assert ranking.method.criterion(codes[column]).group == child.code
    assert not ranking.replace(aggregation="geometric").tree.additive


def test_a_group_alone_is_scored_over_what_was_answered_of_it(ranking):
    for code in ranking.method.groups:
        group = {c.code: c.weight_percent for c in ranking.method.criteria if c.group == code}
        whole = sum(group.values()) / 100
        alone = {c: weight / whole for c, weight in group.items()}
        asked = ranking.replace(weights=dict.fromkeys(ranking.method.weights, 0.0) | alone)
        for usulan in ranking.table.index:
            assert ranking.table.at[usulan, code] == asked.table.at[usulan, "points"]


def test_points_and_interval_are_printed_to_the_methods_decimals(ranking):
    coarse = ranking.replace(decimals=0).table
    for name in ("points", "worst", "best", *ranking.method.groups):
        assert (coarse[name] % 1 == 0).all()
    # coverage is not rounded: a border is held against it
    assert coarse.at["DINKES-01", "coverage"] == 1 - ranking.method.weights["HUK"] / 100
    row = ranking.table.loc["DINKES-01"]
    assert row["worst"] < row["points"] < row["best"]


def test_a_ranking_in_english_explains_itself_in_english(ranking):
    english = replace(ranking, stamp=replace(ranking.stamp, lang="en"))
    assert english.explain("DINKES-01") == ranking.explain("DINKES-01", "en")
    assert english.explain("DINKES-01") != ranking.explain("DINKES-01")


def test_the_stamp_names_the_method(ranking):
    renamed = ranking.under(ranking.method.replace(name="pleno"))
    assert (ranking.stamp.method, renamed.stamp.method) == ("baku", "pleno")
    assert renamed.stamp.method_sha256 == renamed.method.sha256
