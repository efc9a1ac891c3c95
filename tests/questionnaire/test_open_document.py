"""OpenDocument spreadsheets: every value at its place, and a few bytes never become billions of cells."""

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from ksd_toolkit.questionnaire import gate, read_workbook
from ksd_toolkit.questionnaire.cells import Lost
from ksd_toolkit.questionnaire.sheets import read_grids
from tests.fuzz.open_document import open_document
from tests.questionnaire.bad_files import BAD_FILES
from tests.small_project import office_book

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{prefix}="{prefix}"'
    for prefix in ("office", "table", "text", "style", "calcext", "draw")
)


def ods(path, body, styles="", parts=()):
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", SPREADSHEET)
        archive.writestr("content.xml", content)
        for name, text in parts:
            archive.writestr(name, text)
    return path


def table(rows, name="a", style=""):
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(text="", more=""):
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {more}>{paragraph}</table:table-cell>"


def typed(kind, name, value, shown="x"):
    return cell(shown, f'office:value-type="{kind}" office:{name}="{value}"')


def read(path):
    grids, reason = read_grids(path, "x")
    return grids, reason and (reason.code, reason.facts.get("cell"))


def rows_of(path):
    (grid,), reason = read(path)
    assert reason is None
    return [list(line) for line in grid.rows]


def test_an_office_may_answer_in_an_open_document(project):
    book = office_book("DISHUB", usulan=3)
    path = project.inbox / "dishub.ods"
    path.write_bytes(open_document(book))
    given, sent = (
        read_workbook(p, project.dossier) for p in (path, project.put(book, "dishub.xlsx"))
    )
    assert given.problems == sent.problems == ()
    assert [(a.table, a.row_key, a.field, a.raw, a.value, a.cell) for a in given.answers] == [
        (a.table, a.row_key, a.field, a.raw, a.value, a.cell) for a in sent.answers
    ]


def test_every_type_of_value_is_read(tmp_path):
    cells = (
        typed("float", "value", "1234.5"),
        typed("currency", "value", "5"),
        typed("percentage", "value", "0.1", "10 %"),
        typed("date", "date-value", "2026-08-17"),
        typed("date", "date-value", "2026-08-17T10:30:00"),
        typed("time", "time-value", "PT08H30M00S"),
        typed("time", "time-value", "PT30H00M00S"),
        typed("boolean", "boolean-value", "true"),
        cell("satu<text:s text:c='2'/>dua<text:line-break/>tiga", 'office:value-type="string"'),
        typed("float", "value", "bukan angka", "dua"),
        typed("date", "date-value", "2026-13-40", "kelak"),
    )
    path = ods(tmp_path / "x.ods", table(row(*cells)))
    assert rows_of(path) == [
        [
            1234.5, 5.0, 0.1, date(2026, 8, 17), datetime(2026, 8, 17, 10, 30), time(8, 30),
            timedelta(hours=30), True, "satu  dua\ntiga", "dua", "kelak",
        ]
    ]  # fmt: skip
    (grid,), _ = read(path)
    assert grid.percent == {"C1"}


def test_errors_and_formulas_without_a_value_are_lost_and_the_others_told(tmp_path):
    cells = (
        cell(
            "#DIV/0!",
            'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"',
        ),
        cell("", 'table:formula="of:=1+1"'),
        cell("Err:508", 'table:formula="of:=(" office:value-type="string"'),
        cell("2", 'table:formula="of:=1+1" office:value-type="float" office:value="2"'),
    )
    (grid,), _ = read(ods(tmp_path / "x.ods", table(row(*cells))))
    assert grid.rows == (("#DIV/0!", "=", "Err:508", 2.0),)
    assert [type(value) is Lost for value in grid.rows[0]] == [True, True, True, False]
    told = [(p.code, p.where.cell, p.facts["n"]) for p in grid.findings]
    assert told == [("sheet.computed", "D1", 1)]


def test_hidden_sheets_rows_and_merged_cells_are_known(tmp_path):
    styles = (
        '<style:style style:name="gone"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="seen"><style:table-properties table:display="true"/></style:style>'
    )
    merged = cell("m", 'table:number-rows-spanned="2" table:number-columns-spanned="2"')
    covered = "<table:covered-table-cell><text:p>di bawah</text:p></table:covered-table-cell>"
    body = (
        table(row(cell("rahasia")), "lama", "gone")
        + table(row(cell("x")), "_meta", "gone")
        + table(
            row(cell("judul"))
            + row(cell("t"), more='table:visibility="collapse" table:number-rows-repeated="2"')
            + row(merged, covered, cell("z")),
            "isi",
            "seen",
        )
    )
    grids, _ = read(ods(tmp_path / "x.ods", body, styles))
    assert [grid.name for grid in grids] == ["_meta", "isi"]
    assert [(p.code, p.where.sheet) for p in grids[0].findings] == [("sheet.hidden", "lama")]
    assert (grids[1].hidden_rows, grids[1].merged) == ({2, 3}, ("A4:B5",))
    assert grids[1].rows[3] == ("m", None, "z")


