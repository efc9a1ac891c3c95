"""Every cell the offices were asked to fill, and what became of it: answered, or why it was not."""

from collections.abc import Iterator
from itertools import product
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.limits import OWN_QUESTIONS, limits, may_be_blank, sections
from ksd_toolkit.questionnaire import Form, TableSpec, form_of
from ksd_toolkit.register import Register

ANSWERED: Final = "dijawab"
STATES: Final = (ANSWERED, "TT", "TB", "kosong", "tak_terbaca")
"""What becomes of a cell: answered, unknown, not applicable, blank, unreadable."""

OFFICE_RATER: Final = "OPD-"
_TABLES: Final = ("opd", "usulan", "mitra", "nilai")
_COLUMNS: Final = ("opd_kode", "table", "row_key", "field", "penilai", "section", "state")


def asked_cells(register: Register) -> pd.DataFrame:
    """One row per cell an office was asked to fill.

    Partners and scores that nobody wrote a row for are blank cells like any other: an usulan
    without a partner leaves the partner's questions blank, and each of the two PPKSD is asked for a
    score of every usulan and criterion. What may be left blank, and what is asked only under a
    condition, counts where it was answered and nowhere else.

    Returns:
        `opd_kode, table, row_key, field, penilai` (of a score, else empty), `section` and `state`,
        one of `STATES`. Only offices of `opd.csv` that sent something.
    """
    form = form_of(register.dossier)
    parts = [_of_table(register, form.table(name)) for name in _TABLES]
    parts += [_no_partner(register, form), _no_score(register, form)]
    cells = pd.concat(parts, ignore_index=True)
    offices = register.dossier.offices.index
    return cells[cells["opd_kode"].isin(offices)].reset_index(drop=True)


def state_counts(cells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """How many cells of each group are in each state, with those asked and the share answered.

    Returns:
        One column per state, `asked` (all but those not applicable) and `share`, 0 to 1, missing
        where nothing was asked.
    """
    keys = [cells[name] for name in by]
    counts = pd.crosstab(keys, cells["state"]).reindex(columns=list(STATES), fill_value=0)
    asked = counts.sum(axis=1) - counts["TB"]
    share = counts[ANSWERED] / asked.where(asked > 0)
    return counts.assign(asked=asked, share=share)


def expected_raters(register: Register) -> dict[str, list[str]]:
    """The raters each office should have: at least two PPKSD, and whoever else rated; by office."""
    needed = [
        f"{OFFICE_RATER}{number}"
        for number in range(1, limits()["response"]["pic_needed"] + 1)
    ]  # fmt: skip
    nilai = register.nilai
    own = nilai[nilai["penilai"].str.startswith(OFFICE_RATER)]
    found = own.groupby("opd_kode")["penilai"].unique()
    offices = register.dossier.offices.index
    return {str(code): sorted({*needed, *found.get(code, ())}, key=_number) for code in offices}


def criteria_of(form: Form) -> dict[str, dict[str, str]]:
    """The criteria raters are asked for, by code with their labels, in the form's order."""
    choices = form.table("nilai").field("kriteria_kode").choices
    return {choice.code: dict(choice.labels) for choice in choices}


def _of_table(register: Register, spec: TableSpec) -> pd.DataFrame:
    """The cells of the rows that are there."""
    frame = register.tables.frames[spec.name]
    states = register.tables.states[spec.name]
    senders = frame["opd_kode"]
    raters = frame["penilai"] if "penilai" in frame else pd.Series("", index=frame.index)
    if spec.name == "nilai":
        kept = raters.str.startswith(OFFICE_RATER).fillna(value=False)
        frame, states = frame[kept], states[kept]
        senders, raters = senders[kept], raters[kept]
    parts = [
        pd.DataFrame(
            {
                "opd_kode": senders, "table": spec.name, "row_key": frame["row_key"],
                "field": question.name, "penilai": raters, "section": _section(spec.name, question.name),
                "state": states[question.name].replace("", ANSWERED),
            }
        )
        for question in spec.fields
        if not question.key
    ]  # fmt: skip
    cells = pd.concat(parts, ignore_index=True)
    silent = cells["field"].map(
        {question.name: _optional(spec, question.name) for question in spec.fields}
    )
    return cells[(cells["state"] == ANSWERED) & (cells["section"] != "") | ~silent]


def _optional(spec: TableSpec, name: str) -> bool:
    """Whether a blank there is no unanswered question: allowed, conditional, or already filled in."""
    return may_be_blank(spec.name, name) or spec.field(name).relevant is not None


def _section(table: str, name: str) -> str:
    """The section of a question; what may be blank belongs to none, what we do not know is theirs."""
    own = "" if may_be_blank(table, name) else OWN_QUESTIONS
    return sections().get((table, name), own)


def _no_partner(register: Register, form: Form) -> pd.DataFrame:
    """The partner's questions of usulan without one."""
    usulan = register.usulan
    alone = usulan[~usulan["usulan_id"].isin(register.mitra["usulan_id"])]
    spec = form.table("mitra")
    names = [q.name for q in spec.fields if q.name != "usulan_id" and not _optional(spec, q.name)]
    rows = zip(alone["opd_kode"], alone["usulan_id"], strict=True)
    told = [
        (office, "mitra", usulan_id, name, "", _section("mitra", name), "kosong")
        for (office, usulan_id), name in product(rows, names)
    ]
    return pd.DataFrame(told, columns=list(_COLUMNS))


def _no_score(register: Register, form: Form) -> pd.DataFrame:
    """The scores that were asked for and of which there is not even a row."""
    nilai = register.nilai
    told = set(zip(nilai["usulan_id"], nilai["kriteria_kode"], nilai["penilai"], strict=True))
    raters = expected_raters(register)
    missing = [row for row in _scores_asked(register, raters, list(criteria_of(form)))
               if (row[2], row[3], row[1]) not in told]  # fmt: skip
    rows = [
        (office, "nilai", f"{usulan}|{code}|{rater}", "skor", rater, "nilai", "kosong")
        for office, rater, usulan, code in missing
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _scores_asked(
    register: Register, raters: dict[str, list[str]], codes: list[str]
) -> Iterator[tuple[str, str, str, str]]:
    usulan = register.usulan
    for office, usulan_id in zip(usulan["opd_kode"], usulan["usulan_id"], strict=True):
        for rater, code in product(raters.get(office, ()), codes):
            yield str(office), rater, str(usulan_id), code


def _number(rater: str) -> tuple[int, str]:
    """`OPD-10` after `OPD-2`."""
    digits = rater.removeprefix(OFFICE_RATER)
    return (int(digits) if digits.isdecimal() else 0, rater)
