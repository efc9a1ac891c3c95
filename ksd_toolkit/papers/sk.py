"""The draft decree that sets the plan of programmes and activities, with its two annexes."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.document import (
    Block,
    Column,
    Items,
    Run,
    Runs,
    Signatory,
    Signatures,
    Table,
    measured,
)
from ksd_toolkit.law import cite
from ksd_toolkit.matching.legal_value import LegalCase
from ksd_toolkit.messages import language, say
from ksd_toolkit.papers.decided_list import (
    Decided,
    affair_of,
    answers_of,
    choices_text,
    columns,
    decided,
    kind_of,
    main_cases,
    money_text,
    named,
    number_text,
    partners_of,
    places_text,
    target_text,
    years_text,
)
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import counted, meeting_words
from ksd_toolkit.papers.opening import BLANK, closing
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.theme.knowledge import allowed

CONDITIONS: Final = frozenset({"held", "set", "unverified", "stages", "local"})
_FILE: Final = "sk.toml"


def sk(case: Case) -> PaperFacts:
    """The decree as a draft: only what the plenary set, or what the computed order would put before it."""
    chosen, lang = decided(case), case.lang
    cases = main_cases(case)
    unread = [key for row in _contents()["basis"] for key in _laws(row) if not cite(key).verified]
    schedules = _schedules(chosen, cases)
    words = {
        **meeting_words(case, "sk"),
        "decree": say("formal.decree", lang, leader=case.theme.leader),
        "leader_capitals": case.theme.leader.upper(),
        "minutes_number": _minutes_number(case),
        "set_count": counted("set", len(chosen.table), lang, "set_count"),
        "unread": _unread(unread, lang),
        "year": case.dossier.period[:4],
    }
    blocks: dict[str, tuple[Block, ...]] = {
        "legal_basis": (_listed([*_basis(lang), *(_local(case) or _to_fill_in(case))]),),
        "legal_basis_given": (_listed([*_basis(lang), *_local(case)]),),
        "programme": (_programme(chosen, cases),),
        "schedules": schedules,
        "signatures": _signatures(case),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {
        "held": case.outcome is not None,
        "set": len(chosen.table) > 0,
        "unverified": bool(unread),
        "stages": bool(schedules),
        "local": bool(case.theme.local_laws),
    }
    conditions = frozenset(name for name, holding in holds.items() if holding)
    return PaperFacts(words, blocks, conditions, CONDITIONS)


def _unread(keys: list[str], lang: str) -> Runs:
    """The citations nobody has compared with the text of the law yet."""
    told = "; ".join(cite(key, lang).citation for key in keys)
    return (measured(told, "unread_law"),) if told else ()


def _minutes_number(case: Case) -> str:
    number = "" if case.outcome is None else case.outcome.minutes.number
    return number or BLANK


def _listed(texts: list[str]) -> Items:
    return Items(tuple((Run(text),) for text in texts), "number")


def _laws(row: Mapping[str, str]) -> list[str]:
    """The keys of a law and of its last change."""
    return [row[name] for name in ("law", "amended_by") if name in row]


def _basis(lang: str) -> list[str]:
    """The laws in their rank with their last change, each whose text was not read said to be so."""
    unread = f" ({say('law.unverified', lang)})"
    told = []
    for row in _contents()["basis"]:
        parts = [row[language(lang)], row.get(f"amended_{language(lang)}")]
        marked = (
            str(part) + ("" if cite(key).verified else unread)
            for key, part in zip(_laws(row), parts, strict=False)
        )
        told.append(f"{' '.join(marked)};")
    return told


def _local(case: Case) -> list[str]:
    """The region's own regulations as its office gave them; none where it gave none."""
    return [
        _local_text(case, law.kind, number=law.number, year=str(law.year), about=law.about)
        for law in case.theme.local_laws
    ]


def _to_fill_in(case: Case) -> list[str]:
    """A line of each kind to write in by hand, for a draft."""
    kinds = allowed()["local_laws"]["kinds"]
    return [_local_text(case, kind, number=BLANK, year=BLANK, about=BLANK) for kind in kinds]


def _local_text(case: Case, kind: str, **words: str) -> str:
    names = {"region": case.dossier.region.name, "leader": case.theme.leader}
    return say(f"local_law.{kind}", case.lang, **names, **words)


