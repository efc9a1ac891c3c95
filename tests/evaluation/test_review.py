"""The review as a whole: the sample, empty tables, hostile text, and what is shown of it."""

import inspect
import warnings
from datetime import date

import pandas as pd
import pytest

import ksd_toolkit.charts.evaluation as charts
import ksd_toolkit.prose.evaluation as prose
import ksd_toolkit.tables.evaluation as tables
from ksd_toolkit.document import Figure, Paragraph, Table, plain_text
from ksd_toolkit.errors import InputError
from ksd_toolkit.messages import date_text

TABLES = (
    tables.documents_by_status,
    tables.expiring,
    tables.achievements,
    tables.profile,
    tables.follow_through,
    tables.open_usulan,
    tables.recommendations,
    tables.follow_ups,
    tables.deliveries,
    tables.findings,
)
CHARTS = (
    charts.documents_by_status,
    charts.follow_through,
    charts.profile,
    charts.achievements,
)
PROSE = (prose.key_figures, prose.summary, prose.expiring, prose.limitations)
HOSTILE = '=cmd|" /C calc"!A0 <script>alert(1)</script> {no_dok} $x_1$ \\textbf ; = \u202e 漢字 😀'


def test_the_sample_as_a_report_reads_it(sample):
    counts = sample.documents["effective_status"].value_counts().to_dict()
    assert counts == {
        "berlaku": 12,
        "akan_berakhir": 7,
        "berakhir": 4,
        "rancangan": 2,
        "dihentikan": 1,
    }
    days = sample.documents["days_left"][sample.documents["effective_status"] == "akan_berakhir"]
    assert [int((days <= limit).sum()) for limit in (30, 90, 180)] == [2, 4, 7]
    assert sample.follow_through["reached"].tolist() == [14, 9, 6, 5]
    assert sample.recommendations["row"].isin(["R2", "R4", "R6", "R7", "R8"]).sum() == 7
    assert [p.facts["no_dok"] for p in sample.findings if p.severity == "error"] == [
        "PKS-01/2024", "R-PKS-03/2026", "MOU-01/2025",
    ]  # fmt: skip


def test_the_profile_counts_documents_not_forms(sample):
    profile = sample.profile[sample.profile["periode"] == "2026-S1"]
    totals = profile.groupby("question", sort=False)["documents"].sum()
    once = profile.drop_duplicates("question").set_index("question")
    assert (totals == once["answered"]).all()
    assert ((once["answered"] + once["blank"]) == 9).all()
    assert once.loc["relevansi_kebutuhan", "blank"] == 1


def test_follow_ups_say_who_what_and_when(sample):
    actions = sample.follow_ups
    overdue = actions[actions["overdue"]]
    assert {"PKS-01/2024", "PKS-01/2025"} <= set(overdue["no_dok"])
    assert (overdue["due"] < pd.Timestamp(sample.tanggal_acuan)).all()
    assert actions["due"].dropna().is_monotonic_increasing
    assert actions["due"].isna().tolist()[-1]


def test_one_sentence_on_a_document(sample):
    told = sample.explain("PKS-01/2025")
    assert "sampai 24 September 2026 (sisa 24 hari)" in told
    assert "Kaidah R4" in told
    assert "24 September 2026 (24 days left)" in sample.explain("PKS-01/2025", "en")
    with pytest.raises(InputError, match="TIDAK-ADA"):
        sample.explain("TIDAK-ADA")


def test_what_is_handed_out_can_be_changed_in_peace(sample):
    taken = sample.documents
    taken["no_dok"] = "x"
    assert sample.documents["no_dok"].iloc[0] == "KB-01/2023"


def test_the_reference_date_decides_not_the_clock(make_review, running):
    document = running | {"berakhir": "2026-08-31"}
    for day, status in ((31, "akan_berakhir"), (30, "akan_berakhir")):
        review = make_review(date(2026, 8, day), naskah=[document])
        assert review.documents["effective_status"].item() == status
    assert make_review(date(2026, 9, 1), naskah=[document]).documents["days_left"].item() == -1


