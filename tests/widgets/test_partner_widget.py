"""The partner page follows the same path as a paper: weights, lens, reasons."""

import json

import pytest

from ksd_toolkit.matching.finding import find_partners
from ksd_toolkit.scoring.shares import shares
from ksd_toolkit.widgets.partner_facts import partner_answer, partner_facts
from ksd_toolkit.widgets.partners import PartnerWhatIf

POINTS = {"shared_problems": 60, "complementarity": 25, "nearness": 0, "feasibility": 10}


class Heard(PartnerWhatIf):
    """A widget without a page: what it sends is kept."""

    def send(self, content, buffers=None):
        self.sent = content


@pytest.fixture(scope="module")
def matches(ranking):
    return find_partners(ranking.register)


@pytest.fixture(scope="module")
def widget(matches):
    return Heard(matches)


def test_other_weights_rank_as_a_run_would(matches, widget):
    widget._heard(None, {"number": 4, "kind": "answer", "points": POINTS}, [])
    expected = matches.replace(weights=shares(POINTS))
    codes = sorted(matches.table.index)
    assert widget.sent["number"] == 4
    assert [codes[place] for place in widget.sent["order"]] == list(expected.table.index)
    assert widget.sent["shares"] == pytest.approx(shares(POINTS))
    first = expected.table.iloc[0]
    assert widget.sent["points"][widget.sent["order"][0]] == first["points"]


def test_a_lens_leaves_out_what_it_does_not_look_at(matches, widget):
    widget._heard(None, {"number": 5, "kind": "answer", "lens": "without_nearness"}, [])
    expected = matches.under_lens("without_nearness")
    codes = sorted(matches.table.index)
    assert [codes[place] for place in widget.sent["order"]] == list(expected.table.index)
    assert widget.sent["shares"]["nearness"] == 0


def test_a_region_tells_what_is_shared(matches, widget):
    first = str(matches.table.index[0])
    widget._heard(None, {"number": 6, "kind": "reasons", "partner": first}, [])
    assert widget.sent["sentence"] == matches.explain(first)
    assert len(widget.sent["shared"]) == len(matches.shared(first))


@pytest.mark.parametrize(
    "told", [{"lens": "ISU-Z"}, {"points": {"x": 1}}, {"points": {"nearness": 900}}]
)
def test_what_cannot_be_is_answered_in_a_sentence(widget, told):
    widget._heard(None, {"number": 7, "kind": "answer", **told}, [])
    assert widget.sent["error"]


def test_facts_are_plain_json(matches):
    facts = json.loads(json.dumps(partner_facts(matches), allow_nan=False))
    assert len(facts["codes"]) == len(facts["names"]) == len(matches.table)
    drawn = {shape["code"] for shape in facts["map"]["shapes"]}
    assert matches.home.code in drawn
    assert set(matches.table.index[:5]) <= drawn
    json.dumps(partner_answer(matches), allow_nan=False)
