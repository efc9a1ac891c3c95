"""Formal papers as PDF: archivable, readable aloud, linked inside, deaf to what texts ask for."""

import base64
import http.server
import io
import os
import re
import struct
import subprocess
import sys
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest
from formal_paper import LAW, decree
from hostile_texts import OWN, SHARED, shared_texts
from readings import pdf_links, pdf_pages, pdf_tags, pdf_text, squeezed

from ksd_toolkit.document import (
    Annex,
    Clause,
    Clauses,
    Column,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    Particulars,
    References,
    RegionMap,
    Run,
    Signatory,
    Signatures,
    Style,
    Table,
    refer,
    runs,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.crest import crest_svg
from ksd_toolkit.publishing.fonts import FAMILIES
from ksd_toolkit.publishing.pdf import pdf_bytes, printable
from ksd_toolkit.theme.knowledge import allowed

DATED = date(2026, 11, 23)
# See test_paper_pdf.py: a false alarm of page-validation 0.11, checked there by another reader.
FALSE_RULE = "STREAM-LENGTH"
FORBIDDEN = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/OpenAction",
    "/AA",
}
SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{}</svg>"
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


def png(width, height):
    """A grey picture as the address a letterhead holds."""
    lines = (b"\0" + b"\x80" * width) * height
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    data = b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + data).decode()


def paper(*blocks, **changes):
    return replace(decree(0), blocks=blocks, **changes)


def printed(document):
    return pdf_bytes(document, DATED)


@pytest.fixture(scope="module")
def sheets():
    return printed(decree(5))


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("layout", ["formal", "policy"])
def test_a_decree_is_accessible_and_archivable(profile, layout, tmp_path):
    file = tmp_path / "decree.pdf"
    file.write_bytes(printed(decree(3, layout=layout)))
    result = page.validate_pdf(str(file), profile=page.ValidationProfile(profile))
    assert result.rules.total > 0
    assert [f.rule_id for f in result.failures if FALSE_RULE not in f.rule_id] == []
    with pikepdf.open(file) as opened:
        assert opened.check_pdf_syntax() == []


def test_the_same_decree_gives_the_same_bytes_also_in_threads(sheets):
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(printed, [decree(5), decree(1), decree(5)]))
    assert made[0] == made[2] == sheets
    assert made[1] != sheets


def test_every_font_of_a_theme_is_one_of_ours():
    assert set(allowed()["fonts"]) == set(FAMILIES)


