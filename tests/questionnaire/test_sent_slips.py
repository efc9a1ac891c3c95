"""What offices do to their files between getting and sending them: nothing of it is lost or misjudged."""

import pytest

from ksd_toolkit.questionnaire import form_of, read_workbook
from ksd_toolkit.questionnaire.column_map import column_map
from tests.small_project import office_book


def sent(project, book, name="dinkes.xlsx"):
    return read_workbook(project.put(book, name), project.dossier)


def codes(submission, *severities):
    return [p.code for p in submission.problems if p.severity in (severities or (p.severity,))]


@pytest.mark.parametrize(
    ("rows", "senders"),
    [
        ("a.csv,DINKES\nb.csv,DISHUB\n", {"a.csv": "DINKES", "b.csv": "DISHUB", "c.csv": ""}),
        ("a.csv,DINKES\n,DISHUB\n", {"a.csv": "DINKES", "b.csv": "DISHUB"}),
        (",DISHUB\na.csv,DINKES\n", {"b.csv": "DISHUB"}),
    ],
)
def test_a_row_of_the_column_map_is_of_its_own_file_only(project, rows, senders):
    lines = (f"{file},,,,{office}\n" for file, office in (r.split(",") for r in rows.splitlines()))
    head = "berkas,kolom,tabel,pertanyaan,opd_kode\n"
    (project.folder / "peta_kolom.csv").write_text(head + "".join(lines), encoding="utf-8")
    form = form_of(project.dossier)
    read = {file: column_map(project.dossier, form, file).sender for file in senders}
    assert read == senders


def test_a_column_added_beside_the_visible_heading_is_kept_under_its_own_name(project):
    book = office_book("DINKES")
    sheet = book["usulan"]
    sheet.insert_rows(1, 2)  # the codes now stand in row 3, below the headings people see
    sheet["K1"], sheet["K4"] = "Catatan Kabid", "segera"
    sheet["L1"] = "hanya judul"
    sheet["M5"] = "lihat lampiran"
    submission = sent(project, book)
    extras = {
        (a.field, a.cell): a.value for a in submission.answers if a.field.startswith("_lain/")
    }
    assert extras == {
        ("_lain/Catatan Kabid", "K4"): "segera", ("_lain/M", "M5"): "lihat lampiran"
    }  # fmt: skip
    told = [p.facts["column"] for p in submission.problems if p.code == "sheet.unknown_column"]
    assert told == ["Catatan Kabid", "M"]


def test_a_column_of_titles_for_reading_only_is_passed_over(project):
    book = office_book("DINKES")
    sheet = book["usulan"]
    sheet.insert_rows(1)
    sheet["K1"], sheet["K3"] = "Judul (hanya dibaca)", "Usulan 1"
    submission = sent(project, book)
    assert "sheet.unknown_column" not in codes(submission)
