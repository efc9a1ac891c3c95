"""The list of liaison officers (PPKSD): names, numbers, contacts and decrees inside, only counts in public."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.preparation import ENOUGH, LIAISONS_NEEDED, Preparation, prepare
from ksd_toolkit.columns import label, records
from ksd_toolkit.document import Block, Column, Runs, Table, measured, told_counted
from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.papers.facts import Case, Edition, PaperFacts
from ksd_toolkit.papers.opening import blocks_of, closing_prepared, opening, sentence, signed_by
from ksd_toolkit.prose import preparation as prose
from ksd_toolkit.register import kept_register
from ksd_toolkit.register.people import people_of
from ksd_toolkit.tables import preparation as tables
from ksd_toolkit.tables.cells import DASH, date_or_dash, text_or_dash
from ksd_toolkit.theme import Theme

CONDITIONS: Final = frozenset({"internal", "short", "people"})
_INTERNAL: Final = "internal"
_MEASURES: Final = {
    "number": "row_number", "office": "office_name", "person": "person", "nip": "person",
    "contact": "person", "decree": "decree", "decree_date": "decree",
}  # fmt: skip


def ppksd_list(case: Case) -> PaperFacts:
    """Every office with its PPKSD; persons only in the internal edition.

    Raises:
        InputError: `jadwal.csv` cannot be used.
    """
    return ppksd_list_of(prepare(case.dossier, register=case.register), case.theme, case.edition)


def ppksd_list_of(preparation: Preparation, theme: Theme, edition: Edition) -> PaperFacts:
    """The list of a preparation; it is written before the first answer, too."""
    dossier, lang = preparation.dossier, preparation.lang
    inside = edition == _INTERNAL
    people = people_of(dossier) if inside else None
    short = len(preparation.short)
    words: dict[str, str | Runs] = {
        **opening(dossier, theme),
        "needed": (measured(count(LIAISONS_NEEDED, lang), "liaisons_needed", "aturan/*"),),
        "short": told_counted(
            "prepare.short", short, lang, n=measured(count(short, lang), "lacking", "ppksd/*")
        ),
    }
    blocks = {
        "figures": blocks_of(prose.key_figures(preparation)),
        "list": (
            _named(preparation, people, lang)
            if people is not None
            else blocks_of(tables.offices(preparation, edition))
        ),
        "short": _short(preparation, lang),
        "signatures": signed_by(theme, "secretary"),
        "stamp": closing_prepared(preparation.stamp),
    }
    holds = {
        "internal": inside,
        "short": short > 0,
        "people": people is not None and len(people) > 0,
    }
    return PaperFacts(
        words, blocks, frozenset(n for n, is_so in holds.items() if is_so), CONDITIONS
    )


def _named(preparation: Preparation, people: pd.DataFrame, lang: str) -> tuple[Block, ...]:
    """A row per office and person named; an office that named nobody has a row of its own."""
    names = ("number", "office", "person", "nip", "contact", "decree", "decree_date")
    widths = (0.0, 2.6, 2.6, 2.2, 2.2, 2.0, 1.6)
    columns = tuple(
        Column(
            say(f"mapping_papers.column_{name}", lang), "right" if name == "number" else "left",
            width, "integer" if name == "number" else "date" if name == "decree_date" else "text",
            _MEASURES[name],
        )
        for name, width in zip(names, widths, strict=True)
    )  # fmt: skip
    decrees = _decrees(preparation)
    body, subjects = [], []
    for number, (code, row) in enumerate(records(preparation.offices), start=1):
        mine = [told for _, told in records(people[people["opd_kode"] == code])]
        decree = decrees.get(code, {})
        for told in mine or [dict.fromkeys(("nama", "nip", "kontak"))]:
            body.append(
                (
                    count(number, lang), f"{code} \u2013 {row['opd_nama']}",
                    *(text_or_dash(told[fact]) for fact in ("nama", "nip", "kontak")),
                    text_or_dash(decree.get("ppksd_sk_nomor")) if decree else DASH,
                    date_or_dash(decree.get("ppksd_sk_tanggal"), lang) if decree else DASH,
                )
            )  # fmt: skip
            subjects.append(f"opd/{code}")
    caption = say_counted("mapping_papers.people", len(people), lang, n=count(len(people), lang))
    note = say("mapping_papers.people_note", lang)
    table = Table(
        caption, columns, tuple(body), note, 1, tuple(subjects), anchor="people",
        origin="people@ppksd/*",
    )  # fmt: skip
    return (table,)


def _decrees(preparation: Preparation) -> Mapping[str, dict[str, Any]]:
    """Number and date of the decree naming the PPKSD, by office that answered."""
    register = kept_register(preparation.dossier)
    return {} if register is None else dict(records(register.opd.set_index("opd_kode")))


def _short(preparation: Preparation, lang: str) -> tuple[Block, ...]:
    """The offices without two PPKSD: how many they named, or that they have not reported."""
    offices = preparation.offices[preparation.offices["state"] != ENOUGH]
    if offices.empty:
        return sentence(say("prepare.short_none", lang))
    columns = (
        Column(label("office", lang), width=4.4, measure="office_name"),
        Column(say("mapping_papers.column_named", lang), "right", kind="integer", measure="named"),
        Column(say("prepare.column_status", lang), width=2.4),
    )
    body = tuple(
        (
            f"{code} \u2013 {row['opd_nama']}", count(row["named"], lang),
            say(f"prepare.state_{row['state']}", lang),
        )
        for code, row in records(offices)
    )  # fmt: skip
    subjects = tuple(f"opd/{code}" for code in offices.index)
    caption = say_counted("mapping_papers.short", len(body), lang, n=count(len(body), lang))
    table = Table(
        caption, columns, body, subjects=subjects, anchor="short", origin="lacking@ppksd/*"
    )
    return (table,)
