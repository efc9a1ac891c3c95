"""Workbooks that lie in the dossier folder, where intake reads only `tkksd.xlsx`: named, never ignored in silence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import PLENARY_FILE, Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import is_lock_file
from ksd_toolkit.questionnaire.agreement_files import agreement_paths, holds_agreements
from ksd_toolkit.questionnaire.form_extension import OWN_FORMS
from ksd_toolkit.questionnaire.forum_workbook import WORKBOOK as FORUM_FILE
from ksd_toolkit.questionnaire.reading import TKKSD
from ksd_toolkit.questionnaire.sheets import read_grids

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".ods"})


def workbooks_passed_over(dossier: Dossier) -> Iterator[Problem]:
    """Each workbook beside `tkksd.xlsx`: the scores of a further member, or something else."""
    for path in sorted(dossier.folder.glob("*")):
        if _is_passed_over(dossier, path):
            where = Where(dossier.name_of(path))
            grids, _ = read_grids(path, path.name)
            members = [grid.name for grid in grids if grid.name.startswith(TKKSD)]
            if members:
                yield Problem("file.tkksd_extra", where, {"sheets": ", ".join(members)}, "warning")
            elif holds_agreements(grids):
                yield Problem("file.agreements_elsewhere", where, {}, "warning")
            else:
                yield Problem("file.passed_over", where, {}, "info")


def _is_passed_over(dossier: Dossier, path: Path) -> bool:
    is_workbook = path.is_file() and path.suffix.casefold() in _WORKBOOKS
    read_elsewhere = {*OWN_FORMS, PLENARY_FILE, FORUM_FILE}
    known = path == dossier.tkksd_workbook or path.name in read_elsewhere or is_lock_file(path)
    return is_workbook and not known and path not in agreement_paths(dossier)
