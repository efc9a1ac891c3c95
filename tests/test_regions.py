"""Who is a region, how it is called, and who borders whom."""

import csv
import math
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.regions import (
    across_the_sea,
    all_regions,
    are_neighbours,
    centroid,
    find_region,
    names,
    near_regions,
    neighbours,
    parties,
    region_by_initials,
    region_or_none,
    relation,
)
from ksd_toolkit.regions.borders import touching_pairs
from ksd_toolkit.regions.places import EARTH_KM, centroid_distance_km

HSS = "63.06"
ALL = {region.code: region for region in all_regions()}
PACK = Path(__file__).parents[2] / "shared" / "regions"


def test_hulu_sungai_selatan_borders_exactly_five():
    assert [region.name for region in neighbours(HSS)] == [
        "Kabupaten Kotabaru", "Kabupaten Banjar", "Kabupaten Tapin",
        "Kabupaten Hulu Sungai Tengah", "Kabupaten Hulu Sungai Utara",
    ]  # fmt: skip


def test_borders_hold_both_ways_and_never_with_oneself():
    for region in neighbours(HSS):
        assert are_neighbours(HSS, region.code)
        assert are_neighbours(region.code, HSS)
        assert HSS in {other.code for other in neighbours(region.code)}
    assert not are_neighbours(HSS, HSS)
    assert not are_neighbours(HSS, "31.71")


def test_546_regions_may_cooperate():
    parties = Counter(region.kind for region in ALL.values() if region.is_party)
    assert parties == {"provinsi": 38, "kabupaten": 415, "kota": 93}
    assert sum(parties.values()) == 546


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("63.06", "63.06"),
        ("63", "63"),
        ("Hulu Sungai Selatan", "63.06"),
        ("hulu  sungai   selatan", "63.06"),
        ("Kabupaten Hulu Sungai Selatan", "63.06"),
        ("Kab. Hulu Sungai Selatan", "63.06"),
        ("kab Tapin", "63.05"),
        ("Kab. Banjar", "63.03"),
        ("Kota Banjar", "32.79"),
        ("Kalimantan Selatan", "63"),
        ("Prov. Kalimantan Selatan", "63"),
        ("Kotabaru", "63.02"),
        ("Jakarta Pusat", "31.71"),
        ("Kepulauan Seribu", "31.01"),
        ("DKI Jakarta", "31"),
        ("jakarta", "31"),
        ("kalsel", "63"),
        ("NTB", "52"),
    ],
)
def test_a_region_is_found_by_code_or_name(text, code):
    assert find_region(text).code == code


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("Hulu Sungai Selatn", "region.unknown", "Kabupaten Hulu Sungai Selatan (63.06)"),
        ("Kab. Tapinn", "region.unknown", "Kabupaten Tapin (63.05)"),
        ("Kota Tapin", "region.unknown", "Kabupaten Tapin (63.05)"),
        ("Banjar", "region.ambiguous", "Kabupaten Banjar (63.03)"),
        ("Banjar", "region.ambiguous", "Kota Banjar (32.79)"),
        ("63.99", "region.unknown", ""),
        ("6306", "region.bare", "63.06"),
        ("9999", "region.unknown", ""),
        ("Anambas", "region.unknown", "Kabupaten Kepulauan Anambas (21.05)"),
        ("Talaud", "region.unknown", "Kepulauan Talaud"),
        ("Sangihe", "region.unknown", "Kepulauan Sangihe"),
        ("Kota Baru", "region.unknown", "Kabupaten Kotabaru (63.02)"),
        ("HSS", "region.unknown", "Kabupaten Hulu Sungai Selatan (63.06)"),
        ("Hulu Sungai", "region.unknown", "Kabupaten Hulu Sungai Tengah (63.07)"),
        ("", "region.unknown", ""),
    ],
)
def test_a_name_that_is_not_one_region_is_refused_with_those_it_may_mean(text, code, named):
    with pytest.raises(InputError) as refused:
        find_region(text)
    assert refused.value.code == code
    for lang in ("id", "en"):
        assert named in refused.value.sentence(lang)


def test_the_nearest_name_is_suggested_first():
    with pytest.raises(InputError) as refused:
        find_region("Tapn")
    assert str(refused.value.facts["names"]).startswith("Kabupaten Tapin (63.05)")


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
        ("HSS", HSS, HSS),
        ("hst", HSS, "63.07"),
        ("Kabupaten HSU", HSS, "63.08"),
        ("HSS", "63.05", HSS),
        ("HSS", "31.71", None),  # no neighbour of Jakarta's
        ("T", HSS, None),
        ("HSS", "", None),
    ],
)
def test_initials_mean_only_the_region_itself_or_a_neighbour(text, home, code):
    found = region_by_initials(text, home)
    assert (found.code if found else None) == code


