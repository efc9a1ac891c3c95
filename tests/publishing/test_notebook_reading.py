import json

import pytest

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Column,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Run,
    Table,
    plain_text,
    runs,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document

FRONT = FrontMatter(
    Letterhead("Pemerintah Kabupaten Contoh", "Sekretariat Daerah"), "Kandangan, 1 Juli 2026"
)
TABLE = Table("Judul", (Column("a"),), (("1",),))


def prose(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def code(*outputs, tags=(), source="rahasia = 1"):
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)} if tags else {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def shown(*blocks):
    bundle = json.loads(json.dumps(Shown(*blocks)._repr_mimebundle_()))
    return {"output_type": "execute_result", "metadata": {}, "data": bundle}


@pytest.fixture
def read(tmp_path):
    def read(*cells, front=FRONT):
        file = tmp_path / "risalah.ipynb"
        file.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
        return read_document(file, front)

    return read


def test_prose_and_results_become_one_paper(read):
    paper = read(
        prose(["# Judul risalah\n", "\n", "*Anak judul*\n", "\n", "Pembuka **penting**."]),
        code(tags=["parameters"]),
        prose("## Temuan\n\nIsi.\n\n### Rincian"),
        code(shown(TABLE)),
    )
    assert paper.title == "Judul risalah"
    assert paper.subtitle == "Anak judul"
    assert paper.letterhead == FRONT.letterhead
    assert paper.blocks == (
        Paragraph((Run("Pembuka "), Run("penting", "strong"), Run(".")), lead=True),
        Heading(1, runs("Temuan")),
        Paragraph(runs("Isi.")),
        Heading(2, runs("Rincian")),
        TABLE,
    )


def test_a_plain_paragraph_after_the_title_is_no_subtitle(read):
    paper = read(prose("# Judul\n\n*Hampir* anak judul"))
    assert paper.subtitle == ""
    assert paper.blocks[0].lead


def test_code_and_prints_are_never_printed(read):
    stream = {"output_type": "stream", "name": "stdout", "text": "RAHASIA"}
    plain = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>RAHASIA</b>"}}
    paper = read(prose("# Judul"), code(stream, plain, source="RAHASIA = 1"))
    assert paper.blocks == ()


@pytest.mark.parametrize("tag", ["hidden", "parameters", "injected-parameters"])
def test_some_cells_are_not_printed(read, tag):
    paper = read(prose("# Judul"), prose("tersembunyi", tag), code(shown(TABLE), tags=[tag]))
    assert paper.blocks == ()


def test_a_failed_cell_is_no_paper(read):
    failure = {"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": []}
    with pytest.raises(RunError, match="sel 2") as caught:
        read(prose("# Judul"), code(failure, tags=["hidden"]))
    assert caught.value.code == "notebook.cell_failed"


def test_a_plot_of_which_only_the_name_was_kept_is_no_paper(read):
    """What a kernel without its drawing leaves of an author's plot; beside its picture the name is nothing."""
    name = "<Figure size 640x480 with 1 Axes>"
    lost = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": name}}
    with pytest.raises(RunError, match="sel 2") as caught:
        read(prose("# Judul"), code(lost))
    assert caught.value.code == "notebook.figure_lost"
    drawn = {**lost, "data": {"text/plain": name, "image/png": "aGFsbw=="}}
    assert read(prose("# Judul"), code(drawn)).title == "Judul"


@pytest.mark.parametrize(
    "outputs", [(), ({"output_type": "stream", "name": "stdout", "text": "<Figure size 640x480>"},)]
)
def test_a_cell_that_owes_a_block_must_have_one(read, outputs):
    with pytest.raises(RunError) as caught:
        read(prose("# Judul"), code(*outputs, tags=["expect-block"]))
    assert caught.value.code == "notebook.block_missing"
    assert read(prose("# Judul"), code(shown(TABLE), tags=["expect-block"])).blocks == (TABLE,)


def test_a_block_of_another_version_is_an_error(read):
    strange = shown(TABLE)
    strange["data"]["application/vnd.ksd+json"]["blocks"][0]["kind"] = "hologram"
    with pytest.raises(RunError, match="hologram"):
        read(prose("# Judul"), code(strange))


def test_a_paper_needs_a_title(read):
    with pytest.raises(RunError, match="Judul"):
        read(prose("## Hanya bagian"), code(shown(Heading(1, runs("Dari sel")))))


@pytest.mark.parametrize("content", ["bukan json", '{"nbformat": 3, "worksheets": []}', "[]"])
def test_what_is_no_notebook_is_a_sentence(tmp_path, content):
    (tmp_path / "x.ipynb").write_text(content)
    with pytest.raises(RunError, match=r"x\.ipynb bukan notebook"):
        read_document(tmp_path / "x.ipynb", FRONT)
    with pytest.raises(RunError):
        read_document(tmp_path / "tidak-ada.ipynb", FRONT)


def test_a_second_title_is_a_section_and_a_skipped_level_is_not_hidden(read):
    paper = read(prose("# Judul\n\n## Satu\n\n# Kedua\n\n### Lagi\n\n###### Lebih"))
    assert [block.level for block in paper.blocks] == [1, 1, 2, 5]


def blocks_of(read, text):
    return read(prose("# Judul\n\n## B\n\n" + text)).blocks[1:]


def test_lists_quotes_and_tables(read):
    numbered, bulleted, quote, table = blocks_of(
        read,
        "1. satu\n2. dua\n\n- a\n  - b\n- *c*\n\n> kata\n>\n> - butir\n\n"
        "| Usulan | Nilai |\n|---|--:|\n| Nama yang panjang sekali untuk kolom | **1** |\n",
    )
    assert numbered == Items((runs("satu"), runs("dua")), "number")
    assert bulleted == Items((runs("a"), runs("b"), (Run("c", "emphasis"),)))
    assert quote == Callout("", (runs("kata"), runs("butir")), "quote")
    assert [column.align for column in table.columns] == ["left", "right"]
    assert table.rows == (("Nama yang panjang sekali untuk kolom", "1"),)
    assert table.columns[0].width > 0
    assert table.columns[1].width == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b onmouseover=x>tebal</b> biasa", "<b onmouseover=x>tebal</b> biasa"),
        ("<div>\n<script>x</script>\n</div>", "<div>\n<script>x</script>\n</div>"),
        ("![uraian](http://127.0.0.1:9/x.png)", "uraian"),
        ("&lt;b&gt; &amp; `&amp;`", "<b> & &amp;"),
        ("baris\nlanjut", "baris lanjut"),
        ("    kode = 1", "kode = 1"),
    ],
)
def test_what_is_no_prose_is_literal_text(read, text, expected):
    (block,) = blocks_of(read, text)
    assert plain_text(block.text) == expected


def test_links_keep_safe_addresses_only(read):
    (block,) = blocks_of(read, "[a](https://contoh.go.id) [b](javascript:x)")
    assert block.text == (Run("a", href="https://contoh.go.id"), Run(" b"))


def test_a_heading_from_a_cell_is_a_section(read):
    paper = read(prose("# Judul"), code(shown(Heading(1, runs("Bagian")), Heading(2, runs("Sub")))))
    assert [block.level for block in paper.blocks] == [1, 2]
