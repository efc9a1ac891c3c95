"""Who answered: the response rate on four levels, and the state of every office and PPKSD."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.answers.quality.cells import ANSWERED, expected_raters, state_counts
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.columns import records
from ksd_toolkit.register import Register

LEVELS: Final = ("opd", "opd_pic", "pic", "item")
COMPLETE, PARTIAL, NONE, NOTHING_ASKED = "masuk", "sebagian", "belum", "nihil"


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """Who answered in a period; nothing is estimated for those who did not.

    `levels`: `part` of `whole` for each of `LEVELS`. `opd`: offices that answered, as in
    `answering_offices`; names of PPKSD alone are no answer.
    `opd_pic`: offices where at least two PPKSD scored. `pic`: PPKSD who scored, of two per office
    (more where more took part). `item`: cells answered, of those asked of the offices that sent
    something; TB is not asked, TT is asked and not answered.
    `offices`: by `opd_kode` in the order of `opd.csv`: `name, answered, asked, status, late`.
    `pics`: one row per office and expected PPKSD: `opd_kode, penilai, answered, asked, status,
    late`; a status is `masuk` (every score given, or TT or TB), `sebagian`, `belum`, or `nihil`
    where the office has no usulan to score.
    """

    levels: pd.DataFrame
    offices: pd.DataFrame
    pics: pd.DataFrame

    @property
    def silent(self) -> tuple[str, ...]:
        """Offices that answered nothing, by name."""
        return tuple(self.offices.loc[self.offices["status"] == NONE, "name"])

    @property
    def late(self) -> tuple[str, ...]:
        """Offices whose answers came after the deadline, by name."""
        return tuple(self.offices.loc[self.offices["late"], "name"])


def responses(register: Register, cells: pd.DataFrame) -> Response:
    """Who answered, from the cells asked.

    Source:
        Seed: "minimal 2 orang PIC PPKSD"; the frame is the census of offices in `opd.csv`.
    """
    late = set(register.files.loc[register.files["late"], "sender"])
    offices = _offices(register, cells, late)
    pics = _pics(register, cells, offices, late)
    return Response(_levels(cells, offices, pics), offices, pics)


def _offices(register: Register, cells: pd.DataFrame, late: set[str]) -> pd.DataFrame:
    """How far each office came over its whole questionnaire."""
    names = register.dossier.offices["opd_nama"]
    counts = state_counts(cells, ["opd_kode"]).rename(columns={ANSWERED: "answered"})
    counts = counts[["asked", "answered"]].reindex(names.index, fill_value=0).astype(int)
    spoke = answering_offices(register)
    status = [
        NONE if code not in spoke else COMPLETE if row["answered"] == row["asked"] else PARTIAL
        for code, row in records(counts)
    ]
    return pd.DataFrame(
        {
            "name": names, "answered": counts["answered"], "asked": counts["asked"],
            "status": status, "late": [code in late for code in names.index],
        },
        index=names.index,
    )  # fmt: skip


def _pics(
    register: Register, cells: pd.DataFrame, offices: pd.DataFrame, late: set[str]
) -> pd.DataFrame:
    """How far each PPKSD came with the scores; an unknown (TT) or not applicable (TB) is a response."""
    scores = cells[(cells["table"] == "nilai") & (cells["field"] == "skor")]
    told = scores.assign(told=scores["state"].isin([ANSWERED, "TT", "TB"]))
    found: dict[tuple[str, str], list[bool]] = {}
    for office, rater, is_told in zip(told["opd_kode"], told["penilai"], told["told"], strict=True):
        found.setdefault((office, rater), []).append(bool(is_told))
    sent = dict(zip(offices.index, offices["status"] != NONE, strict=True))
    rows = []
    for office, raters in expected_raters(register).items():
        for rater in raters:
            mine = found.get((office, rater), [])
            status = _status(sum(mine), len(mine), sent=bool(sent[office]))
            is_late = office in late and sum(mine) > 0
            rows.append((office, rater, sum(mine), len(mine), status, is_late))
    columns = ["opd_kode", "penilai", "answered", "asked", "status", "late"]
    return pd.DataFrame(rows, columns=columns)


def _status(given: int, total: int, *, sent: bool) -> str:
    if not total:
        return NOTHING_ASKED if sent else NONE
    return NONE if not given else COMPLETE if given == total else PARTIAL


def _levels(cells: pd.DataFrame, offices: pd.DataFrame, pics: pd.DataFrame) -> pd.DataFrame:
    needed = limits()["response"]["pic_needed"]
    scored = pics[pics["answered"] > 0]
    per_office = scored["opd_kode"].value_counts()
    asked = cells["state"] != "TB"
    expected = pics["status"] != NOTHING_ASKED
    part = {
        "opd": int((offices["status"] != NONE).sum()),
        "opd_pic": int((per_office >= needed).sum()),
        "pic": len(scored),
        "item": int((cells["state"] == ANSWERED).sum()),
    }
    whole = {
        "opd": len(offices),
        "opd_pic": len(offices),
        "pic": int(expected.sum()),
        "item": int(asked.sum()),
    }
    return pd.DataFrame({"part": part, "whole": whole}).loc[list(LEVELS)]
