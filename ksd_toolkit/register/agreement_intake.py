"""Take in the tables of agreements, whichever files of the dossier they lie in; one file counts for a table."""

from functools import partial
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import Form, Submission, read_form
from ksd_toolkit.questionnaire.agreement_files import (
    FORM,
    TableFile,
    agreement_paths,
    agreement_tables,
    chosen,
    files_told,
    open_table_file,
    read_table_file,
)
from ksd_toolkit.register.taking import Taking

AGREEMENTS: Final = FORM
"""The form whose tables come this way."""


def take_agreements(taking: Taking, dossier: Dossier) -> None:
    """Read every table of agreements from the file that counts, and tell of those that then do not.

    Args:
        taking: The pass over the dossier's files.
        dossier: Where they lie.
    """
    form = read_form(FORM)
    opened = [open_table_file(path, dossier) for path in agreement_paths(dossier)]
    for file in opened:
        if file.refused is not None:
            taking.take(file.path, partial(_read, file, "", form, dossier))
    files = [file for file in opened if file.refused is None]
    taking.findings.extend(files_told(files, dossier))
    for table in agreement_tables():
        found = [file for file in files if table in file.sheets]
        if not found:
            continue
        used = chosen(found, table)
        passed = (taking.hashes.get(file.path, "") for file in found if file is not used)
        taking.passed[table] = frozenset(passed) - {taking.hashes.get(used.path, "")}
        taking.take(used.path, partial(_read, used, table, form, dossier), table)


def _read(
    file: TableFile, table: str, form: Form, dossier: Dossier, _: Path
) -> Submission | Problem:
    return read_table_file(file, table, form, dossier)
