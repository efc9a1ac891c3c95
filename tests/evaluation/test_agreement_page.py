"""docs/how-to/agreement-tables.md names every column and every allowed value of the form of today."""

import csv
import re
import runpy
from pathlib import Path

import pytest

from ksd_toolkit.questionnaire import read_form

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "how-to" / "agreement-tables.md"
SAMPLE = PROJECT / "data" / "hulu-sungai-selatan" / "2026"
TABLES = [spec.name for spec in read_form("evaluasi").tables]


def test_the_page_is_the_one_the_form_gives():
    script = runpy.run_path(str(PROJECT / "scripts" / "make_agreement_tables.py"))
    text = PAGE.read_text(encoding="utf-8")
    assert text == script["page_text"](), "run: python scripts/make_agreement_tables.py"


@pytest.mark.parametrize("table", TABLES)
def test_the_sample_holds_the_columns_and_values_the_page_allows(table):
    section = PAGE.read_text(encoding="utf-8").split(f"## `{table}.csv`")[1].split("\n## ")[0]
    allowed = {}
    for line in section.splitlines():
        if found := re.match(r"\| `(\w+)` \| .* \| (?:wajib)? \| (.*) \|$", line):
            name, values = found.groups()
            choice = values.startswith("`") and "urusan.csv" not in values
            allowed[name] = set(re.findall(r"`([^`]+)`", values)) if choice else None
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert rows
    assert list(rows[0]) == list(allowed)
    for name, codes in allowed.items():
        told = {row[name] for row in rows} - {""}
        assert codes is None or told <= codes, name