def test_remarks_drawings_and_tables_inside_cells_are_no_answers(tmp_path):
    inner = table(row(cell("dalam")), "dalam")
    remark = "<office:annotation><text:p>catatan</text:p></office:annotation>"
    frame = "<draw:frame><text:p>gambar</text:p></draw:frame>"
    filled = f"<table:table-cell>{remark}<text:p>jawaban</text:p>{frame}{inner}</table:table-cell>"
    tracked = f"<table:tracked-changes>{row(cell('lama'))}</table:tracked-changes>"
    assert rows_of(ods(tmp_path / "x.ods", tracked + table(row(filled)))) == [["jawaban"]]


REPEATED_ROWS = 'table:number-rows-repeated="{}"'
REPEATED_CELLS = 'table:number-columns-repeated="{}"'


def test_emptiness_without_end_is_not_spread_out(tmp_path):
    empty = row(cell("", REPEATED_CELLS.format(16384)), more=REPEATED_ROWS.format(1048570))
    last = cell("", REPEATED_CELLS.format(16000))
    path = ods(tmp_path / "x.ods", table(row(cell("a"), last) + row() + row(cell("b")) + empty))
    assert rows_of(path) == [["a"], [], ["b"]]


def test_what_repeats_within_the_limits_is_spread_out(tmp_path):
    twice = row(cell("a", REPEATED_CELLS.format(2)), more=REPEATED_ROWS.format(3))
    assert rows_of(ods(tmp_path / "x.ods", table(twice))) == [["a", "a"]] * 3


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (row(cell("", REPEATED_CELLS.format(16383)), cell("a")), "XFD1"),
        (row(cell("a", REPEATED_CELLS.format(10**12))), None),
        (row(cell(""), more=REPEATED_ROWS.format(1048575)) + row(cell("a")), "A1048576"),
        (row(cell("a"), more=REPEATED_ROWS.format(10**12)), None),
        (row(cell("a", REPEATED_CELLS.format(1000)), more=REPEATED_ROWS.format(100_000)), None),
    ],
)
def test_a_filled_cell_beyond_the_limits_is_named(tmp_path, body, place):
    grids, reason = read(ods(tmp_path / "x.ods", table(body)))
    assert grids == []
    assert reason[0] == "file.cell_out_of_bounds"
    assert place in {None, reason[1]}


@pytest.mark.parametrize("number", ["0", "-5", "banyak", ""])
def test_a_repetition_that_is_no_number_is_damage(tmp_path, number):
    body = table(row(cell("a", f'table:number-columns-repeated="{number}"')))
    assert read(ods(tmp_path / "x.ods", body))[1][0] == "file.damaged"


def test_the_sheets_of_one_file_share_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "MAX_CELLS", 10)
    one = row(cell("a", REPEATED_CELLS.format(6)))
    assert read(ods(tmp_path / "x.ods", table(one)))[1] is None
    assert (
        read(ods(tmp_path / "x.ods", table(one) + table(one, "b")))[1][0]
        == "file.cell_out_of_bounds"
    )


def test_two_sheets_of_one_name_are_damage(tmp_path):
    body = table(row(cell("a"))) * 2
    assert read(ods(tmp_path / "x.ods", body))[1][0] == "file.damaged"


def test_a_locked_open_document_says_so(tmp_path):
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = ods(tmp_path / "x.ods", "", parts=[("META-INF/manifest.xml", manifest)])
    assert read(path)[1][0] == "file.locked"


def test_a_workbook_inside_an_open_document_does_not_pass(tmp_path):
    BAD_FILES["opendocument.ods"][0](tmp_path / "x.ods")
    assert read(tmp_path / "x.ods")[1][0] == "file.not_workbook"


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(min_codepoint=33, max_codepoint=0xD7FF), min_size=1, max_size=9),
)


@given(st.lists(st.lists(VALUES, max_size=5), max_size=6))
def test_another_reader_reads_the_same(tmp_path_factory, lines):
    book = Workbook()
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            target = book.active.cell(number, column, value)
            if isinstance(value, str):
                target.data_type = "s"
    path = tmp_path_factory.mktemp("ods") / "x.ods"
    path.write_bytes(open_document(book))
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    expected = {
        (number, column): value
        for number, line in enumerate(theirs.to_python(skip_empty_area=False))
        for column, value in enumerate(line)
        if value != ""
    }
    (grid,), reason = read(path)
    assert reason is None
    ours = {
        (number, column): value
        for number, line in enumerate(grid.rows)
        for column, value in enumerate(line)
        if value is not None
    }
    assert ours == expected
