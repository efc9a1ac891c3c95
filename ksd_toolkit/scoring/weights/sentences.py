"""What a weighting says of itself: weights, consistency, agreement, and who sees it otherwise."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from ksd_toolkit.messages import Language, count, decimal, join_words, percent, say
from ksd_toolkit.scoring.weights.limits import random_index, weighting_limits

if TYPE_CHECKING:
    from ksd_toolkit.scoring.weights.groups import Concordance
    from ksd_toolkit.scoring.weights.weighting import Weighting

_SHOWN: Final = 3  # disagreements told in the text; the table holds them all
_RATIO_PLACES: Final = 2


def explain_weighting(weighting: "Weighting", lang: Language) -> str:
    """How these weights came about."""
    return " ".join(_sentences(weighting, lang))


def disagreement_sentences(weighting: "Weighting", lang: Language) -> list[str]:
    """One sentence for every row of `disagreement`, in its order."""
    told = weighting.disagreement
    return [
        say(
            "weights.disagrees_above" if difference >= 0 else "weights.disagrees_below",
            lang,
            member=member,
            criterion=name_of(criterion, weighting.labels, lang),
            weight=percent(100 * weight, 1, lang),
            joined=percent(100 * joined, 1, lang),
            gap=decimal(abs(100 * difference), 1, lang),
        )
        for member, criterion, weight, joined, difference in zip(
            told["member"], told["criterion"], told["weight"], told["joined"], told["difference"],
            strict=True,
        )
    ]  # fmt: skip


def revisit_sentences(
    revisit: pd.DataFrame, labels: Mapping[str, Mapping[str, str]], lang: str
) -> list[str]:
    """One sentence for every judgement worth revisiting: as judged, and as it would fit the others."""
    return [
        say(
            "weights.cell",
            lang,
            first=name_of(first, labels, lang),
            second=name_of(second, labels, lang),
            judged=ratio_text(judged, lang),
            consistent=ratio_text(consistent, lang),
        )
        for first, second, judged, consistent in zip(
            revisit["first"], revisit["second"], revisit["judged"], revisit["consistent"],
            strict=True,
        )
    ]  # fmt: skip


def name_of(code: str, labels: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """What a criterion or node is called: `Urgensi (U)`; its code where it has no name."""
    if not code:
        return say("weights.root", lang)
    return f"{labels[code][lang]} ({code})" if code in labels else code


def ratio_text(ratio: float, lang: str) -> str:
    """A ratio as people say it: `2,3`, or `1/2,3` where it is below 1."""
    if ratio < 1:
        below = ratio_text(1 / ratio, lang)
        return f"1/{below}" if below != "1" else "1"
    text = decimal(ratio, _RATIO_PLACES, lang)
    mark = decimal(0, 1, lang)[1]
    return text.rstrip("0").removesuffix(mark)


def _sentences(weighting: "Weighting", lang: Language) -> Iterator[str]:
    procedures = dict.fromkeys(one.procedure for one in weighting.local)
    names = join_words([say(f"weights.procedure_{name}", lang) for name in procedures], lang)
    members = [name for name in weighting.members if name]
    if members:
        yield say(
            f"weights.by_members_{weighting.combine}",
            lang,
            n=count(len(members), lang),
            procedures=names,
        )
    else:
        yield say("weights.by_table", lang, procedures=names)
    shares = [
        f"{name_of(code, weighting.labels, lang)} {percent(weight, weighting_limits().decimals, lang)}"
        for code, weight in weighting.percent.items()
    ]
    yield say("weights.percents", lang, shares=join_words(shares, lang))
    yield from _consistency(weighting, lang)
    for code, nodes in (
        ("weights.kept", weighting.kept),
        ("weights.arithmetic", weighting.arithmetic),
    ):
        if nodes:
            told = join_words([name_of(node, weighting.labels, lang) for node in nodes], lang)
            yield say(code, lang, nodes=told)
    for node, agreement in weighting.concordance.items():
        yield _agreement(node, agreement, weighting, lang)
    yield from disagreement_sentences(weighting, lang)[:_SHOWN]


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
