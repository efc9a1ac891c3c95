"""Plain tables: a CSV, ODS or Excel file with rows of the questionnaire but not its own layout.

Headings are known by the code or a label of their question, or by `peta_kolom.csv`. A column that
answers nothing is kept as `_lain/<heading>`. The office is told by a column, by the map, or by the
codes of the usulan; a file of several offices is sent back to be divided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Manner, as_text
from ksd_toolkit.questionnaire.column_map import SENDER, ColumnMap, column_map
from ksd_toolkit.questionnaire.form import Form, TableSpec
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.identity import META_SHEET
from ksd_toolkit.questionnaire.office_names import OfficeNames, office_names
from ksd_toolkit.questionnaire.partners_beside import (
    PartnerColumns,
    partner_columns,
    partners_beside,
    several_partners,
)
from ksd_toolkit.questionnaire.rows import RowCheck
from ksd_toolkit.questionnaire.sent_file import Origin, Part, SentFile
from ksd_toolkit.questionnaire.sheets import Header, find_header
from ksd_toolkit.questionnaire.submission import Submission
from ksd_toolkit.questionnaire.table_sheet import own_scores, own_usulan, owner_of, read_sheet

_TABLES: Final = ("usulan", "mitra", "nilai")
_LEAST: Final = 3  # headings of one table that make a sheet that table
_FEWEST: Final = 2  # headings that do where there are no others
_TITLE: Final = "judul"  # a table of usulan that says what they are
_SENDER_HEADINGS: Final = frozenset({"opd", "kode opd", "nama opd", "perangkat daerah", "skpd"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet, the table it holds, and its heading."""

    grid: Grid
    table: TableSpec
    header: Header


class PlainTables:
    """A file whose sheets hold tables of the questionnaire under their own headings."""

    def recognises(self, sent: SentFile) -> bool:
        """Whether some sheet has the headings of a table, and none says it is our own workbook.

        Plain tables are an office's; the TKKSD's scores come in its own workbook.
        """
        of_an_office = sent.known_usulan is None and sent.sheet(META_SHEET) is None
        return of_an_office and any(True for _ in _found(sent, _mapped(sent)))

    def read(self, sent: SentFile) -> Submission | Problem:
        """The rows of every table found, or why nobody can say whose they are."""
        mapped = _mapped(sent)
        found = list(_found(sent, mapped))
        if any(one.table.name == "usulan" and _TITLE not in one.header.columns for one in found):
            return Problem("file.no_title", Where(sent.name))
        purposes = _sender_headings(sent.form, mapped)
        sender = _sender(sent, found, mapped, purposes)
        if isinstance(sender, Problem):
            return sender
        offices, manner = sent.dossier.offices.index, sent.manner(mapped.order)
        own = own_usulan(sender, offices)
        checks: dict[str, RowCheck] = {"usulan": own, "mitra": own, "nilai": own_scores(own)}

        beside = _beside(found, mapped.with_headings(sent.form.table("mitra")))
        told = {text for columns in beside.values() for text, _ in columns.values()}

        def has_purpose(heading: str) -> bool:
            return _folded(heading) in purposes or heading in told

        parts = []
        for number, one in enumerate(found):
            check = checks[one.table.name]
            parts.append(read_sheet(one.grid, one.table, sent.name, check, manner, has_purpose))
            if number in beside:
                parts += _partners(sent, one, beside[number], own, manner)
        tables = tuple(sorted({one.table.name for one in found}))
        origin = Origin("opd", sender, sent.path, sent.form, sent.dossier, "table", tables)
        return origin.submission(parts)


def _beside(found: Sequence[_Found], mitra: TableSpec) -> dict[int, PartnerColumns]:
    """Which tables of usulan name partners in columns of their own; none where partners have a table."""
    if any(one.table.name == mitra.name for one in found):
        return {}
    columns = {
        number: partner_columns(one.header, mitra)
        for number, one in enumerate(found)
        if one.table.name == "usulan"
    }
    return {number: named for number, named in columns.items() if named}


