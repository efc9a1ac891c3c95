"""Boundaries: longitude and latitude, valid, one shape a region, whatever file they came in."""

import random
import zipfile

import fastparquet
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.atlas import Asked, Balance, Boundaries, Polygon, bring, read_atlas
from ksd_toolkit.atlas.borders import border_remarks
from ksd_toolkit.atlas.boundaries import DAMAGED
from ksd_toolkit.atlas.brought import UnfitError
from ksd_toolkit.atlas.geojson import read_geojson
from ksd_toolkit.atlas.shapes import RawShape, fit_shapes
from ksd_toolkit.atlas.wkb import WkbError, polygons_in
from ksd_toolkit.errors import Where
from tests.atlas.map_files import SIDE, collection, feature, several, square, wkb
from tests.atlas.pack import in_pack


def brought(folder, text, name="map.geojson", **asked):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring(folder, [path], Asked(**asked))


def errors(found):
    return [p.code for p in found.problems if p.severity == "error"]


def fitted(*features):
    raw = [
        RawShape(number, code, [[np.array(ring, dtype=float) for ring in rings]])
        for number, (code, *rings) in enumerate(features, 1)
    ]
    return fit_shapes(raw, "map.geojson", Asked(), {})


# --- GeoJSON ---------------------------------------------------------------------------------


def test_a_square_comes_back_with_its_hole_its_bounds_and_its_source(tmp_path):
    hole = square("63.06", SIDE / 2)
    found = brought(tmp_path, collection(feature("63.06", square("63.06"), hole)))
    assert found.balance == Balance(accepted=1)
    boundaries = read_atlas(tmp_path).boundaries
    (shape,) = boundaries.polygons("63.06")
    assert len(shape.exterior) == len(shape.holes[0]) == 5
    assert not shape.exterior.flags.writeable
    lon, lat = square("63.06")[0]
    assert boundaries.bounds() == pytest.approx((lon, lat, lon + 2 * SIDE, lat + 2 * SIDE))
    assert boundaries.source.name == "map.geojson"
    assert "63.06" in boundaries
    assert "63.05" not in boundaries
    with pytest.raises(KeyError):
        boundaries.polygons("63.05")


@pytest.mark.parametrize("key", ["code", "kode", "KODE_WILAYAH", "kdppum", "Kode Wilayah"])
def test_the_code_is_found_under_its_usual_names(key):
    (found,) = read_geojson(collection(feature("63.06", key=key)).encode())
    assert found.code == "63.06"


@pytest.mark.parametrize(
    ("value", "text"), [(6306, "6306"), (63.1, "63.1"), (1101.0, "1101.0"), (None, "")]
)
def test_a_code_that_is_a_number_stays_as_damaged_as_it_is(value, text):
    (found,) = read_geojson(collection(feature(value, square("63.06"))).encode())
    assert found.code == text


def test_outlines_run_counter_clockwise_and_holes_clockwise():
    reverse = fitted(("63.06", square("63.06")[::-1], square("63.06", SIDE / 2)))
    ((shape,),) = reverse.shapes.values()
    assert area_of(shape.exterior) > 0 > area_of(shape.holes[0])


def area_of(ring):
    x, y = ring.T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def test_a_ring_that_crosses_itself_is_mended_and_told():
    a, b, c, d, _ = square("63.06")
    found = fitted(("63.06", [a, c, b, d, a]))
    told = [(p.code, p.facts["n"]) for p in found.problems if "mended" in p.code]
    assert told == [("atlas.shapes_mended", 1)]
    assert len(found.shapes["63.06"]) == 2


def test_features_of_one_code_become_one_region():
    lon, lat = square("63.06")[0]
    far = square("63.06", at=(lon + 0.2, lat))
    found = fitted(("63.06", square("63.06")), ("63.06", far))
    assert found.balance == Balance(accepted=1, duplicate=1)
    assert len(found.shapes["63.06"]) == 2


