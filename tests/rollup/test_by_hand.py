"""The roll-up of three regions agrees with the tables a clerk worked out by hand."""

import pandas as pd
import pytest

from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.rollup.result import rolled_up
from tests.rollup.conftest import CASE
from tests.rollup.regions import naming, summary, used


def cell(value):
    """A value as the hand-worked table writes it: two decimals at most, nothing where it is not known."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    return f"{half_up(float(value), 2):f}".rstrip("0").rstrip(".")


def same(found, name, *, skip=()):
    """Every cell of a hand-worked table, row by row."""
    rows = CASE[name]
    assert len(found) == len(rows)
    for mine, row in zip(found, rows, strict=True):
        told = {key: text for key, text in row.items() if key not in skip}
        assert {key: cell(mine[key]) for key in told} == told


def test_response_by_region(rollup):
    frame = rollup.response.reset_index(names="code").rename(
        columns={"offices_asked": "asked", "offices_answered": "answered"}
    )
    same(frame.to_dict("records"), "response")


def test_response_over_all(rollup):
    same(rollup.response_totals.reset_index(names="share").to_dict("records"), "response_totals")


def test_maturity_by_region(rollup):
    frame = rollup.maturity
    same(frame[frame["problem"] == "d1"].to_dict("records"), "maturity of d1")


def test_maturity_over_all(rollup):
    totals = rollup.maturity_totals
    same([totals.loc["d1"].to_dict()], "maturity_totals of d1")
    assert totals.loc["d2", "regions"] == 0
    assert pd.isna(totals.loc["d2", "mean"])


def test_shared_priorities(rollup):
    frame = rollup.shared_priorities
    frame["shared"] = frame["shared"].map({True: "yes", False: "no"})
    same(frame.to_dict("records"), "shared")


def test_mandatory_pairs(rollup):
    same(rollup.mandatory_pairs.to_dict("records"), "pairs")
    assert rollup.unnamed[["code", "usulan_id"]].to_numpy().tolist() == [["63.06", "DINKES-06"]]


def test_follow_through(rollup):
    frame = rollup.follow_through.set_index("step")
    named = [row["step"] for row in CASE["follow_through"]]
    same(frame.loc[named].reset_index().to_dict("records"), "follow_through")


def test_quartiles_from_four_regions_on():
    """75, 80, 90, 40: sorted 40 75 80 90, so quartiles 66.25, 77.5 and 82.5."""
    shares = {"63.05": 15, "63.06": 16, "63.07": 18, "63.08": 8}
    regions = [
        summary(code, response=summary(code).response.__class__(20, n, 8, 6, 4))
        for code, n in shares.items()
    ]
    row = rolled_up(used(*regions), None, "2026").response_totals.loc["sent"]
    assert [row[name] for name in ("quartile_1", "median", "quartile_3")] == [66.25, 77.5, 82.5]
    assert (row["lowest"], row["highest"], row["mean"]) == (40, 90, 71.25)


@pytest.mark.parametrize(
    ("theirs", "state"),
    [
        ((), "silent"),
        ((naming("63.05", "1.02"),), "both"),
        ((naming("63.05", "1.02", mandatory=False),), "other_type"),
        ((naming("63.05", "1.03"),), "other_affair"),
        ((naming("63.07", "1.02"),), "silent"),
    ],
)
def test_what_the_other_side_does(theirs, state):
    regions = summary("63.05", namings=(naming("63.06", "1.02"),)), summary("63.06", namings=theirs)
    pairs = rolled_up(used(*regions), None, "2026", "63").mandatory_pairs
    mine = pairs[pairs["urusan"] == "1.02"]
    assert mine[mine["first"] == "63.05"]["state"].tolist() == [state]


def test_an_affair_nobody_stated_is_never_shared():
    regions = [
        summary("63.05", namings=(naming("63.06", ""),)),
        summary("63.06", namings=(naming("63.05", ""),)),
    ]
    pairs = rolled_up(used(*regions), None, "2026").mandatory_pairs
    assert pairs["state"].tolist() == ["other_affair", "other_affair"]
    assert pairs["named_by"].tolist() == ["first", "second"]


def test_a_region_explains_itself(rollup):
    assert rollup.explain("63.05").startswith("Kabupaten Tapin per 31 Agustus 2026: 15 dari 20")
    assert "75.0%" in rollup.explain("63.05", "en")
    assert "belum ada yang dapat diperingkat" in rollup.explain("63.07")
    assert "Ringkasan belum dibuat" in rollup.explain("63.08")
    assert repr(rollup) == "RollUp(rekap-63/2026: 3 of 4 regions)"
