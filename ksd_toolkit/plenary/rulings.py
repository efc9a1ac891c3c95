"""What the plenary decided about each usulan it names: one ruling an usulan, or every reason why not.

An entry refused for one cause is not held against others: an usulan nobody knows takes no place, and a
move without a reason still counts where places are compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

import pandas as pd

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.plenary.article import find_article
from ksd_toolkit.plenary.claims import CLAIMS, Claim, read_claims
from ksd_toolkit.plenary.record import Record
from ksd_toolkit.plenary.rules import SET, Decision

_FAILED: Final = "fail"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The plenary's word on one usulan; `position` is None where it was given none, `source` its place."""

    usulan: str
    decision: Decision
    position: int | None
    into: str
    article: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class _Case:
    """The entries about one usulan that hold together, and where it stood before.

    It is `clear` unless an entry about it was refused or could not be read: nobody then knows what
    becomes of it, and nothing else is refused for that.
    """

    usulan: str
    claims: tuple[Claim, ...]
    computed: Decision
    gate: str
    clear: bool

    @property
    def decision(self) -> Decision:
        """What becomes of it if its entries hold; a move puts an usulan on the list."""
        stated = [claim.decision for claim in self.claims if claim.decision is not None]
        moved = any(claim.kind == "pindah" for claim in self.claims)
        return stated[0] if stated else SET if moved else self.computed

    @property
    def passes_gate(self) -> bool:
        """Whether it comes onto the list, or into an usulan on it, although a gate stopped it."""
        claims = [
            claim for claim in self.claims if claim.kind != "putusan" or claim.decision == SET
        ]
        return self.gate == _FAILED and bool(claims)

    @property
    def position(self) -> int | None:
        """The place it was given."""
        return next((one.position for one in self.claims if one.position is not None), None)

    @property
    def into(self) -> str:
        """The usulan it goes into."""
        return next((one.into for one in self.claims if one.into), "")


def read_rulings(record: Record, standing: pd.DataFrame, problems: list[Problem]) -> list[Ruling]:
    """One ruling per usulan the record names, in the order of the record.

    Args:
        record: What was filled in.
        standing: Where every usulan stands before (see `standing`).
        problems: Takes every problem found.
    """
    known = list(standing.index)
    claims = read_claims(record, known, problems)
    unreadable = sum(entry.section in CLAIMS for entry in record.entries) - len(claims)
    cases = {case.usulan: case for case in _cases(claims, standing, problems)}
    for case in cases.values():
        problems += _reasons(case)
        problems += _article(case)
    problems += _positions(cases, standing, unreadable)
    problems += _merges(cases, standing)
    return [_ruling(case) for case in cases.values()]


def _cases(claims: list[Claim], standing: pd.DataFrame, problems: list[Problem]) -> Iterator[_Case]:
    """Entries by usulan. Only "ditetapkan" and a position go together; a second word is told and left out."""
    kept: dict[str, list[Claim]] = {}
    unclear = {one.usulan for one in claims if one.kind == "putusan" and one.decision is None}
    for claim in claims:
        mine = kept.setdefault(claim.usulan, [])
        if mine and not _go_together(mine, claim):
            facts = {"usulan": claim.usulan, "first": str(mine[0].where)}
            problems.append(Problem("plenary.decided_twice", claim.where, facts))
            problems += _reasons_of(
                (claim,), claim.usulan, {one.entry.at("alasan") for one in mine}
            )
            unclear.add(claim.usulan)
        else:
            mine.append(claim)
    for usulan, mine in kept.items():
        computed: Decision = cast("Decision", standing.at[usulan, "decision"])
        gate = str(standing.at[usulan, "gate"])
        yield _Case(usulan, tuple(mine), computed, gate, usulan not in unclear)


def _go_together(mine: list[Claim], other: Claim) -> bool:
    if len(mine) > 1:
        return False
    pair = (mine[0], other) if mine[0].kind == "pindah" else (other, mine[0])
    return (pair[0].kind, pair[1].kind) == ("pindah", "putusan") and pair[1].decision in {SET, None}