def test_missing_regions_of_the_level_are_told_by_name():
    (told,) = [p for p in fitted(("63", square("63"))).problems if p.code == "atlas.shapes_missing"]
    assert (told.facts["n"], told.facts["of"]) == (37, 38)
    assert "11 Provinsi Aceh" in told.text()


def test_a_feature_without_a_shape_is_blank(tmp_path):
    nothing = {"type": "Feature", "properties": {"code": "63.05"}, "geometry": None}
    assert brought(tmp_path, collection(feature("63.06"), nothing)).balance == Balance(
        accepted=1, blank=1
    )


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        ([[lat, lon] for lon, lat in square("63.06")], "atlas.shape_swapped"),
        ([[250_000.0 + x, 9_690_000.0 + y] for x, y in square("63.06")], "atlas.shape_outside"),
        ([*square("63.06")[:4], [float("nan"), -2.7]], "atlas.shape_not_finite"),
        ([[115.2, -2.7]] * 4, "atlas.shape_empty"),
        ([[115.2, -2.7], [115.3, -2.7], [115.2, -2.7]], "atlas.shape_empty"),
        (square("71.01"), "atlas.shape_elsewhere"),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_set_aside_with_its_reason(ring, code):
    found = fitted(("63.06", ring), ("63.05", square("63.05")))
    assert [p.code for p in found.problems if p.severity == "error"] == [code]
    assert found.balance == Balance(accepted=1, quarantined=1)
    assert list(found.shapes) == ["63.05"]


def test_a_map_in_bps_codes_is_noticed_by_where_its_shapes_lie():
    """BPS 9103 lies in Papua Barat; the Ministry's 91.03 is Jayapura, far to the east."""
    found = fitted(("91.03", square("92.03")), ("63.06", square("63.06")))
    assert errors(found) == ["atlas.shape_elsewhere"]


# --- other files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "Topology", "objects": {}}', "atlas.topojson"),
        ('{"type": "Feature"}', "atlas.not_geojson"),
        ("[1, 2]", "atlas.not_geojson"),
        ('{"type": "FeatureCollection", "features": {}}', "atlas.not_geojson"),
        ('{"type": "FeatureCollection", "features": [1]}', "atlas.not_geojson"),
        ('{"type": "FeatureColl', "atlas.map_damaged"),
        ("[" * 100_000, "atlas.map_damaged"),
        ('{"a":' * 50_000, "atlas.map_damaged"),
        ("[" * 6_000_001, "atlas.map_too_detailed"),
        (collection(feature("63.06"), crs={"properties": {"name": "EPSG:32750"}}), "atlas.crs"),
        (collection(*[feature("63.06", [])] * 20_001), "atlas.map_features"),
    ],
)
def test_what_is_no_map_we_read_is_refused_with_a_remedy(text, code):
    with pytest.raises(UnfitError) as refused:
        read_geojson(text.encode())
    problem = refused.value.at("map.geojson")
    assert (problem.code, problem.where.file) == (code, "map.geojson")
    assert problem.sentence("id")
    assert problem.sentence("en")


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Point", "coordinates": [115.2, -2.7]}, "atlas.no_polygon"),
        ({"type": "GeometryCollection", "geometries": []}, "atlas.no_polygon"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "atlas.ring"),
        ({"type": "Polygon", "coordinates": [[[115.0]] * 4]}, "atlas.ring"),
        ({"type": "Polygon", "coordinates": [[]]}, "atlas.ring"),
        ({"type": "Polygon", "coordinates": [[[115.2, -2.7], [115.3]]]}, "atlas.ring"),
        ({"type": "Polygon", "coordinates": [[[10**400, 0]] * 4]}, "atlas.ring"),
        ({"type": "Polygon", "coordinates": 7}, "atlas.ring"),
        ({"type": "MultiPolygon", "coordinates": [7]}, "atlas.ring"),
        ("square", "atlas.ring"),
        ({"type": "Polygon", "coordinates": []}, "atlas.shape_empty"),
    ],
)
def test_a_feature_that_cannot_be_read_leaves_the_others(geometry, code):
    wrong = feature("63.06") | {"geometry": geometry}
    raw = read_geojson(collection(wrong, feature("63.05")).encode())
    found = fit_shapes(raw, "map.geojson", Asked(), {})
    (told,) = [p for p in found.problems if p.severity == "error"]
    assert (told.code, told.where.cell) == (code, "#1")
    assert found.balance == Balance(accepted=1, quarantined=1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bytes.fromhex("0000270a") + b"\0" * 96, "atlas.shapefile"),
        (b"PAR1" + b"\0" * 200 + b"PAR1", "atlas.map_damaged"),
        (b"PAR1", "atlas.map_damaged"),
        (b'{"type": "Topology", "objects": {}}', "atlas.topojson"),
        (b"[" * 100_000, "atlas.map_damaged"),
        (b'{"type": "FeatureCollection", "features": []}', "atlas.no_rows"),
    ],
)
def test_a_refused_file_leaves_the_atlas_as_it_was(tmp_path, content, code):
    found = brought(tmp_path, content)
    assert errors(found) == [code]
    assert found.problems[0].where.file == "map.geojson"
    assert found.balance.read == 0
    assert read_atlas(tmp_path).is_empty


