"""Comparisons as tables of a paper: every cell is the result's, nothing is blank, no person is told."""

import dataclasses
import re

import pytest

from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.comparison.periods import compare_periods
from ksd_toolkit.scoring.comparison.side_by_side import side_by_side
from ksd_toolkit.scoring.members import members
from ksd_toolkit.scoring.optimism import optimism
from ksd_toolkit.scoring.views import best_per, quadrants
from ksd_toolkit.tables import comparison, raters, views

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


@pytest.fixture(scope="module")
def sample(sample_ranking):
    """Every comparison of the sample."""
    return {
        "side": side_by_side(sample_ranking),
        "change": compare_periods(sample_ranking),
        "members": members(sample_ranking),
        "optimism": optimism(sample_ranking),
        "quota": best_per(sample_ranking, "opd", 2),
        "isu": best_per(sample_ranking, "isu", 2),
        "quadrants": quadrants(sample_ranking),
    }


TABLES = {
    "profiles": lambda found, lang: comparison.profiles(found["side"], 10, lang),
    "ways": lambda found, lang: comparison.ways(found["side"], 10, lang),
    "kendall": lambda found, lang: comparison.correlations(found["side"], "kendall", lang),
    "spearman": lambda found, lang: comparison.correlations(found["side"], "spearman", lang),
    "moves": lambda found, lang: comparison.moves(found["change"], 0, lang),
    "comings": lambda found, lang: comparison.comings_and_goings(found["change"], 10, lang),
    "concordance": lambda found, lang: raters.concordance(found["members"], lang),
    "disputes": lambda found, lang: raters.disputes(found["members"], 10, lang),
    "hinges": lambda found, lang: raters.hinges(found["members"], 10, lang),
    "gap_by_office": lambda found, lang: raters.gap_by_office(found["optimism"], 0, lang),
    "gap_by_criterion": lambda found, lang: raters.gap_by_criterion(found["optimism"], lang),
    "kept": lambda found, lang: views.kept(found["isu"], 0, lang),
    "left_out": lambda found, lang: views.left_out(found["quota"], 10, lang),
    "quadrant": lambda found, lang: views.quadrant(found["quadrants"], 10, lang),
}


def table_of(shown):
    (block,) = shown.blocks
    return block


def text_of(shown):
    """Every text of the blocks shown."""
    return " | ".join(texts(dataclasses.asdict(block) for block in shown.blocks))


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif not isinstance(value, int | float):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_is_whole_and_tells_no_liaison_officer(sample, name, lang):
    shown = TABLES[name](sample, lang)
    block = table_of(shown)
    assert block.rows
    assert {len(row) for row in block.rows} == {len(block.columns)}
    told = text_of(shown)
    assert not re.search(r"\bnan\b|<NA>|\bNone\b|\{", told)
    assert not re.search(r"OPD-\d", told)
    assert block.caption


def test_ranks_of_profiles_are_those_of_the_result(sample):
    side = sample["side"]
    for row, usulan in zip(
        table_of(TABLES["profiles"](sample, "id")).rows, side.ranks.index, strict=False
    ):
        assert row[0].startswith(usulan)
        assert row[1 : 1 + 6] == tuple(str(rank) for rank in side.ranks.loc[usulan].iloc[:6])
        low, high = side.table.loc[usulan, ["profile_low", "profile_high"]]
        assert row[7] == f"{low}\u2013{high}"


def test_consensus_stands_in_the_table_of_ways(sample):
    side = sample["side"]
    first, *_ = table_of(TABLES["ways"](sample, "id")).rows
    usulan = side.ranks.index[0]
    assert first[-3:-1] == tuple(
        str(side.table.at[usulan, f"{name}_rank"]) for name in ("borda", "copeland")
    )
    assert "Suara tiap cara sama." in table_of(TABLES["ways"](sample, "id")).note


def test_moves_show_both_ends_and_the_parts_of_the_change(sample):
    change = sample["change"]
    rows = {row[0].split()[0]: row for row in table_of(TABLES["moves"](sample, "en")).rows}
    for usulan, row in change.table[change.table["movement"] == "stayed"].iterrows():
        assert rows[usulan][1] == f"{row['rank_before']} \u2192 {row['rank']}"
        assert rows[usulan][4].replace("\u2212", "-") == f"{row['change']:+.2f}"


def test_quadrant_is_sorted_by_corner_and_counts_each(sample):
    block = table_of(views.quadrant(sample["quadrants"], 0, "id"))
    corners = [row[0] for row in block.rows]
    assert corners == sorted(
        corners,
        key=["Laksanakan", "Siapkan", "Tawarkan ringan", "Tunda", "Belum ditempatkan"].index,
    )
    assert f"Laksanakan: {corners.count('Laksanakan')}" in block.note


