"""What an author has at hand: other words for a generated text, the length of a paper, and a look at it."""

import json
import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ksd_toolkit as ksd
from ksd_toolkit.display import MIME, Shown
from ksd_toolkit.document import (
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
    RegionMap,
    Run,
    Signatory,
    Signatures,
    Table,
    plain_text,
    runs,
)
from ksd_toolkit.errors import LawError, RunError
from ksd_toolkit.publishing.word_count import (
    Limits,
    check_length,
    limits_of,
    pages_of,
    words_of,
)
from tests.small_project import Project, new_project, office_book

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
TABLE = Table("Tabel", (Column("a"),), (("b",),))
RESULT = Shown(
    Paragraph(runs("satu"), lead=True, origin="points@usulan/X"),
    TABLE,
    Items((runs("dua"), runs("tiga")), "letter", origin="points@usulan/*"),
    Callout("Ringkasan", (runs("empat"), runs("lima")), listed=True),
)


# --- other words ------------------------------------------------------------------------------


def test_texts_are_numbered_in_reading_order():
    assert RESULT.texts == {1: "satu", 2: "dua", 3: "tiga", 4: "empat", 5: "lima"}


def test_an_author_puts_other_words_in_place_of_some():
    shown = RESULT.rewrite({1: "kata *saya*[@UU 23/2014 12]", 3: "butir", 5: "penutup"})
    first, table, points, box = shown.blocks
    assert first == Paragraph(
        (
            Run("kata "),
            Run("saya", "emphasis"),
            Run("", footnote="UU 23/2014 Pasal 12", cites="UU 23/2014 12"),
        ),
        lead=True,
    )
    assert table is TABLE
    assert points == Items((runs("dua"), runs("butir")), "letter")
    assert box == Callout("Ringkasan", (runs("empat"), runs("penutup")), listed=True)
    assert RESULT.texts[1] == "satu"  # what was generated stays as it was


def test_what_the_author_wrote_claims_no_origin():
    blocks = RESULT.rewrite({1: "a", 2: "b"}).blocks
    assert [block.origin for block in blocks] == ["", "", "", ""]
    kept = RESULT.rewrite({4: "a"}).blocks
    assert kept[0].origin == "points@usulan/X"


def test_one_text_may_become_several():
    shown = RESULT.rewrite({1: "a\n\nb", 2: "- c\n- d"})
    assert list(shown.texts.values()) == ["a", "b", "c", "d", "tiga", "empat", "lima"]


def test_a_text_is_taken_out():
    assert list(RESULT.without(1, 4).texts.values()) == ["dua", "tiga", "lima"]
    assert [type(block) for block in RESULT.without(2, 3).blocks] == [Paragraph, Table, Callout]
    assert RESULT.without().blocks == RESULT.blocks


def test_the_new_words_travel_in_the_notebook():
    bundle = RESULT.rewrite({2: "<script>"})._repr_mimebundle_()
    assert bundle[MIME]["blocks"][2]["items"][0][0]["text"] == "<script>"
    assert "<script>" not in bundle["text/html"]
    assert isinstance(RESULT.rewrite({2: "x"}).without(1), Shown)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: RESULT.rewrite({6: "x"}), "no_text"),
        (lambda: RESULT.rewrite({0: "x"}), "no_text"),
        (lambda: RESULT.without(9), "no_text"),
        (lambda: Shown(TABLE).without(1), "no_text"),
        (lambda: RESULT.rewrite({1: "  "}), "nothing_written"),
        (lambda: RESULT.rewrite({1: "# Judul"}), "no_prose"),
        (lambda: RESULT.rewrite({1: "| a |\n|---|\n| b |"}), "no_prose"),
    ],
)
def test_what_cannot_be_done_is_said(call, code):
    with pytest.raises(RunError) as refused:
        call()
    assert refused.value.code == f"citing.{code}"
    assert refused.value.sentence("id") != refused.value.sentence("en")


def test_an_unknown_reference_is_refused_at_once():
    with pytest.raises(LawError):
        RESULT.rewrite({1: "[@UU 1/1900 1]"})


def test_an_offices_own_source_may_be_cited(tmp_path):
    project = new_project(tmp_path)
    own = '[Renstra]\nauthor = "Dinas"\nyear = 2025\ntitle = "Renstra"\nverified = true\n'
    (project.folder / "sumber.toml").write_text(own)
    shown = RESULT.rewrite({1: "a[@Renstra]"}, project.dossier)
    assert shown.blocks[0].text[-1].footnote == "Dinas (2025). Renstra."


