"""Say how a policy option came to its points, what shows it was carried out, and how its problems moved."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.activation import windows
from ksd_toolkit.evaluation.option_effects import Effect
from ksd_toolkit.evaluation.option_rules import activity_label, criterion_label, read_option_rules
from ksd_toolkit.evaluation.option_scores import DECIMALS
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.institution_asked import (
    OPTIONS,
    AskedInstitution,
    offices,
    period_before,
    rows_of,
    span,
)

_SCORE: Final = ("opsi", "kriteria", "penilai", "skor")


def _given(asked: AskedInstitution, option: str, criterion: str = "") -> pd.DataFrame:
    """The scores of members on the roster for an option, or for one criterion of it."""
    found = asked.once("scores_of_members", lambda: _of_members(asked))
    if criterion:
        keys = ["opsi", "kriteria"]
        cells = asked.once("scores_of_cells", lambda: dict(iter(found.groupby(keys, sort=False))))
        return cells.get((option, criterion), found[:0])
    return found if option == "*" else found[found["opsi"] == option]


def _of_members(asked: AskedInstitution) -> pd.DataFrame:
    table = asked.register.table(OPTIONS)
    members = {member.member for member in asked.scores.raters}
    return table[table["penilai"].str.upper().isin(members)]


def _cell(asked: AskedInstitution) -> Computation:
    """The median of a criterion, from what each member gave."""
    found = _given(asked, asked.subject, asked.part)
    raters = asked.once("raters_of_cells", asked.scores.cells["raters"].to_dict)
    pairs = zip(found["penilai"].tolist(), found["skor"].tolist(), strict=True)
    told = [f"{who} {score}" for who, score in pairs if not pd.isna(score)]
    facts = {
        "criterion": mid_sentence(criterion_label(asked.part, asked.lang)),
        "scores": asked.some(told),
        "raters": count(float(raters[asked.subject, asked.part]), asked.lang),
    }
    return asked.told(rows_of(found), _SCORE, **facts)


def _points(asked: AskedInstitution) -> Computation:
    """The mean of the medians of an option, and its place."""
    scores, lang = asked.scores, asked.lang
    cells = scores.cells.loc[asked.subject]["median"].dropna()
    weights = read_option_rules().weights
    terms = [
        f"{decimal(value, 1, lang)} x {asked.number(weights[str(code)])}"
        for code, value in cells.items()
    ]
    total = first_of(scores.totals.loc[[asked.subject]])
    base = sum(weights[str(code)] for code in cells.index)
    facts = {
        "terms": " + ".join(terms), "base": asked.number(base),
        "points": decimal(total["points"], DECIMALS, lang), "rank": count(total["rank"], lang),
        "options": count(scores.totals["points"].notna().sum(), lang),
    }  # fmt: skip
    return asked.told(rows_of(_given(asked, asked.subject)), _SCORE, **facts)


def _raters(asked: AskedInstitution) -> Computation:
    members = asked.scores.raters
    facts = {
        "n": count(len(members), asked.lang),
        "names": asked.some([f"{one.member} ({one.position})" for one in members]),
        "unlisted": count(asked.scores.unlisted, asked.lang),
    }
    return asked.told(rows_of(_given(asked, "*")), _SCORE, **facts)


def _scale(asked: AskedInstitution) -> Computation:
    return asked.told((), ())


def _events(asked: AskedInstitution) -> Computation:
    """What shows that an option was carried out."""
    effect = _effect(asked)
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    if asked.measure == "option_before":
        return asked.told((), (), n=count(effect.before, asked.lang), **span(asked, before))
    facts = {"n": count(len(effect.events), asked.lang), "kinds": _kinds(asked, effect)}
    code = "lasting" if effect.option.lasting else ""
    return asked.told(effect.events, (), code=code, **facts, **span(asked, now))


def _kinds(asked: AskedInstitution, effect: Effect) -> str:
    names = [mid_sentence(activity_label(one, asked.lang)) for one in effect.option.activities]
    names += [say(f"measure_institution.{table}", asked.lang) for table in effect.option.tables]
    return asked.some(names)


def _effect(asked: AskedInstitution) -> Effect:
    if asked.subject not in asked.effects:
        raise GoneError
    return asked.effects[asked.subject]


def _moved(asked: AskedInstitution) -> Computation:
    """How the levels of the problems of an option moved in the mean, and where."""
    effect = _effect(asked)
    rows = asked.trend[asked.trend["period"] == asked.register.dossier.period]
    rows = rows[rows["problem"].isin(effect.option.problems)]
    terms = [
        f"{asked.number(row['moved'])} x {count(row['paired'], asked.lang)}"
        for row in rows.to_dict("records")
    ]
    facts = {
        "terms": " + ".join(terms), "paired": count(effect.paired, asked.lang),
        "rose": count(effect.rose, asked.lang), "fell": count(effect.fell, asked.lang),
        "before": period_before(asked), "period": asked.register.dossier.period,
    }  # fmt: skip
    return asked.told(offices(asked, both=True), effect.option.problems, **facts)


ON_OPTIONS: Final[dict[tuple[str, str], Callable[[AskedInstitution], Computation]]] = {
    ("opsi", "dunn"): _cell,
    ("opsi", "option_points"): _points,
    ("opsi", "option_rank"): _points,
    ("opsi", "option_raters"): _raters,
    ("opsi", "table_options"): _raters,
    ("opsi", "option_scale"): _scale,
    ("opsi", "option_events"): _events,
    ("opsi", "option_before"): _events,
    ("opsi", "option_moved"): _moved,
    ("opsi", "option_answers"): _moved,
}
"""By kind of subject and measure."""
