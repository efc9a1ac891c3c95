"""The ranking as a workbook: the list, every leaf with its points, the cells behind them, the method."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import column
from ksd_toolkit.law import isu
from ksd_toolkit.messages import count, language, percent, say
from ksd_toolkit.publishing.workbook_sheets import Sheet, SheetColumn
from ksd_toolkit.publishing.xlsx import workbook_bytes
from ksd_toolkit.scoring import Ranking, class_text, gate_reasons, trace, type_grounds, type_label
from ksd_toolkit.scoring.uncertainty import weight_spread
from ksd_toolkit.scoring.uncertainty.acceptability import shaken_words

_WIDTHS: Final = {
    "rank": 8,
    "judul": 60,
    "points": 10,
    "worst": 10,
    "best": 10,
    "coverage": 10,
    "explanation": 140,
    "gate_note": 70,
    "type_note": 80,
    "class_note": 36,
    "office": 36,
    "partner": 34,
    "file": 66,
    "question": 24,
    "answer": 60,
    "why": 60,
    "source": 40,
    "criterion": 34,
}
_LIAISON: Final = "OPD-"  # raters of an office; rulings of the score: `OPD-1`, `OPD-2`
_RANKED: Final = (
    "rank", "usulan_id", "judul", "office", "family", "partner", "isu_utama", "points",
    "worst", "best", "coverage", "class", "type_note", "class_note", "gate", "gate_note", "tkksd", "gap", "rank_low",
    "rank_high", "top_share", "first_share", "explanation",
)  # fmt: skip
_PRINTED: Final = _RANKED.index("class") + 1  # the reasons behind them are for the screen


def ranking_workbook(
    ranking: Ranking, more: Sequence[Sheet] = (), *, internal: bool = False
) -> bytes:
    """`ranking.xlsx` as bytes, the same for the same ranking.

    Args:
        ranking: What was ranked.
        more: Sheets that stand after the list and its details, e.g. on partners.
        internal: Whether the score of each liaison officer is shown; an office has two, so that its
            scores point at a person. Otherwise the cell is named and what stands in it is not.
    """
    return ranking_workbooks(ranking, more)[internal]


def ranking_workbooks(ranking: Ranking, more: Sequence[Sheet] = ()) -> tuple[bytes, bytes]:
    """The public and the internal `ranking.xlsx`: they differ in the cells alone."""
    lang = ranking.lang
    dossier = ranking.register.dossier
    method = ranking.method
    notes = [
        ranking.stamp.line(),
        method.notes[language(lang)],
        say("sheet.note_interval", lang),
        say("sheet.note_print", lang, list=say("sheet.list_name", lang), cells=say("sheet.cells_name", lang)),
        _rank_note(ranking, lang),
    ]  # fmt: skip
    first = (_list(ranking, lang), _leaves(ranking, lang), _excluded(ranking, lang))
    traces = {str(usulan): trace(ranking, str(usulan)) for usulan in ranking.table.index}

    def made(*, internal: bool) -> bytes:
        cells = _cells(traces, lang, internal=internal)
        return workbook_bytes(
            title=say("sheet.title", lang, region=dossier.region.name, period=dossier.period),
            notes=tuple(notes),
            sheets=(*first, cells, *more, _method(ranking, lang)),
            banner=" \u00b7 ".join(_banners(ranking, lang, internal=internal)),
            dated=dossier.tanggal_acuan,
            lang=lang,
        )

    return made(internal=False), made(internal=True)


def _rank_note(ranking: Ranking, lang: str) -> str:
    """What the rank intervals were drawn over, and how far a weight of average size is moved."""
    shaken = ranking.method.uncertainty
    average = 100.0 / len(ranking.method.criteria)
    spread = weight_spread(np.array([average, 100.0 - average]), shaken.concentration)[0] / average
    return say(
        "sheet.note_ranks", lang, draws=count(shaken.draws, lang), seed=shaken.seed, shaken=shaken_words(ranking, lang),
        concentration=f"{shaken.concentration:g}", weight=percent(average, 2, lang),
        spread=percent(100.0 * float(spread), 0, lang),
    )  # fmt: skip


def _banners(ranking: Ranking, lang: str, *, internal: bool) -> Iterator[str]:
    if ranking.register.dossier.simulated:
        yield say("stamp.simulated", lang)
    if scenario := ranking.register.dossier.scenario:
        yield say("scenario.banner", lang, name=scenario)
    if internal:
        yield say("quality.internal_banner", lang)


def _columns(names: tuple[str, ...], lang: str) -> tuple[SheetColumn, ...]:
    kinds: dict[str, Any] = {"date": "text", "rupiah": "integer"}
    facts = [column(name, lang) for name in names]
    return tuple(
        SheetColumn(f.label, kinds.get(f.kind, f.kind), _WIDTHS.get(f.name, 14)) for f in facts
    )


def _list(ranking: Ranking, lang: str) -> Sheet:
    rows = []
    for usulan, row in zip(ranking.table.index, ranking.table.to_dict("records"), strict=True):
        rows.append(
            (
                int(row["rank"]), usulan, row["judul"], row["opd_nama"],
                type_label(row["jenis"], lang), _text(row["main_partner"]), _issue(row["isu_utama"], lang),
                row["points"], row["worst"], row["best"], 100 * row["coverage"],
                _class(ranking, row, lang), _ground(ranking, usulan, lang), class_text(ranking, usulan, lang) if row["class_change"] else "",
                say(f"gate.{row['gate']}", lang), "; ".join(gate_reasons(ranking, usulan, lang)),
                say(f"tkksd.{row['tkksd']}", lang), _number(row["gap"]),
                int(row["rank_low"]), int(row["rank_high"]), 100 * row["top_share"], 100 * row["first_share"],
                ranking.explain(usulan, lang),
            )
        )  # fmt: skip
    title = say("sheet.list", lang)
    return Sheet(
        say("sheet.list_name", lang), title, _columns(_RANKED, lang), tuple(rows),
        paper="A3", printed=_PRINTED,
    )  # fmt: skip


def _leaves(ranking: Ranking, lang: str) -> Sheet:
    """One row per usulan: the answer 1-5 of every leaf, then the points it adds."""
    method = ranking.method
    codes = list(method.weights)
    columns = [
        *_columns(("rank", "usulan_id"), lang),
        *(SheetColumn(f"{code} (1-5)", "decimal", 9) for code in codes),
        *(SheetColumn(f"{code} ({say('sheet.points', lang)})", "decimal", 9) for code in codes),
        *_columns(("points",), lang),
    ]
    rows = tuple(
        (
            int(rank), usulan,
            *(_answer(ranking, usulan, code) for code in codes),
            *(_number(ranking.contributions.at[usulan, code]) for code in codes),
            points,
        )
        for usulan, rank, points in zip(
            ranking.table.index, ranking.table["rank"], ranking.table["points"], strict=True
        )
    )  # fmt: skip
    return Sheet(
        say("sheet.leaves_name", lang), say("sheet.leaves", lang), tuple(columns), rows, paper="A3"
    )


def _excluded(ranking: Ranking, lang: str) -> Sheet:
    rows = tuple(
        (usulan, row["judul"], row["opd_nama"], type_label(row["jenis"], lang),
         _ground(ranking, usulan, lang),
         "; ".join(gate_reasons(ranking, usulan, lang)))
        for usulan, row in zip(ranking.excluded.index, ranking.excluded.to_dict("records"), strict=True)
    )  # fmt: skip
    columns = _columns(("usulan_id", "judul", "office", "family", "type_note", "gate_note"), lang)
    return Sheet(say("sheet.excluded_name", lang), say("sheet.excluded", lang), columns, rows, ())


def _cells(traces: Mapping[str, pd.DataFrame], lang: str, *, internal: bool) -> Sheet:
    """Every answer behind every score with its file, sheet and cell."""
    names = ("usulan_id", "criterion", "question", "rater", "answer", "file", "sheet", "cell")
    rows = [
        (usulan, *(str(text) for text in line))
        for usulan, cells in traces.items()
        for line in (cells if internal else _without_persons(cells, lang)).itertuples(index=False)
    ]
    return Sheet(
        say("sheet.cells_name", lang),
        say("sheet.cells", lang),
        _columns(names, lang),
        tuple(rows),
        printed=0,
    )


def _without_persons(cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The cells of an usulan without what a single liaison officer answered."""
    of_persons = cells["rater"].str.startswith(_LIAISON)
    return cells.assign(answer=cells["answer"].mask(of_persons, say("sheet.internal_only", lang)))


