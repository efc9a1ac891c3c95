"""A register's answers as frames, from four answers that a clerk can follow."""

import sqlite3

import pytest

from ksd_toolkit.errors import Where
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register.frames import load_tables

SPEC = read_form().table("usulan")
FIRST, *_ = SPEC.fields
ANSWERS = (
    (1, "DINKES-01", "judul", "Rujukan", "", "usulan", "B8"),
    (1, "DINKES-01", "biaya_indikatif", "4.0", "", "usulan", "K8"),
    (1, "DINKES-01", "manfaat_daerah", None, "TB", "usulan", "J8"),
    (2, "DINKES-01", "asked_no_more", "9", "", "usulan", "C9"),  # somebody else, later
    (3, "DINSOS-01", "judul", "Dari periode lain", "", "usulan", "B8"),
)


@pytest.fixture
def tables():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE submission (id, period, active, kind, sender, slot, file)")
    connection.execute(
        "CREATE TABLE answer"
        " (submission_id, row_key, field, value, state, sheet, cell, table_name, position)"
    )
    sent = [
        (1, "2026", 1, "opd", "DINKES", "", "dinkes.xlsx"),
        (2, "2026", 1, "tkksd", "TKKSD", "", "tkksd.xlsx"),
        (3, "2025", 1, "opd", "DINSOS", "", "dinsos.xlsx"),
    ]
    connection.executemany("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?)", sent)
    rows = [(*answer, "usulan", place) for place, answer in enumerate(ANSWERS)]
    connection.executemany("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    yield load_tables(connection, "2026", (SPEC,))
    connection.close()


def test_a_row_is_of_whoever_sent_it_first(tables):
    frame = tables.frames["usulan"]
    assert frame["row_key"].tolist() == ["DINKES-01"]
    assert frame["opd_kode"].tolist() == ["DINKES"]


def test_values_stand_beside_the_reason_why_there_is_none(tables):
    frame, state = tables.frames["usulan"], tables.states["usulan"]
    told = {"judul": "", "biaya_indikatif": "", "manfaat_daerah": "TB"}
    assert state.loc[0, [*told]].to_dict() == told
    others = [one.name for one in SPEC.fields if one.name not in told]
    assert set(state.loc[0, others]) == {"kosong"}
    assert (frame.loc[0, "judul"], frame.loc[0, "biaya_indikatif"]) == ("Rujukan", 4.0)
    assert frame.loc[0, ["manfaat_daerah", *others]].isna().all()


def test_what_is_asked_no_more_is_told_and_stands_in_no_frame(tables):
    assert FIRST.name not in {answer[2] for answer in ANSWERS}
    assert "asked_no_more" not in tables.frames["usulan"]
    assert tables.answer("usulan", "DINKES-01", "asked_no_more") == "9"


def test_every_answer_is_told_as_it_is_written_with_its_cell(tables):
    assert dict(tables.told) == {
        ("usulan", "DINKES-01", "judul"): ("Rujukan", Where("dinkes.xlsx", "usulan", "B8")),
        ("usulan", "DINKES-01", "biaya_indikatif"): ("4", Where("dinkes.xlsx", "usulan", "K8")),
        ("usulan", "DINKES-01", "manfaat_daerah"): ("TB", Where("dinkes.xlsx", "usulan", "J8")),
        ("usulan", "DINKES-01", "asked_no_more"): ("9", Where("tkksd.xlsx", "usulan", "C9")),
    }
    assert len(tables.told) == 4
    assert ("usulan", "DINSOS-01", "judul") not in tables.told
    with pytest.raises(KeyError):
        tables.where("usulan", "DINSOS-01", "judul")
