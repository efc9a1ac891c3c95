"""How far raters agree, as tables; what points at a person stands in the internal edition only."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality import Quality
from ksd_toolkit.answers.quality.agreement import ALL, INTERNAL, printable
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Column,
    Paragraph,
    Table,
    measured,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import count, decimal, percent, say
from ksd_toolkit.tables.cells import DASH, percent_or_dash, text_or_dash
from ksd_toolkit.tables.measures import about, printed_as

_RANGE: Final = "\u2013"
_FIGURES: Final = (
    "units", "exact", "within", "mean_gap", "alpha", "interval", "icc1", "icck",
)  # fmt: skip


def by_criterion(
    quality: Quality, role: str = "OPD", edition: str = "public", lang: str = ""
) -> Shown:
    """Agreement by criterion and over all, with alpha, its interval, and W for the panel.

    Args:
        quality: Whose answers.
        role: `OPD` (the PPKSD of each office) or `TKKSD` (one panel for all usulan).
        edition: `public` leaves out criteria that too few offices scored twice, or `internal`.
        lang: Language of the texts.
    """
    lang = lang or quality.lang
    panel = role == "TKKSD"
    found = printable(quality.agreement, role, edition)
    if found.empty:
        return _withheld(lang)
    if not found["units"].any():
        named = "TKKSD" if panel else "PPKSD"
        return Shown(Paragraph(runs(say("quality.none_twice", lang, role=named))), lang=lang)
    names = [*_FIGURES, "w"] if panel else list(_FIGURES)
    columns = (
        Column(say("quality.column.criterion", lang), width=3.0),
        *_figures_of(names, role, lang),
    )
    rows = tuple(
        (quality.criterion_name(code, lang), *(_figure(row, name, lang) for name in names))
        for code, row in records(found)
    )
    notes = [_reasons(found, lang), _method(role, lang)]
    if len(found) < len(quality.agreement.offices):
        notes.insert(0, _left_out(lang))
    if panel:
        usulan = dict(records(found))[ALL]["usulan"]
        notes.append(say("quality.panel_note", lang, n=count(usulan, lang)))
    caption = say(f"quality.caption.agreement_{role.casefold()}", lang)
    note = " ".join(filter(None, notes))
    subjects = about("kriteria", ("*" if code == ALL else code for code in found.index))
    origin = f"table_agreement:{role}@kriteria/*"
    return Shown(Table(caption, columns, rows, note, subjects=subjects, origin=origin), lang=lang)


def by_office(quality: Quality, edition: str = "public", lang: str = "") -> Shown:
    """Shares per office for the plenary; the public edition gives them over all offices only.

    Alpha is not computed for one office: over so few scores it would be noise.
    """
    lang = lang or quality.lang
    found = quality.agreement.by_office
    if edition != INTERNAL:
        return _over_all(quality, lang)
    names = ("units", "exact", "within", "mean_gap", "wide")
    columns = (
        Column(label("office", lang), width=4.0),
        *_figures_of(names, "OPD", lang),
    )
    ordered = found.sort_values("mean_gap", ascending=False, kind="stable")
    rows = tuple(
        (quality.office_name(code), *(_figure(row, name, lang) for name in names))
        for code, row in records(ordered)
    )
    note = say("quality.by_office_note", lang)
    caption, subjects = say("quality.caption.by_office", lang), about("opd", ordered.index)
    origin = "table_agreement:OPD@kriteria/*"
    return Shown(Table(caption, columns, rows, note, subjects=subjects, origin=origin), lang=lang)


def disputes(quality: Quality, edition: str = "public", rows: int = 60, lang: str = "") -> Shown:
    """Scores two PPKSD of an office set far apart, for the plenary; the public edition counts them."""
    lang = lang or quality.lang
    found = quality.agreement.disputes
    number = len(found)
    if number and edition != INTERNAL and printable(quality.agreement, "OPD", edition).empty:
        return _withheld(lang)
    if edition != INTERNAL or not number:
        n = measured(count(number, lang), "disputes", "kriteria/*")
        told = told_counted("quality.disputes", number, lang, n=n)
        more = say("quality.internal_only", lang) if number and edition != INTERNAL else ""
        return Shown(Paragraph(spaced((told, more))), lang=lang)
    raters = [name for name in found.columns if str(name).startswith("OPD-")]
    titles = quality.register.usulan.set_index("usulan_id")["judul"]
    columns = (
        Column(label("usulan", lang), width=5.0, measure="titled"),
        Column(say("quality.column.criterion", lang), width=2.4, measure="rated_criterion"),
        *(
            Column(str(rater), "right", kind="decimal", measure=f"rating:{rater}")
            for rater in raters
        ),
        Column(say("quality.column.gap", lang), "right", kind="decimal", measure="rating_gap"),
    )
    body = tuple(
        (
            f"{row['usulan_id']} {text_or_dash(titles.get(row['usulan_id']))}",
            quality.criterion_name(str(row["kriteria_kode"]), lang),
            *(DASH if pd.isna(row[rater]) else f"{row[rater]:g}" for rater in raters),
            f"{row['gap']:g}",
        )
        for _, row in records(found.head(rows))
    )
    note = say("quality.more", lang, n=count(number - rows, lang)) if number > rows else ""
    caption = say("quality.caption.disputes", lang, n=count(number, lang))
    subjects = about("usulan", found["usulan_id"].head(rows))
    origin = "disputes@kriteria/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def _over_all(quality: Quality, lang: str) -> Shown:
    """What may be said in public: figures over all offices, and only where there are enough."""
    found = quality.agreement.by_office
    if len(found) < limits()["edition"]["offices_from"]:
        return _withheld(lang)
    row = dict(records(quality.agreement.offices))[ALL]
    texts = {
        "offices": (count(len(found), lang), "groups"), "units": (count(row["units"], lang), "units"),
        "exact": (percent(100 * row["exact"], 0, lang), "exact"),
        "within": (percent(100 * row["within"], 0, lang), "within"),
        "gap": (decimal(row["mean_gap"], 2, lang), "mean_gap"),
    }  # fmt: skip
    facts = {n: measured(text, f"{of}:OPD", "kriteria/*") for n, (text, of) in texts.items()}
    return Shown(Paragraph(told("quality.over_all", lang, **facts)), lang=lang)


def _withheld(lang: str) -> Shown:
    """Why the public edition has nothing here."""
    least = limits()["edition"]["offices_from"]
    told = runs(say("quality.withheld", lang, least=least))
    return Shown(Paragraph(told, origin="table_agreement:OPD@kriteria/*"), lang=lang)


def _left_out(lang: str) -> str:
    return say("quality.left_out", lang, least=limits()["edition"]["offices_from"])


def _figures_of(names: Sequence[str], role: str, lang: str) -> tuple[Column, ...]:
    printed = ((name, *printed_as("quality", name)) for name in names)
    return tuple(
        Column(say(f"quality.column.{name}", lang), "right", 0.0, kind, f"{measure}:{role}")
        for name, kind, measure in printed
    )


def _figure(row: dict[str, Any], name: str, lang: str) -> str:
    """A figure as text; a coefficient that does not exist is a dash."""
    if name == "interval":
        known = not pd.isna(row["low"])
        ends = (decimal(row[end], 2, lang) for end in ("low", "high"))
        return _RANGE.join(ends) if known else DASH
    if name in {"units", "wide"}:
        return count(row[name], lang)
    if name in {"exact", "within"}:
        value = row[name]
        return percent_or_dash(None if pd.isna(value) else 100 * value, 0, lang)
    return DASH if pd.isna(row[name]) else decimal(row[name], 2, lang)


def _reasons(found: pd.DataFrame, lang: str) -> str:
    """Why some rows have no coefficient or no interval."""
    rules = limits()["agreement"]
    facts = {"units": rules["alpha_from_units"], "groups": rules["interval_from_groups"]}
    reasons = [reason for reason in dict.fromkeys(found["why"]) if reason]
    return " ".join(say(f"quality.why.{reason}", lang, **facts) for reason in reasons)


def _method(role: str, lang: str) -> str:
    """How the coefficients were found, and that the reference values are no verdict."""
    rules = limits()["agreement"]
    return say(
        "quality.agreement_note",
        lang,
        confidence=percent(100 * rules["confidence"], 0, lang),
        left_out=say(f"quality.left_out_{role.casefold()}", lang),
        tentative=decimal(rules["reference"]["tentative"], 3, lang),
        reliable=decimal(rules["reference"]["reliable"], 3, lang),
    )
