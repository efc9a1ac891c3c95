"""The rule table of the types of cooperation: what each is called, its family, and what a rule gives and why."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.messages import language
from ksd_toolkit.scoring.rules import first_match


def type_label(code: str, lang: str = "id") -> str:
    """What a type is called: `KSDD wajib`."""
    entry = next(entry for entry in rule_table()["type"] if entry["code"] == code)
    return str(entry[f"label_{language(lang)}"])


def type_codes() -> list[str]:
    """The codes of all types, in the table's order."""
    return [entry["code"] for entry in rule_table()["type"]]


def type_family(code: str) -> str:
    """The family of a type: `KSDD` for `KSDD-W`."""
    return str(next(entry["family"] for entry in rule_table()["type"] if entry["code"] == code))


def type_families() -> list[str]:
    """The families of types, in the table's order."""
    return list(dict.fromkeys(entry["family"] for entry in rule_table()["type"]))


def type_reason(rule: int, lang: str = "id") -> tuple[str, str]:
    """Why a rule gave its type, and the key of its article."""
    row = rule_table()["rule"][rule]
    return str(row[f"reason_{language(lang)}"]), str(row["article"])


def type_route(rule: int) -> str:
    """The key of the rules of its own that an object must also follow; empty where there are none."""
    return str(rule_table()["rule"][rule].get("route", ""))


def suits(code: str, partner_kind: Any) -> bool:
    """Whether a type is for this kind of partner."""
    entry = next(entry for entry in rule_table()["type"] if entry["code"] == code)
    return "partners" not in entry or partner_kind in entry["partners"]


def deciding_rules(facts: pd.DataFrame) -> "np.ndarray[Any, Any]":
    """The number of the rule that decides each row of `facts`, whoever the partner in it is."""
    return first_match(facts, [rule["when"] for rule in rule_table()["rule"]])


def type_of_rule(rule: int) -> str:
    """The type a rule gives."""
    return str(rule_table()["rule"][rule]["jenis"])


def type_short(rule: int, lang: str = "id") -> str:
    """The other procedure that a rule points to, in a few words: `pengadaan barang/jasa`."""
    return str(rule_table()["rule"][rule][f"short_{language(lang)}"])


def table_sha256() -> str:
    """The fingerprint of the rule table, part of every method's own."""
    return hashlib.sha256(_table_text().encode()).hexdigest()


@cache
def rule_table() -> dict[str, Any]:
    """The table as it is written."""
    return tomllib.loads(_table_text())


def _table_text() -> str:
    return files("ksd_toolkit.knowledge").joinpath("jenis.toml").read_text(encoding="utf-8")
