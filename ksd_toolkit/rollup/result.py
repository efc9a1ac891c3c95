"""The roll-up of a period: frames over many regions, one sentence on each region, and what is not in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from ksd_toolkit.errors import InputError
from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.regions import parties
from ksd_toolkit.rollup.follow_through import follow_by_region_of, follow_through_of
from ksd_toolkit.rollup.found import Left, Used
from ksd_toolkit.rollup.maturity import maturity_of, maturity_totals_of
from ksd_toolkit.rollup.pairs import mandatory_pairs_of, unnamed_of
from ksd_toolkit.rollup.response import response_of, response_totals_of
from ksd_toolkit.rollup.rules import RollUpRules, read_rollup_rules
from ksd_toolkit.rollup.shared import shared_priorities_of
from ksd_toolkit.rollup.wording import left_sentence, share_text
from ksd_toolkit.stamp import Source, Stamp

FOLDER: Final = "rekap"
"""Where roll-ups lie below `reports/`: `rekap/2026`, that of a province in `rekap-63/2026`."""
KIND: Final = "rollup"
"""What the stamp of a roll-up calls itself."""
PAPER: Final = "roll-up"


@dataclass(frozen=True, slots=True, eq=False)
class RollUp:
    """Many regions of one period, or of one province in it.

    `used` are the regions counted, `left` those with a dossier that are not, by code. Every frame is handed
    out as a copy: changing it never changes the roll-up.
    """

    root: Path = field(repr=False)
    period: str
    area: str
    lang: str
    used: tuple[Used, ...] = field(repr=False)
    left: tuple[Left, ...] = field(repr=False)
    rules: RollUpRules = field(repr=False)
    _frames: Mapping[str, pd.DataFrame] = field(repr=False)

    def __repr__(self) -> str:
        return f"RollUp({self.name}: {len(self.used)} of {len(self.used) + len(self.left)} regions)"

    @property
    def name(self) -> str:
        """`rekap/2026`, or `rekap-63/2026` for a province."""
        return f"{FOLDER}-{self.area}/{self.period}" if self.area else f"{FOLDER}/{self.period}"

    @property
    def missing(self) -> tuple[Left, ...]:
        """The regions with a dossier whose summary is not made yet."""
        return tuple(one for one in self.left if one.why == "missing")

    @property
    def refused(self) -> tuple[Left, ...]:
        """The regions whose summary or dossier cannot be used, each with the reason."""
        return tuple(one for one in self.left if one.why == "refused")

    @property
    def stale(self) -> tuple[Used, ...]:
        """The regions counted whose files are not those their summary was made from."""
        return tuple(one for one in self.used if one.changes)

    @property
    def parties(self) -> int:
        """The autonomous regions of the area: provinces, regencies and cities."""
        return sum(not self.area or region.province == self.area for region in parties())

    @property
    def simulated(self) -> bool:
        """Whether any region counted is simulated."""
        return any(one.summary.simulated for one in self.used)

    @property
    def dates(self) -> tuple[date, ...]:
        """The reference dates of the regions counted, each once, earliest first."""
        return tuple(sorted({one.summary.tanggal_acuan for one in self.used}))

    @property
    def tanggal_acuan(self) -> date:
        """The latest reference date among the regions; the last day of the period where none is counted."""
        return self.dates[-1] if self.dates else _last_day(self.period)

    @property
    def stamp(self) -> Stamp:
        """What it was made from: the summary of every region counted, and how many usulan each tells of."""
        return Stamp(
            dossier=self.name,
            tanggal_acuan=self.tanggal_acuan,
            lang=self.lang,
            simulated=self.simulated,
            sources=tuple(
                Source(one.file, one.sha256, one.summary.response.usulan) for one in self.used
            ),
        )

    @property
    def response(self) -> pd.DataFrame:
        """Each region: offices asked and answered, usulan sent, scored and ranked, and the shares."""
        return self._frame("response")

    @property
    def response_totals(self) -> pd.DataFrame:
        """The shares over all offices and usulan, and how the regions' own shares lie."""
        return self._frame("response_totals")

    @property
    def maturity(self) -> pd.DataFrame:
        """Each region's offices on the five problems."""
        return self._frame("maturity")

    @property
    def maturity_totals(self) -> pd.DataFrame:
        """The five problems over all offices, and how the regions' means lie."""
        return self._frame("maturity_totals")

    @property
    def shared_priorities(self) -> pd.DataFrame:
        """Which issues and affairs stand in the top lists of how many regions."""
        return self._frame("shared_priorities")

    @property
    def mandatory_pairs(self) -> pd.DataFrame:
        """The pairs of regions in kerja sama wajib, named by both sides or by one."""
        return self._frame("mandatory_pairs")

    @property
    def unnamed(self) -> pd.DataFrame:
        """The mandatory usulan that name no region by code."""
        return self._frame("unnamed")

    @property
    def follow_through(self) -> pd.DataFrame:
        """From usulan to benefit, step by step, over all regions."""
        return self._frame("follow_through")

    @property
    def follow_by_region(self) -> pd.DataFrame:
        """From usulan to benefit, step by step, in each region."""
        return self._frame("follow_by_region")

    def find(self, code: str) -> Used:
        """The region counted with this code.

        Raises:
            InputError: It is not counted.
        """
        found = next((one for one in self.used if one.code == code), None)
        if found is None:
            raise InputError("rollup.not_counted", region=code, name=self.name)
        return found

    def explain(self, code: str, lang: str = "") -> str:
        """One sentence on a region: what it sent, what could be scored, and from which file that is read.

        Raises:
            InputError: The region has no dossier of this period, or of this province.
        """
        lang = lang or self.lang
        out = next((one for one in self.left if one.code == code), None)
        if out is not None:
            return left_sentence(out, lang)
        one = self.find(code)
        response = one.summary.response
        facts = {
            "name": one.summary.name,
            "date": date_text(one.summary.tanggal_acuan, lang),
            "answered": count(response.offices_answered, lang),
            "asked": count(response.offices_asked, lang),
            "sent": share_text(self.response.loc[code, "sent_percent"], self.rules, lang),
            "usulan": count(response.usulan, lang),
            "file": one.file,
            "dossier": one.dossier,
            "data": one.summary.data_sha256[:12],
        }
        if response.scored is None:
            return say("rollup.explain.unranked", lang, **facts)
        scored = share_text(self.response.loc[code, "scored_percent"], self.rules, lang)
        facts |= {"scored": count(response.scored, lang), "scored_percent": scored}
        return say("rollup.explain.region", lang, **facts)

    def _frame(self, name: str) -> pd.DataFrame:
        return self._frames[name].copy(deep=False)


