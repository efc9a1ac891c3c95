"""Check one definition of a questionnaire: a file, a dossier's own questions, or the shipped form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.form_check import check_form_file, readable_sheets
from ksd_toolkit.questionnaire.form_extension import (
    extended_sheets,
    form_of,
    own_form,
    own_form_problems,
)
from ksd_toolkit.questionnaire.form_reading import form_of_sheets, read_form
from ksd_toolkit.questionnaire.xform import is_installed, xform_problems

_SHIPPED: Final = "pemetaan"
_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".md"})


@dataclass(frozen=True, slots=True)
class FormReport:
    """What was found in a definition.

    `form` is the whole questionnaire where it can be used; `converts` tells whether pyxform makes an
    XForm of it, None when it was not asked.
    """

    subject: str
    problems: tuple[Problem, ...]
    form: Form | None
    converts: bool | None
    lang: str = "id"

    def count(self, severity: str) -> int:
        """How many problems are of this severity."""
        return sum(problem.severity == severity for problem in self.problems)


def check_definition(
    target: str = "",
    against: Path | None = None,
    *,
    xform: bool | None = None,
    lang: str = "",
) -> FormReport:
    """Everything wrong with a form, and whether other programs take it.

    Args:
        target: A file; a dossier's name, for the questions it adds; or nothing, for the shipped form.
        against: An earlier version of a file, whose answers should go on fitting.
        xform: Whether pyxform is asked; when it is installed, if not said.
        lang: Language of the subject.

    Raises:
        InputError: The file cannot be read at all.
        RunError: There is no such dossier, or pyxform is asked for and not installed.
    """
    asked = is_installed() if xform is None else xform
    path = Path(target)
    if path.is_file() or path.suffix.casefold() in _SUFFIXES:
        return _of_file(path, path.name, against, asked=asked, lang=lang or "id")
    if target:
        return _of_dossier(target, asked=asked, lang=lang)
    return _of_shipped(against, asked=asked, lang=lang or "id")


def _of_file(
    path: Path, subject: str, against: Path | None, *, asked: bool, lang: str
) -> FormReport:
    """A form of its own; pyxform need not repeat what was already found in a cell."""
    problems = check_form_file(path, path.name, against)
    sheets = readable_sheets(path, path.name)
    found = xform_problems(sheets, path.name) if asked else []
    taken = {problem.where for problem in problems if problem.severity == "error"}
    fresh = [problem for problem in found if problem.where not in taken]
    form = None if _errors(problems) else form_of_sheets(sheets)
    return FormReport(
        subject, (*problems, *fresh), form, not _errors(found) if asked else None, lang
    )


def _of_shipped(against: Path | None, *, asked: bool, lang: str) -> FormReport:
    form = read_form(_SHIPPED)
    facts = {"form_id": form.form_id, "version": form.version}
    subject = say("form_check.subject_shipped", lang, **facts)
    with as_file(files("ksd_toolkit.knowledge").joinpath("form", f"{_SHIPPED}.md")) as path:
        return _of_file(path, subject, against, asked=asked, lang=lang)


def _of_dossier(name: str, *, asked: bool, lang: str) -> FormReport:
    """The additions of a dossier in themselves and within the whole; the shipped form without any."""
    dossier = open_dossier(name, lang=lang)
    path = own_form(dossier)
    if path is None:
        return _of_shipped(None, asked=asked, lang=dossier.lang)
    subject = say("form_check.subject_own", dossier.lang, file=path.name, name=name)
    problems = own_form_problems(path, path.name)
    if _errors(problems):
        return FormReport(subject, tuple(problems), None, None, dossier.lang)
    found = xform_problems(extended_sheets(path, path.name), path.name) if asked else []
    found = [replace(problem, where=Where(path.name)) for problem in found]  # no cell of this file
    converts = not _errors(found) if asked else None
    return FormReport(subject, (*problems, *found), form_of(dossier), converts, dossier.lang)


def _errors(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
