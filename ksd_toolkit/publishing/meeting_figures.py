"""Explain what the plenary's papers count in words: who was there, what was enough, set, changed and left out."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.messages import count, say
from ksd_toolkit.plenary import Outcome, read_record
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import ROSTER_FILE, rules
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.meeting_list import LISTED, joined_places, some_of
from ksd_toolkit.publishing.printed_figures import PrintedFigure


def of_meeting(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure about the meeting came about; None where its measure is none of these."""
    name = meaning.measure
    if name in NUMBERED:
        return NUMBERED[name](figure, meaning.named, evidence)
    if name == "refused_fault":
        return Computation(say("measure.refused_fault", evidence.lang, value=figure.text))
    if name == "meeting_text":
        return _written(figure, meaning.subject.partition("/")[2], evidence)
    explain = _COUNTED.get(name)
    return None if explain is None else explain(figure, evidence)


def _change_numbered(figure: PrintedFigure, named: str, evidence: Evidence) -> Computation | None:
    """The place of a change in the table of changes, and of its entry in the record."""
    outcome, row = evidence.outcome, figure.part[0] - 1 if figure.part else -1
    if outcome is None or not 0 <= row < len(outcome.changes):
        return None
    of, source = len(outcome.changes), str(outcome.changes["source"].iloc[row])
    facts = {"value": figure.text, "named": named, "of": count(of, evidence.lang)}
    return Computation(say("measure.change_number", evidence.lang, **facts), decided=source)


def _member_numbered(figure: PrintedFigure, named: str, evidence: Evidence) -> Computation | None:
    """The place of a member in the attendance list; a line to sign on where no meeting was recorded."""
    outcome, row = evidence.outcome, figure.part[0] - 1 if figure.part else -1
    if outcome is None or not 0 <= row < len(outcome.attendance):
        return Computation(say("measure.attendance_line", evidence.lang, value=figure.text))
    member = str(outcome.attendance["member"].iloc[row])
    facts = {"value": figure.text, "named": named, "file": ROSTER_FILE}
    sentence = say("measure.attendance_number", evidence.lang, **facts)
    return Computation(sentence, decided=_of_members([member], evidence))


def _written(figure: PrintedFigure, key: str, evidence: Evidence) -> Computation:
    """What the record says of the meeting, and where."""
    code = f"measure.meeting_{key}" if key in _TIMES else "measure.meeting_text"
    place = next((str(one.at(key)) for one in _entries("rapat", evidence)), "")
    return Computation(say(code, evidence.lang, value=figure.text), decided=place)


_TIMES: Final = frozenset({"mulai", "selesai"})


def _entries(section: str, evidence: Evidence) -> list[Entry]:
    """The entries of a section of the record; none where no meeting was recorded."""
    if "record" not in evidence.kept:
        held = evidence.outcome is not None
        evidence.kept["record"] = read_record(evidence.register.dossier) if held else None
    record: Record | None = evidence.kept["record"]
    return [] if record is None else record.section(section)


def _of_members(members: Sequence[str], evidence: Evidence) -> str:
    """Where the record names each of the members; the roster where it names none."""
    entries = _entries("hadir", evidence)
    places = {one.text("penilai").upper(): str(one.where) for one in entries}
    return joined_places(places.get(one) or f"{ROSTER_FILE} [{one}]" for one in members)


def _voting(outcome: Outcome) -> pd.DataFrame:
    return outcome.attendance[outcome.attendance["votes"]]


def _present(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """Who of those entitled was there, as the quorum counts them."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    there = _voting(outcome)
    there = there[there["present"]]
    proxies = bool(rules()["quorum"]["proxy_counts"])
    if not proxies:
        there = there[~there["proxy"]]
    facts = {
        "value": figure.text, "who": some_of([str(one) for one in there["position"]], lang),
        "proxy": say(f"trace.meeting.proxy_{'counts' if proxies else 'apart'}", lang),
    }  # fmt: skip
    members = [str(one) for one in there["member"]]
    sentence = say("measure.quorum_present", lang, **facts)
    return Computation(sentence, decided=_of_members(members, evidence) if members else "")


def _entitled(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """Who may vote, by the roster."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    who = some_of([str(one) for one in _voting(outcome)["position"]], lang)
    facts = {"value": figure.text, "who": who, "file": ROSTER_FILE}
    return Computation(say("measure.quorum_entitled", lang, **facts), decided=ROSTER_FILE)


def _needed(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """The least number that is enough, by the rule of the paper."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    quorum = outcome.quorum
    entitled = count(quorum.entitled, lang)
    facts = {"value": figure.text, "entitled": entitled, "rule": quorum.rule}
    return Computation(say("measure.quorum_needed", lang, **facts), decided=_share_place(evidence))


def _rule(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """The rule itself: the record's own share, else that of this toolkit."""
    own = _share_place(evidence)
    code = "measure.quorum_rule_own" if own else "measure.quorum_rule"
    return Computation(say(code, evidence.lang, value=figure.text), decided=own)


def _share_place(evidence: Evidence) -> str:
    told = (one for one in _entries("rapat", evidence) if one.text("kuorum"))
    return next((str(one.at("kuorum")) for one in told), "")


_COUNTED: Final[dict[str, Callable[[PrintedFigure, Evidence], Computation | None]]] = {
    "quorum_present": _present, "quorum_entitled": _entitled, "quorum_needed": _needed,
    "quorum_rule": _rule, **LISTED,
}  # fmt: skip

NUMBERED: Final[dict[str, Callable[[PrintedFigure, str, Evidence], Computation | None]]] = {
    "change_number": _change_numbered,
    "attendance_number": _member_numbered,
}
"""The number of a row in the tables of the meeting."""
