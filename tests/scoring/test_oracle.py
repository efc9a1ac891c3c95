"""All usulan of the sample, worked out by openpyxl, fractions and decimals, agree to the last digit."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from tests.scoring.oracle import disagreements, printed


def test_every_printed_figure_of_the_sample(sample_answers, sample_ranking):
    assert len(sample_ranking.table) > 100
    assert disagreements(sample_answers, sample_ranking) == []


def test_every_leaf_of_the_sample(sample_answers, sample_ranking):
    """Also of the usulan a gate stopped."""
    leaves = sample_ranking.leaves
    for usulan in leaves.answers.index:
        for leaf in sample_answers.work(usulan).leaves:
            value = leaves.answers.at[usulan, leaf.code]
            shown = None if pd.isna(value) else Fraction(value)
            assert (usulan, leaf.code, shown) == (usulan, leaf.code, leaf.value)
            assert leaves.applicable.at[usulan, leaf.code] == leaf.applies


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(Fraction(1005, 1000), "1.01"), (Fraction(2, 3), "0.67"), (Fraction(59995, 1000), "60.00")],
)
def test_the_oracle_rounds_half_up(exact, shown):
    assert printed(exact) == Decimal(shown)
