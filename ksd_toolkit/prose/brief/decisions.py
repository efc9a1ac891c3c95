"""What is to be decided: options, recommendations, limits of the data and the legal basis."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from ksd_toolkit.columns import label
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Column,
    Items,
    Runs,
    Table,
    measured,
    runs,
    strong,
    told_counted,
)
from ksd_toolkit.law import articles, cite
from ksd_toolkit.messages import (
    count,
    date_text,
    join_first,
    language,
    percent,
    say,
)
from ksd_toolkit.prose.brief.context import head_of_region
from ksd_toolkit.prose.brief.counted_facts import counted_facts
from ksd_toolkit.prose.brief.decided import outcome_of
from ksd_toolkit.scoring import Ranking, measures, overview
from ksd_toolkit.scoring.uncertainty import weight_spread

_NAMED: Final = 5  # offices a limit names at most
_OPTIONS: Final = {
    "a": "ranked",
    "b": "class_one",
    "c": "short_of_liaisons",
    "d": "agreements_running",
}  # each policy option and the measure its sentence turns on


def policy_options(ranking: Ranking, lang: str = "") -> Shown:
    """The seed's policy options a-d, each with the figure that speaks for it, where there is one."""
    lang = lang or ranking.lang
    numbers = measures(ranking)
    facts: dict[str, Any] = {**counted_facts(numbers, lang), "head": head_of_region(ranking, lang)}
    items: tuple[Runs, ...] = tuple(
        runs(
            strong(say(f"brief.option_{option}", lang, **facts)),
            " ",
            *told_counted(f"brief.option_{option}_fact", numbers[measure], lang, **facts),
        )
        for option, measure in _OPTIONS.items()
    )
    return Shown(Items(items, "letter"), lang=lang)


def recommendations(ranking: Ranking, lang: str = "") -> Shown:
    """What is to be done, by whom, by when; rows whose figure is zero stay out."""
    lang = lang or ranking.lang
    outcome = outcome_of(ranking)
    n = measures(ranking) | {"set": 0 if outcome is None else len(outcome.set_list)}
    stage = "before" if outcome is None else "after"
    acuan = ranking.register.dossier.tanggal_acuan
    head = head_of_region(ranking, lang)
    due = sorted(
        (
            row
            for row in _actions()
            if n[row["measure"]] >= row["at_least"] and row.get("plenary", stage) == stage
        ),
        key=lambda row: row["due_days"],
    )
    body = tuple(
        (
            str(number),
            _action_text(row, n[row["measure"]], head, lang),
            str(row[f"actor_{language(lang)}"]).format(head=head[:1].upper() + head[1:]),
            date_text(acuan + timedelta(days=row["due_days"]), lang),
        )
        for number, row in enumerate(due, start=1)
    )
    columns = (
        Column(say("brief.number", lang), "right", measure="action_number"),
        Column(label("action", lang), width=4.6, measure="action"),
        Column(label("actor", lang), width=2.4),
        Column(label("due", lang), width=1.7, measure="action_due"),
    )
    caption = say("brief.recommendations", lang, date=date_text(acuan, lang))
    subjects = tuple(f"tindakan/{row['measure']}" for row in due)
    table = Table(
        caption,
        columns,
        body,
        row_header=1,
        subjects=subjects,
        origin="table_actions@tindakan/*",
    )
    return Shown(table, lang=lang)


def _action_text(row: dict[str, Any], number: int, head: str, lang: str) -> str:
    """What is to be done, in the singular where the table has one."""
    key = f"text_{language(lang)}"
    text = row.get(f"{key}_one", row[key]) if number == 1 else row[key]
    return str(text).format(n=count(number, lang), head=head)


def limits(ranking: Ranking, lang: str = "") -> Shown:
    """What the data do not tell, counted; nothing is filled in to hide it."""
    lang = lang or ranking.lang
    n = measures(ranking)
    seen = overview(ranking.register)
    facts: dict[str, Any] = {
        **counted_facts(n, lang),
        "silent": join_first(list(seen.silent), _NAMED, lang),
        "coverage": measured(
            percent(100 * float(ranking.table["coverage"].mean()), 1, lang),
            "coverage_mean",
            "peringkat/*",
        ),
        "spread": measured(percent(_spread(ranking), 0, lang), "weight_shaken", "peringkat/*"),
    }
    lines = [
        told_counted(f"brief.limit_{name}", needed, lang, **facts)
        for name, needed in (
            ("simulated", int(ranking.stamp.simulated)), ("silent", n["silent_offices"]),
            ("incomplete", n["incomplete"]), ("unscored", n["unscored_by_tkksd"]),
            ("errors", n["errors"]), ("weights", 2), ("opinion", 2),
        )
        if needed
    ]  # fmt: skip
    return Shown(Items(tuple(lines)), lang=lang)


def _spread(ranking: Ranking) -> float:
    """How far a weight of average size is shaken, in percent of itself."""
    method = ranking.method
    average = 100.0 / len(method.criteria)
    spread = weight_spread(np.array([average, 100.0 - average]), method.uncertainty.concentration)
    return 100.0 * float(spread[0]) / average


def legal_basis(lang: str = "id") -> Shown:
    """The articles the brief rests on, the seed's wording quoted where ours differs from it."""
    items = tuple(
        runs(
            strong(article.citation),
            ": ",
            article.gist,
            "" if article.verified else " " + say("brief.unverified", lang),
        )
        for article in articles(lang, in_brief=True)
    )
    quotation = Callout(
        say("brief.seed_quote_title", lang),
        (
            runs(say("brief.seed_quote", lang)),
            runs(
                say("brief.seed_quote_note", lang, article=cite("PP 28/2018 5(1)", lang).citation)
            ),
        ),
        "quote",
    )
    return Shown(Items(items, origin="article_gist@pasal/*"), quotation, lang=lang)


@cache
def _actions() -> tuple[dict[str, Any], ...]:
    text = files("ksd_toolkit.knowledge").joinpath("actions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["action"])
