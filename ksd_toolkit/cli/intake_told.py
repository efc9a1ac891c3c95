"""What a command says of an intake: its files, rows and problems, for people and for machines."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typer

from ksd_toolkit.cli.folding import silent_sentence, without_silent
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.cli.saying import problem_facts, tell, tell_banner
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import count
from ksd_toolkit.questionnaire.agreement_files import agreement_tables
from ksd_toolkit.register import Intake

_SEVERITIES: Final = ("error", "warning", "info")
_FATES: Final = ("read", "accepted", "quarantined", "duplicate", "blank")


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
