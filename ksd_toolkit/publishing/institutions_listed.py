"""Say where the register of candidates and the record of forums hold what the lists of them print."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ksd_toolkit.matching.candidates import RATINGS, partner_keys
from ksd_toolkit.matching.interest import forum_entries, interest
from ksd_toolkit.messages import count, date_text, join_words, say
from ksd_toolkit.publishing.answers_asked import usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.institutions_asked import (
    REGISTER,
    forum_on,
    found_institutions,
    row_keys,
)
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.tables.candidate_cells import level


def _registered(asked: AskedPartner) -> Computation:
    """What the register of candidates says of one: codes, ratings, source, name."""
    name = "|".join(asked.names[1:])
    fields = {
        "offered": (asked.part or "urusan",), "ratings": RATINGS, "known_from": ("sumber", "tahun"),
        "candidate": ("mitra_nama", "mitra_jenis"),
    }[asked.measure]  # fmt: skip
    places = [(REGISTER, key, field) for key in row_keys(asked, name) for field in fields]
    order = join_words(
        [found_institutions(asked).rules.label(one, asked.lang).lower() for one in RATINGS],
        asked.lang,
    )
    return asked.on(places, partner=name, order=order)


def _register_table(asked: AskedPartner) -> Computation:
    """How many candidates the register has; the scale of its ratings."""
    rows = asked.register.table(REGISTER)
    places = [(REGISTER, str(key), "mitra_nama") for key in rows["row_key"]]
    code = "caption" if asked.figure.id[1:2] == "C" else "note"
    return asked.on(places, code, n=count(len(rows), asked.lang))


def _forum_row(asked: AskedPartner) -> dict[str, Any]:
    usulan, name = asked.names[0], "|".join(asked.names[1:])
    found = asked.once("interest", lambda: interest(asked.register))
    told = found[found["at_forum"] & (found["mitra_nama"] == name)]
    return first_of(told[told["usulan_id"] == usulan])


def _word_before(asked: AskedPartner, row: Mapping[str, Any]) -> dict[str, Any]:
    """The word that was told before the one that counts.

    Raises:
        GoneError: There was none.
    """
    entries = asked.once("forum_entries", lambda: forum_entries(asked.register))
    mine = entries[(entries["key"] == row["key"]) & (entries["usulan_id"] == row["usulan_id"])]
    return first_of(mine[mine["counts"] & mine["minat"].notna()].iloc[-2:-1])


def _forum(asked: AskedPartner) -> Computation:
    """An interest told at a forum, the one told before, or what the office wrote."""
    row = _forum_row(asked)
    column = {"minat": "interest", "minat_before": "previous", "minat_stated": "stated"}[
        asked.measure
    ]
    if not asked.figure.text.startswith(level(row[column], asked.lang)):
        raise GoneError
    usulan, name = str(row["usulan_id"]), str(row["mitra_nama"])
    facts = {"partner": name, "about": usulan or say("inst.in_general", asked.lang)}
    if column == "stated":
        mitra = asked.register.mitra
        keys = partner_keys(mitra, asked.register.dossier.region.code)
        mine = mitra[(mitra["usulan_id"] == usulan) & (keys == row["key"])]
        return asked.on([("mitra", str(key), "minat") for key in mine["row_key"]], **facts)
    word = row if column == "interest" else _word_before(asked, row)
    when = word["told_on"] if column == "interest" else word["tanggal"]
    facts["on"] = date_text(when.date(), asked.lang)
    return asked.on(forum_on(asked, word["place"]), forum=str(word["nama_forum"]), **facts)


def _forum_text(asked: AskedPartner) -> Computation:
    """A text of a row about a word at a forum."""
    usulan, name = asked.names[0], "|".join(asked.names[1:])
    rows = asked.register.table("forum")
    mine = rows[(rows["mitra_nama"] == name) & (rows["usulan_id"].fillna("") == usulan)]
    return asked.on(
        [("forum", str(key), f) for key in mine["row_key"] for f in ("mitra_nama", "sumber")]
    )


def _forum_table(asked: AskedPartner) -> Computation:
    """How many words were told at forums, the newest one of each partner and proposal."""
    found = asked.once("interest", lambda: interest(asked.register))
    told = found[found["at_forum"]]
    places = [place for one in told["place"] for place in forum_on(asked, one)[:1]]
    return asked.on(places, n=count(len(told), asked.lang))


def _titled(asked: AskedPartner) -> Computation:
    """The title of a proposal, with digits of its own."""
    usulan = asked.names[0]
    return asked.on(usulan_places([usulan], "judul"), usulan=usulan)


LISTED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{("lembaga", one): _registered for one in ("offered", "ratings", "known_from", "candidate")},
    ("lembaga", "table_register"): _register_table,
    ("lembaga", "titled"): _titled,
    **{("forum", one): _forum for one in ("minat", "minat_before", "minat_stated")},
    **{("forum", one): _forum_text for one in ("candidate", "titled", "known_from")},
    ("forum", "table_forum"): _forum_table,
}
"""By kind of subject and measure."""
