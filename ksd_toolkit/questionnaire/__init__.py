"""Read what offices sent: safely, cell by cell, with every problem explained at once."""

from ksd_toolkit.questionnaire.form import Field, Form, TableSpec
from ksd_toolkit.questionnaire.form_extension import form_of
from ksd_toolkit.questionnaire.form_reading import form_from_json, read_form
from ksd_toolkit.questionnaire.gate import is_lock_file
from ksd_toolkit.questionnaire.reading import fingerprint, read_csv_table, read_workbook
from ksd_toolkit.questionnaire.submission import Answer, Balance, SetAside, Submission

__all__ = [
    "Answer",
    "Balance",
    "Field",
    "Form",
    "SetAside",
    "Submission",
    "TableSpec",
    "fingerprint",
    "form_from_json",
    "form_of",
    "is_lock_file",
    "read_csv_table",
    "read_form",
    "read_workbook",
]
