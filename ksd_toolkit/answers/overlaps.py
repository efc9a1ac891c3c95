"""Usulan of several offices that may be one and the same: suggested for merging, never merged."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.answers.likeness import (
    Matrix,
    alike_sets,
    alike_texts,
    plain,
    shared_words,
    thresholds,
)
from ksd_toolkit.columns import records
from ksd_toolkit.messages import join_words, percent, say
from ksd_toolkit.regions import Region, region_or_none
from ksd_toolkit.register import Register

EVIDENCE: Final = ("title", "text", "urusan", "isu", "partner", "location")
_DIGITS: Final = 4  # finer differences are noise of the processor, not of the usulan


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Pairs and groups of usulan that may be the same.

    `pairs`: `first, second` (ids in alphabetical order), `across` (of two offices), `score` and
    each evidence, all 0 to 1 (missing where one of the two left it blank), the likeliest first.
    `groups`: `group` (1, 2, ...), `usulan_id, opd_kode, judul` and `lead`: the office whose urusan
    it is, which would carry the merged usulan. `words` are the words a pair's titles share.
    """

    pairs: pd.DataFrame
    groups: pd.DataFrame
    words: dict[tuple[str, str], tuple[str, ...]]

    def __repr__(self) -> str:
        return f"Overlaps({len(self.pairs)} pasangan, {self.groups['group'].nunique()} kelompok)"

    def explain(self, first: str, second: str, lang: str = "id") -> str:
        """Why this pair is suggested, in one sentence.

        Raises:
            KeyError: The pair is not among those suggested.
        """
        low, high = min(first, second), max(first, second)
        reasons = join_words(self.reasons(low, high, lang), lang)
        return say("overlaps.sentence", lang, first=low, second=high, reasons=reasons)

    def reasons(self, first: str, second: str, lang: str = "id") -> list[str]:
        """What the two have in common.

        Raises:
            KeyError: The pair is not among those suggested.
        """
        key = (min(first, second), max(first, second))
        [(_, row)] = records(self.pairs.set_index(["first", "second"]).loc[[key]])
        same = []
        if self.words[key]:
            share = percent(100 * row["title"], 0, lang)
            same.append(
                say("overlaps.same_words", lang, share=share, words=", ".join(self.words[key]))
            )
        elif row["text"] > 0:
            same.append(say("overlaps.same_text", lang, share=percent(100 * row["text"], 0, lang)))
        whole = ("urusan", "isu", "partner", "location")
        return same + [say(f"overlaps.same_{name}", lang) for name in whole if row[name] == 1.0]


def overlaps(register: Register) -> Overlaps:
    """The pairs of a register that are alike enough to be looked at together.

    The score is the weighted mean of the evidence both usulan give; blank evidence leaves the base.
    The order of rows is of no account, and the same text counts as fully alike.

    Source:
        Weights and limits: `knowledge/overlaps.toml`.
    """
    usulan = register.usulan.sort_values("usulan_id").reset_index(drop=True)
    evidence = _evidence(usulan, register.mitra, register.dossier.region)
    score = _score(evidence)
    rules = thresholds()
    wordy = np.fmax(evidence["title"], evidence["text"]) >= rules["words_from"]
    chosen = np.argwhere(np.triu((score >= rules["suggest_from"]) & wordy, k=1))
    pairs = _pairs(usulan, evidence, score, chosen)
    titles = usulan.set_index("usulan_id")["judul"].fillna("")
    keys = list(zip(pairs["first"], pairs["second"], strict=True))
    places = _place_words(register.dossier.region, register.mitra["kode_wilayah"])
    most = rules["words_named"]
    words = {(a, b): shared_words(titles[a], titles[b], most, places) for a, b in keys}
    return Overlaps(pairs, _groups(usulan, keys, register.dossier.offices["urusan"]), words)


