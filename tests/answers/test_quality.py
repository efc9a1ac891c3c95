"""Who answered and how completely: four levels, states of offices and PPKSD, and nothing imputed."""

import pandas as pd
import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.answers.quality.agreement import ALL
from ksd_toolkit.columns import records
from tests.answers.conftest import CRITERIA, answers_of
from tests.scoring.conftest import OFFICE

FULL = [3] * len(CRITERIA)
NONE = [None] * len(CRITERIA)
BLANK_OFFICE = {"opd_kode": "DISHUB", "opd_nama": "Dinas Perhubungan"}


def one(usulan_id="DINKES-01", **cells):
    return {"usulan_id": usulan_id, **cells}


def levels(found):
    return {name: (row["part"], row["whole"]) for name, row in records(found.response.levels)}


def states(found):
    rows = found.response.pics.to_dict("records")
    return {(row["opd_kode"], row["penilai"]): (row["status"], row["late"]) for row in rows}


def item(found, table, field):
    return {
        name: int(n) for name, n in found.items.drop(columns="share").loc[(table, field)].items()
    }


# --- the four levels -----------------------------------------------------------------------------


def test_every_office_asked_and_two_officers_each_are_the_whole(answers):
    found = quality(answers([one()], {("DINKES-01", "OPD-1"): FULL, ("DINKES-01", "OPD-2"): FULL}))
    assert levels(found)["opd"] == (1, 3)
    assert levels(found)["opd_pic"] == (1, 3)
    assert levels(found)["pic"] == (2, 6)
    assert found.response.silent == ("Dinas Pendidikan", "Dinas Perhubungan")


def test_a_third_officer_is_counted_where_there_is_one(answers):
    scores = {("DINKES-01", f"OPD-{n}"): FULL for n in (1, 2, 3)}
    assert levels(quality(answers([one()], scores)))["pic"] == (3, 7)


def test_a_blank_form_is_no_answer_though_it_names_its_officers(answers):
    opd = [{**OFFICE, "opd_kode": "DINKES"}, BLANK_OFFICE, {**OFFICE, "opd_kode": "DISDIK"}]
    scores = {("DINKES-01", "OPD-1"): FULL}
    found = quality(answers([one()], scores, opd=opd))
    assert found.response.silent == ("Dinas Pendidikan", "Dinas Perhubungan")


def test_an_office_that_only_says_how_mature_it_is_answers_and_has_nothing_to_score(answers):
    opd = [{**OFFICE, "opd_kode": "DINKES"}, {**BLANK_OFFICE, "d1": 2}]
    found = quality(answers([one()], {("DINKES-01", "OPD-1"): FULL}, opd=opd))
    assert found.response.silent == ("Dinas Pendidikan",)
    assert states(found)["DISHUB", "OPD-1"] == ("nihil", False)
    assert levels(found)["pic"] == (1, 4)  # two of DINKES, two of DISDIK, none of DISHUB


def test_officers_are_in_in_part_or_not_at_all(answers):
    scores = {
        ("DINKES-01", "OPD-1"): ["TT", "TB", *FULL[2:]],
        ("DINKES-01", "OPD-2"): [None, *FULL[1:]],
        ("DISDIK-01", "OPD-1"): NONE,
    }
    found = states(quality(answers([one(), one("DISDIK-01")], scores)))
    assert found["DINKES", "OPD-1"] == ("masuk", False)  # don't know is a response
    assert found["DINKES", "OPD-2"] == ("sebagian", False)
    assert found["DISDIK", "OPD-1"] == ("belum", False)
    assert found["DISHUB", "OPD-2"] == ("belum", False)


def test_what_came_after_the_deadline_is_marked_late(answers):
    scores = {("DINKES-01", "OPD-1"): FULL, ("DISDIK-01", "OPD-1"): FULL}
    found = quality(answers([one(), one("DISDIK-01")], scores, late=["DISDIK"]))
    assert found.response.late == ("Dinas Pendidikan",)
    assert states(found)["DISDIK", "OPD-1"] == ("masuk", True)
    assert states(found)["DISDIK", "OPD-2"] == ("belum", False)  # who sent nothing is not late


# --- cells ---------------------------------------------------------------------------------------


