"""The interval of ranks beside the list it stands in: the same cells are drawn, and the same points tie."""

from dataclasses import replace

import pandas as pd
import pytest

from ksd_toolkit.scoring.uncertainty import acceptability


@pytest.mark.parametrize("aggregation", ["additive", "geometric", "promethee"])
def test_what_is_tied_in_print_is_tied_in_every_draw(sample_ranking, aggregation):
    """Points that differ beyond the printed decimals share a rank in the list; no draw may part them."""
    still = replace(sample_ranking.method.uncertainty, draws=1, weights="none", missing=False)
    ranking = sample_ranking.replace(aggregation=aggregation, uncertainty=still)
    drawn = acceptability(ranking).table
    assert drawn["rank_low"].tolist() == ranking.table["rank"].tolist()
    assert drawn["rank_high"].tolist() == ranking.table["rank"].tolist()


def test_the_list_and_its_acceptability_say_the_same(sample_ranking):
    columns = ["first_share", "top_share", "rank_low", "rank_high", "rank_mean"]
    pd.testing.assert_frame_equal(
        acceptability(sample_ranking).table[columns], sample_ranking.table[columns]
    )
