"""The case worked by hand in tests/cases/partners.md, table by table."""

import re
from pathlib import Path

import pytest

from ksd_toolkit.matching.indicators import cell_number
from ksd_toolkit.matching.matches import match
from tests.matching.shared_figures import figures

TEXT = (Path(__file__).parents[1] / "cases" / "partners.md").read_text(encoding="utf-8")
CELL = ("1.05", "ISU-D")
HSS, HST = "63.06", "63.07"


def table(title):
    """The rows of the table below a heading, by column name."""
    section = TEXT.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


@pytest.fixture(scope="module")
def found():
    rows = [
        (row["code"], name, 2023, float(row[name]))
        for row in table("Figures")
        for name in ("irb", "ikd")
        if row[name]
    ]
    return match(HSS, atlas=figures(rows))


@pytest.mark.parametrize(
    "row", table("Needs and capacities"), ids=lambda r: f"{r['code']} {r['side']}"
)
def test_every_share_and_its_mean(found, row):
    pieces = found.profiles.evidence(row["code"], CELL, row["side"])
    for piece, name in zip(pieces, ("irb", "ikd"), strict=True):
        count, compared = (int(number) for number in row[name].split("/"))
        assert piece.compared == compared
        assert piece.share * compared == pytest.approx(count)
    worked = re.match(r"\((\d+)/(\d+) \+ (\d+)/(\d+)\) / 2 = ([\d.]+)", row["cell"])
    a, b, c, d = map(int, worked.groups()[:4])
    strength = getattr(found.profiles, row["side"])[found.profiles.row(row["code"])]
    assert strength[cell_number()[CELL]] == pytest.approx((a / b + c / d) / 2, abs=1e-15)
    assert strength[cell_number()[CELL]] == pytest.approx(float(worked[5]), abs=5e-7)


@pytest.mark.parametrize("row", table("Criteria"), ids=lambda r: r["criterion"])
def test_every_criterion_and_its_points(found, row):
    name = row["criterion"]
    value = found.table.loc[HST, name]
    assert value == pytest.approx(float(row["value"]), abs=5e-7)
    assert found.settings.weights[name] == float(row["weight"])
    assert value * found.settings.weights[name] == pytest.approx(float(row["points"]), abs=5e-5)


def test_the_result(found):
    [row] = table("Result")
    shown = found.table.loc[HST]
    for name in ("points", "worst", "best", "coverage"):
        assert shown[name] == float(row[name])
    assert shown["letter"] == row["letter"]
    assert sum(float(one["points"]) for one in table("Criteria")) == pytest.approx(81.457, abs=1e-6)
