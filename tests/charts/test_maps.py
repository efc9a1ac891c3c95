"""Maps of regions: with boundaries and without, on islands, of one region, of nothing known."""

import json
import re
from html.parser import HTMLParser
from itertools import combinations
from math import inf, nan
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.atlas.boundaries import Boundaries, Polygon
from ksd_toolkit.charts import maps
from ksd_toolkit.charts.canvas import SMALL
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.charts.map_classes import classes_of, points_classes
from ksd_toolkit.charts.map_names import Name, placed_names
from ksd_toolkit.charts.map_projection import projection_of
from ksd_toolkit.charts.placing import Box
from ksd_toolkit.display.map_marks import map_path
from ksd_toolkit.regions import centroid, neighbours, parties, region_or_none
from ksd_toolkit.stamp import Source

HSS, TAPIN, HST = "63.06", "63.05", "63.07"
SHARED = Path(__file__).parents[2].parent / "shared" / "payloads.json"


def square(west, south, side=1.0):
    """A square in degrees, counter-clockwise and closed."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return np.array([(west + x, south + y) for x, y in corners])


def boundaries(shapes, name="batas.geojson"):
    return Boundaries.of(shapes, [Source(name, "f" * 64, 3)])


@pytest.fixture
def three():
    """Tapin, HSS and HST as squares side by side; HSS has a hole, HST an islet of its own far away."""
    return boundaries(
        {
            TAPIN: (Polygon(square(114, -3)),),
            HSS: (Polygon(square(115, -3), (square(115.4, -2.6, 0.2)[::-1],)),),
            HST: (Polygon(square(116, -3)), Polygon(square(140, -3, 0.01))),
        }
    )


def block(shown):
    (only,) = shown.blocks
    return only


def shapes(shown):
    return {shape.code: shape for shape in block(shown).shapes}


def tones(shown):
    return {code: shape.tone for code, shape in shapes(shown).items()}


# --- around one region -----------------------------------------------------------------------


def test_around_hss_five_border_and_two_are_near():
    shown = tones(maps.region_map(HSS))
    by_tone = {
        tone: {code for code in shown if shown[code] == tone} for tone in set(shown.values())
    }
    assert by_tone["home"] == {HSS}
    assert by_tone["borders"] == {"63.02", "63.03", "63.05", "63.07", "63.08"}
    assert by_tone["near"] == {"63.04", "62.04"}
    assert shown.get("63.10", "land") == "land"  # Tanah Bumbu is neither


def test_around_a_region_each_tells_how_it_lies():
    told = {code: shape.told for code, shape in shapes(maps.region_map(HSS)).items()}
    assert told["63.05"] == ("berbatasan darat 63,8 km",)
    assert told["63.04"][0].startswith("berdekatan tanpa berbatasan")
    assert told[HSS] == ("daerah kita",)
    sabang = {
        code: shape.told for code, shape in shapes(maps.region_map("11.72", lang="en")).items()
    }
    assert sabang["11.06"][0].startswith("across the sea, ")


def test_without_boundaries_the_map_says_what_it_is():
    for lang, words in (("id", "bukan peta batas"), ("en", "not a map of boundaries")):
        shown = block(maps.region_map(HSS, lang=lang))
        assert words in shown.note
        assert all(not shape.path and shape.radius for shape in shown.shapes)
        assert {line.look for line in shown.lines} >= {"border", "near"}


def test_with_boundaries_the_map_says_where_they_come_from(three):
    shown = block(maps.region_map(HSS, three))
    assert "batas.geojson" in shown.note
    assert "Digambar sebagai titik" not in shown.note
    drawn = {shape.code for shape in shown.shapes if shape.path}
    assert drawn == {TAPIN, HSS, HST}


def test_regions_the_boundaries_lack_are_discs_and_are_named(three):
    shown = block(maps.region_map(HSS, three))
    assert "Kabupaten Banjar" in shown.note
    banjar = next(shape for shape in shown.shapes if shape.code == "63.03")
    assert not banjar.path
    assert banjar.radius > 0


def test_boundaries_of_other_regions_are_no_boundaries(three):
    assert block(maps.region_map("11.01", three)).note == block(maps.region_map("11.01")).note


def test_a_region_found_by_name_is_the_same_map():
    assert block(maps.region_map("Hulu Sungai Selatan")) == block(maps.region_map(HSS))


@pytest.mark.parametrize("home", ["31.01", "11.72", "21.03", "91.71", "63", "31", "96"])
def test_islands_and_provinces_have_a_map(home):
    shown = maps.region_map(home)
    assert tones(shown)[home] == "home"
    assert block(shown).svg.startswith("<?xml")
    if not neighbours(home):
        assert "tidak berbatasan darat" in block(shown).alt


def test_every_party_has_a_map():
    for region in parties()[::13]:
        assert tones(maps.region_map(region.code))[region.code] == "home"


# --- values ----------------------------------------------------------------------------------


def test_values_are_classed_and_the_unknown_is_hatched(three):
    values = {TAPIN: 10.0, HSS: 90.0, HST: nan}
    shown = maps.choropleth(values, three, title="Poin", home=HSS, borders=(20, 40, 60, 80))
    assert tones(shown)[TAPIN] == "class_1"
    assert tones(shown)[HSS] == "class_5"
    assert tones(shown)[HST] == "unknown"
    assert shapes(shown)[HSS].marked
    assert dict(block(shown).key) == {
        "class_1": "di bawah 20", "class_5": "80 ke atas", "unknown": "tidak diketahui",
    }  # fmt: skip
    assert "2 daerah diketahui nilainya, 1 tidak" in block(shown).alt


@pytest.mark.parametrize(
    "values", [{HSS: nan}, {HSS: inf, TAPIN: -inf}, {HSS: nan, TAPIN: nan, HST: nan}]
)
def test_where_nothing_is_known_the_map_says_so(values, three):
    for outlines in (None, three):
        shown = maps.choropleth(values, outlines, title="Kemiskinan")
        assert set(tones(shown).values()) <= {"unknown", "land"}
        assert "tidak satu pun" in block(shown).alt
        assert {shape.told for shape in block(shown).shapes} <= {("tidak diketahui",), ()}


def test_one_region_is_a_map(three):
    shown = maps.choropleth({HSS: 3.5}, three, title="Satu", unit=" persen")
    assert shapes(shown)[HSS].told == ("3,5 persen",)
    assert dict(block(shown).key)["class_3"] == "semua nilai sama: 3,5 persen"


def test_an_unknown_code_is_said(three):
    shown = maps.choropleth({HSS: 1.0, "99.99": 2.0}, three, title="x")
    assert "99.99" in block(shown).note
    assert "99.99" not in shapes(shown)


def test_nothing_at_all_is_refused():
    with pytest.raises(ValueError, match="no region"):
        maps.choropleth({}, title="x")
    with pytest.raises(ValueError, match="no region"):
        maps.choropleth({"99.99": 1.0}, title="x")
    with pytest.raises(ValueError, match="two levels"):
        maps.choropleth({"63": 1.0, HSS: 1.0}, title="x")


def test_the_province_and_the_country():
    whole = shapes(maps.choropleth({HSS: 1.0}, title="x", home=HSS, scope="province"))
    told = {code for code, shape in whole.items() if shape.told}
    assert told == {f"63.{n:02d}" for n in [*range(1, 12), 71, 72]}
    country = shapes(maps.choropleth({HSS: 1.0}, title="x", home=HSS, scope="national"))
    assert len(country) == 514


# --- outlines --------------------------------------------------------------------------------


def test_a_hole_stays_open_and_a_far_islet_does_not_widen_the_window(three):
    shown = maps.choropleth({TAPIN: 1.0, HSS: 2.0, HST: 3.0}, three, title="x")
    assert shapes(shown)[HSS].path.count("M") == 2
    assert shapes(shown)[HST].path.count("M") == 1
    width = block(shown).width
    left = min(float(x) for x in re.findall(r"[ML](-?[\d.]+),", shapes(shown)[TAPIN].path))
    assert left < 0.25 * width


def test_shared_borders_stay_shared(three):
    shown = shapes(maps.choropleth({TAPIN: 1.0, HSS: 2.0}, three, title="x"))
    points = {
        code: set(re.findall(r"-?[\d.]+,-?[\d.]+", shown[code].path)) for code in (TAPIN, HSS)
    }
    assert len(points[TAPIN] & points[HSS]) == 2


def test_a_province_is_drawn_as_the_whole_of_its_regions(three):
    shown = shapes(maps.choropleth({"63": 1.0}, three, title="x"))
    assert shown["63"].path.count("M") == 2  # three squares as one, and the hole


def test_a_region_too_small_to_be_seen_gets_a_disc():
    tiny = boundaries(
        {TAPIN: (Polygon(square(114, -3, 5)),), HSS: (Polygon(square(120, -3, 0.01)),)}
    )
    shown = shapes(maps.choropleth({TAPIN: 1.0, HSS: 2.0}, tiny, title="x"))
    assert shown[HSS].radius > 0
    assert shown[TAPIN].radius == 0


def test_a_kilometre_is_as_long_both_ways():
    sheet = projection_of([(110, -7), (112, -6)])
    assert sheet.across / sheet.down == pytest.approx(np.cos(np.radians(6.5)))
    assert sheet.point(110, -7) == tuple(sheet.points(np.array([(110.0, -7.0)]))[0])


def test_a_single_place_has_a_window():
    sheet = projection_of([centroid(HSS)])
    assert sheet.point(*centroid(HSS)) == pytest.approx((sheet.width / 2, sheet.height / 2))


# --- classes ---------------------------------------------------------------------------------


def test_a_value_on_a_border_belongs_to_the_class_above():
    classes = points_classes()
    assert [classes.tone(v) for v in (0, 19.99, 20, 80, 100)] == [
        "class_1", "class_1", "class_2", "class_5", "class_5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "borders"),
    [
        ((), ()),
        ((nan, inf), ()),
        ((2.0, 2.0), ()),
        ((1.0, 2.0), (2.0,)),
        ((5.0, 1.0, 3.0), (3.0, 5.0)),
        (tuple(map(float, range(10))), (2.0, 4.0, 6.0, 8.0)),
        ((0.0, 0.0, 0.0, 0.0, 1.0), (1.0,)),
    ],
)
def test_five_classes_of_as_many_regions_as_far_as_values_differ(values, borders):
    assert classes_of(values).borders == borders


def test_five_classes_at_most():
    with pytest.raises(ValueError, match="not 5"):
        classes_of([1.0], (1, 2, 3, 4, 5))


# --- drawings --------------------------------------------------------------------------------


def test_the_same_map_is_the_same_bytes(three):
    for outlines in (None, three):
        first, again = (block(maps.region_map(HSS, outlines)) for _ in range(2))
        assert first == again


def test_every_name_has_a_rim_of_paper_and_every_outline_few_digits(three):
    shown = block(maps.region_map(HSS, three))
    assert shown.svg.count("paint-order") == len(shown.labels)
    assert 'id="halo"' not in shown.svg
    outlines = re.findall(r' d="([^"]*)"', shown.svg)
    assert outlines
    assert not any(re.search(r"\d\.\d{3}", outline) for outline in outlines)


def test_names_cover_nothing():
    shown = block(maps.region_map(HSS))
    assert len(shown.labels) == 8
    places = {(label.x, label.y) for label in shown.labels}
    assert len(places) == len(shown.labels)
    assert region_or_none(HSS).short_name in {label.text for label in shown.labels}


# --- hostile texts ---------------------------------------------------------------------------


def payloads():
    shared = json.loads(SHARED.read_text(encoding="utf-8")) if SHARED.is_file() else {}
    own = [
        "<script>window.PWN=1</script>",
        '"><svg onload=x>',
        "{{ 7*7 }}",
        "$x^{",
        "\u202eterbalik",
    ]
    return [*own, *(text for texts in shared.values() for text in texts)]


def tags(page):
    """The elements of a page in order."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append(
        (tag, tuple(name for name, _ in attrs))
    )
    parser.feed(page)
    parser.close()
    return found


