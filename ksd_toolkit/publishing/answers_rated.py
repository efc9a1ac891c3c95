"""Say how far raters agree, how their scores spread and which answers deserve a second look."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.agreement import ALL as ALL_CRITERIA
from ksd_toolkit.answers.quality.flags import COST, PERSONAL
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import gaps, widest
from ksd_toolkit.columns import records
from ksd_toolkit.messages import count, decimal, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import (
    ALL,
    AskedAnswer,
    Place,
    row_of,
    score_places,
    usulan_places,
)
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation

_MONEY: Final = {"cost": "biaya_indikatif", "benefit": "manfaat_indikatif"}
_LIMITS: Final = {
    "straight": "straight_from", "identical": "identical_from", "generous": "outlier_from",
    "strict": "outlier_from", "cost": "outlier_from", "benefit": "outlier_from",
}  # fmt: skip


_ROLES: Final = ("OPD", "TKKSD")


def _agreement(asked: AskedAnswer) -> Computation:
    """A figure of agreement, of a criterion or an office, with the scores it rests on."""
    role, lang = asked.part, asked.lang
    if role not in _ROLES:
        raise GoneError  # a paper of an earlier toolkit did not say whose scores agree
    criterion = asked.subject if asked.kind == "kriteria" else ALL
    office = asked.subject if asked.kind == "opd" else ALL
    units = asked.units(role, criterion=criterion, office=office)
    name = asked.office_name(office)
    if office == ALL:
        name = asked.criterion_name(_code(criterion))
    facts = {
        **asked.once(f"pairs:{role}:{criterion}:{office}", lambda: _counts(asked, units, role))
    }
    facts |= {**_coefficients(asked, role, criterion), "named": name, "who": _who(role, lang)}
    places = asked.scored(role, criterion=criterion, office=office)
    return asked.spoken(places, f"sepakat.{asked.measure}", **facts)


def _counts(asked: AskedAnswer, units: pd.DataFrame, role: str) -> dict[str, str]:
    return {**_pairs(units, asked.lang), "groups": _groups(asked, units, role)}


def _pairs(units: pd.DataFrame, lang: str) -> dict[str, str]:
    """How many pairs of scores there are, how many are alike or near, and what they differ by."""
    gap, far = gaps(units)["gap"], widest(units)
    wide = limits()["agreement"]["wide_gap"]
    return {
        "units": count(len(units), lang), "pairs": count(len(gap), lang),
        "same": count((gap == 0).sum(), lang), "near": count((gap <= 1).sum(), lang),
        "sum": trimmed(float(gap.sum()), 2, lang), "far": count((far >= wide).sum(), lang),
        "limit": str(wide),
    }  # fmt: skip


def _coefficients(asked: AskedAnswer, role: str, criterion: str) -> dict[str, str]:
    """What entered the coefficients of a criterion; dashes where there is none."""
    found = asked.agreement
    rows = found.panel if role == "TKKSD" else found.offices
    row = row_of(rows, _code(criterion))
    apart = "\u2013" if pd.isna(row["alpha"]) else decimal(1 - row["alpha"], 3, asked.lang)
    confidence = percent(100 * limits()["agreement"]["confidence"], 0, asked.lang)
    facts = {"apart": apart, "confidence": confidence}
    usulan = row.get("usulan")
    raters = asked.scores(role).columns
    return {
        **facts, "usulan": count(usulan, asked.lang) if usulan is not None else "\u2013",
        "raters": count(len(raters), asked.lang),
    }  # fmt: skip


def _groups(asked: AskedAnswer, units: pd.DataFrame, role: str) -> str:
    """How many offices, or usulan, the jackknife leaves out in turn."""
    level = "usulan_id" if role == "TKKSD" else "opd_kode"
    number = units.index.get_level_values(level).nunique()
    return say(f"measure_answers.groups_{role.casefold()}", asked.lang, n=count(number, asked.lang))


def _who(role: str, lang: str) -> str:
    return say(f"measure_answers.who_{role.casefold()}", lang)


def _code(criterion: str) -> str:
    return ALL_CRITERIA if criterion == ALL else criterion


def _concordance(asked: AskedAnswer) -> Computation:
    """Kendall's W over the usulan every member scored."""
    criterion, lang = asked.subject, asked.lang
    scores = asked.scores(asked.part)
    if criterion != ALL:
        scores = scores[scores.index.get_level_values("kriteria_kode") == criterion]
    whole = scores.dropna()
    number = whole.index.get_level_values("usulan_id").nunique()
    name = asked.criterion_name(_code(criterion))
    facts = {"usulan": count(number, lang), "raters": count(len(whole.columns), lang)}
    return asked.spoken(score_places(whole), "sepakat.w", named=name, **facts)


def _agreement_table(asked: AskedAnswer) -> Computation:
    """What stands in the texts of a table of agreement: limits of the rules, or the usulan of the panel."""
    role, panel = asked.part, asked.agreement.panel
    usulan = count(row_of(panel, ALL_CRITERIA)["usulan"], asked.lang)
    if role == "TKKSD" and asked.figure.text == usulan and f"({usulan} " in asked.inside:
        whole = asked.scores(role).dropna()
        return asked.on(score_places(whole), code="panel")
    return asked.on(asked.scored(role), code="" if asked.is_whole else "told")


