"""What figures are traced in, and what a trace of one finds."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self

import pandas as pd

from ksd_toolkit.answers.preparation import Preparation, prepare
from ksd_toolkit.evaluation import Review, review
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.plenary import Outcome
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What figures are traced in: the present register, its ranking and the plenary, where there are any.

    `owners` are the offices of all usulan. `members` keeps what was counted, `explained` what was said of an
    usulan once, `reviews` the review of the cooperation, `preparations` its
    preparation, `frames` and `kept` what was looked up once.
    """

    register: Register
    ranking: Ranking | None
    outcome: Outcome | None
    lang: str
    owners: dict[str, str]
    members: dict[tuple[str, str], list[str] | None] = field(default_factory=dict)
    explained: dict[str, str] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    preparations: list[Preparation] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> Self:
        """Everything a case knows."""
        return cls.over(case.register, case.ranking, case.outcome, case.lang)

    @classmethod
    def over(
        cls, register: Register, ranking: Ranking | None, outcome: Outcome | None, lang: str
    ) -> Self:
        """What figures are traced in, told in a language; nothing is looked up yet."""
        usulan = register.usulan
        owners = dict(zip(map(str, usulan["usulan_id"]), map(str, usulan["opd_kode"]), strict=True))
        return cls(register, ranking, outcome, lang, owners)

    @property
    def known(self) -> Collection[str]:
        """The ids of all usulan."""
        return self.owners.keys()

    @property
    def preparation(self) -> Preparation:
        """What stood before the first answer: offices asked and the schedule."""
        if not self.preparations:
            self.preparations.append(prepare(self.register.dossier, register=self.register))
        return self.preparations[0]

    @property
    def review(self) -> Review:
        """What became of the cooperation the register knows."""
        if not self.reviews:
            self.reviews.append(review(self.register))
        return self.reviews[0]

    def explain(self, usulan: str) -> str:
        """Why an usulan stands where it stands; empty where nothing was ranked."""
        if self.ranking is None or usulan not in self.ranking.types.index:
            return ""
        if usulan not in self.explained:
            self.explained[usulan] = self.ranking.explain(usulan, self.lang)
        return self.explained[usulan]


@dataclass(frozen=True, slots=True)
class Computation:
    """How a figure came about.

    `criteria` are those whose answers entered it, None for all that weigh; `counted` the things that were
    counted; `rows` are rows of other tables it rests on, as table and row key, and `questions` the answers of
    them that count, all where none is named; `cells` are single answers, as table, row key and question, also
    those left blank; `behind` are usulan it tells of without their id; `decided` the place in the plenary's record.
    """

    sentence: str
    criteria: tuple[str, ...] | None = None
    counted: tuple[str, ...] = ()
    decided: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    cells: tuple[tuple[str, str, str], ...] = ()
    behind: tuple[str, ...] = ()
