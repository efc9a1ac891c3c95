"""What was said, by whom, from which cell; nothing lost, nothing twice, every change kept."""

from ksd_toolkit.register.contents import CellBalance
from ksd_toolkit.register.form_store import keep_form
from ksd_toolkit.register.frames import Tables
from ksd_toolkit.register.ingest import ingest
from ksd_toolkit.register.outcomes import FileOutcome, Intake
from ksd_toolkit.register.reading import Register, agreement_register, kept_register, read_register

__all__ = [
    "CellBalance",
    "FileOutcome",
    "Intake",
    "Register",
    "Tables",
    "agreement_register",
    "ingest",
    "keep_form",
    "kept_register",
    "read_register",
]
