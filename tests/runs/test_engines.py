"""The warm engine keeps papermill's contract: the same notebook as a kernel gives, failures and all."""

import ast
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs import fork_engine, notebooks
from ksd_toolkit.runs.notebooks import execute, notebook_bytes
from tests.small_project import NAME, new_project, office_book

pytestmark = pytest.mark.skipif(
    fork_engine.default_engine() != fork_engine.ENGINE, reason="processes fork safely on Linux only"
)

EVERYTHING = (
    'dossier = "x"\nrows = 3',
    "print('satu'); print('dua')\nimport sys; print('galat', file=sys.stderr)\nrows",
    "from IPython.display import HTML, clear_output, display\nprint('hilang'); clear_output(); display(HTML('<b>x</b>'))",
    "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2, 1])",
    "# hanya komentar",
    "x = rows + 1\nx;",
    "import asyncio\nawait asyncio.sleep(0)\n[__name__, x]",
    "%%capture told\nprint('ditangkap')",
    "told.stdout",
)
PYTHON = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def written(path: Path, *sources: str) -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    cells[0].metadata["tags"] = ["parameters"]
    path.write_text(
        nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=PYTHON)), encoding="utf-8"
    )
    return path


@pytest.fixture
def dossier(tmp_path):
    return open_dossier(NAME, home=new_project(tmp_path).home)


def test_both_engines_give_the_same_bytes(dossier, tmp_path):
    """Text, errors' text, displays, an author's plot, awaits, magics, counts: all as a kernel has them."""
    path = written(tmp_path / "n.ipynb", *EVERYTHING)
    given = {"dossier": "63.10", "rows": 7}
    made = {e: notebook_bytes(execute(path, given, dossier, e)) for e in fork_engine.ENGINES}
    told = json.loads(made[fork_engine.ENGINE])
    outputs = [o for cell in told["cells"] for o in cell.get("outputs", [])]
    assert any("image/png" in o.get("data", {}) for o in outputs)
    assert made[fork_engine.ENGINE] == made[fork_engine.PAPERMILL]


def test_a_failing_cell_is_the_last_one(dossier, tmp_path):
    path = written(tmp_path / "n.ipynb", "a = 1", "1 / 0", "print('tidak sampai')")
    for engine in fork_engine.ENGINES:
        with pytest.raises(RunError, match="ZeroDivisionError: division by zero"):
            execute(path, {"a": 2}, dossier, engine)
    with pytest.raises(RunError, match="SyntaxError"):
        execute(written(path, "a = 1", "x ="), {}, dossier, fork_engine.ENGINE)


