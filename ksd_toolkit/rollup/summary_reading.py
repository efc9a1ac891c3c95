"""Read a summary of a region back: every key checked, and the first one that is wrong told with its remedy."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from ksd_toolkit.errors import InputError
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.rollup.rules import read_rollup_rules
from ksd_toolkit.rollup.summary import (
    VERSION,
    Levels,
    Naming,
    RegionSummary,
    Response,
    StepCount,
    TopUsulan,
)
from ksd_toolkit.scoring.overview import PROBLEMS
from ksd_toolkit.stamp import Source

_SHA: Final = re.compile(r"[0-9a-f]{64}")
_PERIOD: Final = re.compile(r"\d{4}(-S[12])?")
_CODE: Final = re.compile(r"[A-Z0-9.-]{0,12}")
_STEP: Final = re.compile(r"[a-z_]{1,40}")
_LEVELS: Final = 5
_MOST: Final = 10_000_000
"""No count of a region is larger."""


def from_json(content: bytes, file: str = "") -> RegionSummary:
    """The summary a file holds.

    Args:
        content: The file.
        file: Its name, for messages.

    Raises:
        InputError: It is no JSON, of another version, or a key is missing or wrong; file, key and remedy
            are told.
    """
    if len(content) > read_rollup_rules().largest_bytes:
        raise InputError("rollup.too_large", file=file, most=read_rollup_rules().largest_bytes)
    try:
        told = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError("rollup.no_json", file=file) from error
    if not isinstance(told, dict) or told.get("version") != VERSION:
        version = told.get("version") if isinstance(told, dict) else None
        raise InputError("rollup.version", file=file, version=_shown(version), wanted=VERSION)
    return _summary(_Reader(file, told))


@dataclass(frozen=True, slots=True)
class _Reader:
    """An object of the file and the way to it: `response.usulan`, `top[3].rank`."""

    file: str
    told: Any
    at: str = ""

    def wrong(self, key: str) -> InputError:
        place = f"{self.at}{key}"
        found = self.told.get(key) if isinstance(self.told, dict) else self.told
        return InputError("rollup.key", file=self.file, key=place, value=_shown(found))

    def part(self, key: str) -> "_Reader":
        if not isinstance(self.told.get(key), dict):
            raise self.wrong(key)
        return _Reader(self.file, self.told[key], f"{self.at}{key}.")

    def rows(self, key: str) -> "list[_Reader]":
        rows = self.told.get(key)
        if not isinstance(rows, list):
            raise self.wrong(key)
        found = [_Reader(self.file, row, f"{key}[{n}].") for n, row in enumerate(rows)]
        if any(not isinstance(one.told, dict) for one in found):
            raise self.wrong(key)
        return found

    def text(self, key: str, held: Callable[[str], Any] = bool) -> str:
        value = self.told.get(key)
        if not isinstance(value, str) or len(value) > read_rollup_rules().longest_text:
            raise self.wrong(key)
        if not _writable(value) or not held(value):
            raise self.wrong(key)
        return value

    def number(self, key: str, least: int = 0, most: int = _MOST) -> int:
        value = self.told.get(key)
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(key)
        return value

    def number_or_none(self, key: str, most: int) -> int | None:
        if key in self.told and self.told[key] is None:
            return None
        return self.number(key, 0, most)

    def yes(self, key: str) -> bool:
        value = self.told.get(key)
        if type(value) is not bool:
            raise self.wrong(key)
        return value

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self.wrong(key) from error


def _summary(told: _Reader) -> RegionSummary:
    region = region_or_none(told.text("code"))
    if region is None:
        raise told.wrong("code")
    period = told.text("period", _PERIOD.fullmatch)
    method = told.text("method", _anything)
    return RegionSummary(
        dossier=told.text("dossier", lambda name: name.endswith(f"/{period}")),
        code=region.code,
        name=told.text("name", lambda name: name == region.name),
        period=period,
        tanggal_acuan=told.day("tanggal_acuan"),
        simulated=told.yes("simulated"),
        toolkit=told.text("toolkit"),
        method=method,
        method_sha256=told.text("method_sha256", _SHA.fullmatch if method else _blank),
        data_sha256=told.text("data_sha256", _SHA.fullmatch),
        files=told.number("files"),
        sources=tuple(_source(row) for row in told.rows("sources")),
        response=_response(told.part("response")),
        maturity=tuple(_levels(told.part("maturity"))),
        top=tuple(_top(row) for row in told.rows("top")),
        namings=tuple(_naming(row, region.code) for row in told.rows("namings")),
        steps=_steps(told),
    )


def _source(row: _Reader) -> Source:
    return Source(row.text("name"), row.text("sha256", _SHA.fullmatch), row.number("rows"))


def _response(part: _Reader) -> Response:
    """No more answered than were asked, no more scored than were sent, no more ranked than scored."""
    asked, usulan = part.number("offices_asked"), part.number("usulan")
    answered = part.number("offices_answered", 0, asked)
    scored = part.number_or_none("scored", usulan)
    ranked = part.number_or_none("ranked", usulan if scored is None else scored)
    if (scored is None) != (ranked is None):
        raise part.wrong("ranked")
    return Response(asked, answered, usulan, scored, ranked)


def _levels(part: _Reader) -> Iterable[Levels]:
    for problem in PROBLEMS:
        offices = part.told.get(problem)
        fits = isinstance(offices, list) and len(offices) == _LEVELS
        if not fits or any(type(n) is not int or not 0 <= n <= _MOST for n in offices):
            raise part.wrong(problem)
        yield Levels(problem, tuple(offices))


def _top(row: _Reader) -> TopUsulan:
    return TopUsulan(
        row.text("usulan_id"),
        row.number("rank", 1),
        row.text("urusan", _CODE.fullmatch),
        row.text("isu", _CODE.fullmatch),
    )


def _naming(row: _Reader, home: str) -> Naming:
    partner = row.text("partner", lambda code: not code or (code != home and region_or_none(code)))
    return Naming(
        row.text("usulan_id"),
        row.text("judul", _anything),
        row.text("urusan", _CODE.fullmatch),
        partner,
        row.yes("mandatory"),
    )


def _steps(told: _Reader) -> tuple[StepCount, ...]:
    """The counts of each period and step, which must add up; a step of a period comes once."""
    names = [field.name for field in fields(StepCount)][2:]
    found: dict[tuple[str, str], StepCount] = {}
    for row in told.rows("steps"):
        key = row.text("period", _PERIOD.fullmatch), row.text("step", _STEP.fullmatch)
        one = StepCount(*key, *(row.number(name) for name in names))
        if key in found or one.entered != one.reached + one.open + one.stopped + one.joined:
            raise row.wrong("entered")
        found[key] = one
    return tuple(found.values())


def _writable(text: str) -> bool:
    """Whether every letter can be written to a file: half a surrogate pair cannot."""
    return all(not "\ud800" <= letter <= "\udfff" for letter in text)


def _anything(_: str) -> bool:
    return True


def _blank(text: str) -> bool:
    return not text


def _shown(value: Any) -> str:
    """A value as a message quotes it, short."""
    if value is None:
        return "-"
    text = " ".join(str(value).split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= 60 else f"{text[:59]}\u2026"  # noqa: PLR2004  a line of a terminal
