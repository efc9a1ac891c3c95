"""The review of all cooperation on a reference date: frames, reasons and one sentence per document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.evaluation.criterion_words import criterion_sentence
from ksd_toolkit.evaluation.follow_through import FollowThrough
from ksd_toolkit.evaluation.journey_sentence import journey_sentence
from ksd_toolkit.evaluation.recommendations import reason_sentence
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, say


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """What became of the cooperation up to `tanggal_acuan`; the half-year under review and the one before.

    Every frame is handed out as a copy: changing it never changes the review.
    """

    tanggal_acuan: date
    semester: Semester
    previous: Semester
    rules: EvaluationRules = field(repr=False)
    findings: tuple[Problem, ...] = field(repr=False)
    _frames: Mapping[str, pd.DataFrame] = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"Review(tanggal_acuan={self.tanggal_acuan.isoformat()}, semester={self.semester}, "
            f"documents={len(self.documents)}, findings={len(self.findings)})"
        )

    @property
    def documents(self) -> pd.DataFrame:
        """The documents, with `effective_status, days_left, window_days, is_signed`."""
        return self._frame("documents")

    @property
    def achievements(self) -> pd.DataFrame:
        """The indicators, with `raw_percent, shown_percent, band, not_computable`."""
        return self._frame("achievements")

    @property
    def profile(self) -> pd.DataFrame:
        """The answers to the eleven questions per half-year, question and option."""
        return self._frame("profile")

    @property
    def follow_through(self) -> pd.DataFrame:
        """How many determined proposals reached each step."""
        return self._frame("follow_through")

    @property
    def cases(self) -> pd.DataFrame:
        """Every determined proposal with the step it reached and the one it misses."""
        return self._frame("cases")

    @property
    def journeys(self) -> pd.DataFrame:
        """Every proposal of every period: what was decided, how far it came, open or stopped."""
        return self._frame("journeys")

    @property
    def milestones(self) -> pd.DataFrame:
        """Every step a determined proposal took, with its day, document and days since determination."""
        return self._frame("milestones")

    @property
    def funnel(self) -> pd.DataFrame:
        """How many proposals of each period came to each step and took it."""
        return self._frame("funnel")

    @property
    def waiting_times(self) -> pd.DataFrame:
        """How long each step took since the determination, open cases counted as open."""
        return self._frame("waiting_times")

    @property
    def waiting_curves(self) -> pd.DataFrame:
        """The share still waiting for each step after each number of days (Kaplan-Meier)."""
        return self._frame("waiting_curves")

    @property
    def groups(self) -> pd.DataFrame:
        """Determined proposals of each period by office, type of cooperation and kind of partner."""
        return self._frame("groups")

    @property
    def stops(self) -> pd.DataFrame:
        """Every proposal that stopped, with the ground."""
        return self._frame("stops")

    @property
    def recommendations(self) -> pd.DataFrame:
        """Every document with its recommendation and the row of the decision table that gave it."""
        return self._frame("recommendations")

    @property
    def follow_ups(self) -> pd.DataFrame:
        """Who must do what by when, earliest first."""
        return self._frame("follow_ups")

    @property
    def views(self) -> pd.DataFrame:
        """The answers of every assessor side by side, per document and question of the half-year."""
        return self._frame("views")

    @property
    def missing_views(self) -> pd.DataFrame:
        """The documents of the half-year that lack the view of an assessor."""
        return self._frame("missing_views")

    @property
    def criteria(self) -> pd.DataFrame:
        """The six DAC and the six Dunn criteria of every monitored document."""
        return self._frame("criteria")

    @property
    def criterion_sources(self) -> pd.DataFrame:
        """What every source of the criteria says of each monitored document."""
        return self._frame("criterion_sources")

    @property
    def criteria_totals(self) -> pd.DataFrame:
        """Every criterion over all monitored documents."""
        return self._frame("criteria_totals")

    @property
    def money(self) -> pd.DataFrame:
        """Budget, spending, revenue and goods of the documents assessed in the half-year."""
        return self._frame("money")

    @property
    def benefits(self) -> pd.DataFrame:
        """Promise beside receipt for each side of every document that carries work."""
        return self._frame("benefits")

    @property
    def obstacles(self) -> pd.DataFrame:
        """What hindered in the half-year, as it was told."""
        return self._frame("obstacles")

    @property
    def all_follow_ups(self) -> pd.DataFrame:
        """Every follow-up of all half-years with what became of it."""
        return self._frame("all_follow_ups")

    @property
    def open_follow_ups(self) -> pd.DataFrame:
        """The follow-ups of all half-years that nobody closed."""
        return self._frame("open_follow_ups")

    @property
    def monitoring_calendar(self) -> pd.DataFrame:
        """Which documents were due and which monitored, half-year by half-year."""
        return self._frame("monitoring_calendar")

    @property
    def monev_gaps(self) -> pd.DataFrame:
        """The documents that were due in a half-year and not monitored."""
        return self._frame("monev_gaps")

    @property
    def umbrellas(self) -> pd.DataFrame:
        """One line per umbrella, derived from what carries it out."""
        return self._frame("umbrellas")

    @property
    def postponed(self) -> pd.DataFrame:
        """What the period before postponed, and what became of it this period."""
        return self._frame("postponed")

    def explain_criterion(self, no_dok: str, criterion: str, lang: str = "id") -> str:
        """How a document stands in a criterion such as `dac.relevansi`, and on which answers that rests.

        Raises:
            InputError: The document was not monitored, or there is no such criterion.
        """
        criteria, sources = self._frames["criteria"], self._frames["criterion_sources"]
        return criterion_sentence(criteria, sources, no_dok, criterion, lang)

    @property
    def deliveries(self) -> pd.DataFrame:
        """What each signed document promised and what its latest monitoring reports."""
        return self._frame("deliveries")

    def reason(self, recommendation: Mapping[Any, Any], lang: str = "id") -> str:
        """Why a row of `recommendations` says what it says."""
        return reason_sentence(recommendation, self.rules, lang)

    def explain(self, no_dok: str, lang: str = "id") -> str:
        """One sentence on a document: what it is today, what is recommended and why.

        Raises:
            InputError: There is no such document.
        """
        documents = self.documents
        found = documents[documents["no_dok"] == no_dok]
        if found.empty:
            raise InputError("evaluation.unknown_document", no_dok=no_dok)
        document = found.to_dict("records")[0]
        advice = self.recommendations.loc[found.index[0]].to_dict()
        verdict = "none" if pd.isna(advice["recommendation"]) else advice["recommendation"]
        return say(
            "evaluation.explain.sentence",
            lang,
            no_dok=no_dok,
            judul=document["judul"],
            status=status_phrase(document, lang),
            verdict=mid_sentence(say(f"evaluation.recommendation.{verdict}", lang)),
            reason=self.reason(advice, lang),
        )

    def explain_usulan(self, periode: str, usulan_id: str, lang: str = "id") -> str:
        """What became of a proposal, in a few sentences.

        Raises:
            InputError: There is no such proposal.
        """
        journeys, stops = self.journeys, self.stops
        mine = journeys[(journeys["periode"] == periode) & (journeys["usulan_id"] == usulan_id)]
        if mine.empty:
            raise InputError("follow_through.unknown_usulan", usulan=f"{periode}/{usulan_id}")
        stop = stops[(stops["periode"] == periode) & (stops["usulan_id"] == usulan_id)]
        row, found = mine.to_dict("records")[0], FollowThrough(journeys, self.milestones)
        return journey_sentence(row, next(iter(stop.to_dict("records")), None), found, lang)

    def _frame(self, name: str) -> pd.DataFrame:
        return self._frames[name].copy(deep=False)


def status_phrase(document: Mapping[Any, Any], lang: str = "id") -> str:
    """The status of a document in words, with its end and the days left while it runs."""
    status = document["effective_status"]
    name = mid_sentence(say(f"evaluation.status.{status}", lang))
    if status not in RUNNING or pd.isna(document["berakhir"]):
        return name
    until, left = date_text(document["berakhir"].date(), lang), count(document["days_left"], lang)
    return say("evaluation.explain.until", lang, status=name, date=until, days=left)
