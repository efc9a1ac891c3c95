"""The forum pack: worked by hand, without proposals or candidates, with hostile text, with hundreds of both."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.document import Heading, Table
from ksd_toolkit.matching.forum_rules import forum_rules
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.forum_invitations import forum_invitations
from ksd_toolkit.papers.forum_minutes import forum_minutes
from ksd_toolkit.papers.meeting_matrix import meeting_matrix
from ksd_toolkit.papers.offering_partners import offering_partners
from ksd_toolkit.papers.offering_proposals import offering_proposals
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.scoring import score
from ksd_toolkit.theme import read_theme
from tests.matching.institution_cases import dossier_at, register_with
from tests.papers.test_mapping_papers import LEFT_OPEN, table, words
from tests.scoring.conftest import proposal_of, quick_method

PAPERS = {
    "forum-invitations": forum_invitations,
    "offering-proposals": offering_proposals,
    "offering-partners": offering_partners,
    "meeting-matrix": meeting_matrix,
    "forum-minutes": forum_minutes,
}

HOSTILE = '<script>alert(1)</script> #eval("x") {region} {{stamp}} [@PP 28/2018 5(1)] **b** =1+1'
SILENT = {"id": "Usulan belum ada", "en": "No proposals yet"}


def case_of(home, *proposals, candidates=({},), words=(), lang="id"):
    dossier = dossier_at(home).in_language(lang)
    register = register_with(dossier, *proposals, candidates=candidates, words=words)
    ranking = score(register, quick_method()) if proposals else None
    return Case(register, read_theme(dossier), ranking)


def paper_of(name, case):
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    return fill(read_template(name, case.dossier), PAPERS[name](case), front)


@pytest.fixture
def case(tmp_path):
    """One proposal of the first class, one candidate that fits it and spoke at a forum, one that does not."""
    lone = {"mitra_nama": "Yayasan Lain (contoh)", "urusan": "3.26", "isu": "ISU-G"}
    return case_of(
        tmp_path,
        proposal_of(
            U=5, S=5, G=5, K3A=5, K3C=5, EKON=5, POL=5, TEK=5, HUK=5, rpjmd_ref="RPJMD, hlm. 2"
        ),
        candidates=({"kontribusi": "Dua laboratorium"}, lone),
        words=({"minat": 4},),
    )


def rows_of(one):
    return [dict(zip([c.title for c in one.columns], row, strict=True)) for row in one.rows]


def test_the_invitation_says_who_is_invited_and_what_is_shared(case):
    paper = paper_of("forum-invitations", case)
    [row] = rows_of(table(paper, "invited"))
    assert row["Lembaga"] == "PT Uji (contoh)"
    assert row["Usulan yang cocok"] == "DINKES-01"
    assert row["Yang sama"] == "urusan Lingkungan Hidup; isu Peningkatan Pelayanan Publik"
    [other] = rows_of(table(paper, "others"))
    assert (other["Lembaga"], other["Disebut untuk usulan"]) == ("Mitra", "DINKES-01")


def test_the_sheet_of_a_proposal_quotes_its_figures_with_their_source_and_says_what_is_missing(
    case,
):
    paper = paper_of("offering-proposals", case)
    [sheet] = [b for b in paper.blocks if isinstance(b, Table) and b.caption == "Tawaran DINKES-01"]
    told = dict(sheet.rows)
    assert told["Angka dan sumbernya"] == "71 persen (Laporan, 2025)"
    assert told["Penanggung jawab"] == "Dinas Kesehatan"
    assert told["Calon mitra yang cocok"] == "PT Uji (contoh)"
    assert told["Lokasi"] == told["Jangka waktu"] == "\u2013"
    assert [b.new_page for b in paper.blocks if isinstance(b, Heading) and b.level == 2] == [True]


def test_the_sheet_of_a_candidate_says_what_it_brings_and_how_keen_it_is_but_not_how_it_is_rated(
    case,
):
    paper = paper_of("offering-partners", case)
    text = words(paper)
    assert "Dua laboratorium" in text
    assert "4 (menyatakan minat tertulis)" in text
    assert "Yayasan Lain" not in text
    assert "poin" not in text.casefold()


def test_the_matrix_holds_points_and_interest_and_names_who_is_left_alone(case):
    paper = paper_of("meeting-matrix", case)
    [matrix] = [b for b in paper.blocks if isinstance(b, Table) and "bagian 1" in b.caption]
    [row] = matrix.rows
    assert re.fullmatch(r"\d+,\d{2} \u00b7 minat 4", row[1])
    [meeting] = rows_of(table(paper, "slots"))
    assert (meeting["Sesi"], meeting["Meja"], meeting["Lembaga"]) == ("1", "1", "PT Uji (contoh)")
    assert "Yayasan Lain (contoh)" in words(paper)


def test_the_minutes_leave_every_mark_to_be_made_by_hand(case):
    paper = paper_of("forum-minutes", case)
    blank = forum_rules().blank_rows
    for anchor, filled in (("attendance", 3), ("interest", 2)):
        one = table(paper, anchor)
        assert len(one.rows) == 1 + blank
        assert set(one.rows[0][filled:]) == {""}
        assert all(set(row) == {""} for row in one.rows[1:])


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("candidates", [(), ({},)])
def test_without_proposals_every_paper_says_so_and_still_stands(tmp_path, lang, name, candidates):
    paper = paper_of(name, case_of(tmp_path, candidates=candidates, lang=lang))
    text = words(paper)
    assert not LEFT_OPEN.search(text)
    assert "None" not in text
    assert html_text(paper)
    if name == "forum-invitations":
        assert SILENT[lang] in text or SILENT[lang] in html_text(paper)


@pytest.mark.parametrize("name", PAPERS)
def test_a_list_nobody_fits_says_so(tmp_path, name):
    alone = {"urusan": "3.26", "isu": "ISU-G"}
    paper = paper_of(name, case_of(tmp_path, proposal_of(U=5, K3A=5, EKON=5), candidates=(alone,)))
    assert html_text(paper)
    assert not LEFT_OPEN.search(words(paper))


@pytest.mark.parametrize("name", PAPERS)
def test_hostile_text_stays_text(tmp_path, name):
    candidate = {"mitra_nama": HOSTILE, "kontribusi": HOSTILE}
    case = case_of(
        tmp_path, proposal_of(judul=HOSTILE[:150], uraian=HOSTILE), candidates=(candidate,)
    )
    page = html_text(paper_of(name, case))
    assert "<script>alert" not in page
    assert "alert(1)" in page


@pytest.mark.slow
@pytest.mark.parametrize("name", ["meeting-matrix", "offering-partners"])
def test_hundreds_of_proposals_and_candidates_are_split_into_pages(tmp_path, name):
    proposals = [proposal_of(f"DINKES-{n:03}", U=5, K3A=5) for n in range(200)]
    long = "Lembaga dengan nama yang sangat panjang sekali di Provinsi Kalimantan Selatan"
    candidates = [{"mitra_nama": f"{long} {n:03}"} for n in range(60)]
    case = case_of(tmp_path, *proposals, candidates=candidates)
    paper = paper_of(name, case)
    most = forum_rules().matrix_columns
    assert all(len(b.columns) <= max(most + 1, 5) for b in paper.blocks if isinstance(b, Table))
    parts = [b for b in paper.blocks if isinstance(b, Table) and " bagian " in b.caption]
    assert all(len(b.rows) <= most * forum_rules().usulan_per_partner for b in parts)
    assert all("terlalu banyak" in b.note for b in parts)
    assert pdf_bytes(
        replace(paper, style=replace(paper.style, paper="F4")), case.dossier.tanggal_acuan
    ).startswith(b"%PDF")
