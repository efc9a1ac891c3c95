"""A Word file of ours opens in LibreOffice Writer with the same headings and tables."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from formal_paper import decree
from readings import pdf_text, squeezed
from sample_paper import sample_paper

from ksd_toolkit.document import Annex, Heading, Table, plain_text
from ksd_toolkit.publishing.docx import docx_bytes

SOFFICE = shutil.which("soffice")
DATED = date(2026, 11, 23)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


def converted(folder, *names):
    """PDFs of the Word files, made by LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in names]
    told = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*told, *files], check=False, capture_output=True)
    return {name: folder / f"{name}.pdf" for name in names}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("word")
    docx.Document().save(folder / "empty.docx")
    papers = {
        "brief": replace(sample_paper(), contents=True),
        "decree": decree(rows=8),
        "long": decree(rows=120),
    }
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(docx_bytes(paper, DATED))
    files = converted(folder, "empty", *papers)
    if not files["empty"].is_file():
        pytest.skip("LibreOffice is installed without Writer")
    return {name: (paper, files[name].read_bytes()) for name, paper in papers.items()}


@pytest.mark.parametrize("name", ["brief", "decree", "long"])
def test_libreoffice_finds_the_same_headings_and_tables(made, name):
    paper, content = made[name]
    text = pdf_text(content).casefold()
    for block in paper.blocks:
        if isinstance(block, Heading | Annex):
            title = plain_text(block.text) if isinstance(block, Heading) else block.title
            assert squeezed(title).casefold() in text
        elif isinstance(block, Table):
            assert squeezed(block.caption).casefold() in text
            for row in block.rows:
                assert all(squeezed(cell).casefold() in text for cell in row)


def test_libreoffice_repeats_the_header_of_a_long_table(made):
    _, content = made["long"]
    with pypdfium2.PdfDocument(content) as pdf:
        texts = [squeezed(page.get_textpage().get_text_range()) for page in pdf]
        wide = [page.get_width() > page.get_height() for page in pdf]
    of_annex = [text for text, turned in zip(texts, wide, strict=True) if turned]
    assert len(of_annex) > 3
    assert all("Perludprd" in text or "PerluDPRD" in text for text in of_annex)