def test_the_four_ways_of_not_answering_stay_apart(answers):
    usulan = [
        one("DINKES-01", manfaat_daerah="TT", manfaat_mitra=None, manfaat_masyarakat="TB"),
        one("DINKES-02", manfaat_daerah="sembilan", manfaat_mitra=4, manfaat_masyarakat=5),
    ]
    found = quality(answers(usulan, {}))
    blank = {"TT": 0, "TB": 0, "kosong": 0, "tak_terbaca": 0}
    told = {"dijawab": 0, **blank}
    assert item(found, "usulan", "manfaat_daerah") == {
        **told,
        "TT": 1,
        "tak_terbaca": 1,
        "asked": 2,
    }
    assert item(found, "usulan", "manfaat_mitra") == {**told, "dijawab": 1, "kosong": 1, "asked": 2}
    assert item(found, "usulan", "manfaat_masyarakat") == {
        **told,
        "dijawab": 1,
        "TB": 1,
        "asked": 1,
    }


def test_scores_nobody_wrote_a_row_for_are_blank_cells(answers):
    found = quality(answers([one()], {("DINKES-01", "OPD-1"): FULL}))
    told = item(found, "nilai", "skor")
    assert (told["dijawab"], told["kosong"], told["asked"]) == (9, 9, 18)


def test_an_usulan_without_a_partner_leaves_the_partners_questions_blank(answers):
    found = quality(answers([one()], {}, mitra=[]))
    told = item(found, "mitra", "mitra_nama")
    assert (told["dijawab"], told["kosong"], told["asked"]) == (0, 1, 1)


def test_what_may_be_blank_is_no_gap(answers):
    found = quality(answers([one(kewenangan_dasar=None, usulan_asal=None, rpjmd_ref=None)], {}))
    names = {field for _, field in found.items.index}
    assert not {"kewenangan_dasar", "usulan_asal", "rpjmd_ref", "opd_nama", "alasan"} & names


def test_every_cell_asked_is_in_one_section_and_one_state(answers):
    scores = {("DINKES-01", "OPD-1"): ["TT", "TB", None, *FULL[3:]]}
    found = quality(answers([one()], scores))
    by_item = found.items.drop(columns=["share", "asked"]).sum().sum()
    by_section = found.completeness.drop(columns=["share", "asked"]).sum().sum()
    assert by_item == by_section
    told = levels(found)["item"]
    assert told == (found.items["dijawab"].sum(), found.items["asked"].sum())


def test_a_section_in_which_nothing_applies_has_no_share(answers):
    nothing = ["TB"] * len(CRITERIA)
    scores = {("DINKES-01", rater): nothing for rater in ("OPD-1", "OPD-2")}
    row = quality(answers([one()], scores)).completeness.loc[("DINKES", "nilai")]
    assert row["asked"] == 0
    assert row["share"] != row["share"]


# --- agreement -----------------------------------------------------------------------------------


def agreement_row(found, code=ALL):
    return dict(records(found.agreement.offices))[code]


def many(first, second, usulan=3):
    names = [
        f"{office}-{n:02d}" for office in ("DINKES", "DISDIK", "DISHUB") for n in range(usulan)
    ]
    scores = {(name, "OPD-1"): first for name in names} | {
        (name, "OPD-2"): second for name in names
    }
    return [one(name) for name in names], scores


def test_alpha_needs_twenty_units(answers):
    usulan, scores = [one(), one("DINKES-02")], {}
    for name in ("DINKES-01", "DINKES-02"):
        scores |= {(name, "OPD-1"): [1, 2, 3, 4, 5, 1, 2, 3, 4], (name, "OPD-2"): FULL}
    row = agreement_row(quality(answers(usulan, scores)))
    assert (row["units"], row["why"]) == (18, "few_units")
    assert row["alpha"] != row["alpha"]


def test_scores_that_are_all_the_same_have_no_alpha(answers):
    row = agreement_row(quality(answers(*many(FULL, FULL))))
    assert (row["why"], row["exact"]) == ("constant", 1.0)
    assert row["alpha"] != row["alpha"]


def test_raters_who_agree_on_everything_have_alpha_one(answers):
    scale = [1, 2, 3, 4, 5, 1, 2, 3, 4]
    row = agreement_row(quality(answers(*many(scale, scale))))
    assert row["alpha"] == 1


def test_nobody_scored_is_no_error_and_no_figure(answers):
    found = quality(answers([one()], {}))
    assert found.agreement.by_office.empty
    assert found.agreement.disputes.empty
    assert agreement_row(found)["units"] == 0
    assert agreement_row(found)["mean_gap"] != agreement_row(found)["mean_gap"]


def test_disputes_stand_widest_first_with_every_score(answers):
    scores = {
        ("DINKES-01", "OPD-1"): [5, 4, 3, 3, 3, 3, 3, 3, 3],
        ("DINKES-01", "OPD-2"): [1, 2, 3, 3, 3, 3, 3, 3, 4],
    }
    found = quality(answers([one()], scores)).agreement.disputes
    assert found[["kriteria_kode", "OPD-1", "OPD-2", "gap"]].to_numpy().tolist() == [
        ["U", 5.0, 1.0, 4.0], ["S", 4.0, 2.0, 2.0],
    ]  # fmt: skip


