"""docs/how-to/candidate-partners.md names every column, weight and level as the toolkit has them today."""

import re
from pathlib import Path

import pytest

from ksd_toolkit.matching.institution_rules import fit_rules, institution_table
from ksd_toolkit.questionnaire import read_form

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "candidate-partners.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["calon_mitra", "forum"])
def test_the_page_names_every_column_with_its_label(name):
    section = PAGE.split(f"## `{name}.csv`")[1].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \| (.+?) \| (wajib)? ?\|", section, flags=re.M)
    fields = read_form(name).table(name).fields
    assert told == [(f.name, f.label(), "wajib" if f.required else "") for f in fields]


def test_the_page_gives_the_weights_that_hold():
    words = re.sub(r"\s+", " ", PAGE.split("Poin 0-100")[1].split("[`knowledge")[0])
    for criterion in fit_rules().criteria:
        name = "isu" if criterion.code == "isu" else criterion.label().lower()
        assert f"{name} {criterion.weight:g}" in words


def test_the_page_gives_the_levels_that_may_be_proposed():
    rows = {
        line.split("|")[1].strip(): line
        for line in PAGE.splitlines()
        if line.startswith(("| HUK", "| SAMA"))
    }
    table = institution_table()
    for code, rules in (("HUK", "huk"), ("SAMA", "sama")):
        levels = {rule["score"] for rule in table[rules]} - {0}
        assert {int(found) for found in re.findall(r"\b([1-5]) [a-z]", rows[code])} == levels


def test_every_link_of_the_page_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / "how-to" / target).resolve().is_file(), target
