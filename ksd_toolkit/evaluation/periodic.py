"""The periodic evaluation as frames: views, criteria, money, benefits, obstacles, follow-ups and gaps."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.errors import Problem
from ksd_toolkit.evaluation.benefits import benefits_of
from ksd_toolkit.evaluation.criteria import Facts, criteria_of, criteria_totals, sources_of
from ksd_toolkit.evaluation.criteria_rules import read_criteria_rules
from ksd_toolkit.evaluation.earlier import Earlier
from ksd_toolkit.evaluation.follow_up_chain import follow_up_chain
from ksd_toolkit.evaluation.links import with_proposals
from ksd_toolkit.evaluation.money import money_of
from ksd_toolkit.evaluation.monitoring import latest_rows
from ksd_toolkit.evaluation.monitoring_gaps import gaps_of, half_years, monitoring_calendar
from ksd_toolkit.evaluation.obstacles import obstacles_of
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester
from ksd_toolkit.evaluation.umbrellas import umbrellas_of
from ksd_toolkit.evaluation.views import missing_views_of, views_of

_OVERLAP = "evaluation.overlapping"


@dataclass(frozen=True, slots=True, eq=False)
class Monitored:
    """What the periodic evaluation looks at: the monitoring, what was found so far, and the rules."""

    documents: pd.DataFrame
    monev: pd.DataFrame
    speaking: pd.DataFrame
    achievements: pd.DataFrame
    recommendations: pd.DataFrame
    findings: tuple[Problem, ...]
    earlier: Earlier
    rules: EvaluationRules
    semester: Semester
    today: pd.Timestamp


def periodic_frames(found: Monitored) -> dict[str, pd.DataFrame]:
    """Every frame of the periodic evaluation by its name in the review."""
    documents, monev, rules, semester = (
        found.documents, found.monev, found.rules, found.semester,
    )  # fmt: skip
    latest, criteria_rules = latest_rows(found.speaking), read_criteria_rules()
    sources = sources_of(latest, _facts(found), criteria_rules)
    criteria = criteria_of(documents, sources, criteria_rules)
    semesters = half_years(semester, rules.calendar_half_years)
    calendar = monitoring_calendar(documents, found.speaking, rules, semesters)
    chain = follow_up_chain(monev, documents, rules, semester, found.today)
    return {
        "views": views_of(monev, rules, semester),
        "missing_views": missing_views_of(documents, monev, rules, semester),
        "criteria": criteria,
        "criterion_sources": sources,
        "criteria_totals": criteria_totals(criteria, criteria_rules),
        "money": money_of(documents, found.speaking, semester),
        "benefits": benefits_of(documents, latest, rules),
        "obstacles": obstacles_of(monev, rules, semester),
        "all_follow_ups": chain,
        "open_follow_ups": chain[chain["is_open"]].reset_index(drop=True),
        "monitoring_calendar": calendar,
        "monev_gaps": gaps_of(calendar),
        "umbrellas": umbrellas_of(documents, found.recommendations, rules),
        "postponed": found.earlier.postponed,
    }


def _facts(found: Monitored) -> Facts:
    return Facts(found.achievements, _overlaps(found), _plans(found))


def _overlaps(found: Monitored) -> dict[str, str]:
    """Whether each running document whose partner and affair are known overlaps with another."""
    documents = found.documents
    comparable = documents["effective_status"].isin(RUNNING)
    comparable &= documents[["mitra_nama", "urusan_kode"]].notna().all(axis=1)
    named = {
        str(problem.facts[fact])
        for problem in found.findings
        if problem.code == _OVERLAP
        for fact in ("no_dok", "other")
    }
    return {
        str(number): "ya" if number in named else "tidak"
        for number in documents.loc[comparable, "no_dok"]
    }


def _plans(found: Monitored) -> Mapping[str, str]:
    """What the usulan behind each document says of plans; none for a document of no usulan we know."""
    linked = with_proposals(found.documents)
    told = found.earlier.plans
    return {
        str(number): told[key]
        for number, key in zip(linked["no_dok"], linked["usulan_key"], strict=True)
        if key is not None and key in told
    }
