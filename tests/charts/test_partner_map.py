"""Candidates on a map: the same ranks, points and relations as the table, with boundaries and without."""

import dataclasses
import json
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.atlas import EMPTY, Boundaries, Polygon, bring, read_atlas
from ksd_toolkit.charts import maps
from ksd_toolkit.document import MAP_TONES, Paragraph, RegionMap
from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.matches import match
from ksd_toolkit.messages import decimal
from ksd_toolkit.regions import all_regions, centroid
from ksd_toolkit.stamp import Source

HSS = "63.06"
PACK = Path(__file__).parents[2].parent / "shared" / "regions"
has_pack = pytest.mark.skipif(not PACK.is_dir(), reason="shared/regions is not at hand")


def squares(side=0.3):
    """A square on the midpoint of every regency and city."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * side / 2
    shapes = {
        region.code: (Polygon(corners + centroid(region.code)),)
        for region in all_regions()
        if not region.is_province
    }
    return Boundaries.of(shapes, [Source("kotak.geojson", "f" * 64, 514)])


@pytest.fixture(scope="module")
def facts_alone():
    return match(HSS)


@pytest.fixture(scope="module")
def outlined():
    return match(HSS, atlas=dataclasses.replace(EMPTY, boundaries=squares()))


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    home = tmp_path_factory.mktemp("peta")
    bring(home, [PACK / "indicators_long.csv", PACK / "adm2_small.parquet"])
    return match(HSS, atlas=read_atlas(home))


def block(shown):
    (only,) = shown.blocks
    assert isinstance(only, RegionMap)
    return only


@pytest.mark.parametrize(("rows", "named"), [(-1, 5), (1, 5), (5, 5), (6, 6), (10, 10), (99, 25)])
def test_the_first_ones_are_numbered_as_in_the_table(facts_alone, rows, named):
    # by facts alone the five neighbours are equal: none of them is left out
    labels = {label.text for label in block(maps.partners(facts_alone, rows)).labels}
    assert len(labels) == named + 1
    assert {"1. Tapin", "1. Kotabaru", "1. Banjar", "1. Hulu Sungai Utara"} <= labels
    assert "Hulu Sungai Selatan" in labels
    if rows == 10:
        assert {"1. Tapin", "6. Barito Kuala", "8. Kota Banjarmasin", "10. Tanah Bumbu"} <= labels


@pytest.mark.parametrize("result", ["facts_alone", "outlined"])
def test_every_region_on_the_sheet_tells_what_the_table_says(result, request):
    matches = request.getfixturevalue(result)
    shown = block(maps.partners(matches))
    told = {shape.code: shape for shape in shown.shapes if shape.told}
    assert told.pop(HSS).tone == "home"
    assert set(matches.table.index[:10]) <= told.keys()
    for code, shape in told.items():
        row = matches.table.loc[code]
        assert f"{decimal(row['points'], 2)} poin" in shape.told[0]
        assert f"peringkat {row['rank']:.0f} dari 507" in shape.told[0]
        assert shape.tone == f"class_{min(int(row['points'] // 20), 4) + 1}"


def test_how_a_candidate_lies_is_told_with_the_letter_of_the_law(facts_alone):
    told = {shape.code: shape.told for shape in block(maps.partners(facts_alone)).shapes}
    assert told["63.05"][1] == (
        "berbatasan darat 63,8 km; dapat menjadi kerja sama wajib "
        "(UU 23/2014 Pasal 364 ayat (2) huruf e)"
    )
    assert "berdekatan tanpa berbatasan" in told["63.04"][1]
    assert "wajib" not in told["63.04"][1]
    assert "tidak berbatasan" in told["63.10"][1]  # Tanah Bumbu is neither


def test_equal_ones_are_all_named_in_the_sentence(facts_alone):
    alt = block(maps.partners(facts_alone)).alt
    assert all(row["name"] in alt for _, row in facts_alone.table.head(5).iterrows())


def test_the_map_says_how_it_was_drawn(facts_alone, outlined):
    assert "bukan peta batas." in block(maps.partners(facts_alone)).note
    assert "kotak.geojson" in block(maps.partners(outlined)).note
    assert "kotak" not in block(maps.partners(facts_alone)).note


def test_what_is_not_known_is_said(facts_alone):
    assert "Kesamaan masalah" in block(maps.partners(facts_alone)).description


def test_the_lens_is_named(facts_alone):
    seen = block(maps.partners(facts_alone.under_lens("without_nearness")))
    assert "tanpa kedekatan" in seen.caption
    assert "Inflasi" in block(maps.partners(facts_alone.under_lens("ISU-G"))).caption


def test_both_languages_show_the_same_map(facts_alone):
    indonesian, english = (block(maps.partners(facts_alone, lang=lang)) for lang in ("id", "en"))
    assert [s.tone for s in indonesian.shapes] == [s.tone for s in english.shapes]
    assert "rank 1 of 507" in next(s for s in english.shapes if s.code == "63.05").told[0]


@pytest.mark.parametrize("home", ["31.01", "11.72", "21.05", "91.71", "63", "31", "96"])
def test_islands_and_provinces(home):
    if home == "31.01":
        home = "31"  # an administrative unit is no party
    shown = block(maps.partners(match(home)))
    assert [shape.code for shape in shown.shapes if shape.marked] == [home]
    assert "nan" not in json.dumps([shape.told for shape in shown.shapes]).casefold()


def test_candidates_without_points_are_hatched(facts_alone):
    table = facts_alone.table.copy()
    table.loc["63.05", ["points", "worst", "best", "rank"]] = np.nan
    seen = dataclasses.replace(facts_alone, table=table)
    tapin = next(s for s in block(maps.partners(seen)).shapes if s.code == "63.05")
    assert tapin.tone == "unknown"
    assert tapin.told[0] == "tidak diperingkat: tidak satu kriteria berbobot pun diketahui"


def test_where_nothing_is_known_of_an_issue_there_is_a_sentence(facts_alone):
    (only,) = maps.issue_maps(facts_alone).blocks
    assert isinstance(only, Paragraph)
    assert "Hulu Sungai Selatan" in only.text[0].text


# --- one indicator ---------------------------------------------------------------------------

KALSEL = [f"63.{number:02d}" for number in [*range(1, 12), 71, 72]]


@pytest.fixture(scope="module")
def poor():
    """Poverty of 1 to 13 percent in the regions of Kalimantan Selatan, in code order."""
    rows = [
        (
            code,
            "p0_miskin",
            2024,
            float(number),
            "persen",
            "BPS",
            f"a.csv:{number}",
            code == "63.02",
        )
        for number, code in enumerate(KALSEL, 1)
    ]
    columns = ["code", "indicator", "year", "value", "unit", "source", "place", "suspect"]
    return match(
        HSS, atlas=dataclasses.replace(EMPTY, indicators=pd.DataFrame(rows, columns=columns))
    )


def test_an_indicator_is_shown_by_the_share_that_is_better(poor):
    shown = {s.code: s for s in block(maps.indicator(poor, "p0_miskin", scope="province")).shapes}
    # HSS has the 6th lowest poverty of 13: 5 of 12 others are better, 41.7 percent
    assert shown[HSS].tone == "class_3"
    assert shown[HSS].marked
    assert shown[HSS].told == (
        "6 persen (2024)", "lebih buruk dari 42\u00a0% daerah (12 daerah lain dibandingkan)", "sumber: BPS",
    )  # fmt: skip
    assert shown["63.01"].tone == "class_1"
    assert shown["63.72"].tone == "class_5"
    assert "meragukan" in shown["63.02"].told[0]


def test_where_an_indicator_is_not_known_the_region_is_hatched(poor):
    seen = block(maps.indicator(poor, "p0_miskin", rows=25))
    outside = [s for s in seen.shapes if s.code not in KALSEL]
    assert outside
    assert {s.tone for s in outside} == {"unknown"}
    assert "diketahui 13 dari 26 daerah" in seen.alt


@pytest.mark.parametrize("scope", ["near", "province", "national"])
def test_the_scope_sets_how_many_regions_tell_something(poor, scope):
    seen = block(maps.indicator(poor, "p0_miskin", scope=scope))
    assert (len(seen.shapes) == 514) == (scope == "national")


def test_an_indicator_nobody_knows_is_refused_with_a_suggestion(poor, facts_alone):
    with pytest.raises(InputError, match="p0_miskin"):
        maps.indicator(poor, "p0_miskn")
    with pytest.raises(InputError, match="stunting"):
        maps.indicator(facts_alone, "stunting")


# --- with the data pack ----------------------------------------------------------------------


@has_pack
def test_the_largest_shared_problem_is_told(pack):
    shown = block(maps.partners(pack))
    first = pack.table.index[0]
    told = next(shape for shape in shown.shapes if shape.code == first).told
    problem = pack.shared(first, 1)["problem"].iloc[0]
    assert told[-1] == f"masalah bersama terbesar: {problem}"


@has_pack
def test_issue_maps_show_the_shares_of_each_issue(pack):
    shown = block(maps.issue_maps(pack))
    values = {
        topic: pack.under_lens(topic).table["shared_problems"] for topic in ("ISU-F", "ISU-G")
    }
    assert "Kawasan Perbatasan" in shown.note  # nothing is known of it
    for title, issue in (
        ("f. Kemiskinan dan Kemiskinan Ekstrem", "ISU-F"),
        ("g. Inflasi", "ISU-G"),
    ):
        of_issue = {s.code: s for s in shown.shapes if s.told and s.told[0] == title}
        assert {"63.05", "63.07", "63.08"} <= of_issue.keys()
        for code, shape in of_issue.items():
            value = values[issue].get(code, np.nan)
            if code == HSS:
                assert shape.tone == "home"
            elif pd.isna(value):
                assert shape.tone == "unknown"
            else:
                assert shape.tone == f"class_{min(int(100 * value // 20), 4) + 1}"


@has_pack
def test_panels_lie_beside_each_other(pack):
    shown = block(maps.issue_maps(pack))
    home = [shape for shape in shown.shapes if shape.code == HSS]
    assert len(home) == len({(shape.x, shape.y) for shape in home}) >= 4
    assert all(0 <= s.x <= shown.width and 0 <= s.y <= shown.height for s in shown.shapes)
    assert {shape.tone for shape in shown.shapes} <= set(MAP_TONES)


@has_pack
def test_the_country_is_drawn_with_every_region(pack):
    boundaries = pack.atlas.boundaries
    values = {code: float(number) for number, code in enumerate(boundaries.codes)}
    shown = maps.choropleth(values, boundaries, title="x", scope="national")
    drawn = block(shown)
    assert sum(1 for shape in drawn.shapes if shape.path or shape.radius) == 514
    seribu = next(shape for shape in drawn.shapes if shape.code == "31.01")
    assert seribu.radius > 0
    bundle = shown._repr_mimebundle_()
    assert len(drawn.svg) < 500_000
    assert len(bundle["text/html"]) < 500_000
    parser = HTMLParser()
    parser.feed(bundle["text/html"])
    parser.close()
