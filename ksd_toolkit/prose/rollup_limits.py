"""What a roll-up cannot say, and why: who is not counted, what is old, and what does not fit together."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Callout, Run, Runs, joined, measured, runs, told, told_counted
from ksd_toolkit.messages import count, date_text, join_first, say
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.wording import region_name

NAMED: Final = 8
"""How many regions a sentence names before it counts the others."""


def limitations(rollup: RollUp, lang: str = "") -> Shown:
    """What the roll-up cannot say, and why."""
    lang = lang or rollup.lang
    lines = tuple(_limits(rollup, lang))
    box = Callout(
        say("rollup.limits.title", lang), lines, tone="warning", listed=True, origin="told@rekap/*"
    )
    return Shown(box, lang=lang)


def _limits(rollup: RollUp, lang: str) -> Iterator[Runs]:
    yield runs(say("rollup.limits.alike", lang))
    if rollup.left:
        names = join_first([one.name for one in rollup.left], NAMED, lang)
        yield told_counted(
            "rollup.limits.left", len(rollup.left), lang, names=names,
            n=numbered(len(rollup.left), "regions_left", "rekap/*", lang),
        )  # fmt: skip
    if rollup.stale:
        names = join_first([region_name(one.code) for one in rollup.stale], NAMED, lang)
        yield told_counted(
            "rollup.limits.stale", len(rollup.stale), lang, names=names,
            n=numbered(len(rollup.stale), "regions_stale", "rekap/*", lang),
        )  # fmt: skip
    yield from _mixed(rollup, lang)
    simulated = sum(one.summary.simulated for one in rollup.used)
    if 0 < simulated < len(rollup.used):
        n = numbered(simulated, "regions_simulated", "rekap/*", lang)
        yield told_counted("rollup.limits.simulated", simulated, lang, n=n)
    if len(rollup.unnamed):
        n = numbered(len(rollup.unnamed), "unnamed", "rekap/*", lang)
        yield told_counted("rollup.limits.unnamed", len(rollup.unnamed), lang, n=n)


def _mixed(rollup: RollUp, lang: str) -> Iterator[Runs]:
    """Other methods, other versions and other reference dates side by side, and regions without a ranking."""
    ranked = [one for one in rollup.used if one.summary.response.ranked is not None]
    methods = len({one.summary.method_sha256 for one in ranked})
    if methods > 1:
        names = sorted({one.summary.method for one in ranked})
        n = numbered(methods, "methods", "rekap/*", lang)
        yield told("rollup.limits.methods", lang, n=n, names=join_first(names, NAMED, lang))
    versions = sorted({one.summary.toolkit for one in rollup.used})
    if len(versions) > 1:
        parts = [measured(name, "versions", "rekap/*") for name in versions]
        yield told("rollup.limits.versions", lang, names=joined(parts, lang))
    if len(rollup.dates) > 1:
        first, last = (date_text(day, lang) for day in (rollup.dates[0], rollup.dates[-1]))
        yield runs(say("rollup.limits.dates", lang, first=first, last=last))
    unranked = [one.summary.name for one in rollup.used if one.summary.response.ranked is None]
    if unranked:
        told_names = join_first(unranked, NAMED, lang)
        n = numbered(len(unranked), "regions_unranked", "rekap/*", lang)
        yield told_counted("rollup.limits.unranked", len(unranked), lang, n=n, names=told_names)


def numbered(number: float, measure: str, subject: str, lang: str) -> Run:
    """A number with what it measures of what."""
    return measured(count(number, lang), measure, subject)
