"""The index page of a period and its twin for machines: what they list, how it is found, and what no text can do."""

import json
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Page
from sample_index import (
    BALIKPAPAN,
    EMPTY,
    HSS,
    ROLLUPS,
    TAPIN,
    THREE,
    everywhere,
    hostile,
    payloads,
)

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.index_page import index_html, index_json, json_file, page_file
from ksd_toolkit.publishing.index_rows import search_key
from ksd_toolkit.publishing.period_index import relative_link

GOLDEN = """\
Indeks naskah kerja sama daerah tahun 2026
Langsung ke isi
DATA CONTOH: hasil simulasi, bukan keadaan sebenarnya
Indeks naskah kerja sama daerah tahun 2026
Tanggal acuan 31 Agustus 2026
wilayah 3 selesai 1 selesai sebagian 1 gagal 0 belum dibuat 1
In English · Data indeks (JSON)
Cari wilayah
Provinsi semua Provinsi Kalimantan Selatan Provinsi Kalimantan Timur
Keadaan semua selesai selesai sebagian gagal belum dibuat
Memuat naskah semua Jawaban perangkat daerah Laporan evaluasi Peringkat usulan Policy brief
Tampilkan semua
Loncat ke provinsi (2) Provinsi Kalimantan Selatan Provinsi Kalimantan Timur
3 dari 3 wilayah tampil
HTML: PDF: Word: Excel: Notebook: Peringkat usulan Jawaban perangkat daerah Policy brief
Evaluation report (bahasa Inggris)
Wilayah dan naskahnya Wilayah Kode Provinsi Keadaan Naskah Keterangan
Kabupaten Tapin 63.05 Provinsi Kalimantan Selatan selesai sebagian
Peringkat usulan Excel Sumber data Kabupaten Tapin
Dibuat dari data 0123456789ab · 4 berkas masukan
2 berkas ditolak.
Kabupaten Hulu Sungai Selatan 63.06 Provinsi Kalimantan Selatan selesai
Policy brief HTML PDF Word Excel 2 naskah lain Kabupaten Hulu Sungai Selatan
Jawaban perangkat daerah HTML PDF Notebook
bahasa Inggris: Evaluation report PDF
Dibuat dari data c942a92ac1b1 · 53 berkas masukan · 9.355 baris
Kota Balikpapan 64.71 Provinsi Kalimantan Timur belum dibuat tidak ada naskah
Belum dijalankan: ksd run balikpapan/2026.
Tidak ada wilayah yang cocok. Kurangi kata pencarian atau longgarkan saringannya.
DATA CONTOH: hasil simulasi, bukan keadaan sebenarnya
Indeks naskah 2026 · acuan 31 Agustus 2026 · ksd_toolkit 0.1.0
"""
FORMS = {"f0": "HTML:", "f1": "PDF:", "f2": "Word:", "f3": "Excel:", "f4": "Notebook:"}


def words(text):
    return " ".join(text.split())


def text_of(page):
    return words(" ".join(Page(page).words))


def rows_of(page):
    return [attrs for tag, attrs in Page(page).elements if tag == "tr" and "data-find" in attrs]


def links_of(page):
    return [attrs for tag, attrs in Page(page).elements if tag == "a" and "aria-labelledby" in attrs]  # fmt: skip


# --- by hand: three regions ------------------------------------------------------------------------


def test_the_text_of_three_regions():
    assert text_of(index_html(THREE, "id")) == words(GOLDEN)


def test_the_english_page_lists_english_papers_and_says_which_are_in_indonesian():
    text = text_of(index_html(THREE, "en"))
    assert "Kabupaten Tapin 63.05 Provinsi Kalimantan Selatan made in part" in text
    assert "Evaluation report PDF in Indonesian: Jawaban perangkat daerah HTML PDF Notebook" in text
    assert "2 files were refused." in text
    assert "berkas" not in text
    hrefs = [link["href"] for link in links_of(index_html(THREE, "en"))]
    assert "hulu-sungai-selatan/2026/en/policy-brief.pdf" in hrefs
    assert "hulu-sungai-selatan/2026/policy-brief.pdf" not in hrefs


