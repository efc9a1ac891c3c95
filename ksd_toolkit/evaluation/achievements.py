"""How much of each target was reached, in which class, and why not where it cannot be said."""

from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.evaluation.rules import Band, EvaluationRules

NOT_COMPUTABLE: Final = (
    "target_kosong",
    "realisasi_kosong",
    "target_nol",
    "target_negatif",
    "arah_kosong",
    "di_luar_jangkauan",
)
_PERCENT: Final = 100.0


def achievements_of(capaian: pd.DataFrame, rules: EvaluationRules) -> pd.DataFrame:
    """`capaian` with the share of the target reached and its class.

    Adds `raw_percent` (as computed), `shown_percent` (rounded and held within the display limits),
    `band` and `not_computable` (why there is no percentage; missing where there is one).
    A target of 0 has no percentage; it is never 0 %.
    """
    raw = percent_reached(capaian["target"], capaian["realisasi"], capaian["arah"])
    reason = _reason(capaian, raw)
    raw = raw.where(reason.isna())
    percent = round_half_up(raw, rules.decimals)
    return capaian.assign(
        raw_percent=raw,
        shown_percent=percent.clip(lower=rules.floor_percent, upper=rules.cap_percent),
        band=band_of(percent, rules.bands),
        not_computable=reason,
    )


def percent_reached(target: pd.Series, realisasi: pd.Series, arah: pd.Series) -> pd.Series:
    """Result in percent of target; for `turun` every unit above the target counts against it.

    Source:
        LKjIP Kabupaten Maluku Tengah 2021 for the negative direction:
        (target - (realisasi - target)) / target x 100.
    """
    rising = _PERCENT * realisasi / target
    falling = _PERCENT * (target - (realisasi - target)) / target
    return rising.where(arah != "turun", falling)


def round_half_up(values: pd.Series, decimals: int) -> pd.Series:
    """Rounded as a reader rounds by hand: 90.005 becomes 90.01."""
    scale = 10.0**decimals
    rounded: pd.Series = np.floor(values * scale + 0.5) / scale
    return rounded


def band_of(percent: pd.Series, bands: tuple[Band, ...]) -> pd.Series:
    """The class of each percentage: the first band whose cut point lies below it."""
    bounds = [-np.inf if band.above_percent is None else band.above_percent for band in bands]
    held = [(percent > bound).to_numpy(dtype=bool) for bound in bounds]
    codes = np.select(held, [band.code for band in bands], default="")
    return pd.Series(codes, index=percent.index, dtype="str").where(percent.notna())


def _reason(capaian: pd.DataFrame, raw: pd.Series) -> pd.Series:
    """Why a row has no percentage, the first ground that holds; missing where it has one."""
    target = capaian["target"]
    grounds = (
        target.isna(),
        capaian["realisasi"].isna(),
        target == 0,
        target < 0,
        ~capaian["arah"].isin(["naik", "turun"]),
        ~np.isfinite(raw),
    )
    held = [ground.to_numpy(dtype=bool) for ground in grounds]
    reasons = np.select(held, NOT_COMPUTABLE, default="")
    return pd.Series(reasons, index=capaian.index, dtype="str").where(np.any(held, axis=0))
