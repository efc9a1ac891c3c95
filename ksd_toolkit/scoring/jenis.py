"""The type of cooperation of every usulan: derived from its partners and object by a rule table.

A plenary may set another type, with a reason; the rule's own answer stays beside it.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import InputError
from ksd_toolkit.law import cite
from ksd_toolkit.messages import say
from ksd_toolkit.regions import are_neighbours, find_region, party_of, region_or_none
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.jenis_table import (
    deciding_rules,
    rule_table,
    suits,
    type_family,
    type_label,
    type_of_rule,
    type_reason,
    type_route,
)

_GOVERNMENT: Final = "pemda"
_UNANSWERED: Final = "belum"  # not the same as no
_EXTERNALITIES: Final = ("eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak")


def derive_types(register: Register) -> pd.DataFrame:
    """The type of every usulan and what it rests on, indexed by `usulan_id`.

    `jenis, family` hold; `derived` is what the rule `jenis_rule` gives, and `set_why, set_by` say
    why the type was set otherwise and by whom (missing where it was not). The first partner of an
    usulan is its main partner and decides the rule; a border with any partner region government counts. A type
    set otherwise without a reason, or for an usulan nobody sent, does not hold.

    Source:
        UU 23/2014 Pasal 363-367; PP 28/2018 Pasal 15, 46; the decision table of the Kota
        Yogyakarta mapping guide 2022, as rows of `knowledge/jenis.toml`.
    """
    return remembered("types", None, register, lambda: _derive(register)).copy(deep=False)


def _derive(register: Register) -> pd.DataFrame:
    facts = type_facts(register)
    decided = deciding_rules(facts)
    derived = pd.Series([type_of_rule(number) for number in decided], facts.index, dtype="str")
    otherwise = _set_otherwise(register).reindex(facts.index)
    jenis = otherwise["jenis"].fillna(derived)
    return pd.DataFrame(
        {
            "jenis": jenis,
            "family": jenis.map(type_family),
            "derived": derived,
            "jenis_rule": decided,
            "set_why": otherwise["alasan"],
            "set_by": otherwise["ditetapkan_oleh"],
            "berbatasan": facts["berbatasan"],
            "main_partner": facts["mitra_nama"],
            "partner_kind": facts["mitra_jenis"],
        },
        index=facts.index,
    )


def _set_otherwise(register: Register) -> pd.DataFrame:
    """The types a plenary set, each with its reason."""
    rows = register.table("jenis_ditetapkan").set_index("usulan_id")
    return rows.loc[rows["jenis"].notna() & rows["alasan"].notna()]


def types_not_used(register: Register) -> pd.DataFrame:
    """The types a plenary set that do not hold, so that none is passed over in silence.

    Returns:
        One row each: `usulan_id` and `why`: `unknown` (nobody sent that usulan), `no_type` or
        `no_reason`.
    """
    rows = register.table("jenis_ditetapkan")
    known = rows["usulan_id"].isin(register.usulan["usulan_id"])
    why = np.select(
        [~known, rows["jenis"].isna(), rows["alasan"].isna()],
        ["unknown", "no_type", "no_reason"],
        default="",
    )
    told = pd.DataFrame({"usulan_id": rows["usulan_id"], "why": why})
    return told[told["why"] != ""]


def type_grounds(row: Mapping[str, Any], lang: str = "id") -> str:
    """Why an usulan has its type, with the article; what was set otherwise, by whom and why.

    Args:
        row: A row of `derive_types`.
        lang: Language of the sentence.
    """
    reason, article = type_reason(int(row["jenis_rule"]), lang)
    facts = {"reason": reason, "article": cited(article, lang)}
    route = type_route(int(row["jenis_rule"]))
    by_rule = say("jenis.by_rule", lang, **facts)
    if pd.isna(row["set_why"]):
        return (
            f"{by_rule} {say('jenis.route', lang, article=cited(route, lang))}"
            if route
            else by_rule
        )
    told = say(
        "jenis.set_otherwise", lang, by=text_or_unknown(row["set_by"], lang), why=row["set_why"],
        derived=type_label(str(row["derived"]), lang), **facts,
    )  # fmt: skip
    if suits(str(row["jenis"]), row["partner_kind"]):
        return told
    return f"{told} {say('jenis.unusual', lang, label=type_label(str(row['jenis']), lang))}"


def not_ksd_reason(row: Mapping[str, Any], lang: str = "id") -> tuple[str, str]:
    """Why an usulan is not a KSD, and the key of the article: by rule, or as the plenary set it."""
    if row["derived"] == row["jenis"]:
        return type_reason(int(row["jenis_rule"]), lang)
    by = text_or_unknown(row["set_by"], lang)
    return say("jenis.set_not_ksd", lang, by=by, why=row["set_why"]), "UU 23/2014 363(2)"


def family_label(family: str, lang: str = "id") -> str:
    """What a family of types is called: `Belum jelas`, `Not clear yet`."""
    return say(f"family.{family.casefold().replace(' ', '_')}", lang)


def cited(article: str, lang: str) -> str:
    """The citation, short as a cell holds it, marked where the official text has not been read."""
    found = cite(article, lang)
    return found.short if found.verified else f"{found.short}, {say('law.unverified', lang)}"


def text_or_unknown(text: Any, lang: str) -> str:
    """The text; where there is none, that it is not known."""
    return say("jenis.by_nobody", lang) if pd.isna(text) else str(text)


def type_facts(register: Register) -> pd.DataFrame:
    """The columns the rule table may ask about, one row per usulan, its main partner's among them."""
    return remembered("type_facts", None, register, lambda: _facts(register)).copy(deep=False)


def _facts(register: Register) -> pd.DataFrame:
    usulan = register.usulan.set_index("usulan_id")
    mitra = register.mitra
    main = mitra.drop_duplicates("usulan_id").set_index("usulan_id")
    names = [
        _partner_name(name, code)
        for name, code in zip(main["mitra_nama"], main["kode_wilayah"], strict=True)
    ]
    home = register.dossier.region.code
    # A ministry's office or a company may lie in a region, too; only its government borders us.
    regions = mitra["kode_wilayah"].where(mitra["mitra_jenis"] == _GOVERNMENT).fillna("")
    parties = [party_of(code) for code in regions]
    borders = pd.Series(
        [p is not None and are_neighbours(home, p.code) for p in parties], dtype=bool
    )
    bordering = set(mitra.loc[borders.to_numpy(), "usulan_id"])
    tests = usulan[list(_EXTERNALITIES)]
    enough = (tests == "ya").sum(axis=1) >= rule_table()["min_externalities"]
    possible = (tests.isna() | (tests == "ya")).sum(axis=1) >= rule_table()["min_externalities"]
    return pd.DataFrame(
        {
            "mitra_jenis": main["mitra_jenis"].reindex(usulan.index),
            "mitra_nama": pd.Series(names, main.index, dtype="str").reindex(usulan.index),
            "objek": usulan["objek"],
            "efisien_bersama": usulan["efisien_bersama"].fillna(_UNANSWERED),
            "berbatasan": np.where(usulan.index.isin(bordering), "ya", "tidak"),
            "eksternalitas": np.select([enough, possible], ["ya", _UNANSWERED], "tidak"),
        },
        index=usulan.index,
    )


def _partner_name(written: Any, code: Any) -> Any:
    """A region by its official name where only that region, by its code, was meant."""
    region = None if pd.isna(code) else region_or_none(str(code))
    if region is None or pd.isna(written):
        return written
    try:
        return region.name if find_region(str(written)) == region else written
    except InputError:  # no region by that name alone: an office of it, or two of one name
        return written
