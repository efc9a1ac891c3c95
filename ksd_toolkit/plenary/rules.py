"""What a plenary goes by, as written in `knowledge/plenary.toml`: quorum, sections of the record, defaults."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from ksd_toolkit.dossier import MEMBERS_FILE, PLENARY_FILE

RECORD_TOML: Final = "pleno.toml"
RECORD_XLSX: Final = PLENARY_FILE
ROSTER_FILE: Final = MEMBERS_FILE

Decision = Literal["ditetapkan", "ditunda", "ditolak", "digabung"]
SET: Final = "ditetapkan"
POSTPONED: Final = "ditunda"
REJECTED: Final = "ditolak"
MERGED: Final = "digabung"
DECISIONS: Final[tuple[Decision, ...]] = (SET, POSTPONED, REJECTED, MERGED)
"""In the order the outcome lists them."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share of those entitled to vote who must be there: at least, or more than, a fraction."""

    numerator: int
    denominator: int
    more_than: bool

    def needed(self, entitled: int) -> int:
        """The least number of members that is enough; one at least, for nobody decides alone with nobody."""
        whole, rest = divmod(entitled * self.numerator, self.denominator)
        return max(1, whole + 1 if self.more_than or rest else whole)


@cache
def rules() -> Mapping[str, Any]:
    """The tables of `knowledge/plenary.toml`."""
    text = files("ksd_toolkit.knowledge").joinpath("plenary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def standard_share() -> Share:
    """Our own default, which is no rule of law."""
    quorum = rules()["quorum"]
    return Share(quorum["numerator"], quorum["denominator"], quorum["more_than"])


def unnamed(gate: str, class_name: str) -> tuple[Decision, str]:
    """What holds for an usulan the record does not name, and the word for why.

    Args:
        gate: `pass`, `review`, `warning`, `fail`, or `unanswered` where nothing could be scored.
        class_name: Its class; `-` where none was given.
    """
    for row in rules()["unnamed"]:
        if row["gate"] in {gate, "*"} and row["class"] in {class_name, "*"}:
            return row["decision"], row["why"]
    raise LookupError(gate)
