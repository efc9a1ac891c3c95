"""What each entry about an usulan asks for, understood alone: a new position, a merge or a decision."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import DECISIONS, MERGED, Decision

Kind = Literal["pindah", "gabung", "putusan"]
CLAIMS: Final[tuple[Kind, ...]] = ("pindah", "gabung", "putusan")
_WHOLE: Final = re.compile(r"[1-9]\d{0,5}")
_ZEROS: Final = re.compile(r"[\s_-]+0*")  # between the office and its number
_SHOWN: Final = 40
_NEAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry about an usulan there is. What could not be understood in it is None or empty, and told."""

    usulan: str
    kind: Kind
    entry: Entry
    position: int | None = None
    into: str = ""
    decision: Decision | None = None

    @property
    def where(self) -> Where:
        """The cell that says it: one row of a sheet may hold several."""
        return self.entry.at({"pindah": "posisi", "gabung": "ke", "putusan": "putusan"}[self.kind])

    @property
    def reason(self) -> str:
        """Why the plenary wants it."""
        return self.entry.text("alasan")

    @property
    def article(self) -> str:
        """The article it names."""
        return self.entry.text("pasal")


def read_claims(record: Record, known: Sequence[str], problems: list[Problem]) -> list[Claim]:
    """Every entry about a known usulan, in the order of the record."""
    found = (_claim(entry, known, problems) for entry in record.entries if entry.section in CLAIMS)
    return [claim for claim in found if claim is not None]


def _claim(entry: Entry, known: Sequence[str], problems: list[Problem]) -> Claim | None:
    usulan = _usulan(entry, "usulan", known, problems)
    if not usulan:
        _other_faults(entry, known, problems)
        return None
    if entry.section == "pindah":
        return Claim(usulan, "pindah", entry, position=_position(entry, usulan, problems))
    if entry.section == "gabung":
        return Claim(
            usulan, "gabung", entry, into=_target(entry, usulan, known, problems), decision=MERGED
        )
    return Claim(usulan, "putusan", entry, decision=_decision(entry, usulan, problems))


def _other_faults(entry: Entry, known: Sequence[str], problems: list[Problem]) -> None:
    """What else is wrong in an entry whose usulan nobody knows, so that it is mended at one go."""
    shown = entry.text("usulan")[:_SHOWN] or "-"
    if entry.section == "pindah":
        _position(entry, shown, problems)
    elif entry.section == "gabung":
        _usulan(entry, "ke", known, problems)
    else:
        _decision(entry, shown, problems)
    if not entry.text("alasan"):
        problems.append(Problem("plenary.no_reason", entry.at("alasan"), {"usulan": shown}))


def _usulan(entry: Entry, key: str, known: Sequence[str], problems: list[Problem]) -> str:
    """An usulan there is, whatever its letter case; near ids are suggested for any other."""
    text = entry.text(key)
    wanted = text.upper()
    if wanted in known:
        return wanted
    if not text:
        problems.append(Problem("plenary.no_usulan", entry.at(key), {"key": key}))
    else:
        facts = {"usulan": text[:_SHOWN], "near": ", ".join(_near(wanted, known)) or "-"}
        problems.append(Problem("plenary.unknown_usulan", entry.at(key), facts))
    return ""


def _near(wanted: str, known: Sequence[str]) -> list[str]:
    """Ids that were probably meant: `DINKES-01` for `DINKES-1`, else the most alike."""
    meant = [one for one in known if _ZEROS.sub("", one) == _ZEROS.sub("", wanted)]
    return meant or difflib.get_close_matches(wanted[:_SHOWN], known, cutoff=_NEAR)


def _position(entry: Entry, usulan: str, problems: list[Problem]) -> int | None:
    text = entry.text("posisi")
    if _WHOLE.fullmatch(text):
        return int(text)
    facts = {"usulan": usulan, "found": text[:_SHOWN] or "-"}
    problems.append(Problem("plenary.position", entry.at("posisi"), facts))
    return None


def _target(entry: Entry, usulan: str, known: Sequence[str], problems: list[Problem]) -> str:
    into = _usulan(entry, "ke", known, problems)
    if into == usulan:
        problems.append(Problem("plenary.merge_itself", entry.at("ke"), {"usulan": usulan}))
        return ""
    return into


def _decision(entry: Entry, usulan: str, problems: list[Problem]) -> Decision | None:
    word = entry.text("putusan").casefold()
    for decision in DECISIONS:
        if word == decision and decision != MERGED:
            return decision
    if not word:
        problems.append(Problem("plenary.nothing_decided", entry.at("putusan"), {"usulan": usulan}))
    else:
        facts = {"usulan": usulan, "found": word[:_SHOWN]}
        problems.append(Problem("plenary.unknown_decision", entry.at("putusan"), facts))
    return None