# --- length -----------------------------------------------------------------------------------


def paper(*blocks, lang="id", title="Judul risalah"):
    return Document(title, "", lang, Letterhead("tidak dihitung", "x"), "", blocks)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Heading(1, runs("Dua kata")), 2),
        (
            Paragraph(
                (Run("lintas-batas 58\u00a0% \u2013 ya"), Run("", footnote="tiga kata lagi"))
            ),
            3,
        ),
        (Items((runs("a"), runs("b c"))), 3),
        (Callout("Judul", (runs("a b"),)), 3),
        (KeyFigures((KeyFigure("27/28", "kantor menjawab", "2025: 36"),)), 5),
        (Table("Judul", (Column("a"), Column("b")), (("c", "d e"), ("", "f")), note="g"), 8),
        (Figure("Satu dua", "<svg/>", "tidak dihitung", "tidak dihitung"), 2),
        (RegionMap("Satu", "tidak", 1.0, 1.0, (), (), note="dua"), 2),
        (Particulars((("Hari", runs("Senin")),)), 2),
        (Clauses((Clause("KESATU", (runs("a b"),)),)), 3),
        (Annex("Lampiran I", "Daftar", ("Keputusan",)), 4),
        (Provenance("tidak dihitung"), 0),
        (References((runs("tidak dihitung"),)), 0),
        (Signatures((Signatory("tidak dihitung"),)), 0),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, int) else None,
)
def test_words_are_counted_as_an_editor_does(block, words):
    assert words_of(paper(block)) == 2 + words


@given(st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=30))
def test_as_many_words_as_were_written(written):
    assert words_of(paper(Paragraph(runs(" ".join(written))))) == 2 + len(written)


def test_a_paper_within_its_limits_has_no_complaint():
    document = paper(Paragraph(runs("a b c")))
    assert check_length(document, 2, Limits(5, (2, 4))) is None
    assert check_length(document, 9, Limits()) is None
    assert check_length(document, 0, Limits(None, (2, 4))) is None  # nothing was typeset


def test_a_paper_beyond_its_limits_says_by_how_much():
    document = paper(Paragraph(runs("a " * 1500)))
    told = check_length(document, 5, Limits(1500, (2, 4)))
    assert told is not None
    assert told.startswith("Judul risalah: ")
    for part in ("1.502 kata", "2 lebih", "1.500", "5", "2 sampai 4"):
        assert part in told
    english = check_length(paper(Paragraph(runs("a " * 1500)), lang="en"), 1, Limits(1500, (2, 4)))
    assert english is not None
    assert "1,502 words" in english


def test_a_notebook_sets_its_own_limits(tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps({"metadata": {"ksd": {"max_words": 9, "pages": [1, 2]}}}))
    assert limits_of(file) == Limits(9, (1, 2))
    file.write_text(json.dumps({"metadata": {}}))
    assert limits_of(file) == Limits()


@pytest.mark.parametrize(
    "given", [{"max_words": "9"}, {"max_words": 0}, {"pages": [4, 2]}, {"pages": 4}, {"pages": [1]}]
)
def test_limits_that_are_none_are_refused(tmp_path, given):
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps({"metadata": {"ksd": given}}))
    with pytest.raises(RunError) as refused:
        limits_of(file)
    assert "1500" in refused.value.sentence("id")


# --- a look at it -----------------------------------------------------------------------------


def notebook(folder, *cells, metadata=None):
    file = folder / "risalah.ipynb"
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata or {}, "cells": cells}
    file.write_text(json.dumps(content))
    return str(file)


