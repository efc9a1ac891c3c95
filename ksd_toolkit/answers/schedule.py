"""The schedule of the mapping: what is done in which week, by whom, on which ground."""

from importlib.resources import files
from typing import Final

SCHEDULE_FILE: Final = "jadwal.csv"
"""The dossier's own schedule; the secretariat edits it."""


def schedule_text() -> str:
    """The shipped schedule as a new dossier receives it."""
    return files("ksd_toolkit.knowledge").joinpath("schedule.csv").read_text("utf-8")
