"""The codebook: every question of the questionnaire with its label, choices and codes for no answer."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, language, say
from ksd_toolkit.questionnaire import Field, form_of
from ksd_toolkit.register import Register
from ksd_toolkit.tables.measures import about

_ALL_SHOWN: Final = 60
"""A list of choices up to this length is shown whole."""
_CHOICES_SHOWN: Final = 40
"""As many of a longer one; what is left is never just a few."""
_TABLES: Final = ("opd", "usulan", "mitra", "nilai")


def codebook(register: Register, lang: str = "") -> Shown:
    """A row per question of the mapping questionnaire, the region's own questions included.

    A very long list of choices is shortened and says so; the questionnaire holds all of them.
    """
    lang = lang or register.lang
    form = form_of(register.dossier)
    columns = tuple(
        Column(say(f"quality.column.{name}", lang), width=width, measure=measure)
        for name, width, measure in (
            ("table", 0.0, ""), ("variable", 2.4, "choices"), ("question", 3.4, "choices"),
            ("choices", 4.4, "choices"),
        )
    )  # fmt: skip
    rows = [
        (name, field.name, _question(field, lang), _choices(field, lang))
        for name in _TABLES
        for field in form.table(name).fields
    ]
    caption = say("quality.caption.codebook", lang, form=form.form_id, version=form.version)
    note = say("quality.codebook_note", lang)
    subjects = about("kuesioner", [f"{row[0]}.{row[1]}" for row in rows])
    origin = "table_codebook@kuesioner/*"
    return Shown(Table(caption, columns, tuple(rows), note, 1, subjects, origin=origin), lang=lang)


def _question(field: Field, lang: str) -> str:
    """The question; personal data are marked, since no paper shows them."""
    told = field.label(lang)
    return f"{told} ({say('quality.personal', lang)})" if field.pii else told


def _choices(field: Field, lang: str) -> str:
    """What may be answered: the codes with their labels, or the kind of answer."""
    if not field.choices:
        return say(f"quality.kind.{field.type}", lang)
    whole = len(field.choices) <= _ALL_SHOWN
    shown = [
        f"{choice.code} {choice.labels.get(language(lang)) or choice.labels.get('id') or ''}".strip()
        for choice in field.choices[: None if whole else _CHOICES_SHOWN]
    ]
    more = len(field.choices) - len(shown)
    told = "; ".join(shown)
    return (
        told + "; " + say("quality.choices_more", lang, n=count(more, lang)) if more > 0 else told
    )
