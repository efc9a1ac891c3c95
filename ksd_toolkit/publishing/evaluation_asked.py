"""A figure of the evaluation that is to be explained, with the rows of the register it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.monitoring import speaking_rows
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row

RESULT: Final = ("no_dok", "periode", "indikator")
"""What names a result."""


def joined_keys(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """What stands in some columns of each row, joined by `|`."""
    told = frame[list(columns)].astype("str")
    return ["|".join(row) for row in told.itertuples(index=False)]


@dataclass(frozen=True, slots=True, eq=False)
class Asked(AskedFigure):
    """A figure with its measure, and the review it is explained from."""

    @property
    def review(self) -> Review:
        """The review of the cooperation."""
        return self.evidence.review

    def given(self) -> Mapping[str, str]:
        """What every sentence may ask for; of the evaluation, the half-years under review, too."""
        periods = {"semester": str(self.review.semester), "previous": str(self.review.previous)}
        return {**AskedFigure.given(self), **periods}

    @property
    def monitoring(self) -> pd.DataFrame:
        """The monitoring that speaks for each document and half-year, with its row keys."""
        kept = self.evidence.frames
        if "monev" not in kept:
            table, review = self.evidence.register.table("monev"), self.review
            kept["monev"] = speaking_rows(table, review.rules, review.semester)
        return kept["monev"]

    def speaking(self, number: str) -> tuple[Row, ...]:
        """The row of the latest monitoring that speaks for a document."""
        rows = self.monitoring
        keys = rows.loc[rows["no_dok"] == number, "row_key"]
        return tuple(("monev", str(key)) for key in keys[-1:])

    def results(self, found: pd.DataFrame) -> tuple[Row, ...]:
        """The rows of some results in the table of results.

        Raises:
            GoneError: The register no longer has one of them.
        """
        table = self.evidence.register.table("capaian")
        names = joined_keys(table, RESULT)
        kept = dict(zip(names, map(str, table["row_key"]), strict=True))
        wanted = joined_keys(found, RESULT)
        if any(name not in kept for name in wanted):
            raise GoneError
        return tuple(("capaian", kept[name]) for name in wanted)

    def documents(self, numbers: Iterable[object]) -> tuple[Row, ...]:
        """The rows of some documents in the table of documents."""
        return tuple(("naskah", str(number)) for number in numbers)

    def usulan(self, names: Iterable[str]) -> tuple[Row, ...]:
        """The rows of usulan written `period/id`; those of this period are known by their id alone."""
        now = f"{self.evidence.register.dossier.period}/"
        return tuple(("usulan", name.removeprefix(now)) for name in names)