def test_a_tkksd_members_blank_does_not_enter_w_as_a_score(answers):
    usulan = [one(f"DINKES-0{n}") for n in range(1, 5)]
    scores = {}
    for n, name in enumerate(("DINKES-01", "DINKES-02", "DINKES-03", "DINKES-04"), start=1):
        scores[name, "TKKSD-1"] = [n, *NONE[1:]]
        scores[name, "TKKSD-2"] = [None if n == 4 else n + 1, *NONE[1:]]
    row = dict(records(quality(answers(usulan, scores)).agreement.panel))["U"]
    assert (row["usulan"], row["w"]) == (3, 1.0)


# --- a region's own questions and criteria ---------------------------------------------------------

OWN = """\
| survey | | | | | |
|---|---|---|---|---|---|
| | type | name | label | required | relevant |
| | begin_repeat | usulan | Usulan | | |
| | integer | jarak_km | Jarak (km) | | |
| | text | jalur | Jalur | | ${jarak_km} > 10 |
| | end_repeat | usulan | | | |

| choices | | |
|---|---|---|
| | list_name | name | label |
| | kriteria | BUDAYA | Budaya |
"""


@pytest.fixture
def with_own(dossier):
    """A dossier that asks for more."""
    (dossier.folder / "form.md").write_text(OWN, encoding="utf-8")
    return dossier


def test_own_questions_are_a_section_and_conditional_ones_no_gap(with_own):
    usulan = [one("DINKES-01", jarak_km=4), one("DINKES-02", jarak_km=None)]
    found = quality(answers_of(with_own, usulan, {}))
    told = found.completeness.loc[("DINKES", "tambahan")]
    assert (told["dijawab"], told["asked"]) == (1, 2)
    assert ("usulan", "jalur") not in found.items.index


def test_an_own_criterion_is_asked_and_compared_like_the_others(with_own):
    found = quality(answers_of(with_own, [one()], {("DINKES-01", "OPD-1"): FULL}))
    assert item(found, "nilai", "skor")["asked"] == 20
    assert list(found.agreement.offices.index) == [*CRITERIA, "BUDAYA", ALL]
    assert found.criteria["BUDAYA"] == {"id": "Budaya"}


# --- the result ----------------------------------------------------------------------------------


def test_it_says_what_it_is_in_one_line(answers):
    found = quality(answers([one()], {("DINKES-01", "OPD-1"): FULL}))
    assert repr(found) == "Quality(hulu-sungai-selatan/2026: 1 dari 3 OPD, alfa -, 0 tanda)"


def test_the_order_of_rows_is_of_no_account(answers):
    usulan, scores = many([1, 2, 3, 4, 5, 1, 2, 3, "TT"], [2, 2, 3, 4, 4, 1, None, 3, 4])
    scores |= {(row["usulan_id"], "TKKSD-1"): FULL for row in usulan}
    one_way = quality(answers(usulan, scores))
    other = quality(answers(usulan[::-1], dict(reversed(scores.items()))))
    for name in ("by_office", "offices", "panel", "disputes"):
        mine, theirs = (getattr(found.agreement, name) for found in (one_way, other))
        pd.testing.assert_frame_equal(mine, theirs, rtol=1e-12)
    pd.testing.assert_frame_equal(one_way.completeness, other.completeness)
    assert levels(one_way) == levels(other)


def test_the_register_is_left_as_it_was(answers):
    register = answers([one()], {("DINKES-01", "OPD-1"): FULL})
    before = {name: frame.copy() for name, frame in register.tables.frames.items()}
    quality(register)
    for name, frame in register.tables.frames.items():
        assert frame.equals(before[name]), name


@pytest.mark.parametrize("lang", ["id", "en"])
def test_flags_of_one_usulan_are_explained(answers, lang):
    usulan = [one(f"DINKES-{n:02d}", biaya_indikatif=100_000_000 + n * 10**6) for n in range(1, 12)]
    usulan.append(one("DISDIK-01", biaya_indikatif=900_000_000_000))
    [sentence] = quality(answers(usulan, {})).explain("DISDIK-01", lang)
    assert "DISDIK-01 (Dinas Pendidikan)" in sentence
    assert ("Rp900\u00a0miliar" if lang == "id" else "Rp900\u00a0billion") in sentence
