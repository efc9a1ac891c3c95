"""Explain the counts and shares a brief argues with: by name of what was counted, with its answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.law import isu
from ksd_toolkit.messages import count, decimal, percent, say, share
from ksd_toolkit.publishing.answers_asked import NOWHERE, AskedAnswer, Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError, explained_by
from ksd_toolkit.publishing.brief_keys import KEYS, first_answers
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.indicator_figures import of_indicator
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.regions import neighbours
from ksd_toolkit.scoring import Ranking, type_short
from ksd_toolkit.scoring.gates import two_liaisons
from ksd_toolkit.scoring.jenis import family_label
from ksd_toolkit.scoring.main_isu import main_isu
from ksd_toolkit.scoring.overview import (
    IMMATURE_BELOW,
    NOT_KSD,
    NOT_KSD_FAMILY,
    PROBLEMS,
    UNCLEAR_FAMILY,
    levels_of,
)


def briefed(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the brief came about; None where its measure is none of them."""
    return explained_by(_FIGURES, AskedAnswer, figure, meaning, evidence)


def _listed(
    asked: AskedAnswer, names: Sequence[str], places: Iterable[Place], **facts: str
) -> Computation:
    """What the measure is, and the names of all that were counted.

    Raises:
        GoneError: Another number was printed.
    """
    if count(len(names), asked.lang) != asked.figure.text:
        raise GoneError
    found = asked.on(places, period=asked.register.dossier.period, **facts)
    if not names:
        return found
    return replace(
        found,
        sentence=f"{found.sentence} {say('trace.brief_names', asked.lang, names=asked.some(names))}",
    )


def _usulan(
    asked: AskedAnswer, ids: Iterable[object], question: str = "judul", **facts: str
) -> Computation:
    mine = [str(one) for one in ids]
    found = _listed(asked, mine, usulan_places(mine, question), **facts)
    return replace(found, counted=tuple(mine))


def _ranking(asked: AskedAnswer) -> Ranking:
    """The list.

    Raises:
        GoneError: There is none.
    """
    if asked.evidence.ranking is None:
        raise GoneError
    return asked.evidence.ranking


def _types(asked: AskedAnswer) -> pd.DataFrame:
    """The type of every usulan; that of the list where there is one."""
    ranking = asked.evidence.ranking
    return asked.types if ranking is None else ranking.types


def _offices(asked: AskedAnswer, codes: Iterable[str], *, heads: bool = True) -> Computation:
    mine = set(codes)
    names = [
        name for code, name in asked.register.dossier.offices["opd_nama"].items() if code in mine
    ]
    return _listed(asked, names, first_answers(asked) if heads else ())


def _answered(asked: AskedAnswer) -> Computation:
    return _offices(asked, answering_offices(asked.register))


def _silent(asked: AskedAnswer) -> Computation:
    asked_of = set(asked.register.dossier.offices.index)
    return _offices(asked, asked_of - answering_offices(asked.register), heads=False)


def _without_liaisons(asked: AskedAnswer) -> Computation:
    """Offices that sent a questionnaire and named fewer than two liaisons."""
    liaisons = two_liaisons(asked.register)
    codes = [str(code) for code in liaisons.index[~liaisons]]
    names = [asked.office_name(code) for code in codes]
    return _listed(asked, names, [("opd", code, "opd_nama") for code in codes])


def _level(asked: AskedAnswer) -> Computation:
    """Offices by their level on a problem: all that gave one, or those below the limit."""
    if asked.subject not in PROBLEMS:
        raise GoneError
    level = levels_of(asked.register, asked.subject)
    mine = level[level < IMMATURE_BELOW] if asked.measure == "problem_immature" else level
    codes = [str(code) for code in mine.index]
    problem = say(f"problem_name.{asked.subject}", asked.lang).split(". ", 1)[-1]
    places = [("opd", code, asked.subject) for code in codes]
    names = [asked.office_name(code) for code in codes]
    return _listed(asked, names, places, problem=problem)


def _issue(asked: AskedAnswer) -> Computation:
    """Usulan that name an issue first, those that are no regional cooperation left out."""
    types, main = _types(asked), main_isu(asked.register)
    mine = main[(main == asked.subject) & (types["jenis"].reindex(main.index) != NOT_KSD)]
    return _usulan(asked, mine.index, "isu", issue=isu(asked.subject, asked.lang).name)


def _refused(asked: AskedAnswer) -> Computation:
    """Usulan that are no regional cooperation by one rule, or because somebody set them so."""
    types = _types(asked)[_types(asked)["jenis"] == NOT_KSD]
    derived = types["derived"] == NOT_KSD
    if asked.measure == "not_ksd_set":
        return _usulan(asked, types.index[~derived])
    mine = types.index[derived & (types["jenis_rule"].map(str) == asked.subject)]
    return _usulan(asked, mine, rule=type_short(int(asked.subject), asked.lang))