def rolled_up(
    found: Iterable[Used | Left], root: Path, period: str, area: str = "", lang: str = "id"
) -> RollUp:
    """Count what was found of every region; the order in which it was found is of no account.

    Args:
        found: Every region with a dossier once, used or left out.
        root: The project folder.
        period: `2026` or `2026-S1`.
        area: The code of a province; empty for all.
        lang: Language of the paper.
    """
    ordered = sorted(found, key=lambda one: (one.code, one.dossier))
    used = tuple(one for one in ordered if isinstance(one, Used))
    left = tuple(one for one in ordered if isinstance(one, Left))
    frames = _frames(used, left, area)
    return RollUp(root, period, area, lang, used, left, read_rollup_rules(), frames)


def _frames(used: Sequence[Used], left: Sequence[Left], area: str) -> dict[str, pd.DataFrame]:
    rules, summaries = read_rollup_rules(), [one.summary for one in used]
    response, maturity = response_of(summaries), maturity_of(summaries)
    by_region = follow_by_region_of(summaries)
    return {
        "response": response,
        "response_totals": response_totals_of(response, rules),
        "maturity": maturity,
        "maturity_totals": maturity_totals_of(maturity, rules),
        "shared_priorities": shared_priorities_of(summaries, rules),
        "mandatory_pairs": mandatory_pairs_of(used, left, area),
        "unnamed": unnamed_of(used),
        "follow_by_region": by_region,
        "follow_through": follow_through_of(by_region, rules),
    }


def _last_day(period: str) -> date:
    year, _, half = period.partition("-")
    return date(int(year), 6, 30) if half == "S1" else date(int(year), 12, 31)
