"""What a plenary set, in its order, or what the computed order would put before it while none was held."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Column, ColumnKind
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.law import urusan
from ksd_toolkit.matching.legal_value import LegalCase
from ksd_toolkit.matching.usulan_case import cases_of
from ksd_toolkit.messages import count, decimal, join_words, language, rupiah, say, trimmed
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.regions import find_region
from ksd_toolkit.scoring import Ranking, type_label
from ksd_toolkit.tables.cells import CLASS_ARROWS, DASH, class_shown, text_or_dash
from ksd_toolkit.tables.priorities import issue_name

_SEPARATOR: Final = ";"
_NUMBERS: Final[dict[str, ColumnKind]] = dict.fromkeys(
    ("points", "proposed", "agreed", "weight", "value", "group_points"), "decimal"
)
_COLUMNS: Final = ("place", "computed_rank", "points", "class_name", "article", "reason", "named")


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """The usulan a paper lists as set, and everything it tells of each.

    `table` has one row per usulan in its order, indexed by `usulan_id`: `place` (the final rank),
    `computed_rank, points, class_name, article, reason, named`, and `judul, opd_nama, isu_utama,
    urusan_kode, jenis, main_partner`. `draft` says that no plenary decided it.
    """

    case: Case
    table: pd.DataFrame
    draft: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """What each row of a table of them tells of."""
        return tuple(f"usulan/{usulan}" for usulan in self.table.index)

    @property
    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """Every usulan with its facts."""
        return records(self.table)


def decided(case: Case) -> Decided:
    """The list a decree is made from.

    Without a plenary it holds what reached one of the classes above the last; by a method without
    classes it holds all that was ranked, and without a ranking nothing.
    """
    if case.outcome is not None:
        chosen = case.outcome.set_list.rename(columns={"final_rank": "place"})
        return Decided(case, _with_facts(case.outcome.ranking, chosen), draft=False)
    if case.ranking is None:
        return Decided(case, pd.DataFrame(columns=[*_COLUMNS, "judul"]), draft=True)
    chosen = computed_list(case.ranking)
    return Decided(case, _with_facts(case.ranking, chosen), draft=True)


def computed_list(ranking: Ranking) -> pd.DataFrame:
    """What the computed order would put before a plenary: the classes above the last, else all ranked."""
    table = ranking.table
    if ranking.method.has_classes:
        kept = [band.name for band in ranking.method.bands if band.lower > 0]
        table = table[table["class_name"].isin(kept)]
    chosen = table[["rank", "points", "class_name"]].rename(columns={"rank": "computed_rank"})
    blank = dict.fromkeys(("article", "reason"), "")
    return chosen.assign(place=range(1, len(chosen) + 1), named=False, **blank)


def _with_facts(ranking: Ranking, chosen: pd.DataFrame) -> pd.DataFrame:
    facts = ranking.basis.facts.reindex(chosen.index)
    return chosen[list(_COLUMNS)].join(facts)


def points_text(row: dict[str, Any], ranking: Ranking, lang: str) -> str:
    """The score as printed; a dash where nobody gave one."""
    return DASH if pd.isna(row["points"]) else decimal(row["points"], ranking.method.decimals, lang)


def class_text_of(row: dict[str, Any], ranking: Ranking, usulan: str, lang: str) -> str:
    """The class with its arrow where it was raised or capped; a dash where there is none."""
    name = "" if pd.isna(row["class_name"]) else str(row["class_name"])
    change = str(ranking.table["class_change"].get(usulan, "")) if usulan else ""
    if name in {"", "-"}:
        return DASH
    return class_shown(ranking.method, name, lang) + CLASS_ARROWS.get(change, "")


def named(usulan: str, row: dict[str, Any]) -> str:
    """An usulan by id and title."""
    return f"{usulan} {text_or_dash(row['judul'])}"


def kind_of(row: dict[str, Any], lang: str) -> str:
    """The kind of cooperation; a dash where it cannot be told."""
    return DASH if pd.isna(row["jenis"]) else type_label(str(row["jenis"]), lang)


def issue_of(row: dict[str, Any], lang: str) -> str:
    """The strategic issue."""
    return DASH if pd.isna(row["isu_utama"]) else issue_name(row["isu_utama"], lang)


def affair_of(row: dict[str, Any], lang: str) -> str:
    """The government affair."""
    code = row["urusan_kode"]
    return DASH if pd.isna(code) or not code else urusan(str(code), lang).name


def partners_of(case: Case, usulan: str) -> str:
    """Every partner an usulan names, in its order."""
    mitra = case.register.mitra
    names = mitra.loc[mitra["usulan_id"] == usulan, "mitra_nama"].dropna()
    return "; ".join(map(str, names)) or DASH


def answers_of(case: Case) -> dict[str, dict[str, Any]]:
    """The answers of every usulan by field, missing ones as None."""
    frame = case.register.usulan.set_index("usulan_id")
    return {
        usulan: {field: None if _missing(value) else value for field, value in row.items()}
        for usulan, row in records(frame)
    }


def main_cases(case: Case) -> dict[str, LegalCase]:
    """The legal case of every usulan with the partner that decides its type."""
    found: dict[str, LegalCase] = {}
    for one in cases_of(case.register):
        if one.main or one.usulan_id not in found:
            found[one.usulan_id] = one.case
    return found


def choices_text(dossier: Dossier, field: str, codes: Any, lang: str) -> str:
    """What was chosen, in the words of the questionnaire; a dash where nothing was."""
    if codes is None:
        return DASH
    words = _choice_words(dossier, field, lang)
    return join_words([words.get(code, code) for code in _parts(codes)], lang) or DASH


def places_text(codes: Any) -> str:
    """The regions an usulan lies in, by name; what is no region as it was written."""
    return DASH if codes is None else ", ".join(map(_region_name, _parts(codes))) or DASH


def target_text(answers: dict[str, Any], lang: str) -> str:
    """Indicator, baseline and target with their unit; only what was answered."""
    if answers["indikator"] is None:
        return DASH
    unit = "" if answers["satuan"] is None else f" {answers['satuan']}"
    told = [
        say(f"formal.{name}", lang, value=trimmed(float(answers[name]), 2, lang) + unit)
        for name in ("baseline", "target")
        if answers[name] is not None
    ]
    return f"{answers['indikator']}: {', '.join(told)}" if told else str(answers["indikator"])


def money_text(value: Any, lang: str) -> str:
    """An amount in rupiah; a dash where none was stated."""
    return DASH if value is None else rupiah(float(value), lang)


def years_text(value: Any, lang: str) -> str:
    """A term in years."""
    if value is None:
        return DASH
    years = float(value)
    code = "formal.years_one" if years == 1 else "formal.years"
    return say(code, lang, n=trimmed(years, 2, lang))


def number_text(value: Any, lang: str) -> str:
    """A whole number; a dash where there is none."""
    return DASH if pd.isna(value) else count(value, lang)


def columns(lang: str, *facts: tuple[str, float, str]) -> tuple[Column, ...]:
    """Columns by title, width and measure; one without width is a column of numbers."""
    return tuple(
        Column(
            say(f"formal.column.{name}", lang),
            "right" if not width else "left",
            width,
            "text" if width else _NUMBERS.get(name, "integer"),
            measure,
        )
        for name, width, measure in facts
    )


def _choice_words(dossier: Dossier, field: str, lang: str) -> dict[str, str]:
    tables: Iterable[Any] = form_of(dossier).tables
    fields = (one for table in tables for one in table.fields if one.name == field)
    found = next(fields, None)
    choices = () if found is None else found.choices
    return {choice.code: choice.labels[language(lang)] for choice in choices}


def _parts(codes: Any) -> list[str]:
    return [part.strip() for part in str(codes).split(_SEPARATOR) if part.strip()]


@cache
def _region_name(code: str) -> str:
    try:
        return find_region(code).name
    except InputError:
        return code


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value)) or value == ""
