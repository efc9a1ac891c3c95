"""What candidates told at a cooperation forum, flowing back: the newest word on or before the reference date.

What an office wrote in its questionnaire stays as it is; both are shown, and the difference is told.
"""

from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.candidates import folded_name, partner_keys, places
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

FORUM: Final = "forum"
GENERAL: Final = ""
"""The `usulan_id` of an interest that was told for no proposal in particular."""

_PAIR: Final = ["usulan_id", "key"]
_ENTRY: Final = (
    "usulan_id", "key", "mitra_nama", "tanggal", "nama_forum", "hadir", "minat", "sumber", "place",
)  # fmt: skip


def forum_entries(register: Register) -> pd.DataFrame:
    """Every row of `forum.csv`, whether or not it counts, from the earliest to the newest.

    Returns:
        `usulan_id` (blank for a general interest), `key` of the partner, `mitra_nama, tanggal,
        nama_forum, hadir, minat` (1 to 5, NaN where not told), `sumber, place`; `counts`: on or
        before the reference date; `known_partner` and `known_usulan`. Of one day the lower interest
        stands last, so that nothing is taken for more than was told.
    """
    return remembered("forum", None, register, lambda: _entries(register)).copy(deep=False)


def _entries(register: Register) -> pd.DataFrame:
    rows = register.table(FORUM)
    names = _known_names(register)
    reference, home = pd.Timestamp(register.dossier.tanggal_acuan), register.dossier.region.code
    usulan = rows["usulan_id"].fillna(GENERAL).astype("str")
    keys = [_key(written, names, home) for written in rows["mitra_nama"].fillna("")]
    found = rows.assign(
        usulan_id=usulan,
        key=pd.Series(keys, rows.index, dtype="str"),
        minat=rows["minat"].astype("float64"),
        place=places(register, FORUM, rows, "minat"),
    )[list(_ENTRY)]
    found = found.assign(
        counts=(rows["tanggal"] <= reference).to_numpy(),
        known_partner=found["key"].isin(list(names.values())).to_numpy(),
        known_usulan=((usulan == GENERAL) | usulan.isin(register.usulan["usulan_id"])).to_numpy(),
    )
    order = ["tanggal", "minat"]
    return found.sort_values(order, ascending=[True, False], kind="stable").reset_index(drop=True)


def interest(register: Register) -> pd.DataFrame:
    """The current interest of every partner in every proposal it was named for or spoke about.

    A word about a proposal counts for that proposal; a general one where there is none about it. An
    interest told later replaces an earlier one also where it is lower; that it fell is told.

    Returns:
        One row per proposal and partner, first those of the forum: `usulan_id` (blank: in general),
        `key, mitra_nama`; `interest` 1 to 5, NaN where none was told; `scope` (`usulan`, `general`
        or blank); `told_on, nama_forum, source, place` of the word that counts; `previous` and
        `previous_on` of the one before, `fell`, `highest`; `attended` (`ya`, `tidak` or missing);
        `stated` and `stated_attendance` as the office wrote them and `stated_place`; `difference`,
        `interest` less `stated`; `at_forum`, whether the pair itself stands in `forum.csv`;
        `known_partner, known_usulan`.
    """
    return remembered("interest", None, register, lambda: _interest(register)).copy(deep=False)


def _interest(register: Register) -> pd.DataFrame:
    entries = forum_entries(register)
    told = _told(entries[entries["counts"]])
    stated = _stated(register)
    pairs = pd.concat([told[_PAIR], stated[_PAIR]]).drop_duplicates(ignore_index=True)
    general = told[told["usulan_id"] == GENERAL].drop(columns=["usulan_id"])
    own = pairs.merge(told, on=_PAIR, how="left")
    lent = pairs.merge(general, on="key", how="left")
    has_own = own["interest"].notna()
    from_general = ~has_own & lent["interest"].notna() & (pairs["usulan_id"] != GENERAL)
    found = own.where(~from_general, lent.reindex(columns=own.columns)).assign(
        usulan_id=pairs["usulan_id"], key=pairs["key"]
    )
    found["scope"] = np.select(
        [from_general, has_own & (pairs["usulan_id"] != GENERAL), has_own],
        ["general", "usulan", "general"],
        "",
    )
    found["attended"] = own["attended"].fillna(lent["attended"])
    found = found.merge(stated, on=_PAIR, how="left", suffixes=("", "_stated"))
    found["mitra_nama"] = found["mitra_nama"].fillna(found.pop("mitra_nama_stated"))
    found["difference"] = found["interest"] - found["stated"]
    found["fell"] = (found["interest"] < found["previous"]).fillna(value=False).astype(bool)
    names = _known_names(register)
    found["at_forum"] = own["mitra_nama"].notna().to_numpy()
    found["known_partner"] = found["key"].isin(list(names.values()))
    usulan = found["usulan_id"]
    found["known_usulan"] = (usulan == GENERAL) | usulan.isin(register.usulan["usulan_id"])
    return found


def _known_names(register: Register) -> dict[str, str]:
    """The key of every partner by folded name: of the secretariat's register and of the questionnaires."""
    return remembered("partner_names", None, register, lambda: _names(register))


def _names(register: Register) -> dict[str, str]:
    both, home = (register.table("calon_mitra"), register.mitra), register.dossier.region.code
    return {
        folded_name(name): key
        for rows in both
        for name, key in zip(rows["mitra_nama"].fillna(""), partner_keys(rows, home), strict=True)
        if name
    }


def _key(written: str, names: dict[str, str], home: str) -> str:
    """The key of a partner at a forum: one that is known by this name, a region, or the name itself."""
    folded = folded_name(written)
    return names.get(folded) or region_named(written, home) or folded


def _told(entries: pd.DataFrame) -> pd.DataFrame:
    """The word that counts of every proposal and partner, with the one before; entries lie in order."""
    spoken = entries[entries["minat"].notna()]
    grouped = spoken.groupby(_PAIR, sort=False)
    spoken = spoken.assign(
        previous=grouped["minat"].shift(),
        previous_on=grouped["tanggal"].shift(),
        highest=grouped["minat"].cummax(),
    )
    last = spoken.drop_duplicates(_PAIR, keep="last").rename(
        columns={"minat": "interest", "tanggal": "told_on", "sumber": "source"}
    )
    kept = [
        *_PAIR, "interest", "told_on", "nama_forum", "source", "place", "previous", "previous_on",
        "highest",
    ]  # fmt: skip
    met = entries.drop_duplicates(_PAIR)[[*_PAIR, "mitra_nama"]]
    came = entries[entries["hadir"].isin(["ya", "tidak"])].assign(
        attended=lambda rows: rows["hadir"]
    )
    ever = came.sort_values("attended", ascending=False, kind="stable").drop_duplicates(_PAIR)
    attended = ever[[*_PAIR, "attended"]]
    return met.merge(last[kept], on=_PAIR, how="left").merge(attended, on=_PAIR, how="left")


def _stated(register: Register) -> pd.DataFrame:
    """What the offices wrote about the interest of the partners they named."""
    mitra = register.mitra
    return pd.DataFrame(
        {
            "usulan_id": mitra["usulan_id"],
            "key": partner_keys(mitra, register.dossier.region.code),
            "mitra_nama": mitra["mitra_nama"],
            "stated": mitra["minat"].astype("float64"),
            "stated_attendance": mitra["hadir_forum"],
            "stated_place": places(register, "mitra", mitra, "minat"),
        }
    ).drop_duplicates(_PAIR, ignore_index=True)
