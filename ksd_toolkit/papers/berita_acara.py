"""The minutes of the plenary: attendance, agreed weights, final order, every change with its reason, fingerprints."""

from collections.abc import Set
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Table
from ksd_toolkit.messages import language, say, trimmed
from ksd_toolkit.papers.decided_list import (
    Decided,
    class_text_of,
    columns,
    decided,
    issue_of,
    kind_of,
    named,
    number_text,
    points_text,
)
from ksd_toolkit.papers.departures import admitted, changes, not_set
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import CONDITIONS as MEETING
from ksd_toolkit.papers.meeting_words import (
    agenda,
    counted,
    meeting_conditions,
    meeting_words,
    signatures,
)
from ksd_toolkit.papers.opening import closing
from ksd_toolkit.papers.refused_record import refusal
from ksd_toolkit.plenary import Outcome, article_text
from ksd_toolkit.tables.cells import DASH, listed, text_or_dash

CONDITIONS: Final = MEETING | {"weights", "reweighted", "changes", "others", "admitted", "set"}
_NAME: Final = "berita-acara"


def berita_acara(case: Case) -> PaperFacts:
    """What the plenary agreed on; before one was held, a draft with the computed order and blanks."""
    chosen, lang = decided(case), case.lang
    outcome = case.outcome
    changed = 0 if outcome is None else len(outcome.changes)
    others = 0 if outcome is None else len(outcome.table) - len(outcome.set_list)
    words = {
        **meeting_words(case, _NAME),
        "set_count": counted("set", len(chosen.table), lang, "set_count"),
        "change_count": counted("changes", changed, lang, "change_count"),
        "other_count": counted("others", others, lang, "other_count"),
        "weight_count": counted("weights", _reweighted(outcome), lang, "weight_count"),
    }
    blocks = {
        "refusal": refusal(case),
        "agenda": agenda(case),
        "attendance": _attendance(case),
        "weights": weights(case),
        "changes": () if outcome is None else (changes(outcome, lang),),
        "admitted": () if outcome is None else (admitted(outcome, lang),),
        "order": (order(chosen),),
        "others": () if outcome is None else (not_set(outcome, lang),),
        "fingerprints": (fingerprints(case),),
        "signatures": signatures(case),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {
        "set": len(chosen.table) > 0,
        "weights": case.ranking is not None,
        "reweighted": _reweighted(outcome) > 0,
        "changes": changed > 0,
        "others": others > 0,
        "admitted": outcome is not None and bool((outcome.set_list["article"] != "").any()),
    }
    conditions = meeting_conditions(case) | {name for name, holding in holds.items() if holding}
    return PaperFacts(words, blocks, frozenset(conditions), CONDITIONS)


def order(chosen: Decided) -> Table:
    """The list in its order, each with office, kind, partner, issue, score, class and a remark."""
    case, lang = chosen.case, chosen.case.lang
    ranking = case.outcome.agreed if case.outcome is not None else case.ranking
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.4, "card_title"), ("office", 2.2, ""),
        ("kind", 1.2, "jenis"), ("partner", 2.3, "partner"), ("issue", 1.8, "isu_utama"),
        ("points", 0, "points"), ("class", 0.7, "class_name"), ("remark", 2.4, "computed_rank"),
    )  # fmt: skip
    ranks = chosen.table["computed_rank"].dropna()
    shared = set(ranks[ranks.duplicated()])
    body = tuple(
        (
            number_text(row["place"], lang),
            named(usulan, row),
            text_or_dash(row["opd_nama"]),
            kind_of(row, lang),
            text_or_dash(row["main_partner"]),
            issue_of(row, lang),
            points_text(row, ranking, lang),
            class_text_of(row, ranking, usulan, lang),
            _remark(row, shared, lang),
        )
        for usulan, row in chosen.rows
        if ranking is not None
    )
    caption = say("formal.table.draft_order" if chosen.draft else "formal.table.order", lang)
    note = say("formal.table.order_note", lang)
    return Table(caption, titles, body, note, 1, chosen.subjects, anchor="order")


