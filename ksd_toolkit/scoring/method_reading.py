"""Read a method from its table: every setting is used or refused, none is passed over in silence.

A table stands alone (`baku.toml`) or states how it differs from another (`based_on = "baku"`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.gate_table import read_gates
from ksd_toolkit.scoring.jenis_table import table_sha256
from ksd_toolkit.scoring.method import (
    Band,
    Criterion,
    Gate,
    Group,
    Method,
    Quadrant,
    Uncertainty,
)
from ksd_toolkit.scoring.method_layers import STANDARD, layered, method_names
from ksd_toolkit.scoring.method_weights import check_weights_are_of_criteria, weights_told
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.scenario import read_scenario
from ksd_toolkit.scoring.settings import Settings

__all__ = ["STANDARD", "load_method", "method_names", "read_method"]


def read_method(dossier: Dossier, name: str = "") -> Method:
    """The method a dossier names: `<name>.toml` in its own folder, else the toolkit's; that of its scenario first.

    Args:
        dossier: Whose method.
        name: Another method than the one `dossier.toml` names.

    Raises:
        MethodError: There is no such method, or its table contradicts itself.
    """
    if dossier.scenario and not name:
        return scenario_method(dossier, dossier.scenario)
    name = name or dossier.method
    own = dossier.folder / f"{name}.toml"
    return load_method(name, own if own.is_file() else None, dossier.folder)


def scenario_method(dossier: Dossier, name: str) -> Method:
    """The method of the scenario `name` of a dossier.

    Raises:
        MethodError: The scenario or its method cannot be used, or the method changed since it was made.
    """
    scenario = read_scenario(dossier, name)
    base = read_method(dossier, scenario.based_on)
    if scenario.method_sha256 not in {"", base.sha256}:
        facts = {"name": name, "method": base.name, "before": scenario.method_sha256[:12]}
        raise MethodError("scenario.other_method", now=base.sha256[:12], **facts)
    return scenario.of(base, name)


def load_method(
    name: str = STANDARD, path: Path | None = None, folder: Path | None = None
) -> Method:
    """A method by name, or from a file of the office's own.

    Args:
        name: What it is called.
        path: Its file; the toolkit's own method of that name when there is none.
        folder: Where the office may keep gates of its own; the file's folder unless given.

    Raises:
        MethodError: There is no such method, a setting is missing, unknown or senseless.
    """
    table = Settings(layered(name, path), name)
    method = _method(table, read_gates(folder or (path.parent if path else None)))
    table.refuse_ignored()
    if method.name != name:
        raise MethodError("method.other_name", file=f"{name}.toml", name=method.name)
    return method


def _method(table: Settings, gates: Sequence[Gate]) -> Method:
    floor, cap, promethee = table.inner("floor"), table.inner("cap"), table.inner("promethee")
    groups = tuple(_group(row) for row in table.rows("group"))
    scale = (table.number("scale_low"), table.number("scale_high"))
    weights, weighting = weights_told(table, groups)
    usual = _preference(promethee)
    criteria = tuple(_criterion(row, weights, scale, usual) for row in table.rows("criterion"))
    check_weights_are_of_criteria(weights, criteria)
    return Method(
        name=table.text("name"),
        titles=table.texts("title"),
        notes=table.texts("note"),
        scale=scale,
        decimals=table.whole("decimals"),
        coverage_minimum=table.number("coverage_minimum"),
        tie_order=table.words("tie_order"),
        strict_gates=table.words("strict_gates"),
        floor_types=floor.words("jenis"),
        floor_class=floor.text("class"),
        floor_source=floor.text("source"),
        cap_field=cap.text("field"),
        cap_class=cap.text("class"),
        cap_source=cap.text("source"),
        uncertainty=_uncertainty(table.inner("uncertainty")),
        bands=tuple(
            Band(row.text("name"), row.number("from"), row.texts("label"))
            for row in table.rows("class")
        ),
        groups={group.code: group for group in groups},
        criteria=criteria,
        gates=tuple(gates),
        types_sha256=table_sha256(),
        quadrant=_quadrant(table.inner("quadrant")),
        aggregation=table.text("aggregation", "additive"),  # type: ignore[arg-type]
        geometric_lowest=table.number("geometric_lowest"),
        promethee_source=promethee.text("source"),
        may_be_unanswered=table.words("may_be_unanswered", ()),
        weighting=weighting,
    )


def _criterion(
    row: Settings,
    weights: Mapping[str, float] | None,
    scale: tuple[float, float],
    usual: Preference,
) -> Criterion:
    code = row.text("code")
    if weights is None:
        weight = row.weight("weight_percent")
    else:
        row.get("weight_percent", None)  # stated apart: what stands here is the base's
        weight = weights.get(code, 0.0)
    own = row.inner("preference")
    why = row.text("why")
    return Criterion(
        code=code,
        group=row.text("group"),
        weight_percent=weight,
        direction=row.text("direction"),  # type: ignore[arg-type]
        origin=row.text("from"),  # type: ignore[arg-type]
        field=row.text("field", ""),
        labels=row.texts("label"),
        phrases=row.texts("phrase"),
        why=why,
        source=row.text("source"),
        scale=(row.number("scale_low", scale[0]), row.number("scale_high", scale[1])),
        preference=_preference(own) if own.keys else usual,
        whys={"id": why, "en": row.text("why_en", why)},
    )


def _preference(row: Settings) -> Preference:
    return Preference(
        row.text("function"),  # type: ignore[arg-type]
        *(row.maybe(name) for name in ("q", "p", "s")),
    )


def _group(row: Settings) -> Group:
    return Group(
        row.text("code"), row.texts("label"),
        row.text("aggregation", "additive"),  # type: ignore[arg-type]
        row.text("parent", ""),
    )  # fmt: skip


def _quadrant(row: Settings) -> Quadrant:
    labels = {name: row.texts(name) for name in ("laksanakan", "siapkan", "tawarkan", "tunda")}
    return Quadrant(
        row.words("value_groups"), row.words("feasibility_groups"),
        row.number("value_border"), row.number("feasibility_border"), labels, row.text("source"),
    )  # fmt: skip


def _uncertainty(row: Settings) -> Uncertainty:
    ends: Any = row.get("interval")
    if not isinstance(ends, list) or [type(end) for end in ends] not in (
        [float, float],
        [int, int],
    ):
        raise row.wrong("no_interval", "interval")
    return Uncertainty(
        draws=row.whole("draws"),
        seed=row.whole("seed"),
        concentration=row.number("concentration"),
        top=row.whole("top"),
        interval=(float(ends[0]), float(ends[1])),
        weights=row.text("weights", "dirichlet"),  # type: ignore[arg-type]
        missing=row.flag("missing", default=False),
        raters=row.flag("raters", default=False),
        noise=row.number("noise", 0.0),
    )
