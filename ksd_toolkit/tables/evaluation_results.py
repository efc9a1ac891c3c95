"""What the documents brought, as tables: indicators, the eleven questions, and what each side was promised and got."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import count, percent, rupiah, say
from ksd_toolkit.tables.cells import listed, number_or_dash, percent_or_dash, text_or_dash
from ksd_toolkit.tables.evaluation_table import (
    Titles,
    evaluation_table,
    nothing_to_show,
    table_origin,
)
from ksd_toolkit.tables.measures import about

_SIDES: Final = ("daerah", "mitra", "masyarakat")
_Row = Mapping[Any, Any]


def achievements(review: Review, lang: str = "id") -> Shown:
    """Every indicator of the half-year under review, beside its percentage one half-year before."""
    period, previous = str(review.semester), str(review.previous)
    found, places = review.achievements, review.rules.decimals
    before = found[found["periode"] == previous].set_index(["no_dok", "indikator"])
    earlier = before["shown_percent"].to_dict()
    columns: Titles = (("no_dok", "left", 1.2), ("indikator", "left", 2.8))
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
    return evaluation_table("achievements", columns, rows, lang, subjects=subjects, facts=facts)


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
        return nothing_to_show("profile", lang, {"period": now, "previous": before})
    caption, note = say("evaluation.caption.profile", lang), say("evaluation.note.profile", lang)
    subjects = about("pertanyaan", (question.field for question in review.rules.questions))
    table = Table(
        caption, columns, tuple(rows), note, subjects=subjects, origin=table_origin("profile")
    )
    return Shown(table, lang=lang)


def deliveries(review: Review, lang: str = "id") -> Shown:
    """What the monitored documents promised to each side and what they report."""
    found = review.deliveries
    columns: Titles = (("no_dok", "left", 1.2), ("promised", "left", 3.4))
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
    return evaluation_table("deliveries", columns, rows, lang, subjects=subjects)


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
