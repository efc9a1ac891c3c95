"""A "what if" that can be kept: how its method differs from the one it is based on, and on which data it was made.

Sliders, the offline page and a run all turn a scenario into a method the same way: `Method.replace`.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.method import Method, Weighting
from ksd_toolkit.scoring.method_layers import read_toml
from ksd_toolkit.scoring.settings import Settings
from ksd_toolkit.scoring.shares import shares

FOLDER: Final = "scenarios"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Other settings of a method, and what they were tried on.

    `based_on` is the method. `points` are raw points of the sliders, 0 to 100 by criterion; empty while no
    weight was touched. `locked` are shares in percent that stayed, `off` criteria that weigh nothing.
    `classes` are lower ends of classes by name. What is None or empty is as the method has it.
    `budget` in rupiah draws a line through the list and changes no rank. `method_sha256` is that of the method
    it is based on, `data_sha256` of the answers.
    """

    based_on: str
    title: str = ""
    note: str = ""
    points: Mapping[str, float] = field(default_factory=dict)
    locked: Mapping[str, float] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    aggregation: str = ""
    coverage_minimum: float | None = None
    classes: Mapping[str, float] = field(default_factory=dict)
    spread: str = ""
    concentration: float | None = None
    budget: float | None = None
    method_sha256: str = ""
    data_sha256: str = ""

    def weights(self, base: Method) -> dict[str, float]:
        """The weight of every criterion in percent; those of the method while none was touched."""
        if not (self.points or self.locked or self.off):
            return base.weights
        unknown = self.points.keys() - base.weights.keys()
        if unknown:
            raise MethodError("method.unknown_criterion", codes=", ".join(sorted(unknown)))
        return shares({**base.weights, **self.points}, self.locked, self.off)

    def of(self, base: Method, name: str = "") -> Method:
        """The method of this scenario.

        Args:
            base: The method it is based on.
            name: What the scenario is called; the method then carries its name and title.

        Raises:
            MethodError: A criterion or class is unknown, or the result contradicts itself.
        """
        weights = self.weights(base)
        changes: dict[str, Any] = {}
        if weights != base.weights:
            changes |= {"weights": weights, "weighting": Weighting()}
        if self.aggregation:
            changes["aggregation"] = self.aggregation
        if self.coverage_minimum is not None:
            changes["coverage_minimum"] = self.coverage_minimum
        if self.classes:
            changes["bands"] = self._bands(base)
        drawn: dict[str, Any] = {
            "weights": self.spread or None,
            "concentration": self.concentration,
        }
        if given := {key: value for key, value in drawn.items() if value is not None}:
            changes["uncertainty"] = dataclasses.replace(base.uncertainty, **given)
        if name:
            changes["name"] = f"{base.name}@{name}"
            changes["titles"] = {
                lang: f"{title}: {self.title or name}" for lang, title in base.titles.items()
            }
        return base.replace(**changes)

    def _bands(self, base: Method) -> tuple[Any, ...]:
        unknown = self.classes.keys() - {band.name for band in base.bands}
        if unknown:
            raise MethodError("scenario.unknown_class", names=", ".join(sorted(unknown)))
        return tuple(
            dataclasses.replace(band, lower=float(self.classes.get(band.name, band.lower)))
            for band in base.bands
        )

    @classmethod
    def parse(cls, facts: Mapping[str, Any], name: str) -> Self:
        """A scenario from a table: of a file, or of a page.

        Raises:
            MethodError: Settings are missing, unknown or of another kind; all of them are told at once.
        """
        faults: list[MethodError] = []
        table = Settings(facts, name)

        def ask(get: Callable[..., Any], *asked: Any, otherwise: Any = "") -> Any:
            """What a getter gives; where it refuses, that is noted and something stands in."""
            try:
                return get(*asked)
            except MethodError as refused:
                faults.append(refused)
                return otherwise

        def inner(key: str) -> Settings:
            below: Settings = ask(table.inner, key, otherwise=Settings({}, name))
            return below

        def numbers(key: str) -> dict[str, float]:
            below = inner(key)
            return {one: ask(below.number, one, otherwise=0.0) for one in below.keys}

        data, drawn = inner("data"), inner("uncertainty")
        found = cls(
            based_on=ask(table.text, "based_on"),
            title=ask(table.text, "title", ""),
            note=ask(table.text, "note", ""),
            points=numbers("points"),
            locked=numbers("locked"),
            off=ask(table.words, "off", (), otherwise=()),
            aggregation=ask(table.text, "aggregation", ""),
            coverage_minimum=ask(table.maybe, "coverage_minimum", otherwise=None),
            classes=numbers("classes"),
            spread=ask(drawn.text, "weights", ""),
            concentration=ask(drawn.maybe, "concentration", otherwise=None),
            budget=ask(table.maybe, "budget", otherwise=None),
            method_sha256=ask(data.text, "method_sha256", ""),
            data_sha256=ask(data.text, "data_sha256", ""),
        )
        ask(table.refuse_ignored)
        if faults:
            raise _together(faults, name)
        return found


def _together(faults: Sequence[MethodError], name: str) -> MethodError:
    """One error that tells every fault of a file; a single fault stays as it is."""
    if len(faults) == 1:
        return faults[0]
    told, told_en = (" ".join(fault.sentence(lang) for fault in faults) for lang in ("id", "en"))
    return MethodError("scenario.faults", name=name, n=len(faults), told=told, told_en=told_en)


def read_scenario(dossier: Dossier, name: str) -> Scenario:
    """The scenario `scenarios/<name>.toml` of a dossier.

    Raises:
        MethodError: There is none, or it cannot be used.
    """
    path = dossier.folder / FOLDER / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(scenario_names(dossier)) or "-"
        raise MethodError("scenario.unknown", name=name, known=known)
    return Scenario.parse(read_toml(path, f"{FOLDER}/{name}"), f"{FOLDER}/{name}")


def scenario_names(dossier: Dossier) -> list[str]:
    """The scenarios of a dossier, by name."""
    return sorted(path.stem for path in (dossier.folder / FOLDER).glob("*.toml"))
