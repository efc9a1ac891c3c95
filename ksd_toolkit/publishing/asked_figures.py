"""A figure that is to be explained from something counted anew, and how its sentence is put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pandas as pd

from ksd_toolkit.messages import count, date_text, join_words, say, trimmed
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

Row = tuple[str, str]
"""Table and row key of the register."""

_Found = TypeVar("_Found")
_Asked = TypeVar("_Asked", bound="AskedFigure")
_NAMED: Final = 5
"""Members a sentence names before it says how many more there are."""


class GoneError(LookupError):
    """What a figure tells of is no longer there: its paper is older than the data."""


def first_of(frame: pd.DataFrame) -> dict[str, Any]:
    """The only row of a frame.

    Raises:
        GoneError: There is none.
    """
    if frame.empty:
        raise GoneError
    return {str(name): value for name, value in frame.iloc[0].to_dict().items()}


@dataclass(frozen=True, slots=True, eq=False)
class AskedFigure:
    """A figure with its meaning and what it is explained from."""

    figure: PrintedFigure
    meaning: Meaning
    evidence: Evidence

    @property
    def lang(self) -> str:
        """The language of the answer."""
        return self.evidence.lang

    @property
    def measure(self) -> str:
        """What is measured, without what its colon adds."""
        return self.meaning.measure.partition(":")[0]

    @property
    def part(self) -> str:
        """What the measure names after its colon."""
        return self.meaning.measure.partition(":")[2]

    @property
    def kind(self) -> str:
        """The kind of subject."""
        return self.meaning.subject.partition("/")[0]

    @property
    def subject(self) -> str:
        """What the subject is called; `*` for all."""
        return self.meaning.subject.partition("/")[2]

    def given(self) -> Mapping[str, str]:
        """What every sentence may ask for: the printed text, what stands beside it, the reference date."""
        today = self.evidence.register.dossier.tanggal_acuan
        words = self.meaning.words
        return {
            "value": self.figure.text,
            "named": self.meaning.named or self.subject,
            "subject": self.subject,
            "part": self.part,
            "sentence": words[0].strip(" .;") if words else "",
            "date": date_text(today, self.lang),
        }

    def once(self, name: str, find: Callable[[], _Found]) -> _Found:
        """What is looked up once for all figures of a paper, by its name."""
        kept: dict[str, Any] = self.evidence.kept
        if name not in kept:
            kept[name] = find()
        found: _Found = kept[name]
        return found

    def told(
        self,
        rows: Iterable[Row] = (),
        questions: Sequence[str] = (),
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
            facts: What the sentence asks for beside what is always given.
        """
        name = f"measure.{self.kind}.{self.measure}{f'_{code}' if code else ''}"
        sentence = say(name, self.lang, **{**self.given(), **facts})
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


def explained_by(
    figures: Mapping[tuple[str, str], Callable[[_Asked], Computation]],
    asked: Callable[[PrintedFigure, Meaning, Evidence], _Asked],
    figure: PrintedFigure,
    meaning: Meaning,
    evidence: Evidence,
) -> Computation | None:
    """How a figure came about by the table of its topic; None where the topic does not know its measure.

    Args:
        figures: What explains a measure, by kind of subject and measure (without what its colon adds).
        asked: What a figure is made into before it is explained.
        figure: The figure.
        meaning: What it measures, and of what.
        evidence: What it is traced in.
    """
    kind = meaning.subject.partition("/")[0]
    explain = figures.get((kind, meaning.measure.partition(":")[0]))
    if explain is None:
        return None
    try:
        return explain(asked(figure, meaning, evidence))
    except GoneError:  # the paper is older than the register
        return None
