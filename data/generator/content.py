"""The written part of the sample: one proposal a row, as people typed it into `usulan_*.csv`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
NOT_KSD: Final = "BUKAN"
_SYNERGY: Final = {"kl_vertikal", "ptn"}
_ORDERED: Final = {"pengadaan", "kajian_pesanan"}


@dataclass(frozen=True, slots=True)
class Partner:
    """A candidate partner."""

    nama: str
    jenis: str
    kode_wilayah: str
    kontribusi: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: its id, what was written about it and how strong its author found it (1-5)."""

    period: str
    usulan_id: str
    opd_kode: str
    mutu: int
    facts: Mapping[str, str]
    partners: tuple[Partner, ...]

    @property
    def key(self) -> str:
        """What its draws are made for: the same id means another proposal in another period."""
        return f"{self.period}/{self.usulan_id}"

    @property
    def family(self) -> str:
        """Sinergi, KSDPK, KSDD, or no regional cooperation at all: from partners and object only."""
        kinds = {partner.jenis for partner in self.partners}
        if kinds == {"opd_internal"} or self.facts["objek"] in _ORDERED:
            return NOT_KSD
        if kinds <= _SYNERGY:
            return "Sinergi"
        return "KSDD" if kinds == {"pemda"} else "KSDPK"

    @property
    def is_ksd(self) -> bool:
        """Whether it is a regional cooperation."""
        return self.family != NOT_KSD


def read_proposals(period: str, *names: str) -> list[Proposal]:
    """The proposals of a period from these files, in their order."""
    return [_proposal(period, row) for name in names for row in read_rows(name)]


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside this module."""
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _proposal(period: str, row: dict[str, str]) -> Proposal:
    return Proposal(
        period=period,
        usulan_id=f"{row['opd_kode']}-{int(row['no']):02d}",
        opd_kode=row["opd_kode"],
        mutu=int(row["mutu"]),
        facts=row,
        partners=tuple(Partner(*text.split("~")) for text in row["mitra"].split(" | ")),
    )
