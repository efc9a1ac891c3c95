"""A disk that fills up, or a drawing that cannot be drawn, while papers are written: the old set stays whole."""

import subprocess
import sys

import nbformat
import pytest

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.display.shown import Shown
from ksd_toolkit.document import Figure, Heading, runs
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.formal_papers import write_preparation_papers
from ksd_toolkit.runs.papers import PREPARATION, kept_notebook, publish
from tests.small_project import NAME, new_project

resource = pytest.importorskip("resource", reason="the system limits no file sizes")

CHILD = """
import resource, sys
from pathlib import Path
import typer
from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.cli.saying import sentences
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.publishing.fonts import typst_fonts
from ksd_toolkit.runs.formal_papers import write_preparation_papers

home, name, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
dossier = open_dossier(name, home=home)
preparation = prepare(dossier)
typst_fonts()  # laid out once per process; the disk is full only afterwards
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with sentences("id"):
        write_preparation_papers(preparation, dossier.reports)
except typer.Exit as ended:
    sys.exit(ended.exit_code)
"""


def write(project):
    dossier = project.dossier
    return write_preparation_papers(prepare(dossier), dossier.reports)


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path)


@pytest.mark.slow
def test_a_full_disk_leaves_the_whole_old_set_and_the_next_run_mends_it(project):
    files = write(project)
    folder = project.dossier.reports
    before = contents(folder)
    settings = project.folder / "dossier.toml"
    settings.write_text(settings.read_text().replace('"Kandangan"', '"Amuntai"'))
    # All files but the largest fit: what comes before it must not take its name either.
    limit = max(len(content) for content in before.values()) - 100
    child = subprocess.run(
        [sys.executable, "-c", CHILD, project.home, NAME, str(limit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 1, child.stderr
    (sentence,) = child.stderr.splitlines()
    assert "tidak dapat ditulis" in sentence
    assert any(path.name in sentence for path in files)
    assert contents(folder) == before
    assert write(project) == files
    after = contents(folder)
    assert after.keys() == before.keys()
    assert all(after[name] != before[name] for name in after if name.suffix in {".html", ".pdf"})


def kept(project, *blocks):
    """An executed notebook that shows blocks, where the run keeps it."""
    paper = PREPARATION[0]
    path = kept_notebook(paper, project.dossier.reports)
    path.parent.mkdir(parents=True, exist_ok=True)
    title = nbformat.v4.new_markdown_cell("# Persiapan")
    output = nbformat.v4.new_output("display_data", Shown(*blocks)._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    nbformat.write(nbformat.v4.new_notebook(cells=[title, cell]), path)
    return paper


SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ((Figure("Sebaran", "<svg><path d='", "Ada."),), "paper.not_typeset"),
        ((Figure("Sebaran", "bukan gambar", "Ada."),), "paper.not_typeset"),
        ((Figure("Sebaran", SVG, ""),), "conformance.no_alternative"),
        ((Heading(2, runs("Dalam")),), "conformance.level_skipped"),
    ],
    ids=["torn drawing", "no drawing", "no alternative text", "skipped level"],
)
def test_a_notebook_that_shows_what_no_paper_may_hold_leaves_the_old_paper(project, blocks, code):
    dossier, stamp = project.dossier, prepare(project.dossier).stamp
    paper = kept(project, Heading(1, runs("A")), Figure("Sebaran", SVG, "Ada."))
    publish(paper, dossier, stamp, dossier.reports)
    before = {path: path.read_bytes() for path in dossier.reports.glob("preparation.*")}
    assert {path.suffix for path in before} == {".html", ".pdf", ".docx"}
    kept(project, *blocks)
    with pytest.raises(RunError) as caught:
        publish(paper, dossier, stamp, dossier.reports)
    assert caught.value.code == code
    assert "Persiapan" in caught.value.sentence("id")
    assert {path: path.read_bytes() for path in dossier.reports.glob("preparation.*")} == before
    assert not list(dossier.reports.rglob(".*"))