def _reasons(case: _Case) -> Iterator[Problem]:
    """Every entry has its reason, save one that only confirms the computed list."""
    confirms = case.computed == SET
    claims = [one for one in case.claims if not (confirms and one.decision == SET)]
    yield from _reasons_of(claims, case.usulan, set())


def _reasons_of(claims: Iterable[Claim], usulan: str, told: set[Where]) -> Iterator[Problem]:
    """Every claim without a reason, once a cell."""
    for claim in claims:
        where = claim.entry.at("alasan")
        if not claim.reason and where not in told:
            told.add(where)
            yield Problem("plenary.no_reason", where, {"usulan": usulan})


def _article(case: _Case) -> Iterator[Problem]:
    """Whoever passes a failed gate says by which article."""
    named = next((claim for claim in case.claims if claim.article), None)
    if named is not None and not find_article(named.article):
        yield Problem("plenary.bad_article", named.entry.at("pasal"), {"usulan": case.usulan})
    elif named is None and case.passes_gate:
        decided = next((one for one in case.claims if one.kind == "putusan"), case.claims[0])
        yield Problem("plenary.no_article", decided.entry.at("pasal"), {"usulan": case.usulan})


def _positions(
    cases: Mapping[str, _Case], standing: pd.DataFrame, unreadable: int
) -> Iterator[Problem]:
    """Positions lie on the final list and are given once; what nobody could read may lengthen it."""
    unreadable += sum(not case.clear for case in cases.values())
    decisions = {usulan: str(case.decision) for usulan, case in cases.items()}
    length = sum(decisions.get(str(u), str(d)) == SET for u, d in standing["decision"].items())
    taken: dict[int, str] = {}
    for case in cases.values():
        claim = next((one for one in case.claims if one.position is not None), None)
        if claim is None or claim.position is None:
            continue
        where, position = claim.entry.at("posisi"), claim.position
        if position > length + unreadable:
            facts = {"usulan": case.usulan, "position": position, "length": length}
            yield Problem("plenary.position_beyond", where, facts)
        elif first := taken.get(position):
            facts = {"usulan": case.usulan, "position": position, "first": first}
            yield Problem("plenary.position_taken", where, facts)
        taken.setdefault(position, case.usulan)


def _merges(cases: Mapping[str, _Case], standing: pd.DataFrame) -> Iterator[Problem]:
    """An usulan goes into one that is set itself; a circle is told once."""
    told: set[str] = set()
    for case in cases.values():
        if not case.into or case.usulan in told:
            continue
        where = next(claim.entry.at("ke") for claim in case.claims if claim.into)
        circle = _circle(case.usulan, cases)
        if circle:
            told |= set(circle)
            facts = {"usulan": case.usulan, "circle": " → ".join((*circle, circle[0]))}
            yield Problem("plenary.merge_circle", where, facts)
            continue
        target = cases.get(case.into)
        facts = {"usulan": case.usulan, "into": case.into}
        if target is not None and target.into:
            yield Problem("plenary.merge_merged", where, {**facts, "end": target.into})
        elif target is not None and not target.clear:
            continue
        elif (target.decision if target else standing.at[case.into, "decision"]) != SET:
            yield Problem("plenary.merge_unset", where, facts)


def _circle(usulan: str, cases: Mapping[str, _Case]) -> list[str]:
    """The usulan that go into each other round to `usulan` again; none where they end elsewhere."""
    way = [usulan]
    while (case := cases.get(way[-1])) and case.into:
        if case.into == usulan:
            return way
        if case.into in way:  # a circle further on, which is told there
            return []
        way.append(case.into)
    return []


def _ruling(case: _Case) -> Ruling:
    named = next((claim.article for claim in case.claims if claim.article), "")
    reasons = dict.fromkeys(claim.reason for claim in case.claims if claim.reason)
    places = dict.fromkeys(str(claim.entry.where) for claim in case.claims)
    return Ruling(
        usulan=case.usulan,
        decision=case.decision,
        position=case.position,
        into=case.into,
        article=find_article(named),
        reason="; ".join(reasons),
        source="; ".join(places),
    )