def _partners(
    sent: SentFile, one: _Found, columns: PartnerColumns, check: RowCheck, manner: Manner
) -> list[Part]:
    """The partners a table of usulan names, and the cells that name several."""
    grid, header = partners_beside(one.grid, one.header, columns)
    mitra = sent.form.table("mitra")
    part = read_sheet(grid, mitra, sent.name, check, manner, header=header)
    several = several_partners(one.grid, one.header, columns["mitra_nama"][1], sent.name)
    return [part, Part(None, several)]


def _mapped(sent: SentFile) -> ColumnMap:
    return column_map(sent.dossier, sent.form, sent.name)


def _found(sent: SentFile, mapped: ColumnMap) -> Iterator[_Found]:
    """Each sheet with the table whose headings it has most of."""
    for grid in sent.grids:
        best: _Found | None = None
        for name in _TABLES:
            table = mapped.with_headings(sent.form.table(name))
            header = find_header(grid, _without_keys(table))
            enough = header is not None and len(header.columns) >= (
                _LEAST if header.unknown else _FEWEST
            )
            if (
                header
                and enough
                and (best is None or len(header.columns) > len(best.header.columns))
            ):
                best = _Found(grid, table, header)
        if best is not None:
            yield best


def _without_keys(table: TableSpec) -> TableSpec:
    """The table with no question that must be there: its absence is told once the table is known."""
    return replace(table, fields=tuple(replace(field, key=False) for field in table.fields))


def _sender(
    sent: SentFile, found: Sequence[_Found], mapped: ColumnMap, headings: set[str]
) -> str | Problem:
    """The one office whose file it is."""
    names = office_names(sent.dossier)
    named = {text for one in found for text in _named_offices(one, headings)}
    if named:
        return _one_office(sorted(named), names, sent.name)
    if mapped.sender:
        return mapped.sender
    owners = {
        owner_of(as_text(one.grid.cell(row, one.header.columns["usulan_id"])), list(names.names))
        for one in found
        if "usulan_id" in one.header.columns
        for row in range(one.header.row + 1, len(one.grid.rows))
    } - {""}
    if len(owners) == 1:
        return owners.pop()
    return _no_single_office(sorted(owners), sent.name)


def _one_office(texts: list[str], names: OfficeNames, file: str) -> str | Problem:
    codes = set()
    for text in texts:
        office = names.read(text)
        if office.problem:
            facts = {"found": text, "near": office.facts["near"]}
            return Problem("file.unknown_opd", Where(file), facts)
        codes.add(str(office.value))
    return codes.pop() if len(codes) == 1 else _no_single_office(sorted(codes), file)


def _no_single_office(codes: list[str], file: str) -> Problem:
    if codes:
        return Problem("file.several_opd", Where(file), {"codes": ", ".join(codes)})
    return Problem("file.no_opd", Where(file))


def _named_offices(one: _Found, headings: set[str]) -> Iterator[str]:
    """What stands in the column of the office, each text once a row."""
    for heading, column in one.header.unknown.items():
        if _folded(heading) in headings:
            rows = range(one.header.row + 1, len(one.grid.rows))
            yield from filter(None, (as_text(one.grid.cell(row, column)) for row in rows))
            return


def _sender_headings(form: Form, mapped: ColumnMap) -> set[str]:
    """Headings of a column that names the office: the form's questions, usual words, and the map's."""
    questions = [field for field in form.table("opd").fields if field.name in {SENDER, "opd_nama"}]
    labels = {label for field in questions for label in field.labels.values()}
    own = mapped.sender_headings()
    return {_folded(text) for text in {*labels, *own, *_SENDER_HEADINGS, SENDER, "opd_nama"}}


def _folded(text: str) -> str:
    return " ".join(text.casefold().rstrip("*").split())
