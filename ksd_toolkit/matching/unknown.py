"""What could not be known, as sentences: nothing is left out in silence."""

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
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, join_words, say


def what_is_unknown(ground: Ground, lens: Lens, values: Floats, lang: str) -> tuple[str, ...]:
    """The sentences of what the result does not rest on.

    Args:
        ground: What is known.
        lens: What was looked at.
        values: n x 4 criteria, NaN where unknown.
        lang: Language of the sentences.
    """
    return (
        *_criteria(ground, lens, values, lang),
        *_heard(ground, lens, lang),
        *_parts(ground, lang),
        *_unused(ground, lang),
        *_not_computed(ground, lang),
        *_passed_over(ground, lang),
    )


def _criteria(ground: Ground, lens: Lens, values: Floats, lang: str) -> list[str]:
    """Shared problems and complementarity: unknown of all, or of some; and what is left to speak."""
    unknown: Booleans = np.isnan(values)
    shared, helped = unknown[:, 0], unknown[:, 1]
    silent: Booleans = np.logical_and.reduce(unknown, axis=0)
    told = []
    if shared.all():
        told.append(_no_problem(ground, lens, lang))
    elif shared.any():
        told.append(say("match.unknown_some", lang, **_of_all(shared, lang)))
    if helped.all():
        told.append(say("match.unknown_help", lang))
    elif helped.sum() > shared.sum():
        told.append(say("match.unknown_help_some", lang, **_of_all(helped, lang)))
    if silent.any():
        speaking = [
            say(f"match.criterion_{name}", lang)
            for name, is_silent in zip(CRITERIA, silent, strict=True)
            if not is_silent and name not in lens.without
        ]
        told.append(say("match.unknown_speaks", lang, criteria=join_words(speaking, lang)))
    return told


def _no_problem(ground: Ground, lens: Lens, lang: str) -> str:
    """Why no problem can be compared with anybody's."""
    home = ground.profiles.row(ground.home.code)
    need = ground.profiles.need[:, lens.mask]
    known: Booleans = np.logical_or.reduce(~np.isnan(need), axis=1)
    if known.sum() > known[home] and not known[home]:
        return say("match.unknown_home", lang, name=ground.home.name)
    return say("match.unknown_lens" if lens.name else "match.unknown_problems", lang)


def _of_all(unknown: Booleans, lang: str) -> dict[str, str]:
    return {"count": count(int(unknown.sum()), lang), "of": count(len(unknown), lang)}


def _heard(ground: Ground, lens: Lens, lang: str) -> list[str]:
    """Needs of our questionnaire that nobody rated, or that nothing is known of elsewhere."""
    home = ground.home.code
    mine = [
        one for one in ground.profiles.heard.values() if one.code == home and one.side == "need"
    ]
    mine = [one for one in mine if lens.mask[cell_number()[one.cell]]]
    elsewhere = np.delete(ground.profiles.need, ground.profiles.row(home), axis=0)
    compared = np.flatnonzero((~np.isnan(elsewhere)).any(axis=0))
    rated = [one for one in mine if one.strength is not None]
    alone = sum(cell_number()[one.cell] not in compared for one in rated)
    told = []
    if len(rated) < len(mine):
        number = count(len(mine) - len(rated), lang)
        told.append(say("match.unknown_unrated", lang, count=number))
    if alone:
        facts = {"count": count(alone, lang), "of": count(len(rated), lang)}
        told.append(say("match.unknown_alone", lang, **facts))
    return told


def _passed_over(ground: Ground, lang: str) -> list[str]:
    """Rows, names and dossiers that could not be used."""
    told = []
    if strangers := int((~known_regions(ground.figures)).sum()):
        told.append(say("match.unknown_strangers", lang, count=count(strangers, lang)))
    if disputed := _disputed(ground):
        told.append(say("match.unknown_disputed", lang, count=count(disputed, lang)))
    if ground.strange:
        told.append(say("match.unknown_names", lang, names=join_words(ground.strange, lang)))
    if ground.failed:
        told.append(say("match.unknown_dossiers", lang, names=join_words(ground.failed, lang)))
    return told


def _parts(ground: Ground, lang: str) -> list[str]:
    """Parts of feasibility that nothing is known of."""
    silent = [
        say(f"match.part_{name}", lang)
        for name in ground.parts
        if ground.parts[name].isna().all()
        and not (name == "same_province" and ground.level == "province")
    ]
    return [say("match.unknown_parts", lang, parts=join_words(silent, lang))] if silent else []


def _disputed(ground: Ground) -> int:
    """How many figures of used indicators are told differently by two sources."""
    names = ["code", "indicator", "year"]
    rows = usable(ground.figures)
    rows = rows[rows["indicator"].isin(ground.profiles.standings)]
    repeated = rows[rows.duplicated(names, keep=False)]
    return int((repeated.groupby(names)["value"].nunique() > 1).sum())


def _not_computed(ground: Ground, lang: str) -> list[str]:
    """Figures of the region itself that are a zero meaning "not computed", or marked as doubtful."""
    row, told = ground.profiles.row(ground.home.code), []
    ours = ground.figures[ground.figures["code"] == ground.home.code]
    for code, standing in ground.profiles.standings.items():
        label = standing.indicator.label(lang)
        zeros = ours[is_not_computed(ours) & (ours["indicator"].map(code_of) == code).to_numpy()]
        if np.isnan(standing.value[row]) and len(zeros):
            told.append(say("match.unknown_zero", lang, label=label, name=ground.home.name))
        if standing.suspect[row]:
            told.append(say("match.unknown_suspect", lang, label=label, name=ground.home.name))
    return told


def _unused(ground: Ground, lang: str) -> list[str]:
    """Indicators that were brought for too few regions."""
    told = []
    for one in ground.profiles.unused:
        if one.level == ground.level and one.known:
            label = indicators()[one.indicator].label(lang)
            number = count(one.known, lang)
            told.append(say("match.unknown_few", lang, label=label, count=number))
    return told
