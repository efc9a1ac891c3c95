"""The tables of the evaluation report; each says in a sentence when it has nothing to show."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import STATUSES
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import count, percent, rupiah, say, say_counted, share
from ksd_toolkit.tables.cells import (
    date_or_dash,
    listed,
    number_or_dash,
    percent_or_dash,
    text_or_dash,
)
from ksd_toolkit.tables.measures import about, printed_as

_SIDES: Final = ("daerah", "mitra", "masyarakat")
_TO_DECIDE: Final = ("dihentikan", "diperluas", "diperbaiki")
_SEVERITIES: Final = ("error", "warning", "info")
_Row = Mapping[Any, Any]
_Titles = tuple[tuple[str, str, float], ...]


def documents_by_status(review: Review, lang: str = "id") -> Shown:
    """How many documents stand where on the reference date, and their stated value."""
    documents = review.documents
    columns: _Titles = (("status", "left", 2), ("documents", "right", 1), ("share", "right", 1))
    columns += (("value", "right", 2),)
    groups = {s: documents[documents["effective_status"] == s] for s in STATUSES}
    present = {status: group for status, group in groups.items() if len(group)}
    rows = [
        (
            say(f"evaluation.status.{status}", lang),
            count(len(group), lang),
            share(len(group), len(documents), 1, lang),
            rupiah(group["nilai_rupiah"].sum(), lang),
        )
        for status, group in present.items()
    ]
    if rows:
        whole = rupiah(documents["nilai_rupiah"].sum(), lang)
        total = say("evaluation.column.total", lang)
        rows.append((total, count(len(documents), lang), share(1, 1, 1, lang), whole))
    facts = {"date": date_or_dash(review.tanggal_acuan, lang)}
    subjects = about("status", (*present, "*")) if present else ()
    return _shown("status", columns, rows, lang, subjects=subjects, facts=facts)


def expiring(review: Review, lang: str = "id") -> Shown:
    """The documents that end within the largest window, soonest first."""
    documents = review.documents
    found = documents[documents["effective_status"] == "akan_berakhir"].sort_values(
        ["days_left", "no_dok"], kind="stable"
    )
    columns: _Titles = (("no_dok", "left", 1.2), ("judul", "left", 3), ("mitra", "left", 2))
    columns += (("opd", "left", 1.2), ("until", "left", 1.8))
    columns += (("days_left", "right", 0), ("window", "right", 0))
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            text_or_dash(row["mitra_nama"]),
            text_or_dash(row["opd_kode"]),
            date_or_dash(row["berakhir"], lang),
            count(row["days_left"], lang),
            count(row["window_days"], lang),
        )
        for row in found.to_dict("records")
    ]
    date, days = date_or_dash(review.tanggal_acuan, lang), max(review.rules.windows_days)
    facts = {"date": date, "days": days}
    return _shown(
        "expiring", columns, rows, lang, subjects=about("naskah", found["no_dok"]), facts=facts
    )


def achievements(review: Review, lang: str = "id") -> Shown:
    """Every indicator of the half-year under review, beside its percentage one half-year before."""
    period, previous = str(review.semester), str(review.previous)
    found, places = review.achievements, review.rules.decimals
    before = found[found["periode"] == previous].set_index(["no_dok", "indikator"])
    earlier = before["shown_percent"].to_dict()
    columns: _Titles = (("no_dok", "left", 1.2), ("indikator", "left", 2.8))
    columns += (("target", "right", 1.2), ("realisasi", "right", 1.2), ("percent", "right", 1))
    columns += (("previous", "right", 1), ("band", "left", 1.6))
    rows = [
        (
            row["no_dok"],
            f"{row['indikator']} ({text_or_dash(row['satuan'])})",
            number_or_dash(row["target"], lang),
            number_or_dash(row["realisasi"], lang),
            percent_or_dash(row["shown_percent"], places, lang),
            percent_or_dash(earlier.get((row["no_dok"], row["indikator"])), places, lang),
            _band_or_ground(row, review, lang),
        )
        for row in found[found["periode"] == period].to_dict("records")
    ]
    facts = _band_facts(review, lang) | {"period": period, "previous": previous}
    shown = found.loc[found["periode"] == period, ["no_dok", "periode", "indikator"]]
    subjects = about("capaian", shown.astype("str").agg("|".join, axis=1) if len(shown) else ())
    return _shown("achievements", columns, rows, lang, subjects=subjects, facts=facts)


def profile(review: Review, lang: str = "id") -> Shown:
    """The eleven questions: how often the best option was chosen, now and one half-year before."""
    now, before = str(review.semester), str(review.previous)
    shares = review.profile[review.profile["place"] == 0].to_dict("records")
    best = {(row["question"], row["periode"]): row for row in shares}
    columns = (
        Column(say("evaluation.column.question", lang), width=3, measure="question"),
        Column(say("evaluation.column.best", lang), width=2, measure="question"),
        Column(before, "right", 1, "percent", "best_share_before"),
        Column(now, "right", 1, "percent", "best_share"),
        Column(say("evaluation.column.answered", lang), "right", 1, "integer", "answered"),
    )
    rows = [
        (
            question.label(lang),
            question.option_label(question.options[0], lang),
            percent_or_dash(best[question.field, before]["share_percent"], 1, lang),
            percent_or_dash(best[question.field, now]["share_percent"], 1, lang),
            count(best[question.field, now]["answered"], lang),
        )
        for question in review.rules.questions
    ]
    if not any(row["answered"] for row in shares):
        return _sentence("profile", lang, {"period": now, "previous": before})
    caption, note = say("evaluation.caption.profile", lang), say("evaluation.note.profile", lang)
    subjects = about("pertanyaan", (question.field for question in review.rules.questions))
    table = Table(caption, columns, tuple(rows), note, subjects=subjects, origin=_origin("profile"))
    return Shown(table, lang=lang)


def follow_through(review: Review, lang: str = "id") -> Shown:
    """From determined proposal to work, step by step."""
    steps = review.follow_through
    columns: _Titles = (("step", "left", 2.6), ("entered", "right", 1), ("reached", "right", 1))
    columns += (("open", "right", 1), ("stopped", "right", 1))
    columns += (("conversion", "right", 1.2), ("decided", "right", 1.2))
    rows = [
        (
            say(f"evaluation.step.{row['step']}", lang),
            *(count(row[name], lang) for name in ("entered", "reached", "open", "stopped")),
            percent_or_dash(row["conversion_percent"], 1, lang),
            percent_or_dash(row["decided_percent"], 1, lang),
        )
        for row in steps.to_dict("records")
        if steps["entered"].iloc[0]
    ]
    subjects = about("langkah", steps["step"])
    return _shown("follow_through", columns, rows, lang, subjects=subjects)


def open_usulan(review: Review, lang: str = "id") -> Shown:
    """The determined proposals that were not carried out, with the step they miss."""
    waiting = review.cases[review.cases["next"].notna()]
    columns: _Titles = (("usulan", "left", 1.6), ("judul", "left", 3.4), ("next", "left", 2))
    columns += (("state", "left", 1.2), ("documents", "left", 1.6))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            say(f"evaluation.step.{row['next']}", lang),
            say(f"evaluation.state.{row['state']}", lang),
            text_or_dash(row["documents"]),
        )
        for row in waiting.to_dict("records")
    ]
    subjects = about("penetapan", (row[0] for row in rows))
    return _shown("open_usulan", columns, rows, lang, subjects=subjects)


def recommendations(review: Review, lang: str = "id") -> Shown:
    """What should become of the documents in force, and why; umbrellas follow what carries them out."""
    found = review.recommendations
    found = found[~found["row"].isin(["N1", "N2"])]
    columns: _Titles = (("no_dok", "left", 1.2), ("judul", "left", 2.4))
    columns += (("recommendation", "left", 1.2), ("stated", "left", 1.2), ("reason", "left", 4))
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            _verdict(row["recommendation"], lang),
            _verdict(row["stated"], lang),
            review.reason(row, lang),
        )
        for row in found.to_dict("records")
    ]
    return _shown("recommendations", columns, rows, lang, subjects=about("naskah", found["no_dok"]))


def decisions(review: Review, lang: str = "id", *, rows: int | None = None) -> Shown:
    """The documents a leader must decide on: to be stopped, extended or mended, in this order.

    Args:
        review: The review.
        lang: Language of the table.
        rows: How many of the first; all when not given. How many more there are stands below.
    """
    found = review.recommendations
    found = found[found["recommendation"].isin(_TO_DECIDE)]
    found = found.sort_values("recommendation", key=_urgent_first, kind="stable")
    found, more = _first(found, rows)
    columns: _Titles = (("document", "left", 2.6), ("recommendation", "left", 1.1))
    columns += (("reason", "left", 5),)
    body = [
        (
            f"{row['no_dok']} {text_or_dash(row['judul'])}",
            _verdict(row["recommendation"], lang),
            review.reason(row, lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("naskah", found["no_dok"])
    return _shown("decisions", columns, body, lang, subjects=subjects, more=more)


def _urgent_first(recommendations: pd.Series) -> pd.Series:
    return recommendations.map({code: place for place, code in enumerate(_TO_DECIDE)})


def follow_ups(review: Review, lang: str = "id", *, rows: int | None = None) -> Shown:
    """Who must do what by when, earliest first; only the first `rows` where given."""
    found, more = _first(review.follow_ups, rows)
    columns: _Titles = (("due", "left", 1.8), ("what", "left", 3.6), ("who", "left", 1.4))
    columns += (("no_dok", "left", 1.2), ("state", "left", 1.7))
    body = [
        (
            say("evaluation.action.no_date", lang)
            if pd.isna(row["due"])
            else date_or_dash(row["due"], lang),
            say("evaluation.action.renewal", lang) if pd.isna(row["what"]) else row["what"],
            say("evaluation.action.no_actor", lang) if pd.isna(row["who"]) else row["who"],
            row["no_dok"],
            say(f"evaluation.action.{_urgency(row)}", lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("naskah", found["no_dok"])
    return _shown("follow_ups", columns, body, lang, row_header=1, subjects=subjects, more=more)


def deliveries(review: Review, lang: str = "id") -> Shown:
    """What the monitored documents promised to each side and what they report."""
    found = review.deliveries
    columns: _Titles = (("no_dok", "left", 1.2), ("promised", "left", 3.4))
    columns += (("delivered", "left", 2.2), ("spent", "right", 1), ("obstacles", "left", 2))
    rows = [
        (
            row["no_dok"],
            listed(_side(side, row, lang) for side in _SIDES),
            listed(_results(row, lang)) or say("evaluation.side.nothing", lang),
            percent_or_dash(row["spent_percent"], 1, lang),
            text_or_dash(row["kendala"]),
        )
        for row in found[found["periode"].notna()].to_dict("records")
    ]
    subjects = about("naskah", found.loc[found["periode"].notna(), "no_dok"])
    return _shown("deliveries", columns, rows, lang, subjects=subjects)


def findings(review: Review, lang: str = "id") -> Shown:
    """What the register breaks and how to mend it, gravest first."""
    columns: _Titles = (("severity", "left", 1.2), ("finding", "left", 3.4), ("fix", "left", 3.4))
    ordered = sorted(review.findings, key=lambda problem: _SEVERITIES.index(problem.severity))
    rows = [
        (
            say(f"evaluation.severity.{problem.severity}", lang),
            problem.text(lang),
            problem.remedy(lang),
        )
        for problem in ordered
    ]
    subjects = about("temuan", (problem.facts.get("no_dok", "*") for problem in ordered))
    return _shown("findings", columns, rows, lang, row_header=1, subjects=subjects)


def _shown(  # noqa: PLR0913  a table is its name, titles, rows and the facts of its texts
    name: str,
    titles: _Titles,
    rows: Sequence[tuple[str, ...]],
    lang: str,
    *,
    row_header: int = 0,
    subjects: tuple[str, ...] = (),
    facts: Mapping[str, object] = MappingProxyType({}),
    more: int = 0,
) -> Shown:
    """The table called `name`, or its sentence when there is no row; `more` rows are left out."""
    if not rows:
        return _sentence(name, lang, facts)
    columns = tuple(_column(name, *title, lang, facts) for title in titles)
    note = say(f"evaluation.note.{name}", lang, **facts) if name != "findings" else ""
    if more:
        rest = say_counted("evaluation.more_rows", more, lang, n=count(more, lang))
        note = f"{note} {rest}".strip()
    caption = say(f"evaluation.caption.{name}", lang, **facts)
    origin = _origin(f"{name}_first" if more else name)
    table = Table(caption, columns, tuple(rows), note, row_header, subjects, origin=origin)
    return Shown(table, lang=lang)


def _first(found: pd.DataFrame, rows: int | None) -> tuple[pd.DataFrame, int]:
    """The first `rows` rows, and how many are left out."""
    kept = found if rows is None else found.head(rows)
    return kept, len(found) - len(kept)


def _origin(name: str) -> str:
    """What the numbers of caption and note are: limits of the rules the table follows."""
    return str(Origin(f"table_evaluation_{name}", "aturan/*"))


def _sentence(name: str, lang: str, facts: Mapping[str, object]) -> Shown:
    sentence = say(f"evaluation.empty.{name}", lang, **facts)
    return Shown(Paragraph(runs(sentence), origin=_origin(name)), lang=lang)


def _column(  # noqa: PLR0913, PLR0917  a column is its table, title, look, language and facts
    name: str, title: str, align: Any, width: float, lang: str, facts: Mapping[str, object]
) -> Column:
    named = {"period": facts["previous"]} if title == "previous" else {}
    printed = printed_as(f"evaluation_{name}", title)
    return Column(say(f"evaluation.column.{title}", lang, **named), align, width, *printed)


def _verdict(code: object, lang: str) -> str:
    known = "none" if pd.isna(code) else code  # type: ignore[call-overload]
    return say(f"evaluation.recommendation.{known}", lang)


def _urgency(row: _Row) -> str:
    if pd.isna(row["due"]):
        return "undated"
    return "overdue" if row["overdue"] else "ahead"


def _band_or_ground(row: _Row, review: Review, lang: str) -> str:
    if pd.isna(row["band"]):
        return say(f"evaluation.not_computable.{row['not_computable']}", lang)
    return review.rules.band(row["band"]).label(lang)


def _band_facts(review: Review, lang: str) -> dict[str, str]:
    """What the note under the achievements says of classes and limits."""
    rules = review.rules
    told = [
        say("evaluation.note.band_rest", lang, band=band.label(lang))
        if band.above_percent is None
        else say(
            "evaluation.note.band_above",
            lang,
            band=band.label(lang),
            cut=percent(band.above_percent, 0, lang),
        )
        for band in rules.bands
    ]
    return {
        "bands": "; ".join(told),
        "floor": percent(rules.floor_percent, 0, lang),
        "cap": percent(rules.cap_percent, 0, lang),
        "source": rules.bands[0].source,
    }


def _side(side: str, row: _Row, lang: str) -> str:
    promise = row[f"manfaat_janji_{side}"]
    return "" if pd.isna(promise) else say(f"evaluation.side.{side}", lang, text=promise)


def _results(row: _Row, lang: str) -> Iterable[str]:
    if pd.notna(row["penerima_manfaat"]):
        people = count(row["penerima_manfaat"], lang)
        yield say("evaluation.side.beneficiaries", lang, count=people)
    if pd.notna(row["hasil_uang"]):
        yield say("evaluation.side.money", lang, amount=rupiah(row["hasil_uang"], lang))
    if pd.notna(row["hasil_barang"]):
        yield say("evaluation.side.goods", lang, text=row["hasil_barang"])
