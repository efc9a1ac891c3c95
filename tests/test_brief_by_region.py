"""The brief names the head of the region as the law does, whatever kind of region it is."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.prose import brief
from ksd_toolkit.regions import find_region
from ksd_toolkit.scoring import score
from tests.scoring.conftest import proposal_of, quick_method, register_of
from tests.small_project import new_project

HEADS = {"Bupati", "Wali Kota", "Gubernur", "regent", "mayor", "governor"}


@pytest.mark.parametrize(
    ("code", "indonesian", "english"),
    [
        ("63.06", "Bupati", "regent"),
        ("63.72", "Wali Kota", "mayor"),
        ("63", "Gubernur", "governor"),
    ],
)
def test_the_head_of_the_region_is_asked_and_issues_the_regulation(
    tmp_path, code, indonesian, english
):
    dossier = replace(new_project(tmp_path).dossier, region=find_region(code))
    ranking = score(register_of(dossier, proposal_of()), quick_method())
    for lang, head in (("id", indonesian), ("en", english)):
        shown = (
            brief.summary(ranking, lang), brief.policy_options(ranking, lang),
            brief.recommendations(ranking, lang),
        )  # fmt: skip
        told = " ".join(str(one.blocks) for one in shown)
        assert {name for name in HEADS if re.search(rf"\b{name}\b", told)} == {head}
