"""The mandatory pairs of the roll-up: named by both sides, by one alone, and those that name nobody by code."""

from collections.abc import Mapping, Sequence
from typing import Any

from ksd_toolkit.display import Shown
from ksd_toolkit.messages import count, say
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.pairs import BOTH
from ksd_toolkit.rollup.wording import region_name, topic_name
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.scoring.mandatory import pair_of, sources
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.rollup_words import shown

_Row = Mapping[Any, Any]


def by_both(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """The pairs both sides name for the same affair, with the usulan of each side."""
    lang = lang or rollup.lang
    found = rollup.mandatory_pairs
    found = found[found["state"] == BOTH]
    titles = [("pair", "left", 2.8), ("affair", "left", 2.2), ("letter", "left", 1.6)]
    titles += [("first_usulan", "left", 2.6), ("second_usulan", "left", 2.6)]
    body = [
        (
            f"{region_name(row['first'])} \u2013 {region_name(row['second'])}",
            _affair(row, lang),
            _letter(row, lang),
            row["first_told"],
            row["second_told"],
        )
        for row in found.to_dict("records")
    ]
    laws = {name: cited(key, lang) for name, key in sources().items()}
    return shown("by_both", titles, body, lang, _subjects(found.to_dict("records")), rows, laws)


def by_one(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """The pairs one side names, and what is known of the other side."""
    lang = lang or rollup.lang
    found = rollup.mandatory_pairs
    found = found[found["state"] != BOTH]
    titles = [("named_by", "left", 2.2), ("other_side", "left", 2.2), ("affair", "left", 2.0)]
    titles += [("usulan_text", "left", 2.8), ("pair_state", "left", 2.6)]
    body = []
    for row in found.to_dict("records"):
        side, other = ("first", "second") if row["named_by"] == "first" else ("second", "first")
        state = say(f"rollup.pair_state.{row['state']}", lang)
        names = region_name(row[side]), region_name(row[other])
        body.append((*names, _affair(row, lang), row[f"{side}_told"], state))
    return shown("by_one", titles, body, lang, _subjects(found.to_dict("records")), rows)


def unnamed(rollup: RollUp, rows: int = 0, lang: str = "") -> Shown:
    """The mandatory usulan whose partner region is not named by code; no pair can be told of them."""
    lang = lang or rollup.lang
    found = rollup.unnamed.to_dict("records")
    titles = [("region", "left", 2.6), ("usulan_text", "left", 5.0)]
    body = [(region_name(row["code"]), f"{row['usulan_id']} {row['judul']}") for row in found]
    subjects = about("ringkasan", (row["code"] for row in found))
    return shown("unnamed", titles, body, lang, subjects, rows)


def state_counts(rollup: RollUp, lang: str = "") -> Shown:
    """How many pairs stand how: named by both sides, by one, or not to be told."""
    lang = lang or rollup.lang
    states = rollup.mandatory_pairs["state"].value_counts(sort=False)
    ordered = list(dict.fromkeys(rollup.mandatory_pairs["state"]))
    titles = [("pair_state", "left", 5.0), ("pairs", "right", 1.0)]
    body = [
        (say(f"rollup.pair_state.{state}", lang), count(states[state], lang)) for state in ordered
    ]
    return shown("pair_states", titles, body, lang, about("rekap_keadaan", ordered))


def _subjects(rows: Sequence[_Row]) -> tuple[str, ...]:
    keys = ("first", "second", "urusan", "named_by")
    return about("rekap_pasangan", ("|".join(str(row[key]) for key in keys) for row in rows))


def _affair(row: _Row, lang: str) -> str:
    return topic_name("urusan", row["urusan"], lang) if row["urusan"] else DASH


def _letter(row: _Row, lang: str) -> str:
    pair = pair_of(row["first"], row["second"])
    return say("mapping.pair", lang, letter=pair.letter, kind=pair.label(lang))