def test_what_is_not_shown_is_counted(sample):
    whole = len(sample["quota"].left_out)
    assert f"Masih ada {whole - 10} baris lain." in table_of(TABLES["left_out"](sample, "id")).note


# --- where there is nothing to show ----------------------------------------------------------


@pytest.fixture(scope="module")
def smallest(rank, proposal):
    return rank(proposal(raters={"OPD-1": dict.fromkeys(RATED, 3)}))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_smallest_list_has_a_sentence_or_a_table(smallest, lang):
    side, quota = side_by_side(smallest), best_per(smallest, "opd", 1)
    panel, gap = members(smallest), optimism(smallest)
    shown = [
        comparison.profiles(side, lang=lang), comparison.ways(side, lang=lang),
        comparison.correlations(side, "kendall", lang), comparison.moves(None, lang=lang),
        comparison.comings_and_goings(None, lang=lang), raters.concordance(panel, lang),
        raters.disputes(panel, lang=lang), raters.hinges(panel, lang=lang),
        raters.gap_by_office(gap, lang=lang), raters.gap_by_criterion(gap, lang=lang),
        views.kept(quota, lang=lang), views.left_out(quota, lang=lang),
        views.quadrant(quadrants(smallest), lang=lang),
    ]  # fmt: skip
    for one in shown:
        assert repr(one)
        assert not re.search(r"\bnan\b|<NA>|\bNone\b|\{", text_of(one))


def test_a_single_usulan_has_no_orders_to_correlate_and_that_is_said(smallest):
    for lang, words in (("id", "Baru satu usulan"), ("en", "Only one proposal")):
        assert words in text_of(comparison.correlations(side_by_side(smallest), "spearman", lang))


@pytest.mark.parametrize("table", [raters.concordance, raters.disputes, raters.hinges])
def test_before_any_member_scored_that_is_what_is_said(smallest, table):
    assert "Belum ada nilai dari anggota TKKSD." in text_of(table(members(smallest), lang="id"))
    assert "No member of the TKKSD has scored yet." in text_of(table(members(smallest), lang="en"))


def test_one_usulan_alone_beats_nobody(smallest):
    assert "Condorcet" not in text_of(comparison.ways(side_by_side(smallest), lang="id"))


def test_a_quota_nobody_exceeds_is_a_sentence(smallest):
    shown = views.left_out(best_per(smallest, "opd", 1), lang="id")
    assert "Kuota tidak meninggalkan satu usulan pun." in text_of(shown)


def test_a_class_raised_or_capped_is_marked_in_a_quota_too(sample):
    found = sample["quota"]
    rows = table_of(views.kept(found, 0, "id")).rows
    changes = found.kept["class_change"].map({"floor": "\u2191", "cap": "\u2193"}).dropna()
    assert len(changes)
    marked = {row[2].split()[0]: row[-1][-1] for row in rows if row[-1][-1] in "\u2191\u2193"}
    assert marked == changes.to_dict()
    assert "dibatasi karena manfaat mitra" in table_of(views.kept(found, 0, "id")).note


def test_voices_that_differ_are_told(smallest):
    keys = [variant.key for variant in side_by_side(smallest).variants]
    found = side_by_side(smallest, voices=dict.fromkeys(keys, 1.0) | {"usg": 2.5})
    assert "USG 2.5" in table_of(comparison.ways(found, lang="id")).note


def test_an_unchanged_period_has_moves_but_nobody_comes_or_goes(make_register, proposal, method):
    old, new = make_register(proposal()), make_register(proposal(usulan_asal="DINKES-01"))
    change = compare_periods(score(dataclasses.replace(new, previous=old), method), method)
    assert table_of(comparison.moves(change, lang="id")).rows[0][1] == "1 \u2192 1"
    assert "Tidak ada usulan lama" in repr(comparison.comings_and_goings(change, lang="id"))


def test_who_or_what_is_not_ranked_is_told_below_the_table(rank, proposal):
    blank = {"U": None, "S": None, "G": None}
    some = side_by_side(rank(proposal(), proposal("DINKES-02", **blank)))
    assert "tidak ikut digabungkan" in table_of(comparison.ways(some, lang="id")).note
    none = side_by_side(rank(proposal(raters={}), proposal("DINKES-02", raters={})))
    assert "Tidak dihitung menurut usg: " in table_of(comparison.profiles(none, lang="id")).note
