"""What the commands print, and how a mistake becomes a sentence."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ksd_toolkit.cli.folding import sentences_of, silent_sentence, without_silent
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.columns import label
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier, find_home
from ksd_toolkit.errors import InputError, KsdError, NotRankedError, Problem, RunError
from ksd_toolkit.messages import count, decimal, language, say, system_reason, trimmed
from ksd_toolkit.questionnaire.agreement_files import agreement_tables
from ksd_toolkit.register import Intake

_PIPE_WIDTH: Final = 160
_HOME_GONE: Final = "dossier.home_gone"
_SEVERITIES: Final = ("error", "warning", "info")
_FATES: Final = ("read", "accepted", "quarantined", "duplicate", "blank")


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


def tell_intake(intake: Intake, dossier: Dossier, all_of_them: Path) -> None:
    """What became of every file, the balance, and the problems: all errors, the first warnings.

    Args:
        intake: What was found.
        dossier: Whose it is.
        all_of_them: The file that lists every problem.
    """
    lang = dossier.lang
    tell_banner(lang, simulated=dossier.simulated)
    outcomes = {
        name: sum(file.outcome == name for file in intake.files)
        for name in ("new", "changed", "refused")
    }
    outcomes["unchanged"] = sum(file.outcome in {"unchanged", "duplicate"} for file in intake.files)
    late = sum(file.outcome == "late" for file in intake.files)
    tell("cli.intake_nothing" if intake.nothing_changed else "cli.intake_new", lang, **outcomes)
    if late:
        tell("cli.intake_late", lang, n=late)
    fates = {name: count(getattr(intake.balance, name), lang) for name in _FATES}
    tell("cli.balance", lang, **fates)
    cells = ("read", *asdict(intake.cells))
    tell("cli.cells", lang, **{name: count(getattr(intake.cells, name), lang) for name in cells})
    registers = [file.file for file in intake.files if file.sender in agreement_tables()]
    if registers:
        tell("agreement_files.read_in", lang, files=legible(", ".join(registers)))
    if not intake.problems:
        tell("cli.no_problems", lang)
        return
    counts = {f"{name}s": intake.count(name) for name in _SEVERITIES}
    tell("cli.problems", lang, **counts)
    problems, silent = without_silent(intake.problems)
    if silent:
        typer.echo(silent_sentence(silent, len(dossier.offices), lang))
    tell_problems(problems, lang, all_of_them)


def tell_returned(returned: Any, dossier: Dossier) -> None:
    """Where the page of problems lies, and the marked copies to mail back."""
    tell("cli.problem_page", dossier.lang, file=shown_path(returned.report))
    if returned.files:
        folder = shown_path(returned.files[0].parent)
        tell("cli.returned", dossier.lang, n=len(returned.files), folder=folder)


def tell_ranked(ranking: Any) -> None:
    """How many usulan were ranked and why the others were not."""
    excluded = ranking.excluded
    other = int((excluded["jenis"] == "BUKAN").sum())
    silent = int((excluded["gate"] != "fail").sum())
    tell(
        "cli.ranked",
        ranking.lang,
        ranked=len(ranking.table),
        stopped=len(excluded),
        other=other,
        gates=len(excluded) - other - silent,
        silent=silent,
        method=ranking.method.name,
    )
    unscored = int((ranking.table["tkksd"] != "lengkap").sum())
    if unscored:
        tell("cli.unscored", ranking.lang, n=unscored, of=len(ranking.table))
    if ranking.table["class_change"].isin(["floor", "cap"]).any():
        tell("cli.changed_classes", ranking.lang)


def tell_stopped(ranking: Any) -> None:
    """The cooperation proposals a gate stopped, each with its reason, so that none vanishes unseen."""
    from ksd_toolkit.scoring import gate_reasons  # noqa: PLC0415  pandas is slow to load

    stopped = ranking.excluded.index[ranking.excluded["jenis"] != "BUKAN"]
    for usulan in stopped:
        told = gate_reasons(ranking, usulan, ranking.lang)
        reasons = "; ".join(told) or say("explain.unanswered", ranking.lang)
        typer.echo(f"  {usulan}: {reasons}")


def leaf_table(ranking: Any, usulan: str) -> Table:
    """Every criterion of an usulan: its level, weight and points, and the score they add up to."""
    lang = ranking.lang
    table = table_of(
        lang, ("criterion", "left"), ("level", "right"), ("weight", "right"), ("points", "right")
    )
    points = ranking.contributions.loc[usulan]
    for criterion in ranking.method.criteria:
        level = ranking.leaves.answers.loc[usulan, criterion.code]
        falling = f" ({say('explain.lower_is_better', lang)})" if criterion.direction == "-" else ""
        table.add_row(
            f"{criterion.code} {criterion.labels[language(lang)]}{falling}",
            _number(level, lang),
            trimmed(criterion.weight_percent, 2, lang),
            _number(points[criterion.code], lang),
        )
    scored = ranking.table if usulan in ranking.table.index else ranking.excluded
    table.add_section()
    table.add_row(say("answers.total", lang), "", "", _number(scored.at[usulan, "points"], lang))
    return table


def _number(value: float, lang: str) -> str:
    return "-" if value != value else decimal(value, 2, lang)  # noqa: PLR0124  NaN


def table_of(lang: str, *columns: tuple[str, Any]) -> Table:
    """An empty table with these columns by name and alignment."""
    table = Table(box=None, pad_edge=False)
    for name, align in columns:
        table.add_column(label(name, lang), justify=align)
    return table


def intake_facts(intake: Intake) -> dict[str, Any]:
    """What became of every file, for machines."""
    return {
        "nothing_changed": intake.nothing_changed,
        "rows": {name: getattr(intake.balance, name) for name in _FATES},
        "cells": {"read": intake.cells.read} | asdict(intake.cells),
        "inputs": [
            {"file": f.file, "outcome": f.outcome, "sender": f.sender} for f in intake.files
        ],
        "problems": [problem_facts(problem) for problem in intake.problems],
    }


def problem_facts(problem: Problem) -> dict[str, str]:
    """A problem with its place and sentences, for machines."""
    where = problem.where
    return {
        "code": problem.code, "severity": problem.severity, "file": where.file, "sheet": where.sheet,
        "cell": where.cell, "message_id": problem.sentence("id"), "message_en": problem.sentence("en"),
    }  # fmt: skip


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
