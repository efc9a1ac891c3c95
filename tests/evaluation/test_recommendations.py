"""The decision table: every row can be reached, the first that holds decides, a blank never matches."""

import pytest

from ksd_toolkit.evaluation.recommendations import RECOMMENDATIONS
from ksd_toolkit.questionnaire.form_reading import read_form

GOOD = {
    "kesesuaian_tujuan": "seluruhnya",
    "ketepatan_waktu": "tepat",
    "kontribusi_mitra": "sepenuhnya",
    "tingkat_koordinasi": "baik",
    "capaian_indikator": "seluruhnya",
    "dampak_pelaksanaan": "cukup",
    "inovasi_manfaat": "ada",
    "kelengkapan_dokumen": "lengkap",
    "pelaporan_berkala": "rutin",
    "relevansi_kebutuhan": "sangat",
    "rekomendasi_lanjutan": "dilanjutkan",
    "rekomendasi": "dilanjutkan",
}


def _advice(make_review, document, change, results=(95,)):
    monev = GOOD | {"no_dok": "PKS-1", "periode": "2026-S1", "penilai": "bagian_ks"} | change
    capaian = [
        {
            "no_dok": "PKS-1",
            "periode": "2026-S1",
            "indikator": f"i{n}",
            "arah": "naik",
            "target": 0 if result == "target 0" else 100,
            "realisasi": {"blank": None, "target 0": 3}.get(result, result),
        }
        for n, result in enumerate(results)
    ]
    review = make_review(naskah=[document], monev=[monev], capaian=capaian)
    return review, review.recommendations.iloc[0]


@pytest.mark.parametrize(
    ("verdict", "change", "results"),
    [
        ("R1 dihentikan", {"relevansi_kebutuhan": "tidak"}, (95,)),
        (
            "R2 dihentikan",
            {"ketepatan_waktu": "tidak_terlaksana", "kontribusi_mitra": "tidak"},
            (95,),
        ),
        ("R3 diperbaiki", {"ketepatan_waktu": "tidak_terlaksana"}, (95,)),
        ("R4 diperbaiki", {}, (95, 60)),
        ("R4 diperbaiki", {"dampak_pelaksanaan": "sangat"}, (40, "blank")),
        ("R5 diperbaiki", {"tingkat_koordinasi": "kurang"}, (95,)),
        ("R6 diperbaiki", {"pelaporan_berkala": "tidak"}, (95,)),
        ("R7 diperluas", {"dampak_pelaksanaan": "sangat"}, (95,)),
        ("R8 dilanjutkan", {}, (95,)),
        ("R8 dilanjutkan", {}, (70,)),
        ("R8 dilanjutkan", {}, (95, "target 0")),
    ],
)
def test_every_row_can_be_reached(make_review, running, verdict, change, results):
    _, advice = _advice(make_review, running, change, results)
    assert f"{advice['row']} {advice['recommendation']}" == verdict


def test_the_cases_above_reach_every_row(rules):
    assert [row.id for row in rules.recommendations] == [f"R{n}" for n in range(1, 9)]
    assert {row.gives for row in rules.recommendations} == set(RECOMMENDATIONS)


@pytest.mark.parametrize(
    ("change", "results"),
    [
        ({"relevansi_kebutuhan": None}, (95,)),
        ({}, ()),
        ({}, (95, "blank")),
    ],
    ids=["key answer blank", "no results", "a result not measured"],
)
def test_a_blank_never_recommends(make_review, running, change, results):
    _, advice = _advice(make_review, running, change, results)
    assert advice["row"] == "N4"
    assert advice["recommendation"] != advice["recommendation"]


def test_an_undecided_document_says_what_was_not_answered(make_review, running):
    review, advice = _advice(make_review, running, {"relevansi_kebutuhan": None}, (95, "blank"))
    assert review.reason(advice, "id") == (
        "Belum dapat dinilai; yang belum terjawab: relevan dengan kebutuhan daerah dan "
        "target dan realisasi semua indikator."
    )
    review, advice = _advice(make_review, running, {}, ())
    assert "a computable result" in review.reason(advice, "en")


def test_documents_without_a_recommendation_keep_their_row(make_review, running, umbrella):
    over = running | {"no_dok": "PKS-0", "berakhir": "2026-08-30"}
    review = make_review(naskah=[over, umbrella, running])
    assert review.recommendations["row"].tolist() == ["N1", "N2", "N3"]


def test_the_assessor_in_charge_speaks(make_review, running):
    rows = [
        GOOD | {"no_dok": "PKS-1", "periode": "2026-S1", "penilai": penilai, **change}
        for penilai, change in (
            ("mitra", {}),
            ("opd", {"relevansi_kebutuhan": "cukup"}),
            ("bagian_ks", {"relevansi_kebutuhan": "tidak"}),
        )
    ]
    assert make_review(naskah=[running], monev=rows).recommendations["row"].item() == "R1"
    assert make_review(naskah=[running], monev=rows[:2]).recommendations["row"].item() == "N4"


def test_a_later_half_year_replaces_the_earlier_and_an_open_one_waits(make_review, running):
    rows = [
        GOOD | {"no_dok": "PKS-1", "periode": periode, "penilai": "opd", **change}
        for periode, change in (
            ("2026-S2", {"relevansi_kebutuhan": "tidak"}),
            ("2026-S1", {"pelaporan_berkala": "tidak"}),
            ("2025-S2", {"relevansi_kebutuhan": "tidak"}),
        )
    ]
    advice = make_review(naskah=[running], monev=rows).recommendations.iloc[0]
    assert (advice["periode"], advice["row"]) == ("2026-S1", "R6")


def test_a_different_view_of_the_assessor_is_marked(make_review, running):
    _, advice = _advice(make_review, running, {"pelaporan_berkala": "tidak"})
    assert advice["differs"]
    assert advice["stated"] == "dilanjutkan"


def test_the_reason_names_row_and_facts(make_review, running):
    review, advice = _advice(make_review, running, {}, (95, 60))
    assert review.reason(advice, "id") == "Kaidah R4: capaian terlemah kurang (60,00\u00a0%, i1)."
    assert review.reason(advice, "en") == "Rule R4: weakest result poor (60.00%, i1)."


def test_the_table_asks_only_for_answers_the_form_offers(rules):
    asked = read_form("evaluasi").table("monev")
    known = {field.name: {c.code for c in field.choices} for field in asked.fields}
    known["capaian_terlemah"] = {band.code for band in rules.bands}
    known["capaian_lengkap"] = {"ya", "tidak"}
    for row in rules.recommendations:
        for name, codes in (row.all_of | row.any_of).items():
            assert set(codes) <= known[name], row.id
    assert {c.code for c in asked.field("rekomendasi").choices} == set(RECOMMENDATIONS)
