"""What the figures of the answers, of their quality and of the mapping say: worked by hand, in both languages."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.charts import agreement as agreement_charts
from ksd_toolkit.charts import completeness as completeness_charts
from ksd_toolkit.charts import likert, mapping, radar
from ksd_toolkit.document import Document, Letterhead
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.papers.completeness import FATES, completeness
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.potential_map import potential_map
from ksd_toolkit.publishing.brief_figures import briefed
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import Meaning, meaning_of
from ksd_toolkit.publishing.hover_notes import LONGEST, hovers_of
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.scoring.overview import PROBLEMS
from ksd_toolkit.tables import agreement, answers, codebook
from ksd_toolkit.tables import mapping as mapping_tables
from ksd_toolkit.tables import quality as quality_tables
from ksd_toolkit.theme import read_theme
from tests.answers.conftest import answers_of, dossier_in
from tests.scoring.conftest import OFFICE

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
USULAN = [
    {"usulan_id": "DINKES-01", "isu": "ISU-A;ISU-B", "urusan_kode": "1.02"},
    {"usulan_id": "DINKES-02", "isu": "ISU-B", "urusan_kode": "1.02"},
    {"usulan_id": "DISDIK-01", "isu": "ISU-A", "urusan_kode": "1.01"},
]
MITRA = [
    {"usulan_id": "DINKES-01", "mitra_nama": "Mitra 7", "mitra_jenis": "ptn"},
    {"usulan_id": "DINKES-02", "mitra_nama": "Mitra 7", "mitra_jenis": "ptn"},
    {"usulan_id": "DISDIK-01", "mitra_nama": "=1+1<b>", "mitra_jenis": "bumd"},
]
SCORES = {
    ("DINKES-01", "OPD-1"): [5, 4, 3, 2, 1, 5, 4, 3, 2],
    ("DINKES-01", "OPD-2"): [5, 4, 4, 2, 4, 5, 4, 3, None],
}
BY_REGISTER = (
    answers.balance, answers.five_problems, answers.problems, codebook.codebook,
    mapping_tables.issue_matrix, mapping_tables.affair_matrix, mapping_tables.types,
    mapping_tables.mandatory, mapping_tables.not_ksd, mapping_tables.similar,
    mapping.issues, mapping.maturity, radar.problems,
)  # fmt: skip
BY_QUALITY = (
    quality_tables.response, quality_tables.matrix, quality_tables.flags, quality_tables.changes,
    quality_tables.change_log, completeness_charts.by_office, completeness_charts.by_question,
)  # fmt: skip
BY_EDITION = (
    agreement.by_office, agreement.disputes, agreement_charts.by_office,
)  # fmt: skip


def register_in(home, lang="id", usulan=USULAN, scores=SCORES, **more):
    register = answers_of(dossier_in(home).in_language(lang), usulan, scores, **more)
    for fate in FATES:  # what `read_register` keeps of every file
        register.files[fate] = {"accepted": 9, "blank": 2}.get(fate, 0)
    register.files["file"] = [f"{sender}.xlsx" for sender in register.files["sender"]]
    return register


def told(register, *blocks):
    """What is said of every figure of the blocks, by its id."""
    document = Document("", "", register.lang, Letterhead("", ""), "", tuple(blocks))
    case = Case(register, read_theme(register.dossier))
    evidence, found = Evidence.of(case), {}
    for figure in figures_of(document):
        meaning = meaning_of(figure, document, evidence.known)
        found[figure.id] = figure, computation_of(figure, meaning, evidence)
    assert max((len(note) for note in hovers_of(document, case).values()), default=0) <= LONGEST
    return found


def everything(register):
    found = quality(register)
    blocks = [block for draw in BY_REGISTER for block in draw(register).blocks]
    blocks += [block for draw in BY_QUALITY for block in draw(found).blocks]
    for edition in ("public", "internal"):
        blocks += [block for draw in BY_EDITION for block in draw(found, edition).blocks]
    for role in ("OPD", "TKKSD"):
        for draw in (agreement.by_criterion, likert.scores, agreement_charts.alpha):
            blocks += draw(found, role, "internal").blocks
    return blocks


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_figure_says_its_number(tmp_path, lang):
    register = register_in(tmp_path, lang, mitra=MITRA)
    found = told(register, *everything(register))
    assert len(found) > 100
    for name, (figure, how) in found.items():
        assert how is not None, (name, figure)
        for number in NUMBER.findall(" ".join(figure.numbers or (figure.text,))):
            assert re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d)", how.sentence), (name, how)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_with_no_answer_at_all_nothing_breaks(tmp_path, lang):
    register = register_in(tmp_path, lang, usulan=[], scores={}, opd=[])
    found = told(register, *everything(register))
    assert [name for name, (_, how) in found.items() if how is None] == []


def test_an_issue_names_its_usulan_and_rests_on_their_issues(tmp_path):
    register = register_in(tmp_path)
    found = told(register, *mapping_tables.issue_matrix(register).blocks)
    _, of_office = found["T1.1.3"]  # Dinas Kesehatan, issue b
    assert of_office.sentence == (
        "2 usulan Dinas Kesehatan menyebut isu Kawasan Perbatasan, sendiri atau bersama isu lain: "
        "DINKES-01 dan DINKES-02."
    )
    assert of_office.cells == (("usulan", "DINKES-01", "isu"), ("usulan", "DINKES-02", "isu"))
    _, of_all = found["T1.4.2"]
    assert of_all.counted == ("DINKES-01", "DISDIK-01")


def test_agreement_is_told_by_pairs_of_scores(tmp_path):
    found = quality(register := register_in(tmp_path))
    traced = told(register, *agreement.by_office(found, "internal").blocks)
    sentences = [how.sentence for figure, how in traced.values() if figure.id.startswith("T1.1.")]
    # eight units scored twice; the third differs by 1, the fifth by 3
    assert sentences == [
        "8 butir (usulan x kriteria) dinilai sedikitnya dua PPKSD: Dinas Kesehatan, pada 1 perangkat daerah.",
        "75\u00a0% = 6 pasangan skor yang persis sama : 8 pasangan skor dua PPKSD atas butir yang sama x 100 (Dinas Kesehatan).",
        "88\u00a0% = 7 pasangan skor yang berselisih paling banyak 1 : 8 pasangan skor dua PPKSD atas butir yang sama x 100 (Dinas Kesehatan).",
        "0,50 = jumlah selisih 4 : 8 pasangan skor dua PPKSD atas butir yang sama (Dinas Kesehatan).",
        "1 dari 8 butir yang dinilai sedikitnya dua PPKSD berselisih 2 atau lebih antara skor tertinggi dan terendahnya (Dinas Kesehatan); batasnya dari tabel mutu jawaban.",
    ]
    _, units = traced["T1.1.2"]
    assert len(units.cells) == 16
    assert ("nilai", "DINKES-01|HUK|OPD-1", "skor") not in units.cells


def test_a_gap_rests_on_the_two_scores(tmp_path):
    found = quality(register := register_in(tmp_path))
    traced = told(register, *agreement.disputes(found, "internal").blocks)
    gap = next(how for figure, how in traced.values() if figure.origin.startswith("rating_gap"))
    assert gap.sentence == "3: selisih DINKES-01 pada kriteria Pemerataan = 4 - 1."
    assert gap.cells == (
        ("nilai", "DINKES-01|K3C|OPD-1", "skor"),
        ("nilai", "DINKES-01|K3C|OPD-2", "skor"),
    )


def test_rows_of_a_file_add_up(tmp_path):
    register = register_in(tmp_path)
    found = told(register, *answers.balance(register).blocks)
    _, of_file = found["T1.1.2"]
    assert of_file.sentence == (
        "DINKES.xlsx: 11 baris dibaca = 9 diterima + 0 ditahan + 0 ganda + 2 kosong."
    )
    _, of_all = found["T1.3.2"]
    assert of_all.sentence == (
        "Pada 2 berkas, 22 baris dibaca = 18 diterima + 0 ditahan + 0 ganda + 4 kosong."
    )


def test_a_problem_rests_on_the_answer_at_its_place_or_on_the_first_of_its_row(tmp_path):
    register = register_in(tmp_path)
    cells = {
        ("usulan", "DINKES-03", "judul"): ("dinkes.xlsx", "Usulan", "C3"),
        ("usulan", "DINKES-01", "judul"): ("dinkes.xlsx", "Usulan", "C4"),
        ("usulan", "DINKES-01", "isu"): ("dinkes.xlsx", "Usulan", "D4"),
        ("usulan", "DINKES-02", "isu"): ("dinkes.xlsx", "Usulan", "D44"),
        ("opd", "DINKES", "d1"): ("dinkes.xlsx", "Profil", "D4"),
        ("usulan", "DISDIK-01", "isu"): ("disdik.xlsx", "Usulan", "D4"),
    }
    places = {"D4": ("usulan", "DINKES-01", "isu"), "F4": ("usulan", "DINKES-01", "judul")}
    register = replace(
        register,
        tables=replace(register.tables, told={key: ("x", Where(*at)) for key, at in cells.items()}),
        problems=tuple(Problem("opd.same_ppksd", Where("dinkes.xlsx", "Usulan", at)) for at in places),
    )  # fmt: skip
    traced = told(register, *answers.problems(register).blocks)
    [(_, how)] = traced.values()
    assert how.cells == tuple(places.values())


def test_an_office_answered_first_with_a_level_or_else_with_an_usulan(tmp_path):
    later = {**OFFICE, "d1": None, "d2": 3}
    silent = {**OFFICE, "opd_kode": "DISDIK", **dict.fromkeys(PROBLEMS)}
    register = register_in(tmp_path, opd=[{**later, "opd_kode": "DINKES"}, silent])
    case = Case(register, read_theme(register.dossier))
    figure = PrintedFigure("P1.1", "2/3", "", "", ("2", "3"))
    meaning = Meaning("offices_of_asked", "opd/*", (), ())
    found = briefed(figure, meaning, Evidence.of(case))
    assert found.cells == (("opd", "DINKES", "d2"), ("usulan", "DISDIK-01", "judul"))


def test_who_did_not_answer_is_named(tmp_path):
    found = quality(register := register_in(tmp_path))
    _, how = told(register, *quality_tables.response(found).blocks)["T1.1.2"]
    assert how.sentence.startswith("2 dari 3 perangkat daerah yang ditanya (66,7\u00a0%)")
    assert "Yang belum: Dinas Perhubungan." in how.sentence
    assert [key.partition("-")[0] for _, key, _ in how.cells] == ["DINKES", "DISDIK"]


def test_a_partner_is_a_partner_of_one_kind(tmp_path):
    register = register_in(tmp_path, mitra=MITRA)
    facts = potential_map(Case(register, read_theme(register.dossier)))
    [partners] = facts.blocks["named_partners"]
    _, how = told(register, partners)["T1.1.3"]
    assert how.sentence == (
        "2 usulan menyebut Mitra 7 sebagai calon mitra dengan jenis itu: DINKES-01 dan DINKES-02."
    )
    assert {question for _, _, question in how.cells} == {"mitra_nama"}


def test_numbers_inside_sentences_of_the_quality_report_say_what_they_count(tmp_path):
    register = register_in(tmp_path)
    words = completeness(Case(register, read_theme(register.dossier))).words
    origins = [run.origin for run in words["balance"] if run.origin]
    assert origins == [f"{name}@berkas/*" for name in ("rows_read", *FATES)]


def test_a_paper_older_than_the_answers_is_not_explained_by_them(tmp_path):
    register = register_in(tmp_path / "then")
    before = answers.balance(register).blocks
    now = register_in(tmp_path / "now", usulan=USULAN[2:])
    found = told(now, *before)
    _, gone = found["T1.1.2"]
    assert gone is None
