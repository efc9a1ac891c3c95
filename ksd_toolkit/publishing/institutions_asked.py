"""Match a proposal and an institution anew, and find the answers, ratings and words they are compared by."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.candidates import place as told_at
from ksd_toolkit.matching.institution_reasons import spoken
from ksd_toolkit.matching.institutions import InstitutionMatches, match_institutions
from ksd_toolkit.matching.interest import FORUM
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.partners_asked import AskedPartner

REGISTER: Final = "calon_mitra"
"""The table of candidates the secretariat keeps."""


def found_institutions(asked: AskedPartner) -> InstitutionMatches:
    """Every proposal fitted to every candidate of the register."""
    return asked.once("institutions", lambda: match_institutions(asked.register, lang=asked.lang))


def pair_of(asked: AskedPartner, usulan: str = "", name: str = "") -> dict[str, Any]:
    """A proposal and a candidate, as they are matched today.

    Raises:
        GoneError: There is no such pair.
    """
    usulan, name = usulan or asked.names[0], name or "|".join(asked.names[1:])
    found = found_institutions(asked)

    def find() -> pd.DataFrame:
        try:
            return found.for_usulan(usulan, len(found.candidates))
        except KsdError as gone:
            raise GoneError from gone

    rows = asked.once(f"institutions:{usulan}", find)
    return first_of(rows[rows["mitra_nama"] == name])


def row_keys(asked: AskedPartner, name: str) -> list[str]:
    """The rows of the register of candidates about one of them."""

    def find() -> dict[str, list[str]]:
        rows = asked.register.table(REGISTER)
        keys: dict[str, list[str]] = {}
        for mitra, key in zip(rows["mitra_nama"], rows["row_key"], strict=True):
            keys.setdefault(str(mitra), []).append(str(key))
        return keys

    return asked.once("institution_rows", find).get(name, [])


def pair_on(asked: AskedPartner, pair: Mapping[str, Any]) -> tuple[Place, ...]:
    """What a pair is compared by: three answers of the proposal, what the register says, words at a forum."""
    usulan = str(pair["usulan_id"])
    keys = row_keys(asked, str(pair["mitra_nama"]))
    mine = [("usulan", usulan, field) for field in ASKED.values()]
    theirs = [(REGISTER, key, field) for key in keys for field in (*ASKED, *RATINGS)]
    return (*mine, *theirs, *spoken_on(asked, pair))


def spoken_on(asked: AskedPartner, pair: Mapping[str, Any]) -> tuple[Place, ...]:
    """The words at a forum the interest of a pair is taken from."""
    row = spoken(found_institutions(asked), dict(pair))
    return () if row is None else forum_on(asked, row["place"])


def forum_on(asked: AskedPartner, place: object) -> tuple[Place, ...]:
    """The row of the forum whose interest stands at a place."""

    def find() -> dict[str, str]:
        keys = [str(key) for key in asked.register.table(FORUM)["row_key"]]
        return {told_at(asked.register, FORUM, key, "minat"): key for key in keys}

    key = asked.once("forum_places", find).get(str(place))
    return () if key is None else tuple((FORUM, key, field) for field in _SPOKEN)


_SPOKEN: Final = ("minat", "tanggal", "nama_forum")
