"""Partners of a region with nothing but facts, and with real indicators."""

import json

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.errors import InputError, MethodError
from ksd_toolkit.matching.all_pairs import all_pairs
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.settings import CRITERIA, match_settings
from ksd_toolkit.regions import all_regions, parties, relation
from tests.extent import sampled
from tests.matching.shared_figures import figures, real_figures

HSS, HST = "63.06", "63.07"
BORDERS = {"63.02", "63.03", "63.05", "63.07", "63.08"}
FEW_DRAWS = match_settings().replace(draws=1)
KALSEL = [f"63.{n:02d}" for n in range(1, 12)] + ["63.71", "63.72"]


@pytest.fixture(scope="module")
def real():
    """HSS with the indicators of the example pack."""
    return match(HSS, atlas=real_figures())


# --- nothing but facts -----------------------------------------------------------------------


@pytest.mark.parametrize("home", sampled([region.code for region in parties()], 7))
def test_every_party_finds_partners_with_nothing_but_the_shipped_facts(home):
    found = match(home, settings=FEW_DRAWS)
    same_level = [p.code for p in parties() if ("." in p.code) == ("." in home) and p.code != home]
    assert sorted(found.table.index) == same_level
    assert found.table["shared_problems"].isna().all()
    assert found.table["complementarity"].isna().all()
    assert set(found.table["coverage"]) == {0.35 if "." in home else 0.3}
    assert found.table["points"].between(0, 100).all()
    assert found.table["rank"].is_monotonic_increasing
    assert "Kesamaan masalah" in found.unknown[0]
    first = found.table.index[0]
    for lang in ("id", "en"):
        assert "nan" not in found.explain(first, lang).casefold().split()


def test_with_facts_alone_those_who_border_come_first_and_are_tied():
    table = match(HSS).table
    assert set(table.index[table["rank"] == 1]) == BORDERS
    assert table.loc[HST, "letter"] == "e"
    assert table.loc[["63.04", "62.04"], "relation"].tolist() == ["near", "near"]
    assert table.loc[["63.04", "62.04", "63.01", "63.10"], "letter"].tolist() == [""] * 4
    # Barito Kuala: midpoints 63.24 km apart, so 100 x (30 x exp(-63.24 / 75) + 10) / 40; at worst
    # only the half of feasibility that is known counts, at best all of it and both silent criteria
    assert table.loc["63.04", "points"] == 57.27
    assert table.loc["63.04", ["worst", "best"]].tolist() == [17.91, 82.91]


def test_a_bordering_pair_across_a_province_border_is_letter_d():
    table = match("62.13", settings=FEW_DRAWS).table  # Barito Timur in Kalimantan Tengah
    across = table[(table["relation"] == "borders") & (table["province"] == "Kalimantan Selatan")]
    assert len(across)
    assert set(across["letter"]) == {"d"}


def test_provinces_are_matched_with_provinces():
    table = match("63", settings=FEW_DRAWS).table
    assert len(table) == 37
    assert set(table.loc[table["letter"] != "", "letter"]) == {"a"}
    assert table["feasibility"].isna().all()


def test_a_part_of_dki_is_refused_and_its_party_named():
    with pytest.raises(InputError, match="Jakarta") as refused:
        match("31.71")
    assert "31)" in refused.value.sentence("id")
    assert not any(code.startswith("31.") for code in match(HSS, settings=FEW_DRAWS).table.index)


def test_a_misspelt_region_is_suggested():
    with pytest.raises(InputError, match=r"63\.06"):
        match("Hulu Sungai Selatn")


def test_the_other_level_holds_who_the_law_knows_as_partners():
    ours = match(HSS, settings=FEW_DRAWS).other_level
    assert ours[["code", "relation", "letter"]].to_numpy().tolist() == [["63", "inside", "b"]]
    theirs = match("63", settings=FEW_DRAWS).other_level
    assert set(theirs["letter"]) == {"b", "c"}
    assert {code[:2] for code in theirs.loc[theirs["letter"] == "b", "code"]} == {"63"}
    assert "63" not in {code[:2] for code in theirs.loc[theirs["letter"] == "c", "code"]}


# --- real indicators -------------------------------------------------------------------------


def test_with_real_indicators_the_five_neighbours_of_hss_come_first(real):
    table = real.table
    assert set(table.index[:5]) == BORDERS
    assert table["rank"].tolist()[:5] == [1, 2, 3, 4, 5]
    assert (table["top_share"].iloc[:5] > 0.95).all()
    assert (table["top_share"].sum()) == pytest.approx(5, abs=0.1)  # but for ties, five places


