"""What the figures of the evaluation say of themselves: worked by hand, in both languages, with nothing, with hostile names."""

import re

import pytest

from ksd_toolkit.charts import evaluation as charts
from ksd_toolkit.document import Document, Letterhead
from ksd_toolkit.errors import Where
from ksd_toolkit.evaluation import review
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.prose import evaluation as prose
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.publishing.hover_notes import LONGEST, hovers_of
from ksd_toolkit.tables import evaluation as tables
from ksd_toolkit.theme import read_theme
from tests.answers.conftest import answers_of, dossier_in
from tests.evaluation.conftest import frame_of

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PRINTED = (
    prose.key_figures, prose.summary, prose.expiring, prose.limitations,
    charts.documents_by_status, charts.achievements, charts.profile, charts.follow_through,
    tables.documents_by_status, tables.expiring, tables.achievements, tables.deliveries,
    tables.profile, tables.follow_through, tables.open_usulan, tables.recommendations,
    tables.follow_ups, tables.findings,
)  # fmt: skip
KEYS = {
    "naskah": ("no_dok",),
    "tahapan": ("no_dok", "tahap"),
    "monev": ("no_dok", "periode", "penilai"),
    "capaian": ("no_dok", "periode", "indikator"),
}
RUNNING = {"tgl_ttd": "2025-01-02", "mulai": "2025-01-02", "status": "berlaku"}
DOCUMENTS = [
    {"no_dok": "KB-1", "jenis_dok": "KB", **RUNNING, "berakhir": "2028-12-31"},
    {
        "no_dok": "PKS-1", "jenis_dok": "PKS", **RUNNING, "berakhir": "2026-09-30",
        "induk_no": "KB-1", "judul": "Jalan 12 km", "nilai_rupiah": 100_000_000,
        "usulan_id": "DINKES-01", "periode_usulan": "2026", "manfaat_janji_daerah": "12 km jalan",
    },
    {
        "no_dok": "PKS-2", "jenis_dok": "PKS", **RUNNING, "berakhir": "2026-08-30",
        "nilai_rupiah": 50_000_000,
    },
    {"no_dok": "R-1", "jenis_dok": "PKS", "status": "rancangan"},
]  # fmt: skip
ASKED = {"no_dok": "PKS-1", "periode": "2026-S1"}
MONITORED = [
    {**ASKED, "penilai": "opd", "anggaran": 300, "realisasi_anggaran": 300},
    {
        **ASKED, "penilai": "bagian_ks", "anggaran": 400, "realisasi_anggaran": 100,
        "penerima_manfaat": 70, "ketepatan_waktu": "tidak_terlaksana",
        "tindak_lanjut": "Susun 3 laporan", "tindak_lanjut_tenggat": "2026-07-31",
    },
]  # fmt: skip
RESULTS = [
    {**ASKED, "indikator": "Rujukan", "arah": "naik", "target": 8, "realisasi": 6},
    {**ASKED, "indikator": "Waktu", "arah": "turun", "target": 10, "realisasi": 2},
    {**ASKED, "indikator": "Kematian", "arah": "turun", "target": 0, "realisasi": 0},
    {
        **ASKED, "periode": "2025-S2", "indikator": "Rujukan", "arah": "naik", "target": 4,
        "realisasi": 2,
    },
]  # fmt: skip
ALL = {"naskah": DOCUMENTS, "monev": MONITORED, "capaian": RESULTS, "tahapan": []}


def case_of(home, status="ditetapkan", **rows):
    usulan = [{"usulan_id": "DINKES-01", "status_usulan": status}]
    register = answers_of(dossier_in(home), usulan, {})
    for name, columns in KEYS.items():
        frame = frame_of(name, rows.get(name, []))
        keys = ["|".join(map(str, key)) for key in frame[list(columns)].to_numpy()]
        register.tables.frames[name] = frame.assign(row_key=keys)
    return Case(register, read_theme(register.dossier))


class Told:
    """The report of a case, and what every figure of it says."""

    def __init__(self, case, lang="id"):
        seen = review(case.register)
        blocks = tuple(block for make in PRINTED for block in make(seen, lang).blocks)
        self.document = Document("", "", lang, Letterhead("", ""), "", blocks)
        self.evidence = Evidence(case.register, None, None, lang, {"DINKES-01": "DINKES"})
        self.figures = figures_of(self.document)

    def how(self, figure):
        meaning = meaning_of(figure, self.document, self.evidence.known)
        return computation_of(figure, meaning, self.evidence)

    def of(self, measure):
        """What figures of a measure say, by their subject."""
        found = [one for one in self.figures if one.origin.partition("@")[0] == measure]
        return {one.origin.partition("/")[2]: self.how(one) for one in found}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return case_of(tmp_path_factory.mktemp("evaluated"), **ALL)


@pytest.fixture(scope="module")
def told(case):
    return Told(case)


def test_a_count_names_what_it_counts_and_the_dates_that_decide(told):
    running = told.of("running")["*"]
    assert running.sentence.startswith("2 dari 4 naskah sedang berlaku pada 31 Agustus 2026")
    assert running.sentence.endswith(": KB-1 dan PKS-1.")
    assert running.rows == (("naskah", "KB-1"), ("naskah", "PKS-1"))
    assert "berakhir" in running.questions
    assert told.of("expiring:30")["*"].sentence.endswith("hari setelah 31 Agustus 2026: PKS-1.")
    assert told.of("signed_kind:PKS")["*"].rows == (("naskah", "PKS-1"), ("naskah", "PKS-2"))
    assert told.of("drafts")["*"].rows == (("naskah", "R-1"),)


