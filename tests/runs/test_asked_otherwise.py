"""Papers asked for in a language they were not made in, and numbers not asked for as they are printed."""

import pytest

from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.runs.traced_report import not_made
from ksd_toolkit.runs.tracing import no_such_figure
from tests.small_project import new_project

FIGURES = [
    PrintedFigure("P1.1", "1.697,22 km²", "", "paragraf 1", ("1.697,22",)),
    PrintedFigure("T1.2.3", "74,50", "", "tabel 1", ("74,50",)),
]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("1697,22", "1.697,22"), ("1697.22", "1.697,22"), ("74.50", "74,50"), ("T1.2.4", "T1.2.3")],
)
def test_a_number_asked_for_otherwise_is_hinted_at(asked, meant):
    told = no_such_figure(FIGURES, asked, "policy-brief")
    assert told.code == "trace.near_figure"
    for lang in ("id", "en"):
        assert meant in told.sentence(lang)


def test_what_is_like_no_figure_gets_no_hint():
    assert no_such_figure(FIGURES, "9999999", "policy-brief").code == "trace.no_figure"
    assert no_such_figure(FIGURES, "abc", "policy-brief").code == "trace.no_figure"


def test_papers_of_another_language_are_told_apart_from_none(tmp_path):
    dossier = new_project(tmp_path).dossier
    english = dossier.in_language("en")
    assert not_made(english, english.reports) is None
    dossier.reports.mkdir(parents=True)
    (dossier.reports / "stamp.json").write_text("{}", encoding="utf-8")
    told = not_made(english, english.reports)
    assert told is not None
    assert "--lang id" in told.sentence("id")
    assert "ksd run hulu-sungai-selatan/2026 --lang en" in told.sentence("en")
    assert not_made(dossier, dossier.reports) is None
    assert not_made(english, tmp_path) is None  # a folder of one's own
