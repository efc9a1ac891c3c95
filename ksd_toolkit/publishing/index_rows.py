"""The rows of the index page: what each region is found by, and its papers with the numbers of their names."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.messages import count, has_message, language, say, say_counted
from ksd_toolkit.publishing.period_index import (
    FORMS,
    IndexedPaper,
    IndexedRegion,
    PeriodIndex,
    relative_link,
)

MAIN_PAPER: Final = "policy-brief"
"""What every row shows; the other papers of a region are folded below it."""
NO_PROVINCE: Final = "-"
_COUNTS: Final = ("sources", "rows")
_LEFT_OUT: Final = frozenset({"Mn", "Mc", "Me", "Cf"})  # accents and invisible letters


class PaperName(NamedTuple):
    """What a paper is called on the page: its number there, its title and language, and a word on that.

    `abroad` says which language it is in; empty where it is that of the page.
    """

    number: int
    title: str
    lang: str
    abroad: str


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper in a row: its name, and number of the form and link of each file (empty: no safe link)."""

    name: PaperName
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A region as the page lists it.

    `find` is what a search looks into, `holds` the places of its papers among all names, `anchor` the id
    of its province where that begins here. `folded` are the other papers, those in the language of the page
    before those in the other; `more` counts them, `source` says of what they are made.
    """

    region: IndexedRegion
    find: str
    province: str
    anchor: str
    holds: str
    main: ListedPaper | None
    folded: tuple[tuple[ListedPaper, ...], ...]
    more: str
    source: str
    remark: str


def search_key(text: str) -> str:
    """What a search compares: small letters without accents and invisible letters, one blank between words."""
    plain = unicodedata.normalize("NFKD", legible(text))
    kept = "".join(letter for letter in plain if unicodedata.category(letter) not in _LEFT_OUT)
    return " ".join(kept.lower().split())


def province_names(index: PeriodIndex, lang: str) -> list[tuple[str, str]]:
    """Code and name of every province, in the order of their codes; regions without a code come last."""
    names = {_province(region): region.province for region in reversed(index.regions)}
    if NO_PROVINCE in names:
        names[NO_PROVINCE] = say("index_page.no_province", lang)
    return sorted(names.items(), key=lambda entry: (entry[0] == NO_PROVINCE, entry[0]))


def paper_kinds(index: PeriodIndex, lang: str) -> list[tuple[str, str]]:
    """Name and title of every paper there is, by title; one the toolkit does not know keeps its own title."""
    own = {one.name: one.title for region in index.regions for one in region.papers}
    titled = {
        name: say(f"paper_title.{name}", lang) if has_message(f"paper_title.{name}") else title
        for name, title in own.items()
    }
    return sorted(titled.items(), key=lambda entry: (search_key(entry[1]), entry[0]))


def paper_names(index: PeriodIndex, lang: str) -> dict[tuple[str, str], PaperName]:
    """Every title and language of a paper on the page, numbered as they are met."""
    listed = (one for region in index.regions for one in papers_in(region, lang))
    met = dict.fromkeys((one.title, one.lang) for one in listed)
    return {
        (title, spoken): PaperName(number, title, language(spoken), _abroad(spoken, lang))
        for number, (title, spoken) in enumerate(met)
    }


def papers_in(region: IndexedRegion, lang: str) -> list[IndexedPaper]:
    """The papers of a region for readers of one language: in the other only what there is in no other way."""
    spoken = {one.name for one in region.papers if one.lang == lang}
    return [one for one in region.papers if one.lang == lang or one.name not in spoken]


def rows(
    index: PeriodIndex, names: Mapping[tuple[str, str], PaperName], lang: str
) -> Iterator[Row]:
    """Every region; the first of a province is where a link to the province leads."""
    places = {name: place for place, (name, _) in enumerate(paper_kinds(index, lang))}
    begun: set[str] = set()
    for region in index.regions:
        papers = papers_in(region, lang)
        main = min(papers, key=lambda one: one.name != MAIN_PAPER, default=None)
        others = [_listed(one, names) for one in papers if one is not main]
        own = tuple(one for one in others if not one.name.abroad)
        abroad = tuple(one for one in others if one.name.abroad)
        province, bare = _province(region), region.code.replace(".", "")
        yield Row(
            region=region,
            find=search_key(f"{region.name} {region.code} {bare} {region.province}"),
            province=province,
            anchor="" if province in begun else f"prov-{province}",
            holds=" ".join(map(str, sorted({places[one.name] for one in region.papers}))),
            main=_listed(main, names) if main else None,
            folded=tuple(filter(None, (own, abroad))),
            more=say_counted("index_page.more", len(others), lang, n=count(len(others), lang)),
            source=_source(region, lang),
            remark=region.told(lang),
        )
        begun.add(province)


class Linked(NamedTuple):
    """A paper outside the table: its title and language, a word on that, and each form with its link."""

    title: str
    lang: str
    abroad: str
    links: tuple[tuple[str, str], ...]


def rollups(index: PeriodIndex, lang: str) -> list[Linked]:
    """The roll-ups of the period, each in the language of the page where there is one in it."""
    found = []
    for rollup in index.rollups:
        paper = min(rollup.papers, key=lambda one: one.lang != lang)
        links = [
            (say(f"index_page.form_{form}", lang), relative_link(paper.files[form]))
            for form in FORMS
            if form in paper.files
        ]
        safe = tuple(link for link in links if link[1])
        found.append(Linked(paper.title, language(paper.lang), _abroad(paper.lang, lang), safe))
    return found


def _province(region: IndexedRegion) -> str:
    return region.province_code or NO_PROVINCE


def _abroad(spoken: str, lang: str) -> str:
    return "" if language(spoken) == lang else say(f"index_page.in_{language(spoken)}", lang)


def _listed(paper: IndexedPaper, names: Mapping[tuple[str, str], PaperName]) -> ListedPaper:
    links = tuple(
        (number, relative_link(paper.files[form]))
        for number, form in enumerate(FORMS)
        if form in paper.files
    )
    return ListedPaper(names[paper.title, paper.lang], links)


def _source(region: IndexedRegion, lang: str) -> str:
    """What the papers were made of: the fingerprint of the data, and how many files and rows they had."""
    parts = [say("index_page.made_of", lang, sha=region.made_of)] if region.made_of else []
    parts += [
        say(f"index_page.count_{name}", lang, n=count(region.counts[name], lang))
        for name in _COUNTS
        if name in region.counts
    ]
    return " \u00b7 ".join(parts)
