"""Where a table would have no row stands a sentence, and nothing is said twice."""

import pytest

from ksd_toolkit import charts, tables
from ksd_toolkit.document import Paragraph, plain_text
from tests.small_project import new_project, office_book


@pytest.fixture
def nothing(tmp_path):
    """Offices that answered without a single usulan."""
    project = new_project(tmp_path)
    for code in ("DINKES", "DISDIK", "DISHUB"):
        project.put(office_book(code, usulan=0), f"{code}.xlsx")
    project.ingest()
    return project.register()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "table", ["affair_matrix", "issue_matrix", "mandatory", "not_ksd", "types"]
)
def test_a_register_without_usulan_says_so(nothing, table, lang):
    (block,) = getattr(tables.mapping, table)(nothing, lang=lang).blocks
    assert isinstance(block, Paragraph)
    said = {"id": "Belum ada usulan yang diajukan.", "en": "No proposal has been made yet."}
    assert plain_text(block.text) == said[lang]


def test_the_chart_of_issues_says_so_too(nothing):
    (block,) = charts.mapping.issues(nothing).blocks
    assert plain_text(block.text) == "Belum ada usulan yang diajukan."


def test_a_register_without_problems_says_so(nothing):
    (block,) = tables.answers.problems(nothing).blocks
    if nothing.problems:
        assert len(block.rows) == len(nothing.problems)
    else:
        assert plain_text(block.text) == "Tidak ada masalah yang masih terbuka."
