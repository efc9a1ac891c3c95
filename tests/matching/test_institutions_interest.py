"""What is told at a forum flows back: the newest word counts, what the office wrote stays beside it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.matching.candidates import candidates, folded_name, partner_keys
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.matching.interest import forum_entries, interest
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import proposal_of
from tests.small_project import new_project, office_book

UJI = "PT Uji (contoh)"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("home"))


@pytest.fixture
def told(dossier):
    """The interest of the one partner in DINKES-01 after some words."""

    def after(*words, partner=None, candidates=({},)):
        proposal = proposal_of(partners=[{"mitra_nama": UJI, "minat": 2, **(partner or {})}])
        register = register_with(dossier, proposal, candidates=candidates, words=words)
        found = interest(register)
        return found[found["usulan_id"] == "DINKES-01"].iloc[0]

    return after


def test_without_a_forum_what_the_office_wrote_stands_alone(told):
    row = told()
    assert np.isnan(row["interest"])
    assert (row["stated"], row["scope"]) == (2.0, "")


def test_the_newest_word_on_or_before_the_reference_date_counts(told):
    row = told(
        {"tanggal": "2026-03-11", "minat": 3},
        {"tanggal": "2026-08-31", "minat": 5, "nama_forum": "Forum II"},
        {"tanggal": "2026-09-01", "minat": 1, "nama_forum": "Forum III"},
    )
    assert (row["interest"], row["nama_forum"], row["previous"]) == (5.0, "Forum II", 3.0)
    assert not row["fell"]
    assert (row["stated"], row["difference"]) == (2.0, 3.0)


def test_a_later_lower_interest_replaces_a_higher_one_and_is_told(told):
    row = told({"tanggal": "2026-03-11", "minat": 5}, {"tanggal": "2026-06-01", "minat": 2})
    assert (row["interest"], row["previous"], row["highest"]) == (2.0, 5.0, 5.0)
    assert row["fell"]


def test_the_same_interest_told_again_did_not_fall(told):
    row = told({"tanggal": "2026-03-11", "minat": 4}, {"tanggal": "2026-06-01", "minat": 4})
    assert (row["previous"], row["fell"]) == (4.0, False)


def test_of_one_day_the_lower_interest_counts(told):
    words = ({"nama_forum": "Pagi", "minat": 2}, {"nama_forum": "Sore", "minat": 4})
    for order in (words, words[::-1]):
        assert told(*order)["interest"] == 2.0


def test_a_word_without_interest_changes_attendance_only(told):
    row = told(
        {"tanggal": "2026-03-11", "minat": 4, "hadir": "ya"},
        {"tanggal": "2026-06-01", "minat": "TT", "hadir": "tidak", "nama_forum": "Forum II"},
    )
    assert (row["interest"], row["attended"], row["nama_forum"]) == (4.0, "ya", "Forum I")


def test_a_general_word_counts_where_there_is_none_about_the_proposal(told):
    general = {"usulan_id": None, "minat": 5, "tanggal": "2026-08-01"}
    assert told(general)["scope"] == "general"
    row = told(general, {"minat": 3, "tanggal": "2026-03-11"})
    assert (row["interest"], row["scope"]) == (3.0, "usulan")


def test_the_office_and_the_register_may_write_the_name_otherwise(told):
    row = told({"mitra_nama": "pt. UJI  (contoh)", "minat": 5})
    assert (row["interest"], row["known_partner"]) == (5.0, True)


@pytest.mark.parametrize("name", ["Pemkab Tapin", "Kabupaten Tapin", "63.05", "Tapin"])
def test_a_region_is_the_same_partner_by_any_of_its_names(told, name):
    partner = {
        "mitra_nama": "Pemerintah Kabupaten Tapin",
        "mitra_jenis": "pemda",
        "kode_wilayah": "63.05",
    }
    assert told({"mitra_nama": name, "minat": 4}, partner=partner)["interest"] == 4.0


def test_only_a_region_is_named_by_its_code():
    rows = pd.DataFrame(
        {
            "mitra_nama": ["Kabupaten Tapin", "Kabupaten Tapin", "Pemkab Tapin", "Banjar"],
            "mitra_jenis": ["koperasi", "pemda", "pemda", "pemda"],
            "kode_wilayah": ["63.05", None, "63.01", None],
        }
    )
    assert partner_keys(rows, "63.06").tolist() == ["kabupaten tapin", "63.05", "63.01", "banjar"]


def test_strangers_and_unknown_proposals_are_kept_and_counted(dossier):
    words = [
        {"mitra_nama": "Lembaga Asing (contoh)"},
        {"usulan_id": "DINKES-77"},
        {"tanggal": "2027-01-01"},
    ]
    register = register_with(dossier, proposal_of(), candidates=[{}], words=words)
    entries = forum_entries(register)
    assert (entries["known_partner"].sum(), entries["known_usulan"].sum()) == (2, 2)
    assert entries["counts"].sum() == 2
    unknown = match_institutions(register, lang="en").unknown
    about = [told.split(" forum.csv")[0] for told in unknown if "forum.csv" in told]
    assert about == ["One row of", "One name in", "One proposal id in"]


def test_the_forum_changes_the_points_of_the_proposal_it_was_about_only(dossier):
    """11 percent of the weight: from 3 (0.5) to 5 (1.0) is 5.5 points more."""
    proposals = [proposal_of("DINKES-01", isu="ISU-A"), proposal_of("DINKES-02", isu="ISU-A")]
    known = [{"output": "layanan"}]
    before, after = (
        match_institutions(
            register_with(dossier, *proposals, candidates=known, words=words)
        ).table.set_index("usulan_id")
        for words in ((), [{"minat": 5, "usulan_id": "DINKES-01"}])
    )
    assert before.loc["DINKES-02", "points"] == after.loc["DINKES-02", "points"]
    assert after.loc["DINKES-01", "worst"] - before.loc["DINKES-01", "worst"] == pytest.approx(5.5)
    assert (before.loc["DINKES-01", "minat"], after.loc["DINKES-01", "minat"]) == (3, 5)


def test_a_fallen_interest_and_the_offices_word_stand_in_the_explanation(dossier):
    proposal = proposal_of(partners=[{"mitra_nama": UJI, "minat": 4}])
    words = [{"tanggal": "2026-03-11", "minat": 5}, {"tanggal": "2026-06-01", "minat": 2}]
    found = match_institutions(register_with(dossier, proposal, candidates=[{}], words=words))
    told = found.explain("DINKES-01", UJI)
    assert "Minat 2 disampaikan untuk usulan ini di Forum I, 1 Juni 2026." in told
    assert "Sebelumnya 5 (11 Maret 2026): minatnya turun." in told
    assert "Perangkat daerah menulis 4 pada kuesioner" in told


word = st.fixed_dictionaries(
    {
        "tanggal": st.dates(min_value=date(2026, 1, 1),
                            max_value=date(2026, 12, 31)).map(str),
        "minat": st.sampled_from([1, 2, 3, 4, 5, None, "TT"]),
        "usulan_id": st.sampled_from(["DINKES-01", None]),
        "nama_forum": st.sampled_from(["A", "B"]),
    }
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(word, max_size=6))
def test_the_word_that_counts_was_told_and_is_no_more_than_was_ever_told(told, words):
    row = told(*words)
    counted = [w for w in words if w["tanggal"] <= "2026-08-31" and isinstance(w["minat"], int)]
    own = [w for w in counted if w["usulan_id"]] or counted
    if not own:
        assert np.isnan(row["interest"])
        return
    newest = max(w["tanggal"] for w in own)
    assert row["interest"] == min(w["minat"] for w in own if w["tanggal"] == newest)
    assert row["highest"] == max(w["minat"] for w in own)


# --- read from real files ----------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    return project


def test_a_blank_proposal_is_a_general_interest_and_no_missing_key(project):
    text = (
        "tanggal,nama_forum,mitra_nama,usulan_id,hadir,minat,catatan,sumber\n"
        "11 Maret 2026,Forum I,Pemkab Tapin,,ya,3,,Notulen\n"
        "11/3/2026,Forum I,Pemkab Tapin,TT,ya,3,,Notulen\n"
        ",Forum I,Pemkab Tapin,DINKES-01,ya,3,,Notulen\n"
    )
    (project.folder / "forum.csv").write_text(text, encoding="utf-8")
    intake = project.ingest()
    found = next(file for file in intake.files if file.file == "forum.csv")
    assert (found.balance.accepted, found.balance.quarantined) == (1, 2)
    row = interest(project.register())
    assert row.loc[row["usulan_id"] == "", "place"].tolist() == ["forum.csv [F2]"]


def test_the_contact_of_an_institution_is_in_no_result(project):
    text = (
        "mitra_nama,mitra_jenis,kontak,sumber\n"
        "PT Uji (contoh),badan_usaha,uji@contoh.invalid,Profil\n"
    )
    (project.folder / "calon_mitra.csv").write_text(text, encoding="utf-8")
    project.ingest()
    register = project.register()
    assert "kontak" not in candidates(register)
    assert "contoh.invalid" not in register.table("calon_mitra").to_csv()
    assert project.rows("SELECT count(*) FROM answer WHERE value LIKE '%contoh.invalid%'") == [(0,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("PT. Bank  Kalsel", "pt bank kalsel"), ("A.B (contoh)", "a b contoh"), ("", "")],
)
def test_names_fold_to_the_same(one, other):
    assert folded_name(one) == folded_name(other)
