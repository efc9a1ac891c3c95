"""The periodic evaluation worked by hand: views, criteria, money, benefits, obstacles, umbrellas, gaps."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation.benefits import counts_by_side
from ksd_toolkit.evaluation.criteria_rules import read_criteria_rules
from ksd_toolkit.evaluation.money import total_of
from ksd_toolkit.evaluation.views import agreement_of

ROW = {"no_dok": "PKS-1", "periode": "2026-S1", "penilai": "bagian_ks"}
"""A monitoring row that says nothing yet."""


def _criterion(review, name):
    family, code = name.split(".")
    found = review.criteria
    return found[(found["set"] == family) & (found["criterion"] == code)].iloc[0]


def test_three_views_stand_side_by_side_and_are_counted_in_steps(make_review, running):
    views = [
        ROW | {"ketepatan_waktu": "tepat", "tingkat_koordinasi": "sangat_baik"},
        ROW | {"penilai": "opd", "ketepatan_waktu": "tidak_terlaksana"},
        ROW | {"penilai": "mitra", "tingkat_koordinasi": "cukup"},
    ]
    review = make_review(naskah=[running], monev=views)
    found = review.views.set_index("question")
    assert found.loc["ketepatan_waktu", ["bagian_ks", "opd"]].tolist() == [
        "tepat",
        "tidak_terlaksana",
    ]
    assert pd.isna(found.loc["ketepatan_waktu", "mitra"])
    assert found["steps"].dropna().to_dict() == {"ketepatan_waktu": 2, "tingkat_koordinasi": 2}
    assert set(found["speaks"]) == {"bagian_ks"}
    counted = agreement_of(review.views, review.rules).set_index("question")
    assert counted.loc["ketepatan_waktu"].tolist() == [1, 0, 0, 1]
    assert counted.loc["relevansi_kebutuhan"].tolist() == [0, 0, 0, 0]
    assert review.missing_views.empty


def test_to_extend_and_to_stop_are_two_steps_apart_to_continue_is_between(make_review, running):
    for answer, steps in (("diperluas", 2), ("dilanjutkan", 1)):
        views = [
            ROW | {"rekomendasi_lanjutan": "dihentikan"},
            ROW | {"penilai": "opd", "rekomendasi_lanjutan": answer},
        ]
        found = make_review(naskah=[running], monev=views).views
        assert found["steps"].dropna().tolist() == [steps]


def test_a_missing_view_is_named(make_review, running):
    review = make_review(naskah=[running], monev=[ROW | {"penilai": "opd"}])
    assert review.missing_views[["no_dok", "given", "missing"]].to_numpy().tolist() == [
        ["PKS-1", "opd", "bagian_ks; mitra"]
    ]


def test_efficiency_is_the_mean_of_what_was_answered(make_review, running):
    """Late 50, absorption 90 of 100 million = 90, partner in part 50; coordination blank: 190/3."""
    row = ROW | {"ketepatan_waktu": "terlambat", "kontribusi_mitra": "sebagian"}
    row |= {"anggaran": 100e6, "realisasi_anggaran": 90e6}
    review = make_review(naskah=[running], monev=[row])
    found = _criterion(review, "dac.efisiensi")
    assert found["value"] == pytest.approx(190 / 3)
    assert (found["answered"], found["sources"], found["grade"]) == (3, 4, "cukup")
    told = review.explain_criterion("PKS-1", "dac.efisiensi")
    for part in ("63 dari 100", "terlambat = 50", "90,0", "tingkat koordinasi: kosong"):
        assert part in told


def test_a_criterion_without_an_answer_has_no_value_and_says_so(make_review, running):
    review = make_review(naskah=[running], monev=[ROW])
    for name in ("dac.relevansi", "dunn.perataan"):
        assert pd.isna(_criterion(review, name)["value"])
        assert "belum dapat dinilai" in review.explain_criterion("PKS-1", name)
        assert "cannot be assessed yet" in review.explain_criterion("PKS-1", name, "en")


def test_coherence_reads_the_register(make_review, running):
    other = running | {"no_dok": "PKS-2"}
    review = make_review(naskah=[running, other], monev=[ROW])
    found = _criterion(review, "dac.koherensi")
    assert (found["value"], found["answered"]) == (0, 1)
    assert _criterion(make_review(naskah=[running], monev=[ROW]), "dac.koherensi")["value"] == 100


def test_what_criterion_is_asked_for_must_exist(make_review, running):
    review = make_review(naskah=[running], monev=[ROW])
    with pytest.raises(InputError, match=r"dac\.relevansi"):
        review.explain_criterion("PKS-1", "dac.untung")
    with pytest.raises(InputError, match="PKS-9"):
        review.explain_criterion("PKS-9", "dac.relevansi")


def test_every_option_of_every_source_has_a_worth_and_the_best_is_worth_all():
    rules = read_criteria_rules()
    assert {c.set for c in rules.criteria} == {"dac", "dunn"}
    assert [len(rules.of_set(name)) for name in ("dac", "dunn")] == [6, 6]
    for source in rules.sources.values():
        if source.points:
            assert set(source.points) == set(source.options["id"]) == set(source.options["en"])
            worths = [source.percent(code) for code in source.points]
            assert (min(worths), max(worths)) == (0, 100)
        else:
            assert [source.percent(told) for told in (-5, 50, 130, None)] == [0, 50, 100, None]
    used = {code for criterion in rules.criteria for code in criterion.sources}
    assert used == set(rules.sources)


@pytest.mark.parametrize(("value", "grade"), [(100, "kuat"), (75, "kuat"), (74.9, "cukup"), (50, "cukup"), (49.9, "lemah"), (0, "lemah")])  # fmt: skip
def test_class_edges(value, grade):
    assert read_criteria_rules().grade(value).code == grade


def test_only_documents_with_budget_and_spending_are_summed(make_review, running):
    money = {
        "A": (200e6, 150e6, 5e6, "Satu perahu"),
        "B": (100e6, 0, None, None),
        "C": (None, 10e6, None, None),
        "D": (50e6, None, 0, None),
        "E": (0, 0, None, None),
        "F": (None, None, None, None),
    }
    rows = [
        ROW
        | {"no_dok": name, "anggaran": b, "realisasi_anggaran": s, "hasil_uang": u}
        | {"hasil_barang": g}
        for name, (b, s, u, g) in money.items()
    ]
    documents = [running | {"no_dok": name} for name in money]
    found = make_review(naskah=documents, monev=rows).money.set_index("no_dok")
    states = ["lengkap", "lengkap", "tanpa_anggaran", "tanpa_realisasi", "anggaran_nol", "kosong"]
    assert found["state"].tolist() == states
    assert found["absorption_percent"].dropna().to_dict() == {"A": 75, "B": 0}
    total = total_of(found.reset_index())
    assert (total.documents, total.compared, total.percent) == (6, 2, 50)
    assert (total.revenue, total.paying, total.goods) == (5e6, 2, 1)


def test_promise_and_receipt_side_by_side(make_review, running, umbrella):
    promised = {f"manfaat_janji_{side}": "janji" for side in ("daerah", "mitra", "masyarakat")}
    told = {"manfaat_diterima_mitra": "sewa", "pemenuhan_masyarakat": "melebihi"}
    document = running | promised
    review = make_review(naskah=[umbrella | promised, document], monev=[ROW | told])
    standing = review.benefits.set_index("side")["standing"].to_dict()
    assert standing == {
        "daerah": "tanpa_laporan",
        "mitra": "belum_dinilai",
        "masyarakat": "melebihi",
    }
    assert set(review.benefits["no_dok"]) == {"PKS-1"}
    counts = counts_by_side(review.benefits).set_index("side")
    assert counts["promises"].to_dict() == {"daerah": 1, "mitra": 1, "masyarakat": 1}
    unasked = make_review(naskah=[running], monev=[ROW | told]).benefits
    assert unasked["standing"].tolist() == ["tanpa_janji", "tanpa_janji"]


def test_the_same_obstacle_is_told_once_in_the_words_first_used(make_review, running):
    rows = [
        ROW | {"kendala": "Hujan lebat."},
        ROW | {"penilai": "opd", "kendala": "hujan  lebat"},
        ROW | {"no_dok": "PKS-2", "penilai": "mitra", "kendala": "Hujan lebat"},
        ROW | {"no_dok": "PKS-2", "kendala": "Hujan"},
    ]
    found = make_review(naskah=[running, running | {"no_dok": "PKS-2"}], monev=rows).obstacles
    assert found.to_numpy().tolist() == [
        ["Hujan lebat.", "PKS-1; PKS-2", "bagian_ks; opd; mitra", 2],
        ["Hujan", "PKS-2", "bagian_ks", 1],
    ]


def test_monitoring_that_is_missing_is_named_half_year_by_half_year(make_review, running):
    document = running | {"mulai": "2025-03-01", "tgl_ttd": "2025-03-01"}
    late = running | {"no_dok": "PKS-2", "mulai": "2026-04-03", "tgl_ttd": "2026-04-03"}
    stopped = document | {"no_dok": "PKS-3", "status": "dihentikan"}
    rows = [ROW | {"periode": "2025-S2", "penilai": "mitra"}]
    review = make_review(naskah=[document, late, stopped], monev=rows)
    gaps = review.monev_gaps[["no_dok", "periode"]].to_numpy().tolist()
    assert gaps == [["PKS-1", "2025-S1"], ["PKS-1", "2026-S1"]]
    calendar = review.monitoring_calendar
    assert calendar["state"].tolist() == ["tidak_wajib", "belum", "ada", "belum"]
    missing = {
        (problem.facts["no_dok"], problem.facts["period"])
        for problem in review.findings
        if problem.code == "evaluation.monev_missing"
    }
    assert missing == {("PKS-1", "2026-S1")}
    assert make_review(date(2026, 6, 29), naskah=[late]).monitoring_calendar.empty


VERDICT = {
    "dihentikan": {"relevansi_kebutuhan": "tidak"},
    "diperbaiki": {"pelaporan_berkala": "tidak"},
    "diperluas": {
        "relevansi_kebutuhan": "sangat",
        "dampak_pelaksanaan": "sangat",
        "kontribusi_mitra": "sepenuhnya",
    },
    "dilanjutkan": {"relevansi_kebutuhan": "cukup"},
}


@pytest.mark.parametrize(
    ("under", "row", "gives"),
    [
        ([], "P0", None),
        ([None], "P9", None),
        (["dihentikan", "dihentikan"], "P1", "dihentikan"),
        (["dihentikan", "diperluas"], "P2", "diperbaiki"),
        (["diperbaiki", None], "P2", "diperbaiki"),
        (["diperluas"], "P3", "diperluas"),
        (["diperluas", "dilanjutkan"], "P4", "dilanjutkan"),
    ],
)
def test_an_umbrella_follows_what_carries_it_out(make_review, running, umbrella, under, row, gives):
    documents, monev, results = [umbrella], [], []
    for number, verdict in enumerate(under):
        name = f"PKS-{number}"
        documents.append(running | {"no_dok": name})
        if verdict:
            monev.append(ROW | {"no_dok": name} | VERDICT[verdict])
            result = {"no_dok": name, "periode": "2026-S1", "indikator": "i", "arah": "naik"}
            results.append(result | {"target": 100, "realisasi": 95})
    review = make_review(naskah=documents, monev=monev, capaian=results)
    found = review.umbrellas.iloc[0]
    assert (found["row"], None if pd.isna(found["recommendation"]) else gives) == (row, gives)
    judged = [verdict for verdict in under if verdict]
    assert str(found["on"]).count("=") == len(judged)


def test_a_circle_of_parents_ends(make_review, umbrella):
    one, two = umbrella | {"induk_no": "KB-2"}, umbrella | {"no_dok": "KB-2", "induk_no": "KB-1"}
    assert make_review(naskah=[one, two]).umbrellas["row"].tolist() == ["P9", "P9"]


_OPTION = st.sampled_from


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_combination_of_answers_gives_a_row_or_says_why_not(make_review, rules, data):
    asked = {q.field: data.draw(_OPTION([None, *q.options]), q.field) for q in rules.questions}
    result = data.draw(st.one_of(st.none(), st.floats(0, 200)), "result")
    document = {
        "no_dok": "PKS-1", "jenis_dok": "PKS", "jenis_ksd": "KSDPK", "judul": "x",
        "mitra_nama": "y", "opd_kode": "DLH", "tgl_ttd": "2026-01-01", "mulai": "2026-01-01",
        "berakhir": "2028-12-31", "status": "berlaku",
    }  # fmt: skip
    indicator = {"no_dok": "PKS-1", "periode": "2026-S1", "indikator": "i", "arah": "naik"}
    indicator |= {"target": 100, "realisasi": result}
    review = make_review(naskah=[document], monev=[ROW | asked], capaian=[indicator])
    advice = review.recommendations.iloc[0]
    known = {row.id: row.gives for row in rules.recommendations} | {"N4": None}
    gives = None if pd.isna(advice["recommendation"]) else advice["recommendation"]
    assert known[advice["row"]] == gives
    assert (advice["row"] == "N4") == pd.notna(advice["blank"])
    for lang in ("id", "en"):
        assert review.reason(advice, lang).strip().endswith(".")
    values = review.criteria["value"].dropna()
    assert values.between(0, 100).all()
    assert (review.criteria["answered"] <= review.criteria["sources"]).all()
    assert (review.criteria["value"].isna() == (review.criteria["answered"] == 0)).all()
