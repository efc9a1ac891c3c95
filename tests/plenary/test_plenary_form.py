"""The form: handed out prefilled and inert, filled in as a person would, read back as the same plenary."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from ksd_toolkit.errors import PlenaryError, RunError
from ksd_toolkit.publishing.plenary_workbook import form_bytes, write_form
from tests.plenary.conftest import LISTED, MEETING, POSTPONED, STOPPED, merge, move
from tests.scoring.conftest import proposal_of, quick_method, register_of, score


@pytest.fixture
def book(room):
    """The blank form, opened; saving it puts it into the dossier."""
    return openpyxl.load_workbook(write_form(room.ranking))


def fill(sheet, key, **cells):
    """Type into the row whose first cell is `key`, by the codes of the columns."""
    codes = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
    row = next(cell.row for cell in sheet["A"] if cell.value == key)
    for name, value in cells.items():
        sheet.cell(row, codes[name], value)
    return row


def meet(book, day=datetime(2026, 8, 27)):
    sheet = book["Rapat"]
    for row in sheet.iter_rows():
        if row[0].value in {"tanggal", "tempat", "agenda"}:
            row[2].value = {"tanggal": day, "tempat": "Kandangan", "agenda": "Satu\nDua"}[
                row[0].value
            ]
    for member in ("TKKSD-1", "TKKSD-2"):
        fill(book["Hadir"], member, hadir="ya")


def save(book, room):
    book.save(room.folder / "pleno.xlsx")


def test_a_form_nobody_filled_in_is_no_record_and_may_be_made_anew(room):
    first = write_form(room.ranking).read_bytes()
    assert room.read() is None
    assert write_form(room.ranking).read_bytes() == first


def test_filled_in_it_says_what_the_same_record_in_toml_says(room, book, at):
    meet(book)
    decided = book["Putusan"]
    fill(decided, "DINKES-05", posisi=1, alasan="sebab")
    fill(decided, "DINKES-08", gabung_ke="dinkes-07", alasan="sebab")
    fill(decided, "DINKES-03", putusan="ditunda", alasan="sebab")
    fill(
        decided,
        STOPPED,
        putusan="ditetapkan",
        posisi=2.0,
        pasal="PP 28/2018 4(2)-(3)",
        alasan="sebab",
    )
    fill(book["Bobot"], "U", bobot=10, alasan="sebab")
    fill(book["Bobot"], "S", bobot="8,0", alasan="sebab")
    save(book, room)
    outcome = room.read()
    (room.folder / "pleno.xlsx").unlink()
    same = room.decide(
        '[bobot]\nU = 10\nS = 8\nalasan = "sebab"\n'
        + move("DINKES-05", 1) + merge("DINKES-08", "DINKES-07")
        + '[[putusan]]\nusulan = "DINKES-03"\nputusan = "ditunda"\nalasan = "sebab"\n'
        + move(STOPPED, 2, article="PP 28/2018 4(2)-(3)")
    )  # fmt: skip
    left_out = ["source"]
    assert outcome.table.drop(columns=left_out).equals(same.table.drop(columns=left_out))
    assert sorted(outcome.changes["subject"]) == sorted(same.changes["subject"])
    assert outcome.minutes.held == date(2026, 8, 27)
    assert outcome.minutes.agenda == ("Satu", "Dua")


def test_the_source_is_file_sheet_and_cell(room, book):
    meet(book)
    row = fill(book["Putusan"], "DINKES-05", posisi=1, alasan="sebab")
    save(book, room)
    assert room.read().table.at["DINKES-05", "source"] == f"pleno.xlsx [Putusan:A{row}]"


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"posisi": 1}, ["no_reason L"]),
        ({"posisi": 1, "putusan": "ditunda", "alasan": "x"}, ["decided_twice I"]),
        ({"posisi": 1, "gabung_ke": "DINKES-02", "alasan": "x"}, ["decided_twice I"]),
        ({"putusan": "digabung", "alasan": "x"}, ["no_usulan J"]),
        ({"alasan": "x"}, ["nothing_decided H"]),
        ({"posisi": "#REF!", "alasan": "x"}, ["lost I"]),
        ({"posisi": 99, "alasan": "x"}, ["position_beyond I"]),
    ],
)
def test_one_slip_in_a_row_is_told_once_at_its_cell(room, book, cells, problems):
    meet(book)
    row = fill(book["Putusan"], "DINKES-05", **cells)
    save(book, room)
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    told = [
        f"{problem.code.removeprefix('plenary.')} {problem.where.cell}"
        for problem in refusal.value.problems
    ]
    assert told == [f"{problem}{row}" for problem in problems]


def test_a_row_for_a_stopped_usulan_without_article_and_reason(room, book):
    meet(book)
    fill(book["Putusan"], STOPPED, putusan="ditetapkan", posisi=1)
    save(book, room)
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    codes = [problem.code for problem in refusal.value.problems]
    assert codes == ["plenary.no_reason", "plenary.no_article"]


def test_a_missing_sheet_is_told(room, book):
    meet(book)
    del book["Bobot"]
    save(book, room)
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    assert [problem.code for problem in refusal.value.problems] == ["plenary.no_sheet"]


def test_a_form_somebody_filled_in_is_never_overwritten(room, book):
    meet(book)
    save(book, room)
    before = (room.folder / "pleno.xlsx").read_bytes()
    with pytest.raises(RunError, match="sudah diisi"):
        write_form(room.ranking)
    assert (room.folder / "pleno.xlsx").read_bytes() == before


def test_beside_a_record_in_toml_no_form_is_made(room):
    room.write(MEETING)
    with pytest.raises(RunError, match=r"pleno\.toml"):
        write_form(room.ranking)
    assert not (room.folder / "pleno.xlsx").exists()


def test_a_method_called_pleno_is_no_hindrance(room, book):
    room.write('name = "pleno"\nbased_on = "baku"\n')
    meet(book)
    save(book, room)
    assert room.read().quorum.reached


def test_it_lists_every_usulan_in_computed_order_and_names_nobody(room):
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(room.ranking)))
    ids = [cell.value for cell in book["Putusan"]["A"] if str(cell.value).startswith("DINKES-")]
    assert ids == [*LISTED, POSTPONED, STOPPED]
    members = [cell.value for cell in book["Hadir"]["A"] if str(cell.value).startswith("TKKSD-")]
    assert members == ["TKKSD-1", "TKKSD-2", "TKKSD-3", "TKKSD-4"]
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("Rahasia" in text for text in texts)


def test_hostile_titles_are_text_and_the_same_form_has_the_same_bytes(at, tmp_path):
    title = '=HYPERLINK("http://x","y")'
    base = at()
    register = register_of(base.ranking.register.dossier, proposal_of("DINKES-01", judul=title))
    ranking = score(register, quick_method())
    content = form_bytes(ranking)
    assert content == form_bytes(ranking)
    book = openpyxl.load_workbook(io.BytesIO(content))
    (cell,) = [c for row in book["Putusan"].iter_rows() for c in row if c.value == title]
    assert cell.data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
