"""The members of the TKKSD beside each other: agreement, disputes, and ranks that hang on one of them."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.members import ALL, members
from ksd_toolkit.scoring.some_raters import heard, scored_by

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


def scores(level=3, **changes):
    return {**dict.fromkeys(RATED, level), **changes}


@pytest.fixture(scope="module")
def three_members(rank, proposal):
    """TKKSD-1 and TKKSD-2 alike; TKKSD-3 the other way round on urgency."""
    return rank(
        proposal("DINKES-01", raters={
            "TKKSD-1": scores(U=5), "TKKSD-2": scores(U=5), "TKKSD-3": scores(U=1),
        }),
        proposal("DINKES-02", raters={
            "TKKSD-1": scores(U=3), "TKKSD-2": scores(U=4), "TKKSD-3": scores(U=3),
        }),
        proposal("DINKES-03", raters={
            "TKKSD-1": scores(U=1), "TKKSD-2": scores(U=1), "TKKSD-3": scores(U=5),
        }),
    )  # fmt: skip


# --- agreement -------------------------------------------------------------------------------


def test_kendalls_w_by_hand(three_members):
    table = members(three_members).concordance
    # U: ranks 3 2 1 / 3 2 1 / 1 2 3 -> sums 7, 6, 5; S = 2; W = 12 x 2 / (9 x 24) = 1/9
    assert table.loc["U"].tolist() == [3, pytest.approx(1 / 9, abs=1e-15), ""]
    # nobody tells the usulan apart by S: there is no W, not 0 and not 1
    assert table.at["S", "why"] == "constant"
    assert math.isnan(table.at["S", "w"])
    # the points of each member alone differ by U only
    assert table.loc[ALL].tolist() == [3, pytest.approx(1 / 9, abs=1e-15), ""]


def test_only_usulan_all_members_scored_are_compared(rank, proposal):
    one, two = scores(U=5), scores(U=1)
    ranking = rank(
        *(
            proposal(f"DINKES-0{n}", raters={"TKKSD-1": scores(U=n), "TKKSD-2": scores(U=n)})
            for n in (1, 2, 3)
        ),
        proposal("DINKES-04", raters={"TKKSD-1": one}),
        proposal("DINKES-05", raters={"TKKSD-1": one, "TKKSD-2": {**two, "U": "TT"}}),
    )
    table = members(ranking).concordance
    assert table.loc["U"].tolist() == [3, 1, ""]
    assert table.loc["S", "usulan"] == 4
    # DINKES-05: without U (9) all 53 - 9 points of the rated weight are common: enough
    assert table.loc[ALL, "usulan"] == 4


def test_a_member_alone_and_two_usulan_tell_nothing(rank, proposal):
    alone = members(rank(*(proposal(f"DINKES-0{n}", U=n) for n in (1, 2, 3))))
    assert set(alone.concordance["why"]) == {"few_members"}
    both = {"TKKSD-1": scores(), "TKKSD-2": scores()}
    two = members(rank(proposal(raters=both), proposal("DINKES-02", raters=both)))
    assert set(two.concordance["why"]) == {"few_usulan"}
    assert two.concordance["w"].isna().all()


def test_no_member_at_all_is_a_result(rank, proposal):
    ranking = rank(proposal(raters={"OPD-1": scores()}), proposal("DINKES-02", raters={}))
    found = members(ranking)
    assert found.names == ()
    assert found.disputes.empty
    assert found.by_member.empty
    assert found.without["rank"].tolist() == ranking.table["rank"].tolist()
    assert found.explain("DINKES-01", "id").startswith("DINKES-01: tidak ada nilai anggota")
    assert repr(found) == "Members(0 anggota, 0 nilai berselisih)"


# --- disputes --------------------------------------------------------------------------------


def test_who_disagrees_where(three_members):
    found = members(three_members).disputes
    assert found.drop(columns=["TKKSD-1", "TKKSD-2", "TKKSD-3"]).to_numpy().tolist() == [
        ["DINKES-01", "U", 4, "TKKSD-3", "TKKSD-1, TKKSD-2", 5],
        ["DINKES-03", "U", 4, "TKKSD-1, TKKSD-2", "TKKSD-3", 1],
    ]
    assert found[["TKKSD-1", "TKKSD-2", "TKKSD-3"]].to_numpy().tolist() == [[5, 5, 1], [1, 1, 5]]


def test_the_limit_of_a_dispute_is_a_setting(three_members):
    assert len(members(three_members, steps=1).disputes) == 3
    assert len(members(three_members, steps=4).disputes) == 2
    assert members(three_members, compared=["TKKSD-1", "TKKSD-2"], steps=2).disputes.empty


def test_each_member_beside_the_median_of_the_others(three_members):
    table = members(three_members).by_member
    # TKKSD-3 on U: 1 - 5, 3 - 3.5, 5 - 1 = -0.5 over 27 leaves, 24 of them alike
    assert table.loc["TKKSD-3"].tolist() == [27, pytest.approx(-0.5 / 27, abs=1e-15), 2]


def test_ranks_that_hang_on_one_member(three_members):
    # medians 5, 3, 1; without TKKSD-1 (3, 3.5, 3): DINKES-02 is first, the others share 2
    table = members(three_members).without
    assert table.loc["DINKES-01"].tolist() == [1, 2, 1, 1]
    assert table.loc["DINKES-02"].tolist() == [2, 1, 1, 2]
    assert table.loc["DINKES-03"].tolist() == [3, 2, 1, 3]


def test_the_sentence_names_scores_and_ranks(three_members):
    found = members(three_members)
    assert found.explain("dinkes-01", "id") == (
        "DINKES-01: anggota TKKSD berselisih 2 tingkat atau lebih pada Urgensi "
        "(TKKSD-1: 5, TKKSD-2: 5, TKKSD-3: 1). "
        "Peringkatnya kini 1; tanpa nilai TKKSD-1 menjadi 2."
    )
    assert found.explain("DINKES-02", "en") == (
        "DINKES-02: no scores of members of the TKKSD are 2 levels or more apart. "
        "Its rank is 2 now; without the scores of TKKSD-1 it becomes 1 "
        "and without the scores of TKKSD-2 it becomes 1."
    )


def test_an_usulan_a_gate_stopped_has_disputes_but_no_rank(rank, proposal):
    raters = {"TKKSD-1": scores(U=5), "TKKSD-2": scores(U=1)}
    found = members(rank(proposal(), proposal("DINKES-02", raters=raters, kewenangan="tidak")))
    assert "DINKES-02" not in found.without.index
    assert found.explain("DINKES-02", "id").endswith("(TKKSD-1: 5, TKKSD-2: 1).")


def test_when_all_hangs_on_one_member_it_is_said(rank, proposal, method):
    only_urgency = method.replace(weights=dict.fromkeys(method.weights, 0) | {"U": 100})
    found = members(rank(proposal(raters={"TKKSD-1": scores()}), method=only_urgency))
    assert found.without["TKKSD-1"].isna().all()
    assert "tanpa nilai TKKSD-1 tidak dapat diperingkat" in found.explain("DINKES-01", "id")


@pytest.mark.parametrize(
    ("settings_", "sentence"),
    [
        ({"steps": 0}, "bilangan positif"),
        ({"steps": math.nan}, "bilangan positif"),
        ({"compared": ["TKKSD-9"]}, "TKKSD-9"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(three_members, settings_, sentence):
    with pytest.raises(MethodError, match=sentence):
        members(three_members, **settings_)


# --- counting other raters -------------------------------------------------------------------


def test_hearing_everybody_changes_nothing(three_members):
    everybody = scored_by(three_members, lambda _: True)
    assert everybody["points"].to_dict() == three_members.table["points"].to_dict()


def test_hearing_some_leaves_the_register_as_it_was(three_members):
    register = three_members.register
    before = len(register.nilai)
    few = heard(register, lambda rater: rater == "TKKSD-1")
    assert set(few.nilai["penilai"]) == {"TKKSD-1"}
    assert len(few.tables.states["nilai"]) == len(few.nilai)
    assert len(register.nilai) == before


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=3, max_size=4))
def test_ranks_without_a_member_are_those_under_the_others_median(rank, proposal, urgencies):
    names = ("TKKSD-1", "TKKSD-2", "TKKSD-3")
    given_ = {f"DINKES-0{n}": levels for n, levels in enumerate(urgencies, start=1)}
    ranking = rank(
        *(
            proposal(
                usulan, raters={name: scores(U=u) for name, u in zip(names, levels, strict=True)}
            )
            for usulan, levels in given_.items()
        )
    )
    table = members(ranking).without
    for out, name in enumerate(names):
        others = {
            usulan: {"U": (sum(levels) - levels[out]) / 2} for usulan, levels in given_.items()
        }
        assert table[name].to_dict() == ranking.with_answers(others).table["rank"].to_dict()


def test_the_samples_members_are_told_without_a_blank(sample_ranking):
    found = members(sample_ranking)
    assert found.names == ("TKKSD-1", "TKKSD-2", "TKKSD-3")
    assert (found.disputes["spread"] >= found.steps).all()
    for usulan in sample_ranking.types.index[:20]:
        for lang in ("id", "en"):
            assert not re.search(r"\bnan\b|<NA>", found.explain(usulan, lang))
