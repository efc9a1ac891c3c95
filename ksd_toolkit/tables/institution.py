"""The policy options, the TKKSD and the five problems by office, as tables; a sentence where nothing is known."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.evaluation.activation import activation
from ksd_toolkit.evaluation.maturity import maturity_levels
from ksd_toolkit.evaluation.option_effects import Effect, option_effects
from ksd_toolkit.evaluation.option_rules import (
    activity_label,
    criterion_label,
    option_label,
    read_option_rules,
)
from ksd_toolkit.evaluation.option_scores import DECIMALS, OptionScores, option_scores
from ksd_toolkit.messages import count, date_text, decimal, join_words, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.overview import PROBLEMS
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about

_MOVED_DECIMALS: Final = 2


def options(register: Register, lang: str = "") -> Shown:
    """The policy options a-d on Dunn's six criteria: medians, spread, points and place, with who scored."""
    lang = lang or register.lang
    scores = option_scores(register)
    if not scores.scored:
        return _sentence("options.empty", lang, "table_options@opsi/*")
    criteria = list(read_option_rules().weights)
    columns = (
        Column(say("options.column_option", lang), width=2.6),
        *(Column(criterion_label(c, lang), "right", 1.1, "text", f"dunn:{c}") for c in criteria),
        Column(say("options.column_points", lang), "right", 0.9, "decimal", "option_points"),
        Column(say("options.column_rank", lang), "right", 0.8, "integer", "option_rank"),
    )
    rows = tuple(_option_row(scores, str(code), criteria, lang) for code in scores.totals.index)
    facts = {"raters": count(len(scores.raters), lang), "names": _raters(scores, lang)}
    note = [say("options.note", lang, **facts)]
    if scores.unlisted:
        note.append(say("options.note_unlisted", lang, n=count(scores.unlisted, lang)))
    table = Table(
        say("options.caption", lang), columns, rows, " ".join(note),
        subjects=about("opsi", scores.totals.index), origin="table_options@opsi/*",
    )  # fmt: skip
    return Shown(table, lang=lang)


def activities(register: Register, lang: str = "") -> Shown:
    """What the TKKSD did in the last twelve months and in the twelve before, by kind."""
    lang = lang or register.lang
    seen = activation(register)
    date = date_text(register.dossier.tanggal_acuan, lang)
    if seen.activities.empty:
        return _sentence("activation.empty", lang, "table_activities@kegiatan/*")
    columns = (
        Column(say("activation.column_kind", lang), width=3.4),
        Column(say("activation.column_now", lang), "right", 1.4, "integer", "activities_now"),
        Column(say("activation.column_before", lang), "right", 1.4, "integer", "activities_before"),
    )
    kinds = [str(kind) for kind in seen.by_kind.index]
    rows = tuple(
        (activity_label(kind, lang), count(row["now"], lang), count(row["before"], lang))
        for kind, row in zip(kinds, seen.by_kind.to_dict("records"), strict=True)
    )
    table = Table(
        say("activation.caption", lang), columns, rows, say("activation.note", lang, date=date),
        subjects=about("kegiatan", kinds), origin="table_activities@kegiatan/*",
    )  # fmt: skip
    return Shown(table, lang=lang)


def effects(register: Register, lang: str = "") -> Shown:
    """Each policy option: whether it was carried out, and how the problems it addresses moved."""
    lang = lang or register.lang
    found = option_effects(register)
    columns = (
        Column(say("effects.column_option", lang), width=2.8),
        Column(say("effects.column_problems", lang), width=1.3),
        Column(say("effects.column_done", lang), "right", 0.8, "integer", "option_events"),
        Column(say("effects.column_before", lang), "right", 1.1, "integer", "option_before"),
        Column(say("effects.column_moved", lang), "right", 1.2, "decimal", "option_moved"),
        Column(say("effects.column_answers", lang), "right", 1.4, "text", "option_answers"),
        Column(say("effects.column_verdict", lang), width=1.9),
    )
    note = say(
        "effects.note",
        lang,
        date=date_text(register.dossier.tanggal_acuan, lang),
    )
    table = Table(
        say("effects.caption", lang), columns, tuple(_effect_row(one, lang) for one in found), note,
        subjects=about("opsi", (one.option.code for one in found)), origin="table_effects@opsi/*",
    )  # fmt: skip
    return Shown(table, lang=lang)


