"""What the partner page knows before a slider moves, and one move answered: candidates under other weights or a lens."""

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.charts import maps
from ksd_toolkit.columns import records
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import RegionMap
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.lenses import WITHOUT_NEARNESS
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import say, words_of
from ksd_toolkit.tables.partner_words import lens_name

_TOPICS: Final = ("what_if.",)
_ROWS: Final = 25
_BORDERS: Final = (20.0, 40.0, 60.0, 80.0)


def partner_facts(matches: Matches) -> dict[str, Any]:
    """Everything that stays as it is while sliders move, as JSON data.

    Args:
        matches: The candidates as they stand, under no lens.
    """
    lang, codes = matches.lang, sorted(map(str, matches.table.index))
    table = matches.table.loc[codes]
    return {
        "lang": lang,
        "words": words_of(_TOPICS, lang),
        "home": {"code": matches.home.code, "name": matches.home.name},
        "simulated": matches.stamp.simulated,
        "criteria": [_criterion(name, lang) for name in CRITERIA],
        "groups": [{"code": "", "label": say("what_if.partner_criteria", lang)}],
        "profiles": [_profile(matches)],
        "lenses": _lenses(matches),
        "codes": codes,
        "names": [legible(str(name)) for name in table["name"]],
        "relations": [str(relation) for relation in table["relation"]],
        "map": _map(matches, lang),
        "borders": list(_BORDERS),
    }


def partner_answer(matches: Matches) -> dict[str, Any]:
    """Candidates under some weights as arrays in the order of the codes, and their printed order as places.

    `rank` is 0 for a candidate nothing that weighs is known of; `top` the share of the draws among the first.
    """
    codes = sorted(map(str, matches.table.index))
    table = matches.table.loc[codes]
    places = {code: place for place, code in enumerate(codes)}
    return {
        "shares": _shares(matches),
        "rank": [int(rank) for rank in table["rank"].fillna(0)],
        **{name: _plain(table[name]) for name in ("points", "worst", "best")},
        "top": _plain(table["top_share"].astype(float).round(4)),
        "order": [places[str(code)] for code in matches.table.index],
    }


def partner_reasons(matches: Matches, partner: str) -> dict[str, Any]:
    """Why a candidate stands where it stands, and the problems it shares, the largest first.

    Raises:
        InputError: There is no such candidate.
    """
    code = matches.find(partner)
    shared = matches.shared(code)
    return {
        "code": code,
        "sentence": legible(matches.explain(code)),
        "shared": [
            {"problem": legible(str(row["problem"])), "share": _one(row["share"])}
            | {name: _one(row[name]) for name in ("need_home", "need_partner")}
            for _, row in records(shared)
        ],
    }


def _criterion(name: str, lang: str) -> dict[str, Any]:
    label = say(f"match.criterion_{name}", lang)
    return {"code": name, "name": "", "group": "", "label": label, "why": label}


def _profile(matches: Matches) -> dict[str, Any]:
    """The settings as the sliders' state reads a method."""
    settings = matches.settings
    return {
        "name": settings.name,
        "sha256": settings.sha256,
        "weights": _shares(matches),
        "aggregation": "additive",
        "decimals": settings.decimals,
        "coverage_minimum": settings.min_coverage,
        "classes": [],
        "spread": "dirichlet",
        "concentration": settings.concentration,
    }


def _shares(matches: Matches) -> dict[str, float]:
    """The weights as they weigh under the lens, in percent of their sum."""
    total = float(matches.weights.sum())
    return {
        name: 100.0 * float(weight) / total
        for name, weight in zip(CRITERIA, matches.weights, strict=True)
    }


def _lenses(matches: Matches) -> list[list[str]]:
    names = ["", WITHOUT_NEARNESS, *(topic.code for topic in all_isu(matches.lang))]
    return [[name, lens_name(name, matches.lang)] for name in names]


def _map(matches: Matches, lang: str) -> dict[str, Any]:
    """The sheet of the map of a paper; its tones follow the points while sliders move."""
    (block,) = maps.partners(matches, rows=_ROWS, lang=lang).blocks
    if not isinstance(block, RegionMap):
        raise TypeError(type(block).__name__)
    return {
        "width": block.width,
        "height": block.height,
        "shapes": [
            {"code": one.code, "name": one.name, "x": one.x, "y": one.y, "path": one.path}
            | {"radius": one.radius, "home": one.tone == "home", "land": one.tone == "land"}
            for one in block.shapes
        ],
        "lines": [
            [line.x1, line.y1, line.x2, line.y2] for line in block.lines if line.look != "leader"
        ],
    }


def _plain(column: "pd.Series[Any]") -> list[float | None]:
    values: NDArray[np.float64] = column.to_numpy(dtype=np.float64)
    return [None if np.isnan(value) else float(value) for value in values]


def _one(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
