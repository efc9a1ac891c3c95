"""Understand a file somebody sent: by what it holds, not by its name, the first reader that knows it reads it."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, Protocol

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Manner
from ksd_toolkit.questionnaire.dossier_tables import DossierTable
from ksd_toolkit.questionnaire.form import Form, TableSpec
from ksd_toolkit.questionnaire.form_extension import form_of
from ksd_toolkit.questionnaire.identity import META_SHEET
from ksd_toolkit.questionnaire.own_workbooks import (
    MATURITY_QUESTIONS,
    TKKSD,
    OfficeWorkbook,
    TkksdWorkbook,
)
from ksd_toolkit.questionnaire.plain_tables import PlainTables
from ksd_toolkit.questionnaire.sent_file import Origin, SentFile, fingerprint
from ksd_toolkit.questionnaire.sheet_findings import unrecognised, with_findings
from ksd_toolkit.questionnaire.sheets import read_csv_grid, read_grids
from ksd_toolkit.questionnaire.submission import Submission
from ksd_toolkit.questionnaire.table_sheet import read_sheet

__all__ = [
    "MATURITY_QUESTIONS", "META_SHEET", "READERS", "TKKSD", "Reader", "SentFile", "fingerprint",
    "read_csv_table", "read_workbook",
]  # fmt: skip


class Reader(Protocol):
    """Knows one kind of file. A kind more is a class more, and a line in `READERS`."""

    def recognises(self, sent: SentFile) -> bool:
        """Whether this is a file of its kind, by the sheets and headings in it."""

    def read(self, sent: SentFile) -> Submission | Problem:
        """What was said in it, or the one reason why it cannot be taken."""


READERS: Final[tuple[Reader, ...]] = (
    OfficeWorkbook(), TkksdWorkbook(), DossierTable(), PlainTables(),
)  # fmt: skip
"""In the order they are asked: the more particular first."""


def read_workbook(
    path: Path,
    dossier: Dossier,
    known_usulan: Collection[str] | None = None,
    known_forms: Mapping[str, Form] | None = None,
) -> Submission | Problem:
    """The submission in a file of an office or of the TKKSD, or the one reason why there is none.

    Args:
        path: The file.
        dossier: The region and period it must belong to.
        known_usulan: The usulan of all offices, which the TKKSD's scores must name; None where only
            an office's file belongs.
        known_forms: Earlier versions of the questionnaire by name.

    Raises:
        InputError: The dossier's own form, aliases or column map cannot be used.
    """
    name = dossier.name_of(path)
    grids, reason = read_grids(path, name)
    if reason:
        return reason
    form = form_of(dossier)
    sent = SentFile(path, tuple(grids), form, dossier, known_forms or {}, known_usulan)
    reader = next((one for one in READERS if one.recognises(sent)), None)
    if reader is None:
        return unrecognised(grids, name, form.form_id)
    return with_findings(reader.read(sent), grids)


def read_csv_table(
    path: Path, table: TableSpec, form: Form, dossier: Dossier
) -> Submission | Problem:
    """A CSV file of the dossier (naskah, tahapan, monev, capaian) as a submission of its own."""
    name = dossier.name_of(path)
    grid, reason = read_csv_grid(path, name)
    if grid is None:
        return reason or Problem("file.not_csv", Where(name))
    manner = Manner(today=dossier.tanggal_acuan, home=dossier.region.code)
    part = read_sheet(grid, table, name, lambda _: "", manner)
    submission = Origin("naskah", table.name, path, form, dossier).submission([part])
    return with_findings(submission, [grid])
