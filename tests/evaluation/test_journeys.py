"""Journeys of proposals: determination, chains over periods, time to a step, and why one stopped."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.stopped import agreed_of, refusals_of, unstarted_of
from ksd_toolkit.evaluation.time_to_step import median_of, survival
from ksd_toolkit.questionnaire.form_reading import read_form

MEETING, DECREE = date(2026, 5, 4), date(2026, 6, 1)


def usulan_of(name, period="2026", status="diajukan", **more):
    titled = {"judul": f"Usulan {name}", "opd_kode": "DINKES"}
    return {"periode": period, "usulan_id": name, "status_usulan": status, **titled, **more}


def ruling(name, decision, into="", why="", period="2026"):
    return {
        "periode": period, "usulan_id": name, "decision": decision, "merged_into": into,
        "reason": why, "source": "pleno.toml",
    }  # fmt: skip


def decided(*rulings, decrees=None, meetings=None):
    frame = pd.DataFrame(rulings).astype("str")
    return Determinations(frame, decrees or {}, meetings or {"2026": MEETING})


def document(name, kind, usulan, period="2026", **more):
    signed = {"tgl_ttd": "2026-07-01", "mulai": "2026-07-01", "berakhir": "2028-06-30"}
    return {
        "no_dok": name, "jenis_dok": kind, "jenis_ksd": "KSDPK", "mitra_jenis": "bumd",
        "usulan_id": usulan, "periode_usulan": period, "status": "berlaku", **signed, **more,
    }  # fmt: skip


def row_of(frame, name, period="2026"):
    held = (frame["periode"] == period) & (frame["usulan_id"] == name)
    return frame[held].iloc[0]


def test_every_fate_belongs_to_a_status_the_form_offers():
    offered = {c.code for c in read_form("pemetaan").table("usulan").field("status_usulan").choices}
    assert set(read_follow_rules().fates) <= offered


def test_a_plenary_agrees_and_the_decree_determines(make_review):
    usulan, told = [usulan_of("A")], decided(ruling("A", "ditetapkan"))
    review = make_review(usulan=usulan, told=told)
    assert row_of(review.journeys, "A")["fate"] == "disepakati"
    assert agreed_of(review.journeys)["usulan_id"].tolist() == ["A"]
    decreed = make_review(
        usulan=usulan, told=decided(ruling("A", "ditetapkan"), decrees={"2026": DECREE})
    )
    journey = row_of(decreed.journeys, "A")
    assert (journey["fate"], journey["day_zero"], journey["day_source"]) == (
        "ditetapkan", pd.Timestamp(DECREE), "sk",
    )  # fmt: skip
    ahead = decided(ruling("A", "ditetapkan"), decrees={"2026": date(2026, 9, 1)})
    assert row_of(make_review(usulan=usulan, told=ahead).journeys, "A")["fate"] == "disepakati"


def test_a_signed_document_shows_that_the_list_was_determined(make_review):
    review = make_review(
        usulan=[usulan_of("A")],
        naskah=[document("KB-1", "KB", "A")],
        told=decided(ruling("A", "ditetapkan")),
    )
    journey = row_of(review.journeys, "A")
    assert (journey["fate"], journey["day_source"]) == ("ditetapkan", "pleno")
    days = review.milestones.set_index("step")["days"]
    assert days["payung"] == (date(2026, 7, 1) - MEETING).days


def test_a_plenary_goes_before_the_stated_status_and_gives_its_reason(make_review):
    told = decided(ruling("A", "ditunda", why="Lahan masih ditelaah"))
    review = make_review(usulan=[usulan_of("A", status="ditetapkan")], told=told)
    stop = row_of(review.stops, "A")
    assert (stop["kind"], stop["why"]) == ("ditunda", "Lahan masih ditelaah")
    assert "Ditunda. Alasan: Lahan masih ditelaah." in review.explain_usulan("2026", "A")


def test_no_day_of_determination_is_invented(make_review):
    review = make_review(
        usulan=[usulan_of("A", status="ditetapkan")], naskah=[document("KB-1", "KB", "A")]
    )
    assert pd.isna(row_of(review.journeys, "A")["day_zero"])
    assert review.milestones["days"].isna().all()
    assert "tanggal penetapannya tidak tercatat" in review.explain_usulan("2026", "A")


def test_a_merged_usulan_goes_on_as_the_one_it_was_merged_into(make_review):
    rulings = (ruling("A", "ditetapkan"), ruling("B", "digabung", into="A"))
    review = make_review(
        usulan=[usulan_of("A"), usulan_of("B")],
        naskah=[document("KB-1", "KB", "B")],
        told=decided(*rulings, decrees={"2026": DECREE}),
    )
    assert row_of(review.journeys, "A")["reached"] == "payung"
    merged = row_of(review.journeys, "B")
    assert (merged["state"], merged["head"]) == ("menyatu", "2026/A")
    funnel = review.funnel[review.funnel["periode"] == "2026"].set_index("step")
    assert funnel.loc["ditetapkan", ["entered", "reached", "joined"]].tolist() == [2, 1, 1]
    assert "Termasuk 2026/B." in review.explain_usulan("2026", "A")
    assert "Digabung ke A." in review.explain_usulan("2026", "B")


def test_one_carried_on_before_it_was_carried_out_stays_one_journey(make_review):
    usulan = [
        usulan_of("NEW", status="ditetapkan", usulan_asal="OLD", periode_asal="2025"),
        usulan_of("OLD", "2025", "ditetapkan"),
    ]
    naskah = [
        document("KB-1", "KB", "OLD", "2025", tgl_ttd="2025-09-01"),
        document("PKS-1", "PKS", "NEW", induk_no="KB-1"),
    ]
    review = make_review(usulan=usulan, naskah=naskah)
    old, new = row_of(review.journeys, "OLD", "2025"), row_of(review.journeys, "NEW")
    assert (old["reached"], old["state"]) == ("pelaksana", "terbuka")
    assert (new["state"], new["head"]) == ("menyatu", "2025/OLD")
    assert len(review.cases) == 1, "nobody is counted twice"
    assert "Perjalanannya dihitung dalam 2025/OLD." in review.explain_usulan("2026", "NEW")


def test_one_that_carries_on_finished_work_is_a_journey_of_its_own(make_review):
    usulan = [
        usulan_of("OLD", "2025", "ditetapkan"),
        usulan_of("NEW", status="ditetapkan", usulan_asal="OLD", periode_asal="2025"),
    ]
    naskah = [
        document("KB-1", "KB", "OLD", "2025"),
        document("PKS-1", "PKS", "OLD", "2025", induk_no="KB-1"),
    ]
    tahapan = [{"no_dok": "PKS-1", "tahap": "pelaksanaan", "tanggal": "2026-07-10"}]
    review = make_review(usulan=usulan, naskah=naskah, tahapan=tahapan)
    assert row_of(review.journeys, "NEW")["head"] == "2026/NEW"
    assert row_of(review.journeys, "NEW")["reached"] == "ditetapkan"
    assert "Diajukan lagi sebagai 2026/NEW." in review.explain_usulan("2025", "OLD")


def test_a_postponed_one_carried_on_is_counted_where_it_was_determined(make_review):
    usulan = [
        usulan_of("OLD", "2025", "ditunda"),
        usulan_of("NEW", status="ditetapkan", usulan_asal="OLD", periode_asal="2025"),
    ]
    review = make_review(usulan=usulan)
    assert row_of(review.stops, "OLD", "2025")["carried_by"] == "2026/NEW"
    assert review.cases["usulan_id"].tolist() == ["NEW"]


@pytest.mark.parametrize(
    "pairs", [[("A", "B"), ("B", "A")], [("A", "A")], [("A", "GONE")]], ids=str
)
def test_circles_and_targets_that_are_gone_end_the_search(make_review, pairs):
    rulings = [ruling(name, "digabung", into=into) for name, into in pairs]
    review = make_review(usulan=[usulan_of("A"), usulan_of("B")], told=decided(*rulings))
    steps = review.funnel[review.funnel["periode"] == "*"]
    parts = steps["reached"] + steps["open"] + steps["stopped"] + steps["joined"]
    assert (parts == steps["entered"]).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": "dihentikan", "berakhir": "2026-08-01", "alasan_berakhir": "pailit"},
         "KB-1 berakhir pada 1 Agustus 2026: mitra pailit (PP 28/2018 Pasal 22"),
        ({"status": "dihentikan", "alasan_berakhir": "kesepakatan"},
         "KB-1 dihentikan, harinya tidak tercatat: para pihak sepakat mengakhirinya"),
        ({"status": "dihentikan"}, "KB-1 dihentikan tanpa alasan dan hari yang tercatat"),
        ({"berakhir": "2026-08-30"},
         "KB-1 berakhir pada 30 Agustus 2026 menurut tanggalnya: jangka waktunya berakhir"),
    ],
    ids=["stated", "undated", "unknown", "term"],
)  # fmt: skip
def test_why_one_stopped_is_what_its_last_document_says(make_review, change, told):
    naskah = [document("KB-1", "KB", "A", **change)]
    review = make_review(usulan=[usulan_of("A", status="ditetapkan")], naskah=naskah)
    assert row_of(review.journeys, "A")["state"] == "berhenti"
    assert told in review.explain_usulan("2026", "A")


def test_a_stopped_one_leaves_on_its_day_and_is_counted_as_stopped(make_review):
    naskah = [document("KB-1", "KB", "A", berakhir="2026-08-01")]
    told = Determinations(decrees={"2026": DECREE})
    review = make_review(usulan=[usulan_of("A", status="ditetapkan")], naskah=naskah, told=told)
    curve = review.waiting_curves[review.waiting_curves["step"] == "pelaksana"].iloc[0]
    assert (curve["days"], curve["reached"], curve["left"]) == (61, 0, 1)
    times = review.waiting_times[review.waiting_times["step"] == "pelaksana"].iloc[0]
    assert (times["stopped"], times["open"], times["no_median"]) == (1, 0, "few")


def test_those_that_never_began_are_named_longest_wait_first(make_review):
    usulan = [usulan_of("B", status="ditetapkan"), usulan_of("A", "2025", "ditetapkan")]
    usulan.append(usulan_of("C", "2024", "ditetapkan"))
    told = Determinations(decrees={"2026": DECREE, "2025": date(2025, 6, 1)})
    found = unstarted_of(make_review(usulan=usulan, told=told).journeys)
    assert found["usulan_id"].tolist() == ["A", "B", "C"]
    assert found["waiting_days"].iloc[:2].tolist() == [456, 91]
    assert pd.isna(found["waiting_days"].iloc[2])


def test_small_groups_have_counts_and_no_percentages(make_review):
    smallest = read_follow_rules().smallest_group
    usulan = [usulan_of(f"A{n}", status="ditetapkan", jenis="SINERGI") for n in range(smallest)]
    usulan.append(usulan_of("B", status="ditetapkan", jenis="KSDPK-a"))
    groups = make_review(usulan=usulan).groups
    by_type = groups[groups["grouping"] == "jenis"].set_index("group")
    assert by_type.loc["SINERGI", "carried_out_percent"] == 0
    assert pd.isna(by_type.loc["KSDPK", "carried_out_percent"])


def test_alike_reasons_of_a_period_stand_together_most_frequent_first(make_review):
    rulings = [ruling(n, "ditolak", why="Pengadaan") for n in "AB"]
    rulings += [ruling("C", "ditunda", why="Lahan"), ruling("D", "ditolak", why="Lahan")]
    usulan = [usulan_of(name) for name in "ABCD"] + [usulan_of("E", "2025", "ditunda")]
    found = refusals_of(make_review(usulan=usulan, told=decided(*rulings)).stops)
    assert found["usulan"].tolist() == ["A; B", "D", "C", "E"]
    assert found["why"].isna().tolist() == [False, False, False, True]


def test_an_unknown_usulan_is_refused(make_review):
    with pytest.raises(InputError, match="2026/X"):
        make_review().explain_usulan("2026", "X")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=30))
def test_the_share_still_waiting_is_that_of_scipy(cases):
    days, reached = zip(*cases, strict=True)
    curve = survival(days, reached)
    events = np.array(reached)
    watched = np.array(days, dtype="float64")
    data = CensoredData(uncensored=watched[events], right=watched[~events])
    expected = ecdf(data).sf.evaluate(curve["days"].to_numpy())
    np.testing.assert_allclose(curve["waiting_share"], expected, atol=1e-12)
    assert (curve["reached"] + curve["left"]).sum() == len(cases)
    median = median_of(curve)
    assert (
        np.isnan(median)
        or curve.loc[curve["days"] == median, "waiting_share"].iloc[0] <= 0.5 + 1e-12
    )


def test_the_share_still_waiting_by_hand():
    """5 cases: reached on 10 and 30, stopped on 20, open on 40 and 40: 4/5, then 4/5 x 2/3."""
    curve = survival([10, 20, 30, 40, 40], [True, False, True, False, False])
    assert curve["at_risk"].tolist() == [5, 4, 3, 2]
    assert curve["waiting_share"].round(4).tolist() == [0.8, 0.8, 0.5333, 0.5333]
    assert np.isnan(median_of(curve))


def test_a_document_ended_early_stops_its_usulan_on_that_day(make_review):
    """Its term ran to 2028; it was ended on 30 May 2026."""
    usulan = [{"periode": "2025", "usulan_id": "DINKES-01", "judul": "Usulan", "opd_kode": "DINKES", "status_usulan": "ditetapkan"}]  # fmt: skip
    document = {
        "no_dok": "KB-1", "jenis_dok": "KB", "jenis_ksd": "KSDPK", "usulan_id": "DINKES-01",
        "periode_usulan": "2025", "tgl_ttd": "2026-01-05", "mulai": "2026-01-05", "berakhir": "2028-01-04",
        "status": "dihentikan", "alasan_berakhir": "kesepakatan", "tgl_pengakhiran": "2026-05-30",
    }  # fmt: skip
    journeys = make_review(usulan=usulan, naskah=[document]).journeys
    assert journeys["stopped_on"].dt.date.tolist() == [date(2026, 5, 30)]
