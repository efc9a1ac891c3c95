"""The trail told anew from its first entry: what every submission, period and form must be like now."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from ksd_toolkit.register.closing import LATE, WITHDRAWN

Facts = dict[str, Any]


@dataclass(slots=True)
class Replay:
    """What the trail says. Older entries tell less: what none of them tells has no key here.

    `columns`, `status`, `active` and `files` are by submission; `files` has every name it may bear;
    `digests` by kind and submission; `closed` has when each closed period was closed, '' where the
    trail does not tell; `masked` are submissions an erasure changed.
    """

    columns: dict[int, Facts] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)
    digests: dict[str, dict[int, str]] = field(
        default_factory=lambda: {"changes": {}, "problems": {}}
    )
    files: dict[int, frozenset[str]] = field(default_factory=dict)
    status: dict[int, str] = field(default_factory=dict)
    active: dict[int, bool] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    forms: set[tuple[str, str]] = field(default_factory=set)
    masked: set[int] = field(default_factory=set)


def replay(connection: sqlite3.Connection) -> Replay:
    """Follow every entry that can be read; whether the trail itself holds is asked elsewhere."""
    told = Replay()
    rows = connection.execute(
        "SELECT action, period, object, before, after FROM audit"
        " WHERE json_valid(before) AND json_valid(after) ORDER BY seq"
    )
    for action, period, about, before, after in rows:
        if not (step := _STEPS.get(action)):
            continue
        with suppress(KeyError, TypeError, ValueError):  # somebody changed it: the chain tells
            step(told, period, about, json.loads(before), json.loads(after))
    return told


def _received(told: Replay, period: str, about: str, _: Facts, after: Facts) -> None:
    number = after["submission"]
    sender, _mark, slot = about.partition("/")
    known = {"period": period, "sender": sender, "slot": slot, "late": int(after["late"])}
    known |= {"sha256": after["sha256"], "content_hash": after["content_hash"]}
    told.columns[number] = known | {"version_no": after["version"]} | after.get("columns", {})
    told.seals[number] = after["seal"]
    for kind, seal in after.get("digests", {}).items():
        told.digests[kind][number] = seal
    told.files[number] = frozenset({after["file"]})
    told.status[number], told.active[number] = after["status"], False


def _migrated(told: Replay, _period: str, _about: str, _: Facts, after: Facts) -> None:
    told.seals |= _by_number(after.get("seals", {}))
    for number in told.seals:
        told.status.setdefault(number, "")


def _activated(told: Replay, period: str, about: str, _: Facts, after: Facts) -> None:
    """What comes into use pushes out all that brings the same tables, as `activation` does."""
    sender, _mark, slot = about.partition("/")
    tables = set(slot.split("+"))
    for number, columns in told.columns.items():
        same = (columns["period"], columns["sender"]) == (period, sender)
        other = str(columns["slot"])
        if same and (not slot or not other or tables & set(other.split("+"))):
            told.active[number] = False
    if after["submission"] in told.columns:  # of one that was migrated the slot is not told
        told.active[after["submission"]] = True


def _withdrawn(told: Replay, _period: str, _about: str, _: Facts, after: Facts) -> None:
    _decide(told, after["submissions"], WITHDRAWN)


def _restored(told: Replay, _period: str, _about: str, _: Facts, after: Facts) -> None:
    _decide(told, after["submissions"], "")


def _decide(told: Replay, numbers: Iterable[int], status: str) -> None:
    for number in numbers:
        told.status[number], told.active[number] = status, False


def _closed(told: Replay, period: str, _about: str, _: Facts, after: Facts) -> None:
    told.closed[period] = after.get("closed_at", "")


def _reopened(told: Replay, period: str, _about: str, _: Facts, _after: Facts) -> None:
    told.closed.pop(period, None)
    for number, columns in told.columns.items():
        if columns["period"] == period and told.status[number] == LATE:
            told.status[number] = ""


def _renamed(told: Replay, period: str, about: str, before: Facts, after: Facts) -> None:
    """An older entry does not say which of a sender's submissions it was: any of that name."""
    for number, names in told.files.items():
        columns = told.columns[number]
        if "submission" in after:
            if number == after["submission"]:
                told.files[number] = frozenset({after["file"]})
        elif (columns["period"], columns["sender"]) == (period, about) and before["file"] in names:
            told.files[number] = names | {after["file"]}


def _erased(told: Replay, _period: str, _about: str, _: Facts, after: Facts) -> None:
    masked = _by_number(after["seals"])
    told.seals |= masked
    told.masked |= set(masked)
    if "files" not in after:  # an older entry: any text beside the answers may have been masked
        told.files.clear()
        return
    told.files |= {n: frozenset({name}) for n, name in _by_number(after["files"]).items()}
    for kind, seals in told.digests.items():
        seals.update(_by_number(after[kind]))


def _form(told: Replay, _period: str, about: str, _: Facts, after: Facts) -> None:
    told.forms.add((about, after["sha256"]))


def _by_number(told: Mapping[str, str]) -> dict[int, str]:
    return {int(number): text for number, text in told.items()}


_STEPS: Final[Mapping[str, Callable[[Replay, str, str, Facts, Facts], None]]] = {
    "version": _received, "reading": _received, "migrate": _migrated, "activate": _activated,
    "withdraw": _withdrawn, "restore": _restored, "close": _closed, "reopen": _reopened,
    "rename": _renamed, "erase": _erased, "form": _form,
}  # fmt: skip