@pytest.mark.parametrize(
    "ending", ["import os; os._exit(3)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_a_lost_child_is_told_and_the_next_notebook_runs(dossier, tmp_path, ending):
    lost = written(tmp_path / "lost.ipynb", "a = 1", ending)
    with pytest.raises(RunError, match=r"lost\.ipynb"):
        execute(lost, {}, dossier, fork_engine.ENGINE)
    after = written(tmp_path / "after.ipynb", "a = 1", "a")
    assert (
        execute(after, {"a": 5}, dossier, fork_engine.ENGINE)
        .cells[-1]
        .outputs[0]
        .data["text/plain"]
        == "5"
    )


def test_an_endless_cell_is_ended(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "_TIMEOUT_SECONDS", 1)
    with pytest.raises(RunError, match=r"n\.ipynb"):
        execute(written(tmp_path / "n.ipynb", "a = 1", "while True: pass"), {}, dossier)


def test_nothing_of_a_notebook_is_left_for_the_next(dossier, tmp_path, monkeypatch):
    """Names, modules' state, the folder and the environment are as at a fresh start."""
    one = written(
        tmp_path / "one.ipynb",
        "a = 1",
        "import os, ksd_toolkit; ksd_toolkit.gone = 1; left = 2; os.chdir('/')",
    )
    execute(one, {}, dossier, fork_engine.ENGINE)
    monkeypatch.setenv("KSD_TEST_WORD", "kata")
    two = written(
        tmp_path / "two.ipynb", "a = 1",
        "import os, ksd_toolkit\n(hasattr(ksd_toolkit, 'gone'), 'left' in globals(), os.getcwd(), os.environ['KSD_TEST_WORD'])",
    )  # fmt: skip
    shown = execute(two, {}, dossier, fork_engine.ENGINE).cells[-1].outputs[0].data["text/plain"]
    assert ast.literal_eval(shown) == (False, False, str(dossier.root), "kata")


def test_a_question_to_the_reader_fails(dossier, tmp_path):
    with pytest.raises(RunError, match="EOFError"):
        execute(
            written(tmp_path / "n.ipynb", "a = 1", "input('ya?')"), {}, dossier, fork_engine.ENGINE
        )


def test_a_killed_server_is_started_anew(dossier, tmp_path):
    path = written(tmp_path / "n.ipynb", "a = 1", "import os\nos.getppid()")
    server = int(
        execute(path, {}, dossier, fork_engine.ENGINE).cells[-1].outputs[0].data["text/plain"]
    )
    os.kill(server, signal.SIGKILL)
    again = int(
        execute(path, {}, dossier, fork_engine.ENGINE).cells[-1].outputs[0].data["text/plain"]
    )
    assert again != server


@pytest.mark.parametrize("by_setting", [False, True], ids=["argument", "environment"])
def test_an_unknown_engine_is_named_before_a_cell_runs(dossier, tmp_path, monkeypatch, by_setting):
    mark = tmp_path / "ran"
    path = written(tmp_path / "n.ipynb", f"open({str(mark)!r}, 'w')")
    if by_setting:
        monkeypatch.setenv(notebooks.ENGINE_SETTING, "ksd-frok")
    with pytest.raises(RunError, match="ksd-frok") as refused:
        execute(path, {}, dossier, "" if by_setting else "ksd-frok")
    assert all(engine in refused.value.sentence("id") for engine in fork_engine.ENGINES)
    assert not mark.exists()


OWN = """
import sys
from pathlib import Path
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import read_register
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.notebooks import execute, notebook_bytes
from ksd_toolkit.runs.own_fork import forks_safely
home, notebook, target = map(Path, sys.argv[1:])
dossier = open_dossier("hulu-sungai-selatan/2026", home=home)
with remembering():
    read_register(dossier)
    assert forks_safely()
    made = execute(notebook, {"dossier": "63.10", "rows": 7}, dossier, "ksd-fork")
assert forks_safely()
target.write_bytes(notebook_bytes(made))
"""


def own_fork(tmp_path, *sources):
    """What a notebook becomes in a child of a process with one thread, which a test worker is not."""
    project, target = new_project(tmp_path), tmp_path / "made.ipynb"
    project.put(office_book("DINKES"), "dinkes.xlsx")
    path = written(tmp_path / "own.ipynb", *sources)
    command = [sys.executable, "-c", OWN, str(project.home), str(path), str(target)]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(command, check=True, env=alone)
    return path, target.read_bytes()


def test_a_child_of_the_run_itself_gives_the_same_bytes(tmp_path, dossier):
    path, made = own_fork(tmp_path / "p", *EVERYTHING)
    given = {"dossier": "63.10", "rows": 7}
    assert made == notebook_bytes(execute(path, given, dossier, fork_engine.PAPERMILL))


def test_a_child_of_the_run_finds_what_the_run_has_read(tmp_path):
    """The store is gone by the time the notebook asks: only what was kept can answer."""
    _, made = own_fork(
        tmp_path / "p",
        'dossier = "x"\nrows = 3',
        "import ksd_toolkit as ksd, shutil\nd = ksd.open_dossier('hulu-sungai-selatan/2026')",
        "shutil.rmtree(d.store); shutil.rmtree(d.folder / 'kuesioner')\nksd.read_register(d)",
    )
    assert "Register(hulu-sungai-selatan/2026: 2 usulan" in made.decode()


@pytest.mark.parametrize("engine", fork_engine.ENGINES)
@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (
            "from ksd_toolkit.errors import RunError; raise RunError('run.not_run_yet', name='x')",
            "",
        ),
        ("1 / 0", "ZeroDivisionError: "),
    ],
)
def test_a_mistake_of_ours_is_told_as_its_sentence_alone(dossier, tmp_path, engine, raised, told):
    path = written(tmp_path / "x.ipynb", 'dossier = "x"', raised)
    with pytest.raises(RunError) as caught:
        execute(path, {}, dossier, engine)
    reason = str(caught.value.facts["reason"])
    assert reason.startswith(told)
    assert "Error: " not in reason.removeprefix(told)
    assert reason.removeprefix(told)
