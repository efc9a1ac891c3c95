"""From determined proposal to work, against a case worked by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def worked(case, make_review):
    tables = case("evaluation_follow_through")
    return tables, make_review(
        naskah=tables["naskah"], tahapan=tables["tahapan"], usulan=tables["usulan"]
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


@given(st.lists(_DOCUMENT, max_size=8), st.sets(st.integers(0, 7)))
def test_the_funnel_never_widens_and_loses_nobody(make_review, documents, at_work):
    naskah = [
        {"no_dok": f"D-{n}", "periode_usulan": "2025"} | row for n, row in enumerate(documents)
    ]
    tahapan = [
        {"no_dok": f"D-{n}", "tahap": "pelaksanaan", "tanggal": "2026-01-01"} for n in at_work
    ]
    usulan = [
        {"periode": "2025", "usulan_id": name, "status_usulan": "ditetapkan"} for name in "ABC"
    ]
    steps = make_review(naskah=naskah, tahapan=tahapan, usulan=usulan).follow_through
    assert steps["reached"].is_monotonic_decreasing
    assert (steps["reached"] + steps["open"] + steps["stopped"] == steps["entered"]).all()
    assert steps["entered"].iloc[1:].tolist() == steps["reached"].iloc[:-1].tolist()
