"""The six DAC and the six Dunn criteria of every monitored document, each with the sources it was read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.criteria_rules import CriteriaRules, Criterion, Source

_SOURCE_COLUMNS: Final = ("no_dok", "periode", "source", "told", "percent")
_COLUMNS: Final = (
    "no_dok", "judul", "periode", "set", "criterion", "value", "grade", "answered", "sources",
)  # fmt: skip
_TOTAL_COLUMNS: Final = (
    "set", "criterion", "value", "grade", "documents", "without", "lowest", "lowest_value",
)  # fmt: skip

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What criteria are read from beside the answers.

    `results` are the indicators of all half-years, `overlaps` whether a document overlaps with another
    (`ya, tidak`), `plans` what the usulan behind it says of plans (`rpjmd_rkpd, salah_satu, tidak`), by
    number; a document of which this is not known has no entry.
    """

    results: pd.DataFrame
    overlaps: Mapping[str, str]
    plans: Mapping[str, str]


def sources_of(latest: pd.DataFrame, facts: Facts, rules: CriteriaRules) -> pd.DataFrame:
    """What every source of the criteria says of each monitored document.

    Args:
        latest: The latest speaking monitoring of each document.
        facts: Indicators, overlaps and plans.
        rules: The criteria.

    Returns:
        `no_dok, periode, source, told` (option or figure, as text; missing for a blank) and `percent` of
        the best there is (missing for a blank).
    """
    shown = facts.results.groupby(["no_dok", "periode"])["shown_percent"].mean().to_dict()
    rows = [
        _source_row(row, source, _told(row, source, facts, shown))
        for row in latest.sort_values("no_dok", kind="stable").to_dict("records")
        for source in rules.sources.values()
    ]
    kinds: dict[str, Any] = dict.fromkeys(_SOURCE_COLUMNS, "str") | {"percent": "float64"}
    return pd.DataFrame(rows, columns=list(_SOURCE_COLUMNS)).astype(kinds)


def _told(row: Mapping[Any, Any], source: Source, facts: Facts, shown: Mapping[Any, float]) -> Any:
    """What a source says of the document of a monitoring row; None where it says nothing."""
    number = row["no_dok"]
    if source.kind == "indicators":
        return shown.get((number, row["periode"]))
    if source.kind == "absorption":
        budget, spent = row["anggaran"], row["realisasi_anggaran"]
        return 100 * spent / budget if budget > 0 and pd.notna(spent) else None
    if source.kind == "plan":
        return facts.plans.get(number)
    if source.kind == "overlap":
        return facts.overlaps.get(number)
    return row[source.code]


def _source_row(row: Mapping[Any, Any], source: Source, told: Any) -> dict[str, Any]:
    blank = told is None or pd.isna(told)
    return {
        "no_dok": row["no_dok"],
        "periode": row["periode"],
        "source": source.code,
        "told": None if blank else str(told),
        "percent": None if blank else source.percent(told),
    }


def criteria_of(
    documents: pd.DataFrame, sources: pd.DataFrame, rules: CriteriaRules
) -> pd.DataFrame:
    """Every criterion of each monitored document: the mean of its answered sources, equal in weight.

    A criterion none of whose sources was answered has no value; nothing is filled in.

    Returns:
        `no_dok, judul, periode, set, criterion, value` (0 to 100), `grade` (its class), `answered` and
        `sources` (how many of its sources spoke, and how many it has).

    Source:
        `knowledge/evaluation_criteria.toml`.
    """
    titles = dict(zip(documents["no_dok"], documents["judul"], strict=True))
    rows = [
        row
        for (number, period), group in sources.groupby(["no_dok", "periode"], sort=True)
        for row in _of_document(str(number), str(period), titles, group, rules)
    ]
    kinds: dict[str, Any] = dict.fromkeys(_COLUMNS, "str")
    kinds |= {"value": "float64", "answered": int, "sources": int}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(kinds)


def _of_document(
    number: str, period: str, titles: Mapping[str, Any], group: pd.DataFrame, rules: CriteriaRules
) -> Iterator[dict[str, Any]]:
    percents = dict(zip(group["source"], group["percent"], strict=True))
    for criterion in rules.criteria:
        answered = [percents[code] for code in criterion.sources if pd.notna(percents[code])]
        value = _mean(answered)
        yield {
            "no_dok": number,
            "judul": titles.get(number),
            "periode": period,
            "set": criterion.set,
            "criterion": criterion.code,
            "value": value,
            "grade": None if value is None else rules.grade(value).code,
            "answered": len(answered),
            "sources": len(criterion.sources),
        }


def criteria_totals(criteria: pd.DataFrame, rules: CriteriaRules) -> pd.DataFrame:
    """Every criterion over all monitored documents: the mean of those that have a value.

    Returns:
        `set, criterion, value, grade, documents` (with a value), `without` (monitored, without one),
        `lowest` and `lowest_value` (the document that stands worst; the first by number where tied).
    """
    rows = [_total(criterion, criteria, rules) for criterion in rules.criteria]
    kinds: dict[str, Any] = dict.fromkeys(_TOTAL_COLUMNS, "str")
    kinds |= {"value": "float64", "lowest_value": "float64", "documents": int, "without": int}
    return pd.DataFrame(rows, columns=list(_TOTAL_COLUMNS)).astype(kinds)


def _total(criterion: Criterion, criteria: pd.DataFrame, rules: CriteriaRules) -> dict[str, Any]:
    of_it = criteria[(criteria["set"] == criterion.set) & (criteria["criterion"] == criterion.code)]
    known = of_it[of_it["value"].notna()].sort_values(["value", "no_dok"], kind="stable")
    value = _mean(known["value"])
    return {
        "set": criterion.set,
        "criterion": criterion.code,
        "value": value,
        "grade": None if value is None else rules.grade(value).code,
        "documents": len(known),
        "without": len(of_it) - len(known),
        "lowest": known["no_dok"].iloc[0] if len(known) else None,
        "lowest_value": known["value"].iloc[0] if len(known) else None,
    }


def _mean(values: Iterable[float]) -> float | None:
    told = list(values)
    return sum(told) / len(told) if told else None
