"""What the law asks of each family of cooperation, read from `knowledge/legal_case.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.matching.legal_parts import Check, Council, Kind, Paper, Stages, State
from ksd_toolkit.scoring.jenis import cited

REGIONS: Final = "KSDD"
THIRD_PARTIES: Final = "KSDPK"
SYNERGY: Final = "Sinergi"
NO_COOPERATION: Final = "Bukan KSD"
ABROAD: Final = ("KSDPL", "KSDLL")
UNCERTAIN: Final = ("near", "sea")  # what our border lines, or the law, leave open


def kind_of(borders: bool, externality: str, joint: str) -> tuple[Kind, tuple[str, ...]]:
    """Whether cooperation of two regions is mandatory, voluntary or not yet known, and the articles.

    Args:
        borders: Whether they border each other, or one lies in the other.
        externality: `ya`, `tidak` or `belum`.
        joint: Whether a joint service is more efficient, likewise.

    Source:
        UU 23/2014 Pasal 364 ayat (1), Pasal 365; the same rows as in `knowledge/jenis.toml`.
    """
    facts = {"borders": "ya" if borders else "tidak", "externality": externality, "joint": joint}
    row = _first(_table()["kind"], facts)
    return row["kind"], tuple(row["articles"])


@cache
def council_of(family: str, burden: str = "belum", budgeted: str = "belum") -> Council:
    """Whether the DPRD must approve a cooperation.

    Args:
        family: `KSDD, KSDPK, Sinergi, KSDPL, KSDLL`; of any other nothing is known.
        burden: Whether it burdens the people and the region: `ya, tidak, belum, TB`.
        budgeted: Whether it is funded in the current budget, likewise.

    Source:
        PP 28/2018 Pasal 6 ayat (2), Pasal 19 ayat (1), Pasal 30 ayat (1), Pasal 38.
    """
    rows = [row for row in _table()["council"] if family in row["families"]]
    if not rows:
        return Council("belum", "no_type", ())
    row = _first(rows, {"burden": burden, "budgeted": budgeted})
    also = _table()["council_also"].get(family)
    articles = (*row["articles"], *([also] if also else []))
    return Council(row["needed"], row["why"], articles, tuple(row.get("asks", ())))


@cache
def papers_of(family: str, kind: Kind, council: str, initiative: str = "") -> tuple[Paper, ...]:
    """The documents of a family in the order they are made.

    Args:
        family: As in `council_of`.
        kind: Of cooperation between regions; what only mandatory cooperation needs is left out
            where it is voluntary and marked where that is not known.
        council: Whether the DPRD must approve; likewise.
        initiative: `daerah`, `mitra` or empty where nobody said.
    """
    known = {"mandatory": kind == "wajib", "council": council == "ya"}
    open_ = {"mandatory": kind == "belum", "council": council == "belum"}
    found = []
    for row in _of_family("document", family):
        only = row.get("only", "")
        if initiative not in row.get("initiative", (initiative,)):
            continue
        if not only or known[only] or open_[only]:
            depends = only if only and not known[only] else ""
            found.append(Paper(row["code"], row["article"], _texts(row), depends))
    return tuple(found)


def stages_of(family: str) -> Stages | None:
    """The stages of a family; None where the texts we read name none."""
    for row in _of_family("stages", family):
        names = {"id": tuple(row["id"]), "en": tuple(row["en"])}
        return Stages(names, row["council"], row["article"])
    return None


def term_row(family: str) -> Mapping[str, Any] | None:
    """How long a family may last, by the table."""
    return next(_of_family("term", family), None)


def condition_rows(family: str, initiative: str = "") -> list[Mapping[str, Any]]:
    """The conditions of a family, and only those for who took the initiative."""
    rows = _of_family("condition", family)
    return [row for row in rows if initiative in row.get("initiative", (initiative,))]


def check_of(row: Mapping[str, Any], state: State, fields: tuple[str, ...] = ()) -> Check:
    """A condition of the table in its state."""
    return Check(row["code"], state, row["article"], _texts(row), fields)


def procurement_rule() -> Mapping[str, Any]:
    """What is procurement, and the articles that differ on whether it is cooperation."""
    return _table()["procurement"]  # type: ignore[no-any-return]


def takeover_conflict(letter: str) -> tuple[str, ...]:
    """The articles that differ on who takes over a pair of this letter; none where they agree."""
    row = _table()["takeover_differs"]
    return tuple(row["articles"]) if letter in row["letters"] else ()


def secretariat_rule() -> Mapping[str, Any]:
    """When mandatory cooperation may have a secretariat."""
    return _table()["secretariat"]  # type: ignore[no-any-return]


def third_party_rule() -> Mapping[str, Any]:
    """Who may be a third party."""
    return _table()["third_party"]  # type: ignore[no-any-return]


def own_rules_of(jenis: str, route: str = "") -> tuple[str, ...]:
    """The articles that send a type of third-party cooperation to rules of its own; none for most.

    Args:
        jenis: The type.
        route: The rules its object must follow, by the table of types; left out where the articles
            are already paragraphs of it.
    """
    articles = tuple(_table()["own_rules"].get(jenis, ()))
    if not articles or not route or any(key.startswith(route) for key in articles):
        return articles
    return (*articles, route)


def special_rows(*codes: str) -> list[Mapping[str, Any]]:
    """What is to be said of provinces with laws of their own in which one of the regions lies."""
    provinces = {code[:2] for code in codes}
    return [row for row in _table()["special"] if provinces & set(row["provinces"])]


def synergy_rule() -> Mapping[str, Any]:
    """With whom Sinergi is."""
    return _table()["synergy"]  # type: ignore[no-any-return]


def cited_all(keys: tuple[str, ...], lang: str = "id") -> str:
    """Several articles side by side, each marked where its text was not read."""
    return "; ".join(cited(key, lang) for key in keys if key)


def _of_family(kind: str, family: str) -> Iterator[Mapping[str, Any]]:
    return (row for row in _table()[kind] if family in row["families"])


def _first(rows: list[dict[str, Any]], facts: Mapping[str, str]) -> dict[str, Any]:
    """The first row whose conditions all hold; a table ends with a row that always does."""
    return next(
        row for row in rows if all(facts[name] in allowed for name, allowed in row["when"].items())
    )


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {"id": row["id"], "en": row["en"]}


@cache
def _table() -> dict[str, Any]:
    text = files("ksd_toolkit.knowledge").joinpath("legal_case.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
