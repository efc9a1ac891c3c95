"""The written part of the sample: one proposal a row, as people typed it into `usulan_*.csv`."""

import csv
from pathlib import Path
from typing import Final

from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.proposal import Partner, Proposal

HERE: Final = Path(__file__).parent
DRAWS: Final = Draws(20260831)


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
