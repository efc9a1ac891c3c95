"""Say which usulan a figure of follow-through counts, how long they were watched, and how far a group came."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, percent, say
from ksd_toolkit.publishing.asked_figures import GoneError, explained_by, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.follow_through_asked import READ, behind, names_in
from ksd_toolkit.publishing.follow_through_stopped import STOPPED
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_COUNTS: Final = ("entered", "reached", "open", "stopped", "joined")


def followed(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of follow-through came about; None where its measure is none of it."""
    return explained_by(_FIGURES, Asked, figure, meaning, evidence)


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
    names = names_in(row[f"{measure if measure in _COUNTS else 'reached'}_usulan"])
    numbers = {name: int(row[name]) for name in _COUNTS}
    numbers["own"] = numbers["entered"] - numbers["joined"]
    numbers["decided"] = numbers["reached"] + numbers["stopped"]
    facts = {name: count(number, asked.lang) for name, number in numbers.items()}
    facts |= {"period": period, "step": _step_name(code, asked.lang), "names": asked.some(names)}
    rows = behind(asked, names or names_in(row["entered_usulan"]))
    return asked.told(rows, READ, **facts)


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


def _time(asked: Asked) -> Computation:
    """The cases of a step by how their watch ended, and the times read from them."""
    period, _, code = asked.subject.partition("|")
    measure = asked.measure
    if measure == "beside_median":
        period, measure = asked.part, "median_days"
    times = asked.review.waiting_times
    row = first_of(times[(times["periode"] == period) & (times["step"] == code)])
    ends = ("reached", "open", "stopped", "undated")
    lists = {end: names_in(row[f"{end}_usulan"]) for end in ends}
    every = [name for end in ends for name in lists[end]]
    names = lists.get(measure, every)
    facts = {end: count(row[end], asked.lang) for end in (*ends, "cases")}
    facts |= {"period": period, "step": _step_name(code, asked.lang), "names": asked.some(names)}
    facts["timed"] = count(row["cases"] - row["undated"], asked.lang)
    facts["longest"] = _days(row["longest_open_days"], asked.lang)
    code = _why(row, asked) if measure == "median_days" else ""
    rows = behind(asked, names or every)
    return asked.told(rows, READ, code=code, **facts, **_limits(asked.lang))


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
    members = set(names_in(row["usulan"]))
    rows = behind(asked, names_in(row["usulan"]))
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
    return asked.told(rows, READ, **facts, **_limits(asked.lang))


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


def _chart(asked: Asked) -> Computation:
    """A drawing as a whole, or a number of its texts with the sentence it stands in."""
    journeys = asked.review.journeys
    mine = journeys[journeys["periode"] == asked.subject]
    names = list(mine["periode"] + "/" + mine["usulan_id"])
    rows = asked.once(f"follow {asked.subject}", lambda: behind(asked, names))
    code = "told" if asked.figure.start >= 0 else ""
    return asked.told(rows, READ, code=code)


_FIGURES: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    **{("perjalanan", name): _of_step for name in (*_COUNTS, "beside_reached")},
    ("perjalanan", "conversion_percent"): _of_step,
    ("perjalanan", "decided_percent"): _of_step,
    ("perjalanan", "period"): _period,
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
    **STOPPED,
}
"""What figures are, by kind of subject and measure."""
