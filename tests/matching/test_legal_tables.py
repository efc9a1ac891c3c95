"""The legal case as tables: an article in every row or note, no dash where something is known, hostile text as text."""

import json
from pathlib import Path

import pytest

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Table, plain_text
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.legal_case import cases_of
from ksd_toolkit.register import read_register
from ksd_toolkit.tables import legal
from tests.matching.legal_cases_by_hand import (
    BARITO_SELATAN,
    HSS,
    JOINT,
    KALSEL,
    TANAH_LAUT,
    TAPIN,
    partner,
    small_register,
)
from tests.scoring.conftest import NAME, proposal_of

ROOT = Path(__file__).parents[2]
PAYLOADS = ROOT.parent / "shared" / "payloads.json"


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    home = tmp_path_factory.mktemp("legal")
    return lambda *proposals: small_register(home, *proposals)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("sample"))
    return read_register(open_dossier(NAME, home=home))


def table_of(shown: Shown) -> Table:
    (table,) = (block for block in shown.blocks if isinstance(block, Table))
    return table


def square(table: Table) -> bool:
    return all(len(row) == len(table.columns) for row in table.rows)


def test_the_pairs_of_a_region_with_their_letters_and_articles():
    table = table_of(legal.pairs(HSS, [TAPIN, BARITO_SELATAN, TANAH_LAUT, KALSEL]))
    assert square(table)
    tapin, near, far, province = table.rows
    assert tapin[:2] == ("Kabupaten Tapin", "berbatasan 63,8 km")
    assert "huruf e" in tapin[2]
    assert tapin[3:] == (
        "koordinasi teknis tingkat provinsi",
        "gubernur sebagai wakil Pemerintah Pusat",
    )
    assert near[1] == "dekat, celah 0,86 km"
    assert far[2] == "sukarela, tidak dapat wajib"
    assert "huruf b" in province[2]
    assert {near[3], near[4], far[3], far[4]} == {"\u2013"}
    assert "UU 23/2014 Pasal 364 ayat (2)" in table.note
    assert "periksa peta batas resmi" in table.note
    assert "batas laut" not in table.note


def test_the_note_about_the_sea_stands_where_the_sea_lies_between():
    table = table_of(legal.pairs("21.71", ["21.01"]))
    assert "batas laut" in table.note
    assert "peta batas resmi" not in table.note


def test_by_default_all_that_border_hold_or_lie_near_the_region():
    table = table_of(legal.pairs("Kabupaten Hulu Sungai Selatan"))
    assert [row[0] for row in table.rows] == [
        "Provinsi Kalimantan Tengah", "Provinsi Kalimantan Selatan", "Kabupaten Barito Selatan",
        "Kabupaten Kotabaru", "Kabupaten Banjar", "Kabupaten Barito Kuala", "Kabupaten Tapin",
        "Kabupaten Hulu Sungai Tengah", "Kabupaten Hulu Sungai Utara",
    ]  # fmt: skip
    alone = legal.pairs("65.71")  # Tarakan: its province only
    assert [row[0] for row in table_of(alone).rows] == ["Provinsi Kalimantan Utara"]


def test_no_region_and_a_wrong_one():
    assert plain_text(legal.pairs(HSS, []).blocks[0].text) == "Tidak ada daerah yang disebut."
    with pytest.raises(InputError):
        legal.pairs(HSS, [HSS])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_one_usulan_statement_by_statement(make, lang):
    register = make(
        proposal_of(
            partners=[partner(TAPIN), partner(TANAH_LAUT)],
            beban_masyarakat="tidak",
            jangka_waktu_th=5,
            **JOINT,
        )
    )
    shown = legal.of_usulan(register, "DINKES-01", lang)
    kinds = [type(block) for block in shown.blocks]
    assert kinds == [Paragraph, Table] * 2
    first = shown.blocks[1]
    assert square(first)
    case = cases_of(register, "DINKES-01")[0].case
    assert plain_text(shown.blocks[0].text) == case.sentence(lang)
    texts = [row[1] for row in first.rows]
    for text, state, article in case.checked(lang):
        row = first.rows[texts.index(text)]
        assert row[2:] == (state, article)
    assert case.secretariat.text(lang) in texts
    assert case.term.text(lang) in texts
    asked = {"id": "Anggaran tersedia dalam APBD berjalan", "en": "Funded in the current budget"}
    assert asked[lang] in texts