def test_the_top_shared_problems_of_hss_and_hst_are_listed_with_their_evidence(real):
    cells = real.shared(HST)
    assert len(cells) == 5
    assert cells["problem"].iloc[0] == "umur harapan hidup rendah"
    assert {"stunting tinggi"} <= set(cells["problem"])
    assert cells["share"].is_monotonic_decreasing
    assert cells["home_origin"].eq("indikator").all()
    assert "2021" in cells["home_evidence"].iloc[0]
    every = real.shared(HST, rows=256)
    assert every["share"].sum() == pytest.approx(real.table.loc[HST, "shared_problems"], abs=1e-12)


def test_who_can_help_whom_sums_to_both_sides_of_complementarity(real):
    every = real.help(HST, rows=512)
    sides = every.groupby("helped")["share"].sum()
    harmonic = 2 * sides[HSS] * sides[HST] / (sides[HSS] + sides[HST])
    assert harmonic == pytest.approx(real.table.loc[HST, "complementarity"], abs=1e-12)
    assert set(every["helper"]) == {HSS, HST}
    assert every["capacity_evidence"].str.contains("lebih baik dari").all()


def test_without_nearness_the_order_is_another_and_says_why(real):
    lens = real.under_lens("without_nearness")
    assert list(lens.table.index[:5]) != list(real.table.index[:5])
    pd.testing.assert_frame_equal(lens.table, real.replace(weights={"nearness": 0}).table)
    assert "kedekatan (" not in lens.explain(lens.table.index[0])
    assert lens.under_lens("").table.equals(real.table)


def test_a_lens_on_an_isu_looks_at_its_cells_alone(real):
    lens = real.under_lens("ISU-F")
    assert set(lens.shared(HST, rows=256)["isu"]) == {"ISU-F"}
    assert (
        lens.table.loc[HST, "common_cells"] == 4
    )  # stunting, poverty, unemployment, food spending
    blind = real.under_lens("ISU-B")  # no indicator measures border areas
    assert blind.table["shared_problems"].isna().all()
    assert "lensa" in blind.unknown[0]


def test_new_weights_give_what_the_same_settings_give_from_the_start(real):
    weights = {"shared_problems": 10, "complementarity": 60, "feasibility": 0}
    settings = match_settings().replace(weights=weights)
    again = match(HSS, atlas=real.atlas, settings=settings)
    pd.testing.assert_frame_equal(real.replace(weights=weights).table, again.table)
    assert real.replace(weights=weights).stamp == again.stamp != real.stamp


def test_the_same_inputs_give_the_same_result(real):
    again = match(HSS, atlas=real.atlas)
    pd.testing.assert_frame_equal(real.table, again.table)
    assert real.stamp == again.stamp
    assert real.explain(HST) == again.explain(HST)


def test_the_explanation_names_problems_places_and_years_and_leaves_the_law_to_the_legal_case(real):
    told = real.explain("Hulu Sungai Tengah")
    for part in ("peringkat 1 dari 507", "umur harapan hidup rendah", "2021", "57,1 km"):
        assert part in told
    english = real.explain(HST, "en")
    for part in ("ranks 1 of 507", "low life expectancy", "57.1 km"):
        assert part in english
    assert not {"huruf", "letter", "wajib"} & set((told + english).replace(")", " ").split())
    assert "celah" in real.explain("62.04")


def test_all_pairs_at_once_agree_with_the_printed_list(real):
    pairs = all_pairs(real.profiles, real.settings)
    row = pairs.codes.index(HSS)
    columns = [pairs.codes.index(code) for code in real.table.index]
    for number, name in enumerate(CRITERIA):
        known = pairs.known[row, columns, number] > 0
        fast = np.where(known, pairs.filled[row, columns, number], np.nan)
        np.testing.assert_allclose(fast, real.table[name], rtol=0, atol=1e-12)
    first = pairs.first(real.settings)
    assert first.loc[first["code"] == HSS, "partner"].tolist() == list(real.table.index[:5])


# --- all pairs -------------------------------------------------------------------------------


def test_nearness_of_all_pairs_is_that_of_every_relation():
    settings = match_settings()
    found = all_pairs(match(HSS, settings=FEW_DRAWS).profiles, settings)
    number = CRITERIA.index("nearness")
    codes = [region.code for region in all_regions()]
    for row, first in enumerate(codes):
        for column in range(row + 1, len(codes), 7):
            lies = relation(first, codes[column])
            touches = lies.kind in {"inside", "borders"}
            expected = 1.0 if touches else np.exp(-lies.distance_km / settings.fall_km)
            assert found.filled[row, column, number] == pytest.approx(expected, abs=1e-12)


# --- many regions, many settings -------------------------------------------------------------


