"""What was said is kept once, with its cell, its file and its sender; nothing lost, nothing twice."""

import json
import re
import stat
import zipfile

import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.register import read_register
from tests.small_project import (
    NAME,
    NIPS,
    PERSONS,
    balances,
    new_project,
    office_book,
    tkksd_book,
    with_parts,
)


def outcomes(intake):
    return {file.file.removeprefix("kuesioner/"): file.outcome for file in intake.files}


def codes(intake):
    """Problem codes without those of an office that is silent and a TKKSD that has not scored."""
    for problem in intake.problems:
        assert problem.sentence("id") != problem.sentence("en")
    passed = {"opd.silent", "file.missing_tkksd"}
    return [problem.code for problem in intake.problems if problem.code not in passed]


def title(project, usulan="DINKES-01"):
    frame = project.register().usulan.set_index("usulan_id")
    return frame.at[usulan, "judul"]


def retitled(text):
    book = office_book("DINKES")
    book["usulan"]["B2"] = text
    return book


def saved_on(path, when):
    """Say in the workbook itself when it was saved last."""
    with zipfile.ZipFile(path) as archive:
        core = archive.read("docProps/core.xml")
    told = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + when.encode(), core)
    with_parts(path, {"docProps/core.xml": told})
    return path


# --- once and again --------------------------------------------------------------------------


def test_what_offices_sent_becomes_tables(project):
    intake = project.ingest()
    assert outcomes(intake) == {"dinkes.xlsx": "new", "disdik.xlsx": "new"}
    assert intake.balance.accepted == 14
    assert balances(intake)
    register = project.register()
    assert list(register.opd["opd_kode"]) == ["DINKES", "DISDIK"]
    assert list(register.usulan["usulan_id"]) == [
        "DINKES-01", "DINKES-02", "DISDIK-01", "DISDIK-02",
    ]  # fmt: skip
    assert list(register.usulan["opd_kode"]) == ["DINKES", "DINKES", "DISDIK", "DISDIK"]
    assert list(register.usulan["biaya_indikatif"]) == [1_500_000.0] * 4
    assert list(register.nilai["skor"]) == ["4"] * 4


def test_a_second_time_changes_nothing_and_says_so(project):
    first = project.ingest()
    before = project.content()
    second = project.ingest()
    assert not first.nothing_changed
    assert second.nothing_changed
    assert set(outcomes(second).values()) == {"unchanged"}
    assert (second.problems, second.balance) == (first.problems, first.balance)
    assert project.content() == before


def test_silent_offices_and_a_missing_tkksd_are_named(project):
    silent = [p for p in project.ingest().problems if p.code == "opd.silent"]
    assert [problem.facts["code"] for problem in silent] == ["DISHUB"]
    assert "Dinas Perhubungan" in silent[0].text("id")
    project.put(office_book("DISHUB"), "dishub.xlsx")
    project.put(tkksd_book("DINKES-01"), "../tkksd.xlsx")
    assert project.ingest().problems == ()


def test_an_empty_dossier_says_what_to_do(tmp_path):
    project = new_project(tmp_path)
    with pytest.raises(InputError) as refused:
        read_register(project.dossier)
    assert refused.value.code == "register.empty"
    assert NAME in str(refused.value)


# --- corrections -----------------------------------------------------------------------------


