"""A map on a page: every text stays text, every outline is plain numbers, and the same facts stand in a table."""

import dataclasses
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.display import MIME, Shown, blocks_of_bundle, html_fragment
from ksd_toolkit.display.map_marks import map_path, map_tone
from ksd_toolkit.display.palette import MAP_DARK, MAP_LIGHT
from ksd_toolkit.document import (
    MAP_TONES,
    Document,
    Figure,
    Letterhead,
    MapLabel,
    MapLine,
    MapShape,
    Paragraph,
    RegionMap,
    block_from_json,
    block_to_json,
    runs,
)
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes

SHARED = Path(__file__).parents[2].parent / "shared" / "payloads.json"
HOSTILE = (
    "<script>window.PWN=1</script>",
    '"><svg onload=window.PWN=1>',
    "</title></svg><img src=x onerror=window.PWN=1>",
    "{{ 7*7 }}",
    "' onmouseover='x",
)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text outside style sheets."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text, self.open = [], "", []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def of(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]


def map_of(text="Tapin", path="M0,0L9,0L9,9Z", tone="class_3", told=None):
    shape = MapShape(
        "63.05", text, (text, text) if told is None else told, tone, 5.0, 5.0, path, 2.5
    )
    return RegionMap(
        caption=text, alt=text or "-", width=630.0, height=300.0, shapes=(shape,), key=((tone, text),),
        lines=(MapLine(0, 0, 5, 5), MapLine(5, 5, 9, 9, "leader")), labels=(MapLabel(text, 9, 9),),
        description=text, note=text, svg=SVG,
    )  # fmt: skip


def paper(*blocks):
    return Document("Peta", "", "id", Letterhead("Pemkab", "Bagian"), "1 Januari 2026", blocks)


def hostile_texts():
    shared = json.loads(SHARED.read_text(encoding="utf-8")) if SHARED.is_file() else {}
    return [*HOSTILE, *(text for texts in shared.values() for text in texts)]


def unnumbered(page):
    """Elements with the names of their attributes, without the ids of the numbers a text holds."""
    for tag, attrs in page.elements:
        is_figure = attrs.get("id", "").startswith("angka-")
        if tag != "span" or not is_figure:
            yield tag, attrs.keys() - ({"id"} if is_figure else set())


def test_each_shape_tells_about_itself_on_hover_and_in_the_table():
    page = Elements(html_fragment([map_of(told=("Peringkat 2", "berbatasan"))]))
    assert "Tapin: Peringkat 2; berbatasan" in page.text  # <title>: what a browser shows on hover
    assert page.text.count("Peringkat 2") == 3  # hover, the line under the map, the table
    assert page.of("path")[1]["d"] == "M0,0L9,0L9,9Z"
    (shape,) = [g for g in page.of("g") if "ksd-map-shape" in g.get("class", "")]
    assert shape["tabindex"] == "0"
    assert "ksd-map-class_3" in shape["class"]
    assert not page.of("script")


def test_a_map_of_the_country_has_no_five_hundred_stops_for_the_keyboard():
    one = map_of().shapes[0]
    many = dataclasses.replace(map_of(), shapes=(one,) * 61)
    page = Elements(html_fragment([many]))
    assert not [g for g in page.of("g") if "tabindex" in g]
    (drawing, *_) = page.of("svg")
    assert drawing["role"] == "img"


@pytest.mark.parametrize("text", hostile_texts())
def test_a_hostile_text_on_a_map_stays_text(text):
    for write in (lambda block: html_fragment([block]), lambda block: html_text(paper(block))):
        read, plain = Elements(write(map_of(text))), Elements(write(map_of("x")))
        assert [tag for tag, _ in unnumbered(read)] == [tag for tag, _ in unnumbered(plain)]
        assert not any(name.startswith("on") for _, attrs in read.elements for name in attrs)
        assert all(
            mine == others
            for (_, mine), (_, others) in zip(unnumbered(read), unnumbered(plain), strict=True)
        )


