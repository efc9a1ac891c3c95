"""What the plenaries and decrees of every period a register knows say about its proposals."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from ksd_toolkit.errors import MethodError, PlenaryError, Problem, Where
from ksd_toolkit.evaluation.determination import DECISIONS, Determinations, no_decisions
from ksd_toolkit.plenary import Outcome, read_plenary, read_record
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types, read_method, score


def periods_of(register: Register) -> Iterator[Register]:
    """The register of the period and of every period before it, the latest first."""
    current: Register | None = register
    while current is not None:
        yield current
        current = current.previous


def determinations_of(register: Register) -> tuple[Determinations, tuple[Problem, ...]]:
    """What was decided in every period; and the plenaries whose record is refused.

    A plenary decides by the dossier's own method, whatever scenario the register is read under.
    """
    frames, meetings, problems = [], dict[str, date](), []
    decrees = dict[str, date]()
    for one in periods_of(register):
        period = one.dossier.period
        if one.dossier.determined_on is not None:
            decrees[period] = one.dossier.determined_on
        try:
            outcome = _outcome(one)
        except (PlenaryError, MethodError):
            where = Where(sheet="usulan")
            problems.append(
                Problem("evaluation.plenary_unread", where, {"period": period}, "warning")
            )
            continue
        if outcome is not None:
            frames.append(_decisions(period, outcome))
            meetings[period] = outcome.minutes.held
    decisions = pd.concat(frames, ignore_index=True) if frames else no_decisions()
    return Determinations(decisions, decrees, meetings), tuple(problems)


def _outcome(register: Register) -> Outcome | None:
    """What the plenary of a period decided; None where none is recorded, and nothing is scored then."""
    dossier = replace(register.dossier, scenario="")
    if read_record(dossier) is None:
        return None
    own = replace(register, dossier=dossier) if register.dossier.scenario else register
    return read_plenary(score(own, read_method(dossier)))


def _decisions(period: str, outcome: Outcome) -> pd.DataFrame:
    table = outcome.table.reset_index()
    return table.assign(periode=period)[list(DECISIONS)].astype("str")


def all_usulan(register: Register) -> pd.DataFrame:
    """The usulan of this period and of every period before it that the register knows.

    Returns:
        Columns `periode, usulan_id, judul, opd_kode, status_usulan, usulan_asal, periode_asal` (the
        period the origin belongs to), `jenis` and `mitra_jenis` (that of the main partner).
    """
    return pd.concat([_usulan(one) for one in periods_of(register)], ignore_index=True)


def _usulan(register: Register) -> pd.DataFrame:
    names = ["usulan_id", "judul", "opd_kode", "status_usulan", "usulan_asal"]
    before = register.previous
    types = derive_types(register).reindex(register.usulan["usulan_id"])
    return register.usulan[names].assign(
        periode=register.dossier.period,
        periode_asal=None if before is None else before.dossier.period,
        jenis=types["jenis"].to_numpy(),
        mitra_jenis=types["partner_kind"].to_numpy(),
    )
