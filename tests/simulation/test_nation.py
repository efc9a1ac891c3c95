"""Which regions there are, who borders whom, and what neighbours say of each other."""

from collections import Counter

import pytest

from ksd_toolkit.regions import are_neighbours, find_region
from ksd_toolkit.simulation.nation import NATION, chosen, named_by, partner_of, regencies
from ksd_toolkit.simulation.simulate import Nation
from ksd_toolkit.simulation.written import proposals_of

SEED = 1


@pytest.fixture(scope="module")
def nation():
    return Nation(regions=NATION, seed=SEED, period="2026", offices=28).plans()


@pytest.fixture(scope="module")
def proposals(nation):
    return {plan.region.code: proposals_of(plan) for plan in nation}


def test_the_nation_is_every_regency_and_city_once():
    assert len(regencies()) == NATION == 514
    assert {r.code for r in chosen(NATION, SEED)} == {r.code for r in regencies()}


@pytest.mark.parametrize("count", [1, 4, 5, 10, 37])
def test_a_few_are_the_first_of_many(count):
    assert chosen(count, SEED) == chosen(60, SEED)[:count]


def test_another_seed_chooses_others():
    assert chosen(10, 1) != chosen(10, 2)


def test_ten_regions_border_each_other_and_lie_apart():
    ten = chosen(10, SEED)
    pairs = [(a, b) for a in ten for b in ten if a.code < b.code and are_neighbours(a.code, b.code)]
    assert len(pairs) >= 5
    assert len({region.province for region in ten}) >= 2


def test_neighbours_are_real_and_part_of_the_topics_is_named_by_both(nation):
    named = {
        (plan.region.code, shared.neighbour.code, shared.template.code)
        for plan in nation
        for shared in named_by(plan.region, SEED, 2026)
    }
    assert all(are_neighbours(a, b) for a, b, _ in named)
    mutual = sum((b, a, topic) in named for a, b, topic in named)
    assert 0.45 < mutual / len(named) < 0.75  # 0.45 of the topics by both: 0.62 of the namings
    assert mutual % 2 == 0


def test_a_unit_of_jakarta_is_represented_by_its_province():
    bekasi, east, south = map(find_region, ("32.75", "31.75", "31.74"))
    assert partner_of(bekasi, east) == find_region("31")
    assert partner_of(east, bekasi) == bekasi
    assert partner_of(east, south) is None


def test_regions_differ_as_regions_do(proposals):
    sizes = Counter(len(found) for found in proposals.values())
    assert sizes[0] >= 3
    assert sizes[1] >= 3
    assert max(sizes) <= 35
    assert max(sizes) > 25
    families = Counter(p.family for found in proposals.values() for p in found)
    assert families.keys() == {"KSDD", "KSDPK", "Sinergi", "BUKAN"}


def test_partners_at_the_border_have_the_code_of_a_neighbour(proposals):
    """A voluntary partner may lie anywhere else; `lokasi` names both regions of a border."""
    both = set()
    for code, found in proposals.items():
        for proposal in found:
            others = [p for p in proposal.partners if p.jenis == "pemda"]
            assert all(find_region(p.kode_wilayah).is_party for p in others)
            if ";" in proposal.facts["lokasi"]:
                (partner,) = others
                assert are_neighbours(code, partner.kode_wilayah)
                both.add((code, partner.kode_wilayah, proposal.facts["urusan_kode"]))
            elif others:
                assert not are_neighbours(code, others[0].kode_wilayah)
    mutual = [pair for pair in both if (pair[1], pair[0], pair[2]) in both]
    assert len(mutual) > 50
    assert len(both) - len(mutual) > 50


def test_ids_are_those_of_offices_that_answer(nation, proposals):
    for plan in nation[:40]:
        found = proposals[plan.region.code]
        assert len({p.usulan_id for p in found}) == len(found)
        assert all(plan.sends(p.opd_kode) for p in found)


def test_provinces_differ_in_maturity_and_regions_in_response(nation):
    by_province = {}
    for plan in nation:
        by_province.setdefault(plan.region.province, set()).add(plan.character.maturity)
    assert all(len(values) == 1 for values in by_province.values())
    assert len(by_province) == 38
    rates = [plan.character.response for plan in nation]
    assert min(rates) < 0.7
    assert max(rates) > 0.95
