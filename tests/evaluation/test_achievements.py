"""How much of a target was reached: every edge of the classes, by name."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.evaluation.achievements import achievements_of, band_of, round_half_up


def _number(text: str) -> float:
    return float(text) if text else float("nan")


def test_every_case_worked_by_hand(case, make_frame, rules):
    expected = pd.DataFrame(case("evaluation_bands")["bands"])
    frame = make_frame(
        "capaian",
        [
            {
                "no_dok": "PKS-1",
                "periode": "2026-S1",
                "indikator": row["name"],
                "arah": row["arah"],
                "target": _number(row["target"]),
                "realisasi": _number(row["realisasi"]),
            }
            for row in expected.to_dict("records")
        ],
    )
    found = achievements_of(frame, rules)
    for given_row, found_row in zip(
        expected.to_dict("records"), found.to_dict("records"), strict=True
    ):
        name = given_row["name"]
        raw, shown = _number(given_row["raw"]), _number(given_row["shown"])
        assert found_row["raw_percent"] == pytest.approx(raw, nan_ok=True), name
        assert found_row["shown_percent"] == pytest.approx(shown, nan_ok=True), name
        assert (given_row["band"] or None) == _none(found_row["band"]), name
        assert (given_row["not_computable"] or None) == _none(found_row["not_computable"]), name


def _none(value):
    return None if pd.isna(value) else value


def test_a_figure_beyond_reach_is_said_to_be_so(make_frame, rules):
    row = {"no_dok": "PKS-1", "periode": "2026-S1", "indikator": "x", "arah": "naik"}
    frame = make_frame("capaian", [row | {"target": 1e-300, "realisasi": 1e300}])
    assert achievements_of(frame, rules)["not_computable"].tolist() == ["di_luar_jangkauan"]


def test_the_frame_given_is_left_alone(make_frame, rules):
    frame = make_frame("capaian", [{"no_dok": "A", "arah": "naik", "target": 2, "realisasi": 1}])
    before = frame.copy()
    achievements_of(frame, rules)
    pd.testing.assert_frame_equal(frame, before)


@given(percent=st.floats(min_value=-1000, max_value=1000))
def test_every_percentage_has_exactly_one_class(rules, percent):
    band = band_of(pd.Series([percent]), rules.bands).iloc[0]
    place = [band_.code for band_ in rules.bands].index(band)
    cuts = [b.above_percent for b in rules.bands]
    assert all(percent <= cut for cut in cuts[:place])
    assert cuts[place] is None or percent > cuts[place]


@given(st.integers(min_value=0, max_value=10**6))
def test_half_is_rounded_up(thousandths):
    rounded = round_half_up(pd.Series([thousandths / 8]), 2).iloc[0]
    assert rounded == pytest.approx((thousandths * 100 + 4) // 8 / 100)
