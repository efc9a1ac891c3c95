"""Names over marks: beside each other, tied to their mark, or left to a legend; colours of the palette only."""

import math
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.answers.quality import quality
from ksd_toolkit.charts import (
    agreement,
    completeness,
    evaluation,
    likert,
    mapping,
    radar,
    schedule,
)
from ksd_toolkit.charts.canvas import SMALL, WIDTH
from ksd_toolkit.charts.legend import LINE, key_of, key_of_scale
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.charts.placing import Box
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.display.recolouring import recoloured
from ksd_toolkit.document import Style
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.evaluation import review
from ksd_toolkit.register import read_register
from tests.charts.drawn_texts import box_of, watch
from tests.scoring.conftest import proposal_of, register_of
from tests.small_project import new_project

ROOT = Path(__file__).parents[2]
COLOURS = re.compile(r"#[0-9a-fA-F]{6}(?![0-9a-fA-F])")
NAMES = ("maturity", "issues", "likert", "tkksd", "pairs", "offices", "questions", "gantt", "radar", "profile", "classes")  # fmt: skip
BARE = {"#000000", "#ffffff"}


# --- where names stand --------------------------------------------------------------------------


def test_a_name_stands_over_the_middle_of_its_mark():
    key = key_of([("satu", "#0b4f57"), ("dua", "#e08a2e")], {"satu": (1, 2), "dua": (3, 5)})
    assert [(x, tie, name) for x, tie, name in key.above] == [(1.5, 1.5, "satu"), (4, 4, "dua")]
    assert key.entries == ()
    assert math.isclose(key.height, LINE + 0.04)


def test_what_has_no_mark_in_the_first_row_is_left_to_the_legend():
    key = key_of([("satu", "#0b4f57"), ("dua", "#e08a2e")], {"satu": (1, 2)})
    assert [name for _, _, name in key.above] == ["satu"]
    assert key.entries == (("dua", "#e08a2e"),)


def test_names_that_would_lose_their_marks_are_all_told_by_the_legend():
    entries = [(f"sebuah nama yang panjang {n}", "#0b4f57") for n in range(4)]
    key = key_of(entries, {name: (2 + n / 10, 2.1 + n / 10) for n, (name, _) in enumerate(entries)})
    assert key.above == ()
    assert key.entries == tuple(entries)


def test_a_scale_is_told_together():
    steps = [("tingkat 0", "#0b4f57"), ("1", "#e08a2e"), ("2", "#e8d9a8")]
    row = {"tingkat 0": (1, 3), "1": (3, 5)}
    assert [name for *_, name in key_of_scale(steps, row, ["tingkat 0", "1"]).above] == list(row)
    # A step of another row, or no step that says what is counted: all stand in the legend.
    for there, used in ((row, ["tingkat 0", "1", "2"]), ({"1": (3, 5)}, ["1"]), ({}, [])):
        key = key_of_scale(steps, there, used)
        assert key.above == ()
        assert key.entries == tuple(steps)


def test_nothing_to_name_takes_no_room():
    assert key_of([], {}).height == 0


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6), st.data())
def test_names_stand_apart_on_the_sheet_and_touch_their_marks(parts, data):
    texts = st.text("abc ", min_size=1, max_size=12).filter(str.strip)
    names = data.draw(st.lists(texts, min_size=len(parts), max_size=len(parts), unique=True))
    spans, done, whole = {}, 1.0, sum(parts)
    for name, part in zip(names, parts, strict=True):
        spans[name] = (done, done + part / whole * (WIDTH - 1))
        done = spans[name][1]
    key = key_of([(name, "#0b4f57") for name in names], spans)
    boxes = [(x - text_width(n, SMALL) / 2, x + text_width(n, SMALL) / 2) for x, _, n in key.above]
    assert {name for _, _, name in key.above} | {name for name, _ in key.entries} == set(names)
    for (_, right), (left, _) in pairwise(boxes):
        assert right < left
    for (left, right), (_, tie, name) in zip(boxes, key.above, strict=True):
        assert -0.01 <= left <= right <= WIDTH + 0.01
        assert left - 0.001 <= tie <= right + 0.001
        assert spans[name][0] - 0.001 <= tie <= spans[name][1] + 0.001


# --- the charts of the sample -------------------------------------------------------------------


@pytest.fixture(scope="module")
def found(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("sample"))
    register = read_register(open_dossier("hulu-sungai-selatan/2026", home=home))
    return register, quality(register), review(register), prepare(register.dossier)


@pytest.fixture
def texts(monkeypatch):
    return watch(monkeypatch)


def chart(found, name, lang):
    register, checked, reviewed, prepared = found
    return {
        "maturity": lambda: mapping.maturity(register, lang),
        "issues": lambda: mapping.issues(register, lang),
        "likert": lambda: likert.scores(checked, "OPD", "internal", lang),
        "tkksd": lambda: likert.scores(checked, "TKKSD", lang=lang),
        "pairs": lambda: agreement.by_office(checked, "internal", lang=lang),
        "offices": lambda: completeness.by_office(checked, lang=lang),
        "questions": lambda: completeness.by_question(checked, lang=lang),
        "gantt": lambda: schedule.gantt(prepared, lang),
        "radar": lambda: radar.problems(register, lang),
        "profile": lambda: evaluation.profile(reviewed, lang),
        "classes": lambda: evaluation.achievements(reviewed, lang),
    }[name]().blocks[0]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_covers_another_and_every_colour_is_one_of_the_palette(found, texts, name, lang):
    figure = chart(found, name, lang)
    placed = [(mark.text, box_of(mark, 0.9)) for _, mark in texts]
    canvas = texts[0][0]
    for told, box in placed:
        assert Box(-0.01, -0.01, canvas.width + 0.02, canvas.height + 0.02).holds(box), told
    for (told, one), (also, other) in combinations(placed, 2):
        assert not one.covers(other), (told, also)
    assert {colour.lower() for colour in COLOURS.findall(figure.svg)} <= {*BASE.values(), *BARE}


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_that_names_every_colour_leaves_none_of_ours(found, name):
    own = {colour: f"#{n:02x}ff{n:02x}" for n, colour in enumerate(BASE, start=1)}
    svg = recoloured(chart(found, name, "id").svg, Style(colours=tuple(own.items())))
    assert {colour.lower() for colour in COLOURS.findall(svg)} <= {*own.values(), *BARE}


def test_what_the_sample_leaves_to_a_legend(found, monkeypatch):
    left = {}
    for module in (mapping, schedule, completeness):
        monkeypatch.setattr(
            module, "draw_legend", lambda _, entries: left.__setitem__(name, len(entries))
        )
    for name in ("issues", "gantt", "questions"):
        chart(found, name, "id")
    assert left["gantt"] == 0
    assert left["questions"] == 1  # a part of 2 % has no room for "tidak berlaku"


def test_levels_nobody_answered_need_no_name(tmp_path):
    empty = mapping.maturity(register_of(new_project(tmp_path).dossier, proposal_of("DINKES-01")))
    assert "<svg" in empty.blocks[0].svg
