"""The sixteen leaves of the criteria tree: one value from 1 to 5 per usulan, or the reason for none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.questionnaire import Field, form_of
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.leaf_rules import LEAF_RULES, NOT_APPLICABLE, Leaf
from ksd_toolkit.scoring.method import Criterion, Method
from ksd_toolkit.scoring.role_medians import role_medians

_ROLES: Final = ("OPD", "TKKSD")
_Column = tuple[Floats, Booleans, np.ndarray[tuple[int], np.dtype[np.str_]]]
"""Of one criterion the value of every usulan, whether it applies, and whose it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaves:
    """Leaf values of every usulan.

    `answers`: index `usulan_id`, one column per criterion, 1 to 5, missing where not answered.
    `applicable`: same shape, False where the criterion does not apply (`TB`).
    `opd`, `tkksd`: the two roles' medians of the scored leaves. `source`: whose median is official
    (`TKKSD`, `OPD`, `rule`, or empty where there is none).
    """

    answers: pd.DataFrame
    applicable: pd.DataFrame
    opd: pd.DataFrame
    tkksd: pd.DataFrame
    source: pd.DataFrame


def read_leaves(register: Register, method: Method) -> Leaves:
    """The leaves of every usulan of a register, in the order of the method's criteria.

    Raises:
        MethodError: The method weighs a criterion nobody was asked about.
    """
    scored = [criterion.code for criterion in method.criteria if criterion.origin == "nilai"]
    _asked(register, method, scored)
    usulan = register.usulan.set_index("usulan_id")
    opd, tkksd = (role_medians(register, role, usulan.index, scored) for role in _ROLES)
    official = dict(zip(scored, _official(opd, tkksd), strict=True))
    told = [
        official.get(criterion.code) or _unscored(register, usulan, criterion)
        for criterion in method.criteria
    ]
    codes = [criterion.code for criterion in method.criteria]
    values, applicable, source = (np.column_stack(part) for part in zip(*told, strict=True))
    return Leaves(
        answers=pd.DataFrame(values, usulan.index, codes),
        applicable=pd.DataFrame(applicable, usulan.index, codes),
        opd=pd.DataFrame(opd[0], usulan.index, scored),
        tkksd=pd.DataFrame(tkksd[0], usulan.index, scored),
        source=pd.DataFrame(source.astype(object), usulan.index, codes, dtype="str"),
    )


def _official(opd: Leaf, tkksd: Leaf) -> Iterator[_Column]:
    """Of each scored criterion what counts: what the TKKSD said, else what the offices did."""
    (own, own_off), (heard, heard_off) = opd, tkksd
    by_tkksd = ~np.isnan(heard) | heard_off
    whose = np.where(by_tkksd, "TKKSD", np.where(np.isnan(own), "", "OPD"))
    value, off = np.where(by_tkksd, heard, own), np.where(by_tkksd, heard_off, own_off)
    return zip(value.T, ~off.T, whose.T, strict=True)


def _unscored(register: Register, usulan: pd.DataFrame, criterion: Criterion) -> _Column:
    """A criterion answered in the usulan itself, or made of it by a rule."""
    states = register.tables.states["usulan"]
    if criterion.origin == "usulan":
        value = usulan[criterion.field].to_numpy(dtype=np.float64)
        applies = states[criterion.field].to_numpy() != NOT_APPLICABLE
    else:
        value, applies = LEAF_RULES[criterion.code](register, usulan, states)
    return value, applies, np.where(np.isnan(value), "", "rule")


def _asked(register: Register, method: Method, scored: list[str]) -> None:
    """What the questionnaire does not ask cannot carry weight; what nobody answered lowers coverage."""
    from_rule = [c.code for c in method.criteria if c.origin == "rule" and c.code not in LEAF_RULES]
    from_field = [
        c.code for c in method.criteria if c.origin == "usulan" and c.field not in register.usulan
    ]
    question = form_of(register.dossier).table("nilai").field("kriteria_kode")
    asked = {choice.code for choice in question.choices}
    never = [code for code in scored if method.weights[code] > 0 and code not in asked]
    if missing := [*from_rule, *from_field, *never]:
        raise MethodError("method.never_asked", codes=", ".join(missing))
    table = form_of(register.dossier).table("usulan")
    unfit = [
        c.code
        for c in method.criteria
        if c.origin == "usulan" and not _is_scale(table.field(c.field), c.scale)
    ]
    if unfit:
        low, high = method.criterion(unfit[0]).scale
        codes = ", ".join(unfit)
        raise MethodError("method.no_scale", codes=codes, low=f"{low:g}", high=f"{high:g}")


def _is_scale(question: Field, scale: tuple[float, float]) -> bool:
    """Whether every answer of a question is a level of the method's scale, or none (TT, TB)."""
    low, high = scale
    levels = [choice.code for choice in question.choices if choice.code not in {"TT", "TB"}]
    if levels:
        return all(code.isdigit() and low <= int(code) <= high for code in levels)
    rule = question.rule if question.type == "integer" else None
    return rule is not None and not any(rule.holds(beyond) for beyond in (low - 1, high + 1))
