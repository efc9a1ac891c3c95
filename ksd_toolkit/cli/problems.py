"""Problems on screen: a table a file, the gravest first; what a screen cannot hold lies in a file."""

import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Final

import typer

from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import say

_SHOWN: Final = 12  # warnings printed on screen; the file holds all
_ORDER: Final = {"error": 0, "warning": 1, "info": 2}
_GAP: Final = "  "
_NARROWEST: Final = 40  # columns left for the sentence, below which wrapping helps nobody


def tell_problems(
    problems: tuple[Problem, ...], lang: str, all_of_them: Path | None = None
) -> None:
    """Print all errors and the first warnings, file by file.

    Args:
        problems: What was found.
        lang: The language of the sentences.
        all_of_them: The file that lists every problem; without one all are printed.
    """
    ordered = sorted(problems, key=lambda problem: _ORDER[problem.severity])
    errors = sum(problem.severity == "error" for problem in ordered)
    shown = ordered[: errors + _SHOWN] if all_of_them else ordered[:]
    first = {problem.where.file: number for number, problem in reversed(list(enumerate(shown)))}
    shown.sort(key=lambda problem: first[problem.where.file])  # stable: the gravest file first
    for file, group in groupby(shown, key=lambda problem: problem.where.file):
        typer.echo(f"{legible(file) or say('problem_page.period', lang)}:")
        for line in _table(list(group), lang):
            typer.echo(line)
    if all_of_them and (hidden := len(ordered) - len(shown)):
        facts = {"n": hidden, "file": shown_path(all_of_them)}
        typer.echo(say("cli.problems_hidden", lang, **facts))


def _table(problems: list[Problem], lang: str) -> Iterator[str]:
    """Severity, place, code, sentence: aligned, and wrapped only where somebody reads on a terminal."""
    rows = [
        (
            say(f"severity.{problem.severity}", lang),
            legible(" ".join(filter(None, (problem.where.sheet, problem.where.cell)))) or "-",
            problem.code,
            legible(" ".join(f"{problem.text(lang)} {problem.remedy(lang)}".split())),
        )
        for problem in problems
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    indent = sum(widths) + 4 * len(_GAP)
    for *named, sentence in rows:
        head = _GAP.join(
            ("", *(text.ljust(width) for text, width in zip(named, widths, strict=True)))
        )
        lines = _wrapped(sentence, indent)
        yield f"{head}{_GAP}{lines[0]}"
        yield from (f"{' ' * indent}{line}" for line in lines[1:])


def _wrapped(sentence: str, indent: int) -> list[str]:
    if not sys.stdout.isatty():
        return [sentence]
    room = shutil.get_terminal_size().columns - indent
    return wrap(sentence, max(room, _NARROWEST)) or [""]
