"""Needs and capacities from indicators: places among the others, years, sources and what is left out."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.law import all_isu, all_urusan
from ksd_toolkit.matching.indicators import cells, code_of, indicators
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.percentiles import shares_better_and_worse
from ksd_toolkit.matching.settings import match_settings
from tests.matching.shared_figures import figures

HEALTH, WATER = ("1.02", "ISU-A"), ("1.03", "ISU-A")
FEW = match_settings().replace(min_regions=2, draws=10)
KALSEL = [f"63.{n:02d}" for n in range(1, 12)] + ["63.71", "63.72"]


def needs(rows, cell=HEALTH, home="63.06", **changes):
    """Need of every region that is known in a cell."""
    found = match(home, atlas=figures(rows), settings=FEW.replace(**changes)).profiles
    column = found.need[:, cells().index(cell)]
    return {
        code: column[found.row(code)] for code in KALSEL if not np.isnan(column[found.row(code)])
    }


# --- the table -------------------------------------------------------------------------------


def test_there_are_256_cells():
    assert len(cells()) == 32 * 8 == len(set(cells()))
    assert {urusan for urusan, _ in cells()} == {topic.code for topic in all_urusan()}
    assert {isu for _, isu in cells()} == {topic.code for topic in all_isu()}


def test_every_indicator_lies_in_cells_that_exist_and_says_why():
    for one in indicators().values():
        assert set(one.cells) <= set(cells()), one.code
        assert one.direction in {"+", "-"}, one.code
        for lang in ("id", "en"):
            assert one.label(lang), one.code
            assert one.unit(lang), one.code
            assert bool(one.problem(lang)) == bool(one.cells), one.code
        assert one.why, one.code
        assert one.source, one.code
    assert all(one.cells for one in indicators().values() if one.used)


def test_no_name_means_two_indicators():
    names = [name for one in indicators().values() for name in (one.code, *one.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "code"),
    [("kemiskinan", "p0_miskin"), ("ikd", "ikd_bencana"), ("irb", "irbi"), ("ipm", "ipm")],
)
def test_the_questionnaires_names_join_those_of_the_sources(name, code):
    assert code_of(name) == code


# --- places ----------------------------------------------------------------------------------


def test_need_is_the_share_of_the_others_that_are_strictly_better():
    # life expectancy: 70 is best; of three others one is better than 68 and 66 beats nobody
    rows = [("63.05", "uhh", 2021, 70), ("63.06", "uhh", 2021, 68), ("63.07", "uhh", 2021, 68),
            ("63.08", "uhh", 2021, 66)]  # fmt: skip
    assert needs(rows) == {"63.05": 0.0, "63.06": 1 / 3, "63.07": 1 / 3, "63.08": 1.0}


def test_where_low_is_good_the_highest_value_is_the_greatest_need():
    rows = [("63.05", "tanpa_air_bersih", 2022, 10), ("63.06", "tanpa_air_bersih", 2022, 30)]
    assert needs(rows, WATER) == {"63.05": 0.0, "63.06": 1.0}


def test_capacity_is_the_share_that_is_strictly_worse():
    rows = [
        (code, "uhh", 2021, value) for code, value in zip(KALSEL[:4], (70, 68, 68, 66), strict=True)
    ]
    found = match("63.06", atlas=figures(rows), settings=FEW).profiles
    capacity = [found.capacity[found.row(code), cells().index(HEALTH)] for code in KALSEL[:4]]
    assert capacity == [1.0, 1 / 3, 1 / 3, 0.0]


def test_two_indicators_of_one_cell_are_averaged_and_both_are_listed():
    rows = [("63.05", "tanpa_air_bersih", 2022, 10), ("63.06", "tanpa_air_bersih", 2022, 30),
            ("63.05", "air_minum_layak", 2021, 80), ("63.06", "air_minum_layak", 2021, 80),
            ("63.07", "air_minum_layak", 2021, 90)]  # fmt: skip
    # 63.06: (1 + 1/2) / 2; 63.05: (0 + 1/2) / 2; 63.07 by one indicator alone: 0
    assert needs(rows, WATER) == {"63.05": 0.25, "63.06": 0.75, "63.07": 0.0}
    found = match("63.06", atlas=figures(rows), settings=FEW).profiles
    pieces = found.evidence("63.06", WATER)
    assert [(p.indicator, p.raw, p.year) for p in pieces] == [
        ("tanpa_air_bersih", 30.0, 2022),
        ("air_minum_layak", 80.0, 2021),
    ]
    assert found.origin("63.06", WATER) == "indikator"
    assert found.origin("63.06", HEALTH) == ""
    assert found.evidence("63.06", HEALTH) == ()


def test_provinces_are_compared_with_provinces():
    rows = [("63", "uhh", 2021, 60), ("62", "uhh", 2021, 70), ("63.06", "uhh", 2021, 65),
            ("63.07", "uhh", 2021, 66)]  # fmt: skip
    found = match("63", atlas=figures(rows), settings=FEW).profiles
    column = found.need[:, cells().index(HEALTH)]
    assert [column[found.row(code)] for code in ("63", "62", "63.06", "63.07")] == [1, 0, 1, 0]


@given(st.lists(st.one_of(st.just(math.nan), st.integers(0, 5).map(float)), min_size=2, max_size=9))
def test_better_worse_and_equal_are_all_the_others(values):
    goodness = np.array(values)
    known = ~np.isnan(goodness)
    if known.sum() < 2:
        return
    better, worse = shares_better_and_worse(goodness)
    others = known.sum() - 1
    equal = np.array([(goodness == value).sum() - 1 for value in goodness[known]])
    np.testing.assert_allclose(better[known] + worse[known] + equal / others, 1.0)
    assert (better[known & (goodness == np.nanmax(goodness))] == 0).all()
    assert np.isnan(better[~known]).all()


# --- years -----------------------------------------------------------------------------------


def test_all_are_compared_in_the_newest_year_that_most_are_known_for():
    old = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL[:5])]
    new = [(KALSEL[0], "uhh", 2024, 99)]
    found = match("63.06", atlas=figures([*old, *new]), settings=FEW).profiles
    [piece] = found.evidence(KALSEL[0], HEALTH)
    assert (piece.raw, piece.year, piece.newest_year) == (60.0, 2021, 2024)
    assert "2024" in piece.sentence("id")
    # known for all of them the newer year counts
    new = [(code, "uhh", 2024, 70 - n) for n, code in enumerate(KALSEL[:5])]
    [piece] = match("63.06", atlas=figures([*old, *new]), settings=FEW).profiles.evidence(
        KALSEL[0], HEALTH
    )
    assert (piece.raw, piece.year, piece.newest_year) == (70.0, 2024, 2024)


def test_a_region_without_the_common_year_is_compared_by_its_own_newest_and_it_is_said():
    rows = [(code, "uhh", 2021, 60) for code in KALSEL[:5]]
    rows += [("63.11", "uhh", 2018, 50), ("63.11", "uhh", 2019, 70)]
    [piece] = match("63.06", atlas=figures(rows), settings=FEW).profiles.evidence("63.11", HEALTH)
    assert (piece.raw, piece.year, piece.common_year, piece.share) == (70.0, 2019, 2021, 0.0)
    assert "2019" in piece.sentence("id")
    assert "2021" in piece.sentence("id")


def test_a_year_that_is_named_is_the_only_one_that_counts():
    rows = [(code, "uhh", year, 60 + n * (1 if year == 2021 else -1))
            for year in (2020, 2021) for n, code in enumerate(KALSEL[:3])]  # fmt: skip
    assert needs(rows) == {"63.01": 1.0, "63.02": 0.5, "63.03": 0.0}
    assert needs(rows, years={"uhh": 2020}) == {"63.01": 0.0, "63.02": 0.5, "63.03": 1.0}
    assert needs(rows, years={"uhh": 1999}) == {}


# --- what is left out, and said --------------------------------------------------------------


def test_too_few_regions_compare_nothing_and_it_is_said():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL[:7])]
    found = match("63.06", atlas=figures(rows))
    assert np.isnan(found.profiles.need).all()
    assert any("Umur harapan hidup" in told and "7" in told for told in found.unknown)


def test_a_ratio_of_nought_was_not_computed():
    rows = [("63.05", "ncpr", 2022, 0.0), ("63.06", "ncpr", 2022, 0.0), ("63.07", "ncpr", 2022, 0.5),
            ("63.08", "ncpr", 2022, 1.5)]  # fmt: skip
    assert needs(rows, ("2.09", "ISU-G")) == {"63.07": 0.0, "63.08": 1.0}
    found = match("63.06", atlas=figures(rows), settings=FEW)
    assert any("nilai 0" in told for told in found.unknown)


def test_what_is_no_number_and_no_region_is_left_out_and_counted():
    rows = [("63.05", "uhh", 2021, math.inf), ("63.06", "uhh", 2021, math.nan),
            ("63.07", "uhh", 2021, 60), ("63.08", "uhh", 2021, 61), ("99.99", "uhh", 2021, 80)]  # fmt: skip
    assert needs(rows) == {"63.07": 1.0, "63.08": 0.0}
    found = match("63.06", atlas=figures(rows), settings=FEW)
    assert any("1 baris" in told for told in found.unknown)


def test_figures_two_sources_tell_differently_are_counted_and_the_first_source_is_taken():
    rows = [("63.06", "uhh", 2021, 60), ("63.07", "uhh", 2021, 70), ("63.06", "uhh", 2021, 80)]
    atlas = figures(rows)
    atlas.indicators["source"] = ["Zeta", "Zeta", "Alfa"]
    found = match("63.06", atlas=atlas, settings=FEW)
    [piece] = found.profiles.evidence("63.06", HEALTH)
    assert (piece.raw, piece.source) == (80.0, "Alfa")
    assert any("dua sumber" in told for told in found.unknown)


def test_all_equal_is_no_need_of_anybody():
    rows = [(code, "uhh", 2021, 66.0) for code in KALSEL]
    found = match("63.06", atlas=figures(rows))
    assert set(needs(rows).values()) == {0.0}
    known = found.table[found.table["common_cells"] > 0]
    assert set(known["shared_problems"]) == {0.0}
    assert set(known["complementarity"]) == {0.0}


def test_a_doubtful_figure_is_said():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    atlas = figures(rows)
    atlas.indicators.loc[atlas.indicators["code"] == "63.06", "suspect"] = True
    found = match("63.06", atlas=atlas)
    [told] = [told for told in found.unknown if "meragukan" in told]
    for part in ("Umur harapan hidup", "Kabupaten Hulu Sungai Selatan", "sumber uji"):
        assert part in told
    assert "meragukan" in found.profiles.evidence("63.06", HEALTH)[0].sentence("id")


def test_doubtful_figures_of_the_first_candidates_are_said_whether_they_are_used_or_not():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    rows += [(code, "luas", 2021, 100 + n) for n, code in enumerate(KALSEL)]
    atlas = figures(rows)
    plain = match("63.06", atlas=atlas)
    first, last = plain.table.index[0], plain.table.index[11]
    assert not any("meragukan" in told for told in plain.unknown)
    doubted = atlas.indicators["code"].isin([first, last]) & (
        atlas.indicators["indicator"] == "luas"
    )
    atlas.indicators["suspect"] = doubted
    atlas.indicators.loc[doubted, "source"] = "Sumber tertukar"
    for lang, word in (("id", "meragukan"), ("en", "doubtful")):
        found = match("63.06", atlas=atlas, lang=lang)
        [told] = [told for told in found.unknown if word in told]
        assert found.table.loc[first, "name"] in told
        assert "Sumber tertukar" in told


def test_classes_that_are_none_and_regions_without_a_class_are_said():
    classes = dict.fromkeys(KALSEL, 3.0) | {"63.03": 9.0, "63.05": 0.0}
    del classes["63.72"]
    rows = [(code, "kapasitas_fiskal", 2024, value) for code, value in classes.items()]
    found = match("63.06", atlas=figures(rows), settings=FEW)
    [wrong] = [told for told in found.unknown if "1 sampai 5" in told]
    assert "2 dari 508 daerah: Kabupaten Banjar dan Kabupaten Tapin" in wrong
    [missing] = [
        told for told in found.unknown if "tidak diketahui untuk" in told and "fiskal" in told
    ]
    assert "498 dari 507" in missing
    assert missing.endswith("dan 493 lagi.")
    assert not any("Pada kelayakan tidak diketahui: kelas" in told for told in found.unknown)


def test_a_class_missing_of_the_region_itself_is_said():
    rows = [("63.05", "kapasitas_fiskal", 2024, 3.0), ("63.06", "kapasitas_fiskal", 2024, 7.0)]
    found = match("63.06", atlas=figures(rows), settings=FEW)
    assert any("1 dari 508 daerah: Kabupaten Hulu Sungai Selatan" in t for t in found.unknown)
    assert any("fiskal Kabupaten Hulu Sungai Selatan tidak diketahui" in t for t in found.unknown)
    nothing = match("63.06", settings=FEW)
    assert not any("fiskal Kabupaten" in told for told in nothing.unknown)


def test_an_indicator_nobody_knows_is_named_and_not_used():
    rows = [(code, "gini", 2021, 0.3) for code in KALSEL]
    found = match("63.06", atlas=figures(rows))
    assert any("tidak dikenal" in told and "gini" in told for told in found.unknown)


def test_a_year_asked_for_that_nobody_has_is_said():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match("63.06", atlas=figures(rows), settings=FEW.replace(years={"uhh": 1999}))
    assert any("1999" in told for told in found.unknown)


def test_what_is_missing_for_the_region_itself_is_said():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL) if code != "63.06"]
    found = match("63.06", atlas=figures(rows))
    assert any("Tidak diketahui untuk Kabupaten Hulu Sungai Selatan" in t for t in found.unknown)
    assert any("tidak ada indikator atau kuesioner tentang" in told for told in found.unknown)


def test_one_cell_alone_is_called_thin_evidence():
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    assert any("satu sel" in told for told in match("63.06", atlas=figures(rows)).unknown)


def test_an_indicator_that_only_describes_makes_no_need():
    with pytest.raises(MethodError, match="penduduk"):
        FEW.replace(indicators=("uhh", "penduduk"))


def test_words_of_sources_stay_words():
    hostile = "<script>{share}</script>{0}"
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match("63.06", atlas=figures([*rows, ("63.06", "{label}<b>", 2021, 1)], hostile))
    told = found.shared("63.07")["home_evidence"].iloc[0]
    assert hostile in told
    assert told.endswith("(uji.csv:7)")  # where the figure stands
    assert any("{label}<b>" in sentence for sentence in found.unknown)


def test_only_the_indicators_asked_for_make_needs():
    rows = [(code, one, 2021, 60 + n) for one in ("uhh", "ipm") for n, code in enumerate(KALSEL)]
    found = match("63.06", atlas=figures(rows)).replace(indicators=("ipm",))
    assert found.profiles.origin("63.06", ("2.13", "ISU-H")) == "indikator"
    assert found.profiles.origin("63.06", HEALTH) == ""


def test_units_that_differ_are_said_and_shown_as_brought():
    atlas = figures([(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)])
    atlas.indicators["unit"] = ["bulan", *["tahun"] * 12]
    found = match("63.06", atlas=atlas)
    assert any("bulan dan tahun" in told for told in found.unknown)
    assert "60 bulan" in found.profiles.evidence("63.01", HEALTH)[0].sentence("en")
    assert "65 years" in found.profiles.evidence("63.06", HEALTH)[0].sentence("en")


def test_a_direction_that_contradicts_ours_is_said():
    atlas = figures([(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)])
    meta = pd.DataFrame({"indicator": ["uhh"], "direction": ["-"]})
    found = match("63.06", atlas=dataclasses.replace(atlas, meta=meta))
    assert any("arah yang berlawanan" in told for told in found.unknown)
    meta = pd.DataFrame({"indicator": ["uhh"], "direction": ["+"]})
    found = match("63.06", atlas=dataclasses.replace(atlas, meta=meta))
    assert not any("arah yang berlawanan" in told for told in found.unknown)


def test_the_short_form_tells_how_many_were_compared_as_the_long_one_does():
    atlas = figures([(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)])
    found = match("63.06", atlas=atlas).profiles
    [need], [able] = (found.evidence("63.06", HEALTH, side) for side in ("need", "capacity"))
    assert need.short() == "lebih buruk dari 58\u00a0% daerah (12 daerah lain dibandingkan), 2021"
    assert "lebih buruk dari 58\u00a0% daerah (12 daerah lain dibandingkan)" in need.sentence()
    assert able.short("en", named=True) == (
        "life expectancy, better than 42% of regions (12 others compared), 2021"
    )
    assert "better than 42% of regions (12 others compared)" in able.sentence("en")
