"""A workbook filled from the pattern says what the workbook of the toolkit says, cell by cell."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.publishing.questionnaire_workbook import office_workbook, tkksd_workbook
from ksd_toolkit.questionnaire import Submission, read_workbook
from ksd_toolkit.simulation.office_rows import Office, office_record
from ksd_toolkit.simulation.proposal_rows import mitra_rows, usulan_row
from ksd_toolkit.simulation.score_rows import MEMBERS, score_rows
from ksd_toolkit.simulation.sheet_template import cell_xml, cells_of, shared_texts
from ksd_toolkit.simulation.simulate import Nation
from ksd_toolkit.simulation.workbook_template import WorkbookTemplate
from ksd_toolkit.simulation.written import flaws_of, proposals_of
from tests.simulation.conftest import FEW

HOSTILE = '=2+3 & <b>"Kandangan"</b> '
OWN = {"Catatan Kabid": "Mohon & segera"}


@pytest.fixture(scope="module")
def dossier(few):
    """A dossier whose office has a name that must be escaped."""
    found = few.dossiers[0]
    offices = found.offices.copy()
    offices.loc["DINKES", "opd_nama"] = "Dinas Kesehatan & KB <2026>"
    return replace(found, offices=offices)


@pytest.fixture(scope="module")
def tables(few):
    """What an office typed, and three things nobody types often."""
    plan = plan_of("DINKES")
    proposals = [p for p in proposals_of(plan) if p.opd_kode == "DINKES"]
    assert proposals
    draws = plan.draws
    usulan = [usulan_row(p, flaws_of(plan, proposals), "", draws) for p in proposals]
    usulan[0] |= {"uraian": HOSTILE, "baseline": 0.25, **OWN}
    return {
        "opd": [
            office_record(Office("DINKES", 3, 3.0), 2026, draws)
            | {"rakor_tanggal": date(2026, 4, 2)}
        ],
        "usulan": [usulan[0], {}, *usulan[1:]],
        "mitra": [row for p in proposals for row in mitra_rows(p, draws)],
        "nilai": [row for p in proposals for row in score_rows(p, "OPD-1", draws)],
    }


def plan_of(office):
    """The first region in which this office proposes something."""
    nation = Nation(regions=40, seed=1, period="2026", offices=FEW.offices)
    return next(p for p in nation.plans() if any(q.opd_kode == office for q in proposals_of(p)))


def understood(path, content, dossier, known=None):
    path.write_bytes(content)
    read = read_workbook(path, dossier, known)
    assert isinstance(read, Submission)
    return read


def test_an_office_is_read_the_same_from_both(dossier, tables, tmp_path):
    slow = office_workbook(dossier, "DINKES", tables)
    fast = WorkbookTemplate.of_office(dossier).filled(dossier, tables, "DINKES")
    one, other = (understood(tmp_path / "q.xlsx", book, dossier) for book in (slow, fast))
    assert len(one.answers) > 60
    assert one.answers == other.answers
    assert one.problems == other.problems
    assert one.balance == other.balance


def test_the_tkksd_is_read_the_same_from_both(dossier, tmp_path):
    plan = plan_of("DINKES")
    proposals = proposals_of(plan)
    rows = {m: [r for p in proposals for r in score_rows(p, m, plan.draws)] for m in MEMBERS}
    titles = {p.usulan_id: p.facts["judul"] for p in proposals}
    slow = tkksd_workbook(dossier, MEMBERS, titles, rows)
    fast = WorkbookTemplate.of_tkksd(dossier, MEMBERS).filled(dossier, rows, titles=titles)
    one, other = (understood(tmp_path / "q.xlsx", b, dossier, titles) for b in (slow, fast))
    assert len(one.answers) > 20
    assert (one.answers, one.problems) == (other.answers, other.problems)
    assert cells(tmp_path, slow) == cells(tmp_path, fast)


def test_it_looks_the_same_cell_by_cell(dossier, tables, tmp_path):
    slow = office_workbook(dossier, "DINKES", tables)
    fast = WorkbookTemplate.of_office(dossier).filled(dossier, tables, "DINKES")
    one, other = cells(tmp_path, slow), cells(tmp_path, fast)
    own = {place for place in one if one[place][0] in {*OWN, *OWN.values()}}
    assert {place: look for place, look in one.items() if place not in own} == {
        place: look for place, look in other.items() if place not in own
    }
    assert {one[place][0] for place in own} == {other[place][0] for place in own}


def cells(folder, content):
    """Value, number format, lock and height of every cell that holds something, by sheet and place."""
    path = folder / "look.xlsx"
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (
            cell.value, cell.number_format, cell.protection.locked, cell.fill.fgColor.rgb,
            sheet.row_dimensions[cell.row].height, cell.data_type,
        )
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.value not in {None, ""}
    }  # fmt: skip


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
@settings(max_examples=50)
def test_a_text_comes_back_as_it_was_typed(text):
    xml = f"<si>{cell_xml('B7', '4', text, '9').partition('<is>')[2].partition('</is>')[0]}</si>"
    if text:
        assert shared_texts(xml) == [text]
    else:
        assert cells_of(cell_xml("B7", "4", text, "9"), []) == {"B": ("4", "")}


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (None, '<c r="C5" s="3"/>'),
        ("", '<c r="C5" s="3"/>'),
        (0, '<c r="C5" s="3"><v>0</v></c>'),
        (2.5, '<c r="C5" s="3"><v>2.5</v></c>'),
        (date(2026, 8, 17), '<c r="C5" s="8"><v>46251</v></c>'),
        ("=1", '<c r="C5" s="3" t="inlineStr"><is><t>=1</t></is></c>'),
        ("a ", '<c r="C5" s="3" t="inlineStr"><is><t xml:space="preserve">a </t></is></c>'),
    ],
)
def test_cells_by_hand(value, xml):
    """46251 days after 30 December 1899 is 17 August 2026."""
    assert cell_xml("C5", "3", value, "8") == xml
