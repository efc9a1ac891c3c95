"""What an expression of a form computes with: values, comparisons and the functions of XLSForm."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

Value = str | float | bool
Row = Mapping[str, object]

_LONGEST_MATCHED: Final = 5_000
# Repeats inside repeats can take a pattern beyond all bounds on a hostile text.
_NESTED_REPEAT: Final = re.compile(r"\([^()]*[*+][^()]*\)\s*[*+{]")


class UnsupportedError(ValueError):
    """The expression uses something this module does not know: it cannot be evaluated here."""


class MalformedError(UnsupportedError):
    """The expression is none in any program: a bracket, a sign or a value is missing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression is evaluated on: the answer itself, the others of its row, and the day."""

    value: object = None
    row: Row | None = None
    today: date | None = None


Node = Callable[[Scope], Value]
"""What an expression, or a part of one, is of a scope."""
Body = Callable[[Scope, list[Node]], Value]


def truth(value: Value) -> bool:
    """A blank, a zero and no number are false; any other text or number is true."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def number(value: object) -> float:
    """A value as a number; what is none is NaN."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, date):
        return float(value.toordinal())
    text = str(value or "").strip()
    try:
        return float(date.fromisoformat(text).toordinal()) if _ISO.fullmatch(text) else float(text)
    except ValueError:
        return math.nan


_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def plain(value: object) -> Value:
    """An answer as the value an expression sees: blank for none, a date in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, int | float) else str(value)


def as_text(value: Value) -> str:
    """A value as XPath writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return as_text(left) == as_text(right)


def _sized(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], Value]:
    return lambda left, right: compare(number(left), number(right))


def _reckoned(reckon: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    def result(left: Value, right: Value) -> Value:
        try:
            return reckon(number(left), number(right))
        except (ZeroDivisionError, ValueError, OverflowError):
            return math.nan

    return result


SIGNS: Final[dict[str, tuple[int, Callable[[Value, Value], Value]]]] = {
    "=": (3, _equal),
    "!=": (3, lambda left, right: not _equal(left, right)),
    "<": (4, _sized(operator.lt)),
    "<=": (4, _sized(operator.le)),
    ">": (4, _sized(operator.gt)),
    ">=": (4, _sized(operator.ge)),
    "+": (5, _reckoned(operator.add)),
    "-": (5, _reckoned(operator.sub)),
    "*": (6, _reckoned(operator.mul)),
    "div": (6, _reckoned(operator.truediv)),
    "mod": (6, _reckoned(math.fmod)),
}


def check_pattern(node: Node) -> None:
    """A pattern must be a constant that compiles and cannot run away."""
    pattern = as_text(node(Scope()))
    if not pattern or _NESTED_REPEAT.search(pattern):
        raise UnsupportedError(pattern)
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise UnsupportedError(pattern) from error


def _regex(scope: Scope, given: list[Node]) -> Value:
    text = as_text(given[0](scope))[:_LONGEST_MATCHED]
    return re.search(as_text(given[1](scope)), text) is not None


def _chosen(value: Value) -> list[str]:
    return re.split(r"[;\s]+", as_text(value).strip("; ")) if as_text(value).strip("; ") else []


def _if(scope: Scope, given: list[Node]) -> Value:
    return given[1](scope) if truth(given[0](scope)) else given[2](scope)


def _coalesce(scope: Scope, given: list[Node]) -> Value:
    first = given[0](scope)
    return given[1](scope) if first == "" else first


def _round(scope: Scope, given: list[Node]) -> Value:
    value, places = number(given[0](scope)), number(given[1](scope)) if len(given) > 1 else 0.0
    if math.isnan(value) or math.isinf(value) or not 0 <= places <= 15:  # noqa: PLR2004  a float's digits
        return math.nan
    factor = 10 ** int(places)
    return float(math.floor(value * factor + 0.5) / factor)  # half up, as XPath rounds


def _int(scope: Scope, given: list[Node]) -> Value:
    value = number(given[0](scope))
    return float(math.trunc(value)) if math.isfinite(value) else math.nan


def _today(scope: Scope, given: list[Node]) -> Value:
    return scope.today.isoformat() if scope.today else ""


def _sum(scope: Scope, given: list[Node]) -> Value:
    return math.fsum(n for n in (number(node(scope)) for node in given) if not math.isnan(n))


def _floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else math.nan


_MANY: Final = 50
FUNCTIONS: Final[dict[str, tuple[int, int, Body]]] = {
    "not": (1, 1, lambda s, a: not truth(a[0](s))),
    "true": (0, 0, lambda s, a: True),
    "false": (0, 0, lambda s, a: False),
    "boolean": (1, 1, lambda s, a: truth(a[0](s))),
    "number": (1, 1, lambda s, a: number(a[0](s))),
    "string": (1, 1, lambda s, a: as_text(a[0](s))),
    "string-length": (1, 1, lambda s, a: float(len(as_text(a[0](s))))),
    "concat": (1, _MANY, lambda s, a: "".join(as_text(node(s)) for node in a)),
    "contains": (2, 2, lambda s, a: as_text(a[1](s)) in as_text(a[0](s))),
    "starts-with": (2, 2, lambda s, a: as_text(a[0](s)).startswith(as_text(a[1](s)))),
    "regex": (2, 2, _regex),
    "selected": (2, 2, lambda s, a: as_text(a[1](s)) in _chosen(a[0](s))),
    "count-selected": (1, 1, lambda s, a: float(len(_chosen(a[0](s))))),
    "if": (3, 3, _if),
    "coalesce": (2, 2, _coalesce),
    "int": (1, 1, _int),
    "round": (1, 2, _round),
    "floor": (1, 1, lambda s, a: _floor(number(a[0](s)))),
    "today": (0, 0, _today),
    "date": (1, 1, lambda s, a: as_text(a[0](s))),
    "sum": (1, _MANY, _sum),
    "count": (1, _MANY, lambda s, a: float(sum(node(s) != "" for node in a))),
    "min": (1, _MANY, lambda s, a: min(number(node(s)) for node in a)),
    "max": (1, _MANY, lambda s, a: max(number(node(s)) for node in a)),
}
