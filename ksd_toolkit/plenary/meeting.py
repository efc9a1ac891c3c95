"""When and where the plenary met, who was there, and whether that is enough to decide."""

import difflib
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import pandas as pd

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import date_text, say
from ksd_toolkit.plenary.meeting_times import check_times
from ksd_toolkit.plenary.named_persons import names_capacity
from ksd_toolkit.plenary.outcome import Minutes, Quorum
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.roster import Member, Roster
from ksd_toolkit.plenary.rules import Share, rules, standard_share
from ksd_toolkit.questionnaire.dates import parse_date

ATTENDANCE: Final = (
    "member", "position", "office", "role", "votes", "present", "proxy", "note", "name",
)  # fmt: skip
_SHARE: Final = re.compile(r"(?P<more>>)?\s*(?P<part>\d{1,3})\s*/\s*(?P<whole>\d{1,3})")
_SHOWN: Final = 40
_NO_DAY: Final = date.min


def read_minutes(record: Record, dossier: Dossier, problems: list[Problem]) -> Minutes:
    """When, where and under whose lead; what was left blank stays blank."""
    entries = record.section("rapat")
    if not entries:
        problems.append(Problem("plenary.no_meeting", record.at("rapat")))
        return Minutes("", _NO_DAY, "")
    entry = entries[0]
    text = entry.text
    check_times(entry, problems)
    _check_capacities(entry, problems)
    return Minutes(
        number=text("nomor"),
        held=_held(entry, dossier, problems),
        place=text("tempat"),
        starts=text("mulai"),
        ends=text("selesai"),
        chair=text("ketua"),
        secretary=text("sekretaris"),
        agenda=entry.lines("agenda"),
    )


def _held(entry: Entry, dossier: Dossier, problems: list[Problem]) -> date:
    """The day; one that has not come yet or lies in another year is remarked on."""
    where, text = entry.at("tanggal"), entry.text("tanggal")
    if not text:
        problems.append(Problem("plenary.no_date", where))
        return _NO_DAY
    day = entry.day("tanggal") or parse_date(text)
    if day is None:
        problems.append(Problem("plenary.date", where, {"value": text[:_SHOWN]}))
        return _NO_DAY
    shown = {"date": date_text(day), "date_en": date_text(day, "en")}
    today = dossier.tanggal_acuan
    if day > today:
        facts = {**shown, "today": date_text(today), "today_en": date_text(today, "en")}
        problems.append(Problem("plenary.date_ahead", where, facts, "warning"))
    if str(day.year) != dossier.period[:4]:
        facts = {**shown, "period": dossier.period}
        problems.append(Problem("plenary.date_other_year", where, facts, "warning"))
    return day


def _check_capacities(entry: Entry, problems: list[Problem]) -> None:
    """Who led the meeting is told by capacity: a text without any word of an office is a name."""
    problems += [
        Problem("plenary.no_capacity", entry.at(key), {"key": key})
        for key in ("ketua", "sekretaris")
        if entry.text(key) and not names_capacity(entry.text(key))
    ]


def read_attendance(record: Record, roster: Roster, problems: list[Problem]) -> pd.DataFrame:
    """One row a member of the roster; who is not named in the record was not there."""
    known = rules()["attendance"]
    seen: dict[str, tuple[bool, bool, str]] = {}
    for entry in record.section("hadir"):
        member = _member(entry, roster, problems)
        if member is None:
            continue
        word = entry.text("hadir").casefold() if "hadir" in entry.cells else known["present"][0]
        if word not in {*known["present"], *known["proxy"], *known["absent"]}:
            facts = {"found": word[:_SHOWN]}
            problems.append(Problem("plenary.attendance_word", entry.at("hadir"), facts))
        elif member.member in seen:
            facts = {"member": member.member}
            problems.append(Problem("plenary.present_twice", entry.where, facts))
        else:
            proxy = word in known["proxy"]
            present = proxy or word in known["present"]
            seen[member.member] = (present, proxy, entry.text("keterangan"))
    return _frame(roster, seen)


def _member(entry: Entry, roster: Roster, problems: list[Problem]) -> Member | None:
    text = entry.text("penilai")
    member = roster.find(text)
    if member is None and roster.members:
        ids = [one.member for one in roster.members]
        near = ", ".join(difflib.get_close_matches(text.upper(), ids, cutoff=0.5)) or "-"
        shown = "\u2026" if roster.persons_in(text) else text[:_SHOWN] or "-"
        facts = {"found": shown, "near": near}
        problems.append(Problem("plenary.unknown_member", entry.at("penilai"), facts))
    return member


def _frame(roster: Roster, seen: dict[str, tuple[bool, bool, str]]) -> pd.DataFrame:
    rows = [
        (one.member, one.position, one.office, one.role, one.votes,
         *seen.get(one.member, (False, False, "")), one.name)
        for one in roster.members
    ]  # fmt: skip
    kinds = dict.fromkeys(ATTENDANCE, "str") | dict.fromkeys(("votes", "present", "proxy"), "bool")
    return pd.DataFrame(rows, columns=list(ATTENDANCE)).astype(kinds)


def read_quorum(
    record: Record, attendance: pd.DataFrame, lang: str, problems: list[Problem]
) -> Quorum:
    """Who was there of those who may vote, by the dossier's own share or ours."""
    entry = next(iter(record.section("rapat")), Entry("rapat", Where(record.source.name), {}))
    own = list(_own_share(entry, problems)) if entry.text("kuorum") else []
    share, ground = own[0] if own else (standard_share(), _our_ground(lang))
    entitled = attendance[attendance["votes"]]
    counts = entitled["present"]
    if not rules()["quorum"]["proxy_counts"]:
        counts = counts & ~entitled["proxy"]
    kind = "more" if share.more_than else "least"
    fraction = f"{share.numerator}/{share.denominator}"
    return Quorum(
        entitled=len(entitled),
        present=int(counts.sum()),
        needed=share.needed(len(entitled)),
        rule=say(f"plenary.quorum_{kind}", lang, share=fraction, ground=ground),
        excuse=entry.text("alasan_tanpa_kuorum"),
    )


def _our_ground(lang: str) -> str:
    """What our own share rests on; marked for as long as nobody read the rule it stands for."""
    quorum = rules()["quorum"]
    return str(quorum["source"]) if quorum["verified"] else say("plenary.quorum_ground", lang)


def _own_share(entry: Entry, problems: list[Problem]) -> Iterator[tuple[Share, str]]:
    """The share the record names, with the ground it must name."""
    text = entry.text("kuorum")
    found = _SHARE.fullmatch(text)
    part, whole = (int(found["part"]), int(found["whole"])) if found else (0, 0)
    if found is None or not 0 < part <= whole or (found["more"] and part == whole):
        problems.append(
            Problem("plenary.quorum_share", entry.at("kuorum"), {"found": text[:_SHOWN]})
        )
    elif not entry.text("dasar_kuorum"):
        problems.append(Problem("plenary.quorum_ground", entry.at("dasar_kuorum")))
    else:
        yield Share(part, whole, bool(found["more"])), entry.text("dasar_kuorum")


def check_quorum(
    quorum: Quorum, record: Record, problems: list[Problem], *, unread: int = 0
) -> None:
    """Without a quorum, and without the reason why it counts all the same, nothing was decided.

    `unread` lines of the attendance could not be read: they may all have been members who were there.
    """
    if quorum.present + unread < quorum.needed and not quorum.excuse:
        facts = {
            "present": quorum.present,
            "entitled": quorum.entitled,
            "needed": quorum.needed,
        }
        problems.append(Problem("plenary.no_quorum", record.at("hadir"), facts))
