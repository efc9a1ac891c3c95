"""The form of a plenary as a workbook: prefilled from roster, method and computed order, filled in after it.

Sheets: a guide, `Rapat`, `Hadir` with the roster, `Bobot` with the method's weights, `Putusan` with every
usulan in computed order. Every text is written as text, and nothing in the file is a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import say
from ksd_toolkit.plenary import read_record, read_roster
from ksd_toolkit.plenary.rules import DECISIONS, RECORD_TOML, RECORD_XLSX, rules
from ksd_toolkit.plenary.standing import standing
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.office_form import OfficeForm, write_cell
from ksd_toolkit.publishing.questionnaire_style import GREY, LINE, TITLE_ROWS, row_height
from ksd_toolkit.scoring import Ranking

_GUIDE: Final = ("rapat", "hadir", "bobot", "putusan", "gate", "order", "check")
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
    form.guide(_GUIDE, {"check": {"dossier": form.dossier.name}})
    form.meeting()
    form.attendance()
    form.weights()
    form.decisions()
    return form.finished()


@dataclass(frozen=True, slots=True)
class _Cells:
    """A table of the form: what each column is called and how wide it is, and its prefilled rows."""

    sheet: str
    widths: dict[str, int]
    rows: Sequence[dict[str, Any]]


class _Form(OfficeForm):
    """The workbook in the making."""

    def __init__(self, ranking: Ranking) -> None:
        super().__init__(ranking.register.dossier, "plenary.form")
        self.ranking = ranking
        places = ranking.method.decimals
        points = f"0.{'0' * places}" if places else "0"
        self.numbers = {
            name: self.book.add_format({**_NUMBER, "num_format": shown})
            for name, shown in (("skor", points), ("peringkat", "0"), ("bobot_usulan", "General"))
        }

    def meeting(self) -> None:
        """The code of what is asked, its label, and the cell to fill in."""
        sheet = self.sheet("Rapat", self.say("guide_rapat"), len(_MEETING_WIDTHS))
        for column, width in enumerate(_MEETING_WIDTHS):
            sheet.set_column(column, column, width)
        for row, key in enumerate(rules()["section"]["rapat"]["keys"], start=TITLE_ROWS + 1):
            label = self.say(key)
            if key in _HINTS:
                label += f" ({self.say(_HINTS[key])})"
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
        lead = self.say("guide_hadir" if rows else "no_roster")
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
        sheet, start = self._table(_Cells("Bobot", _BOBOT, rows), self.say("guide_bobot"))
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
        sheet, start = self._table(_Cells("Putusan", _PUTUSAN, rows), self.say("guide_putusan"))
        columns = list(_PUTUSAN)
        _choose(sheet, start, len(rows), columns.index("putusan"), list(DECISIONS))
        if rows:
            at = columns.index("posisi")
            rule = {"validate": "integer", "criteria": ">=", "value": 1}
            sheet.data_validation(start, at, start + len(rows) - 1, at, rule)

    def _table(self, cells: _Cells, lead: str) -> tuple[Worksheet, int]:
        """The headings, the line of codes the reader goes by, and the rows; given cells are locked."""
        sheet = self.sheet(cells.sheet, lead, len(cells.widths))
        heads = {name: self.say(name) for name in cells.widths}
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
                write_cell(sheet, (number, column), row.get(name), self._look(name))
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


def _choose(sheet: Worksheet, start: int, rows: int, column: int, words: Sequence[str]) -> None:
    """A dropdown of words for a column."""
    if rows:
        rule = {"validate": "list", "source": list(words)}
        sheet.data_validation(start, column, start + rows - 1, column, rule)
