"""Say who answered, which cells were asked, and what became of every row that was read."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.answers.quality.cells import ANSWERED, STATES
from ksd_toolkit.answers.quality.limits import limits, section_codes, section_label
from ksd_toolkit.answers.quality.response import NONE, NOTHING_ASKED
from ksd_toolkit.messages import count, share
from ksd_toolkit.publishing.answers_asked import ALL, AskedAnswer, Place, places_of, row_of
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register

FATES: Final = ("accepted", "quarantined", "duplicate", "blank")


def _level(asked: AskedAnswer) -> Computation:
    """The response on one level: who of whom, and who is missing."""
    row = row_of(asked.response.levels, asked.subject)
    facts = {**_part_of(asked, row["part"], row["whole"]), "names": asked.some(_missing(asked))}
    facts |= {"needed": str(limits()["response"]["pic_needed"]), "period": _period(asked)}
    return asked.spoken(_answering(asked), f"tingkat.{asked.subject}", **facts)


def _part_of(asked: AskedAnswer, part: float, whole: float) -> dict[str, str]:
    """A part of a whole; in a column of changes without decimals, as it is printed there."""
    places = 0 if asked.part == "rounded" else 1
    lang = asked.lang
    told = {"part": count(part, lang), "whole": count(whole, lang)}
    return {**told, "share": share(part, whole, places, lang)}


def _missing(asked: AskedAnswer) -> list[str]:
    """Who is missing on a level, by name of the office or of the PPKSD by number."""
    found, level = asked.response, asked.subject
    if level == "opd":
        return list(found.silent)
    pics = found.pics
    if level == "opd_pic":
        scored = pics[pics["answered"] > 0]["opd_kode"].value_counts()
        needed = limits()["response"]["pic_needed"]
        return [n for code, n in found.offices["name"].items() if scored.get(code, 0) < needed]
    if level == "pic":
        without = pics[(pics["answered"] == 0) & (pics["status"] != NOTHING_ASKED)]
        names = without["opd_kode"].map(found.offices["name"])
        return [f"{a} ({b})" for a, b in zip(names, without["penilai"], strict=True)]
    return []


def _answering(asked: AskedAnswer) -> tuple[Place, ...]:
    """The first answer of every office, or the first score of every PPKSD."""
    if asked.subject not in {"opd_pic", "pic"}:
        return asked.heads()
    return asked.once("first_scores", lambda: _first_scores(asked.cells))


def _first_scores(cells: pd.DataFrame) -> tuple[Place, ...]:
    """The first score of every PPKSD, TT and TB included."""
    given = cells[(cells["field"] == "skor") & cells["state"].isin([ANSWERED, "TT", "TB"])]
    return places_of(given.drop_duplicates(["opd_kode", "penilai"]))


def _level_before(asked: AskedAnswer) -> Computation:
    """The response in the period before, with the first level every office of it answered."""
    found, previous = asked.change, asked.register.previous
    if previous is None:
        raise GoneError
    row = row_of(found.levels, asked.subject)
    facts = _part_of(asked, row["part_before"], row["whole_before"])
    silent = ""
    if asked.subject == "opd":
        spoke = answering_offices(previous)
        names = previous.dossier.offices["opd_nama"].items()
        silent = asked.some([str(name) for code, name in names if code not in spoke])
    rows = [("opd", f"{found.before}/{one}") for one in previous.opd["opd_kode"]]
    told = asked.spoken(
        (), f"tingkat.{asked.subject}_before", **facts, names=silent, period=found.before
    )
    return Computation(told.sentence, rows=tuple(rows), questions=("d1",))


def _usulan_then_and_now(asked: AskedAnswer) -> Computation:
    """Usulan that are new, carried over, or no longer proposed."""
    found = asked.change
    mine = found.usulan[found.usulan["status"] == asked.subject]["usulan_id"].astype("str")
    facts = {"n": count(len(mine), asked.lang), "names": asked.some(list(mine))}
    facts |= {"before": found.before, "period": found.period}
    gone = asked.subject == "tidak_diajukan_lagi"
    rows = [("usulan", f"{found.before}/{one}" if gone else one) for one in mine]
    told = asked.spoken((), f"asal.{asked.subject}", **facts)
    return Computation(told.sentence, rows=tuple(rows), questions=("judul", "usulan_asal"))


def _of_office(asked: AskedAnswer, states: tuple[str, ...]) -> pd.DataFrame:
    by_office = asked.once("by_office", lambda: dict(list(asked.cells.groupby("opd_kode"))))
    cells = by_office.get(asked.subject, asked.cells.head(0))
    return cells[cells["state"].isin(states)]


def _cells_answered(asked: AskedAnswer) -> Computation:
    """The share of its cells an office answered."""
    whole = _of_office(asked, tuple(state for state in STATES if state != "TB"))
    part = whole[whole["state"] == ANSWERED]
    facts = {"part": count(len(part), asked.lang), "whole": count(len(whole), asked.lang)}
    return asked.on(places_of(whole), name=_office(asked), **facts)


def _cells_asked(asked: AskedAnswer) -> Computation:
    """The cells an office was asked to fill, by what became of them."""
    cells = _of_office(asked, STATES)
    numbers = {state: count((cells["state"] == state).sum(), asked.lang) for state in STATES}
    return asked.on(places_of(cells[cells["state"] != "TB"]), name=_office(asked), **numbers)


def _cells_in_state(asked: AskedAnswer) -> Computation:
    """The cells of an office in one state, by section of the questionnaire; all of them where none is."""
    cells = _of_office(asked, (asked.measure.removeprefix("cells_"),))
    numbers = cells["section"].value_counts()
    parts = [
        f"{section_label(code, asked.lang)} {count(numbers[code], asked.lang)}"
        for code in section_codes()
        if code in numbers
    ]
    behind = places_of(cells) or places_of(_of_office(asked, STATES))
    return asked.on(behind, name=_office(asked), parts=asked.some(parts))


def _raters(asked: AskedAnswer) -> Computation:
    """How many PPKSD of an office scored."""
    pics = asked.response.pics
    mine = pics[pics["opd_kode"] == asked.subject]
    cells = _of_office(asked, (ANSWERED, "TT", "TB"))
    scores = cells[cells["field"] == "skor"].drop_duplicates("penilai")
    facts = {"n": str(int((mine["answered"] > 0).sum())), "of": str(len(mine))}
    return asked.on(places_of(scores), name=_office(asked), **facts)


def _sections(asked: AskedAnswer) -> Computation:
    """The map of completeness, or a section in its description."""
    cells = asked.cells
    code = next(
        (c for c in section_codes() if asked.inside.startswith(f"{section_label(c, asked.lang)} ")),
        "",
    )
    mine = cells[(cells["section"] == code) & (cells["state"] != "TB")]
    facts = {
        "part": count((mine["state"] == ANSWERED).sum(), asked.lang),
        "whole": count(len(mine), asked.lang),
        "offices": count(cells["opd_kode"].nunique(), asked.lang),
    }
    firsts = mine.drop_duplicates(["opd_kode", "field"]) if code else mine
    return asked.drawn(asked.heads(), places_of(firsts), **facts)


def _questions(asked: AskedAnswer) -> Computation:
    """The questions left unanswered, or one of them in the description."""
    unanswered = asked.once("unanswered", lambda: _unanswered(asked))
    found = (places for label, places in unanswered if asked.inside.startswith(f"{label}:"))
    return asked.drawn(asked.heads(), next(found, ()))


def _unanswered(asked: AskedAnswer) -> list[tuple[str, tuple[Place, ...]]]:
    """The label of every question that is not answered everywhere, with the cells where it is not."""
    form, cells = form_of(asked.register.dossier), asked.cells
    missing = cells[cells["state"] != ANSWERED].groupby(["table", "field"])
    return [
        (form.table(str(table)).field(str(field)).label(asked.lang), places_of(rows))
        for (table, field), rows in missing
    ]


def _fate(asked: AskedAnswer) -> Computation:
    """What became of the rows of a file, or of all; the first answer of every accepted row."""
    whole = asked.subject == ALL
    facts = asked.once(f"fates:{asked.subject}", lambda: _fates(asked))
    heads = asked.once("files", lambda: _heads_of_files(asked.register))
    code = f"berkas.balance{'_all' if whole else ''}"
    return asked.spoken(heads.get(asked.subject, ()), code, **facts)


def _fates(asked: AskedAnswer) -> dict[str, str]:
    """How many rows of a file, or of all, went where.

    Raises:
        GoneError: There is no such file.
    """
    files = asked.register.files
    mine = files if asked.subject == ALL else files[files["file"] == asked.subject]
    if mine.empty and asked.subject != ALL:
        raise GoneError
    numbers = mine[list(FATES)].sum()
    facts = {fate: count(numbers[fate], asked.lang) for fate in FATES}
    read, number = count(numbers.sum(), asked.lang), count(len(mine), asked.lang)
    return {**facts, "rows_read": read, "files": number}


def _heads_of_files(register: Register) -> Mapping[str, list[Place]]:
    """The first answer of every row by file; for all files the first of each."""
    found: dict[str, dict[tuple[str, str], Place]] = {}
    for (table, key, question), (_, where) in register.tables.told.items():
        found.setdefault(where.file, {}).setdefault((table, key), (table, key, question))
    heads = {name: list(rows.values()) for name, rows in found.items()}
    return {**heads, ALL: [rows[0] for rows in heads.values()]}


def _period(asked: AskedAnswer) -> str:
    return asked.register.dossier.period


def _office(asked: AskedAnswer) -> str:
    return asked.office_name(asked.subject)


def _silent(asked: AskedAnswer) -> Computation:
    """How many offices answered nothing, or were asked."""
    offices = asked.response.offices
    silent = offices.loc[offices["status"] == NONE, "name"]
    facts = {"names": asked.some([str(name) for name in silent])}
    facts |= {"whole": count(len(offices), asked.lang), "n": count(len(silent), asked.lang)}
    return asked.on(asked.heads(), **facts)


COUNTS: Final[dict[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    **{("tingkat", name): _level for name in ("response", "response_part", "response_whole")},
    ("tingkat", "response_before"): _level_before,
    ("asal", "response"): _usulan_then_and_now,
    ("asal", "response_before"): _usulan_then_and_now,
    ("opd", "answered"): _cells_answered,
    ("opd", "asked"): _cells_asked,
    **{("opd", f"cells_{state}"): _cells_in_state for state in STATES},
    ("opd", "pics"): _raters,
    ("opd", "silent"): _silent,
    ("bagian", "chart_sections"): _sections,
    ("pertanyaan_kuesioner", "chart_questions"): _questions,
    **{("berkas", fate): _fate for fate in ("rows_read", *FATES)},
}
"""By kind of subject and measure."""
