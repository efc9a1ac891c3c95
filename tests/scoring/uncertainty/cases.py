"""Small matrices to be shaken, and the published cases."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.tree import Node, flat
from ksd_toolkit.scoring.uncertainty.judged import Judged

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "golden"

SETTINGS = Uncertainty(draws=300, seed=7, concentration=50.0, top=2, interval=(0.05, 0.95))
ALL = replace(SETTINGS, missing=True, raters=True, noise=0.3)
WEIGHTS = np.array([40.0, 30.0, 20.0, 10.0])

GEOMETRIC = flat(4, "geometric")
MIXED = Node("", "geometric", (0,), (Node("A", "additive", (1, 2)), Node("B", "geometric", (3,))))
LINEAR = (Preference("linear", 0.0, 2.0, None),) * 4


def case(name):
    """A golden case: its input and what it expects."""
    path = ROOT / "tests" / "golden" / f"{name}.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["id"] == name
    return found["input"], found["expected"]


def data(name):
    """A golden file that stays where it is."""
    if not (path := SHARED / name).exists():
        pytest.skip(f"{name} is not beside this checkout")
    return path


def levels_of(answers, weights=WEIGHTS, root=None, preferences=(), opinions=None, **changes):
    """Answers 1 to 5 to be shaken; None is unanswered."""
    answers = np.array(answers, dtype=float)
    m = len(weights)
    found = {
        "answers": answers,
        "applicable": np.ones(answers.shape, dtype=bool),
        "weights": np.asarray(weights, dtype=float),
        "lows": np.full(m, 1.0),
        "highs": np.full(m, 5.0),
        "rising": np.ones(m, dtype=bool),
        "rated": np.ones(m, dtype=bool),
        "opinions": opinions or {},
        "root": root or flat(m),
        "lowest": 0.01,
        "preferences": preferences,
    }
    return Judged(**found | changes)


ANSWERS = st.integers(1, 6).flatmap(
    lambda n: arrays(float, (n, 4), elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0]))
)
WITH_BLANKS = st.integers(1, 6).flatmap(
    lambda n: arrays(float, (n, 4), elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan]))
)
WAYS = st.sampled_from([{}, {"root": GEOMETRIC}, {"root": MIXED}, {"preferences": LINEAR}])