FORKING = """
import os, sys
sys.path.insert(0, sys.argv[1])
from datetime import date
from formal_paper import decree
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.pdf import pdf_bytes
pdf_bytes(decree(0), date(2026, 1, 1))
child = os.fork()
if child == 0:
    try:
        pdf_bytes(decree(0), date(2026, 1, 1))
    except RunError as error:
        os._exit(7 if error.code == "typesetting.after_fork" else 1)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_is_told_instead_of_waiting_for_ever():
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", FORKING, here], timeout=60, check=False)
    assert done.returncode == 7


# --- where a reader is led -------------------------------------------------------------------


def test_sections_and_annexes_are_bookmarks(sheets):
    with pikepdf.open(io.BytesIO(sheets)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Keterangan", "Rujukan", "Lampiran I. Daftar kerja sama",
            "Lampiran II. Yang menandatangani",
        ]  # fmt: skip


def test_a_list_of_contents_names_pages():
    first = pdf_pages(printed(decree(2, layout="policy")))[0]
    assert squeezed("Isi") in squeezed(first)
    lines = [squeezed(line) for line in first.splitlines()]
    (annex,) = (line for line in lines if line.startswith("LampiranII"))
    assert annex.rstrip("0123456789").endswith(".")
    assert annex.endswith("4")


def test_cross_references_lead_to_their_place(sheets):
    with pikepdf.open(io.BytesIO(sheets)) as opened:
        inside = [
            note
            for sheet in opened.pages
            for note in sheet.get("/Annots", [])
            if "/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo"
        ]
    assert len(inside) >= 2 + 2  # two references, two footnotes
    assert "LampiranI." in pdf_text(sheets)
    assert "adadalamTabel1." in pdf_text(sheets)
    assert pdf_links(sheets) == []


def test_a_link_to_no_place_of_the_paper_is_plain_text():
    content = printed(paper(Paragraph((Run("ke sana", href="#tidak-ada"),))))
    assert "kesana" in pdf_text(content)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert all("/Annots" not in sheet for sheet in opened.pages)


@pytest.mark.parametrize(
    "block",
    [
        Table("", (Column("a"),), (("x",),), anchor="sini"),
        Figure("", SVG.format(""), "Kosong.", anchor="sini"),
        Heading(1, runs("Bagian"), anchor="sini"),
        Annex("Lampiran", "Judul", anchor="sini"),
    ],
    ids=["table", "figure", "heading", "annex"],
)
def test_every_kind_of_part_can_be_led_to(block):
    content = printed(paper(Paragraph(runs("Lihat ", refer("sini"), ".")), block))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert len(opened.pages[0]["/Annots"]) == 1


def test_what_a_section_cites_twice_stands_once_at_its_foot():
    cited = Run("", footnote=LAW, cites="pp28")
    other = Run("", footnote="UU 23/2014 Pasal 363", cites="uu23")
    content = printed(
        paper(
            Heading(1, runs("Satu")),
            Paragraph(runs("a", cited, " b", other, " c", cited)),
            Heading(1, runs("Dua")),
            Paragraph(runs("d", cited)),
        )
    )
    text = pdf_text(content)
    assert text.count(squeezed(LAW)) == 2
    assert "a1b2c1" in text
    assert "d3" in text
    assert sum(tag == "/Note" for tag, _ in pdf_tags(content)) == 3


def test_a_footnote_stands_close_to_its_word():
    note = Run("", footnote="Catatan", cites="c")
    pages = pdf_pages(printed(paper(Paragraph(runs("Dasarnya ", note, ". Lalu", note, " lagi.")))))
    assert "Dasarnya1. Lalu1 lagi." in pages[0]


def test_no_line_begins_with_the_second_of_two_marks():
    first, second = Run("", footnote="UU", cites="a"), Run("", footnote="PP", cites="b")
    line = (
        "dan kerja sama daerah itu adalah usaha bersama yang saling membutuhkan dan menguntungkan"
    )
    blocks = [Paragraph(runs("a" * n + f" {line}", first, second, ". Lalu")) for n in range(1, 40)]
    lines = " ".join(pdf_pages(printed(paper(*blocks)))).splitlines()
    assert [text for text in lines if text.startswith((",", "2."))] == []


def test_a_footnote_in_a_heading_stays_out_of_bookmark_and_contents():
    heading = Heading(1, (Run("Dasar"), Run("", footnote="catatan kaki")))
    content = printed(paper(heading, Paragraph(runs("x")), contents=True))
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Dasar"]
    assert pdf_text(content).count("catatankaki") == 1


def test_references_are_listed_in_order_of_citation():
    text = pdf_text(printed(decree(1)))
    assert f"Rujukan1.{squeezed(LAW)}" in text
    assert "1." not in pdf_text(printed(paper(References(), watermark=""))).partition("2027")[2]


# --- what a blank prints ---------------------------------------------------------------------


def test_nothing_given_prints_nothing():
    document = paper(
        Signatures(()), Particulars(()), Clauses(()), References(), Table("", (), ()),
        letterhead=Letterhead("", ""), subtitle="", place_and_date="", running_foot="",
        banner="", watermark="", title="Judul",
    )  # fmt: skip
    assert pdf_text(printed(document)) == "JUDULHalaman1dari1"


def test_a_blank_name_leaves_a_line_and_an_electronic_one_an_area():
    drawn = [
        len(
            lines_of(
                printed(paper(Signatures((Signatory("Ketua,", name),), electronic=electronic)))
            )
        )
        for name, electronic in (("Nama", False), ("", False), ("", True))
    ]
    assert drawn[0] < drawn[1] < drawn[2]
    english = replace(paper(Signatures((Signatory("Head,"),), electronic=True)), lang="en")
    assert "Spacefortheelectronicsignature" in pdf_text(printed(english))


def lines_of(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [
            operands
            for operands, operator in pikepdf.parse_content_stream(opened.pages[0])
            if str(operator) in {"S", "s"}
        ]


def test_crests_of_both_kinds_are_drawn_and_silent():
    shield = printed(decree(0))
    own = printed(replace(decree(0), letterhead=Letterhead("A", "B", crest=png(3, 2))))
    drawn = printed(replace(decree(0), letterhead=Letterhead("A", "B", crest=SVG.format(""))))
    assert b"/Image" in own
    assert len({shield, own, drawn}) == 3
    for content in (shield, own, drawn):
        assert sum(tag == "/Figure" for tag, _ in pdf_tags(content)) == 0
    assert "viewBox='0 0 3 2'" in crest_svg(png(3, 2), "#000000")


# --- what texts ask for ----------------------------------------------------------------------


def hostile_paper(texts):
    """A paper that holds every text in every place of a formal paper a text can stand."""
    blocks = ()
    for text in texts:
        blocks += (
            Particulars(((text, runs(text)),)),
            Clauses((Clause(text, (runs(text), runs(text)), "letter"), Clause("", (runs(text),)))),
            Paragraph((Run("a", footnote=text, cites=text), Run(text, href=f"#{text}"))),
            Signatures((Signatory(text, text, text),), (text,)),
            Annex(text, text, (text,)),
            RegionMap(
                text, text or "-", 1.0, 1.0, (), (), note=text, source=text, svg=SVG.format("")
            ),
        )
    head = Letterhead(texts[0], texts[0], (texts[0],))
    return paper(
        *blocks, References(), letterhead=head, watermark=texts[0], subtitle=texts[0],
        place_and_date=texts[0], contents=True,
    )  # fmt: skip


def check(texts):
    content = printed(hostile_paper(texts))
    text = pdf_text(content)
    for given in texts:
        assert squeezed(printable(given)) in text
    assert names_in(content).isdisjoint(FORBIDDEN)
    assert pdf_links(content) == []


def names_in(content):
    """Every name of every dictionary of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        found = set()
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                facts = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
                found |= set(facts.keys())
                found |= {str(value) for value in facts.values() if isinstance(value, pikepdf.Name)}
        return found


