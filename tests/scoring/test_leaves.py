"""Every leaf of the criteria tree against a table of answers and what they are worth."""

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.scoring.leaves import read_leaves

PLANS = {"rpjmd_ref": None, "rkpd_ref": None, "renstra_ref": None, "indikator": None}
NO_RISK = {
    f"risiko_{risk}_{side}": None
    for risk in ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
    for side in "kd"
}


@pytest.fixture(scope="session")
def leaf(make_register, proposal, method):
    """The value of a leaf of one usulan (None: not answered, "TB": leaves the base) and its source."""

    def value_of(code, *, office=None, **changes):
        office = {"office": office} if office else {}
        leaves = read_leaves(make_register(proposal(**changes), **office), method)
        value = leaves.answers[code].iloc[0]
        if not leaves.applicable[code].iloc[0]:
            assert pd.isna(value)
            return "TB"
        return None if np.isnan(value) else value

    return value_of


@pytest.mark.parametrize(
    ("worth", "cells"),
    [
        (1, {}),
        (2, {"alasan_di_luar_rencana": "darurat"}),
        (3, {"renstra_ref": "hlm. 1"}),
        (3, {"renstra_ref": "hlm. 1", "alasan_di_luar_rencana": "psn"}),
        (3, {"rpjmd_ref": "hlm. 1", "indikator": "cakupan"}),
        (4, {"rkpd_ref": "hlm. 1"}),
        (4, {"rkpd_ref": "hlm. 1", "renstra_ref": "hlm. 1", "indikator": "cakupan"}),
        (4, {"rpjmd_ref": "hlm. 1", "rkpd_ref": "hlm. 1"}),
        (5, {"rpjmd_ref": "hlm. 1", "rkpd_ref": "hlm. 1", "indikator": "cakupan"}),
        (1, {"rkpd_ref": "-"}),
    ],
)
def test_k2a_link_to_plans(leaf, worth, cells):
    assert leaf("K2A", **(PLANS | cells)) == worth


@pytest.mark.parametrize(
    ("worth", "urusan", "isu"),
    [
        (1, "2.11", "ISU-A"),
        (2, "2.11", "ISU-A;ISU-B"),
        (3, "2.11", "ISU-A;ISU-B;ISU-C"),
        (3, "2.11", "ISU-A;ISU-B;ISU-C;ISU-D;ISU-E;ISU-F;ISU-G;ISU-H"),
        (1, "2.11", "ISU-A;ISU-A"),
        (3, "1.02", "ISU-A"),
        (4, "1.02", "ISU-A;ISU-B"),
        (5, "1.02", "ISU-A;ISU-B;ISU-C"),
        (5, "1.06", "ISU-A;ISU-B;ISU-C;ISU-D"),
        (1, "2.10", "ISU-A"),
        (None, "2.11", None),
        (None, None, "ISU-A"),
    ],
)
def test_k2b_basic_service_and_issues(leaf, worth, urusan, isu):
    assert leaf("K2B", urusan_kode=urusan, isu=isu) == worth


@pytest.mark.parametrize(
    ("worth", "daerah", "mitra", "masyarakat"),
    [
        (3, 3, 4, 5),
        (1, 5, 1, 5),
        (2, 5, 5, 2),
        (None, 5, None, 5),
        (None, 5, "TT", 5),
        (None, None, None, None),
        (4, 5, "TB", 4),
        (None, 5, "TB", None),
        ("TB", "TB", "TB", "TB"),
    ],
)
def test_k3b_is_the_smallest_benefit(leaf, worth, daerah, mitra, masyarakat):
    cells = {"manfaat_daerah": daerah, "manfaat_mitra": mitra, "manfaat_masyarakat": masyarakat}
    assert leaf("K3B", **cells) == worth


@pytest.mark.parametrize(
    ("worth", "likelihood", "impact"),
    [
        (1, 1, 1),
        (1, 1, 4),  # 4
        (2, 1, 5),  # 5
        (2, 2, 4),  # 8
        (3, 3, 3),  # 9
        (3, 3, 4),  # 12
        (4, 3, 5),  # 15; no product of 1-5 by 1-5 is 13 or 14
        (4, 4, 4),  # 16
        (5, 4, 5),  # 20; nor 17
        (5, 5, 5),
    ],
)
def test_risk_steps(leaf, worth, likelihood, impact):
    cells = {"risiko_teknis_k": likelihood, "risiko_teknis_d": impact}
    assert leaf("RISK", **(NO_RISK | cells)) == worth


@pytest.mark.parametrize(
    ("worth", "cells"),
    [
        (5, {"risiko_hukum_k": 1, "risiko_hukum_d": 1, "risiko_sosial_k": 5, "risiko_sosial_d": 5}),
        (1, {"risiko_hukum_k": 2, "risiko_hukum_d": 2, "risiko_sosial_k": 5}),
        (None, {"risiko_hukum_k": 5}),
        (None, {}),
        (None, {"risiko_hukum_k": 7, "risiko_hukum_d": 1}),  # outside 1-5: unreadable
        ("TB", dict.fromkeys(NO_RISK, "TB")),
        (1, dict.fromkeys(NO_RISK, "TB") | {"risiko_hukum_k": 1, "risiko_hukum_d": 2}),
    ],
)
def test_risk_is_the_largest_answered_pair(leaf, worth, cells):
    assert leaf("RISK", **(NO_RISK | cells)) == worth


