"""Figures of the priority list say what they measure, with the numbers of their row."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.counted_things import _TOLD, counted
from ksd_toolkit.publishing.definitions import defined
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import PrintedFigure
from ksd_toolkit.publishing.figure_origins import Meaning, _sentence


@dataclass
class _Dossier:
    period: str
    tanggal_acuan: object


def _told(lang, measure, subject, value, row=None, named="", sentence=""):
    """The definition alone: nothing is ranked, no register is asked."""
    words = (sentence,) if sentence else ()
    figure = PrintedFigure("T1.1.1", value, "", "")
    meaning = Meaning(measure, subject, (), words, row or {}, named)
    return defined(figure, meaning, _evidence(lang))


def _evidence(lang):
    register = SimpleNamespace(dossier=_Dossier("2026", date(2026, 8, 31)))
    return SimpleNamespace(lang=lang, register=register, ranking=None)


def test_a_gap_of_an_office_is_that_of_its_raters_and_the_tkksd():
    found = _told("id", "gap", "opd/DISTAN", "+0,36", {"leaves": "70"}, "Dinas Pertanian")
    assert found.sentence == (
        "+0,36: rata-rata, atas 70 nilai usulan Dinas Pertanian yang diberikan keduanya, dari median "
        "perangkat daerah dikurangi median TKKSD (skala 1 sampai 5)."
    )


def test_a_rank_by_another_profile_names_the_profile():
    found = _told("en", "rank:usg", "usulan/BAGPEM-02", "2")
    assert found.sentence == (
        "2: the rank of BAGPEM-02 by “usg”, from the same answers; the note of the table gives its full name."
    )


def test_a_change_of_points_is_told_with_its_causes_and_not_without_them():
    row = {
        "points_moved": "46,50 → 79,43",
        "cause_answers": "+31,75",
        "cause_base": "+1,18",
        "cause_method": "0,00",
    }
    found = _told("id", "change", "usulan/DPMPTSP-01", "+32,93", row)
    assert "(46,50 → 79,43) = jawaban +31,75, keterjawaban +1,18, dan bobot 0,00" in found.sentence
    assert _told("id", "change", "usulan/DPMPTSP-01", "+32,93") is None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_number_of_a_chart_is_told_with_its_sentence(lang):
    sentence = "BPBD-05: Baku 3, USG 8;"
    found = _told(lang, "chart_ways", "usulan/*", "8", sentence=sentence)
    facts = {"value": "8", "sentence": sentence}
    assert found.sentence == say("measure.usulan.chart_ways", lang, **facts)
    assert found.sentence.startswith("8 ")
    assert sentence in found.sentence


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (0, "1. DINKES-01: 70 poin;"),
        (3, "1. DINKES-01: 70 poin;"),
        (23, "2. BPBD-02: 60 poin."),
        (45, "Dari 3 usulan."),
    ],
)
def test_the_number_of_an_entry_ends_no_sentence(at, sentence):
    text = "1. DINKES-01: 70 poin; 2. BPBD-02: 60 poin. Dari 3 usulan."
    figure = PrintedFigure("P1.1", "1", "", "", start=at)
    assert _sentence(text, figure) == sentence


@pytest.mark.parametrize("lang", ["id", "en"])
def test_everything_counted_among_ranked_usulan_is_told_in_words(lang):
    columns = {"class_name": ["I"], "class_change": ["cap"], "jenis": ["KSDD-W"], "gate": ["pass"]}
    table = pd.DataFrame({**columns, "family": "KSDD", "tkksd": "belum"}, index=["DINKES-01"])
    method = SimpleNamespace(gates=(), class_label=lambda name, _: name)
    ranking = SimpleNamespace(table=table, types=table, excluded=table.iloc[:0], method=method)
    register = SimpleNamespace(dossier=None)
    evidence = Evidence(register, ranking, None, lang, {"DINKES-01": "DINKES"})
    valued = ["class:I", "jenis:KSDD-W", "type_family:KSDD", "family:KSDD", "tkksd:belum"]
    for measure in (*_TOLD, *valued, "count"):
        sentence = counted(evidence, Origin(measure, "usulan/*")).sentence
        words = sentence.split(": ", 1)[1]
        assert " " in words
        assert not {":", "_"} & set(words)
    assert counted(evidence, Origin("tkksd:belum", "usulan/*")).counted == ("DINKES-01",)


def test_a_count_says_whose_and_why_in_words():
    evidence = Evidence(SimpleNamespace(dossier=None), None, None, "en", {"A-01": "A", "B-01": "B"})
    found = counted(evidence, Origin("count", "usulan/*"))
    assert found.sentence == "Proposals counted: 2, all of this period."
    assert counted(evidence, Origin("gate_rule", "gerbang/*")) is None
