"""Say which scores stand behind what members of the TKKSD gave, and behind the gap to the offices."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ksd_toolkit.messages import count, decimal, language, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.priorities_asked import Apart, AskedPriority

_PANEL: Final = "TKKSD-"


def _panel(asked: AskedPriority) -> Computation:
    """What one member, or all members, of the TKKSD scored on the criterion of the row."""
    label, lang = asked.meaning.row["criterion_name"], language(asked.lang)
    codes = [one.code for one in asked.ranking.method.criteria if one.labels[lang] == label]
    pairs = [(asked.subject, code) for code in codes]
    places = asked.places(pairs, _PANEL)
    if asked.part:
        mine = {
            row for pair in pairs for name, row in asked.scores.get(pair, ()) if name == asked.part
        }
        places = [place for place in places if place[1] in mine]
    return asked.on(places)


def _panel_order(asked: AskedPriority) -> Computation:
    """The scores over which Kendall's W of one criterion is computed: of usulan every member scored."""
    by = {
        pair: {name for name, _ in scores if name.startswith(_PANEL)}
        for pair, scores in asked.scores.items()
    }
    members = set().union(*by.values())
    judged = [pair for pair, names in by.items() if pair[1] == asked.subject and names == members]
    if count(len(judged), asked.lang) != asked.meaning.row["usulan"]:
        raise GoneError  # other members were compared, or all criteria together
    return asked.on(asked.places(judged, _PANEL))


def _compared(asked: AskedPriority) -> Computation:
    """A count or mean over the scores an office and the TKKSD both gave."""
    owners, subject = asked.evidence.owners, asked.subject
    mine = [
        one
        for one in asked.apart
        if (owners.get(one.usulan) if asked.kind == "opd" else one.criterion) == subject
    ]
    if asked.measure == "higher":
        mine = [one for one in mine if one.gap > 0]
    if asked.measure == "lower":
        mine = [one for one in mine if one.gap < 0]
    return asked.on(_both(asked, mine))


def _both(asked: AskedPriority, apart: Iterable[Apart]) -> list[Place]:
    """The scores of both sides behind some differences."""
    return asked.places((one.usulan, one.criterion) for one in apart)


def _gap(asked: AskedPriority) -> Computation:
    """How far the office and the TKKSD are apart on one usulan, criterion by criterion."""
    mine, lang = [one for one in asked.apart if one.usulan == asked.subject], asked.lang
    mean = sum(one.gap for one in mine) / len(mine) if mine else 0.0
    if not mine or decimal(abs(mean), 2, lang) not in asked.figure.text:
        raise GoneError
    terms = "; ".join(
        f"{one.criterion} {trimmed(one.opd, 2, lang)} \u2212 {trimmed(one.tkksd, 2, lang)}"
        for one in mine
    )
    return asked.on(_both(asked, mine), n=count(len(mine), lang), terms=terms)


_COMPARED: Final = ("leaves", "gap", "higher", "lower")

RATED: Final[Mapping[tuple[str, str], Callable[[AskedPriority], Computation]]] = {
    ("usulan", "panel_score"): _panel,
    ("usulan", "spread"): _panel,
    ("usulan", "gap"): _gap,
    **{("opd", measure): _compared for measure in _COMPARED},
    **{("kriteria", measure): _compared for measure in _COMPARED},
    ("kriteria_tkksd", "usulan"): _panel_order,
    ("kriteria_tkksd", "panel_w"): _panel_order,
}
"""By kind of subject and measure."""
