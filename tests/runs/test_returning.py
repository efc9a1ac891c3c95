"""Every office with something to mend gets its workbook back; nobody else does."""

import zipfile

import pytest
from openpyxl import load_workbook

from ksd_toolkit.publishing.annotated_workbook import MARK
from ksd_toolkit.runs.returning import return_workbooks
from tests.small_project import office_book, tkksd_book


@pytest.fixture
def returned(project):
    """Take everything in, and answer."""
    return lambda: return_workbooks(project.dossier, project.ingest())


def with_slip(project, opd="DISHUB", name="dishub.xlsx"):
    book = office_book(opd)
    book["usulan"]["I2"] = "5-10"
    return project.put(book, name)


def names(result):
    return [path.name for path in result.files]


def test_only_files_with_errors_or_warnings_come_back(project, returned):
    with_slip(project)
    result = returned()
    assert names(result) == ["dishub.xlsx"]
    folder = project.dossier.reports
    assert result.files[0] == folder / "internal" / "kembalikan" / "dishub.xlsx"
    assert result.report == folder / "masalah.html"
    book = load_workbook(result.files[0])
    assert book["usulan"]["I2"].comment.text.startswith(MARK)


def test_a_mended_file_takes_its_copy_away(project, returned):
    path = with_slip(project)
    (copy,) = returned().files
    project.put(office_book("DISHUB"), path.name)
    assert returned().files == ()
    assert not copy.exists()
    assert not copy.parent.exists()


def test_a_copy_that_still_says_the_same_is_left_alone(project, returned):
    with_slip(project)
    (copy,) = returned().files
    before = copy.stat().st_mtime_ns
    content = copy.read_bytes()
    returned()
    assert copy.stat().st_mtime_ns == before
    copy.unlink()
    returned()
    assert copy.read_bytes() == content


def test_a_copy_somebody_spoilt_is_written_again(project, returned):
    with_slip(project)
    (copy,) = returned().files
    content = copy.read_bytes()
    copy.write_bytes(b"PK kosong")
    returned()
    assert copy.read_bytes() == content


