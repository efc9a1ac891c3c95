"""Say what is shared with a candidate region, who can help whom, under which lens, and whom it is like."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from ksd_toolkit.columns import records
from ksd_toolkit.matching.indicators import Cell, cell_number, indicators
from ksd_toolkit.matching.profiles import Side
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, say, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import DEFAULT, AskedPartner
from ksd_toolkit.tables.partner_words import hundredth, lens_name

_PLACES: Final = 4
_FIRST: Final = 5
_MOST: Final = 100


def _cell_of(asked: AskedPartner) -> Cell:
    """The cell a row is about: its affair and its issue."""
    if len(asked.names) < 3:  # noqa: PLR2004  region, affair, issue
        raise GoneError
    cell = (asked.names[1], asked.names[2])
    if cell not in cell_number():
        raise GoneError
    return cell


def _level(asked: AskedPartner, code: str, cell: Cell, side: Side) -> float:
    mine = asked.matches.profiles
    return float(getattr(mine, side)[mine.row(code), cell_number()[cell]])


def _on(asked: AskedPartner, code: str, cell: Cell, side: Side) -> tuple[tuple[Place, ...], str]:
    """Where a need or capacity stands, and how it came about in words."""
    pieces = asked.matches.profiles.evidence(code, cell, side)
    places = tuple(place for piece in pieces for place in asked.places(code, piece))
    lang, strengths = asked.lang, [trimmed(_MOST * p.strength, 2, asked.lang) for p in pieces]
    facts = {"pieces": "; ".join(piece.sentence(lang) for piece in pieces)}
    if pieces and pieces[0].origin == "kuesioner":
        marks = [value for _, value in pieces[0].answers]
        terms = " + ".join(f"({trimmed(one, 2, lang)} - 1) / 4" for one in marks)
        terms = f"({terms}) : {len(marks)}" if len(marks) > 1 else terms
        return places, say("measure_partners.from_answers", lang, terms=terms, **facts)
    sum_of = " + ".join(strengths)
    terms = f"({sum_of}) : {len(strengths)}" if len(strengths) > 1 else sum_of
    return places, say(f"measure_partners.from_{side}", lang, terms=terms, **facts)


def _share(asked: AskedPartner) -> Computation:
    """The part of one cell in what is shared."""
    cell, code, home = _cell_of(asked), asked.region, asked.matches.home.code
    found = asked.matches.shared(code, len(cell_number()), asked.lang)
    mine = found[(found["urusan_kode"] == cell[0]) & (found["isu"] == cell[1])]
    if mine.empty:
        raise GoneError
    share = float(mine["share"].iloc[0])
    asked.must_print(decimal(_MOST * share, 1, asked.lang))
    least = min(_level(asked, one, cell, "need") for one in (home, code))
    facts = {
        "ours": trimmed(_level(asked, home, cell, "need"), _PLACES, asked.lang),
        "theirs": trimmed(_level(asked, code, cell, "need"), _PLACES, asked.lang),
        "least": trimmed(least, _PLACES, asked.lang),
        "greater": trimmed(least / share, _PLACES, asked.lang),
    }
    places = [place for one in (home, code) for place in _on(asked, one, cell, "need")[0]]
    return asked.rest_on(places, **_names(asked), **facts)


def _names(asked: AskedPartner) -> dict[str, str]:
    return {"name": asked.region_name(asked.region), "home": asked.matches.home.name}


def _need(asked: AskedPartner) -> Computation:
    """A need of the home region or the candidate in one cell, with its evidence."""
    cell = _cell_of(asked)
    code = asked.matches.home.code if asked.measure == "need_home" else asked.region
    places, how = _on(asked, code, cell, "need")
    if not asked.figure.text.startswith(
        f"{hundredth(_level(asked, code, cell, 'need'), asked.lang)}:"
    ):
        raise GoneError
    name = asked.region_name(code)
    value = hundredth(_level(asked, code, cell, "need"), asked.lang)
    return asked.rest_on(places, region=name, level=value, how=how)


def _helping(asked: AskedPartner) -> Computation:
    """A need, a capacity or both in a row that says who helps whom."""
    cell = _cell_of(asked)
    if len(asked.names) < 4:  # noqa: PLR2004  region, affair, issue, helper
        raise GoneError
    helper, home = asked.names[3], asked.matches.home.code
    helped = asked.region if helper == home else home
    sides: dict[str, tuple[str, Side]] = {
        "need": (helped, "need"),
        "capacity": (helper, "capacity"),
    }
    if asked.measure in sides:
        code, side = sides[asked.measure]
        level = hundredth(_level(asked, code, cell, side), asked.lang)
        asked.must_print(level)
        places, how = _on(asked, code, cell, side)
        return asked.rest_on(places, region=asked.region_name(code), level=level, how=how)
    both = [_on(asked, code, cell, side) for code, side in sides.values()]
    facts = {"helper": asked.region_name(helper), "helped": asked.region_name(helped)}
    places = tuple(place for found, _ in both for place in found)
    return asked.rest_on(places, **facts, need_how=both[0][1], capacity_how=both[1][1])


def _first_of_lens(asked: AskedPartner) -> Computation:
    """The first five regions seen through a lens."""
    lens = "" if asked.subject == DEFAULT else asked.subject
    seen = asked.under(lens, quick=bool(lens))
    table, lang = seen.table.head(_FIRST), asked.lang
    sums = [
        say("measure_partners.sum", lang, name=row["name"], parts=_terms(seen.weights, row, lang),
            points=decimal(row["points"], 1, lang))
        for _, row in records(table)
        if not np.isnan(row["points"])
    ]  # fmt: skip
    codes = [str(code) for code in table.index]
    facts = {
        "lens": lens_name(lens, lang),
        "sums": "; ".join(sums),
        "of": count(len(seen.table), lang),
    }
    return asked.rest_on(asked.behind(*codes, matches=seen), **facts)


def _terms(weights: Any, row: Mapping[str, Any], lang: str) -> str:
    """`(35 x 0,8182 + 30 x 1) : 65`: the points of a row short enough to stand beside four others."""
    known = [
        (float(weight), float(row[name]))
        for name, weight in zip(CRITERIA, weights, strict=True)
        if weight > 0 and not np.isnan(row[name])
    ]
    terms = [f"{trimmed(w, 2, lang)} x {trimmed(v, _PLACES, lang)}" for w, v in known]
    return f"({' + '.join(terms)}) : {trimmed(sum(w for w, _ in known), 2, lang)}"


def _alike(asked: AskedPartner) -> Computation:
    """How like a region is, and how many are more so."""
    settings = asked.matches.settings
    found = asked.once("benchmark", lambda: asked.matches.benchmark(len(asked.matches.table)))
    mine = found[found["code"] == asked.region]
    if mine.empty:
        raise GoneError
    row = dict(mine.iloc[0])
    names = [str(name) for name in found.attrs["variables"]]
    lang = asked.lang
    texts = {
        "benchmark_position": count(row["position"], lang),
        "benchmark_match": decimal(row["match"], 1, lang),
    }
    asked.must_print(texts[asked.measure])
    facts = {
        "variables": join_words([indicators()[name].label(lang) for name in names], lang),
        "distance": trimmed(row["distance"], _PLACES, lang),
        "match": decimal(row["match"], settings.decimals, lang),
        "position": count(row["position"], lang),
        "closer": count(row["position"] - 1, lang),
        "of": count(len(found), lang),
    }
    places = asked.figures((asked.matches.home.code, asked.region), names)
    return asked.rest_on(places, **_names(asked), **facts)


def _covered(asked: AskedPartner) -> Computation:
    """Of how many regions an indicator is known."""
    standing = asked.matches.profiles.standings.get(asked.subject)
    if standing is None:
        raise GoneError
    known = int((~np.isnan(standing.value)).sum())
    asked.must_print(count(known, asked.lang))
    used = {str(place) for place in standing.place[~np.isnan(standing.value)]}
    places = tuple(
        place
        for (_, where), found in asked.indicator_places.items()
        if where in used
        for place in found
    )
    label = standing.indicator.label(asked.lang)
    return asked.rest_on(places, label=label)


SHARED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("sel", "shared_problem"): _share,
    ("sel", "need_home"): _need,
    ("sel", "need_partner"): _need,
    ("bantuan", "need"): _helping,
    ("bantuan", "capacity"): _helping,
    ("bantuan", "help_evidence"): _helping,
    ("lensa", "lens_first"): _first_of_lens,
    ("wilayah", "benchmark_position"): _alike,
    ("wilayah", "benchmark_match"): _alike,
    ("indikator", "regions_covered"): _covered,
}
"""By kind of subject and measure."""
