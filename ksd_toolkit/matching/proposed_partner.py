"""What forum and candidate register make of the best partner (MITRA): changes proposed to the office.

The leaf is computed from the office's own cells and is not asked of the TKKSD: what is proposed is
which cell to change, from what, to what, and on which evidence.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.candidates import candidates, partner_keys
from ksd_toolkit.matching.interest import GENERAL, interest
from ksd_toolkit.matching.proposed import Change, Proposed, with_place, word
from ksd_toolkit.messages import say, trimmed
from ksd_toolkit.register import Register

PARTNER: Final = "MITRA"
RATED: Final = ("otoritas", "kompetensi", "sumber_daya", "minat")
"""What the leaf MITRA is the mean of."""
_NOT_APPLICABLE: Final = "TB"


def proposed_partner(register: Register, lang: str) -> Iterator[Proposed]:
    """The best partner (MITRA) with the current interest and what the candidate register knows.

    Only where all four ratings of the best partner are known and the leaf would differ from what the
    office's own cells give. A word about the usulan itself replaces what the office wrote; a general
    word, and the register, only fill what it left blank.
    """
    mitra = register.mitra
    if mitra.empty:
        return
    written, updated, changes = _updated(register, mitra, lang)
    now, then = (_best(rows, mitra["usulan_id"]) for rows in (written, updated))
    means = _means(updated).to_numpy()
    of_usulan = mitra["usulan_id"].to_numpy()
    for (usulan, before), score in zip(now.items(), then.tolist(), strict=True):
        if np.isnan(score) or score == before:
            continue
        mine = np.flatnonzero(of_usulan == usulan)
        best = mine[means[mine] == score][0]
        own = tuple(change for row in mine.tolist() for change in changes.get(row, ()))
        facts = {
            "partner": mitra["mitra_nama"].iloc[best],
            "score": trimmed(score, 2, lang),
            "before": say("inst.none_yet", lang) if np.isnan(before) else trimmed(before, 2, lang),
        }
        evidence = "; ".join(change.evidence for change in own)
        reason = say("inst.mitra", lang, **facts)
        yield Proposed(str(usulan), PARTNER, score, reason, evidence, own)


def best_written(register: Register) -> "pd.Series[float]":
    """The leaf MITRA as the office's own cells give it, by usulan; NaN where no partner is rated in full."""
    mitra = register.mitra
    return _best(mitra[list(RATED)].astype("float64"), mitra["usulan_id"])


def _updated(
    register: Register, mitra: pd.DataFrame, lang: str
) -> tuple[pd.DataFrame, pd.DataFrame, dict[int, list[Change]]]:
    """The ratings as the office wrote them, as evidence would have them, and what differs by row."""
    written = mitra[list(RATED)].astype("float64").reset_index(drop=True)
    updated = written.copy()
    changes: dict[int, list[Change]] = {}
    off = register.tables.states["mitra"][list(RATED)].to_numpy() == _NOT_APPLICABLE
    keys = partner_keys(mitra, register.dossier.region.code)
    known = dict(records(candidates(register).drop_duplicates("key").set_index("key")))
    spoken = interest(register)
    spoken = spoken[spoken["interest"].notna() & (spoken["usulan_id"] != GENERAL)]
    words = {(row["usulan_id"], row["key"]): row for _, row in records(spoken)}
    rows = zip(mitra["usulan_id"], keys, mitra["mitra_nama"], mitra["row_key"], strict=True)
    levels = written.to_numpy()
    for number, (usulan, key, name, row_key) in enumerate(rows):
        for column, field in enumerate(RATED):
            now = float(levels[number, column])
            if off[number, column]:
                continue
            heard = words.get((usulan, key)) if field == "minat" else None
            level, evidence = _evidence(heard, known.get(key), field, now, lang)
            if np.isnan(level) or level == now:
                continue
            updated.at[number, field] = level
            change = Change(usulan, PARTNER, "mitra", row_key, field, name, now, level, evidence)
            changes.setdefault(number, []).append(change)
    return written, updated, changes


def _evidence(
    heard: dict[str, Any] | None, known: dict[str, Any] | None, field: str, now: float, lang: str
) -> tuple[float, str]:
    """What else than the office is known of a rating: a word at a forum, else the register for a blank."""
    if heard is not None and (heard["scope"] == "usulan" or np.isnan(now)):
        return float(heard["interest"]), word(heard, lang)
    if known is None or not np.isnan(now) or pd.isna(known[field]):
        return np.nan, ""
    told = say(
        "inst.registered", lang, field=field, level=trimmed(known[field], 2, lang),
        source=known["sumber"] if isinstance(known["sumber"], str) else "\u2013",
    )  # fmt: skip
    return float(known[field]), with_place(told, known["place"])


def _means(ratings: pd.DataFrame) -> "pd.Series[float]":
    """The mean of each partner rated in full."""
    return ratings.mean(axis=1).where(ratings.notna().all(axis=1))


def _best(ratings: pd.DataFrame, usulan: "pd.Series[str]") -> "pd.Series[float]":
    """The best mean of each usulan."""
    return _means(ratings).groupby(usulan.to_numpy(), sort=False).max()
