"""What is kept of a line of text is what matplotlib finds each time."""

from io import BytesIO

import pytest
from matplotlib.figure import Figure
from matplotlib.textpath import TextToPath

from ksd_toolkit.charts.canvas import Canvas
from ksd_toolkit.charts.lettering import POINTS_PER_INCH, drawable, font, text_width
from ksd_toolkit.charts.marks import Words
from ksd_toolkit.charts.shaping import SHAPING
from ksd_toolkit.messages.catalogue import LANGUAGES, _catalogue

TEXTS = sorted({text[:60] for lang in LANGUAGES for text in _catalogue(lang).values()})


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
@pytest.mark.parametrize("size", [7, 9.5])
def test_a_line_is_as_wide_as_matplotlib_measures_it(weight, size):
    peer, asked = TextToPath(), font(size, weight)
    for text in map(drawable, TEXTS[::7]):
        width, _, _ = peer.get_text_width_height_descent(text, asked, ismath=False)
        assert text_width(text, size, weight) == pytest.approx(width / POINTS_PER_INCH, abs=1e-4), (
            text
        )


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
def test_a_line_that_ends_after_a_word_is_as_wide_as_that_line_alone(weight):
    asked = font(9.5, weight)
    for text in ("fi f i AV Yo. W A", "satu", *filter(str.split, TEXTS[::29])):
        words = drawable(text).split()
        lines = [" ".join(words[: number + 1]) for number in range(len(words))]
        assert SHAPING.widths(lines[-1], asked) == [SHAPING.width(line, asked) for line in lines]


@pytest.mark.parametrize(
    "text", ["Kerja sama AVATAR, fi ffl", "Å É ñ", " ", "", "1.234,5 %", "A" * 200]
)
def test_letters_and_outlines_are_those_of_matplotlib(text):
    for _ in range(2):  # the second time they are kept
        asked = font(9, "Regular")
        file = SHAPING._get_font(asked)
        ours, new, rules = SHAPING.get_glyphs_with_font(file, text, {}, return_new_glyphs_only=True)
        theirs, outlines, none = TextToPath().get_glyphs_with_font(file, text, {}, True)
        assert (ours, rules) == (theirs, none)
        assert list(new) == list(outlines)
        for name, (places, codes) in outlines.items():
            assert (new[name][0] == places).all()
            assert (new[name][1] == codes).all()


def test_letters_already_drawn_are_not_told_again():
    file = SHAPING._get_font(font(9, "Regular"))
    _, first, _ = SHAPING.get_glyphs_with_font(file, "abc", {}, return_new_glyphs_only=True)
    _, second, _ = SHAPING.get_glyphs_with_font(file, "abcd", first, return_new_glyphs_only=True)
    assert (len(first), len(second)) == (3, 1)


def test_a_sheet_is_the_same_picture_with_and_without_what_is_kept(monkeypatch):
    def drawn():
        canvas = Canvas(1)
        canvas.text(0.2, 0.4, "Layanan rujukan lintas batas", weight="Semibold")
        canvas.text(0.2, 0.7, "Layanan rujukan lintas batas")
        return canvas.svg()

    kept = drawn()
    monkeypatch.setattr("ksd_toolkit.charts.marks.draw_shaped", lambda _: None)
    assert drawn() == kept


def test_other_pictures_of_a_process_are_drawn_by_matplotlib_alone():
    figure = Figure()
    figure.add_artist(Words(0.1, 0.1, "abc", font(9, "Regular"), "#000000"))
    figure.savefig(BytesIO(), format="svg")
    assert TextToPath().get_glyphs_with_font.__self__ is not SHAPING
