"""Late answers, closed periods, withdrawn answers: everything is kept, not everything is used."""

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError, RunError
from ksd_toolkit.register import ingest
from ksd_toolkit.register.closing import close, reopen, restore, withdraw
from tests.register.test_ingest import codes, outcomes, retitled, title
from tests.small_project import NAME, office_book


def with_deadline(project, deadline):
    """The dossier, after `deadline` was added to its settings."""
    settings = project.folder / "dossier.toml"
    told = settings.read_text("utf-8").replace("[dossier]\n", f"[dossier]\ndeadline = {deadline}\n")
    settings.write_text(told, "utf-8")
    return project


def late(project):
    files = project.register().files
    return dict(zip(files["sender"], files["late"], strict=True))


# --- the deadline ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "is_late"), [("2026-08-30", True), ("2026-08-31", False), ("2026-09-01", False)]
)
def test_what_comes_after_the_deadline_is_used_and_marked_late(project, deadline, is_late):
    """Today is 31 August 2026; the deadline itself is still in time."""
    intake = with_deadline(project, deadline).ingest()
    assert codes(intake) == ["file.late"] * (2 if is_late else 0)
    assert {p.severity for p in intake.problems if p.code == "file.late"} <= {"info"}
    assert late(project) == {"DINKES": is_late, "DISDIK": is_late}
    assert len(project.register().usulan) == 4


def test_a_table_with_nothing_but_its_heading_is_never_late(project):
    with_deadline(project, "2026-08-15")
    table = project.folder / "tahapan.csv"
    table.write_text("no_dok,tahap,tanggal\n", "utf-8")
    told = [p.where.file for p in project.ingest().problems if p.code == "file.late"]
    assert told == ["kuesioner/dinkes.xlsx", "kuesioner/disdik.xlsx"]
    table.write_text("no_dok,tahap,tanggal\nKB-1,persiapan,5 Januari 2026\n", "utf-8")
    told = [p.where.file for p in project.ingest().problems if p.code == "file.late"]
    assert "tahapan.csv" in told


def test_the_deadline_is_told_as_people_write_dates(project):
    intake = with_deadline(project, "2026-08-15").ingest()
    (problem, *_) = [p for p in intake.problems if p.code == "file.late"]
    assert "15 Agustus 2026" in problem.text("id")
    assert "15 August 2026" in problem.text("en")


def test_an_answer_in_time_stays_in_time_when_it_is_only_saved_or_read_anew(project):
    project.ingest()
    with_deadline(project, "2026-08-15")
    project.put(retitled("Perbaikan"), "dinkes.xlsx")
    with (project.folder / "opd.csv").open("a", encoding="utf-8") as offices:
        offices.write("DISPAR,Dinas Pariwisata,3.26\n")  # every file is read anew
    project.ingest()
    assert late(project) == {"DINKES": True, "DISDIK": False}


@pytest.mark.parametrize("deadline", ['"besok"', "2026-08-15T10:00:00", "15"])
def test_a_deadline_that_is_no_date_is_refused(project, deadline):
    with pytest.raises(InputError) as refused:
        _ = with_deadline(project, deadline).dossier
    assert refused.value.code == "dossier.deadline"


# --- a closed period -------------------------------------------------------------------------


def test_what_comes_after_closing_is_kept_and_not_used_until_it_is_let_in(project):
    project.ingest()
    close(project.dossier)
    project.put(retitled("Terlambat"), "dinkes.xlsx")
    project.put(office_book("DISHUB"), "dishub.xlsx")
    intake = project.ingest()
    assert outcomes(intake) == {
        "dinkes.xlsx": "late", "disdik.xlsx": "unchanged", "dishub.xlsx": "late",
    }  # fmt: skip
    assert sorted(codes(intake)) == ["file.after_close", "file.after_close"]
    assert title(project) == "Usulan DINKES-01"
    assert list(project.register().opd["opd_kode"]) == ["DINKES", "DISDIK"]
    again = project.ingest()
    assert again.nothing_changed
    assert again.problems == intake.problems

    assert reopen(project.dossier, "Surat Sekda 12/2026") == 2
    intake = project.ingest()
    assert codes(intake) == []
    assert title(project) == "Terlambat"
    assert list(project.register().opd["opd_kode"]) == ["DINKES", "DISDIK", "DISHUB"]
    assert project.rows("SELECT DISTINCT status FROM submission") == [("",)]


