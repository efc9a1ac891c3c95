"""What the papers of a forum share: the proposals brought to it, who fits them, and their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Block, Column, ColumnKind, Runs, measured, plain_text, told_counted
from ksd_toolkit.law import isu, urusan
from ksd_toolkit.matching.forum_pairs import ForumPairs, forum_pairs
from ksd_toolkit.matching.forum_rules import forum_rules
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.messages import count, join_words, language, say
from ksd_toolkit.papers.decided_list import Decided, decided
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.opening import BLANK, closing_by, letter_number, opening
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring import type_label
from ksd_toolkit.tables.cells import DASH, text_or_dash

FORUM: Final = "tawaran"
"""The kind of subject that counts about the forum tell of."""
POSSIBLE: Final = frozenset(
    {"held", "usulan", "candidates", "partners", "alone", "others", "uninvited", "unmatched"}
)
_FORM: Final = "calon_mitra"


@dataclass(frozen=True, slots=True, eq=False)
class Brought:
    """The list brought to a forum with the candidates that fit it."""

    case: Case
    chosen: Decided
    pairs: ForumPairs

    @property
    def lang(self) -> str:
        """The language of the paper."""
        return self.case.lang

    def title(self, usulan: str) -> str:
        """A proposal by id and title."""
        return f"{usulan} {text_or_dash(self.pairs.found.usulan['judul'].get(usulan))}"

    def office(self, code: object) -> str:
        """The name of an office; its code where the dossier lists no such office."""
        return text_or_dash(self.case.dossier.offices["opd_nama"].get(code, code))

    def partner(self, name: str) -> dict[str, Any]:
        """What the register says of a candidate."""
        row = self.pairs.found.candidates.iloc[self.pairs.found.column_of(name)]
        return {str(field): value for field, value in row.items()}


def brought(case: Case) -> Brought:
    """What a plenary set, or the computed order would put before one, with who fits it."""
    chosen = decided(case)
    found = match_institutions(case.register, lang=case.lang)
    return Brought(
        case, chosen, forum_pairs(found, [str(u) for u in chosen.table.index], forum_rules())
    )


def forum_words(told: Brought, paper: str) -> dict[str, str | Runs]:
    """What every paper of a forum may name: region, issuer, and how many of what there are."""
    case, pairs = told.case, told.pairs
    number = letter_number(case.theme, paper, case.dossier.period)
    numbers = {
        "usulan": len(pairs.usulan), "candidates": len(pairs.found.candidates),
        "partners": len(pairs.partners), "pairs": len(pairs.pairs), "alone": len(pairs.alone),
        "others": len(pairs.others), "uninvited": len(pairs.uninvited),
    }  # fmt: skip
    words: dict[str, str | Runs] = {**opening(case.dossier, case.theme), "number": number or BLANK}
    words |= {f"{name}_count": counted(name, n, told.lang) for name, n in numbers.items()}
    return words


def forum_conditions(told: Brought) -> set[str]:
    """Which of `POSSIBLE` hold."""
    pairs = told.pairs
    holds = {
        "held": not told.chosen.draft, "usulan": bool(pairs.usulan),
        "candidates": len(pairs.found.candidates) > 0, "partners": bool(pairs.partners),
        "alone": bool(pairs.alone), "others": len(pairs.others) > 0,
        "uninvited": bool(pairs.uninvited),
        "unmatched": bool(pairs.usulan and len(pairs.found.candidates)) and not pairs.partners,
    }  # fmt: skip
    return {name for name, holding in holds.items() if holding}


def forum_stamp(told: Brought) -> tuple[Block, ...]:
    """Where the numbers come from, the rules of the fit among it."""
    rules = told.pairs.found.rules
    return closing_by(told.case.stamp, "partners", "", rules.sha256)


def counted(name: str, number: int, lang: str) -> Runs:
    """A number of things in words; the whole of it is the figure where it is spelled out."""
    subject = f"{FORUM}/*"
    line = told_counted(
        f"forum_pack.{name}", number, lang, n=measured(count(number, lang), name, subject)
    )
    if any(run.origin for run in line):
        return line
    return (measured(plain_text(line), name, subject),)


def columns(lang: str, *facts: tuple[str, float, str]) -> tuple[Column, ...]:
    """Columns by title, width and measure; one without width is a column of whole numbers."""
    return tuple(
        Column(say(f"forum_pack.column_{name}", lang), "left" if width else "right", width,
               _kind(width), measure)
        for name, width, measure in facts
    )  # fmt: skip


def _kind(width: float) -> ColumnKind:
    return "text" if width else "integer"


def kind_of_partner(kind: object, lang: str) -> str:
    """What kind of institution a candidate is, in words."""
    return offered_words("mitra_jenis", kind, lang) or say("inst.kind_unknown", lang)


def offered_words(field: str, codes: object, lang: str) -> str:
    """What a candidate answered to a question with choices, in words; empty where it is not known."""
    if not isinstance(codes, str):
        return ""
    choices = {one.code: one.labels for one in read_form(_FORM).table(_FORM).field(field).choices}
    told = [choices[code][language(lang)] if code in choices else code for code in codes.split(";")]
    return join_words(told, lang)


def affairs(codes: Iterable[str], lang: str) -> list[str]:
    """Government affairs by name, each once."""
    return [urusan(code, lang).name for code in dict.fromkeys(codes) if code]


def issues(codes: Iterable[str], lang: str) -> list[str]:
    """Strategic issues by name, each once."""
    return [isu(code, lang).name for code in dict.fromkeys(codes) if code]


def shared_text(rows: pd.DataFrame, lang: str) -> str:
    """The affairs and issues that are shared over some pairs, in words; a dash where none is."""
    parts = []
    for name, of in (("shared_urusan", affairs), ("shared_isu", issues)):
        names = of((code for text in rows[name] for code in str(text).split(";")), lang)
        if names:
            parts.append(say(f"forum_pack.{name}", lang, names=join_words(names, lang)))
    return "; ".join(parts) or DASH


def kind_text(jenis: object, lang: str) -> str:
    """The type a cooperation would be; a dash where it cannot be told."""
    return type_label(str(jenis), lang) if isinstance(jenis, str) and jenis else DASH


def interest_text(level: float, lang: str) -> str:
    """An interest with what its level means; a dash where none was told."""
    if pd.isna(level):
        return DASH
    told = offered_words("minat", f"{level:g}", lang)
    return f"{level:g} ({told[:1].lower()}{told[1:]})" if told != f"{level:g}" else told


def first_ones(names: list[str], most: int, lang: str) -> str:
    """The first names and how many more there are."""
    if len(names) <= most:
        return "; ".join(names) or DASH
    more = say("forum_pack.more", lang, n=count(len(names) - most, lang))
    return "; ".join([*names[:most], more])