@pytest.mark.parametrize("home", [region.code for region in parties()][::13])
def test_real_indicators_serve_every_region(home):
    found = match(home, atlas=real_figures(), settings=FEW_DRAWS)
    assert found.table["points"].notna().all()
    for name in CRITERIA:
        assert found.table[name].dropna().between(0, 1 + 1e-12).all()
    assert (found.table["worst"] <= found.table["points"]).all()
    assert (found.table["points"] <= found.table["best"]).all()
    code = found.table.index[0]
    for lang in ("id", "en"):
        assert found.explain(code, lang)
    assert found.shared(code, rows=256)["share"].sum() == pytest.approx(
        found.table["shared_problems"].fillna(0.0)[code], abs=1e-12
    )


def test_more_places_than_candidates_hold_everybody():
    found = match("63", settings=match_settings().replace(top=100, draws=3))
    assert set(found.table["top_share"]) == {1.0}


def test_one_criterion_alone_needs_no_draws():
    only = {"shared_problems": 0, "complementarity": 0, "nearness": 1, "feasibility": 0}
    found = match(HSS, settings=match_settings().replace(weights=only))
    assert set(found.table["top_share"]) == {0.0, 1.0}
    assert set(found.table["coverage"]) == {1.0}


def test_points_rise_with_the_weight_of_what_speaks_for_a_candidate(real):
    more = real.replace(weights={"shared_problems": 70})
    gained = more.table["points"] - real.table["points"]
    speaks = real.table["shared_problems"] * 100 > real.table["points"] + 0.02
    assert (gained[speaks] > 0).all()


# --- regions to compare with -----------------------------------------------------------------


def test_regions_to_compare_with_are_the_nearest_on_one_scale():
    # population doubles and quadruples: equal steps of the logarithm; the farthest is 1
    people = {"63.06": 100, "63.07": 200, "63.08": 400, "63.05": 100}
    rows = [(code, "penduduk", 2024, value) for code, value in people.items()]
    settings = match_settings().replace(min_regions=2, draws=1)
    found = match(HSS, atlas=figures(rows), settings=settings).benchmark()
    assert found["code"].tolist() == ["63.05", "63.07", "63.08"]
    assert found["position"].tolist() == [1, 2, 3]
    assert found["distance"].tolist() == pytest.approx([0.0, 0.5, 1.0])
    assert found["match"].tolist() == [100.0, 50.0, 0.0]
    assert found.attrs["variables"] == ("penduduk",)


def test_regions_to_compare_with_are_none_where_nothing_describes_them():
    assert match(HSS, settings=FEW_DRAWS).benchmark().empty


def test_all_alike_are_all_at_no_distance():
    rows = [(code, "luas", 2024, 5) for code in KALSEL]
    found = match(HSS, atlas=figures(rows), settings=FEW_DRAWS).benchmark()
    assert set(found["distance"]) == {0.0}
    assert set(found["match"]) == {100.0}
    assert set(found["position"]) == {1}


def test_performance_is_no_description(real):
    assert {"ipm", "p0_miskin", "uhh"}.isdisjoint(real.settings.benchmark_variables)
    found = real.benchmark()
    assert len(found) == 15
    assert HSS not in set(found["code"])
    assert found["distance"].between(0, 1).all()


# --- settings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"weights": {"nearness": -1}}, "nearness"),
        ({"weights": {"nearness": float("nan")}}, "nearness"),
        ({"weights": {"nearness": True}}, "nearness"),
        ({"weights": {"harga": 1}}, "harga"),
        ({"weights": dict.fromkeys(CRITERIA, 0)}, "lebih dari nol"),
        ({"parts": {"same_province": "dua"}}, "same_province"),
        ({"fall_km": 0}, "fall_km"),
        ({"draws": 0}, "draws"),
        ({"draws": 10.5}, "draws"),
        ({"min_regions": 1}, "min_regions"),
        ({"indicators": ("stuntin",)}, "stunting"),
        ({"years": {"uhh": "kemarin"}}, "uhh"),
        ({"radius": 3}, "radius"),
        ({"weights": {"nearness": 1e308, "feasibility": 1e308}}, "lebih dari nol"),
        ({"decimals": 400}, "decimals"),
        ({"problem_from": 1.5}, "problem_from"),
        ({"common_share": float("nan")}, "common_share"),
        ({"shared_rows": 0}, "shared_rows"),
        ({"min_coverage": 1.5}, "min_coverage"),
        ({"min_coverage": -0.1}, "min_coverage"),
        ({"years": {"cuaca": 2021}}, "cuaca"),
    ],
)
def test_senseless_settings_are_refused_in_a_sentence(changes, part):
    with pytest.raises(MethodError, match=part):
        match_settings().replace(**changes)


def test_settings_have_one_fingerprint():
    settings = match_settings()
    assert settings.replace(weights={}).sha256 == settings.sha256
    assert settings.replace(weights={"nearness": 31}).sha256 != settings.sha256
    assert settings.replace(years={"kemiskinan": 2021}).years == {"p0_miskin": 2021}


