"""Every figure of every paper of the sample leads to a sentence and to sources that say what it says."""

import json
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.document import Column, Document, Letterhead, Paragraph, Run, Table, runs
from ksd_toolkit.errors import RunError
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.hover_notes import LONGEST, hovers_of
from ksd_toolkit.runs.present_case import present_case
from ksd_toolkit.runs.run import RunResult
from ksd_toolkit.runs.traced_cells import CellIndex
from ksd_toolkit.runs.traced_report import Report, TracedPaper, find_report, traced_paper
from ksd_toolkit.runs.tracing import trace_all

pytestmark = pytest.mark.slow
SAMPLE = "hulu-sungai-selatan/2026"


@dataclass(frozen=True)
class Made:
    """A run, its dossier today, and what figures are traced in."""

    run: RunResult
    case: Case
    evidence: Evidence
    index: CellIndex

    @classmethod
    def of(cls, run):
        case = present_case(run.dossier)
        return cls(run, case, Evidence.of(case), CellIndex.over(case.register, case.ranking))

    def paper(self, name, internal=False):
        return traced_paper(Report(self.run.dossier, self.run.folder, name, internal), self.case)

    def traces(self, paper):
        return list(trace_all(paper, self.evidence, self.index))


@pytest.fixture(scope="module")
def sample(two_runs):
    return Made.of(two_runs.first)


def test_a_score_ends_in_cells_that_hold_its_answers(sample):
    traces = sample.traces(sample.paper("policy-brief"))
    score = next(one for one in traces if one.origin.startswith("points@"))
    cells = [cell for cell in score.cells if cell.question == "skor"]
    assert {cell.file for cell in cells} == {"tkksd.xlsx"}
    book = load_workbook(sample.run.dossier.folder / "tkksd.xlsx", read_only=True, data_only=True)
    sheets = {name: list(book[name].values) for name in {cell.sheet for cell in cells}}
    book.close()
    for cell in cells:
        row, column = coordinate_to_tuple(cell.cell)
        written = sheets[cell.sheet][row - 1][column - 1]
        if cell.answer == "kosong":
            assert written in {None, ""}
        else:
            assert str(written).strip().startswith(cell.answer)


def test_a_score_is_the_sum_it_is_said_to_be(sample):
    traces = sample.traces(sample.paper("policy-brief"))
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
    asked = [report, "T3.1.5", "--dossier", SAMPLE]
    shown = CliRunner().invoke(app, ["trace", *asked])
    assert shown.exit_code == 0, shown.output
    machine = CliRunner().invoke(app, ["trace", *asked, "--json"])
    (trace,) = json.loads(machine.output)["traces"]
    assert trace["figure"]["text"] in shown.output
    assert trace["cells"][0]["file"] in shown.output
    several = CliRunner().invoke(app, ["trace", report, "1", "--dossier", SAMPLE, "--json"])
    found = json.loads(several.output)["traces"]
    assert "T3.1.1" in [one["figure"]["id"] for one in found]
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


def test_what_is_counted_is_named_and_hostile_words_stay_words(sample):
    columns = (Column("=1+1"), Column("n", measure="gate_fail"), Column("x"))
    rows = (("{usulan} <b>#sys", "3", "7"),)
    table = Table("", columns, rows, subjects=("usulan/*",))
    prose = Paragraph(runs("Ada ", Run("156", origin="count@usulan/*"), " dan {0} 4."))
    document = Document("{x}", "", "id", Letterhead("", ""), "", (table, prose))
    found = {one.figure.id: one for one in sample.traces(TracedPaper(document, ("", "")))}
    gates = sample.case.ranking.basis.gate
    assert set(found["X1.1.2"].counted) == set(gates.index[gates == "fail"])
    everyone = found["P1.1"]
    assert len(everyone.counted) == len(sample.case.register.usulan) == len(everyone.cells)
    assert {cell.question for cell in everyone.cells} == {"judul"}
    assert found["X1.1.3"].figure.place in found["X1.1.3"].computation
    assert found["P1.2"].sources
    assert document.title in found["P1.2"].computation


def test_hover_notes_are_short_and_cover_every_figure(sample):
    document = sample.paper("policy-brief").document
    notes = hovers_of(document, sample.case)
    assert notes.keys() == {one.id for one in figures_of(document)}
    assert max(map(len, notes.values())) <= LONGEST
    assert sample.case.ranking.table.index[0] in notes["T3.1.5"]
    assert ".xlsx:" in notes["T3.1.5"]
