"""Who answered is one number: the papers on the answers and the brief count the same offices."""

import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.prose import brief
from ksd_toolkit.scoring import load_method, overview, score
from tests.scoring.conftest import OFFICE

NAMED_ONLY = {**OFFICE, "opd_kode": "DISDIK"}


@pytest.mark.parametrize(
    ("opd", "usulan", "answered"),
    [
        ([], ["DINKES-01"], {"DINKES"}),  # usulan in a plain table, no sheet of the office
        ([{**NAMED_ONLY, "d1": 2}], ["DINKES-01"], {"DINKES", "DISDIK"}),
        ([NAMED_ONLY], ["DINKES-01"], {"DINKES"}),
        ([{**NAMED_ONLY, "d1": "TT"}], ["DINKES-01"], {"DINKES"}),
        ([{**NAMED_ONLY, "opd_kode": "BUBAR", "d1": 2}], ["BUBAR-01"], set()),
        ([], [], set()),
    ],
)
def test_every_paper_counts_the_same_offices(answers, opd, usulan, answered):
    register = answers([{"usulan_id": name} for name in usulan], {}, opd=opd)
    assert answering_offices(register) == answered
    seen, response = overview(register), quality(register).response
    assert seen.offices_answered == len(answered) == response.levels.loc["opd", "part"]
    assert seen.silent == response.silent


def test_no_office_sheet_at_all_leaves_the_problems_out_of_the_summary(answers):
    register = answers([{"usulan_id": "DINKES-01"}], {("DINKES-01", "TKKSD-1"): [3] * 9}, opd=[])
    told = repr(brief.summary(score(register, load_method()), "id"))
    assert "1 usulan dari satu perangkat daerah" in told
    assert "dari 0 perangkat" not in told
