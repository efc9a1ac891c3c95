"""Every figure of every paper of the sample leads to a sentence and to sources that say what it says."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.document import Column, Document, Letterhead, Paragraph, Run, Table, runs
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.hover_notes import LONGEST, hovers_of
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.papers import INTERNAL, PAPERS
from ksd_toolkit.runs.present_case import present_case
from ksd_toolkit.runs.traced_report import Report, TracedPaper, find_report, traced_paper
from ksd_toolkit.runs.tracing import trace_all

pytestmark = pytest.mark.slow
SAMPLE = "hulu-sungai-selatan/2026"
NAMES = [(p.paper, p.edition == INTERNAL) for p in PAPERS if p.paper]
NAMES += [(p.name, p.edition == INTERNAL) for p in FORMAL_PAPERS if not p.plenary]


@pytest.fixture(scope="module", params=["id", "en"])
def made(request):
    """A run in one language, with what its dossier says today."""
    run = request.getfixturevalue("two_runs").first
    if request.param == "en":
        run = request.getfixturevalue("english_run")
    return run, present_case(run.dossier)


@pytest.mark.parametrize(("name", "internal"), NAMES)
def test_every_figure_leads_to_a_sentence_and_a_source(made, name, internal):
    run, case = made
    paper = traced_paper(Report(run.dossier, run.folder, name, internal), case)
    traces = list(trace_all(paper, case))
    assert traces
    for trace in traces:
        assert trace.computation, trace.figure
        assert trace.cells or trace.sources, trace.figure
        assert all(cell.file and cell.cell for cell in trace.cells), trace.figure
        assert trace.maker or trace.origin or trace.figure.place in trace.computation
    measured = [trace for trace in traces if trace.origin.startswith("points@usulan/")]
    assert all(trace.cells for trace in measured)


def test_a_score_ends_in_cells_that_hold_its_answers(two_runs):
    case = present_case(two_runs.first.dossier)
    report = Report(two_runs.first.dossier, two_runs.first.folder, "policy-brief")
    traces = list(trace_all(traced_paper(report, case), case))
    scores = [one for one in traces if one.origin.startswith("points@")][:3]
    assert scores
    books = {}
    for cell in (cell for one in scores for cell in one.cells if cell.question == "skor"):
        path = two_runs.first.dossier.folder / cell.file
        book = books.setdefault(path, load_workbook(path, read_only=False, data_only=True))
        written = book[cell.sheet][cell.cell].value
        if cell.answer == "kosong":
            assert written in {None, ""}
        else:
            assert str(written).strip().startswith(cell.answer)
    assert books


def test_a_score_is_the_sum_it_is_said_to_be(two_runs):
    case = present_case(two_runs.first.dossier)
    report = Report(two_runs.first.dossier, two_runs.first.folder, "policy-brief")
    traces = trace_all(traced_paper(report, case), case)
    score = next(one for one in traces if one.origin.startswith("points@"))
    told = score.computation.split(" = ")
    parts = [float(part.split()[1].replace(",", ".")) for part in told[1].split(" + ")]
    assert sum(parts) == pytest.approx(float(score.figure.text.replace(",", ".")), abs=0.09)
    assert told[2].startswith(score.figure.text)


def test_a_number_is_found_by_how_it_is_printed_and_an_unknown_one_is_refused(
    two_runs, monkeypatch
):
    monkeypatch.chdir(two_runs.project)
    report = str(two_runs.first.folder / "policy-brief.pdf")
    asked = [report, "T2.1.5", "--dossier", SAMPLE]
    shown = CliRunner().invoke(app, ["trace", *asked])
    assert shown.exit_code == 0, shown.output
    machine = CliRunner().invoke(app, ["trace", *asked, "--json"])
    (trace,) = json.loads(machine.output)["traces"]
    assert trace["figure"]["text"] in shown.output
    assert trace["cells"][0]["file"] in shown.output
    several = CliRunner().invoke(app, ["trace", report, "1", "--dossier", SAMPLE, "--json"])
    found = json.loads(several.output)["traces"]
    assert "T2.1.1" in [one["figure"]["id"] for one in found]
    assert all("1" in one["figure"]["numbers"] for one in found)
    unknown = CliRunner().invoke(app, ["trace", report, "T99.1.1", "--dossier", SAMPLE])
    assert unknown.exit_code == 1
    assert "T99.1.1" in unknown.output


def test_a_report_of_nobody_is_refused(tmp_path):
    stray = tmp_path / "paper.pdf"
    stray.write_bytes(b"%PDF")
    with pytest.raises(RunError, match=r"paper\.pdf"):
        find_report(str(stray))
    with pytest.raises(RunError, match="nowhere"):
        find_report("nowhere")


def test_what_is_counted_is_named_and_hostile_words_stay_words(two_runs):
    case = present_case(two_runs.first.dossier)
    columns = (Column("=1+1"), Column("n", measure="gate_fail"), Column("x"))
    rows = (("{usulan} <b>#sys", "3", "7"),)
    table = Table("", columns, rows, subjects=("usulan/*",))
    prose = Paragraph(runs("Ada ", Run("156", origin="count@usulan/*"), " dan {0} 4."))
    blocks = (table, prose)
    document = Document("{x}", "", "id", Letterhead("", ""), "", blocks)
    failed, stray, counted, other = trace_all(TracedPaper(document, ("", "")), case)
    gates = case.ranking.basis.gate
    assert set(failed.counted) == set(gates.index[gates == "fail"])
    assert len(counted.counted) == len(case.register.usulan) == len(counted.cells)
    assert {cell.question for cell in counted.cells} == {"judul"}
    assert stray.figure.place in stray.computation
    assert other.sources
    assert document.title in other.computation


def test_hover_notes_are_short_and_cover_every_figure(two_runs):
    case = present_case(two_runs.first.dossier)
    report = Report(two_runs.first.dossier, two_runs.first.folder, "policy-brief")
    document = traced_paper(report, case).document
    notes = hovers_of(document, case)
    assert notes.keys() == {one.id for one in figures_of(document)}
    assert max(map(len, notes.values())) <= LONGEST
    first = case.ranking.table.index[0]
    assert first in notes["T2.1.5"]
    assert ".xlsx:" in notes["T2.1.5"]
