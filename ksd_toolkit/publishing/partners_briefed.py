"""Say which usulan and regions the brief counts where it tells with whom to cooperate."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ksd_toolkit.messages import count
from ksd_toolkit.publishing.answers_asked import Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.institutions_asked import found_institutions
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.scoring import Ranking

_FITS: Final = "fits"
_NOT_APPLICABLE: Final = "TB"


def _first(asked: AskedPartner) -> tuple[Ranking, list[str]]:
    """The first usulan of the ranking, as many as the sentence looks at.

    Raises:
        GoneError: There is no ranking, or nobody says how many.
    """
    ranking = asked.evidence.ranking
    if ranking is None or not asked.part.isdecimal():
        raise GoneError
    return ranking, [str(one) for one in ranking.table.index[: int(asked.part)]]


def _which(asked: AskedPartner, ids: Sequence[str], places: Sequence[Place]) -> Computation:
    """The usulan that were counted, by name."""
    asked.must_print(count(len(ids), asked.lang))
    return asked.on(places, "which", ids, rows=asked.part, names=asked.some(ids))


def _looked_at(asked: AskedPartner) -> Computation:
    _, ids = _first(asked)
    return _which(asked, ids, usulan_places(ids, "judul"))


def _named(asked: AskedPartner) -> Computation:
    """Those for which the office named a partner."""
    _, ids = _first(asked)
    mitra = asked.register.mitra
    mitra = mitra[mitra["mitra_nama"].notna() & mitra["usulan_id"].isin(ids)]
    named = set(mitra["usulan_id"])
    places = [("mitra", str(key), "mitra_nama") for key in mitra["row_key"]]
    return _which(asked, [one for one in ids if one in named], places)


def _fitting(asked: AskedPartner) -> Computation:
    """Those an institution of the register of candidates fits."""
    _, ids = _first(asked)
    table = found_institutions(asked).table
    fitting = set(table.loc[table["state"] == _FITS, "usulan_id"])
    mine = [one for one in ids if one in fitting]
    return _which(asked, mine, usulan_places(mine, "urusan_kode"))


def _silent(asked: AskedPartner) -> Computation:
    """Those of which nobody said what the partner gains."""
    ranking, ids = _first(asked)
    field = ranking.method.cap_field
    usulan = asked.register.usulan.set_index("usulan_id")
    states = asked.register.tables.states["usulan"][field].to_numpy()
    off = dict(zip(usulan.index, states, strict=True))
    blank = usulan[field].isna()
    mine = [one for one in ids if blank[one] and off[one] != _NOT_APPLICABLE]
    return _which(asked, mine, usulan_places(mine, field))


def _compared(asked: AskedPartner) -> Computation:
    """How many regions are compared, or of how many a need is known that we know of ours."""
    table = asked.matches.table
    known = table[table["shared_problems"].notna()]
    mine = table if asked.measure == "brief_compared" else known
    asked.must_print(count(len(mine), asked.lang))
    codes = [str(code) for code in known.index]
    facts = {"home": asked.matches.home.name, "of": count(len(table), asked.lang)}
    names = asked.some([asked.region_name(code) for code in codes])
    places = asked.behind(*codes) if codes else ()
    return asked.rest_on(places, "which", names=names, **facts)


BRIEFED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("mitra", "brief_first"): _looked_at,
    ("mitra", "brief_named"): _named,
    ("mitra", "brief_fitting"): _fitting,
    ("mitra", "brief_silent"): _silent,
    ("mitra", "brief_compared"): _compared,
    ("mitra", "brief_needs_known"): _compared,
}
"""By kind of subject and measure."""
