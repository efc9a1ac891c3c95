"""Write one simulated region: its dossier from the settings on, whole, and nothing of an earlier one."""

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.schedule import SCHEDULE_FILE, schedule_text
from ksd_toolkit.dossier import OFFICES_FILE, TKKSD_FILE, WORKBOOK_FOLDER, read_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.plenary.rules import RECORD_TOML
from ksd_toolkit.project import SETTINGS_FILE
from ksd_toolkit.runs.new import region_folder, settings_text
from ksd_toolkit.simulation.answers import Answers, Patterns, workbooks
from ksd_toolkit.simulation.begun import decree_day
from ksd_toolkit.simulation.region_plan import RegionPlan
from ksd_toolkit.simulation.tables import csv_text, tables_of
from ksd_toolkit.simulation.written import proposals_of

_OFFICE_COLUMNS: Final = ("opd_kode", "opd_nama", "urusan")


class Writer:
    """Writes region after region; the blank workbooks of a period are built once."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.patterns: dict[str, Patterns] = {}

    def write(self, plan: RegionPlan) -> None:
        """Write `data/<region>/<period>`, and the period before it where one is simulated.

        Workbooks of an earlier simulation are removed.
        """
        if plan.before:
            self._write(plan.before)
        self._write(plan)

    def _write(self, plan: RegionPlan) -> None:
        """One period; the register of agreements and the meetings lie in the latest only."""
        name = dossier_name(plan)
        folder = self.home / "data" / name
        folder.mkdir(parents=True, exist_ok=True)
        proposals = proposals_of(plan)
        tables = {} if plan.determined else tables_of(plan, proposals)
        # The settings come first: whatever is left half-written says of itself that it is simulated.
        for place, text in {**_basics(plan), **tables}.items():
            (folder / place).write_text(text, encoding="utf-8", newline="\n")
        _take_away(folder, tables)
        dossier = read_dossier(name, home=self.home)  # of a unit of Jakarta, too
        if plan.period not in self.patterns:
            self.patterns[plan.period] = Patterns.of(dossier)
        answers = Answers.of(plan, proposals)
        for place, content in workbooks(answers, dossier, self.patterns[plan.period]).items():
            (folder / place).write_bytes(content)


def _take_away(folder: Path, tables: Mapping[str, str]) -> None:
    """Remove what an earlier simulation left: its workbooks, and a plenary where there is none now."""
    shutil.rmtree(folder / WORKBOOK_FOLDER, ignore_errors=True)
    (folder / WORKBOOK_FOLDER).mkdir()
    for name in {TKKSD_FILE, RECORD_TOML} - tables.keys():
        (folder / name).unlink(missing_ok=True)


def dossier_name(plan: RegionPlan) -> str:
    """`hulu-sungai-selatan/2026`."""
    return f"{region_folder(plan.region)}/{plan.period}"


def check_free(plan: RegionPlan, home: Path) -> None:
    """Make sure that nothing but simulated data lies where the region would be written.

    Raises:
        RunError: The folder holds a dossier that is not simulated, or files that are no dossier.
    """
    if plan.before:
        check_free(plan.before, home)
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
        plan.region, plan.period, plan.previous, simulated=True,
        start=_first_monday(plan.year), determined=decree_day(plan) if plan.determined else None,
    )  # fmt: skip
    return {
        SETTINGS_FILE: settings,
        OFFICES_FILE: csv_text(_OFFICE_COLUMNS, plan.office_rows),
        SCHEDULE_FILE: schedule_text(),
    }


def _first_monday(year: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % 7)