def test_nothing_in_the_step_reads_the_clock():
    import ksd_toolkit.evaluation as step

    sources = [
        inspect.getsource(module)
        for module in vars(step).values()
        if inspect.ismodule(module) and module.__name__.startswith("ksd_toolkit.evaluation")
    ]
    assert len(sources) > 5
    assert not [s for s in sources for call in (".today(", ".now(", "time.time") if call in s]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "show", [*TABLES, *CHARTS, *PROSE], ids=lambda f: f"{f.__module__[12:18]}.{f.__name__}"
)
def test_empty_tables_give_sentences_without_a_warning(make_review, show, lang):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = show(make_review(), lang)
    assert repr(shown).strip()
    assert not any(isinstance(block, Table | Figure) for block in shown.blocks)
    if show in TABLES or show in CHARTS:
        (block,) = shown.blocks
        assert isinstance(block, Paragraph)
        assert plain_text(block.text).endswith(".")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("show", TABLES, ids=lambda f: f.__name__)
def test_every_table_of_the_sample_is_full(sample, show, lang):
    (block,) = show(sample, lang).blocks
    assert block.rows
    for row in block.rows:
        assert len(row) == len(block.columns)
        assert all(cell and cell != "nan" for cell in row)


@pytest.mark.parametrize("show", CHARTS, ids=lambda f: f.__name__)
def test_a_chart_is_the_same_twice_and_tells_itself_in_words(sample, show):
    (first,), (second,) = show(sample).blocks, show(sample).blocks
    assert first.svg == second.svg
    assert "<text" not in first.svg
    assert "<dc:date>" not in first.svg
    assert first.alt.endswith(".")
    assert first.caption
    assert first.description


def test_the_summary_answers_what_a_leader_asks(sample):
    told = repr(prose.summary(sample))
    for answer in (
        "19 dari 26 naskah",
        "24 naskah",
        "RK-01/2025",
        "13 dari 17 indikator",
        "5 sudah dilaksanakan, 8 masih terbuka, dan 1 berhenti",
        "3 dilanjutkan, 1 diperluas, 2 diperbaiki, dan 1 dihentikan",
        f"tenggat {date_text(sample.follow_ups['due'].iloc[0].date())}",
    ):
        assert answer in told


def test_hostile_text_stays_text(make_review, running, umbrella):
    document = running | {"judul": HOSTILE, "mitra_nama": HOSTILE, "berakhir": "2026-09-10"}
    document |= {"manfaat_janji_daerah": HOSTILE}
    monev = {"no_dok": "PKS-1", "periode": "2026-S1", "penilai": "opd", "kendala": HOSTILE}
    monev |= {"tindak_lanjut": HOSTILE, "tindak_lanjut_pelaku": HOSTILE, "penerima_manfaat": 3}
    capaian = {"no_dok": "PKS-1", "periode": "2026-S1", "indikator": HOSTILE, "arah": "naik"}
    review = make_review(
        naskah=[umbrella, document],
        monev=[monev],
        capaian=[capaian | {"target": 2, "realisasi": 1}],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = [show(review) for show in (*TABLES, *CHARTS, *PROSE)]
    cells = [c for s in shown for b in s.blocks if isinstance(b, Table) for r in b.rows for c in r]
    assert HOSTILE in cells
    assert all("<script" not in b.svg for s in shown for b in s.blocks if isinstance(b, Figure))
    assert HOSTILE in review.explain("PKS-1")


def test_many_indicators_are_drawn_lowest_first(make_review, running):
    capaian = [
        {
            "no_dok": "PKS-1",
            "periode": "2026-S1",
            "indikator": f"Indikator {n}",
            "arah": "naik",
            "target": 100,
            "realisasi": n,
        }
        for n in range(100)
    ]
    (figure,) = charts.achievements(make_review(naskah=[running], capaian=capaian)).blocks
    assert "30 capaian terendah dari 100" in figure.caption


def test_frames_keep_their_columns_when_empty(make_review, sample):
    empty = make_review()
    for name in ("documents", "achievements", "profile", "cases", "recommendations"):
        pd.testing.assert_index_equal(getattr(empty, name).columns, getattr(sample, name).columns)
