"""How we decide, as a table: criteria, weights, gates, classes and the uncertainty of weights."""

import dataclasses
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.consistency import check_method
from ksd_toolkit.scoring.jenis import table_sha256


@dataclass(frozen=True, slots=True)
class Criterion:
    """A leaf of the criteria tree. `weight_percent` of all criteria sums to 100."""

    code: str
    group: str
    weight_percent: float
    direction: Literal["+", "-"]
    origin: Literal["nilai", "usulan", "rule"]
    field: str
    labels: Mapping[str, str]
    phrases: Mapping[str, str]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """A class: every usulan with at least `lower` points that no higher class took."""

    name: str
    lower: float
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition no score can make up for, with its ordered rows and its article."""

    code: str
    labels: Mapping[str, str]
    article: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How stated weights are shaken: Dirichlet draws around them, reproducible by seed."""

    draws: int
    seed: int
    concentration: float
    top: int
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Method:
    """How we decide. Two methods with the same `sha256` decide the same."""

    name: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    scale: tuple[float, float]
    decimals: int
    coverage_minimum: float
    tie_order: tuple[str, ...]
    strict_gates: tuple[str, ...]
    floor_types: tuple[str, ...]
    floor_class: str
    cap_field: str
    cap_class: str
    uncertainty: Uncertainty
    bands: tuple[Band, ...]
    groups: Mapping[str, Mapping[str, str]]
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    types_sha256: str

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
            changes["criteria"] = tuple(
                dataclasses.replace(c, weight_percent=float(weights.get(c.code, c.weight_percent)))
                for c in self.criteria
            )
        known = {field.name for field in dataclasses.fields(self)}
        if ignored := changes.keys() - known:
            raise MethodError("method.unknown_setting", names=", ".join(sorted(ignored)))
        return dataclasses.replace(self, **changes)

    @property
    def weights(self) -> dict[str, float]:
        """Weight in percent by criterion code, in table order."""
        return {criterion.code: criterion.weight_percent for criterion in self.criteria}

    @property
    def sha256(self) -> str:
        """The fingerprint of every setting."""
        text = json.dumps(
            dataclasses.asdict(self), sort_keys=True, default=list, ensure_ascii=False
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def criterion(self, code: str) -> Criterion:
        """The criterion with this code."""
        return next(criterion for criterion in self.criteria if criterion.code == code)

    def class_label(self, name: str, lang: str = "id") -> str:
        """What a class is called."""
        return next((band.labels[lang] for band in self.bands if band.name == name), name)


def read_method(dossier: Dossier) -> Method:
    """The method a dossier names: `<name>.toml` in its own folder, else the toolkit's.

    Raises:
        MethodError: There is no such method, or its table contradicts itself.
    """
    own = dossier.folder / f"{dossier.method}.toml"
    return load_method(dossier.method, own if own.is_file() else None)


def load_method(name: str = "baku", path: Path | None = None) -> Method:
    """A method by name, or from a file of the office's own."""
    shipped = files("ksd_toolkit.knowledge").joinpath("methods")
    source = path or shipped.joinpath(f"{name}.toml")
    if not source.is_file():
        known = sorted(entry.name.removesuffix(".toml") for entry in shipped.iterdir())
        raise MethodError("method.unknown", name=name, known=", ".join(known))
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MethodError("method.unreadable", name=name, reason=error) from error
    gates = tomllib.loads(
        files("ksd_toolkit.knowledge").joinpath("gates.toml").read_text(encoding="utf-8")
    )
    try:
        return _method(table, gates)
    except (KeyError, TypeError, ValueError) as missing:
        raise MethodError("method.setting_missing", name=name, key=missing) from missing


def _method(table: dict[str, Any], gates: dict[str, Any]) -> Method:
    shaken = table["uncertainty"]
    low, high = shaken["interval"]
    return Method(
        name=table["name"],
        titles=_texts(table, "title"),
        notes=_texts(table, "note"),
        scale=(float(table["scale_low"]), float(table["scale_high"])),
        decimals=table["decimals"],
        coverage_minimum=table["coverage_minimum"],
        tie_order=tuple(table["tie_order"]),
        strict_gates=tuple(table["strict_gates"]),
        floor_types=tuple(table["floor"]["jenis"]),
        floor_class=table["floor"]["class"],
        cap_field=table["cap"]["field"],
        cap_class=table["cap"]["class"],
        uncertainty=Uncertainty(
            shaken["draws"], shaken["seed"], float(shaken["concentration"]), shaken["top"],
            (float(low), float(high)),
        ),
        bands=tuple(
            Band(row["name"], float(row["from"]), _texts(row, "label")) for row in table["class"]
        ),
        groups={row["code"]: _texts(row, "label") for row in table["group"]},
        criteria=tuple(_criterion(row) for row in table["criterion"]),
        gates=tuple(
            Gate(row["code"], _texts(row, "label"), row["article"], tuple(row["rows"]))
            for row in gates["gate"]
        ),
        types_sha256=table_sha256(),
    )  # fmt: skip


def _criterion(row: dict[str, Any]) -> Criterion:
    return Criterion(
        code=row["code"],
        group=row["group"],
        weight_percent=float(row["weight_percent"]),
        direction=row["direction"],
        origin=row["from"],
        field=row.get("field", ""),
        labels=_texts(row, "label"),
        phrases=_texts(row, "phrase"),
        why=row["why"],
        source=row["source"],
    )


def _texts(row: Mapping[str, Any], what: str) -> dict[str, str]:
    return {lang: row[f"{what}_{lang}"] for lang in ("id", "en")}
