"""Two tables that explain others: what an indicator is, and which BPS code is which region."""

import math
import re
from collections.abc import Sequence
from typing import Final

from ksd_toolkit.atlas.brought import CROSSWALK_COLUMNS, META_COLUMNS, FileRead, frame_of
from ksd_toolkit.atlas.given_figures import number_in, short
from ksd_toolkit.atlas.region_codes import Notation, code_problem, read_code
from ksd_toolkit.atlas.region_files import facts_of, indicator_code
from ksd_toolkit.atlas.table_headings import Table
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Raw
from ksd_toolkit.questionnaire.grid import address
from ksd_toolkit.questionnaire.submission import Balance

_EVERY_YEAR: Final = 0
_MINISTRY: Final = Notation("kemendagri")
_YEAR: Final = re.compile(r"[0-9]{4}")


def read_meta(table: Table) -> FileRead:
    """What each indicator is called and measured in, which way is better, and who says so."""
    problems: list[Problem] = []
    rows: dict[tuple[str, int], list[object]] = {}
    blank = aside = duplicate = 0
    for number, row in table.rows():
        texts = {name: short(table.text(row, name)) for name in META_COLUMNS}
        if not any(texts.values()):
            blank += 1
            continue
        texts["source"] = texts["source"] or texts["source_id"]
        code, year = indicator_code(texts["indicator"]), _year(texts["year"])
        if not code or year is None or table.overflows(row):
            where = Where(table.file, table.grid.name, address(number, table.columns["indicator"]))
            facts = {"value": texts["indicator"], "year": texts["year"]}
            problems.append(Problem("atlas.meta_row", where, facts))
            aside += 1
            continue
        duplicate += (code, year) in rows
        rows.setdefault((code, year), [code, year, *list(texts.values())[2:]])
    balance = Balance(len(rows), aside, duplicate, blank)
    frame = frame_of(META_COLUMNS, list(rows.values()))
    return FileRead("meta", frame, balance, tuple(problems))


def read_crosswalk(table: Table) -> FileRead:
    """The BPS code of each region, and its population where a column tells it."""
    problems: list[Problem] = []
    rows: dict[str, tuple[object, ...]] = {}
    bps_of: dict[str, str] = {}
    owners: dict[str, str] = {}
    blank = duplicate = 0
    for number, row in table.rows():
        bps = short(table.text(row, "bps_code"))
        if not bps:
            blank += 1
            continue
        where = Where(table.file, table.grid.name, address(number, table.columns["code"]))
        code = _paired(table, row, where)
        if isinstance(code, str) and (owners.get(bps, code), bps_of.get(code, bps)) != (code, bps):
            code = Problem("atlas.crosswalk_two", where, {"code": code, "bps": bps})
        if isinstance(code, Problem):
            problems.append(code)
            continue
        duplicate += code in rows
        owners[bps], bps_of[code] = code, bps
        rows.setdefault(code, (code, bps, _population(table, row), number + 1))
    balance = Balance(len(rows), len(problems), duplicate, blank)
    frame = frame_of(CROSSWALK_COLUMNS, list(rows.values()))
    return FileRead("crosswalk", frame, balance, tuple(problems))


def _paired(table: Table, row: Sequence[Raw], where: Where) -> str | Problem:
    """The region of a row, or why it has none."""
    if table.overflows(row):
        return Problem("atlas.row_long", where)
    found = read_code(table.text(row, "code"), _MINISTRY)
    return code_problem(found, where) if found.refusal else found.code


def _year(text: str) -> int | None:
    """A year, every year where none is named, None where it is no year."""
    if not text:
        return _EVERY_YEAR
    first, last = facts_of("reading")["years"]
    is_year = _YEAR.fullmatch(text) and first <= int(text) <= last
    return int(text) if is_year else None


def _population(table: Table, row: Sequence[Raw]) -> float:
    text = table.text(row, "population")
    found = number_in(text, point=False) if text else None
    return found[0] if found else math.nan
