"""Read `pleno.toml`: every section checked against the keys it may hold, whoever wrote it."""

import difflib
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import toml_reasons
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import rules
from ksd_toolkit.questionnaire.gate import MAX_FILE_BYTES
from ksd_toolkit.stamp import Source

_ONE: Final = ("rapat",)
_WEIGHTS: Final = "bobot"
_METHOD: Final = "name"  # what every method says of itself
_REASON: Final = "alasan"
_SHOWN: Final = 80


def read_toml(path: Path, name: str) -> Record:
    """The record in a TOML file; a file that cannot be read is a problem of the record."""
    if path.stat().st_size > MAX_FILE_BYTES:
        facts = {"limit": MAX_FILE_BYTES // 2**20}
        return Record(Source(name, "", 0), (), (Problem("file.too_large", Where(name), facts),))
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, figures without end
        bad = error if isinstance(error, ValueError) else ValueError("Unclosed")
        problem = Problem("plenary.toml", Where(name), toml_reasons(bad))
        return Record(Source(name, sha256, 0), (), (problem,))
    if _METHOD in tables and not tables.keys() & rules()["section"].keys():
        return Record(Source(name, sha256, 0), ())  # a method of that name, and no record
    problems: list[Problem] = []
    entries = tuple(_entries(tables, name, problems))
    return Record(Source(name, sha256, len(entries)), entries, tuple(problems))


def _entries(tables: Mapping[str, Any], name: str, problems: list[Problem]) -> Iterator[Entry]:
    known = rules()["section"]
    for section, content in tables.items():
        where = Where(name, section)
        if section not in known:
            facts = {"found": section[:_SHOWN], "near": _near(section, known)}
            problems.append(Problem("plenary.unknown_section", where, facts))
        elif section == _WEIGHTS and isinstance(content, dict):
            yield from _weights(content, where, problems)
        elif section in _ONE and isinstance(content, dict):
            yield from _entry(section, where, content, problems)
        elif section not in _ONE and isinstance(content, list):
            for number, one in enumerate(content, start=1):
                place = Where(name, section, str(number))
                yield from _entry(section, place, one, problems)
        else:
            brackets = f"[{section}]" if section in {*_ONE, _WEIGHTS} else f"[[{section}]]"
            problems.append(Problem("plenary.section_shape", where, {"brackets": brackets}))


def _entry(section: str, where: Where, content: Any, problems: list[Problem]) -> Iterator[Entry]:
    """One entry; a key nobody knows is told once, and what it was meant for is not called missing as well."""
    if not isinstance(content, dict):
        brackets = f"[[{section}]]"
        problems.append(Problem("plenary.section_shape", where, {"brackets": brackets}))
        return
    keys = rules()["section"][section]["keys"]
    cells: dict[str, Any] = {}
    aliases = rules()["aliases"]
    for written, value in content.items():
        key = written if aliases.get(written) in content else aliases.get(written, written)
        if key not in keys:
            facts = {"found": key[:_SHOWN], "near": _near(key, keys)}
            problems.append(Problem("plenary.unknown_key", where, facts))
            for meant in difflib.get_close_matches(key, keys, n=1):
                cells.setdefault(meant, _plain(value))
        elif (plain := _plain(value)) is None:
            problems.append(Problem("plenary.not_plain", where, {"key": key}))
        else:
            cells[key] = plain
    yield Entry(section, where, cells)


def _plain(value: Any) -> Any:
    """A value a cell could hold; a list of texts becomes lines; None for anything nested."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value if isinstance(value, str | int | float | bool | date | datetime | time) else None


def _weights(content: Mapping[str, Any], where: Where, problems: list[Problem]) -> Iterator[Entry]:
    """`U = 10` is a weight; `alasan` is the reason of all of them, or a table with one a criterion."""
    reasons = content.get(_REASON, "")
    for code, value in content.items():
        if code == _REASON:
            continue
        own = reasons.get(code, "") if isinstance(reasons, dict) else reasons
        place = Where(where.file, where.sheet, code[:_SHOWN])
        yield from _entry(
            _WEIGHTS, place, {"kriteria": code, "bobot": value, _REASON: own}, problems
        )


def _near(found: str, known: Any) -> str:
    return ", ".join(difflib.get_close_matches(found.casefold(), list(known), cutoff=0.5)) or (
        ", ".join(known)
    )