def maturity_by_office(register: Register, lang: str = "") -> Shown:
    """Every office's level on the five problems, with an arrow where it moved since the period before."""
    lang = lang or register.lang
    levels = maturity_levels(register)
    period = register.dossier.period
    now = _wide(levels[levels["period"] == period])
    if now.empty:
        return _sentence("maturity.empty", lang, "table_maturity@opd/*")
    before = register.previous.dossier.period if register.previous is not None else ""
    earlier = _wide(levels[levels["period"] == before])
    columns = (
        Column(say("maturity.column_office", lang), width=3.6),
        *(
            Column(say(f"problem_name.{p}", lang)[0], "right", 0.7, "text", f"level:{p}")
            for p in PROBLEMS
        ),
        Column(say("maturity.column_mean", lang), "right", 1.0, "decimal", "level_mean"),
    )
    names = register.dossier.offices["opd_nama"]
    codes = [code for code in names.index if code in now.index]
    rows = tuple(
        (
            str(names[code]),
            *(_level(now, earlier, code, problem) for problem in PROBLEMS),
            decimal(float(now.loc[code].mean()), 1, lang),
        )
        for code in codes
    )
    note = say("maturity.note", lang, before=before) if before else say("maturity.note_first", lang)
    table = Table(
        say("maturity.caption", lang), columns, rows, note,
        subjects=about("opd", codes), origin="table_maturity@opd/*",
    )  # fmt: skip
    return Shown(table, lang=lang)


def _option_row(scores: OptionScores, code: str, criteria: list[str], lang: str) -> tuple[str, ...]:
    cells, total = scores.cells.loc[code], scores.totals.loc[code]
    unknown = pd.isna(total["points"])
    return (
        f"{code}. {option_label(code, lang)}",
        *(_median(cells.loc[criterion], lang) for criterion in criteria),
        DASH if unknown else decimal(total["points"], DECIMALS, lang),
        DASH if unknown else count(total["rank"], lang),
    )


def _median(cell: Any, lang: str) -> str:
    """The median, and the range in brackets where raters differ."""
    if pd.isna(cell["median"]):
        return DASH
    median = decimal(cell["median"], 1, lang)
    if cell["low"] == cell["high"]:
        return median
    return f"{median} ({count(cell['low'], lang)}\u2013{count(cell['high'], lang)})"


def _raters(scores: OptionScores, lang: str) -> str:
    """The members by the capacity in which they sit, never by name."""
    return join_words([member.position for member in scores.raters], lang)


def _effect_row(effect: Effect, lang: str) -> tuple[str, ...]:
    code = effect.option.code
    letters = [say(f"problem_name.{problem}", lang)[0] for problem in effect.option.problems]
    known = not pd.isna(effect.moved)
    answers = say(
        "effects.answers", lang, rose=count(effect.rose, lang), fell=count(effect.fell, lang),
        paired=count(effect.paired, lang),
    )  # fmt: skip
    return (
        f"{code}. {option_label(code, lang)}",
        join_words(letters, lang),
        count(len(effect.events), lang),
        DASH if effect.option.lasting else count(effect.before, lang),
        _signed(effect.moved, lang) if known else DASH,
        answers if known else DASH,
        say(f"effects.verdict.{effect.verdict}", lang),
    )


def _signed(value: float, lang: str) -> str:
    told = decimal(value, _MOVED_DECIMALS, lang)
    return f"+{told}" if value > 0 else told


def _wide(levels: pd.DataFrame) -> pd.DataFrame:
    wide = levels.pivot_table(index="opd_kode", columns="problem", values="level")
    return wide.reindex(columns=list(PROBLEMS))


def _level(now: pd.DataFrame, earlier: pd.DataFrame, code: str, problem: str) -> str:
    """`2`, or `1 -> 2` where it moved since the period before."""
    level: Any = now.loc[code, problem]
    if pd.isna(level):
        return DASH
    old: Any = earlier[problem].get(code, float("nan"))
    if pd.isna(old) or old == level:
        return str(int(level))
    return f"{int(old)} \u2192 {int(level)}"


def _sentence(code: str, lang: str, origin: str) -> Shown:
    return Shown(Paragraph(runs(say(code, lang)), origin=origin), lang=lang)
