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


def marks(*drawings, scale=1.0):
    """Three marks for each drawing: wanted at, stands at, its height, ends at; each a page and a place."""
    told = []
    for wanted, stands, height, ends in drawings:
        told += [
            {"page": page, "y": y, "foot": 800.0} | extra
            for (page, y), extra in (
                (wanted, {}),
                (stands, {"height": height, "scale": scale}),
                (ends, {}),
            )
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
    blocks, drawings = room("heading", "figure", "heading")
    assert drawings.adjusted(marks(MISSED))
    assert drawings.adjusted(marks(MISSED))
    assert blocks[1]["share"] == 0.7
    assert drawings.arrangement == [[(0, 1.0), (1, 0.7), (2, 1.0)]]
    assert drawings.adjusted(marks(MISSED))
    assert blocks[1]["share"] == 1.0
    assert not drawings.adjusted(marks(MISSED))


def test_what_follows_goes_first_where_no_size_helps_and_never_past_a_heading():
    tall = ((1, 600.0), (2, TOP), 500.0, (2, TOP + 540.0))
    blocks, drawings = room("figure", "paragraph", "heading", "paragraph")
    assert drawings.adjusted(marks(tall))
    assert order(blocks) == [1, 0, 2, 3]
    assert drawings.arrangement == [[(1, 1.0), (0, 1.0), (2, 1.0), (3, 1.0)]]
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


# --- two drawings below each other, and a drawing that goes before what precedes it -------------------

FIRST = ((2, 90.0), (2, TOP), 300.0, (2, 440.0))  # stands where it is wanted


def test_two_drawings_below_each_other_become_smaller_together():
    blocks, drawings = room("heading", "figure", "figure", "heading")
    second = (
        (2, 440.0),
        (3, TOP),
        420.0,
        (3, TOP + 450.0),
    )  # 450 wanted, 342 there: 108 less of 720
    assert drawings.adjusted(marks(FIRST, second))
    assert blocks[2]["share"] == pytest.approx(1 - 108 / 420)  # alone first
    assert drawings.adjusted(marks(FIRST, second))
    assert blocks[2]["share"] == 0.7
    assert drawings.adjusted(marks(FIRST, second))
    assert [blocks[n]["share"] for n in (1, 2)] == pytest.approx([1 - 108 / 720] * 2)
    assert not drawings.adjusted(marks(FIRST, ((2, 395.0), (2, 415.0), 357.0, (2, 790.0))))
    assert [blocks[n]["share"] for n in (1, 2)] == pytest.approx([0.85] * 2)


def test_the_drawing_before_is_as_it_was_where_both_smaller_did_not_help():
    blocks, drawings = room("heading", "figure", "figure", "heading")
    second = ((2, 440.0), (3, TOP), 420.0, (3, TOP + 450.0))
    for _ in range(4):
        assert drawings.adjusted(marks(FIRST, second))
    assert [blocks[n]["share"] for n in (1, 2)] == [1.0, 1.0]
    assert not drawings.adjusted(marks(FIRST, second))


TALL = ((1, 600.0), (2, TOP), 500.0, (2, TOP + 540.0))


def test_a_drawing_goes_before_what_precedes_it_but_not_right_below_the_heading():
    blocks, drawings = room("heading", "paragraph", "table", "figure", "heading")
    assert drawings.adjusted(marks(TALL))
    assert order(blocks) == [0, 1, 3, 2, 4]
    assert not drawings.adjusted(marks(((1, 100.0), (1, 118.0), 500.0, (1, 660.0))))
    assert order(blocks) == [0, 1, 3, 2, 4]
    blocks, drawings = room("heading", "paragraph", "figure", "heading")
    assert not drawings.adjusted(marks(TALL))


def test_a_line_that_announces_the_next_block_is_not_parted_from_it():
    blocks, drawings = room("heading", "paragraph", "paragraph", "figure", "heading")
    blocks[2]["announces"] = True
    assert not drawings.adjusted(marks(TALL))  # the line above announces the drawing
    blocks, drawings = room("heading", "paragraph", "paragraph", "table", "figure", "heading")
    blocks[2]["announces"] = True
    assert drawings.adjusted(marks(TALL))
    assert order(blocks) == [0, 1, 4, 2, 3, 5]  # before the line, not between it and its table
    blocks, drawings = room("heading", "figure", "paragraph", "paragraph", "heading")
    blocks[2]["announces"] = True
    assert drawings.adjusted(marks(TALL))
    assert order(blocks) == [0, 2, 3, 1, 4]


def test_two_charts_that_miss_one_page_together_share_it():
    blocks = (
        Heading(1, runs("A")),
        *lines(1),
        chart(240),
        chart(220),
        Heading(1, runs("B")),
        *lines(9),
    )
    pages = pdf_pages(pdf_bytes(paper(*blocks), DATED))
    assert "Gambar 2" in pages[0]


def test_a_drawing_is_never_too_small_to_read():
    blocks, drawings = room("heading", "figure", "heading")
    assert not drawings.adjusted(marks(MISSED, scale=0.7))  # 0.81 of 0.7 would be below 0.66
    assert blocks[1]["share"] == 1.0
    blocks, drawings = room("heading", "figure", "heading")
    assert drawings.adjusted(marks(MISSED, scale=0.9))
    assert drawings.adjusted(marks(MISSED, scale=0.9))
    assert blocks[1]["share"] == pytest.approx(0.66 / 0.9)
