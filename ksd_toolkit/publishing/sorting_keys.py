"""Say by what a page may sort a table, and read the values of its finished texts.

Which tables may be sorted is a table itself, `knowledge/sorted_tables.toml`.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.display.page_extras import TableKeys
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import month_name
from ksd_toolkit.publishing.decimal_places import NUMBERS, decimal_places

_SIGNS: Final = {"id": (",", "."), "en": (".", ",")}  # of decimals, of thousands
_SCALES: Final = {
    "ribu": 3, "juta": 6, "miliar": 9, "triliun": 12,
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}  # fmt: skip
_PLAIN: Final = re.compile(r"[0-9]+", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class _Rules:
    rows: int
    totals: frozenset[str]
    blanks: frozenset[str]


def table_keys(table: Table, lang: str) -> TableKeys | None:
    """What the table sorts and aligns by; None where it does neither."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    pads = [
        _pads(column, cells, lang) for column, cells in zip(table.columns, columns, strict=True)
    ]
    sorts = [""] * len(columns)
    keys: list[list[str | None]] = [[None] * len(table.rows) for _ in columns]
    if is_sortable(table):
        for place, (column, cells) in enumerate(zip(table.columns, columns, strict=True)):
            if column.title.strip():
                sorts[place], keys[place] = _column_keys(column, cells, lang)
    if not any(sorts) and not any(map(any, pads)):
        return None
    return TableKeys(tuple(sorts), tuple(zip(*keys, strict=True)), tuple(zip(*pads, strict=True)))


def is_sortable(table: Table) -> bool:
    """Whether no row leans on another: each has a name of its own, and none sums up."""
    rules = _rules()
    if len(table.rows) < rules.rows:
        return False
    if table.subjects and len(set(table.subjects)) < len(table.rows):
        return False
    header = max(table.row_header, 0)
    names = [row[header].strip().casefold() for row in table.rows]
    begun = {name for row in table.rows for name in (row[0], row[header])}
    summing = any(
        (re.split(r"[\s:,(]", text.strip().casefold(), maxsplit=1) or [""])[0] in rules.totals
        for text in begun
    )
    return not summing and not rules.blanks & set(names)


def machine_number(text: str, lang: str) -> Decimal | None:
    """The value of a finished number: `Rp1,2 miliar`, `64,6 %`, `1.234,5`, `(3)`; None for no number.

    Of a range (`31,2-40,1`, `1 dari 5`) the first number counts.
    """
    decimal, group = map(re.escape, _SIGNS[lang])
    found = re.match(
        rf"\W{{0,2}}?(?:Rp[ \u00a0]?)?(?P<sign>[-\u2212])?(?:Rp[ \u00a0]?)?(?P<number>\d+(?:{group}\d{{3}})*(?:{decimal}\d+)?)"
        rf"(?![\w{decimal}])(?:[ \u00a0\u202f](?P<scale>[a-z]+))?",
        text.strip(),
        re.ASCII | re.IGNORECASE,
    )
    if not found:
        return None
    plain = found["number"].replace(_SIGNS[lang][1], "").replace(_SIGNS[lang][0], ".")
    value = Decimal(plain).scaleb(_SCALES.get((found["scale"] or "").casefold(), 0))
    return -value if found["sign"] else value


def machine_date(text: str, lang: str) -> str | None:
    """A date in words or digits as `20261123`; None for no date."""
    if found := _ISO.match(text.strip()):
        return "".join(found.groups())
    if not (found := _DAY.match(text.strip())):
        return None
    month = _months(lang).get(found[2].casefold())
    return f"{found[3]}{month:02d}{int(found[1]):02d}" if month else None


def _column_keys(column: Column, cells: Sequence[str], lang: str) -> tuple[str, list[str | None]]:
    """How a column sorts, and the key of every cell; a column of numbers needs no declaration."""
    blanks = _rules().blanks
    values = [None if cell.strip() in blanks else _value(column, cell, lang) for cell in cells]
    held = [value for cell, value in zip(cells, values, strict=True) if cell.strip() not in blanks]
    declared = column.kind in NUMBERS or column.kind == "date"
    if any(held) and (declared or all(held)):
        return "number", [
            None if _PLAIN.fullmatch(cell) else value or ""
            for cell, value in zip(cells, values, strict=True)
        ]
    return "text", ["" if cell.strip() in blanks else None for cell in cells]


def _value(column: Column, cell: str, lang: str) -> str | None:
    dated = machine_date(cell, lang)
    if column.kind == "date" or dated:
        return dated
    number = machine_number(cell, lang)
    return None if number is None else format(number.normalize(), "f")


def _pads(column: Column, cells: Sequence[str], lang: str) -> list[str]:
    """What stands unseen behind each number, so that decimal signs stand below each other."""
    places = decimal_places(column, cells, lang) if column.align != "center" else None
    if places is None:
        return [""] * len(cells)
    longest = max(places.tails, key=len)
    lacks = [longest[len(tail) :] if longest.startswith(tail) else "" for tail in places.tails]
    return [lacks[cell[1]] if cell else "" for cell in places.cells]


@cache
def _months(lang: str) -> dict[str, int]:
    return {month_name(number, lang).casefold(): number for number in range(1, 13)}


@cache
def _rules() -> _Rules:
    table = files("ksd_toolkit.knowledge").joinpath("sorted_tables.toml")
    told = tomllib.loads(table.read_text(encoding="utf-8"))
    return _Rules(told["rows"], frozenset(told["totals"]), frozenset(told["blanks"]))