def test_a_shapefile_in_an_archive_is_told_as_one(tmp_path):
    path = tmp_path / "batas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("batas/kab.shp", b"")
    assert errors(bring(tmp_path, [path])) == ["atlas.shapefile"]


def test_old_files_may_say_that_they_are_in_wgs_84():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read_geojson(collection(feature("63.06"), crs=crs).encode())) == 1


def test_a_parquet_without_metadata_is_judged_by_where_its_points_lie(tmp_path):
    frame = pd.DataFrame({"kode": ["63.06", "63.05"], "geometry": [wkb([square("63.06")]), None]})
    path = tmp_path / "map.parquet"
    fastparquet.write(str(path), frame, object_encoding={"kode": "utf8", "geometry": "bytes"})
    found = bring(tmp_path, [path])
    assert found.balance == Balance(accepted=1, blank=1)


def test_a_parquet_of_something_else_names_the_columns_it_needs(tmp_path):
    path = tmp_path / "map.parquet"
    fastparquet.write(str(path), pd.DataFrame({"kode": ["63.06"], "nilai": [1.0]}))
    found = bring(tmp_path, [path])
    assert errors(found) == ["atlas.map_columns"]
    assert "kode, nilai" in found.problems[0].text()


def test_a_damaged_shape_among_others_is_set_aside_alone(tmp_path):
    frame = pd.DataFrame({"kode": ["63.06", "63.05"], "geometry": [wkb([square("63.06")]), b"no"]})
    path = tmp_path / "map.parquet"
    fastparquet.write(str(path), frame, object_encoding={"kode": "utf8", "geometry": "bytes"})
    found = bring(tmp_path, [path])
    assert found.balance == Balance(accepted=1, quarantined=1)
    assert errors(found) == ["atlas.ring"]


