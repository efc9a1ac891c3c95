"""What was said, by whom, from which cell; nothing lost, nothing twice."""

from ksd_toolkit.register.frames import Tables
from ksd_toolkit.register.ingest import FileOutcome, Intake, ingest
from ksd_toolkit.register.reading import Register, read_register

__all__ = ["FileOutcome", "Intake", "Register", "Tables", "ingest", "read_register"]
