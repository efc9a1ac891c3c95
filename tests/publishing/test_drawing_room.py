"""A drawing leaves no white page end behind: it is drawn a little smaller, or what follows goes first."""

from dataclasses import replace
from datetime import date

import pytest
from formal_paper import decree
from page_boxes import FOOT, letter_boxes
from readings import pdf_pages

from ksd_toolkit.document import Figure, Heading, Paragraph, runs
from ksd_toolkit.publishing.drawing_room import DrawingRoom
from ksd_toolkit.publishing.pdf import pdf_bytes

DATED = date(2026, 11, 23)
TOP = 100.0
MORE = " Isinya tiga baris, seperti uraian biasa di naskah kebijakan" * 4


def chart(height):
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {height}">'
        f'<rect width="400" height="{height}" fill="#0b4f57"/></svg>'
    )
    return Figure("Bidang", drawing, "Bidang berwarna.")


def lines(count, word="Baris", more=""):
    return [Paragraph(runs(f"{word} {n} sebelum atau sesudah gambar.{more}")) for n in range(count)]


def paper(*blocks):
    changes = {"banner": "", "watermark": "", "title": "Laporan", "subtitle": ""}
    return replace(decree(0, "A4", "policy"), blocks=blocks, contents=False, **changes)


def white_of(content):
    """What the first page has left above its foot, as a part of the page; the drawing itself has no letters."""
    (_, height), boxes = next(letter_boxes(content))
    return (min(box[1] for box in boxes if box[1] > FOOT) - FOOT) / height


@pytest.mark.parametrize("before", range(8, 24, 3))
def test_what_follows_a_drawing_fills_the_page_it_does_not_fit(before):
    content = pdf_bytes(paper(*lines(before), chart(230), *lines(40, "Kalimat", MORE)), DATED)
    assert white_of(content) < 0.14
    text = " ".join(pdf_pages(content))
    assert [text.index(f"Kalimat {n} ") for n in range(40)] == sorted(
        text.index(f"Kalimat {n} ") for n in range(40)
    )
    assert text.count("Gambar 1") == 1


def test_a_drawing_that_just_misses_a_page_stays_on_it_a_little_smaller():
    stays = [
        "Gambar 1" in pdf_pages(pdf_bytes(paper(*lines(before), chart(230), Heading(1, runs("B"))), DATED))[0]
        for before in range(6, 20)
    ]  # fmt: skip
    assert stays == sorted(stays, reverse=True)
    assert stays.count(True) >= 11  # eight of these fourteen have room for its full size


# --- worked by hand: pages end at 800, white counts from 80 points on, 18 are kept above -------------


def marks(*drawings):
    """Three marks for each drawing: wanted at, stands at, its height, ends at; each a page and a place."""
    told = []
    for wanted, stands, height, ends in drawings:
        told += [
            {"page": page, "y": y, "foot": 800.0} | extra
            for (page, y), extra in ((wanted, {}), (stands, {"height": height}), (ends, {}))
        ]
    return told


def room(*kinds):
    """A paper of blocks of these kinds, numbered, and its drawings' room."""
    blocks = [{"kind": kind, "n": n} for n, kind in enumerate(kinds)]
    return blocks, DrawingRoom({"parts": [{"blocks": blocks}]})


def order(blocks):
    return [block["n"] for block in blocks]


MISSED = ((1, 500.0), (2, TOP), 300.0, (2, TOP + 340.0))  # 340 wanted, 282 there: 58 less of 300
STAYS = ((1, 500.0), (1, 520.0), 242.0, (1, 798.0))


def test_a_drawing_is_made_as_much_smaller_as_the_page_asks():
    blocks, drawings = room("paragraph", "figure", "heading")
    assert drawings.adjusted(marks(MISSED))
    assert blocks[1]["share"] == pytest.approx(1 - 58 / 300)
    assert not drawings.adjusted(marks(STAYS))
    assert blocks[1]["share"] == pytest.approx(1 - 58 / 300)


def test_where_a_footnote_is_in_the_way_the_smallest_size_is_tried_then_its_own_again():
    blocks, drawings = room("paragraph", "figure", "heading")
    assert drawings.adjusted(marks(MISSED))
    assert drawings.adjusted(marks(MISSED))
    assert blocks[1]["share"] == 0.7
    assert drawings.adjusted(marks(MISSED))
    assert blocks[1]["share"] == 1.0
    assert not drawings.adjusted(marks(MISSED))


def test_what_follows_goes_first_where_no_size_helps_and_never_past_a_heading():
    tall = ((1, 600.0), (2, TOP), 500.0, (2, TOP + 540.0))
    blocks, drawings = room("figure", "paragraph", "heading", "paragraph")
    assert drawings.adjusted(marks(tall))
    assert order(blocks) == [1, 0, 2, 3]
    worse = ((1, 590.0), (2, TOP), 500.0, (2, TOP + 540.0))
    assert drawings.adjusted(marks(worse))  # more white than before: as it was
    assert order(blocks) == [0, 1, 2, 3]
    assert not drawings.adjusted(marks(tall))


@pytest.mark.parametrize(
    "place",
    [
        ((1, 500.0), (1, 520.0), 200.0, (1, 760.0)),  # fits
        ((1, 730.0), (2, TOP), 300.0, (2, 440.0)),  # leaves 70 points: strikes no eye
        ((1, 500.0), (2, TOP), 0.0, (2, TOP)),  # has no height
    ],
)
def test_a_drawing_that_leaves_no_white_is_left_alone(place):
    blocks, drawings = room("figure", "heading")
    assert not drawings.adjusted(marks(place))
    assert blocks[0]["share"] == 1.0


def test_a_paper_without_drawings_has_nothing_to_adjust():
    _, drawings = room("paragraph")
    assert not drawings
