"""The guide on agreements says what the rules say: every stage and every ground with its article."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ksd_toolkit.agreements import read_agreement_rules

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "agreements.md"
RULES = read_agreement_rules()
HEADED = {
    "KSDD-W dan KSDD-S": ("KSDD-W", "KSDD-S"), "KSDPK": ("KSDPK",), "Sinergi": ("SINERGI",),
    "Luar negeri": ("KSDPL", "KSDLL"),
}  # fmt: skip


def rows_below(heading):
    """The cells of the table below a heading, without its titles."""
    part = re.split(rf"\n##+ {heading}", GUIDE.read_text(encoding="utf-8"))[1].split("\n#")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("heading", HEADED)
def test_the_stages_of_every_type_stand_in_the_guide_in_their_order(heading):
    told = [(code.strip("`"), docs, law) for _, code, docs, law, _ in rows_below(heading)]
    for jenis in HEADED[heading]:
        stages = RULES.courses[jenis]
        assert told == [(s.code, ", ".join(s.carried_by), s.ground.cited()) for s in stages]


def test_what_the_guide_says_of_a_stage_is_what_the_rules_say():
    for heading, types in HEADED.items():
        for row, stage in zip(rows_below(heading), RULES.courses[types[0]], strict=True):
            note = row[-1]
            assert ("ditandatangani" in note) is stage.signs
            assert ("sesudah naskah induknya" in note) is stage.needs_parent
            assert ("hanya bila persetujuan DPRD" in note) is (stage.only_when == "council")
            assert ("boleh tidak dicatat" in note) is (stage.only_when == "never")
            assert ("boleh sesudah berakhir" in note) is stage.after_end


def test_every_ground_for_ending_stands_in_the_guide_with_its_article():
    types = ("KSDD-W", "KSDPK", "KSDPL")
    told = {
        code.strip("`"): dict(zip(types, laws, strict=True))
        for _, code, *laws in rows_below("Berakhirnya")
    }
    for jenis in types:
        grounds = {code: ground.cited() for code, ground in RULES.endings[jenis].items()}
        assert {
            c: laws[jenis] for c, laws in told.items() if laws[jenis] != "tidak dikenal"
        } == grounds
    assert RULES.endings["KSDD-S"] == RULES.endings["KSDD-W"]


def test_what_no_article_says_of_sinergi_is_never_printed_as_law():
    applied = {
        code: replace(ground, by_analogy=True) for code, ground in RULES.endings["KSDD-S"].items()
    }
    assert RULES.endings["SINERGI"] == applied
    assert all("diterapkan secara analogi" in ground.cited() for ground in applied.values())
    own = [stage.code for stage in RULES.courses["SINERGI"] if not stage.ground.by_analogy]
    assert own == ["penandatanganan_kb"]
    others = [
        s.ground for jenis, course in RULES.courses.items() if jenis != "SINERGI" for s in course
    ]
    assert not any(ground.by_analogy for ground in others)
