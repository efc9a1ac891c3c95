"""Say which usulan stopped or were never started, who decided so, and for which reason."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.determination import AGREED
from ksd_toolkit.evaluation.journey_sentence import ground_text
from ksd_toolkit.evaluation.stopped import ENDED, agreed_of, refusals_of, unstarted_of
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.follow_through_asked import READ, behind, listed, names_in


def _stopped_after(asked: Asked) -> Computation:
    stops = asked.review.stops
    return listed(asked, stops[(stops["periode"] == asked.subject) & (stops["kind"] == ENDED)])


def _unstarted(asked: Asked) -> Computation:
    found = unstarted_of(asked.review.journeys)
    return listed(asked, found[found["periode"] == asked.subject])


def _stop(asked: Asked) -> Computation:
    """Why one usulan stopped."""
    period, _, name = asked.subject.partition("/")
    stops = asked.review.stops
    row = first_of(stops[(stops["periode"] == period) & (stops["usulan_id"] == name)])
    facts = {"usulan": asked.subject, "ground": ground_text(row, asked.lang)}
    return asked.told(behind(asked, [asked.subject]), READ, **facts)


def _own(asked: Asked) -> Computation:
    """A text of an usulan, word for word."""
    sentence = say("measure.quoted", asked.lang, value=asked.figure.text)
    rows = asked.usulan([asked.subject])
    return Computation(sentence, rows=rows, questions=("usulan_id", "judul", "opd_kode"))


def _carried(asked: Asked) -> Computation:
    return asked.told(asked.usulan([asked.figure.text]), ("usulan_id", "usulan_asal"))


def _decided(asked: Asked) -> Computation:
    """The usulan a plenary, or their own status, decided alike."""
    period, _, kind = asked.subject.partition("|")
    review = asked.review
    found = agreed_of(review.journeys) if kind == AGREED else review.stops
    found = found if kind == AGREED else found[found["kind"] == kind]
    decision = mid_sentence(say(f"follow_through.decision.{kind}", asked.lang))
    mine = found[found["periode"] == period]
    return listed(asked, mine, period=period, decision=decision)


def _refused(asked: Asked) -> Computation:
    """The usulan that were refused for one reason."""
    found = refusals_of(asked.review.stops)
    row = first_of(found[found.index == int(asked.subject)])
    decision = mid_sentence(say(f"follow_through.decision.{row['kind']}", asked.lang))
    ids = pd.DataFrame({"usulan_id": names_in(row["usulan"])}).assign(periode=row["periode"])
    return listed(asked, ids, period=str(row["periode"]), decision=decision)


def _waiting(asked: Asked) -> Computation:
    """How long one usulan waits, and since when."""
    period, _, name = asked.subject.partition("/")
    found = unstarted_of(asked.review.journeys)
    row = first_of(found[(found["periode"] == period) & (found["usulan_id"] == name)])
    journeys = asked.review.journeys
    mine = first_of(journeys[(journeys["periode"] == period) & (journeys["usulan_id"] == name)])
    if pd.isna(row["day_zero"]):
        raise GoneError
    facts = {
        "since": date_text(row["day_zero"], asked.lang),
        "days": count(row["waiting_days"], asked.lang),
        "source": say(f"follow_through.since.{mine['day_source']}", asked.lang),
    }
    rows = asked.usulan([asked.subject])
    return asked.told(rows, ("usulan_id", "status_usulan"), usulan=asked.subject, **facts)


STOPPED: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    ("perjalanan", "stopped_after"): _stopped_after,
    ("perjalanan", "unstarted"): _unstarted,
    ("berhenti", "usulan_id"): _own,
    ("berhenti", "judul"): _own,
    ("berhenti", "ground"): _stop,
    ("berhenti", "carried"): _carried,
    ("keputusan", "period"): _decided,
    ("keputusan", "usulan_count"): _decided,
    ("keputusan", "which"): _decided,
    ("alasan", "period"): _refused,
    ("alasan", "why"): _refused,
    ("alasan", "usulan_count"): _refused,
    ("menunggu", "usulan_id"): _own,
    ("menunggu", "judul"): _own,
    ("menunggu", "opd_kode"): _own,
    ("menunggu", "day_zero"): _waiting,
    ("menunggu", "waiting_days"): _waiting,
}
"""What figures are, by kind of subject and measure."""
