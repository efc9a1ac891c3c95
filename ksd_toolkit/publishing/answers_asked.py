"""A figure of the answers that is to be explained, and the cells of the questionnaires behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import pandas as pd

from ksd_toolkit.answers.overlaps import Overlaps, overlaps
from ksd_toolkit.answers.quality import Quality, quality
from ksd_toolkit.answers.quality.cells import ANSWERED, asked_cells
from ksd_toolkit.answers.quality.ratings import UNIT, rated_twice, scores_of
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.asked_figures import AskedFigure
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types

Place = tuple[str, str, str]
"""Table, row key and question of the register."""

ALL: Final = "*"


@dataclass(frozen=True, slots=True, eq=False)
class AskedAnswer(AskedFigure):
    """A figure with its measure, and the answers it is explained from; what was counted is kept."""

    @property
    def register(self) -> Register:
        """The answers."""
        return self.evidence.register

    @property
    def quality(self) -> Quality:
        """How good the answers are."""
        kept = self.evidence.kept
        if "quality" not in kept:
            kept["quality"] = quality(self.register)
        return cast("Quality", kept["quality"])

    def office_name(self, code: str) -> str:
        """The name of an office; its code where the dossier lists no such office."""
        return str(self.register.dossier.offices["opd_nama"].get(code, code))

    @property
    def overlaps(self) -> Overlaps:
        """The usulan that may be the same."""
        kept = self.evidence.kept
        if "overlaps" not in kept:
            kept["overlaps"] = overlaps(self.register)
        return cast("Overlaps", kept["overlaps"])

    @property
    def types(self) -> pd.DataFrame:
        """The type of every usulan."""
        frames = self.evidence.frames
        if "types" not in frames:
            frames["types"] = derive_types(self.register)
        return frames["types"]

    @property
    def cells(self) -> pd.DataFrame:
        """Every cell the offices were asked to fill, with what became of it."""
        frames = self.evidence.frames
        if "asked" not in frames:
            frames["asked"] = asked_cells(self.register)
        return frames["asked"]

    def scores(self, role: str) -> pd.DataFrame:
        """The scores of a role by office, usulan and criterion."""
        frames = self.evidence.frames
        if f"scores:{role}" not in frames:
            frames[f"scores:{role}"] = scores_of(self.register, role)
        return frames[f"scores:{role}"]

    def units(self, role: str, *, criterion: str = ALL, office: str = ALL) -> pd.DataFrame:
        """The units two raters or more scored: of one criterion, of one office, or all."""
        scores = self.scores(role)
        for level, name in (("kriteria_kode", criterion), ("opd_kode", office)):
            if name != ALL:
                scores = scores[scores.index.get_level_values(level) == name]
        return rated_twice(scores)

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
        return replace(told, cells=tuple(places), counted=tuple(counted))

    def spoken(self, places: Iterable[Place], code: str, **facts: object) -> Computation:
        """The sentence `measure.<code>` instead of one named as the measure."""
        sentence = say(f"measure.{code}", self.lang, **{**self.given(), **facts})
        return Computation(sentence, cells=tuple(places))

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
        return self.on(tuple(inside) or places, code="told", **facts)

    @property
    def is_whole(self) -> bool:
        """Whether a drawing as a whole is asked for, or what is printed in its caption or a title."""
        return self.figure.start < 0 or self.figure.id[1:2] in {"C", "H"}

    @property
    def inside(self) -> str:
        """The sentence the figure stands in; empty outside of texts."""
        return self.given()["sentence"]

    def heads(self, offices: Iterable[str] = ()) -> tuple[Place, ...]:
        """The first answer of every office, of some offices only where they are named.

        Personal data are no head.
        """
        cells, wanted = self.cells, set(offices)
        kept = cells[(cells["state"] == ANSWERED) & (cells["section"] != "ppksd")]
        firsts = kept.drop_duplicates("opd_kode")
        return places_of(firsts[firsts["opd_kode"].isin(wanted)] if wanted else firsts)


def places_of(cells: pd.DataFrame) -> tuple[Place, ...]:
    """Cells asked for, as places of the register."""
    names = (cells[name].astype("str") for name in ("table", "row_key", "field"))
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


__all__ = [
    "ALL",
    "UNIT",
    "AskedAnswer",
    "Place",
    "places_of",
    "row_of",
    "score_places",
    "usulan_places",
]
