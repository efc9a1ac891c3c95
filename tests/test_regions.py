"""Who is a region, how it is called, and who borders whom."""

from collections import Counter

import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.regions import (
    _regions,
    are_neighbours,
    find_region,
    neighbours,
    region_by_initials,
    region_or_none,
)

HSS = "63.06"


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
    parties = Counter(region.kind for region in _regions().values() if region.is_party)
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
    for home in _regions():
        near = [_regions()[home], *neighbours(home)]
        initials = Counter("".join(w[0] for w in r.short_name.split()) for r in near)
        for text, count in initials.items():
            if count > 1 and len(text) > 1:
                shared += 1
                assert region_by_initials(text, home) is None
    assert shared


def test_names_alike_by_chance_are_not_suggested():
    with pytest.raises(InputError) as refused:
        find_region("seluruh kecamatan")
    assert refused.value.facts["names"] == "-"


def test_every_full_name_and_code_finds_its_region():
    for code, region in _regions().items():
        assert find_region(code) == region
        assert find_region(region.name) == region
        assert region.province in _regions()


def test_an_unknown_code_is_no_region():
    assert region_or_none("63.6") is None
    assert region_or_none(HSS).short_name == "Hulu Sungai Selatan"
