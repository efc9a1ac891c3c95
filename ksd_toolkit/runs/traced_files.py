"""Find the cells of what a paper rests on beside its register: list of offices, schedule, settings, earlier usulan.

The rows are named by their file: `opd.csv` and the code of an office, `jadwal.csv` and that of an activity,
`dossier.toml` and a setting, `usulan` and `2025/DINKES-01`.
"""

import re
from typing import Final

from ksd_toolkit.answers.schedule import SCHEDULE_FILE
from ksd_toolkit.dossier import OFFICES_FILE, Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.project import SETTINGS_FILE
from ksd_toolkit.questionnaire import read_csv_table, read_form
from ksd_toolkit.questionnaire.csv_files import read_csv_grid
from ksd_toolkit.questionnaire.grid import address
from ksd_toolkit.register import Register

Told = dict[tuple[str, str], dict[str, tuple[str, Where]]]
"""By table and row key, the answer to each question and where it stands."""

_CODE: Final = "opd_kode"
_EARLIER: Final = frozenset({"opd", "usulan"})
_SCHEDULE: Final = "jadwal"
_SETTING: Final = re.compile(r"^\s*(\w+)\s*=\s*(.*?)\s*$")


def told_in_files(register: Register) -> Told:
    """Everything told outside the register of the period."""
    dossier = register.dossier
    return {
        **_earlier(register), **_of_offices(dossier), **_of_schedule(dossier),
        **_of_settings(dossier),
    }  # fmt: skip


def _earlier(register: Register) -> Told:
    """The answers about offices and usulan of periods before; their files are named as in the stamp."""
    found: Told = {}
    current = register.previous
    while current is not None:
        period = current.dossier.period
        for (table, key, question), (answer, where) in current.tables.told.items():
            if table in _EARLIER:
                there = Where(f"../{period}/{where.file}", where.sheet, where.cell)
                found.setdefault((table, f"{period}/{key}"), {})[question] = (answer, there)
        current = current.previous
    return found


def _of_offices(dossier: Dossier) -> Told:
    """The list of offices as it stands in its file."""
    grid, _ = read_csv_grid(dossier.folder / OFFICES_FILE, OFFICES_FILE)
    rows = [] if grid is None else [[str(cell or "").strip() for cell in row] for row in grid.rows]
    heads = next(((n, row) for n, row in enumerate(rows) if _CODE in row), None)
    if heads is None:
        return {}
    first, names = heads
    return {
        (OFFICES_FILE, row[names.index(_CODE)]): {
            name: (text, Where(OFFICES_FILE, "", address(number, column)))
            for column, (name, text) in enumerate(zip(names, row, strict=False))
            if text
        }
        for number, row in enumerate(rows[first + 1 :], start=first + 1)
        if len(row) > names.index(_CODE)
    }


def _of_schedule(dossier: Dossier) -> Told:
    """The dossier's own schedule; nothing where the shipped one serves."""
    path, form = dossier.folder / SCHEDULE_FILE, read_form(_SCHEDULE)
    if not path.is_file():
        return {}
    told = read_csv_table(path, form.table(_SCHEDULE), form, dossier)
    found: Told = {}
    for answer in () if isinstance(told, Problem) else told.answers:
        if answer.raw.strip():
            place = (answer.raw, Where(SCHEDULE_FILE, answer.sheet, answer.cell))
            found.setdefault((SCHEDULE_FILE, answer.row_key), {})[answer.field] = place
    return found


def _of_settings(dossier: Dossier) -> Told:
    """The settings of the dossier, each with the line it stands on."""
    path = dossier.folder / SETTINGS_FILE
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    told = (
        (number, match) for number, line in enumerate(lines, 1) if (match := _SETTING.match(line))
    )
    return {
        (SETTINGS_FILE, match[1]): {match[1]: (match[2], Where(SETTINGS_FILE, "", str(number)))}
        for number, match in told
    }
