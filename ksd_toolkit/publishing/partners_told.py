"""Say what the sentences, captions and maps of the candidate regions tell, each number in its sentence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.explaining import explained_parts
from ksd_toolkit.matching.indicators import indicators
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.unknown import unknown_by_topic
from ksd_toolkit.messages import count, decimal, join_words, percent, say
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.partners_scored import facts_of, rests, sum_of
from ksd_toolkit.regions import neighbours
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.partner_words import lens_name, weights_text

_WHOLE: Final = 100.0
_PARTNER: Final = ("mitra_nama", "kode_wilayah")


def _card(asked: AskedPartner) -> Computation:
    """A number on the card of a candidate: of its title, of what explains it, or of its legal case."""
    row = asked.row
    topic = _topic_of_card(asked)
    facts = {**facts_of(asked, row), **sum_of(asked, row), **_settings(asked)}
    facts["law"] = cited("UU 23/2014 364(2)", asked.lang)
    facts["rank"] = count(row["rank"], asked.lang)
    if topic == "history":
        return asked.rest_on(_history_on(asked), topic, **facts)
    if topic in {"place", "law"}:
        return asked.on((), topic, **facts)
    return asked.rest_on(rests(asked, asked.region), topic, **facts)


def _topic_of_card(asked: AskedPartner) -> str:
    """Of which part of the explanation the figure is.

    Raises:
        GoneError: Today the card says something else.
    """
    inside, at = asked.inside, asked.figure.start
    if asked.figure.part and asked.figure.part[0] == 0:
        return "title"
    whole = asked.meaning.words[0]
    parts = asked.once(
        f"card:{asked.subject}",
        lambda: explained_parts(asked.matches, asked.region, asked.lang),
    )
    for topic, text in parts.items():
        if text and (inside in text or whole.strip() in text):
            return topic
    if at >= 0 and asked.region in asked.matches.table.index:
        return "law"
    raise GoneError


def _settings(asked: AskedPartner) -> dict[str, str]:
    """What every figure of a comparison stands on: weights, draws, the least that must be known."""
    matches, lang = asked.matches, asked.lang
    settings = matches.settings
    return {
        "weights": weights_text(matches, lang),
        "draws": count(settings.draws, lang),
        "seed": str(settings.seed),
        "top": count(settings.top, lang),
        "least": percent(_WHOLE * settings.min_coverage, 0, lang),
        "enough": count(settings.min_regions, lang),
        "lens": lens_name(matches.lens, lang),
        "limit": decimal(_WHOLE * settings.problem_from, 0, lang),
    }


def _history_on(asked: AskedPartner) -> tuple[Place, ...]:
    """The documents signed with a region, and the usulan that name it."""
    ground, code = asked.matches.ground, asked.region
    numbers = (ground.agreements or {}).get(code, ())
    naskah = asked.register.table("naskah")
    keys = naskah.loc[naskah["no_dok"].isin(numbers), "row_key"]
    usulan = ground.named.get(code, ())
    mitra = asked.register.mitra
    named = mitra[mitra["usulan_id"].isin(usulan)]
    rows = [
        str(row["row_key"])
        for _, row in records(named)
        if row["kode_wilayah"] == code or asked.region_name(code) == row["mitra_nama"]
    ]
    signed = [("naskah", str(key), "no_dok") for key in keys]
    return (*signed, *(("mitra", key, field) for key in rows for field in _PARTNER))


def _unknown(asked: AskedPartner) -> Computation:
    """A sentence of what is not known, with how many regions were compared and what known means."""
    matches = asked.matches
    topics = asked.once(f"unknown:{matches.lens}", lambda: _topics(matches, asked.lang))
    inside = asked.inside
    topic = next(
        (name for name, told in topics.items() if any(inside in sentence for sentence in told)), ""
    )
    if not topic:
        raise GoneError
    facts = {
        "home": matches.home.name,
        "of": count(len(matches.table), asked.lang),
        **_settings(asked),
    }
    as_unknown = replace(asked, meaning=replace(asked.meaning, measure="unknown"))
    return as_unknown.rest_on(_unknown_on(asked, topic), topic, **facts)


def _topics(matches: Matches, lang: str) -> Mapping[str, tuple[str, ...]]:
    lens = lens_of(matches.lens, matches.ground)
    return unknown_by_topic(matches.seen, matches.settings, lens, matches.table, lang)


def _unknown_on(asked: AskedPartner, topic: str) -> tuple[Place, ...]:
    """What is known of the home region: its own needs, and the figures of all regions."""
    if topic == "heard":
        home = asked.matches.home.code
        mine = [
            piece
            for cell in asked.cells_seen(home)
            for piece in asked.matches.profiles.evidence(home, cell)
            if piece.origin == "kuesioner"
        ]
        return tuple(dict.fromkeys(place for one in mine for place in asked.places(home, one)))
    matches = asked.matches
    measured = {*matches.profiles.standings, *(one.indicator for one in matches.profiles.unused)}
    named = [code for code in measured if indicators()[code].label(asked.lang) in asked.inside]
    return asked.figures((matches.home.code, *matches.ground.codes), named or measured)


def _map(asked: AskedPartner) -> Computation:
    """The map of the candidates as a whole, a region of it, or a number of its description."""
    matches, lang = asked.matches, asked.lang
    facts = {
        "home": matches.home.name, "of": count(len(matches.table), lang), **_settings(asked),
    }  # fmt: skip
    if asked.figure.id[1:2] == "D":
        return _unknown(asked)
    code = asked.region if asked.meaning.named and asked.figure.id[1:2].isdecimal() else ""
    if not code:
        first = [str(one) for one in matches.table.index[:10]]
        return asked.rest_on(asked.behind(*first), **facts)
    row = asked.row
    if pd.isna(row["points"]):
        raise GoneError
    points = decimal(row["points"], matches.settings.decimals, lang)
    if points not in asked.figure.text:
        raise GoneError
    told = {**facts_of(asked, row), **sum_of(asked, row), **facts}
    return asked.rest_on(rests(asked, code), "region", **told)


def _table(asked: AskedPartner) -> Computation:
    """A number in the caption, the titles or the note of a table of candidates."""
    matches, lang = asked.matches, asked.lang
    part = asked.figure.id[1:2]
    facts = {
        "home": matches.home.name, "of": count(len(matches.table), lang), **_settings(asked),
        "lens": lens_name(matches.lens, lang),
    }  # fmt: skip
    first = [str(one) for one in matches.table.index[:10]]
    code = {"C": "caption", "H": "head"}.get(part, "note")
    if code == "caption":
        code = "caption" if asked.figure.text == facts["of"] else "shown"
        return asked.rest_on(asked.behind(*first), code, **facts)
    return asked.on((), code, **facts)


def _shared_table(asked: AskedPartner) -> Computation:
    """A number in the caption or the note of what is shared with a candidate, or who can help whom."""
    matches, lang = asked.matches, asked.lang
    facts = {
        "home": matches.home.name, "name": asked.region_name(asked.region),
        "value_shared": decimal(_WHOLE * asked.row["shared_problems"], 0, lang)
        if not pd.isna(asked.row["shared_problems"]) else say("trace.none", lang),
    }  # fmt: skip
    code = "caption" if asked.figure.id[1:2] == "C" else "note"
    return asked.rest_on(asked.behind(asked.region), code, **facts)


def _alike_table(asked: AskedPartner) -> Computation:
    """How many regions the list of the most similar ones shows."""
    found = asked.matches.benchmark()
    codes = [str(code) for code in found["code"]]
    places = asked.figures((asked.matches.home.code, *codes), map(str, found.attrs["variables"]))
    most = count(asked.matches.settings.benchmark_rows, asked.lang)
    return asked.rest_on(places, home=asked.matches.home.name, most=most)


def _bordering(asked: AskedPartner) -> Computation:
    """How many regions border the home region, by name."""
    borders = neighbours(asked.region)
    asked.must_print(count(len(borders), asked.lang))
    names = join_words([one.short_name for one in borders], asked.lang)
    return asked.on((), name=asked.region_name(asked.region), names=names)


def _usulan_table(asked: AskedPartner) -> Computation:
    """How many usulan the list of usulan and their partners shows, of how many that were ranked."""
    ranking = asked.evidence.ranking
    if ranking is None:
        raise GoneError
    ids = [str(one) for one in ranking.table.index]
    shown = ids if asked.figure.text == count(len(ids), asked.lang) else ids[: _number(asked)]
    places = [("usulan", one, "judul") for one in shown]
    return asked.on(places, counted=shown, of=count(len(ids), asked.lang))


def _number(asked: AskedPartner) -> int:
    text = asked.figure.text
    return int(text) if text.isdecimal() else 0


TOLD: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("wilayah", "card"): _card,
    ("wilayah", "unknown"): _unknown,
    ("wilayah", "chart_partners"): _map,
    ("wilayah", "table_partners"): _table,
    ("wilayah", "table_shared"): _shared_table,
    ("wilayah", "table_help"): _shared_table,
    ("wilayah", "table_benchmark"): _alike_table,
    ("wilayah", "bordering"): _bordering,
    ("usulan", "table_usulan_partners"): _usulan_table,
}
"""By kind of subject and measure."""