@pytest.mark.parametrize(
    ("worth", "partners"),
    [
        (3.25, [{"otoritas": 4}]),
        (4, [{"mitra_nama": "A", "otoritas": 5}, {"mitra_nama": "B", "otoritas": 5, "minat": 5}]),
        (3, [{"mitra_nama": "A"}, {"mitra_nama": "B", "minat": None, "otoritas": 5}]),
        (None, [{"minat": None}]),
        (None, [{"minat": "TT"}]),
        (None, []),
    ],
)
def test_mitra_is_the_best_partner_rated_in_full(leaf, worth, partners):
    assert leaf("MITRA", partners=partners) == worth


OFFICE = {
    "opd_kode": "DINKES",
    "opd_nama": "Dinas Kesehatan",
    "ppksd_1_nama": "Pertama",
    "ppksd_2_nama": "Kedua",
}


@pytest.mark.parametrize(
    ("worth", "cells", "liaisons"),
    [
        (1, {"bukti_tahun": None, "rkpd_ref": None}, {"ppksd_2_nama": None}),
        (2, {"rkpd_ref": None}, {"ppksd_2_nama": None}),
        (2, {"bukti_sumber": None, "rkpd_ref": None, "dokumen_siap": "ya"}, {"ppksd_2_nama": None}),
        (2, {"bukti_uraian": None, "rkpd_ref": None}, {}),
        (2, {"bukti_uraian": None}, {"ppksd_2_nama": "Pertama"}),
        (2, {"bukti_uraian": None}, {"ppksd_1_nip": "9" * 18, "ppksd_2_nip": "9" * 18}),
        (5, {"dokumen_siap": "ya"}, {}),
        (4, {"dokumen_siap": "TT"}, {}),
        (4, {"dokumen_siap": None, "rkpd_ref": None, "renstra_ref": "hlm. 1"}, {}),
    ],
)
def test_siap_counts_what_is_ready(leaf, worth, cells, liaisons):
    assert leaf("SIAP", office=OFFICE | liaisons, **cells) == worth


@pytest.mark.parametrize(("worth", "answer"), [(4, 4), (None, None), (None, "TT"), ("TB", "TB")])
def test_sama_is_the_stated_strength(leaf, worth, answer):
    assert leaf("SAMA", kesamaan_kekuatan=answer) == worth


@pytest.fixture(scope="session")
def leaves_of(make_register, proposal, method):
    """The leaves of DINKES-01 with these raters, beside an usulan for which all was asked."""

    def read(raters):
        return read_leaves(make_register(proposal(raters=raters), proposal("DINKES-02")), method)

    return read


@pytest.mark.parametrize(
    ("worth", "source", "scores"),
    [
        (4, "TKKSD", {"TKKSD-1": 4}),
        (3.5, "TKKSD", {"TKKSD-1": 3, "TKKSD-2": 4}),
        (4, "TKKSD", {"TKKSD-1": 2, "TKKSD-2": 4, "TKKSD-3": 5}),
        (2, "TKKSD", {"TKKSD-1": 2, "OPD-1": 5, "OPD-2": 5}),
        (4.5, "OPD", {"TKKSD-1": None, "OPD-1": 5, "OPD-2": 4}),
        (4.5, "OPD", {"TKKSD-1": "TT", "OPD-1": 5, "OPD-2": 4}),
        (4, "OPD", {"OPD-1": 4}),
        (5, "TKKSD", {"TKKSD-1": "TT", "TKKSD-2": None, "TKKSD-3": 5}),
        (5, "TKKSD", {"TKKSD-1": "TB", "TKKSD-2": 5}),
        ("TB", "TKKSD", {"TKKSD-1": "TB", "OPD-1": 5}),
        ("TB", "TKKSD", {"TKKSD-1": "TB", "TKKSD-2": None}),
        ("TB", "", {"OPD-1": "TB"}),
        (None, "", {"OPD-1": "TT", "TKKSD-1": None}),
        (None, "", {"OPD-1": None}),
    ],
)
def test_official_median(leaves_of, worth, source, scores):
    leaves = leaves_of({rater: {"U": score, "S": 3} for rater, score in scores.items()})
    if worth == "TB":
        assert not leaves.applicable.loc["DINKES-01", "U"]
        worth = None
    value = leaves.answers.loc["DINKES-01", "U"]
    assert (None if np.isnan(value) else value) == worth
    assert leaves.source.loc["DINKES-01", "U"] == source


def test_both_roles_medians_are_kept(leaves_of):
    leaves = leaves_of({"OPD-1": {"U": 5}, "OPD-2": {"U": 4}, "TKKSD-1": {"U": 3}})
    assert leaves.opd.loc["DINKES-01", "U"] == 4.5
    assert leaves.tkksd.loc["DINKES-01", "U"] == 3
