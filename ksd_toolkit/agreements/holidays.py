"""The public holidays of a dossier: `hari_libur.csv`, where the secretariat keeps one."""

from datetime import date
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.dates import parse_date
from ksd_toolkit.questionnaire.dossier_table import dossier_table, refuse_table

HOLIDAYS_FILE: Final = "hari_libur.csv"
_DAY: Final = "tanggal"


def read_holidays(dossier: Dossier) -> tuple[date, ...]:
    """The days in `hari_libur.csv`, in order and once each; none where there is no such file.

    Args:
        dossier: The file has a column `tanggal`; other columns are for people.

    Raises:
        InputError: It is no CSV file, the heading is missing, or a cell is no date.
    """
    days, problems = set(), []
    for row in dossier_table(dossier, HOLIDAYS_FILE, (_DAY,)):
        day = parse_date(row.get(_DAY))
        if day is None:
            problems.append(
                Problem("agreements.holiday", row.where(_DAY), {"value": row.get(_DAY)})
            )
        else:
            days.add(day)
    refuse_table(HOLIDAYS_FILE, problems)
    return tuple(sorted(days))