def test_each_link_is_named_by_form_paper_and_region():
    page = index_html(THREE, "id")
    parsed = Page(page)
    ids = {attrs["id"] for _, attrs in parsed.elements if "id" in attrs}
    first = links_of(page)[0]
    assert first == {"href": "tapin/2026/ranking.xlsx", "aria-labelledby": "f3 p0 r0"}
    assert all(set(link["aria-labelledby"].split()) <= ids for link in links_of(page))
    assert len({link["aria-labelledby"] for link in links_of(page)}) == len(links_of(page)) == 9


@pytest.mark.parametrize(
    ("number", "find", "province", "status", "anchor"),
    [
        (0, "kabupaten tapin 63.05 6305 provinsi kalimantan selatan", "63", "partial", "prov-63"),
        (1, "kabupaten hulu sungai selatan 63.06 6306 provinsi kalimantan selatan", "63", "made", None),
        (2, "kota balikpapan 64.71 6471 provinsi kalimantan timur", "64", "missing", "prov-64"),
    ],
)  # fmt: skip
def test_what_a_row_is_found_by(number, find, province, status, anchor):
    row = rows_of(index_html(THREE, "id"))[number]
    assert (row["data-find"], row["data-province"], row["data-status"]) == (find, province, status)
    assert row.get("id") == anchor
    # By title: Jawaban, Laporan evaluasi, Peringkat, Policy brief.
    assert row["data-papers"] == ["2", "0 1 3", ""][number]


def test_the_index_for_machines():
    told = json.loads(index_json(THREE))
    assert told.keys() == {"version", "period", "tanggal_acuan", "simulated", "toolkit", "totals", "regions", "rollups"}  # fmt: skip
    assert told["version"] == 1
    assert told["totals"] == {"made": 1, "partial": 1, "failed": 0, "missing": 1}
    tapin, hss, balikpapan = told["regions"]
    assert tapin["remark"] == {"id": "2 berkas ditolak.", "en": "2 files were refused."}
    assert [paper["lang"] for paper in hss["papers"]] == ["id", "id", "en", "en"]
    assert hss["papers"][3]["files"] == {"pdf": "hulu-sungai-selatan/2026/en/evaluation.pdf"}
    assert balikpapan["papers"] == []
    assert balikpapan["made_of"] == ""


def test_keys_are_sorted_and_equal_indexes_have_equal_bytes():
    turned = replace(HSS, counts={"rows": 9355, "sources": 53})
    assert index_json(replace(THREE, regions=(TAPIN, turned, BALIKPAPAN))) == index_json(THREE)
    told = index_json(THREE).decode()
    assert told == json.dumps(json.loads(told), indent=1, sort_keys=True) + "\n"
    assert index_html(THREE, "id") == index_html(THREE, "id")


def test_names_of_the_files():
    assert [page_file("2026-S1", lang) for lang in ("id", "en")] == [
        "indeks-2026-S1.html",
        "indeks-2026-S1.en.html",
    ]
    assert json_file("2026") == "indeks-2026.json"


def test_a_period_without_dossiers_says_so_and_runs_nothing():
    page = index_html(EMPTY, "id")
    assert "Belum ada dosir pada periode ini." in text_of(page)
    assert "<script" not in page
    assert "semester I tahun 2026" in text_of(page)


def test_regions_without_a_code_are_listed_last_among_the_provinces():
    lost = replace(BALIKPAPAN, code="", province="", status="failed")
    page = Page(index_html(replace(THREE, regions=(lost, HSS)), "id"))
    options = [attrs["value"] for tag, attrs in page.elements if tag == "option"]
    assert options[:3] == ["", "63", "-"]


def test_514_regions_of_13_papers_stay_below_three_megabytes():
    page = index_html(everywhere(), "id")
    assert len(links_of(page)) == 514 * 13 * 4
    assert len(page.encode()) < 3_000_000


# --- search keys -----------------------------------------------------------------------------------


@given(st.text(max_size=40))
def test_accents_capitals_and_blanks_do_not_matter(text):
    key = search_key(text)
    assert search_key(key) == key
    assert search_key(unicodedata.normalize("NFD", key)) == key
    assert key == " ".join(key.split())
    assert not any(unicodedata.combining(letter) for letter in key)


