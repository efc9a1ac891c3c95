"""Damaged files by the hundred: nothing ends the program but itself, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import DEADLINE_SECONDS, started

ROOT = Path(__file__).parents[2]
FILES = int(os.environ.get("KSD_FUZZ_FILES", "16"))
SEED = int(os.environ.get("KSD_FUZZ_SEED", "2"))
HALVES = 2 if FILES > 50 else 1
SECONDS_A_FILE = 5  # a fifth of a second where nothing else runs; only a hang takes longer


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: one process a file"),
]


def meet(half):
    """Let the driver take in its half of the files, and judge what it says of them."""
    process = started(
        [
            sys.executable, "-m", "tests.fuzz.driver",
            "--files", str(FILES // HALVES), "--seed", str(2 * SEED + half),
        ],
        deadline=DEADLINE_SECONDS + FILES * SECONDS_A_FILE,
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    output, errors = process.communicate()
    assert output, errors
    facts = json.loads(output.splitlines()[-1])
    assert facts["wrong"] == []
    assert facts["files"] == FILES // HALVES
    assert set(facts["kinds"]) == {"small", "ours", "ods", "csv"}


class TestFirstHalf:
    """A scope of its own, so that two processes share the work."""

    def test_damaged_files_end_in_a_sentence_and_balance(self):
        meet(0)


@pytest.mark.skipif(
    HALVES == 1, reason="more than 50 files are shared by two processes: KSD_FUZZ_FILES"
)
class TestSecondHalf:
    """The other half."""

    def test_damaged_files_end_in_a_sentence_and_balance(self):
        meet(1)
