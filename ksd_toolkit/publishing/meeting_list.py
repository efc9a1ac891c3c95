"""Say what the list of a plenary's paper holds, what was changed in it, and what was left out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ksd_toolkit.columns import records
from ksd_toolkit.matching.usulan_case import UsulanCase, cases_of
from ksd_toolkit.messages import count, join_words, language, say
from ksd_toolkit.papers.decided_list import computed_list
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_NAMED: Final = 5
"""As many as a sentence names one by one; of the others it says how many."""
_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_MANDATORY: Final = "wajib"


def listed_ids(evidence: Evidence) -> list[str]:
    """The usulan a paper of the plenary lists: what was set, else what would be put before it."""
    if evidence.outcome is not None:
        return [str(one) for one in evidence.outcome.set_list.index]
    ranking = evidence.ranking
    return [] if ranking is None else [str(one) for one in computed_list(ranking).index]


def joined_places(sources: Iterable[str]) -> str:
    """Places of the record, each once."""
    return "; ".join(dict.fromkeys(filter(None, sources)))


def some_of(names: Sequence[str], lang: str) -> str:
    """The first of them by name and how many more."""
    shown, more = list(names[:_NAMED]), len(names) - _NAMED
    if more > 0:
        shown.append(say("trace.meeting.more", lang, n=count(more, lang)))
    return join_words(shown, lang) or say("trace.none", lang)


def _set(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """What the list of the paper holds."""
    ids = listed_ids(evidence)
    code = "measure.set_count" if evidence.outcome is not None else "measure.set_count_draft"
    return Computation(say(code, evidence.lang, value=figure.text), counted=tuple(ids))


def _others(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """What was before the meeting and was not set."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    rest = outcome.table[outcome.table["decision"] != "ditetapkan"]
    kinds = rest["decision"].value_counts(sort=False)
    parts = [
        f"{say(f'formal.decision.{kind}', lang)} {count(int(n), lang)}" for kind, n in kinds.items()
    ]
    facts = {"value": figure.text, "parts": join_words(parts, lang)}
    sentence = say("measure.other_count", lang, **facts)
    ids = tuple(str(one) for one in rest.index)
    return Computation(sentence, counted=ids, decided=joined_places(map(str, rest["source"])))


def _changed(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """Every departure from the computed result."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    rows = [row for _, row in records(outcome.changes)]
    called = {kind: say(f"formal.change.{kind}", lang) for kind in outcome.changes["kind"]}
    named = [f"{called[row['kind']]} {row['subject']}" for row in rows]
    facts = {"value": figure.text, "which": some_of(named, lang)}
    ids = tuple(str(row["subject"]) for row in rows if row["kind"] != "weight")
    sentence = say("measure.change_count", lang, **facts)
    return Computation(
        sentence, counted=ids, decided=joined_places(str(row["source"]) for row in rows)
    )


def _reweighted(figure: PrintedFigure, evidence: Evidence) -> Computation | None:
    """The criteria whose agreed weight is another than the proposed one."""
    outcome, lang = evidence.outcome, evidence.lang
    if outcome is None:
        return None
    weights = outcome.weights
    codes = [str(one) for one in weights.index[weights["proposed"] != weights["agreed"]]]
    called = {one.code: one.labels[language(lang)] for one in outcome.ranking.method.criteria}
    rows = outcome.changes[outcome.changes["kind"] == "weight"]
    facts = {
        "value": figure.text, "of": count(len(weights), lang),
        "which": some_of([f"{code} {called[code]}" for code in codes], lang),
    }  # fmt: skip
    sentence = say("measure.weight_count", lang, **facts)
    return Computation(sentence, decided=joined_places(map(str, rows["source"])))


def _unplanned(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """What of the list no plan names."""
    usulan, ids = evidence.register.usulan, listed_ids(evidence)
    blank = usulan[list(_PLANS)].isna().all(axis=1) & usulan["usulan_id"].isin(ids)
    nowhere = [str(one) for one in usulan.loc[blank, "usulan_id"]]
    facts = {"value": figure.text, "of": count(len(ids), evidence.lang)}
    facts["which"] = some_of(nowhere, evidence.lang)
    cells = tuple(("usulan", one, plan) for one in nowhere for plan in _PLANS)
    return Computation(say("measure.unplanned_count", evidence.lang, **facts), cells=cells)


def _mandatory(evidence: Evidence, *, listed: bool) -> list[UsulanCase]:
    """The pairs of usulan and partner that are mandatory, in the list of the paper or outside it."""
    places = set(listed_ids(evidence))
    pairs = [found for found in cases_of(evidence.register) if found.case.kind == _MANDATORY]
    return [found for found in pairs if (found.usulan_id in places) is listed]


def _pairs(name: str, *, listed: bool) -> Callable[[PrintedFigure, Evidence], Computation]:
    def explain(figure: PrintedFigure, evidence: Evidence) -> Computation:
        found = _mandatory(evidence, listed=listed)
        pairs = [f"{one.usulan_id} ({one.case.partner_name})" for one in found]
        facts = {"value": figure.text, "which": some_of(pairs, evidence.lang)}
        ids = tuple(dict.fromkeys(one.usulan_id for one in found))
        return Computation(say(f"measure.{name}", evidence.lang, **facts), counted=ids)

    return explain


def _partners(figure: PrintedFigure, evidence: Evidence) -> Computation:
    """The different partners of the mandatory pairs in the list."""
    found = _mandatory(evidence, listed=True)
    names = {one.case.partner: one.case.partner_name for one in found}
    facts = {"value": figure.text, "which": some_of(list(names.values()), evidence.lang)}
    ids = tuple(dict.fromkeys(one.usulan_id for one in found))
    return Computation(say("measure.partner_count", evidence.lang, **facts), counted=ids)


LISTED: Final[dict[str, Callable[[PrintedFigure, Evidence], Computation | None]]] = {
    "set_count": _set, "other_count": _others, "change_count": _changed,
    "weight_count": _reweighted, "unplanned_count": _unplanned, "partner_count": _partners,
    "pair_count": _pairs("pair_count", listed=True),
    "unset_count": _pairs("unset_count", listed=False),
}  # fmt: skip
"""By measure."""
