"""The guide on holding a plenary: its example is accepted as it stands."""

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "hold-the-plenary.md"


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_of_the_guide_is_accepted(room):
    (roster,), (record,) = blocks("csv"), blocks("toml")
    room.write(roster, "anggota_tkksd.csv")
    room.write(record)
    outcome = room.read()
    kinds = ["weight", "weight", "move", "merge", "postpone", "admit"]
    assert list(outcome.changes["kind"]) == kinds
    assert outcome.set_list.index[0] == "DINKES-04"
    assert outcome.set_list.index[-1] == "DINKES-16"
    assert outcome.warnings == ()
