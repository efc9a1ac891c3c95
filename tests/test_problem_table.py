"""docs/problems.md names every problem there is, as it is said today."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SCRIPT = PROJECT / "scripts" / "make_problem_table.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("make_problem_table", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    module.problem_codes = cache(module.problem_codes)  # the source does not change meanwhile
    yield module
    del sys.modules[spec.name]


def test_the_table_in_the_documentation_is_the_one_the_source_gives(script):
    written = (PROJECT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert written == script.table_text(), "run: python scripts/make_problem_table.py"


def test_every_code_says_all_it_must_and_is_found_somewhere(script):
    codes = script.problem_codes()
    assert len(codes) > 40
    for name, code in codes.items():
        assert {"say_id", "say_en", "fix_id", "fix_en"} <= code.texts.keys(), name
        assert code.modules, f"nobody raises {name}"
        assert code.severities <= set(script.SEVERITIES), name
        assert code.severities, name


def test_every_row_has_six_filled_cells(script):
    rows = [line for line in script.table_text().splitlines() if line.startswith("| `")]
    assert len(rows) == len(script.problem_codes())
    for row in rows:
        cells = re.split(r"(?<!\\)\|", row)[1:-1]
        assert len(cells) == 6, row
        assert all(cell.strip() for cell in cells), row


@pytest.mark.parametrize(
    ("code", "severities"),
    [
        ("row.duplicate", {"warning"}),
        ("row.key_conflict", {"error"}),
        ("cell.required", {"warning"}),
        ("cell.number", {"error"}),
        ("file.lock", {"info"}),
        ("file.damaged", {"error"}),
        ("evaluation.pks_without_kb", {"error"}),
        ("evaluation.date_missing", {"warning"}),
    ],
)
def test_the_severity_is_the_one_the_reader_gives(script, code, severities):
    assert script.problem_codes()[code].severities == severities
