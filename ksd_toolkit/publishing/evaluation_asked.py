"""A figure of the evaluation that is to be explained, and how its sentence is put together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Origin
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.monitoring import speaking_rows
from ksd_toolkit.messages import count, date_text, join_words, say, trimmed
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_ids import PrintedFigure
from ksd_toolkit.publishing.figure_origins import Meaning

RESULT: Final = ("no_dok", "periode", "indikator")
"""What names a result."""

Row = tuple[str, str]
"""Table and row key of the register."""

_NAMED: Final = 5
"""Members a sentence names before it says how many more there are."""


class GoneError(LookupError):
    """What a figure tells of is no longer in the register."""


def first_of(frame: pd.DataFrame) -> dict[str, Any]:
    """The only row of a frame.

    Raises:
        GoneError: There is none.
    """
    if frame.empty:
        raise GoneError
    return {str(name): value for name, value in frame.iloc[0].to_dict().items()}


def joined_keys(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """What stands in some columns of each row, joined by `|`."""
    told = frame[list(columns)].astype("str")
    return ["|".join(row) for row in told.itertuples(index=False)]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A figure with its measure, and the review it is explained from.

    `part` is what the measure names after its colon, `subject` what the subject is called.
    """

    figure: PrintedFigure
    meaning: Meaning
    evidence: Evidence

    @property
    def review(self) -> Review:
        """The review of the cooperation."""
        return self.evidence.review

    @property
    def lang(self) -> str:
        """The language of the answer."""
        return self.evidence.lang

    @property
    def part(self) -> str:
        """What the measure names after its colon."""
        return self.meaning.measure.partition(":")[2]

    @property
    def subject(self) -> str:
        """What the subject is called."""
        return self.meaning.subject.partition("/")[2]

    def told(
        self,
        rows: Iterable[Row] = (),
        questions: Collection[str] = (),
        /,
        *,
        code: str = "",
        **facts: object,
    ) -> Computation:
        """The sentence of the measure with its facts, and the answers it rests on.

        Args:
            rows: Rows of the register.
            questions: The answers of these rows that count; all where none is named.
            code: Another sentence of the measure than its first, e.g. `falling`.
            facts: What the sentence asks for; the printed text, the reference date and the
                half-years are there already.
        """
        origin = Origin(self.meaning.measure, self.meaning.subject)
        kind, name = origin.subject.partition("/")[0], origin.measure.partition(":")[0]
        given = {
            "value": self.figure.text,
            "date": date_text(self.review.tanggal_acuan, self.lang),
            "semester": str(self.review.semester),
            "previous": str(self.review.previous),
            "part": self.part,
            **facts,
        }
        sentence = say(f"measure.{kind}.{name}{f'_{code}' if code else ''}", self.lang, **given)
        return Computation(sentence, rows=tuple(rows), questions=tuple(questions))

    def some(self, names: Sequence[str]) -> str:
        """The first names, and how many more there are."""
        if not names:
            return say("trace.none", self.lang)
        if len(names) <= _NAMED + 1:
            return join_words(names, self.lang)
        more = say("trace.more_names", self.lang, n=count(len(names) - _NAMED, self.lang))
        return join_words([*names[:_NAMED], more], self.lang)

    def number(self, value: Any) -> str:
        """A number as an answer has it; a dash for a blank."""
        return "\u2013" if pd.isna(value) else trimmed(float(value), 4, self.lang)

    def results(self, found: pd.DataFrame) -> tuple[Row, ...]:
        """The rows of some results in the table of results.

        Raises:
            GoneError: The register no longer has one of them.
        """
        kept = dict(zip(*self._named_results(), strict=True))
        names = joined_keys(found, RESULT)
        if any(name not in kept for name in names):
            raise GoneError
        return tuple(("capaian", kept[name]) for name in names)

    def _named_results(self) -> tuple[list[str], list[str]]:
        table = self.evidence.register.table("capaian")
        return joined_keys(table, RESULT), [str(key) for key in table["row_key"]]

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

    def documents(self, numbers: Iterable[object]) -> tuple[Row, ...]:
        """The rows of some documents in the table of documents."""
        return tuple(("naskah", str(number)) for number in numbers)

    def usulan(self, names: Iterable[str]) -> tuple[Row, ...]:
        """The rows of usulan written `period/id`; those of this period are known by their id alone."""
        now = f"{self.evidence.register.dossier.period}/"
        return tuple(("usulan", name.removeprefix(now)) for name in names)
