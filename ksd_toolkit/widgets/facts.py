"""What a what-if page knows before any slider moves: usulan, criteria, answers, methods and every word it says."""

from contextlib import suppress
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import LawError, MethodError
from ksd_toolkit.law import isu, urusan
from ksd_toolkit.messages import language, words_of
from ksd_toolkit.scoring import (
    Method,
    Ranking,
    method_names,
    read_method,
    type_families,
    type_label,
)
from ksd_toolkit.scoring.classes import benefit_unknown
from ksd_toolkit.scoring.jenis import family_label

FORMAT: Final = 1
_TOPICS: Final = ("what_if.",)


def page_facts(ranking: Ranking) -> dict[str, Any]:
    """Everything that stays as it is while sliders move, as JSON data.

    Args:
        ranking: The list as it stands; what is asked "what if" is asked of its usulan.
    """
    lang, dossier, stamp = ranking.lang, ranking.register.dossier, ranking.stamp
    method, types = ranking.method, ranking.types
    return {
        "format": FORMAT,
        "lang": lang,
        "words": words_of(_TOPICS, lang),
        "dossier": {
            "name": dossier.name,
            "region": dossier.region.name,
            "period": dossier.period,
            "date": dossier.tanggal_acuan.isoformat(),
            "simulated": dossier.simulated,
            "data_sha256": stamp.data_sha256,
            "toolkit": stamp.toolkit,
        },
        "criteria": [_criterion(method, code, lang) for code in method.weights],
        "groups": [_group(method, code, lang) for code in method.groups],
        "profiles": [_profile(one, lang) for one in profiles(ranking)],
        "usulan": _usulan(ranking),
        "offices": _texts(dossier.offices["opd_nama"]),
        "issues": {
            code: isu(code, lang).name for code in _present(ranking.basis.facts["isu_utama"])
        },
        "affairs": _affairs(ranking, lang),
        "families": {name: family_label(name, lang) for name in type_families()},
        "types": {code: type_label(code, lang) for code in _present(types["jenis"])},
        "levels": _numbers(ranking.leaves.answers.to_numpy(dtype=np.float64)),
        "applicable": ranking.leaves.applicable.to_numpy().astype(int).tolist(),
    }


def profiles(ranking: Ranking) -> list[Method]:
    """The method of the list first, then all others that ask the same questions."""
    dossier, found = ranking.register.dossier, [ranking.method]
    for name in method_names(dossier.folder):
        if name == ranking.method.name:
            continue
        try:
            method = read_method(dossier, name)
        except MethodError:
            continue  # `ksd score` tells what is wrong with a table of the office's own
        if ranking.basis.fits(method):
            found.append(method)
    return found


def _criterion(method: Method, code: str, lang: str) -> dict[str, Any]:
    criterion = method.criterion(code)
    return {
        "code": code,
        "group": criterion.group,
        "label": criterion.labels[language(lang)],
        "phrase": criterion.phrases[language(lang)],
        "why": criterion.whys.get(language(lang), criterion.why),
        "rising": criterion.direction == "+",
        "low": criterion.scale[0],
        "high": criterion.scale[1],
    }


def _group(method: Method, code: str, lang: str) -> dict[str, Any]:
    group = method.groups[code]
    label = group.labels[language(lang)]
    return {"code": code, "label": label, "parent": group.parent, "aggregation": group.aggregation}


def _profile(method: Method, lang: str) -> dict[str, Any]:
    """A method as far as a page needs it to score alone."""
    drawn = method.uncertainty
    return {
        "name": method.name,
        "title": method.titles[language(lang)],
        "sha256": method.sha256,
        "weights": method.weights,
        "aggregation": method.aggregation,
        "lowest": method.geometric_lowest,
        "decimals": method.decimals,
        "coverage_minimum": method.coverage_minimum,
        "classes": [
            {"name": band.name, "label": band.labels[language(lang)], "lower": band.lower}
            for band in method.bands
        ],
        "floor_class": method.floor_class,
        "cap_class": method.cap_class,
        "ties": _ties(method),
        "spread": drawn.weights,
        "concentration": drawn.concentration,
        "seed": drawn.seed,
        "top": drawn.top,
        "interval": list(drawn.interval),
    }


def _ties(method: Method) -> list[dict[str, Any]]:
    """What orders equal ranks in the list, and whether more comes first."""
    found = []
    for name in (*method.tie_order, "usulan_id"):
        kind = "leaf" if name in method.weights else "group" if name in method.groups else "id"
        falls = kind == "group" or (kind == "leaf" and method.criterion(name).direction == "+")
        found.append({"kind": kind, "name": name, "falls": falls})
    return found


def _usulan(ranking: Ranking) -> dict[str, list[Any]]:
    """What is known of each usulan, column by column, in the order of every array of an answer."""
    facts, register = ranking.basis.facts, ranking.register
    proposals = register.usulan.set_index("usulan_id").loc[facts.index]
    method = ranking.method
    return {
        "id": [str(one) for one in facts.index],
        "title": _words(facts["judul"]),
        "opd": _words(facts["opd_kode"]),
        "isu": _words(facts["isu_utama"]),
        "urusan": _words(facts["urusan_kode"]),
        "type": _words(facts["jenis"]),
        "family": _words(facts["family"]),
        "partner": _words(facts["main_partner"]),
        "gate": _words(facts["gate"]),
        "cost": _numbers(pd.to_numeric(proposals["biaya_indikatif"], errors="coerce").to_numpy()),
        "floor": facts["jenis"].isin(method.floor_types).tolist(),
        "cap": benefit_unknown(register, method, facts.index).tolist(),
    }


def _affairs(ranking: Ranking, lang: str) -> dict[str, str]:
    """The names of the affairs that occur; one nobody knows keeps its code."""
    found = {}
    for code in _present(ranking.basis.facts["urusan_kode"]):
        with suppress(LawError):
            found[code] = urusan(code, lang).name
    return found


def _words(column: "pd.Series[Any]") -> list[str]:
    return ["" if pd.isna(value) else legible(str(value)) for value in column]


def _texts(column: "pd.Series[Any]") -> dict[str, str]:
    return {legible(str(key)): legible(str(value)) for key, value in column.items()}


def _present(column: "pd.Series[Any]") -> list[str]:
    return sorted({str(value) for value in column.dropna()})


def _numbers(values: NDArray[np.float64]) -> list[Any]:
    """Numbers as JSON has them: None for a blank."""
    if values.ndim > 1:
        return [_numbers(row) for row in values]
    return [None if np.isnan(value) else float(value) for value in values]
