"""What became of every region with a dossier: its summary is used, was refused, or is not there yet."""

from dataclasses import dataclass, field
from typing import Literal

from ksd_toolkit.errors import KsdError
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.rollup.summary import RegionSummary


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """A summary that was read, its file from the project folder on, and what changed since it was made.

    `changes` names files of the dossier that are gone or others now; `+` says that other answers came.
    """

    summary: RegionSummary
    file: str
    sha256: str
    changes: tuple[str, ...] = ()

    @property
    def dossier(self) -> str:
        """The dossier it tells of."""
        return self.summary.dossier

    @property
    def code(self) -> str:
        """The code of the region."""
        return self.summary.code


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """A region that has a dossier and is not counted: `missing` without a summary, or `refused` with the reason.

    `code` is blank where nobody can say which region it is.
    """

    dossier: str
    code: str
    why: Literal["missing", "refused"]
    error: KsdError | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name of the region; that of its dossier where the region is not known."""
        region = region_or_none(self.code)
        return region.name if region is not None else self.dossier
