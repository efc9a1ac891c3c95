"""The table of proposals and the shares: every row can be filled in by any region, and is plainly invented."""

import re

import pytest

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.regions import all_regions
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.filling import Filling, filled
from ksd_toolkit.simulation.knowledge import BORDER, FAR, shares, templates
from ksd_toolkit.simulation.region_plan import all_offices, office_rows

MARK = re.compile(r"\{(\w)\}")
FORM = read_form("pemetaan")
LONGEST = max((r for r in all_regions() if not r.is_province), key=lambda r: len(r.name))
PUBLIC = {"pemda", "kl_vertikal", "opd_internal"}


def codes(table, field):
    return {choice.code for choice in FORM.table(table).field(field).choices}


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_every_row_answers_the_questionnaire(one):
    texts = one.texts
    for name in ("urusan_kode", "sifat", "objek", "kewenangan", "arah"):
        assert texts[name] in codes("usulan", name)
    assert set(one.issues) <= codes("usulan", "isu")
    assert set(texts["output"].split(";")) <= codes("usulan", "output_dituju")
    assert {kind for _, kind, _ in one.partners} <= codes("mitra", "mitra_jenis")
    assert re.fullmatch("[yt]{3}", texts["ekst"])
    assert one.opd_kode in {row["opd_kode"] for row in office_rows(all_offices())}
    for least, most in (one.figure, one.baseline, one.target, one.cost):
        assert 0 <= least <= most
    better = one.target[0] > one.baseline[1] or texts["arah"] == "turun"
    assert better or one.target[1] < one.baseline[0] or one.code == "kajian-ekonomi"


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_a_border_is_named_by_both_its_regions(one):
    marks = set(MARK.findall(one.texts["judul"]))
    assert marks == {BORDER: {"a", "b"}, FAR: {"b"}}.get(one.scope, {"a"})
    others = {name for name, kind, _ in one.partners if kind == "pemda"}
    assert others == ({"{b}"} if one.scope in {BORDER, FAR} else set())
    assert "{n}" in one.texts["bukti"]


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_no_company_or_association_is_named_that_could_exist(one):
    for name, kind, _ in one.partners:
        assert kind in PUBLIC or "(contoh)" in name, name


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_titles_fit_the_longest_names(one):
    other = LONGEST if one.scope in {BORDER, FAR} else None
    draws = Draws(1)
    proposal = filled(Filling(one, LONGEST, None, 2026, draws), "2026", "X-01", 0.0, "diajukan")
    names = {"a": LONGEST.name, "b": other.name if other else "", "p": ""}
    assert len(one.texts["judul"].format_map(names)) <= 150
    assert not MARK.search(" ".join(str(fact) for fact in proposal.facts.values()))


def test_shares_are_shares():
    for group in ("border", "defects"):
        for name, value in shares()[group].items():
            assert 0 <= value <= 1, name
    assert shares()["source"]
    assert len({one.code for one in templates()}) == len(templates())
