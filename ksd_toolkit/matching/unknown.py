"""What could not be known, as sentences: nothing is left out in silence."""

from collections.abc import Iterator

import numpy as np

from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.indicators import cell_number, code_of, indicators
from ksd_toolkit.matching.lenses import Lens
from ksd_toolkit.matching.percentiles import (
    Booleans,
    Floats,
    is_not_computed,
    known_regions,
    usable,
)
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings
from ksd_toolkit.messages import count, join_words, say, say_counted


def what_is_unknown(
    ground: Ground, settings: MatchSettings, lens: Lens, values: Floats, lang: str
) -> tuple[str, ...]:
    """The sentences of what the result does not rest on.

    Args:
        ground: What is known.
        settings: What was asked for.
        lens: What was looked at.
        values: n x 4 criteria, NaN where unknown.
        lang: Language of the sentences.
    """
    return (
        *_criteria(ground, lens, values, lang),
        *_few_cells(ground, settings, lens, lang),
        *_heard(ground, lens, lang),
        *_parts(ground, lang),
        *_unused(ground, settings, lang),
        *_of_home(ground, lang),
        *_contradictions(ground, lang),
        *_passed_over(ground, lang),
    )


def _criteria(ground: Ground, lens: Lens, values: Floats, lang: str) -> Iterator[str]:
    """Shared problems and complementarity: unknown of all, or of some; and what is left to speak."""
    unknown: Booleans = np.isnan(values)
    shared, helped = unknown[:, 0], unknown[:, 1]
    silent: Booleans = np.logical_and.reduce(unknown, axis=0)
    if shared.all():
        yield _no_problem(ground, lens, lang)
    elif shared.any():
        yield say("match.unknown_some", lang, **_of_all(shared, lang))
    if helped.all():
        yield say("match.unknown_help", lang)
    elif helped.sum() > shared.sum():
        yield say("match.unknown_help_some", lang, **_of_all(helped, lang))
    if silent.any():
        speaking = [
            say(f"match.criterion_{name}", lang)
            for name, is_silent in zip(CRITERIA, silent, strict=True)
            if not is_silent and name not in lens.without
        ]
        yield say("match.unknown_speaks", lang, criteria=join_words(speaking, lang))


def _no_problem(ground: Ground, lens: Lens, lang: str) -> str:
    """Why no problem can be compared with anybody's."""
    home = ground.profiles.row(ground.home.code)
    need = ground.profiles.need[:, lens.mask]
    known: Booleans = np.logical_or.reduce(~np.isnan(need), axis=1)
    if known.any() and not known[home]:
        return say("match.unknown_home", lang, name=ground.home.name)
    return say("match.unknown_lens" if lens.name else "match.unknown_problems", lang)


def _of_all(unknown: Booleans, lang: str) -> dict[str, str]:
    return {"count": count(int(unknown.sum()), lang), "of": count(len(unknown), lang)}


def _few_cells(ground: Ground, settings: MatchSettings, lens: Lens, lang: str) -> Iterator[str]:
    """A criterion that rests on next to nothing is no finding."""
    known = ~np.isnan(ground.profiles.need[:, lens.mask])
    rows = [ground.profiles.row(code) for code in ground.codes]
    common = known[rows] & known[ground.profiles.row(ground.home.code)]
    most = int(common.sum(axis=1).max(initial=0))
    if 0 < most < settings.few_cells:
        yield say_counted("match.unknown_cells", most, lang, count=count(most, lang))


def _heard(ground: Ground, lens: Lens, lang: str) -> Iterator[str]:
    """Needs of our questionnaire that nobody rated, or that nothing is known of elsewhere."""
    home, numbers = ground.home.code, cell_number()
    mine = [one for one in ground.profiles.heard.values() if one.code == home]
    mine = [one for one in mine if one.side == "need" and lens.mask[numbers[one.cell]]]
    elsewhere = np.delete(ground.profiles.need, ground.profiles.row(home), axis=0)
    compared = np.flatnonzero((~np.isnan(elsewhere)).any(axis=0))
    rated = [one for one in mine if one.strength is not None]
    alone = sum(numbers[one.cell] not in compared for one in rated)
    if len(rated) < len(mine):
        number = count(len(mine) - len(rated), lang)
        yield say("match.unknown_unrated", lang, count=number)
    if alone:
        facts = {"count": count(alone, lang), "of": count(len(rated), lang)}
        yield say("match.unknown_alone", lang, **facts)


def _parts(ground: Ground, lang: str) -> Iterator[str]:
    """Parts of feasibility that nothing is known of; one that has no meaning is not missed."""
    silent = [
        say(f"match.part_{name}", lang)
        for name in ground.parts_with_meaning
        if ground.parts[name].isna().all()
    ]
    if silent:
        yield say("match.unknown_parts", lang, parts=join_words(silent, lang))


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
    """Indicators in use that are missing, not computed or doubtful for the region itself."""
    row, name = ground.profiles.row(ground.home.code), ground.home.name
    ours = ground.figures[ground.figures["code"] == ground.home.code]
    zeros = set(ours.loc[is_not_computed(ours), "indicator"].map(code_of))
    missing = []
    for code, standing in ground.profiles.standings.items():
        label = standing.indicator.label(lang)
        if standing.suspect[row]:
            yield say("match.unknown_suspect", lang, label=label, name=name)
        if not np.isnan(standing.value[row]):
            continue
        if code in zeros:
            yield say("match.unknown_zero", lang, label=label, name=name)
        else:
            missing.append(label)
    if missing:
        yield say("match.unknown_for_home", lang, name=name, labels=join_words(missing, lang))


def _passed_over(ground: Ground, lang: str) -> Iterator[str]:
    """Rows, names and dossiers that could not be used."""
    if strangers := int((~known_regions(ground.figures)).sum()):
        yield say("match.unknown_strangers", lang, count=count(strangers, lang))
    if ground.strange:
        yield say("match.unknown_names", lang, names=join_words(ground.strange, lang))
    if ground.failed:
        yield say("match.unknown_dossiers", lang, names=join_words(ground.failed, lang))


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
