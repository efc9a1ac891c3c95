"""From determined proposal to work, against a case worked by hand."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.documents import documents_on
from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.evaluation import read_evaluation_rules
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.follow_through import follow
from ksd_toolkit.evaluation.funnel import funnel_of
from ksd_toolkit.evaluation.short_list import cases_of, steps_of
from ksd_toolkit.evaluation.time_to_step import waiting_times


@pytest.fixture(scope="session")
def worked(case, make_review):
    tables = case("evaluation_follow_through")
    return tables, make_review(
        naskah=tables["naskah"],
        tahapan=tables["tahapan"],
        monev=tables["monev"],
        usulan=tables["usulan"],
        told=Determinations(decrees={"2025": date(2025, 8, 1)}),
    )


def test_cases_as_worked_by_hand(worked):
    tables, review = worked
    found = [
        {
            "usulan": f"{row['periode']}/{row['usulan_id']}",
            "reached": row["reached"],
            "next": "" if pd.isna(row["next"]) else row["next"],
            "state": row["state"],
        }
        for row in review.cases.to_dict("records")
    ]
    assert found == tables["cases"]


def test_steps_as_worked_by_hand(worked):
    tables, review = worked
    steps = review.follow_through
    found = [
        {
            "step": row["step"],
            **{name: str(row[name]) for name in ("entered", "reached", "open", "stopped")},
            "conversion_percent": f"{row['conversion_percent']:.2f}",
            "decided_percent": f"{row['decided_percent']:.2f}",
        }
        for row in steps.to_dict("records")
    ]
    assert found == tables["steps"]
    assert steps["stopped_usulan"].tolist() == ["", "", "2025/C", ""]
    assert steps["open_usulan"].iloc[2] == "2025/D"


def test_journeys_as_worked_by_hand(worked):
    tables, review = worked
    found = [
        {
            "usulan": f"{row['periode']}/{row['usulan_id']}",
            "reached": row["reached"],
            "next": "" if pd.isna(row["next"]) else row["next"],
            "state": row["state"],
        }
        for row in review.journeys.to_dict("records")
    ]
    assert found == tables["journeys"]


def test_funnel_as_worked_by_hand(worked):
    tables, review = worked
    rows = review.funnel[review.funnel["periode"] == "2025"].to_dict("records")
    numbers = ("entered", "reached", "open", "stopped")
    found = [
        {
            "step": row["step"],
            **{name: str(row[name]) for name in numbers},
            "conversion_percent": _two_decimals(row["conversion_percent"]),
        }
        for row in rows
    ]
    assert found == tables["funnel"]


def test_waiting_times_as_worked_by_hand(worked):
    tables, review = worked
    times = review.waiting_times
    numbers = ("cases", "reached", "open", "stopped", "undated")
    found = [
        {
            "step": row["step"],
            **{name: str(row[name]) for name in numbers},
            "median_days": "" if pd.isna(row["median_days"]) else f"{row['median_days']:.0f}",
            "no_median": "" if pd.isna(row["no_median"]) else row["no_median"],
        }
        for row in times[times["periode"] == "2025"].to_dict("records")
    ]
    assert found == tables["waiting"]
    undated = times[(times["periode"] == "2026") & (times["step"] == "payung")].iloc[0]
    assert (undated["undated"], undated["open"]) == (1, 0), "no day zero is invented for 2026"


def test_an_open_case_is_censored_not_counted_as_failed(worked):
    _, review = worked
    curves = review.waiting_curves
    payung = curves[(curves["periode"] == "2025") & (curves["step"] == "payung")]
    assert payung[["days", "at_risk", "reached", "left", "waiting_share"]].to_numpy().tolist() == [
        [31, 8, 4, 0, 0.5],
        [395, 4, 0, 4, 0.5],
    ]
    steps = review.funnel.set_index(["periode", "step"])
    assert steps.loc[("2025", "payung"), "stopped"] == 0
    assert steps.loc[("2025", "payung"), "open_usulan"] == "2025/E"


def _two_decimals(value):
    return "" if pd.isna(value) else f"{value:.2f}"


def test_sinergi_goes_by_its_own_documents(worked):
    _, review = worked
    paths = review.cases.set_index("documents")["path"]
    assert paths["NK-B; RK-B"] == "SINERGI"
    assert paths["KB-A; PKS-A"] == "KSD"


def test_a_circle_of_parents_ends_the_search(make_review, running):
    rows = [
        running | {"no_dok": "PKS-1", "induk_no": "PKS-2"},
        running | {"no_dok": "PKS-2", "induk_no": "PKS-1"},
    ]
    assert make_review(naskah=rows).cases.empty


_DOCUMENT = st.fixed_dictionaries(
    {
        "jenis_dok": st.sampled_from(["KB", "PKS", "NK", "RK", "LoI", "MoU"]),
        "jenis_ksd": st.sampled_from(["KSDPK", "SINERGI", "KSDPL"]),
        "usulan_id": st.sampled_from(["A", "B", "C", None]),
        "status": st.sampled_from(["rancangan", "berlaku", "dihentikan", "berakhir"]),
        "tgl_ttd": st.sampled_from(["2025-01-01", "2026-09-01", None]),
        "berakhir": st.sampled_from(["2026-01-01", "2028-01-01", None]),
        "induk_no": st.sampled_from(["D-0", "D-1", "D-2", None]),
    }
)


def _followed(make_frame, naskah, at_work):
    rules, today = read_evaluation_rules(), pd.Timestamp("2026-08-31")
    tahapan = [
        {"no_dok": f"D-{n}", "tahap": "pelaksanaan", "tanggal": "2026-01-01"} for n in at_work
    ]
    usulan = [
        {"periode": "2025", "usulan_id": name, "status_usulan": "ditetapkan"} for name in "ABC"
    ]
    documents = documents_on(make_frame("naskah", naskah), read_agreement_rules(), today)
    return follow(
        conformed(make_frame("usulan", usulan), "usulan"),
        documents,
        make_frame("tahapan", tahapan),
        make_frame("monev", []),
        Determinations(decrees={"2025": date(2025, 6, 1)}),
        rules,
        read_follow_rules(),
        today,
    )


@settings(max_examples=40)
@given(st.lists(_DOCUMENT, max_size=8), st.sets(st.integers(0, 7)))
def test_the_funnel_never_widens_and_loses_nobody(make_frame, documents, at_work):
    naskah = [
        {"no_dok": f"D-{n}", "periode_usulan": "2025"} | row for n, row in enumerate(documents)
    ]
    rules, counting = read_evaluation_rules(), read_follow_rules()
    found = _followed(make_frame, naskah, at_work)
    funnel = funnel_of(found.journeys, rules, counting)
    whole = funnel[funnel["periode"] == "*"]
    for steps in (steps_of(cases_of(found, rules), rules), whole):
        assert steps["reached"].is_monotonic_decreasing
        assert (steps["reached"] + steps["open"] + steps["stopped"] == steps["entered"]).all()
        assert steps["entered"].iloc[1:].tolist() == steps["reached"].iloc[:-1].tolist()
    times, curves = waiting_times(found, rules, counting, pd.Timestamp("2026-08-31"))
    parts = times["reached"] + times["open"] + times["stopped"] + times["undated"]
    assert (parts == times["cases"]).all()
    assert curves["waiting_share"].between(0, 1).all()
