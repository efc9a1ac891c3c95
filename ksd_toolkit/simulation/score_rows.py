"""The rows of the sheet `nilai`: two officers of the office, three members of the TKKSD."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from ksd_toolkit.publishing.questionnaire_guide import read_anchors
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.handwriting import Handwriting, question
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.proposal_rows import Typing

MEMBERS: Final = ("TKKSD-1", "TKKSD-2", "TKKSD-3")
_OPTIMISM: Final = 0.3  # offices score their own proposals higher than the TKKSD does
_BLANK, _UNKNOWN, _NOT_APPLICABLE = 0.04, 0.06, 0.065  # cumulative shares of cells without a score
_NOBODY_KNOWS: Final = 0.02  # criteria of a proposal on which no rater could say anything
_REASONED: Final = {"OPD": 0.25, "TKKSD": 0.12}
_GAP: Final = 1.5  # two officers who see a proposal this far above and below their middle
_FAIR: Final = 3


def score_rows(
    proposal: Proposal, rater: str, draws: Draws, disputed: Collection[str] = ()
) -> Iterator[Typing]:
    """A row per criterion from one rater.

    Args:
        proposal: What is scored.
        rater: `OPD-1`, `OPD-2` or a member of the TKKSD.
        draws: What is left to chance.
        disputed: The criteria on which the two officers of the office disagree by three points.
    """
    asked, hand = question("nilai", "kriteria_kode"), Handwriting(draws)
    for criterion in asked.choices:
        score = _score(proposal, rater, criterion.code, draws, criterion.code in disputed)
        yield {
            "usulan_id": proposal.usulan_id,
            "kriteria_kode": hand.option(asked, criterion.code, proposal.opd_kode),
            "penilai": rater,
            "skor": int(score) if score.isdigit() else score,
            **_grounds(proposal, rater, criterion.code, score, draws),
        }


def _score(proposal: Proposal, rater: str, criterion: str, draws: Draws, disputed: bool) -> str:
    key = proposal.key
    gone = draws.chance(key, rater, criterion, "kosong")
    if disputed:
        middle = draws.choose((2.5, 3.5), key, criterion, "sengketa")
        return str(int(middle + (_GAP if rater == "OPD-1" else -_GAP)))
    if draws.happens(_NOBODY_KNOWS, key, criterion, "tak seorang pun"):
        return draws.choose(("", "TT"), key, criterion, rater)
    if gone < _NOT_APPLICABLE:
        return "" if gone < _BLANK else "TT" if gone < _UNKNOWN else "TB"
    level = 3.25 + 0.62 * (proposal.mutu - _FAIR) + draws.wobble(1.9, key, criterion)
    level += draws.wobble(0.9, key, criterion, rater) - (_OPTIMISM if rater in MEMBERS else 0)
    return str(min(5, max(1, round(level))))


def _grounds(proposal: Proposal, rater: str, criterion: str, score: str, draws: Draws) -> Typing:
    """A reason in the words of the anchor, for part of the scores."""
    role = rater.partition("-")[0]
    names = (proposal.key, rater, criterion, "alasan")
    if not score.isdigit() or not draws.happens(_REASONED[role], *names):
        return {"alasan": None, "bukti": None}
    shown = role == "OPD" and int(score) > _FAIR
    return {
        "alasan": _anchors()[criterion, int(score)],
        "bukti": (proposal.facts["bukti_sumber"] or None) if shown else None,
    }


@cache
def _anchors() -> dict[tuple[str, int], str]:
    """The meaning of a score of a criterion, in Indonesian."""
    return {(anchor.kriteria_kode, anchor.skor): anchor.texts["id"] for anchor in read_anchors()}
