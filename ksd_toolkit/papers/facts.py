"""What a formal paper is made from, and what it hands to its template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ksd_toolkit.document import Block, Runs
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary import Outcome
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.stamp import Stamp
from ksd_toolkit.theme import Theme

Edition = Literal["public", "internal"]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything known when a paper is written.

    `ranking` is None while nothing can be ranked, `outcome` None until a plenary was held; `refused` says
    why one that was recorded does not count.
    """

    register: Register
    theme: Theme
    ranking: Ranking | None = None
    outcome: Outcome | None = None
    edition: Edition = "public"
    refused: PlenaryError | None = None

    @property
    def dossier(self) -> Dossier:
        """The region and period."""
        return self.register.dossier

    @property
    def lang(self) -> str:
        """The language of the paper."""
        return self.dossier.lang

    @property
    def stamp(self) -> Stamp:
        """What the paper is made from: with the plenary's record and the method where there are any."""
        if self.outcome is not None:
            return self.outcome.stamp
        return self.ranking.stamp if self.ranking is not None else self.register.stamp


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a template may name.

    `words` fill `{name}` inside a sentence, `blocks` a line `{{name}}` of its own, and `conditions` are the
    names for which `:::if name` holds. Words come in as plain text or finished runs and are never read as markup.
    Every name a template may use is there, blank where nothing is known. `possible` are all names a
    condition may have; where it is empty, they are not checked.
    """

    words: Mapping[str, str | Runs] = field(default_factory=dict)
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