def _evidence(usulan: pd.DataFrame, mitra: pd.DataFrame, home: Region) -> dict[str, Matrix]:
    """How alike every two usulan are in each respect; NaN where one of them says nothing.

    That both lie in the region itself, or name the same region in their titles, tells nothing new:
    partner and location say it already.
    """
    places = _place_words(home, mitra["kode_wilayah"])
    region = mitra["kode_wilayah"].fillna("")
    partner = region.where(region != "", mitra["mitra_nama"].fillna("").map(plain))
    partners = partner.groupby(mitra["usulan_id"]).agg(";".join).reindex(usulan["usulan_id"])
    return {
        "title": alike_texts(usulan["judul"], places),
        "text": alike_texts(usulan["uraian"], places),
        "urusan": alike_sets(usulan["urusan_kode"]),
        "isu": alike_sets(usulan["isu"]),
        "partner": alike_sets(partners, any_shared=True),
        "location": alike_sets(usulan["lokasi"].str.replace(home.code, "", regex=False)),
    }


def _place_words(home: Region, partners: "pd.Series[str]") -> frozenset[str]:
    """The words and initials of the region's name and of its partners': `hulu`, `tapin`, `hss`."""
    known = (region for code in sorted(set(partners.dropna())) if (region := region_or_none(code)))
    names = [plain(region.name).split() for region in (home, *known)]
    kinds = {"kabupaten", "kota", "provinsi"}
    bare = [[word for word in name if word not in kinds] for name in names]
    return frozenset(word for name in bare for word in (*name, "".join(w[0] for w in name)))


def _score(evidence: dict[str, Matrix]) -> Matrix:
    """The weighted mean of what is known of a pair."""
    weights = thresholds()["weights"]
    size = evidence["title"].shape
    total, base = np.zeros(size), np.zeros(size)
    for name in EVIDENCE:  # in fixed order, so that every processor adds the same way
        known = ~np.isnan(evidence[name])
        total += weights[name] * np.where(known, evidence[name], 0.0)
        base += weights[name] * known
    score: Matrix = np.divide(total, base, out=np.zeros(size), where=base > 0)
    return score.round(_DIGITS)


def _pairs(
    usulan: pd.DataFrame, evidence: dict[str, Matrix], score: Matrix, chosen: Any
) -> pd.DataFrame:
    first, second = chosen[:, 0], chosen[:, 1]
    ids, offices = usulan["usulan_id"].to_numpy(), usulan["opd_kode"].to_numpy()
    frame = pd.DataFrame(
        {
            "first": ids[first],
            "second": ids[second],
            "across": offices[first] != offices[second],
            "score": score[first, second],
            **{name: evidence[name][first, second] for name in EVIDENCE},
        }
    )
    order = {"by": ["score", "first", "second"], "ascending": [False, True, True]}
    return frame.sort_values(**order, kind="stable").reset_index(drop=True)  # type: ignore[call-overload,no-any-return]


def _groups(
    usulan: pd.DataFrame, pairs: list[tuple[str, str]], urusan_of: "pd.Series[str]"
) -> pd.DataFrame:
    """Usulan that hang together through pairs, and the office whose urusan they are."""
    heads = _heads(list(usulan["usulan_id"]), pairs)
    rows = usulan[["usulan_id", "opd_kode", "judul", "urusan_kode"]].assign(
        head=usulan["usulan_id"].map(heads)
    )
    rows = rows[rows["head"].duplicated(keep=False)]
    rows = rows.assign(group=rows.groupby("head", sort=True).ngroup() + 1)
    leads = {group: _lead(members, urusan_of) for group, members in rows.groupby("group")}
    rows = rows.assign(lead=rows["group"].map(leads))
    columns = ["group", "usulan_id", "opd_kode", "judul", "lead"]
    return rows.sort_values(["group", "usulan_id"])[columns].reset_index(drop=True)


def _heads(names: list[str], pairs: list[tuple[str, str]]) -> dict[str, str]:
    """For every usulan the first of the group it belongs to; itself where it stands alone."""
    leader = {name: name for name in names}

    def head(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for first, second in pairs:
        low, high = sorted((head(first), head(second)))
        leader[high] = low
    return {name: head(name) for name in names}


def _lead(members: pd.DataFrame, urusan_of: "pd.Series[str]") -> str:
    """The office of the group that holds most of its urusan; the first by code among equals."""
    wanted = list(members["urusan_kode"].dropna())

    def held(office: str) -> int:
        own = {code.strip() for code in str(urusan_of.get(office, "")).split(";")}
        return sum(code in own for code in wanted)

    offices: list[str] = sorted(set(members["opd_kode"]))
    return max(offices, key=held)
