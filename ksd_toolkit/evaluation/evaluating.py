"""Put the review together: five tables, the rules and a reference date become its frames and findings."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.result import Agreements, agreements_of
from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.errors import Problem
from ksd_toolkit.evaluation.achievements import achievements_of
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.evaluation.earlier import Earlier
from ksd_toolkit.evaluation.findings import Case, findings_of
from ksd_toolkit.evaluation.follow_rules import FollowRules, read_follow_rules
from ksd_toolkit.evaluation.follow_through import FollowThrough, follow
from ksd_toolkit.evaluation.funnel import funnel_of, groups_of
from ksd_toolkit.evaluation.monitoring import (
    deliveries_of,
    follow_ups_of,
    latest_rows,
    profile_of,
    speaking_rows,
)
from ksd_toolkit.evaluation.periodic import Monitored, periodic_frames
from ksd_toolkit.evaluation.recommendations import recommendations_of
from ksd_toolkit.evaluation.result import Review
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, last_ended, semester_or_none
from ksd_toolkit.evaluation.short_list import cases_of, steps_of
from ksd_toolkit.evaluation.stopped import stops_of
from ksd_toolkit.evaluation.time_to_step import waiting_times


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
