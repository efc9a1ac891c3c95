"""The pages the browser tests open: every kind of block, no rows, one and five hundred, hostile texts."""

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "publishing"))  # their papers are ours, too

from formal_paper import decree  # noqa: E402
from hostile_texts import OWN, shared_texts  # noqa: E402
from sample_index import EMPTY, THREE, everywhere  # noqa: E402
from sample_index import hostile as hostile_index  # noqa: E402
from sample_paper import sample_paper  # noqa: E402

from ksd_toolkit.charts import maps  # noqa: E402
from ksd_toolkit.document import (  # noqa: E402
    Annex,
    Callout,
    Clause,
    Clauses,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Particulars,
    Provenance,
    References,
    Run,
    Signatory,
    Signatures,
    Style,
    Table,
    runs,
)
from ksd_toolkit.publishing.figure_ids import figures_of  # noqa: E402
from ksd_toolkit.publishing.html import html_text  # noqa: E402
from ksd_toolkit.publishing.index_page import index_html  # noqa: E402
from ksd_toolkit.publishing.numbering import settled  # noqa: E402

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'/>"
OWN_COLOURS = (("teal", "#5b1a6b"), ("accent", "#8a3b00"))


def table_of(rows):
    """Texts, points with and without decimals, money and a date; the last cell of points is blank."""
    names = ("Rujukan pasien", "Abon ikan", "Cabai", "beras")
    return Table(
        f"Usulan ({rows})",
        (Column("Usulan", width=3.0), Column("Skor", "right", kind="decimal"),
         Column("Biaya", "right", kind="currency"), Column("Tanggal", kind="date")),
        tuple(
            (f"{names[n % 4]} {n + 1}",
             "\u2013" if n == rows - 1 else f"{(n * 37) % 101},{n % 10}0" if n % 3 else str((n * 37) % 101),
             f"Rp{n + 1} {'juta' if n % 2 else 'miliar'}", f"{n % 28 + 1} Mei {2030 - n % 7}")
            for n in range(rows)
        ),
    )  # fmt: skip


def paper_of(*blocks, **facts):
    return Document(
        "Daftar usulan",
        "",
        "id",
        Letterhead("Pemkab", "Bagian"),
        "23 November 2026",
        blocks,
        **facts,
    )


def many_blocks():
    (around,) = maps.region_map("63.06").blocks
    extra = decree(rows=5).blocks
    paper = sample_paper()
    return replace(
        paper, blocks=(*paper.blocks, around, table_of(6), *extra), watermark="RANCANGAN", contents=True,
        style=Style("policy", "A4", OWN_COLOURS),
    )  # fmt: skip


def hostile(texts):
    """A paper that holds every text in every place a text can stand."""
    blocks = [Heading(1, runs("Bagian"))]
    for text in texts:
        line = (Run(text, href=text, footnote=text, cites=text, origin=text), Run(text, "code"))
        blocks += [
            Heading(2, runs(text, "x")), Paragraph(line), Items((line,), "letter"),
            Table(text, (Column(text or "-"), Column("x")), ((text, "1"),) * 4, text, source=text, subjects=(text, "a", "b", "c")),
            Figure(text, SVG, text or "-", text, source=text), Callout(text, (line,)),
            KeyFigures((KeyFigure(text, text, text),)), Provenance(text, ((text, text, text),)),
            Particulars(((text, line),)), Clauses((Clause(text, (line,), "letter"),)),
            Signatures((Signatory(text, text, text),), (text,), electronic=True),
        ]  # fmt: skip
    blocks += [References(), Annex(texts[0], texts[0], tuple(texts))]
    return Document(
        texts[0], texts[0], "id", Letterhead(texts[0], texts[0], tuple(texts)), texts[0], tuple(blocks),
        banner=texts[0], running_foot=texts[0], keywords=tuple(texts), watermark=texts[0], contents=True,
    )  # fmt: skip


def told(document, note="Dihitung dari jawaban {}"):
    """The page with a note on every figure."""
    return html_text(document, {f.id: note.format(f.id) for f in figures_of(settled(document))})


def payloads():
    return [*OWN, *(text for texts in shared_texts().values() for text in texts)]


def index_of_everywhere():
    """514 regions; not among the pages, since html-validate takes minutes over so many links."""
    return index_html(everywhere(), "id")


PAGES = {
    "brief": lambda: told(sample_paper()),
    "brief-en": lambda: told(sample_paper("en")),
    "decree": lambda: told(decree()),
    "everything": lambda: told(many_blocks()),
    "nothing": lambda: html_text(paper_of()),
    "one-row": lambda: told(paper_of(table_of(1))),
    "no-row": lambda: told(paper_of(table_of(0))),
    "many-rows": lambda: told(paper_of(table_of(500))),
    "few": lambda: told(paper_of(Heading(1, runs("Isi")), Paragraph(runs("Ada 12 usulan dan 3 mitra.")), table_of(6))),
    "hostile": lambda: told(hostile(payloads()), "<img src=x onerror=window.PWN=1>{}"),
    "index": lambda: index_html(THREE, "id"),
    "index-en": lambda: index_html(THREE, "en"),
    "index-empty": lambda: index_html(EMPTY, "id"),
    "index-hostile": lambda: index_html(hostile_index(), "id"),
}  # fmt: skip


def written(folder, name):
    path = folder / f"{name}.html"
    path.write_text(PAGES[name](), encoding="utf-8", errors="replace")
    return path
