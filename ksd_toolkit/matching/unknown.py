"""What could not be known, as sentences: nothing is left out in silence."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.indicators import cell_number
from ksd_toolkit.matching.lenses import Lens
from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings
from ksd_toolkit.matching.unknown_figures import unknown_figures
from ksd_toolkit.matching.weighing import is_little
from ksd_toolkit.messages import count, join_words, percent, say, say_counted


def what_is_unknown(
    ground: Ground, settings: MatchSettings, lens: Lens, table: pd.DataFrame, lang: str
) -> tuple[str, ...]:
    """The sentences of what the result does not rest on.

    Args:
        ground: What is known.
        settings: What was asked for.
        lens: What was looked at.
        table: The candidates as `Matches.table` holds them.
        lang: Language of the sentences.
    """
    found = unknown_by_topic(ground, settings, lens, table, lang)
    return tuple(sentence for sentences in found.values() for sentence in sentences)


def unknown_by_topic(
    ground: Ground, settings: MatchSettings, lens: Lens, table: pd.DataFrame, lang: str
) -> dict[str, tuple[str, ...]]:
    """The sentences of `what_is_unknown` by what they tell of.

    `criteria, coverage, cells, heard, parts, figures`, in this order; a topic may have none.
    """
    values = table[list(CRITERIA)].to_numpy(dtype=np.float64)
    return {
        "criteria": tuple(_criteria(ground, lens, values, lang)),
        "coverage": tuple(_coverage(table, settings, lang)),
        "cells": tuple(_few_cells(ground, settings, lens, lang)),
        "heard": tuple(_heard(ground, lens, lang)),
        "parts": tuple(_parts(ground, lang)),
        "figures": unknown_figures(ground, settings, _first(table, settings), lang),
    }


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


def _coverage(table: pd.DataFrame, settings: MatchSettings, lang: str) -> Iterator[str]:
    """Of whom too little is known, and what became of them."""
    share = percent(100 * settings.min_coverage, 0, lang)
    sparse = table["sparse"].to_numpy(dtype=bool)
    if sparse.any():
        yield say("match.unknown_sparse", lang, **_of_all(sparse, lang), share=share)
    elif is_little(table["coverage"].to_numpy(), settings.min_coverage).all():
        yield say("match.unknown_all_sparse", lang, share=share)


def _first(table: pd.DataFrame, settings: MatchSettings) -> list[str]:
    """The candidates a reader looks at first."""
    return [str(code) for code in table.index[table["rank"].notna()][: settings.top]]


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
