"""Who is offered what at a forum, and who meets whom when: by hand, and for any meetings."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.matching.forum_pairs import forum_pairs
from ksd_toolkit.matching.forum_rules import forum_rules
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.matching.meeting_plan import meeting_plan
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import proposal_of

OTHER = {"mitra_nama": "Balai Uji (contoh)", "mitra_jenis": "kl_vertikal"}
STRANGER = {"mitra_nama": "Yayasan Lain (contoh)", "urusan": "3.26", "isu": "ISU-G"}
MEETINGS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("wxyz")), unique=True)


def pairs_of(home, *usulan, candidates=({}, OTHER, STRANGER), proposals=()):
    made = proposals or (proposal_of("DINKES-01"), proposal_of("DINKES-02", urusan_kode="1.02"))
    register = register_with(dossier_at(home), *made, candidates=candidates)
    return forum_pairs(match_institutions(register), usulan, forum_rules())


def test_only_candidates_that_share_the_affair_of_a_chosen_proposal_are_invited(tmp_path):
    pairs = pairs_of(tmp_path, "DINKES-01", "DINKES-02")
    assert pairs.partners == ("Balai Uji (contoh)", "PT Uji (contoh)")
    assert set(pairs.pairs["usulan_id"]) == {"DINKES-01"}
    assert pairs.alone == ("DINKES-02",)
    assert pairs.uninvited == ("Yayasan Lain (contoh)",)


def test_partners_the_offices_named_and_nobody_registered_are_listed_apart(tmp_path):
    pairs = pairs_of(tmp_path, "DINKES-01")
    assert pairs.others[["mitra_nama", "usulan"]].to_numpy().tolist() == [["Mitra", "DINKES-01"]]


@pytest.mark.parametrize(
    ("usulan", "candidates"), [((), ({},)), (("DINKES-01",), ()), (("TIDAK-01",), ({},)), ((), ())]
)
def test_without_proposals_or_candidates_there_is_nobody_to_invite(tmp_path, usulan, candidates):
    pairs = pairs_of(tmp_path, *usulan, candidates=candidates)
    assert pairs.partners == ()
    assert pairs.meetings.empty
    assert pairs.offered.empty


def test_a_candidate_is_offered_no_more_than_the_rules_say(tmp_path):
    proposals = [proposal_of(f"DINKES-{n:02}") for n in range(1, 9)]
    ids = [one.usulan_id for one in proposals]
    pairs = pairs_of(tmp_path, *ids, proposals=proposals, candidates=({},))
    assert pairs.offered["usulan_id"].tolist() == ids[: forum_rules().usulan_per_partner]
    [meeting] = pairs.meetings.to_dict("records")
    assert (meeting["office"], meeting["session"], meeting["table"]) == ("DINKES", 1, 1)


def test_one_candidate_and_three_offices_need_three_sessions():
    talks = pd.DataFrame({"partner": ["A", "A", "A", "B"], "office": ["x", "y", "z", "y"]})
    plan = meeting_plan(talks, 2)
    told = plan[["partner", "office", "session", "table"]].to_numpy().tolist()
    assert told == [["A", "x", 1, 1], ["B", "y", 1, 2], ["A", "y", 2, 1], ["A", "z", 3, 1]]


def test_without_a_table_nobody_can_meet():
    with pytest.raises(ValueError, match="0"):
        meeting_plan(pd.DataFrame({"partner": ["A"], "office": ["x"]}), 0)


@given(MEETINGS, st.integers(1, 3))
def test_nobody_sits_at_two_tables_at_once_and_no_meeting_is_lost(meetings, tables):
    talks = pd.DataFrame(meetings, columns=["partner", "office"])
    plan = meeting_plan(talks, tables)
    assert sorted(zip(plan["partner"], plan["office"], strict=True)) == sorted(meetings)
    for who in ("partner", "office", "table"):
        assert not plan.duplicated([who, "session"]).any()
    assert plan["table"].between(1, tables).all()
