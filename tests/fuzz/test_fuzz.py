"""Damaged files by the hundred: nothing ends the program but itself, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = int(os.environ.get("KSD_FUZZ_FILES", "500"))
SEED = int(os.environ.get("KSD_FUZZ_SEED", "1"))
HALVES = 2


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: one process a file")
@pytest.mark.parametrize("half", range(HALVES))
def test_damaged_files_end_in_a_sentence_and_balance(half):
    shown = subprocess.run(
        [
            sys.executable, "-m", "tests.fuzz.driver",
            "--files", str(FILES // HALVES), "--seed", str(SEED * HALVES + half),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shown.stdout, shown.stderr
    facts = json.loads(shown.stdout.splitlines()[-1])
    assert facts["wrong"] == []
    assert facts["files"] == FILES // HALVES
    assert set(facts["kinds"]) == {"small", "ours", "ods", "csv"}
