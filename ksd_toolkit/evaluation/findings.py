"""What the registered documents break: each rule is one function that yields Problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING, running_days
from ksd_toolkit.errors import Problem, Severity, Where
from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.links import with_proposals
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, semester_or_none

_NOT_FOR_SINERGI: Final = ("KB", "PKS")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What the rules look at: the tables, the rules and the reference date."""

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


def _pks_without_kb(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 6 ayat (1): the PKS follows the Kesepakatan Bersama."""
    documents = case.documents
    umbrellas = documents.loc[documents["jenis_dok"] == "KB", "no_dok"]
    pks = documents[(documents["jenis_dok"] == "PKS") & (documents["jenis_ksd"] != "SINERGI")]
    for no_dok in pks.loc[~pks["induk_no"].isin(umbrellas), "no_dok"]:
        yield _found("pks_without_kb", "naskah", no_dok, "error")


def _sinergi_with_pks(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 46: Sinergi is set in a Nota Kesepakatan with a Rencana Kerja."""
    documents = case.documents
    wrong = documents[
        (documents["jenis_ksd"] == "SINERGI") & documents["jenis_dok"].isin(_NOT_FOR_SINERGI)
    ]
    for no_dok, kind in zip(wrong["no_dok"], wrong["jenis_dok"], strict=True):
        yield _found("sinergi_with_pks", "naskah", no_dok, "error", kind=kind)


def _end_before_start(case: Case) -> Iterator[Problem]:
    documents = case.documents
    for no_dok in documents.loc[documents["berakhir"] <= documents["mulai"], "no_dok"]:
        yield _found("end_before_start", "naskah", no_dok, "error")


def _term_too_long(case: Case) -> Iterator[Problem]:
    """Permendagri 25/2020 Pasal 32; other types by the guide named in the knowledge file."""
    documents, years = case.documents, case.rules.longest_years
    latest = documents["mulai"] + pd.DateOffset(years=years)
    for no_dok in documents.loc[documents["berakhir"] > latest, "no_dok"]:
        yield _found("term_too_long", "naskah", no_dok, years=years)


def _dates_missing(case: Case) -> Iterator[Problem]:
    documents = case.documents
    running = documents["effective_status"].isin(RUNNING)
    dates = documents[["tgl_ttd", "mulai", "berakhir"]]
    for no_dok in documents.loc[running & dates.isna().any(axis=1), "no_dok"]:
        yield _found("date_missing", "naskah", no_dok)


def _draft_but_signed(case: Case) -> Iterator[Problem]:
    documents = case.documents
    signed = documents["tgl_ttd"] <= case.today
    for no_dok in documents.loc[(documents["status"] == "rancangan") & signed, "no_dok"]:
        yield _found("draft_but_signed", "naskah", no_dok)


def _stated_running_but_over(case: Case) -> Iterator[Problem]:
    documents = case.documents
    stated = documents["status"].isin(["berlaku", "diperpanjang"])
    for no_dok in documents.loc[stated & (documents["effective_status"] == "berakhir"), "no_dok"]:
        yield _found("stated_running_but_over", "naskah", no_dok)


def _ended_without_ground(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 9 dan 22: a cooperation ends early only on stated grounds."""
    documents = case.documents
    early = (documents["status"] == "dihentikan") | (
        (documents["status"] == "berakhir") & ~(documents["days_left"] < 0)
    )
    for no_dok in documents.loc[early & documents["alasan_berakhir"].isna(), "no_dok"]:
        yield _found("ended_without_ground", "naskah", no_dok)


def _overlapping(case: Case) -> Iterator[Problem]:
    """A running document of the same kind, partner and affair as one recorded before it."""
    running = case.documents[case.documents["effective_status"].isin(RUNNING)]
    shared = ["jenis_dok", "mitra_nama", "urusan_kode"]
    named = running.dropna(subset=shared)[[*shared, "no_dok", "induk_no"]]
    pairs = named.merge(named.drop_duplicates(shared), on=shared, suffixes=("", "_first"))
    related = (pairs["induk_no"] == pairs["no_dok_first"]) | (
        pairs["induk_no_first"] == pairs["no_dok"]
    )
    pairs = pairs[(pairs["no_dok"] != pairs["no_dok_first"]) & ~related]
    for no_dok, other in zip(pairs["no_dok"], pairs["no_dok_first"], strict=True):
        yield _found("overlapping", "naskah", no_dok, other=other)


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


def _stages(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 6 ayat (1): the ten stages follow each other."""
    order = {name: place for place, name in enumerate(_STAGES)}
    for no_dok in case.tahapan.loc[case.tahapan["tanggal"].isna(), "no_dok"].drop_duplicates():
        yield _found("stage_undated", "tahapan", no_dok)
    dated = case.tahapan.assign(place=case.tahapan["tahap"].map(order)).sort_values(
        ["no_dok", "place"], kind="stable"
    )
    earlier = dated.groupby("no_dok")["tanggal"].cummax().groupby(dated["no_dok"]).shift()
    for no_dok in dated.loc[dated["tanggal"] < earlier, "no_dok"].drop_duplicates():
        yield _found("stages_out_of_order", "tahapan", no_dok)


def _rows_without_document(case: Case) -> Iterator[Problem]:
    known = case.documents["no_dok"]
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
    documents = case.documents
    ended_early = (documents["status"] == "berakhir") & ~(documents["days_left"] < 0)
    carries_work = (
        documents["jenis_dok"].isin(case.rules.monitored)
        & (documents["status"] != "dihentikan")
        & ~ended_early
    )
    for semester in sorted(case.semesters):
        days = running_days(documents, pd.Timestamp(semester.start), pd.Timestamp(semester.end))
        due = documents[carries_work & (days >= case.rules.minimum_days_running)]
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


_STAGES: Final = (
    "persiapan",
    "penawaran",
    "penyusunan_kb",
    "penandatanganan_kb",
    "persetujuan_dprd",
    "penyusunan_pks",
    "penandatanganan_pks",
    "pelaksanaan",
    "penatausahaan",
    "pelaporan",
)
_CHECKS: Final[tuple[Callable[[Case], Iterator[Problem]], ...]] = (
    _pks_without_kb,
    _sinergi_with_pks,
    _end_before_start,
    _term_too_long,
    _dates_missing,
    _draft_but_signed,
    _stated_running_but_over,
    _ended_without_ground,
    _overlapping,
    _proposal_not_found,
    _stages,
    _rows_without_document,
    _periods,
    _monev_missing,
    _follow_up_incomplete,
)
