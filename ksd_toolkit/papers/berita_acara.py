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
from ksd_toolkit.scoring import gate_reasons
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
        "admitted": () if outcome is None else (_admitted(outcome, lang),),
        "order": (order(chosen),),
        "others": () if outcome is None else (_others(outcome, lang),),
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


def changes(outcome: Outcome, lang: str) -> Table:
    """Every departure from the computed result, in the order of the record, with its reason."""
    titles = columns(
        lang, ("number", 0, "change_number"), ("change", 1.3, "change"), ("subject", 3.4, "card_title"),
        ("before", 1.1, "before"), ("after", 1.1, "after"), ("reason", 5.6, "reason"),
        ("article", 1.2, "article"),
    )  # fmt: skip
    rows = [row for _, row in records(outcome.changes)]
    body = tuple(
        (
            str(number),
            say(f"formal.change.{row['kind']}", lang),
            _subject(outcome, row, lang),
            text_or_dash(row["before"]),
            text_or_dash(row["after"]),
            text_or_dash(row["reason"]),
            article_text(str(row["article"]), lang) or DASH,
        )
        for number, row in enumerate(rows, start=1)
    )
    subjects = tuple(
        f"kriteria/{row['subject']}" if row["kind"] == "weight" else f"usulan/{row['subject']}"
        for row in rows
    )
    caption = say("formal.table.changes", lang)
    return Table(caption, titles, body, "", 2, subjects, anchor="changes")


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


def _admitted(outcome: Outcome, lang: str) -> Table:
    """What was set although a gate stopped it, with the article the plenary names."""
    passed = outcome.set_list[outcome.set_list["article"] != ""]
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.0, "card_title"), ("gate", 4.0, "gate"),
        ("article", 2.0, "article"), ("reason", 4.0, "reason"),
    )  # fmt: skip
    body = tuple(
        (
            number_text(row["final_rank"], lang),
            named(usulan, _facts(outcome, usulan)),
            listed(gate_reasons(outcome.agreed, usulan, lang)) or DASH,
            article_text(str(row["article"]), lang),
            str(row["reason"]) or DASH,
        )
        for usulan, row in records(passed)
    )
    subjects = tuple(f"usulan/{usulan}" for usulan in passed.index)
    return Table(say("formal.table.admitted", lang), titles, body, "", 1, subjects)


def _others(outcome: Outcome, lang: str) -> Table:
    """What was not set, each with the plenary's reason or the computed one."""
    rest = outcome.table[outcome.table["decision"] != "ditetapkan"]
    titles = columns(
        lang, ("usulan", 3.6, "card_title"), ("office", 2.4, ""), ("decision", 1.3, "decision"),
        ("points", 0, "points"), ("reason", 5.0, "reason"),
    )  # fmt: skip
    body = tuple(
        (
            named(usulan, _facts(outcome, usulan)),
            text_or_dash(_facts(outcome, usulan)["opd_nama"]),
            say(f"formal.decision.{row['decision']}", lang),
            points_text(row, outcome.agreed, lang),
            _why_not(outcome, usulan, row, lang),
        )
        for usulan, row in records(rest)
    )
    subjects = tuple(f"usulan/{usulan}" for usulan in rest.index)
    caption = say("formal.table.others", lang)
    return Table(caption, titles, body, "", 0, subjects, anchor="others")


def _why_not(outcome: Outcome, usulan: str, row: dict[str, Any], lang: str) -> str:
    into = "" if pd.isna(row["merged_into"]) else str(row["merged_into"])
    merged = say("formal.merged_into", lang, usulan=into) if into else ""
    told = listed([merged, str(row["reason"] or "")])
    if told:
        return told
    failed = usulan in outcome.agreed.excluded.index
    return listed(gate_reasons(outcome.agreed, usulan, lang)) if failed else _by_class(row, lang)


def _by_class(row: dict[str, Any], lang: str) -> str:
    known = not pd.isna(row["class_name"]) and row["class_name"] != "-"
    return say("formal.by_class" if known else "formal.without_class", lang)


def _facts(outcome: Outcome, usulan: str) -> dict[str, Any]:
    [(_, row)] = records(outcome.ranking.basis.facts.loc[[usulan]])
    return row


def _subject(outcome: Outcome, row: dict[str, Any], lang: str) -> str:
    name = str(row["subject"])
    if row["kind"] != "weight":
        return named(name, _facts(outcome, name))
    method = outcome.ranking.method
    known = {criterion.code: criterion.labels[language(lang)] for criterion in method.criteria}
    return f"{name} {known[name]}" if name in known else name


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
