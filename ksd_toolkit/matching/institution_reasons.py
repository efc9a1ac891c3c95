"""Why a candidate fits a proposal, in sentences: what is shared, what it can, what is not known, what the law asks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.law import isu, urusan
from ksd_toolkit.matching.candidates import RATINGS, candidates, partner_keys
from ksd_toolkit.matching.interest import forum_entries
from ksd_toolkit.matching.type_rules import NOT_KSD, UNCLEAR
from ksd_toolkit.messages import (
    count,
    date_text,
    decimal,
    join_words,
    percent,
    say,
    say_counted,
    trimmed,
)
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.jenis import type_grounds
from ksd_toolkit.scoring.jenis_table import type_label

if TYPE_CHECKING:
    from ksd_toolkit.matching.institutions import InstitutionMatches

Pair = dict[str, Any]
_FORM: Final = "calon_mitra"
_NO_INSTITUTION: Final = ("pemda", "opd_internal", "")


def explain_pair(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """Everything that is to be said about one pair, in a few sentences."""
    told = [
        _points(found, pair, lang),
        shared_sentence(found, pair, lang),
        strength_sentence(found, pair, lang),
        interest_sentence(found, pair, lang),
        unknown_sentence(found, pair, lang),
        law_sentence(found, pair, lang),
        say("inst.named" if pair["named"] else "inst.not_named", lang),
        say("inst.known_from", lang, source=pair["source"], place=pair["place"])
        if pair["place"] and isinstance(pair["source"], str)
        else "",
    ]
    return " ".join(part for part in told if part)


def _points(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    facts = {"partner": pair["mitra_nama"], "usulan": pair["usulan_id"]}
    if pair["state"] == "out":
        reason = "not_ksd" if pair["jenis"] == NOT_KSD else "nothing_shared"
        return say(f"inst.{reason}", lang, **facts)
    if pd.isna(pair["points"]):
        return say("inst.nothing_known", lang, **facts)
    places = found.rules.decimals
    whole = pair["worst"] == pair["best"]
    told = say(
        "inst.points_whole" if whole else "inst.points", lang, points=decimal(pair["points"], places, lang),
        worst=decimal(pair["worst"], places, lang), best=decimal(pair["best"], places, lang),
        coverage=percent(100 * pair["coverage"], 0, lang), **facts,
    )  # fmt: skip
    if pair["state"] == "fits":
        return told
    least = percent(100 * found.rules.min_coverage, 0, lang)
    return f"{told} {say('inst.' + str(pair['state']), lang, least=least)}"


def shared_sentence(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """Which affair, issues and outputs proposal and candidate share."""
    names = {"urusan": _affair, "isu": _issue, "output": _output}
    told = [
        say("inst.shared_part", lang, what=found.rules.label(name, lang).lower(),
            names=join_words([named(code, lang) for code in pair[f"shared_{name}"].split(";")], lang))
        for name, named in names.items()
        if pair[f"shared_{name}"]
    ]  # fmt: skip
    return say("inst.shared", lang, parts="; ".join(told)) if told else ""


def strength_sentence(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """What the candidate's own ratings are."""
    told = [
        say(
            "inst.rating",
            lang,
            what=found.rules.label(name, lang).lower(),
            level=_level(pair[name], lang),
        )
        for name in RATINGS
        if not pd.isna(pair[name])
    ]
    return say("inst.ratings", lang, parts=join_words(told, lang)) if told else ""


