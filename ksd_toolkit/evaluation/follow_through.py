"""What became of every proposal: determined or not, how far its documents carried it, open or stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import UNFINISHED
from ksd_toolkit.evaluation.chains import Chains, chains_of
from ksd_toolkit.evaluation.determination import (
    DETERMINED,
    REFUSED,
    Determinations,
    Key,
    with_fates,
)
from ksd_toolkit.evaluation.follow_rules import FollowRules
from ksd_toolkit.evaluation.links import with_proposals
from ksd_toolkit.evaluation.milestones import (
    Milestone,
    Paper,
    Record,
    in_order,
    milestones_of,
    papers_of,
)
from ksd_toolkit.evaluation.rules import EvaluationRules, Step

PROPOSED: Final = "usulan"
DONE, OPEN, STOPPED, JOINED = "selesai", "terbuka", "berhenti", "menyatu"

_ABOUT: Final = (
    "periode", "usulan_id", "judul", "opd_kode", "fate", "why", "where", "merged_into",
    "day_source",
)  # fmt: skip
_DAYS: Final = ("day_zero", "stopped_on")
_JOURNEY_COLUMNS: Final = (
    *_ABOUT, "jenis", "mitra_jenis", "path", "reached", "next", "state", "documents", "head",
    "members", "carried_by", "ended_by", "last_document", *_DAYS, "waiting_days",
)  # fmt: skip
_MILESTONE_COLUMNS: Final = ("periode", "usulan_id", "step", "day", "document", "days")


@dataclass(frozen=True, slots=True, eq=False)
class FollowThrough:
    """Every proposal's journey, and the steps it took.

    `journeys` has one row per proposal of every period. `fate` and `why` say what was decided,
    `reached` the last step, `next` the one that is missing, `state` whether it is finished
    (`selesai`), open (`terbuka`), stopped (`berhenti`) or goes on as another (`menyatu`, in `head`).
    `members` are the proposals of its journey and `carried_by` later ones that name it, both as
    `period/id`, joined by `; `. `day_zero` is the day of determination as `day_source` (sk, pleno) has it,
    `stopped_on` the day it stopped, `ended_by` the stated ground; `waiting_days` run from `day_zero` to the
    reference date while it is open. What is not known is missing.

    `milestones` has one row per determined journey and step it took in order: `periode, usulan_id,
    step, day, document, days` (since `day_zero`, 0 for what came before it).
    """

    journeys: pd.DataFrame
    milestones: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What journeys are read from."""

    papers: Mapping[Key, Sequence[Paper]]
    chains: Chains
    members: Mapping[Key, tuple[Key, ...]]
    rules: EvaluationRules
    today: pd.Timestamp

    def of(self, head: Key) -> list[Paper]:
        """The documents of a journey, those of its head first."""
        return [
            paper for key in self.members.get(head, (head,)) for paper in self.papers.get(key, ())
        ]


def follow(  # noqa: PLR0913, PLR0917  four tables, what was decided, two sets of rules and a date
    usulan: pd.DataFrame,
    documents: pd.DataFrame,
    tahapan: pd.DataFrame,
    speaking: pd.DataFrame,
    told: Determinations,
    rules: EvaluationRules,
    counting: FollowRules,
    today: pd.Timestamp,
) -> FollowThrough:
    """What became of every proposal up to `today`.

    A step counts only when every step before it was reached; one that leaves no document of its own
    is reached, on an unknown day, where a later one was. A determined proposal stays open while it
    has no document or one that is drafted or running; it has stopped when all its documents ended or
    were stopped before the next step.

    Args:
        usulan: The proposals of all periods.
        documents: The documents with their status on `today`.
        tahapan: The dated stages of each document.
        speaking: The monitoring that speaks for each document and half-year that is over.
        told: What plenaries and decrees say.
        rules: The steps.
        counting: What a stated status means.
        today: The reference date.

    Source:
        Seed: "tidak dapat ditindaklanjutinya ... PKS"; PP 28/2018 Pasal 6 ayat (1); NK and RK
        take the place of KB and PKS in Sinergi (PP 28/2018 Pasal 46).
    """
    papers = papers_of(with_proposals(documents), tahapan, speaking, rules, today)
    signed = {
        key for key, mine in papers.items() if any(paper.record["is_signed"] for paper in mine)
    }
    usulan = with_fates(usulan, told, counting, signed, today)
    short = short_steps(rules)

    def carried_out(keys: Sequence[Key]) -> bool:
        mine = [paper for key in keys for paper in papers.get(key, ())]
        return len(in_order(milestones_of(mine, rules.steps), short)) == len(short)

    chains = chains_of(usulan, carried_out)
    known = _Known(papers, chains, chains.all_members(), rules, today)
    found = [_journey(row, known) for row in usulan.to_dict("records")]
    journeys = pd.DataFrame([row for row, _ in found], columns=list(_JOURNEY_COLUMNS))
    texts = [name for name in _JOURNEY_COLUMNS if name not in {*_DAYS, "waiting_days"}]
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(_DAYS, "datetime64[ns]")
    milestones = pd.DataFrame(
        [row for _, rows in found for row in rows], columns=list(_MILESTONE_COLUMNS)
    )
    kept = dict.fromkeys(("periode", "usulan_id", "step", "document"), "str")
    return FollowThrough(
        journeys.astype({**kinds, "waiting_days": "float64"}),
        milestones.astype({**kept, "day": "datetime64[ns]", "days": "float64"}),
    )


