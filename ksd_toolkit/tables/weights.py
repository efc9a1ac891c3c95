"""What the weights are, where they come from, and what they really decide, as tables of a paper."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.messages import decimal, has_message, join_words, language, say, trimmed
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.coherence import coherence
from ksd_toolkit.scoring.weights import spread_table
from ksd_toolkit.tables.measures import about, printed_as

_DASH = "\u2013"
_COLUMNS = ("criterion", "weight", "effective", "deviation", "entropy", "critic")


def origin(ranking: Ranking, lang: str = "") -> Shown:
    """Where the weights come from: procedure, consistency, acknowledged contradiction, way to compute."""
    lang = lang or ranking.lang
    method, told = ranking.method, ranking.method.weighting
    note = method.notes[language(lang)]
    parts = [
        say(
            "weighing.origin", lang, method=method.titles[language(lang)],
            procedure=join_words([_procedure(name, lang) for name in told.procedure.split("+")], lang),
        ),
        say(f"weighing.way_{method.aggregation}", lang),
    ]  # fmt: skip
    if told.consistency_ratio is not None:
        ratio = decimal(told.consistency_ratio, 3, lang)
        index = told.random_index or _DASH
        parts.append(say("weighing.consistency", lang, ratio=ratio, index=index))
    if told.acknowledged and told.acknowledged not in note:  # a note may tell the reason itself
        parts.append(say("weighing.acknowledged", lang, reason=told.acknowledged))
    parts.append(note)
    return Shown(Paragraph(runs(" ".join(parts)), origin="weight_origin@metode/*"), lang=lang)


def effect(ranking: Ranking, lang: str = "") -> Shown:
    """Every weight beside what it really decides and what spread alone would give: a diagnosis."""
    lang = lang or ranking.lang
    found = coherence(ranking)
    codes = list(found.table.index)
    answers = ranking.leaves.answers.loc[ranking.table.index, codes]
    answers = answers.where(ranking.leaves.applicable.loc[ranking.table.index, codes])
    falling = frozenset(c.code for c in ranking.method.criteria if c.direction == "-")
    spread = spread_table(answers, ranking.method.weights, falling)
    told = spread.loc[:, spread.sum() > 0]  # where no answer spreads there is no weight to give
    spread = told.reindex(columns=spread.columns)
    columns = tuple(
        Column(
            say(f"weighing.column_{name}", lang), "left" if name == "criterion" else "right", width,
            *printed_as("weighing", name),
        )
        for name, width in zip(_COLUMNS, (3.2, 1, 1, 1, 1, 1), strict=True)
    )  # fmt: skip
    rows = tuple(
        (
            f"{code} {ranking.method.criterion(code).labels[language(lang)]}",
            trimmed(ranking.method.weights[code], 2, lang),
            _percent(found.table.at[code, "effective"], lang),
            *(_percent(spread.at[code, name], lang) for name in ("deviation", "entropy", "critic")),
        )
        for code in codes
    )
    note = f"{found.sentence(lang)} {say('weighing.note', lang)}"
    caption, subjects = say("weighing.caption", lang), about("kriteria", codes)
    return Shown(
        Table(caption, columns, rows, note, 0, subjects, origin="table_effect@kriteria/*"),
        lang=lang,
    )


def _procedure(name: str, lang: str) -> str:
    """How weights were found: by the members' judgements, or stated in the table."""
    stated = f"weighing.procedure_{name}"
    return say(stated if has_message(stated) else f"weights.procedure_{name}", lang)


def _percent(value: object, lang: str) -> str:
    return _DASH if pd.isna(value) else decimal(float(value), 1, lang)  # type: ignore[call-overload,arg-type]
