"""How we decide, as a table: criteria, weights, gates, classes and the uncertainty of weights."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.consistency import check_method
from ksd_toolkit.scoring.preference import LINEAR, Preference

Texts = Mapping[str, str]
Aggregation = Literal["additive", "geometric", "promethee"]


@dataclass(frozen=True, slots=True)
class Group:
    """A node of the criteria tree: the root's child, or another group's when `parent` names one.

    `aggregation` says how the values below it become one: `additive` lets a strong criterion make up
    for a weak one, `geometric` only in part.
    """

    code: str
    labels: Texts
    aggregation: Literal["additive", "geometric"] = "additive"
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A leaf of the criteria tree. `weight_percent` of all criteria sums to 100.

    `scale` holds the fixed ends of its answers and `preference` how PROMETHEE II reads a difference
    between two of them; both are the method's where the table does not say otherwise.
    """

    code: str
    group: str
    weight_percent: float
    direction: Literal["+", "-"]
    origin: Literal["nilai", "usulan", "rule"]
    field: str
    labels: Texts
    phrases: Texts
    why: str
    source: str
    scale: tuple[float, float] = (1.0, 5.0)
    preference: Preference = LINEAR
    whys: Texts = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """A class: every usulan with at least `lower` points that no higher class took."""

    name: str
    lower: float
    labels: Texts


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition no score can make up for, with its ordered rows and its article."""

    code: str
    labels: Texts
    article: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is shaken to see how firm a rank is, reproducible by seed.

    `weights`: `dirichlet` draws around the stated weights, `order` draws any weights of the same
    order, `none` keeps them. `missing` draws unanswered leaves over their whole scale, `raters` takes
    one rater of the official role at random, `noise` is the chance (0 to 1) that a rated answer is a
    step off.
    """

    draws: int
    seed: int
    concentration: float
    top: int
    interval: tuple[float, float]
    weights: Literal["dirichlet", "order", "none"] = "dirichlet"
    missing: bool = False
    raters: bool = False
    noise: float = 0.0


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Two views of one tree: what an usulan is worth against how feasible it is.

    Each side weighs its own groups again to 100; `labels` names the four corners `laksanakan`,
    `siapkan`, `tawarkan` and `tunda`.
    """

    value_groups: tuple[str, ...]
    feasibility_groups: tuple[str, ...]
    value_border: float
    feasibility_border: float
    labels: Mapping[str, Texts]
    source: str


@dataclass(frozen=True, slots=True)
class Weighting:
    """Where the weights come from: the procedure, and what a reader must know of its quality.

    `consistency_ratio` is the largest of all pairwise matrices, None where nothing was compared in
    pairs; `acknowledged` is the reason given for using weights of a ratio above 0.10.
    """

    procedure: str = "direct"
    random_index: str = ""
    consistency_ratio: float | None = None
    acknowledged: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """How we decide. Two methods with the same `sha256` decide the same."""

    name: str
    titles: Texts
    notes: Texts
    scale: tuple[float, float]
    decimals: int
    coverage_minimum: float
    tie_order: tuple[str, ...]
    strict_gates: tuple[str, ...]
    floor_types: tuple[str, ...]
    floor_class: str
    floor_source: str
    cap_field: str
    cap_class: str
    cap_source: str
    uncertainty: Uncertainty
    bands: tuple[Band, ...]
    groups: Mapping[str, Group]
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    types_sha256: str
    quadrant: Quadrant
    aggregation: Aggregation = "additive"
    geometric_lowest: float = 0.01
    promethee_source: str = ""
    may_be_unanswered: tuple[str, ...] = ()
    weighting: Weighting = field(default_factory=Weighting)
    _fingerprint: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """The fingerprint, once somebody asked for it; no setting, so none of what it is taken of."""

    def __post_init__(self) -> None:
        check_method(self)

    def __repr__(self) -> str:
        return f"Method({self.name}: {len(self.criteria)} kriteria, {len(self.gates)} gerbang)"

    def replace(self, **changes: Any) -> Self:
        """The same method with other settings: the one way to ask "what if".

        `weights` replaces weights by criterion code, e.g. `replace(weights={"U": 12, "S": 6})`.

        Raises:
            MethodError: The result contradicts itself, or a weight names no criterion.
        """
        if (weights := changes.pop("weights", None)) is not None:
            unknown = weights.keys() - {criterion.code for criterion in self.criteria}
            if unknown:
                raise MethodError("method.unknown_criterion", codes=", ".join(sorted(unknown)))
            _check_numbers(weights)
            changes["criteria"] = tuple(
                dataclasses.replace(c, weight_percent=float(weights.get(c.code, c.weight_percent)))
                for c in self.criteria
            )
        known = {one.name for one in dataclasses.fields(self) if one.init}
        if ignored := changes.keys() - known:
            raise MethodError("method.unknown_setting", names=", ".join(sorted(ignored)))
        return dataclasses.replace(self, **changes)

    @property
    def weights(self) -> dict[str, float]:
        """Weight in percent by criterion code, in table order."""
        return {criterion.code: criterion.weight_percent for criterion in self.criteria}

    @property
    def has_classes(self) -> bool:
        """Whether points fall into classes: those of 0 to 100 do, net flows only rank."""
        return self.aggregation != "promethee"

    @property
    def sha256(self) -> str:
        """The fingerprint of every setting."""
        if not self._fingerprint:
            text = json.dumps(_settings(self), sort_keys=True, default=_plain, ensure_ascii=False)
            self._fingerprint.append(hashlib.sha256(text.encode()).hexdigest())
        return self._fingerprint[0]

    def criterion(self, code: str) -> Criterion:
        """The criterion with this code."""
        return next(criterion for criterion in self.criteria if criterion.code == code)

    def class_label(self, name: str, lang: str = "id") -> str:
        """What a class is called."""
        return next((band.labels[lang] for band in self.bands if band.name == name), name)


def _settings(part: Any) -> dict[str, Any]:
    return {one.name: getattr(part, one.name) for one in dataclasses.fields(part) if one.init}


def _plain(part: Any) -> Any:
    """A part of a method as JSON holds it."""
    return _settings(part) if dataclasses.is_dataclass(part) else list(part)


def _check_numbers(weights: Mapping[str, Any]) -> None:
    for code, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)):
            raise MethodError("method.weight", criterion=code)
