"""What candidates told at a cooperation forum, flowing back: the newest word on or before the reference date.

What an office wrote in its questionnaire stays as it is; both are shown, and the difference is told.
"""

from collections.abc import Iterable, Iterator
from math import isnan
from typing import Any, Final

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
_STATED: Final = ("stated", "stated_attendance", "stated_place")
_NONE: Final = -1  # no row
_Pair = tuple[str, str]
_Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]
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
    told, stated = _told(entries[entries["counts"]]), _stated(register)
    pairs, own, lent, office = _rows_of(told, stated)
    is_general = np.array([usulan == GENERAL for usulan, _ in pairs], dtype=bool)
    has_own, can_lend = (pd.notna(np.asarray(_taken(told["interest"], at))) for at in (own, lent))
    from_general = ~has_own & can_lend & ~is_general
    came = pd.notna(_taken(told["attended"], own))
    word = np.where(from_general, lent, own)
    found = pd.DataFrame({name: _taken(told[name], word) for name in told.columns}).assign(
        usulan_id=pd.Series([usulan for usulan, _ in pairs], dtype="str"),
        key=pd.Series([key for _, key in pairs], dtype="str"),
        attended=_taken(told["attended"], np.where(came, own, lent)),
        scope=np.select(
            [from_general, has_own & ~is_general, has_own], ["general", "usulan", "general"], ""
        ),
        **{name: _taken(stated[name], office) for name in _STATED},
    )
    written = pd.Series(_taken(stated["mitra_nama"], office), found.index)
    known = found["usulan_id"].isin(register.usulan["usulan_id"]).to_numpy()
    return found.assign(
        mitra_nama=found["mitra_nama"].fillna(written),
        difference=found["interest"] - found["stated"],
        fell=(found["interest"] < found["previous"]).to_numpy(dtype=bool),
        at_forum=pd.notna(_taken(told["mitra_nama"], own)),
        known_partner=found["key"].isin(list(_known_names(register).values())),
        known_usulan=is_general | known,
    )


def _rows_of(
    told: pd.DataFrame, stated: pd.DataFrame
) -> tuple[list[_Pair], _Numbers, _Numbers, _Numbers]:
    """All pairs, and of each the row of its own word, of the general one and of what the office wrote."""
    told_at, stated_at = ({pair: n for n, pair in enumerate(_pairs(one))} for one in (told, stated))
    pairs = list(dict.fromkeys((*told_at, *stated_at)))
    return (
        pairs,
        _numbers(told_at.get(pair, _NONE) for pair in pairs),
        _numbers(told_at.get((GENERAL, key), _NONE) for _, key in pairs),
        _numbers(stated_at.get(pair, _NONE) for pair in pairs),
    )


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
    found = _word_rows(entries)
    met, words, earlier, ever = (
        _numbers(rows[which] for rows in found.values()) for which in range(4)
    )
    highest = _highest(entries)
    return pd.DataFrame(
        {
            **{name: _taken(entries[name], met) for name in (*_PAIR, "mitra_nama")},
            "interest": _taken(entries["minat"], words),
            "told_on": _taken(entries["tanggal"], words),
            "nama_forum": _taken(entries["nama_forum"], words),
            "source": _taken(entries["sumber"], words),
            "place": _taken(entries["place"], words),
            "previous": _taken(entries["minat"], earlier),
            "previous_on": _taken(entries["tanggal"], earlier),
            "highest": np.array([highest.get(pair, np.nan) for pair in found], dtype=np.float64),
            "attended": _taken(entries["hadir"], ever),
        }
    )


def _word_rows(entries: pd.DataFrame) -> dict[_Pair, list[int]]:
    """Of each pair four rows: its first, its last word, the word before, and one that says whether it ever came."""
    found: dict[_Pair, list[int]] = {}
    rows = zip(_pairs(entries), entries["minat"].tolist(), entries["hadir"].tolist(), strict=True)
    for row, (pair, level, present) in enumerate(rows):
        mine = found.setdefault(pair, [row, _NONE, _NONE, _NONE])
        if not isnan(level):
            mine[1:3] = row, mine[1]
        if present == "ya" or (present == "tidak" and mine[3] == _NONE):
            mine[3] = row
    return found


def _highest(entries: pd.DataFrame) -> dict[_Pair, float]:
    """The highest interest each pair ever told."""
    found: dict[_Pair, float] = {}
    for pair, level in zip(_pairs(entries), entries["minat"].tolist(), strict=True):
        if not isnan(level):
            found[pair] = max(level, found.get(pair, level))
    return found


def _pairs(rows: pd.DataFrame) -> Iterator[_Pair]:
    """Proposal and partner of each row."""
    return zip(rows["usulan_id"].tolist(), rows["key"].tolist(), strict=True)


def _numbers(rows: Iterable[int]) -> _Numbers:
    return np.array(list(rows), dtype=np.intp)


def _taken(column: "pd.Series[Any]", rows: _Numbers) -> Any:
    """What a column holds in some rows, missing where the row is -1."""
    return pd.api.extensions.take(column.array, rows, allow_fill=True)


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
