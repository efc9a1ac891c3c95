"""Small maps beside each other: as few as there are share the whole width among them."""

import pytest

from ksd_toolkit.charts.map_block import MapWords
from ksd_toolkit.charts.map_marks import Mark
from ksd_toolkit.charts.map_panels import Panel, panels_shown
from ksd_toolkit.regions import find_region

MARKS = tuple(
    Mark(find_region(code), tone, ("isi",), marked=tone == "home")
    for code, tone in (("63.06", "home"), ("63.05", "class_1"), ("63.07", "class_5"))
)


def drawn(number):
    panels = [Panel(f"Isu {n}", MARKS) for n in range(number)]
    words = MapWords("Masalah bersama", "Peta kecil.", "Uraian.")
    [block] = panels_shown(panels, None, words, [("home", "HSS")], "id").blocks
    return block


def title_places(block):
    return [(label.x, label.y) for label in block.labels if label.text.startswith("Isu ")]


@pytest.mark.parametrize(("number", "parts"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 3)])
def test_the_frame_is_filled_by_the_panels_there_are(number, parts):
    block = drawn(number)
    middles = sorted({x for x, _ in title_places(block)})
    assert len(middles) == parts
    assert middles[0] == pytest.approx(block.width - middles[-1], abs=0.2)
    right = max(shape.x for shape in block.shapes)
    assert right > block.width * 0.6
    assert all(0 <= s.x <= block.width and 0 <= s.y <= block.height for s in block.shapes)


def test_a_row_begins_below_when_three_stand_beside_each_other():
    tops = [y for _, y in title_places(drawn(4))]
    assert tops[0] == tops[1] == tops[2] < tops[3]
