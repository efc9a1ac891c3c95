"""Say how a figure was computed, with the values that entered it: by its ranking, a weight or the plenary's record.

A measure is named as its column is (`points`, `rank`, `leaf:U`); what has no name of its own here is told
by the call that printed it.
"""

from typing import Final

from ksd_toolkit.document import Origin
from ksd_toolkit.law import source_text
from ksd_toolkit.messages import language, say, trimmed
from ksd_toolkit.publishing.computed_scores import as_float, of_usulan
from ksd_toolkit.publishing.counted_things import counted
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.scoring import Ranking


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
    return of_usulan(evidence, name, part, origin) if origin.usulan else counted(evidence, origin)


_BEFORE: Final = frozenset({"weight_proposed", "proposed", "before"})
_WEIGHTS: Final = _BEFORE | {"weight", "weight_agreed", "agreed", "after", "change"}


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
    weight = trimmed(as_float(outcome.weights.at[code, "agreed"]), 2, lang)
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
