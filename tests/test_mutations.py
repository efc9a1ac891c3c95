"""The checks themselves are checked: something is broken in a copy, and they must notice."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import openpyxl
import pytest

from ksd_toolkit.document import Letterhead
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.scoring import Ranking, read_method, score
from tests.scoring.oracle import Answers, disagreements
from tests.scoring.worked import CASES, Case, differences, inconsistencies, workbook_figures

ROOT = Path(__file__).parents[1]
NAME = "hulu-sungai-selatan/2026"


@pytest.fixture
def project(tmp_path: Path, taken_in: Callable[[Path], Path]) -> Path:
    """A copy of the sample to break; what is changed in it is taken in anew."""
    return taken_in(tmp_path)


@pytest.fixture(scope="module")
def answers() -> Answers:
    """The sample as it is, read by the oracle."""
    return Answers(ROOT / "data" / NAME)


@pytest.fixture
def case() -> Case:
    return Case(CASES / "score_mandatory.md")


def scored(project: Path) -> Ranking:
    dossier = open_dossier(NAME, home=project)
    ingest(dossier)
    return score(read_register(dossier), read_method(dossier))


# --- a score row dropped from a workbook ------------------------------------------------------------


def drop_row(workbook: Path, sheet: str, row: int) -> None:
    book = openpyxl.load_workbook(workbook)
    book[sheet].delete_rows(row)
    book.save(workbook)


def test_a_dropped_score_row_is_noticed(project, answers, case):
    """A mark that decides a median goes; everything below it moves up a row."""
    mark = next(row for row in case.answers if (row["leaf"], row["rater"]) == ("K3A", "TKKSD-1"))
    folder = project / "data" / NAME
    drop_row(folder / mark["file"], mark["sheet"], int(re.sub(r"\D", "", mark["cell"])))
    broken = scored(project)
    found = differences(case, broken, workbook_figures(broken))
    assert any(mark["sheet"] in line for line in found)
    assert disagreements(answers, broken)


# --- a notebook broken, a stored output altered -----------------------------------------------------

FIRST_CELLS = 4  # title, parameters, import, and the cell whose output is stored


def write_notebook(folder: Path, name: str, found: str = "", written: str = "") -> None:
    """The first cells of a notebook of ours with one text replaced."""
    source = ROOT / "notebooks" / "02_answers.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = notebook.cells[:FIRST_CELLS]
    text = nbformat.writes(notebook)
    assert found in text
    (folder / f"{name}.ipynb").write_text(
        text.replace(found, written, 1) if found else text, "utf-8"
    )


def test_a_broken_cell_and_an_altered_output_are_noticed(project):
    """By the command of `make notebooks`; the untouched copy beside them passes."""
    folder = project / "notebooks"
    folder.mkdir()
    write_notebook(folder, "untouched")
    write_notebook(folder, "broken", "ksd.read_register(d)", "ksd.read_registre(d)")
    write_notebook(folder, "altered", "156 usulan", "157 usulan")
    command = [
        sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env",
        "-p", "no:cacheprovider", "-q", "-rA", str(folder),
    ]  # fmt: skip
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=project, env=outside, capture_output=True, text=True, check=False, timeout=120
    )
    failed = set(re.findall(r"^FAILED .*?(\w+)\.ipynb", done.stdout, re.MULTILINE))
    passed = set(re.findall(r"^PASSED .*?(\w+)\.ipynb", done.stdout, re.MULTILINE))
    assert (done.returncode, failed) == (1, {"broken", "altered"}), done.stdout
    assert "untouched" in passed


def test_a_paper_whose_cells_emitted_nothing_is_no_paper():
    """The output contract: a run that ended well without its blocks is an error."""
    with pytest.raises(RunError):
        read_document(
            ROOT / "notebooks" / "07_policy_brief.ipynb", FrontMatter(Letterhead("", ""), "")
        )


# --- a figure altered -------------------------------------------------------------------------------


def test_an_altered_figure_is_noticed(project, answers, case):
    """One hundredth of a point more, in the ranking and so in ranking.xlsx."""
    ranking = scored(project)
    table = ranking.table.copy()
    table.loc[case.usulan, "points"] = round(table.at[case.usulan, "points"] + 0.01, 2)
    altered = replace(ranking, table=table)
    assert disagreements(answers, ranking) == []
    assert len(disagreements(answers, altered)) == 1
    found = differences(case, altered, workbook_figures(altered))
    assert [line.partition(":")[0] for line in found] == ["points", "ranking.xlsx points"]


@pytest.mark.parametrize("what", ["points", "worst", "coverage", "sum of weight x v"])
def test_an_altered_case_no_longer_adds_up(tmp_path, case, what):
    text = (CASES / "score_mandatory.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith(f"| {what} |"))
    figure = case.result[what]
    copy = tmp_path / "case.md"
    copy.write_text(text.replace(line, f"{line[: -len(figure) - 2]}{figure}1 |"), encoding="utf-8")
    assert [found.partition(":")[0] for found in inconsistencies(Case(copy))] == [what]