def test_initials_two_regions_share_mean_neither():
    shared = 0
    for home, region in ALL.items():
        near = [region, *neighbours(home)]
        initials = Counter("".join(w[0] for w in r.short_name.split()) for r in near)
        for text, count in initials.items():
            if count > 1 and len(text) > 1:
                shared += 1
                assert region_by_initials(text, home) is None
    assert shared


def test_near_names_are_looked_for_once(monkeypatch):
    asked = []
    monkeypatch.setattr(names, "meant", lambda *told: asked.append(told) or [])
    for text in ("Dinas Tata Air Antah", "Dinas  Tata Air Antah", "DINAS TATA AIR ANTAH"):
        with pytest.raises(InputError, match=r"(?i)antah"):
            find_region(text)
    assert len(asked) == 1


def test_names_alike_by_chance_are_not_suggested():
    with pytest.raises(InputError) as refused:
        find_region("seluruh kecamatan")
    assert refused.value.facts["names"] == "-"


def test_every_full_name_and_code_finds_its_region():
    for code, region in ALL.items():
        assert find_region(code) == region
        assert find_region(region.name) == region
        assert region.province in ALL


def test_an_unknown_code_is_no_region():
    assert region_or_none("63.6") is None
    assert region_or_none(HSS).short_name == "Hulu Sungai Selatan"


def test_parties_are_all_regions_but_the_units_of_jakarta():
    units = [region.code for region in all_regions() if region not in parties()]
    assert units == ["31.01", "31.71", "31.72", "31.73", "31.74", "31.75"]
    assert len(all_regions()) == 38 + 514


def test_near_is_neither_bordering_nor_far():
    assert [region.name for region in near_regions(HSS)] == [
        "Kabupaten Barito Selatan",
        "Kabupaten Barito Kuala",
    ]
    for other, gap in (("62.04", 0.86), ("63.04", 0.45)):
        found = relation(HSS, other)
        assert (found.kind, found.gap_km) == ("near", gap)
        assert not found.may_be_mandatory
    assert relation(HSS, "63.10").kind == "none"  # Tanah Bumbu


def test_thirty_three_regions_have_no_land_neighbour():
    alone = {code for code in ALL if "." in code and not neighbours(code)}
    assert len(alone) == 33
    assert {"11.01", HSS}.isdisjoint(alone)
    assert {"11.72", "31.01", "65.71"} <= alone  # Sabang, Kepulauan Seribu, Tarakan
    assert all(across_the_sea(code) for code in alone)


def test_a_province_borders_what_lies_in_it_and_what_touches_it():
    assert relation("63", HSS).kind == relation(HSS, "63").kind == "inside"
    assert relation("31", "32.16").kind == "borders"  # Bekasi touches East Jakarta
    assert relation("62", "63.08").may_be_mandatory == any(
        are_neighbours("63.08", code) for code in ALL if code.startswith("62.")
    )
    assert not relation("62", HSS).may_be_mandatory
    assert not are_neighbours("63", "63")


def test_provinces_border_where_their_regencies_do():
    borders = {frozenset((a, b)) for a, b in combinations([c for c in ALL if "." not in c], 2)}
    found = {pair: touching_pairs()[pair] for pair in borders if pair in touching_pairs()}
    path = PACK / "neighbours_province.csv"
    if not path.is_file():
        pytest.skip("the data pack of the regions is not here")
    with path.open(encoding="utf-8") as source:
        told = {
            frozenset((r["pa"], r["pb"])): float(r["border_km"]) for r in csv.DictReader(source)
        }
    assert found.keys() == told.keys()
    for pair, length in told.items():
        assert found[pair] == pytest.approx(length, abs=0.2)


def test_the_distance_of_a_degree_on_the_equator_and_a_meridian():
    """One degree of a great circle is 2 pi R / 360; checked against the haversine by hand."""
    for first, second in combinations(["63.05", HSS, "91", "11.72"], 2):
        (x1, y1), (x2, y2) = centroid(first), centroid(second)
        a, b, turn = math.radians(y1), math.radians(y2), math.radians(x2 - x1)
        angle = math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))
        assert centroid_distance_km(first, second) == pytest.approx(EARTH_KM * angle, rel=1e-6)
    assert centroid_distance_km(HSS, HSS) == 0.0


def test_every_region_has_a_midpoint_in_indonesia():
    for code in ALL:
        longitude, latitude = centroid(code)
        assert 94 < longitude < 142
        assert -12 < latitude < 7
