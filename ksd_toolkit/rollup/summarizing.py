"""Summarize one region for the roll-up: from its register, its ranking and its review to plain counts."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation import review as reviewed
from ksd_toolkit.evaluation.funnel import ALL
from ksd_toolkit.regions import are_neighbours, party_of
from ksd_toolkit.register import Register
from ksd_toolkit.rollup.rules import read_rollup_rules
from ksd_toolkit.rollup.summary import (
    Levels,
    Naming,
    RegionSummary,
    Response,
    StepCount,
    TopUsulan,
)
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.mandatory import mandatory_pairs
from ksd_toolkit.scoring.overview import PROBLEMS, Overview, overview
from ksd_toolkit.stamp import Stamp

SUMMARY_FILE: Final = "ringkasan.json"
"""The summary of a region, beside `stamp.json` among the papers of a run."""

_COUNTS: Final = ("entered", "reached", "open", "stopped", "joined")


def summary_file(register: Register, ranking: Ranking | None, stamp: Stamp) -> bytes:
    """What a run writes as `ringkasan.json`.

    Args:
        register: The region's answers.
        ranking: Its ranking; None where nothing can be ranked.
        stamp: What the papers of the run are made from.
    """
    return summarize(register, ranking, reviewed(register), stamp=stamp).json_bytes()


def summarize(
    register: Register,
    ranking: Ranking | None = None,
    review: Review | None = None,
    *,
    stamp: Stamp | None = None,
) -> RegionSummary:
    """Everything the roll-up needs of one region for one period.

    Args:
        register: The region's answers.
        ranking: Its ranking; None where nothing can be ranked, its counts are blank then.
        review: What became of its usulan; None leaves the steps out.
        stamp: What it was made from; that of the ranking or the register when not given.
    """
    dossier = register.dossier
    stamp = stamp or (ranking.stamp if ranking is not None else register.stamp)
    seen = overview(register)
    return RegionSummary(
        dossier=dossier.name,
        code=dossier.region.code,
        name=dossier.region.name,
        period=dossier.period,
        tanggal_acuan=dossier.tanggal_acuan,
        simulated=dossier.simulated,
        toolkit=stamp.toolkit,
        method=stamp.method if ranking is not None else "",
        method_sha256=stamp.method_sha256 if ranking is not None else "",
        data_sha256=stamp.data_sha256,
        files=len(dossier.workbooks),
        sources=tuple(sorted(stamp.sources, key=lambda source: (source.name, source.sha256))),
        response=_response(seen, ranking),
        maturity=_maturity(seen),
        top=_top(ranking),
        namings=_namings(register),
        steps=() if review is None else _steps(review.funnel),
    )


def _response(seen: Overview, ranking: Ranking | None) -> Response:
    """How many answered, and how many usulan have points; a gate may keep one with points from a rank."""
    scored = ranked = None
    if ranking is not None:
        ranked = len(ranking.table)
        scored = ranked
        if len(ranking.excluded):
            scored += int(ranking.excluded["points"].notna().sum())
    return Response(seen.offices_asked, seen.offices_answered, seen.usulan, scored, ranked)


def _maturity(seen: Overview) -> tuple[Levels, ...]:
    columns = [name for name in seen.maturity.columns if name.startswith("level_")]
    return tuple(
        Levels(problem, tuple(int(seen.maturity.loc[problem, name]) for name in columns))  # type: ignore[arg-type]
        for problem in PROBLEMS
    )


def _top(ranking: Ranking | None) -> tuple[TopUsulan, ...]:
    """The first ranks in printed order, by score alone: what a plenary moved is not moved here."""
    if ranking is None:
        return ()
    table = ranking.table[ranking.table["rank"] <= read_rollup_rules().kept_ranks]
    return tuple(
        TopUsulan(str(name), int(row["rank"]), _text(row["urusan_kode"]), _text(row["isu_utama"]))
        for name, row in zip(table.index, table.to_dict("records"), strict=True)
    )


def _namings(register: Register) -> tuple[Naming, ...]:
    """Every usulan and region it names by code; the mandatory ones with the regions that make them so.

    Source:
        UU 23/2014 Pasal 364 ayat (1); the types of `knowledge/jenis.toml`, pairs of `knowledge/mandatory.toml`.
    """
    home, usulan = register.dossier.region.code, register.usulan.set_index("usulan_id")
    named = _named_regions(register)
    mandatory = mandatory_pairs(register)["kode_wilayah"]
    found = []
    for name, row in zip(usulan.index, usulan.to_dict("records"), strict=True):
        about = (str(name), _text(row["judul"]), _text(row["urusan_kode"]))
        makes = _text(mandatory.get(name)) if name in mandatory.index else None
        if makes == "":
            found.append(Naming(*about, "", mandatory=True))
        for code in named.get(str(name), []):
            bordering = makes is not None and are_neighbours(home, code)
            found.append(Naming(*about, code, mandatory=bordering or code == makes))
    return tuple(found)


def _named_regions(register: Register) -> dict[str, list[str]]:
    """The other regions each usulan names by code, as they may sign, in the order they were named."""
    home, mitra = register.dossier.region.code, register.mitra
    found: dict[str, list[str]] = {}
    coded = mitra[mitra["kode_wilayah"].notna()]
    for usulan, code in zip(coded["usulan_id"], coded["kode_wilayah"], strict=True):
        party = party_of(str(code))
        mine = found.setdefault(str(usulan), [])
        if party is not None and party.code not in {home, *mine}:
            mine.append(party.code)
    return found


def _steps(funnel: pd.DataFrame) -> tuple[StepCount, ...]:
    mine = funnel[funnel["periode"] != ALL] if len(funnel) else funnel
    return tuple(
        StepCount(str(row["periode"]), str(row["step"]), *(int(row[name]) for name in _COUNTS))
        for row in mine.to_dict("records")
    )


def _text(value: Any) -> str:
    """The text of a cell; blank where nothing was said."""
    return "" if value is None or pd.isna(value) else str(value)
