"""The index page in a browser: found by any spelling, filtered, shared by its address, whole without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import index_of_everywhere
from tests.browser.test_page_accessible import violations
from tests.publishing.readings import pdf_pages

pytestmark = pytest.mark.browser
SHOWN = "[...document.querySelectorAll('#indeks tbody tr:not([hidden]) th')].map((one) => one.textContent)"


def shown(page):
    return page.evaluate(SHOWN)


def told(page):
    return page.locator("#jumlah").inner_text()


def fragment(page):
    return page.evaluate("decodeURIComponent(location.hash)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TAPIN", ["Kabupaten Tapin"]),
        ("  hu\u0301lu  selatan ", ["Kabupaten Hulu Sungai Selatan"]),
        ("6471", ["Kota Balikpapan"]),
        ("63.06", ["Kabupaten Hulu Sungai Selatan"]),
        ("kalimantan kab", ["Kabupaten Tapin", "Kabupaten Hulu Sungai Selatan"]),
    ],
)
def test_a_region_is_found_by_name_code_or_province(opened, text, found):
    page = opened("index")
    page.keyboard.press("Tab")  # the way to the content
    page.get_by_label("Cari wilayah").focus()
    page.keyboard.type(text)
    assert shown(page) == found
    assert told(page) == f"{len(found)} dari 3 wilayah tampil"
    assert page.locator("#jumlah").get_attribute("role") == "status"


def test_filters_work_together_and_are_undone_by_the_button(opened):
    page = opened("index")
    page.get_by_label("Provinsi", exact=True).select_option("63")
    assert shown(page) == ["Kabupaten Tapin", "Kabupaten Hulu Sungai Selatan"]
    page.get_by_label("Memuat naskah").select_option("policy-brief")
    assert shown(page) == ["Kabupaten Hulu Sungai Selatan"]
    assert page.locator("#kosong").is_hidden()
    page.get_by_label("Keadaan").select_option("missing")
    assert shown(page) == []
    assert page.locator("#kosong").is_visible()
    assert told(page) == "0 dari 3 wilayah tampil"
    assert fragment(page) == "#prov=63&status=missing&paper=policy-brief"
    page.get_by_role("button", name="Tampilkan semua").press("Enter")
    assert len(shown(page)) == 3
    assert fragment(page) == ""
    assert page.evaluate("document.activeElement.id") == "kata"


def test_the_address_follows_what_is_typed(opened):
    page = opened("index")
    page.get_by_label("Cari wilayah").fill("tapin")
    expect(page).to_have_url(re.compile("#q=tapin$"))
    page.get_by_label("Cari wilayah").fill("")
    expect(page).to_have_url(re.compile("[.]html$"))


def test_a_view_is_shared_by_its_address(opened, pages):
    page = opened("index")
    page.get_by_label("Cari wilayah").fill("Tapin & 100 %")
    page.get_by_label("Cari wilayah").press("Tab")
    address = page.url
    assert fragment(page) == "#q=Tapin+&+100+%"
    page.goto("about:blank")
    page.goto(address)
    assert page.get_by_label("Cari wilayah").input_value() == "Tapin & 100 %"
    assert told(page) == "0 dari 3 wilayah tampil"
    page.evaluate("location.hash = '#q=&prov=64&status=neither'")
    page.wait_for_function("document.getElementById('jumlah').textContent.startsWith('1 ')")
    assert shown(page) == ["Kota Balikpapan"]
    assert page.get_by_label("Keadaan").input_value() == ""
    page.evaluate("location.hash = '#isi'")  # the way to the content changes no view
    assert shown(page) == ["Kota Balikpapan"]
    page.goto("about:blank")
    page.goto(f"{pages['index'].as_uri()}#prov-64")
    assert len(shown(page)) == 3


def test_the_other_language_opens_with_the_same_view(opened, tmp_path, pages):
    for name, file in (("index", "indeks-2026.html"), ("index-en", "indeks-2026.en.html")):
        (tmp_path / file).write_text(pages[name].read_text("utf-8"), "utf-8")
    page = opened(tmp_path / "indeks-2026.html")
    page.get_by_label("Provinsi", exact=True).select_option("64")
    page.get_by_role("link", name="In English").click()
    page.wait_for_url("**/indeks-2026.en.html#prov=64")
    assert told(page) == "1 of 3 regions shown"


def test_links_are_named_for_a_screen_reader(opened):
    page = opened("index")
    link = page.get_by_role(
        "link", name="PDF: Policy brief Kabupaten Hulu Sungai Selatan", exact=True
    )
    assert link.get_attribute("href") == "hulu-sungai-selatan/2026/policy-brief.pdf"
    folded = page.get_by_role(
        "link",
        name="PDF: Evaluation report (bahasa Inggris) Kabupaten Hulu Sungai Selatan",
        include_hidden=True,
    )
    assert not folded.is_visible()
    page.locator("summary", has_text="2 naskah lain").press("Enter")
    assert folded.is_visible()


def test_columns_are_sorted_and_a_filter_stays(opened):
    page = opened("index")
    page.get_by_label("Provinsi", exact=True).select_option("63")
    page.get_by_role("button", name="Wilayah").press("Enter")
    assert shown(page) == ["Kabupaten Hulu Sungai Selatan", "Kabupaten Tapin"]
    page.get_by_label("Provinsi", exact=True).select_option("")
    page.get_by_role("button", name="Keadaan").press("Enter")
    states = page.locator("tbody td:nth-child(4)").all_inner_texts()
    assert states == ["selesai", "selesai sebagian", "belum dibuat"]


def test_without_script_everything_is_listed_and_provinces_are_reached(opened):
    page = opened("index", java_script_enabled=False)
    assert page.locator("#cari").is_hidden()
    assert page.locator("tbody tr").count() == 3
    page.locator("nav summary").click()
    page.get_by_role("link", name="Provinsi Kalimantan Timur").click()
    assert page.url.endswith("#prov-64")
    assert page.locator(":target th").inner_text() == "Kota Balikpapan"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_passes_axe_with_everything_unfolded(opened, checkers, scheme, width):
    page = opened("index", color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations(page, checkers) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_the_view_without_controls(opened):
    page = opened("index")
    page.get_by_label("Provinsi", exact=True).select_option("63")
    (printed,) = pdf_pages(page.pdf(prefer_css_page_size=True))
    text = " ".join(printed.split())
    assert "2 dari 3 wilayah tampil" in text
    assert "Kabupaten Tapin" in text
    assert "Kota Balikpapan" not in text
    assert "Tampilkan semua" not in text
    assert "2 naskah lain" not in text


def test_no_text_of_a_region_acts(opened):
    page = opened("index-hostile")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.get_by_label("Cari wilayah").fill("<script>window.PWN=1</script>")
    assert shown(page)[0] == "<script>window.PWN=1</script>"
    page.evaluate(
        "location.hash = '#q=<img src=x onerror=window.PWN=1>&prov=\"><svg onload=window.PWN=1>'"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.PWN") is None
    assert page.evaluate("window.violations") == []
    assert page.locator("script").count() == 1


def test_514_regions_are_filtered_as_one_types(opened, tmp_path):
    file = tmp_path / "indeks-2026.html"
    file.write_text(index_of_everywhere(), "utf-8")
    page = opened(file)
    assert told(page) == "514 dari 514 wilayah tampil"
    page.get_by_label("Cari wilayah").fill("papua")
    page.get_by_label("Keadaan").select_option("failed")
    found = page.locator("tbody tr:not([hidden])")
    assert 0 < found.count() < 60
    assert set(found.locator("td:nth-child(4)").all_inner_texts()) == {"gagal"}
