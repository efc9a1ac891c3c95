"""Make the form of a forum: who may be asked about what, from the list and the register of candidates."""

from dataclasses import dataclass
from pathlib import Path

from ksd_toolkit.errors import RunError
from ksd_toolkit.papers.forum_case import brought
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.forum_workbook import form_lines, forum_form, words_told
from ksd_toolkit.questionnaire import Submission, read_csv_table, read_form
from ksd_toolkit.questionnaire.forum_workbook import SAID, TABLE, WORKBOOK, read_forum_workbook
from ksd_toolkit.register import Register
from ksd_toolkit.runs.formal_papers import case_of, plenary_of
from ksd_toolkit.scoring import Ranking


@dataclass(frozen=True, slots=True)
class ForumForm:
    """The form that was written: how many candidates, rows to mark, and rows told before it holds."""

    path: Path
    partners: int
    rows: int
    carried: int


def make_forum_form(ranking: Ranking) -> ForumForm:
    """Write `forum.xlsx` into the dossier; one that somebody filled in is never overwritten.

    Raises:
        RunError: The form was filled in already.
        InputError: The theme file is refused.
    """
    register = ranking.register
    dossier = register.dossier
    path = dossier.folder / WORKBOOK
    outcome, _ = plenary_of(ranking)
    pairs = brought(case_of(register, ranking, outcome)).pairs
    carried = words_told(register)
    content = forum_form(pairs, carried)
    if path.is_file() and path.read_bytes() != content and _is_filled(path, register):
        raise RunError("forum.filled", file=WORKBOOK)
    replace_file(path, content)
    lines = len(list(form_lines(pairs, carried)))
    return ForumForm(path, len(pairs.partners), lines - len(carried), len(carried))


def _is_filled(path: Path, register: Register) -> bool:
    """Whether the form says more than `forum.csv` beside it, from which it was made, or cannot be read."""
    dossier = register.dossier
    found = read_forum_workbook(path, dossier)
    if not isinstance(found, Submission):
        return found is not None
    beside, form = dossier.folder / f"{TABLE}.csv", read_form(TABLE)
    if found.set_aside or not beside.is_file():
        return True
    text = read_csv_table(beside, form.table(TABLE), form, dossier)
    return not isinstance(text, Submission) or bool(_said(found) - _said(text))


def _said(submission: Submission) -> set[tuple[str, str, object]]:
    return {
        (one.row_key, one.field, one.value or one.state)
        for one in submission.answers
        if one.field in SAID and one.state != "kosong"
    }