def test_where_nothing_that_weighs_is_known_it_is_said():
    only = {"shared_problems": 1, "complementarity": 0, "nearness": 0, "feasibility": 0}
    with pytest.raises(MethodError, match="Tidak ada yang diketahui"):
        match(HSS, settings=match_settings().replace(weights=only))


def test_a_candidate_of_whom_nothing_that_weighs_is_known_stands_last_without_rank():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    only = {"shared_problems": 1, "complementarity": 0, "nearness": 0, "feasibility": 0}
    found = match(HSS, atlas=figures(rows), settings=FEW_DRAWS.replace(weights=only))
    unranked = found.table["rank"].isna()
    assert unranked.sum() == 507 - 12
    assert not unranked.iloc[:12].any()
    assert "tidak diperingkat" in found.explain(found.table.index[-1])


@pytest.mark.parametrize("lens", ["ISU-Z", "usulan:DINKES-01", "nearness"])
def test_a_lens_that_does_not_exist_is_refused(lens):
    with pytest.raises(MethodError):
        match(HSS, settings=FEW_DRAWS).under_lens(lens)


@pytest.mark.parametrize("partner", [HSS, "63", "31.71"])
def test_who_is_no_candidate_is_refused(partner):
    with pytest.raises(InputError, match="bukan calon mitra"):
        match(HSS, settings=FEW_DRAWS).explain(partner)


def test_a_stamp_without_a_dossier_is_dated_by_the_facts():
    stamp = match(HSS, settings=FEW_DRAWS, lang="en").stamp
    assert (stamp.dossier, stamp.lang, stamp.simulated) == (HSS, "en", False)
    assert json.loads(stamp.json_text())["tanggal_acuan"] == "2026-02-20"


# --- little is known of some -----------------------------------------------------------------


def test_who_is_little_known_never_stands_before_who_is_known():
    """Without nearness only the province speaks for the 495 regions nothing was brought of."""
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(HSS, atlas=figures(rows), settings=match_settings().replace(draws=50))
    for seen in (found, found.under_lens("without_nearness")):
        table = seen.table
        known, sparse = table[~table["sparse"]], table[table["sparse"]]
        assert set(known.index) == set(KALSEL) - {HSS}
        assert len(sparse) == 495
        assert known["rank"].max() < sparse["rank"].min() == 13
        assert list(table.index) == [*known.index, *sparse.index]
        assert known["top_share"].notna().all()
        assert sparse["top_share"].isna().all()
        assert known["top_share"].sum() >= 5
        assert any("495 dari 507" in told and "50\u00a0%" in told for told in seen.unknown)
    last = found.explain(found.table.index[-1])
    assert "Terlalu sedikit diketahui (cakupan 35\u00a0%)" in last
    assert "undian" not in last
    assert "Terlalu sedikit" not in found.explain(HST)
    assert "Too little is known" in found.explain(found.table.index[-1], "en")


def test_a_neighbour_nothing_else_is_known_of_stands_behind_a_distant_region_that_is_known():
    far = [region.code for region in parties() if region.code.startswith("91.")][:7]
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate([HSS, *far])]
    table = match(HSS, atlas=figures(rows), settings=FEW_DRAWS).table
    assert table.loc[HST, "points"] == 100.0 > table.loc[far, "points"].max()
    assert table.loc[HST, "rank"] == 8
    assert set(table.loc[far, "rank"]) <= set(range(1, 8))


def test_where_enough_is_known_of_nobody_all_are_compared_and_it_is_said():
    found = match(HSS)
    assert not found.table["sparse"].any()
    assert found.table["top_share"].notna().all()
    assert any("Tidak ada calon mitra yang diketahui paling sedikit 50" in t for t in found.unknown)
    every = found.replace(min_coverage=0.35)
    assert not any("Tidak ada calon mitra yang diketahui" in told for told in every.unknown)
    pd.testing.assert_frame_equal(found.table, every.table)


def test_a_row_that_rests_on_few_cells_is_marked(real):
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    table = match(HSS, atlas=figures(rows), settings=FEW_DRAWS).table
    assert set(table.index[table["few_cells"]]) == set(KALSEL) - {HSS}
    assert not real.table["few_cells"].any()


def test_all_pairs_set_the_little_known_behind_as_the_list_does():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(HSS, atlas=figures(rows), settings=FEW_DRAWS)
    pairs = all_pairs(found.profiles, found.settings)
    row = pairs.codes.index(HSS)
    columns = [pairs.codes.index(code) for code in found.table.index]
    coverage = pairs.coverage(dict(found.settings.weights))[row, columns]
    np.testing.assert_allclose(coverage, found.table["coverage"], rtol=0, atol=1e-12)
    first = pairs.first(found.settings, rows=20)
    mine = first.loc[first["code"] == HSS]
    assert set(mine["partner"].head(12)) == set(KALSEL) - {HSS}
    assert mine["points"].tolist() == found.table["points"].head(20).tolist()
