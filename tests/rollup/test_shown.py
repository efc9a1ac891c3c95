"""What the roll-up shows: in both languages, with nothing, one region and 514, and with hostile names."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from ksd_toolkit.charts import rollup as charts
from ksd_toolkit.display.fragment import html_fragment
from ksd_toolkit.document import Document, Items, Letterhead, Paragraph, Table, plain_text
from ksd_toolkit.prose import rollup as prose
from ksd_toolkit.prose import stamp
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.hover_notes import LONGEST
from ksd_toolkit.publishing.rollup_figures import explained, rollup_hovers
from ksd_toolkit.regions import parties
from ksd_toolkit.rollup.result import rolled_up
from ksd_toolkit.rollup.summary import Levels, Naming, Response
from ksd_toolkit.tables import rollup as tables
from ksd_toolkit.tables import rollup_pairs
from tests.rollup.regions import DAY, PROBLEMS, missing, naming, summary, used

LANGUAGES = ("id", "en")
CELL = re.compile(r"T\d+\.\d+\.\d+|K\d+\.\d+")
PAYLOADS = Path(__file__).parents[2].parent / "shared" / "payloads.json"


def shown(rollup, lang, rows=25):
    """Everything the notebook shows, in its order."""
    return (
        prose.key_figures(rollup, lang), prose.summary(rollup, lang), prose.coverage(rollup, lang),
        tables.not_counted(rollup, rows, lang), charts.response(rollup, lang),
        tables.response_totals(rollup, lang), tables.response(rollup, rows, lang),
        charts.maturity(rollup, lang), tables.maturity_totals(rollup, lang),
        tables.maturity(rollup, rows, lang), charts.shared(rollup, "isu", lang=lang),
        tables.shared(rollup, "isu", rows, lang), charts.shared(rollup, "urusan", lang=lang),
        tables.shared(rollup, "urusan", rows, lang), prose.pairs(rollup, lang),
        rollup_pairs.state_counts(rollup, lang), rollup_pairs.by_both(rollup, rows, lang),
        rollup_pairs.by_one(rollup, rows, lang), rollup_pairs.unnamed(rollup, rows, lang),
        charts.follow_through(rollup, lang), tables.follow_through(rollup, lang),
        tables.follow_by_region(rollup, rows, lang), prose.limitations(rollup, lang),
        stamp(rollup.stamp.in_language(lang), files=False, listed="rollup"),
    )  # fmt: skip


def paper(rollup, lang, rows=25):
    blocks = [block for one in shown(rollup, lang, rows) for block in one.blocks]
    return Document("Rekap", "", lang, Letterhead("Rekap", ""), "", tuple(blocks))


def digits(figure):
    """The digits of a figure: signs and words differ between languages."""
    return re.sub(r"\D", "", figure.text)


def tables_of(document):
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    """All 514 regencies, cities and units at one level of government, and every other tenth missing."""
    codes = [region.code for region in parties()]
    found = [
        *used(*(summary(code, namings=(naming("63.05", number=n),)) for n, code in enumerate(codes[:514]))),
        *map(missing, codes[514:]),
    ]  # fmt: skip
    return rolled_up(found, tmp_path_factory.mktemp("all"), "2026")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_regions_in_words(rollup, lang):
    document = paper(rollup, lang)
    assert len(tables_of(document)) == 13
    (summed,) = [block for block in document.blocks if isinstance(block, Items)]
    told = " ".join(plain_text(line) for line in summed.items)
    wanted = {
        "id": ("46 dari 60 perangkat daerah", "76,7\u00a0%", "D. Penanggulangan Bencana",
               "1 dari 7 pasangan", "dari 20 usulan yang ditetapkan"),
        "en": ("46 of 60 offices", "76.7%", "D. Disaster Management", "name 1 of 7 pairs",
               "of 20 determined proposals"),
    }  # fmt: skip
    for words in wanted[lang]:
        assert words in told


def test_the_same_numbers_in_both_languages(rollup):
    papers = [paper(rollup, lang) for lang in LANGUAGES]
    figures = [
        [(one.id, digits(one)) for one in figures_of(document) if CELL.fullmatch(one.id)]
        for document in papers
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) > 60


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_explained(rollup, lang):
    document = paper(rollup, lang)
    unknown = [one.id for one in figures_of(document) if not explained(one, document, rollup).known]
    assert unknown == []
    hovers = rollup_hovers(document, rollup)
    assert set(hovers) == {one.id for one in figures_of(document)}
    assert max(map(len, hovers.values())) <= LONGEST


def test_a_figure_leads_to_the_regions_behind_it(rollup):
    document = paper(rollup, "id")
    place = next(
        n
        for n, t in enumerate(tables_of(document), 1)
        if t.origin.startswith("table_rollup_response_totals")
    )
    found = {one.id: one for one in figures_of(document)}
    told = explained(found[f"T{place}.2.2"], document, rollup)
    assert told.codes == ("63.05", "63.06")
    assert "Kabupaten Tapin 8" in told.sentence
    assert "Kabupaten Hulu Sungai Selatan 40" in told.sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_in_sentences(tmp_path, lang):
    empty = rolled_up([], tmp_path, "2026")
    document = paper(empty, lang)
    assert tables_of(document) == []
    assert sum(isinstance(block, Paragraph) for block in document.blocks) > 10
    left = rolled_up([missing("63.05")], tmp_path, "2026", "63")
    (only,) = tables_of(paper(left, lang))
    assert only.rows[0][0] == "Kabupaten Tapin"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_region_is_compared_with_nobody(tmp_path, lang):
    alone = rolled_up(used(summary("63.06")), tmp_path, "2026", "63")
    words = " ".join(plain_text(line) for line in prose.summary(alone, lang).blocks[1].items)
    assert not re.search(r"separuh dari|half of", words)
    assert "5" in words
    row = tables.response_totals(alone, lang).blocks[0].rows[0]
    assert row[6] == row[8] == "\u2013"  # no quartiles of one region


def test_long_tables_are_cut_on_paper_and_whole_in_the_workbook(everywhere):
    cut = tables.response(everywhere, 25, "id").blocks[0]
    assert (len(cut.rows), len(cut.subjects)) == (25, 25)
    assert "489 baris lagi" in cut.note
    whole = tables.response(everywhere, 0, "id").blocks[0]
    assert len(whole.rows) == 514
    assert "baris lagi" not in whole.note
    document = Document("Rekap", "", "id", Letterhead("Rekap", ""), "", (whole,))
    assert annex_workbook(document, DAY)
    assert prose.key_figures(everywhere, "id").blocks[0].figures[0].value == "514 dari 546"


def test_ties_are_told_as_ties(tmp_path):
    regions = [summary(code) for code in ("63.05", "63.06")]
    told = prose.summary(rolled_up(used(*regions), tmp_path, "2026"), "id").blocks[1].items
    weakest = next(text for line in told if "Kelembagaan" in (text := plain_text(line)))
    assert weakest.count(" a. ") + weakest.count(" b. ") == 2
    assert "yang sama" in weakest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_does_not_fit_together_is_told(tmp_path, lang):
    regions = used(
        summary("63.05", method="usg", method_sha256="cd" * 32, toolkit="0.0.9"),
        summary("63.06", simulated=False, tanggal_acuan=DAY.replace(month=7)),
        summary("63.07", response=Response(3, 1, 2, None, None), method="", method_sha256=""),
    )
    stale = type(regions[0])(regions[0].summary, regions[0].file, regions[0].sha256, ("opd.csv",))
    rollup = rolled_up([stale, *regions[1:], missing("63.08")], tmp_path, "2026", "63")
    (box,) = prose.limitations(rollup, lang).blocks
    told = "\n".join(plain_text(line) for line in box.lines)
    for words in (
        "usg",
        "baku",
        "0.0.9",
        "Kabupaten Tapin",
        "Hulu Sungai Utara",
        "Hulu Sungai Tengah",
    ):
        assert words in told
    assert len(box.lines) == 8


def hostile():
    groups = json.loads(PAYLOADS.read_text(encoding="utf-8"))
    return [text for group in groups.values() for text in group if isinstance(text, str)]


@pytest.mark.skipif(not PAYLOADS.is_file(), reason="shared/payloads.json is not at hand")
def test_hostile_titles_stay_text(tmp_path):
    said = tuple(
        Naming(f"X-{n}", text[:200], f"1.{n:02d}", "63.05", mandatory=True)
        for n, text in enumerate([*hostile(), "\x00\x1b[31m\u202e"])
    )
    rollup = rolled_up(used(summary("63.06", namings=said)), tmp_path, "2026", "63")
    table = rollup_pairs.by_one(rollup, 0, "id")
    assert len(table.blocks[0].rows) == len(said)
    document = Document("Rekap", "", "id", Letterhead("Rekap", ""), "", tuple(table.blocks))
    assert annex_workbook(document, DAY)
    assert docx_bytes(document, DAY, None)
    page = str(html_fragment(table.blocks, "id"))
    assert "<script" not in page.lower()
    assert "<img" not in page.lower()
    assert not re.search(r"<[a-z]+ [^>]*\bon\w+=", page)


def test_levels_nobody_stated_are_no_dots(tmp_path):
    blank = tuple(Levels(problem, (0,) * 5) for problem in PROBLEMS)
    rollup = rolled_up(used(summary("63.06", maturity=blank)), tmp_path, "2026")
    for lang, chart in product(LANGUAGES, (charts.maturity,)):
        assert isinstance(chart(rollup, lang).blocks[0], Paragraph)
