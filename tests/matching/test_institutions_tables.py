"""The tables of institutions, forum and proposals: what they show, say of themselves, and never show."""

import pandas as pd
import pytest

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Table
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.tables import institutions
from tests.matching.institution_cases import dossier_at, register_with
from tests.publishing.hostile_texts import OWN
from tests.scoring.conftest import proposal_of
from tests.small_project import new_project, office_book

UJI = "PT Uji (contoh)"
USULAN = {"urusan_kode": "2.11", "isu": "ISU-A", "output_dituju": "layanan"}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("home"))


@pytest.fixture
def register(dossier):
    """Two usulan, three candidates of whom one is little known, and two words at a forum."""

    def of(proposals=None, candidates=None, words=()):
        both = (
            proposal_of("DINKES-01", **USULAN),
            proposal_of("DINKES-02", **{**USULAN, "urusan_kode": "1.02"}),
        )
        known = (
            {},
            {"mitra_nama": "CV Kurang", "rekam_jejak": None},
            {"mitra_nama": "Isu Saja", "urusan": "3.27"},
        )
        return register_with(
            dossier, *(both if proposals is None else proposals),
            candidates=known if candidates is None else candidates, words=words,
        )  # fmt: skip

    return of


def block(shown):
    assert isinstance(shown, Shown)
    return shown.blocks[0]


def everything(register, lang):
    found = match_institutions(register)
    usulan = found.usulan.index
    return [
        *(block(institutions.for_usulan(found, name, lang=lang)) for name in usulan[:1]),
        block(institutions.overview(found, lang=lang)),
        block(institutions.register_of_candidates(register, lang)),
        block(institutions.forum(register, lang)),
        block(institutions.proposals(register, lang=lang)),
    ]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_row_is_as_long_as_its_columns_and_no_cell_is_a_bare_number(register, lang):
    for table in everything(register(words=[{"minat": 4}]), lang):
        assert isinstance(table, Table)
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert all(
            isinstance(cell, str) and cell not in {"nan", "NaN", "None", "<NA>"}
            for row in table.rows
            for cell in row
        )


def test_the_two_languages_hold_the_same_figures(register):
    words = [{"minat": 4}, {"tanggal": "2026-06-01", "minat": 2}]
    for one, other in zip(
        everything(register(words=words), "id"),
        everything(register(words=words), "en"),
        strict=True,
    ):
        assert len(one.rows) == len(other.rows)
        assert [len(row) for row in one.rows] == [len(row) for row in other.rows]
        assert one.caption != other.caption


def test_a_proposal_shows_rank_interval_and_what_is_shared(register):
    """50 for the fit and half of the strengths: 43 of 93 known, or 50 of 100."""
    found = match_institutions(register())
    table = block(institutions.for_usulan(found, "dinkes-01"))
    first, second, related = table.rows
    assert first[:4] == (
        "1",
        "CV Kurang (Badan usaha swasta)",
        "76,88 (71,50\u201378,50)",
        "93\u00a0%",
    )
    assert second[:3] == ("2", "PT Uji (contoh) (Badan usaha swasta)", "75,00")
    assert second[4:] == ("2.11; ISU-A; layanan publik", "3", "KSDPK pelayanan publik")
    assert related[0] == "\u2013"
    assert "hanya isunya yang sama" in table.note
    assert "kurang dari" not in table.note  # nobody here is too little known


def test_the_overview_leaves_out_and_counts_who_has_no_ranked_candidate(register):
    table = block(institutions.overview(match_institutions(register())))
    assert [row[0].split()[0] for row in table.rows] == ["DINKES-01"]
    assert table.note.startswith("Satu usulan tanpa calon mitra")
    assert table.rows[0][1].count(";") == 1


def test_the_forum_shows_what_fell_and_what_the_office_wrote(register):
    usulan = proposal_of(
        "DINKES-01", partners=[{"mitra_nama": UJI, "minat": 4, "hadir_forum": "tidak"}]
    )
    words = [
        {"minat": 5},
        {"tanggal": "2026-06-01", "minat": 2},
        {"mitra_nama": "Asing", "usulan_id": "X-1"},
    ]
    table = block(institutions.forum(register([usulan], words=words)))
    rows = {row[0]: row for row in table.rows}
    assert rows[UJI][1:6] == ("DINKES-01", "2\u2193", "5", "4", "ya (OPD: tidak)")
    assert rows["Asing (belum terdaftar)"][1] == "X-1 (belum terdaftar)"


def test_proposals_tell_their_state_and_that_none_counts(register):
    done = proposal_of("DINKES-01", raters={"TKKSD-1": {"HUK": 4}})
    open_one = proposal_of("DINKES-02", raters={})
    table = block(institutions.proposals(register([done, open_one])))
    assert [(row[0], row[1], row[2], row[5]) for row in table.rows] == [
        ("DINKES-02", "HUK", "4", "belum ditegaskan TKKSD"),  # what is open comes first
        ("DINKES-01", "HUK", "4", "ditegaskan TKKSD"),
    ]
    assert "Tidak satu pun dihitung" in table.note


def test_where_there_is_nothing_a_sentence_says_so(register):
    nobody = register(proposals=(), candidates=())
    found = match_institutions(nobody)
    shown = [
        institutions.overview(found),
        institutions.register_of_candidates(nobody),
        institutions.forum(nobody),
        institutions.proposals(nobody),
        institutions.for_usulan(match_institutions(register(candidates=())), "DINKES-01"),
    ]
    assert all(isinstance(block(one), Paragraph) for one in shown)


@pytest.mark.parametrize("text", OWN[:12])
def test_hostile_names_stay_text(register, text):
    known = [{"mitra_nama": text, "sumber": text, "kontribusi": text}]
    words = [{"mitra_nama": text, "nama_forum": text, "sumber": text}]
    for table in everything(register(candidates=known, words=words), "id"):
        html = Shown(table)._repr_mimebundle_()["text/html"]
        assert "<script>window" not in html
        assert "<svg onload" not in html


def test_no_table_shows_the_contact_of_an_institution(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    (project.folder / "calon_mitra.csv").write_text(
        "mitra_nama,mitra_jenis,urusan,isu,kontak,sumber\n"
        "PT Uji (contoh),badan_usaha,1.02,ISU-A,0812-5123-4567,Profil\n", encoding="utf-8",
    )  # fmt: skip
    project.ingest()
    told = str(
        [table.rows for table in everything(project.register(), "id") if isinstance(table, Table)]
    )
    assert "PT Uji (contoh)" in told
    assert "5123" not in told
    assert "pribadi:" not in told


def test_points_in_the_table_are_those_of_the_match(register):
    found = match_institutions(register())
    table = block(institutions.for_usulan(found, "DINKES-01", lang="en"))
    points = pd.Series([float(row[2].split()[0]) for row in table.rows])
    assert points.tolist() == found.for_usulan("DINKES-01")["points"].tolist()
