"""A figure of the answers that is to be explained, and the cells of the questionnaires behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.overlaps import Overlaps, overlaps
from ksd_toolkit.answers.quality.agreement import ALL as ALL_CRITERIA
from ksd_toolkit.answers.quality.agreement import Agreement, agreement
from ksd_toolkit.answers.quality.cells import ANSWERED, asked_cells, criteria_of
from ksd_toolkit.answers.quality.change import Change, change
from ksd_toolkit.answers.quality.flags import flags
from ksd_toolkit.answers.quality.ratings import rated_twice, scores_of
from ksd_toolkit.answers.quality.response import Response, responses
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types

Place = tuple[str, str, str]
"""Table, row key and question of the register."""

ALL: Final = "*"
NOWHERE: Final[tuple[Place, ...]] = (("", "", ""),)
"""What rests on no answer: nothing beside it is taken for one."""


@dataclass(frozen=True, slots=True, eq=False)
class AskedAnswer(AskedFigure):
    """A figure with its measure, and the answers it is explained from; what was counted is kept."""

    @property
    def register(self) -> Register:
        """The answers."""
        return self.evidence.register

    @property
    def response(self) -> Response:
        """Who answered."""
        return self.once("response", lambda: responses(self.register, self.cells))

    @property
    def criteria(self) -> dict[str, dict[str, str]]:
        """The criteria rated, with their labels."""
        return self.once("criteria", lambda: criteria_of(form_of(self.register.dossier)))

    @property
    def agreement(self) -> Agreement:
        """How far raters agree."""
        return self.once("agreement", lambda: agreement(self.register, list(self.criteria)))

    @property
    def flags(self) -> pd.DataFrame:
        """The answers that deserve a second look."""
        return self.once("flags", lambda: flags(self.register, self.agreement))

    @property
    def change(self) -> Change:
        """What changed since the period before.

        Raises:
            GoneError: There is none.
        """
        found = self.once("change", lambda: change(self.register, self.response.levels))
        if found is None:
            raise GoneError
        return found

    def criterion_name(self, code: str) -> str:
        """What a criterion is called, or all of them; its code where the form has no name for it."""
        if code in {ALL, ALL_CRITERIA}:
            return say("quality.all_criteria", self.lang)
        labels = self.criteria.get(code, {})
        return labels.get(self.lang) or labels.get("id") or code

    def office_name(self, code: str) -> str:
        """The name of an office; its code where the dossier lists no such office."""
        names = self.once("offices", lambda: dict(self.register.dossier.offices["opd_nama"]))
        return str(names.get(code, code))

    @property
    def overlaps(self) -> Overlaps:
        """The usulan that may be the same."""
        return self.once("overlaps", lambda: overlaps(self.register))

    @property
    def types(self) -> pd.DataFrame:
        """The type of every usulan."""
        return self.once("types", lambda: derive_types(self.register))

    @property
    def cells(self) -> pd.DataFrame:
        """Every cell the offices were asked to fill, with what became of it."""
        return self.once("asked", lambda: asked_cells(self.register))

    def scores(self, role: str) -> pd.DataFrame:
        """The scores of a role by office, usulan and criterion."""
        return self.once(f"scores:{role}", lambda: scores_of(self.register, role))

    def units(self, role: str, *, criterion: str = ALL, office: str = ALL) -> pd.DataFrame:
        """The units two raters or more scored: of one criterion, of one office, or all."""

        def find() -> pd.DataFrame:
            scores = self.scores(role)
            for level, name in (("kriteria_kode", criterion), ("opd_kode", office)):
                if name != ALL:
                    scores = scores[scores.index.get_level_values(level) == name]
            return rated_twice(scores)

        return self.once(f"units:{role}:{criterion}:{office}", find)

    def scored(
        self, role: str, *, criterion: str = ALL, office: str = ALL, twice: bool = True
    ) -> tuple[Place, ...]:
        """The scores of a role that two raters or more gave a unit, or all of them."""

        def find() -> tuple[Place, ...]:
            if twice:
                return score_places(self.units(role, criterion=criterion, office=office))
            scores = self.scores(role)
            mine = scores.index.get_level_values("kriteria_kode") == criterion
            return score_places(scores if criterion == ALL else scores[mine])

        return self.once(f"scored:{role}:{criterion}:{office}:{twice}", find)

    def on(
        self, places: Iterable[Place], code: str = "", counted: Iterable[str] = (), **facts: object
    ) -> Computation:
        """The sentence of the measure with its facts, and the single answers it rests on.

        Args:
            places: The answers.
            code: Another sentence of the measure than its first, e.g. `told`.
            counted: The usulan that were counted.
            facts: What the sentence asks for beside what is always given.
        """
        told = self.told(code=code, **facts)
        return replace(told, cells=tuple(places) or NOWHERE, counted=tuple(counted))

    def spoken(self, places: Iterable[Place], code: str, **facts: object) -> Computation:
        """The sentence `measure.<code>` instead of one named as the measure."""
        sentence = say(f"measure.{code}", self.lang, **{**self.given(), **facts})
        return Computation(sentence, cells=tuple(places) or NOWHERE)

    def drawn(
        self, places: Iterable[Place], inside: Iterable[Place] = (), **facts: str
    ) -> Computation:
        """A drawing or table as a whole, or a number of its texts with the sentence it stands in.

        Args:
            places: The answers behind all of it.
            inside: The answers behind that sentence; those behind all of it where none are known.
            facts: What the sentences ask for.
        """
        if self.is_whole:
            return self.on(places, **facts)
        return self.on(tuple(inside) or tuple(places), code="told", **facts)

    @property
    def is_whole(self) -> bool:
        """Whether a drawing as a whole is asked for, or what is printed in its caption or a title."""
        return self.figure.start < 0 or self.figure.id[1:2] in {"C", "H"}

    @property
    def inside(self) -> str:
        """The sentence the figure stands in; empty outside of texts."""
        return self.given()["sentence"]

    def heads(self) -> tuple[Place, ...]:
        """The first answer of every office; personal data are no head."""

        def find() -> tuple[Place, ...]:
            cells = self.cells
            kept = cells[(cells["state"] == ANSWERED) & (cells["section"] != "ppksd")]
            return places_of(kept.drop_duplicates("opd_kode"))

        return self.once("heads", find)


def places_of(cells: pd.DataFrame) -> tuple[Place, ...]:
    """Cells asked for, as places of the register."""
    names = (map(str, cells[name]) for name in ("table", "row_key", "field"))
    return tuple(zip(*names, strict=True))


def score_places(units: pd.DataFrame) -> tuple[Place, ...]:
    """The scores of some units, one place a rater who scored."""
    return tuple(
        ("nilai", f"{usulan}|{criterion}|{rater}", "skor")
        for (_, usulan, criterion), known in zip(units.index, units.notna().to_numpy(), strict=True)
        for rater, is_known in zip(units.columns, known, strict=True)
        if is_known
    )


def usulan_places(usulan: Iterable[object], question: str) -> tuple[Place, ...]:
    """One answer about each usulan."""
    return tuple(("usulan", str(one), question) for one in usulan)


def row_of(frame: pd.DataFrame, name: str) -> Mapping[str, Any]:
    """A row of a frame by its name."""
    return {str(key): value for key, value in frame.loc[name].to_dict().items()}
