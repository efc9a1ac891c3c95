"""All agreements on a reference date: as they are, what happened to them, what they break, what falls due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.documents import documents_on
from ksd_toolkit.agreements.duties import DutyCase
from ksd_toolkit.agreements.duty_findings import DutyFindings, duty_findings
from ksd_toolkit.agreements.findings import Case, document_findings
from ksd_toolkit.agreements.history import History
from ksd_toolkit.agreements.holidays import read_holidays
from ksd_toolkit.agreements.reminders import reminders_of
from ksd_toolkit.agreements.replay import Histories, histories_of
from ksd_toolkit.agreements.rules import AgreementRules, read_agreement_rules
from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered


@dataclass(frozen=True, slots=True, eq=False)
class Agreements:
    """The agreements up to `tanggal_acuan`. Every frame is handed out as a copy."""

    tanggal_acuan: date
    rules: AgreementRules = field(repr=False)
    holidays: tuple[date, ...] = field(repr=False)
    findings: tuple[Problem, ...] = field(repr=False)
    _frames: Mapping[str, pd.DataFrame] = field(repr=False)
    _histories: Histories = field(repr=False)

    @property
    def documents(self) -> pd.DataFrame:
        """The documents as their signed addenda left them, with status and days left."""
        return self._frames["documents"].copy(deep=False)

    @property
    def reminders(self) -> pd.DataFrame:
        """What falls due, earliest first."""
        return self._frames["reminders"].copy(deep=False)

    @property
    def histories(self) -> Mapping[str, History]:
        """The history of every document by its number."""
        return self._histories.of

    def history(self, no_dok: str) -> History:
        """The history of one document.

        Raises:
            InputError: There is no such document.
        """
        found = self._histories.of.get(no_dok)
        if found is None:
            raise InputError("evaluation.unknown_document", no_dok=no_dok)
        return found

    def problems_of(self, no_dok: str) -> tuple[Problem, ...]:
        """What is wrong with one document."""
        return tuple(one for one in self.findings if one.facts.get("no_dok") == no_dok)


def agreements(register: Register) -> Agreements:
    """The agreements of a register on the reference date of its dossier.

    Raises:
        InputError: `hari_libur.csv` cannot be used.
    """
    return remembered("agreements", None, register, lambda: _as_they_stand(register))


def _as_they_stand(register: Register) -> Agreements:
    dossier = register.dossier
    return agreements_of(
        register.table("naskah"), register.table("tahapan"), read_agreement_rules(),
        dossier.tanggal_acuan, read_holidays(dossier),
    )  # fmt: skip


def agreements_of(
    naskah: pd.DataFrame,
    tahapan: pd.DataFrame,
    rules: AgreementRules,
    tanggal_acuan: date,
    holidays: tuple[date, ...] = (),
) -> Agreements:
    """Everything about the agreements as they stand on `tanggal_acuan`; the clock is never asked.

    Args:
        naskah: One row per document, columns as in the form `evaluasi`.
        tahapan: The dated stages of each document.
        rules: The courses, grounds and duties.
        tanggal_acuan: The reference date.
        holidays: Days that are no working days, beside Saturdays and Sundays.

    Raises:
        KeyError: A table lacks a column of the form.
    """
    today = pd.Timestamp(tanggal_acuan)
    naskah, tahapan = conformed(naskah, "naskah"), conformed(tahapan, "tahapan")
    documents = documents_on(naskah, rules, today)
    histories = histories_of(naskah, tahapan, rules, today, holidays)
    cases = tuple(
        DutyCase(row, histories.of[row["no_dok"]], rules, holidays)
        for row in documents.to_dict("records")
    )
    reminders = reminders_of(cases, rules.windows_days, today)
    findings = document_findings(Case(naskah, documents, tahapan, rules, today))
    asked = DutyFindings(naskah, cases, histories, reminders, rules, today)
    findings += duty_findings(asked)
    frames = {"documents": documents, "reminders": reminders}
    return Agreements(tanggal_acuan, rules, holidays, findings, frames, histories)
