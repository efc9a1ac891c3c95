"""The legal case in one sentence that a head of region can read aloud."""

from typing import TYPE_CHECKING, Any, Final

from ksd_toolkit.matching.legal_parts import counted, question
from ksd_toolkit.matching.legal_table import REGIONS, SYNERGY, THIRD_PARTIES, UNCERTAIN, cited_all
from ksd_toolkit.messages import count, join_words, language, say
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.scoring.jenis_table import type_label
from ksd_toolkit.scoring.mandatory import pair_of

if TYPE_CHECKING:  # the case holds its words, not the words the case
    from ksd_toolkit.matching.legal_value import LegalCase

_ABROAD: Final = {
    "KSDPL": ("abroad", ("UU 23/2014 367(2)", "Permendagri 25/2020 32(1)")),
    "KSDLL": (
        "abroad_institution",
        ("UU 23/2014 367(2)", "Permendagri 25/2020 27-30", "Permendagri 25/2020 32(1)"),
    ),
}
_ORDER: Final = ("unit", "", "tried")  # the remarks on the partner around the sentence itself
_BESIDE: Final = set(_ORDER)
_SYNERGY: Final = ("PP 28/2018 46(3)", "PP 28/2018 46(4)")


def sentence_of(case: "LegalCase", lang: str = "id") -> str:
    """What the law makes of a cooperation in one sentence with its article, and what to know of the partner."""
    lang = language(lang)
    beside = {ground.code: ground.text(lang) for ground in case.reasons if ground.code in _BESIDE}
    told = {"": _of_family(case, lang), **beside}
    return " ".join(told[code] for code in _ORDER if code in told)


def _of_family(case: "LegalCase", lang: str) -> str:
    """What the law makes of a cooperation of each family."""
    if case.family == REGIONS:
        return _between_regions(case, lang)
    facts: dict[str, Any] = {"partner": named(case, lang), "open": _open(case, lang)}
    if case.family == THIRD_PARTIES:
        own = case.own_rules
        code, articles = ("third_party_own", own) if own else ("third_party", ("PP 28/2018 19(1)",))
        return say(f"legal.sentence.{code}", lang, type=type_label(case.jenis, lang),
                   article=cited_all(articles, lang), **facts)  # fmt: skip
    if case.family in _ABROAD:
        code, articles = _ABROAD[case.family]
        return say(f"legal.sentence.{code}", lang, type=type_label(case.jenis, lang),
                   article=cited_all(articles, lang), **facts)  # fmt: skip
    if case.family == SYNERGY:
        return say("legal.sentence.sinergi", lang, article=cited_all(_SYNERGY, lang),
                   partner=facts["partner"])  # fmt: skip
    return say(
        "legal.sentence.other", lang, partner=facts["partner"], reason=case.reasons[0].text(lang)
    )


def statements_of(case: "LegalCase", lang: str = "id") -> list[tuple[str, str, str, str]]:
    """Grounds, conditions, council, term, secretariat, documents, stages and open questions."""
    rows = [("ground", ground.text(lang), "", ground.cited(lang)) for ground in case.reasons]
    rows += [("condition", *told) for told in case.checked(lang)]
    if case.council.articles:
        needed = say(f"legal.needed.{case.needs_council}", lang)
        rows.append(
            ("council", case.council.text(lang), needed, cited_all(case.council.articles, lang))
        )
    if case.term:
        rows.append(("term", case.term.text(lang), case.term.state_in_words(lang), ""))
    if case.secretariat:
        rows.append(("secretariat", case.secretariat.text(lang), "", ""))
    rows += [("document", p.text(lang), "", cited(p.article, lang)) for p in case.documents]
    if case.stages:
        names = case.stages.text(lang, case.needs_council)
        told = "; ".join(f"{number}. {name}" for number, name in enumerate(names, 1))
        rows.append(("stages", told, "", cited(case.stages.article, lang)))
    rows += [("question", question(name, lang), "", "") for name in case.open_questions]
    return [
        (say(f"legal.subject.{subject}", lang), text, state, article)
        for subject, text, state, article in rows
    ]


def named(case: "LegalCase", lang: str = "id") -> str:
    """The partner by its name, or that none was named."""
    return case.partner_name or say("legal.no_partner", lang)


def _between_regions(case: "LegalCase", lang: str) -> str:
    """Mandatory, voluntary or not yet known; what a plenary set is told apart."""
    names = {"home": case.home_name, "partner": named(case, lang)}
    if case.kind == "sukarela":
        return _voluntary(case, names, lang)
    if not case.letter:
        return say("legal.sentence.no_region", lang, **names, reason=case.reasons[0].text(lang))
    if case.kind == "wajib":
        met = all(check.state == "terpenuhi" for check in case.checks)
        asked = "mandatory_by_answers" if case.conditions.usulan else "mandatory"
        code = asked if met else "mandatory_set"
        return say(f"legal.sentence.{code}", lang, **names, **_pair(case, lang))
    if not case.conditions.usulan:
        return say("legal.sentence.possible", lang, **names, **_pair(case, lang))
    asked = _questions(case, lang)
    return say("legal.sentence.open", lang, **names, **_pair(case, lang), questions=asked)


def _voluntary(case: "LegalCase", names: dict[str, str], lang: str) -> str:
    """Voluntary, and why it is not mandatory: an answer, the map, or a plenary."""
    article = cited("UU 23/2014 365", lang)
    if case.relation and not case.letter:
        where = case.reasons[0].text(lang).rstrip(".")
        code = f"voluntary_{case.relation}" if case.relation in UNCERTAIN else "voluntary"
        return say(f"legal.sentence.{code}", lang, where=where, article=article)
    failed = join_words([c.text(lang) for c in case.checks if c.state == "tidak"], lang)
    if not case.letter:
        return say(
            "legal.sentence.voluntary_anywhere", lang, **names, article=article, failed=failed
        )
    code = "voluntary_bordering" if failed else "voluntary_set"
    return say(f"legal.sentence.{code}", lang, **names, article=article, lie=_lie(case, lang),
               failed=failed)  # fmt: skip


def _lie(case: "LegalCase", lang: str) -> str:
    """That they border each other, or how one lies in the other."""
    return say(f"legal.lie.{case.relation}", lang)


def _pair(case: "LegalCase", lang: str) -> dict[str, str]:
    """Letter, forum and take-over in words."""
    pair = pair_of(case.home, case.partner)
    return {
        "lie": _lie(case, lang),
        "letter": case.letter,
        "pair": pair.label(lang),
        "article": cited("UU 23/2014 364(2)", lang),
        "forum": say(f"legal.forum.{case.forum}", lang),
        "takeover": say(f"legal.takeover.{case.takeover}", lang),
    }


def _questions(case: "LegalCase", lang: str) -> str:
    """The questions that would tell whether it is mandatory."""
    asked = [name for check in case.checks if check.state == "belum" for name in check.fields]
    return "; ".join(question(name, lang) for name in asked)


def _open(case: "LegalCase", lang: str) -> str:
    """How many conditions are met, planned, fail or wait for an answer."""
    told = join_words(counted(case.checks, lang), lang)
    return say("legal.sentence.counted", lang, of=count(len(case.checks), lang), told=told)