def _by_criterion(asked: AskedAnswer) -> Computation:
    """A chart by criterion: the scores of a role, or those of units two raters scored."""
    role, twice = asked.part, asked.measure == "chart_alpha"
    codes = (*asked.criteria, ALL_CRITERIA)
    found = (c for c in codes if asked.inside.startswith(f"{asked.criterion_name(c)}:"))
    code = next(found, ALL_CRITERIA)
    criterion = ALL if code == ALL_CRITERIA else code
    units = len(asked.units(role, criterion=criterion)) if twice else 0
    facts = {"who": _who(role, asked.lang), "units": count(units, asked.lang)}
    return asked.drawn(asked.scored(role, criterion=criterion, twice=twice), (), **facts)


def _gaps_of_offices(asked: AskedAnswer) -> Computation:
    """How many offices have which mean gap; or, in the internal edition, the mean gap of each."""
    found, inside = asked.agreement.by_office, asked.inside
    mine: tuple[Place, ...] = ()
    for office in found.index if asked.measure == "chart_pairs" else ():
        if inside.startswith(f"{asked.office_name(office)}:"):
            mine = asked.scored("OPD", office=str(office))
    return asked.drawn(asked.scored("OPD"), mine, n=count(len(found), asked.lang))


def _disputes(asked: AskedAnswer) -> Computation:
    """How many scores two PPKSD of an office set far apart."""
    units = asked.units("OPD")
    far = widest(units)
    limit = limits()["agreement"]["wide_gap"]
    wide = units.loc[far[far >= limit].index]
    facts = {"n": count(len(wide), asked.lang), "units": count(len(units), asked.lang)}
    return asked.on(score_places(wide), limit=str(limit), **facts)


def _rating(asked: AskedAnswer) -> Computation:
    """A score of a dispute, or the gap of its scores."""
    codes = {asked.criterion_name(c): c for c in asked.criteria}
    criterion = codes.get(asked.meaning.row.get("rated_criterion", ""), "")
    scores = asked.scores("OPD").reset_index(level="opd_kode", drop=True)
    if (asked.subject, criterion) not in scores.index:
        raise GoneError
    row = scores.loc[[(asked.subject, criterion)]].iloc[0].dropna()
    raters = [asked.part] if asked.part else [str(rater) for rater in row.index]
    places = [("nilai", f"{asked.subject}|{criterion}|{rater}", "skor") for rater in raters]
    facts = {"criterion": asked.meaning.row["rated_criterion"]}
    facts |= {"high": f"{row.max():g}", "low": f"{row.min():g}"}
    return asked.on(places, **facts)


def _flag(asked: AskedAnswer) -> Computation:
    """Why an answer is marked, and the answers it is compared by."""
    kind, office, subject = (*asked.subject.split("|", 2), "", "")[:3]
    rules = limits()["flags"]
    limit = rules[_LIMITS[kind]]
    shown = decimal(limit, 1, asked.lang)
    if kind in {"straight", "identical"}:
        shown = percent(100 * limit, 0, asked.lang)
    code = f"tanda.flag_{'money' if kind in _MONEY else 'rater' if limit == rules['outlier_from'] else kind}"
    return asked.spoken(_flagged(asked, kind, office, subject), code, limit=shown)


def _flagged(asked: AskedAnswer, kind: str, office: str, subject: str) -> list[Place]:
    if kind in _MONEY:
        usulan, field = asked.register.usulan, _MONEY[kind]
        known = [str(one) for one in usulan.loc[usulan[field] > 0, "usulan_id"]]
        return list(usulan_places([subject, *(one for one in known if one != subject)], field))
    scores = asked.scores("OPD")
    mine = scores[scores.index.get_level_values("opd_kode") == office]
    return list(score_places(mine[[subject]] if subject in mine else mine))


def _flags_table(asked: AskedAnswer) -> Computation:
    """How many answers are marked."""
    found = asked.flags
    personal = int(found["flag"].isin(PERSONAL).sum())
    facts = {"all": count(len(found), asked.lang), "personal": count(personal, asked.lang)}
    facts["public"] = count(len(found) - personal, asked.lang)
    money = found[~found["flag"].isin(PERSONAL)]
    fields = ((str(row["subject"]), str(row["flag"])) for _, row in records(money))
    places = [("usulan", usulan, _MONEY.get(flag, _MONEY[COST])) for usulan, flag in fields]
    return asked.drawn(places, (), **facts)


_FIGURES: Final = (
    "units", "exact", "within", "mean_gap", "wide", "alpha", "alpha_interval", "icc1", "icck", "groups",
)  # fmt: skip
RATINGS: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    **{(kind, name): _agreement for kind in ("kriteria", "opd") for name in _FIGURES},
    ("kriteria", "w"): _concordance,
    ("kriteria", "table_agreement"): _agreement_table,
    ("kriteria", "chart_scores"): _by_criterion,
    ("kriteria", "chart_alpha"): _by_criterion,
    ("kriteria", "disputes"): _disputes,
    ("opd", "chart_gaps"): _gaps_of_offices,
    ("opd", "chart_pairs"): _gaps_of_offices,
    ("usulan", "rating"): _rating,
    ("usulan", "rating_gap"): _rating,
    ("tanda", "flag"): _flag,
    ("tanda", "table_flags"): _flags_table,
}
"""By kind of subject and measure."""