def test_a_closed_period_still_follows_files_it_knows(project):
    """Saved anew, renamed, or read by a newer program: the answers came in time."""
    project.ingest()
    close(project.dossier)
    (project.inbox / "dinkes.xlsx").rename(project.inbox / "dinas kesehatan.xlsx")
    with (project.folder / "opd.csv").open("a", encoding="utf-8") as offices:
        offices.write("DISPAR,Dinas Pariwisata,3.26\n")
    intake = project.ingest()
    assert codes(intake) == []
    assert len(project.register().usulan) == 4


def test_another_period_of_the_region_stays_open(project):
    project.ingest()
    other = project.home / "data" / NAME.replace("2026", "2027")
    (other / "kuesioner").mkdir(parents=True)
    for name in ("dossier.toml", "opd.csv"):
        (other / name).write_bytes((project.folder / name).read_bytes())
    close(project.dossier)
    book = office_book("DINKES")
    book["_meta"]["B3"] = "2027"
    book.save(other / "kuesioner" / "dinkes.xlsx")
    intake = ingest(open_dossier(NAME.replace("2026", "2027"), home=project.home))
    assert [file.outcome for file in intake.files] == ["new"]


def test_closing_twice_and_opening_what_is_open_are_said(project):
    project.ingest()
    with pytest.raises(RunError, match="tidak sedang ditutup"):
        reopen(project.dossier, "salah")
    close(project.dossier)
    with pytest.raises(RunError, match="sudah ditutup"):
        close(project.dossier)
    with pytest.raises(RunError, match="alasan"):
        reopen(project.dossier, "  ")


# --- withdrawn answers -----------------------------------------------------------------------


def test_withdrawn_answers_are_kept_but_not_used_and_come_back_when_restored(project):
    project.ingest()
    assert withdraw(project.dossier, "dinkes", "Salah periode") == 1
    intake = project.ingest()
    assert codes(intake) == ["file.withdrawn"]
    assert "DINKES" in [p.facts.get("code") for p in intake.problems if p.code == "opd.silent"]
    assert list(project.register().opd["opd_kode"]) == ["DISDIK"]
    assert project.rows("SELECT count(*) FROM answer WHERE row_key = 'DINKES-01'") != [(0,)]
    assert project.ingest().nothing_changed

    assert restore(project.dossier, "DINKES", "Ternyata benar") == 1
    assert codes(project.ingest()) == []
    assert list(project.register().opd["opd_kode"]) == ["DINKES", "DISDIK"]


def test_new_answers_of_a_sender_who_withdrew_are_taken_in(project):
    project.ingest()
    withdraw(project.dossier, "DINKES", "Akan dikirim ulang")
    project.put(retitled("Kiriman baru"), "dinkes.xlsx")
    assert codes(project.ingest()) == []
    assert title(project) == "Kiriman baru"


def test_withdrawing_is_the_way_out_for_a_file_that_is_gone(project):
    project.ingest()
    (project.inbox / "dinkes.xlsx").unlink()
    (problem,) = [p for p in project.ingest().problems if p.code == "file.gone"]
    assert problem.facts["sender"] == "DINKES"
    withdraw(project.dossier, "DINKES", "Berkas ditarik dinas")
    assert codes(project.ingest()) == []
    assert list(project.register().opd["opd_kode"]) == ["DISDIK"]


@pytest.mark.parametrize("change", [withdraw, restore])
def test_an_unknown_sender_is_named_with_those_there_are(project, change):
    project.ingest()
    with pytest.raises(RunError) as refused:
        change(project.dossier, "DINKE", "x")
    assert refused.value.code == "register.unknown_sender"
    with pytest.raises(RunError) as refused:
        change(project.dossier, "DINKES", "")
    assert refused.value.code == "register.no_reason"
