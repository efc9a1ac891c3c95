"""Execute a notebook through papermill with parameters that were checked before any kernel starts."""

import ast
import difflib
import os
import re
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from ksd_toolkit.errors import RunError

# jsonschema builds a grammar of a second and more when it finds this package; notebooks need none of it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat  # noqa: E402
from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: E402
from papermill.engines import papermill_engines  # noqa: E402
from papermill.exceptions import PapermillException  # noqa: E402
from papermill.execute import execute_notebook, raise_for_execution_errors  # noqa: E402
from papermill.inspection import inspect_notebook  # noqa: E402
from papermill.utils import chdir  # noqa: E402

from ksd_toolkit.runs.fork_engine import ENGINES, PAPERMILL, default_engine  # noqa: E402

_TIMEOUT_SECONDS: Final = 600
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")
_OWN_ERROR: Final = re.compile(
    r"^(?:ksd_toolkit\.errors\.)?(?:Ksd|Input|Plenary|Method|Law|Run|NotRanked|Busy)Error: "
)
"""What Python, or a kernel, puts before a sentence of ours; nobody who reads it is helped by that."""
_KERNEL: Final = "python3"
ENGINE_SETTING: Final = "KSD_ENGINE"
"""The environment variable that chooses the engine of every run."""
_ENGINE_NAMES: Final[dict[str, str | None]] = {PAPERMILL: None}


class Home(Protocol):
    """What knows the project it belongs to: a dossier, a roll-up."""

    @property
    def root(self) -> Path:
        """The project folder."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a notebook with the default written in its `parameters` cell."""

    name: str
    default: object


def parameters_of(path: Path) -> dict[str, Parameter]:
    """The parameters a notebook declares, by name.

    Raises:
        RunError: The notebook cannot be read, or a default is no plain value.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise RunError("run.no_notebook", name=path.stem) from error
    return dict(_parameters(path, changed))


@lru_cache(maxsize=64)
def _parameters(path: Path, changed_ns: int) -> Mapping[str, Parameter]:
    """The parameters of a notebook that was last changed then; read once a process."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a notebook without parameters is no fault
            found = inspect_notebook(str(path))
        return {
            name: Parameter(name, ast.literal_eval(facts["default"]))
            for name, facts in found.items()
        }
    except (
        nbformat.reader.NotJSONError,
        nbformat.ValidationError,
        ValueError,
        SyntaxError,
    ) as error:
        raise RunError("run.notebook_unreadable", name=path.name, reason=error) from error


def checked(path: Path, given: Mapping[str, object]) -> dict[str, object]:
    """The parameters to hand to a notebook, each known to it and of its default's type.

    A text for a number is read as that number; a code such as `63.10` for a text stays text.

    Raises:
        RunError: A name is unknown (near names are suggested) or a value has another type.
    """
    known = parameters_of(path)
    for name in given:
        if name not in known:
            near = ", ".join(difflib.get_close_matches(name, known, n=2, cutoff=0.4)) or ", ".join(
                known
            )
            raise RunError("run.unknown_parameter", name=name, notebook=path.stem, near=near)
    return {name: _typed(known[name], value, path) for name, value in given.items()}


def _typed(parameter: Parameter, value: object, path: Path) -> object:
    wanted = type(parameter.default)
    if isinstance(value, str) and wanted in {int, float}:
        with suppress(ValueError):
            value = wanted(value)
    counts = wanted is int and isinstance(parameter.default, int) and parameter.default > 0
    if type(value) is wanted and not (counts and isinstance(value, int) and value < 1):
        return value
    if (
        isinstance(value, str)
        and wanted is bool
        and value.lower() in {"true", "false", "ya", "tidak"}
    ):
        return value.lower() in {"true", "ya"}
    if wanted is float and isinstance(value, int):
        return float(value)
    raise RunError(
        "run.parameter_type",
        name=parameter.name,
        notebook=path.stem,
        value=value,
        example=repr(parameter.default),
    )


def engine_called(name: str = "") -> str:
    """The engine asked for, by an argument or by KSD_ENGINE; what suits this machine where none is.

    Raises:
        RunError: There is no such engine.
    """
    chosen = name or os.environ.get(ENGINE_SETTING, "") or default_engine()
    if chosen not in ENGINES:
        raise RunError("run.unknown_engine", name=chosen, known=", ".join(ENGINES))
    return chosen


def execute(
    path: Path, parameters: Mapping[str, object], dossier: Home, engine: str = ""
) -> nbformat.NotebookNode:
    """The executed notebook, without times, paths and other marks of the machine it ran on.

    Args:
        path: The notebook.
        parameters: What is injected.
        dossier: In whose project the notebook runs; any object with its `root`, such as a roll-up.
        engine: `ksd-fork` or `papermill`; what suits this machine when empty. Both give the same notebook.

    Raises:
        RunError: There is no such engine, a cell failed, the kernel died or a cell took too long.
    """
    chosen = engine_called(engine)
    try:
        notebook = _executed(path, parameters, str(dossier.root), chosen)
    except PapermillException as error:
        reason = _ANSI.sub("", str(error)).strip().splitlines()[-1:]
        raise RunError(
            "run.cell_failed",
            name=path.name,
            cell=getattr(error, "cell_index", -1) + 1 or "-",
            reason=_OWN_ERROR.sub("", "".join(reason)),
        ) from error
    except (DeadKernelError, CellTimeoutError) as error:
        raise RunError("run.kernel_lost", name=path.name) from error
    except ValueError as error:  # no language is named, or it is no notebook at all
        raise RunError("run.notebook_unreadable", name=path.name, reason=error) from error
    return without_traces(notebook)


def _executed(
    path: Path, parameters: Mapping[str, object], folder: str, engine: str
) -> nbformat.NotebookNode:
    """What papermill makes of it, in two steps: its single one writes the result out even where nobody keeps it."""
    name = _ENGINE_NAMES.get(engine, engine)
    kernel = {"engine_name": name, "kernel_name": _KERNEL}
    prepared = execute_notebook(
        str(path), None, parameters=dict(parameters), cwd=folder, prepare_only=True, **kernel
    )
    with chdir(folder):
        notebook: nbformat.NotebookNode = papermill_engines.execute_notebook_with_engine(
            nb=prepared,
            **kernel,
            progress_bar=False,
            log_output=False,
            execution_timeout=_TIMEOUT_SECONDS,
            shutdown_kernel="immediate",
            extra_arguments=["--log-level=ERROR"],  # the kernel's note on loopback TCP is no news
        )
    raise_for_execution_errors(notebook, None)
    return notebook


def without_traces(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, paths, random cell ids."""
    notebook.metadata.pop("papermill", None)
    language = notebook.metadata.get("language_info", {})
    language.pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{number}"
    return notebook


def notebook_bytes(notebook: nbformat.NotebookNode) -> bytes:
    """The notebook as a file."""
    return f"{nbformat.writes(notebook)}\n".encode()


def split_setting(text: str) -> tuple[str, Any]:
    """`rows=15` as name and value; the value stays text until the notebook's type is known.

    Raises:
        RunError: There is no `=`.
    """
    name, sign, value = text.partition("=")
    if not sign or not name.strip().isidentifier():
        raise RunError("run.setting", text=text)
    return name.strip(), value.strip()
