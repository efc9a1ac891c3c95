"""The questionnaires answers were given to, each version kept, so that an old file stays readable."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.questionnaire import Form, form_from_json, form_of, read_form
from ksd_toolkit.questionnaire.dossier_tables import DOSSIER_FORMS
from ksd_toolkit.register import audit
from ksd_toolkit.register.store import open_store, transaction

CSV_FORMS: Final = DOSSIER_FORMS
"""Forms whose tables lie in the dossier as CSV files of the same name."""


def forms_in_use(dossier: Dossier) -> tuple[Form, ...]:
    """The dossier's own mapping questionnaire and the forms of its CSV tables."""
    return (form_of(dossier), *map(read_form, CSV_FORMS))


def keep_form(dossier: Dossier, form: Form) -> None:
    """Remember a questionnaire that is handed out."""
    with open_store(dossier.store) as connection:
        keep_forms(connection, (form,))


def keep_forms(connection: sqlite3.Connection, forms: tuple[Form, ...]) -> None:
    """Remember these questionnaires; those the register has already cost one look."""
    if all(_has(connection, form) for form in forms):
        return
    with transaction(connection):
        for form in forms:
            if not _has(connection, form):
                _add(connection, form)


def stored_forms(connection: sqlite3.Connection, form_id: str) -> Mapping[str, Form]:
    """Every version of a questionnaire the register has seen, the newest content of each."""
    rows = connection.execute(
        "SELECT version, json FROM form WHERE form_id = ? ORDER BY seen_at, sha256", (form_id,)
    )
    return {version: form_from_json(told) for version, told in rows}


def _has(connection: sqlite3.Connection, form: Form) -> bool:
    key = form.form_id, form.version, form.sha256
    found = connection.execute(
        "SELECT 1 FROM form WHERE (form_id, version, sha256) = (?, ?, ?)", key
    )
    return found.fetchone() is not None


def _add(connection: sqlite3.Connection, form: Form) -> None:
    key = form.form_id, form.version, form.sha256
    connection.execute("INSERT INTO form VALUES (?,?,?,?,?)", (*key, form.source, audit.now()))
    audit.record(
        connection,
        audit.Entry("form", "", f"{form.form_id} {form.version}", None, {"sha256": key[2]}),
    )
