"""The papers of the plenary and the determination: worked by hand, held, as a draft, and with nothing."""

import io
import re
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ksd_toolkit.document import (
    Clauses,
    Heading,
    KeyFigures,
    Letterhead,
    Paragraph,
    Provenance,
    Table,
    plain_text,
)
from ksd_toolkit.papers.attendance import attendance
from ksd_toolkit.papers.berita_acara import berita_acara
from ksd_toolkit.papers.coordination import coordination
from ksd_toolkit.papers.decided_list import decided
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.plan_matrix import plan_matrix
from ksd_toolkit.papers.plenary_material import plenary_material
from ksd_toolkit.papers.sk import sk
from ksd_toolkit.plenary import read_plenary
from ksd_toolkit.prose import brief
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.numbering import runs_of
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.scoring import score
from ksd_toolkit.theme import read_theme
from tests.plenary.conftest import (  # noqa: F401  fixtures
    LISTED,
    MEETING,
    STOPPED,
    at,
    computed,
    decide,
    merge,
    move,
    room,
)
from tests.scoring.conftest import RATED, proposal_of, quick_method, register_of

PAPERS = {
    "berita-acara": berita_acara, "attendance": attendance, "sk": sk, "plan-matrix": plan_matrix,
    "coordination": coordination, "plenary-material": plenary_material,
}  # fmt: skip
RECORD = (
    '[bobot]\nU = 11\nS = 7\nalasan = "Kegentingan didahulukan"\n'
    + move("DINKES-05", 1, "Tenggat hukum bulan depan")
    + merge("DINKES-06", "DINKES-02", "Sasaran dan mitranya sama")
    + decide("DINKES-03", "ditunda", "Lahan belum siap")
    + decide("DINKES-04", "ditolak", "Bukan kewenangan bersama")
    + decide(STOPPED, "ditetapkan", "Diminta provinsi", "PP 28/2018 Pasal 4 ayat (3)")
)
LEFT_OPEN = re.compile(r"\{\{?[a-z_]+\}?\}|:::|\[@|\b(?:NaN|nan|None|NaT|inf|<NA>)\b")
HOSTILE = '<script>alert(1)</script> #eval("x") {region} {{stamp}} [@PP 28/2018 5(1)] **b** :::end'
TAPIN = {"mitra_nama": "Pemkab Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}
MANDATORY = {
    "eksternalitas_lokasi": "ya", "eksternalitas_pengguna": "ya", "eksternalitas_dampak": "ya",
    "efisien_bersama": "ya",
}  # fmt: skip


def case_of(ranking, lang="id", held=True, edition="public"):
    register = ranking.register
    dossier = register.dossier.in_language(lang)
    register = replace(register, dossier=dossier)
    basis = replace(ranking.basis, register=register)
    ranking = replace(ranking, basis=basis, stamp=ranking.stamp.in_language(lang))
    outcome = read_plenary(ranking) if held else None
    return Case(register, read_theme(dossier), ranking, outcome, edition)


def paper(name, case):
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    return fill(read_template(name, case.dossier), PAPERS[name](case), front)


def tables(document, anchor=""):
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [table for table in found if not anchor or table.anchor == anchor]


def said(document):
    """Every text of a paper, one a line."""
    lines = [document.title, document.subtitle, document.watermark]
    for block in document.blocks:
        lines.append("".join(run.text for run in runs_of(block)))
        if isinstance(block, Table):
            lines += [block.caption, block.note, *(cell for row in block.rows for cell in row)]
            lines += [column.title for column in block.columns]
    return "\n".join(lines)


def paragraphs(document):
    """The text of every paragraph of a paper."""
    return [plain_text(block.text) for block in document.blocks if isinstance(block, Paragraph)]


@pytest.fixture
def held(room):  # noqa: F811
    room.write(MEETING + RECORD)
    return room.ranking


# --- the minutes -----------------------------------------------------------------------------


def test_the_minutes_of_a_meeting_worked_by_hand(held):
    document = paper("berita-acara", case_of(held))
    text = said(document)
    assert document.watermark == ""
    assert "Kamis" in text
    assert "tanggal dua puluh tujuh bulan Agustus tahun dua ribu dua puluh enam" in text
    assert "Kuorum tercapai" in text
    assert "bukan ketentuan hukum" in text
    [order] = tables(document, "order")
    # 14 by class, 1 admitted by article; 05 first, 06 merged, 03 postponed, 04 rejected.
    expected = ["05", "01", "02", "07", "08", "09", "10", "11", "12", "13", "14", "16"]
    assert [row[1].split()[0] for row in order.rows] == [f"DINKES-{n}" for n in expected]
    assert [row[0] for row in order.rows] == [str(n) for n in range(1, 13)]
    assert order.subjects[0] == "usulan/DINKES-05"
    assert [row[8] for row in order.rows][:3] == [
        "peringkat hitungan 5", "peringkat hitungan 1", "peringkat hitungan 2",
    ]  # fmt: skip
    assert "PP 28/2018 Pasal 4 ayat (3)" in order.rows[-1][8]


def test_every_change_stands_with_its_reason(held):
    document = paper("berita-acara", case_of(held))
    [changes] = tables(document, "changes")
    told = [(row[1], row[2].split()[0], row[5]) for row in changes.rows]
    assert told == [
        ("Bobot diubah", "U", "Kegentingan didahulukan"),
        ("Bobot diubah", "S", "Kegentingan didahulukan"),
        ("Dipindah", "DINKES-05", "Tenggat hukum bulan depan"),
        ("Digabung", "DINKES-06", "Sasaran dan mitranya sama"),
        ("Ditunda", "DINKES-03", "Lahan belum siap"),
        ("Ditolak", "DINKES-04", "Bukan kewenangan bersama"),
        ("Ditetapkan", STOPPED, "Diminta provinsi"),
    ]
    assert changes.subjects[0] == "kriteria/U"
    [weights] = tables(document, "weights")
    assert weights.rows[0][1:] == ("9", "11", "Kegentingan didahulukan")
    assert weights.rows[1][1:] == ("9", "7", "Kegentingan didahulukan")
    assert "Kegentingan didahulukan" not in {row[3] for row in weights.rows[2:]}


def test_what_was_not_set_is_told_with_its_reason(held):
    [others] = tables(paper("berita-acara", case_of(held)), "others")
    told = {row[0].split()[0]: (row[2], row[4]) for row in others.rows}
    assert told["DINKES-03"] == ("ditunda", "Lahan belum siap")
    assert told["DINKES-04"] == ("ditolak", "Bukan kewenangan bersama")
    assert told["DINKES-06"][0] == "digabung"
    assert "DINKES-02" in told["DINKES-06"][1]
    assert told["DINKES-15"][0] == "ditunda"
    assert len(told) == 4


def test_without_a_plenary_the_minutes_are_a_draft_of_the_computed_order(room):  # noqa: F811
    document = paper("berita-acara", case_of(room.ranking, held=False))
    assert document.watermark == "RANCANGAN"
    assert "Rapat pleno belum dicatat" in said(document)
    [order] = tables(document, "order")
    assert [row[1].split()[0] for row in order.rows] == list(LISTED)
    assert not tables(document, "changes")
    [weights] = tables(document, "weights")
    assert {row[2] for row in weights.rows} == {""}


def test_a_meeting_that_changed_nothing_says_so(room):  # noqa: F811
    room.write(MEETING)
    document = paper("berita-acara", case_of(room.ranking))
    assert "Rapat tidak mengubah urutan maupun bobot hitungan." in said(document)
    assert "Rapat mengukuhkan semua bobot" in said(document)
    assert not tables(document, "changes")


def test_the_fingerprints_are_those_of_the_stamp(held):
    case = case_of(held)
    [prints] = tables(paper("berita-acara", case), "prints")
    told = [row[1] for row in prints.rows]
    assert case.stamp.data_sha256 in told
    assert case.stamp.method_sha256 in told
    [record] = [source for source in case.stamp.sources if source.name == "pleno.toml"]
    assert record.sha256 in told


# --- the decree ------------------------------------------------------------------------------


def test_a_decree_holds_what_the_plenary_set_and_nothing_else(held):
    case = case_of(held)
    document = paper("sk", case)
    assert document.watermark == "RANCANGAN"
    [programme] = tables(document, "programme")
    listed = [f"usulan/{usulan}" for usulan in case.outcome.set_list.index]
    assert list(programme.subjects) == listed
    assert "usulan/DINKES-06" not in programme.subjects
    assert "Perguruan" not in said(document)
    assert "sebanyak 12 usulan" in said(document)


def test_a_decree_is_issued_by_the_head_of_the_region(held):
    case = case_of(held)
    document = paper("sk", case)
    assert document.letterhead == Letterhead("", case.theme.leader, (), case.theme.letterhead.crest)
    assert document.title.startswith(f"Keputusan {case.theme.leader} tentang Penetapan")
    assert document.subtitle.startswith("Nomor ")
    first = next(block for block in document.blocks if isinstance(block, Heading))
    assert plain_text(first.text) == f"{case.theme.leader.upper()},"
    page = html_text(document)
    assert '<p class="issuer">' not in page
    assert f'<p class="unit">{case.theme.leader}</p>' in page


def test_a_decree_says_which_law_was_not_read(held):
    document = paper("sk", case_of(held))
    first, *_ = [block for block in document.blocks if isinstance(block, Clauses)]
    [basis] = [clause for clause in first.entries if clause.label == "Mengingat"]
    unread = ["belum diverifikasi" in plain_text(item) for item in basis.items]
    assert unread[:4] == [True, False, True, False]
    assert plain_text(basis.items[0]).endswith("menjadi Undang-Undang (belum diverifikasi);")
    assert basis.marker == "number"


def test_a_decree_before_the_plenary_says_it_is_not_agreed(room):  # noqa: F811
    document = paper("sk", case_of(room.ranking, held=False))
    assert "bukan hasil kesepakatan" in said(document)
    [programme] = tables(document, "programme")
    assert len(programme.rows) == len(LISTED)


def test_every_set_usulan_has_one_row_in_the_schedule(held):
    case = case_of(held)
    _, *schedules = tables(paper("sk", case))
    told = [subject for table in schedules for subject in table.subjects]
    assert sorted(told) == sorted(f"usulan/{usulan}" for usulan in case.outcome.set_list.index)


# --- plans, coordination, attendance, material -----------------------------------------------


def ranked(home, *proposals, **changes):
    from tests.plenary.conftest import _new_folder
    from tests.scoring.conftest import NAME, open_dossier

    _new_folder(home)
    return score(register_of(open_dossier(NAME, home=home), *proposals, **changes), quick_method())


def test_the_matrix_names_every_gap(tmp_path):
    ranking = ranked(
        tmp_path,
        proposal_of("DINKES-01", rpjmd_ref="Program A", renstra_ref="Program C"),
        proposal_of("DINKES-02"),
        proposal_of(
            "DINKES-03", rkpd_ref=None, alasan_di_luar_rencana="darurat", **dict.fromkeys(RATED, 5)
        ),
    )
    document = paper("plan-matrix", case_of(ranking, held=False))
    [figures] = [block for block in document.blocks if isinstance(block, KeyFigures)]
    assert [(figure.value, figure.note) for figure in figures.figures] == [
        ("1", "dari 3"), ("2", "dari 3"), ("1", "dari 3"),
    ]  # fmt: skip
    [gaps] = tables(document, "gaps")
    assert sorted((row[0].split()[0], row[2], row[3]) for row in gaps.rows) == [
        ("DINKES-02", "RPJMD dan Renstra", "\u2013"),
        ("DINKES-03", "RPJMD, RKPD, dan Renstra", "Kondisi darurat"),
    ]
    [matrix] = tables(document, "matrix")
    [first] = [row for row in matrix.rows if row[1].startswith("DINKES-01")]
    assert first[3:6] == ("Program A", "Program, hlm. 1", "Program C")
    assert {row[8] for row in matrix.rows} == {""}
    assert "DINKES-03" in said(document)


def test_mandatory_pairs_are_listed_per_partner(tmp_path):
    ranking = ranked(
        tmp_path,
        proposal_of("DINKES-01", partners=(TAPIN,), **MANDATORY),
        proposal_of("DINKES-02"),
    )
    document = paper("coordination", case_of(ranking, held=False))
    [pairs] = tables(document)
    assert pairs.subjects == ("usulan/DINKES-01",)
    assert "Kabupaten Tapin" in pairs.caption  # and in no column of its own
    assert pairs.rows[0][3] == "e"
    assert any(
        isinstance(block, Heading) and "tingkat provinsi" in plain_text(block.text)
        for block in document.blocks
    )


def test_without_mandatory_cooperation_there_is_nothing_to_coordinate(tmp_path):
    document = paper("coordination", case_of(ranked(tmp_path, proposal_of()), held=False))
    assert not tables(document)
    assert "tidak memuat kerja sama wajib" in said(document)


def test_names_of_members_stand_in_the_internal_edition_only(held):
    internal = said(paper("attendance", case_of(held, edition="internal")))
    assert "Pejabat Rahasia Satu" in internal
    for name in PAPERS:
        assert "Pejabat Rahasia" not in said(paper(name, case_of(held)))


def test_every_ranked_usulan_has_a_card_on_a_page_of_its_own(room):  # noqa: F811
    document = paper("plenary-material", case_of(room.ranking, held=False))
    cards = [block for block in document.blocks if isinstance(block, Heading) and block.new_page]
    assert len(cards) == len(room.ranking.table)
    groups = [table for table in tables(document) if "per kelompok kriteria" in table.caption]
    first = groups[0]
    points = sum(float(row[3].replace(",", ".")) for row in first.rows)
    assert points == pytest.approx(room.ranking.table["points"].iloc[0], abs=0.03)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_card_stays_on_its_page(room, lang):  # noqa: F811
    case = case_of(room.ranking, lang, held=False)
    document = paper("plenary-material", case)
    written = pdf_bytes(document, case.dossier.tanggal_acuan)
    with pypdfium2.PdfDocument(written) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    decision = {"id": "Putusan rapat:", "en": "Decision of the meeting:"}[lang]
    cards = [text for text in pages if decision in text]
    assert len(cards) == len(room.ranking.table)
    for text in cards:
        assert len(text.split()) > 120
        assert {"id": "Mengapa di sini.", "en": "Why it stands here."}[lang] in text


def test_the_standing_on_a_card_leads_to_what_was_computed(room):  # noqa: F811
    document = paper("plenary-material", case_of(room.ranking, held=False))
    first = str(room.ranking.table.index[0])
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    origins = [run.origin for line in lines for run in line if run.origin.endswith(f"/{first}")]
    assert [one.split("@")[0] for one in origins[:3]] == ["points", "class_name", "ranks"]


def test_what_stands_below_names_the_data_and_the_method_of_the_foot(held):
    case = case_of(held)
    document = paper("plenary-material", case)
    [last] = [block for block in document.blocks if isinstance(block, Provenance)]
    assert last.line == case.stamp.line()
    [second] = [one for one in paragraphs(document) if held.stamp.method_sha256[:12] in one]
    assert case.stamp.method_sha256 != held.stamp.method_sha256
    assert case.stamp.data_sha256[:12] in "".join(paragraphs(document))
    unheld = paper("plenary-material", replace(case, outcome=None))
    assert not [one for one in paragraphs(unheld) if held.stamp.method_sha256[:12] in one]
    assert "bobot yang diusulkan" in second


@pytest.mark.parametrize(("lang", "postponed"), [("id", "Ditunda"), ("en", "Postponed")])
def test_the_class_of_a_card_is_named_in_the_papers_language(tmp_path, lang, postponed):
    low = proposal_of("DINKES-02", **dict.fromkeys(RATED, 1))
    case = case_of(ranked(tmp_path, proposal_of("DINKES-01"), low), lang, held=False)
    lines = paragraphs(paper("plenary-material", case))
    assert any(f": {postponed}\u2003" in line for line in lines)


def test_a_group_with_a_blank_answer_has_the_points_of_the_rest(tmp_path):
    blank = proposal_of("DINKES-01", K3A=None)
    case = case_of(ranked(tmp_path, blank, proposal_of("DINKES-02")), held=False)
    document = paper("plenary-material", case)
    assert not LEFT_OPEN.search(said(document))
    groups = [table for table in tables(document) if "per kelompok kriteria" in table.caption]
    [card] = [table for table in groups if "DINKES-01" in table.caption]
    told = {row[0].split()[0]: float(row[3].replace(",", ".")) for row in card.rows}
    points = case.ranking.table.loc["DINKES-01", "points"]
    assert sum(told.values()) == pytest.approx(points, abs=0.03)


@pytest.mark.parametrize(("lang", "ask", "decree"), [
    ("id", "membahas daftar ini", "yang disepakati rapat pleno"),
    ("en", "discuss this list", "the plenary agreed on"),
])  # fmt: skip
def test_a_brief_asks_for_the_plenary_before_it_and_for_the_decree_after_it(
    room,  # noqa: F811
    lang,
    ask,
    decree,
):
    def told():
        shown = brief.summary(room.ranking, lang), brief.recommendations(room.ranking, lang)
        return [str(one.blocks) for one in shown]

    summary, actions = told()
    assert ask in summary
    assert decree not in summary + actions
    room.write(MEETING + RECORD)
    summary, actions = told()
    assert ask not in summary
    assert decree in summary
    assert decree in actions


# --- every paper -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_whole_held_as_a_draft_and_with_nothing(held, name, lang):
    whole = case_of(held, lang)
    for case in (whole, replace(whole, outcome=None), replace(whole, ranking=None, outcome=None)):
        document = paper(name, case)
        assert not LEFT_OPEN.search(said(document)), LEFT_OPEN.search(said(document))
        for table in tables(document):
            assert all(len(row) == len(table.columns) for row in table.rows)
            assert len(table.subjects) in {0, len(table.rows)}
        html_text(document)
    assert pdf_bytes(document, case.dossier.tanggal_acuan).startswith(b"%PDF")


@pytest.mark.parametrize("name", PAPERS)
def test_what_people_wrote_stays_literal(tmp_path, name):
    hostile = proposal_of("DINKES-01", judul=HOSTILE[:150], uraian=HOSTILE, rpjmd_ref=HOSTILE,
                          partners=({**TAPIN, "mitra_nama": HOSTILE},), **MANDATORY)  # fmt: skip
    case = case_of(ranked(tmp_path, hostile), held=False)
    document = paper(name, case)
    assert "<script>alert" not in html_text(document)
    if name != "attendance":
        assert HOSTILE[:40] in said(document)


@pytest.mark.parametrize("number", [1, 60])
def test_any_number_of_usulan(tmp_path, number):
    names = [f"DINKES-{n:03d}" for n in range(1, number + 1)]
    case = case_of(ranked(tmp_path, *(proposal_of(name) for name in names)), held=False)
    assert len(decided(case).table) == number
    for name in ("berita-acara", "sk", "plan-matrix"):
        assert len(tables(paper(name, case))[-1 if name == "sk" else -2].rows) >= 1


def test_same_inputs_give_the_same_bytes(held):
    first, second = (
        pdf_bytes(paper("sk", case_of(held)), held.register.dossier.tanggal_acuan) for _ in "ab"
    )
    assert first == second


def test_what_a_decree_says_in_capitals_stands_in_the_middle_in_every_form(held):
    document = paper("sk", case_of(held))
    page = html_text(document)
    assert re.search(r'<h2[^>]*class="ksd-capitals"[^>]*>MEMUTUSKAN:</h2>', page)
    assert re.search(r"<h2(?![^>]*ksd-capitals)[^>]*>Rujukan</h2>", page)
    written = docx_bytes(document, held.register.dossier.tanggal_acuan)
    aligned = {p.text: p.alignment for p in docx.Document(io.BytesIO(written)).paragraphs}
    assert aligned["MEMUTUSKAN:"] == WD_ALIGN_PARAGRAPH.CENTER
    assert aligned["Rujukan"] is None
