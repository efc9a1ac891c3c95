"""Gates G1 to G8: every row of the gates' table, and what a failed gate does."""

import pytest

from ksd_toolkit.law import cite
from ksd_toolkit.scoring import gate_reasons
from ksd_toolkit.scoring.gates import check_gates, overall
from ksd_toolkit.scoring.jenis import derive_types

NO_PLAN = {"rpjmd_ref": None, "rkpd_ref": None, "renstra_ref": None}
COMPANY = [{"mitra_jenis": "badan_usaha"}]
ARTICLE_18 = "rencana_induk;layak_ekonomi;mampu_keuangan;menyusun_studi"
ABROAD = "hubungan_diplomatik;urusan_pemda;tanpa_kantor;tanpa_campur_tangan;sesuai_rencana"
SISTER = f"{ABROAD};setara;saling_melengkapi;hubungan_masyarakat"
REGION_ABROAD, BODY_ABROAD = [{"mitra_jenis": "pemda_ln"}], [{"mitra_jenis": "lembaga_ln"}]

TABLE = [
    # gate, verdict, row of its table, what was answered
    ("G1", "fail", 0, {"kewenangan": "tidak"}),
    ("G1", "fail", 0, {"kewenangan": "tidak", "urusan_kode": "3.28"}),
    ("G1", "review", 1, {"urusan_kode": "3.25"}),
    ("G1", "review", 1, {"urusan_kode": "3.28"}),
    ("G1", "review", 1, {"urusan_kode": "3.29"}),
    ("G1", "pass", None, {"urusan_kode": "3.28", "kewenangan_dasar": "tahura"}),
    ("G1", "pass", None, {"urusan_kode": "3.27"}),
    ("G1", "review", 2, {"kewenangan": "sebagian"}),
    ("G1", "review", 2, {"kewenangan": "perlu_telaah"}),
    ("G1", "review", 2, {"kewenangan": None}),
    ("G2", "fail", 0, {"bertentangan": "ya"}),
    ("G2", "review", 1, {"bertentangan": None}),
    ("G2", "review", 1, {"bertentangan": "TT"}),
    ("G2", "pass", None, {"bertentangan": "tidak"}),
    ("G3", "fail", 0, NO_PLAN),
    ("G3", "pass", None, NO_PLAN | {"alasan_di_luar_rencana": "darurat"}),
    ("G3", "pass", None, NO_PLAN | {"renstra_ref": "hlm. 1"}),
    ("G4", "fail", 0, {"unsur_pihak": None}),
    ("G4", "fail", 0, {"unsur_interaksi": "-"}),
    ("G4", "fail", 0, {"unsur_tujuan": None}),
    ("G4", "pass", None, {}),
    ("G6", "fail", 0, {"objek": "pengadaan"}),
    ("G6", "review", 1, {"objek": None, "partners": COMPANY}),
    ("G6", "review", 1, {"partners": []}),
    ("G6", "pass", None, {}),
    ("G7", "fail", 0, {"partners": COMPANY, "studi_kelayakan": "tidak"}),
    ("G7", "review", 1, {"partners": COMPANY, "studi_kelayakan": None}),
    ("G7", "review", 2, {"partners": COMPANY, "prakarsa": "mitra"}),
    ("G7", "review", 2, {"partners": COMPANY, "prakarsa": "mitra",
                         "syarat_pasal_18": "rencana_induk;layak_ekonomi;mampu_keuangan"}),
    ("G7", "pass", None, {"partners": COMPANY, "prakarsa": "mitra", "syarat_pasal_18": ARTICLE_18}),
    ("G7", "pass", None, {"partners": COMPANY, "studi_kelayakan": "direncanakan"}),
    ("G7", "pass", None, {"studi_kelayakan": "tidak"}),  # Sinergi needs no study
    ("G8", "fail", 0, {"partners": REGION_ABROAD}),
    ("G8", "fail", 0, {"partners": REGION_ABROAD, "syarat_pasal_27": ABROAD}),
    ("G8", "pass", None, {"partners": REGION_ABROAD, "syarat_pasal_27": SISTER}),
    ("G8", "fail", 0, {"partners": BODY_ABROAD, "syarat_pasal_27": ABROAD}),
    ("G8", "pass", None, {"partners": BODY_ABROAD, "syarat_pasal_27": f"{ABROAD};alih_iptek"}),
    ("G8", "pass", None, {}),
]  # fmt: skip


