"""The charts of the scores: no text over another at 40 usulan, the same bytes, words in both languages."""

import re
from itertools import combinations

import pandas as pd
import pytest

from ksd_toolkit.charts import (
    acceptability,
    mapping,
    quadrant,
    ranks_by_method,
    score_bars,
    tornado,
    waterfall,
)
from ksd_toolkit.charts.placing import Box, free_place
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.explanation import explain
from ksd_toolkit.scoring.sensitivity import tornado as tornado_of
from tests.charts.drawn_texts import box_of, watch
from tests.scoring.conftest import PARTNER

HOSTILE = (
    "Perjanjian " * 12,
    "Tanpaspasi" * 12,
    "$\\frac{1}{0}$ harga $x_1$ dan \\alpha^{",
    "<script>alert('judul')</script> & \"kutip\"",
    "مشروع طويل جدا " * 8,
    "=SUM(A1:A9)",
)
CORNERS = {"laksanakan": "Laksanakan", "siapkan": "Siapkan", "tawarkan": "Tawarkan ringan", "tunda": "Tunda"}  # fmt: skip
BORDERS = (60.0, 60.0)


def ranking_of(make_register, proposal, method, count, alike=False):
    proposals = [
        proposal(
            f"DINKES-{n:02d}",
            judul=HOSTILE[n % len(HOSTILE)],
            U=3 if alike else n % 5 + 1,
            S=3 if alike else (n * n) % 5 + 1,
            EKON=3 if alike else (n // 3) % 5 + 1,
            POL=3 if alike else (n // 5) % 5 + 1,
            HUK=None if n % 7 == 0 else 3,
            partners=[{**PARTNER, "minat": n % 5 + 1}],
        )
        for n in range(1, count + 1)
    ]
    return score(make_register(*proposals), method)


@pytest.fixture(scope="module")
def forty(make_register, proposal, method):
    return ranking_of(make_register, proposal, method, 40)


@pytest.fixture(scope="module")
def alike(make_register, proposal, method):
    return ranking_of(make_register, proposal, method, 40, alike=True)


@pytest.fixture(scope="module")
def one(make_register, proposal, method):
    return ranking_of(make_register, proposal, method, 1)


def shares_of(ranking):
    """Ranks spread over three places beside the usulan's own."""
    names = ranking.table.index
    shares = pd.DataFrame(0.0, names, range(1, len(names) + 1))
    for place, usulan in enumerate(names):
        for step, share in ((0, 0.6), (1, 0.3), (2, 0.1)):
            shares.iloc[place, min(place + step, len(names) - 1)] += share
        assert shares.loc[usulan].sum() == pytest.approx(1)
    return shares


def ranks_of(ranking):
    names = ranking.table.index
    own = ranking.table["rank"]
    ranks = pd.DataFrame(
        {"baku": own, "usg": own[::-1].to_numpy(), "sama": own.to_numpy()}, index=names
    )
    ranks.loc[names[len(names) // 2], "usg"] = pd.NA
    return ranks.astype("Int64")


def sides_of(ranking):
    """Value and feasibility from two groups; the third stands nowhere, some are not firm."""
    table = ranking.table[["K1", "K4"]].set_axis(["value", "feasibility"], axis=1)
    high = (table["value"] >= BORDERS[0]).astype(int) * 2 + (table["feasibility"] >= BORDERS[1])
    table["quadrant"] = high.map({3: "laksanakan", 2: "siapkan", 1: "tawarkan", 0: "tunda"})
    table["firm"] = [n % 4 != 0 for n in range(len(table))]
    table.iloc[2:3, 2] = ""
    return table


def charts(ranking, lang="id", rows=40):
    titles = ranking.table["judul"].to_dict()
    first = ranking.table.index[0]
    yield "bars", lambda: score_bars.scores(ranking, rows, lang)
    yield "flows", lambda: score_bars.scores(ranking.replace(aggregation="promethee"), rows, lang)
    yield (
        "firm",
        lambda: acceptability.rank_shares(ranking, shares_of(ranking), rows=rows, lang=lang),
    )
    yield "mean", lambda: waterfall.contributions(explain(ranking, first), lang)
    yield "class", lambda: waterfall.contributions(explain(ranking, first, "class"), lang)
    yield (
        "lines",
        lambda: ranks_by_method.ranks_as_lines(ranks_of(ranking), titles, rows=rows, lang=lang),
    )
    yield (
        "quadrant",
        lambda: quadrant.quadrant(
            sides_of(ranking), titles, BORDERS, CORNERS, rows=rows, lang=lang
        ),
    )
    yield "weights", lambda: tornado.tornado(tornado_of(ranking, first), "weights", lang=lang)
    yield "answers", lambda: tornado.tornado(tornado_of(ranking, first), "answers", lang=lang)


NAMES = ["bars", "flows", "firm", "mean", "class", "lines", "quadrant", "weights", "answers"]


@pytest.fixture
def texts(monkeypatch):
    return watch(monkeypatch)


def charts_of(ranking, name):
    return dict(charts(ranking))[name]().blocks[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["forty", "alike", "one"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_text_covers_another_or_leaves_the_sheet(request, texts, which, name, lang):
    dict(charts(request.getfixturevalue(which), lang))[name]()
    boxes = [(canvas, box_of(mark), mark.text) for canvas, mark in texts]
    assert boxes
    for canvas, box, told in boxes:
        assert Box(-0.01, -0.01, canvas.width + 0.02, canvas.height + 0.02).holds(box), told
    for (_, first, told), (_, second, other) in combinations(boxes, 2):
        assert not first.covers(second), (told, other)


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_is_one_of_the_palette(forty, name):
    colours = set(re.findall(r"#[0-9a-f]{6}(?![0-9a-f])", charts_of(forty, name).svg))
    assert colours <= {*BASE.values(), "#000000", "#ffffff"}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_and_words_in_both_languages(forty, name):
    indonesian, again = (dict(charts(forty))[name]().blocks[0] for _ in range(2))
    english = dict(charts(forty, "en"))[name]().blocks[0]
    assert indonesian == again
    for figure in (indonesian, english):
        assert figure.alt.strip()
        assert figure.description.strip()
        assert figure.caption.strip()
        assert not re.search(r"\bnan\b", " ".join((figure.alt, figure.description, figure.caption)))
    assert indonesian.caption != english.caption
    assert indonesian.alt != english.alt


def drawn(texts):
    return [mark.text for _, mark in texts]


def test_the_bars_name_every_usulan_once_with_its_points(forty, texts):
    score_bars.scores(forty, 40)
    told = drawn(texts)
    for points in forty.table["points"]:
        assert f"{points:.2f}".replace(".", ",") in told
    assert mapping.scores is score_bars.scores


def test_net_flows_have_bars_on_both_sides(forty, texts):
    score_bars.scores(forty.replace(aggregation="promethee"), 40)
    told = set(drawn(texts))
    flows = forty.replace(aggregation="promethee").table
    reached = max(flows["best"].max(), -flows["worst"].min())
    ends = [int(text) for text in told if re.fullmatch(r"-?\d+", text) and int(text) < 0]
    assert "0" in told
    assert len(ends) == 1
    assert str(-ends[0]) in told
    assert reached <= -ends[0] <= 100


def test_the_heat_map_prints_a_share_where_it_fits(make_register, proposal, method, texts):
    few = ranking_of(make_register, proposal, method, 5)
    acceptability.rank_shares(few, shares_of(few))
    assert drawn(texts).count("60") >= 4
    assert acceptability.depth(0.1) < acceptability.depth(0.9)


def test_the_waterfall_sums_to_the_points(forty, texts):
    found = explain(forty, forty.table.index[0], forty.table.index[-1])
    waterfall.contributions(found)
    steps = [t for t in drawn(texts) if re.fullmatch(r"[+\u2212]\d+,\d\d", t)]
    total = sum(float(t.replace("\u2212", "-").replace(",", ".")) for t in steps)
    assert total == pytest.approx(found.end - found.start, abs=0.006 * max(1, len(steps)))


def test_the_lines_tell_the_rank_at_both_ends_and_break_where_there_is_none(forty, texts):
    ranks = ranks_of(forty)
    ranks_by_method.ranks_as_lines(ranks, forty.table["judul"].to_dict(), rows=40)
    told = drawn(texts)
    for usulan, rank in forty.table["rank"].items():
        assert f"{rank} {usulan}" in told
    assert "\u2013" in ranks_by_method.ranks_as_lines(ranks, forty.table["judul"].to_dict(), rows=40).blocks[0].description  # fmt: skip


def test_every_point_between_both_ends_tells_the_rank_in_the_whole_list(forty, texts):
    ranks = ranks_of(forty)
    ranks["sama"] += 100
    ranks = ranks[["baku", "sama", "usg"]]
    shown = ranks_by_method.ranks_as_lines(ranks, forty.table["judul"].to_dict(), rows=14)
    told = drawn(texts)
    for rank in ranks["sama"].head(14):
        assert told.count(str(rank)) == list(ranks["sama"].head(14)).count(rank)
    assert shown.blocks[0].caption.startswith("Urutan di antara 14 usulan ini")
    one = ranks_by_method.ranks_as_lines(ranks, forty.table["judul"].to_dict(), rows=1)
    assert one.blocks[0].caption.startswith("Peringkat satu usulan ini")


def test_chosen_usulan_are_drawn_strong(forty, texts):
    chosen = list(forty.table.index[3:5])
    ranks_by_method.ranks_as_lines(
        ranks_of(forty), forty.table["judul"].to_dict(), highlight=chosen
    )
    strong = [m.text for _, m in texts if "Semibold" in str(m.font.get_file())]
    assert len([told for told in strong if any(usulan in told for usulan in chosen)]) == 4
    assert len(strong) == 4


def test_every_number_of_the_quadrant_stands_once_at_a_point_and_once_in_the_key(forty, texts):
    quadrant.quadrant(sides_of(forty), forty.table["judul"].to_dict(), BORDERS, CORNERS)
    told = drawn(texts)
    semibold = [m.text for _, m in texts if "Semibold" in str(m.font.get_file())]
    for number in range(1, 41):
        assert semibold.count(str(number)) == 2
    assert set(CORNERS.values()) <= set(told)


@pytest.mark.parametrize(
    ("rows", "said"), [(40, ""), (7, "; 7 teratas dari 40"), (1, "; yang teratas dari 40")]
)
def test_the_quadrant_says_how_many_of_all_it_shows(forty, rows, said):
    shown = quadrant.quadrant(
        sides_of(forty), forty.table["judul"].to_dict(), BORDERS, CORNERS, rows=rows
    )
    assert shown.blocks[0].caption.endswith(f"belum dapat ditempatkan{said}")


def test_a_label_beside_its_point_moves_only_when_it_must():
    bounds = Box(0, 0, 4, 4)
    free = free_place((2, 2), (0.2, 0.1), 0.05, [], bounds)
    assert free == pytest.approx((2.05, 1.95, 0.2, 0.1))
    other = free_place((2, 2), (0.2, 0.1), 0.05, [free], bounds)
    assert not other.covers(free)
    assert bounds.holds(free_place((3.99, 0.01), (0.2, 0.1), 0.05, [], bounds))


def test_a_tornado_without_a_weight_to_move_is_an_empty_sheet(rank, proposal, method):
    alone = method.replace(weights={code: 100.0 * (code == "U") for code in method.weights})
    found = tornado_of(rank(proposal(U=4), method=alone))
    assert tornado.tornado(found).blocks[0].description.strip()


@pytest.mark.parametrize("of", ["weights", "answers"])
def test_both_colours_of_a_tornado_are_named_beside_the_number_of_the_line(forty, texts, of):
    found = tornado_of(forty, forty.table.index[0])
    tornado.tornado(found, of)
    names = {"weights": ("bobot turun 20 persen", "bobot naik 20 persen")}.get(
        of, ("seluruh skala", "satu tingkat")
    )
    places = {mark.text: box_of(mark) for _, mark in texts}
    first, second = (places[name] for name in names)
    assert first.y == second.y
    assert first.middle[0] > tornado._LEFT  # over the bars, not where a legend stands
