"""The review of all cooperation on a reference date: frames, reasons and one sentence per document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.evaluation.achievements import achievements_of
from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.documents import RUNNING, documents_on
from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.evaluation.findings import Case, findings_of
from ksd_toolkit.evaluation.follow_through import cases_of, steps_of
from ksd_toolkit.evaluation.monitoring import (
    deliveries_of,
    follow_ups_of,
    latest_rows,
    profile_of,
    speaking_rows,
)
from ksd_toolkit.evaluation.recommendations import reason_sentence, recommendations_of
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, last_ended, semester_or_none
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
    def recommendations(self) -> pd.DataFrame:
        """Every document with its recommendation and the row of the decision table that gave it."""
        return self._frame("recommendations")

    @property
    def follow_ups(self) -> pd.DataFrame:
        """Who must do what by when, earliest first."""
        return self._frame("follow_ups")

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
) -> Review:
    """Review all cooperation as it stands on `tanggal_acuan`; the clock is never asked.

    The half-year under review is the last one that is over on that day. Monitoring of a half-year
    that is not over yet is reported as such and left out.

    Args:
        naskah: One row per document, columns as in the form `evaluasi`.
        tahapan: The dated stages of each document.
        monev: One row per document, half-year and assessor.
        capaian: One row per document, half-year and indicator.
        usulan: The proposals of all periods: `periode, usulan_id, judul, opd_kode, status_usulan`.
        rules: What the evaluation decides by.
        tanggal_acuan: The reference date.

    Raises:
        KeyError: A table lacks a column of the form.

    Source:
        Seed: "Melaksanakan Evaluasi Kerja Sama Daerah secara periodik"; Permendagri 25/2020 Pasal 37.
    """
    today, semester = pd.Timestamp(tanggal_acuan), last_ended(tanggal_acuan)
    monev, capaian = conformed(monev, "monev"), conformed(capaian, "capaian")
    tahapan, usulan = conformed(tahapan, "tahapan"), conformed(usulan, "usulan")
    documents = documents_on(conformed(naskah, "naskah"), read_agreement_rules(), today)
    speaking = speaking_rows(monev, rules, semester)
    latest = latest_rows(speaking)
    achievements = achievements_of(_up_to(capaian, semester), rules)
    cases = cases_of(usulan, documents, tahapan, rules, today)
    semesters = (semester, semester.previous())
    frames = {
        "documents": documents,
        "achievements": achievements,
        "profile": profile_of(speaking, rules, semesters),
        "follow_through": steps_of(cases, rules),
        "cases": cases,
        "recommendations": recommendations_of(documents, latest, achievements, rules),
        "follow_ups": follow_ups_of(documents, latest, today),
        "deliveries": deliveries_of(documents, latest),
    }
    case = Case(documents, tahapan, monev, capaian, usulan, speaking, rules, today, semesters)
    return Review(tanggal_acuan, semester, semester.previous(), rules, findings_of(case), frames)


def _up_to(capaian: pd.DataFrame, semester: Semester) -> pd.DataFrame:
    """The rows of half-years that are over."""
    semesters = capaian["periode"].map(semester_or_none)
    ended = semesters.map(lambda found: found is not None and found <= semester).astype(bool)
    return capaian[ended].reset_index(drop=True)
