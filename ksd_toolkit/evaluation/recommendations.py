"""What should become of each document: the first row of the decision table that holds, and why."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import join_words, percent, say

WEAKEST: Final = "capaian_terlemah"
COMPLETE: Final = "capaian_lengkap"
RECOMMENDATIONS: Final = ("dilanjutkan", "diperluas", "diperbaiki", "dihentikan")
NOT_RUNNING: Final = "N1"
UMBRELLA: Final = "N2"
NEVER_MONITORED: Final = "N3"
UNDECIDED: Final = "N4"
_COLUMNS: Final = (
    "no_dok",
    "judul",
    "periode",
    "recommendation",
    "row",
    "matched",
    "weakest_indicator",
    "weakest_percent",
    "weakest_band",
    "stated",
    "differs",
    "blank",
)


def recommendations_of(
    documents: pd.DataFrame,
    latest: pd.DataFrame,
    achievements: pd.DataFrame,
    rules: EvaluationRules,
) -> pd.DataFrame:
    """One row per document: what the decision table gives, by which row and on which facts.

    Documents that get no recommendation keep their row: N1 is not running, N2 is an umbrella
    judged through what carries it out, N3 was never monitored, N4 matches no row of the table.

    Returns:
        Columns `no_dok, judul, periode, recommendation, row, matched` (facts as `name=code`),
        `weakest_indicator, weakest_percent, weakest_band, stated` (the assessor's own), `differs` and
        `blank` (of N4, the facts the table asks for that are not there, joined by `;`).
    """
    monitored = {row["no_dok"]: _known(row) for row in latest.to_dict("records")}
    results = _results(achievements, rules)
    rows = []
    for document in documents.to_dict("records"):
        answers = monitored.get(document["no_dok"], {})
        result = results.get((document["no_dok"], answers.get("periode", "")), {})
        verdict = _verdict(document, answers | result, rules)
        given, stated = verdict.get("recommendation"), answers.get("rekomendasi")
        rows.append(
            {
                "no_dok": document["no_dok"],
                "judul": document["judul"],
                "periode": answers.get("periode"),
                "stated": stated,
                "differs": given is not None and stated is not None and given != stated,
                "weakest_indicator": result.get("weakest_indicator"),
                "weakest_percent": result.get("weakest_percent"),
                "weakest_band": result.get(WEAKEST),
            }
            | verdict
        )
    kinds: dict[str, Any] = dict.fromkeys(_COLUMNS, "str")
    kinds |= {"weakest_percent": "float64", "differs": "bool"}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(kinds)


def _results(
    achievements: pd.DataFrame, rules: EvaluationRules
) -> dict[tuple[str, str], dict[str, Any]]:
    """Per document and half-year: the lowest achievement, and whether every result is there."""
    ordered = achievements.sort_values("raw_percent", kind="stable", na_position="last")
    missing = ordered["not_computable"].notna() & ~ordered["not_computable"].isin(
        rules.not_counted_as_missing
    )
    results: dict[tuple[str, str], dict[str, Any]] = {}
    for row in ordered.assign(missing=missing).to_dict("records"):
        result = results.setdefault((row["no_dok"], row["periode"]), {COMPLETE: "ya"})
        if row["missing"]:
            result[COMPLETE] = "tidak"
        if pd.notna(row["band"]) and WEAKEST not in result:
            result[WEAKEST] = row["band"]
            result["weakest_indicator"] = row["indikator"]
            result["weakest_percent"] = row["shown_percent"]
    return results


def _known(answers: Mapping[Any, Any]) -> dict[str, Any]:
    """The answers that were given."""
    return {str(name): value for name, value in answers.items() if pd.notna(value)}


def _verdict(
    document: Mapping[Any, Any], facts: Mapping[str, Any], rules: EvaluationRules
) -> dict[str, str]:
    """The row of the decision table that holds, or why none was consulted."""
    if document["effective_status"] not in RUNNING:
        return {"row": NOT_RUNNING}
    if not facts:
        return {"row": NEVER_MONITORED if document["jenis_dok"] in rules.monitored else UMBRELLA}
    for row in rules.recommendations:
        matched = row.matched(facts)
        if matched is not None:
            told = ";".join(f"{name}={code}" for name, code in matched.items())
            return {"row": row.id, "recommendation": row.gives, "matched": told}
    return {"row": UNDECIDED, "blank": ";".join(_blank(facts, rules))}


def _blank(facts: Mapping[str, Any], rules: EvaluationRules) -> list[str]:
    """The facts without which no row can recommend going on: those the last row requires."""
    asked = rules.recommendations[-1].all_of
    return [name for name, codes in asked.items() if facts.get(name) not in codes]


def reason_sentence(
    recommendation: Mapping[Any, Any], rules: EvaluationRules, lang: str = "id"
) -> str:
    """Why a document got its recommendation, or none: the row of the table and the facts it rests on."""
    row = str(recommendation["row"])
    if row == UNDECIDED:
        named = [_blank_text(name, rules, lang) for name in str(recommendation["blank"]).split(";")]
        return say("evaluation.reason.N4", lang, blank=join_words(named, lang))
    if pd.isna(recommendation["matched"]):
        return say(f"evaluation.reason.{row}", lang)
    pairs = [fact.split("=", 1) for fact in str(recommendation["matched"]).split(";")]
    told = [_fact_text(name, code, recommendation, rules, lang) for name, code in pairs]
    return say("evaluation.reason.row", lang, row=row, facts="; ".join(told))


def _blank_text(name: str, rules: EvaluationRules, lang: str) -> str:
    """What is not there, in words."""
    if name in {WEAKEST, COMPLETE}:
        return say(f"evaluation.reason.blank.{name}", lang)
    return mid_sentence(rules.question(name).label(lang))


def _fact_text(
    name: str, code: str, recommendation: Mapping[Any, Any], rules: EvaluationRules, lang: str
) -> str:
    if name == WEAKEST:
        return say(
            "evaluation.reason.weakest",
            lang,
            band=mid_sentence(rules.band(code).label(lang)),
            percent=percent(recommendation["weakest_percent"], rules.decimals, lang),
            indicator=recommendation["weakest_indicator"],
        )
    if name == COMPLETE:
        return say("evaluation.reason.complete", lang)
    question = rules.question(name)
    answer = mid_sentence(question.option_label(code, lang))
    return say(
        "evaluation.reason.answer", lang, question=mid_sentence(question.label(lang)), answer=answer
    )