def _method(ranking: Ranking, lang: str) -> Sheet:
    method = ranking.method
    rows = tuple(
        (c.code, c.labels[language(lang)], method.groups[c.group].labels[language(lang)], c.weight_percent,
         c.direction, c.whys[language(lang)], c.source)
        for c in method.criteria
    )  # fmt: skip
    columns = (
        SheetColumn(say("sheet.code", lang), "text", 9), *_columns(("criterion",), lang),
        SheetColumn(say("sheet.group", lang), "text", 22), *_columns(("weight",), lang),
        SheetColumn(say("sheet.direction", lang), "text", 8), *_columns(("why", "source"), lang),
    )  # fmt: skip
    return Sheet(
        say("sheet.method_name", lang),
        say("sheet.method", lang, name=method.name),
        columns,
        rows,
        (),
    )


def _ground(ranking: Ranking, usulan: str, lang: str) -> str:
    """Why an usulan has its type."""
    return type_grounds(dict(ranking.types.loc[usulan]), lang)


def _answer(ranking: Ranking, usulan: str, code: str) -> float | str:
    """The leaf's answer, or why it has none."""
    if not ranking.leaves.applicable.at[usulan, code]:
        return "TB"
    return _number(ranking.leaves.answers.at[usulan, code])


def _number(value: Any) -> float | str:
    return "" if pd.isna(value) else float(np.round(value, 10))


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _issue(code: Any, lang: str) -> str:
    return "" if pd.isna(code) else isu(str(code), lang).name


def _class(ranking: Ranking, row: dict[Any, Any], lang: str) -> str:
    name = str(row["class_name"])
    return "" if name == "-" else ranking.method.class_label(name, language(lang))
