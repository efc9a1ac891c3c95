"""Take in the words told at a forum from `forum.xlsx` or `forum.csv`; one of them counts, and which is told."""

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Severity, Where
from ksd_toolkit.questionnaire import Submission, read_csv_table, read_form
from ksd_toolkit.questionnaire.forum_workbook import TABLE, WORKBOOK, read_forum_workbook
from ksd_toolkit.register.forum_words import told_where_strange
from ksd_toolkit.register.taking import Read, Taking

_TEXT: Final = f"{TABLE}.csv"


def take_forum(taking: Taking, dossier: Dossier, known: Collection[str]) -> None:
    """Read the words told at forums: of the form where somebody filled it in, else of the CSV file.

    Args:
        taking: The pass over the dossier's files.
        dossier: Where they lie.
        known: The usulan in use.
    """
    book, text = dossier.folder / WORKBOOK, dossier.folder / _TEXT
    depends = (TABLE, sorted(known))
    understood = read_forum_workbook(book, dossier) if book.is_file() else None
    if understood is None and book.is_file() and not text.is_file():
        taking.findings.append(Problem("file.forum_untouched", Where(WORKBOOK), {}, "info"))
    if understood is not None:
        if text.is_file():
            taking.findings.append(_both(WORKBOOK, _TEXT, "warning"))
            taking.passed[TABLE] = frozenset({taking.hashes.get(text, "")})
        taking.take(book, _judged(lambda _: understood, known), depends)
    elif text.is_file():
        if book.is_file():
            taking.findings.append(_both(_TEXT, WORKBOOK, "info"))
            taking.passed[TABLE] = frozenset({taking.hashes.get(book, "")})
        form = read_form(TABLE)
        table = form.table(TABLE)
        read = partial(read_csv_table, table=table, form=form, dossier=dossier)
        taking.take(text, _judged(read, known), depends)


def _judged(read: Read, known: Collection[str]) -> Read:
    def judge(path: Path) -> Submission | Problem:
        return told_where_strange(read(path), known)

    return judge


def _both(used: str, other: str, severity: Severity) -> Problem:
    code = "file.forum_both" if used == WORKBOOK else "file.forum_untouched_beside"
    return Problem(code, Where(other), {"used": used, "other": other}, severity)
