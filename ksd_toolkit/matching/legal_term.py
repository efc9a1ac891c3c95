"""How long a cooperation may last, when an extension is due, and whether it may have a secretariat."""

from dataclasses import dataclass
from typing import Literal

from ksd_toolkit.matching.legal_conditions import Conditions
from ksd_toolkit.matching.legal_table import cited_all, secretariat_rule, term_row
from ksd_toolkit.messages import count, say

Within = Literal["ya", "tidak", "belum", "aturan_sendiri"]


@dataclass(frozen=True, slots=True)
class Term:
    """The term asked for and the longest the text allows.

    `within` says whether it is kept: `ya`, `tidak`, `belum` where no term was answered, and
    `aturan_sendiri` where rules of its own set the term, whose articles `own_rules` names; there
    `max_years` is 0. `notice_months` is how long before the end an extension is due; 0 where the
    texts say nothing.
    """

    years: int | None
    max_years: int
    notice_months: int
    article: str
    notice_article: str
    own_rules: tuple[str, ...] = ()

    @property
    def within(self) -> Within:
        """Whether the term asked for is allowed."""
        if self.own_rules:
            return "aturan_sendiri"
        if self.years is None:
            return "belum"
        return "ya" if self.years <= self.max_years else "tidak"

    def text(self, lang: str = "id") -> str:
        """The term in a sentence, each part with its article."""
        told = self._limit(lang)
        if self.notice_months:
            due = cited_all((self.notice_article,), lang)
            months = count(self.notice_months, lang)
            told = f"{told} {say('legal.term.notice', lang, months=months, article=due)}"
        if self.years is None:
            return f"{told} {say('legal.term.unanswered', lang)}"
        return f"{told} {say(f'legal.term.{self.within}', lang, years=count(self.years, lang))}"

    def state_in_words(self, lang: str = "id") -> str:
        """Whether it is kept, as people read it."""
        return say(f"legal.within.{self.within}", lang)

    def _limit(self, lang: str) -> str:
        """The longest it may last, or the rules that set it."""
        if self.own_rules:
            return say("legal.term.own", lang, article=cited_all(self.own_rules, lang))
        source = cited_all((self.article,), lang)
        return say("legal.term.most", lang, most=count(self.max_years, lang), article=source)


@dataclass(frozen=True, slots=True)
class Secretariat:
    """Whether a cooperation secretariat is allowed: `tidak` where a condition fails, else `belum`.

    It is never `ya`: whether the cooperation is continuous is not asked in the questionnaire.
    """

    long_enough: Literal["ya", "tidak", "belum"]
    complex: Literal["ya", "belum"]

    @property
    def allowed(self) -> Literal["tidak", "belum"]:
        """What the answers alone can say."""
        return "tidak" if self.long_enough == "tidak" else "belum"

    def text(self, lang: str = "id") -> str:
        """The three conditions and what is known of each."""
        rule = secretariat_rule()
        years = count(rule["min_years"], lang)
        if self.allowed == "tidak":
            told = say("legal.secretariat.too_short", lang, years=years)
        else:
            parts = (
                say(f"legal.secretariat.long_{self.long_enough}", lang, years=years),
                say(f"legal.secretariat.complex_{self.complex}", lang),
                say("legal.secretariat.continuous", lang),
            )
            told = say("legal.secretariat.maybe", lang, parts="; ".join(parts))
        return f"{told} ({cited_all((rule['article'],), lang)})"


def term_of(family: str, years: int | None, own_rules: tuple[str, ...] = ()) -> Term | None:
    """The term of a family of cooperation; None where the texts we read set none.

    Args:
        family: As in the table of types.
        years: The term asked for.
        own_rules: The articles of the rules that govern it instead, where there are any.
    """
    if own_rules:
        return Term(years, 0, 0, "", "", own_rules)
    row = term_row(family)
    if row is None:
        return None
    return Term(
        years, row["max_years"], row["notice_months"], row["article"], row["notice_article"]
    )


def secretariat_of(conditions: Conditions) -> Secretariat:
    """What the answers say about a secretariat.

    Source:
        PP 28/2018 Pasal 7 ayat (2): continuous, complex, at least five years; the elucidation
        calls complex what joins more than two regions and/or has more than two objects.
    """
    rule = secretariat_rule()
    many = conditions.regions > rule["more_regions_than"]
    if conditions.years is None:
        return Secretariat("belum", "ya" if many else "belum")
    long_enough: Literal["ya", "tidak"] = "ya" if conditions.years >= rule["min_years"] else "tidak"
    return Secretariat(long_enough, "ya" if many else "belum")
