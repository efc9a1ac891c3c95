"""What a roll-up needs of one region in one period: plain counts and rows with the stamp they rest on.

A summary holds no answers and nothing about persons. It is written beside `stamp.json` by every run.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from ksd_toolkit.stamp import Source

VERSION: Final = 1
"""Of the file; another is not read."""


@dataclass(frozen=True, slots=True)
class Response:
    """Offices asked and answered; usulan sent, those with points and those ranked.

    `scored` and `ranked` are None where nothing could be ranked.
    """

    offices_asked: int
    offices_answered: int
    usulan: int
    scored: int | None
    ranked: int | None


@dataclass(frozen=True, slots=True)
class Levels:
    """How many offices stand on each level, 0 to 4, of a problem `d1` to `d5`."""

    problem: str
    offices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopUsulan:
    """An usulan among the first ranks: its affair and main issue by code, blank where not stated."""

    usulan_id: str
    rank: int
    urusan: str
    isu: str


@dataclass(frozen=True, slots=True)
class Naming:
    """An usulan that names another region as its partner by code.

    `mandatory` marks the kerja sama wajib with the region that makes it so; `partner` is blank where no
    partner of such an usulan is named by code.
    """

    usulan_id: str
    judul: str
    urusan: str
    partner: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many usulan of a period came to a step and took it: `entered = reached + open + stopped + joined`."""

    period: str
    step: str
    entered: int
    reached: int
    open: int
    stopped: int
    joined: int


@dataclass(frozen=True, slots=True)
class RegionSummary:
    """One region in one period.

    `method` and `method_sha256` are blank where nothing was ranked. `sources` are the files behind every
    number here, `files` how many the offices had sent when they were read.
    """

    dossier: str
    code: str
    name: str
    period: str
    tanggal_acuan: date
    simulated: bool
    toolkit: str
    method: str
    method_sha256: str
    data_sha256: str
    files: int
    sources: tuple[Source, ...]
    response: Response
    maturity: tuple[Levels, ...]
    top: tuple[TopUsulan, ...]
    namings: tuple[Naming, ...]
    steps: tuple[StepCount, ...]

    def __repr__(self) -> str:
        return f"RegionSummary({self.dossier}: {self.name}, {self.response.usulan} usulan)"

    @property
    def province(self) -> str:
        """The two-digit code of its province."""
        return self.code[:2]

    def to_json(self) -> dict[str, Any]:
        """The summary as JSON data."""
        facts = asdict(self)
        facts["version"] = VERSION
        facts["tanggal_acuan"] = self.tanggal_acuan.isoformat()
        facts["maturity"] = {one.problem: list(one.offices) for one in self.maturity}
        return facts

    def json_bytes(self) -> bytes:
        """The summary as a file, the same bytes every time."""
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
        return f"{text}\n".encode()
