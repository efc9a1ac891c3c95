"""Every figure of a paper has an id a reader can count out on paper."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import (
    Callout,
    Column,
    Document,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Run,
    Style,
    Table,
    plain_text,
    refer,
    runs,
)
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.printed_figures import TITLE
from ksd_toolkit.publishing.printed_numbers import numbers_in


def paper(*blocks, lang="id"):
    return Document("Naskah", "", lang, Letterhead("", ""), "", blocks)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Menurut UU 23/2014 Pasal 364 ayat (3)-(4) ada 12 usulan", ["12"]),
        ("DINKES-01 Rujukan 24 jam, kriteria K2A", ["24"]),
        ("5 Januari 2026 \u2013 18 Januari 2026", []),
        ("1.174 butir pada 2026, 56\u00a0% sama", ["1.174", "56\u00a0%"]),
        ("Rp18,5\u00a0miliar dari 156 usulan", ["Rp18,5\u00a0miliar", "156"]),
        ("peringkat ke-3 dari 91; 27/28", ["3", "91", "27", "28"]),
        ("31,2\u201340,1 dan \u22121,5 (+4,5)", ["31,2", "40,1", "\u22121,5", "+4,5"]),
        ("article 364(2) and 2,026 items, 31 August 2026", ["2,026"]),
        ("Tabel 3 di halaman 7, data 613fd982baa5", []),
        ("dua belas usulan", []),
    ],
)
def test_what_counts_is_a_figure_and_what_names_is_none(text, figures):
    assert [text[start:end] for start, end in numbers_in(text)] == figures


def test_ids_are_those_a_reader_counts_out():
    columns = (Column("Usulan"), Column("Skor", "right", measure="points"))
    rows = (("DINKES-01 Rujukan", "74,50"), ("BPBD-02 Siaga", "\u2013"))
    table = Table(
        "Skor 2 usulan", columns, rows, "Dari 5 kriteria.",
        subjects=("usulan/DINKES-01", "usulan/BPBD-02"), anchor="t",
    )  # fmt: skip
    found = figures_of(
        paper(
            Heading(1, runs("Ringkasan")),
            Paragraph(runs("Ada ", Run("24", "strong", origin="count@usulan/*"), " dari 30.")),
            KeyFigures((KeyFigure("tidak ada", "usulan"), KeyFigure("9", "wajib"))),
            table,
            Items((runs("satu"), runs("7 dan 8"))),
            Callout("Kotak", (runs("x"), runs("6")), origin="o@usulan/*"),
            Paragraph(runs("Lihat ", refer("t"), ": 3.")),
        )
    )
    assert [(one.id, one.text, one.origin) for one in found] == [
        ("P1.1", "24", "count@usulan/*"),
        ("P1.2", "30", ""),
        ("K1.2", "9", ""),
        ("TC1.1", "2", ""),
        ("T1.1.2", "74,50", "points@usulan/DINKES-01"),
        ("TN1.1", "5", ""),
        ("L1.2.1", "7", ""),
        ("L1.2.2", "8", ""),
        ("B1.2.1", "6", "o@usulan/*"),
        ("P2.1", "3", ""),
    ]
    assert found[4].place == "Tabel 1, baris 1 (DINKES-01 Rujukan), kolom 2 (Skor)"


def test_a_place_is_told_in_the_language_of_the_paper():
    (found,) = figures_of(paper(Paragraph(runs("There are 3.")), lang="en"))
    assert found.place == "paragraph 1, number 1"


lines = st.lists(
    st.builds(
        Run,
        st.sampled_from(["12 usulan ", "DINKES-01", "74,5", " dari ", "UU 23/2014", "3"]),
        origin=st.sampled_from(["", "", "points@usulan/A-01"]),
    ),
    max_size=4,
).map(tuple)
cells = st.sampled_from(["\u2013", "5", "31\u201340", "2026", "dua"])
tables = st.builds(
    lambda caption, rows: Table(caption, (Column("a"), Column("b")), tuple(rows)),
    st.sampled_from(["", "Tabel usulan"]),
    st.lists(st.tuples(cells, cells), max_size=3),
)
blocks = st.one_of(
    st.builds(Paragraph, lines),
    st.builds(lambda some: Items(tuple(some)), st.lists(lines, max_size=3)),
    st.builds(lambda some: Callout("2 hal", tuple(some)), st.lists(lines, max_size=2)),
    tables,
)


@given(st.lists(blocks, max_size=6))
def test_ids_differ_and_what_they_name_is_printed(some):
    document = paper(*some)
    found = figures_of(document)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.text
        assert one.text in _printed(document.blocks[one.block])
        assert one.block != TITLE
    styled = replace(document, style=Style("formal", "F4"), watermark="RANCANGAN", contents=True)
    assert figures_of(styled) == found
    assert figures_of(settled(document)) == found


def _printed(block):
    match block:
        case Paragraph():
            return plain_text(block.text)
        case Items():
            return "\n".join(map(plain_text, block.items))
        case Callout():
            return "\n".join((block.title, *map(plain_text, block.lines)))
    return "\n".join((block.caption, *(text for row in block.rows for text in row)))


def test_settled_references_are_no_figures():
    table = Table("A", (Column("a"),), (("1",),), anchor="t")
    before = paper(Paragraph(runs("Lihat ", refer("t"), ", ada 3 dan 4.")), table)
    assert [one.id for one in figures_of(before)] == ["P1.1", "P1.2", "T1.1.1"]
    assert [one.id for one in figures_of(settled(before))] == ["P1.1", "P1.2", "T1.1.1"]