def short_steps(rules: EvaluationRules) -> tuple[Step, ...]:
    """The steps from the first document to work on the ground."""
    return tuple(step for step in rules.steps if step.short)


def _journey(usulan: Record, known: _Known) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    key = (usulan["periode"], usulan["usulan_id"])
    head = known.chains.head[key]
    mine = known.of(head) if head == key else list(known.papers.get(key, ()))
    reached, missing = _progress(usulan, mine, known.rules)
    state = JOINED if head != key else _state(usulan["fate"], mine, missing)
    papers = [paper.record for paper in mine]
    last = _last(papers) if state == STOPPED and usulan["fate"] == DETERMINED else None
    members = known.members.get(key, (key,))
    row = {
        **{name: usulan[name] for name in _ABOUT},
        "jenis": _first(papers, "jenis_ksd", _type(usulan["jenis"])),
        "mitra_jenis": _first(papers, "mitra_jenis", usulan["mitra_jenis"]),
        "path": _path(papers),
        "reached": reached[-1].step if reached else _before(usulan["fate"]),
        "next": missing,
        "state": state,
        "documents": "; ".join(str(record["no_dok"]) for record in papers) or None,
        "head": "/".join(head),
        "members": "; ".join("/".join(one) for one in members),
        "carried_by": "; ".join("/".join(one) for one in known.chains.carried_by.get(key, ())),
        "ended_by": last["alasan_berakhir"] if last else None,
        "last_document": last["no_dok"] if last else None,
        "day_zero": usulan["day_zero"],
        "stopped_on": _stopped_on(papers, known.today) if last else pd.NaT,
        "waiting_days": (known.today - usulan["day_zero"]).days if state == OPEN else float("nan"),
    }
    took = reached if head == key and usulan["fate"] == DETERMINED else []
    return row, [_step_taken(usulan, one) for one in took]


def _progress(
    usulan: Record, mine: Sequence[Paper], rules: EvaluationRules
) -> tuple[list[Milestone], str | None]:
    """The steps taken in order, and the next one; nothing is taken before the determination."""
    if usulan["fate"] != DETERMINED:
        return [], DETERMINED
    reached = in_order(milestones_of(mine, rules.steps), rules.steps)
    rest = rules.steps[len(reached) :]
    return reached, rest[0].code if rest else None


def _before(fate: str) -> str:
    return DETERMINED if fate == DETERMINED else PROPOSED


def _state(fate: str, mine: Sequence[Paper], missing: str | None) -> str:
    if missing is None:
        return DONE
    if fate != DETERMINED:
        return STOPPED if fate in REFUSED else OPEN
    alive = any(paper.record["effective_status"] in UNFINISHED for paper in mine)
    return OPEN if alive or not mine else STOPPED


def _last(papers: Sequence[Record]) -> Record:
    """The document that ended last; one that does not say when counts as the last."""
    return max(papers, key=lambda record: (_end(record), str(record["no_dok"])))


def _end(record: Record) -> pd.Timestamp:
    """The day it ended early, else the last day in force; a far one where neither is known."""
    early = record["tgl_pengakhiran"]
    if pd.notna(early):
        return early
    return pd.Timestamp.max if pd.isna(record["berakhir"]) else record["berakhir"]


def _stopped_on(papers: Sequence[Record], today: pd.Timestamp) -> pd.Timestamp:
    """The day the last document ended; missing where one was stopped on a day nobody wrote down."""
    ends = [_end(record) for record in papers]
    return max(ends) if max(ends) <= today else pd.NaT  # type: ignore[return-value]


def _step_taken(usulan: Record, one: Milestone) -> dict[str, Any]:
    day = pd.NaT if one.day is None else one.day
    days = max((day - usulan["day_zero"]).days, 0) if pd.notna(day - usulan["day_zero"]) else None
    return {
        "periode": usulan["periode"],
        "usulan_id": usulan["usulan_id"],
        "step": one.step,
        "day": day,
        "document": one.document or None,
        "days": days,
    }


def _path(papers: Sequence[Record]) -> str | None:
    """Which documents the proposal needs; unknown before it has the first."""
    if not papers:
        return None
    return "SINERGI" if any(record["jenis_ksd"] == "SINERGI" for record in papers) else "KSD"


def _first(papers: Sequence[Record], name: str, otherwise: Any) -> Any:
    """What the first document says, else what the proposal does."""
    return next((record[name] for record in papers if pd.notna(record[name])), otherwise)


def _type(jenis: Any) -> Any:
    """The type as documents have it: they do not tell the fields of third parties apart."""
    return jenis if pd.isna(jenis) or not str(jenis).startswith("KSDPK") else "KSDPK"
