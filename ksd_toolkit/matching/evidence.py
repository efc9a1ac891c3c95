"""What a known cell stands on, as facts and as a sentence: an indicator with its year, or an answer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ksd_toolkit.matching.indicators import indicators
from ksd_toolkit.matching.percentiles import Standing
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed

if TYPE_CHECKING:
    from ksd_toolkit.matching.profiles import Heard

Origin = Literal["kuesioner", "indikator"]

_MOST = 0.5  # of the others: a region worse than most is called bad in words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence.

    `strength` is the need or capacity, 0 to 1. From an indicator: `raw` is the value as published,
    `share` how many of the `compared` others are better (of a need) or worse (of a capacity), 0 to 1,
    `common_year` the year most of them were taken from, `newest_year` that of the newest figure at hand.
    From a questionnaire: `usulan` and `answers`.
    """

    origin: Origin
    side: str
    strength: float
    indicator: str = ""
    raw: float = 0.0
    unit: str = ""
    year: int = 0
    common_year: int = 0
    newest_year: int = 0
    share: float = 0.0
    compared: int = 0
    source: str = ""
    place: str = ""
    suspect: bool = False
    usulan: tuple[str, ...] = ()
    answers: tuple[tuple[str, float], ...] = ()
    period: str = ""

    @classmethod
    def from_standing(cls, standing: Standing, row: int, side: str) -> "Evidence":
        """What an indicator says of the region in this row."""
        share = (standing.worse_than if side == "need" else standing.better_than)[row]
        return cls(
            origin="indikator",
            side=side,
            strength=float(share),
            indicator=standing.indicator.code,
            raw=float(standing.value[row]),
            unit=str(standing.unit[row]),
            year=int(standing.year[row]),
            common_year=int(standing.common_year[row]),
            newest_year=int(standing.newest_year[row]),
            share=float(share),
            compared=int(standing.compared[row]),
            source=str(standing.source[row]),
            place=str(standing.place[row]),
            suspect=bool(standing.suspect[row]),
        )

    @classmethod
    def from_answers(cls, heard: "Heard", side: str) -> "Evidence":
        """What a questionnaire says."""
        return cls(
            origin="kuesioner",
            side=side,
            strength=float(heard.strength or 0.0),
            usulan=heard.usulan,
            answers=heard.answers,
            period=heard.period,
        )

    def sentence(self, lang: str = "id") -> str:
        """The piece as a reader checks it."""
        if self.origin == "kuesioner":
            told = [f"{code} {trimmed(value, 2, lang)}" for code, value in self.answers]
            facts = {"usulan": join_words(self.usulan, lang), "answers": ", ".join(told)}
            return say("match.evidence_answers", lang, **facts, period=self.period)
        meant = indicators()[self.indicator]
        sentence = say(
            f"match.evidence_{self.side}",
            lang,
            label=meant.label(lang),
            value=self._value(meant.label(lang), lang),
            year=self.year,
            share=percent(100 * self.share, 0, lang),
            compared=count(self.compared, lang),
            source=" ".join(
                part for part in (self.source or "-", f"({self.place})") if part != "()"
            ),
        )
        if self.year != self.common_year:
            sentence += say("match.evidence_other_year", lang, year=self.common_year)
        if self.newest_year > self.year:
            sentence += say("match.evidence_newer", lang, year=self.newest_year)
        return sentence + (say("match.evidence_suspect", lang) if self.suspect else "")

    def _value(self, label: str, lang: str) -> str:
        """The number with its unit, which the label may have named already: an index of 0.4."""
        value, unit = trimmed(self.raw, 2, lang), self._unit(lang)
        named = unit.casefold() in label.casefold().split()
        return value if named or not unit else f"{value} {unit}"

    def _unit(self, lang: str) -> str:
        """The unit as it was brought; in the reader's language where it is the usual one."""
        meant = indicators()[self.indicator]
        usual = {"", meant.unit("id"), meant.unit("en")}
        return meant.unit(lang) if self.unit.strip() in usual else self.unit

    def short(self, lang: str = "id", *, named: bool = False) -> str:
        """The piece in a few words: the share, of how many, and the year; or the strength and the usulan.

        Args:
            lang: Language of the words.
            named: Whether an indicator says its problem first.
        """
        if self.origin == "kuesioner":
            strength = decimal(100 * self.strength, 0, lang)
            names = join_words(self.usulan, lang)
            return say("match.short_answers", lang, strength=strength, usulan=names)
        told = say(
            f"match.short_{self.side}",
            lang,
            share=percent(100 * self.share, 0, lang),
            compared=count(self.compared, lang),
            year=self.year,
        )
        if not named:
            return told
        return f"{self.problem(lang)}, {told}"

    def problem(self, lang: str = "id") -> str:
        """What an indicator says is bad; only its name where most other regions are no better.

        Of two indicators in a cell one may be bad and the other good.
        """
        meant = indicators()[self.indicator]
        if self.side == "need" and self.share >= _MOST:
            return meant.problem(lang)
        label = meant.label(lang)
        return label[:1].lower() + label[1:]
