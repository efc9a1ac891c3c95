"""What the strongest usulan of other regions say is found once for all that read the same file."""

from dataclasses import replace
from itertools import chain

import pytest

from ksd_toolkit.atlas import EMPTY
from ksd_toolkit.matching import gathered
from ksd_toolkit.matching.gathered import Others, gathered_bytes, gathered_file, read_gathered
from ksd_toolkit.matching.indicators import cells
from ksd_toolkit.matching.profiles import SIDES, profiles
from ksd_toolkit.matching.reading import all_values
from ksd_toolkit.matching.settings import match_settings
from ksd_toolkit.matching.spoken import Spoken, SpokenUsulan, heard_in, strongest
from ksd_toolkit.stamp import Source

HERE, THERE = cells()[0], cells()[7]
SETTINGS = match_settings()
NEED, CAPACITY = SETTINGS.need_kinds[0], SETTINGS.capacity_kinds[0]


def usulan(name, kind, *of_cells, **answers):
    return SpokenUsulan(name, kind, of_cells, answers)


def spoken(code, *told):
    return Spoken(code, f"{code}/2026", True, (Source("kuesioner/a.xlsx", "0" * 64, 1),), told)


SAID = (
    spoken(
        "63.05",
        usulan("A-01", NEED, HERE, U=2.0, S=2.0, G=2.0),
        usulan("A-02", NEED, HERE, THERE, U=5.0, S=4.0),
        usulan("A-03", NEED, HERE, U=5.0, S=4.0),  # as strong as the one before
    ),
    spoken("63.06", usulan("B-01", NEED, THERE), usulan("B-02", NEED, THERE)),  # nobody rated it
    spoken("63.07", usulan("C-01", CAPACITY, HERE, TEK=3.0), usulan("C-02", NEED, HERE, G=1.0)),
)


def test_the_strongest_region_by_region_are_those_of_all_together():
    together = strongest(tuple(chain.from_iterable(heard_in(one, SETTINGS) for one in SAID)))
    assert Others(SAID).strongest(SETTINGS) == together
    assert [(one.code, one.usulan) for one in together if one.cell == HERE] == [
        ("63.05", ("A-02",)),
        ("63.07", ("C-02",)),
        ("63.07", ("C-01",)),
    ]
    assert [one.usulan for one in together if one.code == "63.06"] == [("B-01", "B-02")]


def test_without_a_region_the_others_say_the_same():
    everyone = Others(SAID)
    everyone.strongest(SETTINGS)
    fewer = replace(everyone, spoken=(SAID[0], SAID[2]))
    assert fewer.strongest(SETTINGS) == Others((SAID[0], SAID[2])).strongest(SETTINGS)


def test_other_criteria_are_heard_anew():
    others = Others(SAID)
    before = others.strongest(SETTINGS)
    asked = SETTINGS.replace(need_criteria=("G",))
    assert others.strongest(asked) == Others(SAID).strongest(asked) != before


def test_a_file_is_heard_once_and_one_that_changed_anew(tmp_path, monkeypatch):
    path = gathered_file(tmp_path, "2026")
    path.parent.mkdir()
    path.write_bytes(gathered_bytes(SAID, ()))
    assert read_gathered(tmp_path, "2026").strongest(SETTINGS) == Others(SAID).strongest(SETTINGS)
    monkeypatch.setattr(gathered, "heard_in", lambda *_: pytest.fail("heard again"))
    assert read_gathered(tmp_path, "2026").strongest(SETTINGS)
    monkeypatch.undo()
    path.write_bytes(gathered_bytes(SAID[1:], ()))
    again = read_gathered(tmp_path, "2026").strongest(SETTINGS)
    assert again == Others(SAID[1:]).strongest(SETTINGS)


def test_of_the_cells_of_an_usulan_only_its_own_word_is_left():
    heard = Others(SAID).strongest(SETTINGS)
    everyone = profiles(all_values(None, EMPTY), SETTINGS, heard)
    own = tuple(one for one in heard if one.usulan == ("A-02",) and one.cell == THERE)
    seen = everyone.with_own("63.05", own, (HERE, THERE))
    left = {(one.code, one.cell, one.side): one for one in heard if one.code != "63.05"}
    assert seen.heard == left | {("63.05", THERE, "need"): own[0]}
    assert everyone.heard == {(one.code, one.cell, one.side): one for one in heard}
    assert {seen.origin("63.05", cell, side) for cell in (HERE, THERE) for side in SIDES} == {
        "", "kuesioner",
    }  # fmt: skip
