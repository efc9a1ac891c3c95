"""What the figures of a card of the plenary and of its list are explained with."""

import pytest

from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.plenary_figures import plenary_told
from ksd_toolkit.publishing.printed_figures import PrintedFigure


class _Evidence:
    lang = "id"
    ranking = None

    def __init__(self):
        self.kept = {"labels": {"biaya_indikatif": "Biaya indikatif", "sumber_dana": "Sumber dana"}}


def _meaning(measure, subject, *usulan):
    return Meaning(measure, subject, usulan, ())


def test_an_answer_is_told_as_printed_with_every_cell_it_is_put_together_from():
    figure = PrintedFigure("T1.1.2", "Pilar hilang: awal 26 pilar", "", "")
    told = plenary_told(figure, _meaning("answer:target", "usulan/A-01", "A-01"), _Evidence())
    assert told.sentence.startswith("Pilar hilang: awal 26 pilar: isian A-01")
    assert [question for _, _, question in told.cells] == [
        "indikator", "baseline", "target", "satuan",
    ]  # fmt: skip


def test_a_fact_of_a_card_leads_to_the_cells_of_its_own_question():
    figure = PrintedFigure("T1.1.2", "Rp520 juta", "", "")
    told = plenary_told(figure, _meaning("card_fact", "usulan/A-01/cost", "A-01"), _Evidence())
    assert told.cells == (("usulan", "A-01", "biaya_indikatif"),)


def test_cost_and_funding_of_the_decree_lead_to_both_questions_by_their_labels():
    figure = PrintedFigure("T1.1.10", "Rp520 juta; APBD", "", "")
    told = plenary_told(
        figure, _meaning("answer:cost_and_funding", "usulan/A-01", "A-01"), _Evidence()
    )
    assert "“Biaya indikatif” dan “Sumber dana”" in told.sentence
    assert [question for _, _, question in told.cells] == ["biaya_indikatif", "sumber_dana"]


def test_risks_are_told_as_products_of_both_answers():
    figure = PrintedFigure("T1.1.2", "hukum 6", "", "")
    told = plenary_told(figure, _meaning("card_fact", "usulan/A-01/risks", "A-01"), _Evidence())
    assert "dikalikan" in told.sentence
    assert ("usulan", "A-01", "risiko_hukum_k") in told.cells
    assert ("usulan", "A-01", "risiko_hukum_d") in told.cells


@pytest.mark.parametrize(
    ("measure", "subject"),
    [("card_fact", "usulan/A-01"), ("weight", "usulan/A-01/K1"), ("points", "usulan/A-01")],
)
def test_what_it_cannot_explain_is_left_to_others(measure, subject):
    figure = PrintedFigure("T1.1.2", "7", "", "")
    assert plenary_told(figure, _meaning(measure, subject, "A-01"), _Evidence()) is None


def test_an_usulan_of_another_period_is_not_explained():
    figure = PrintedFigure("T1.1.2", "7", "", "")
    told = plenary_told(figure, _meaning("answer:target", "usulan/2025/A-01"), _Evidence())
    assert told is None
