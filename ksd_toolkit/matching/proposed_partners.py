"""What forum, documents and candidate register make of SAMA and MITRA: changes proposed to the office.

Both leaves are computed from the office's own cells and are not asked of the TKKSD. So what is
proposed is which cell to change, from what, to what, and on which evidence.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.candidates import candidates, partner_keys, place
from ksd_toolkit.matching.institution_rules import institution_table
from ksd_toolkit.matching.interest import GENERAL, interest
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposed_law import with_place
from ksd_toolkit.matching.questionnaire_needs import usulan_cells
from ksd_toolkit.messages import date_text, language, say, trimmed
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.rules import first_match

SAME, PARTNER = "SAMA", "MITRA"
RATED: Final = ("otoritas", "kompetensi", "sumber_daya", "minat")
"""What the leaf MITRA is the mean of."""
_NOT_APPLICABLE: Final = "TB"


class Change(NamedTuple):
    """A cell of an office that evidence would fill otherwise; NaN where it is blank now."""

    usulan_id: str
    criterion: str
    table: str
    row_key: str
    field: str
    partner: str
    written: float
    proposed: float
    evidence: str


class Proposed(NamedTuple):
    """What a leaf would be by the evidence, why, and the cells that would change."""

    usulan_id: str
    criterion: str
    score: float
    reason: str
    evidence: str
    changes: tuple[Change, ...]


def proposed_sameness(register: Register, matches: Matches | None, lang: str) -> Iterator[Proposed]:
    """The strength of what is shared (SAMA), where a document, a forum or both sides' data decide it.

    Evidence tells how strong it is at least: where the office wrote more, it may know more, and
    nothing is proposed.

    Source:
        The scale `skala_kesamaan` of the questionnaire; rows `sama` of `knowledge/institutions.toml`.
    """
    rules = institution_table()["sama"]
    facts = _sameness_facts(register, matches, lang)
    deciding = first_match(facts, [rule["when"] for rule in rules])
    written = register.usulan.set_index("usulan_id")["kesamaan_kekuatan"].astype("float64")
    for (usulan, row), number in zip(records(facts), deciding.tolist(), strict=True):
        rule = rules[number]
        if not rule["score"]:
            continue
        asked = next(iter(rule["when"]))
        evidence, score = str(row[f"bukti_{asked}"]), float(rule["score"])
        now = float(written[usulan])
        if now > score:
            continue
        change = Change(
            usulan, SAME, "usulan", usulan, "kesamaan_kekuatan", "", now, score, evidence
        )  # fmt: skip
        changes = () if now == score else (change,)
        reason = say("inst.sama", lang, reason=rule[f"reason_{language(lang)}"])
        yield Proposed(usulan, SAME, score, reason, evidence, changes)


def proposed_partner(register: Register, lang: str) -> Iterator[Proposed]:
    """The best partner (MITRA) with the current interest and what the candidate register knows.

    Only where all four ratings of the best partner are known and the leaf would differ from what the
    office's own cells give. A word about the usulan itself replaces what the office wrote; a general
    word, and the register, only fill what it left blank.
    """
    mitra = register.mitra
    if mitra.empty:
        return
    written, updated, changes = _updated(register, mitra, lang)
    now, then = (_best(rows, mitra["usulan_id"]) for rows in (written, updated))
    means = _means(updated).to_numpy()
    of_usulan = mitra["usulan_id"].to_numpy()
    for (usulan, before), score in zip(now.items(), then.tolist(), strict=True):
        if np.isnan(score) or score == before:
            continue
        mine = np.flatnonzero(of_usulan == usulan)
        best = mine[means[mine] == score][0]
        own = tuple(change for row in mine.tolist() for change in changes.get(row, ()))
        facts = {
            "partner": mitra["mitra_nama"].iloc[best],
            "score": trimmed(score, 2, lang),
            "before": say("inst.none_yet", lang) if np.isnan(before) else trimmed(before, 2, lang),
        }
        evidence = "; ".join(change.evidence for change in own)
        reason = say("inst.mitra", lang, **facts)
        yield Proposed(str(usulan), PARTNER, score, reason, evidence, own)


def best_written(register: Register) -> "pd.Series[float]":
    """The leaf MITRA as the office's own cells give it, by usulan; NaN where no partner is rated in full."""
    mitra = register.mitra
    return _best(mitra[list(RATED)].astype("float64"), mitra["usulan_id"])


# --- what is shared ------------------------------------------------------------------------


def _sameness_facts(register: Register, matches: Matches | None, lang: str) -> pd.DataFrame:
    """The columns the rows `sama` may ask about, and the evidence of each."""
    usulan = pd.Index(register.usulan["usulan_id"])
    told = {
        "naskah": _signed(register),
        "forum": _spoken(register, lang),
        "sel": _both_sides(register, matches, lang),
    }
    facts = pd.DataFrame(index=usulan)
    for name, found in told.items():
        levels = {key: level for key, (level, _) in found.items()}
        evidence = {key: text for key, (_, text) in found.items()}
        facts[name] = usulan.map(lambda key, levels=levels: levels.get(key, "")).astype("str")
        facts[f"bukti_{name}"] = usulan.map(
            lambda key, evidence=evidence: evidence.get(key, "")
        ).astype("str")
    return facts


def _signed(register: Register) -> dict[str, tuple[str, str]]:
    """The usulan of this period with a document signed on or before the reference date."""
    naskah = register.table("naskah")
    dossier = register.dossier
    mine = naskah[
        (naskah["periode_usulan"] == dossier.period)
        & (naskah["tgl_ttd"] <= pd.Timestamp(dossier.tanggal_acuan))
        & naskah["usulan_id"].notna()
    ]
    return {
        row["usulan_id"]: (
            "ya",
            with_place(
                f"{row['jenis_dok']} {row['no_dok']}",
                place(register, "naskah", row["row_key"], "tgl_ttd"),
            ),
        )
        for _, row in records(mine.iloc[::-1])  # the first document of an usulan stays
    }


