"""Candidates fitted to proposals: worked by hand, then properties on any tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.fit import first_in_order, ranks_in_rows, shared_part, weighed
from ksd_toolkit.matching.institution_rules import fit_rules
from ksd_toolkit.matching.institutions import match_institutions
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import proposal_of

UJI = "PT Uji (contoh)"
USULAN = {"urusan_kode": "2.11", "isu": "ISU-A;ISU-D", "output_dituju": "layanan;pad"}
ONE = (proposal_of(**USULAN),)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("home"))


@pytest.fixture
def match(dossier):
    """The matches of one proposal with some candidates."""

    def matched(*candidates, words=(), rows=0, proposals=ONE):
        register = register_with(dossier, *proposals, candidates=candidates, words=words)
        return match_institutions(register, rows=rows)

    return matched


# --- the kernel ------------------------------------------------------------------------------


def test_what_is_shared_is_the_part_of_what_is_asked():
    asked = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=bool)
    offered = np.array([[1, 0, 1], [0, 0, 0]], dtype=bool)
    nan = np.nan
    expected = [[0.5, nan], [0.0, nan], [nan, nan]]
    np.testing.assert_array_equal(shared_part(asked, offered), expected)


def test_points_lie_over_what_is_known_and_the_interval_over_what_applies():
    values = [np.array([[1.0, np.nan]]), np.array([[0.5, 0.5]]), np.array([[np.nan, np.nan]])]
    applies = [np.array([[True, True]]), np.array([[True, True]]), np.array([[True, False]])]
    fit = weighed(values, applies, np.array([50.0, 30.0, 20.0]))
    np.testing.assert_allclose(fit.points, [[100 * 65 / 80, 50.0]])
    np.testing.assert_allclose(fit.worst, [[65.0, 100 * 15 / 80]])
    np.testing.assert_allclose(fit.best, [[85.0, 100 * 65 / 80]])
    np.testing.assert_allclose(fit.coverage, [[0.8, 0.375]])


def test_nothing_known_and_nothing_asked_are_no_points():
    unknown = weighed([np.array([[np.nan]])], [np.array([[True]])], np.array([10.0]))
    assert np.isnan(unknown.points[0, 0])
    assert (unknown.worst[0, 0], unknown.best[0, 0], unknown.coverage[0, 0]) == (0.0, 100.0, 0.0)
    off = weighed([np.array([[np.nan]])], [np.array([[False]])], np.array([10.0]))
    assert np.isnan([off.points[0, 0], off.worst[0, 0], off.best[0, 0]]).all()
    assert off.coverage[0, 0] == 0.0


unit = st.one_of(st.floats(0, 1), st.just(np.nan))


@given(
    st.integers(1, 4).flatmap(
        lambda k: st.tuples(
            arrays.arrays(np.float64, (k, 3, 4), elements=unit),
            arrays.arrays(np.bool_, (k, 3, 4)),
            arrays.arrays(np.float64, k, elements=st.floats(0.5, 50)),
        )
    )
)
def test_points_lie_in_their_interval_and_coverage_between_none_and_all(told):
    values, applies, weights = told
    fit = weighed(list(values), list(applies), weights)
    known = ~np.isnan(fit.points)
    assert (fit.worst[known] <= fit.points[known] + 1e-9).all()
    assert (fit.points[known] <= fit.best[known] + 1e-9).all()
    assert ((fit.coverage >= 0) & (fit.coverage <= 1 + 1e-9)).all()
    assert (known == (fit.coverage > 0)).all()


@given(
    arrays.arrays(np.float64, (2, 5), elements=st.sampled_from([0.0, 1.0, 2.0, np.inf])),
    arrays.arrays(np.float64, (2, 5), elements=st.sampled_from([0.0, 50.0, 80.0])),
    st.integers(1, 7),
)
def test_the_order_is_group_then_points_then_as_they_come(group, points, rows):
    order = first_in_order(group, points, rows)
    for row in range(2):
        expected = sorted(
            (n for n in range(5) if np.isfinite(group[row, n])),
            key=lambda n: (group[row, n], -points[row, n], n),
        )[:rows]
        assert order[row][order[row] >= 0].tolist() == expected


def test_equal_points_share_the_smaller_rank_and_other_groups_have_none():
    ranks = ranks_in_rows(np.array([[0, 0, 0, 1.0]]), np.array([[80.0, 80.0, 70.0, 70.0]]))
    np.testing.assert_array_equal(ranks, [[1, 1, 3, np.nan]])


def test_the_weights_sum_to_one_hundred_and_name_their_source():
    rules = fit_rules()
    assert rules.weights.sum() == 100
    assert all(one.source for one in rules.criteria)


# --- worked by hand --------------------------------------------------------------------------


def test_one_pair_by_hand(match):
    """25 x 1 + 15 x 1/2 + 10 x 1/2 + 11 x 1/2 (five strengths at 3) = 25 + 7.5 + 5 + 25 = 62.5."""
    found = match({})
    row = found.table.iloc[0]
    assert (row["points"], row["worst"], row["best"], row["coverage"]) == (62.5, 62.5, 62.5, 1.0)
    assert (row["rank"], row["state"], row["jenis"]) == (1, "fits", "KSDPK-a")
    assert (row["shared_urusan"], row["shared_isu"], row["shared_output"]) == (
        "2.11",
        "ISU-A",
        "layanan",
    )


def test_a_blank_leaves_the_base_and_widens_the_interval(match):
    """Without the track record (7): 59 of 93 known points, 59 at worst, 66 at best."""
    row = match({"rekam_jejak": None}).table.iloc[0]
    assert row["coverage"] == pytest.approx(0.93)
    assert (row["points"], row["worst"], row["best"]) == (63.44, 59.0, 66.0)
    assert np.isnan(row["rekam_jejak"])


def test_what_does_not_apply_narrows_the_base_instead(match):
    row = match({"rekam_jejak": "TB"}).table.iloc[0]
    assert (row["points"], row["worst"], row["best"]) == (63.44, 63.44, 63.44)
    assert row["coverage"] == pytest.approx(1.0)


def test_a_candidate_that_shares_neither_affair_nor_issue_is_not_proposed(match):
    found = match({"urusan": "1.02", "isu": "ISU-H"})
    assert found.table.empty
    assert "tidak ada urusan atau isu yang sama" in found.explain("DINKES-01", "PT Uji (contoh)")


def test_an_issue_alone_lists_without_a_rank(match):
    row = match({"urusan": "1.02"}).table.iloc[0]
    assert row["state"] == "related"
    assert np.isnan(row["rank"])


def test_unknown_affair_and_issue_are_open_not_unfit(match):
    found = match({"urusan": None, "isu": None})
    assert found.table["state"].tolist() == ["open"]
    assert any("tanpa urusan dan isu" in told for told in found.unknown)


def test_too_little_known_is_listed_without_a_rank(match):
    blank = dict.fromkeys(
        ("otoritas", "kompetensi", "sumber_daya", "minat", "rekam_jejak", "output")
    )
    row = match(blank).table.iloc[0]
    assert (row["state"], row["coverage"]) == ("sparse", 0.4)
    assert np.isnan(row["rank"])


@pytest.mark.parametrize(
    ("kind", "objek", "jenis"),
    [
        ("ptn", "layanan", "SINERGI"),
        ("kl_vertikal", "lainnya", "SINERGI"),
        ("bumd", "layanan", "KSDPK-a"),
        ("bumn", "pemanfaatan_bmd", "KSDPK-b"),
        ("koperasi", "investasi", "KSDPK-c"),
        ("ormas", "lainnya", "KSDPK-d"),
        ("pemda_ln", "layanan", "KSDPL"),
        ("lembaga_ln", "layanan", "KSDLL"),
    ],
)
def test_the_type_rule_says_what_the_cooperation_would_be(match, kind, objek, jenis):
    found = match({"mitra_jenis": kind}, proposals=(proposal_of(**USULAN, objek=objek),))
    assert found.table["jenis"].tolist() == [jenis]


@pytest.mark.parametrize(
    ("kind", "objek"), [("badan_usaha", "pengadaan"), ("opd_internal", "layanan")]
)
def test_what_is_no_cooperation_is_never_listed_and_says_why(match, kind, objek):
    found = match({"mitra_jenis": kind}, proposals=(proposal_of(**USULAN, objek=objek),))
    assert found.table.empty
    for lang, words in (("id", "bukan kerja sama daerah"), ("en", "no regional cooperation")):
        assert words in found.explain("DINKES-01", "PT Uji (contoh)", lang)


def test_a_bordering_region_is_mandatory_when_all_three_conditions_are_met(match):
    """HSS and Tapin border; HSS and Tanah Laut do not."""
    yes = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya"}
    tapin = {"mitra_nama": "Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}
    far = {**tapin, "mitra_nama": "Tanah Laut", "kode_wilayah": "63.01"}
    table = match(tapin, far, proposals=(proposal_of(**USULAN, **yes),)).table
    assert dict(zip(table["mitra_nama"], table["jenis"], strict=True)) == {
        "Tapin": "KSDD-W",
        "Tanah Laut": "KSDD-S",
    }


def test_the_office_may_have_named_a_candidate_with_other_marks(match):
    proposal = proposal_of(**USULAN, partners=[{"mitra_nama": "PT. Uji  (Contoh)"}])
    found = match({}, {"mitra_nama": "CV Lain (contoh)"}, proposals=(proposal,))
    named = dict(zip(found.table["mitra_nama"], found.table["named"], strict=True))
    assert named == {"PT Uji (contoh)": True, "CV Lain (contoh)": False}


# --- the results -----------------------------------------------------------------------------


def test_the_same_pairs_from_the_side_of_the_candidate(match):
    proposals = (
        proposal_of("DINKES-01", **USULAN),
        proposal_of("DINKES-02", **{**USULAN, "isu": "ISU-A"}),
    )
    found = match({}, proposals=proposals)
    mine = found.for_candidate("pt uji  (contoh)")
    assert mine["usulan_id"].tolist() == ["DINKES-02", "DINKES-01"]
    assert mine["rank"].tolist() == [1, 2]
    whole = found.table.set_index("usulan_id")["points"]
    assert mine.set_index("usulan_id")["points"].to_dict() == whole.to_dict()


def test_the_explanation_tells_what_is_shared_unknown_and_asked_by_law(match):
    found = match({"sumber_daya": None})
    told = found.explain("dinkes-01", "PT Uji (contoh)")
    assert "2.11 Lingkungan Hidup" in told
    assert "Belum diketahui: sumber daya." in told
    assert "KSDPK pelayanan publik" in told
    assert "UU 23/2014 Pasal 366" in told
    assert "Not known yet: resources." in found.explain("DINKES-01", "PT Uji (contoh)", "en")


def test_an_interval_is_told_only_where_there_is_one(match):
    assert "62,50 poin; semua yang ditimbang diketahui." in match({}).explain("DINKES-01", UJI)
    told = match({"rekam_jejak": None}).explain("DINKES-01", UJI)
    assert "63,44 poin (terendah 59,00, tertinggi 66,00; 93\u00a0% bobot diketahui)." in told


def test_unknown_names_are_refused_with_a_sentence(match):
    found = match({})
    with pytest.raises(MethodError) as refused:
        found.explain("DINKES-01", "PT Ujian (contoh)")
    assert refused.value.code == "inst.unknown_candidate"
    assert UJI in refused.value.sentence("id")
    with pytest.raises(MethodError) as refused:
        found.for_usulan("DINKES-02")
    assert refused.value.facts["near"] == "DINKES-01"
    with pytest.raises(MethodError) as refused:
        found.for_candidate("Zzzz")
    assert refused.value.facts["near"] == "-"


def test_no_candidates_and_no_proposals_end_in_a_sentence(match):
    nobody = match()
    assert nobody.table.empty
    assert any("calon_mitra.csv" in told for told in nobody.unknown)
    assert match({}, proposals=()).table.empty


def test_the_list_is_as_long_as_asked(match):
    many = [{"mitra_nama": f"PT {n} (contoh)"} for n in range(9)]
    assert len(match(*many).table) == fit_rules().rows
    found = match(*many, rows=2)
    assert len(found.table) == 2
    assert len(found.for_usulan("DINKES-01", rows=7)) == 7
    assert found.table["rank"].tolist() == [1, 1]


def test_a_candidate_written_twice_counts_once_and_is_told(match):
    found = match({}, {"mitra_nama": "PT. UJI (contoh)", "otoritas": 5})
    assert found.table["otoritas"].tolist() == [3.0]
    assert any("lebih dari sekali" in told for told in found.unknown)


# --- other weights, other candidates ---------------------------------------------------------


def test_without_weight_a_criterion_plays_no_part(match):
    """Only affair and issues: 25 of 25 and 7.5 of 15, so 81.25 of 100."""
    found = match({})
    only = dict.fromkeys((one.code for one in found.rules.criteria), 0.0)
    changed = found.replace({**only, "urusan": 25, "isu": 15})
    assert changed.table["points"].tolist() == [81.25]
    assert found.table["points"].tolist() == [62.5]
    assert changed.stamp.method_sha256 != found.stamp.method_sha256


@pytest.mark.parametrize(
    ("weights", "code"),
    [({"harga": 1}, "inst.criterion"), ({"isu": -1}, "inst.weight"), ({"isu": np.nan}, "inst.weight"),
     ({"isu": np.inf}, "inst.weight")],
)  # fmt: skip
def test_weights_that_make_no_sense_are_refused(match, weights, code):
    with pytest.raises(MethodError) as refused:
        match({}).replace(weights)
    assert refused.value.code == code
    assert refused.value.sentence("id") != refused.value.sentence("en")


def test_no_weight_at_all_is_refused(match):
    with pytest.raises(MethodError):
        match({}).replace(dict.fromkeys((one.code for one in fit_rules().criteria), 0.0))


LEVELS = st.sampled_from([1, 2, 3, 4, 5, None, "TT", "TB"])
CANDIDATES = st.fixed_dictionaries(
    {
        "mitra_jenis": st.sampled_from(["ptn", "bumd", "opd_internal", "pemda", None]),
        "urusan": st.sampled_from(["2.11", "1.02;2.11", "1.02", None]),
        "isu": st.sampled_from(["ISU-A", "ISU-D;ISU-H", "ISU-H", None]),
        "output": st.sampled_from(["layanan", "pad;layanan", None]),
        **dict.fromkeys(("otoritas", "kompetensi", "sumber_daya", "minat", "rekam_jejak"), LEVELS),
    }
)  # fmt: skip
SHOWN = ["mitra_nama", "rank", "points", "worst", "best", "coverage", "state", "jenis"]


def named(rows):
    return [{**row, "mitra_nama": f"Lembaga {number} (contoh)"} for number, row in enumerate(rows)]


@settings(max_examples=15)
@given(rows=st.lists(CANDIDATES, max_size=5), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_file_decides_nothing(dossier, rows, seed):
    known = named(rows)
    shuffled = known[:]
    seed.shuffle(shuffled)
    one, other = (
        match_institutions(register_with(dossier, *ONE, candidates=those)).table[SHOWN]
        for those in (known, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=15)
@given(rows=st.lists(CANDIDATES, min_size=1, max_size=5))
def test_another_candidate_changes_nobodys_points(dossier, rows):
    known = named(rows)
    most, fewer = (
        match_institutions(register_with(dossier, *ONE, candidates=those), rows=9).table.set_index(
            "mitra_nama"
        )
        for those in (known, known[:-1])
    )
    same = most.loc[most.index.isin(fewer.index), ["points", "worst", "best", "coverage", "state"]]
    pd.testing.assert_frame_equal(same.sort_index(), fewer.loc[:, same.columns].sort_index())


@settings(max_examples=20)
@given(
    row=CANDIDATES,
    name=st.sampled_from(["otoritas", "kompetensi", "minat"]),
    level=st.integers(1, 5),
)
def test_what_becomes_known_stays_inside_the_interval(dossier, row, name, level):
    blank, filled = (
        match_institutions(register_with(dossier, *ONE, candidates=[{**row, name: value}])).fit
        for value in (None, level)
    )
    assert blank.worst[0, 0] <= filled.worst[0, 0] + 0.01
    assert filled.best[0, 0] <= blank.best[0, 0] + 0.01
    assert filled.coverage[0, 0] > blank.coverage[0, 0]


@settings(max_examples=15)
@given(rows=st.lists(CANDIDATES, max_size=4))
def test_every_pair_is_explained_in_both_languages_without_a_bare_nan(dossier, rows):
    found = match_institutions(register_with(dossier, *ONE, candidates=named(rows)))
    for name in found.candidates["mitra_nama"]:
        for lang in ("id", "en"):
            told = found.explain("DINKES-01", name, lang)
            assert name in told
            assert "nan" not in told.casefold().split()