def _programme(chosen: Decided, cases: Mapping[str, LegalCase]) -> Table:
    """Annex I: every usulan with all a reader of the decree asks about it."""
    case, lang = chosen.case, chosen.case.lang
    answers = answers_of(case)
    titles = columns(
        lang, ("number", 0, "final_rank"), ("programme", 3.0, "card_title"), ("affair", 1.8, "urusan_kode"),
        ("office", 1.9, ""), ("kind", 1.1, "jenis"), ("candidates", 2.2, "partners"),
        ("location", 1.6, "answer:lokasi"), ("term", 1.0, "answer:jangka_waktu_th"),
        ("target", 2.6, "answer:target"), ("funding", 2.0, "answer:cost_and_funding"),
        ("documents", 3.8, "documents"), ("council", 1.2, "needs_council"),
    )  # fmt: skip
    body = tuple(
        (
            number_text(row["place"], lang),
            named(usulan, row),
            affair_of(row, lang),
            text_or_dash(row["opd_nama"]),
            kind_of(row, lang),
            partners_of(case, usulan),
            places_text(answers[usulan]["lokasi"]),
            years_text(answers[usulan]["jangka_waktu_th"], lang),
            target_text(answers[usulan], lang),
            _funding(case, answers[usulan]),
            _documents(cases[usulan], lang),
            say(f"legal.needed.{cases[usulan].needs_council}", lang),
        )
        for usulan, row in chosen.rows
    )
    note = say("formal.table.programme_note", lang, article=cited("PP 28/2018 6(2)", lang))
    caption = say("formal.table.programme", lang)
    return Table(caption, titles, body, note, 1, chosen.subjects, anchor="programme")


def _funding(case: Case, answers: Mapping[str, Any]) -> str:
    sources = choices_text(case.dossier, "sumber_dana", answers["sumber_dana"], case.lang)
    amount = money_text(answers["biaya_indikatif"], case.lang)
    told = [part for part in (amount, sources) if part != DASH]
    return "; ".join(told) or DASH


def _documents(case: LegalCase, lang: str) -> str:
    return "; ".join(paper.texts[language(lang)] for paper in case.documents) or DASH


def _schedules(chosen: Decided, cases: Mapping[str, LegalCase]) -> tuple[Block, ...]:
    """Annex II: a table per row of stages the law names, and one for kinds whose stages are not read."""
    groups: dict[tuple[str, ...], list[tuple[str, dict[str, Any]]]] = {}
    for usulan, row in chosen.rows:
        stages = cases[usulan].stages
        names = () if stages is None else stages.names[language(chosen.case.lang)]
        groups.setdefault(names, []).append((usulan, row))
    return tuple(
        _schedule(names, rows, cases, chosen.case.lang)
        for names, rows in sorted(groups.items(), key=lambda group: not group[0])
    )


def _schedule(
    names: tuple[str, ...],
    rows: list[tuple[str, dict[str, Any]]],
    cases: Mapping[str, LegalCase],
    lang: str,
) -> Table:
    """Months are written in by hand; a stage that is not needed has a dash."""
    head = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.6, "card_title"), ("kind", 1.2, "jenis")
    )
    shown = names or (say("formal.column.planned", lang),)
    stages = (Column(name[:1].upper() + name[1:], "center", 1.4) for name in shown)
    body = tuple(
        (
            number_text(row["place"], lang),
            named(usulan, row),
            kind_of(row, lang),
            *_stage_cells(cases[usulan], len(shown)),
        )
        for usulan, row in rows
    )
    caption = say("formal.table.schedule" if names else "formal.table.schedule_unread", lang)
    note = say("formal.table.schedule_note" if names else "formal.table.schedule_unread_note", lang)
    subjects = tuple(f"usulan/{usulan}" for usulan, _ in rows)
    return Table(caption, (*head, *stages), body, note, 1, subjects)


def _stage_cells(case: LegalCase, number: int) -> list[str]:
    cells = [""] * number
    if case.stages is not None and case.needs_council == "tidak":
        cells[case.stages.council - 1] = DASH
    return cells


def _signatures(case: Case) -> tuple[Block, ...]:
    lang = case.lang
    dated = (
        say("formal.set_at", lang, place=case.theme.place),
        say("formal.set_on", lang, blank=BLANK),
    )
    leader = case.theme.signatories.get("leader", Signatory(case.theme.leader))
    return (Signatures((Signatory(leader.capacity.upper()),), dated, electronic=True),)


@cache
def _contents() -> dict[str, Any]:
    source = files("ksd_toolkit.knowledge").joinpath(_FILE)
    return tomllib.loads(source.read_text(encoding="utf-8"))