def _spoken(register: Register, lang: str) -> dict[str, tuple[str, str]]:
    """The strongest current interest told for each usulan itself, in writing or orally."""
    limits = institution_table()
    rows = interest(register)
    rows = rows[(rows["scope"] == "usulan") & (rows["interest"] >= limits["oral_from"])]
    rows = rows.sort_values("interest", kind="stable")  # the strongest last, so that it stays
    return {
        row["usulan_id"]: (
            "tertulis" if row["interest"] >= limits["written_from"] else "lisan",
            word(row, lang),
        )
        for _, row in records(rows)
    }


def word(row: dict[str, Any], lang: str) -> str:
    """A word at a forum as evidence: who, how strong, where, when, by which source and cell."""
    told = say(
        "inst.word", lang, partner=row["mitra_nama"], level=trimmed(row["interest"], 2, lang),
        forum=row["nama_forum"], date=date_text(row["told_on"].date(), lang),
        source=row["source"] if isinstance(row["source"], str) else "\u2013",
    )  # fmt: skip
    return with_place(told, row["place"] if isinstance(row["place"], str) else "")


def _both_sides(
    register: Register, matches: Matches | None, lang: str
) -> dict[str, tuple[str, str]]:
    """The usulan whose urusan and isu a partner region names too: in its questionnaire, or by indicators."""
    if matches is None:
        return {}
    usulan = dict(records(register.usulan.set_index("usulan_id", drop=False)))
    mitra = register.mitra
    keys = partner_keys(mitra, register.dossier.region.code)
    regions = set(matches.table.index)
    found: dict[str, tuple[str, str]] = {}
    for name, key in zip(mitra["usulan_id"], keys, strict=True):
        if key in regions and name in usulan:
            told = _named_too(matches, key, usulan_cells(usulan[name]), lang)
            if told and found.get(name, ("",))[0] != "kuesioner":
                found[name] = found[name] if name in found and told[0] == "indikator" else told
    return found


def _named_too(
    matches: Matches, partner: str, cells: list[tuple[str, str]], lang: str
) -> tuple[str, str] | None:
    profiles = matches.profiles
    for origin in ("kuesioner", "indikator"):
        for cell in cells:
            heard = profiles.heard.get((partner, cell, "need")) is not None
            known = (
                heard if origin == "kuesioner" else profiles.origin(partner, cell) == "indikator"
            )
            if known:
                region = matches.table.at[partner, "name"]
                pieces = [one.sentence(lang) for one in profiles.evidence(partner, cell)]
                head = say("inst.cell", lang, region=region, urusan=cell[0], isu=cell[1])
                return origin, " ".join([head, *pieces[:1]])
    return None


# --- the best partner ----------------------------------------------------------------------


def _updated(
    register: Register, mitra: pd.DataFrame, lang: str
) -> tuple[pd.DataFrame, pd.DataFrame, dict[int, list[Change]]]:
    """The ratings as the office wrote them, as evidence would have them, and what differs by row."""
    written = mitra[list(RATED)].astype("float64").reset_index(drop=True)
    updated = written.copy()
    changes: dict[int, list[Change]] = {}
    off = register.tables.states["mitra"][list(RATED)].to_numpy() == _NOT_APPLICABLE
    keys = partner_keys(mitra, register.dossier.region.code)
    known = dict(records(candidates(register).drop_duplicates("key").set_index("key")))
    spoken = interest(register)
    spoken = spoken[spoken["interest"].notna() & (spoken["usulan_id"] != GENERAL)]
    words = {(row["usulan_id"], row["key"]): row for _, row in records(spoken)}
    rows = zip(mitra["usulan_id"], keys, mitra["mitra_nama"], mitra["row_key"], strict=True)
    levels = written.to_numpy()
    for number, (usulan, key, name, row_key) in enumerate(rows):
        for column, field in enumerate(RATED):
            now = float(levels[number, column])
            if off[number, column]:
                continue
            heard = words.get((usulan, key)) if field == "minat" else None
            level, evidence = _evidence(heard, known.get(key), field, now, lang)
            if np.isnan(level) or level == now:
                continue
            updated.at[number, field] = level
            change = Change(usulan, PARTNER, "mitra", row_key, field, name, now, level, evidence)
            changes.setdefault(number, []).append(change)
    return written, updated, changes


def _evidence(
    heard: dict[str, Any] | None, known: dict[str, Any] | None, field: str, now: float, lang: str
) -> tuple[float, str]:
    """What else than the office is known of a rating: a word at a forum, else the register for a blank."""
    if heard is not None and (heard["scope"] == "usulan" or np.isnan(now)):
        return float(heard["interest"]), word(heard, lang)
    if known is None or not np.isnan(now) or pd.isna(known[field]):
        return np.nan, ""
    told = say(
        "inst.registered", lang, field=field, level=trimmed(known[field], 2, lang),
        source=known["sumber"] if isinstance(known["sumber"], str) else "\u2013",
    )  # fmt: skip
    return float(known[field]), with_place(told, known["place"])


def _means(ratings: pd.DataFrame) -> "pd.Series[float]":
    """The mean of each partner rated in full."""
    return ratings.mean(axis=1).where(ratings.notna().all(axis=1))


def _best(ratings: pd.DataFrame, usulan: "pd.Series[str]") -> "pd.Series[float]":
    """The best mean of each usulan."""
    return _means(ratings).groupby(usulan.to_numpy(), sort=False).max()
