"""The points of an usulan's criteria as printed, and the score below them."""

from ksd_toolkit.cli.ranking_told import leaf_table
from ksd_toolkit.messages import decimal


def test_the_sum_printed_below_the_points_is_the_score(sample_ranking):
    for usulan, points in sample_ranking.table["points"].items():
        *_, last = leaf_table(sample_ranking, usulan).columns[-1].cells
        assert last == decimal(points, sample_ranking.method.decimals)
        assert f"skor {last} " in sample_ranking.explain(usulan)


def test_an_usulan_a_gate_stopped_has_its_score_below_its_points_too(rank, proposal):
    ranking = rank(proposal(), proposal("DINKES-02", kewenangan="tidak"))
    *_, last = leaf_table(ranking, "DINKES-02").columns[-1].cells
    assert last == decimal(ranking.excluded.at["DINKES-02", "points"])
