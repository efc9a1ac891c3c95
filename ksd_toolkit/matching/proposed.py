"""What is proposed for a leaf, the cells that would change, and evidence as a reader checks it."""

from typing import Any, NamedTuple

from ksd_toolkit.errors import Where
from ksd_toolkit.messages import date_text, say, trimmed


class Change(NamedTuple):
    """A cell of an office that evidence would fill otherwise; NaN where it is blank now."""

    usulan_id: str
    criterion: str
    table: str
    row_key: str
    field: str
    partner: str
    written: float
    proposed: float
    evidence: str


class Proposed(NamedTuple):
    """What a leaf would be by the evidence, why, and the cells that would change."""

    usulan_id: str
    criterion: str
    score: float
    reason: str
    evidence: str
    changes: tuple[Change, ...]


def cells_told(pieces: list[tuple[str, Where]]) -> str:
    """Pieces of evidence with their cells, the file named once: `kewenangan: ya [usulan:F8]; a.xlsx`."""
    told = [f"{piece} {Where('', where.sheet, where.cell)}".strip() for piece, where in pieces]
    return "; ".join([*told, *dict.fromkeys(where.file for _, where in pieces if where.file)])


def with_place(told: str, where: str) -> str:
    """A piece of evidence with the cell it stands in, where a register knows it."""
    return f"{told} ({where})" if where else told


def word(row: dict[str, Any], lang: str) -> str:
    """A word at a forum as evidence: who, how strong, where, when, by which source and cell."""
    told = say(
        "inst.word", lang, partner=row["mitra_nama"], level=trimmed(row["interest"], 2, lang),
        forum=row["nama_forum"], date=date_text(row["told_on"].date(), lang),
        source=row["source"] if isinstance(row["source"], str) else "\u2013",
    )  # fmt: skip
    return with_place(told, row["place"] if isinstance(row["place"], str) else "")
