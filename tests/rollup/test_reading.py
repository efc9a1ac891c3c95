"""Every region with a dossier is used, refused or missing; order is of no account, and counts add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import RunError
from ksd_toolkit.rollup import read_rollup
from ksd_toolkit.rollup.result import rolled_up
from ksd_toolkit.rollup.summary import Levels, Response
from ksd_toolkit.stamp import Source
from tests.rollup.regions import (
    PROBLEMS,
    SHA,
    missing,
    naming,
    project,
    steps_of,
    summary,
    used,
    write,
)

CODES = ("63", "63.05", "63.06", "64.09")
FRAMES = (
    "response", "response_totals", "maturity", "maturity_totals", "shared_priorities",
    "mandatory_pairs", "unnamed", "follow_through", "follow_by_region",
)  # fmt: skip


@pytest.fixture
def home(tmp_path):
    """Two regions of Kalimantan Selatan and one of Kalimantan Timur with a summary, one without."""
    regions = [summary(code, sources=()) for code in ("63.05", "63.06", "64.09")]
    return project(tmp_path, regions, silent=["63.07"])


def codes(found):
    return [one.code for one in found]


def test_the_nation_and_a_province(home):
    nation, province = read_rollup("2026", home=home), read_rollup("2026", "63", home=home)
    assert codes(nation.used) == ["63.05", "63.06", "64.09"]
    assert codes(province.used) == ["63.05", "63.06"]
    assert codes(nation.missing) == codes(province.missing) == ["63.07"]
    assert (nation.name, province.name) == ("rekap/2026", "rekap-63/2026")
    assert province.parties == 14
    assert nation.stamp.data_sha256 != province.stamp.data_sha256


def test_another_period_has_other_regions(home):
    other = read_rollup("2025", home=home)
    assert (other.used, other.left) == ((), ())
    assert other.tanggal_acuan.isoformat() == "2025-12-31"
    assert read_rollup("2025-S1", home=home).tanggal_acuan.isoformat() == "2025-06-30"


@pytest.mark.parametrize(("period", "area"), [("26", ""), ("2026-S3", ""), ("2026", "6"), ("2026", "63.06"), ("2026", "99"), ("../2026", "")])  # fmt: skip
def test_what_is_no_period_or_province_is_told(home, period, area):
    with pytest.raises(RunError):
        read_rollup(period, area, home=home)


def test_a_broken_summary_is_refused_and_told(home):
    write(home, "kabupaten-tapin/2026", b"{")
    found = read_rollup("2026", "63", home=home)
    assert codes(found.used) == ["63.06"]
    assert codes(found.refused) == ["63.05"]
    assert "bukan berkas JSON" in found.explain("63.05")


def test_a_summary_of_another_region_is_refused(home):
    write(home, "kabupaten-tapin/2026", summary("63.06").json_bytes())
    found = read_rollup("2026", "63", home=home)
    assert "ringkasan dosir kabupaten-hulu-sungai-selatan/2026" in found.explain("63.05")


def test_a_broken_dossier_is_refused_wherever_it_may_belong(home):
    for name in ("kabupaten-tapin", "sebuah-daerah"):
        folder = home / "data" / name / "2026"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dossier.toml").write_text("[dossier", encoding="utf-8")
    found = read_rollup("2026", "63", home=home)
    assert [(one.dossier, one.code) for one in found.refused] == [
        ("sebuah-daerah/2026", ""),
        ("kabupaten-tapin/2026", "63.05"),
    ]
    assert [one.dossier for one in read_rollup("2026", "64", home=home).refused] == [
        "sebuah-daerah/2026"
    ]


def test_two_dossiers_of_one_region_are_both_refused(home):
    twin = summary("63.06", dossier="salinan/2026")
    project(home, [twin])
    found = read_rollup("2026", "63", home=home)
    assert codes(found.used) == ["63.05"]
    assert codes(found.refused) == ["63.06", "63.06"]
    assert "salinan/2026" in found.refused[0].error.sentence("en")


def test_a_summary_older_than_the_files_is_noted(home):
    name = "kabupaten-tapin/2026"
    gone, other = Source("kuesioner/a.xlsx", SHA, 3), Source("opd.csv", SHA, 1)
    outside = Source("../../../rahasia", SHA, 1)
    one = summary("63.05", sources=(gone, other, outside))
    write(home, name, one.json_bytes())
    (home / "data" / name / "kuesioner").mkdir()
    (home / "data" / name / "kuesioner" / "baru.xlsx").write_bytes(b"x")
    found = read_rollup("2026", "63", home=home)
    assert [one.changes for one in found.stale] == [("kuesioner/a.xlsx", "opd.csv", "+")]


def test_the_summary_of_papers_in_another_language_serves(home):
    own = home / "reports" / "kabupaten-tapin" / "2026"
    (own / "en").mkdir()
    (own / "ringkasan.json").rename(own / "en" / "ringkasan.json")
    assert codes(read_rollup("2026", "63", home=home).used) == ["63.05", "63.06"]


def region_of(code):
    """Any region with this code, with or without a ranking."""
    counts, others = st.integers(0, 60), [one for one in CODES if one != code]
    said = st.builds(
        naming, st.sampled_from(others), st.sampled_from(["1.02", "1.05", ""]), mandatory=st.booleans()
    )  # fmt: skip
    return st.builds(
        lambda asked, usulan, ranked, levels, said, reached: summary(
            code,
            response=Response(
                asked, asked // 3, usulan, usulan // 2 if ranked else None,
                usulan // 4 if ranked else None,
            ),
            maturity=tuple(Levels(problem, tuple(levels)) for problem in PROBLEMS),
            top=summary(code).top if ranked else (),
            namings=tuple(said),
            steps=steps_of(*sorted(reached, reverse=True)),
        ),
        counts, counts, st.booleans(), st.lists(counts, min_size=5, max_size=5),
        st.lists(said, max_size=4), st.lists(counts, min_size=7, max_size=7),
    )  # fmt: skip


REGIONS = st.tuples(*map(region_of, CODES)).flatmap(
    lambda found: st.lists(st.sampled_from(found), unique_by=lambda one: one.code)
)


@settings(max_examples=10)
@given(REGIONS, st.randoms(use_true_random=False))
def test_the_order_of_regions_is_of_no_account(regions, random):
    found = [*used(*regions), *(missing(c) for c in CODES if c not in {r.code for r in regions})]
    shuffled = list(found)
    random.shuffle(shuffled)
    one, other = rolled_up(found, None, "2026"), rolled_up(shuffled, None, "2026")
    for name in FRAMES:
        assert getattr(one, name).equals(getattr(other, name)), name
    assert one.stamp == other.stamp


@settings(max_examples=10)
@given(REGIONS)
def test_counts_add_up(regions):
    rollup = rolled_up(used(*regions), None, "2026")
    totals, response = rollup.response_totals, rollup.response
    known = response[response["scored_percent"].notna()]
    assert totals.loc["sent", "part"] == response["offices_answered"].sum()
    assert totals.loc["scored", "whole"] == known["usulan"].sum()
    steps = rollup.follow_through
    parts = steps[["reached", "open", "stopped", "joined"]].sum(axis=1)
    assert (parts == steps["entered"]).all()
    levels = rollup.maturity_totals
    assert (levels[[f"level_{n}" for n in range(5)]].sum(axis=1) == levels["answered"]).all()
    assert (rollup.shared_priorities["regions"] <= rollup.shared_priorities["of"]).all()


@settings(max_examples=10)
@given(REGIONS)
def test_every_mandatory_naming_is_in_one_pair(regions):
    rollup = rolled_up(used(*regions), None, "2026")
    said = sum(one.mandatory for region in regions for one in region.namings)
    pairs = rollup.mandatory_pairs
    told = [*pairs["first_usulan"], *pairs["second_usulan"]]
    assert sum(len(text.split("; ")) for text in told if text) == said
    both = pairs[pairs["state"] == "both"]
    assert (both["first_usulan"] != "").all()
    assert (both["second_usulan"] != "").all()
    assert (pairs["first"] < pairs["second"]).all()
