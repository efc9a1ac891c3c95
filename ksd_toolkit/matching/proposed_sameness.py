"""How strong what is shared is at least (SAMA): by documents, words at a forum, and what both regions name.

The leaf is computed from the office's own cell and is not asked of the TKKSD: what is proposed is to
change that cell.
"""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.candidates import partner_keys, place
from ksd_toolkit.matching.institution_rules import institution_table
from ksd_toolkit.matching.interest import interest
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposed import Change, Proposed, with_place, word
from ksd_toolkit.matching.spoken import usulan_cells
from ksd_toolkit.messages import language, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.rules import first_match

SAME: Final = "SAMA"


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


def _both_sides(
    register: Register, matches: Matches | None, lang: str
) -> dict[str, tuple[str, str]]:
    """The usulan whose urusan and isu a partner region names too: in its questionnaire, or by indicators."""
    if matches is None:
        return {}
    usulan = dict(records(register.usulan.set_index("usulan_id")[["urusan_kode", "isu"]]))
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
