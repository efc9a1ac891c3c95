"""The tables of the report on cooperation abroad: particulars, stages, results, people, money, follow-up."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Column, ColumnKind, Paragraph, Table, measured
from ksd_toolkit.messages import count, language, percent, rupiah, say, trimmed
from ksd_toolkit.papers.decided_list import choices_text, places_text
from ksd_toolkit.papers.foreign_case import Foreign, Told
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.tables.cells import DASH, date_or_dash, text_or_dash

_PARTICULARS: Final = (
    "no_dok", "jenis_dok", "jenis_ksd", "mitra_nama", "opd_kode", "tgl_ttd", "mulai", "berakhir",
)  # fmt: skip
_DATES: Final = frozenset({"tgl_ttd", "mulai", "berakhir"})


def identified(told: Foreign, one: Told) -> Block:
    """Number, kind, partner, office and dates of a document."""
    lang, labels = told.case.lang, _labels("naskah", told.case.lang)
    labels |= {"opd_kode": say("foreign.office", lang)}
    body = tuple((labels[name], _particular(told, one, name)) for name in _PARTICULARS)
    columns = _columns(lang, ("fact", "text", ""), ("told", "text", "cell"))
    subjects = tuple(f"{one.subject}|{name}" for name in _PARTICULARS)
    return Table(say("foreign.particulars", lang, number=one.number), columns, body,
                 subjects=subjects, origin=f"cell:no_dok@{one.subject}")  # fmt: skip


def _particular(told: Foreign, one: Told, name: str) -> str:
    lang, value = told.case.lang, one.row[name]
    if name in _DATES:
        return date_or_dash(value, lang)
    if name == "opd_kode":
        return told.office(value)
    return _choice("naskah", name, value, lang)


def staged(told: Foreign, one: Told) -> tuple[Block, ...]:
    """The stages passed up to the end of the report."""
    lang, rows = told.case.lang, told.stages(one)
    if rows.empty:
        return ()
    columns = _columns(lang, ("stage", "text", ""), ("date", "date", "cell:tanggal"))
    body = tuple(
        (_choice("tahapan", "tahap", row["tahap"], lang), date_or_dash(row["tanggal"], lang))
        for _, row in records(rows)
    )
    subjects = tuple(f"baris/tahapan|{key}" for key in rows["row_key"])
    caption = say("foreign.stages", lang, number=one.number)
    return (Table(caption, columns, body, subjects=subjects, origin=f"cell:no_dok@{one.subject}"),)


def achieved(told: Foreign, one: Told) -> tuple[Block, ...]:
    """Target and result of every indicator of the year."""
    lang, rows = told.case.lang, told.results(one)
    if rows.empty:
        return ()
    columns = _columns(
        lang, ("half_year", "text", ""), ("indicator", "text", "indikator"),
        ("target", "decimal", "target"), ("result", "decimal", "realisasi"),
        ("reached", "percent", "shown_percent"),
    )  # fmt: skip
    body = tuple(
        (
            str(row["periode"]), _with_unit(row), _number(row["target"], lang),
            _number(row["realisasi"], lang), _percent(told, row),
        )
        for _, row in records(rows)
    )  # fmt: skip
    subjects = tuple(
        f"capaian/{row['no_dok']}|{row['periode']}|{row['indikator']}" for _, row in records(rows)
    )
    caption = say("foreign.results", lang, number=one.number)
    note = say("foreign.results_note", lang)
    return (Table(caption, columns, body, note, 1, subjects, origin=f"cell:no_dok@{one.subject}"),)


def served(told: Foreign, one: Told) -> tuple[Block, ...]:
    """Beneficiaries by half-year, and where the proposal lies."""
    blocks = _by_half_year(told, one, "beneficiaries", (("penerima_manfaat", "integer"),))
    usulan = told.usulan_of(one)
    if usulan is None or not usulan.has("lokasi"):
        return blocks
    place = measured(places_text(usulan.row["lokasi"]), "cell:lokasi", usulan.subject)
    return (*blocks, Paragraph(told.sentence("location", place=place)))


def funded(told: Foreign, one: Told) -> tuple[Block, ...]:
    """Budget, spending and what came of it by half-year, and the sources the proposal names."""
    fields: tuple[tuple[str, ColumnKind], ...] = (
        ("anggaran", "currency"), ("realisasi_anggaran", "currency"), ("hasil_uang", "currency"),
        ("hasil_barang", "text"),
    )  # fmt: skip
    blocks = _by_half_year(told, one, "funding", fields)
    usulan = told.usulan_of(one)
    if usulan is None or not usulan.has("sumber_dana"):
        return blocks
    named = choices_text(
        told.case.dossier, "sumber_dana", usulan.row["sumber_dana"], told.case.lang
    )
    sources = measured(named, "cell:sumber_dana", usulan.subject)
    return (*blocks, Paragraph(told.sentence("sources", sources=sources)))


def planned(told: Foreign, one: Told) -> tuple[Block, ...]:
    """The follow-up each half-year's monitoring plans, with who and when."""
    fields: tuple[tuple[str, ColumnKind], ...] = (
        ("tindak_lanjut", "text"),
        ("tindak_lanjut_pelaku", "text"),
        ("tindak_lanjut_tenggat", "date"),
    )
    return _by_half_year(told, one, "follow_up", fields)


