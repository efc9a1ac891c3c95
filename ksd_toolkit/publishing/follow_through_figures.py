"""Say which usulan a figure of follow-through counts, how long they were watched, and why one stopped."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.evaluation.determination import AGREED
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.journey_sentence import ground_text
from ksd_toolkit.evaluation.stopped import ENDED, agreed_of, refusals_of, unstarted_of
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, percent, say
from ksd_toolkit.publishing.asked_figures import GoneError, Row, explained_by, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_READ: Final = (
    "usulan_id", "judul", "status_usulan", "no_dok", "jenis_dok", "tgl_ttd", "berakhir", "status",
    "alasan_berakhir", "tahap", "tanggal", "periode", "penerima_manfaat", "hasil_uang", "hasil_barang",
)  # fmt: skip
_COUNTS: Final = ("entered", "reached", "open", "stopped", "joined")


def followed(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of follow-through came about; None where its measure is none of it."""
    return explained_by(_FIGURES, Asked, figure, meaning, evidence)


def _names(text: Any) -> list[str]:
    return [name for name in str(text).split("; ") if name]


def _behind(asked: Asked, names: list[str]) -> list[Row]:
    """The usulan, the documents of their journeys, and the stages and monitoring of these."""
    documents = asked.once("documents_of_journeys", lambda: _documents_of(asked.review.journeys))
    told = {number for name in names for number in documents.get(name, ())}
    rows: list[Row] = [*asked.usulan(names), *(("naskah", number) for number in sorted(told))]
    for name in ("tahapan", "monev"):
        held = asked.once(f"{name}_by_document", partial(_by_document, asked, name))
        rows += [(name, key) for number, key in held if number in told]
    return rows


def _documents_of(journeys: pd.DataFrame) -> dict[str, list[str]]:
    """The numbers of the documents of every journey, by `period/usulan`."""
    names = journeys["periode"] + "/" + journeys["usulan_id"]
    told = journeys["documents"].fillna("")
    return {name: _names(text) for name, text in zip(names, told, strict=True)}


def _by_document(asked: Asked, name: str) -> list[tuple[str, str]]:
    """The document and the key of every row of a table."""
    table = asked.evidence.register.table(name)
    return list(zip(map(str, table["no_dok"]), map(str, table["row_key"]), strict=True))


def _step_name(code: str, lang: str) -> str:
    return mid_sentence(say(f"follow_through.step.{code}", lang))


def _of_step(asked: Asked) -> Computation:
    """Usulan of a period that came to a step, took it, wait before it, stopped there or go on elsewhere."""
    period, _, code = asked.subject.partition("|")
    measure = asked.measure
    if measure == "beside_reached":
        period, measure = asked.part, "reached"
    steps = asked.once("funnel_steps", lambda: _steps_of(asked.review.funnel))
    if (row := steps.get((period, code))) is None:
        raise GoneError
    names = _names(row[f"{measure if measure in _COUNTS else 'reached'}_usulan"])
    numbers = {name: int(row[name]) for name in _COUNTS}
    numbers["own"] = numbers["entered"] - numbers["joined"]
    numbers["decided"] = numbers["reached"] + numbers["stopped"]
    facts = {name: count(number, asked.lang) for name, number in numbers.items()}
    facts |= {"period": period, "step": _step_name(code, asked.lang), "names": asked.some(names)}
    rows = _behind(asked, names or _names(row["entered_usulan"]))
    return asked.told(rows, _READ, **facts)


