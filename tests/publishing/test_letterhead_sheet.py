"""A letterhead on another sheet than the theme asks for is told, with its measures; none else is."""

import io

import docx
import pytest
from docx.shared import Mm

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.publishing.docx.letterhead_sheet import sheet_remark
from ksd_toolkit.theme import read_theme
from tests.small_project import NAME, new_project


@pytest.fixture
def theme_with(tmp_path):
    """The theme of an office whose letterhead has this sheet, or that has none."""
    project = new_project(tmp_path)

    def make(size, sheet):
        lines = [
            "[office]",
            'letterhead = "kop.docx"' if sheet else "",
            "[paper]",
            f'size = "{size}"',
        ]
        (project.folder.parent / "theme.toml").write_text("\n".join(lines), encoding="utf-8")
        if sheet:
            paper, held = docx.Document(), io.BytesIO()
            paper.sections[0].page_width, paper.sections[0].page_height = map(Mm, sheet)
            paper.save(held)
            (project.folder.parent / "kop.docx").write_bytes(held.getvalue())
        return read_theme(open_dossier(NAME, home=tmp_path))

    return make


@pytest.mark.parametrize(
    ("lang", "measures"), [("id", "210,0 x 297,0 mm"), ("en", "210.0 x 297.0 mm")]
)
def test_an_a4_letterhead_under_a_theme_of_f4_is_told(theme_with, lang, measures):
    told = sheet_remark(theme_with("F4", (210, 297)), lang)
    assert measures in told
    assert told.count("F4") == 2


@pytest.mark.parametrize(
    ("size", "sheet"), [("A4", (210, 297)), ("F4", (215, 330)), ("F4", (216, 330)), ("F4", None)]
)
def test_the_same_sheet_or_none_is_not_spoken_of(theme_with, size, sheet):
    assert sheet_remark(theme_with(size, sheet), "id") == ""


def test_a_sheet_too_small_to_write_on_is_ours_and_not_told(theme_with):
    assert sheet_remark(theme_with("A4", (30, 30)), "id") == ""
