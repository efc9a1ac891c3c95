"""The briefing sheet: kinds of cooperation, what older texts get wrong, the questionnaire, gates, data protection."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.document import Callout, Column, Run, Runs, Table
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import join_words, language, say
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.scoring import read_method
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH

_FILE: Final = "briefing.toml"
_SHEET: Final = "briefing@sosialisasi/*"
"""Where the words of the briefing sheet come from."""


def kinds(lang: str) -> Table:
    """Every kind of cooperation: with whom, for what, laid down in what, and by which articles.

    Source:
        `knowledge/briefing.toml`; UU 23/2014 Pasal 363-367, PP 28/2018.
    """
    parts = ("label", "with", "for", "document")
    columns = (
        *(
            Column(say(f"mapping_papers.kind_{part}", lang), width=width, measure="briefing")
            for part, width in zip(parts, (1.4, 2.6, 3.4, 2.2), strict=True)
        ),
        Column(say("mapping_papers.column_article", lang), width=3.0, measure="briefing"),
    )
    body = tuple(
        (*(str(row[f"{part}_{language(lang)}"]) for part in parts), _articles(row, lang))
        for row in _contents()["kind"]
    )
    subjects = ("sosialisasi/*",) * len(body)
    return Table(
        say("mapping_papers.kinds", lang), columns, body, subjects=subjects, anchor="kinds"
    )


def corrections(lang: str) -> Callout:
    """What older papers say of the law and the law does not."""
    lines = tuple(_with_articles(row, lang) for row in _contents()["correction"])
    title = say("mapping_papers.corrections", lang)
    return Callout(title, lines, "info", listed=True, origin=_SHEET)


def protection(lang: str) -> Callout:
    """What happens to the data of persons, and what does not belong into an answer."""
    lines = tuple(_with_articles(row, lang) for row in _contents()["protection"])
    title = say("mapping_papers.protection", lang)
    return Callout(title, lines, "warning", listed=True, origin=_SHEET)


def sheets(dossier: Dossier, lang: str) -> Table:
    """The sheets of the questionnaire in use, each with what is filled in and how many questions it asks."""
    columns = (
        Column(say("mapping_papers.column_sheet", lang), width=2.0, measure="sheet"),
        Column(say("mapping_papers.column_filled", lang), width=5.0, measure="sheet"),
        Column(
            say("mapping_papers.column_questions", lang),
            "right",
            kind="integer",
            measure="questions",
        ),
    )
    body = tuple(
        (
            table.labels[language(lang)],
            table.hints.get(language(lang)) or DASH,
            str(len(table.fields)),
        )
        for table in form_of(dossier).tables
    )  # fmt: skip
    subjects = tuple(f"lembar/{table.name}" for table in form_of(dossier).tables)
    caption = say("mapping_papers.sheets", lang)
    return Table(caption, columns, body, subjects=subjects, anchor="sheets")


def gates(dossier: Dossier, lang: str) -> Table:
    """The gates of the dossier's method: what keeps an usulan out or has it examined, by which article.

    Raises:
        MethodError: The method or its gates cannot be read.
    """
    outcomes = ("fail", "review", "warning")
    columns = (
        Column(say("mapping_papers.column_gate", lang), width=2.4, measure="gate_rule"),
        Column(say("mapping_papers.column_condition", lang), width=5.0, measure="gate_rule"),
        Column(say("mapping_papers.column_article", lang), width=2.4, measure="gate_rule"),
    )
    body = tuple(
        (
            f"{gate.code} {gate.labels[language(lang)]}",
            " ".join(
                say(
                    f"mapping_papers.gate_{outcome}", lang,
                    reasons="; ".join(
                        str(row[f"reason_{language(lang)}"])
                        for row in gate.rows
                        if row["outcome"] == outcome
                    ),
                )
                for outcome in outcomes
                if any(row["outcome"] == outcome for row in gate.rows)
            ),
            cited(gate.article, lang),
        )
        for gate in read_method(dossier).gates
    )  # fmt: skip
    subjects = tuple(f"gerbang/{gate.code}" for gate in read_method(dossier).gates)
    caption = say("mapping_papers.gates", lang)
    return Table(caption, columns, body, subjects=subjects, anchor="gates")


def _with_articles(row: dict[str, Any], lang: str) -> Runs:
    told = say("mapping_papers.with_articles", lang, text="", articles=_articles(row, lang))
    return Run(str(row[language(lang)])), Run(told)


def _articles(row: dict[str, Any], lang: str) -> str:
    return join_words([cited(key, lang) for key in row["articles"]], lang)


@cache
def _contents() -> dict[str, Any]:
    source = files("ksd_toolkit.knowledge").joinpath(_FILE)
    return tomllib.loads(source.read_text(encoding="utf-8"))
