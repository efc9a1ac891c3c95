"""Every number a table prints can be traced: its column says what was computed, its row of what it tells."""

import re
import tomllib
from pathlib import Path

import pytest

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.answers.quality import quality
from ksd_toolkit.document import Origin, Table
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.tables import (
    agreement,
    answers,
    attention,
    mapping,
    preparation,
    priorities,
    weights,
)  # fmt: skip
from ksd_toolkit.tables import quality as quality_tables
from ksd_toolkit.tables.measures import about, printed_as
from tests.answers.conftest import answers_of, dossier_in

ROOT = Path(__file__).parents[2]
MEASURES = ROOT / "ksd_toolkit" / "knowledge" / "measures.toml"
KINDS = {"text", "integer", "decimal", "percent", "currency", "date"}
NUMBER = re.compile(r"[+\u2212-]?\d[\d.,]*")
GIVEN = [5, 4, 3, 3, 2, 4, 4, 3, 5]
OTHER = [3, 4, 5, 2, 2, 4, 3, 3, 1]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """Three usulan of two offices, scored by two PPKSD and two members."""
    dossier = dossier_in(tmp_path_factory.mktemp("traced"))
    names = ("DINKES-01", "DINKES-02", "DISDIK-01")
    scores = {
        (name, rater): given
        for name in names
        for rater, given in (
            ("OPD-1", GIVEN), ("OPD-2", OTHER), ("TKKSD-1", GIVEN), ("TKKSD-2", OTHER),
        )
    }  # fmt: skip
    usulan = [{"usulan_id": name} for name in names]
    usulan[1] |= {"kewenangan": "sebagian"}
    usulan[2] |= {"kewenangan": "tidak"}
    found = answers_of(dossier, usulan, scores)
    for fate in ("accepted", "quarantined", "duplicate", "blank"):
        found.files[fate] = 0
    found.files["file"] = "kuesioner.xlsx"
    return found


@pytest.fixture(scope="module")
def tables(register):
    """Tables of each kind by the name of the function that makes them."""
    ranking, seen = score(register, read_method(register.dossier)), quality(register)
    prepared = prepare(register.dossier)
    made = (
        priorities.top(ranking), priorities.excluded(ranking), priorities.criteria(ranking),
        priorities.gap(ranking), priorities.classes(ranking), attention.reviews(ranking),
        weights.effect(ranking), mapping.issue_matrix(register), mapping.affair_matrix(register),
        mapping.types(register), answers.balance(register), answers.five_problems(register),
        quality_tables.response(seen), quality_tables.matrix(seen, "internal"),
        agreement.by_criterion(seen, "TKKSD"), agreement.by_office(seen, "internal"),
        agreement.disputes(seen, "internal"), preparation.schedule(prepared),
        preparation.meetings(prepared), preparation.offices(prepared),
        preparation.invitations(prepared),
    )  # fmt: skip
    return [block for shown in made for block in shown.blocks if isinstance(block, Table)]


def test_every_row_says_of_what_it_tells(tables):
    assert len(tables) > 18
    for table in tables:
        assert len(table.subjects) == len(table.rows), table.caption
        assert all(re.fullmatch(r"[a-z]+/.+", subject) for subject in table.subjects)


def test_every_column_of_numbers_says_what_was_computed(tables):
    for table in tables:
        for place, column in enumerate(table.columns):
            numbers = [row[place] for row in table.rows if NUMBER.match(row[place])]
            if column.align == "right" and numbers:
                assert column.measure, (table.caption, column.title)


def test_a_column_declared_as_text_may_hold_anything_one_of_numbers_holds_numbers(tables):
    for table in tables:
        for place, column in enumerate(table.columns):
            if column.kind in {"integer", "decimal", "percent"}:
                for row in table.rows:
                    text = row[place]
                    assert NUMBER.match(text) or text in {"\u2013", "\u00b7", ""}, (
                        table.caption,
                        text,
                    )
                    assert ("%" in text) <= (column.kind == "percent")


def test_cell_origins_name_the_usulan(tables, register):
    top = tables[0]
    origins = [Origin(top.columns[4].measure, subject) for subject in top.subjects]
    assert {origin.measure for origin in origins} == {"points"}
    assert [origin.usulan for origin in origins] == [row[1].split()[0] for row in top.rows]
    assert {origin.usulan for origin in origins} <= set(register.usulan["usulan_id"])


def test_kinds_are_known_and_an_unnamed_column_is_text():
    groups = tomllib.loads(MEASURES.read_text("utf-8"))
    for columns in groups.values():
        for kind, measure in columns.values():
            assert kind in KINDS
            assert re.fullmatch(r"[a-z][a-z0-9_]*(:[a-z][a-z0-9._]*)?", measure)
    assert printed_as("partners", "nobody") == ("text", "")
    assert printed_as("partners", "top_share") == ("percent", "top_share")


def test_subjects_are_kind_and_name():
    assert about("usulan", ["A-01", "*"]) == ("usulan/A-01", "usulan/*")
    assert about("opd", []) == ()
