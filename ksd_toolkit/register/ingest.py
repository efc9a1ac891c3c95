"""Take in everything a dossier holds; a second time changes nothing and says so."""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import (
    Form,
    Submission,
    fingerprint,
    read_csv_table,
    read_form,
    read_workbook,
)
from ksd_toolkit.questionnaire.column_map import MAP_FILE, column_map
from ksd_toolkit.questionnaire.office_names import ALIAS_FILE, office_names
from ksd_toolkit.register.agreement_intake import AGREEMENTS, take_agreements
from ksd_toolkit.register.form_store import CSV_FORMS, forms_in_use, keep_forms, stored_forms
from ksd_toolkit.register.forum_intake import take_forum
from ksd_toolkit.register.forum_words import TABLE as FORUM
from ksd_toolkit.register.outcomes import FileOutcome, Intake, Outcome
from ksd_toolkit.register.passed_over import workbooks_passed_over
from ksd_toolkit.register.store import open_store
from ksd_toolkit.register.taking import Read, Taking
from ksd_toolkit.register.types_set import TABLE as TYPES_SET
from ksd_toolkit.register.types_set import told_where_unused
from ksd_toolkit.register.withdrawn import told_as_withdrawn, withdrawn_usulan
from ksd_toolkit.remembering import forget

__all__ = ["CSV_FORMS", "READER_VERSION", "FileOutcome", "Intake", "Outcome", "ingest"]

READER_VERSION: Final = "9"
"""Raised whenever the same file would be understood differently, so that it is read again."""

Judged = Callable[[Submission | Problem, Collection[str]], Submission | Problem]

_ABOUT_USULAN: Final[Mapping[str, Judged]] = {
    TYPES_SET: told_where_unused,
}
"""Tables whose rows are about usulan, and what tells where one is not known."""


def ingest(dossier: Dossier, on_file: Callable[[str], None] = lambda _: None) -> Intake:
    """Read every file of the dossier into the region's register, one transaction a file.

    A file that cannot be used is refused and named; it never stops the others. The offices come
    first, because the TKKSD's scores must name their usulan.

    Args:
        dossier: Where the files lie.
        on_file: Called with each file's name before it is read.

    Raises:
        InputError: The dossier's own form, `opd_alias.csv` or `peta_kolom.csv` cannot be used.
    """
    forget()
    forms = forms_in_use(dossier)
    basis = _basis(dossier, forms)
    with open_store(dossier.store) as connection:
        keep_forms(connection, forms)
        versions = stored_forms(connection, forms[0].form_id)
        taking = Taking(dossier, connection, (*forms, *versions.values()), basis, on_file)
        for path in dossier.workbooks:
            taking.take(path, lambda p: read_workbook(p, dossier, None, versions))
        known = _known_usulan(connection, dossier.period)
        gone = withdrawn_usulan(connection, dossier.period, known)
        if dossier.tkksd_workbook.is_file():
            taking.take(
                dossier.tkksd_workbook,
                lambda p: told_as_withdrawn(read_workbook(p, dossier, known, versions), gone),
                sorted(known) + sorted(gone),
            )
        taking.findings.extend(workbooks_passed_over(dossier))
        take_agreements(taking, dossier)
        take_forum(taking, dossier, known)
        for form in (read_form(name) for name in CSV_FORMS if name not in {AGREEMENTS, FORUM}):
            for table in form.tables:
                path = dossier.folder / f"{table.name}.csv"
                if path.is_file():
                    read: Read = partial(read_csv_table, table=table, form=form, dossier=dossier)
                    if table.name in _ABOUT_USULAN:
                        told = _told(read, _ABOUT_USULAN[table.name], known)
                        taking.take(path, told, (table.name, sorted(known)))
                    else:
                        taking.take(path, read, table.name)
        return taking.finish()


def _told(read: Read, judged: Judged, known: frozenset[str]) -> Read:
    return lambda path: judged(read(path), known)


def _basis(dossier: Dossier, forms: tuple[Form, ...]) -> str:
    """Everything beside a file itself that decides how it is understood."""
    office_names(dossier), column_map(dossier, forms[0], "")  # a mistake in them stops all at once
    beside = [dossier.folder / name for name in (ALIAS_FILE, MAP_FILE)]
    present = [fingerprint(path) for path in beside if path.is_file()]
    names = "|".join(str(name) for name in dossier.offices["opd_nama"])
    dated = present or any("today(" in form.source for form in forms)
    day = [dossier.tanggal_acuan.isoformat()] if dated else []
    return " ".join((READER_VERSION, *(form.sha256 for form in forms), names, *present, *day))


def _known_usulan(connection: sqlite3.Connection, period: str) -> frozenset[str]:
    rows = connection.execute(
        "SELECT DISTINCT a.row_key FROM answer a JOIN submission s ON s.id = a.submission_id"
        " WHERE s.period = ? AND s.active = 1 AND a.table_name = 'usulan'",
        (period,),
    )
    return frozenset(row[0] for row in rows)
