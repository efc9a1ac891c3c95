"""Colours of the issues chart are named where they stand; a legend names only what has no room."""

import pytest

from ksd_toolkit.charts import mapping
from ksd_toolkit.charts.canvas import Canvas
from tests.scoring.conftest import proposal_of, register_of
from tests.small_project import new_project


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """The texts a chart of so many usulan by (issue, partner kind) draws, in order."""
    drawn = []
    draw = Canvas.text

    def text(self, x, y, text, **looks):
        drawn.append(text)
        draw(self, x, y, text, **looks)

    monkeypatch.setattr(Canvas, "text", text)

    def of(*wanted):
        proposals = [
            proposal_of(f"DINKES-{number:02d}", isu=isu, partners=[{"mitra_jenis": kind}])
            for number, (isu, kind) in enumerate(wanted, start=1)
        ]
        mapping.issues(register_of(new_project(tmp_path).dossier, *proposals))
        return drawn

    return of


def test_a_type_is_named_once_in_its_widest_segment(texts):
    drawn = texts(*[("ISU-A", "ptn")] * 2, *[("ISU-B", "ptn")] * 3)
    assert drawn.count("Sinergi 3") == 1
    assert "Sinergi 2" not in drawn
    assert "Sinergi" not in drawn  # no legend is left


def test_a_type_without_room_keeps_its_entry_in_the_legend(texts):
    drawn = texts(*[("ISU-A", "ptn")] * 40, ("ISU-A", None))
    assert "Sinergi 40" in drawn
    assert drawn[0] == "Belum jelas"


def test_without_usulan_nothing_is_named(texts):
    """A sentence stands in the place of a chart of nothing but zeros."""
    assert texts() == []
