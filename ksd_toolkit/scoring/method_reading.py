"""Read a method from its table: every setting is used or refused, none is passed over in silence.

A table stands alone (`baku.toml`) or states how it differs from another (`based_on = "baku"`).
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.jenis import table_sha256
from ksd_toolkit.scoring.method import (
    Band,
    Criterion,
    Gate,
    Group,
    Method,
    Quadrant,
    Uncertainty,
    Weighting,
)
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.weights import Joining, Tree, weights_of_tree

STANDARD: Final = "baku"
_BY_CODE: Final = ("criterion", "group")
_DEPTH: Final = 5  # tables that name each other in a ring would never end


class _Table:
    """A TOML table that remembers what was asked of it, so that what was not can be refused."""

    def __init__(self, facts: Mapping[str, Any], place: str) -> None:
        self._facts = dict(facts)
        self._place = place
        self._asked: set[str] = set()
        self._inner: list[_Table] = []

    def __getitem__(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._facts:
            raise KeyError(f"{self._place}{key}")
        return self._facts[key]

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        return self._facts.get(key, default)

    def inner(self, key: str) -> "_Table":
        """A table below this one; an empty one where there is none."""
        table = _Table(self.get(key) or {}, f"[{key}] ")
        self._inner.append(table)
        return table

    def rows(self, key: str) -> "list[_Table]":
        """The tables of an array `[[key]]`, named by their code or place."""
        tables = [
            _Table(row, f"[[{key}]] {row.get('code', row.get('name', number))}: ")
            for number, row in enumerate(self.get(key) or [], start=1)
        ]
        self._inner += tables
        return tables

    def texts(self, what: str) -> dict[str, str]:
        """One text in both languages."""
        return {lang: str(self[f"{what}_{lang}"]) for lang in ("id", "en")}

    def ignored(self) -> Iterator[str]:
        """Every setting nobody asked for, with its place."""
        yield from (f"{self._place}{key}" for key in self._facts if key not in self._asked)
        for table in self._inner:
            yield from table.ignored()


def read_method(dossier: Dossier, name: str = "") -> Method:
    """The method a dossier names: `<name>.toml` in its own folder, else the toolkit's.

    Args:
        dossier: Whose method.
        name: Another method than the one `dossier.toml` names.

    Raises:
        MethodError: There is no such method, or its table contradicts itself.
    """
    name = name or dossier.method
    own = dossier.folder / f"{name}.toml"
    return load_method(name, own if own.is_file() else None)


def load_method(name: str = STANDARD, path: Path | None = None) -> Method:
    """A method by name, or from a file of the office's own.

    Raises:
        MethodError: There is no such method, a setting is missing, unknown or senseless.
    """
    table = _Table(_merged(name, path), "")
    try:
        method = _method(table, _own_gates(path))
    except (KeyError, TypeError, ValueError) as wrong:
        reason = wrong.args[0] if isinstance(wrong, KeyError) else wrong
        raise MethodError("method.setting_missing", name=name, key=reason) from wrong
    if ignored := list(table.ignored()):
        raise MethodError("method.ignored", name=name, settings=", ".join(ignored))
    return method


def method_names() -> list[str]:
    """The methods that come with the toolkit, the standard one first."""
    shipped = files("ksd_toolkit.knowledge").joinpath("methods")
    names = sorted(entry.name.removesuffix(".toml") for entry in shipped.iterdir())
    return [STANDARD, *(name for name in names if name != STANDARD)]


def _merged(name: str, path: Path | None, depth: int = 0) -> dict[str, Any]:
    """The table of a method with what it takes over from the one it is based on."""
    table = _toml(name, path)
    base = table.pop("based_on", None)
    if base is None:
        return table
    if depth == _DEPTH or not isinstance(base, str) or not base:
        raise MethodError("method.based_on", name=name, base=base)
    sibling = path.parent / f"{base}.toml" if path else None
    whole = _merged(base, sibling if sibling and sibling.is_file() else None, depth + 1)
    weights = table.pop("weights", None)
    # The weights of a base say nothing about where these come from.
    if weights is not None or "weighting" in table:
        whole.pop("weighting", None)
    for key, value in table.items():
        whole[key] = _laid_over(key, whole.get(key), value)
    return whole if weights is None else whole | {"weights": weights}


def _laid_over(key: str, below: Any, value: Any) -> Any:
    """A setting of a derived table over that of its base: rows by code, tables by key, else the new one."""
    if key in _BY_CODE and isinstance(below, list) and isinstance(value, list):
        mine = {row.get("code"): row for row in value}
        kept = [row | mine.pop(row.get("code"), {}) for row in below]
        return [*kept, *mine.values()]
    if isinstance(below, dict) and isinstance(value, dict):
        return below | value
    return value


def _toml(name: str, path: Path | None) -> dict[str, Any]:
    shipped = files("ksd_toolkit.knowledge").joinpath("methods")
    source = path or shipped.joinpath(f"{name}.toml")
    if not source.is_file():
        raise MethodError("method.unknown", name=name, known=", ".join(method_names()))
    try:
        return tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MethodError("method.unreadable", name=name, reason=error) from error


def _own_gates(path: Path | None) -> list[dict[str, Any]]:
    """The gates of the office's own beside its method (`gerbang.toml`), else the toolkit's."""
    own = path.parent / "gerbang.toml" if path else None
    source = own if own and own.is_file() else files("ksd_toolkit.knowledge") / "gates.toml"
    try:
        return list(tomllib.loads(source.read_text(encoding="utf-8"))["gate"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MethodError("method.unreadable", name=source.name, reason=error) from error


def _method(table: _Table, gates: Sequence[Mapping[str, Any]]) -> Method:
    floor, cap, promethee = table.inner("floor"), table.inner("cap"), table.inner("promethee")
    scale = (float(table["scale_low"]), float(table["scale_high"]))
    groups = tuple(_group(row) for row in table.rows("group"))
    weights, weighting = _weights(table, groups)
    usual = _preference(promethee)
    criteria = tuple(_criterion(row, weights, scale, usual) for row in table.rows("criterion"))
    _check_weights_are_of_criteria(weights, criteria)
    return Method(
        name=str(table["name"]),
        titles=table.texts("title"),
        notes=table.texts("note"),
        scale=scale,
        decimals=table["decimals"],
        coverage_minimum=table["coverage_minimum"],
        tie_order=tuple(table["tie_order"]),
        strict_gates=tuple(table["strict_gates"]),
        floor_types=tuple(floor["jenis"]),
        floor_class=floor["class"],
        floor_source=str(floor["source"]),
        cap_field=cap["field"],
        cap_class=cap["class"],
        cap_source=str(cap["source"]),
        uncertainty=_uncertainty(table.inner("uncertainty")),
        bands=tuple(
            Band(row["name"], float(row["from"]), row.texts("label")) for row in table.rows("class")
        ),
        groups=_by_code(groups),
        criteria=criteria,
        gates=tuple(_gate(_Table(row, "[[gate]] ")) for row in gates),
        types_sha256=table_sha256(),
        quadrant=_quadrant(table.inner("quadrant")),
        aggregation=table.get("aggregation", "additive"),
        geometric_lowest=float(table["geometric_lowest"]),
        promethee_source=str(promethee["source"]),
        may_be_unanswered=tuple(table.get("may_be_unanswered", ())),
        weighting=weighting,
    )


def _by_code(groups: Sequence[Group]) -> dict[str, Group]:
    codes = [group.code for group in groups]
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise MethodError("method.repeated_group", codes=", ".join(repeated))
    return dict(zip(codes, groups, strict=True))


def _weights(table: _Table, groups: Sequence[Group]) -> tuple[dict[str, float] | None, Weighting]:
    """Weights stated apart from the criteria, and where they come from.

    A `[weights]` table lists every criterion that weighs; one it leaves out weighs nothing.
    """
    facts = table.inner("weighting")
    stated = table.get("weights")
    given = {code: _number(value) for code, value in stated.items()} if stated else None
    nodes = facts.rows("node")
    acknowledged, index = str(facts.get("acknowledged", "")), str(facts.get("random_index", ""))
    procedure = str(facts.get("procedure", "direct"))
    if not nodes:
        ratio = facts.get("consistency_ratio")
        return given, Weighting(
            procedure, index, None if ratio is None else float(ratio), acknowledged
        )
    pairs = {str(row["code"]): [tuple(map(str, pair)) for pair in row["pairs"]] for row in nodes}
    members: dict[str, list[str]] = {group.code: [] for group in groups}
    for row in table.get("criterion") or []:
        members.setdefault(row.get("group", ""), []).append(row.get("code", ""))
    tree = Tree(
        members,
        parents={group.code: group.parent for group in groups if group.parent},
        labels=_labels(table, groups),
    )
    found = weights_of_tree(pairs, tree, Joining(random_index=index, acknowledged=acknowledged))  # type: ignore[arg-type]
    ratio = found.consistency_ratio
    return dict(found.percent), Weighting(procedure, index, ratio, acknowledged)


def _labels(table: _Table, groups: Sequence[Group]) -> dict[str, Mapping[str, str]]:
    """What criteria and groups are called, for sentences about their comparisons."""
    criteria = {
        str(row.get("code", "")): {lang: str(row.get(f"label_{lang}", "")) for lang in ("id", "en")}
        for row in table.get("criterion") or []
    }
    return {group.code: group.labels for group in groups} | criteria


def _check_weights_are_of_criteria(
    weights: Mapping[str, float] | None, criteria: Sequence[Criterion]
) -> None:
    unknown = (weights or {}).keys() - {criterion.code for criterion in criteria}
    if unknown:
        raise MethodError("method.unknown_criterion", codes=", ".join(sorted(unknown)))


def _criterion(
    row: _Table,
    weights: Mapping[str, float] | None,
    scale: tuple[float, float],
    usual: Preference,
) -> Criterion:
    stated = _number(row.get("weight_percent", 0)) if weights is not None else None
    own = row.inner("preference")
    return Criterion(
        code=str(row["code"]),
        group=row["group"],
        weight_percent=_number(row["weight_percent"])
        if stated is None or weights is None
        else weights.get(str(row["code"]), 0.0),
        direction=row["direction"],
        origin=row["from"],
        field=row.get("field", ""),
        labels=row.texts("label"),
        phrases=row.texts("phrase"),
        why=row["why"],
        source=row["source"],
        scale=(float(row.get("scale_low", scale[0])), float(row.get("scale_high", scale[1]))),
        preference=_preference(own, usual),
    )


def _number(value: Any) -> float:
    """A weight as a number, or as a fraction in quotes where no decimal would do ("100/3")."""
    if isinstance(value, bool):
        raise TypeError(f"weight = {value}")
    try:
        return float(Fraction(value)) if isinstance(value, str) else float(value)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f'weight = "{value}"') from error


def _preference(row: _Table, usual: Preference | None = None) -> Preference:
    function = row.get("function")
    if function is None and usual is not None:
        return usual
    thresholds = [row.get(name) for name in ("q", "p", "s")]
    return Preference(function, *(None if n is None else float(n) for n in thresholds))


def _group(row: _Table) -> Group:
    return Group(
        str(row["code"]), row.texts("label"), row.get("aggregation", "additive"),
        str(row.get("parent", "")),
    )  # fmt: skip


def _gate(row: _Table) -> Gate:
    return Gate(row["code"], row.texts("label"), row["article"], tuple(row["rows"]))


def _quadrant(row: _Table) -> Quadrant:
    labels = {name: row.texts(name) for name in ("laksanakan", "siapkan", "tawarkan", "tunda")}
    return Quadrant(
        tuple(row["value_groups"]), tuple(row["feasibility_groups"]),
        float(row["value_border"]), float(row["feasibility_border"]), labels, str(row["source"]),
    )  # fmt: skip


def _uncertainty(row: _Table) -> Uncertainty:
    low, high = row["interval"]
    return Uncertainty(
        draws=row["draws"],
        seed=row["seed"],
        concentration=float(row["concentration"]),
        top=row["top"],
        interval=(float(low), float(high)),
        weights=row.get("weights", "dirichlet"),
        missing=row.get("missing", False),
        raters=row.get("raters", False),
        noise=float(row.get("noise", 0.0)),
    )
