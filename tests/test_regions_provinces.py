"""How provinces lie: what the map leaves open for a region in one is open for the province."""

import csv
from importlib.resources import files
from itertools import combinations

import pytest

from ksd_toolkit.regions import (
    across_the_sea,
    all_regions,
    near_regions,
    relation,
)
from ksd_toolkit.regions.borders import sea_links

REGENCIES = [region.code for region in all_regions() if "." in region.code]
PROVINCES = [region.code for region in all_regions() if "." not in region.code]


def rows(name):
    with files("ksd_toolkit.knowledge").joinpath(name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def members(code):
    return [code] if "." in code else [other for other in REGENCIES if other[:2] == code]


@pytest.fixture(scope="module")
def figures():
    """Of every pair of regencies or cities in the files: how they lie, and the figure that goes with it."""
    found = {}
    for row in rows("neighbours.csv"):
        figure = row["distance_km"] if row["type"] == "sea" else "0"
        found[frozenset((row["a"], row["b"]))] = (row["type"], float(figure))
    for row in rows("near.csv"):
        found.setdefault(frozenset((row["a"], row["b"])), ("near", float(row["gap_km"])))
    return found


def by_hand(first, second, figures):
    """The closest that regions of the one come to regions of the other, and the least figure."""
    between = [
        figures[pair]
        for one in members(first)
        for other in members(second)
        if (pair := frozenset((one, other))) in figures
    ]
    for kinds, told in ((("land", "corner"), "borders"), (("near",), "near"), (("sea",), "sea")):
        if least := [figure for kind, figure in between if kind in kinds]:
            return told, min(least)
    return "none", None


@pytest.mark.parametrize("first", PROVINCES)
def test_a_province_lies_to_others_as_its_closest_region_does(first, figures):
    for second in (*PROVINCES, *REGENCIES):
        if second[:2] == first:
            continue
        kind, figure = by_hand(first, second, figures)
        found = relation(first, second)
        assert found == relation(second, first)
        assert found.kind == kind
        assert found.gap_km == (figure if kind == "near" else None)
        if kind == "sea":
            assert found.distance_km == figure
        assert found.may_be_mandatory == (kind == "borders")


def test_a_near_province_and_a_province_across_the_water_are_told_so_but_never_border():
    near = relation("62", "63.06")  # Barito Selatan comes within a kilometre of Hulu Sungai Selatan
    assert (near.kind, near.gap_km, near.may_be_mandatory) == ("near", 0.86, False)
    strait = relation("51", "52")  # Bali and Nusa Tenggara Barat
    assert (strait.kind, strait.border_km, strait.may_be_mandatory) == ("sea", None, False)
    assert strait.distance_km < 100
    assert relation("63", "91").kind == "none"


def test_lists_hold_one_level_only():
    for code in (*PROVINCES, *REGENCIES):
        for other in (*near_regions(code), *across_the_sea(code)):
            assert ("." in other.code) == ("." in code)
    assert [region.name for region in across_the_sea("51")] == [
        "Provinsi Jawa Timur",
        "Provinsi Nusa Tenggara Barat",
    ]


def test_no_pair_that_touches_is_also_linked_over_the_water():
    for first, second in combinations(PROVINCES, 2):
        if frozenset((first, second)) in sea_links():
            assert relation(first, second).kind == "sea"
