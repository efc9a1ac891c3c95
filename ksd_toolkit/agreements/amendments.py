"""An addendum changes the document it names: its end and its value follow, and it is no document of its own."""

from collections.abc import Mapping

import pandas as pd


def amended_roots(naskah: pd.DataFrame) -> Mapping[str, str]:
    """The document at the end of the chain each addendum changes; those in circles and unknown ones left out."""
    kinds = dict(zip(naskah["no_dok"], naskah["jenis_dok"], strict=True))
    targets = _targets(naskah)
    ends = {addendum: _end(addendum, targets) for addendum in targets}
    return {
        addendum: end
        for addendum, end in ends.items()
        if end is not None and end in kinds and kinds[end] == kinds[addendum]
    }


def amending_themselves(naskah: pd.DataFrame) -> frozenset[str]:
    """The addenda whose chain comes back to one it has already passed."""
    targets = _targets(naskah)
    return frozenset(addendum for addendum in targets if _end(addendum, targets) is None)


def _targets(naskah: pd.DataFrame) -> dict[str, str]:
    changes = naskah.dropna(subset=["mengubah_no"])
    return dict(zip(changes["no_dok"], changes["mengubah_no"], strict=True))


def _end(addendum: str, targets: Mapping[str, str]) -> str | None:
    """Where the chain ends; None where it goes round in a circle."""
    at, seen = addendum, {addendum}
    while at in targets:
        at = targets[at]
        if at in seen:
            return None
        seen.add(at)
    return at


def signed_addenda(naskah: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Every addendum signed by `today` with `root`, the document it changes, earliest first."""
    roots = amended_roots(naskah)
    addenda = naskah.assign(root=naskah["no_dok"].map(roots))
    signed = addenda[addenda["root"].notna() & (addenda["tgl_ttd"] <= today)]
    return signed.sort_values(["tgl_ttd", "no_dok"], kind="stable")


def with_amendments(naskah: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """`naskah` as its signed addenda left it: their end and value in the place of the first ones.

    A blank in an addendum changes nothing. Signed addenda leave the table; `amended_by` names them.
    """
    addenda = signed_addenda(naskah, today)
    latest = addenda.groupby("root")[
        ["berakhir", "nilai_rupiah"]
    ].last()  # the last that says something
    names = addenda.groupby("root")["no_dok"].agg("; ".join)
    kept = naskah[~naskah["no_dok"].isin(addenda["no_dok"])].reset_index(drop=True)
    changed = latest.reindex(kept["no_dok"]).reset_index(drop=True)
    return kept.assign(
        berakhir=changed["berakhir"].fillna(kept["berakhir"]).astype("datetime64[ns]"),
        nilai_rupiah=changed["nilai_rupiah"].fillna(kept["nilai_rupiah"]).astype("float64"),
        amended_by=names.reindex(kept["no_dok"]).reset_index(drop=True).astype("str"),
    )