def _shared(
    asked: AskedAnswer, part: int, whole: int, ids: Iterable[object], **facts: str
) -> Computation:
    """A share as its part, its whole and what was counted.

    Raises:
        GoneError: Another share was printed.
    """
    if share(part, whole, 1, asked.lang) != asked.figure.text:
        raise GoneError
    mine = [str(one) for one in ids]
    facts |= {"n": count(part, asked.lang), "whole": count(whole, asked.lang)}
    period = asked.register.dossier.period
    return asked.on(usulan_places(mine, "judul"), counted=mine, period=period, **facts)


def _family(asked: AskedAnswer) -> Computation:
    family = _types(asked)["family"]
    ksd = family[~family.isin([NOT_KSD_FAMILY, UNCLEAR_FAMILY])]
    mine = ksd.index[ksd == asked.part]
    return _shared(asked, len(mine), len(ksd), mine, family=family_label(asked.part, asked.lang))


def _ksd_now(asked: AskedAnswer) -> Computation:
    family = _types(asked)["family"]
    mine = family.index[~family.isin([NOT_KSD_FAMILY, UNCLEAR_FAMILY])]
    return _shared(asked, len(mine), len(family), mine)


def _carried(asked: AskedAnswer) -> Computation:
    usulan = asked.register.usulan
    return _usulan(asked, usulan.loc[usulan["usulan_asal"].notna(), "usulan_id"], "usulan_asal")


def _incomplete(asked: AskedAnswer) -> Computation:
    table = _ranking(asked).table
    return _usulan(asked, table.index[table["coverage"] < 1])


def _unscored(asked: AskedAnswer) -> Computation:
    table = _ranking(asked).table
    return _usulan(asked, table.index[table["tkksd"] != "lengkap"])


def _coverage(asked: AskedAnswer) -> Computation:
    """The mean of what is answered, and on which usulan something is not."""
    coverage = _ranking(asked).table["coverage"]
    if coverage.empty or percent(100 * float(coverage.mean()), 1, asked.lang) != asked.figure.text:
        raise GoneError
    short = [str(one) for one in coverage.index[coverage < 1]]
    facts = {
        "total": decimal(100 * float(coverage.sum()), 1, asked.lang),
        "names": asked.some(short),
    }
    facts["ranked"] = count(len(coverage), asked.lang)
    return asked.on(usulan_places(short, "judul"), counted=short, **facts)


def _shaken(asked: AskedAnswer) -> Computation:
    """How far a weight of average size is shaken: by the concentration of the method alone."""
    method = _ranking(asked).method
    facts = {
        "weight": percent(100.0 / len(method.criteria), 2, asked.lang),
        "criteria": count(len(method.criteria), asked.lang),
        "concentration": f"{method.uncertainty.concentration:g}",
    }
    return asked.on((), method=method.name, **facts)


def _borders(asked: AskedAnswer) -> Computation:
    beside = neighbours(asked.register.dossier.region.code)
    return _listed(asked, [region.short_name for region in beside], ())


def _agreements(asked: AskedAnswer) -> Computation:
    """Agreements in force on the reference date."""
    naskah, today = asked.register.table("naskah"), asked.register.dossier.tanggal_acuan
    lasts = naskah["berakhir"].isna() | (naskah["berakhir"].dt.date >= today)
    mine = naskah[naskah["status"].isin(["berlaku", "diperpanjang"]) & lasts]
    keys = [str(key) for key in mine["row_key"]]
    places = [("naskah", key, name) for key in keys for name in ("status", "berakhir")]
    return _listed(asked, [str(one) for one in mine["no_dok"]], places)


def _changed(asked: AskedAnswer) -> Computation:
    """What the plenary changed in one way, and where its record says so."""
    outcome = asked.evidence.outcome
    if outcome is None:
        raise GoneError
    mine = outcome.changes[outcome.changes["kind"] == asked.part]
    if count(len(mine), asked.lang) != asked.figure.text:
        raise GoneError
    names = asked.some([str(one) for one in mine["subject"]])
    found = asked.told(code=asked.part, names=names)
    return replace(found, cells=NOWHERE, decided=", ".join(map(str, mine["source"])))


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    ("opd", "offices_answered"): _answered,
    ("opd", "silent_offices"): _silent,
    ("opd", "short_of_liaisons"): _without_liaisons,
    ("masalah", "problem_immature"): _level,
    ("masalah", "problem_answered"): _level,
    ("isu", "main_issue"): _issue,
    ("aturan", "not_ksd_rule"): _refused,
    ("aturan", "not_ksd_set"): _refused,
    ("keluarga", "family_share"): _family,
    ("periode", "ksd_share"): _ksd_now,
    ("periode", "carried"): _carried,
    ("usulan", "incomplete"): _incomplete,
    ("usulan", "unscored_by_tkksd"): _unscored,
    ("peringkat", "coverage_mean"): _coverage,
    ("peringkat", "weight_shaken"): _shaken,
    ("wilayah", "borders"): _borders,
    ("naskah", "agreements_running"): _agreements,
    ("pleno", "brief_changed"): _changed,
    ("indikator", "indicator_value"): of_indicator,
    ("indikator", "indicator_year"): of_indicator,
    **KEYS,
}
"""By kind of subject and measure."""
