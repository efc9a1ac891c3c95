"""The report on completeness and quality: who answered, where every row went, what failed, what overlaps."""

from typing import Final

from ksd_toolkit.answers.overlaps import overlaps
from ksd_toolkit.answers.quality import Quality, quality
from ksd_toolkit.charts import completeness as charts
from ksd_toolkit.columns import label, records
from ksd_toolkit.document import (
    Block,
    Column,
    KeyFigure,
    KeyFigures,
    Runs,
    Table,
    joined,
    measured,
    told,
    told_counted,
)
from ksd_toolkit.errors import Severity
from ksd_toolkit.messages import count, join_first, say, share
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.opening import blocks_of, closing, opening, sentence, signed_by
from ksd_toolkit.register import Register
from ksd_toolkit.tables import answers as tables
from ksd_toolkit.tables import mapping
from ksd_toolkit.tables import quality as quality_tables
from ksd_toolkit.tables.cells import percent_or_dash

FATES: Final = ("accepted", "quarantined", "duplicate", "blank")
"""Where a row that was read can go; every row goes to one of them."""
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
STATES: Final = ("dijawab", "TT", "kosong", "tak_terbaca", "TB")
CONDITIONS: Final = frozenset(
    {"rows", "problems", "silent", "late", "duplicate", "quarantined", "overlaps", "usulan"}
)


def completeness(case: Case) -> PaperFacts:
    """How complete and how sound the answers are; nothing in it names a person."""
    register, lang = case.register, case.lang
    found = quality(register)
    fates = {fate: int(register.files[fate].sum()) for fate in FATES}
    pairs = len(overlaps(register).pairs)
    words: dict[str, str | Runs] = {
        **opening(case.dossier, case.theme),
        "offices": told_counted(
            "mapping_papers.offices", len(case.dossier.offices), lang,
            n=measured(count(len(case.dossier.offices), lang), "silent", "opd/*"),
        ),
        "balance": _balance(fates, lang),
        "severities": _severities(register, lang),
        "silent": told_counted(
            "quality.silent", len(found.response.silent), lang,
            n=measured(count(len(found.response.silent), lang), "silent", "opd/*"),
            names=join_first(found.response.silent, quality_tables.NAMED, lang),
        ),
        "late": _late(found, lang),
        "overlaps": told_counted(
            "mapping_papers.overlaps", pairs, lang,
            n=measured(count(pairs, lang), "table_similar", "pasangan/*"),
        ),
    }  # fmt: skip
    sent = bool((found.response.offices["asked"] > 0).any())
    nothing_sent = sentence(say("mapping_papers.nothing_sent", lang))
    blocks = {
        "figures": (_figures(found, lang),),
        "response": blocks_of(quality_tables.response(found)),
        "offices": (_by_office(found, lang),),
        "balance": blocks_of(tables.balance(register)),
        "by_section": blocks_of(charts.by_office(found)) if sent else nothing_sent,
        "by_question": blocks_of(charts.by_question(found)) if sent else (),
        "problems": (
            blocks_of(tables.problems(register))
            if register.problems
            else sentence(say("mapping_papers.no_problems", lang))
        ),
        "flags": blocks_of(quality_tables.flags(found)),
        "similar": blocks_of(mapping.similar(register)),
        "signatures": signed_by(case.theme, "secretary"),
        "stamp": closing(case.stamp),
    }
    holds = {
        "rows": sum(fates.values()) > 0, "problems": bool(register.problems),
        "silent": bool(found.response.silent), "late": bool(found.response.late),
        "duplicate": fates["duplicate"] > 0, "quarantined": fates["quarantined"] > 0,
        "overlaps": pairs > 0, "usulan": len(register.usulan) > 0,
    }  # fmt: skip
    return PaperFacts(
        words, blocks, frozenset(n for n, is_so in holds.items() if is_so), CONDITIONS
    )


def _balance(fates: dict[str, int], lang: str) -> Runs:
    """Rows read = accepted + quarantined + duplicate + blank, in one sentence."""
    read = sum(fates.values())
    numbers = {name: measured(count(n, lang), name, "berkas/*") for name, n in fates.items()}
    parts = [
        told_counted(f"mapping_papers.fate_{fate}", number, lang, n=numbers[fate])
        for fate, number in fates.items()
    ]
    facts = {"read": measured(count(read, lang), "rows_read", "berkas/*")}
    return told_counted("mapping_papers.balance", read, lang, **facts, parts=joined(parts, lang))


def _severities(register: Register, lang: str) -> Runs:
    """How many problems of each kind, only those that are there."""
    numbers = {
        severity: sum(one.severity == severity for one in register.problems)
        for severity in SEVERITIES
    }
    parts = [
        told_counted(
            f"mapping_papers.{severity}", number, lang,
            n=measured(count(number, lang), f"table_problems:{severity}", "masalah_baca/*"),
        )
        for severity, number in numbers.items()
        if number
    ]  # fmt: skip
    return told("mapping_papers.severities", lang, told=joined(parts, lang)) if parts else ()


def _late(found: Quality, lang: str) -> str:
    late = found.response.late
    return (
        say("quality.late", lang, names=join_first(late, quality_tables.NAMED, lang))
        if late
        else ""
    )


def _figures(found: Quality, lang: str) -> Block:
    """The response on its four levels as shares; a dash where nobody was asked."""
    levels = records(found.response.levels)
    return KeyFigures(
        tuple(
            KeyFigure(
                share(row["part"], row["whole"], 1, lang), say(f"quality.level.{name}", lang),
                say("quality.of", lang, part=count(row["part"], lang), whole=count(row["whole"], lang)),
                f"response@tingkat/{name}",
            )
            for name, row in levels
        )
    )  # fmt: skip


def _by_office(found: Quality, lang: str) -> Block:
    """Every office asked: its cells by what became of them, none estimated."""
    columns = (
        Column(label("office", lang), width=4.0),
        Column(say("quality.column.status", lang), width=1.6),
        Column(say("mapping_papers.column_asked", lang), "right", kind="integer", measure="asked"),
        *(
            Column(
                say(f"mapping_papers.state_{state}", lang), "right", kind="integer",
                measure=f"cells_{state}",
            )
            for state in STATES
        ),
        Column(say("quality.column.answered", lang), "right", kind="percent", measure="answered"),
    )  # fmt: skip
    cells = dict(records(found.completeness.groupby("opd_kode")[["asked", *STATES]].sum()))
    body, subjects = [], []
    for code, row in records(found.response.offices):
        mine = cells.get(code, dict.fromkeys(("asked", *STATES), 0))
        status = say(f"quality.status.{row['status']}", lang)
        if row["late"]:
            status = f"{status}, {say('quality.status.terlambat', lang)}"
        answered = 100 * mine["dijawab"] / mine["asked"] if mine["asked"] else None
        body.append(
            (
                str(row["name"]), status, count(mine["asked"], lang),
                *(count(mine[state], lang) for state in STATES),
                percent_or_dash(answered, 1, lang),
            )
        )  # fmt: skip
        subjects.append(f"opd/{code}")
    caption, note = say("mapping_papers.cells", lang), say("mapping_papers.cells_note", lang)
    return Table(caption, columns, tuple(body), note, 0, tuple(subjects), anchor="cells")
