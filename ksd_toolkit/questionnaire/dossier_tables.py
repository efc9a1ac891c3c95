"""Tables of the dossier (`naskah.csv`, `monev.csv`, ...) that lie among the questionnaires: told where they belong."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.agreement_headings import is_register
from ksd_toolkit.questionnaire.form import Form, TableSpec
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.identity import META_SHEET
from ksd_toolkit.questionnaire.sent_file import SentFile
from ksd_toolkit.questionnaire.sheets import find_header

DOSSIER_FORMS: Final = ("evaluasi", "indikator", "penetapan", "calon_mitra", "forum", "kelembagaan")
"""Forms whose tables lie in the dossier as CSV files of the same name."""
_OFFICE_TABLES: Final = ("usulan", "mitra", "nilai")
_REGISTER: Final = "naskah"  # which offices keep under headings of their own
_LEAST: Final = 3  # headings of one table that make a sheet that table


class DossierTable:
    """A sheet with more headings of a table of the dossier than of any table an office fills."""

    def recognises(self, sent: SentFile) -> bool:
        """Whether it lies where only an office's file belongs and holds a table of the dossier."""
        of_an_office = sent.known_usulan is None and sent.sheet(META_SHEET) is None
        return of_an_office and any(True for _ in _found(sent))

    def read(self, sent: SentFile) -> Problem:
        """Where the table belongs; nothing in it is an answer of an office."""
        table = next(_found(sent))
        return Problem("file.dossier_table", Where(sent.name), {"table": f"{table}.csv"})


def _found(sent: SentFile) -> Iterator[str]:
    """The table of the dossier on each sheet; one that cannot hold the keys of an office's table is none."""
    kept = [table for name in DOSSIER_FORMS for table in read_form(name).tables]
    for grid in sent.grids:
        offices = [(table, _headings(grid, table)) for table in _tables(sent.form, _OFFICE_TABLES)]
        own, headings = max(offices, key=lambda one: len(one[1]))
        keys = headings & set(own.keys)
        able = [table for table in kept if keys <= {field.name for field in table.fields}]
        best = max(able, key=lambda table: len(_headings(grid, table)), default=None)
        beside = set().union(
            *(found for _, found in offices)
        )  # partners may be named beside usulan
        least = max(_LEAST, len(beside) + 1)
        register = next((table for table in kept if table.name == _REGISTER), None)
        if best is not None and len(_headings(grid, best)) >= least:
            yield best.name
        elif register is not None and is_register(grid, register, max(least, _LEAST + 1)):
            yield register.name


def _tables(form: Form, names: tuple[str, ...]) -> Iterator[TableSpec]:
    return (form.table(name) for name in names)


def _headings(grid: Grid, table: TableSpec) -> set[str]:
    """The questions of a table a sheet has headings for."""
    loose = tuple(replace(field, key=False) for field in table.fields)
    header = find_header(grid, replace(table, fields=loose))
    return set(header.columns) if header else set()
