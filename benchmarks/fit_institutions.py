"""Fitting 500 candidate partners to 2,000 usulan: ours, and a pandas cross join beside it.

    python benchmarks/fit_institutions.py [--usulan 2000] [--candidates 500] [--peer]

Ours is timed whole, from the tables of the register to the printed list with its reasons. The peer
is the same additive score as one would write it in pandas: a cross join, an `apply` a pair. It is
timed on fewer usulan and scaled, which the line says; its points must be ours.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.matching.institution_rules import FitRules, fit_rules
from ksd_toolkit.matching.institutions import InstitutionMatches, match_institutions
from ksd_toolkit.register import Register
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import proposal_of

_SEED = 20260831
_PEER_USULAN = 20
_RUNS = 5
_AFFAIRS = ("1.01", "1.02", "1.03", "1.06", "2.11", "2.15", "3.26", "3.27")
_ISSUES = tuple(f"ISU-{letter}" for letter in "ABCDEFGH")
_OUTPUTS = ("layanan", "infrastruktur", "barang_jasa", "pad")
_KINDS = ("ptn", "kl_vertikal", "bumn", "bumd", "badan_usaha", "koperasi", "ormas", "lembaga_ln")
_RATINGS = ("otoritas", "kompetensi", "sumber_daya", "minat", "rekam_jejak")


def case(usulan: int, candidates: int) -> Register:
    """Usulan and candidates at random, every sixth answer of a candidate blank."""
    draw = np.random.default_rng(_SEED)

    def some(codes: tuple[str, ...], most: int) -> str:
        return ";".join(draw.choice(codes, draw.integers(1, most + 1), replace=False))

    asked = [
        proposal_of(
            f"DINKES-{number:04d}", urusan_kode=str(draw.choice(_AFFAIRS)), isu=some(_ISSUES, 3),
            output_dituju=some(_OUTPUTS, 2), partners=(),
        )
        for number in range(usulan)
    ]  # fmt: skip
    known = [
        {
            "mitra_nama": f"Lembaga {number} (contoh)", "mitra_jenis": str(draw.choice(_KINDS)),
            "urusan": some(_AFFAIRS, 4), "isu": some(_ISSUES, 4), "output": some(_OUTPUTS, 3),
            **{name: draw.choice([None, 1, 2, 3, 4, 5]) for name in _RATINGS},
        }
        for number in range(candidates)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        return register_with(dossier_at(Path(home)), *asked, candidates=known)


def with_pandas(found: InstitutionMatches, rules: FitRules) -> pd.DataFrame:
    """As one would write it: every pair a row, every row a call."""
    asked = found.usulan.head(_PEER_USULAN)[["urusan_kode", "isu", "output_dituju"]]
    pairs = asked.reset_index().merge(found.candidates, how="cross", suffixes=("", "_offered"))
    pairs["points"] = pairs.apply(_points, axis=1, rules=rules)
    return pairs.pivot(index="usulan_id", columns="key", values="points")  # noqa: PD010


def _points(pair: "pd.Series[object]", rules: FitRules) -> float:
    gained, answered = 0.0, 0.0
    fits = {
        "urusan": ("urusan_kode", "urusan"),
        "isu": ("isu", "isu_offered"),
        "output": ("output_dituju", "output"),
    }
    for criterion in rules.criteria:
        if criterion.kind == "fit":
            asked, offered = (str(pair[name]).split(";") for name in fits[criterion.code])
            value = sum(code in offered for code in asked) / len(asked)
        elif pd.isna(pair[criterion.code]):
            continue
        else:
            value = (float(pair[criterion.code]) - rules.low) / (rules.high - rules.low)
        gained += criterion.weight * value
        answered += criterion.weight
    return 100 * gained / answered


def main() -> None:
    """Print the time of ours, of the peer, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--usulan", type=int, default=2000)
    parser.add_argument("--candidates", type=int, default=500)
    parser.add_argument("--peer", action="store_true")
    told = parser.parse_args()
    register = case(told.usulan, told.candidates)
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        found = match_institutions(register)
        times.append(time.perf_counter() - started)
    ours = min(times)
    pairs = told.usulan * told.candidates
    print(f"ours    {ours:8.3f} s  {pairs:,} pairs, list of {len(found.table):,} rows")
    if told.peer:
        started = time.perf_counter()
        peer = with_pandas(found, fit_rules())
        scale = told.usulan / min(_PEER_USULAN, told.usulan)
        taken = (time.perf_counter() - started) * scale
        ours_first = pd.DataFrame(
            found.fit.points[:_PEER_USULAN], peer.index, found.candidates["key"]
        )
        gap = float((peer - ours_first[peer.columns]).abs().max().max())
        print(
            f"pandas  {taken:8.3f} s  {_PEER_USULAN} usulan, scaled; largest difference {gap:.3f} (rounding)"
        )
        print(f"ratio   {taken / ours:8.0f}")


if __name__ == "__main__":
    main()
