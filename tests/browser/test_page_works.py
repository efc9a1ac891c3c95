"""What a reader can do on a page: sort, read the note on a figure by mouse and keyboard, and do without script."""

import io

import pikepdf
import pytest

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser


def column(page, number):
    return page.evaluate(
        "n => [...document.querySelectorAll('tbody tr')].map((row) => row.cells[n].textContent)",
        number,
    )


def press(page, number):
    page.locator("thead button").nth(number).focus()
    page.keyboard.press("Enter")


def test_points_sort_by_value_by_keyboard_and_back_to_the_printed_order(opened):
    page = opened("few")
    printed = column(page, 1)
    assert printed == ["0", "37,10", "74,20", "10", "47,40", "\u2013"]
    press(page, 1)
    assert column(page, 1) == ["0", "10", "37,10", "47,40", "74,20", "\u2013"]
    head = page.locator("thead th").nth(1)
    assert head.get_attribute("aria-sort") == "ascending"
    assert (
        page.locator("#ksd-news").inner_text()
        == "Tabel diurutkan menurut Skor, dari kecil ke besar."
    )
    press(page, 1)
    assert column(page, 1) == ["74,20", "47,40", "37,10", "10", "0", "\u2013"]  # a blank stays last
    press(page, 1)
    assert column(page, 1) == printed
    assert head.get_attribute("aria-sort") is None


def test_money_and_dates_sort_by_value(opened):
    page = opened("few")
    press(page, 2)
    assert column(page, 2) == [
        "Rp2 juta", "Rp4 juta", "Rp6 juta", "Rp1 miliar", "Rp3 miliar", "Rp5 miliar"
    ]  # fmt: skip
    press(page, 3)
    assert [date[-4:] for date in column(page, 3)] == [
        "2025",
        "2026",
        "2027",
        "2028",
        "2029",
        "2030",
    ]


def test_texts_sort_as_the_language_does_and_rows_stay_whole(opened):
    page = opened("few")
    rows = {tuple(row) for row in zip(*(column(page, n) for n in range(4)), strict=True)}
    press(page, 0)
    assert [text.split()[0] for text in column(page, 0)] == [
        "Abon",
        "Abon",
        "beras",
        "Cabai",
        "Rujukan",
        "Rujukan",
    ]
    assert {tuple(row) for row in zip(*(column(page, n) for n in range(4)), strict=True)} == rows


def test_paper_shows_the_printed_order(opened):
    page = opened("few")
    printed = column(page, 0)
    press(page, 1)
    assert column(page, 0) != printed
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert column(page, 0) == printed


def test_a_note_comes_with_the_keyboard_and_goes_with_escape(opened):
    page = opened("few")
    page.locator("[id='angka-P1.1']").focus()
    note = page.get_by_role("tooltip")
    assert note.inner_text() == "Dihitung dari jawaban P1.1"
    assert page.locator("[id='angka-P1.1']").get_attribute("aria-describedby") == "ksd-note"
    page.keyboard.press("ArrowRight")
    assert note.inner_text() == "Dihitung dari jawaban P1.2"
    page.keyboard.press("Escape")
    assert note.is_hidden()


def test_arrows_walk_through_the_cells_of_a_table(opened):
    page = opened("many-rows")
    page.locator("[id='angka-T1.1.2']").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "angka-T1.2.2"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "angka-T1.2.3"


def test_five_hundred_rows_are_one_stop_for_the_tab_key(opened):
    page = opened("many-rows")
    assert page.locator("tbody [data-note]").count() > 500
    assert page.locator("table [tabindex='0']").count() == 1


def test_a_note_comes_with_the_pointer(opened):
    page = opened("few")
    page.locator("[id='angka-T1.2.2']").hover()
    assert page.get_by_role("tooltip").inner_text() == "Dihitung dari jawaban T1.2.2"


def test_the_page_is_complete_without_script(opened):
    page = opened("few", java_script_enabled=False)
    cell = page.locator("[id='angka-T1.2.2']")
    assert cell.inner_text() == "37,10"
    assert cell.get_attribute("title") == "Dihitung dari jawaban T1.2.2"
    assert page.locator("thead button").count() == 0


def test_decimal_signs_stand_below_each_other(opened):
    page = opened("few")
    ends = page.evaluate(
        """() => [...document.querySelectorAll('tbody tr')].slice(0, 5).map((row) => {
          const text = row.cells[1].firstChild, sign = text.data.indexOf(",");
          const range = document.createRange();
          range.setStart(text, 0);
          range.setEnd(text, sign < 0 ? text.length : sign);
          return Math.round(range.getBoundingClientRect().right);
        })"""
    )
    assert max(ends) - min(ends) <= 1


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_its_own_policy_or_runs_what_came_with_a_text(opened, name):
    page = opened(name)
    page.wait_for_load_state("load")
    assert page.evaluate("window.PWN") is None
    assert page.evaluate("window.violations") == []


def test_a_hostile_note_is_a_text(opened):
    page = opened("hostile")
    page.locator("[data-note]").first.focus()
    assert page.get_by_role("tooltip").inner_text().startswith("<img src=x onerror")
    assert page.locator("[role=tooltip] img").count() == 0
    assert page.evaluate("window.PWN") is None


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("brief", {(595, 842)}), ("decree", {(609, 935), (935, 609)})],
)
def test_print_has_the_size_of_the_paper_and_annexes_lie_across(opened, name, sizes):
    content = opened(name).pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
    assert {tuple(side - side % 2 for side in size) for size in found} == {
        tuple(side - side % 2 for side in size) for size in sizes
    }
