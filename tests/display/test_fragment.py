import json
import unicodedata
from html.parser import HTMLParser

import pytest
from block_strategies import BLOCKS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from ksd_toolkit.display import MIME, Shown, blocks_of_bundle, html_fragment
from ksd_toolkit.display.fragment import template_engine
from ksd_toolkit.display.hostile import legible, safe_href
from ksd_toolkit.display.palette import DARK, LIGHT
from ksd_toolkit.document import (
    BLOCKS as KINDS,
)
from ksd_toolkit.document import (
    Callout,
    Column,
    Figure,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Provenance,
    Run,
    Table,
    block_from_json,
    block_to_json,
    runs,
)

VOID = {"img", "meta", "br"}


class Tags(HTMLParser):
    """The elements of a page in order; fails on an end tag that closes nothing."""

    def __init__(self, page):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]


@settings(deadline=None)
@given(BLOCKS)
def test_every_block_survives_json(block):
    assert block_from_json(json.loads(json.dumps(block_to_json(block)))) == block


@settings(deadline=None)
@given(BLOCKS)
def test_a_notebook_bundle_carries_the_block_and_well_formed_html(block):
    bundle = json.loads(json.dumps(Shown(block)._repr_mimebundle_()))
    assert list(blocks_of_bundle(bundle)) == [block]
    tags = Tags(bundle["text/html"])
    assert tags.open == []
    assert {tag for tag, _ in tags.elements}.isdisjoint({"script", "iframe", "object", "form"})
    assert MIME in bundle


@settings(max_examples=10, deadline=None)
@given(BLOCKS)
def test_the_strategies_know_every_kind(block):
    assert block.kind in KINDS


def test_a_table_names_its_rows_and_columns():
    table = Table("Judul", (Column("Usulan"), Column("Nilai", "right")), (("A", "1"),), "Catatan.")
    page = html_fragment([table])
    tags = Tags(page)
    assert [attrs["scope"] for attrs in tags.of("th")] == ["col", "col", "row"]
    assert "<caption>Judul</caption>" in page
    assert "Catatan." in page


def test_a_figure_is_an_image_with_its_words():
    page = html_fragment([Figure("Judul", "<svg/>", "Satu kalimat.", "Uraian panjang.")], "en")
    (image,) = Tags(page).of("img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    assert image["alt"] == "Satu kalimat."
    assert "<summary>Description of the figure</summary><p>Uraian panjang.</p>" in page
    assert "<figcaption>Judul</figcaption>" in page


@pytest.mark.parametrize(
    ("marker", "tag"), [("bullet", "<ul>"), ("number", "<ol>"), ("letter", '<ol type="a">')]
)
def test_a_list_has_its_marker(marker, tag):
    assert tag in html_fragment([Items((runs("satu"),), marker)])


def test_boxes_and_numbers_have_their_elements():
    page = html_fragment(
        [
            Callout("Judul", (runs("isi"),), "warning"),
            Callout("", (runs("kata"),), "quote"),
            KeyFigures((KeyFigure("48", "usulan", "catatan"),)),
            Provenance("baris", (("a.csv", "f" * 64, "3"),)),
        ]
    )
    tags = Tags(page)
    assert tags.of("aside")
    assert tags.of("blockquote")
    assert tags.of("dl")
    assert tags.of("details")
    assert "f" * 16 in page
    assert "f" * 17 not in page


@pytest.mark.parametrize(
    ("href", "is_kept"),
    [
        ("https://contoh.go.id/a?b=1#c", True),
        ("http://contoh.go.id", True),
        ("mailto:ppid@contoh.go.id", True),
        ("#bagian-2", True),
        ("HTTPS://CONTOH.GO.ID", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://contoh.go.id", False),
        ("//contoh.go.id", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("laporan.html", False),
        ('https://a"onclick="x', False),
        ("", False),
    ],
)
def test_only_safe_links_become_links(href, is_kept):
    assert bool(safe_href(href)) == is_kept
    page = html_fragment([Paragraph((Run("teks", href=href),))])
    assert bool(Tags(page).of("a")) == is_kept
    assert "teks" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nama\u202etxt.exe", "namatxt.exe"),
        ("De\u0301sa", "D\u00e9sa"),
        ("a\x00b\tc\u2028d", "a b c d"),
        ("\ud800", "\ufffd"),
        ("\u200bkosong\ufeff", "kosong"),
        ("<b>", "<b>"),
    ],
)
def test_hidden_letters_are_taken_out(text, shown):
    assert legible(text) == shown
    assert legible(legible(text)) == shown


def test_line_ends_stay_where_a_cell_may_hold_them():
    assert legible("a\nb\x07", keep_lines=True) == "a\nb "


def letter_by_letter(text, *, keep_lines):
    """The same by what Unicode calls each letter, one after another."""
    shown = ""
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in {"Cc", "Zl", "Zp"}:
            shown += "\n" if keep_lines and letter == "\n" else " "
        elif kind in {"Cs", "Co", "Cn"}:
            shown += "\ufffd"
        elif kind != "Cf":
            shown += letter
    return unicodedata.normalize("NFC", shown)


@given(
    st.text()
    | st.text("a \n\t\u00a0\u202f\u3000\u200b\u2028\u00e9e\u0301", min_size=1, max_size=4),
    st.booleans(),
)
@example("a\u200bb", True)
@example("a\nb", False)
def test_a_text_is_read_as_letter_by_letter(text, keep_lines):
    assert legible(text, keep_lines=keep_lines) == letter_by_letter(text, keep_lines=keep_lines)


def test_a_forgotten_value_is_an_error():
    with pytest.raises(UndefinedError):
        template_engine().from_string("{{ forgotten }}").render()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_its_ground_meets_wcag_aa(colours):
    pairs = [
        *((text, "paper") for text in ("ink", "muted", "teal", "accent", "green")),
        *((text, "shade") for text in ("ink", "muted", "teal")),
        *((tone, f"{tone}_shade") for tone in ("teal", "accent", "green")),
        *(("ink", f"{tone}_shade") for tone in ("teal", "accent", "green")),
        ("on_accent", "accent"),
    ]
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def _contrast(one, other):
    """WCAG 2.2, relative luminance."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
