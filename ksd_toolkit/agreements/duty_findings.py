"""What histories and duties break: stages the law refuses, the council, reports and notices that are late."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.amendments import amended_roots, amending_themselves
from ksd_toolkit.agreements.checks import may_be_left_out
from ksd_toolkit.agreements.council import time_of
from ksd_toolkit.agreements.documents import INTENT
from ksd_toolkit.agreements.duties import DutyCase
from ksd_toolkit.agreements.replay import Histories
from ksd_toolkit.agreements.rules import AgreementRules, Ground
from ksd_toolkit.errors import Problem, Severity, Where
from ksd_toolkit.messages import date_text, say

_WITHOUT_UMBRELLA: Final = "agreements.parent_missing"
_STATED_RUNNING: Final = ("berlaku", "diperpanjang")
_NOTED: Final = ("agreements.stage_skipped", _WITHOUT_UMBRELLA)
_Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class DutyFindings:
    """What the rules of this module look at."""

    naskah: pd.DataFrame
    cases: tuple[DutyCase, ...]
    histories: Histories
    reminders: pd.DataFrame
    rules: AgreementRules
    today: pd.Timestamp


def duty_findings(case: DutyFindings) -> tuple[Problem, ...]:
    """Everything found, rule by rule."""
    return tuple(problem for check in _CHECKS for problem in check(case))


def _broken(
    code: str, table: str, no_dok: str, facts: _Facts, severity: Severity = "warning"
) -> Problem:
    return Problem(f"agreements.{code}", Where(sheet=table), {"no_dok": no_dok, **facts}, severity)


def _refusals(case: DutyFindings) -> Iterator[Problem]:
    """The first refusal of a kind in each history; what nobody wrote down is a warning."""
    numbers = frozenset(case.naskah["no_dok"])
    for row in case.naskah.to_dict("records"):
        told = set(_told_elsewhere(row, numbers))
        for problem in case.histories.refusals.get(row["no_dok"], ()):
            if problem.code not in told:
                told.add(problem.code)
                noted = problem.code in _NOTED
                yield replace(problem, severity="warning") if noted else problem


def _told_elsewhere(row: Mapping[Any, Any], numbers: frozenset[str]) -> Iterator[str]:
    """The causes the rules of the documents and of their links say already."""
    yield "agreements.out_of_time"
    unknown = pd.notna(row["induk_no"]) and row["induk_no"] not in numbers
    if row["jenis_dok"] == "PKS" or unknown:
        yield _WITHOUT_UMBRELLA


def _links(case: DutyFindings) -> Iterator[Problem]:
    """Umbrellas and addenda that are not there, rest on themselves, or are of another kind."""
    kinds = dict(zip(case.naskah["no_dok"], case.naskah["jenis_dok"], strict=True))
    roots, circling = amended_roots(case.naskah), amending_themselves(case.naskah)
    for no_dok, chain in case.histories.circles.items():
        law = _law(case.rules.course_grounds["KSDD-W"])
        yield _broken("parent_circle", "naskah", no_dok, {"chain": ", ".join(chain)} | law, "error")
    for row in case.naskah.to_dict("records"):
        umbrella, changed = row["induk_no"], row["mengubah_no"]
        if pd.notna(umbrella) and umbrella not in kinds and row["jenis_dok"] != "PKS":
            yield _broken("parent_unknown", "naskah", row["no_dok"], {"other": umbrella})
        if pd.isna(changed) or row["no_dok"] in roots:
            continue
        if changed not in kinds:
            yield _broken("parent_unknown", "naskah", row["no_dok"], {"other": changed})
        elif row["no_dok"] in circling:
            law = _law(case.rules.course_grounds["KSDD-W"])
            yield _broken(
                "parent_circle", "naskah", row["no_dok"], {"chain": changed} | law, "error"
            )
        elif kinds[changed] != row["jenis_dok"]:
            yield _broken("amended_other_kind", "naskah", row["no_dok"], {"other": changed})


def _signatures(case: DutyFindings) -> Iterator[Problem]:
    """`tgl_ttd` and the stage of signing tell the same day."""
    for row in case.naskah.to_dict("records"):
        signed = case.histories.of[row["no_dok"]].signed_on
        if signed is not None and pd.notna(row["tgl_ttd"]) and row["tgl_ttd"].date() != signed:
            days = _dates(date=row["tgl_ttd"].date(), other=signed)
            yield _broken("signature_differs", "naskah", row["no_dok"], days)


def _endings(case: DutyFindings) -> Iterator[Problem]:
    """An early end has a day."""
    for row in case.naskah.to_dict("records"):
        early = row["status"] == "dihentikan" and row["alasan_berakhir"] != "jangka_waktu"
        if early and pd.notna(row["alasan_berakhir"]) and pd.isna(row["tgl_pengakhiran"]):
            grounds = case.rules.endings.get(row["jenis_ksd"], {})
            law = _law(grounds.get(row["alasan_berakhir"], case.rules.leaders))
            yield _broken("end_undated", "naskah", row["no_dok"], law, "info")


def _stated_running(case: DutyFindings) -> Iterator[Problem]:
    """A document with the day it ended is stated to have ended."""
    for row in case.naskah.to_dict("records"):
        ended = row["tgl_pengakhiran"]
        if pd.notna(ended) and ended <= case.today and row["status"] in _STATED_RUNNING:
            facts = _dates(date=ended.date())
            yield _broken("ended_but_stated_running", "naskah", row["no_dok"], facts)


def _council(case: DutyFindings) -> Iterator[Problem]:
    """PP 28/2018 Pasal 6 ayat (2) dan 30: approval where it is due, in time, before the signature."""
    for one in case.cases:
        document, history = one.document, one.history
        stage = case.rules.stage(document["jenis_ksd"], case.rules.council_stage)
        if document["jenis_dok"] not in case.rules.umbrellas or stage not in history.path:
            continue
        law = _law(case.rules.council_duty(document["jenis_ksd"]))
        given = history.passed_on(stage.code)
        free = may_be_left_out(history, stage, history.signed_on)
        if history.signed_on is None and document["effective_status"] == "rancangan":
            yield from _draft(case, one, law, approved=given is not None or free)
        elif history.signed_on is not None and not free:
            yield from _signed(case, one, law, given)


def _signed(
    case: DutyFindings, one: DutyCase, law: dict[str, object], given: date | None
) -> Iterator[Problem]:
    """What is signed has its approval by then; one that came afterwards is told with both days."""
    no_dok, history = one.document["no_dok"], one.history
    signed, silent_from = history.signed_on, history.agreement.council_silent_from
    if signed is None or (silent_from is not None and signed >= silent_from):
        return
    if given is not None and given > signed:
        days = _dates(date=signed, other=given)
        yield _broken("council_after_signature", "naskah", no_dok, days | law, "error")
    elif given is None:
        refused = case.histories.refusals[no_dok]
        if not any(problem.code == "agreements.council_missing" for problem in refused):
            yield _broken("signed_without_council", "naskah", no_dok, law, "error")


def _draft(
    case: DutyFindings, one: DutyCase, law: dict[str, object], *, approved: bool
) -> Iterator[Problem]:
    no_dok, due = one.document["no_dok"], one.history.agreement.council_due
    if due is None:
        yield _broken("council_unknown", "naskah", no_dok, law, "info")
    elif due and not approved:
        time = time_of(one.document, case.rules, one.holidays)
        if time is None:
            yield _broken("council_unasked", "naskah", no_dok, law)
        elif time.last_day < case.today.date():
            ground = time.deadline.silence_ground
            told: dict[str, object] = {
                name: say("agreements.silence_unread", lang)
                if ground is None
                else say("agreements.silence_is_approval", lang, law=ground.cited(lang))
                for name, lang in (("consequence", "id"), ("consequence_en", "en"))
            }
            yield _broken("council_late", "naskah", no_dok, _dates(date=time.last_day) | told)


def _intents(case: DutyFindings) -> Iterator[Problem]:
    """Permendagri 25/2020 Pasal 13 ayat (3): a letter of intent is valid for at most a year."""
    years = case.rules.intent_years
    letters = case.naskah[case.naskah["jenis_dok"] == INTENT]
    longest = letters["tgl_ttd"] + pd.DateOffset(years=years)
    for no_dok in letters.loc[letters["berakhir"] > longest, "no_dok"]:
        law = _law(case.rules.intent_ground)
        yield _broken("intent_too_long", "naskah", no_dok, {"years": years} | law)


def _overdue(case: DutyFindings) -> Iterator[Problem]:
    """Reports and notices whose day is past."""
    late = case.reminders[case.reminders["state"] == "overdue"]
    for row in late.to_dict("records"):
        facts = _dates(date=row["due"].date()) | _law(row["ground"])
        if row["kind"] == "report":
            silence = case.rules.report_silence
            told: dict[str, object] = {
                name: say("agreements.no_next_plan", lang, law=silence.cited(lang))
                for name, lang in (("consequence", "id"), ("consequence_en", "en"))
            }
            yield _broken("report_missing", "tahapan", row["no_dok"], facts | told, "error")
        elif row["kind"] == "notice":
            yield _broken("notice_late", "naskah", row["no_dok"], facts)


def _law(ground: Ground) -> dict[str, object]:
    """The article in both languages."""
    return {"law": ground.cited("id"), "law_en": ground.cited("en")}


def _dates(**days: date) -> dict[str, object]:
    """Days in words, in both languages."""
    told: dict[str, object] = {name: date_text(day, "id") for name, day in days.items()}
    return told | {f"{name}_en": date_text(day, "en") for name, day in days.items()}


_CHECKS: Final[tuple[Callable[[DutyFindings], Iterator[Problem]], ...]] = (
    _refusals,
    _links,
    _signatures,
    _endings,
    _stated_running,
    _council,
    _intents,
    _overdue,
)
