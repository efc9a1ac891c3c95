"""What a day in a reminder letter was counted from; worked by hand from 31 August 2026."""

import re

import pytest

from ksd_toolkit.papers.reminders import reminders
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from tests.papers.test_foreign_report import MOU, case_of

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LOI = MOU | {"no_dok": "LOI-1", "jenis_dok": "LoI", "tgl_ttd": "2025-10-15", "mulai": "2025-10-15",
             "berakhir": "2027-01-31"}  # fmt: skip
ENDING = MOU | {
    "no_dok": "MOU-2",
    "tgl_ttd": "2022-03-01",
    "mulai": "2022-03-01",
    "berakhir": "2027-02-15",
}
DRAFT = MOU | {"no_dok": "MOU-3", "status": "rancangan", "tgl_ttd": None, "mulai": None, "berakhir": None,
               "tgl_permohonan_dprd": "2026-07-06"}  # fmt: skip
PKS = MOU | {"no_dok": "PKS-1", "jenis_dok": "PKS", "jenis_ksd": "KSDD-S", "berakhir": "2026-08-31"}
ADDENDUM = PKS | {
    "no_dok": "ADD-1",
    "mengubah_no": "PKS-1",
    "tgl_ttd": "2026-03-01",
    "berakhir": "2026-09-30",
}
NAMES = ("LOI-1", "MOU-2", "MOU-3", "PKS-1")


def explained(home, lang):
    """Every figure of the paper with what is said of it."""
    case = case_of(home, [LOI, ENDING, DRAFT, PKS, ADDENDUM], lang=lang)
    front = FrontMatter(case.theme.letterhead, "", lang)
    paper = fill(read_template("reminders", case.dossier), reminders(case), front)
    evidence = Evidence.of(case)
    for figure in figures_of(paper):
        if figure.origin.partition("@")[2].startswith("pengingat/"):
            meaning = meaning_of(figure, paper, evidence.known)
            yield figure, meaning, computation_of(figure, meaning, evidence)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_figure_of_every_kind_is_explained_with_its_numbers(tmp_path, lang):
    kinds = set()
    for figure, meaning, told in explained(tmp_path, lang):
        kinds.add(meaning.subject.removeprefix("pengingat/").partition("|")[0])
        assert told is not None, figure.text
        missing = set(NUMBER.findall(figure.text)) - set(NUMBER.findall(told.sentence))
        assert not missing, (figure.text, told.sentence)
    assert kinds == {"*", "expiry", "intent", "notice", "report", "council"}


def test_each_day_says_how_it_was_counted_and_from_which_documents(tmp_path):
    found = {
        meaning.subject.removeprefix("pengingat/"): told
        for _, meaning, told in explained(tmp_path, "id")
        if meaning.measure == "days_left"
    }
    said = {name: told.sentence for name, told in found.items()}
    assert said["expiry|PKS-1"] == (
        "PKS-1 berlaku sampai 30 September 2026, menurut adendum ADD-1. 30 September 2026 dikurangi tanggal"
        " acuan 31 Agustus 2026 = 30 hari lagi."
    )
    assert found["expiry|PKS-1"].rows == (("naskah", "PKS-1"), ("naskah", "ADD-1"))
    assert "paling lama 1 tahun" in said["intent|LOI-1"]
    assert (
        "15 Oktober 2026 dikurangi tanggal acuan 31 Agustus 2026 = 45 hari" in said["intent|LOI-1"]
    )
    assert said["notice|MOU-2"].startswith("15 Agustus 2026 = 6 bulan sebelum MOU-2 berakhir")
    assert "16 hari sudah lewat" in said["notice|MOU-2"]
    assert said["council|MOU-3"].startswith("7 September 2026 = 45 hari kerja sesudah")