@pytest.mark.parametrize("text", OWN)
def test_a_hostile_text_stays_a_text_in_a_formal_paper(text):
    check([text])


@pytest.mark.skipif(not SHARED.is_file(), reason="shared/payloads.json is not at hand")
@pytest.mark.parametrize("kind", sorted(shared_texts()))
def test_the_shared_set_stays_text_in_a_formal_paper(kind):
    check(shared_texts()[kind])


@pytest.fixture
def counted():
    """A server on this machine that counts who asks."""
    asked = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_typesetting_asks_no_server(counted):
    address, asked = counted
    texts = [f"{address}/a", f'#image("{address}/b")', f"![]({address}/c)"]
    content = printed(hostile_paper(texts))
    assert all(squeezed(text) in pdf_text(content) for text in texts)
    assert asked == []


@pytest.mark.parametrize("place", ["{address}/c", "{file}", "file://{file}", "../pdf.py"])
def test_a_drawing_that_points_elsewhere_is_refused(counted, place, tmp_path):
    address, asked = counted
    file = tmp_path / "rahasia.svg"
    file.write_text(SVG.format("<rect width='9' height='9'/>"), encoding="utf-8")
    href = place.format(address=address, file=file)
    drawing = SVG.format(f"<image xlink:href='{href}' width='9' height='9'/>")
    with pytest.raises(RunError, match="PDF"):
        printed(paper(Figure("Gambar", drawing, "Gambar.")))
    assert asked == []


# --- the look of an office -------------------------------------------------------------------


def test_a_theme_colours_headings_and_drawings_of_a_report():
    drawing = SVG.format("<rect width='9' height='9' fill='#0b4f57'/>")
    blocks = (Heading(1, runs("Bagian")), Figure("", drawing, "Kotak."))
    own = Style(colours=(("teal", "#7a1f1f"),))
    document = paper(*blocks, watermark="", banner="")
    before, after, formal = (
        fills(printed(replace(document, style=style)))
        for style in (Style(), own, replace(own, layout="formal"))
    )
    base, theme = ("0.043137 0.309804 0.341176", "0.478431 0.121569 0.121569")
    assert base in before
    assert theme not in before
    assert theme in after
    assert base not in after
    assert theme in formal  # its crest and its charts; headings are black
    assert formal.count(theme) < after.count(theme)


def fills(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        streams = [sheet.Contents.read_bytes() for sheet in opened.pages]
        forms = [
            thing.read_bytes()
            for thing in opened.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
    numbers = re.findall(rb"([\d.]+ [\d.]+ [\d.]+) scn?", b"\n".join(streams + forms))
    return [" ".join(f"{float(part):.6f}" for part in found.split()) for found in numbers]


def test_only_drawings_with_a_caption_are_counted():
    drawing = SVG.format("<rect width='9' height='9'/>")
    blocks = (Figure("", drawing, "Tanpa."), Figure("Judul", drawing, "Ada.", anchor="ini"))
    content = printed(paper(*blocks, Paragraph(runs("Lihat ", refer("ini"), "."))))
    assert "Gambar1.Judul" in pdf_text(content)
    assert "LihatGambar1." in pdf_text(content)