def test_a_correction_supersedes_and_the_old_answers_stay(project):
    project.put(retitled("Judul lama"), "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    intake = project.ingest()
    assert outcomes(intake) == {"dinkes.xlsx": "changed", "disdik.xlsx": "unchanged"}
    assert codes(intake) == []
    assert title(project) == "Judul baru"
    stored = project.rows(
        "SELECT value, active FROM answer JOIN submission ON id = submission_id"
        " WHERE field = 'judul' AND row_key = 'DINKES-01' ORDER BY id"
    )
    assert stored == [("Judul lama", 0), ("Judul baru", 1)]


def test_a_correction_may_come_under_another_name(project):
    project.ingest()
    (project.inbox / "dinkes.xlsx").unlink()
    project.put(retitled("Judul baru"), "dinkes perbaikan.xlsx")
    intake = project.ingest()
    assert outcomes(intake)["dinkes perbaikan.xlsx"] == "changed"
    assert (codes(intake), title(project)) == ([], "Judul baru")


def test_a_correction_taken_back_brings_the_first_answers_back(project):
    first = project.put(retitled("Judul lama"), "dinkes.xlsx").read_bytes()
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    project.ingest()
    (project.inbox / "dinkes.xlsx").write_bytes(first)
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "changed"
    assert (codes(intake), title(project)) == ([], "Judul lama")
    assert project.ingest().nothing_changed


def test_a_correction_that_cannot_be_read_leaves_the_last_answers_and_says_so(project):
    project.put(retitled("Judul lama"), "dinkes.xlsx")
    project.ingest()
    (project.inbox / "dinkes.xlsx").write_bytes(b"PK rusak")
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "refused"
    assert sorted(codes(intake)) == ["file.damaged", "file.gone"]
    assert title(project) == "Judul lama"


def test_problems_of_superseded_answers_are_no_longer_shown(project):
    book = office_book("DINKES")
    book["usulan"]["I2"] = "banyak"
    project.put(book, "dinkes.xlsx")
    assert codes(project.ingest()) == ["cell.number"]
    project.put(office_book("DINKES", usulan=3), "dinkes.xlsx")
    assert codes(project.ingest()) == []


def test_problems_are_still_shown_when_nothing_changed(project):
    book = office_book("DINKES")
    book["usulan"]["I2"] = "banyak"
    project.put(book, "dinkes.xlsx")
    first, second = project.ingest(), project.ingest()
    assert second.nothing_changed
    assert codes(second) == ["cell.number"]
    assert [p.sentence("id") for p in second.problems] == [p.sentence("id") for p in first.problems]


# --- files that move, vanish or come twice ---------------------------------------------------


def test_a_renamed_file_is_known_and_found_under_its_new_name(project):
    book = office_book("DINKES")
    book["usulan"]["I2"] = "banyak"
    project.put(book, "dinkes.xlsx")
    project.ingest()
    (project.inbox / "dinkes.xlsx").rename(project.inbox / "kuesioner dinas kesehatan.xlsx")
    intake = project.ingest()
    assert intake.nothing_changed
    assert codes(intake) == ["cell.number"]
    (problem,) = [p for p in intake.problems if p.code == "cell.number"]
    assert problem.where.file == "kuesioner/kuesioner dinas kesehatan.xlsx"
    where = project.register().where("usulan", "DINKES-01", "judul")
    assert str(where) == "kuesioner/kuesioner dinas kesehatan.xlsx [usulan:B2]"


def test_two_registers_of_the_same_files_have_the_same_stamp(project, tmp_path):
    project.ingest()
    (project.inbox / "dinkes.xlsx").rename(project.inbox / "a.xlsx")
    project.ingest()
    fresh = new_project(tmp_path / "fresh")
    for path in project.inbox.iterdir():
        (fresh.inbox / path.name).write_bytes(path.read_bytes())
    assert fresh.register().stamp == project.register().stamp


def test_an_identical_copy_is_unchanged(project):
    project.ingest()
    content = (project.inbox / "dinkes.xlsx").read_bytes()
    (project.inbox / "dinkes (1).xlsx").write_bytes(content)
    intake = project.ingest()
    assert intake.nothing_changed
    assert codes(intake) == ["file.same_content"]
    (problem,) = [p for p in intake.problems if p.code == "file.same_content"]
    assert problem.where.file == "kuesioner/dinkes (1).xlsx"
    assert len(project.rows("SELECT id FROM submission WHERE sender = 'DINKES'")) == 1


def test_two_files_of_one_office_are_reported_and_the_choice_is_stable(project):
    project.put(retitled("Berkas kedua"), "dinkes v2.xlsx")
    first = project.ingest()
    assert codes(first) == ["file.two_for_sender"]
    (problem,) = [p for p in first.problems if p.code == "file.two_for_sender"]
    used = problem.facts["used"]
    assert used in problem.sentence("id")
    chosen = title(project)
    for _ in range(3):
        again = project.ingest()
        assert again.nothing_changed
        assert again.problems == first.problems
        assert title(project) == chosen


TWO_FILES = [
    # saved: lama.xlsx         dinkes.xlsx               used
    ("2026-08-01T08:00:00Z", "2026-08-02T08:00:00Z", "dinkes.xlsx"),
    ("2026-08-02T08:00:00Z", "2026-08-01T08:00:00Z", "lama.xlsx"),
    ("2026-08-01T08:00:00Z", "2026-08-01T08:00:00Z", "lama.xlsx"),  # the later name
    ("2026-08-01T08:00:00Z", "kapan-kapan", "lama.xlsx"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "used"), TWO_FILES)
@pytest.mark.parametrize("first", ["lama.xlsx", "dinkes.xlsx", "both"])
def test_of_two_files_the_one_saved_later_is_used_whatever_came_first(
    project, old, new, used, first
):
    (project.inbox / "dinkes.xlsx").unlink()
    saved = {"lama.xlsx": old, "dinkes.xlsx": new}
    for name in sorted(saved, key=lambda name: name != first):
        saved_on(project.put(retitled(name), name), saved[name])
        if first != "both":
            project.ingest()
    for _ in range(2):
        intake = project.ingest()
        assert codes(intake) == ["file.two_for_sender"]
        (problem,) = [p for p in intake.problems if p.code == "file.two_for_sender"]
        assert problem.facts == {
            "sender": "DINKES", "used": f"kuesioner/{used}",
            "names": "kuesioner/dinkes.xlsx, kuesioner/lama.xlsx",
        }  # fmt: skip
        assert title(project) == used
        offices = (project.folder / "opd.csv").read_text("utf-8")
        other = offices.replace("DISPAR,", "DISPAR-2,") + "DISPAR,Dinas Pariwisata,3.26\n"
        (project.folder / "opd.csv").write_text(other, "utf-8")  # every file is read anew


def test_when_the_file_in_use_is_removed_the_other_takes_its_place(project):
    project.ingest()
    second = project.put(retitled("Kedua"), "dinkes perbaikan.xlsx")
    saved_on(second, "2099-01-01T00:00:00Z")
    project.ingest()
    assert title(project) == "Kedua"
    second.unlink()
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "changed"
    assert (codes(intake), title(project)) == ([], "Usulan DINKES-01")


def test_a_file_that_vanished_is_reported_and_its_answers_stay(project):
    project.ingest()
    (project.inbox / "dinkes.xlsx").unlink()
    intake = project.ingest()
    assert codes(intake) == ["file.gone"]
    (problem,) = [p for p in intake.problems if p.code == "file.gone"]
    assert problem.where.file == "kuesioner/dinkes.xlsx"
    assert title(project) == "Usulan DINKES-01"


def test_a_file_overwritten_by_another_offices_answers_is_gone(project):
    project.ingest()
    project.put(office_book("DISHUB"), "dinkes.xlsx")
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "new"
    assert codes(intake) == ["file.gone"]


def test_a_filed_copy_of_a_readme_is_no_answer(project):
    (project.inbox / "README.txt").write_text("Taruh kuesioner di sini.", "utf-8")
    intake = project.ingest()
    assert len(intake.files) == 2
    assert codes(intake) == []


# --- the TKKSD -------------------------------------------------------------------------------


def test_scores_of_the_tkksd_follow_the_proposals_they_name(project):
    """A score of a proposal that came later is taken in when the proposal comes."""
    project.put(tkksd_book("DINKES-01", "DISHUB-01"), "../tkksd.xlsx")
    first = project.ingest()
    assert codes(first) == ["row.unknown_usulan"]
    path = project.put(office_book("DISHUB"), "dishub.xlsx")
    second = project.ingest()
    assert outcomes(second)["tkksd.xlsx"] == "changed"
    assert codes(second) == []
    content = path.read_bytes()
    project.put(office_book("DISHUB", usulan=0), "dishub.xlsx")
    assert codes(project.ingest()) == ["row.unknown_usulan"]
    path.write_bytes(content)
    assert codes(project.ingest()) == []


# --- places, CSV tables, personal data -------------------------------------------------------

PLACES = [
    # table   row                        field          raw                  place
    ("opd",    "DINKES",                 "opd_nama",    "Dinas Kesehatan",   "dinkes.xlsx [opd:C2]"),
    ("usulan", "DINKES-02",              "judul",       "Usulan DINKES-02",  "dinkes.xlsx [usulan:B3]"),
    ("usulan", "DISDIK-01",              "isu",         "ISU-A",             "disdik.xlsx [usulan:D2]"),
    ("mitra",  "DISDIK-02|Pemkab Tapin", "otoritas",    "4",                 "disdik.xlsx [mitra:E3]"),
    ("nilai",  "DINKES-01|U|OPD-1",      "skor",        "4",                 "dinkes.xlsx [nilai:D2]"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "field", "raw", "place"), PLACES)
def test_every_answer_knows_its_cell(project, table, row, field, raw, place):
    register = project.register()
    assert str(register.where(table, row, field)) == f"kuesioner/{place}"
    frame = register.table(table).set_index("row_key")
    assert str(frame.at[row, field]) == raw


def test_an_answer_nobody_gave_has_no_place(project):
    with pytest.raises(KeyError):
        project.register().where("usulan", "DINKES-99", "judul")


def test_states_say_why_an_answer_is_missing(project):
    book = office_book("DINKES")
    book["nilai"]["D2"], book["nilai"]["D3"] = "TT", 9
    project.put(book, "dinkes.xlsx")
    tables = project.register().tables
    frame, states = tables.frames["nilai"], tables.states["nilai"]
    assert list(frame["skor"].isna()) == [True, True, False, False]
    assert list(states["skor"]) == ["TT", "tak_terbaca", "", ""]


def test_csv_tables_are_part_of_the_register(project):
    (project.folder / "tahapan.csv").write_text(
        "no_dok,tahap,tanggal\nKB-1,persiapan,5 Januari 2026\nKB-1,penawaran,kelak\n", "utf-8"
    )
    intake = project.ingest()
    assert codes(intake) == ["cell.date"]
    register = project.register()
    stages = register.table("tahapan")
    assert [None if day != day else str(day.date()) for day in stages["tanggal"]] == [
        "2026-01-05", None,
    ]  # fmt: skip
    assert str(register.where("tahapan", "KB-1|penawaran", "tanggal")) == "tahapan.csv [C3]"
    assert "tahapan.csv" in set(register.files["file"])


def test_empty_csv_files_are_each_refused(project):
    for name in ("tahapan.csv", "monev.csv"):
        (project.folder / name).write_bytes(b"")
    intake = project.ingest()
    assert codes(intake) == ["file.empty", "file.empty"]
    assert {file.file for file in intake.refused} == {"tahapan.csv", "monev.csv"}


def test_no_personal_data_reaches_the_register(project):
    book = office_book("DISHUB")
    book["opd"]["C5"] = "19780115200501100"  # a digit short: a problem is kept, the number is not
    project.put(book, "dishub.xlsx")
    project.ingest()
    store = project.dossier.store
    content = b"".join(path.read_bytes() for path in store.glob("register.sqlite*"))
    for text in (*PERSONS, *NIPS, "19780115200501100", "contoh.invalid"):
        assert text.encode() not in content, text
        assert text.encode("utf-16-le") not in content, text
    opd = project.register().opd
    assert opd["ppksd_1_nama"].str.startswith("pribadi:").all()
    assert opd["ppksd_1_nama"].nunique() == 1  # one person stays one person
    assert (opd["ppksd_1_nama"] != opd["ppksd_2_nama"]).all()


def test_another_region_cannot_tell_the_same_person(project, tmp_path):
    other = new_project(tmp_path / "other")
    other.put(office_book("DINKES"), "dinkes.xlsx")
    first, second = (p.register().opd["ppksd_1_nama"].iloc[0] for p in (project, other))
    assert first != second


def test_the_store_is_for_its_owner_only(project):
    project.ingest()
    store = project.dossier.store
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    assert stat.S_IMODE((store / "kunci").stat().st_mode) == 0o600
    assert len((store / "kunci").read_bytes()) == 32
    assert [path.name for path in store.iterdir() if path.name.startswith("kunci.")] == []


def test_the_stamp_names_every_file_with_its_hash_and_rows(project):
    register = project.register()
    assert [(s.name, s.sha256, s.rows) for s in register.stamp.sources] == [
        (f"kuesioner/{name}", fingerprint(project.inbox / name), 7)
        for name in ("dinkes.xlsx", "disdik.xlsx")
    ]
    facts = json.loads(register.stamp.json_text())
    assert facts["data_sha256"] == register.stamp.data_sha256
    assert register.stamp.line().count(register.stamp.data_sha256[:12]) == 1


def test_a_file_in_a_folder_of_its_own_is_read_too(project):
    """Offices send folders; what lies in one is no less sent."""
    (project.inbox / "Dinas Perhubungan").mkdir()
    (project.inbox / ".ipynb_checkpoints").mkdir()
    project.put(office_book("DISHUB"), "Dinas Perhubungan/dishub.xlsx")
    project.put(office_book("DISHUB", usulan=5), ".ipynb_checkpoints/dishub-checkpoint.xlsx")
    intake = project.ingest()
    assert {file.file for file in intake.files if file.sender == "DISHUB"} == {
        "kuesioner/Dinas Perhubungan/dishub.xlsx"
    }
    assert len(project.register().usulan) == 6
