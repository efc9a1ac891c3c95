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


@pytest.fixture
def single(tmp_path):
    """One office, one usulan: every count of the brief is one or none."""
    dossier = new_project(tmp_path).dossier
    return score(register_of(dossier, proposal_of(U=None)), quick_method())


def test_one_of_anything_is_told_in_the_singular(single):
    told = " ".join(
        str(shown(single, "en").blocks)
        for shown in (brief.summary, brief.policy_options, brief.limits, brief.mapping_result)
    )
    assert not re.search(r"\b(?:1|one) (?:offices|proposals|agreements)\b", told)
    assert "One proposal passed the gates" in told
    assert "In one proposal some criteria are unanswered" in told


def test_limits_say_only_what_is_missing(single, tmp_path):
    missing = " ".join(brief.limits(single, "id").texts.values())
    assert "satu usulan ada kriteria yang belum dijawab" in missing
    whole = score(
        register_of(new_project(tmp_path / "lain").dossier, proposal_of()), quick_method()
    )
    complete = " ".join(brief.limits(whole, "id").texts.values())
    assert "belum dijawab" not in complete
    assert "Ada " not in complete  # no error was found, so none is told