def prose(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


@pytest.fixture(scope="module")
def answered(tmp_path_factory) -> Project:
    """A dossier with answers in its register."""
    project = new_project(tmp_path_factory.mktemp("proyek"))
    project.put(office_book("DINKES"), "dinkes.xlsx")
    project.ingest()
    return project


def test_a_notebook_is_shown_as_it_will_be_published(answered):
    limits = {"ksd": {"max_words": 3}}
    file = notebook(answered.folder, prose("# Judul\n\nSatu dua tiga."), metadata=limits)
    seen = ksd.preview(file, answered.dossier)
    assert seen.length == "4 kata, 1 halaman"
    assert "1 lebih" in seen.warning
    assert repr(seen).splitlines() == ["Judul: 4 kata, 1 halaman", seen.warning]
    html = seen._repr_mimebundle_()["text/html"]
    assert '<iframe sandbox="" ' in html
    [page] = re.findall(r'srcdoc="([^"]*)"', html)
    assert "Satu dua tiga." in unescape(page)
    assert "<html" not in html  # the page is inside the frame's attribute, not in the notebook


def test_a_preview_prints_nothing_into_the_paper_it_shows(answered):
    seen = ksd.preview(notebook(answered.folder, prose("# Judul")), answered.dossier)
    assert MIME not in seen._repr_mimebundle_()


def test_a_formal_paper_is_shown_before_anything_can_be_ranked(answered):
    seen = ksd.preview("invitation", answered.dossier)
    assert seen.pages >= 1
    assert seen.document.style.layout == "formal"


def test_a_paper_that_needs_a_ranking_waits_for_one(answered):
    with pytest.raises(RunError) as refused:
        ksd.preview("plenary-material", answered.dossier)
    assert refused.value.code == "length.no_ranking"


def test_what_is_neither_notebook_nor_paper_is_named(answered):
    with pytest.raises(RunError) as refused:
        ksd.preview("undangan", answered.dossier)
    assert "invitation" in refused.value.sentence("id")


def test_pages_are_counted_one_by_one():
    assert pages_of(b"<</Type/Pages/Count 2>> <</Type/Page>> <</Type /Page/Parent 1 0 R>>") == 2


# --- the two briefs -----------------------------------------------------------------------------


def cells_of(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells


def headings(name):
    texts = [cell.source for cell in cells_of(name) if cell.cell_type == "markdown"]
    return [m[1] for text in texts for m in re.finditer(r"^#{2,3} (.+)$", text, re.MULTILINE)]


def test_the_brief_follows_the_seeds_own_order():
    order = [
        "Pendahuluan", "Tinjauan kebijakan", "Permasalahan", "Isu strategis", "Pilihan kebijakan",
        "Persiapan", "Proses pemetaan", "Penyusunan dan pembahasan rencana program dan kegiatan",
        "Penetapan rencana program dan kegiatan",
    ]  # fmt: skip
    found = headings("07_policy_brief")
    assert [heading for heading in found if heading in order] == order


def test_what_is_cut_off_in_the_seed_stays_cut_off():
    text = "\n".join(cell.source for cell in cells_of("07_policy_brief"))
    assert '> c. Daerah"' in text


def test_the_short_brief_has_the_five_parts_of_its_layout():
    assert headings("07_policy_brief_short")[:4] == [
        "Pendahuluan", "Pendekatan dan hasil", "Kesimpulan", "Implikasi dan rekomendasi",
    ]  # fmt: skip
    summary = next(
        n for n, c in enumerate(cells_of("07_policy_brief_short")) if "summary(" in c.source
    )
    first = next(n for n, c in enumerate(cells_of("07_policy_brief_short")) if "## " in c.source)
    assert summary < first


@pytest.mark.parametrize("name", ["07_policy_brief", "07_policy_brief_short"])
def test_both_languages_make_the_same_calls_and_cite_the_same(name):
    ours, theirs = cells_of(name), cells_of(f"{name}.en")
    assert [c.source for c in ours if c.cell_type == "code"][1:] == [
        c.source for c in theirs if c.cell_type == "code"
    ][1:]
    keys = [
        re.findall(r"\[@([^\]]+)\]", "\n".join(c.source for c in cells)) for cells in (ours, theirs)
    ]
    assert keys[0] == keys[1]
    assert keys[0]


@pytest.mark.parametrize("name", ["07_policy_brief_short", "07_policy_brief_short.en"])
def test_the_short_brief_promises_its_length(name):
    assert limits_of(NOTEBOOKS / f"{name}.ipynb") == Limits(1500, (2, 4))


def test_plain_text_of_a_rewritten_heading_is_untouched():
    shown = Shown(Heading(1, runs("Judul")), Paragraph(runs("a"))).rewrite({1: "b"})
    assert [plain_text(block.text) for block in shown.blocks] == ["Judul", "b"]