def test_a_percentage_is_told_with_its_values_and_held_within_what_is_shown(told):
    shown = told.of("shown_percent")
    rising, falling = shown["PKS-1|2026-S1|Rujukan"], shown["PKS-1|2026-S1|Waktu"]
    assert rising.sentence.endswith("= realisasi 6 : target 8 x 100 = 75,00\u00a0%.")
    assert "(target 10 - (realisasi 2 - target 10)) : target 10 x 100 = 180,00" in falling.sentence
    assert "jadi tercetak 120,00\u00a0%" in falling.sentence
    assert rising.rows == (("capaian", "PKS-1|2026-S1|Rujukan"),)
    before = told.of("previous_percent")["PKS-1|2026-S1|Rujukan"]
    assert "2025-S2 = realisasi 2 : target 4 x 100 = 50,00" in before.sentence
    assert before.rows == (("capaian", "PKS-1|2025-S2|Rujukan"),)


def test_the_assessor_who_comes_first_is_the_one_that_is_told(told):
    spent = told.of("spent_percent")["PKS-1"]
    assert "= realisasi Rp100 : anggaran Rp400 x 100 = 25,0\u00a0%" in spent.sentence
    assert spent.rows == (("monev", "PKS-1|2026-S1|bagian_ks"),)
    assert told.of("delivered")["PKS-1"].rows == spent.rows
    assert told.of("tindak_lanjut")["PKS-1"].sentence.startswith("Susun 3 laporan")


def test_days_values_and_steps_are_worked_out(told):
    days = told.of("days_left")["PKS-1"].sentence
    assert days.startswith("Sisa 30 hari = tanggal berakhir PKS-1 (30 September 2026) dikurangi")
    values = told.of("nilai_rupiah")
    assert values["berakhir"].sentence.startswith("Rp50\u00a0juta = jumlah nilai 1 naskah")
    assert values["*"].rows == (("naskah", "PKS-1"), ("naskah", "PKS-2"))
    reached = told.of("reached")
    assert reached["pelaksana"].sentence.startswith("0 dari 0 usulan mencapai")
    assert reached["ditetapkan"].rows[0] == ("usulan", "DINKES-01")
    assert told.of("determined")["*"].sentence.endswith(": 2026/DINKES-01.")


def test_a_recommendation_leads_to_the_answer_its_rule_read(told):
    why = told.of("recommended:diperbaiki")["*"]
    assert why.sentence.endswith(": PKS-1 (R3).")
    assert ("monev", "PKS-1|2026-S1|bagian_ks") in why.rows
    assert "ketepatan_waktu" in why.questions


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("rows", [{}, {"naskah": DOCUMENTS[:1]}, ALL])
def test_every_figure_explains_itself_with_its_own_number(tmp_path, rows, lang):
    case = case_of(tmp_path, **rows)
    told = Told(case, lang)
    for figure in told.figures:
        how = told.how(figure)
        assert how is not None, figure
        for number in NUMBER.findall(" ".join(figure.numbers or (figure.text,))):
            assert re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d)", how.sentence), figure
    assert all(len(note) <= LONGEST for note in hovers_of(told.document, case).values())


def test_names_that_look_like_marks_stay_names(tmp_path):
    name = "7|@x/{value} <b>=1+1"
    rows = {
        "naskah": [DOCUMENTS[1] | {"no_dok": name, "induk_no": None}],
        "capaian": [RESULTS[0] | {"no_dok": name, "indikator": "a|b@c {0}"}],
        "monev": [MONITORED[1] | {"no_dok": name}],
    }
    told = Told(case_of(tmp_path, **rows))
    hows = [told.how(figure) for figure in told.figures]
    silent = [one for one, how in zip(told.figures, hows, strict=True) if how is None]
    assert silent == []
    [percent] = told.of("shown_percent").values()
    assert percent.rows == (("capaian", f"{name}|2026-S1|a|b@c {{0}}"),)
    assert name in percent.sentence


def test_what_a_paper_tells_of_and_the_register_no_longer_holds_is_not_made_up(told, tmp_path):
    later = Evidence(case_of(tmp_path).register, None, None, "id", {})
    [cell] = [one for one in told.figures if one.origin.startswith("days_left@naskah/PKS-1")]
    meaning = meaning_of(cell, told.document, later.known)
    assert computation_of(cell, meaning, later) is None


def test_a_hover_note_ends_in_the_first_cell_that_holds_nobody_s_name(tmp_path):
    case = case_of(tmp_path, **ALL)
    document = Told(case).document
    told = case.register.tables.told
    told["naskah", "PKS-1", "berakhir"] = ("2026-09-30", Where("x/naskah.csv", "", "M3"))
    told["monev", "PKS-1|2026-S1|bagian_ks", "anggaran"] = (
        "pribadi:1",
        Where("monev.csv", "", "O3"),
    )
    notes = hovers_of(document, case)
    by_measure = {one.origin.partition("@")[0]: notes[one.id] for one in figures_of(document)}
    assert by_measure["days_left"].endswith("Sel: naskah.csv:M3")
    assert "Sel:" not in by_measure["spent_percent"]
