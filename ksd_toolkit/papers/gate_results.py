"""Every usulan at the gates, those nobody scored too: result, reasons with their articles, and the remedy."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.messages import language, say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.scoring import derive_types, read_method
from ksd_toolkit.scoring.gates import check_gates, overall
from ksd_toolkit.scoring.jenis import cited, not_ksd_reason
from ksd_toolkit.scoring.method import Gate
from ksd_toolkit.scoring.overview import NOT_KSD

RESULTS: Final = ("pass", "warning", "review", "fail")
"""The verdicts from best to worst."""
_ANY: Final = "*"


@dataclass(frozen=True, slots=True, eq=False)
class GateResults:
    """What the gates say of every usulan of a register.

    `table` has one row per usulan, indexed by `usulan_id` in the register's order: `judul, opd_kode,
    jenis, result` (one of `RESULTS`) and `scored` (whether anybody gave it a score). `verdicts` has one
    row per usulan and gate that did not simply pass: `usulan_id, gate, verdict, row`. `types` are the derived types.
    """

    gates: tuple[Gate, ...]
    table: pd.DataFrame
    verdicts: pd.DataFrame
    types: pd.DataFrame

    def number(self, result: str) -> int:
        """How many usulan have this result."""
        return int((self.table["result"] == result).sum())

    def reasons(self, usulan: str, lang: str) -> list[tuple[str, str]]:
        """Why an usulan did not simply pass, the gravest first, each with what to do about it."""
        mine = self.verdicts[self.verdicts["usulan_id"] == usulan]
        told = sorted(records(mine), key=lambda item: -RESULTS.index(str(item[1]["verdict"])))
        return [(self._reason(usulan, row, lang), remedy(row, lang)) for _, row in told]

    def _reason(self, usulan: str, row: dict[str, Any], lang: str) -> str:
        """What a gate found; why an usulan is no regional cooperation is told by its own rule."""
        gate = next(gate for gate in self.gates if gate.code == row["gate"])
        decided = gate.rows[int(row["row"])]
        reason, article = str(decided[f"reason_{language(lang)}"]), gate.article
        if NOT_KSD in decided["when"].get("jenis", ()):
            [(_, kind)] = records(self.types.loc[[usulan]])
            reason, article = not_ksd_reason(kind, lang)
        return say(
            "mapping_papers.reason", lang, gate=gate.code, article=cited(article, lang), reason=reason
        )  # fmt: skip


def gate_results(case: Case) -> GateResults:
    """The gates of the dossier's method over the whole register; no ranking is needed.

    Raises:
        MethodError: The method or its gates cannot be read.
    """
    register, ranking = case.register, case.ranking
    method = ranking.method if ranking is not None else read_method(case.dossier)
    types = ranking.types if ranking is not None else derive_types(register)
    verdicts = ranking.verdicts if ranking is not None else check_gates(register, types, method)
    usulan = register.usulan.set_index("usulan_id")
    scored = set(register.nilai.loc[register.nilai["skor"].notna(), "usulan_id"])
    table = pd.DataFrame(
        {
            "judul": usulan["judul"],
            "opd_kode": usulan["opd_kode"],
            "jenis": types["jenis"].reindex(usulan.index),
            "result": overall(verdicts, usulan.index),
            "scored": usulan.index.isin(scored),
        },
        index=usulan.index,
    )
    return GateResults(method.gates, table, verdicts, types)


def remedy(row: dict[str, Any], lang: str) -> str:
    """What an office does about a verdict; for a gate of its own, what holds for any gate.

    Source:
        `knowledge/gate_remedies.toml`.
    """
    known = _remedies()
    found = known.get((str(row["gate"]), str(row["verdict"])))
    return str((found or known[_ANY, str(row["verdict"])])[language(lang)])


@cache
def _remedies() -> dict[tuple[str, str], dict[str, str]]:
    source = files("ksd_toolkit.knowledge").joinpath("gate_remedies.toml")
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["remedy"]
    return {(row["gate"], row["outcome"]): row for row in rows}