def _by_half_year(
    told: Foreign, one: Told, code: str, fields: tuple[tuple[str, ColumnKind], ...]
) -> tuple[Block, ...]:
    """Some answers of the monitoring, a row per half-year; nothing where all are blank."""
    lang, rows = told.case.lang, told.monitoring(one)
    names = [name for name, _ in fields]
    rows = rows[rows[names].notna().any(axis=1)]
    if rows.empty:
        return ()
    labels = _labels("monev", lang)
    columns = (
        *_columns(lang, ("half_year", "text", "")),
        *(
            Column(
                labels[name],
                _align(kind),
                0.0 if _align(kind) == "right" else 2.6,
                kind,
                f"cell:{name}",
            )
            for name, kind in fields
        ),
    )
    body = tuple(
        (str(row["periode"]), *(_answer(row[name], kind, lang) for name, kind in fields))
        for _, row in records(rows)
    )
    subjects = tuple(f"baris/monev|{key}" for key in rows["row_key"])
    caption = say(f"foreign.{code}_caption", lang, number=one.number)
    return (Table(caption, columns, body, subjects=subjects, origin=f"cell:no_dok@{one.subject}"),)


def _columns(lang: str, *facts: tuple[str, ColumnKind, str]) -> tuple[Column, ...]:
    return tuple(
        Column(
            say(f"foreign.column_{name}", lang), _align(kind),
            0.0 if _align(kind) == "right" else 2.4, kind, measure,
        )
        for name, kind, measure in facts
    )  # fmt: skip


def _align(kind: ColumnKind) -> Any:
    return "left" if kind in {"text", "date"} else "right"


def _answer(value: Any, kind: ColumnKind, lang: str) -> str:
    if pd.isna(value):
        return DASH
    match kind:
        case "currency":
            return rupiah(float(value), lang)
        case "integer":
            return count(value, lang)
        case "date":
            return date_or_dash(value, lang)
    return str(value)


def _with_unit(row: dict[str, Any]) -> str:
    return (
        str(row["indikator"]) if pd.isna(row["satuan"]) else f"{row['indikator']} ({row['satuan']})"
    )


def _number(value: Any, lang: str) -> str:
    return DASH if pd.isna(value) else trimmed(float(value), 4, lang)


def _percent(told: Foreign, row: dict[str, Any]) -> str:
    """The share of the target reached; a dash where it cannot be said."""
    shown = row["shown_percent"]
    return DASH if pd.isna(shown) else percent(shown, told.review.rules.decimals, told.case.lang)


def _labels(table: str, lang: str) -> dict[str, str]:
    return {one.name: one.label(lang) for one in read_form("evaluasi").table(table).fields}


def _choice(table: str, field: str, value: Any, lang: str) -> str:
    """A choice in the words of the form."""
    choices = read_form("evaluasi").table(table).field(field).choices
    labels = {one.code: one.labels[language(lang)] for one in choices}
    return text_or_dash(value) if pd.isna(value) else labels.get(str(value), str(value))
