"""Who is a region, how it is called, and who borders whom."""

from collections import Counter

import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.regions import _regions, are_neighbours, find_region, neighbours, region_or_none

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


def test_every_full_name_and_code_finds_its_region():
    for code, region in _regions().items():
        assert find_region(code) == region
        assert find_region(region.name) == region
        assert region.province in _regions()


def test_an_unknown_code_is_no_region():
    assert region_or_none("63.6") is None
    assert region_or_none(HSS).short_name == "Hulu Sungai Selatan"
