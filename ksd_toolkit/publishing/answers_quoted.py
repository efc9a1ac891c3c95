"""Say of problems, changed answers and questions where they stand in the questionnaires."""

from collections.abc import Callable, Mapping
from itertools import islice
from string import ascii_uppercase
from typing import Any, Final

from ksd_toolkit.columns import records
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.answers_asked import AskedAnswer, Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register


def _problem(asked: AskedAnswer) -> Computation:
    """A problem with its place, what is wrong or what to do; the answer at that place."""
    number = int(asked.subject) if asked.subject.isdecimal() else -1
    problems = asked.register.problems
    if not 0 <= number < len(problems):
        raise GoneError
    named = usulan_places(asked.meaning.usulan, "judul")
    return asked.spoken(_at(asked, problems[number]) or named, "masalah_baca.problem")


def _at(asked: AskedAnswer, problem: Problem) -> tuple[Place, ...]:
    """The answer that stands where a problem is, else the first of its row."""
    where = problem.where
    sheets = asked.once("answers_by_sheet", lambda: _by_sheet(asked.register))
    here = sheets.get((where.file, where.sheet), ())
    exact = tuple(place for place, cell in here if cell == where.cell)
    row = "".join(letter for letter in where.cell if letter.isdecimal())
    beside = (place for place, cell in here if row and cell.lstrip(ascii_uppercase) == row)
    return exact or tuple(islice(beside, 1))


def _by_sheet(register: Register) -> dict[tuple[str, str], list[tuple[Place, str]]]:
    """Every answer with its cell, by file and sheet."""
    found: dict[tuple[str, str], list[tuple[Place, str]]] = {}
    for place, (_, at) in register.tables.told.items():
        found.setdefault((at.file, at.sheet), []).append((place, at.cell))
    return found


def _problems(asked: AskedAnswer) -> Computation:
    """How many problems are open, by how grave they are."""
    problems = asked.register.problems
    numbers = {grade: sum(one.severity == grade for one in problems) for grade in _GRADES}
    facts = {grade: count(number, asked.lang) for grade, number in numbers.items()}
    facts["all"] = count(len(problems), asked.lang)
    wanted = [one for one in problems if asked.part in {"", one.severity}]
    places = dict.fromkeys(place for one in wanted if one.where.file for place in _at(asked, one))
    return asked.on(places, code="told" if asked.part else "", **facts)


_SHOWN: Final = 30
"""Answers to a question that show what it is about."""
_GRADES: Final = ("error", "warning", "info")


def _changed(asked: AskedAnswer) -> Computation:
    """What a continued usulan said to a question before, or says now."""
    found = asked.change
    spec = form_of(asked.register.dossier).table("usulan")
    label = asked.meaning.row.get("log_field", "")
    rows = found.log[found.log["usulan_id"] == asked.subject]
    row = next(
        (r for _, r in records(rows) if spec.field(r["field"]).label(asked.lang) == label), None
    )
    if row is None:
        raise GoneError
    origin, field = f"{found.before}/{row['asal']}", str(row["field"])
    facts = {"field": label, "origin": origin, "before": found.before, "period": found.period}
    if asked.measure == "log_after":
        return asked.on([("usulan", asked.subject, field)], **facts)
    return asked.told([("usulan", origin)], [field], **facts)


def _log(asked: AskedAnswer) -> Computation:
    """How many answers of continued usulan changed."""
    log = asked.change.log
    fields = ((str(row["usulan_id"]), str(row["field"])) for _, row in records(log))
    places = [("usulan", usulan, field) for usulan, field in fields]
    return asked.drawn(places, n=count(len(log), asked.lang))


def _changes(asked: AskedAnswer) -> Computation:
    """The periods a table of changes sets side by side, or how far offices moved between them."""
    found = asked.change
    facts: dict[str, Any] = {"before": found.before, "period": found.period}
    levels = [
        ("opd", str(code), name)
        for name in found.maturity.index
        for code in asked.register.opd["opd_kode"]
    ]
    mine = [
        place for place in levels
        if say(f"problem_name.{place[2]}", asked.lang).partition(" ")[2] in asked.inside
    ]  # fmt: skip
    return asked.drawn(levels, mine, **facts)


def _question(asked: AskedAnswer) -> Computation:
    """The choices of a question, with the answers given to it."""
    table, _, name = asked.subject.partition(".")
    form = form_of(asked.register.dossier)
    answers = asked.once("answers", lambda: _some_answers(asked.register))
    facts = {"form": form.form_id, "version": form.version}
    return asked.on(answers.get((table, name), ()), question=name, **facts)


def _some_answers(register: Register) -> dict[tuple[str, str], list[Place]]:
    """The first answers to every question, by table and question."""
    found: dict[tuple[str, str], list[Place]] = {}
    for table, key, question in register.tables.told:
        kept = found.setdefault((table, question), [])
        if len(kept) < _SHOWN:
            kept.append((table, key, question))
    return found


def _form(asked: AskedAnswer) -> Computation:
    """Which form a codebook is of."""
    form = form_of(asked.register.dossier)
    return asked.on(asked.heads(), form=form.form_id, version=form.version)


QUOTED: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    **{("masalah_baca", name): _problem for name in ("problem_place", "problem", "problem_remedy")},
    ("masalah_baca", "table_problems"): _problems,
    ("usulan", "log_before"): _changed,
    ("usulan", "log_after"): _changed,
    ("isian", "table_log"): _log,
    ("tingkat", "table_changes"): _changes,
    ("kuesioner", "choices"): _question,
    ("kuesioner", "table_codebook"): _form,
}
"""By kind of subject and measure."""
