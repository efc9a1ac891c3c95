"""Partners of a region with nothing but facts, and with real indicators."""

import pandas as pd
import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.settings import match_settings
from ksd_toolkit.regions import parties
from tests.matching.shared_figures import real_figures

HSS = "63.06"
BORDERS = {"63.02", "63.03", "63.05", "63.07", "63.08"}
FEW_DRAWS = match_settings().replace(draws=1)


@pytest.mark.parametrize("home", [region.code for region in parties()])
def test_every_party_finds_partners_with_nothing_but_the_shipped_facts(home):
    found = match(home, settings=FEW_DRAWS)
    same_level = [p.code for p in parties() if ("." in p.code) == ("." in home) and p.code != home]
    assert sorted(found.table.index) == same_level
    assert found.table["shared_problems"].isna().all()
    assert found.table["complementarity"].isna().all()
    assert set(found.table["coverage"]) == {0.4 if "." in home else 0.3}
    assert found.table["points"].between(0, 100).all()
    assert found.table["rank"].iloc[0] == 1
    assert "Kesamaan masalah" in found.unknown[0]


def test_with_facts_alone_those_who_border_come_first_and_are_tied():
    table = match(HSS).table
    assert set(table.index[table["rank"] == 1]) == BORDERS
    assert table.loc["63.07", "letter"] == "e"
    assert table.loc["62.04", "letter"] == ""
    assert table.loc["62.04", "relation"] == "near"


def test_a_part_of_dki_is_refused_and_its_party_named():
    with pytest.raises(InputError, match=r"31"):
        match("31.71")


def test_with_real_indicators_the_five_neighbours_of_hss_come_first():
    table = match(HSS, atlas=real_figures()).table
    assert set(table.index[:5]) == BORDERS
    assert table["rank"].tolist()[:5] == [1, 2, 3, 4, 5]
    assert (table["top_share"].iloc[:5] > 0.95).all()


def test_without_nearness_the_order_is_another():
    found = match(HSS, atlas=real_figures())
    lens = found.under_lens("without_nearness")
    assert list(lens.table.index[:5]) != list(found.table.index[:5])
    pd.testing.assert_frame_equal(lens.table, found.replace(weights={"nearness": 0}).table)
