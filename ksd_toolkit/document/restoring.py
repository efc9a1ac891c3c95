"""Blocks as JSON data and back, every part checked against the type it is declared to have."""

import dataclasses
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ksd_toolkit.document.paper import BLOCKS, Block


def block_to_json(block: Block) -> dict[str, Any]:
    """A block as JSON data; `block_from_json` is its inverse."""
    return {"kind": block.kind, **dataclasses.asdict(block)}


def block_from_json(data: dict[str, Any]) -> Block:
    """The block that `block_to_json` described, whoever wrote the notebook it comes from.

    Fields a notebook of an older version did not know take their defaults.

    Raises:
        KeyError: The kind is unknown, or a field without default is missing.
        TypeError: A field is unknown or has another type than declared.
    """
    facts = {key: value for key, value in data.items() if key != "kind"}
    restored: Block = _record(BLOCKS[data["kind"]], facts)
    return restored


def _record(kind: type, facts: Any) -> Any:
    if not isinstance(facts, dict):
        raise TypeError(f"{kind.__name__}: {facts!r}")
    hints = _hints(kind)
    if unknown := facts.keys() - hints.keys():
        raise TypeError(f"{kind.__name__}: {', '.join(sorted(map(str, unknown)))}")
    for missing in _required(kind) - facts.keys():
        raise KeyError(f"{kind.__name__}.{missing}")
    return kind(**{name: _value(hints[name], value, name) for name, value in facts.items()})


def _value(hint: Any, value: Any, name: str) -> Any:
    """`value` as the declared type; tuples come back from lists, a float is any finite number."""
    origin = get_origin(hint)
    if origin is tuple:
        return _tuple(get_args(hint), value, name)
    if origin is Literal:
        fits = type(value) is str and value in get_args(hint)
    elif origin in {Union, UnionType}:
        fits = type(value) in get_args(hint)
    elif dataclasses.is_dataclass(hint):
        return _record(hint, value)  # type: ignore[arg-type]
    elif hint is float:
        fits = type(value) in {int, float} and isfinite(value)
    else:
        fits = type(value) is hint
    if not fits:
        raise TypeError(f"{name}: {value!r}")
    return value


def _tuple(hints: tuple[Any, ...], value: Any, name: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name}: {value!r}")
    if hints[-1] is Ellipsis:
        return tuple(_value(hints[0], part, name) for part in value)
    if len(value) != len(hints):
        raise TypeError(f"{name}: {value!r}")
    return tuple(_value(hint, part, name) for hint, part in zip(hints, value, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in dataclasses.fields(kind)}


@cache
def _required(kind: type) -> frozenset[str]:
    return frozenset(
        one.name for one in dataclasses.fields(kind) if one.default is dataclasses.MISSING
    )
