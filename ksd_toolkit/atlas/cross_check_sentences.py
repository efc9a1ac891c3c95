"""What a cross-check found as sentences: one for a province or a file that differs as a whole, else one a region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from ksd_toolkit.atlas.number_facts import number_fact
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.regions import region_or_none

Verdict = Literal["another_region", "differ", "another_basis"]
_EXAMPLES: Final = 3
_EXACT: Final = 8  # decimals: two values that differ must look different


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Figures that were held against others.

    Attributes:
        pairs: The judged rows (`code, indicator, year, value, source, file, row`) with `off`,
            `above`, `low` and `high`; where single figures were held against each other also
            `other_indicator`, `other_year`, `other_source`, `other_file`, `other_row` and `expected`.
        label: What they were held against, by language.
        verdict: What those that are off mean: the value of another region; that two figures differ
            and nobody knows which is wrong; that the two are reckoned on another basis.
        few: Whether there are too few to judge a province as a whole.
    """

    pairs: pd.DataFrame
    label: Mapping[str, str]
    verdict: Verdict
    few: bool = False

    @property
    def off(self) -> pd.DataFrame:
        """The rows that are off."""
        return self.pairs[self.pairs["off"]]


def told(found: Compared, province_share: float) -> Iterator[Problem]:
    """Every warning of one comparison, by province and region.

    Args:
        found: The comparison.
        province_share: The share (0-1) of a province's regions from which it deviates as a whole.
    """
    if found.verdict == "another_basis":
        yield _other_basis(found)
        return
    for province, rows in found.pairs.groupby(found.pairs["code"].str[:2], sort=True):
        off = rows[rows["off"]]
        one_way = len(off) > 1 and (off["above"].all() or not off["above"].any())
        if not found.few and one_way and len(off) >= province_share * len(rows):
            yield _province(str(province), off, len(rows), found.label)
        elif found.verdict == "differ":
            yield from map(_differ, off.to_dict("records"))
        else:
            yield from (_suspect(row, found.label) for row in off.to_dict("records"))


def _other_basis(found: Compared) -> Problem:
    """Two files hold one indicator, and most of its figures differ."""
    off = found.off
    first = off.iloc[0]
    examples = off.drop_duplicates("code").head(_EXAMPLES).to_dict("records")
    facts = {
        "indicator": first["indicator"], "years": _years(off["year"]),
        "other_indicator": first["other_indicator"], "other_years": _years(off["other_year"]),
        "file": first["file"], "other_file": first["other_file"],
        "n": off["code"].nunique(), "of": found.pairs["code"].nunique(),
        "examples": _examples(examples, "id"), "examples_en": _examples(examples, "en"),
    }  # fmt: skip
    return Problem("atlas.other_basis", Where(str(first["file"])), facts, "warning")


def _examples(rows: list[dict[Any, Any]], lang: str) -> str:
    """`63.05 70,1 dan 69,2; ...`."""
    both = {"id": "dan", "en": "and"}[lang]
    ending = "" if lang == "id" else "_en"
    texts = []
    for row in rows:
        facts = number_fact("one", row["value"]) | number_fact("other", row["expected"])
        texts.append(f"{row['code']} {facts['one' + ending]} {both} {facts['other' + ending]}")
    return "; ".join(texts)


def _years(years: pd.Series) -> str:
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}-{last}"


def _province(province: str, off: pd.DataFrame, of: int, label: Mapping[str, str]) -> Problem:
    region = region_or_none(province)
    first = off.iloc[0]
    facts = {
        "indicator": first["indicator"], "province": region.name if region else province,
        "n": len(off), "of": of, "year": int(first["year"]),
        "other": label["id"], "other_en": label["en"], **_other_place(first),
    }  # fmt: skip
    return Problem("atlas.suspect_province", _where(first), facts, "warning")


def _differ(row: Mapping[Any, Any]) -> Problem:
    """Two figures that should be the same, with both values and both files; nobody is blamed."""
    facts = {
        "code": row["code"], "name": _name(row["code"]),
        "indicator": row["indicator"], "year": int(row["year"]),
        **number_fact("value", row["value"], _EXACT), "file": row["file"], "source": row["source"],
        "other_indicator": row["other_indicator"], "other_year": int(row["other_year"]),
        **number_fact("other_value", row["expected"], _EXACT), "other_source": row["other_source"],
        **_other_place(row), "other_row": row["other_row"],
    }  # fmt: skip
    return Problem("atlas.figures_differ", _where(row), facts, "warning")


def _suspect(row: Mapping[Any, Any], label: Mapping[str, str]) -> Problem:
    facts = {
        "indicator": row["indicator"], "code": row["code"], "year": int(row["year"]),
        "name": _name(row["code"]),
        **number_fact("value", row["value"]), **number_fact("low", row["low"]),
        **number_fact("high", row["high"]),
        "other": label["id"], "other_en": label["en"], **_other_place(row),
    }  # fmt: skip
    return Problem("atlas.suspect", _where(row), facts, "warning")


def _other_place(row: Mapping[Any, Any] | pd.Series) -> dict[str, object]:
    """The other file, where a single figure of it was held against this one."""
    return {"other_file": row["other_file"]} if "other_file" in row else {}


def _where(row: Mapping[Any, Any] | pd.Series) -> Where:
    return Where(str(row["file"]), "", str(row["row"]))


def _name(code: str) -> str:
    region = region_or_none(code)
    return region.name if region else code