def interest_sentence(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """Where the interest is known from, whether it fell, and what the office wrote instead."""
    row = spoken(found, pair)
    if row is None or pd.isna(row["interest"]):
        return ""
    facts = {
        "level": _level(row["interest"], lang), "forum": row["nama_forum"],
        "date": date_text(row["told_on"].date(), lang),
    }  # fmt: skip
    told = [say(f"inst.interest_{row['scope']}", lang, **facts)]
    if row["fell"]:
        before = date_text(row["previous_on"].date(), lang)
        told.append(say("inst.fell", lang, level=_level(row["previous"], lang), date=before))
    if not pd.isna(row["difference"]) and row["difference"]:
        told.append(say("inst.office_wrote", lang, level=_level(row["stated"], lang)))
    return " ".join(told)


def spoken(found: "InstitutionMatches", pair: Pair) -> Pair | None:
    """The row of the interest that holds for a pair: its own, else the general one."""
    rows = found.interest[found.interest["key"] == pair["key"]]
    for usulan in (pair["usulan_id"], ""):
        mine = rows[rows["usulan_id"] == usulan]
        if len(mine) and not pd.isna(mine["interest"].iloc[0]):
            return {str(name): value for name, value in mine.iloc[0].items()}
    return None


def unknown_sentence(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """What is not known about the pair and stays out of the base."""
    candidate = found.candidates.iloc[found.column_of(str(pair["mitra_nama"]))]
    asked = found.usulan.iloc[found.row_of(str(pair["usulan_id"]))]
    off = str(pair["not_asked"]).split(";")
    fits = {"urusan": "urusan_kode", "isu": "isu", "output": "output_dituju"}
    missing = [
        *(name for name, own in fits.items() if pd.isna(candidate[name]) or pd.isna(asked[own])),
        *(name for name in RATINGS if pd.isna(pair[name]) and name not in off),
    ]
    labels = [found.rules.label(name, lang).lower() for name in missing]
    return say("inst.unknown", lang, names=join_words(labels, lang)) if labels else ""


def law_sentence(found: "InstitutionMatches", pair: Pair, lang: str) -> str:
    """What the cooperation would be with this partner, why, and by which article."""
    held = dict(records(found.types.types))[str(pair["usulan_id"])]
    if not pair["by_plenary"]:
        held = {"jenis_rule": pair["rule"], "set_why": None}
    grounds = type_grounds(held, lang)
    if pair["jenis"] in {NOT_KSD, UNCLEAR}:
        code = "law_no" if pair["jenis"] == NOT_KSD else "law_unclear"
        return f"{say(f'inst.{code}', lang)} {grounds}"
    label = type_label(str(pair["jenis"]), lang)
    return f"{say('inst.law', lang, label=label)} {grounds}"


def unknown_sentences(found: "InstitutionMatches", lang: str = "") -> tuple[str, ...]:
    """What could not be known at all, one sentence each."""
    return tuple(_unknowns(found, lang or found.lang))


def _unknowns(found: "InstitutionMatches", lang: str) -> Iterator[str]:
    if found.candidates.empty:
        yield say("inst.no_candidates", lang)
    counted = {
        "no_scope": (found.candidates[["urusan", "isu"]].isna().all(axis=1)).sum(),
        "no_kind": found.candidates["mitra_jenis"].isna().sum(),
        "no_object": found.usulan["objek"].isna().sum(),
    }
    registered = candidates(found.register)["key"]
    counted["twice"] = registered.duplicated().sum()
    counted["unregistered"] = len(set(_named_keys(found)) - set(registered))
    counted["never_ksd"] = found.types.is_out.all(axis=1).sum() if len(registered) else 0
    entries = forum_entries(found.register)
    counted["forum_later"] = (~entries["counts"]).sum()
    counted["forum_partner"] = entries.loc[~entries["known_partner"], "key"].nunique()
    counted["forum_usulan"] = entries.loc[~entries["known_usulan"], "usulan_id"].nunique()
    for name, number in counted.items():
        if number:
            yield say_counted(f"inst.{name}", int(number), lang, n=count(int(number), lang))


def _named_keys(found: "InstitutionMatches") -> list[str]:
    """The institutions the offices named, other regions and their own offices left aside."""
    mitra = found.register.mitra
    kinds = mitra["mitra_jenis"].fillna("").isin(_NO_INSTITUTION)
    return partner_keys(mitra[~kinds], found.register.dossier.region.code).tolist()


def _level(value: float, lang: str) -> str:
    return trimmed(value, 2, lang)


def _affair(code: str, lang: str) -> str:
    return f"{code} {urusan(code, lang).name}"


def _issue(code: str, lang: str) -> str:
    return isu(code, lang).name


def _output(code: str, lang: str) -> str:
    choices = read_form(_FORM).table(_FORM).field("output").choices
    return next((choice.labels[lang].lower() for choice in choices if choice.code == code), code)
