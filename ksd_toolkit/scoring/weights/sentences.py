"""What a weighting says of itself: weights, consistency, agreement, and who sees it otherwise."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from ksd_toolkit.messages import Language, count, decimal, join_words, percent, say
from ksd_toolkit.scoring.weights.ahp import Priorities
from ksd_toolkit.scoring.weights.limits import random_index, weighting_limits

if TYPE_CHECKING:
    from ksd_toolkit.scoring.weights.groups import Concordance
    from ksd_toolkit.scoring.weights.weighting import Weighting

_SHOWN: Final = 3  # disagreements told in the text; the table holds them all
_RATIO_PLACES: Final = 2
_WHOLE: Final = 1e-9


def explain_weighting(weighting: "Weighting", lang: Language) -> str:
    """How these weights came about, and what they are."""
    origin, *others = weighting_sentences(weighting, lang)
    return " ".join([origin, _percents(weighting, lang), *others])


def weighting_sentences(weighting: "Weighting", lang: Language) -> list[str]:
    """How these weights came about, one sentence each; the percents themselves stand in a table."""
    return [
        _origin(weighting, lang),
        *_consistency(weighting, lang),
        *_unusual(weighting, lang),
        *(
            _agreement(node, agreement, weighting, lang)
            for node, agreement in weighting.concordance.items()
        ),
        *disagreement_sentences(weighting, lang)[:_SHOWN],
    ]


def disagreement_sentences(weighting: "Weighting", lang: Language) -> list[str]:
    """One sentence for every row of `disagreement`, in its order."""
    told = weighting.disagreement
    return [
        say(
            "weights.disagrees_above" if difference >= 0 else "weights.disagrees_below",
            lang,
            member=member,
            criterion=name_of(criterion, weighting.labels, lang),
            node=name_of(node, weighting.labels, lang),
            weight=percent(100 * weight, 1, lang),
            joined=percent(100 * joined, 1, lang),
            gap=decimal(abs(100 * difference), 1, lang),
        )
        for member, node, criterion, weight, joined, difference in zip(
            told["member"], told["node"], told["criterion"], told["weight"], told["joined"], told["difference"],
            strict=True,
        )
    ]  # fmt: skip


def revisit_sentences(
    revisit: pd.DataFrame, labels: Mapping[str, Mapping[str, str]], lang: str
) -> list[str]:
    """One sentence for every judgement worth revisiting: as judged, and as it would fit the others."""
    sentences = []
    for first, second, judged, consistent in zip(
        revisit["first"], revisit["second"], revisit["judged"], revisit["consistent"], strict=True
    ):
        turned = consistent < 1  # the heavier of the two is named first
        pair = (second, first) if turned else (first, second)
        sentences.append(
            say(
                "weights.cell",
                lang,
                first=name_of(pair[0], labels, lang),
                second=name_of(pair[1], labels, lang),
                judged=ratio_text(1 / judged if turned else judged, lang),
                consistent=ratio_text(1 / consistent if turned else consistent, lang),
            )
        )
    return sentences


def name_of(code: str, labels: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """What a criterion or node is called: `Urgensi (U)`; its code where it has no name."""
    if not code:
        return say("weights.root", lang)
    return f"{labels[code][lang]} ({code})" if code in labels else code


def node_in_words(node: str, labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """A node's name as the facts `node_id` and `node_en` of an error."""
    return {f"node_{lang}": name_of(node, labels, lang) for lang in ("id", "en")}


def ratio_text(ratio: float, lang: str) -> str:
    """A ratio as people say it: `2,3`, `1/3`, or `0,42` where it is no whole part."""
    below = 1 / ratio
    if ratio < 1 and abs(below - round(below)) < _WHOLE:
        return f"1/{round(below)}"
    text = decimal(ratio, _RATIO_PLACES, lang)
    mark = decimal(0, 1, lang)[1]
    return text.rstrip("0").removesuffix(mark)


def _origin(weighting: "Weighting", lang: Language) -> str:
    """Who judged, by which procedure, and how the judgements were joined."""
    names = procedure_names(weighting, lang)
    members = [name for name in weighting.members if name]
    if not members:
        return say("weights.by_table", lang, procedures=names)
    if len(members) == 1:
        return say("weights.by_one", lang, member=members[0], procedures=names)
    n = count(len(members), lang)
    return say(f"weights.by_members_{weighting.combine}", lang, n=n, procedures=names)


def procedure_names(weighting: "Weighting", lang: str) -> str:
    """The procedures used, in words."""
    used = dict.fromkeys(one.procedure for one in weighting.local)
    return join_words([say(f"weights.procedure_{name}", lang) for name in used], lang)


def _percents(weighting: "Weighting", lang: Language) -> str:
    places = weighting_limits().decimals
    shares = [
        f"{name_of(code, weighting.labels, lang)} {percent(weight, places, lang)}"
        for code, weight in weighting.percent.items()
    ]
    return say("weights.percents", lang, shares=join_words(shares, lang))


def _unusual(weighting: "Weighting", lang: Language) -> Iterator[str]:
    """Comparisons nobody made, nodes nobody judged, and nodes joined otherwise than usual."""
    for one in weighting.local:
        if isinstance(one.judged, Priorities) and one.judged.completed:
            yield _completed(one.member, one.node, one.judged, weighting, lang)
    for code, nodes in (
        ("weights.kept", weighting.kept),
        ("weights.arithmetic", weighting.arithmetic),
    ):
        if nodes:
            told = join_words([name_of(node, weighting.labels, lang) for node in nodes], lang)
            yield say(code, lang, nodes=told)


def _completed(
    member: str, node: str, judged: Priorities, weighting: "Weighting", lang: Language
) -> str:
    """Which comparisons were not made, and what was put in their place."""
    cells = [
        say(
            "weights.completed_cell",
            lang,
            first=name_of(first, weighting.labels, lang),
            second=name_of(second, weighting.labels, lang),
            ratio=ratio_text(ratio, lang),
        )
        for (first, second), ratio in judged.completed.items()
    ]
    place = _place(member, node, weighting, lang)
    return say("weights.completed", lang, place=place, cells=join_words(cells, lang))


def _place(member: str, node: str, weighting: "Weighting", lang: Language) -> str:
    """`TKKSD-1, Urgensi (K1)`."""
    return ", ".join(part for part in (member, name_of(node, weighting.labels, lang)) if part)


def _consistency(weighting: "Weighting", lang: Language) -> Iterator[str]:
    ratio = weighting.consistency_ratio
    if ratio is None:
        return
    table = random_index(weighting.random_index)
    yield say(
        "weights.consistency",
        lang,
        ratio=decimal(ratio, 3, lang),
        table=table.labels[lang],
        source=table.source,
        limit=decimal(weighting_limits().consistency_limit, 2, lang),
    )
    if weighting.acknowledged:
        yield say("weights.acknowledged", lang, reason=weighting.acknowledged)


def _agreement(
    node: str | None, agreement: "Concordance", weighting: "Weighting", lang: Language
) -> str:
    about = say("weights.leaves", lang) if node is None else name_of(node, weighting.labels, lang)
    if agreement.w is None or agreement.p_value is None:
        return say("weights.no_agreement", lang, about=about)
    return say(
        "weights.agreement",
        lang,
        about=about,
        w=decimal(agreement.w, 2, lang),
        judges=count(agreement.judges, lang),
        p=decimal(agreement.p_value, 3, lang),
    )
