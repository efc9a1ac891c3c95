"""A workbook as an OpenDocument spreadsheet, as LibreOffice would save it."""

import io

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook


def open_document(book: Workbook) -> bytes:
    """Every sheet with its cells as text or numbers."""
    document = OpenDocumentSpreadsheet()
    for sheet in book.worksheets:
        table = Table(name=sheet.title)
        for row in sheet.iter_rows(values_only=True):
            line = TableRow()
            for value in row:
                line.addElement(_cell(value))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _cell(value: object) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell
