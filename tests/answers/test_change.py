"""Change since the last period: what goes on, what is new, what is gone, and what is said otherwise."""

from dataclasses import replace

import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.tables import quality as tables
from tests.answers.conftest import answers_of
from tests.scoring.conftest import OFFICE


@pytest.fixture
def pair(dossier):
    """A period and the one before it."""

    def made(now, before, opd=None, opd_before=None):
        old = replace(dossier, period="2025")
        earlier = answers_of(old, before, {}, opd=opd_before)
        return quality(answers_of(dossier, now, {}, opd=opd, previous=earlier))

    return made


def named(usulan_id, origin=None, **cells):
    return {"usulan_id": usulan_id, "usulan_asal": origin, **cells}


def statuses(found):
    rows = found.change.usulan.to_dict("records")
    return {(row["usulan_id"], row["status"]) for row in rows}


def test_without_an_earlier_period_there_is_nothing_to_compare(answers):
    found = quality(answers([named("DINKES-01")], {}))
    assert found.change is None
    assert "Belum ada periode sebelumnya" in repr(tables.changes(found))


def test_usulan_go_on_begin_end_or_name_an_unknown_origin(pair):
    found = pair(
        [named("DINKES-01", "DINKES-05"), named("DINKES-05"), named("DINKES-07", "DINKES-99")],
        [named("DINKES-05"), named("DINKES-06")],
    )
    assert statuses(found) == {
        ("DINKES-01", "lanjutan"), ("DINKES-05", "baru"), ("DINKES-07", "asal_tidak_dikenal"),
        ("DINKES-06", "tidak_diajukan_lagi"),
    }  # fmt: skip


def test_the_log_names_field_before_and_after_and_nothing_that_stayed(pair):
    found = pair(
        [named("DINKES-01", "DINKES-05", judul="Baru", biaya_indikatif=2_000_000, satuan=None)],
        [named("DINKES-05", judul="Lama", biaya_indikatif=1_000_000, satuan="orang")],
    )
    log = found.change.log.fillna("kosong")
    assert log.to_numpy().tolist() == [
        ["DINKES-01", "DINKES-05", "judul", "Lama", "Baru"],
        ["DINKES-01", "DINKES-05", "satuan", "orang", "kosong"],
        ["DINKES-01", "DINKES-05", "biaya_indikatif", 1_000_000.0, 2_000_000.0],
    ]
    text = [" | ".join(row) for row in tables.change_log(found).blocks[0].rows]
    assert text[0] == "DINKES-05 \u2192 DINKES-01 | Judul | Lama | Baru"
    assert text[2].endswith("1.000.000 | 2.000.000")


def test_an_usulan_that_says_the_same_has_no_log(pair):
    found = pair([named("DINKES-01", "DINKES-01")], [named("DINKES-01")])
    assert found.change.log.empty
    assert "Tidak ada usulan lanjutan" in repr(tables.change_log(found))


def test_levels_rose_fell_or_stayed_among_offices_that_answered_twice(pair):
    now = [
        {**OFFICE, "opd_kode": "DINKES", "d1": 3, "d2": 1, "d3": 2},
        {**OFFICE, "opd_kode": "DISHUB", "d1": 4},
    ]
    before = [{**OFFICE, "opd_kode": "DINKES", "d1": 1, "d2": 2, "d3": 2, "d4": 1}]
    moved = pair([], [], now, before).change.maturity
    assert moved.loc["d1"].tolist() == [1, 0, 0]
    assert moved.loc["d2"].tolist() == [0, 0, 1]
    assert moved.loc["d3"].tolist() == [0, 1, 0]
    assert moved.loc["d4"].tolist() == [0, 0, 0]  # not answered now: it moved nowhere


def test_the_response_of_both_periods_stands_side_by_side(pair):
    found = pair([named("DINKES-01"), named("DISDIK-01")], [named("DINKES-01")])
    row = found.change.levels.loc["opd"]
    assert row[["part", "whole", "part_before", "whole_before"]].tolist() == [2, 3, 1, 3]
    shown = tables.changes(found).blocks[0]
    assert [column.title for column in shown.columns][1:] == ["2025", "2026"]
