"""Every rule of the register: broken by one cell, silent when all is well."""

import pytest

from ksd_toolkit.messages import has_message

MONEV = {"no_dok": "PKS-1", "periode": "2026-S1", "penilai": "opd"}


def _codes(review):
    return sorted({problem.code.removeprefix("evaluation.") for problem in review.findings})


def test_a_register_in_order_has_no_finding(make_review, umbrella, running):
    assert _codes(make_review(naskah=[umbrella, running], monev=[MONEV])) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("pks_without_kb", {"induk_no": None}),
        ("pks_without_kb", {"induk_no": "KB-9"}),
        ("pks_without_kb", {"induk_no": "PKS-1"}),
        ("sinergi_with_pks", {"jenis_ksd": "SINERGI"}),
        ("end_before_start", {"berakhir": "2026-01-01"}),
        ("end_before_start", {"berakhir": "2025-12-31"}),
        ("term_too_long", {"berakhir": "2031-01-02"}),
        ("date_missing", {"tgl_ttd": None}),
        ("draft_but_signed", {"status": "rancangan"}),
        ("stated_running_but_over", {"berakhir": "2026-08-30"}),
        ("ended_without_ground", {"status": "dihentikan"}),
        ("ended_without_ground", {"status": "berakhir"}),
        ("usulan_unknown", {"usulan_id": "X-01", "periode_usulan": "2025"}),
        ("usulan_not_determined", {"usulan_id": "D-01", "periode_usulan": "2025"}),
    ],
)
def test_a_document_that_breaks_a_rule(make_review, umbrella, running, code, change):
    usulan = [{"periode": "2025", "usulan_id": "D-01", "status_usulan": "diajukan"}]
    review = make_review(naskah=[umbrella, running | change], monev=[MONEV], usulan=usulan)
    assert code in _codes(review)
    found = next(p for p in review.findings if p.code == f"evaluation.{code}")
    assert found.facts["no_dok"] == "PKS-1"


@pytest.mark.parametrize(
    "change",
    [
        {"berakhir": "2031-01-01"},
        {
            "status": "dihentikan",
            "alasan_berakhir": "objek_hilang",
            "tgl_pengakhiran": "2026-07-01",
        },
        {"status": "diperpanjang"},
    ],
    ids=["exactly five years", "stopped on a ground", "extended"],
)
def test_a_document_just_within_the_rules(make_review, umbrella, running, change):
    assert _codes(make_review(naskah=[umbrella, running | change], monev=[MONEV])) == []


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("monev_missing", {"monev": []}),
        ("period_unknown", {"monev": [MONEV, MONEV | {"periode": "2026"}]}),
        ("period_not_over", {"monev": [MONEV, MONEV | {"periode": "2026-S2"}]}),
        ("follow_up_incomplete", {"monev": [MONEV | {"tindak_lanjut": "Rapat"}]}),
        ("document_unknown", {"monev": [MONEV, MONEV | {"no_dok": "PKS-9"}]}),
        ("stage_undated", {"tahapan": [{"no_dok": "PKS-1", "tahap": "pelaksanaan"}]}),
        (
            "stages_out_of_order",
            {
                "tahapan": [
                    {"no_dok": "KB-1", "tahap": "persiapan", "tanggal": "2025-10-01"},
                    {"no_dok": "KB-1", "tahap": "penawaran", "tanggal": "2025-09-01"},
                    {"no_dok": "KB-1", "tahap": "penyusunan_kb", "tanggal": "2025-11-01"},
                    {"no_dok": "KB-1", "tahap": "penandatanganan_kb", "tanggal": "2026-01-01"},
                ]
            },
        ),
    ],
)
def test_rows_that_break_a_rule(make_review, umbrella, running, code, tables):
    tables = {"monev": [MONEV]} | tables
    assert _codes(make_review(naskah=[umbrella, running], **tables)) == [code]


def test_two_documents_of_one_kind_overlap_once(make_review, umbrella, running):
    twin = running | {"no_dok": "PKS-2"}
    rows = [MONEV, MONEV | {"no_dok": "PKS-2"}]
    review = make_review(naskah=[umbrella, running, twin], monev=rows)
    assert _codes(review) == ["overlapping"]
    assert len(review.findings) == 1


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-04-02", True), ("2026-04-03", False)],
    ids=["90 days in the half-year", "89 days"],
)
def test_monitoring_is_due_after_ninety_days(make_review, umbrella, running, start, due):
    document = running | {"mulai": start, "tgl_ttd": start}
    assert ("monev_missing" in _codes(make_review(naskah=[umbrella, document]))) is due


def test_every_finding_speaks_both_languages(sample, make_review, umbrella, running):
    broken = running | {"induk_no": None, "berakhir": "2025-12-31"}
    for problem in (*sample.findings, *make_review(naskah=[umbrella, broken]).findings):
        assert has_message(f"problem.{problem.code}.fix")
        assert problem.sentence("id") != problem.sentence("en")
        assert str(problem.facts["no_dok"]) in problem.text("id")
