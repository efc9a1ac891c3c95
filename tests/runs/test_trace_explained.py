"""Every figure of these papers explains itself: by its computation, or by what its measure is defined as."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.papers import INTERNAL, PAPERS
from ksd_toolkit.runs.present_case import present_case
from ksd_toolkit.runs.traced_cells import CellIndex
from ksd_toolkit.runs.traced_report import Report, traced_paper
from ksd_toolkit.runs.tracing import trace_all
from tests.extent import sampled

from .conftest import IN_ENGLISH

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("as_in_a_run")]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
EXPLAINED: list[tuple[str, str]] = [
    ("answers", "public"),
    ("answers", INTERNAL),
    ("completeness", "public"),
    ("evaluation", "public"),
    ("leader-summary", "public"),
    ("preparation", "public"),
    ("preparation", INTERNAL),
    ("invitation", "public"),
    ("schedule", "public"),
    ("ppksd-list", INTERNAL),
    ("long-list", "public"),
    ("partners", "public"),
    ("potential-map", "public"),
    ("priorities", "public"),
    ("policy-brief", "public"),
    ("policy-brief-short", "public"),
    ("plenary-material", "public"),
    ("berita-acara", "public"),
    ("sk", "public"),
    ("plan-matrix", "public"),
    ("coordination", "public"),
    ("forum-invitations", "public"),
    ("offering-proposals", "public"),
    ("offering-partners", "public"),
    ("meeting-matrix", "public"),
    ("forum-minutes", "public"),
    ("foreign-report", "public"),
    ("reminders", "public"),
    ("attendance", INTERNAL),
]
"""Paper and edition."""


SOURCED = {p.paper for p in PAPERS} | {p.name for p in FORMAL_PAPERS if not p.plenary}
"""Every figure of these leads to a source; what a plenary decided stands in its record alone."""


@pytest.fixture(scope="module", params=["id", "en"])
def run(request):
    return (
        request.getfixturevalue("two_runs").first
        if request.param == "id"
        else (request.getfixturevalue("english_run"))
    )


@pytest.fixture(scope="module")
def cases(run):
    public = present_case(run.dossier)
    return {"public": public, INTERNAL: present_case(run.dossier, internal=True)}


@pytest.mark.parametrize(("name", "edition"), EXPLAINED)
def test_every_figure_leads_to_a_sentence_of_its_own_and_to_sources(run, cases, name, edition):
    if run.dossier.lang == "en" and IN_ENGLISH and name not in IN_ENGLISH:
        pytest.skip("made in English with KSD_EVERYTHING=1")
    if run.dossier.lang == "en" and (name, edition) not in sampled(EXPLAINED, 2):
        pytest.skip("every second paper in English; all with KSD_EVERYTHING=1")
    case = cases[edition]
    paper = traced_paper(Report(run.dossier, run.folder, name, edition == INTERNAL), case)
    if paper.agreed and case.outcome is not None:
        case = replace(case, ranking=case.outcome.agreed)
    evidence, index = Evidence.of(case), CellIndex.over(case.register, case.ranking)
    unexplained, unsaid = [], []
    for trace in trace_all(paper, evidence, index):
        figure = trace.figure
        if not trace.explained:
            unexplained.append((figure.id, figure.text, trace.maker))
        elif not all(_says(trace.computation, part) for part in _numbers(figure)):
            unsaid.append((figure.id, figure.text, trace.computation))
        if name in SOURCED:
            assert trace.computation, figure
            assert trace.cells or trace.sources, figure
            assert all(cell.file and cell.cell for cell in trace.cells), figure
            assert trace.maker or trace.origin or figure.place in trace.computation
        if trace.origin.startswith("points@usulan/"):
            assert trace.cells, figure
    assert unexplained == []
    assert unsaid == []


def _numbers(figure):
    return NUMBER.findall(" ".join(figure.numbers or (figure.text,)))


def _says(sentence, number):
    return re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d)", sentence)
