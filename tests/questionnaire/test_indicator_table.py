"""The table of indicators of a dossier speaks the codes that region files are imported with."""

import pytest

from ksd_toolkit.atlas.known_indicators import code_of, known_indicators
from ksd_toolkit.questionnaire.answer_sheet import Sheet
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.rows import read_rows
from ksd_toolkit.questionnaire.sheets import find_header
from ksd_toolkit.questionnaire.values import parse

TABLE = read_form("indikator").table("indikator")
HEADING = ("kode_wilayah", "indikator", "tahun", "nilai", "satuan", "sumber")
ROW = ("63.06", "ipm", "2024", "70,1", "indeks", "BPS")


def read(**changed):
    row = tuple(changed.get(name, cell) for name, cell in zip(HEADING, ROW, strict=True))
    grid = Grid("", (HEADING, row), delimited=True)
    return read_rows(Sheet("indikator.csv", grid, find_header(grid, TABLE), TABLE), lambda _: "")


@pytest.mark.parametrize("code", sorted(known_indicators()))
def test_every_known_indicator_can_be_written_and_means_the_same(code):
    assert code_of(parse(code, TABLE.field("indikator")).value) == code


def test_what_is_chosen_is_known_and_called_as_in_the_table_of_indicators():
    known = known_indicators()
    choices = TABLE.field("indikator").choices
    assert {code_of(choice.code) for choice in choices} == set(known)
    for choice in choices[6:]:  # the first six have had their own names from the beginning
        labels = known[choice.code]["label_id"], known[choice.code]["label_en"]
        assert (choice.labels["id"], choice.labels["en"]) == labels


def test_a_code_without_its_dot_is_told_as_such_though_it_names_the_row():
    (told,) = read(kode_wilayah="6302").problems
    assert (told.code, told.where.cell) == ("row.key_unreadable", "A2")
    assert "tanpa titik seperti kode BPS" in told.text()
    assert "baris 2 ditahan" in told.text()
    assert "63.02 (Kabupaten Kotabaru)" in told.remedy()
    assert "63.02 (Kabupaten Kotabaru)" in told.remedy("en")


def test_an_unknown_indicator_is_told_with_the_known_ones_and_the_other_way_in():
    (told,) = read(indikator="gini").problems
    assert told.where.cell == "B2"
    assert '"gini"' in told.text("en")
    for choice in TABLE.field("indikator").choices:
        assert choice.code in told.remedy()
    assert "ksd regions import" in told.remedy()
