"""The legal case of one cooperation: plain facts, each with its article, and the sentences they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ksd_toolkit.matching.legal_conditions import UNASKED, Conditions
from ksd_toolkit.matching.legal_parts import Check, Council, Kind, Paper, Stages
from ksd_toolkit.matching.legal_table import cited_all, papers_of, stages_of
from ksd_toolkit.matching.legal_term import Secretariat, Term, secretariat_of, term_of
from ksd_toolkit.matching.legal_words import sentence_of, statements_of
from ksd_toolkit.messages import language, say, trimmed

Fact = str | float | Mapping[str, str]
"""A fact of a sentence: a text, a number, or a text in each language."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One statement of the law or of the facts, with its articles.

    `code` names its sentence, `legal.ground.<code>`, or `own` holds the sentence itself.
    """

    code: str
    articles: tuple[str, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str = "id") -> str:
        """The statement, without its article."""
        if self.own:
            return self.own[language(lang)]
        return say(f"legal.ground.{self.code}", lang, **facts_in(self.facts, lang))

    def cited(self, lang: str = "id") -> str:
        """Its articles, marked where the text was not read; empty for a fact of geography."""
        return cited_all(self.articles, lang)


@dataclass(frozen=True, slots=True)
class LegalCase:
    """What the law makes of a cooperation.

    `home` and `partner` are region codes; `partner` is empty where no region is meant and
    `partner_name` is then what was written. `family` and `jenis` are those of the table of types,
    `jenis` empty where no usulan is meant. `kind` is `wajib`, `sukarela` or `belum` between regions
    (`belum`: what must be answered stands in `checks`), empty for all else. `letter` is that of UU
    23/2014 Pasal 364 ayat (2), empty where the pair cannot be mandatory. `forum` (`provinsi`,
    `nasional`) and `takeover` (`gubernur`, `pusat`) are empty where it is not and cannot become so.
    `own_rules` names the articles of the rules that govern cooperation in assets, investment and
    infrastructure.
    """

    home: str
    partner: str
    home_name: str
    partner_name: str
    family: str
    jenis: str
    kind: Kind
    council: Council
    relation: str = ""
    letter: str = ""
    forum: str = ""
    takeover: str = ""
    initiative: str = ""
    own_rules: tuple[str, ...] = ()
    conditions: Conditions = UNASKED
    checks: tuple[Check, ...] = ()
    reasons: tuple[Ground, ...] = ()

    @property
    def can_be_mandatory(self) -> bool:
        """Whether the two regions border each other, or one lies in the other."""
        return bool(self.letter)

    @property
    def needs_council(self) -> str:
        """Whether the DPRD must approve: `ya`, `tidak`, `belum`; `tidak_diatur` for Sinergi."""
        return self.council.needed

    @property
    def term(self) -> Term | None:
        """How long it may last; None where the texts we read set no term."""
        return term_of(self.family, self.conditions.years, self.own_rules)

    @property
    def documents(self) -> tuple[Paper, ...]:
        """The documents it needs, in the order they are made."""
        return papers_of(self.family, self.kind, self.needs_council, self.initiative)

    @property
    def stages(self) -> Stages | None:
        """Its stages in the law's order; None where the texts we read name none."""
        return stages_of(self.family)

    @property
    def secretariat(self) -> Secretariat | None:
        """Whether it may have a cooperation secretariat; None unless it is mandatory."""
        return secretariat_of(self.conditions) if self.kind == "wajib" else None

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the questions that still settle something, in the order of the checks."""
        asked = [name for check in self.checks for name in check.fields]
        return tuple(dict.fromkeys([*asked, *self.council.fields]))

    def checked(self, lang: str = "id") -> list[tuple[str, str, str]]:
        """Every condition as its text, its state and its article, in words."""
        return [
            (check.text(lang), check.state_in_words(lang), cited_all((check.article,), lang))
            for check in self.checks
        ]

    def statements(self, lang: str = "id") -> list[tuple[str, str, str, str]]:
        """Everything there is to say: subject, statement, state and article, in reading order."""
        return statements_of(self, lang)

    def sentence(self, lang: str = "id") -> str:
        """The case in one sentence."""
        return sentence_of(self, lang)


def facts_in(facts: tuple[tuple[str, Fact], ...], lang: str) -> dict[str, str]:
    """Facts as a sentence in one language takes them."""
    return {name: _in_words(fact, lang) for name, fact in facts}


def _in_words(fact: Fact, lang: str) -> str:
    match fact:
        case str():
            return fact
        case float() | int():
            return trimmed(fact, 2, lang)
        case _:
            return fact[language(lang)]
