"""What changed since the period before: who answers now, which usulan go on, and what they say anew."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality.cells import asked_cells
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.response import responses
from ksd_toolkit.register import Register

NEW, CONTINUED, DROPPED, UNKNOWN = "baru", "lanjutan", "tidak_diajukan_lagi", "asal_tidak_dikenal"
MATURITY: Final = ("d1", "d2", "d3", "d4", "d5")


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A period beside the one before.

    `levels`: response as `part`, `whole` now and `part_before`, `whole_before`.
    `usulan`: one row per usulan of either period: `opd_kode, usulan_id, judul, asal, status`, where
    a status is `baru`, `lanjutan` (`usulan_asal` names an usulan of the period before),
    `asal_tidak_dikenal` (it names one nobody sent) or `tidak_diajukan_lagi`.
    `log`: what a continued usulan says otherwise: `usulan_id, asal, field, before, after`.
    `maturity`: by problem `d1`..`d5`: offices that `rose`, `fell`, stayed the `same`, of those that
    answered in both periods.
    """

    period: str
    before: str
    levels: pd.DataFrame
    usulan: pd.DataFrame
    log: pd.DataFrame
    maturity: pd.DataFrame


def change(register: Register, levels: pd.DataFrame) -> Change | None:
    """What changed against the period before; None where there is none.

    Args:
        register: The answers; its `previous` is the period before.
        levels: The response now, as `Response.levels`.
    """
    previous = register.previous
    if previous is None:
        return None
    earlier = responses(previous, asked_cells(previous)).levels
    usulan = carried_over(register.usulan, previous.usulan)
    return Change(
        period=register.dossier.period,
        before=previous.dossier.period,
        levels=levels.join(earlier.add_suffix("_before")),
        usulan=usulan,
        log=_log(register.usulan, previous.usulan, usulan),
        maturity=_maturity(register.opd, previous.opd),
    )


def carried_over(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Every usulan of either period with what became of it."""
    known = set(before["usulan_id"])
    origin = now["usulan_asal"].fillna("").str.strip()
    status = [
        NEW if not name else CONTINUED if name in known else UNKNOWN for name in origin
    ]  # fmt: skip
    here = now[["opd_kode", "usulan_id", "judul"]].assign(asal=origin, status=status)
    gone = before.loc[~before["usulan_id"].isin(set(origin)), ["opd_kode", "usulan_id", "judul"]]
    gone = gone.assign(asal=gone["usulan_id"], status=DROPPED)
    return pd.concat([here, gone], ignore_index=True)


def _log(now: pd.DataFrame, before: pd.DataFrame, usulan: pd.DataFrame) -> pd.DataFrame:
    """Field by field what continued usulan say otherwise; a blank is shown as missing."""
    old, new = before.set_index("usulan_id"), now.set_index("usulan_id")
    fields = [name for name in limits()["change"]["fields"] if name in old and name in new]
    rows: list[tuple[Any, ...]] = []
    for row in usulan[usulan["status"] == CONTINUED].itertuples():
        for name in fields:
            was, is_now = old[name][row.asal], new[name][row.usulan_id]
            if not (pd.isna(was) and pd.isna(is_now)) and was != is_now:
                rows.append((row.usulan_id, row.asal, name, was, is_now))
    return pd.DataFrame(rows, columns=["usulan_id", "asal", "field", "before", "after"])


def _maturity(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Offices that answered in both periods, by which way their level went."""
    levels = (
        frame.set_index("opd_kode")[list(MATURITY)].apply(pd.to_numeric) for frame in (now, before)
    )
    one, two = next(levels), next(levels)
    step = one - two.reindex(one.index)
    return pd.DataFrame(
        {"rose": (step > 0).sum(), "same": (step == 0).sum(), "fell": (step < 0).sum()}
    )
