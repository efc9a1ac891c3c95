"""What the headings of a plain table mean, where an office calls its columns otherwise than the form.

The secretariat writes it down once in `peta_kolom.csv` of the dossier: a row a heading, or a row
that says of a whole file whose it is and how it writes its dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.cells import DateOrder
from ksd_toolkit.questionnaire.dossier_table import TableRow, dossier_table, refuse_table
from ksd_toolkit.questionnaire.form import Field, Form, TableSpec
from ksd_toolkit.questionnaire.form_extension import form_of
from ksd_toolkit.questionnaire.form_reading import read_form

MAP_FILE: Final = "peta_kolom.csv"
SENDER: Final = "opd_kode"
_AGREEMENTS: Final = "evaluasi"  # whose tables offices keep under headings of their own, too
_COLUMNS: Final = ("berkas", "kolom", "tabel", "pertanyaan")
_ORDERS: Final[dict[str, DateOrder]] = {"h/b": "dmy", "b/h": "mdy", "": ""}
_MAPPED: Final = (
    "peta_kolom_"  # the language of a heading out of the map, among a question's labels
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A heading of some files and the question it answers."""

    files: str
    heading: str
    table: str
    question: str
    order: DateOrder
    sender: str

    def concerns(self, file: str) -> bool:
        """Whether a file is meant: by its name, with `*` for anything; every file where none is named."""
        name = PurePosixPath(file).name.casefold()
        return not self.files or fnmatchcase(name, self.files.casefold())


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What is written down about the headings of one file."""

    rows: tuple[Mapped, ...] = ()

    def with_headings(self, table: TableSpec) -> TableSpec:
        """The table whose questions also answer to their headings in this file."""
        return replace(table, fields=tuple(self._named(table, field) for field in table.fields))

    def sender_headings(self) -> set[str]:
        """Headings of the column that names the office."""
        return {row.heading for row in self.rows if row.question == SENDER and row.heading}

    @property
    def order(self) -> DateOrder:
        """How the file writes its dates; nothing where nobody says so."""
        return next((row.order for row in self.rows if row.order), "")

    @property
    def sender(self) -> str:
        """Whose file it is; nothing where nobody says so."""
        return next((row.sender for row in self.rows if row.sender), "")

    def _named(self, table: TableSpec, field: Field) -> Field:
        headings = [
            row.heading
            for row in self.rows
            if row.heading and row.question == field.name and row.table in {"", table.name}
        ]
        more = {f"{_MAPPED}{number}": text for number, text in enumerate(headings)}
        return replace(field, labels={**field.labels, **more}) if more else field


def column_map(dossier: Dossier, form: Form, file: str) -> ColumnMap:
    """What `peta_kolom.csv` says about one file.

    Raises:
        InputError: It names a table, a question, an office or a way of writing dates there is not.
    """
    problems: list[Problem] = []
    found: list[Mapped] = []
    for row in dossier_table(dossier, MAP_FILE, _COLUMNS):
        problems += _faults(row, form, dossier)
        order = _ORDERS.get(row.get("format_tanggal").casefold(), "")
        files, heading, table, question = (row.get(column) for column in _COLUMNS)
        found.append(Mapped(files, heading, table, question, order, row.get(SENDER)))
    refuse_table(MAP_FILE, problems)
    return ColumnMap(tuple(row for row in found if row.concerns(file)))


def _faults(row: TableRow, form: Form, dossier: Dossier) -> Iterator[Problem]:
    """What the row names and there is not."""
    forms = {one.form_id: one for one in (form_of(dossier), read_form(_AGREEMENTS), form)}
    tables = {t.name: {f.name for f in t.fields} for one in forms.values() for t in one.tables}
    table, question = row.get("tabel"), row.get("pertanyaan")
    if table and table not in tables:
        facts = {"value": table, "known": ", ".join(tables)}
        yield Problem("row.map_unknown", row.where("tabel"), facts)
    asked = tables.get(table) or set().union(*tables.values())
    if question and question not in asked | {SENDER}:
        facts = {"value": question, "known": ", ".join(sorted(asked))}
        yield Problem("row.map_unknown", row.where("pertanyaan"), facts)
    if row.get("format_tanggal").casefold() not in _ORDERS:
        facts = {"value": row.get("format_tanggal"), "known": "h/b, b/h"}
        yield Problem("row.map_unknown", row.where("format_tanggal"), facts)
    if row.get(SENDER) and row.get(SENDER) not in dossier.offices.index:
        facts = {"value": row.get(SENDER), "known": ", ".join(dossier.offices.index)}
        yield Problem("row.map_unknown", row.where(SENDER), facts)
