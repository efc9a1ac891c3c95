"""Write one simulated region: its dossier from the settings on, whole, and nothing of an earlier one."""

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.schedule import SCHEDULE_FILE, schedule_text
from ksd_toolkit.dossier import (
    OFFICES_FILE,
    SETTINGS_FILE,
    TKKSD_FILE,
    WORKBOOK_FOLDER,
    open_dossier,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.new import region_folder, settings_text
from ksd_toolkit.simulation.answers import Answers, Patterns, workbooks
from ksd_toolkit.simulation.region_plan import RegionPlan
from ksd_toolkit.simulation.tables import csv_text, tables_of
from ksd_toolkit.simulation.written import proposals_of

_OFFICE_COLUMNS: Final = ("opd_kode", "opd_nama", "urusan")


class Writer:
    """Writes region after region of one period; the blank workbooks are built once."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.patterns: Patterns | None = None

    def write(self, plan: RegionPlan) -> Path:
        """Write `data/<region>/<period>`; workbooks of an earlier simulation are removed.

        Returns:
            The folder of the dossier.
        """
        name = dossier_name(plan)
        folder = self.home / "data" / name
        shutil.rmtree(folder / WORKBOOK_FOLDER, ignore_errors=True)
        (folder / TKKSD_FILE).unlink(missing_ok=True)
        (folder / WORKBOOK_FOLDER).mkdir(parents=True)
        proposals = proposals_of(plan)
        for place, text in {**_basics(plan), **tables_of(plan, proposals)}.items():
            (folder / place).write_text(text, encoding="utf-8", newline="\n")
        dossier = open_dossier(name, home=self.home)
        if self.patterns is None:
            self.patterns = Patterns.of(dossier)
        answers = Answers.of(plan, proposals)
        for place, content in workbooks(answers, dossier, self.patterns).items():
            (folder / place).write_bytes(content)
        return folder


def dossier_name(plan: RegionPlan) -> str:
    """`hulu-sungai-selatan/2026`."""
    return f"{region_folder(plan.region)}/{plan.period}"


def check_free(plan: RegionPlan, home: Path) -> None:
    """Make sure that nothing but simulated data lies where the region would be written.

    Raises:
        RunError: The folder holds a dossier that is not simulated, or files that are no dossier.
    """
    name = dossier_name(plan)
    folder = home / "data" / name
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        settings = tomllib.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
        simulated = settings["dossier"]["simulated"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        simulated = False
    if simulated is not True:
        raise RunError("simulate.real_dossier", name=name)


def _basics(plan: RegionPlan) -> Mapping[str, str]:
    """Settings, offices and schedule."""
    settings = settings_text(
        plan.region, plan.period, "", simulated=True, start=_first_monday(plan.year)
    )
    rows = [[office[column] for column in _OFFICE_COLUMNS] for office in plan.office_rows]
    return {
        SETTINGS_FILE: settings,
        OFFICES_FILE: csv_text(_OFFICE_COLUMNS, rows),
        SCHEDULE_FILE: schedule_text(),
    }


def _first_monday(year: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % 7)
