"""Say how a figure was computed, with the values that entered it: one small function a measure.

A measure is named as its column is (`points`, `rank`, `leaf:U`); what has no name of its own here is told
by the call that printed it.
"""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Origin
from ksd_toolkit.law import source_text
from ksd_toolkit.messages import count, decimal, join_words, language, percent, say, trimmed
from ksd_toolkit.publishing.counted_things import counted
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.scoring import Ranking, class_text, gate_reasons, type_grounds
from ksd_toolkit.scoring.uncertainty.acceptability import shaken_words

_OfUsulan = Callable[[Ranking, str, str, str], Computation]


def computed(evidence: Evidence, origin: Origin) -> Computation | None:
    """The computation of a measure of a subject; None where the measure is not known here."""
    name, _, part = origin.measure.partition(":")
    ranking = evidence.ranking
    if decided := _decided(evidence, name, origin.usulan):
        return decided
    kind, _, about = origin.subject.partition("/")
    criterion = part or about if name in _WEIGHTS and kind in {"", "kriteria", "usulan"} else ""
    if ranking is not None and criterion in ranking.method.weights:
        return _weight(evidence, ranking, criterion, name)
    if name == "answer" and origin.usulan:
        facts = {"usulan": origin.usulan, "question": part}
        return Computation(say("trace.how.answer", evidence.lang, **facts))
    return _of_usulan(evidence, name, part, origin) if origin.usulan else counted(evidence, origin)


def _of_usulan(evidence: Evidence, name: str, part: str, origin: Origin) -> Computation | None:
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
    told = [f"{code} {decimal(_float(points), 2, lang)}" for code, points in parts.items()]
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
    answered = [code for code in asked if not pd.isna(_float(answers.at[usulan, code]))]
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
    level = _float(ranking.leaves.answers.at[usulan, code])
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
_BEFORE: Final = frozenset({"weight_proposed", "proposed", "before"})
_WEIGHTS: Final = _BEFORE | {"weight", "weight_agreed", "agreed", "after", "change"}
_UNRANKED: Final = frozenset({"gate", "jenis", "family", "leaf"})


def _weight(evidence: Evidence, ranking: Ranking, code: str, measure: str) -> Computation:
    """The weight of a criterion by the table of the method; by the plenary's record where it changed it."""
    lang, outcome = evidence.lang, evidence.outcome
    decided, why = "", ""
    if outcome is not None:
        ranking = outcome.ranking
        if measure not in _BEFORE:
            decided, why = _agreed(evidence, code)
    method = ranking.method
    criterion = method.criterion(code)
    facts = {
        "criterion": f"{code} {criterion.labels[language(lang)]}",
        "weight": trimmed(criterion.weight_percent, 2, lang),
        "method": method.name,
        "sha": ranking.stamp.method_sha256[:12],
        "why": criterion.whys.get(language(lang), criterion.why).rstrip("."),
        "source": source_text(criterion.source, lang),
    }
    return Computation(
        " ".join(filter(None, (say("trace.how.weight", lang, **facts), why))), (), decided=decided
    )


def _agreed(evidence: Evidence, code: str) -> tuple[str, str]:
    """Where the record changes a weight, and to what for which reason; empty where it does not."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return "", ""
    rows = outcome.changes[
        (outcome.changes["kind"] == "weight") & (outcome.changes["subject"] == code)
    ]
    if rows.empty:
        return "", ""
    row = {str(k): str(v) for k, v in rows.iloc[0].items()}
    weight = trimmed(_float(outcome.weights.at[code, "agreed"]), 2, lang)
    facts = {"weight": weight, "reason": row["reason"].rstrip("."), "source": row["source"]}
    return row["source"], say("trace.how.weight_agreed", lang, **facts)


def _decided(evidence: Evidence, measure: str, usulan: str) -> Computation | None:
    """What the plenary's record says of an usulan, beside its computed rank."""
    outcome = evidence.outcome
    if outcome is None or measure not in _DECIDED or usulan not in outcome.table.index:
        return None
    source = str(outcome.table.at[usulan, "source"])
    return Computation(outcome.explain(usulan, evidence.lang), decided=source)


_DECIDED: Final = frozenset(
    {"final_rank", "decision", "merged_into", "article", "reason", "before", "after"}
)


def _at(ranking: Ranking, usulan: str, lang: str, column: str = "points") -> str:
    return decimal(_number(ranking, usulan, column), ranking.method.decimals, lang)


def _number(ranking: Ranking, usulan: str, column: str) -> float:
    frame = ranking.table if usulan in ranking.table.index else ranking.excluded
    return _float(frame.at[usulan, column])


def _float(value: Any) -> float:
    return float(value)