def test_a_column_of_json_is_not_unpacked(tmp_path):
    path = tmp_path / "map.parquet"
    frame = pd.DataFrame({"code": ["63.06"], "geometry": [{"type": "Polygon"}]})
    fastparquet.write(str(path), frame, object_encoding={"code": "utf8", "geometry": "json"})
    assert errors(bring(tmp_path, [path])) == ["atlas.map_encoding"]


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_parquet_is_a_sentence_even_where_it_ends_the_reader(tmp_path, seed):
    """One byte in eight files: of such files some bring the native reader down with its process."""
    codes = ["63.01", "63.02", "63.03", "63.04", "63.05", "63.06"]
    frame = pd.DataFrame({"code": codes, "geometry": [wkb([square(code)]) for code in codes]})
    path = tmp_path / "map.parquet"
    fastparquet.write(str(path), frame, object_encoding={"code": "utf8", "geometry": "bytes"})
    content, chance = bytearray(path.read_bytes()), random.Random(seed)  # noqa: S311
    for _ in range(3):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    path.write_bytes(content)
    found = bring(tmp_path, [path])
    assert found.balance.accepted <= len(codes)
    assert all(p.sentence("id") and p.sentence("en") for p in found.problems)
    assert (read_atlas(tmp_path).boundaries is None) == (found.balance.accepted == 0)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_geojson_is_a_map_or_refused(data):
    text = list(
        collection(feature("63.06"), feature("63.05", square("63.05"), square("63.05", SIDE / 2)))
    )
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.sampled_from(list('0123456789.-e[]{},":nNaIu ')))
    refused = None
    try:
        raw = read_geojson("".join(text).encode())
    except UnfitError as unfit:
        refused = unfit.at("x")
    if refused:
        assert refused.sentence("id")
        return
    found = fit_shapes(raw, "x", Asked(), {})
    assert found.balance.read == len(raw)
    assert Boundaries.from_bytes(Boundaries.of(found.shapes).to_bytes()).codes == tuple(
        sorted(found.shapes)
    )


def test_a_map_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    from ksd_toolkit.atlas import map_process

    monkeypatch.setattr(map_process, "facts_of", lambda _: {"seconds": 0.01})
    assert errors(brought(tmp_path, collection(feature("63.06")))) == ["atlas.map_too_long"]


# --- well-known binary -------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("kind", "width"), [(3, 2), (1003, 3), (2003, 3), (3003, 4), (0x80000003, 3)]
)
def test_polygons_are_read_in_either_byte_order_and_without_heights(order, kind, width):
    ring = square("63.06")
    (((found),),) = polygons_in(wkb([ring], order, kind, width))
    np.testing.assert_array_equal(found, np.array(ring))


def test_several_polygons_are_read_one_by_one():
    rings = [[square("63.06")], [square("63.05"), square("63.05", SIDE / 2)]]
    assert [len(rings) for rings in polygons_in(several(rings))] == [1, 2]


@given(st.binary(max_size=200))
def test_any_bytes_are_polygons_or_refused(content):
    try:
        polygons = polygons_in(content)
    except WkbError:
        return
    assert all(ring.shape[1] == 2 for rings in polygons for ring in rings)


@given(st.data())
def test_a_damaged_geometry_never_takes_more_than_it_has(data):
    content = bytearray(several([[square("63.06")], [square("63.05")]]))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        polygons = polygons_in(bytes(content))
    except WkbError:
        return
    assert sum(ring.nbytes for rings in polygons for ring in rings) <= len(content)


@pytest.mark.parametrize("kind", [1, 2, 7])
def test_points_lines_and_collections_are_refused(kind):
    with pytest.raises(WkbError):
        polygons_in(wkb([square("63.06")], kind=kind))


# --- kept arrays -------------------------------------------------------------------------------


def test_boundaries_are_the_same_bytes_and_shapes_after_a_round_trip():
    shapes = fitted(
        ("63.06", square("63.06"), square("63.06", SIDE / 2)), ("63.05", square("63.05"))
    ).shapes
    one = Boundaries.of(shapes)
    two = Boundaries.from_bytes(one.to_bytes())
    assert (
        one.to_bytes() == two.to_bytes() == Boundaries.of(dict(reversed(shapes.items()))).to_bytes()
    )
    assert two.codes == ("63.05", "63.06")
    assert two.vertices == 15
    np.testing.assert_array_equal(two.polygons("63.06")[0].holes[0], shapes["63.06"][0].holes[0])


def test_no_boundaries_are_boundaries_too():
    nothing = Boundaries.from_bytes(Boundaries.of({}).to_bytes())
    assert (len(nothing), nothing.vertices) == (0, 0)
    with pytest.raises(ValueError, match=r"\(\)"):
        nothing.bounds()


