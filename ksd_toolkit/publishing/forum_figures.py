"""Explain the figures of the forum's papers: what was counted over the list, and what points and interest come from."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.matching.forum_pairs import ForumPairs
from ksd_toolkit.matching.interest import FORUM
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.foreign_case import foreign_of
from ksd_toolkit.publishing.answers_asked import Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError, explained_by
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.forum_asked import (
    RATED,
    candidate_on,
    interest_on,
    named_of,
    pairs_of_list,
)
from ksd_toolkit.publishing.forum_quoted import QUOTED
from ksd_toolkit.publishing.institutions_asked import REGISTER
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.theme import read_theme


def forum_told(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the forum's papers came about; None where its measure is none of theirs."""
    return explained_by(_FIGURES, AskedPartner, figure, meaning, evidence)


def _count(asked: AskedPartner) -> Computation:
    """How many proposals, candidates, pairs or meetings there are, by name."""
    pairs, lang = pairs_of_list(asked), asked.lang
    held: dict[str, tuple[int, list[str]]] = {
        "usulan": (len(pairs.usulan), list(pairs.usulan)),
        "candidates": (
            len(pairs.found.candidates),
            list(map(str, pairs.found.candidates["mitra_nama"])),
        ),
        "partners": (len(pairs.partners), list(pairs.partners)),
        "alone": (len(pairs.alone), list(pairs.alone)),
        "uninvited": (len(pairs.uninvited), list(pairs.uninvited)),
        "others": (len(pairs.others), list(map(str, pairs.others["mitra_nama"]))),
        "pairs": (len(pairs.pairs), []),
    }
    number, names = held[asked.measure]
    facts = {
        "n": count(number, lang), "names": asked.some(names),
        "of": count(len(pairs.usulan), lang), "partners": count(len(pairs.partners), lang),
    }  # fmt: skip
    return asked.on(_counted(asked, pairs), **facts)


def _counted(asked: AskedPartner, pairs: ForumPairs) -> list[Place]:
    """The answers behind a count: titles of proposals, or names of candidates."""
    if asked.measure in {"usulan", "alone"}:
        named = pairs.usulan if asked.measure == "usulan" else pairs.alone
        return list(usulan_places(named, "judul"))
    if asked.measure == "others":
        mitra = asked.register.mitra
        held = mitra["mitra_nama"].isin(pairs.others["mitra_nama"])
        return [("mitra", str(key), "mitra_nama") for key in mitra.loc[held, "row_key"]]
    names = pairs.uninvited if asked.measure == "uninvited" else pairs.partners
    rows = asked.register.table(REGISTER)
    mine = rows if asked.measure == "candidates" else rows[rows["mitra_nama"].isin(names)]
    return [(REGISTER, str(key), "mitra_nama") for key in mine["row_key"]]


def _planned(asked: AskedPartner) -> Computation:
    """Meetings and sessions as they were laid out, and what lays them out."""
    pairs, lang = pairs_of_list(asked), asked.lang
    meetings = asked.once("forum_meetings", lambda: pairs.meetings)
    facts = {
        "n": count(len(meetings), lang),
        "sessions": count(0 if meetings.empty else meetings["session"].max(), lang),
        "tables": count(pairs.rules.tables, lang), "minutes": count(pairs.rules.minutes, lang),
        "most": count(pairs.rules.usulan_per_partner, lang),
    }  # fmt: skip
    office, name = named_of(asked)
    places = candidate_on(asked, name, ("mitra_nama",)) if name else []
    return asked.on(
        places, code="row" if name else "", **facts, office=asked.office_name(office), partner=name
    )


def _fitting(asked: AskedPartner) -> Computation:
    """How many proposals of the list fit a candidate, and by what."""
    _, name = named_of(asked)
    pairs = pairs_of_list(asked).pairs
    mine = pairs[pairs["mitra_nama"] == name]
    places = candidate_on(asked, name, RATED)
    asked_of = [("usulan", str(u), field) for u in mine["usulan_id"] for field in ASKED.values()]
    return asked.on([*places, *asked_of], partner=name, n=count(len(mine), asked.lang))


def _shared(asked: AskedPartner) -> Computation:
    """The affairs and issues a candidate shares with one proposal, or with those it fits best."""
    usulan, name = named_of(asked)
    places = candidate_on(asked, name, tuple(ASKED))
    if usulan != "*":
        places += [("usulan", usulan, field) for field in ASKED.values()]
    return asked.on(places, partner=name)


def _interest(asked: AskedPartner) -> Computation:
    """The interest last known: a word at a forum, else what the register of candidates says."""
    usulan, name = named_of(asked)
    return asked.on(interest_on(asked, usulan, name), partner=name, usulan=usulan)


def _known(asked: AskedPartner) -> dict[tuple[str, str], tuple[float, float]]:
    """Points and interest of every pair that fits."""
    rows = pairs_of_list(asked).pairs
    names = zip(map(str, rows["usulan_id"]), map(str, rows["mitra_nama"]), strict=True)
    return dict(zip(names, zip(rows["points"], rows["minat"], strict=True), strict=True))


def _pair(asked: AskedPartner) -> Computation:
    """The points of one proposal and one candidate, and the interest so far."""
    found = pairs_of_list(asked).found
    usulan, name = asked.subject, str(found.candidates["mitra_nama"].iloc[int(asked.part)])
    known = asked.once("forum_known", lambda: _known(asked))
    if (usulan, name) not in known:
        raise GoneError
    points, level = known[usulan, name]
    facts = {
        "usulan": usulan, "partner": name, "points": decimal(points, found.rules.decimals, asked.lang),
        "level": say("trace.none", asked.lang) if pd.isna(level) else f"{level:g}",
    }  # fmt: skip
    places = [*usulan_places([usulan], "urusan_kode"), *candidate_on(asked, name, RATED)]
    return asked.on([*places, *interest_on(asked, usulan, name)], **facts)


def _documents(asked: AskedPartner) -> Computation:
    """The documents abroad of the year, by number."""
    given = asked.evidence
    told = foreign_of(
        Case(given.register, read_theme(given.register.dossier), given.ranking, given.outcome)
    )
    names = [one.number for one in told.documents]
    facts: dict[str, Any] = {
        "n": count(len(names), asked.lang),
        "names": asked.some(names),
        "year": told.year,
    }
    return asked.on([("naskah", name, "jenis_ksd") for name in names], **facts)


def _scale(asked: AskedPartner) -> Computation:
    return asked.on((), table=FORUM)


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{
        ("tawaran", one): _count
        for one in ("usulan", "candidates", "partners", "alone", "uninvited", "others", "pairs")
    },
    **{("tawaran", one): _planned for one in ("meetings", "sessions", "tables", "minutes", "session", "table")},
    ("tawaran", "talked_about"): _planned,
    ("tawaran", "fitting"): _fitting,
    ("tawaran", "all_fitting"): _fitting,
    ("tawaran", "shared_with"): _shared,
    ("tawaran", "interest_so_far"): _interest,
    ("tawaran", "scale"): _scale,
    ("tawaran", "matrix"): _scale,
    ("tawaran", "documents"): _documents,
    ("usulan", "pair"): _pair,
    **QUOTED,
}  # fmt: skip
"""By kind of subject and measure."""