def test_a_refused_file_has_no_copy_but_a_line_on_the_page(project, returned):
    (project.inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    result = returned()
    assert result.files == ()
    page = result.report.read_text(encoding="utf-8")
    assert "rusak.xlsx" in page
    assert "file.damaged" in page
    assert "tidak ada salinan bertanda" in page


def test_a_refused_file_is_named_once_on_the_page_before_the_summary(project, returned):
    """It can be opened; what is wrong is the office."""
    with_slip(project, opd="DINAS ANTAH", name="antah.xlsx")
    page = returned().report.read_text(encoding="utf-8")
    assert "file.unknown_opd" in page
    assert "tidak dapat dibuka" not in page
    assert "Berkas ini tidak dipakai" in page
    assert page.partition("<body")[2].partition("Ringkasan per berkas")[0].count("antah.xlsx") == 1


def test_a_table_of_the_secretariat_has_no_copy_to_send_but_its_cells_on_the_page(
    project, returned
):
    (project.folder / "tahapan.csv").write_text("no_dok,tahap,tanggal\nKB-1,persiapan,kelak\n")
    result = returned()
    assert result.files == ()
    page = result.report.read_text(encoding="utf-8")
    assert "perbaiki langsung di berkasnya" in page
    assert "C2" in page


def test_scores_of_the_tkksd_still_come_back_marked(project, returned):
    project.put(tkksd_book("DINKES-99"), "../tkksd.xlsx")
    assert names(returned()) == ["tkksd.xlsx"]


# --- the copy comes back -----------------------------------------------------------------------


def mended(copy, target, title="Sudah diperbaiki"):
    """The marked copy as the office saves it after mending, under a name of its own."""
    book = load_workbook(copy)
    book["usulan"]["I2"] = 5_000_000
    book["usulan"]["B2"] = title
    book.save(target)
    return target


def told(intake):
    passed = {"opd.silent", "file.missing_tkksd"}
    return [(p.code, p.severity) for p in intake.problems if p.code not in passed]


def title_of(project, usulan="DISHUB-01"):
    return project.register().usulan.set_index("usulan_id").at[usulan, "judul"]


@pytest.mark.parametrize("name", ["aaa.xlsx", "dishub.ods.xlsx", "zzz.xlsx"])
def test_a_mended_copy_replaces_its_file_whatever_its_name(project, returned, name):
    with_slip(project)
    (copy,) = returned().files
    mended(copy, project.inbox / name)
    intake = project.ingest()
    assert told(intake) == [("file.replaced", "info")]
    (problem,) = [p for p in intake.problems if p.code == "file.replaced"]
    assert problem.where.file == "kuesioner/dishub.xlsx"
    assert problem.facts == {"copy": f"kuesioner/{name}"}
    assert title_of(project) == "Sudah diperbaiki"
    assert project.ingest().nothing_changed
    assert returned().files == ()


def test_a_second_round_still_replaces_the_first_file(project, returned):
    first = with_slip(project)
    (copy,) = returned().files
    book = load_workbook(copy)
    book["usulan"]["I2"] = "6-11"
    book.save(project.inbox / "putaran 1.xlsx")
    (copy,) = returned().files
    mended(copy, project.inbox / "a putaran 2.xlsx")
    intake = project.ingest()
    assert told(intake) == [("file.replaced", "info")] * 2
    copies = {p.facts["copy"] for p in intake.problems if p.code == "file.replaced"}
    assert copies == {"kuesioner/a putaran 2.xlsx"}
    (project.inbox / "putaran 1.xlsx").unlink()
    assert first.exists()
    assert told(project.ingest()) == [("file.replaced", "info")]
    assert title_of(project) == "Sudah diperbaiki"


def test_a_copy_of_other_answers_is_no_correction(project, returned):
    """The file was changed after its copy was made: nobody can say which of the two is meant."""
    path = with_slip(project)
    (copy,) = returned().files
    mended(copy, project.inbox / "lain.xlsx")
    book = office_book("DISHUB")
    book["usulan"]["B2"] = "Diubah di berkas asli"
    project.put(book, path.name)
    assert ("file.two_for_sender", "error") in told(project.ingest())


def test_a_mended_copy_of_a_csv_table_replaces_it(project, returned):
    head, row = "usulan_id,judul,sifat,biaya_indikatif\n", "DISHUB-01,Terminal,potensi,5-10\n"
    (project.inbox / "usulan dishub.csv").write_text(head + row, "utf-8")
    (copy,) = returned().files
    book = load_workbook(copy)
    book.worksheets[1]["B2"], book.worksheets[1]["D2"] = "Sudah diperbaiki", 5_000_000
    book.save(project.inbox / copy.name)
    assert ("file.replaced", "info") in told(project.ingest())
    assert title_of(project) == "Sudah diperbaiki"


def test_a_workbook_too_large_to_copy_is_told_about(project, returned):
    path = with_slip(project)
    part = "xl/worksheets/sheet3.xml"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode()
    spread = '</sheetData><mergeCells count="1"><mergeCell ref="M1:XFD1048576"/></mergeCells>'
    from tests.small_project import with_parts

    with_parts(path, {part: text.replace("</sheetData>", spread).encode()})
    result = returned()
    assert result.files == ()
    assert "terlalu besar untuk disalin" in result.report.read_text(encoding="utf-8")


def test_a_workbook_that_breaks_its_format_is_told_about(project, returned):
    path = with_slip(project)
    from tests.small_project import with_parts

    with_parts(path, {"xl/styles.xml": b"<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"})  # fmt: skip
    result = returned()
    page = result.report.read_text(encoding="utf-8")
    assert result.files == ()
    assert "cell.number" in page
    assert "Salinan berkas ini tidak dapat dibuat" in page


def test_every_problem_of_the_intake_is_on_the_page(project, returned):
    with_slip(project)
    (project.inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    page = returned().report.read_text(encoding="utf-8")
    problems = project.ingest().problems
    assert len(problems) >= 3
    for problem in problems:
        assert problem.code in page
    assert "Dinas Perhubungan" in page


def test_the_page_is_the_same_the_second_time(project, returned):
    with_slip(project)
    first = returned().report.read_bytes()
    assert returned().report.read_bytes() == first


def test_an_english_run_keeps_its_copies_beside_the_indonesian_ones(project):
    with_slip(project)
    intake = project.ingest()
    english = project.dossier.in_language("en")
    result = return_workbooks(english, intake)
    assert result.files[0].is_relative_to(project.dossier.reports / "en" / "internal")