def _steps_of(funnel: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of the funnel by period and step."""
    return {(row["periode"], row["step"]): row for _, row in records(funnel)}


def _period(asked: Asked) -> Computation:
    """A period: the usulan it counts."""
    journeys = asked.review.journeys
    mine = journeys[journeys["periode"] == asked.subject.partition("|")[0]]
    names = list(mine["periode"] + "/" + mine["usulan_id"])
    n = count(len(names), asked.lang)
    return asked.told(asked.usulan(names), ("usulan_id", "judul"), n=n, names=asked.some(names))


def _stopped_after(asked: Asked) -> Computation:
    stops = asked.review.stops
    return _listed(asked, stops[(stops["periode"] == asked.subject) & (stops["kind"] == ENDED)])


def _unstarted(asked: Asked) -> Computation:
    found = unstarted_of(asked.review.journeys)
    return _listed(asked, found[found["periode"] == asked.subject])


def _listed(asked: Asked, found: pd.DataFrame, **facts: str) -> Computation:
    """How many usulan, and which."""
    names = list(found["periode"] + "/" + found["usulan_id"])
    n = count(len(names), asked.lang)
    told = asked.some([str(name) for name in names])
    return asked.told(_behind(asked, names), _READ, n=n, names=told, **facts)


def _time(asked: Asked) -> Computation:
    """The cases of a step by how their watch ended, and the times read from them."""
    period, _, code = asked.subject.partition("|")
    measure = asked.measure
    if measure == "beside_median":
        period, measure = asked.part, "median_days"
    times = asked.review.waiting_times
    row = first_of(times[(times["periode"] == period) & (times["step"] == code)])
    ends = ("reached", "open", "stopped", "undated")
    lists = {end: _names(row[f"{end}_usulan"]) for end in ends}
    every = [name for end in ends for name in lists[end]]
    names = lists.get(measure, every)
    facts = {end: count(row[end], asked.lang) for end in (*ends, "cases")}
    facts |= {"period": period, "step": _step_name(code, asked.lang), "names": asked.some(names)}
    facts["timed"] = count(row["cases"] - row["undated"], asked.lang)
    facts["longest"] = _days(row["longest_open_days"], asked.lang)
    code = _why(row, asked) if measure == "median_days" else ""
    rows = _behind(asked, names or every)
    return asked.told(rows, _READ, code=code, **facts, **_limits(asked.lang))


def _why(row: dict[str, Any], asked: Asked) -> str:
    return "" if pd.isna(row["no_median"]) else str(row["no_median"])


def _days(value: Any, lang: str) -> str:
    return "\u2013" if pd.isna(value) else count(value, lang)


def _limits(lang: str) -> dict[str, str]:
    rules = read_follow_rules()
    return {
        "smallest": count(rules.smallest_group, lang),
        "largest": percent(rules.largest_undated_percent, 0, lang),
    }


def _group(asked: Asked) -> Computation:
    """Determined usulan of a group, and how far they came."""
    by, _, rest = asked.subject.partition("|")
    period, _, name = rest.partition("|")
    if asked.measure == "beside_carried_out":
        period = asked.part
    groups = asked.once("groups", lambda: _by_group(asked.review.groups))
    if (row := groups.get((by, period, name))) is None:
        raise GoneError
    members = set(_names(row["usulan"]))
    rows = _behind(asked, _names(row["usulan"]))
    state = {"open": "terbuka", "stopped": "berhenti"}.get(asked.measure, "")
    names = [
        usulan
        for usulan, its in asked.once("states", lambda: _states(asked.review.journeys))
        if usulan in members and state in {"", its}
    ]
    facts = {
        "by": say(f"follow_through.by.{by}", asked.lang),
        "group": asked.meaning.named or name or say("follow_through.group.unknown", asked.lang),
        "period": period,
        "n": count(row["determined"], asked.lang),
        "carried_out": count(row["pelaksanaan"], asked.lang),
        "step": _step_name(asked.part, asked.lang) if asked.measure == "step" else "",
        "names": asked.some(names),
    }
    return asked.told(rows, _READ, **facts, **_limits(asked.lang))


def _by_group(groups: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The rows of groups by what groups them, period and name; without one where that is unknown."""
    return {
        (row["grouping"], row["periode"], "" if pd.isna(row["group"]) else row["group"]): row
        for _, row in records(groups)
    }


def _states(journeys: pd.DataFrame) -> list[tuple[str, str]]:
    """Every usulan as `period/id`, and its state."""
    names = journeys["periode"] + "/" + journeys["usulan_id"]
    return list(zip(map(str, names), map(str, journeys["state"]), strict=True))


def _stop(asked: Asked) -> Computation:
    """Why one usulan stopped."""
    period, _, name = asked.subject.partition("/")
    stops = asked.review.stops
    row = first_of(stops[(stops["periode"] == period) & (stops["usulan_id"] == name)])
    facts = {"usulan": asked.subject, "ground": ground_text(row, asked.lang)}
    return asked.told(_behind(asked, [asked.subject]), _READ, **facts)


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
    return _listed(asked, mine, period=period, decision=decision)


def _refused(asked: Asked) -> Computation:
    """The usulan that were refused for one reason."""
    found = refusals_of(asked.review.stops)
    row = first_of(found[found.index == int(asked.subject)])
    decision = mid_sentence(say(f"follow_through.decision.{row['kind']}", asked.lang))
    ids = pd.DataFrame({"usulan_id": _names(row["usulan"])}).assign(periode=row["periode"])
    return _listed(asked, ids, period=str(row["periode"]), decision=decision)


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


def _chart(asked: Asked) -> Computation:
    """A drawing as a whole, or a number of its texts with the sentence it stands in."""
    journeys = asked.review.journeys
    mine = journeys[journeys["periode"] == asked.subject]
    names = list(mine["periode"] + "/" + mine["usulan_id"])
    rows = asked.once(f"follow {asked.subject}", lambda: _behind(asked, names))
    code = "told" if asked.figure.start >= 0 else ""
    return asked.told(rows, _READ, code=code)


_FIGURES: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    **{("perjalanan", name): _of_step for name in (*_COUNTS, "beside_reached")},
    ("perjalanan", "conversion_percent"): _of_step,
    ("perjalanan", "decided_percent"): _of_step,
    ("perjalanan", "period"): _period,
    ("perjalanan", "stopped_after"): _stopped_after,
    ("perjalanan", "unstarted"): _unstarted,
    ("perjalanan", "chart_follow_funnel"): _chart,
    **{("waktu", name): _time for name in ("cases", "reached", "open", "stopped", "undated")},
    ("waktu", "median_days"): _time,
    ("waktu", "longest_open_days"): _time,
    ("waktu", "beside_median"): _time,
    ("waktu", "chart_follow_waiting"): _chart,
    **{("kelompok", name): _group for name in ("determined", "step", "open", "stopped")},
    ("kelompok", "carried_out_percent"): _group,
    ("kelompok", "beside_carried_out"): _group,
    ("kelompok", "group"): _group,
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
