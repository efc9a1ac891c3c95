"""The type of cooperation: every row of the rule table with its article, and who must cooperate."""

import tomllib
from importlib.resources import files

import pytest

from ksd_toolkit.law import cite
from ksd_toolkit.scoring import derive_types, type_families, type_label, type_reason

TAPIN, TANAH_LAUT = "63.05", "63.01"
THIRD_PARTIES = ("bumn", "bumd", "badan_usaha", "koperasi", "ormas", "perseorangan")
JOINT = {"eksternalitas_pengguna": "ya", "efisien_bersama": "ya"}

TABLE = [
    # type, kind of partner, its region, article, what else was answered
    ("BUKAN", "opd_internal", None, "UU 23/2014 363(2)", {}),
    ("BUKAN", "opd_internal", None, "UU 23/2014 363(2)", {"objek": "pengadaan"}),
    ("BUKAN", "badan_usaha", None, "Perpres 16/2018", {"objek": "pengadaan"}),
    ("BUKAN", "pemda", TAPIN, "Perpres 16/2018", {"objek": "pengadaan"} | JOINT),
    ("BUKAN", "ptn", None, "Perpres 16/2018", {"objek": "kajian_pesanan"}),
    ("KSDD-W", "pemda", TAPIN, "UU 23/2014 364(1)", JOINT),
    ("KSDD-S", "pemda", TANAH_LAUT, "UU 23/2014 365", JOINT),
    ("KSDD-S", "pemda", TAPIN, "UU 23/2014 365", JOINT | {"efisien_bersama": "tidak"}),
    ("KSDD-S", "pemda", TAPIN, "UU 23/2014 365", JOINT | {"efisien_bersama": "TT"}),
    ("KSDD-S", "pemda", TAPIN, "UU 23/2014 365", {"efisien_bersama": "ya"}),
    ("KSDD-S", "pemda", None, "UU 23/2014 365", JOINT),
    ("SINERGI", "kl_vertikal", None, "PP 28/2018 46", {}),
    ("SINERGI", "ptn", None, "PP 28/2018 46", {}),
    ("KSDPL", "pemda_ln", None, "UU 23/2014 367", {}),
    ("KSDLL", "lembaga_ln", None, "UU 23/2014 367", {}),
    *(("KSDPK-a", kind, None, "UU 23/2014 366", {"objek": "layanan"}) for kind in THIRD_PARTIES),
    ("KSDPK-a", "bumn", None, "UU 23/2014 366", {"objek": "pinjam_pakai"}),
    ("KSDPK-b", "bumd", None, "UU 23/2014 366", {"objek": "pemanfaatan_bmd"}),
    ("KSDPK-c", "badan_usaha", None, "UU 23/2014 366", {"objek": "investasi"}),
    ("KSDPK-d", "koperasi", None, "PP 28/2018 15", {"objek": "infrastruktur"}),
    ("KSDPK-d", "ormas", None, "PP 28/2018 15", {"objek": "lainnya"}),
    ("BELUM", "ormas", None, "PP 28/2018 4(1)", {"objek": None}),
]


@pytest.fixture(scope="session")
def type_of(make_register, proposal):
    def derived(*partners, **cells):
        return derive_types(make_register(proposal(partners=partners, **cells))).iloc[0]

    return derived


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_every_row_of_the_rules(type_of, row):
    jenis, kind, region, article, cells = row
    found = type_of({"mitra_jenis": kind, "kode_wilayah": region}, **cells)
    assert (found["jenis"], type_reason(found["jenis_rule"])[1]) == (jenis, article)
    assert cite(article).citation
    for lang in ("id", "en"):
        assert type_reason(found["jenis_rule"], lang)[0]
        assert type_label(jenis, lang)
    assert found["family"] in type_families()


def test_the_table_above_reaches_every_rule(type_of):
    text = files("ksd_toolkit.knowledge").joinpath("jenis.toml").read_text(encoding="utf-8")
    reached = {
        type_of({"mitra_jenis": kind, "kode_wilayah": region}, **cells)["jenis_rule"]
        for _, kind, region, _, cells in TABLE
    }
    assert reached == set(range(len(tomllib.loads(text)["rule"])))


@pytest.mark.parametrize(
    ("code", "border"), [(TAPIN, "ya"), (TANAH_LAUT, "tidak"), ("63.06", "tidak")]
)
def test_the_border_is_computed_from_the_region(type_of, code, border):
    found = type_of({"mitra_jenis": "pemda", "kode_wilayah": code})
    assert found["berbatasan"] == border


@pytest.mark.parametrize("test", ["lokasi", "pengguna", "dampak"])
def test_one_cross_border_effect_is_enough(type_of, test):
    cells = {f"eksternalitas_{test}": "ya", "efisien_bersama": "ya"}
    assert type_of({"mitra_jenis": "pemda", "kode_wilayah": TAPIN}, **cells)["jenis"] == "KSDD-W"


def test_the_first_partner_decides_and_a_border_with_any_partner_counts(type_of):
    far = {"mitra_nama": "Jauh", "mitra_jenis": "pemda", "kode_wilayah": TANAH_LAUT}
    near = {"mitra_nama": "Dekat", "mitra_jenis": "pemda", "kode_wilayah": TAPIN}
    company = {"mitra_nama": "Usaha", "mitra_jenis": "badan_usaha"}
    assert type_of(far, near, **JOINT)[["jenis", "main_partner"]].tolist() == ["KSDD-W", "Jauh"]
    assert type_of(company, near, **JOINT)["jenis"] == "KSDPK-a"
