"""Follow-ups through the half-years: open until a later row says what became of them, without retyping."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.evaluation.follow_up_chain import ANSWERS, CLOSED, follow_up_chain
from ksd_toolkit.evaluation.semesters import Semester

TODAY = date(2026, 8, 31)
UNDER_REVIEW = Semester(2026, 1)


def _row(period, plan=None, due=None, answer=None, about=None, rater="bagian_ks", proof=None):
    return {
        "no_dok": "PKS-1",
        "periode": period,
        "penilai": rater,
        "tindak_lanjut": plan,
        "tindak_lanjut_pelaku": "DLH" if plan else None,
        "tindak_lanjut_tenggat": due,
        "tindak_lanjut_lalu": answer,
        "tindak_lanjut_lalu_periode": about,
        "tindak_lanjut_lalu_bukti": proof,
    }


@pytest.fixture(scope="module")
def chain(make_frame, rules):
    def told(*rows, today=TODAY):
        documents = pd.DataFrame({"no_dok": ["PKS-1"], "judul": ["Layanan"]})
        monev = make_frame("monev", list(rows))
        return follow_up_chain(monev, documents, rules, UNDER_REVIEW, pd.Timestamp(today))

    return told


def _states(frame):
    return dict(zip(frame["what"], frame["state"], strict=True))


def test_a_follow_up_stays_open_until_somebody_says_what_became_of_it(chain):
    found = chain(_row("2024-S2", "Perbaiki", "2025-03-31"), _row("2025-S1"), _row("2026-S1"))
    row = found.iloc[0]
    assert (row["state"], row["asked_in"]) == ("belum_dijawab", "2024-S2")
    assert row["is_open"]
    assert row["carried"]
    assert (
        row["days_overdue"] == 518
    )  # 31 March 2025 to 31 August 2026: 275 to the year's end, 243 after


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_done_and_given_up_close_it(chain, answer):
    rows = (_row("2025-S2", "A", "2026-01-31"), _row("2026-S1", answer=answer, proof="Surat 7"))
    row = chain(*rows).iloc[0]
    assert row["is_open"] == (answer not in {"selesai", "batal"})
    assert (row["state"], row["answered_in"], row["evidence"]) == (answer, "2026-S1", "Surat 7")
    assert pd.isna(row["days_overdue"]) == (not row["is_open"])


def test_an_answer_is_about_the_latest_follow_up_before_it(chain):
    rows = (_row("2025-S1", "A"), _row("2025-S2", "B"), _row("2026-S1", "C", answer="selesai"))
    assert _states(chain(*rows)) == {"A": "belum_dijawab", "B": "selesai", "C": "belum_dijawab"}


def test_an_answer_may_name_the_half_years_it_is_about(chain):
    rows = (_row("2024-S2", "A"), _row("2025-S1", "B"), _row("2025-S2", "C"))
    answer = _row("2026-S1", answer="selesai", about="2024-S2; 2025-S1")
    assert _states(chain(*rows, answer)) == {"A": "selesai", "B": "selesai", "C": "belum_dijawab"}


def test_the_latest_answer_holds_and_the_unit_is_heard_before_the_office(chain):
    first = (_row("2025-S1", "A"), _row("2025-S2", answer="selesai"))
    assert _states(chain(*first, _row("2026-S1", answer="belum"))) == {"A": "belum"}
    both = (_row("2025-S2", answer="berjalan"), _row("2025-S2", answer="selesai", rater="opd"))
    assert _states(chain(_row("2025-S1", "A"), *both)) == {"A": "berjalan"}


def test_the_same_words_planned_again_are_the_same_follow_up_with_a_new_day(chain):
    found = chain(_row("2025-S2", "Ganti alat", "2026-01-31"), _row("2026-S1", "ganti  alat", "2026-09-30"))  # fmt: skip
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["asked_in"], row["restated_in"]) == ("2025-S2", "2026-S1")
    assert row["due"] == pd.Timestamp("2026-09-30")
    assert pd.isna(row["days_overdue"])


def test_the_same_words_after_it_was_done_are_a_new_follow_up(chain):
    rows = (_row("2025-S1", "A"), _row("2025-S2", answer="selesai"), _row("2026-S1", "A"))
    assert chain(*rows)["state"].tolist() == ["selesai", "belum_dijawab"]


def test_half_years_that_are_not_over_wait(chain):
    rows = (_row("2026-S1", "A", "2026-08-30"), _row("2026-S2", "B", answer="selesai"))
    found = chain(*rows)
    assert found["what"].tolist() == ["A"]
    assert found["is_open"].all()
    assert not found["carried"].any()
    assert found["days_overdue"].tolist() == [1]
    assert pd.isna(chain(*rows, today=date(2026, 8, 30))["days_overdue"]).all()


def test_open_follow_ups_of_earlier_half_years_are_among_the_actions(make_review, running):
    rows = [_row("2025-S2", "Lama", "2026-01-31"), _row("2026-S1", "Baru", "2026-12-31")]
    review = make_review(naskah=[running], monev=rows)
    assert review.follow_ups["what"].tolist() == ["Lama", "Baru"]
    assert review.follow_ups["overdue"].tolist() == [True, False]
    closed = [rows[0], rows[1] | {"tindak_lanjut_lalu": "selesai"}]
    assert make_review(naskah=[running], monev=closed).follow_ups["what"].tolist() == ["Baru"]


_PERIODS = [f"{year}-S{half}" for year in (2024, 2025, 2026) for half in (1, 2)][:5]


@settings(max_examples=60, deadline=None)
@given(
    plans=st.lists(st.sampled_from([None, "A", "B", "C"]), min_size=5, max_size=5),
    answers=st.lists(st.sampled_from([None, *ANSWERS]), min_size=5, max_size=5),
)
def test_nothing_planned_is_lost_and_nothing_closes_by_itself(chain, plans, answers):
    told = zip(_PERIODS, plans, answers, strict=True)
    found = chain(*(_row(period, plan, answer=answer) for period, plan, answer in told))
    assert set(found["what"]) == {plan for plan in plans if plan}
    closed = found[~found["is_open"]]
    assert set(closed["state"]) <= CLOSED
    for row in closed.to_dict("records"):
        assert answers[_PERIODS.index(row["answered_in"])] == row["state"]
        assert row["answered_in"] > row["asked_in"]
    if not any(answer in CLOSED for answer in answers):
        assert found["is_open"].all()
