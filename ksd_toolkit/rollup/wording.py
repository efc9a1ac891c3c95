"""How regions, topics and shares are called in a roll-up, and why a region is not counted."""

from typing import Any

import pandas as pd

from ksd_toolkit.errors import LawError
from ksd_toolkit.law import isu, urusan
from ksd_toolkit.messages import percent, say
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.rollup.found import Left
from ksd_toolkit.rollup.rules import RollUpRules


def area_name(area: str, lang: str = "id") -> str:
    """What a roll-up is about: `Provinsi Kalimantan Selatan`, or all regions."""
    region = region_or_none(area)
    return say("rollup.nation", lang) if region is None else region.name


def region_name(code: Any) -> str:
    """The name of a region; its code where nobody knows it."""
    region = region_or_none(str(code))
    return str(code) if region is None else region.name


def topic_name(kind: str, code: str, lang: str = "id") -> str:
    """The letter or code and the name of an issue (`isu`) or affair; the code alone where the list lacks it."""
    try:
        topic = isu(code, lang) if kind == "isu" else urusan(code, lang)
    except LawError:
        return code
    return f"{topic.group.upper()}. {topic.name}" if kind == "isu" else f"{code} {topic.name}"


def share_text(value: Any, rules: RollUpRules, lang: str = "id") -> str:
    """A share as it is printed; a dash where there is none."""
    return "\u2013" if pd.isna(value) else percent(value, rules.percent_places, lang)


def left_reason(left: Left, lang: str = "id") -> str:
    """Why a region is not counted, and what to do."""
    if left.error is not None:
        return left.error.sentence(lang)
    return say("rollup.missing_remedy", lang, dossier=left.dossier)


def left_sentence(left: Left, lang: str = "id") -> str:
    """The same, with the region it is about."""
    facts = {"name": left.name, "dossier": left.dossier, "reason": left_reason(left, lang)}
    return say("rollup.left", lang, **facts)
