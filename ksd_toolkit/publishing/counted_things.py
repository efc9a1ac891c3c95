"""Say which usulan a count is the count of."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, has_message, language, say
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.scoring import Ranking, type_label
from ksd_toolkit.scoring.jenis import family_label
from ksd_toolkit.scoring.overview import NOT_KSD, NOT_KSD_FAMILY, UNCLEAR_FAMILY


def counted(evidence: Evidence, origin: Origin) -> Computation | None:
    """Which usulan were counted."""
    kind, _, name = origin.subject.partition("/")
    if kind not in {"usulan", "opd", "gerbang"}:
        return None
    asked = origin.measure, name if kind == "gerbang" else ""
    if asked not in evidence.members:
        evidence.members[asked] = _members(evidence, *asked)
    ids, code = evidence.members[asked], _code(*asked)
    if ids is None or not has_message(code):
        return None
    if kind == "opd" and name != "*":
        ids = [one for one in ids if evidence.owners[one] == name]
    what = say(
        code, evidence.lang, part=_part(evidence, origin.measure), gate=_gate(evidence, name)
    )
    if kind == "opd" and name != "*":
        office = str(evidence.register.dossier.offices["opd_nama"].get(name, name))
        what = say("counted.of_office", evidence.lang, what=what, office=office)
    facts = {"n": count(len(ids), evidence.lang), "what": what}
    return Computation(say("trace.how.counted", evidence.lang, **facts), (), tuple(ids))


def _code(measure: str, gate: str) -> str:
    """The sentence that says what was counted."""
    name, _, part = measure.partition(":")
    if gate and measure.startswith("gate_"):
        return f"counted.at_{measure}"
    if name == "tkksd":
        return f"counted.tkksd_{part}"
    return "counted.decided" if measure == "decision" else f"counted.{name}"


def _part(evidence: Evidence, measure: str) -> str:
    """What the value that was counted is called."""
    lang, (name, _, part) = evidence.lang, measure.partition(":")
    if not part or evidence.ranking is None:
        return part
    match name:
        case "class":
            return evidence.ranking.method.class_label(part, language(lang))
        case "jenis":
            return type_label(part, lang)
        case "type_family" | "family":
            return family_label(part, lang)
        case "decision":
            return say(f"plenary.decision.{part}", lang)
    return part


def _gate(evidence: Evidence, code: str) -> str:
    """What a gate is called; its code where the method has none of that name."""
    gates = () if evidence.ranking is None else evidence.ranking.method.gates
    labels = (gate.labels[language(evidence.lang)] for gate in gates if gate.code == code)
    return next(labels, code)


def _members(evidence: Evidence, measure: str, gate: str) -> list[str] | None:
    """The usulan of which a measure is the count; None where it is no count known here."""
    everyone = list(evidence.owners)
    if measure in {"count", "usulan", "all"}:
        return everyone
    name, _, part = measure.partition(":")
    if name == "decision":
        return _decisions(evidence, part)
    return (
        None if evidence.ranking is None else _of_ranking(evidence.ranking, measure, gate, everyone)
    )


def _of_ranking(ranking: Ranking, measure: str, gate: str, everyone: list[str]) -> list[str] | None:
    name, _, part = measure.partition(":")
    if measure in _TOLD:
        return _TOLD[measure](ranking)
    if measure.startswith("gate_"):
        return _gated(ranking, everyone, measure.removeprefix("gate_"), gate)
    if name not in _COLUMNS or not part:
        return None
    frame = ranking.types if name in _TYPED else ranking.table
    return [str(u) for u in frame.index[frame[_COLUMNS[name]] == part]]


def _where(frame: pd.DataFrame, column: str, *values: str) -> list[str]:
    return [str(one) for one in frame.index[frame[column].isin(values)]]


def _where_not(frame: pd.DataFrame, column: str, *values: str) -> list[str]:
    return [str(one) for one in frame.index[~frame[column].isin(values)]]


_TOLD: Final[dict[str, Callable[[Ranking], list[str]]]] = {
    "ranked": lambda r: [str(one) for one in r.table.index],
    "excluded": lambda r: [str(one) for one in r.excluded.index],
    "stopped": lambda r: [str(one) for one in r.excluded.index],
    "stopped_ksd": lambda r: _where_not(r.excluded, "jenis", NOT_KSD),
    "ksd": lambda r: _where_not(r.types, "family", NOT_KSD_FAMILY, UNCLEAR_FAMILY),
    "not_ksd": lambda r: _where(r.types, "family", NOT_KSD_FAMILY),
    "unclear": lambda r: _where(r.types, "family", UNCLEAR_FAMILY),
    "class_one": lambda r: _where(r.table, "class_name", "I"),
    "class_two": lambda r: _where(r.table, "class_name", "II"),
    "no_class": lambda r: _where(r.table, "class_name", "-"),
    "raised": lambda r: _where(r.table, "class_change", "floor"),
    "capped": lambda r: _where(r.table, "class_change", "cap"),
    "mandatory": lambda r: _where(r.table, "jenis", "KSDD-W"),
    "review": lambda r: _where(r.table, "gate", "review"),
}
"""The counts of `scoring.measures`, as the usulan they count."""


_TYPED: Final = frozenset({"jenis", "type_family"})
_COLUMNS: Final = {
    "class": "class_name", "jenis": "jenis", "type_family": "family", "family": "family",
    "tkksd": "tkksd",
}  # fmt: skip
"""A count of usulan with one value of a column: `class:I`; `type_family` counts the unranked, too."""


def _gated(ranking: Ranking, everyone: list[str], result: str, gate: str) -> list[str]:
    verdicts = ranking.verdicts
    if gate:
        verdicts = verdicts[verdicts["gate"] == gate]
        found = dict(zip(verdicts["usulan_id"], verdicts["verdict"], strict=True))
        return [one for one in everyone if found.get(one, "pass") == result]
    return [one for one in everyone if ranking.basis.gate.get(one) == result]


def _decisions(evidence: Evidence, decision: str) -> list[str] | None:
    if evidence.outcome is None:
        return None
    table = evidence.outcome.table
    return [str(u) for u in (table if not decision else table[table["decision"] == decision]).index]
