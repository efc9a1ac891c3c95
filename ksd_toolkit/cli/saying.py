"""How the commands speak: sentences, steps, tables and JSON, and how a mistake becomes a sentence."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ksd_toolkit.cli.folding import sentences_of
from ksd_toolkit.columns import label
from ksd_toolkit.errors import InputError, KsdError, NotRankedError, Problem, RunError
from ksd_toolkit.messages import language, say, system_reason
from ksd_toolkit.project import find_home

_PIPE_WIDTH: Final = 160
_HOME_GONE: Final = "dossier.home_gone"


@contextmanager
def sentences(lang: str, *, as_json: bool = False) -> Iterator[None]:
    """A mistake the user can mend becomes a sentence and exit code 1 (2 when something was made); bugs stay visible as bugs."""
    try:
        yield
    except KsdError as error:
        spoken = language(lang or "id")
        code = 2 if isinstance(error, NotRankedError) else 1
        problems = error.problems if isinstance(error, InputError) else ()
        message = error.sentence(spoken)
        if as_json:
            told = [problem.sentence(spoken) for problem in problems]
            print_json(
                {"error": error.code, "message": message, "problems": told, "exit_code": code}
            )
        else:
            folded = sentences_of(error, spoken) if isinstance(error, InputError) else []
            for line in (message, *folded):
                typer.echo(line, err=True)
        raise typer.Exit(code) from error
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        name = Path(error.filename).name if error.filename else ""
        facts = {"file": name, "reason": system_reason(error, lang or "id")}
        typer.echo(say("cli.unexpected_file", lang or "id", **facts), err=True)
        raise typer.Exit(1) from error


@contextmanager
def progress(steps: int, lang: str, *, silent: bool) -> Iterator[Any]:
    """A bar with the name of the step; one line a step where there is no terminal."""
    console = Console(stderr=True)
    if silent or not console.is_terminal:
        yield (lambda _: None) if silent else (lambda name: typer.echo(f"- {name}", err=True))
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # Drawn at each step and by no thread of its own: with one thread this process can fork.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=steps)
        started = False

        def on_step(name: str) -> None:
            nonlocal started
            bar.update(task, description=escape(name), advance=1 if started else 0)
            bar.refresh()
            started = True

        yield on_step
        bar.update(task, description=say("step.done", lang), completed=steps)


def home_or_here() -> Path:
    """The project this folder belongs to; this folder itself where there is none yet.

    Raises:
        RunError: KSD_HOME names a folder that does not exist.
    """
    try:
        return find_home()
    except RunError as none:
        if none.code == _HOME_GONE:
            raise
        return Path.cwd()


def tell(code: str, lang: str, /, **facts: object) -> None:
    """Print one sentence."""
    typer.echo(say(code, lang, **facts))


def moment(at: str) -> str:
    """A moment the register noted, `2026-11-25T14:46:50Z`, for people: the zone is named."""
    return at.replace("T", " ").replace("Z", " UTC")


def tell_banner(lang: str, *, simulated: bool) -> None:
    """Say that the data are simulated, when they are."""
    if simulated:
        tell("cli.simulated", lang)


def table_of(lang: str, *columns: tuple[str, Any]) -> Table:
    """An empty table with these columns by name and alignment."""
    table = Table(box=None, pad_edge=False)
    for name, align in columns:
        table.add_column(label(name, lang), justify=align)
    return table


def frame_facts(frame: Any) -> list[dict[str, Any]]:
    """A frame's rows with their index, for machines."""
    text = frame.reset_index().to_json(orient="records", double_precision=10)
    return json.loads(text)  # type: ignore[no-any-return]


def print_json(facts: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def console() -> Console:
    """Standard output: as wide as the terminal, wide enough for a line where there is none."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPE_WIDTH)


def problem_facts(problem: Problem) -> dict[str, str]:
    """A problem with its place and sentences, for machines."""
    where = problem.where
    return {
        "code": problem.code, "severity": problem.severity, "file": where.file, "sheet": where.sheet,
        "cell": where.cell, "message_id": problem.sentence("id"), "message_en": problem.sentence("en"),
    }  # fmt: skip
