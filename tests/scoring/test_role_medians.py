"""What raters say together, against the median of Python's own statistics."""

import statistics

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.role_medians import official_answers, role_medians

CODES = ("U", "S", "G")
RATERS = ("OPD-1", "OPD-2", "TKKSD-1", "TKKSD-2", "TKKSD-3")
USULAN = ("DINKES-01", "DINKES-02")
ANSWERS = st.sampled_from((1, 2, 3, 4, 5, None, "TT", "TB"))
SCORES = st.fixed_dictionaries(
    {}, optional={(who, code): ANSWERS for who in RATERS for code in CODES}
)


def raters_of(scores):
    told = {who: {} for who, _ in scores}
    for (who, code), answer in scores.items():
        told[who][code] = answer
    return told


def said(scores, role, code):
    """What a role answered: its levels, and whether somebody said that it does not apply."""
    given_ = [one for (who, asked), one in scores.items() if who.startswith(role) and asked == code]
    return [one for one in given_ if isinstance(one, int)], "TB" in given_


@given(first=SCORES, second=SCORES)
def test_each_role_says_its_median_or_that_a_criterion_is_off(
    make_register, proposal, first, second
):
    whole = (first, second)
    register = make_register(
        *(proposal(name, raters=raters_of(one)) for name, one in zip(USULAN, whole, strict=True))
    )
    ids = pd.Index(["NOBODY-01", *USULAN], dtype="str")
    for role in ("OPD", "TKKSD"):
        median, off = role_medians(register, role, ids, [*CODES, "NONE"])
        assert np.isnan(median[0]).all()
        assert not off[0].any()
        assert np.isnan(median[:, -1]).all()
        for row, scores in enumerate(whole, start=1):
            for column, code in enumerate(CODES):
                levels, is_off = said(scores, role, code)
                expected = statistics.median(levels) if levels else None
                found = median[row, column]
                assert (None if np.isnan(found) else found) == expected
                assert off[row, column] == (is_off and not levels)


@given(scores=SCORES)
def test_the_members_go_before_the_office(make_register, proposal, scores):
    register = make_register(proposal(raters=raters_of(scores)))
    official = official_answers(register, CODES)
    for code in CODES:
        members, is_off = said(scores, "TKKSD", code)
        levels = members or ([] if is_off else said(scores, "OPD", code)[0])
        found = official.at["DINKES-01", code]
        assert (None if np.isnan(found) else found) == (
            statistics.median(levels) if levels else None
        )
