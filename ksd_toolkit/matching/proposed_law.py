"""Which legal feasibility (HUK) the answers of an usulan decide by the anchors, with the cells it rests on."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import Where
from ksd_toolkit.matching.candidates import where_of
from ksd_toolkit.matching.institution_rules import institution_table
from ksd_toolkit.matching.proposed import cells_told
from ksd_toolkit.messages import language, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.gates import gate_facts
from ksd_toolkit.scoring.jenis import cited, type_facts
from ksd_toolkit.scoring.jenis_table import type_reason
from ksd_toolkit.scoring.mandatory import MANDATORY, mandatory_pairs
from ksd_toolkit.scoring.rules import first_match

LEGAL: Final = "HUK"
_CONDITIONS: Final = {"G7", "G8"}  # third parties, abroad
_STOPPING: Final = {"review", "fail"}
_OF_TYPE: Final = "type"
Decided = tuple[str, float, str, str]
"""Usulan, score, reason and evidence."""


def proposed_law(
    register: Register, types: pd.DataFrame, verdicts: pd.DataFrame, lang: str
) -> Iterator[Decided]:
    """The usulan whose HUK the answers decide, each with its reason and the cells behind it.

    Nothing is proposed where an answer that would decide is missing; 3 ("after a new rule") is never
    proposed, since no answer tells whether a new rule is needed.

    Source:
        Anchors of HUK in `knowledge/anchors.csv`; rows `huk` of `knowledge/institutions.toml`.
    """
    rules = institution_table()["huk"]
    facts = law_facts(register, types, verdicts)
    answers = register.usulan.set_index("usulan_id")
    pairs = dict(records(mandatory_pairs(register)))
    deciding = first_match(facts, [rule["when"] for rule in rules])
    for (usulan, row), number in zip(records(facts), deciding.tolist(), strict=True):
        if number >= 0 and rules[number]["score"]:
            rule = rules[number]
            pair = pairs.get(usulan) if row["jenis"] == MANDATORY else None
            told = [
                (f"{name}: {value}", where_of(register, "usulan", usulan, name))
                for name in rule["evidence"]
                if isinstance(value := answers.at[usulan, name], str)
            ]
            told += _border(register, usulan, pair)
            yield usulan, float(rule["score"]), _reason(rule, row, pair, lang), cells_told(told)


def _border(
    register: Register, usulan: str, pair: Mapping[str, Any] | None
) -> list[tuple[str, Where]]:
    """The cell that names the region across the border."""
    if pair is None or not isinstance(pair["kode_wilayah"], str):
        return []
    code, mitra = pair["kode_wilayah"], register.mitra
    mine = mitra[(mitra["usulan_id"] == usulan) & (mitra["kode_wilayah"] == code)]
    return [
        (f"kode_wilayah: {code}", where_of(register, "mitra", key, "kode_wilayah"))
        for key in mine["row_key"].head(1)
    ]


def law_facts(register: Register, types: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The columns the rows `huk` may ask about, indexed by `usulan_id`."""
    told = type_facts(register)
    stopped = verdicts["gate"].isin(_CONDITIONS) & verdicts["verdict"].isin(_STOPPING)
    unmet = types.index.isin(verdicts.loc[stopped, "usulan_id"])
    maybe = told[["eksternalitas", "efisien_bersama"]].isin(["ya", "belum"]).all(axis=1)
    region = (told["mitra_jenis"] == "pemda") & (told["berbatasan"] == "ya")
    return gate_facts(register, types).assign(
        derived=types["derived"],
        jenis_rule=types["jenis_rule"],
        syarat_jenis=pd.Series(unmet, types.index).map({True: "tidak", False: "ya"}),
        wajib_terbuka=(region & maybe & (types["derived"] != MANDATORY)).map(
            {True: "ya", False: "tidak"}
        ),
    )


def _reason(
    rule: Mapping[str, Any], row: Mapping[str, Any], pair: Mapping[str, Any] | None, lang: str
) -> str:
    reason, article = str(rule[f"reason_{language(lang)}"]), str(rule["article"])
    if article == _OF_TYPE:
        article = type_reason(int(row["jenis_rule"]), lang)[1]
    told = say("inst.huk", lang, reason=reason, article=cited(article, lang))
    if pair is None or not isinstance(pair["letter"], str):
        return told
    return f"{told} {say('inst.huk_pair', lang, partner=pair['partner'], letter=pair['letter'])}"
