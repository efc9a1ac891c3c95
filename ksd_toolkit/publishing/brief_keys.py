"""Explain the key figures of a brief, the numbers beside them included, and the period before."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, say, share
from ksd_toolkit.publishing.answers_asked import AskedAnswer, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.counted_things import counted
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types, measures
from ksd_toolkit.scoring.overview import NOT_KSD_FAMILY, UNCLEAR_FAMILY


def _key(asked: AskedAnswer) -> Computation:
    """A count of usulan and the counts its note adds.

    Raises:
        GoneError: Nothing is ranked, or other numbers were printed.
    """
    evidence, lang = asked.evidence, asked.lang
    found = counted(evidence, Origin(asked.part, "usulan/*"))
    if evidence.ranking is None or found is None or found.counted == ():
        raise GoneError
    ranking = evidence.ranking
    n = asked.once("measures", lambda: measures(ranking))
    if count(n[asked.part], lang) != asked.figure.text:
        raise GoneError
    facts = {name: count(number, lang) for name, number in n.items()}
    facts |= {
        "share": share(n["ksd"], n["usulan"], 1, lang),
        "period": asked.register.dossier.period,
    }
    told = asked.told(code=asked.part, **facts)
    sentence = f"{told.sentence} {_beside(asked, n)}".strip()
    return Computation(sentence, counted=found.counted, cells=usulan_places(found.counted, "judul"))


def _beside(asked: AskedAnswer, n: Mapping[str, int]) -> str:
    """What a note says only where there is something to say."""
    before = asked.register.previous
    if asked.part == "usulan" and before is not None:
        facts = {"n": count(len(before.usulan), asked.lang), "before": before.dossier.period}
        return say("trace.brief_before", asked.lang, **facts)
    if asked.part == "ksd" and n["unclear"]:
        return say("trace.brief_unclear", asked.lang, n=count(n["unclear"], asked.lang))
    return ""


def _answered_of(asked: AskedAnswer) -> Computation:
    """How many offices answered of how many, and who is missing."""
    offices = asked.register.dossier.offices["opd_nama"]
    spoke = answering_offices(asked.register)
    if f"{len(spoke)}/{len(offices)}" != asked.figure.text:
        raise GoneError
    silent = asked.some([str(name) for code, name in offices.items() if code not in spoke])
    facts = {"n": count(len(spoke), asked.lang), "whole": count(len(offices), asked.lang)}
    return asked.on(asked.heads(), period=asked.register.dossier.period, names=silent, **facts)


def _previous(asked: AskedAnswer) -> Register:
    if asked.register.previous is None:
        raise GoneError
    return asked.register.previous


def _before(asked: AskedAnswer) -> Computation:
    """A number of the period before, with the first answers of it."""
    previous, lang = _previous(asked), asked.lang
    period = previous.dossier.period
    family = derive_types(previous)["family"]
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


KEYS: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    ("kunci", "brief_key"): _key,
    ("opd", "offices_of_asked"): _answered_of,
    ("periode", "usulan_before"): _before,
    ("periode", "offices_before"): _before,
    ("periode", "ksd_share_before"): _before,
    ("periode", "period_before"): _before,
}
"""By kind of subject and measure."""
