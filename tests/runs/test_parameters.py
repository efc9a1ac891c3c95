"""Notebook parameters are checked before a kernel starts."""

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs import making
from ksd_toolkit.runs import run as running
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import checked, split_setting
from ksd_toolkit.runs.run import run_dossier

from .conftest import ROOT, SAMPLE


@pytest.fixture
def brief():
    return notebook_path("07_policy_brief", open_dossier(SAMPLE, home=ROOT))


def test_an_unknown_name_is_refused_with_a_suggestion(brief):
    with pytest.raises(RunError) as refused:
        checked(brief, {"row": "15"})
    assert "rows" in refused.value.sentence("id")
    assert refused.value.code == "run.unknown_parameter"


@pytest.mark.parametrize("value", ["lima belas", "1.5", "", "15 baris"])
def test_a_text_for_a_number_is_refused(brief, value):
    with pytest.raises(RunError) as refused:
        checked(brief, {"rows": value})
    assert refused.value.code == "run.parameter_type"


def test_a_number_written_as_text_is_read_as_the_number(brief):
    assert checked(brief, {"rows": "15"}) == {"rows": 15}


def test_a_region_code_stays_text(brief):
    assert checked(brief, {"dossier": "63.10"}) == {"dossier": "63.10"}


@pytest.mark.parametrize("settings", [{"row": 15}, {"rows": "banyak"}, {"dossier": "x"}])
def test_a_run_refuses_before_anything_starts(monkeypatch, tmp_path, settings):
    def never(*_):
        raise AssertionError("started although a parameter was wrong")

    monkeypatch.setattr(running, "ingest", never)
    monkeypatch.setattr(making, "execute", never)
    with pytest.raises(RunError):
        run_dossier(open_dossier(SAMPLE, home=ROOT), folder=tmp_path, settings=settings)


@pytest.mark.parametrize("text", ["rows", "=3", "2x=3", "a b=1"])
def test_a_setting_needs_a_name_and_a_value(text):
    with pytest.raises(RunError):
        split_setting(text)
