"""The region beside one partner as tables: the problems both share, and who can help whom."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.matching.lenses import lens_mark
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, decimal, say, say_counted
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.partner_words import cell_name, column, hundredth, short_name


def shared(matches: Matches, partner: str = "", rows: int = 5, lang: str = "") -> Shown:
    """The problems two regions share, the largest first, each with the evidence of both.

    The partner is the first of the list when none is named.

    Raises:
        InputError: The partner is no candidate.
    """
    lang = lang or matches.lang
    code = chosen(matches, partner)
    found = matches.shared(code, rows, lang)
    names = {"home": matches.home.short_name, "partner": short_name(code)}
    if found.empty:
        unknown = pd.isna(dict(matches.table.loc[code])["shared_problems"])
        reason = say(f"partners.shared_{'unknown' if unknown else 'nothing'}", lang)
        told = say("partners.shared_none", lang, reason=reason, **names)
        return Shown(Paragraph(runs(told)), lang=lang)
    columns = (
        column("problem", lang, width=2.4),
        column("share", lang, "right"),
        *(
            Column(
                say("partners.column.need_of", lang, region=name), width=3.0,
                measure=f"need_{side}",
            )
            for side, name in names.items()
        ),
    )  # fmt: skip
    body = tuple(
        (
            str(row["problem"]),
            decimal(100 * row["share"], 1, lang),
            *(
                f"{hundredth(row[f'need_{side}'], lang)}: {row[f'{side}_evidence']}"
                for side in ("home", "partner")
            ),
        )
        for row in found.to_dict("records")
    )
    caption = say_counted("partners.shared", len(found), lang, n=count(len(found), lang), **names)
    value = hundredth(dict(matches.table.loc[code])["shared_problems"], lang)
    note = say(
        "partners.shared_note", lang, value=value, origins=say("partners.evidence_note", lang)
    )
    origin = f"table_shared@wilayah/{code}{lens_mark(matches.lens)}"
    subjects = about("sel", _cells_named(found, code, matches))
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def exchange(matches: Matches, partner: str = "", rows: int = 5, lang: str = "") -> Shown:
    """Where one of two regions can do what the other needs, the largest first.

    The partner is the first of the list when none is named.

    Raises:
        InputError: The partner is no candidate.
    """
    lang = lang or matches.lang
    code = chosen(matches, partner)
    found = matches.help(code, rows, lang)
    if found.empty:
        return Shown(Paragraph(runs(say("partners.help_none", lang))), lang=lang)
    columns = (
        column("problem", lang, width=2.6),
        column("direction", lang, width=2.4),
        column("need", lang, "right", 0.8),
        column("capacity", lang, "right", 0.8),
        column("evidence", lang, width=3.4),
    )
    body = tuple(
        (
            cell_name(row, lang),
            say(
                "partners.helps",
                lang,
                helper=short_name(row["helper"]),
                helped=short_name(row["helped"]),
            ),
            hundredth(row["need"], lang),
            hundredth(row["capacity"], lang),
            f"{row['need_evidence']} \u2194 {row['capacity_evidence']}",
        )
        for row in found.to_dict("records")
    )
    caption = say("partners.help", lang, home=matches.home.short_name, partner=short_name(code))
    note, origin = say("partners.evidence_note", lang), f"table_help@wilayah/{code}"
    subjects = about("bantuan", _cells_named(found, code, matches, "helper"))
    return Shown(
        Table(
            caption, columns, body, note, subjects=subjects,
            origin=f"{origin}{lens_mark(matches.lens)}",
        ),
        lang=lang,
    )  # fmt: skip


def chosen(matches: Matches, partner: str) -> str:
    """The code of the partner that was named; of the first of the list when none was.

    Raises:
        InputError: The partner is no candidate.
    """
    return matches.find(partner) if partner else str(matches.table.index[0])


def _cells_named(found: pd.DataFrame, code: str, matches: Matches, *more: str) -> tuple[str, ...]:
    """The cells of a table as an origin names them: region, affair, issue, what else tells them apart, lens."""
    return tuple(
        "|".join((code, *(str(row[name]) for name in ("urusan_kode", "isu", *more))))
        + lens_mark(matches.lens)
        for row in found.to_dict("records")
    )
