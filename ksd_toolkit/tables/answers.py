"""What came in: files and rows, problems, and the seed's five problems measured, as tables."""

from typing import Final

import pandas as pd

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.messages import count, decimal, say, share
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import overview, previous_overview
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about

_ROWS_SHOWN: Final = 200


def balance(register: Register, lang: str = "") -> Shown:
    """Rows read = accepted + quarantined + duplicate + blank, for every file and in total."""
    lang = lang or register.lang
    fates = ["accepted", "quarantined", "duplicate", "blank"]
    columns = (
        Column(label("file", lang), width=4.0),
        Column(label("rows_read", lang), "right", kind="integer", measure="rows_read"),
        *(Column(label(fate, lang), "right", kind="integer", measure=fate) for fate in fates),
    )
    counts = register.files[fates]
    body = [
        (str(file), count(row.sum(), lang), *(count(number, lang) for number in row))
        for file, row in zip(register.files["file"], counts.to_numpy(), strict=True)
    ]
    total = counts.sum()
    body.append(
        (say("answers.total", lang), count(total.sum(), lang), *(count(n, lang) for n in total))
    )
    caption, subjects = (
        say("answers.balance", lang),
        about("berkas", [*register.files["file"], "*"]),
    )
    return Shown(Table(caption, columns, tuple(body), subjects=subjects), lang=lang)


def problems(
    register: Register, severity: str = "", rows: int = _ROWS_SHOWN, lang: str = ""
) -> Shown:
    """Every open problem with place, cause and remedy; only one `severity` when it is named."""
    lang = lang or register.lang
    numbered = [
        (n, p) for n, p in enumerate(register.problems) if not severity or p.severity == severity
    ]
    found = [p for _, p in numbered]
    if not register.problems:
        return Shown(Paragraph(runs(say("mapping_papers.no_problems", lang))), lang=lang)
    subjects = about("masalah_baca", [n for n, _ in numbered[:rows]])
    columns = tuple(
        Column(label(name, lang), width=width, measure=measure)
        for name, width, measure in (
            ("severity", 0.0, ""), ("place", 2.4, "problem_place"), ("what", 4.0, "problem"),
            ("remedy", 4.0, "problem_remedy"),
        )
    )  # fmt: skip
    body = tuple(
        (
            say(f"severity.{p.severity}", lang),
            str(p.where) or "\u2013",
            p.text(lang),
            p.remedy(lang),
        )
        for p in found[:rows]
    )
    caption = say("answers.problems", lang, n=count(len(found), lang))
    note = say("answers.problems_more", lang, n=len(found) - rows) if len(found) > rows else ""
    origin = f"table_problems{f':{severity}' if severity else ''}@masalah_baca/*"
    return Shown(Table(caption, columns, body, note, 1, subjects, origin=origin), lang=lang)


def five_problems(register: Register, lang: str = "") -> Shown:
    """The seed's problems a-e: how many offices still have each, now and in the period before."""
    lang = lang or register.lang
    now, before = overview(register), previous_overview(register)
    columns = (
        Column(label("problem", lang), width=4.6),
        Column(label("offices_affected", lang), "right", measure="immature"),
        _share(now.period, "immature_share", lang),
        *((_share(before.period, "immature_share_before", lang),) if before else ()),
        Column(label("mean_level", lang), "right", kind="decimal", measure="mean_level"),
    )
    body = []
    for code, row in records(now.maturity):
        earlier = dict(records(before.maturity))[code] if before else None
        body.append(
            (
                say(f"problem_name.{code}", lang),
                say("answers.of", lang, part=int(row["immature"]), whole=int(row["answered"])),
                share(row["immature"], row["answered"], 1, lang),
                *(
                    (share(earlier["immature"], earlier["answered"], 1, lang),)
                    if earlier is not None
                    else ()
                ),
                DASH if pd.isna(row["mean"]) else decimal(row["mean"], 1, lang),
            )
        )
    note = say("answers.five_problems_note", lang)
    caption, subjects = say("answers.five_problems", lang), about("masalah", now.maturity.index)
    origin = "table_problems@masalah/*"
    return Shown(
        Table(caption, columns, tuple(body), note, subjects=subjects, origin=origin), lang=lang
    )


def _share(period: str, measure: str, lang: str) -> Column:
    title = label("share_now", lang, period=period)
    return Column(title, "right", kind="percent", measure=measure)
