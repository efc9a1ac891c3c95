"""What every notebook must be: a title, parameters, one import, short calls, and the stamp at the end."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from ksd_toolkit.runs.notebooks import parameters_of

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))

MOST_PARAMETERS = 6
MOST_LINES = 12
IMPORT = "import ksd_toolkit as ksd"
DOSSIER = re.compile(r"[a-z0-9-]+/\d{4}(-S[12])?")
CHECK = "# NBVAL_CHECK_OUTPUT"
CHECKED = ("01_prepare", "02_answers", "03_score", "04_partners", "08_evaluation")
"""Notebooks with a stored output that `make notebooks` compares; nbval compares nothing else."""

FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.Try,
    ast.With, ast.If, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


def broken_rules(notebook: nbformat.NotebookNode) -> list[str]:
    """Every rule the notebook breaks, in one line each."""
    first, second, third, *_ = cells = notebook.cells
    found = [
        *_broken_title(first),
        *_broken_parameters(second),
        *([] if third.source.strip() == IMPORT else [f"cell 3 is not `{IMPORT}`"]),
        *([] if _is_stamp(cells[-1]) else ["the last cell is not the stamp"]),
    ]
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "code":
            found += [f"cell {number}: {what}" for what in _broken_code(cell)]
    return found


def _broken_title(cell):
    if cell.cell_type != "markdown" or not re.match(r"# \S.*\n\n\S", cell.source):
        yield "cell 1 is not a title with its question"


def _broken_parameters(cell):
    if "parameters" not in tags(cell):
        yield "cell 2 is not tagged parameters"
    lines = [line for line in cell.source.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_PARAMETERS:
        yield f"{len(lines)} parameters"
    for line in lines:
        if not re.fullmatch(r"[a-z_]+ = [^#]+  # \S.*", line):
            yield f"no plain name with a comment: {line}"
    given = _assigned(cell.source)
    many = {"period", "area"} <= given.keys()  # the roll-up is of many regions of a period
    if not (many or DOSSIER.fullmatch(str(given.get("dossier", "")))):
        yield "the dossier is not given by its name"


def _assigned(source: str) -> dict[str, object]:
    statements = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return {ast.unparse(node.targets[0]): ast.literal_eval(node.value) for node in statements}


def _broken_code(cell):
    lines = cell.source.splitlines()
    if len(lines) > MOST_LINES:
        yield f"{len(lines)} lines"
    imports = cell.source.strip() == IMPORT
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, FORBIDDEN):
            yield f"a {type(node).__name__} stands in it"
        if isinstance(node, ast.Import | ast.ImportFrom) and not imports:
            yield "an import stands in it"
    if cell.outputs and "keep_output" not in tags(cell):
        yield "an output is stored that nobody keeps"
    if not cell.outputs and cell.execution_count is not None:
        yield "an execution count without an output"


def _is_stamp(cell) -> bool:
    return cell.cell_type == "code" and cell.source.strip().startswith("ksd.prose.stamp(")


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture
def notebook(path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks():
    assert len(PATHS) >= len(CHECKED)
    assert {path.stem for path in PATHS} >= set(CHECKED)


def test_every_notebook_is_valid_and_keeps_the_rules(notebook):
    nbformat.validate(notebook)
    assert broken_rules(notebook) == []


def test_no_notebook_holds_a_place_or_a_time(notebook):
    text = nbformat.writes(notebook)
    assert not re.search(r"/(home|work|tmp|Users|root)/|[A-Z]:\\\\", text)
    assert "papermill" not in notebook.metadata
    for cell in notebook.cells:
        assert not {"papermill", "execution"} & cell.metadata.keys()


def test_papermill_sees_the_parameters(path, notebook):
    assert {name: p.default for name, p in parameters_of(path).items()} == _assigned(
        notebook.cells[1].source
    )


def test_every_markdown_heading_below_the_title_is_of_level_two(notebook):
    lines = [
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    ]
    levels = [len(match[1]) for line in lines if (match := re.match(r"(#+) ", line))]
    assert levels[0] == 1
    assert set(levels[1:]) <= {2, 3}


@pytest.mark.parametrize("name", CHECKED)
def test_nbval_has_something_to_compare(name):
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    compared = [cell for cell in notebook.cells if CHECK in cell.get("source", "")]
    assert compared
    for cell in compared:
        assert "keep_output" in tags(cell)
        assert cell.execution_count
        assert any(output.get("data", {}).get("text/plain") for output in cell.outputs)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("FunctionDef", "def f():\n    return 1"),
        ("For", "for row in rows:\n    row"),
        ("Try", "try:\n    d\nexcept ValueError:\n    d"),
        ("ListComp", "[row for row in rows]"),
        ("an import", "import pandas as pd"),
        ("13 lines", "\n".join(["d"] * 13)),
    ],
)
def test_the_rules_notice(rule, source):
    notebook = nbformat.read(PATHS[0], as_version=4)
    notebook.cells[3].source = source
    assert any(rule in broken for broken in broken_rules(notebook))
