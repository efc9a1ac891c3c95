"""One slip is told once: the rows that hang on a mistyped usulan share one line."""

from ksd_toolkit.questionnaire import read_workbook
from tests.small_project import new_project, office_book

CRITERIA = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


def test_a_mistyped_usulan_is_two_lines_not_nineteen(tmp_path):
    project = new_project(tmp_path)
    book = office_book("DINKES")
    sheet = book["nilai"]
    sheet.delete_rows(2, sheet.max_row)
    for rater in ("OPD-1", "OPD-2"):
        for criterion in CRITERIA:
            sheet.append(("DINKES-77", criterion, rater, 4))
    path = project.folder / "kuesioner" / "DINKES.xlsx"
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    submission = read_workbook(path, project.dossier)
    (told,) = [p for p in submission.problems if p.where.sheet == "nilai"]
    assert told.code == "row.unknown_usulan_many"
    assert (told.where.cell, told.facts["n"]) == ("A2", 18)
    assert "DINKES-77" in told.sentence("id")
    assert submission.balance.quarantined == 18
