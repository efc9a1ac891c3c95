"""Which mandatory cooperation is carried out: documents of this and earlier periods beside the legal cases."""

from pathlib import Path

import pytest

from ksd_toolkit.document import Table
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.evaluation.takeover import takeover_risk
from ksd_toolkit.register import read_register
from ksd_toolkit.tables.takeover import takeover
from tests.evaluation.conftest import frame_of
from tests.matching.legal_cases_by_hand import JOINT, TANAH_LAUT, TAPIN, partner, small_register
from tests.scoring.conftest import NAME, proposal_of

ROOT = Path(__file__).parents[2]
SIGNED = {
    "jenis_ksd": "KSDD-W", "mitra_nama": "Pemerintah Kabupaten Tapin", "mitra_jenis": "pemda",
    "opd_kode": "DINKES", "judul": "Layanan bersama", "tgl_ttd": "2026-01-05", "mulai": "2026-01-05",
    "berakhir": "2029-01-04", "status": "berlaku",
}  # fmt: skip
LINKED = {"usulan_id": "DINKES-01", "periode_usulan": "2026"}


@pytest.fixture
def make(tmp_path):
    def made(*documents, **cells):
        usulan = proposal_of(partners=[partner(TAPIN)], **(JOINT | cells))
        register = small_register(tmp_path, usulan)
        rows = [{"no_dok": f"D-{n}", **SIGNED, **row} for n, row in enumerate(documents, 1)]
        register.tables.frames["naskah"] = frame_of("naskah", rows)
        return register

    return made


@pytest.mark.parametrize(
    ("documents", "state"),
    [
        ([], "nothing"),
        ([{"jenis_dok": "KB", **LINKED}], "umbrella"),
        ([{"jenis_dok": "KB", **LINKED}, {"jenis_dok": "PKS", "induk_no": "D-1"}], "running"),
        ([{"jenis_dok": "PKS", **LINKED, "berakhir": "2026-09-30"}], "lapsing"),
        ([{"jenis_dok": "PKS", **LINKED, "berakhir": "2026-08-30"}], "ended"),
        ([{"jenis_dok": "PKS", **LINKED, "status": "dihentikan"}], "ended"),
        (
            [
                {"jenis_dok": "KB", **LINKED},
                {"jenis_dok": "PKS", "induk_no": "D-1", "status": "dihentikan"},
            ],
            "ended",
        ),
        ([{"jenis_dok": "KB", **LINKED, "status": "rancangan", "tgl_ttd": None}], "draft"),
        (
            [
                {"jenis_dok": "KB", **LINKED},
                {"jenis_dok": "PKS", "induk_no": "D-1", "status": "rancangan"},
            ],
            "umbrella",
        ),
    ],
)
def test_the_best_document_decides_and_a_pks_that_ended_is_no_umbrella(make, documents, state):
    found = takeover_risk(make(*documents))
    assert found["usulan_id"].tolist() == ["DINKES-01"]
    assert found["state"].tolist() == [state]
    assert found["takeover"].tolist() == ["gubernur"]
    assert found["documents"].tolist() == ["; ".join(f"D-{n + 1}" for n in range(len(documents)))]


def test_a_document_with_another_region_carries_out_nothing_here(make):
    other = {"jenis_dok": "PKS", **LINKED, "mitra_nama": "Pemerintah Kabupaten Banjar"}
    found = takeover_risk(make(other))
    assert found["usulan_id"].tolist() == ["DINKES-01", ""]
    assert found["state"].tolist() == ["nothing", "running"]
    assert found["partner"].tolist() == ["Kabupaten Tapin", "Kabupaten Banjar"]


def test_an_agreement_of_old_with_no_region_we_know_keeps_its_row_without_a_letter(make):
    odd = {"jenis_dok": "PKS", "mitra_nama": "Kerajaan Antah Berantah"}
    last = takeover_risk(make(odd)).iloc[-1]
    assert (last["partner"], last["letter"], last["takeover"]) == (
        "Kerajaan Antah Berantah",
        "",
        "",
    )


def test_documents_in_a_circle_end(make):
    circle = [{"jenis_dok": "KB", "induk_no": "D-2"}, {"jenis_dok": "PKS", "induk_no": "D-1"}]
    found = takeover_risk(make(*circle))
    assert found["documents"].tolist()[1:] == ["D-1; D-2"]


def test_voluntary_cooperation_is_not_taken_over(make):
    found = takeover_risk(make(efisien_bersama="tidak"))
    assert found.empty
    register = make(efisien_bersama="tidak")
    assert "Tidak ada kerja sama wajib" in repr(takeover(register))


def test_the_table_says_state_and_article(make):
    (table,) = takeover(make({"jenis_dok": "KB", **LINKED})).blocks
    assert isinstance(table, Table)
    assert table.rows[0][1:4] == (
        "Kabupaten Tapin",
        "e",
        "belum dilaksanakan: baru kesepakatan bersama",
    )
    assert "UU 23/2014 Pasal 364 ayat (3)-(4)" in table.note
    assert len(table.rows[0]) == len(table.columns)


def test_the_sample_follows_an_usulan_back_to_the_period_before(tmp_path, taken_in):
    register = read_register(open_dossier(NAME, home=taken_in(tmp_path)))
    found = takeover_risk(register)
    carried = register.usulan.set_index("usulan_id")["usulan_asal"].dropna()
    linked = found[found["usulan_id"].isin(carried.index) & (found["documents"] != "")]
    assert not linked.empty
    naskah = register.table("naskah").set_index("no_dok")
    for _, row in linked.iterrows():
        first = row["documents"].split("; ")[0]
        assert naskah["usulan_id"][first] == carried[row["usulan_id"]]
    mandatory = naskah.index[naskah["jenis_ksd"] == "KSDD-W"]
    told = [number for text in found["documents"] for number in text.split("; ") if number]
    assert set(mandatory) <= set(told)


def test_a_mandatory_agreement_that_does_not_border_has_no_letter(make):
    far = {"jenis_dok": "PKS", "mitra_nama": "Kabupaten Tanah Laut"}
    last = takeover_risk(make(far)).iloc[-1]
    assert (last["kode_wilayah"], last["letter"], last["takeover"]) == (TANAH_LAUT, "", "")
