"""Word files of a run open in LibreOffice Writer and become PDFs with the same headings and tables.

One of every kind; every one with KSD_EVERYTHING=1.
"""

import re
import shutil
import subprocess

import docx
import pypdfium2
import pytest

from tests.extent import EVERYTHING

SOFFICE = shutil.which("soffice")
OPENING = 40  # letters
# One of every kind: the others have the same parts.
OPENED = {
    "id": {"policy-brief", "evaluation", "sk", "berita-acara", "answers", "schedule", "plan-matrix", "offering-partners", "forum-minutes"},
    "en": {"policy-brief", "sk"},
}  # fmt: skip
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]


def bare(text):
    """Letters and digits alone: Writer breaks words and lines where it likes."""
    return re.sub(r"[\W_]+", "", text).casefold()


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as opened:
        return bare("".join(page.get_textpage().get_text_range() for page in opened))


def converted(files, folder):
    docx.Document().save(folder / "empty.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    told = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*told, str(folder / "empty.docx"), *map(str, files)], check=False, capture_output=True
    )
    if not (folder / "empty.pdf").is_file():
        pytest.skip("LibreOffice is installed without Writer")
    return {file: folder / f"{file.stem}.pdf" for file in files}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_word_file_becomes_the_same_paper(two_runs, english_run, tmp_path, lang):
    run = two_runs.first if lang == "id" else english_run
    files = sorted(run.folder.glob("*.docx"))
    assert len(files) > 12
    made = converted([one for one in files if EVERYTHING or one.stem in OPENED[lang]], tmp_path)
    lost = []
    for file, pdf in made.items():
        text, paper = text_of(pdf), docx.Document(str(file))
        headings = [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]
        assert headings, file.name
        cells = [c.text for table in paper.tables for row in table.rows for c in row.cells]
        lines = [line for told in (*headings, *cells) for line in told.split("\n")]
        # Numbers of a list, footnotes and the foot of a page come between the parts of a long text.
        lost += [(file.name, line) for line in lines if bare(line)[:OPENING] not in text]
    assert lost == []
