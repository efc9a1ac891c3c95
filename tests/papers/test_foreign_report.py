"""The report on cooperation abroad: nine parts in the order of the law, blank where nobody answered, worked by hand."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.document import Heading, Paragraph, Table, plain_text
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.foreign_report import PARTS, foreign_report, nothing_abroad
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import Tables
from ksd_toolkit.theme import read_theme
from tests.matching.institution_cases import dossier_at, register_with
from tests.papers.test_mapping_papers import LEFT_OPEN, words
from tests.scoring.conftest import _table, proposal_of

MOU = {
    "no_dok": "MOU-1", "jenis_dok": "MoU", "jenis_ksd": "KSDPL", "judul": "Sawah rawa",
    "mitra_nama": "Prefektur Uji (contoh)", "mitra_jenis": "pemda_ln", "opd_kode": "DINKES",
    "tgl_ttd": "2025-09-22", "mulai": "2025-09-22", "berakhir": "2028-09-21", "status": "berlaku",
}  # fmt: skip
MONEV = {
    "no_dok": "MOU-1", "penilai": "bagian_ks", "anggaran": 145_000_000, "penerima_manfaat": 86,
    "kendala": "Visa terlambat", "tindak_lanjut": "Ajukan lebih awal", "tindak_lanjut_pelaku": "DINKES",
    "tindak_lanjut_tenggat": "2026-10-30",
}  # fmt: skip


def case_of(home, naskah=(), monev=(), tahapan=(), lang="id"):
    dossier = dossier_at(home).in_language(lang)
    register = register_with(dossier, proposal_of("DINKES-01", uraian="Sawah tergenang"))
    frames, states = dict(register.tables.frames), dict(register.tables.states)
    rows = {"naskah": naskah, "monev": monev, "tahapan": tahapan}
    for name, given in rows.items():
        frame, state = _table(read_form("evaluasi").table(name), list(given))
        keys = [
            "|".join(str(row[k]) for k in ("no_dok", "periode", "penilai", "tahap") if k in row)
            for row in given
        ]
        frames[name], states[name] = frame.assign(row_key=keys), state.assign(row_key=keys)
    told = replace(register, tables=Tables(frames, states, {}))
    return Case(told, read_theme(dossier))


def paper_of(case):
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    return fill(read_template("foreign-report", case.dossier), foreign_report(case), front)


def parts_of(paper):
    """The text below each heading of the second level."""
    found, name = {}, ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            name = plain_text(block.text) if block.level == 2 else ""
        elif name:
            text = (
                plain_text(block.text)
                if isinstance(block, Paragraph)
                else str(getattr(block, "rows", ""))
            )
            found[name] = f"{found.get(name, '')} {text}".strip()
    return found


def test_the_parts_stand_in_the_order_of_the_law(tmp_path):
    paper = paper_of(case_of(tmp_path, [MOU]))
    letters = [name[0] for name in parts_of(paper)]
    assert letters == list("abcdefghi")
    assert len(letters) == len(PARTS)


def test_what_nobody_answered_is_said_to_be_missing_and_who_completes_it(tmp_path):
    parts = parts_of(paper_of(case_of(tmp_path, [MOU])))
    blank = "Belum ada dalam data; perlu dilengkapi oleh Dinas Kesehatan."
    assert {name[0] for name, text in parts.items() if text == blank} == set("bcdefghi")


def test_the_document_speaks_before_the_proposal_it_came_from(tmp_path):
    linked = {**MOU, "usulan_id": "DINKES-01"}
    parts = parts_of(paper_of(case_of(tmp_path, [linked])))
    assert parts["b. Latar belakang"].endswith(
        "Menurut usulan asalnya, DINKES-01: Sawah tergenang 71 persen"
    )
    own = {**linked, "latar_belakang": "Petani belum menguasai tata air"}
    parts = parts_of(paper_of(case_of(tmp_path, [own])))
    assert parts["b. Latar belakang"] == "Petani belum menguasai tata air"


def test_only_the_half_years_of_the_year_are_reported(tmp_path):
    monev = [{**MONEV, "periode": "2026-S1"}, {**MONEV, "periode": "2025-S2", "kendala": "Lama"}]
    parts = parts_of(paper_of(case_of(tmp_path, [MOU], monev)))
    assert parts["h. Hambatan dan tantangan"] == "2026-S1: Visa terlambat"
    assert "86" in parts["f. Penerima manfaat"]
    assert "Rp145" in parts["g. Pendanaan"]
    assert "30 Oktober 2026" in parts["i. Analisis dan rencana tindak lanjut"]


@pytest.mark.parametrize(
    "change",
    [
        {"jenis_ksd": "KSDPK"},
        {"berakhir": "2025-12-31"},
        {"mulai": "2026-09-01", "tgl_ttd": "2026-09-01"},
        {"status": "rancangan", "tgl_ttd": None, "mulai": None, "berakhir": None},
    ],
)
def test_without_a_document_abroad_in_the_year_nothing_is_written_and_it_is_said(tmp_path, change):
    told = nothing_abroad(case_of(tmp_path, [{**MOU, **change}]))
    assert re.fullmatch(r"foreign-report tidak ditulis: .* pada tahun 2026\.", told)


@pytest.mark.parametrize("change", [{}, {"berakhir": "2026-01-01"}, {"berakhir": None}])
def test_a_document_in_force_on_a_day_of_the_year_is_reported(tmp_path, change):
    assert nothing_abroad(case_of(tmp_path, [{**MOU, **change}])) == ""


def test_a_draft_with_a_stage_in_the_year_is_reported(tmp_path):
    draft = {**MOU, "status": "rancangan", "tgl_ttd": None, "mulai": None, "berakhir": None}
    case = case_of(
        tmp_path,
        [draft],
        tahapan=[{"no_dok": "MOU-1", "tahap": "penjajakan", "tanggal": "2026-03-02"}],
    )
    assert nothing_abroad(case) == ""
    assert "2 Maret 2026" in words(paper_of(case))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "naskah", [[], [MOU], [{**MOU, "judul": "<script>alert(1)</script> {region}"}]]
)
def test_the_report_stands_whatever_there_is(tmp_path, lang, naskah):
    paper = paper_of(case_of(tmp_path, naskah, lang=lang))
    assert "<script>alert" not in html_text(paper)
    text = words(paper).replace("{region}", "")
    assert not LEFT_OPEN.search(text)
    assert all(
        b.subjects == () or len(b.subjects) == len(b.rows)
        for b in paper.blocks
        if isinstance(b, Table)
    )
