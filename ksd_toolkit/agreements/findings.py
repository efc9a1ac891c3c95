"""What the documents themselves break: each rule is one function that yields Problems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.agreements.rules import AgreementRules, Ground
from ksd_toolkit.errors import Problem, Severity, Where

_NOT_FOR_SINERGI: Final = ("KB", "PKS")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What the rules look at: every row of `naskah`, the documents as they are, the stages and the date."""

    naskah: pd.DataFrame
    documents: pd.DataFrame
    tahapan: pd.DataFrame
    rules: AgreementRules
    today: pd.Timestamp


def document_findings(case: Case) -> tuple[Problem, ...]:
    """Everything found, rule by rule, document by document in the order of the table."""
    return tuple(problem for check in _CHECKS for problem in check(case))


def _found(
    code: str, table: str, no_dok: str, severity: Severity = "warning", **facts: object
) -> Problem:
    return Problem(f"evaluation.{code}", Where(sheet=table), {"no_dok": no_dok, **facts}, severity)


def _law(ground: Ground) -> dict[str, object]:
    """The article in both languages."""
    return {"law": ground.cited("id"), "law_en": ground.cited("en")}


def _pks_without_kb(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 6 ayat (1): the PKS follows the Kesepakatan Bersama."""
    documents = case.documents
    umbrellas = documents.loc[documents["jenis_dok"] == "KB", "no_dok"]
    pks = documents[(documents["jenis_dok"] == "PKS") & (documents["jenis_ksd"] != "SINERGI")]
    pks = pks[pks["mengubah_no"].isna()]  # an addendum stands under the umbrella of what it changes
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
    """The longest term, where the article of the type puts it; a type that may last longer is only noted."""
    documents, years = case.documents, case.rules.longest_years
    latest = documents["mulai"] + pd.DateOffset(years=years)
    too_long = documents[documents["berakhir"] > latest]
    for no_dok, jenis in zip(too_long["no_dok"], too_long["jenis_ksd"], strict=True):
        term = case.rules.term(jenis)
        severity: Severity = "info" if term.noted else "warning"
        yield _found("term_too_long", "naskah", no_dok, severity, years=years, **_law(term.ground))


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
    running = running[running["mengubah_no"].isna()]
    shared = ["jenis_dok", "mitra_nama", "urusan_kode"]
    named = running.dropna(subset=shared)[[*shared, "no_dok", "induk_no"]]
    pairs = named.merge(named.drop_duplicates(shared), on=shared, suffixes=("", "_first"))
    related = (pairs["induk_no"] == pairs["no_dok_first"]) | (
        pairs["induk_no_first"] == pairs["no_dok"]
    )
    pairs = pairs[(pairs["no_dok"] != pairs["no_dok_first"]) & ~related]
    for no_dok, other in zip(pairs["no_dok"], pairs["no_dok_first"], strict=True):
        yield _found("overlapping", "naskah", no_dok, other=other)


def _stages(case: Case) -> Iterator[Problem]:
    """PP 28/2018 Pasal 6 ayat (1), Permendagri 25/2020 Pasal 9: the stages follow each other."""
    for no_dok in case.tahapan.loc[case.tahapan["tanggal"].isna(), "no_dok"].drop_duplicates():
        yield _found("stage_undated", "tahapan", no_dok)
    kinds = case.naskah.set_index("no_dok")[["jenis_ksd", "jenis_dok"]].to_dict("index")
    for no_dok, rows in case.tahapan.groupby("no_dok", sort=False):
        kind = kinds.get(str(no_dok))
        path = case.rules.path(kind["jenis_ksd"], kind["jenis_dok"]) if kind else ()
        dates = rows.set_index("tahap")["tanggal"].dropna()
        ordered = pd.Series([dates[stage.code] for stage in path if stage.code in dates.index])
        if not ordered.is_monotonic_increasing:
            yield _found("stages_out_of_order", "tahapan", str(no_dok))


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
    _stages,
)
