"""The form of a forum as a workbook: a row per candidate and proposal to mark, blank rows for others.

Sheets: a guide, `Rapat` with day, name and source of the forum, `Forum` with the rows. Every text is written
as text, and nothing in the file is a formula.
"""

from collections.abc import Iterator
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.matching.forum_pairs import ForumPairs
from ksd_toolkit.publishing.office_form import OfficeForm, write_cell
from ksd_toolkit.publishing.questionnaire_style import TITLE_ROWS, row_height
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.forum_workbook import MEETING_SHEET, SAID, SHARED, SHOWN, TABLE
from ksd_toolkit.register import Register

_GUIDE: Final = ("meeting", "rows", "blank", "scale", "persons", "check", "effect")
_MEETING_WIDTHS: Final = (16, 38, 60)
_WIDTHS: Final = {
    "mitra_nama": 36, "usulan_id": 19, "judul": 44, "opd": 24, "hadir": 9, "minat": 9, "catatan": 44,
    "tanggal": 16, "nama_forum": 26, "sumber": 26,
}  # fmt: skip
_CENTRED: Final = frozenset({"hadir", "minat"})
_UNKNOWN: Final = frozenset({"TT", "TB"})

Line = dict[str, Any]


def words_told(register: Register) -> list[Line]:
    """The rows of the table `forum` as they were written, `TT` and `TB` among them."""
    rows, states = register.table(TABLE), register.tables.states[TABLE]
    return [
        {
            name: states.at[at, name] if states.at[at, name] in _UNKNOWN else rows.at[at, name]
            for name in _WIDTHS
            if name in rows
        }
        for at in rows.index
    ]


def form_lines(pairs: ForumPairs, told: list[Line]) -> Iterator[Line]:
    """What the sheet `Forum` holds: the words told already, then a general row and the offers of each candidate.

    Args:
        pairs: What is offered to whom.
        told: The words told already, which the form carries over.
    """
    for line in told:
        yield line | _helps(pairs, line["usulan_id"])
    for name, rows in pairs.offered.groupby("mitra_nama", sort=False):
        yield {"mitra_nama": name}
        for usulan in rows["usulan_id"]:
            yield {"mitra_nama": name, "usulan_id": usulan} | _helps(pairs, usulan)


def _helps(pairs: ForumPairs, usulan: object) -> Line:
    """Title and office of a proposal, for the reader of the form."""
    if usulan not in pairs.found.usulan.index:
        return {}
    row = pairs.found.usulan.loc[usulan]  # type: ignore[call-overload]
    names = pairs.found.register.dossier.offices["opd_nama"]
    return {"judul": row["judul"], "opd": names.get(row["opd_kode"], row["opd_kode"])}


def forum_form(pairs: ForumPairs, told: list[Line]) -> bytes:
    """The form: the same bytes for the same register.

    Args:
        pairs: What is offered to whom.
        told: The words told already, which the form carries over.
    """
    form = _Form(pairs)
    form.how_to_fill()
    form.meeting()
    form.rows([*form_lines(pairs, told), *({} for _ in range(pairs.rules.blank_rows))])
    return form.finished()


class _Form(OfficeForm):
    """The workbook in the making."""

    def __init__(self, pairs: ForumPairs) -> None:
        super().__init__(pairs.found.register.dossier, "forum_form")
        self.table = read_form(TABLE).table(TABLE)

    def how_to_fill(self) -> None:
        """The guide, with the levels of interest and the command that checks the form."""
        levels = (one for one in self.table.field("minat").choices if one.code not in _UNKNOWN)
        told = "; ".join(f"{one.code} {one.labels[self.lang].lower()}" for one in levels)
        self.guide(_GUIDE, {"scale": {"levels": told}, "check": {"dossier": self.dossier.name}})

    def meeting(self) -> None:
        """The code of what is asked, its label, and the cell to fill in."""
        sheet = self.sheet(MEETING_SHEET, self.say("lead_meeting"), len(_MEETING_WIDTHS))
        for column, width in enumerate(_MEETING_WIDTHS):
            sheet.set_column(column, column, width)
        for row, name in enumerate(SHARED, start=TITLE_ROWS + 1):
            sheet.write_string(row, 0, name, self.formats.code)
            sheet.write_string(
                row, 1, self.table.field(name).label(self.lang), self.formats.question
            )
            sheet.write_blank(row, 2, None, self._look(name))

    def rows(self, lines: list[Line]) -> None:
        """The headings, the line of codes the reader goes by, and the rows."""
        sheet = self.sheet("Forum", self.say("lead_rows"), len(_WIDTHS))
        heads = {name: self._head(name) for name in _WIDTHS}
        for column, (name, width) in enumerate(_WIDTHS.items()):
            sheet.set_column(column, column, width)
            head = self.formats.required if name in SAID else self.formats.optional
            sheet.write_string(TITLE_ROWS, column, heads[name], head)
            sheet.write_string(TITLE_ROWS + 1, column, name, self.formats.code)
        sheet.set_row(TITLE_ROWS, row_height((heads[n], w) for n, w in _WIDTHS.items()))
        start = TITLE_ROWS + 2
        for number, line in enumerate(lines, start=start):
            texts = [(str(line.get(name) or ""), width) for name, width in _WIDTHS.items()]
            sheet.set_row(number, row_height(texts))
            for column, name in enumerate(_WIDTHS):
                write_cell(sheet, (number, column), _typed(name, line.get(name)), self._look(name))
        for name in ("hadir", "minat"):
            self._choose(sheet, name, (start, start + len(lines) - 1))
        sheet.freeze_panes(start, 1)
        sheet.repeat_rows(TITLE_ROWS, TITLE_ROWS)

    def _head(self, name: str) -> str:
        return self.say(name) if name in SHOWN else self.table.field(name).label(self.lang)

    def _choose(self, sheet: Worksheet, name: str, rows: tuple[int, int]) -> None:
        """A dropdown of the codes of a question."""
        codes = [one.code for one in self.table.field(name).choices]
        column = list(_WIDTHS).index(name)
        source = [int(code) if code.isdigit() else code for code in codes]
        sheet.data_validation(
            rows[0], column, rows[1], column, {"validate": "list", "source": source}
        )

    def _look(self, name: str) -> Format:
        if name == "tanggal":
            return self.formats.answer_date
        if name in SHOWN:
            return self.formats.given
        return self.formats.answer_centre if name in _CENTRED else self.formats.answer


def _typed(name: str, value: Any) -> Any:
    """A level of the scale as the number its list offers; all else as it is."""
    is_level = name in _CENTRED and isinstance(value, str) and value.isdigit()
    return int(value) if is_level else value
