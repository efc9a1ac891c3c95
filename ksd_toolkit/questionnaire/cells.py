"""What a cell holds and what became of it: the raw value, its text, and the answer as understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from ksd_toolkit.errors import Severity

Raw = str | float | int | bool | date | datetime | time | timedelta | None
State = Literal["", "kosong", "TT", "TB", "tak_terbaca"]
DateOrder = Literal["dmy", "mdy", ""]
"""Whether a column of dates writes the day or the month first; nothing where nobody says so."""
Facts = Mapping[str, object]

_NO_FACTS: Final[Facts] = MappingProxyType({})


class Lost(str):
    """What stands in a cell whose value is gone: an error such as `#DIV/0!`, or a bare formula."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about an answer that was understood all the same."""

    code: str
    facts: Facts = field(default_factory=lambda: _NO_FACTS)
    severity: Severity = "warning"


class Parsed(NamedTuple):
    """A value with its state, or the code and facts of the problem that kept it from being read.

    `notes` tell how a value was understood where it could have meant something else. `asked` is
    false where the form does not ask the question beside the other answers of the row.
    """

    value: str | float | date | None
    state: State = ""
    problem: str = ""
    facts: Facts = _NO_FACTS
    notes: tuple[Note, ...] = ()
    asked: bool = True

    @property
    def outcome(self) -> State:
        """The state as the register keeps it."""
        return "tak_terbaca" if self.problem else self.state


@dataclass(frozen=True, slots=True)
class Manner:
    """How a cell is written, as far as its own text does not tell: by its column, its look, the day.

    `percent`: the cell is shown as a percentage, so that 0.1 in it reads 10%. `point`: the column
    writes decimals with a point. `today` is the dossier's `tanggal_acuan`, `home` its region's code.
    """

    order: DateOrder = "dmy"
    percent: bool = False
    point: bool = False
    today: date | None = None
    home: str = ""


DAY_FIRST: Final = Manner()


def unreadable(code: str, text: str, **facts: object) -> Parsed:
    """No answer, because of the problem `code` with what stands in the cell."""
    return Parsed(None, "", code, {"value": text, **facts})


def as_text(raw: Raw) -> str:  # noqa: PLR0911  a kind of cell a line
    """A cell as text, without stray spaces; whole floats lose their `.0`, dates become ISO."""
    if raw is None:
        return ""
    if isinstance(raw, str) and raw.isascii() and raw.isprintable() and "  " not in raw:
        return raw.strip()  # the usual case, told apart since there are millions
    if isinstance(raw, bool):
        return "ya" if raw else "tidak"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
