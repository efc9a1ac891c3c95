"""The preparation of a mapping: its schedule, the offices to ask, and which are short of two PPKSD."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from ksd_toolkit.answers.schedule import SCHEDULE_FILE, Schedule, read_schedule
from ksd_toolkit.dossier import MEMBERS_FILE, OFFICES_FILE, Dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.project import SETTINGS_FILE
from ksd_toolkit.register import Register, read_register
from ksd_toolkit.stamp import Source, Stamp

LIAISONS_NEEDED: Final = 2
"""PPKSD in every office.

Source:
    Seed brief, Tahapan Persiapan: "minimal 2 orang PIC PPKSD".
"""
ENOUGH, SHORT, SILENT = "enough", "short", "silent"
_SLOTS: Final = ("ppksd_1", "ppksd_2")
_NOTHING_YET: Final = "register.empty"


@dataclass(frozen=True, slots=True, eq=False)
class Preparation:
    """What stands before the first questionnaire is filled, and how far it came.

    `offices` has one row per office asked, indexed by `opd_kode`: `opd_nama, named` (how many
    different PPKSD its workbook names, 0 to 2), `state` (`enough`, `short`, or `silent` where no
    workbook came back yet) and `decree` (whether it tells the number of the decree naming them). It
    holds no names of persons. `members` are those of the TKKSD, as the file `members_in` counts them.
    """

    dossier: Dossier
    schedule: Schedule
    offices: pd.DataFrame
    stamp: Stamp
    members: int
    members_in: str

    def __repr__(self) -> str:
        short = len(self.short)
        return f"Preparation({self.dossier.name}: {self.schedule.weeks} weeks, {short} short)"

    @property
    def lang(self) -> str:
        """The language of papers made from it."""
        return self.dossier.lang

    @property
    def short(self) -> list[str]:
        """The offices without two PPKSD, those that said nothing yet among them."""
        return [str(code) for code in self.offices.index[self.offices["state"] != ENOUGH]]


def prepare(dossier: Dossier, start: str = "", register: Register | None = None) -> Preparation:
    """The preparation of a dossier; it needs no answers, and counts those that are there.

    Args:
        dossier: Region and period.
        start: The first day of the schedule, `2026-01-05`; the dossier's own when empty.
        register: What came in so far, where it was read already.

    Raises:
        InputError: The start is no date, or `jadwal.csv` cannot be used.
    """
    register = register or _answers(dossier)
    schedule = read_schedule(dossier, _date(start))
    offices, stamp = _offices(dossier, register), _stamp(dossier, register)
    return Preparation(dossier, schedule, offices, stamp, *_members(dossier))


def _members(dossier: Dossier) -> tuple[int, str]:
    """Everybody on the roster, with a vote or without; those who score where there is no roster yet."""
    path = dossier.folder / MEMBERS_FILE
    listed = _rows(path.read_bytes()) if path.is_file() else 0
    return (listed, MEMBERS_FILE) if listed else (dossier.tkksd_members, SETTINGS_FILE)


def _answers(dossier: Dossier) -> Register | None:
    """What came in so far; None before anything did."""
    try:
        return read_register(dossier)
    except InputError as error:
        if error.code != _NOTHING_YET:
            raise
        return None


def _date(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("prepare.start", value=text) from error


def _offices(dossier: Dossier, register: Register | None) -> pd.DataFrame:
    offices = dossier.offices[["opd_nama"]].copy()
    if register is None:
        return offices.assign(named=0, state=SILENT, decree=False)
    opd = register.opd.set_index("opd_kode")
    told = offices.index.isin(opd.index)
    named = _different_liaisons(opd).reindex(offices.index, fill_value=0).astype(int)
    state = pd.Series(SHORT, index=offices.index).mask(named >= LIAISONS_NEEDED, ENOUGH)
    decree = opd["ppksd_sk_nomor"].notna().reindex(offices.index, fill_value=False)
    return offices.assign(named=named, state=state.where(told, SILENT), decree=decree)


def _different_liaisons(opd: pd.DataFrame) -> "pd.Series[int]":
    """How many different PPKSD each office names: one named twice, or under one NIP, is one."""
    first, second = (opd[f"{slot}_nama"] for slot in _SLOTS)
    numbers = [opd[f"{slot}_nip"] for slot in _SLOTS]
    same = (first == second) | (numbers[0] == numbers[1])
    both = first.notna() & second.notna()
    named = first.notna().astype(int) + second.notna().astype(int)
    return named - (both & same.fillna(value=False)).astype(int)


def _stamp(dossier: Dossier, register: Register | None) -> Stamp:
    """The list of offices, the schedule and the roster, and every answer that was counted."""
    names = (OFFICES_FILE, SCHEDULE_FILE, MEMBERS_FILE)
    paths = [path for name in names if (path := dossier.folder / name).is_file()]
    own = [
        Source(path.name, _sha256(path.read_bytes()), _rows(path.read_bytes())) for path in paths
    ]
    sent = register.stamp.sources if register is not None else ()
    return Stamp(
        dossier=dossier.called,
        tanggal_acuan=dossier.tanggal_acuan,
        lang=dossier.lang,
        simulated=dossier.simulated,
        sources=(*own, *sent),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _rows(content: bytes) -> int:
    """Lines with anything on them, below the heading."""
    return max(0, sum(bool(line.strip(b",; \t")) for line in content.splitlines()) - 1)
