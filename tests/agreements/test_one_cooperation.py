"""tests/cases/agreements_history.md: one cooperation with a third party, from preparation to report."""

from dataclasses import replace
from datetime import date

import pytest

from ksd_toolkit.agreements import Event
from ksd_toolkit.errors import Problem
from tests.evaluation.conftest import tables_of_case

CASE = tables_of_case("agreements_history")
NUMBER = "PKS-07/2024"
LAST_DAY = date(2027, 1, 29)


@pytest.fixture
def whole(standing):
    return standing(CASE["naskah"], CASE["tahapan"], LAST_DAY)


def test_the_history_is_told_with_its_articles(whole):
    told = [
        {"no_dok": number, "date": event.on.isoformat(), "what": event.what, "code": event.code,
         "article": whole.history(number).ground_of(event).cited("id")}
        for number in ("KB-12/2024", NUMBER)
        for event in whole.history(number).events
    ]  # fmt: skip
    assert told == CASE["history"]
    assert whole.findings == ()


@pytest.mark.parametrize("row", CASE["days"], ids=lambda row: row["day"])
def test_how_it_stood_on_a_day(standing, row):
    """The register of that day holds no ground for an end that was still to come."""
    ground = "jangka_waktu" if row["stated"] == "berakhir" else ""
    then = {"status": row["stated"], "alasan_berakhir": ground}
    naskah = [one | then if one["no_dok"] == NUMBER else one for one in CASE["naskah"]]
    found = standing(naskah, CASE["tahapan"], date.fromisoformat(row["day"]))
    document = found.documents.set_index("no_dok").loc[NUMBER]
    history = found.history(NUMBER)
    assert (history.stage.code if history.stage else "") == row["stage"]
    assert (history.next_stage.code if history.next_stage else "") == row["next"]
    assert document["effective_status"] == row["status"]
    assert int(document["days_left"]) == int(row["days_left"])
    assert int(document["nilai_rupiah"]) == int(row["value"])
    reminders = found.reminders[found.reminders["no_dok"] == NUMBER].to_dict("records")
    assert [f"{one['kind']} {one['due'].date()}" for one in reminders] == (
        [row["due"]] if row["due"] else []
    )


@pytest.mark.parametrize("row", CASE["refused"], ids=lambda row: f"{row['refusal']}-{row['after']}")
def test_what_could_not_have_happened(whole, row):
    history = whole.history(NUMBER)
    begun = history.events[: int(row["after"])]
    until = next((one.until for one in reversed(begun) if one.until), date(2026, 7, 31))
    before = replace(history, events=begun, until=until)
    outcome = before.advance(Event(row["what"], date.fromisoformat(row["date"]), row["code"]))
    assert isinstance(outcome, Problem)
    assert (outcome.code, outcome.facts["law"]) == (f"agreements.{row['refusal']}", row["article"])
    assert NUMBER in outcome.sentence("id")