@pytest.mark.parametrize("text", payloads())
def test_hostile_words_around_a_map_stay_words(text, three):
    def shown(words):
        outlines = boundaries(three.shapes(), words)
        return maps.choropleth(
            {HSS: 1.0, TAPIN: nan},
            outlines,
            title=words,
            unit=words,
            told={HSS: [words]},
            labels={HSS: words},
        )

    hostile, plain = shown(text), shown("x")
    page = hostile._repr_mimebundle_()["text/html"]
    assert tags(page) == tags(plain._repr_mimebundle_()["text/html"])
    drawing = block(hostile).svg
    root = ElementTree.fromstring(drawing)
    assert {part.tag.rpartition("}")[2] for part in root.iter()}.isdisjoint(
        {"script", "image", "a"}
    )


# --- properties ------------------------------------------------------------------------------

VALUES = st.dictionaries(
    st.sampled_from([region.code for region in parties() if not region.is_province]),
    st.one_of(st.floats(-1e12, 1e12), st.sampled_from([nan, inf, -inf])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(VALUES, st.sampled_from(["id", "en"]))
def test_any_values_make_a_map(values, lang):
    shown = maps.choropleth(values, title="Nilai", lang=lang)
    drawn = shapes(shown)
    assert values.keys() <= drawn.keys()
    for code, value in values.items():
        assert (drawn[code].tone == "unknown") == (not np.isfinite(value))
    used = {shape.tone for shape in drawn.values()}
    assert [tone for tone, _ in block(shown).key if tone not in used] == []
    assert used <= {tone for tone, _ in block(shown).key}
    assert not re.search(r"\bnan\b|\binf\b", repr(block(shown).shapes) + block(shown).alt)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(20, 610), st.floats(20, 380), st.floats(0, 90), st.floats(0, 90)),
        max_size=14,
    )
)
def test_no_name_covers_another(places):
    sheet = projection_of([(110.0, -3.0), (116.0, 0.8)])
    names = [Name(f"Daerah {n}", x, y, wide, tall) for n, (x, y, wide, tall) in enumerate(places)]
    labels, _ = placed_names(names, sheet)
    boxes = []
    for label in labels:
        wide, tall = 100 * text_width(label.text, SMALL), 10
        left = {"left": label.x, "center": label.x - wide / 2, "right": label.x - wide}[label.align]
        boxes.append(Box(left, label.y - tall / 2, wide, tall))
    assert len(boxes) == len(places)
    assert not any(one.covers(other) for one, other in combinations(boxes, 2))
    assert all(box.x >= 0 and box.x + box.wide <= sheet.width for box in boxes)


@pytest.mark.parametrize("outlines", [False, True])
def test_every_outline_is_plain_numbers(three, outlines):
    shown = maps.region_map(HSS, three if outlines else None)
    assert all(map_path(shape.path) == shape.path for shape in block(shown).shapes)
