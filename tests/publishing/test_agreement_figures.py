"""What the tables of agreements show, and what each of their figures says of itself, worked by hand."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.document import Document, Letterhead, Paragraph
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.tables import agreements as tables
from tests.agreements.conftest import TODAY, frame_of, standing_of
from tests.answers.conftest import answers_of, dossier_in

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HOSTILE = "<b>#let x = 1</b> {value} =1+1 $9$"
RUNNING = {
    "jenis_dok": "RK", "jenis_ksd": "SINERGI", "opd_kode": "DINKES", "status": "berlaku",
    "mitra_nama": "BPS 2", "tgl_ttd": "2026-01-05", "mulai": "2026-01-05",
}  # fmt: skip
NAMES = {"jenis_dok": "NK", "no_dok": "NK-1", "judul": HOSTILE, "berakhir": "2030-12-31"}
DOCUMENTS = [
    RUNNING | NAMES,
    RUNNING | {"no_dok": "RK-1", "induk_no": "NK-1", "berakhir": "2026-09-30"},  # 30 days ahead
    RUNNING | {"no_dok": "RK-2", "induk_no": "NK-1", "berakhir": "2026-08-31"},  # today
    RUNNING | {"no_dok": "RK-3", "induk_no": "NK-1", "berakhir": "2027-02-27"},  # 180 days ahead
    RUNNING | {"no_dok": "RK-4", "induk_no": "NK-1", "berakhir": "2027-02-28"},  # 181 days ahead
    RUNNING | {"no_dok": "RK-5", "berakhir": "2026-08-01"},  # over, and still said to run
    RUNNING | {"no_dok": "R-6", "jenis_dok": "KB", "jenis_ksd": "KSDPK", "status": "rancangan",
               "tgl_ttd": "", "mulai": ""},
]  # fmt: skip
FOREIGN = {
    "no_dok": "MOU-1", "jenis_dok": "MoU", "jenis_ksd": "KSDPL", "status": "berlaku",
    "tgl_ttd": "2024-03-01", "mulai": "2024-03-01", "berakhir": "2029-02-28",
}  # fmt: skip
STAGES = [{"no_dok": "RK-1", "tahap": "pelaksanaan", "tanggal": "2026-02-01"}]
KEYS = {"naskah": ("no_dok",), "tahapan": ("no_dok", "tahap")}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    dossier = replace(dossier_in(tmp_path_factory.mktemp("agreed")), tanggal_acuan=TODAY)
    made = answers_of(dossier, [], {})
    for name, rows in {"naskah": [*DOCUMENTS, FOREIGN], "tahapan": STAGES}.items():
        frame = frame_of(name, rows)
        keys = ["|".join(map(str, key)) for key in frame[list(KEYS[name])].to_numpy()]
        made.tables.frames[name] = frame.assign(row_key=keys)
    return made


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_figure_says_what_it_is_with_its_number(register, lang):
    made = (tables.reminders(register, lang), tables.standing(register, lang, rows=7))
    blocks = tuple(block for shown in made for block in shown.blocks)
    document = Document("", "", lang, Letterhead("", ""), "", blocks)
    evidence = Evidence(register, None, None, lang, {})
    figures = figures_of(document)
    assert len(figures) > 15
    for figure in figures:
        meaning = meaning_of(figure, document, evidence.known)
        told = computation_of(figure, meaning, evidence)
        assert told is not None, (figure.text, meaning)
        assert told.rows, figure.text
        numbers = NUMBER.findall(" ".join(figure.numbers or (figure.text,)))
        assert set(numbers) <= set(NUMBER.findall(told.sentence)), (figure.text, told.sentence)


def test_what_is_overdue_comes_first_and_windows_hold_the_days_counted_by_hand():
    (table,) = tables.reminders(standing_of([*DOCUMENTS, FOREIGN]), "id").blocks
    shown = [(row[1].split()[0], row[3], row[4], row[5]) for row in table.rows]
    assert shown == [
        ("MOU-1", "7 Januari 2025", "lewat 601 hari", "\u2013"),  # 358 days of 2025 + 243 of 2026
        ("RK-2", "31 Agustus 2026", "hari ini", "0"),
        ("RK-1", "30 September 2026", "30 hari lagi", "30"),
        ("RK-3", "27 Februari 2027", "180 hari lagi", "180"),
    ]
    assert table.rows[1][2] == "DINKES; BPS 2"
    assert "PP 28/2018 Pasal 9 ayat (1) huruf a" in table.rows[1][6]
    assert table.note.endswith("4 tenggat lain masih lebih jauh.")  # RK-4, NK-1, MOU-1, its notice


def test_standing_puts_what_is_to_be_mended_first_and_keeps_hostile_text_as_text():
    (table,) = tables.standing(standing_of(DOCUMENTS, STAGES), "en").blocks
    by_number = {row[0].split()[0]: row for row in table.rows}
    assert len(table.rows) == len(DOCUMENTS)
    clean = [row[5] == "\u2013" for row in table.rows]
    assert clean == sorted(clean)
    assert by_number["NK-1"][0] == f"NK-1 {HOSTILE}"
    assert by_number["RK-1"][2] == "Implementation (1 February 2026)"
    assert by_number["RK-2"][4] == "today"
    assert by_number["R-6"][2] == "no stage on record"
    assert "term is over" in by_number["RK-5"][5]
    assert by_number["RK-5"][4] == "\u2013"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_is_told_in_a_sentence(lang):
    empty, far = standing_of([]), standing_of([DOCUMENTS[0]])
    for shown in (tables.reminders(empty, lang), tables.standing(empty, lang)):
        (block,) = shown.blocks
        assert isinstance(block, Paragraph)
        assert not NUMBER.search(block.text[0].text)
    (told,) = tables.reminders(far, lang).blocks
    assert "180" in told.text[0].text
    assert {"id": "Satu tenggat lain", "en": "One other due date"}[lang] in told.text[0].text


def test_a_document_of_no_stated_kind_is_told_without_a_made_up_course():
    (table,) = tables.standing(standing_of([{"no_dok": "X"}]), "en").blocks
    assert table.rows[0][:5] == (
        "X", "not stated", "no stage on record",
        "not known; the kind of document or the type of cooperation is blank or does not fit", "\u2013",
    )  # fmt: skip