def test_the_stage_of_the_council_says_whether_it_is_needed(make):
    for cells, remark in (
        (
            {"beban_masyarakat": "tidak", "anggaran_tersedia": "ya"},
            "persetujuan DPRD (tidak diperlukan)",
        ),
        ({"beban_masyarakat": "ya"}, "5. persetujuan DPRD;"),
        ({}, "persetujuan DPRD (bila diperlukan)"),
    ):
        register = make(proposal_of(partners=[partner(TAPIN)], **cells))
        rows = legal.of_usulan(register, "DINKES-01").blocks[1].rows
        stages = next(row[1] for row in rows if row[0] == "Tahap")
        assert remark in stages


def test_what_was_not_read_is_marked_in_the_row(make):
    register = make(proposal_of(partners=[partner(None, "ptn", "Universitas")]))
    rows = legal.of_usulan(register, "DINKES-01").blocks[1].rows
    marked = [row for row in rows if "Permendagri 22/2020" in row[3]]
    assert marked
    assert all("belum diverifikasi" in row[3] for row in marked)


def test_all_usulan_of_the_sample(sample):
    found = [one for one in cases_of(sample) if one.case.family != "Bukan KSD"]
    table = table_of(legal.all_usulan(sample))
    assert square(table)
    assert len(table.rows) == len(found)
    assert len(table_of(legal.all_usulan(sample, rows=5)).rows) == 5
    mandatory = [row for row in table.rows if row[2].startswith("wajib, huruf")]
    assert len(mandatory) == sum(one.case.kind == "wajib" for one in found)
    for law in ("364 ayat (2)", "365", "5 ayat (2)", "364 ayat (3)-(4)", "6 ayat (2)"):
        assert law in table.note


def test_third_parties_what_lacks_most_first_each_with_its_article(sample):
    table = table_of(legal.third_parties(sample))
    assert square(table)
    lacking = [len(row[4].split("; ")) if row[4] != "\u2013" else 0 for row in table.rows]
    assert lacking[0] > 0
    met = [tuple(int(part) for part in row[3].split(" dari ")) for row in table.rows]
    assert [of - ok for ok, of in met] == sorted((of - ok for ok, of in met), reverse=True)
    for row, (ok, of) in zip(table.rows, met, strict=True):
        assert (row[4] == "\u2013") == (ok == of)
        if ok < of:
            assert "Pasal" in row[4]
    short = table_of(legal.third_parties(sample, rows=3))
    assert len(short.rows) == 3
    assert f"Masih ada {len(table.rows) - 3} lagi" in short.note


def test_where_there_is_nothing_to_show_a_sentence_says_so(make):
    internal = make(proposal_of(partners=[partner(None, "opd_internal", "Dinas")]))
    assert "Tidak ada usulan" in repr(legal.all_usulan(internal))
    assert "Tidak ada usulan dengan pihak ketiga" in repr(legal.third_parties(internal))
    no_partner = make(proposal_of(partners=[]))
    assert "mitra yang belum disebut" in repr(legal.of_usulan(no_partner, "DINKES-01"))


def test_hostile_names_stay_text(make):
    if not PAYLOADS.exists():
        pytest.skip("the hostile texts are not beside this checkout")
    hostile = [text for text in texts_in(json.loads(PAYLOADS.read_text("utf-8"))) if text.strip()]
    usulan = [
        proposal_of(
            f"DINKES-{n:02d}",
            partners=[partner(TAPIN if n % 2 else None, "pemda" if n % 2 else "bumd", text)],
            prakarsa="mitra",
        )
        for n, text in enumerate(hostile[:40], 1)
    ]
    register = make(*usulan)
    for shown in (legal.all_usulan(register), legal.third_parties(register),
                  legal.of_usulan(register, "DINKES-02")):  # fmt: skip
        html = shown._repr_mimebundle_()["text/html"]
        assert "<script" not in html.casefold()
        assert "<img" not in html.casefold()


def texts_in(node):
    """Every text anywhere in a JSON document."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_in(value)
