"""What a ranking stands on before any weight: answers, types, gates. Read once, ranked many times."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.gates import check_gates, overall
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.kernel import Floats, unit_values
from ksd_toolkit.scoring.leaves import Leaves, read_leaves
from ksd_toolkit.scoring.main_isu import main_isu
from ksd_toolkit.scoring.method import Method

SUPPOSED: Final = "bagaimana bila"
"""The source of an answer a what-if supposed instead of read."""

Answers = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What a register says about its usulan under the criteria and gates of a method.

    Weights, classes, the way values are aggregated and what is shaken play no part in it, so that a
    what-if with other weights reads nothing again. `facts` describes each usulan before any number;
    `gate` is its worst verdict; `asked` the part of the method it was read with.
    """

    register: Register
    types: pd.DataFrame
    verdicts: pd.DataFrame
    gate: "pd.Series[str]"
    leaves: Leaves
    facts: pd.DataFrame
    asked: tuple[object, ...]

    def __repr__(self) -> str:
        return f"Basis({self.register.dossier.name}: {len(self.types)} usulan)"

    def fits(self, method: Method) -> bool:
        """Whether `method` asks the same criteria and gates, whatever they weigh."""
        return self.asked == _asked(method)

    def values(self, method: Method) -> Floats:
        """Leaf values 0 to 1, higher is better, n usulan by m criteria; NaN where unanswered."""
        lows, highs = np.array([criterion.scale for criterion in method.criteria]).T
        rising = np.array([criterion.direction == "+" for criterion in method.criteria])
        return unit_values(self.leaves.answers.to_numpy(), (lows, highs), rising)

    def with_answers(self, answers: Answers, method: Method) -> "Basis":
        """The same basis with some leaf answers supposed otherwise.

        Args:
            answers: By usulan and criterion: a level of the criterion's scale, or None for "unanswered".
            method: Whose scales the answers must lie on.

        Raises:
            MethodError: An usulan or criterion is unknown, or an answer lies beside its scale.
        """
        leaves = self.leaves
        levels, applicable, source = (
            frame.copy(deep=True) for frame in (leaves.answers, leaves.applicable, leaves.source)
        )
        for usulan, changes in answers.items():
            for code, answer in changes.items():
                _check_answer(usulan, code, answer, levels, method)
                levels.at[usulan, code] = np.nan if answer is None else float(answer)
                applicable.at[usulan, code] = True
                source.at[usulan, code] = SUPPOSED
        changed = replace(leaves, answers=levels, applicable=applicable, source=source)
        return replace(self, leaves=changed)


def _check_answer(
    usulan: str, code: str, answer: float | None, levels: pd.DataFrame, method: Method
) -> None:
    if usulan not in levels.index:
        raise MethodError("method.unknown_usulan", usulan=usulan, near="-")
    if code not in levels.columns:
        raise MethodError("method.unknown_criterion", codes=code)
    low, high = method.criterion(code).scale
    known = isinstance(answer, (int, float)) and not isinstance(answer, bool)
    if answer is not None and not (known and low <= answer <= high):
        raise MethodError(
            "method.answer", criterion=code, answer=answer, low=f"{low:g}", high=f"{high:g}"
        )


def read_basis(register: Register, method: Method) -> Basis:
    """Types, gates and leaves of every usulan of a register.

    Raises:
        MethodError: The method weighs something nobody was asked about.
    """
    types = derive_types(register)
    verdicts = check_gates(register, types, method)
    leaves = read_leaves(register, method)
    gate = overall(verdicts, types.index)
    return Basis(
        register=register,
        types=types,
        verdicts=verdicts,
        gate=gate,
        leaves=leaves,
        facts=_describe(register, types, gate, leaves, method),
        asked=_asked(method),
    )


def _asked(method: Method) -> tuple[object, ...]:
    """The settings a basis depends on."""
    criteria = tuple((c.code, c.origin, c.field, c.scale, c.direction) for c in method.criteria)
    return (criteria, method.scale, method.gates, method.strict_gates)


def _describe(
    register: Register, types: pd.DataFrame, gate: "pd.Series[str]", leaves: Leaves, method: Method
) -> pd.DataFrame:
    """What an usulan is, before any number."""
    usulan = register.usulan.set_index("usulan_id")
    scored = [criterion.code for criterion in method.criteria if criterion.origin == "nilai"]
    official = (leaves.source[scored] == "TKKSD").sum(axis=1)
    offices = register.dossier.offices["opd_nama"]
    return pd.DataFrame(
        {
            "judul": usulan["judul"].fillna(usulan.index.to_series()),
            "opd_kode": usulan["opd_kode"],
            "opd_nama": usulan["opd_kode"].map(offices).fillna(usulan["opd_kode"]),
            "isu_utama": main_isu(register),
            "urusan_kode": usulan["urusan_kode"],
            "jenis": types["jenis"],
            "family": types["family"],
            "main_partner": types["main_partner"],
            "gate": gate,
            "tkksd": np.select(
                [official == len(scored), official > 0], ["lengkap", "sebagian"], "belum"
            ),
            "gap": (leaves.opd - leaves.tkksd).mean(axis=1),
        },
        index=types.index,
    )
