"""What was decided about every proposal, and since when: its stated status, the plenary, the decree."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.follow_rules import FollowRules

DETERMINED, AGREED, UNDECIDED = "ditetapkan", "disepakati", "belum"
POSTPONED, REJECTED, MERGED = "ditunda", "ditolak", "digabung"
REFUSED: Final = (POSTPONED, REJECTED)
DECREE, MEETING = "sk", "pleno"
DECISIONS: Final = ("periode", "usulan_id", "decision", "merged_into", "reason", "source")

Key = tuple[str, str]
"""Period and id of a proposal."""


def no_decisions() -> pd.DataFrame:
    """The decisions where no plenary is recorded."""
    return pd.DataFrame(columns=list(DECISIONS), dtype="str")


@dataclass(frozen=True, slots=True, eq=False)
class Determinations:
    """What plenaries decided, and when lists were determined.

    `decisions` has one row per proposal of a recorded plenary: `periode, usulan_id, decision,
    merged_into, reason, source`. `decrees` and `meetings` are the days of the decree and of the
    plenary by period; a period without either has none.
    """

    decisions: pd.DataFrame = field(default_factory=no_decisions)
    decrees: Mapping[str, date] = field(default_factory=dict)
    meetings: Mapping[str, date] = field(default_factory=dict)

    def day_zero(self, period: str, today: pd.Timestamp) -> tuple[pd.Timestamp | None, str]:
        """The day the list of a period was determined and what says so; None where nothing does."""
        for days, source in ((self.decrees, DECREE), (self.meetings, MEETING)):
            if period in days and pd.Timestamp(days[period]) <= today:
                return pd.Timestamp(days[period]), source
        return None, ""


def with_fates(
    usulan: pd.DataFrame,
    told: Determinations,
    rules: FollowRules,
    signed: Set[Key],
    today: pd.Timestamp,
) -> pd.DataFrame:
    """`usulan` with what was decided about each.

    A recorded plenary goes before the stated status. What it set is determined once its decree is
    dated, the office states it, or a document was signed for it; until then it is agreed.

    Args:
        usulan: The proposals of all periods.
        told: What plenaries and decrees say.
        rules: What a stated status means.
        signed: The proposals a signed document names.
        today: The reference date; what is dated later has not happened.

    Returns:
        Added: `fate` (ditetapkan, disepakati, ditunda, ditolak, digabung, belum), `day_zero`,
        `day_source` (sk, pleno or empty), `merged_into`, `why` and `where` (the plenary's words and
        their place).

    Source:
        Seed: rapat pleno before penetapan; SK Kepala Daerah as the determination.
    """
    found = told.decisions[list(DECISIONS)].to_dict("records")
    ruled = {(row["periode"], row["usulan_id"]): row for row in found}
    rows = [
        _fate(row, ruled.get(_key(row)), told, rules, signed, today)
        for row in usulan.to_dict("records")
    ]
    columns = ["fate", "day_zero", "day_source", "merged_into", "why", "where"]
    added = pd.DataFrame(rows, columns=columns, index=usulan.index)
    texts = dict.fromkeys([name for name in columns if name != "day_zero"], "str")
    return usulan.join(added.astype({**texts, "day_zero": "datetime64[ns]"}))


def _fate(  # noqa: PLR0913, PLR0917  one proposal against everything that may decide about it
    row: Mapping[Any, Any],
    ruling: Mapping[Any, Any] | None,
    told: Determinations,
    rules: FollowRules,
    signed: Set[Key],
    today: pd.Timestamp,
) -> tuple[object, ...]:
    period, stated = row["periode"], rules.fates.get(row["status_usulan"], UNDECIDED)
    held = pd.Timestamp(told.meetings[period]) <= today if period in told.meetings else True
    if ruling is None or not held:
        fate, into, why, where = stated, "", "", ""
    else:
        fate, into = ruling["decision"], ruling["merged_into"]
        why, where = ruling["reason"], ruling["source"]
    day, source = told.day_zero(period, today)
    if fate == DETERMINED and ruling is not None and stated != DETERMINED:
        decreed = source == DECREE or _key(row) in signed
        fate = DETERMINED if decreed else AGREED
    if fate != DETERMINED:
        day, source = None, ""
    return fate, day, source, into, why, where


def _key(row: Mapping[Any, Any]) -> Key:
    return row["periode"], row["usulan_id"]
