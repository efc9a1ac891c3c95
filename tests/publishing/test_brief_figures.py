"""Counts of the brief name what they counted, worked by hand on a few rows."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.publishing.brief_figures import briefed
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

OFFICES = pd.DataFrame({"opd_nama": ["Dinas Satu", "Dinas Dua"]}, index=["D1", "D2"])
USULAN = pd.DataFrame(
    {
        "usulan_id": ["D1-01", "D1-02", "D2-01"],
        "opd_kode": ["D1", "D1", "D2"],
        "isu": ["ISU-H;ISU-A", "ISU-H", "ISU-A;ISU-H"],
        "usulan_asal": [None, "D1-09", None],
    }
)
TYPES = pd.DataFrame(
    {
        "family": ["Sinergi", "Bukan KSD", "KSDPK"],
        "jenis": ["SINERGI", "BUKAN", "KSDPK"],
        "derived": ["SINERGI", "BUKAN", "KSDPK"],
        "jenis_rule": [6, 1, 4],
    },
    index=USULAN["usulan_id"],
)
OPD = pd.DataFrame({"opd_kode": ["D1", "D2"], "d3": [1.0, 2.0]})


def _told(measure, subject, value, lang="id"):
    dossier = SimpleNamespace(period="2026", tanggal_acuan=date(2026, 8, 31), offices=OFFICES)
    register = SimpleNamespace(usulan=USULAN, opd=OPD, dossier=dossier, previous=None)
    table = pd.DataFrame({"coverage": [1.0, 0.5], "tkksd": "lengkap"}, index=["D1-01", "D2-01"])
    ranking = SimpleNamespace(table=table, types=TYPES)
    evidence = Evidence(register, ranking, None, lang, dict.fromkeys(USULAN["usulan_id"], ""))
    evidence.kept["types"] = TYPES
    figure = PrintedFigure("P1.1", value, "", "", (value,))
    return briefed(figure, Meaning(measure, subject, (), ()), evidence)


def test_offices_below_a_level_are_named_with_their_answer():
    found = _told("problem_immature", "masalah/d3", "1")
    assert found.sentence.endswith("pada periode 2026. Yaitu: Dinas Satu.")
    assert found.cells == (("opd", "D1", "d3"),)


def test_blank_levels_are_no_answers(monkeypatch):
    monkeypatch.setitem(OPD, "d3", [1.0, np.nan])
    assert _told("problem_answered", "masalah/d3", "1").cells == (("opd", "D1", "d3"),)


def test_only_the_issue_named_first_of_a_cooperation_counts():
    found = _told("main_issue", "isu/ISU-H", "1")
    assert found.counted == ("D1-01",)
    assert "ISU-H" not in found.sentence


def test_a_share_is_told_with_its_part_and_whole():
    found = _told("family_share:Sinergi", "keluarga/*", "50,0\u00a0%")
    assert found.sentence.startswith("50,0\u00a0% = 1 usulan berjenis Sinergi : 2 usulan")
    assert found.counted == ("D1-01",)


def test_a_mean_is_told_with_its_sum_and_what_is_not_answered():
    found = _told("coverage_mean", "peringkat/*", "75.0%", "en")
    assert "(150.0 percent) : 2 proposals; not answered in full: D2-01." in found.sentence


def test_what_was_carried_over_rests_on_where_it_comes_from():
    found = _told("carried", "periode/*", "1", "en")
    assert found.sentence.endswith("They are: D1-02.")
    assert found.cells == (("usulan", "D1-02", "usulan_asal"),)


def test_a_rule_counts_what_it_refused_and_what_was_set_is_another_count():
    assert _told("not_ksd_rule", "aturan/1", "1").counted == ("D1-02",)
    assert _told("not_ksd_set", "aturan/*", "0").counted == ()


@pytest.mark.parametrize(
    ("measure", "subject"),
    [("problem_immature", "masalah/d3"), ("carried", "periode/*"), ("usulan_before", "periode/*")],
)
def test_a_number_the_data_no_longer_give_is_not_explained(measure, subject):
    assert _told(measure, subject, "9") is None


def test_an_indicator_leads_to_the_row_of_its_region_and_last_year_alone():
    keys = [
        "63.06|luas|2023.0",
        "63.06|luas|2024.0",
        "63.05|luas|2024.0",
        "63.06|luas_hutan|2025.0",
    ]
    told = {("indikator", key, name): None for key in keys for name in ("nilai", "tahun")}
    dossier = SimpleNamespace(tanggal_acuan=date(2026, 8, 31), region=SimpleNamespace(code="63.06"))
    register = SimpleNamespace(usulan=USULAN, dossier=dossier, tables=SimpleNamespace(told=told))
    evidence = Evidence(register, None, None, "id", {})
    figure = PrintedFigure("P1.1", "1.697,22 km²", "", "", ("1.697,22",))
    found = briefed(figure, Meaning("indicator_value", "indikator/luas", (), ()), evidence)
    assert found.cells == tuple(("indikator", keys[1], name) for name in ("nilai", "tahun"))
    assert "luas" in found.sentence
    assert briefed(figure, Meaning("indicator_value", "indikator/asing", (), ()), evidence) is None
