"""The form of a plenary as a workbook: prefilled from roster, method and computed order, filled in after it.

Sheets: a guide, `Rapat`, `Hadir` with the roster, `Bobot` with the method's weights, `Putusan` with every
usulan in computed order. Every text is written as text, and nothing in the file is a formula.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import language, say
from ksd_toolkit.plenary import read_record, read_roster
from ksd_toolkit.plenary.rules import DECISIONS, RECORD_TOML, RECORD_XLSX, rules
from ksd_toolkit.plenary.standing import standing
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.questionnaire_style import (
    GREY,
    LINE,
    TITLE_ROWS,
    Formats,
    cut,
    row_height,
    set_up_page,
    write_head,
)
from ksd_toolkit.scoring import Ranking

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CELL: Final = 32_000
_GUIDE: Final = ("rapat", "hadir", "bobot", "putusan", "gate", "order", "check")
_GUIDE_WIDTH: Final = 110
_MEETING_WIDTHS: Final = (20, 38, 60)
_HINTS: Final = {"agenda": "agenda_hint"}
_HADIR: Final = {
    "penilai": 12, "jabatan": 38, "instansi": 38, "peran": 12, "suara": 10,
    "hadir": 12, "keterangan": 40,
}  # fmt: skip
_BOBOT: Final = {
    "kriteria": 10, "nama_kriteria": 38, "bobot_usulan": 12, "bobot": 12, "alasan": 60,
}  # fmt: skip
_PUTUSAN: Final = {
    "usulan": 19, "judul": 44, "opd": 16, "peringkat": 11, "skor": 8, "kelas": 14,
    "menurut_hitungan": 14, "putusan": 13, "posisi": 9, "gabung_ke": 19, "pasal": 24, "alasan": 50,
}  # fmt: skip
_FILLED: Final = frozenset(
    {"hadir", "keterangan", "bobot", "alasan", "putusan", "posisi", "gabung_ke", "pasal"}
)
_CENTRED: Final = frozenset({"hadir", "putusan", "posisi"})
_NUMBER: Final = {
    "font_name": "Arial", "font_size": 10, "valign": "top", "align": "right", "border": 1,
    "border_color": LINE, "font_color": GREY, "bg_color": "#F3F4F6",
}  # fmt: skip
_TEXTS: Final = frozenset({"gabung_ke", "pasal"})  # as typed: no date is made of 4/2


def write_form(ranking: Ranking) -> Path:
    """Write the blank form into the dossier; one that somebody filled in is never touched.

    Raises:
        RunError: The plenary is recorded already, in this form or as TOML.
        PlenaryError: Two records lie in the dossier.
    """
    dossier = ranking.register.dossier
    path = dossier.folder / RECORD_XLSX
    record = read_record(dossier)
    if record is not None and record.source.name == RECORD_TOML:
        raise RunError("plenary.form_beside_toml", file=RECORD_TOML)
    if record is not None:
        raise RunError("plenary.form_filled", file=RECORD_XLSX)
    replace_file(path, form_bytes(ranking))
    return path


def form_bytes(ranking: Ranking) -> bytes:
    """The blank form: the same bytes for the same ranking and roster."""
    form = _Form(ranking)
    form.guide()
    form.meeting()
    form.attendance()
    form.weights()
    form.decisions()
    form.book.close()
    return form.buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Cells:
    """A table of the form: what each column is called and how wide it is, and its prefilled rows."""

    sheet: str
    widths: dict[str, int]
    rows: Sequence[dict[str, Any]]


class _Form:
    """The workbook in the making."""

    def __init__(self, ranking: Ranking) -> None:
        self.ranking, self.dossier = ranking, ranking.register.dossier
        self.lang = language(self.dossier.lang)
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, dict(_OPTIONS))
        region, period = self.dossier.region.name, self.dossier.period
        self.title = self._say("title", region=region, period=period)
        created = datetime.combine(self.dossier.tanggal_acuan, time(), UTC)
        self.book.set_properties(
            {"title": self.title, "author": self.dossier.issuer.unit, "created": created}
        )
        self.formats = Formats.of(self.book)
        places = ranking.method.decimals
        points = f"0.{'0' * places}" if places else "0"
        self.numbers = {
            name: self.book.add_format({**_NUMBER, "num_format": shown})
            for name, shown in (("skor", points), ("peringkat", "0"), ("bobot_usulan", "General"))
        }

    def _say(self, code: str, **facts: object) -> str:
        return say(f"plenary.form.{code}", self.lang, **facts)

    def _sheet(self, name: str, lead: str, columns: int) -> Worksheet:
        """A sheet with the title, what to do, and the banner of simulated data; every cell locked or free by format."""
        banner = say("stamp.simulated", self.lang) if self.dossier.simulated else ""
        sheet = self.book.add_worksheet(name)
        set_up_page(sheet, banner, self.dossier.name)
        texts = (self.dossier.name, legible(self.title), lead, banner)
        write_head(sheet, self.formats, texts, columns)
        return sheet

    def guide(self) -> None:
        """How to fill in each sheet."""
        sheet = self._sheet(self._say("guide_sheet"), "", 1)
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        for row, name in enumerate(_GUIDE, start=TITLE_ROWS + 1):
            facts = {"dossier": self.dossier.name} if name == "check" else {}
            text = self._say(f"guide_{name}", **facts)
            sheet.write_string(row, 0, text, self.formats.body)
            sheet.set_row(row, row_height([(text, _GUIDE_WIDTH)]))

    def meeting(self) -> None:
        """The code of what is asked, its label, and the cell to fill in."""
        sheet = self._sheet("Rapat", self._say("guide_rapat"), len(_MEETING_WIDTHS))
        for column, width in enumerate(_MEETING_WIDTHS):
            sheet.set_column(column, column, width)
        for row, key in enumerate(rules()["section"]["rapat"]["keys"], start=TITLE_ROWS + 1):
            label = self._say(key)
            if key in _HINTS:
                label += f" ({self._say(_HINTS[key])})"
            sheet.write_string(row, 0, key, self.formats.code)
            sheet.write_string(row, 1, label, self.formats.question)
            look = self.formats.answer_date if key == "tanggal" else self.formats.answer_text
            sheet.write_blank(row, 2, None, self.formats.answer if key in _HINTS else look)
            sheet.set_row(row, row_height([(label, _MEETING_WIDTHS[1])], 3 if key in _HINTS else 1))

    def attendance(self) -> None:
        """Every member of the roster by capacity, without a name."""
        roster = read_roster(self.dossier)
        rows = [
            {"penilai": one.member, "jabatan": one.position, "instansi": one.office,
             "peran": one.role, "suara": "ya" if one.votes else "tidak"}
            for one in roster.members
        ]  # fmt: skip
        lead = self._say("guide_hadir" if rows else "no_roster")
        sheet, start = self._table(_Cells("Hadir", _HADIR, rows), lead)
        known = rules()["attendance"]
        words = [known["present"][0], known["proxy"][0], known["absent"][0]]
        _choose(sheet, start, len(rows), list(_HADIR).index("hadir"), words)

    def weights(self) -> None:
        """Every criterion with the weight proposed."""
        rows = [
            {"kriteria": one.code, "nama_kriteria": one.labels[self.lang],
             "bobot_usulan": one.weight_percent}
            for one in self.ranking.method.criteria
        ]  # fmt: skip
        sheet, start = self._table(_Cells("Bobot", _BOBOT, rows), self._say("guide_bobot"))
        column = list(_BOBOT).index("bobot")
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        sheet.data_validation(start, column, start + len(rows) - 1, column, rule)

    def decisions(self) -> None:
        """Every usulan in computed order with what holds if the plenary says nothing."""
        stood = standing(self.ranking)
        usulan = self.ranking.register.usulan.set_index("usulan_id")
        rows = [
            {"usulan": name, "judul": usulan["judul"].get(name), "opd": usulan["opd_kode"].get(name),
             "peringkat": row["rank"], "skor": row["points"], "kelas": self.ranking.method.class_label(str(row["class_name"]), self.lang),
             "menurut_hitungan": say(f"plenary.decision.{row['decision']}", self.lang)}
            for name, row in zip(stood.index, stood.to_dict("records"), strict=True)
        ]  # fmt: skip
        sheet, start = self._table(_Cells("Putusan", _PUTUSAN, rows), self._say("guide_putusan"))
        columns = list(_PUTUSAN)
        _choose(sheet, start, len(rows), columns.index("putusan"), list(DECISIONS))
        if rows:
            at = columns.index("posisi")
            rule = {"validate": "integer", "criteria": ">=", "value": 1}
            sheet.data_validation(start, at, start + len(rows) - 1, at, rule)

    def _table(self, cells: _Cells, lead: str) -> tuple[Worksheet, int]:
        """The headings, the line of codes the reader goes by, and the rows; given cells are locked."""
        sheet = self._sheet(cells.sheet, lead, len(cells.widths))
        heads = {name: self._say(name) for name in cells.widths}
        for column, (name, width) in enumerate(cells.widths.items()):
            sheet.set_column(column, column, width)
            head = self.formats.required if name in _FILLED else self.formats.optional
            sheet.write_string(TITLE_ROWS, column, heads[name], head)
            sheet.write_string(TITLE_ROWS + 1, column, name, self.formats.code)
        height = row_height((heads[name], width) for name, width in cells.widths.items())
        sheet.set_row(TITLE_ROWS, height)
        start = TITLE_ROWS + 2
        for number, row in enumerate(cells.rows, start=start):
            texts = [(str(row.get(name) or ""), width) for name, width in cells.widths.items()]
            sheet.set_row(number, row_height(texts))
            for column, name in enumerate(cells.widths):
                self._write(sheet, (number, column), row.get(name), self._look(name))
        sheet.freeze_panes(start, 1)
        sheet.repeat_rows(TITLE_ROWS, TITLE_ROWS)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        return sheet, start

    def _look(self, name: str) -> Format:
        if name in self.numbers:
            return self.numbers[name]
        if name not in _FILLED:
            return self.formats.given
        if name in _CENTRED:
            return self.formats.answer_centre
        return self.formats.answer_text if name in _TEXTS else self.formats.answer

    def _write(self, sheet: Worksheet, place: tuple[int, int], value: Any, look: Format) -> None:
        if value is None or pd.isna(value) or value == "":
            sheet.write_blank(*place, None, look)
        elif isinstance(value, str):
            sheet.write_string(*place, cut(legible(value), _CELL), look)
        else:
            sheet.write_number(*place, float(value), look)


def _choose(sheet: Worksheet, start: int, rows: int, column: int, words: Sequence[str]) -> None:
    """A dropdown of words for a column."""
    if rows:
        rule = {"validate": "list", "source": list(words)}
        sheet.data_validation(start, column, start + rows - 1, column, rule)
