"""What is shown of the periodic evaluation: empty, one row, many rows, hostile text, both languages."""

import pandas as pd
import pytest

from ksd_toolkit import charts, prose, tables
from ksd_toolkit.document import Figure, Paragraph, Table, plain_text
from ksd_toolkit.evaluation.earlier import Earlier

SHOWS = {
    "differences": tables.assessors.differences,
    "by_document": tables.assessors.by_document,
    "missing": tables.assessors.missing,
    "dac": lambda review, lang: tables.criteria.totals(review, "dac", lang),
    "dunn": lambda review, lang: tables.criteria.totals(review, "dunn", lang),
    "dac_by_document": lambda review, lang: tables.criteria.by_document(review, "dac", lang),
    "dunn_by_document": lambda review, lang: tables.criteria.by_document(review, "dunn", lang),
    "sources": tables.criteria.sources,
    "money": tables.money.by_document,
    "benefits": tables.benefits.by_party,
    "benefit_counts": tables.benefits.counts,
    "obstacles": tables.follow_ups.obstacles,
    "carried": tables.follow_ups.carried,
    "calendar": tables.carried_over.calendar,
    "postponed": tables.carried_over.postponed,
    "umbrellas": tables.carried_over.umbrellas,
    "agreement_chart": charts.assessors.agreement,
    "dac_chart": lambda review, lang: charts.criteria.profile(review, "dac", lang),
    "dunn_chart": lambda review, lang: charts.criteria.profile(review, "dunn", lang),
    "summary": prose.periodic.summary,
    "handed_on": prose.periodic.carried,
    "gaps": prose.periodic.gaps,
}
HOSTILE = '=cmd|" /C calc"!A0 <script>alert(1)</script> {no_dok} $x_1$ \\textbf ; = \u202e 漢字 😀'


def _monitored(running, number, text="Hujan"):
    """A document with two views, an old follow-up, money and benefits; the texts are given."""
    name = f"PKS-{number}"
    document = running | {"no_dok": name, "judul": text, "mulai": "2025-01-01"}
    document |= {"tgl_ttd": "2025-01-01", "manfaat_janji_daerah": text}
    row = {"no_dok": name, "penilai": "opd", "kendala": text, "tindak_lanjut": text}
    row |= {"tindak_lanjut_pelaku": text, "tindak_lanjut_tenggat": "2026-01-31"}
    row |= {"ketepatan_waktu": "tepat", "anggaran": 2e6, "realisasi_anggaran": 1e6}
    row |= {"hasil_barang": text, "manfaat_diterima_daerah": text}
    answer = {"tindak_lanjut_lalu": "berjalan", "tindak_lanjut_lalu_bukti": text}
    rows = [
        row | {"periode": "2025-S2"},
        row | {"periode": "2026-S1"} | answer,
        {"no_dok": name, "periode": "2026-S1", "penilai": "mitra", "ketepatan_waktu": "terlambat"},
    ]
    return document, rows


def _review(make_review, running, umbrella, number, text="Hujan"):
    many = [_monitored(running, n, text) for n in range(number)]
    postponed = pd.DataFrame(
        {
            "periode": "2025",
            "usulan_id": [f"DLH-{n:02d}" for n in range(number)],
            "judul": text,
            "opd_kode": "DLH",
            "ground": "ditunda",
            "state": "belum_diajukan",
            "taken_up_as": None,
            "status": None,
        }
    ).astype("str")
    return make_review(
        earlier=Earlier(postponed=postponed),
        naskah=[umbrella, *(document for document, _ in many)],
        monev=[row for _, rows in many for row in rows],
    )


@pytest.fixture(scope="module")
def empty(make_review):
    return make_review()


@pytest.fixture
def one(make_review, running, umbrella):
    return _review(make_review, running, umbrella, 1)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", [name for name in SHOWS if name != "sources"])
def test_nothing_to_show_is_a_sentence(empty, name, lang):
    blocks = SHOWS[name](empty, lang).blocks
    assert not any(isinstance(block, Table | Figure) for block in blocks)
    assert repr(SHOWS[name](empty, lang)).strip()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_one_document_fills_everything(one, lang):
    for name, show in SHOWS.items():
        block = show(one, lang).blocks[-1]
        assert not isinstance(block, Paragraph), name
        if isinstance(block, Table):
            assert block.rows, name
            assert len(block.subjects) == len(block.rows), name
            for row in block.rows:
                assert len(row) == len(block.columns), name
                assert all(cell and cell.lower() not in {"nan", "none"} for cell in row), name


@pytest.mark.parametrize("lang", ["id", "en"])
def test_half_years_without_monitoring_are_led_in(one, lang):
    lead, listed = SHOWS["gaps"](one, lang).blocks
    assert plain_text(lead.text).endswith(":")
    assert listed.items


def test_what_people_wrote_stays_text(make_review, running, umbrella):
    review = _review(make_review, running, umbrella, 1, HOSTILE)
    shown = {name: show(review, "id") for name, show in SHOWS.items()}
    cells = [
        cell
        for name in ("obstacles", "carried", "benefits", "money", "postponed", "umbrellas")
        for block in shown[name].blocks
        for row in block.rows
        for cell in row
    ]
    assert sum(HOSTILE in cell for cell in cells) >= 5
    drawn = [b for one in shown.values() for b in one.blocks if isinstance(b, Figure)]
    assert drawn
    assert all("<script" not in figure.svg for figure in drawn)


def test_many_documents_keep_their_sums(make_review, running, umbrella):
    review = _review(make_review, running, umbrella, 120)
    (money,) = SHOWS["money"](review, "id").blocks
    assert len(money.rows) == 121
    assert money.rows[-1][3] == "50,0\u00a0%"
    (carried,) = SHOWS["carried"](review, "id").blocks
    assert len(carried.rows) == 120
    told = repr(SHOWS["handed_on"](review, "id"))
    assert "120 dari semester sebelum 2026-S1 masih terbuka" in told
    assert "112 naskah lain" in told


def test_what_is_named_is_never_a_number_that_is_not_there(one):
    told = repr(SHOWS["summary"](one, "id"))
    assert "Uang ke kas daerah: tidak ada laporan" in told
    assert "terlampaui" not in told
