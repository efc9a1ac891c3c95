"""What the figures of the preparation say of themselves: offices, weeks and seats, worked by hand."""

import re

import pytest

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.charts.schedule import gantt
from ksd_toolkit.document import Document, Items, Letterhead, Paragraph, measured, runs
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.invitation import invitation
from ksd_toolkit.papers.ppksd_list import ppksd_list
from ksd_toolkit.papers.schedule import schedule
from ksd_toolkit.prose import preparation as prose
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template, template_of
from ksd_toolkit.runs.template_words import figures_of_template
from ksd_toolkit.runs.traced_files import told_in_files
from ksd_toolkit.tables import preparation as tables
from ksd_toolkit.theme import read_theme
from tests.answers.conftest import OFFICES, answers_of, dossier_in
from tests.scoring.conftest import NAME

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HEAD = "kode,tahap,stage,kegiatan,activity,minggu_mulai,lama_minggu,pelaksana,who,undangan,dasar\n"
ROWS = (
    "rapat,Persiapan,Preparation,Rapat 1 dari 2,Meeting 1 of 2,2,1,Sekretariat,Secretariat,opd;ppksd;tkksd,\n"
    "isi,Pemetaan,Mapping,Pengisian,Filling in,3,4,PPKSD,PPKSD,,\n"
)
PAPERS = {"invitation": invitation, "schedule": schedule, "ppksd-list": ppksd_list}
SENT = [
    {"opd_kode": "DINKES", "opd_nama": "Dinas Kesehatan", "ppksd_1_nama": "A", "ppksd_1_nip": "1",
     "ppksd_2_nama": "B", "ppksd_2_nip": "2"},
    {"opd_kode": "DISDIK", "opd_nama": "Dinas Pendidikan", "ppksd_1_nama": "C", "ppksd_1_nip": "3",
     "ppksd_2_nama": "C", "ppksd_2_nip": "3"},
]  # fmt: skip


def case_of(home, rows=ROWS, settings="", offices=OFFICES, sent=SENT):
    dossier = dossier_in(home, offices)
    (dossier.folder / "jadwal.csv").write_text(HEAD + rows, encoding="utf-8")
    file = dossier.folder / "dossier.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{settings}", encoding="utf-8")
    register = answers_of(open_dossier(NAME, home=home), [], {}, opd=sent)
    return Case(register, read_theme(register.dossier))


class Told:
    """The notebook's blocks of a case, and what every figure of them says."""

    def __init__(self, case, document=None, lang="id"):
        self.evidence = Evidence(case.register, None, None, lang, {})
        self.document = document or Document(
            "", "", lang, Letterhead("", ""), "", blocks_of(case, lang)
        )
        self.figures = figures_of(self.document)

    def how(self, figure):
        return computation_of(
            figure, meaning_of(figure, self.document, self.evidence.known), self.evidence
        )

    def of(self, origin):
        return next(self.how(one) for one in self.figures if one.origin == origin)


