"""Which proposal each document carries out: its own, or else that of the document above it."""

from collections.abc import Mapping

import pandas as pd

from ksd_toolkit.evaluation.determination import Key


def with_proposals(documents: pd.DataFrame) -> pd.DataFrame:
    """`documents` with `usulan_key` (period, id): its own, or else that of the document above it."""
    own = pd.Series(
        [
            (period, usulan) if pd.notna(period) and pd.notna(usulan) else None
            for period, usulan in zip(
                documents["periode_usulan"], documents["usulan_id"], strict=True
            )
        ],
        index=documents.index,
        dtype="object",
    )
    parent = dict(zip(documents["no_dok"], documents["induk_no"], strict=True))
    known = dict(zip(documents["no_dok"], own, strict=True))
    keys = [_inherited(no_dok, parent, known) for no_dok in documents["no_dok"]]
    return documents.assign(usulan_key=pd.Series(keys, index=documents.index, dtype="object"))


def _inherited(
    no_dok: str, parent: Mapping[str, str], known: Mapping[str, Key | None]
) -> Key | None:
    """The proposal of the nearest document upwards; a circle of parents ends the search."""
    seen: set[str] = set()
    while no_dok in known and no_dok not in seen:
        if (key := known[no_dok]) is not None:
            return key
        seen.add(no_dok)
        no_dok = parent[no_dok]
    return None
