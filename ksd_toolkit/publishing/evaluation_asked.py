"""A figure of the evaluation that is to be explained, with the rows of the register it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.monitoring import speaking_rows
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row

RESULT: Final = ("no_dok", "periode", "indikator")
"""What names a result."""


def result_name(row: Mapping[Any, Any]) -> str:
    """What names a result: document, half-year and indicator."""
    return "|".join(str(row[name]) for name in RESULT)


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
        return self.once("monitoring", self._speaking_rows)

    def _speaking_rows(self) -> pd.DataFrame:
        table, review = self.evidence.register.table("monev"), self.review
        return speaking_rows(table, review.rules, review.semester)

    def speaking(self, number: str) -> tuple[Row, ...]:
        """The row of the latest monitoring that speaks for a document."""
        latest = self.once("speaking", self._latest)
        return (("monev", latest[number]),) if number in latest else ()

    def spoken_in(self, period: str) -> tuple[Row, ...]:
        """The rows of the monitoring that speaks in a half-year."""
        return self.once(f"speaking {period}", lambda: self._spoken_in(period))

    def _spoken_in(self, period: str) -> tuple[Row, ...]:
        rows = self.monitoring
        return tuple(("monev", str(key)) for key in rows.loc[rows["periode"] == period, "row_key"])

    def _latest(self) -> dict[str, str]:
        rows = self.monitoring
        return dict(zip(map(str, rows["no_dok"]), map(str, rows["row_key"]), strict=True))

    def results(self, found: pd.DataFrame) -> tuple[Row, ...]:
        """The rows of some results in the table of results.

        Raises:
            GoneError: The register no longer has one of them.
        """
        return self.results_called(*joined_keys(found, RESULT))

    def results_called(self, *names: str) -> tuple[Row, ...]:
        """The same by what names them, joined by `|`.

        Raises:
            GoneError: The register no longer has one of them.
        """
        kept = self.once("results", self._named_results)
        if any(name not in kept for name in names):
            raise GoneError
        return tuple(("capaian", kept[name]) for name in names)

    def _named_results(self) -> dict[str, str]:
        """The row keys of the table of results by what names a result."""
        table = self.evidence.register.table("capaian")
        return dict(zip(joined_keys(table, RESULT), map(str, table["row_key"]), strict=True))

    def told_results(self) -> dict[str, dict[str, Any]]:
        """Every result that was evaluated, by what names it."""
        found = self.review.achievements
        records = [{str(k): v for k, v in row.items()} for row in found.to_dict("records")]
        return dict(zip(joined_keys(found, RESULT), records, strict=True))

    def documents(self, numbers: Iterable[object]) -> tuple[Row, ...]:
        """The rows of some documents in the table of documents."""
        return tuple(("naskah", str(number)) for number in numbers)

    def usulan(self, names: Iterable[str]) -> tuple[Row, ...]:
        """The rows of usulan written `period/id`; those of this period are known by their id alone."""
        now = f"{self.evidence.register.dossier.period}/"
        return tuple(("usulan", name.removeprefix(now)) for name in names)
