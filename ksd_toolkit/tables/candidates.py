"""The register of candidate partners, what they told at a forum, and what is proposed to the score."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Table
from ksd_toolkit.matching.candidates import RATINGS, candidates
from ksd_toolkit.matching.institution_rules import fit_rules
from ksd_toolkit.matching.interest import interest
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposals import (
    AS_WRITTEN,
    CONFIRMED,
    OTHER,
    TO_CHANGE,
    UNCONFIRMED,
    proposal_states,
)
from ksd_toolkit.matching.proposals import proposals as proposed_rows
from ksd_toolkit.messages import count, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.tables.candidate_cells import candidate, columns_of, level, sentence
from ksd_toolkit.tables.cells import DASH, date_or_dash, listed, text_or_dash
from ksd_toolkit.tables.measures import about

_FALL: Final = "\u2193"
_TO_DECIDE: Final = {
    state: place
    for place, state in enumerate((UNCONFIRMED, TO_CHANGE, OTHER, CONFIRMED, AS_WRITTEN))
}
"""The states of a proposed value, the most open first."""


def register_of_candidates(register: Register, lang: str = "") -> Shown:
    """The candidate partners as the secretariat keeps them; their contacts are never shown."""
    lang = lang or register.lang
    known = candidates(register)
    if known.empty:
        return sentence(say("inst.no_candidates", lang), lang)
    columns = columns_of(
        lang, ("candidate", "left", 3.2), ("affairs", "left", 1.8), ("issues", "left", 1.8),
        ("ratings", "left", 1.4), ("source", "left", 2.8),
    )  # fmt: skip
    body = tuple(
        (
            candidate({**row, "named": False}, lang),
            _codes(row["urusan"]),
            _codes(row["isu"]),
            " \u00b7 ".join(level(row[name], lang) for name in RATINGS),
            listed(_known_from(row)),
        )
        for _, row in records(known)
    )
    order = ", ".join(fit_rules().label(name, lang).lower() for name in RATINGS)
    caption = say("inst.caption_register", lang, n=count(len(known), lang))
    note, subjects = (
        say("inst.register_note", lang, order=order),
        about("lembaga", (f"*|{name}" for name in known["mitra_nama"])),
    )
    origin = "table_register@lembaga/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def forum(register: Register, lang: str = "") -> Shown:
    """Who spoke at a forum about which proposal: interest now and before, and what the office wrote."""
    lang = lang or register.lang
    found = interest(register)
    told = found[found["at_forum"]]
    if told.empty:
        return sentence(say("inst.forum_none", lang), lang)
    columns = columns_of(
        lang, ("candidate", "left", 2.8), ("usulan", "left", 1.6), ("now", "right", 0.0),
        ("before", "right", 0.0), ("office", "right", 0.0), ("attended", "left", 1.0),
        ("told_on", "left", 1.5), ("source", "left", 2.6),
    )  # fmt: skip
    body = tuple(
        (
            _stranger(str(row["mitra_nama"]), bool(row["known_partner"]), lang),
            _stranger(
                str(row["usulan_id"]) or say("inst.in_general", lang),
                bool(row["known_usulan"]),
                lang,
            ),
            level(row["interest"], lang) + (_FALL if row["fell"] else ""),
            level(row["previous"], lang),
            level(row["stated"], lang),
            _attendance(row, lang),
            date_or_dash(row["told_on"], lang),
            text_or_dash(row["source"]),
        )
        for _, row in records(told)
    )
    caption = say("inst.caption_forum", lang, n=count(len(body), lang))
    note = say("inst.forum_note", lang, fall=_FALL)
    pairs = zip(told["usulan_id"], told["mitra_nama"], strict=True)
    subjects = about("forum", (f"{usulan}|{name}" for usulan, name in pairs))
    origin = "table_forum@forum/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def proposals(
    register: Register,
    ranking: Ranking | None = None,
    matches: Matches | None = None,
    rows: int = 0,
    lang: str = "",
) -> Shown:
    """What evidence proposes for HUK, SAMA and MITRA, and what became of it; none of it counts.

    Args:
        register: Whose usulan.
        ranking: Types and gates as judged there.
        matches: The region's partners, for cells both regions name.
        rows: Rows at most; all when 0.
        lang: Language of the texts.
    """
    lang = lang or register.lang
    found = proposal_states(register, proposed_rows(register, ranking, matches, lang))
    if found.empty:
        return sentence(say("inst.proposals_none", lang), lang)
    columns = columns_of(
        lang, ("usulan", "left", 0.0), ("criterion", "left", 0.0), ("proposed", "right", 0.0),
        ("why", "left", 4.0), ("evidence", "left", 4.0), ("state", "left", 2.0),
    )  # fmt: skip
    # What somebody still has to decide comes first; a paper may have no room for the rest.
    found = found.sort_values("state", key=lambda states: states.map(_TO_DECIDE), kind="stable")
    shown = found.head(rows) if rows else found
    body = tuple(
        (
            row["usulan_id"],
            row["kriteria_kode"],
            level(row["skor"], lang),
            row["alasan"],
            text_or_dash(row["bukti"] or None),
            say(f"inst.state_{row['state']}", lang, official=level(row["official"], lang)),
        )
        for _, row in records(shown)
    )
    caption = say(
        "inst.caption_proposals", lang, shown=count(len(shown), lang), of=count(len(found), lang)
    )
    note = say("inst.proposals_note", lang)
    pairs = zip(shown["usulan_id"], shown["kriteria_kode"], strict=True)
    subjects = about("bukti", (f"{usulan}|{criterion}" for usulan, criterion in pairs))
    origin = "table_proposed@bukti/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def _stranger(name: str, known: bool, lang: str) -> str:
    """A name, and that no other table has it."""
    return name if known else f"{name} ({say('inst.stranger', lang)})"


def _attendance(row: dict[str, Any], lang: str) -> str:
    """Whether the partner came, and what the office wrote where it wrote otherwise."""
    came, stated = (
        DASH if pd.isna(row[name]) else say(f"inst.came_{row[name]}", lang)
        for name in ("attended", "stated_attendance")
    )
    return (
        came if stated in {came, DASH} else say("inst.came_differs", lang, came=came, stated=stated)
    )


def _codes(value: Any) -> str:
    return DASH if pd.isna(value) else str(value).replace(";", ", ")


def _known_from(row: dict[str, Any]) -> list[str]:
    year = "" if pd.isna(row["tahun"]) else f"{row['tahun']:.0f}"
    return [text_or_dash(row["sumber"]), year]
