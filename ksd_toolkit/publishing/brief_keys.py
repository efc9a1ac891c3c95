"""Explain the key figures of a brief, the numbers beside them included, and the period before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, say, share
from ksd_toolkit.publishing.answers_asked import NOWHERE, AskedAnswer, Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.counted_things import counted
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types
from ksd_toolkit.scoring.overview import NOT_KSD_FAMILY, PROBLEMS, UNCLEAR_FAMILY


def _counts(asked: AskedAnswer, *measures: str) -> dict[str, tuple[str, ...]]:
    """The usulan some measures count.

    Raises:
        GoneError: Nothing is ranked, or one counts no usulan.
    """
    evidence = asked.evidence
    found = {name: counted(evidence, Origin(name, "usulan/*")) for name in measures}
    if evidence.ranking is None or None in found.values():
        raise GoneError
    return {name: one.counted for name, one in found.items() if one is not None}


def _key(asked: AskedAnswer) -> Computation:
    """A count of usulan and the counts its note adds.

    Raises:
        GoneError: Nothing is ranked, or another number was printed.
    """
    lang, told_of = asked.lang, _counts(asked, *_TOLD, asked.part)
    mine = told_of[asked.part]
    if count(len(mine), lang) != asked.figure.text:
        raise GoneError
    n = {name: len(ids) for name, ids in told_of.items()}
    facts = {name: count(number, lang) for name, number in n.items()}
    facts |= {
        "share": share(n["ksd"], n["usulan"], 1, lang),
        "period": asked.register.dossier.period,
    }
    told = asked.told(code=asked.part, **facts)
    sentence = f"{told.sentence} {_beside(asked, n)}".strip()
    return Computation(sentence, counted=mine, cells=usulan_places(mine, "judul") or NOWHERE)


def _action(asked: AskedAnswer) -> Computation:
    """The sentence of a recommendation that counts usulan, with those it counts."""
    measure = {"set": "decision:ditetapkan"}.get(asked.subject, asked.subject)
    (mine,) = _counts(asked, measure).values()
    if asked.figure.numbers and count(len(mine), asked.lang) not in asked.figure.numbers:
        raise GoneError
    return replace(asked.told(), counted=mine, cells=usulan_places(mine, "judul") or NOWHERE)


def _beside(asked: AskedAnswer, n: Mapping[str, int]) -> str:
    """What a note says only where there is something to say."""
    before = asked.register.previous
    if asked.part == "usulan" and before is not None:
        facts = {"n": count(len(before.usulan), asked.lang), "before": before.dossier.period}
        return say("trace.brief_before", asked.lang, **facts)
    if asked.part == "ksd" and n["unclear"]:
        return say("trace.brief_unclear", asked.lang, n=count(n["unclear"], asked.lang))
    return ""


def first_answers(asked: AskedAnswer) -> list[Place]:
    """One answer of every office that gave any: a level of its maturity, else an usulan."""
    return asked.once("first_answers", lambda: _first_answers(asked.register))


def _first_answers(register: Register) -> list[Place]:
    told, usulan = register.opd[list(PROBLEMS)].notna().to_numpy(), register.usulan
    places: list[Place] = [
        ("opd", code, PROBLEMS[int(row.argmax())])
        for code, row in zip(register.opd["opd_kode"].tolist(), told, strict=True)
        if row.any()
    ]
    known = {code for _, code, _ in places}
    pairs = zip(usulan["opd_kode"].tolist(), usulan["usulan_id"].tolist(), strict=True)
    for code, one in pairs:
        if code not in known:
            known.add(code)
            places.append(("usulan", one, "judul"))
    return places


def _answered_of(asked: AskedAnswer) -> Computation:
    """How many offices answered of how many, and who is missing."""
    offices = asked.register.dossier.offices["opd_nama"]
    spoke = answering_offices(asked.register)
    if f"{len(spoke)}/{len(offices)}" != asked.figure.text:
        raise GoneError
    silent = asked.some([str(name) for code, name in offices.items() if code not in spoke])
    facts = {"n": count(len(spoke), asked.lang), "whole": count(len(offices), asked.lang)}
    return asked.on(
        first_answers(asked), period=asked.register.dossier.period, names=silent, **facts
    )


def _previous(asked: AskedAnswer) -> Register:
    if asked.register.previous is None:
        raise GoneError
    return asked.register.previous


def _before(asked: AskedAnswer) -> Computation:
    """A number of the period before, with the first answers of it."""
    previous, lang = _previous(asked), asked.lang
    period = previous.dossier.period
    family = asked.once("types_before", lambda: derive_types(previous))["family"]
    ksd = family.index[~family.isin([NOT_KSD_FAMILY, UNCLEAR_FAMILY])]
    spoke = answering_offices(previous)
    facts = {
        "n": count(len(ksd), lang), "whole": count(len(family), lang), "before": period,
        "period": asked.register.dossier.period,
    }  # fmt: skip
    printed = {
        "usulan_before": count(len(family), lang),
        "offices_before": count(len(spoke), lang),
        "ksd_share_before": share(len(ksd), len(family), 1, lang),
        "period_before": period,
    }
    if printed[asked.measure] != asked.figure.text:
        raise GoneError
    if asked.measure == "offices_before":
        return asked.told(
            [("opd", f"{period}/{code}") for code in sorted(spoke)], ("opd_nama",), **facts
        )
    mine = ksd if asked.measure == "ksd_share_before" else family.index
    return asked.told([("usulan", f"{period}/{one}") for one in mine], ("judul",), **facts)


_TOLD: Final = ("usulan", "ksd", "unclear", "stopped_ksd", "class_two")
"""What the notes of key figures count."""

KEYS: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    ("kunci", "brief_key"): _key,
    ("tindakan", "action"): _action,
    ("opd", "offices_of_asked"): _answered_of,
    ("periode", "usulan_before"): _before,
    ("periode", "offices_before"): _before,
    ("periode", "ksd_share_before"): _before,
    ("periode", "period_before"): _before,
}
"""By kind of subject and measure."""
