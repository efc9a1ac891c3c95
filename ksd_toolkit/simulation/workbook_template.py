"""A blank workbook of the toolkit as a pattern, filled in a small part of the time it takes to build one.

A questionnaire is written once with marks in the place of what differs between offices; a filled
workbook is that archive with the marks replaced and the answers put in as cells. Nothing but the
blank rows prepared below the answers is missing from it.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self
from xml.sax.saxutils import escape

import pandas as pd

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.publishing.questionnaire_style import Typed
from ksd_toolkit.publishing.questionnaire_table import Row
from ksd_toolkit.publishing.questionnaire_workbook import Rows, office_workbook, tkksd_workbook
from ksd_toolkit.regions import Region
from ksd_toolkit.simulation.sheet_template import (
    SheetTemplate,
    cell_xml,
    cells_of,
    rows_of,
    shared_texts,
)

_NAME, _CODE, _SENDER, _OFFICE, _AFFAIRS = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
"""Marks of a region's name and code, an office's code, name and affairs: letters nobody types."""
_KEY: Final = "usulan_id"
_RECORD: Final = "opd"
_DAY: Final = "ppksd_sk_tanggal"
_GIVEN: Final = frozenset({"opd_kode", "opd_nama", "urusan_opd"})
_ANSWER: Final = "C"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6
_SHEET: Final = re.compile(r'<sheet name="([^"]+)" sheetId="(\d+)"')
_BOOK, _TEXTS = "xl/workbook.xml", "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class WorkbookTemplate:
    """A blank workbook taken apart.

    Attributes:
        parts: Every part of the archive in its order, with the marks in it.
        sheets: The pattern of each sheet of rows, by part.
        names: The name of each of these sheets, by part.
        record: The part with the one record, if there is one.
        answers: The blank cells of that record: code of the question -> place and style.
        day_style: The style of a date.
    """

    parts: Mapping[str, str]
    sheets: Mapping[str, SheetTemplate]
    names: Mapping[str, str]
    record: str
    answers: Mapping[str, tuple[str, str]]
    day_style: str

    @classmethod
    def of_office(cls, dossier: Dossier) -> Self:
        """The workbook an office fills in a dossier of this period; region and office are marks."""
        blank = _marked(dossier)
        return cls._of(office_workbook(blank, _SENDER), {"usulan", "mitra", "nilai"})

    @classmethod
    def of_tkksd(cls, dossier: Dossier, members: Sequence[str]) -> Self:
        """The workbook of these members of the TKKSD."""
        rows: dict[str, list[Row]] = {member: [{}] for member in members}
        blank = tkksd_workbook(_marked(dossier), members, {"": ""}, rows)
        return cls._of(blank, set(members))

    @classmethod
    def _of(cls, blank: bytes, filled: set[str]) -> Self:
        with zipfile.ZipFile(io.BytesIO(blank)) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        texts = shared_texts(parts[_TEXTS])
        names = {f"xl/worksheets/sheet{n}.xml": name for name, n in _SHEET.findall(parts[_BOOK])}
        record = next((part for part, name in names.items() if name == _RECORD), "")
        answers = _answers(parts[record], texts) if record else {}
        return cls(
            parts=parts,
            sheets={
                part: SheetTemplate.of(parts[part], texts, _KEY)
                for part, name in names.items()
                if name in filled
            },
            names=names,
            record=record,
            answers=answers,
            day_style=answers[_DAY][1] if answers else "0",
        )

    def filled(
        self,
        dossier: Dossier,
        rows: Rows,
        opd_kode: str = "",
        titles: Mapping[str, str] | None = None,
    ) -> bytes:
        """The workbook with these rows, as `office_workbook` or `tkksd_workbook` would write it.

        Args:
            dossier: The region and period it belongs to: that of the pattern, but for the region.
            rows: Sheet -> rows of field -> value as typed.
            opd_kode: The office that fills it, if it is one of an office.
            titles: The title of each usulan, where the sheets show them.
        """
        marks = _values_of_marks(dossier, opd_kode)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for part, text in self.parts.items():
                content = text
                if sheet := self.sheets.get(part):
                    held = rows.get(self.names[part], ())
                    content = sheet.filled(held, self.day_style, titles or {})
                elif part == self.record:
                    content = self._recorded(text, next(iter(rows.get(_RECORD, ())), {}))
                for mark, value in marks.items():
                    content = content.replace(mark, value)
                info = zipfile.ZipInfo(part, _LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return buffer.getvalue()

    def _recorded(self, text: str, record: Mapping[str, Typed]) -> str:
        """The sheet of the one record with its answers."""
        for code, (place, style) in self.answers.items():
            blank, answer = cell_xml(place, style, None, ""), record.get(code)
            text = text.replace(blank, cell_xml(place, style, answer, self.day_style))
        return text


def _marked(dossier: Dossier) -> Dossier:
    """The dossier with marks for its region and a single office of marks."""
    office = {"opd_nama": [_OFFICE], "urusan": [_AFFAIRS]}
    region = Region(_CODE, _NAME, dossier.region.kind, dossier.region.is_party)
    return replace(dossier, region=region, offices=pd.DataFrame(office, index=[_SENDER]))


def _values_of_marks(dossier: Dossier, opd_kode: str) -> dict[str, str]:
    marks = {_NAME: dossier.region.name, _CODE: dossier.region.code}
    if opd_kode:
        office = dossier.offices.loc[opd_kode]
        affairs = str(office["urusan"]).replace(";", "; ")
        marks |= {_SENDER: opd_kode, _OFFICE: str(office["opd_nama"]), _AFFAIRS: affairs}
    return {mark: escape(value) for mark, value in marks.items()}


def _answers(xml: str, texts: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Where each question of a record is answered, but for those that are answered already."""
    found = {}
    for row in rows_of(xml):
        cells = cells_of(row[0], texts)
        code = cells.get("A", ("", ""))[1]
        if _ANSWER in cells and not cells[_ANSWER][1] and code not in _GIVEN:
            found[code] = (f"{_ANSWER}{row[1]}", cells[_ANSWER][0])
    return found
