"""How institutions are fitted to proposals: criteria and weights as `knowledge/institutions.toml` states them."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, Self

import numpy as np

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import language
from ksd_toolkit.scoring.kernel import Floats

_WHOLE: Final = 100
_GUARD: Final = 1e-9


@dataclass(frozen=True, slots=True)
class FitCriterion:
    """One thing a candidate is fitted by: `fit` compares it with the proposal, `strength` rates it.

    `weight` is in percent of all criteria.
    """

    code: str
    kind: Literal["fit", "strength"]
    weight: float
    labels: dict[str, str]
    source: str

    def label(self, lang: str = "id") -> str:
        """What it is called."""
        return self.labels[language(lang)]


@dataclass(frozen=True, slots=True)
class FitRules:
    """The criteria in printed order, and when a candidate is listed and ranked.

    `listed_by`: a candidate that shares none of these with a proposal is not proposed for it;
    `ranked_by`: one that shares none of these is listed after the others, without a rank.
    `min_coverage`: share of the weight that must be known for a rank. `rows`: list length.

    Source:
        `knowledge/institutions.toml`, which names the source of every figure.
    """

    criteria: tuple[FitCriterion, ...]
    ranked_by: tuple[str, ...]
    listed_by: tuple[str, ...]
    min_coverage: float
    rows: int
    low: float
    high: float
    decimals: int
    file_sha256: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the rules as they hold, changed weights included."""
        told = f"{self.file_sha256} {[(one.code, one.weight) for one in self.criteria]}"
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def weights(self) -> Floats:
        """The weights in percent, in printed order."""
        return np.array([criterion.weight for criterion in self.criteria], dtype=np.float64)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The codes of the criteria of a kind."""
        return tuple(one.code for one in self.criteria if one.kind == kind)

    def label(self, code: str, lang: str = "id") -> str:
        """What a criterion is called."""
        return next(one.label(lang) for one in self.criteria if one.code == code)

    def reweighed(self, weights: Mapping[str, float]) -> Self:
        """The same rules under other weights; those not named stay, and only their ratios matter.

        Raises:
            MethodError: A criterion is unknown, a weight is no figure from 0 on, or none weighs.
        """
        codes = [one.code for one in self.criteria]
        unknown = [code for code in weights if code not in codes]
        if unknown:
            raise MethodError("inst.criterion", codes=", ".join(unknown), known=", ".join(codes))
        wrong = [code for code, weight in weights.items() if not 0 <= weight < np.inf]
        criteria = tuple(
            replace(one, weight=float(weights.get(one.code, one.weight))) for one in self.criteria
        )
        if wrong or not any(one.weight for one in criteria):
            raise MethodError("inst.weight", codes=", ".join(wrong or codes))
        return replace(self, criteria=criteria)


@cache
def fit_rules() -> FitRules:
    """The rules that ship with the toolkit.

    Raises:
        MethodError: The weights do not sum to 100.
    """
    told = institution_table()
    criteria = tuple(
        FitCriterion(
            row["code"], row["kind"], float(row["weight"]),
            {"id": row["label_id"], "en": row["label_en"]}, row["source"],
        )
        for row in told["criterion"]
    )  # fmt: skip
    total = sum(one.weight for one in criteria)
    if abs(total - _WHOLE) > _GUARD:
        raise MethodError("inst.weights", total=f"{total:g}")
    low, high = told["scale"]
    return FitRules(
        criteria=criteria,
        ranked_by=tuple(told["ranked_by"]),
        listed_by=tuple(told["listed_by"]),
        min_coverage=float(told["min_coverage"]),
        rows=int(told["rows"]),
        low=float(low),
        high=float(high),
        decimals=int(told["decimals"]),
        file_sha256=hashlib.sha256(_text().encode()).hexdigest(),
    )


@cache
def institution_table() -> dict[str, Any]:
    """The knowledge file as it stands."""
    return tomllib.loads(_text())


def _text() -> str:
    return files("ksd_toolkit.knowledge").joinpath("institutions.toml").read_text(encoding="utf-8")
