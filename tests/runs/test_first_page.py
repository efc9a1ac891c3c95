"""The first page of the evaluation, and the one page for leaders, answer what a leader asks."""

import pypdfium2
import pytest

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.evaluation import review
from ksd_toolkit.evaluation.benefits import UNPROMISED
from ksd_toolkit.messages import date_text
from ksd_toolkit.register import read_register

pytestmark = pytest.mark.slow


def pages_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()
    return [" ".join(text.replace("\xa0", " ").split()) for text in texts]


@pytest.fixture(scope="module")
def found(two_runs):
    return review(read_register(two_runs.first.dossier))


@pytest.fixture(scope="module", params=["evaluation", "leader-summary"])
def first_page(two_runs, request):
    return pages_of(two_runs.first.folder / f"{request.param}.pdf")[0]


def test_what_did_we_sign(found, first_page):
    signed = int(found.documents["is_signed"].sum())
    assert f"Yang ditandatangani: {signed} naskah" in first_page


def test_what_is_running(found, first_page):
    documents = found.documents
    running = documents[documents["effective_status"].isin(RUNNING)]
    assert f"{len(running)} dari {len(documents)} naskah kerja sama sedang berlaku" in first_page


def test_what_lapses_next(found, first_page):
    documents = found.documents
    ending = documents[documents["effective_status"] == "akan_berakhir"]
    first = ending.sort_values(["days_left", "no_dok"], kind="stable").iloc[0]
    assert f"Yang berakhir lebih dulu: {first['no_dok']} ({first['judul']})" in first_page
    assert f"pada {date_text(first['berakhir'])}" in first_page


def test_what_was_promised_and_delivered(found, first_page):
    now = found.achievements[found.achievements["periode"] == str(found.semester)]
    computable = now[now["band"].notna()]
    good = computable["band"].isin(["sangat_baik", "baik"]).sum()
    assert f"{good} dari {len(computable)} indikator" in first_page
    promises = found.benefits["standing"][found.benefits["standing"] != UNPROMISED]
    assert f"{len(promises)} janji" in first_page
    assert f"{(promises == 'sesuai').sum()} sesuai janji" in first_page


def test_who_must_do_what_by_when(found, first_page):
    late = found.follow_ups[found.follow_ups["overdue"]].iloc[0]
    assert date_text(late["due"]) in first_page
    assert str(late["who"]) in first_page


def test_the_leaders_summary_has_one_page(two_runs):
    folder = two_runs.first.folder
    assert len(pages_of(folder / "leader-summary.pdf")) == 1


def test_the_leaders_summary_has_one_page_in_english(english_run):
    assert len(pages_of(english_run.folder / "leader-summary.pdf")) == 1


@pytest.mark.parametrize("paper", ["evaluation", "long-list", "plenary-material"])
def test_what_last_period_hands_on_is_there_without_anyone_retyping_it(two_runs, found, paper):
    """Follow-ups still open, monitoring that is missing and every postponed usulan, by name."""
    text = " ".join(pages_of(two_runs.first.folder / f"{paper}.pdf"))
    assert "Yang diteruskan dari periode lalu" in text
    waiting = found.open_follow_ups[found.open_follow_ups["carried"]]
    assert len(waiting)
    assert len(found.monev_gaps)
    assert set(found.monev_gaps["no_dok"]) <= set(text.replace(",", " ").replace(".", " ").split())
    assert len(found.postponed)
    for usulan in found.postponed["usulan_id"]:
        assert str(usulan) in text.replace("- ", "-")