def blocks_of(case, lang):
    ready = prepare(case.dossier, register=case.register)
    shown = [
        prose.key_figures(ready, lang), prose.summary(ready, lang), gantt(ready, lang),
        tables.offices(ready, lang=lang), tables.schedule(ready, lang), tables.meetings(ready, lang),
        tables.invitations(ready, lang=lang),
    ]  # fmt: skip
    return tuple(block for one in shown for block in one.blocks)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return case_of(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def told(case):
    return Told(case)


def test_offices_are_counted_by_name_and_one_person_twice_is_one(told):
    assert told.of("offices@ppksd/*").sentence.startswith("3 perangkat daerah ditanya")
    assert told.of("enough@ppksd/*").sentence.endswith("buku kerjanya: DINKES.")
    short, silent = told.of("short@ppksd/*"), told.of("silent@ppksd/*")
    assert short.sentence.startswith("1 dari 3")
    assert short.sentence.endswith(": DISDIK (1).")
    assert short.rows == (("opd", "DISDIK"),)
    assert silent.rows == (("opd.csv", "DISHUB"),)


def test_weeks_and_seats_are_sums_with_their_parts(told):
    weeks = told.of("weeks@kegiatan/*")
    assert weeks.sentence.startswith("6 minggu = ")
    assert "“Pengisian”: mulai minggu 3, lamanya 4 minggu" in weeks.sentence
    assert weeks.rows == (("jadwal.csv", "isi"),)
    assert told.of("week_span@kegiatan/isi").sentence.endswith("sampai minggu 3 + 4 - 1 = 6.")
    seats = told.of("seats@kegiatan/rapat")
    assert "12 kursi" in seats.sentence  # 3 heads, 6 PPKSD, 3 members
    assert "3 kepala perangkat daerah + 6 PPKSD + 3 anggota TKKSD" in seats.sentence
    assert ("dossier.toml", "tkksd_members") in seats.rows
    invited = told.of("seats:rapat@opd/DISHUB").sentence
    assert invited.startswith("3 undangan bagi DISHUB pada “Rapat 1 dari 2” = 1 kepala")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"settings": "[schedule]\nstart = 2026-08-24"},
        {"rows": "", "sent": []},
        {"offices": {}, "sent": []},
        {"offices": {"DINKES": "Dinas Kesehatan"}, "sent": SENT[:1]},
    ],
)
def test_every_figure_explains_itself_with_its_own_number(tmp_path, change, lang):
    _all_explained(Told(case_of(tmp_path, **change), lang=lang))


@pytest.mark.parametrize("name", PAPERS)
def test_every_figure_of_a_formal_paper_explains_itself_or_is_the_template_s(case, name):
    template, facts = read_template(name, case.dossier), PAPERS[name](case)
    front = FrontMatter(Letterhead("Pemerintah Contoh", "TKKSD"), "Kandangan")
    document = fill(template, facts, front)
    own = figures_of_template(template, facts, front, document)
    _all_explained(Told(case, document), own)


def _all_explained(told, own=frozenset()):
    assert told.figures
    for figure in told.figures:
        how = told.how(figure)
        if figure.id in own:
            continue
        assert how is not None, figure
        for number in NUMBER.findall(" ".join(figure.numbers or (figure.text,))):
            assert re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d)", how.sentence), figure


def test_lists_schedule_and_settings_are_found_by_cell_and_line(case):
    files = told_in_files(case.register)
    answer, where = files["opd.csv", "DISHUB"]["opd_nama"]
    assert (answer, where.cell) == ("Dinas Perhubungan", "B4")
    answer, where = files["jadwal.csv", "isi"]["minggu_mulai"]
    assert (answer, where.file, where.cell) == ("3", "jadwal.csv", "F3")
    settings = (case.dossier.folder / "dossier.toml").read_text(encoding="utf-8").splitlines()
    for (file, name), told in files.items():
        if file == "dossier.toml":
            assert settings[int(told[name][1].cell) - 1].strip().startswith(name)


def test_a_number_of_the_template_is_told_from_one_that_was_filled_in(tmp_path):
    path = tmp_path / "uji.md"
    lines = (
        "---\nlayout: policy\n---",
        "# Surat",
        "",
        "{{first}}",
        "",
        "Ada 3 rangkap, {n} lembar, dan {n} dari 3 {kind}; lihat {measured}.",
    )
    path.write_text("\n".join((*lines, "", "{{list}}", "", "- 7 hari, {empty}")), encoding="utf-8")
    template = template_of("uji", "uji.md", path)
    words = {"n": "3", "kind": "4 x 3", "empty": "", "measured": (measured("3", "weeks"),)}
    listed = Items((runs("5 butir"),))
    first = Paragraph(runs("Pembuka dari 8 kata."))
    facts = PaperFacts(words, {"list": (listed,), "first": (first,)})
    front = FrontMatter(Letterhead("Pemerintah Contoh", "TKKSD"), "Kandangan")
    document = fill(template, facts, front)
    own = figures_of_template(template, facts, front, document)
    told = [(one.text, one.id in own) for one in figures_of(document)]
    assert told == [
        ("8", False), ("3", True), ("3", False), ("3", False), ("3", True), ("4", False), ("3", False),
        ("3", False), ("5", False), ("7", True),
    ]  # fmt: skip
