"""A code is the Ministry's, or its system is named; a damaged one is refused with what it may have been."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.atlas import Asked, Balance, bring, read_atlas
from ksd_toolkit.atlas.region_codes import Notation, code_problem, notation_of, read_code
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.errors import Where
from ksd_toolkit.regions import all_regions, region_or_none
from tests.atlas.pack import in_pack

CROSSWALK = {"6306": "63.06", "9101": "92.02", "91": "92"}


def refusal(text, system="", crosswalk=None, among=()):
    notation = notation_of({text, *among}, system, crosswalk or {})
    found = read_code(text, notation)
    assert found.code == "" or region_or_none(found.code)
    return found


def test_every_code_of_the_ministry_is_read_as_it_stands():
    codes = [region.code for region in all_regions()]
    assert [refusal(code, among=["63.06"]).code for code in codes] == codes


@pytest.mark.parametrize(
    ("text", "kind", "near"),
    [
        ("", "blank", ""),
        ("6306", "system", "63.06 (Kabupaten Hulu Sungai Selatan)"),
        ("63.1", "cut", "63.10 (Kabupaten Tanah Bumbu); 63.01 (Kabupaten Tanah Laut)"),
        ("11.1", "cut", "11.10 (Kabupaten Aceh Singkil); 11.01 (Kabupaten Aceh Selatan)"),
        ("1101.0", "number", "11.01 (Kabupaten Aceh Selatan)"),
        ("31.0", "number", "31 (Provinsi Daerah Khusus Ibukota Jakarta)"),
        ("63.06.01", "below", "63.06 (Kabupaten Hulu Sungai Selatan)"),
        ("6306010", "below", "63.06 (Kabupaten Hulu Sungai Selatan)"),
        ("63.99", "unknown", "63.09 (Kabupaten Tabalong)"),
        ("63.16", "unknown", "63.06 (Kabupaten Hulu Sungai Selatan)"),
        ("Tapin", "unknown", "63.05 (Kabupaten Tapin)"),
        ("91", "province", "91 (Provinsi Papua)"),
        ("'; DROP TABLE", "unknown", "-"),
        ("9" * 100, "unknown", "-"),
    ],
)
def test_a_code_that_is_none_is_refused_with_what_was_meant(text, kind, near):
    found = refusal(text)
    assert (found.code, found.refusal) == ("", kind)
    told = str(found.facts.get("near", ""))
    assert told.split("; ")[:1] == near.split("; ")[:1] if kind == "unknown" else told == near
    for lang in ("id", "en"):
        assert code_problem(found, Where("a.csv")).sentence(lang)


def test_a_province_code_with_two_meanings_is_read_where_the_file_shows_its_system():
    assert refusal("91").refusal == "province"
    assert refusal("91", among=["63.06"]).code == "91"
    assert refusal("91", among=["93"]).code == "91"  # BPS has no 93
    assert refusal("91", "kemendagri").code == "91"
    assert refusal("91", "bps", CROSSWALK).code == "92"


def test_four_digits_are_read_once_their_system_is_named():
    assert refusal("6306", "kemendagri").code == "63.06"
    assert refusal("9101", "bps", CROSSWALK).code == "92.02"
    assert refusal("9101", "kemendagri").code in {"", "91.01"}
    assert refusal("9199", "bps", CROSSWALK).refusal == "unknown_bps"
    assert refusal("63.06", "bps", CROSSWALK).refusal == "not_bps"


def test_the_refusal_names_both_readings_where_the_crosswalk_is_known():
    found = refusal("9101", crosswalk=CROSSWALK)
    assert str(found.facts["bps"]).startswith("92.02 ")


@given(st.text(max_size=60))
def test_any_text_is_a_region_or_a_refusal_with_a_sentence(text):
    found = read_code(text.strip(), Notation("", CROSSWALK))
    assert bool(found.code) != bool(found.refusal)
    if found.refusal:
        problem = code_problem(found, Where("a.csv"))
        assert problem.sentence("id")
        assert problem.sentence("en")


# --- in files ----------------------------------------------------------------------------------


def brought(tmp_path, text, **asked):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    return bring(tmp_path, [path], Asked(**asked))


BARE = "code,indicator,year,value\n6306,ipm,2021,69.2\n6307,ipm,2021,69.3\n"


def test_bare_codes_are_refused_row_by_row_and_come_in_once_the_system_is_named(tmp_path):
    found = brought(tmp_path, BARE)
    assert found.balance == Balance(quarantined=2)
    assert [p.code for p in found.problems] == ["atlas.code_system"] * 2
    assert "--codes" in found.problems[0].remedy()
    assert read_atlas(tmp_path).is_empty
    assert brought(tmp_path, BARE, system="kemendagri").balance == Balance(accepted=2)


def test_bps_codes_need_the_crosswalk(tmp_path):
    found = brought(tmp_path, BARE, system="bps")
    assert [p.code for p in found.problems] == ["atlas.no_crosswalk"]
    assert "bps_code" in found.problems[0].remedy()


def test_every_bps_code_of_the_data_pack_means_its_region(tmp_path):
    path = in_pack("regions.csv")
    with path.open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["level"] == "2"]
    lines = [f"{row['bps_code']},{number}" for number, row in enumerate(rows)]
    table = tmp_path / "bps.csv"
    table.write_text("kode,urutan\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = bring(tmp_path, [table, path], Asked(system="bps", year=2024))  # any order will do
    assert found.files[0].balance == Balance(accepted=514)
    figures = read_atlas(tmp_path).latest("urutan")["value"]
    assert {row["code"]: float(number) for number, row in enumerate(rows)} == figures.to_dict()
    other = [
        r
        for r in rows
        if (known := region_or_none(f"{r['bps_code'][:2]}.{r['bps_code'][2:]}"))
        and known.code != r["code"]
    ]
    assert len(other) == 169  # what the refusal of a bare code says


def test_a_name_that_is_another_regions_sets_the_row_aside(tmp_path):
    text = "kode,nama,ipm\n63.06,Kab. Tapin,69\n63.05,Kabupaten Tapin,70\n63.10,Tanah Bumbu,71\n61.02,Pontianak,72\n61.03,Kerajaan Lama,73\n"
    found = brought(tmp_path, text, year=2021)
    assert found.balance == Balance(accepted=3, quarantined=2)
    assert [(p.code, p.where.cell) for p in found.problems if p.severity == "error"] == [
        ("atlas.code_name", "A2"),
        ("atlas.code_name", "A5"),
    ]
    assert "63.05 Kabupaten Tapin" in found.problems[0].text()


def test_the_province_codes_with_two_meanings_are_those_of_the_two_lists():
    with in_pack("regions.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["level"] == "1"]
    ours, theirs = {row["code"] for row in rows}, {row["bps_code"] for row in rows}
    two = {row["code"] for row in rows if row["code"] in theirs and row["code"] != row["bps_code"]}
    table = facts_of("provinces")
    assert set(table["two_meanings"]) == two
    assert set(table["only_kemendagri"]) == ours - theirs
