"""What a plenary decided about every usulan, beside the computed order it never overwrites."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ksd_toolkit.errors import Problem
from ksd_toolkit.plenary.explaining import explain_decision
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Minutes:
    """When, where and under whose lead the plenary met; texts may be empty, they are then left blank in print."""

    number: str
    held: date
    place: str
    starts: str = ""
    ends: str = ""
    chair: str = ""
    secretary: str = ""
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who of those entitled was there, and whether that is enough; `rule` is the rule as a sentence.

    `excuse` is why the plenary counts although it was not reached, as the minutes say.
    """

    entitled: int
    present: int
    needed: int
    rule: str
    excuse: str = ""

    @property
    def reached(self) -> bool:
        """Whether the plenary could decide."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The plenary's decisions.

    `ranking` is the computed order by the dossier's method, `agreed` the computed order by the weights
    the plenary agreed on (the same object where it changed none).

    `table` has one row per usulan, indexed by `usulan_id`, set ones first in their final order:
    `final_rank` (Int64, <NA> unless set), `computed_rank` (Int64, by agreed weights), `points`, `class_name`,
    `decision` ("ditetapkan", "ditunda", "ditolak", "digabung"), `merged_into`, `article` (the article by which a
    failed gate was passed), `reason`, `named` (whether the record names it), `source` (file, sheet and
    cell of the decision; empty where it is not named).

    `changes` has one row per departure from the computed result, in the order of the record: `kind` ("weight",
    "move", "merge", "postpone", "reject", "admit"), `subject` (usulan or criterion), `before`, `after`, `reason`,
    `article`, `source`.

    `before` and `after` are texts in the language of the ranking: ranks, weights in percent, a decision, or
    the usulan merged into.

    `weights` is indexed by criterion: `proposed`, `agreed` (percent) and `reason`, empty where it was not
    changed. `attendance` is one row per member of the
    roster: `member, position, office, role, votes, present, proxy, note` and, only for internal papers, `name`.

    `warnings` are remarks on the record that did not keep it from being used.
    """

    ranking: Ranking
    agreed: Ranking
    minutes: Minutes
    quorum: Quorum
    attendance: pd.DataFrame
    weights: pd.DataFrame
    table: pd.DataFrame
    changes: pd.DataFrame
    stamp: Stamp
    warnings: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return (
            f"Outcome({self.stamp.dossier}: {len(self.set_list)} ditetapkan, "
            f"{len(self.changes)} perubahan terhadap hitungan)"
        )

    @property
    def lang(self) -> str:
        """The language of papers made from this outcome."""
        return self.ranking.lang

    def explain(self, usulan: str, lang: str = "") -> str:
        """Why an usulan stands where it stands after the plenary, in one sentence with its source.

        Raises:
            MethodError: There is no such usulan.
        """
        return explain_decision(self, self.ranking.find(usulan), lang or self.lang)

    @property
    def set_list(self) -> pd.DataFrame:
        """What was set, in its final order."""
        return self.table[self.table["decision"] == "ditetapkan"]