def weights(case: Case) -> tuple[Block, ...]:
    """The weight of every criterion: as proposed and, after a plenary, as agreed."""
    ranking, lang = case.ranking, case.lang
    if ranking is None:
        return ()
    agreed = None if case.outcome is None else case.outcome.weights["agreed"]
    said = {} if case.outcome is None else _reasons(case.outcome)
    titles = columns(
        lang, ("criterion", 4.0, ""), ("proposed", 0, "weight_proposed"),
        ("agreed", 0, "weight_agreed"), ("why", 5.0, "weight"),
    )  # fmt: skip
    body = tuple(
        (
            f"{criterion.code} {criterion.labels[language(lang)]}",
            trimmed(criterion.weight_percent, 2, lang),
            "" if agreed is None else trimmed(float(agreed[criterion.code]), 2, lang),
            said.get(criterion.code) or criterion.whys[language(lang)],
        )
        for criterion in ranking.method.criteria
    )
    subjects = tuple(f"kriteria/{criterion.code}" for criterion in ranking.method.criteria)
    caption = say("formal.table.weights", lang)
    return (Table(caption, titles, body, "", 0, subjects, anchor="weights"),)


def _reasons(outcome: Outcome) -> dict[str, str]:
    """What the plenary said of every weight it changed."""
    changed = outcome.weights[outcome.weights["proposed"] != outcome.weights["agreed"]]
    return {str(code): str(row["reason"]) for code, row in records(changed)}


def fingerprints(case: Case) -> Table:
    """What the list was made from: data, record, method and toolkit, each with its whole SHA-256."""
    stamp, lang = case.stamp, case.lang
    rows = [(say("formal.print.data", lang), stamp.data_sha256)]
    rows += [
        (source.name, source.sha256) for source in stamp.sources if source.name.startswith("pleno.")
    ]
    if stamp.method:
        rows.append((say("formal.print.method", lang, name=stamp.method), stamp.method_sha256))
    rows.append((say("formal.print.toolkit", lang), stamp.toolkit))
    titles = columns(lang, ("part", 2.0, ""), ("print", 5.0, ""))
    return Table(say("formal.table.prints", lang), titles, tuple(rows), anchor="prints")


def _attendance(case: Case) -> tuple[Block, ...]:
    """Who was there, by capacity and office; no names of persons."""
    if case.outcome is None:
        return ()
    lang = case.lang
    titles = columns(
        lang, ("number", 0, "attendance_number"), ("position", 4.0, ""), ("office", 3.0, ""), ("votes", 1.2, ""),
        ("present", 1.4, "present"), ("remark", 2.4, ""),
    )  # fmt: skip
    body = tuple(
        (
            str(number),
            text_or_dash(row["position"]),
            text_or_dash(row["office"]),
            say("formal.yes" if row["votes"] else "formal.no", lang),
            say(f"formal.there.{presence(row)}", lang),
            text_or_dash(row["note"]) if row["note"] else DASH,
        )
        for number, (_, row) in enumerate(records(case.outcome.attendance), start=1)
    )
    caption = say("formal.table.attendance", lang)
    return (Table(caption, titles, body, "", 1, anchor="attendance"),)


def presence(row: dict[str, Any]) -> str:
    """Whether a member was there: `yes`, by `proxy`, or `no`."""
    if row.get("proxy"):
        return "proxy"
    return "yes" if row["present"] else "no"


def _remark(row: dict[str, Any], shared: Set[Any], lang: str) -> str:
    """What a reader of the list must know of a row: another computed rank, a tie, a gate, missing scores."""
    rank = number_text(row["computed_rank"], lang)
    told = []
    known = not pd.isna(row["computed_rank"])
    if known and row["computed_rank"] in shared:
        told.append(say("formal.remark.shared", lang, rank=rank))
    elif known and row["computed_rank"] != row["place"]:
        told.append(say("formal.remark.computed", lang, rank=rank))
    told.append(article_text(str(row["article"] or ""), lang))
    told.append(say("formal.remark.review", lang) if row["gate"] == "review" else "")
    told.append(say("formal.remark.unscored", lang) if row["tkksd"] != "lengkap" else "")
    return listed(told) or DASH


def _reweighted(outcome: Outcome | None) -> int:
    if outcome is None:
        return 0
    return int((outcome.weights["proposed"] != outcome.weights["agreed"]).sum())
