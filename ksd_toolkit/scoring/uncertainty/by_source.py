"""What shakes a rank: every source of doubt drawn alone, and all together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, join_words, percent, say
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty.acceptability import judged_of, row_of
from ksd_toolkit.scoring.uncertainty.counting import rank_firmness, shaken_sources
from ksd_toolkit.scoring.uncertainty.settings import uncertainty_settings

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

ALONE: Final = ("weights", "order", "missing", "raters", "noise")
TOGETHER: Final = "together"


@dataclass(frozen=True, slots=True, eq=False)
class BySource:
    """How each source of doubt alone moves the ranks.

    `table`: by usulan, for `weights` (around the stated ones), `order` (any weights of the same
    order), `missing`, `raters`, `noise` and `together` (the first and the last three): `<source>_low`
    and `<source>_high` (the interval of ranks) and `<source>_top` (0 to 1, how often among the first
    `top`); and `draws`, how many stand behind each. `idle`: sources that found nothing to shake.
    `noise`: the chance that a rated answer is a step off.
    """

    table: pd.DataFrame
    draws: int
    noise: float
    uncertainty: Uncertainty
    idle: tuple[str, ...]
    lang: str = "id"

    def __repr__(self) -> str:
        told = ", ".join(source for source in ALONE if source not in self.idle) or "-"
        return f"BySource({len(self.table)} usulan, {self.draws} undian: {told})"

    def explain(self, usulan: str, lang: str = "") -> str:
        """Which sources move the rank of an usulan, the widest interval first, in one sentence.

        Raises:
            MethodError: The usulan is not ranked.
        """
        lang = lang or self.lang
        row = row_of(self.table, usulan)
        ends = {source: (row[f"{source}_low"], row[f"{source}_high"]) for source in ALONE}
        moving = [source for source, (low, high) in ends.items() if low < high]
        facts = {"usulan": usulan, "draws": count(self.draws, lang), "share": self._share(lang)}
        if not moving:
            return say("firm.unmoved", lang, **facts)
        moving.sort(key=lambda source: ends[source][0] - ends[source][1])
        told = [self._between(source, *ends[source], lang) for source in moving]
        low, high = row[f"{TOGETHER}_low"], row[f"{TOGETHER}_high"]
        together = say("firm.between", lang, low=count(low, lang), high=count(high, lang))
        return say("firm.moved_by", lang, **facts, list=join_words(told, lang), together=together)

    def _share(self, lang: str) -> str:
        low, high = self.uncertainty.interval
        return percent(100 * (high - low), 0, lang)

    def _between(self, source: str, low: int, high: int, lang: str) -> str:
        between = say("firm.between", lang, low=count(low, lang), high=count(high, lang))
        return say("firm.by", lang, source=say(f"firm.{source}", lang), between=between)


def by_source(ranking: "Ranking", draws: int | None = None) -> BySource:
    """Draw every source of doubt alone, and all together.

    Args:
        ranking: Whose ranks are shaken; seed, concentration, top and interval are its method's.
        draws: How many for each source; the fewer of `knowledge/uncertainty.toml` and the method's
            unless given.

    Raises:
        MethodError: `draws` is not a whole number of at least 1.

    Source:
        JRC and OECD (2008), Handbook on Constructing Composite Indicators, step 7: what a rank hangs on.
    """
    asked = uncertainty_settings()["by_source"]
    stated = ranking.method.uncertainty
    number = min(stated.draws, int(asked["draws"])) if draws is None else draws
    if not isinstance(number, int) or number < 1:
        raise MethodError("firm.draws", draws=number)
    noise = stated.noise or float(asked["noise"])
    found = judged_of(ranking, raters=True)
    columns: dict[str, Any] = {}
    idle = []
    for source, settings in _settings(replace(stated, draws=number), noise):
        if not shaken_sources(found, settings):
            idle.append(source)
        firm = rank_firmness(found, settings)
        columns |= {
            f"{source}_low": firm["rank_low"],
            f"{source}_high": firm["rank_high"],
            f"{source}_top": firm["top_share"],
        }
    table = pd.DataFrame(columns).set_index(ranking.table.index).assign(draws=number)
    return BySource(table, number, noise, stated, tuple(idle), ranking.lang)


def _settings(stated: Uncertainty, noise: float) -> Iterator[tuple[str, Uncertainty]]:
    """What is drawn for each source; the same seed, so that a source alone is the one of all."""
    none = replace(stated, weights="none", missing=False, raters=False, noise=0.0)
    yield "weights", replace(none, weights="dirichlet")
    yield "order", replace(none, weights="order")
    yield "missing", replace(none, missing=True)
    yield "raters", replace(none, raters=True)
    yield "noise", replace(none, noise=noise)
    yield (
        TOGETHER,
        replace(stated, weights="dirichlet", missing=True, raters=True, noise=noise),
    )
