"""What could not be made of the figures that were brought, as sentences: unused, missing, contradicting."""

from collections.abc import Iterator

import numpy as np

from ksd_toolkit.matching.ground import Ground, fiscal_figures
from ksd_toolkit.matching.indicators import code_of, indicators
from ksd_toolkit.matching.percentiles import is_not_computed, known_regions, usable
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.regions import region_or_none


def unknown_figures(
    ground: Ground, settings: MatchSettings, first: list[str], lang: str
) -> tuple[str, ...]:
    """The sentences of figures, names and dossiers the result does not rest on, or not firmly.

    Args:
        ground: What is known.
        settings: What was asked for.
        first: The codes of the first candidates, whose doubtful figures are told.
        lang: Language of the sentences.
    """
    return (
        *_unused(ground, settings, lang),
        *_of_home(ground, lang),
        *_doubtful(ground, [ground.home.code, *first], lang),
        *_fiscal_class(ground, settings, lang),
        *_contradictions(ground, lang),
        *_passed_over(ground, lang),
    )


def _unused(ground: Ground, settings: MatchSettings, lang: str) -> Iterator[str]:
    """Indicators that were brought for too few regions, not for the year asked for, or under no known name."""
    for one in ground.profiles.unused:
        label = indicators()[one.indicator].label(lang)
        if one.level == ground.level and one.known:
            yield say("match.unknown_few", lang, label=label, count=count(one.known, lang))
        elif one.level == ground.level and one.indicator in settings.years:
            year = settings.years[one.indicator]
            yield say("match.unknown_year", lang, label=label, year=year)
    names = sorted(set(ground.figures["indicator"].map(code_of)) - set(indicators()))
    if names:
        yield say("match.unknown_indicators", lang, names=join_words(names, lang))


def _of_home(ground: Ground, lang: str) -> Iterator[str]:
    """Indicators in use that are missing or not computed for the region itself."""
    row, name = ground.profiles.row(ground.home.code), ground.home.name
    ours = ground.figures[ground.figures["code"] == ground.home.code]
    zeros = set(ours.loc[is_not_computed(ours), "indicator"].map(code_of))
    missing = []
    for code, standing in ground.profiles.standings.items():
        label = standing.indicator.label(lang)
        if not np.isnan(standing.value[row]):
            continue
        if code in zeros:
            yield say("match.unknown_zero", lang, label=label, name=name)
        else:
            missing.append(label)
    if missing:
        yield say("match.unknown_for_home", lang, name=name, labels=join_words(missing, lang))


def _doubtful(ground: Ground, codes: list[str], lang: str) -> Iterator[str]:
    """Figures marked as doubtful, used or not: their source may have taken one region for another."""
    rows = ground.figures[ground.figures["suspect"].to_numpy(dtype=bool)]
    for code in codes:
        mine = rows[rows["code"] == code]
        for source in sorted(set(mine["source"])):
            names = dict.fromkeys(map(code_of, mine.loc[mine["source"] == source, "indicator"]))
            yield say(
                "match.unknown_suspect",
                lang,
                name=_name(code),
                labels=join_words([_label(name, lang) for name in names], lang),
                source=source or "-",
            )


def _fiscal_class(ground: Ground, settings: MatchSettings, lang: str) -> Iterator[str]:
    """Classes of fiscal capacity that are none, and regions without one where others have one."""
    figures, are_classes = fiscal_figures(ground.figures)
    asked = [ground.home.code, *ground.codes]
    wrong = set(figures.loc[~are_classes, "code"])
    if none := [code for code in asked if code in wrong]:
        yield _listed("match.unknown_class_value", none, settings, lang, of=count(len(asked), lang))
    known = set(figures.loc[are_classes, "code"])
    missing = [code for code in ground.codes if code not in known]
    if len(missing) == len(ground.codes):  # said of the part as a whole
        return
    if ground.home.code not in known:
        yield say("match.unknown_class_home", lang, name=ground.home.name)
    elif missing:
        of = count(len(ground.codes), lang)
        yield _listed("match.unknown_class_missing", missing, settings, lang, of=of)


def _listed(code: str, regions: list[str], settings: MatchSettings, lang: str, of: str) -> str:
    """A sentence about some regions: how many, and the first of them by name."""
    named = [_name(region) for region in regions]
    shown, more = named[: settings.top], len(named) - settings.top
    names = join_words(shown, lang)
    if more > 0:
        names = say("match.names_more", lang, names=", ".join(shown), count=count(more, lang))
    return say(code, lang, count=count(len(regions), lang), of=of, names=names)


def _name(code: str) -> str:
    region = region_or_none(code)
    return region.name if region else code


def _label(name: str, lang: str) -> str:
    """What an indicator is called; the name it came with where nobody knows it."""
    return indicators()[name].label(lang) if name in indicators() else name


def _passed_over(ground: Ground, lang: str) -> Iterator[str]:
    """Rows, names and dossiers that could not be used."""
    if strangers := int((~known_regions(ground.figures)).sum()):
        yield say("match.unknown_strangers", lang, count=count(strangers, lang))
    if ground.strange:
        yield say("match.unknown_names", lang, names=join_words(ground.strange, lang))
    if ground.others.failed:
        yield say("match.unknown_dossiers", lang, names=join_words(ground.others.failed, lang))


def _contradictions(ground: Ground, lang: str) -> Iterator[str]:
    """Figures of indicators in use that two sources, or a source and our table, tell differently."""
    if disputed := _disputed(ground):
        yield say("match.unknown_disputed", lang, count=count(disputed, lang))
    told = ground.atlas.meta.assign(indicator=ground.atlas.meta["indicator"].map(code_of))
    for code, standing in ground.profiles.standings.items():
        ways = set(told.loc[told["indicator"] == code, "direction"]) & {"+", "-"}
        if ways - {standing.indicator.direction}:
            yield say("match.unknown_direction", lang, label=standing.indicator.label(lang))
        units = sorted({str(unit).strip() for unit in standing.unit} - {""})
        if len(units) > 1:
            label = standing.indicator.label(lang)
            yield say("match.unknown_units", lang, label=label, units=join_words(units, lang))


def _disputed(ground: Ground) -> int:
    """How many figures of used indicators are told differently by two sources."""
    names = ["code", "indicator", "year"]
    rows = usable(ground.figures)
    rows = rows[rows["indicator"].isin(ground.profiles.standings)]
    repeated = rows[rows.duplicated(names, keep=False)]
    return int((repeated.groupby(names)["value"].nunique() > 1).sum())
