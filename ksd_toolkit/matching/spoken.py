"""What the questionnaires of one region say of its needs and capacities, apart from the register they lie in."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from ksd_toolkit.columns import records
from ksd_toolkit.matching.indicators import Cell, cell_number
from ksd_toolkit.matching.profiles import Heard, Side
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.questionnaire.form_extension import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.register.reading import EARLIER, REGION_FILES
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.role_medians import official_answers
from ksd_toolkit.stamp import Source

_LOW, _STEPS = 1.0, 4.0  # the questionnaire's scale from 1 to 5


@dataclass(frozen=True, slots=True)
class SpokenUsulan:
    """One usulan: of what kind (`sifat`), of which cells it speaks, and its official answers (1 to 5) by criterion."""

    usulan: str
    kind: str
    cells: tuple[Cell, ...]
    answers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one region says in a period, and the files that say it."""

    code: str
    dossier: str
    simulated: bool
    sources: tuple[Source, ...]
    usulan: tuple[SpokenUsulan, ...]

    @property
    def period(self) -> str:
        """The period it is said in."""
        return self.dossier.partition("/")[2]

    @property
    def sha256(self) -> str:
        """Equal for regions that say the same, whatever files they said it in."""
        told = json.dumps(self.to_json()["usulan"], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "code": self.code,
            "dossier": self.dossier,
            "simulated": self.simulated,
            "sources": [[one.name, one.sha256, one.rows] for one in self.sources],
            "usulan": [
                [one.usulan, one.kind, [list(cell) for cell in one.cells], dict(one.answers)]
                for one in self.usulan
            ],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(
            code=told["code"],
            dossier=told["dossier"],
            simulated=told["simulated"],
            sources=tuple(Source(*one) for one in told["sources"]),
            usulan=tuple(
                SpokenUsulan(name, kind, tuple((urusan, isu) for urusan, isu in cells), answers)
                for name, kind, cells, answers in told["usulan"]
            ),
        )


def spoken_of(register: Register) -> Spoken:
    """What the questionnaires of a register say, usulan by usulan in the order of their codes.

    What a gate says of an usulan is of no account: a need is one, even where cooperation is not the answer.
    """
    return remembered("spoken", None, register, lambda: _spoken(register))


def _spoken(register: Register) -> Spoken:
    question = form_of(register.dossier).table("nilai").field("kriteria_kode")
    answers = official_answers(register, [choice.code for choice in question.choices])
    told = {name: _answered(row) for name, row in records(answers)}
    usulan = register.usulan.sort_values("usulan_id")
    return Spoken(
        code=register.dossier.region.code,
        dossier=register.dossier.name,
        simulated=register.stamp.simulated,
        sources=tuple(
            one
            for one in register.stamp.sources
            if not one.name.startswith((REGION_FILES, EARLIER))  # one atlas serves all; the past says nothing here
        ),
        usulan=tuple(
            SpokenUsulan(row["usulan_id"], str(row["sifat"]), tuple(usulan_cells(row)), told[row["usulan_id"]])
            for _, row in records(usulan)
        ),
    )  # fmt: skip


def heard_in(spoken: Spoken, settings: MatchSettings) -> tuple[Heard, ...]:
    """What each usulan of a region says of each of its cells.

    The strength of a need is the mean of the answered official U, S and G, of a capacity TEK, both
    as (x - 1) / 4; None where nobody rated it.
    """
    sides: tuple[tuple[Side, tuple[str, ...], tuple[str, ...]], ...] = (
        ("need", settings.need_kinds, settings.need_criteria),
        ("capacity", settings.capacity_kinds, settings.capacity_criteria),
    )
    return tuple(
        one for side, kinds, criteria in sides for one in _heard(spoken, side, kinds, criteria)
    )


def _heard(
    spoken: Spoken, side: Side, kinds: tuple[str, ...], criteria: tuple[str, ...]
) -> Iterator[Heard]:
    for one in spoken.usulan:
        if one.kind not in kinds:
            continue
        told = tuple((code, one.answers[code]) for code in criteria if code in one.answers)
        strength, usulan, period = _strength(told), (one.usulan,), spoken.period
        for cell in one.cells:
            yield Heard(
                code=spoken.code,
                cell=cell,
                side=side,
                strength=strength,
                usulan=usulan,
                answers=told,
                period=period,
            )


def strongest(said: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """Per region, cell and side the usulan that rates it highest, the first of equals.

    A cell whose usulan nobody rated is heard without a strength and names them all.
    """
    by_cell: dict[tuple[str, Cell, Side], list[Heard]] = {}
    for one in said:
        by_cell.setdefault((one.code, one.cell, one.side), []).append(one)
    return tuple(map(_strongest, by_cell.values()))


def _strongest(of_cell: list[Heard]) -> Heard:
    rated = [(one.strength, one) for one in of_cell if one.strength is not None]
    if rated:
        return max(rated, key=lambda pair: pair[0])[1]
    return replace(of_cell[0], usulan=tuple(name for one in of_cell for name in one.usulan))


def usulan_cells(row: Mapping[str, Any]) -> list[Cell]:
    """The cells an usulan speaks of: each of its urusan with each of its isu."""
    pairs = [(u, i) for u in split_codes(row["urusan_kode"]) for i in split_codes(row["isu"])]
    return [cell for cell in pairs if cell in cell_number()]


def split_codes(text: object) -> list[str]:
    """The codes of a multiple choice, `ISU-A;ISU-F`; none where it was not answered."""
    return [part for part in text.split(";") if part] if isinstance(text, str) else []


def _answered(row: Mapping[str, float]) -> dict[str, float]:
    return {code: float(value) for code, value in row.items() if not np.isnan(value)}


def _strength(answers: tuple[tuple[str, float], ...]) -> float | None:
    """The mean of the answered criteria on 0 to 1, in fixed order; None where none is answered."""
    known = [value for _, value in answers]
    return sum((value - _LOW) / _STEPS for value in known) / len(known) if known else None