@settings(max_examples=60)
@given(st.data())
def test_damaged_arrays_are_refused_or_whole(data):
    whole = Boundaries.of({"63.06": (Polygon(np.array(square("63.06"))),)}).to_bytes()
    content = bytearray(whole)
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = Boundaries.from_bytes(bytes(content))
    except DAMAGED:
        return
    assert all(
        np.isfinite(one.exterior).all() for code in found.codes for one in found.polygons(code)
    )


# --- borders and detail --------------------------------------------------------------------------


def test_borders_that_differ_are_told_and_change_nothing():
    """63.06 borders 63.05 and not 63.01; the map has it the other way round."""
    shapes = {
        "63.01": shapely.box(1, 0, 2, 1), "63.05": shapely.box(5, 0, 6, 1),
        "63.06": shapely.box(0, 0, 1, 1), "63": shapely.box(0, 0, 6, 1),
    }  # fmt: skip
    told = {p.code: dict(p.facts) for p in border_remarks(shapes, Where("x"))}
    assert told == {
        "atlas.borders_only_drawn": {
            "n": 1,
            "names": "63.01 Kabupaten Tanah Laut - 63.06 Kabupaten Hulu Sungai Selatan",
        },
        "atlas.borders_not_drawn": {
            "n": 1,
            "names": "63.05 Kabupaten Tapin - 63.06 Kabupaten Hulu Sungai Selatan",
        },
    }
    assert list(border_remarks({}, Where("x"))) == []


@pytest.mark.parametrize(
    "name", ["adm2_small.parquet", "adm2_medium.parquet", "adm2_small.geojson"]
)
def test_the_maps_of_the_pack_show_exactly_the_shipped_borders(tmp_path, name):
    found = bring(tmp_path, [in_pack(name)])
    assert found.problems == ()  # neither a border more nor one less


def test_provinces_and_regencies_stand_side_by_side(tmp_path):
    found = bring(tmp_path, [in_pack("adm2_small.parquet"), in_pack("adm1_small.geojson")])
    assert found.balance == Balance(accepted=552)
    boundaries = read_atlas(tmp_path).boundaries
    assert len(boundaries) == 552
    assert [source.name for source in boundaries.sources] == [
        "adm2_small.parquet",
        "adm1_small.geojson",
    ]


def test_a_map_that_was_wholly_replaced_is_no_source(tmp_path):
    bring(tmp_path, [in_pack("adm2_medium.parquet"), in_pack("adm2_small.parquet")])
    boundaries = read_atlas(tmp_path).boundaries
    assert [source.name for source in boundaries.sources] == ["adm2_small.parquet"]


def test_a_very_detailed_map_is_simplified_with_its_borders_kept(tmp_path, monkeypatch):
    from ksd_toolkit.atlas import shapes

    limits = shapes.facts_of("boundaries") | {"simplify_from": 10, "tolerance": 0.004}
    monkeypatch.setattr(
        shapes,
        "facts_of",
        lambda section: limits if section == "boundaries" else {"near": 3, "longest_code": 40},
    )
    west = shapely.segmentize(shapely.box(115.1, -2.8, 115.3, -2.6), 0.002)
    east = shapely.segmentize(shapely.box(115.3, -2.8, 115.5, -2.6), 0.002)
    raw = [
        RawShape(1, "63.06", [[shapely.get_coordinates(west)]]),
        RawShape(2, "63.02", [[shapely.get_coordinates(east)]]),
    ]
    monkeypatch.setattr(
        shapes, "centroid", lambda code: (115.2, -2.7) if code == "63.06" else (115.4, -2.7)
    )
    found = fit_shapes(raw, "m", Asked("kemendagri"), {})
    assert "atlas.shapes_simplified" in [p.code for p in found.problems]
    (one,), (two,) = found.shapes["63.06"], found.shapes["63.02"]
    assert len(one.exterior) < 20
    shared = {tuple(p) for p in one.exterior} & {tuple(p) for p in two.exterior}
    assert {(115.3, -2.8), (115.3, -2.6)} <= shared