@given(st.sampled_from(["Désa Ujung", "DE\u0301SA  UJUNG", "de\u200bsa ujung", "d\u0117sa\tujung"]))
def test_one_village_by_any_spelling(text):
    assert search_key(text) == "desa ujung"


# --- hostile texts ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile_page():
    return index_html(hostile(), "id")


def test_every_text_is_read_literally(hostile_page):
    read = text_of(hostile_page)
    for text in payloads():
        assert words(legible(text)) in read


def test_no_text_becomes_an_element_or_an_attribute(hostile_page):
    plain = Page(index_html(replace(THREE, rollups=ROLLUPS), "id"))
    own = {attr for _, attrs in plain.elements for attr in attrs}
    tags = {tag for tag, _ in plain.elements}
    page = Page(hostile_page)
    assert {tag for tag, _ in page.elements} == tags
    assert {attr for _, attrs in page.elements for attr in attrs} <= own
    assert hostile_page.count("<script") == 1


def test_every_link_leads_to_a_file_below_the_page(hostile_page):
    links = [attrs["href"] for tag, attrs in Page(hostile_page).elements if tag == "a"]
    for href in links:
        assert href.startswith("#") or (":" not in href and not href.startswith("/"))
        assert ".." not in href.split("/")


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("a/2026/policy-brief.pdf", "a/2026/policy-brief.pdf"),
        ("a b/100 %#?.pdf", "a%20b/100%20%25%23%3F.pdf"),
        ('x"><svg', "x%22%3E%3Csvg"),
        ("javascript:window.PWN=1", "javascript%3Awindow.PWN%3D1"),
        ("Désa.pdf", "D%C3%A9sa.pdf"),
        ("../../etc/x", ""),
        ("/etc/passwd", ""),
        ("//127.0.0.1:9/x", ""),
        ("..\\..\\x", ""),
        ("a/./x", ""),
        ("", ""),
    ],
)
def test_links_by_hand(path, link):
    assert relative_link(path) == link


@given(st.text(max_size=30))
def test_a_link_is_safe_or_none_and_names_the_file(path):
    link = relative_link(path)
    if link:
        assert link.isascii()
        assert not set(link) & set("\"'<>\\:?#& \t\r\n")
        assert unquote(link, errors="strict") == path


def test_hostile_texts_stay_whole_for_machines():
    told = json.loads(index_json(hostile()))
    assert [region["name"] for region in told["regions"]] == payloads()
    assert b"<" not in index_json(EMPTY)


# --- roll-ups --------------------------------------------------------------------------------------


def named_links(page):
    return {
        attrs["aria-label"]: attrs["href"]
        for tag, attrs in Page(page).elements
        if tag == "a" and "aria-label" in attrs
    }


def test_roll_ups_stand_above_the_list_each_in_the_language_of_the_page():
    index = replace(THREE, rollups=ROLLUPS)
    assert named_links(index_html(index, "id")) == {
        "HTML: Indonesia": "rekap/2026/roll-up.html",
        "PDF: Indonesia": "rekap/2026/roll-up.pdf",
        "HTML: Provinsi Kalimantan Selatan": "rekap-63/2026/roll-up.html",
    }
    english = index_html(index, "en")
    assert "Indonesia (in Indonesian) HTML PDF" in text_of(english)
    assert (
        named_links(english)["PDF: Provinsi Kalimantan Selatan"] == "rekap-63/2026/en/roll-up.pdf"
    )
    assert named_links(index_html(THREE, "id")) == {}


def test_the_json_lists_roll_ups():
    told = json.loads(index_json(replace(THREE, rollups=ROLLUPS)))["rollups"]
    assert [(one["area"], len(one["papers"])) for one in told] == [("", 1), ("63", 2)]
    assert told[0]["papers"][0]["files"] == {"html": "rekap/2026/roll-up.html", "pdf": "rekap/2026/roll-up.pdf"}  # fmt: skip
    assert json.loads(index_json(THREE))["rollups"] == []
