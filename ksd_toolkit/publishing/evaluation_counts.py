"""Say which documents, results, usulan and actions a count of the evaluation counts."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, percent, rupiah, say, share
from ksd_toolkit.publishing.asked_figures import Row, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked, result_name
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.periodic_rows import PLANNED, monitoring_rows

_CARRIED: Final = (
    "usulan_id", "judul", "status_usulan", "no_dok", "jenis_dok", "tgl_ttd", "status", "tahap",
    "tanggal",
)  # fmt: skip
RESULT_ASKED: Final = ("no_dok", "periode", "indikator", "target", "realisasi")
"""The answers a result consists of."""
DATES: Final = ("no_dok", "tgl_ttd", "mulai", "berakhir", "status")
"""The answers that decide the status of a document."""


def _documents(asked: Asked, found: pd.DataFrame, **facts: str) -> Computation:
    """How many documents, which, and the answers that decide their status."""
    numbers = [str(number) for number in found["no_dok"]]
    told = {
        "n": count(len(numbers), asked.lang),
        "whole": count(len(asked.review.documents), asked.lang),
        "names": asked.some(numbers),
    }
    return asked.told(asked.documents(numbers), DATES, **told, **facts)


def _running(asked: Asked) -> pd.DataFrame:
    documents = asked.review.documents
    return documents[documents["effective_status"].isin(RUNNING)]


def _in_force(asked: Asked) -> Computation:
    return _documents(asked, _running(asked))


def _all(asked: Asked) -> Computation:
    return _documents(asked, asked.review.documents)


def _expiring(asked: Asked) -> Computation:
    found = _running(asked)
    return _documents(asked, found[found["days_left"] <= int(asked.part)])


def _signed(asked: Asked) -> Computation:
    """All signed documents, or those of one kind."""
    documents = asked.review.documents
    found = documents[documents["is_signed"]]
    if asked.part:
        found = found[found["jenis_dok"] == asked.part]
    return _documents(asked, found, kind=asked.part)


def _drafts(asked: Asked) -> Computation:
    documents = asked.review.documents
    return _documents(asked, documents[documents["effective_status"] == "rancangan"])


def _implementing(asked: Asked) -> Computation:
    running, kinds = _running(asked), asked.review.rules.monitored
    facts = {"kinds": join_words(list(kinds), asked.lang)}
    return _documents(asked, running[running["jenis_dok"].isin(kinds)], **facts)


def _unmonitored(asked: Asked) -> Computation:
    """Documents a finding names because they were running without being monitored."""
    numbers = {
        str(problem.facts["no_dok"])
        for problem in asked.review.findings
        if problem.code == "evaluation.monev_missing"
        and problem.facts["period"] == str(asked.review.semester)
    }
    documents, days = asked.review.documents, asked.review.rules.minimum_days_running
    return _documents(
        asked, documents[documents["no_dok"].isin(numbers)], days=count(days, asked.lang)
    )


def _by_status(asked: Asked) -> Computation:
    """Documents of one status, or all of them; their share and their value."""
    documents, lang = asked.review.documents, asked.lang
    found = documents
    if asked.subject != "*":
        found = documents[documents["effective_status"] == asked.subject]
    stated = found[found["nilai_rupiah"].notna()]
    valued = asked.measure == "nilai_rupiah"
    facts = {
        "n": count(len(found), lang),
        "whole": count(len(documents), lang),
        "share": share(len(found), len(documents), 1, lang),
        "names": asked.some([str(number) for number in (stated if valued else found)["no_dok"]]),
        "stated": count(len(stated), lang),
        "sum": rupiah(stated["nilai_rupiah"].sum(), lang),
    }
    if asked.subject != "*":
        facts["status"] = mid_sentence(say(f"evaluation.status.{asked.subject}", lang))
    rows = asked.documents((stated if valued else found)["no_dok"])
    questions = ("no_dok", "nilai_rupiah") if valued else DATES
    return asked.told(rows, questions, code="all" if asked.subject == "*" else "", **facts)


def _results(asked: Asked) -> Computation:
    """Results of the half-year: in the best class, in the two best, computable or not."""
    review, lang = asked.review, asked.lang
    found = review.achievements
    found = found[found["periode"] == str(review.semester)]
    computable, bands = found[found["band"].notna()], review.rules.bands
    of_class = {"achieved": bands[:1], "good": bands[:2]}.get(asked.measure, bands)
    chosen = computable[computable["band"].isin([band.code for band in of_class])]
    if asked.measure == "not_computable":
        chosen = found[found["not_computable"].notna()]
    lowest = of_class[-1].above_percent
    facts = {
        "n": count(len(chosen), lang),
        "whole": count(len(computable), lang),
        "names": asked.some([f"{r['no_dok']} {r['indikator']}" for r in chosen.to_dict("records")]),
        "bands": join_words([mid_sentence(band.label(lang)) for band in of_class], lang),
        "above": percent(lowest, 0, lang) if lowest is not None else "\u2013",
    }
    return asked.told(asked.results(chosen), RESULT_ASKED, **facts)


def _cases(asked: Asked) -> Computation:
    """Determined usulan: all, carried out, open or stopped."""
    cases = asked.review.cases
    states = {"implemented": "selesai", "open": "terbuka", "stopped": "berhenti"}
    measure = asked.measure
    found = cases if measure == "determined" else cases[cases["state"] == states[measure]]
    names = [str(name) for name in found["periode"] + "/" + found["usulan_id"]]
    facts = {"n": count(len(names), asked.lang), "whole": count(len(cases), asked.lang)}
    rows = [*asked.usulan(names), *_carrying(asked, found)]
    return asked.told(rows, _CARRIED, names=asked.some(names), **facts)


def _carrying(asked: Asked, cases: pd.DataFrame) -> list[Row]:
    """The documents that usulan led to, and the stages of these that count as a step."""
    told = {number for text in cases["documents"].dropna() for number in str(text).split("; ")}
    stages = asked.evidence.register.table("tahapan")
    counting = {step.stage for step in asked.review.rules.steps if step.stage}
    held = stages["no_dok"].isin(told) & stages["tahap"].isin(counting)
    dated = [("tahapan", str(key)) for key in stages.loc[held, "row_key"]]
    return [*(("naskah", number) for number in sorted(told)), *dated]


def _step(asked: Asked) -> Computation:
    """Usulan that came to a step, took it, are before it or stopped there; and the shares of them."""
    steps = asked.review.follow_through
    row = first_of(steps[steps["step"] == asked.subject])
    place, measure = list(steps["step"]).index(asked.subject), asked.measure
    before = steps.iloc[max(0, place - 1)]
    list_of = {"open": "open_usulan", "stopped": "stopped_usulan"}.get(measure, "reached_usulan")
    told = str((before if measure == "entered" else row)[list_of])
    names = [name for name in told.split("; ") if name]
    numbers = {name: int(row[name]) for name in ("entered", "reached", "open", "stopped")}
    numbers["decided"] = numbers["reached"] + numbers["stopped"]
    facts = {name: count(number, asked.lang) for name, number in numbers.items()}
    facts["step"] = mid_sentence(say(f"evaluation.step.{asked.subject}", asked.lang))
    cases = asked.review.cases
    mine = cases[(cases["periode"] + "/" + cases["usulan_id"]).isin(names)]
    rows = [*asked.usulan(names), *_carrying(asked, mine)]
    code = "determined" if place == 0 and measure in {"entered", "reached"} else ""
    return asked.told(rows, _CARRIED, code=code, names=asked.some(names), **facts)


def _overdue(asked: Asked) -> Computation:
    """Actions past their day, each by its document and the half-year that planned it."""
    actions = asked.review.follow_ups
    found = actions[actions["overdue"]]
    pairs = list(zip(found["no_dok"], found["asked_in"], strict=True))
    names = [f"{number} ({period})" for number, period in pairs]
    facts = {"n": count(len(found), asked.lang), "names": asked.some(names)}
    rows = [row for number, period in pairs for row in monitoring_rows(asked, number, period)]
    return asked.told(rows, PLANNED, **facts)


def _recommended(asked: Asked) -> Computation:
    """The documents that got one recommendation."""
    given = asked.review.recommendations
    found = given[given["recommendation"] == asked.part]
    numbers = [str(number) for number in found["no_dok"]]
    told = [grounds(asked, row) for row in found.to_dict("records")]
    facts = {
        "n": count(len(numbers), asked.lang),
        "names": asked.some([f"{r['no_dok']} ({r['row']})" for r in found.to_dict("records")]),
        "verdict": mid_sentence(say(f"evaluation.recommendation.{asked.part}", asked.lang)),
    }
    rows = [row for rows, _ in told for row in rows]
    questions = dict.fromkeys(name for _, names in told for name in names)
    return asked.told(rows, tuple(questions), **facts)


def grounds(asked: Asked, given: Mapping[Any, Any]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows and the answers a recommendation rests on; the document where none was consulted."""
    rows = asked.speaking(str(given["no_dok"]))
    if pd.notna(given["weakest_indicator"]):
        rows += asked.results_called(
            result_name({**given, "indikator": given["weakest_indicator"]})
        )
    told = "" if pd.isna(given["matched"]) else str(given["matched"])
    read = tuple(fact.partition("=")[0] for fact in told.split(";") if fact)
    return rows or asked.documents([given["no_dok"]]), (*RESULT_ASKED, *read)


COUNTS: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    ("naskah", "running"): _in_force,
    ("naskah", "documents"): _all,
    ("naskah", "expiring"): _expiring,
    ("naskah", "signed"): _signed,
    ("naskah", "signed_kind"): _signed,
    ("naskah", "drafts"): _drafts,
    ("naskah", "implementing"): _implementing,
    ("naskah", "unmonitored"): _unmonitored,
    ("naskah", "overdue"): _overdue,
    ("naskah", "recommended"): _recommended,
    ("status", "documents"): _by_status,
    ("status", "documents_share"): _by_status,
    ("status", "nilai_rupiah"): _by_status,
    ("capaian", "achieved"): _results,
    ("capaian", "good"): _results,
    ("capaian", "computable"): _results,
    ("capaian", "not_computable"): _results,
    ("penetapan", "determined"): _cases,
    ("penetapan", "implemented"): _cases,
    ("penetapan", "open"): _cases,
    ("penetapan", "stopped"): _cases,
    **{
        ("langkah", name): _step
        for name in (
            "entered", "reached", "open", "stopped", "conversion_percent", "decided_percent"
        )
    },
}  # fmt: skip
"""What counts are the counts of, by kind of subject and measure."""
