"""The three regions of the hand-worked case."""

import pytest

from ksd_toolkit.rollup.result import rolled_up
from ksd_toolkit.rollup.summary import Levels, Naming, Response, TopUsulan
from tests.evaluation.conftest import tables_of_case
from tests.rollup.regions import PROBLEMS, STEPS, missing, steps_of, summary, used

CASE = tables_of_case("rollup_three_regions")


def whole(text):
    return int(text) if text else None


def of(table, code):
    return [row for row in CASE[table] if row["code"] == code]


def region(code):
    (counts,) = of("response", code)
    (levels,) = of("maturity of d1", code)
    numbers = ("asked", "answered", "usulan", "scored", "ranked")
    answers = tuple(int(levels[f"level_{n}"]) for n in range(5))
    reached = [[int(row[step]) for step in STEPS] for row in of("steps", code)]
    return summary(
        code,
        response=Response(*(whole(counts[name]) for name in numbers)),
        maturity=tuple(Levels(p, answers if p == "d1" else (0,) * 5) for p in PROBLEMS),
        top=tuple(
            TopUsulan(f"DINKES-{n:02d}", int(row["rank"]), row["urusan"], row["isu"])
            for n, row in enumerate(of("top lists", code), start=1)
        ),
        namings=tuple(
            Naming(
                f"DINKES-{int(row['number']):02d}", "Layanan", row["urusan"], row["partner"],
                row["mandatory"] == "yes",
            )
            for row in of("namings", code)
        ),
        steps=steps_of(*reached[0]) if reached else (),
    )  # fmt: skip


@pytest.fixture(scope="session")
def regions():
    return [region(row["code"]) for row in CASE["response"]]


@pytest.fixture(scope="session")
def rollup(regions, tmp_path_factory):
    found = [*used(*regions), missing("63.08")]
    return rolled_up(found, tmp_path_factory.mktemp("three"), "2026", "63")
