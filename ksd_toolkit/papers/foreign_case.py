"""The documents with partners abroad that a year's report is about, with what the register holds on each."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Runs, told
from ksd_toolkit.evaluation import Review, review
from ksd_toolkit.evaluation.monitoring import speaking_rows
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.register import Register
from ksd_toolkit.tables.cells import text_or_dash

FOREIGN: Final = ("KSDPL", "KSDLL")
"""The types of cooperation with partners abroad."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A row of the register that a report quotes: its number, its answers, and what names it in a trace."""

    number: str
    row: dict[str, Any]
    subject: str

    def has(self, field: str) -> bool:
        """Whether the question was answered."""
        return field in self.row and not pd.isna(self.row[field])

    def text(self, field: str) -> str:
        """The answer as it was written; a dash where there is none."""
        return text_or_dash(self.row.get(field))


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """What a report on a year's cooperation abroad is made from.

    `documents` are those in force on a day of the year up to `until`, or with a stage dated in it.
    """

    case: Case
    review: Review
    year: int
    until: pd.Timestamp
    is_over: bool
    documents: tuple[Told, ...]

    def sentence(self, code: str, **facts: object) -> Runs:
        """A sentence of the report."""
        return told(f"foreign.{code}", self.case.lang, **facts)

    def office(self, code: object) -> str:
        """The name of an office; its code where the dossier lists no such office."""
        return text_or_dash(self.case.dossier.offices["opd_nama"].get(code, code))

    def monitoring(self, one: Told) -> pd.DataFrame:
        """The monitoring that speaks for a document in each half-year of the year, with its row keys."""
        rows = speaking_rows(
            self.case.register.table("monev"), self.review.rules, self.review.semester
        )
        return self._of_year(rows, one)

    def results(self, one: Told) -> pd.DataFrame:
        """The results of a document in the year, with their percentages."""
        return self._of_year(self.review.achievements, one)

    def stages(self, one: Told) -> pd.DataFrame:
        """The dated stages of a document up to the end of the report, the earliest first."""
        rows = self.case.register.table("tahapan")
        mine = rows[(rows["no_dok"] == one.number) & (rows["tanggal"] <= self.until)]
        return mine.sort_values("tanggal", kind="stable")

    def advice(self, one: Told) -> dict[Any, Any] | None:
        """What is recommended for a document and why; None where the review has nothing on it."""
        given = self.review.recommendations
        mine = given[given["no_dok"] == one.number]
        return None if mine.empty else mine.iloc[0].to_dict()

    def usulan_of(self, one: Told) -> Told | None:
        """The proposal a document came from, in its own period; None where none is known."""
        wanted, period = one.row.get("usulan_id"), one.row.get("periode_usulan")
        register: Register | None = self.case.register
        while register is not None and not pd.isna(wanted):
            held = register.usulan[register.usulan["usulan_id"] == wanted]
            if len(held) and (pd.isna(period) or register.dossier.period == period):
                row = dict(records(held.set_index("usulan_id", drop=False)))[str(wanted)]
                return Told(str(wanted), row, f"baris/{_called(self.case, register)}{wanted}")
            register = register.previous
        return None

    def _of_year(self, rows: pd.DataFrame, one: Told) -> pd.DataFrame:
        of_year = rows["periode"].astype("str").str.startswith(f"{self.year}-")
        return rows[(rows["no_dok"] == one.number) & of_year]


def foreign_of(case: Case) -> Foreign:
    """The documents abroad of the year of the dossier's period, as they stand on its reference date.

    Source:
        Permendagri 25/2020 Pasal 35 (the report of a year is due in the first week of January).
    """
    year, today = int(case.dossier.period[:4]), pd.Timestamp(case.dossier.tanggal_acuan)
    first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    until = min(today, last)
    held = review(case.register)
    documents = held.documents
    abroad = documents[documents["jenis_ksd"].isin(FOREIGN)]
    stages = case.register.table("tahapan")
    dated = stages[(stages["tanggal"] >= first) & (stages["tanggal"] <= until)]
    begun = abroad["mulai"].fillna(abroad["tgl_ttd"])
    runs_then = (abroad["is_signed"] & (begun <= until) & ~(abroad["berakhir"] < first)) | abroad[
        "no_dok"
    ].isin(dated["no_dok"])
    chosen = abroad[runs_then.astype(bool)].sort_values("no_dok", kind="stable")
    told_of = tuple(
        Told(str(row["no_dok"]), row, f"baris/naskah|{row['no_dok']}") for _, row in records(chosen)
    )
    return Foreign(case, held, year, until, today > last, told_of)


def _called(case: Case, register: Register) -> str:
    """How a row of usulan begins in a trace: those of an earlier period are named with it."""
    same = register.dossier.period == case.dossier.period
    return "usulan|" if same else f"usulan|{register.dossier.period}/"
