"""Our own workbooks: an office's, with a sheet a table, and the TKKSD's, with a sheet a member."""

from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.form_versions import form_answered
from ksd_toolkit.questionnaire.identity import (
    identity_findings,
    identity_of,
    template_of,
    wrong_questionnaire,
)
from ksd_toolkit.questionnaire.office_names import office_names
from ksd_toolkit.questionnaire.own_sheets import RECORD, OwnSheets, own_sheets
from ksd_toolkit.questionnaire.record import ANSWER_COLUMN, SENDER, read_record
from ksd_toolkit.questionnaire.rows import RowsRead
from ksd_toolkit.questionnaire.sent_file import Origin, Part, SentFile
from ksd_toolkit.questionnaire.sheet_findings import answer_findings, hidden_sheets
from ksd_toolkit.questionnaire.submission import Submission
from ksd_toolkit.questionnaire.table_sheet import (
    own_scores,
    own_usulan,
    read_sheet,
    scores_of,
    usulan_in,
)

TKKSD: Final = "TKKSD"
MATURITY_QUESTIONS: Final = ("d1", "d2", "d3", "d4", "d5")


class OfficeWorkbook:
    """The workbook of an office: the sheets `opd`, `usulan`, `mitra` and `nilai`."""

    def recognises(self, sent: SentFile) -> bool:
        """Whether the sheets an office fills are there, or the workbook says that it is an office's."""
        found = own_sheets(sent.grids, sent.form).by_table.keys()
        named = template_of(sent.grids).startswith(RECORD) and not hidden_sheets(sent.grids)
        return {RECORD, "usulan"} <= found or (named and bool(found))

    def read(self, sent: SentFile) -> Submission | Problem:
        """What the office says, or why the workbook does not belong here."""
        understood = _answered(sent)
        if isinstance(understood, Problem):
            return understood
        form, findings, stated = understood
        names, sheets = office_names(sent.dossier), own_sheets(sent.grids, form)
        for needed in (RECORD, "usulan"):
            if needed not in sheets.by_table:
                return Problem("sheet.missing", Where(sent.name), {"sheet": needed})
        record_sheet = sheets.by_table[RECORD]
        record = read_record(record_sheet, form.table("opd"), sent.name, names.read, sent.manner())
        told = next((a for a in record.answers if a.field == SENDER), None)
        sender = str(told.value) if told is not None and told.value else ""
        if told is None or not told.raw:
            place = told.cell if told is not None else ""
            return Problem("opd.no_code", Where(sent.name, record_sheet.name, place))
        if sender not in names.names:
            facts = {"found": told.raw, "near": names.near(told.raw)}
            return Problem("file.unknown_opd", Where(sent.name, record_sheet.name), facts)
        if stated and stated != sender:
            facts = {"found": sender, "expected": stated}
            findings.append(
                Problem("file.other_sender", Where(sent.name, record_sheet.name), facts, "warning")
            )
        noticed = answer_findings(record_sheet, sent.name, 0, {ANSWER_COLUMN})
        findings += sheets.findings(sent.name)
        parts = [Part(None, findings), Part(record, noticed), *_tables(sent, sheets, form, sender)]
        if not any(part.answers for part in parts[2:3]) and not _says_anything(record):
            where = Where(sent.name, sheets.by_table["usulan"].name)
            parts.append(Part(None, [Problem("opd.nothing_filled", where, {}, "warning")]))
        return Origin("opd", sender, sent.path, form, sent.dossier).submission(parts)


class TkksdWorkbook:
    """The workbook of the TKKSD: a sheet per member, named after the member: TKKSD-1, TKKSD-2, ..."""

    def recognises(self, sent: SentFile) -> bool:
        """Whether there is a sheet of a member."""
        return any(grid.name.startswith(TKKSD) for grid in sent.grids)

    def read(self, sent: SentFile) -> Submission | Problem:
        """The scores of all members, or why the workbook does not belong here."""
        understood = _answered(sent)
        if isinstance(understood, Problem):
            return understood
        if sent.known_usulan is None:
            return Problem("file.tkksd_place", Where(sent.name))
        (form, findings, _), known = understood, sent.known_usulan
        table, members = form.table("nilai"), [g for g in sent.grids if g.name.startswith(TKKSD)]
        parts = [
            read_sheet(grid, table, sent.name, scores_of(grid.name, known), sent.manner())
            for grid in members
        ]
        present = {grid.name for grid in members}
        expected = [f"{TKKSD}-{number}" for number in range(1, sent.dossier.tkksd_members + 1)]
        gone = [
            Problem("sheet.member_gone", Where(sent.name), {"sheet": member})
            for member in expected
            if member not in present
        ]
        parts = [Part(None, findings), *parts, Part(None, gone)]
        return Origin("tkksd", TKKSD, sent.path, form, sent.dossier).submission(parts)


def _answered(sent: SentFile) -> tuple[Form, list[Problem], str] | Problem:
    """The form version the workbook answers, what to tell, and whose it says it is; or why it is none of ours."""
    identity = identity_of(sent.grids)
    if wrong := wrong_questionnaire(identity, sent.form, sent.dossier, sent.name):
        return wrong
    version, sender = (identity.version, identity.sender) if identity else ("", "")
    answered = form_answered(version, sent.form, sent.known_forms, sent.name)
    findings = [*identity_findings(identity, sent.name), *answered.findings]
    return answered.form, findings, sender


def _tables(sent: SentFile, sheets: OwnSheets, form: Form, sender: str) -> list[Part]:
    """The proposals of an office, and the partners and scores that belong to them."""
    offices, usulan = sent.dossier.offices.index, sheets.by_table["usulan"]
    manner, hidden = sent.manner(), hidden_sheets(sent.grids)
    parts = [
        read_sheet(usulan, form.table("usulan"), sent.name, own_usulan(sender, offices), manner)
    ]
    belongs = usulan_in({answer.row_key for answer in parts[0].answers})
    for table, check in (("mitra", belongs), ("nilai", own_scores(belongs))):
        grid = sheets.by_table.get(table)
        if grid is not None:
            parts.append(read_sheet(grid, form.table(table), sent.name, check, manner))
        elif table not in hidden:  # of a hidden one it is told that it was not read
            parts.append(Part(None, [Problem("sheet.missing", Where(sent.name), {"sheet": table})]))
    return parts


def _says_anything(record: RowsRead) -> bool:
    """Whether an office answered any of the five maturity questions."""
    return any(a.value is not None for a in record.answers if a.field in MATURITY_QUESTIONS)
