"""A paper that does not list its files names the one that does, and that one lists them all."""

import json
from pathlib import Path

import pytest

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.document import Paragraph, Provenance, plain_text
from ksd_toolkit.papers.invitation import invitation_of
from ksd_toolkit.papers.ppksd_list import ppksd_list_of
from ksd_toolkit.papers.schedule import schedule_of
from ksd_toolkit.prose import stamp
from ksd_toolkit.theme import read_theme
from tests.small_project import new_project

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "01_prepare.ipynb"
MAKERS = {
    "invitation": invitation_of,
    "schedule": schedule_of,
    "ppksd-list": lambda found, theme: ppksd_list_of(found, theme, "internal"),
}


@pytest.fixture
def preparation(tmp_path):
    return prepare(new_project(tmp_path).dossier)


@pytest.mark.parametrize("name", MAKERS)
def test_papers_of_the_preparation_point_to_the_paper_that_lists_their_files(preparation, name):
    facts = MAKERS[name](preparation, read_theme(preparation.dossier))
    [sentence] = [block for block in facts.blocks["stamp"] if isinstance(block, Paragraph)]
    told = plain_text(sentence.text)
    assert "preparation.pdf" in told
    assert "stamp.json" not in told
    assert preparation.stamp.data_sha256[:12] in told


def test_that_paper_lists_every_file_also_the_list_of_offices(preparation):
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert "ksd.prose.stamp(preparation.stamp)" in ["".join(c["source"]).strip() for c in cells]
    [listed] = [b for b in stamp(preparation.stamp).blocks if isinstance(b, Provenance)]
    names = [row[0] for row in listed.rows]
    assert names == [source.name for source in preparation.stamp.sources]
    assert "opd.csv" in names
