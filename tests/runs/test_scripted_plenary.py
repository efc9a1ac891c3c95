"""A scripted plenary of the sample: refused in four places, corrected, and traced row by row in its papers."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from ksd_toolkit.document import Origin, Table
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary import read_plenary
from ksd_toolkit.publishing.computations import computed
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.runs.formal_papers import case_of, write_plenary_papers
from ksd_toolkit.runs.traced_cells import CellIndex
from ksd_toolkit.runs.traced_report import Report, traced_paper
from ksd_toolkit.runs.tracing import trace_all
from ksd_toolkit.scoring import gate_reasons, read_method, score

from .conftest import SAMPLE

pytestmark = pytest.mark.slow
UNKNOWN = "DINKES-99"
MEETING = """
[rapat]
tanggal = 2026-08-27
tempat = "Kandangan"
"""


@pytest.fixture(scope="module")
def ranking(tmp_path_factory, taken_in):
    """The computed order of the sample, in a project whose plenary is still to be recorded."""
    project = taken_in(tmp_path_factory.mktemp("scripted"))
    dossier = open_dossier(SAMPLE, home=project)
    (dossier.folder / "pleno.toml").unlink()
    ingest(dossier)
    return score(read_register(dossier), read_method(dossier))


def script(ranking, *, mended):
    """Ten moves, two without a reason and one of an unknown usulan; a merge; a failed gate passed."""
    order = list(ranking.table.index)
    moved = [(order[40 + 3 * n], 2 + 4 * n) for n in range(9)]
    moved.append((order[80] if mended else UNKNOWN, 50))
    entries = [
        entry(
            "pindah",
            usulan=usulan,
            posisi=place,
            alasan="" if n in {3, 6} and not mended else f"Mendesak menurut pleno, butir {n + 1}",
        )
        for n, (usulan, place) in enumerate(moved)
    ]
    entries.append(
        entry("gabung", usulan=order[90], ke=order[10], alasan="Sasaran dan lokasinya sama")
    )
    stopped = next(u for u in ranking.excluded.index if ranking.basis.gate[u] == "fail")
    article = "PP 28/2018 4(2)-(3)" if mended else ""
    entries.append(
        entry(
            "putusan",
            usulan=stopped,
            putusan="ditetapkan",
            alasan="Program strategis nasional",
            pasal=article,
        )
    )
    members = "".join(f'[[hadir]]\npenilai = "TKKSD-{n}"\n' for n in range(1, 9))
    return MEETING + members + "".join(entries), order[90], stopped


def entry(section, **cells):
    lines = (f"{k} = {v}" if isinstance(v, int) else f'{k} = "{v}"' for k, v in cells.items() if v)
    return "\n".join((f"[[{section}]]", *lines, ""))


def record(ranking, text):
    (ranking.register.dossier.folder / "pleno.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def outcome(ranking):
    record(ranking, script(ranking, mended=True)[0])
    return read_plenary(ranking)


def test_it_is_refused_in_exactly_four_places(ranking):
    record(ranking, script(ranking, mended=False)[0])
    with pytest.raises(PlenaryError) as refusal:
        read_plenary(ranking)
    assert sorted((p.code, p.where.sheet, p.where.cell) for p in refusal.value.problems) == [
        ("plenary.no_article", "putusan", "1"),
        ("plenary.no_reason", "pindah", "4"),
        ("plenary.no_reason", "pindah", "7"),
        ("plenary.unknown_usulan", "pindah", "10"),
    ]


def test_corrected_it_is_accepted_beside_the_untouched_order(ranking, outcome):
    _, merged, stopped = script(ranking, mended=True)
    assert outcome.ranking is ranking
    assert list(outcome.changes["kind"]) == ["move"] * 10 + ["merge", "admit"]
    assert outcome.table.at[merged, "decision"] == "digabung"
    assert outcome.table.at[stopped, "decision"] == "ditetapkan"
    ranks = outcome.set_list["final_rank"]
    assert list(ranks) == list(range(1, len(ranks) + 1))


@pytest.fixture(scope="module")
def traced(outcome):
    """The traces of the minutes and the decree, after both were written as files."""
    written = {path.name for path in write_plenary_papers(outcome)}
    assert {"berita-acara.pdf", "berita-acara.docx", "sk.pdf", "sk.docx", "sk.html"} <= written
    register = outcome.ranking.register
    case = case_of(register, outcome.ranking, outcome)
    agreed = replace(case, ranking=outcome.agreed)
    evidence, index = Evidence.of(agreed), CellIndex.over(register, agreed.ranking)
    found = {}
    for name in ("berita-acara", "sk"):
        paper = traced_paper(
            Report(register.dossier, register.dossier.reports, name, internal=False), case
        )
        found[name] = (paper.document, list(trace_all(paper, evidence, index)))
    return found


@pytest.mark.parametrize("name", ["berita-acara", "sk"])
def test_every_row_about_an_usulan_leads_to_the_record_or_to_cells(traced, name):
    document, traces = traced[name]
    by_row = defaultdict(list)
    for trace in traces:
        if trace.figure.part:
            by_row[trace.figure.block, trace.figure.part[0]].append(trace)
    lost = [
        (block.caption, number, row[:2])
        for at, block in enumerate(document.blocks)
        if isinstance(block, Table) and block.subjects
        for number, row in enumerate(block.rows, start=1)
        if block.subjects[number - 1].startswith("usulan/")
        if not any(t.cells or t.decided or t.counted for t in by_row[at, number])
    ]
    assert lost == []
    assert all(trace.computation for trace in traces)


def test_every_weight_leads_to_the_table_of_the_method(traced, outcome):
    document, traces = traced["berita-acara"]
    at, table = next(
        (at, block)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Table) and block.subjects and block.subjects[0].startswith("kriteria/")
    )
    told = defaultdict(str)
    for trace in traces:
        if trace.figure.block == at and trace.figure.part:
            told[trace.figure.part[0]] += trace.computation
    method = outcome.ranking.method.name
    assert len(table.rows) == 16
    assert all(method in told[number] for number in range(1, 17))


def test_a_moved_usulan_leads_to_the_entry_that_moved_it(traced, outcome):
    _, traces = traced["berita-acara"]
    moves = outcome.changes[outcome.changes["kind"] == "move"]
    decided = {trace.decided for trace in traces}
    assert set(moves["source"]) <= decided
    assert all(re.fullmatch(r"pleno\.toml \[pindah:\d+\]", source) for source in moves["source"])


def test_the_cells_they_lead_to_hold_what_is_said(traced, outcome):
    folder = outcome.ranking.register.dossier.folder
    cells = {cell for _, traces in traced.values() for trace in traces for cell in trace.cells}
    books = defaultdict(set)
    for cell in cells:
        if cell.file.endswith(".xlsx"):
            books[cell.file].add(cell)
    assert sum(map(len, books.values())) > 1000
    for file, wanted in books.items():
        book = load_workbook(folder / file, read_only=True, data_only=True)
        sheets = {name: list(book[name].values) for name in {cell.sheet for cell in wanted}}
        book.close()
        for cell in wanted:
            row, column = coordinate_to_tuple(cell.cell)
            written = str(sheets[cell.sheet][row - 1][column - 1] or "").strip()
            if cell.question == "skor":
                said = "" if cell.answer == "kosong" else cell.answer
                assert written.partition(" ")[0] == said, cell


def test_a_changed_weight_is_told_before_and_after_the_plenary(ranking):
    text = script(ranking, mended=True)[0]
    weights = ranking.method.weights
    changed = {"U": weights["U"] + 2, "S": weights["S"] - 2}
    lines = "\n".join(f"{code} = {value:g}" for code, value in (dict(weights) | changed).items())
    record(ranking, f'{text}\n[bobot]\n{lines}\nalasan = "Mendesak lebih penting"\n')
    outcome = read_plenary(ranking)
    evidence = Evidence.of(
        replace(case_of(ranking.register, ranking, outcome), ranking=outcome.agreed)
    )
    told = {
        measure: computed(evidence, Origin(measure, "kriteria/U"))
        for measure in ("weight_proposed", "weight_agreed")
    }
    assert "= 9 %" in told["weight_proposed"].sentence
    assert told["weight_proposed"].decided == ""
    assert "11 %" in told["weight_agreed"].sentence
    assert told["weight_agreed"].decided.startswith("pleno.toml")
    assert computed(evidence, Origin("alpha", "kriteria/U")) is None


def test_what_a_gate_stopped_is_told_with_its_sum_and_its_gate(ranking):
    evidence = Evidence.of(case_of(ranking.register, ranking, None))
    scored = ranking.excluded[ranking.excluded["points"].notna()]
    usulan = str(scored.index[0])
    told = computed(evidence, Origin("points", f"usulan/{usulan}")).sentence
    assert f"= {scored.at[usulan, 'points']:.2f}".replace(".", ",") in told
    assert any(reason in told for reason in gate_reasons(ranking, usulan, "id"))
    assert computed(evidence, Origin("rank:usg", f"usulan/{ranking.table.index[0]}")) is None
