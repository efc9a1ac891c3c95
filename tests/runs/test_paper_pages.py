"""Printed pages of every paper of the sample: nothing sticks out of a page and no heading stands last on one."""

import pypdfium2
import pytest

pytestmark = pytest.mark.slow

FOOT = 62.0  # points: the stamp and the page number stand below
HEADING = 30.0  # points a heading of one line takes, and a little spare


def read_pages(path):
    """Of each page its size and the boxes of its lines and drawings; of each bookmark its page and height."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = []
        for page in pdf:
            text = page.get_textpage()
            lines = [text.get_rect(number) for number in range(text.count_rects())]
            drawn = [one.get_bounds() for one in page.get_objects(max_depth=1) if one.type != 1]
            pages.append((page.get_size(), lines, drawn))
        marks = []
        for entry in pdf.get_toc():
            place = entry.get_dest()
            marks.append((entry.get_title(), place.get_index(), place.get_view()[1][1]))
    return pages, marks


def left_alone(pages, marks):
    """The headings with nothing below them on their page."""
    for title, number, top in marks:
        _, lines, drawn = pages[number]
        if not any(FOOT < box[1] < top - HEADING for box in (*lines, *drawn)):
            yield number + 1, title


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_line_leaves_its_page_and_no_heading_stands_last(two_runs, english_run, lang):
    folder = {"id": two_runs.first, "en": english_run}[lang].folder
    outside, alone, headings = [], [], 0
    for path in sorted(folder.rglob("*.pdf")):
        pages, marks = read_pages(path)
        headings += len(marks)
        alone += [(path.name, *found) for found in left_alone(pages, marks)]
        outside += [
            (path.name, number)
            for number, ((width, height), lines, _) in enumerate(pages, start=1)
            for left, bottom, right, top in lines
            if left < 0 or bottom < 0 or right > width or top > height
        ]
    assert headings > 100
    assert (outside, alone) == ([], [])


def test_a_heading_that_stands_last_is_found():
    page = (
        (595.0, 842.0),
        [(60.0, 700.0, 300.0, 712.0), (60.0, 80.0, 300.0, 95.0), (60.0, 40.0, 300.0, 50.0)],
        [],
    )
    marks = [("Di atas", 0, 715.0), ("Terakhir", 0, 97.0)]
    assert list(left_alone([page], marks)) == [(1, "Terakhir")]