@pytest.mark.parametrize(
    "path",
    [
        'M0,0L1,1Z"/><script>x</script>',
        "M0 0 L url(http://127.0.0.1:9)",
        "m0,0",
        "M0,0\nL1,1Z",
        5,
        None,
        ["M0,0"],
    ],
)
def test_an_outline_that_is_no_outline_is_not_drawn(path):
    assert map_path(path) == ""
    page = Elements(html_fragment([map_of(path=path)]))
    assert len(page.of("path")) == 1  # the line of the hatching
    assert page.of("circle")


def test_a_tone_we_do_not_know_is_plain_land():
    assert map_tone("class_1") == "class_1"
    assert map_tone("x onload") == map_tone(["home"]) == map_tone(None) == "land"


@pytest.mark.parametrize("value", ["9", None, float("nan"), float("inf"), [1], True])
@pytest.mark.parametrize("name", ["width", "height"])
def test_a_measure_that_is_no_number_is_refused(name, value):
    with pytest.raises(TypeError):
        block_from_json(block_to_json(map_of()) | {name: value})


@pytest.mark.parametrize(
    ("part", "name"), [("shapes", "x"), ("shapes", "radius"), ("lines", "x2"), ("labels", "y")]
)
def test_a_place_that_is_no_number_is_refused(part, name):
    data = json.loads(json.dumps(block_to_json(map_of())))
    data[part][0][name] = '9" onload="x'
    with pytest.raises(TypeError):
        block_from_json(data)


def leaves(data, path=()):
    """The place of every part of a JSON value."""
    yield path
    children = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, part in children:
        yield from leaves(part, (*path, key))


TAMPERED = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}),
    st.just(["x", "y", "z"]), st.just("<script>x</script>"),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_tampered_map_is_refused_or_stays_harmless(data):
    facts = json.loads(json.dumps(block_to_json(map_of())))
    *way, last = data.draw(
        st.sampled_from([path for path in leaves(facts) if path and path[0] != "kind"])
    )
    part = facts
    for key in way:
        part = part[key]
    part[last] = data.draw(TAMPERED)
    try:
        block = block_from_json(facts)
    except (KeyError, TypeError):
        return
    page = Elements(html_fragment([block]))
    assert not page.of("script")


def test_jupyter_and_the_paper_show_the_same_map():
    bundle = json.loads(json.dumps(Shown(map_of())._repr_mimebundle_()))
    assert list(blocks_of_bundle(bundle)) == [map_of()]
    assert bundle["text/plain"] == "[peta] Tapin: Tapin"
    drawing = bundle["text/html"].split("<svg", 1)[1].split("</svg>", 1)[0]
    assert drawing in html_text(paper(map_of()))
    assert SVG not in bundle["text/html"]  # the drawing for print is not shown twice
    assert MIME in bundle


def test_only_a_page_with_a_map_carries_the_style_of_maps():
    assert "ksd-map" not in html_fragment([Paragraph(runs("x"))])
    assert "--ksd-map-class-1" in html_fragment([map_of()])
    assert "ksd-map" not in html_text(paper(Paragraph(runs("x"))))


def test_maps_and_figures_are_counted_together():
    page = html_text(paper(Figure("Satu", SVG, "satu"), map_of("Dua"), Figure("Tiga", SVG, "tiga")))
    assert [f"Gambar {n}." in page for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_two_maps_on_a_page_name_their_hatching_apart():
    page = Elements(html_text(paper(map_of("A", tone="unknown"), map_of("B", tone="unknown"))))
    names = [pattern["id"] for pattern in page.of("pattern")]
    assert len(set(names)) == 2
    assert page.of("circle")[0]["fill"] == f"url(#{names[0]})"


def test_every_tone_has_a_colour_by_day_and_by_night():
    tones = {f"map_{tone}" for tone in MAP_TONES}
    assert tones <= MAP_LIGHT.keys()
    assert MAP_LIGHT.keys() == MAP_DARK.keys()


def test_the_map_is_typeset_with_its_words():
    assert pdf_bytes(paper(map_of()), date(2026, 1, 1)).startswith(b"%PDF")
