"""The stamp printed on a paper is read from the file alone, whatever the file is."""

import zipfile
from datetime import date

import pytest

from ksd_toolkit.document import Document, Letterhead, Paragraph, runs
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.runs.printed_stamp import printed_stamps
from ksd_toolkit.stamp import Source, Stamp

STAMP = Stamp(
    "hulu-sungai-selatan/2026", date(2026, 8, 31), "id", True, (Source("a.csv", "0f" * 32, 3),)
)  # fmt: skip


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("ranked", [True, False])
def test_every_form_carries_it(tmp_path, lang, ranked):
    stamp = STAMP.in_language(lang)
    stamp = stamp.with_method("baku", "ab" * 32) if ranked else stamp
    text = (Paragraph(runs("Ada 3 usulan.")),)
    document = Document(
        "Naskah", "", lang, Letterhead("A", "B"), "", text, running_foot=stamp.line()
    )
    pages = {
        "pdf": pdf_bytes(document, stamp.tanggal_acuan),
        "html": html_text(document).encode(),
    }
    for form, content in pages.items():
        path = tmp_path / f"paper.{form}"
        path.write_bytes(content)
        (found,) = printed_stamps(path)
        assert found.dossier == stamp.dossier
        assert found.data == stamp.data_sha256[:12]
        assert (found.method, found.method_sha) == (
            ("baku", "abababababab") if ranked else ("", "")
        )
        assert found.version == stamp.toolkit


def test_a_word_file_carries_it_in_its_foot(tmp_path):
    path = tmp_path / "paper.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/footer1.xml", f"<w:ftr><w:t>{STAMP.line()}</w:t></w:ftr>")
        package.writestr("word/document.xml", "<w:t>Ada 3 usulan.</w:t>")
    (found,) = printed_stamps(path)
    assert found.data == STAMP.data_sha256[:12]


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.docx", "a.xlsx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"<dc:description>\xff"])
def test_a_file_without_stamp_is_no_error(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert printed_stamps(path) == ()
