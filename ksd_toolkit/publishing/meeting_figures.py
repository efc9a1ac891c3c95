"""Explain what the plenary's papers count in words: who was there, what was set, changed and left out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.usulan_case import UsulanCase, cases_of
from ksd_toolkit.messages import count, join_words, language, say
from ksd_toolkit.papers.decided_list import computed_list
from ksd_toolkit.plenary import Outcome, read_record
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import ROSTER_FILE, rules
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_NAMED: Final = 5
"""As many as a sentence names one by one; of the others it says how many."""
_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_MANDATORY: Final = "wajib"


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


def listed_ids(evidence: Evidence) -> list[str]:
    """The usulan a paper of the plenary lists: what was set, else what would be put before it."""
    if evidence.outcome is not None:
        return [str(one) for one in evidence.outcome.set_list.index]
    ranking = evidence.ranking
    return [] if ranking is None else [str(one) for one in computed_list(ranking).index]


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
    return _places(places.get(one) or f"{ROSTER_FILE} [{one}]" for one in members)


def _places(sources: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, sources)))


def _some(names: Sequence[str], lang: str) -> str:
    """The first of them by name and how many more."""
    shown, more = list(names[:_NAMED]), len(names) - _NAMED
    if more > 0:
        shown.append(say("trace.meeting.more", lang, n=count(more, lang)))
    return join_words(shown, lang) or say("trace.none", lang)


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
        "value": figure.text, "who": _some([str(one) for one in there["position"]], lang),
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
    who = _some([str(one) for one in _voting(outcome)["position"]], lang)
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


def _set(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """What the list of the paper holds."""
    ids = listed_ids(evidence)
    code = "measure.set_count" if evidence.outcome is not None else "measure.set_count_draft"
    return Computation(say(code, evidence.lang, value=figure.text), counted=tuple(ids))


def _others(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """What was before the meeting and was not set."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    rest = outcome.table[outcome.table["decision"] != "ditetapkan"]
    kinds = rest["decision"].value_counts(sort=False)
    parts = [
        f"{say(f'formal.decision.{kind}', lang)} {count(int(n), lang)}" for kind, n in kinds.items()
    ]
    facts = {"value": figure.text, "parts": join_words(parts, lang)}
    sentence = say("measure.other_count", lang, **facts)
    ids = tuple(str(one) for one in rest.index)
    return Computation(sentence, counted=ids, decided=_places(map(str, rest["source"])))


def _changed(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """Every departure from the computed result."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    rows = [row for _, row in records(outcome.changes)]
    called = {kind: say(f"formal.change.{kind}", lang) for kind in outcome.changes["kind"]}
    named = [f"{called[row['kind']]} {row['subject']}" for row in rows]
    facts = {"value": figure.text, "which": _some(named, lang)}
    ids = tuple(str(row["subject"]) for row in rows if row["kind"] != "weight")
    sentence = say("measure.change_count", lang, **facts)
    return Computation(sentence, counted=ids, decided=_places(str(row["source"]) for row in rows))


def _reweighted(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """The criteria whose agreed weight is another than the proposed one."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    weights = outcome.weights
    codes = [str(one) for one in weights.index[weights["proposed"] != weights["agreed"]]]
    called = {one.code: one.labels[language(lang)] for one in outcome.ranking.method.criteria}
    rows = outcome.changes[outcome.changes["kind"] == "weight"]
    facts = {
        "value": figure.text, "of": count(len(weights), lang),
        "which": _some([f"{code} {called[code]}" for code in codes], lang),
    }  # fmt: skip
    sentence = say("measure.weight_count", lang, **facts)
    return Computation(sentence, decided=_places(map(str, rows["source"])))


def _unplanned(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """What of the list no plan names."""
    usulan, ids = evidence.register.usulan, listed_ids(evidence)
    blank = usulan[list(_PLANS)].isna().all(axis=1) & usulan["usulan_id"].isin(ids)
    nowhere = [str(one) for one in usulan.loc[blank, "usulan_id"]]
    facts = {"value": figure.text, "of": count(len(ids), evidence.lang)}
    facts["which"] = _some(nowhere, evidence.lang)
    cells = tuple(("usulan", one, plan) for one in nowhere for plan in _PLANS)
    return Computation(say("measure.unplanned_count", evidence.lang, **facts), cells=cells)


def _mandatory(evidence: Evidence, *, listed: bool) -> list[UsulanCase]:
    """The pairs of usulan and partner that are mandatory, in the list of the paper or outside it."""
    places = set(listed_ids(evidence))
    pairs = [found for found in cases_of(evidence.register) if found.case.kind == _MANDATORY]
    return [found for found in pairs if (found.usulan_id in places) is listed]


def _pairs(name: str, *, listed: bool) -> Callable[[PrintedFigure, Evidence], Computation]:
    def explain(figure: PrintedFigure, evidence: Evidence) -> Computation:
        found = _mandatory(evidence, listed=listed)
        pairs = [f"{one.usulan_id} ({one.case.partner_name})" for one in found]
        facts = {"value": figure.text, "which": _some(pairs, evidence.lang)}
        ids = tuple(dict.fromkeys(one.usulan_id for one in found))
        return Computation(say(f"measure.{name}", evidence.lang, **facts), counted=ids)

    return explain


def _partners(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """The different partners of the mandatory pairs in the list."""
    found = _mandatory(evidence, listed=True)
    names = {one.case.partner: one.case.partner_name for one in found}
    facts = {"value": figure.text, "which": _some(list(names.values()), evidence.lang)}
    ids = tuple(dict.fromkeys(one.usulan_id for one in found))
    return Computation(say("measure.partner_count", evidence.lang, **facts), counted=ids)


_COUNTED: Final[dict[str, Callable[[PrintedFigure, Evidence], Computation | None]]] = {
    "quorum_present": _present, "quorum_entitled": _entitled, "quorum_needed": _needed,
    "quorum_rule": _rule, "set_count": _set, "other_count": _others, "change_count": _changed,
    "weight_count": _reweighted, "unplanned_count": _unplanned, "partner_count": _partners,
    "pair_count": _pairs("pair_count", listed=True),
    "unset_count": _pairs("unset_count", listed=False),
}  # fmt: skip

NUMBERED: Final[dict[str, Callable[[PrintedFigure, str, Evidence], Computation | None]]] = {
    "change_number": _change_numbered,
    "attendance_number": _member_numbered,
}
"""The number of a row in the tables of the meeting."""
