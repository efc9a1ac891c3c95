"""What monitoring and the links to proposals break: each rule is one function that yields Problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.errors import Problem, Severity, Where
from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.links import with_proposals
from ksd_toolkit.evaluation.monitoring_gaps import due_documents
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, semester_or_none


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What the rules look at: the tables, the rules and the reference date; `numbers` of all rows of `naskah`."""

    numbers: pd.Series
    documents: pd.DataFrame
    tahapan: pd.DataFrame
    monev: pd.DataFrame
    capaian: pd.DataFrame
    usulan: pd.DataFrame
    speaking: pd.DataFrame
    rules: EvaluationRules
    today: pd.Timestamp
    semesters: tuple[Semester, ...]


def findings_of(case: Case) -> tuple[Problem, ...]:
    """Everything found, rule by rule, document by document in the order of the tables."""
    return tuple(problem for check in _CHECKS for problem in check(case))


def _found(
    code: str, table: str, no_dok: str, severity: Severity = "warning", **facts: object
) -> Problem:
    return Problem(f"evaluation.{code}", Where(sheet=table), {"no_dok": no_dok, **facts}, severity)


def _proposal_not_found(case: Case) -> Iterator[Problem]:
    """A document that names a proposal nobody made, or one that was never determined."""
    keys = zip(case.usulan["periode"], case.usulan["usulan_id"], strict=True)
    status = dict(zip(keys, case.usulan["status_usulan"], strict=True))
    linked = with_proposals(case.documents)
    linked = linked[linked["usulan_key"].notna() & linked["usulan_id"].notna()]
    for no_dok, key in zip(linked["no_dok"], linked["usulan_key"], strict=True):
        name = "/".join(key)
        if key not in status:
            yield _found("usulan_unknown", "naskah", no_dok, usulan=name)
        elif status[key] != DETERMINED:
            yield _found("usulan_not_determined", "naskah", no_dok, usulan=name)


def _rows_without_document(case: Case) -> Iterator[Problem]:
    known = case.numbers
    tables = {"tahapan": case.tahapan, "monev": case.monev, "capaian": case.capaian}
    for name, table in tables.items():
        for no_dok in table.loc[~table["no_dok"].isin(known), "no_dok"].drop_duplicates():
            yield _found("document_unknown", name, no_dok)


def _periods(case: Case) -> Iterator[Problem]:
    """Half-years that are not written as such, or not over yet: neither is evaluated."""
    latest = max(case.semesters)
    for name, table in {"monev": case.monev, "capaian": case.capaian}.items():
        rows = table[["no_dok", "periode"]].drop_duplicates()
        for no_dok, period in zip(rows["no_dok"], rows["periode"], strict=True):
            semester = semester_or_none(period)
            if semester is None:
                yield _found("period_unknown", name, no_dok, period=period)
            elif semester > latest:
                yield _found("period_not_over", name, no_dok, "info", period=period)


def _monev_missing(case: Case) -> Iterator[Problem]:
    """Permendagri 25/2020 Pasal 39: at least twice a year, here for documents that carry work."""
    for semester in sorted(case.semesters):
        due = due_documents(case.documents, case.rules, semester)
        given = case.speaking.loc[case.speaking["periode"] == str(semester), "no_dok"]
        for no_dok in due.loc[~due["no_dok"].isin(given), "no_dok"]:
            yield _found("monev_missing", "monev", no_dok, period=str(semester))


def _follow_up_incomplete(case: Case) -> Iterator[Problem]:
    """A follow-up without an actor or a due date will not happen."""
    asked = case.speaking[case.speaking["tindak_lanjut"].notna()]
    incomplete = asked[["tindak_lanjut_pelaku", "tindak_lanjut_tenggat"]].isna().any(axis=1)
    rows = asked[incomplete]
    for no_dok, period in zip(rows["no_dok"], rows["periode"], strict=True):
        yield _found("follow_up_incomplete", "monev", no_dok, period=period)


_CHECKS: Final[tuple[Callable[[Case], Iterator[Problem]], ...]] = (
    _proposal_not_found,
    _rows_without_document,
    _periods,
    _monev_missing,
    _follow_up_incomplete,
)
