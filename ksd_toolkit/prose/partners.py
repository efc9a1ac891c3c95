"""Partner regions in sentences: who borders, who fits, what is shared, and what nobody knows yet."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Callout, Paragraph, Runs, measured, runs, told
from ksd_toolkit.matching.legal_case import UNASKED, LegalCase, legal_case
from ksd_toolkit.matching.lenses import USULAN, lens_mark
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, decimal, join_words, say
from ksd_toolkit.regions import Region, across_the_sea, near_regions, neighbours, region_or_none

_FIRST: Final = 5


def summary(matches: Matches, lang: str = "") -> Shown:
    """Who borders the region, who lies near or across the sea, and who fits best."""
    lang = lang or matches.lang
    home = matches.home
    borders = neighbours(home.code)
    near = _near(home, lang)
    facts = {
        "region": home.name,
        "near": near,
        "first": _names([region_or_none(code) for code in matches.table.index[:_FIRST]], lang),
    }
    number = measured(count(len(borders), lang), "bordering", f"wilayah/{home.code}")
    line = (
        told("partners.summary", lang, n=number, names=_names(borders, lang), **facts)
        if borders
        else told("partners.summary_alone", lang, **facts)
    )
    return Shown(Paragraph(line), lang=lang)


def unknown(matches: Matches, lang: str = "") -> Shown:
    """What could not be known, so that no number is taken for more than it is."""
    lang = lang or matches.lang
    found = matches.in_language(lang).unknown if lang != matches.lang else matches.unknown
    if not found:
        return Shown(Paragraph(runs(say("partners.known_all", lang))), lang=lang)
    lines: tuple[Runs, ...] = tuple(runs(sentence) for sentence in found)
    title = say("partners.unknown_title", lang)
    origin = _origin("unknown", "*", matches)
    shown = Callout(title, lines, "warning", listed=len(lines) > 1, origin=origin)
    return Shown(shown, lang=lang)


def cards(matches: Matches, rows: int = _FIRST, lang: str = "") -> Shown:
    """A card for each of the first partners: why it fits, what is shared, what the law makes of the pair."""
    lang = lang or matches.lang
    if matches.table.empty:
        return Shown(Paragraph(runs(say("partners.none", lang))), lang=lang)
    ranked = matches.table.index[matches.table["rank"].notna()]
    found = [_card(matches, str(code), lang) for code in ranked[:rows]]
    return Shown(*found, lang=lang)


def explanation(matches: Matches, partner: str = "", lang: str = "") -> Shown:
    """Why one region stands where it stands; the first of the list when none is named.

    Raises:
        InputError: The partner is no candidate.
    """
    lang = lang or matches.lang
    if matches.table.empty:
        return Shown(Paragraph(runs(say("partners.none", lang))), lang=lang)
    code = matches.find(partner) if partner else str(matches.table.index[0])
    origin = _origin("card", code, matches)
    return Shown(Paragraph(runs(matches.explain(code, lang)), origin=origin), lang=lang)


def _card(matches: Matches, code: str, lang: str) -> Callout:
    row = dict(matches.table.loc[code])
    lines = (matches.explain(code, lang), case_of(matches, code).sentence(lang))
    title = say(
        "partners.card_title",
        lang,
        rank=count(row["rank"], lang),
        name=str(row["name"]),
        points=decimal(row["points"], 1, lang),
    )
    origin = _origin("card", code, matches)
    return Callout(title, tuple(runs(line) for line in lines), origin=origin)


def _origin(measure: str, code: str, matches: Matches) -> str:
    """A measure of a region, seen through the lens of the result."""
    return f"{measure}@wilayah/{code}{lens_mark(matches.lens)}"


def case_of(matches: Matches, code: str) -> LegalCase:
    """The legal case with a candidate; under the lens of an usulan its answers decide."""
    usulan = matches.lens.removeprefix(USULAN) if matches.lens.startswith(USULAN) else ""
    asked = matches.ground.conditions.get(usulan, UNASKED)
    return legal_case(matches.home.code, code, asked)


def _near(home: Region, lang: str) -> str:
    """The regions that nearly touch and those across the sea, when there are any."""
    told = ""
    if near := near_regions(home.code):
        told += say("partners.near", lang, names=_names(near, lang))
    if sea := across_the_sea(home.code):
        told += say("partners.sea", lang, names=_names(sea, lang))
    return told


def _names(regions: "list[Region] | list[Region | None]", lang: str) -> str:
    return join_words([region.short_name for region in regions if region], lang)