@pytest.fixture(scope="session")
def verdicts_of(make_register, proposal, method):
    def found(office=None, **changes):
        office = {"office": office} if office else {}
        register = make_register(proposal(**changes), **office)
        return check_gates(register, derive_types(register), method)

    return found


@pytest.mark.parametrize(("gate", "verdict", "row", "cells"), TABLE)
def test_every_row_of_every_gate(verdicts_of, gate, verdict, row, cells):
    found = verdicts_of(**cells).query("gate == @gate")
    if verdict == "pass":
        assert found.empty
    else:
        assert found[["verdict", "row"]].to_numpy().tolist() == [[verdict, row]]


LIAISONS = {"opd_kode": "DINKES", "opd_nama": "Dinas Kesehatan", "ppksd_1_nama": "Satu"}


@pytest.mark.parametrize(
    ("verdicts", "second"),
    [
        (["warning"], {}),
        (["warning"], {"ppksd_2_nama": "Satu"}),
        (["warning"], {"ppksd_2_nama": "Dua", "ppksd_1_nip": "1" * 18, "ppksd_2_nip": "1" * 18}),
        ([], {"ppksd_2_nama": "Dua", "ppksd_1_nip": "1" * 18, "ppksd_2_nip": "2" * 18}),
        ([], {"ppksd_2_nama": "Dua"}),
    ],
)
def test_g5_warns_of_fewer_than_two_liaisons(verdicts_of, verdicts, second):
    found = verdicts_of(office=LIAISONS | second).query("gate == 'G5'")
    assert found["verdict"].tolist() == verdicts


def test_the_table_above_reaches_every_row_of_the_gates(method):
    rows = {(gate.code, row) for gate in method.gates for row in range(len(gate.rows))}
    assert rows == {(gate, row) for gate, _, row, _ in TABLE if row is not None} | {("G5", 0)}


def test_every_gate_cites_an_article_that_exists(method):
    for gate in method.gates:
        assert cite(gate.article).citation


@pytest.mark.parametrize(
    ("worst", "cells"),
    [
        ("pass", {}),
        ("review", {"bertentangan": None}),
        ("fail", {"bertentangan": None, "kewenangan": "tidak"}),
    ],
)
def test_the_worst_verdict_stands(verdicts_of, worst, cells):
    assert overall(verdicts_of(**cells), ["DINKES-01"]).tolist() == [worst]


BEST = dict.fromkeys(("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK"), 5)


@pytest.mark.parametrize(
    "failing",
    [cells for _, verdict, _, cells in TABLE if verdict == "fail"],
    ids=[f"{gate}-{n}" for n, (gate, verdict, *_) in enumerate(TABLE) if verdict == "fail"],
)
def test_a_failed_gate_is_never_ranked_whatever_its_score(rank, proposal, failing):
    ranking = rank(proposal(**(BEST | failing)), proposal("DINKES-02"))
    assert ranking.table.index.tolist() == ["DINKES-02"]
    assert ranking.excluded.index.tolist() == ["DINKES-01"]
    assert gate_reasons(ranking, "DINKES-01")
    for lang in ("id", "en"):
        assert "DINKES-01" in ranking.explain("DINKES-01", lang)


def test_the_floor_never_lifts_a_failed_gate(rank, proposal):
    tapin = [{"mitra_jenis": "pemda", "kode_wilayah": "63.05"}]
    mandatory = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya", "partners": tapin}
    ranking = rank(proposal(**mandatory, unsur_pihak=None), proposal("DINKES-02", **mandatory))
    assert ranking.types["jenis"].tolist() == ["KSDD-W", "KSDD-W"]
    assert ranking.table.index.tolist() == ["DINKES-02"]
    assert "class_name" not in ranking.excluded
