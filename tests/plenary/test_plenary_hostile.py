"""Whatever stands in a record: an outcome that keeps its promises, or a refusal in sentences."""

import json

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary.rules import rules
from tests.plenary.conftest import LISTED, MEETING, POSTPONED, STOPPED, decide, merge, move

SECTIONS = [*rules()["section"], "pindahan"]
KEYS = [*{key for section in rules()["section"].values() for key in section["keys"]}, "lain", "U"]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.one_of(
    st.sampled_from([*LISTED, POSTPONED, STOPPED, "ditunda", "ditetapkan", "PP 28/2018 4(4)"]).map(json.dumps),
    st.integers(-3, 20).map(str),
    st.sampled_from(["nan", "inf", "1.5", "true", "2026-08-27", "09:30:00", '["a", "b"]', "[1]", "{ a = 1 }"]),
    TEXTS.map(lambda text: json.dumps(text, ensure_ascii=False)),
)  # fmt: skip
ENTRIES = st.tuples(
    st.sampled_from(SECTIONS), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5)
)
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(entries):
    """The entries as TOML; `rapat` and `bobot` once, as TOML has it."""
    seen = set()
    for section, cells in entries:
        single = section in {"rapat", "bobot"}
        if not (single and section in seen):
            seen.add(section)
            head = f"[{section}]" if single else f"[[{section}]]"
            yield "\n".join((head, *(f"{key} = {value}" for key, value in cells.items()), ""))


def check(room):
    """Read what is recorded: every promise of an outcome is kept, or every refusal has its sentences."""
    outcome, problems = None, None
    try:
        outcome = room.read()
    except PlenaryError as refusal:
        problems = refusal.problems
    if problems is not None:
        assert problems
        assert all(problem.where.file for problem in problems)
        assert all(problem.sentence(lang) for problem in problems for lang in ("id", "en"))
    if outcome is None:
        return None
    table = outcome.table
    assert sorted(table.index) == sorted([*LISTED, POSTPONED, STOPPED])
    assert list(outcome.set_list["final_rank"]) == list(range(1, len(outcome.set_list) + 1))
    assert table.loc[table["decision"] != "ditetapkan", "final_rank"].isna().all()
    assert set(table.loc[table["merged_into"] != "", "merged_into"]) <= set(outcome.set_list.index)
    assert not (table["named"] & (table["source"] == "")).any()
    assert (outcome.changes["reason"] != "").all()
    if STOPPED in outcome.set_list.index:
        assert table.at[STOPPED, "article"]
    assert all(outcome.explain(usulan, lang) for usulan in table.index for lang in ("id", "en"))
    return outcome


@QUIET
@given(st.lists(ENTRIES, max_size=6))
def test_anything_at_all(room, entries):
    room.write("".join(written(entries)))
    check(room)


@st.composite
def plenaries(draw):
    """A record of known usulan that is mostly in order."""
    known = st.sampled_from([*LISTED, POSTPONED, STOPPED])
    article = st.sampled_from(["", "PP 28/2018 4(4)"])
    return draw(
        st.lists(
            st.one_of(
                st.builds(move, known, st.integers(1, 15), st.just("sebab"), article),
                st.builds(merge, known, known, st.just("sebab"), article),
                st.builds(
                    decide,
                    known,
                    st.sampled_from(["ditetapkan", "ditunda", "ditolak"]),
                    st.just("sebab"),
                    article,
                ),
            ),
            max_size=4,
        )
    )


@QUIET
@given(plenaries())
def test_what_is_accepted_keeps_the_order_of_all_that_was_left_alone(room, entries):
    room.write(MEETING + "".join(entries))
    outcome = check(room)
    if outcome is not None:
        left = outcome.set_list[~outcome.set_list["named"]]
        assert list(left.index) == [u for u in outcome.agreed.table.index if u in left.index]


def test_names_and_reasons_come_back_letter_by_letter(room):
    for text in ("=1+1", "<b>&amp;", "{usulan}", "#let x", "$x^{", "'; DROP TABLE", "\u202etxet"):
        room.write(MEETING + move("DINKES-02", 1, text.replace('"', "")))
        outcome = room.read()
        assert outcome.changes["reason"].iloc[0] == " ".join(text.split())
        assert not pd.isna(outcome.explain("DINKES-02"))
