"""Say how the points, the rank and the other results of an usulan came about: one small function a measure."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, decimal, join_words, language, percent, say, trimmed
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.scoring import Ranking, class_text, gate_reasons, type_grounds
from ksd_toolkit.scoring.uncertainty.acceptability import shaken_words

_OfUsulan = Callable[[Ranking, str, str, str], Computation]


def of_usulan(evidence: Evidence, name: str, part: str, origin: Origin) -> Computation | None:
    """A measure of one usulan; what was not ranked has a reason instead of points."""
    ranking, usulan = evidence.ranking, origin.usulan
    if ranking is None or usulan not in ranking.types.index:
        return None
    unranked = usulan not in ranking.table.index and name not in _UNRANKED
    if unranked and name in _SUMS and usulan in ranking.excluded.index:
        return _stopped(ranking, usulan, evidence.lang)
    if name in _EXPLAINED or (name in _OF_USULAN and unranked):
        return Computation(evidence.explain(usulan))
    if name not in _OF_USULAN or (name == "rank" and part not in {"", ranking.method.name}):
        return None  # a rank by another profile is not the one explained here
    if _OF_USULAN[name] is _drawn:
        part = _shaken(evidence, ranking)
    return _OF_USULAN[name](ranking, usulan, part, evidence.lang)


def _shaken(evidence: Evidence, ranking: Ranking) -> str:
    """What the method draws to see how firm a rank is, in words; found once."""
    if "shaken" not in evidence.kept:
        evidence.kept["shaken"] = shaken_words(ranking, evidence.lang)
    return str(evidence.kept["shaken"])


def _points(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    """The score as the sum of what every answered criterion gives."""
    parts = ranking.contributions.loc[usulan].dropna()
    told = [f"{code} {decimal(as_float(points), 2, lang)}" for code, points in parts.items()]
    facts = {"usulan": usulan, "parts": " + ".join(told), "points": _at(ranking, usulan, lang)}
    way = say(f"weighing.way_{ranking.method.aggregation}", lang)
    return Computation(
        say("trace.how.points", lang, **facts, way=way), tuple(map(str, parts.index))
    )


def _stopped(ranking: Ranking, usulan: str, lang: str) -> Computation:
    """The points an usulan would have, and the gate that keeps it from being ranked."""
    if pd.isna(_number(ranking, usulan, "points")):
        return Computation(ranking.explain(usulan, lang))
    points, gate = _points(ranking, usulan, "", lang), _gate(ranking, usulan, "", lang)
    return Computation(f"{points.sentence} {gate.sentence}", points.criteria)


def _rank(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    rank = int(ranking.table.at[usulan, "rank"])  # type: ignore[arg-type]
    facts = {
        "usulan": usulan,
        "above": count(rank - 1, lang),
        "points": _at(ranking, usulan, lang),
        "of": count(len(ranking.table), lang),
        "rank": count(rank, lang),
    }
    return Computation(say("trace.how.rank", lang, **facts))


def _bound(ranking: Ranking, usulan: str, which: str, lang: str) -> Computation:
    """The points if everything unanswered were answered worst, or best."""
    blank = ranking.leaves.answers.loc[usulan].isna() & ranking.leaves.applicable.loc[usulan]
    codes = [str(code) for code in ranking.method.weights if bool(blank.get(code, False))]
    told = join_words(codes, lang) or say("trace.none", lang)
    facts = {"usulan": usulan, "points": _at(ranking, usulan, lang, which), "codes": told}
    return Computation(say(f"trace.how.{which}", lang, **facts))


def _worst(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    return _bound(ranking, usulan, "worst", lang)


def _best(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    return _bound(ranking, usulan, "best", lang)


def _coverage(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    weights = ranking.method.weights
    answers, applicable = ranking.leaves.answers, ranking.leaves.applicable
    asked = [code for code in weights if bool(applicable.at[usulan, code])]
    answered = [code for code in asked if not pd.isna(as_float(answers.at[usulan, code]))]
    facts = {
        "usulan": usulan,
        "answered": trimmed(sum(weights[code] for code in answered), 2, lang),
        "asked": trimmed(sum(weights[code] for code in asked), 2, lang),
        "coverage": percent(100 * _number(ranking, usulan, "coverage"), 1, lang),
    }
    return Computation(say("trace.how.coverage", lang, **facts))


def _leaf(ranking: Ranking, usulan: str, code: str, lang: str) -> Computation:
    """The level of one criterion, whose it is and what it gives."""
    if code not in ranking.method.weights:
        return Computation(ranking.explain(usulan, lang))
    level = as_float(ranking.leaves.answers.at[usulan, code])
    facts = {
        "usulan": usulan,
        "criterion": f"{code} {ranking.method.criterion(code).labels[language(lang)]}",
        "level": say("trace.none", lang) if pd.isna(level) else trimmed(level, 2, lang),
        "weight": trimmed(ranking.method.weights[code], 2, lang),
    }
    source = str(ranking.leaves.source.at[usulan, code])
    how = "median" if source in {"TKKSD", "OPD"} else "rule"
    return Computation(say(f"trace.how.leaf_{how}", lang, **facts, source=source), (code,))


def _group(ranking: Ranking, usulan: str, code: str, lang: str) -> Computation:
    """The score of one group alone."""
    codes = tuple(c.code for c in ranking.method.criteria if c.group == code)
    if code not in ranking.table:
        return Computation(ranking.explain(usulan, lang))
    facts = {
        "usulan": usulan,
        "group": f"{code} {ranking.method.groups[code].labels[language(lang)]}",
        "codes": join_words(list(codes), lang),
        "points": _at(ranking, usulan, lang, code),
    }
    return Computation(say("trace.how.group", lang, **facts), codes)


def _class(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    facts = {"usulan": usulan, "class": class_text(ranking, usulan, lang)}
    return Computation(say("trace.how.class", lang, **facts, points=_at(ranking, usulan, lang)))


def _drawn(ranking: Ranking, usulan: str, shaken: str, lang: str) -> Computation:
    """How often, or between which ranks, an usulan stands when what is `shaken` is drawn."""
    settings = ranking.method.uncertainty
    facts = {
        "usulan": usulan,
        "draws": count(settings.draws, lang),
        "seed": settings.seed,
        "shaken": shaken,
        "low": count(_number(ranking, usulan, "rank_low"), lang),
        "high": count(_number(ranking, usulan, "rank_high"), lang),
        "share": percent(100 * (settings.interval[1] - settings.interval[0]), 0, lang),
    }
    return Computation(say("trace.how.drawn", lang, **facts))


def _gate(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    reasons = gate_reasons(ranking, usulan, lang) or [say("trace.gates_passed", lang)]
    facts = {"usulan": usulan, "reasons": join_words(reasons, lang)}
    return Computation(say("trace.how.gate", lang, **facts))


def _jenis(ranking: Ranking, usulan: str, _: str, lang: str) -> Computation:
    row: dict[str, Any] = {str(k): v for k, v in ranking.types.loc[usulan].items()}
    return Computation(f"{usulan}: {type_grounds(row, lang)}")


_OF_USULAN: Final[dict[str, _OfUsulan]] = {
    "points": _points, "score": _points, "rank": _rank, "computed_rank": _rank, "worst": _worst,
    "best": _best, "coverage": _coverage, "leaf": _leaf, "group": _group, "class_name": _class,
    "class": _class, "rank_low": _drawn, "rank_high": _drawn, "rank_mean": _drawn, "ranks": _drawn, "rank_interval": _drawn,
    "first_share": _drawn, "top_share": _drawn, "gate": _gate, "jenis": _jenis, "family": _jenis,
    "contribution": _leaf,
}  # fmt: skip
_EXPLAINED: Final = frozenset({"explain", "tkksd"})
_SUMS: Final = frozenset({"points", "score"})
_UNRANKED: Final = frozenset({"gate", "jenis", "family", "leaf"})


def _at(ranking: Ranking, usulan: str, lang: str, column: str = "points") -> str:
    return decimal(_number(ranking, usulan, column), ranking.method.decimals, lang)


def _number(ranking: Ranking, usulan: str, column: str) -> float:
    frame = ranking.table if usulan in ranking.table.index else ranking.excluded
    return as_float(frame.at[usulan, column])


def as_float(value: Any) -> float:
    """A cell of a table as the number it is."""
    return float(value)
