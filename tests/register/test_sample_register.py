"""The committed sample, taken in: the figures of the brief, its cells, and nobody's name."""

from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.questionnaire import read_form, read_workbook
from ksd_toolkit.register import read_register
from ksd_toolkit.scoring import overview
from tests.small_project import NAME

DATA = Path(__file__).parents[2] / "data" / "hulu-sungai-selatan"


@pytest.fixture(scope="module")
def register(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("sample"))
    return read_register(open_dossier(NAME, home=home))


def test_the_sample_holds_what_the_brief_states(register):
    """27 offices, 156 usulan; 125 of them are KSD: 58 Sinergi, 48 KSDPK and 19 KSDD; 31 are none."""
    assert (len(register.opd), len(register.usulan)) == (27, 156)
    counted = overview(register)
    assert (counted.ksd, counted.not_ksd) == (125, 31)
    families = counted.families
    assert {name: families[name] for name in families.index if families[name]} == {
        "Sinergi": 58, "KSDPK": 48, "KSDD": 19, "Bukan KSD": 31,
    }  # fmt: skip


def test_every_cell_the_register_names_holds_that_answer(register):
    """Each file is opened by another reader and its cells compared with what was kept."""
    from openpyxl import load_workbook

    table = register.tables.frames["usulan"]
    file = register.where("usulan", table["row_key"].iloc[0], "judul").file
    book = load_workbook(register.dossier.folder / file, read_only=False)
    compared = 0
    for row in table.itertuples():
        where = register.where("usulan", row.row_key, "judul")
        if where.file == file:
            assert " ".join(str(book[where.sheet][where.cell].value).split()) == row.judul
            compared += 1
    assert compared > 0


def test_no_person_of_the_sample_is_in_the_register(register):
    dossier = register.dossier
    personal = {f.name for f in read_form().table("opd").fields if f.pii}
    told = {
        str(answer.value)
        for path in dossier.workbooks
        for answer in read_workbook(path, dossier).answers
        if answer.field in personal and answer.value
    }
    assert len(told) > 50
    content = b"".join(path.read_bytes() for path in dossier.store.glob("register.sqlite*"))
    assert [text for text in sorted(told) if text.encode() in content] == []
