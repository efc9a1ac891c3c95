"""The type of cooperation: every row of the rule table with its article, and who must cooperate."""

import tomllib
from importlib.resources import files

import pandas as pd
import pytest

from ksd_toolkit.law import cite
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring import (
    derive_types,
    score,
    type_families,
    type_grounds,
    type_label,
    type_reason,
)
from ksd_toolkit.scoring.jenis_table import type_codes

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
    ("KSDD-S", "pemda", TAPIN, "UU 23/2014 365", JOINT | {"eksternalitas_pengguna": None}),
    ("KSDD-S", "pemda", None, "UU 23/2014 365", JOINT),
    ("KSDD-S", "pemda", TANAH_LAUT, "UU 23/2014 365", {"objek": "pinjam_pakai"}),
    ("SINERGI", "kl_vertikal", None, "PP 28/2018 46", {}),
    ("SINERGI", "kl_vertikal", None, "PP 28/2018 46", {"objek": "pinjam_pakai"}),
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


@pytest.mark.parametrize("kind", ["kl_vertikal", "bumd", None])
def test_only_a_government_in_a_bordering_region_borders_us(type_of, kind):
    far = {"mitra_nama": "Jauh", "mitra_jenis": "pemda", "kode_wilayah": TANAH_LAUT}
    near = {"mitra_nama": "Lembaga di sana", "mitra_jenis": kind, "kode_wilayah": TAPIN}
    found = type_of(far, near, **JOINT)
    assert (found["jenis"], found["berbatasan"]) == ("KSDD-S", "tidak")


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


# --- the ground of a type, and types set otherwise ---------------------------------------------

BUSINESS = {"mitra_jenis": "badan_usaha"}


@pytest.fixture(scope="session")
def set_as(make_register, proposal):
    """The type of one usulan after a plenary set it otherwise."""

    def decided(jenis, why, partner=BUSINESS, by="Rapat Pleno TKKSD", usulan="DINKES-01", **cells):
        register = make_register(proposal(partners=[partner], **cells))
        rows = {"usulan_id": usulan, "jenis": jenis, "alasan": why, "ditetapkan_oleh": by}
        register.tables.frames["jenis_ditetapkan"] = pd.DataFrame([rows], dtype="str")
        return derive_types(register).iloc[0]

    return decided


@pytest.mark.parametrize(
    ("objek", "route"),
    [
        ("pemanfaatan_bmd", "Ikuti pula Permendagri 19/2016, belum diverifikasi."),
        ("infrastruktur", "Ikuti pula Perpres 38/2015, belum diverifikasi."),
        ("investasi", "Ikuti pula PP 28/2018 Pasal 15."),
    ],
)
def test_an_object_with_rules_of_its_own_names_them(type_of, objek, route):
    assert type_grounds(type_of(BUSINESS, objek=objek)).endswith(route)


def test_a_type_says_its_rule_and_article(type_of):
    assert type_grounds(type_of({"mitra_jenis": "ptn"})) == (
        "Menurut aturan: mitra adalah kementerian/lembaga, instansi vertikal, atau perguruan tinggi "
        "negeri (PP 28/2018 Pasal 46)."
    )


def test_a_type_set_otherwise_holds_and_prints_its_reason_beside_the_rule(set_as):
    row = set_as("KSDPK-d", "mitra membangun jaringan pipa")
    assert (row["jenis"], row["family"], row["derived"]) == ("KSDPK-d", "KSDPK", "KSDPK-a")
    assert type_grounds(row) == (
        "Jenisnya ditetapkan Rapat Pleno TKKSD: mitra membangun jaringan pipa. Menurut aturan "
        "jenisnya KSDPK pelayanan publik: mitra adalah pihak ketiga dan objeknya pelayanan publik "
        "(UU 23/2014 Pasal 366)."
    )


def test_a_type_that_does_not_go_with_its_partner_is_remarked(set_as):
    assert type_grounds(set_as("SINERGI", "dana pusat")).endswith(
        "Mitra utamanya tidak lazim bagi Sinergi; periksa kembali."
    )
    assert "tanpa menyebut siapa" in type_grounds(set_as("KSDPK-d", "sebab", by=None))


@pytest.mark.parametrize(("why", "usulan"), [(None, "DINKES-01"), ("sebab", "DINKES-99")])
def test_without_a_reason_or_its_usulan_the_rule_holds(set_as, why, usulan):
    row = set_as("SINERGI", why, usulan=usulan)
    assert row["jenis"] == row["derived"] == "KSDPK-a"


def test_an_usulan_set_as_no_cooperation_is_stopped_with_the_reason_it_was_given(
    make_register, proposal, method
):
    register = make_register(proposal(), proposal("DINKES-02"))
    rows = {
        "usulan_id": "DINKES-02", "jenis": "BUKAN", "ditetapkan_oleh": "Rapat Pleno TKKSD",
        "alasan": "tumpang tindih dengan DINKES-01",
    }  # fmt: skip
    register.tables.frames["jenis_ditetapkan"] = pd.DataFrame([rows], dtype="str")
    ranking = score(register, method)
    assert list(ranking.excluded.index) == ["DINKES-02"]
    assert "tumpang tindih dengan DINKES-01" in ranking.explain("DINKES-02")


def test_every_type_but_the_unclear_one_can_be_set():
    choices = read_form("penetapan").table("jenis_ditetapkan").field("jenis").choices
    assert [choice.code for choice in choices] == type_codes()[:-1]
    for lang in ("id", "en"):
        assert [c.labels[lang] for c in choices] == [type_label(c.code, lang) for c in choices]


@pytest.mark.parametrize(
    ("cells", "open_question"),
    [
        ({"efisien_bersama": "TT"}, True),
        ({"efisien_bersama": None}, True),
        ({"eksternalitas_pengguna": None}, True),
        ({"efisien_bersama": "tidak"}, False),
        ({"eksternalitas_lokasi": "tidak", "eksternalitas_pengguna": "tidak",
          "eksternalitas_dampak": "tidak"}, False),
    ],
)  # fmt: skip
def test_what_nobody_answered_is_no_no(type_of, cells, open_question):
    """Whether cooperation with a neighbour is mandatory is not known before both tests are answered."""
    found = type_of({"mitra_jenis": "pemda", "kode_wilayah": TAPIN}, **JOINT | cells)
    assert ("belum diketahui" in type_reason(found["jenis_rule"])[0]) is open_question
