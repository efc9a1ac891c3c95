"""Follow-through as tables, charts and sentences: texts by hand, both languages, nothing to show, much to show."""

from datetime import date

import pytest

from ksd_toolkit.charts import follow_through as charts
from ksd_toolkit.document import Figure, Paragraph, Table, plain_text
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.prose import follow_through as prose
from ksd_toolkit.tables import follow_through as tables

SHOWN = (
    prose.summary, charts.funnel, tables.funnel, charts.waiting, tables.waiting_times, tables.groups,
    tables.stopped, tables.not_determined, tables.refused, tables.unstarted,
)  # fmt: skip
HOSTILE = "=1+1 <b>$x^2$</b> #import {{ 7*7 }}"


def block_of(shown):
    return shown.blocks[0]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("show", SHOWN, ids=lambda show: f"{show.__module__}.{show.__name__}")
def test_nothing_to_show_is_a_sentence(make_review, show, lang):
    for block in show(make_review(), lang).blocks:
        assert isinstance(block, Paragraph)
        assert plain_text(block.text).endswith(".")


def test_the_funnel_of_the_sample(sample):
    table = block_of(tables.funnel(sample))
    assert isinstance(table, Table)
    assert [row[:5] for row in table.rows] == [
        ("Diusulkan", "36", "36", "\u2013", "\u2013"),
        ("Ditetapkan", "36", "14", "10", "12"),
        ("Ditawarkan kepada mitra", "14", "9", "5", "0"),
        ("KB, NK, atau MoU ditandatangani", "9", "9", "0", "0"),
        ("PKS, RK, atau MoU ditandatangani", "9", "6", "2", "1"),
        ("Kegiatan dilaksanakan", "6", "5", "1", "0"),
        ("Manfaat dilaporkan", "5", "5", "0", "0"),
    ]
    assert isinstance(block_of(charts.funnel(sample)), Figure)


def test_the_sentences_say_when_no_day_of_determination_is_known(sample):
    said = [plain_text(item) for item in prose.summary(sample).blocks[1].items]
    assert any("Tanggal penetapan periode 2025 tidak tercatat" in line for line in said)
    assert "fewer than 5" in plain_text(block_of(charts.waiting(sample, "en")).text)


@pytest.fixture(scope="module")
def many(make_review):
    """500 proposals of three periods; every fifth has a KB, one text is hostile."""
    usulan = [
        {
            "periode": str(2024 + n % 3), "usulan_id": f"U-{n}", "judul": f"Usulan {n}",
            "opd_kode": f"OPD{n % 40}", "status_usulan": ("ditetapkan", "ditunda")[n % 7 == 0],
            "jenis": ("SINERGI", "KSDPK-a", "KSDD-W")[n % 3],
        }
        for n in range(500)
    ]  # fmt: skip
    usulan[1]["judul"] = usulan[2]["judul"] = HOSTILE
    naskah = [
        {
            "no_dok": f"KB-{n}", "jenis_dok": "KB", "jenis_ksd": "KSDPK", "status": "berlaku",
            "usulan_id": f"U-{n}", "periode_usulan": str(2024 + n % 3), "mitra_jenis": "bumd",
            "tgl_ttd": f"2026-0{1 + n % 8}-15", "berakhir": "2028-01-01",
        }
        for n in range(0, 500, 5)
    ]  # fmt: skip
    decrees = {str(year): date(year, 1, 5) for year in (2024, 2025, 2026)}
    return make_review(usulan=usulan, naskah=naskah, told=Determinations(decrees=decrees))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_five_hundred_proposals_are_shown_with_the_period_before_beside(many, lang):
    for show in SHOWN:
        assert show(many, lang).blocks
    table = block_of(tables.funnel(many, lang))
    assert table.columns[-1].title.startswith("2025")
    assert [row[1] for row in table.rows][:2] == ["166", "166"]
    assert block_of(tables.waiting_times(many, lang)).columns[-1].title.startswith("2025")
    assert " " in block_of(tables.groups(many, lang)).rows[0][-1], "counts of the period before"
    titles = [row[1] for row in block_of(tables.unstarted(many, lang)).rows]
    assert HOSTILE in titles


def test_the_curve_of_many_is_drawn_and_told(many):
    figure = block_of(charts.waiting(many))
    assert isinstance(figure, Figure)
    assert figure.alt.startswith("Kurva bertangga Kaplan-Meier bagi usulan periode 2026")
    assert figure.svg == block_of(charts.waiting(many)).svg


@pytest.mark.parametrize("by", ["opd_kode", "jenis", "mitra_jenis"])
def test_groups_add_up_to_all_determined(sample, by):
    rows = block_of(tables.groups(sample, by=by)).rows
    assert sum(int(row[1]) for row in rows) == len(sample.cases)
