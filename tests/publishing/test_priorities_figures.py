"""Figures of the priority list say what they measure, with the numbers of their row."""

import math
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.answers_asked import NOWHERE
from ksd_toolkit.publishing.counted_things import _TOLD, counted
from ksd_toolkit.publishing.definitions import defined
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning, _sentence
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.publishing.priorities_figures import prioritised
from ksd_toolkit.publishing.priorities_profiles import _heaviest
from ksd_toolkit.runs.tracing import _beside


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


def test_a_short_title_with_a_period_ends_no_sentence():
    text = "Sungai: Baku 3, Geo. 2, Prom. 1; Batas: Baku 1, Geo. 2, Prom. 2"
    figure = PrintedFigure("GD1.1", "2", "", "", start=text.index("2,"))
    assert _sentence(text, figure) == "Sungai: Baku 3, Geo. 2, Prom. 1;"
    assert _sentence("Ada 5. 2 lainnya.", PrintedFigure("P1", "2", "", "", start=7)) == "2 lainnya."


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


@pytest.fixture
def compared():
    """One office scores 5 and 4 on A-01, 2 on B-01; the TKKSD 3 and 4 (U), nothing (S), and 4 on B-01 (U)."""
    given = [
        ("A-01", "U", "OPD-1", 5), ("A-01", "U", "TKKSD-1", 3), ("A-01", "U", "TKKSD-2", 4),
        ("A-01", "S", "OPD-1", 4), ("A-01", "S", "TKKSD-1", None),
        ("B-01", "U", "OPD-1", 2), ("B-01", "U", "TKKSD-1", 4),
    ]  # fmt: skip
    scores = pd.DataFrame(given, columns=["usulan_id", "kriteria_kode", "penilai", "skor"])
    keys = ["usulan_id", "kriteria_kode", "penilai"]
    scores["row_key"] = scores[keys].agg("|".join, axis=1)
    index = pd.Index(["A-01", "B-01"], name="usulan_id")
    leaves = SimpleNamespace(
        opd=pd.DataFrame({"U": [5.0, 2.0], "S": [4.0, math.nan]}, index=index),
        tkksd=pd.DataFrame({"U": [3.5, 4.0], "S": [math.nan, math.nan]}, index=index),
    )
    labels = {"id": "Urgensi", "en": "Urgency"}
    method = SimpleNamespace(
        name="baku",
        titles={"id": "Metode baku", "en": "Standard"},
        criteria=[SimpleNamespace(code="U", labels=labels)],
    )
    table = pd.DataFrame(
        {"class_name": ["I", "I"], "class_change": ["", "floor"], "tkksd": "lengkap"}, index=index
    )
    ranking = SimpleNamespace(leaves=leaves, method=method, table=table)
    dossier = _Dossier("2026", date(2026, 8, 31))
    register = SimpleNamespace(dossier=dossier, nilai=scores)
    return Evidence(register, ranking, None, "id", {"A-01": "A", "B-01": "B"})


def _found(evidence, measure, subject, value, row=None, named=""):
    figure = PrintedFigure("T1.1.1", value, "", "")
    return prioritised(figure, Meaning(measure, subject, (), (), row or {}, named), evidence)


def _cells(found):
    return [key for table, key, question in found.cells if (table, question) == ("nilai", "skor")]


def test_the_gap_of_an_usulan_is_the_difference_of_the_medians(compared):
    found = _found(compared, "gap", "usulan/A-01", "+1,50")
    assert found.sentence.endswith("(skala 1 sampai 5): U 5 \u2212 3,5.")
    assert "atas 1 kriteria" in found.sentence
    assert _cells(found) == ["A-01|U|OPD-1", "A-01|U|TKKSD-1", "A-01|U|TKKSD-2"]
    assert _found(compared, "gap", "usulan/A-01", "+0,75") is None  # an older paper


def test_what_is_compared_by_criterion_rests_on_the_scores_of_both_sides(compared):
    row = {"leaves": "2"}
    every = _found(compared, "leaves", "kriteria/U", "2", row, "Urgensi")
    assert len(_cells(every)) == 5
    higher = _found(compared, "higher", "kriteria/U", "1", row, "Urgensi")
    assert _cells(higher) == ["A-01|U|OPD-1", "A-01|U|TKKSD-1", "A-01|U|TKKSD-2"]
    lower = _found(compared, "lower", "opd/B", "1", row, "Dinas B")
    assert _cells(lower) == ["B-01|U|OPD-1", "B-01|U|TKKSD-1"]


def test_a_score_of_a_member_is_its_own_cell_and_their_spread_all_of_theirs(compared):
    row = {"criterion_name": "Urgensi"}
    one = _found(compared, "panel_score:TKKSD-2", "usulan/A-01", "4", row, "A-01 Air")
    assert _cells(one) == ["A-01|U|TKKSD-2"]
    spread = _found(compared, "spread", "usulan/A-01", "1", row, "A-01 Air")
    assert _cells(spread) == ["A-01|U|TKKSD-1", "A-01|U|TKKSD-2"]


def test_kendalls_w_rests_on_what_every_member_scored(compared):
    found = _found(compared, "usulan", "kriteria_tkksd/U", "1", {"usulan": "1"}, "Urgensi")
    assert _cells(found) == ["A-01|U|TKKSD-1", "A-01|U|TKKSD-2"]
    assert (
        _found(compared, "usulan", "kriteria_tkksd/U", "2", {"usulan": "2"}, "Urgensi") is None
    )  # other members were compared


def test_a_class_names_its_members_and_those_moved_into_it(compared):
    assert _found(compared, "count", "kelas/I", "2", {}, "Prioritas I").counted == ("A-01", "B-01")
    assert _found(compared, "class_floor", "kelas/I", "1", {}, "Prioritas I").counted == ("B-01",)
    none = _found(compared, "class_cap", "kelas/I", "0", {}, "Prioritas I")
    assert none.counted == ()
    assert none.cells == NOWHERE


def test_profiles_and_ways_to_compute_are_called_by_their_titles(compared):
    way = _found(compared, "rank:geometric", "usulan/A-01", "2")
    assert "“Rata-rata geometrik” dan bobot Metode baku" in way.sentence
    alike = _found(compared, "kendall:geometric", "varian/baku", "0,97", {}, "Metode baku")
    assert "menurut Metode baku dan menurut cara “Rata-rata geometrik”" in alike.sentence


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"U": 50.0, "S": 30.0, "G": 15.0, "T": 5.0}, "antara lain U 50 %, S 30 %, dan G 15 %"),
        (
            {"U": 50.0, "S": 50.0, "G": 0.0},
            "2 kriteria yang berbobot sama besar, masing-masing 50 %",
        ),
    ],
)
def test_a_profile_is_told_by_what_weighs_most_in_it(weights, words):
    method = SimpleNamespace(
        weights=weights, criterion=lambda code: SimpleNamespace(labels={"id": code})
    )
    assert words in _heaviest(method, "id")


def test_an_usulan_of_another_period_is_traced_to_no_cell_of_this_one():
    meaning = Meaning("came_or_went", "usulan/2025/A-01", (), ("A-01 keluar dari daftar",))
    assert _beside(meaning, Computation("..."), None) == ()
