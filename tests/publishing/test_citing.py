"""Law and sources by key: a footnote where they are cited, and one line each at the end of the paper."""

import json

import pytest

import ksd_toolkit as ksd
from ksd_toolkit.display import MIME, blocks_of_bundle
from ksd_toolkit.document import Heading, Letterhead, Paragraph, References, Run, Table, plain_text
from ksd_toolkit.errors import LawError, RunError
from ksd_toolkit.law import articles
from ksd_toolkit.publishing.markdown import markdown_blocks
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.theme import Sources

OWN = Sources({"BPS 2024": {"author": "BPS", "year": 2024, "title": "Angka <b>", "verified": True}})
FRONT = FrontMatter(Letterhead("Kabupaten", "Unit"), "Kandangan, 1 Juli 2026", sources=OWN)
UNREAD = next(article.key for article in articles() if not article.verified)


def marks(text, lang="id", sources=OWN):
    [block] = markdown_blocks(text, lang, sources)
    return [run for run in block.text if run.cites]


def test_a_key_in_markdown_is_a_footnote_after_its_sentence():
    [block] = markdown_blocks("Wajib dipetakan[@PP 28/2018 5(1)], *segera*.")
    assert [run.text for run in block.text] == ["Wajib dipetakan", "", ", ", "segera", "."]
    assert block.text[1] == Run("", footnote="PP 28/2018 Pasal 5 ayat (1)", cites="PP 28/2018 5(1)")


def test_the_citation_is_in_the_language_of_the_paper():
    assert marks("[@UU 23/2014 12]", "en")[0].footnote == "Law 23/2014 art. 12"


def test_several_keys_share_a_bracket():
    found = [run.cites for run in marks("[@UU 23/2014 12; @BPS 2024]")]
    assert found == ["UU 23/2014 12", "BPS 2024"]


def test_what_was_not_read_says_so():
    assert marks(f"[@{UNREAD}]")[0].footnote.endswith("belum diverifikasi")
    assert "belum diverifikasi" not in marks("[@BPS 2024]")[0].footnote


def test_a_source_is_literal_text_whatever_it_holds():
    assert marks("[@BPS 2024]")[0].footnote == "BPS (2024). Angka <b>."


@pytest.mark.parametrize("text", ["`[@UU 23/2014 12]`", "[UU](http://a.id)", "[@]", "a@b.id"])
def test_what_only_looks_like_a_citation_is_text(text):
    assert marks(text) == []


def test_a_citation_in_a_table_cell_stands_in_brackets():
    [table] = markdown_blocks("| a |\n|---|\n| b [@UU 23/2014 12] |")
    assert isinstance(table, Table)
    assert table.rows == (("b  (UU 23/2014 Pasal 12)",),)


def test_points_quotations_and_headings_may_cite():
    blocks = markdown_blocks(
        "## Dasar[@UU 23/2014 12]\n\n- satu[@UU 23/2014 12]\n\n> dua[@BPS 2024]", sources=OWN
    )
    assert isinstance(blocks[0], Heading)
    assert blocks[1].items[0][-1].cites == "UU 23/2014 12"
    assert blocks[2].lines[0][-1].cites == "BPS 2024"


def test_an_unknown_key_is_refused_with_near_ones():
    with pytest.raises(LawError) as refused:
        markdown_blocks("[@PP 28/2018 5(9)]")
    for lang in ("id", "en"):
        assert '"PP 28/2018 5(9)"' in refused.value.sentence(lang)
        assert "PP 28/2018 5(1)" in refused.value.sentence(lang)


@pytest.fixture
def read(tmp_path):
    def read(*cells):
        file = tmp_path / "risalah.ipynb"
        file.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
        return settled(read_document(file, FRONT))

    return read


def prose(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def result(shown):
    bundle = json.loads(json.dumps(shown._repr_mimebundle_()))
    output = {"output_type": "execute_result", "metadata": {}, "data": bundle}
    return {"cell_type": "code", "metadata": {}, "source": "", "outputs": [output]}


def test_an_unknown_key_in_a_notebook_names_its_cell(read):
    with pytest.raises(RunError) as refused:
        read(prose("# Judul"), prose("Menurut [@BPS 2042]."))
    sentence = refused.value.sentence("id")
    assert "risalah.ipynb, sel 2" in sentence
    assert '"BPS 2042"' in sentence
    assert "BPS 2024" in sentence


def test_the_list_holds_what_is_cited_once_in_its_order(read):
    paper = read(
        prose("# Judul\n\nSatu[@BPS 2024]."),
        result(ksd.cite("PP 28/2018 5(1)")),
        prose("Dua[@BPS 2024]."),
        result(ksd.references()),
    )
    [listed] = [block for block in paper.blocks if isinstance(block, References)]
    assert [plain_text(entry) for entry in listed.entries] == [
        "BPS (2024). Angka <b>.",
        "PP 28/2018 Pasal 5 ayat (1)",
    ]


def test_a_citation_is_data_and_shows_itself():
    cited = ksd.cite("PP 28/2018 5(1)", "en")
    assert (cited.key, cited.verified) == ("PP 28/2018 5(1)", True)
    bundle = cited._repr_mimebundle_()
    [block] = blocks_of_bundle(bundle)
    assert isinstance(block, Paragraph)
    assert plain_text(block.text) == f"{cited.citation}: {cited.gist}"
    assert block.text[-1].cites == "PP 28/2018 5(1)"
    assert MIME in bundle
    assert cited.citation in bundle["text/html"]


@pytest.mark.parametrize("key", [article.key for article in articles()])
def test_every_law_can_be_cited_in_markdown(key):
    [mark] = marks(f"Teks[@{key}]")
    assert mark.cites == key


@pytest.mark.parametrize("key", ["Naskah HSS", "IDRC"])
def test_the_toolkits_own_works_can_be_cited(key):
    assert marks(f"[@{key}]")[0].footnote.endswith((".", "belum diverifikasi"))
