"""The review of all cooperation on a reference date: frames, reasons and one sentence per document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.agreements.result import Agreements, agreements_of
from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.evaluation.achievements import achievements_of
from ksd_toolkit.evaluation.criterion_words import criterion_sentence
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.evaluation.earlier import Earlier
from ksd_toolkit.evaluation.findings import Case, findings_of
from ksd_toolkit.evaluation.follow_rules import FollowRules, read_follow_rules
from ksd_toolkit.evaluation.follow_through import FollowThrough, follow
from ksd_toolkit.evaluation.funnel import funnel_of, groups_of
from ksd_toolkit.evaluation.journey_sentence import journey_sentence
from ksd_toolkit.evaluation.monitoring import (
    deliveries_of,
    follow_ups_of,
    latest_rows,
    profile_of,
    speaking_rows,
)
from ksd_toolkit.evaluation.periodic import Monitored, periodic_frames
from ksd_toolkit.evaluation.recommendations import reason_sentence, recommendations_of
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, last_ended, semester_or_none
from ksd_toolkit.evaluation.short_list import cases_of, steps_of
from ksd_toolkit.evaluation.stopped import stops_of
from ksd_toolkit.evaluation.time_to_step import waiting_times
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
        return criterion_sentence(self.criteria, self.criterion_sources, no_dok, criterion, lang)

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
    return say(
        "evaluation.explain.until",
        lang,
        status=name,
        date=date_text(document["berakhir"].date(), lang),
        days=count(document["days_left"], lang),
    )


def evaluate(  # noqa: PLR0913, PLR0917  five tables, the rules and a date
    naskah: pd.DataFrame,
    tahapan: pd.DataFrame,
    monev: pd.DataFrame,
    capaian: pd.DataFrame,
    usulan: pd.DataFrame,
    rules: EvaluationRules,
    tanggal_acuan: date,
    earlier: Earlier | None = None,
    told: Determinations | None = None,
    standing: Agreements | None = None,
) -> Review:
    """Review all cooperation as it stands on `tanggal_acuan`; the clock is never asked.

    The half-year under review is the last one that is over on that day. Monitoring of a half-year
    that is not over yet is reported as such and left out.

    Args:
        naskah: One row per document, columns as in the form `evaluasi`.
        tahapan: The dated stages of each document.
        monev: One row per document, half-year and assessor.
        capaian: One row per document, half-year and indicator.
        usulan: The proposals of all periods: `periode, usulan_id, judul, opd_kode, status_usulan` and,
            where known, `usulan_asal, periode_asal, jenis, mitra_jenis`.
        rules: What the evaluation decides by.
        tanggal_acuan: The reference date.
        earlier: What earlier periods carry over; nothing where it is not given.
        told: What plenaries decided, and when lists were determined; nothing where it is not given.
        standing: The agreements of these documents and stages on that day; read here, without holidays, unless given.

    Raises:
        KeyError: A table lacks a column of the form.

    Source:
        Seed: "Melaksanakan Evaluasi Kerja Sama Daerah secara periodik"; Permendagri 25/2020 Pasal 37.
    """
    today, semester = pd.Timestamp(tanggal_acuan), last_ended(tanggal_acuan)
    earlier = earlier or Earlier()
    monev, capaian = conformed(earlier.with_older(monev), "monev"), conformed(capaian, "capaian")
    tahapan, usulan = conformed(tahapan, "tahapan"), conformed(usulan, "usulan")
    if standing is None:
        standing = agreements_of(naskah, tahapan, read_agreement_rules(), tanggal_acuan)
    semesters = (semester, semester.previous())
    case = Case(
        naskah["no_dok"], standing.documents, tahapan, monev, capaian, usulan,
        speaking_rows(monev, rules, semester), rules, today, semesters,
    )  # fmt: skip
    findings = standing.findings + findings_of(case)
    frames = _frames(case, told or Determinations())
    frames |= _periodic(case, frames, findings, earlier)
    return Review(tanggal_acuan, *semesters, rules, findings, frames)


def _frames(case: Case, told: Determinations) -> dict[str, pd.DataFrame]:
    """What became of documents and proposals."""
    documents, rules, latest = case.documents, case.rules, latest_rows(case.speaking)
    achievements = achievements_of(_up_to(case.capaian, case.semesters[0]), rules)
    counting = read_follow_rules()
    followed = follow(
        case.usulan, documents, case.tahapan, case.speaking, told, rules, counting, case.today
    )
    cases = cases_of(followed, rules)
    return {
        "documents": documents,
        "achievements": achievements,
        "profile": profile_of(case.speaking, rules, case.semesters),
        "follow_through": steps_of(cases, rules),
        "cases": cases,
        **_followed(followed, rules, counting, case.today),
        "recommendations": recommendations_of(documents, latest, achievements, rules),
        "deliveries": deliveries_of(documents, latest),
    }


def _periodic(
    case: Case, frames: Mapping[str, pd.DataFrame], findings: tuple[Problem, ...], earlier: Earlier
) -> dict[str, pd.DataFrame]:
    """The periodic evaluation of the half-year under review, and the follow-ups it carries over."""
    found = periodic_frames(
        Monitored(
            case.documents, case.monev, case.speaking, frames["achievements"],
            frames["recommendations"], findings, earlier, case.rules, case.semesters[0], case.today,
        )
    )  # fmt: skip
    return found | {
        "follow_ups": follow_ups_of(case.documents, found["open_follow_ups"], case.today)
    }


def _up_to(capaian: pd.DataFrame, semester: Semester) -> pd.DataFrame:
    """The rows of half-years that are over."""
    semesters = capaian["periode"].map(semester_or_none)
    ended = semesters.map(lambda found: found is not None and found <= semester).astype(bool)
    return capaian[ended].reset_index(drop=True)


def _followed(
    found: FollowThrough, rules: EvaluationRules, counting: FollowRules, today: pd.Timestamp
) -> dict[str, pd.DataFrame]:
    """What the journeys of proposals add up to."""
    times, curves = waiting_times(found, rules, counting, today)
    return {
        "journeys": found.journeys,
        "milestones": found.milestones,
        "funnel": funnel_of(found.journeys, rules, counting),
        "waiting_times": times,
        "waiting_curves": curves,
        "groups": groups_of(found.journeys, rules, counting),
        "stops": stops_of(found.journeys),
    }
