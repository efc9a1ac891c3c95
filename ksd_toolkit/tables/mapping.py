"""The mapping as tables: issues by office, affairs by type, every type with its ground, overlaps."""

from typing import Any

import pandas as pd

from ksd_toolkit.answers.overlaps import Overlaps, overlaps
from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.law import all_isu, urusan
from ksd_toolkit.messages import count, percent, say, say_counted
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import derive_types, type_grounds, type_label
from ksd_toolkit.scoring.jenis import cited, family_label, not_ksd_reason, types_not_used
from ksd_toolkit.scoring.mandatory import mandatory_pairs, pair_of, sources
from ksd_toolkit.scoring.mapping import TOTAL, affairs_by_type, issues_by_office
from ksd_toolkit.scoring.overview import NOT_KSD
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import about


def issue_matrix(register: Register, lang: str = "") -> Shown:
    """Offices by strategic issue; every office asked and every issue is there, a zero as a dot."""
    lang = lang or register.lang
    if register.usulan.empty:
        return _none_yet(lang)
    matrix = issues_by_office(register)
    names = register.dossier.offices["opd_nama"]
    columns = (
        Column(label("office", lang), width=4.4),
        *(
            Column(topic.group.upper(), "right", kind="integer", measure=f"proposed:{topic.code}")
            for topic in all_isu(lang)
        ),
        Column(label("usulan_count", lang), "right", kind="integer", measure="proposed"),
    )
    body = [(str(names[code]), *_counts(row, lang)) for code, row in records(matrix)]
    body.append((say("answers.total", lang), *_counts(matrix.sum().to_dict(), lang)))
    issues = "; ".join(f"{topic.group.upper()} {topic.name}" for topic in all_isu(lang))
    note = say("mapping.issue_matrix_note", lang, issues=issues)
    caption, subjects = say("mapping.issue_matrix", lang), about("opd", [*matrix.index, "*"])
    return Shown(Table(caption, columns, tuple(body), note, 0, subjects), lang=lang)


def affair_matrix(register: Register, lang: str = "") -> Shown:
    """Government affairs by family of types."""
    lang = lang or register.lang
    if register.usulan.empty:
        return _none_yet(lang)
    matrix = affairs_by_type(register)
    families = [name for name in matrix.columns if name != TOTAL and matrix[name].sum()]
    shown = matrix[[*families, TOTAL]]
    columns = (
        Column(label("affair", lang), width=4.4, measure="affair"),
        *(
            Column(
                family_label(name, lang), "right", kind="integer", measure=f"affair_family:{name}"
            )
            for name in families
        ),
        Column(label("usulan_count", lang), "right", kind="integer", measure="affair_family"),
    )
    body = [(_affair(code, lang), *_counts(row, lang)) for code, row in records(shown)]
    body.append((say("answers.total", lang), *_counts(shown.sum().to_dict(), lang)))
    caption, subjects = say("mapping.affair_matrix", lang), about("urusan", [*matrix.index, "*"])
    return Shown(Table(caption, columns, tuple(body), "", 0, subjects), lang=lang)


def types(register: Register, rows: int = 0, lang: str = "") -> Shown:
    """Every usulan with its type and the ground of it, article cited; `rows` 0 shows all."""
    lang = lang or register.lang
    derived = derive_types(register)
    if derived.empty:
        return _none_yet(lang)
    shown = derived.head(rows) if rows else derived
    titles = register.usulan.set_index("usulan_id")["judul"]
    columns = (
        Column(label("usulan", lang), width=3.4, measure="titled"),
        Column(label("partner", lang), width=2.0, measure="main_partner"),
        Column(label("family", lang), width=1.5, measure="jenis"),
        Column(label("reason", lang), width=4.2, measure="jenis_reason"),
    )
    body = tuple(
        (
            f"{usulan} {text_or_dash(titles[usulan])}",
            text_or_dash(row["main_partner"]),
            type_label(str(row["jenis"]), lang) + ("" if pd.isna(row["set_why"]) else "\u2020"),
            type_grounds(row, lang),
        )
        for usulan, row in records(shown)
    )
    number = int(derived["set_why"].notna().sum())
    note = say_counted("mapping.types_note", number, lang, n=count(number, lang))
    for _, row in records(types_not_used(register)):
        note += " " + say(f"mapping.type_{row['why']}", lang, usulan=row["usulan_id"])
    caption = say("mapping.types", lang, shown=len(shown), of=len(derived))
    subjects, origin = about("usulan", shown.index), "table_types:all@jenis/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def mandatory(register: Register, lang: str = "") -> Shown:
    """The mandatory usulan with their pair of regions, where it is discussed and who may take it over."""
    lang = lang or register.lang
    if register.usulan.empty:
        return _none_yet(lang)
    found = mandatory_pairs(register)
    number = len(found)
    caption = say_counted("mapping.mandatory", number, lang, n=count(number, lang))
    if found.empty:
        return Shown(Paragraph(runs(f"{caption}.")), lang=lang)
    titles = register.usulan.set_index("usulan_id")["judul"]
    columns = (
        Column(label("usulan", lang), width=3.4, measure="titled"),
        *(
            Column(say(f"mapping.column.{name}", lang), width=2.0)
            for name in ("partner_region", "pair", "forum", "takeover")
        ),
    )
    home = register.dossier.region.code
    body = tuple(
        (
            f"{usulan} {text_or_dash(titles[usulan])}",
            text_or_dash(row["partner"]),
            *_pair_of_regions(home, row["kode_wilayah"], lang),
        )
        for usulan, row in records(found)
    )
    laws = {name: cited(key, lang) for name, key in sources().items()}
    note = say("mapping.mandatory_note", lang, **laws)
    subjects, origin = about("usulan", found.index), "table_types:KSDD-W@jenis/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def not_ksd(register: Register, rows: int = 0, lang: str = "") -> Shown:
    """The usulan that are no regional cooperation, each with its reason and article; `rows` 0 shows all."""
    lang = lang or register.lang
    derived = derive_types(register)
    found = derived[derived["jenis"] == NOT_KSD]
    if derived.empty:
        return _none_yet(lang)
    number = len(found)
    caption = say_counted("mapping.not_ksd", number, lang, n=count(number, lang))
    if found.empty:
        return Shown(Paragraph(runs(caption)), lang=lang)
    usulan = register.usulan.set_index("usulan_id")
    names = register.dossier.offices["opd_nama"]
    columns = (
        Column(label("usulan", lang), width=3.4, measure="titled"),
        Column(label("office", lang), width=2.2),
        Column(label("reason", lang), width=4.4, measure="jenis_reason"),
    )
    body = []
    for usulan_id, row in records(found.head(rows) if rows else found):
        reason, article = not_ksd_reason(row, lang)
        office = usulan["opd_kode"][usulan_id]
        told = f"{reason} ({cited(article, lang)})"
        title = f"{usulan_id} {text_or_dash(usulan['judul'][usulan_id])}"
        body.append((title, str(names.get(office, office)), told))
    note = (
        say("mapping.not_ksd_more", lang, n=count(number - rows, lang)) if 0 < rows < number else ""
    )
    subjects = about("usulan", found.index[: len(body)])
    origin = f"table_types:{NOT_KSD}@jenis/*"
    return Shown(
        Table(caption, columns, tuple(body), note, subjects=subjects, origin=origin), lang=lang
    )


def similar(register: Register, rows: int = 15, lang: str = "") -> Shown:
    """Pairs of usulan that may be the same, with what they share; the TKKSD decides."""
    lang = lang or register.lang
    found = overlaps(register)
    number = len(found.pairs)
    caption = say_counted("mapping.similar", number, lang, n=count(number, lang))
    if not number:
        return Shown(Paragraph(runs(f"{caption}.")), lang=lang)
    titles = register.usulan.set_index("usulan_id")["judul"]
    lead = found.groups.set_index("usulan_id")["lead"]
    columns = (
        Column(label("usulan", lang), width=3.2, measure="titled"),
        Column(label("usulan", lang), width=3.2, measure="titled:second"),
        Column(label("likeness", lang), "right", kind="percent", measure="likeness"),
        Column(label("reason", lang), width=3.4, measure="likeness_why"),
        Column(label("lead_office", lang), width=1.2),
    )
    body = tuple(
        _pair(found, row, titles, lead, lang) for _, row in records(found.pairs.head(rows))
    )
    more = len(found.pairs) - len(body)
    note = say("mapping.similar_note", lang)
    if more > 0:
        note += " " + say("mapping.similar_more", lang, n=count(more, lang))
    subjects = about("usulan", found.pairs["first"].head(rows))
    origin = "table_similar@pasangan/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def _pair(
    found: Overlaps,
    row: dict[str, Any],
    titles: "pd.Series[str]",
    lead: "pd.Series[str]",
    lang: str,
) -> tuple[str, ...]:
    first, second = str(row["first"]), str(row["second"])
    return (
        f"{first} {text_or_dash(titles[first])}",
        f"{second} {text_or_dash(titles[second])}",
        percent(100 * row["score"], 0, lang),
        "; ".join(found.reasons(first, second, lang)),
        str(lead[first]),
    )


def _pair_of_regions(home: str, partner: Any, lang: str) -> tuple[str, str, str]:
    """Letter, forum and takeover of a pair; dashes where no partner names a region."""
    if pd.isna(partner):
        return DASH, DASH, DASH
    pair = pair_of(home, str(partner))
    return (
        say("mapping.pair", lang, letter=pair.letter, kind=pair.label(lang)),
        say(f"mapping.forum.{pair.forum}", lang),
        say(f"mapping.takeover.{pair.takeover}", lang),
    )


def _counts(row: dict[Any, Any], lang: str) -> tuple[str, ...]:
    """Numbers with a dot for zero, so that the eye finds the others."""
    return tuple(count(number, lang) if number else "\u00b7" for number in row.values())


def _affair(code: str, lang: str) -> str:
    return f"{code} {urusan(code, lang).name}" if code else DASH


def _none_yet(lang: str) -> Shown:
    """What stands where a table of usulan would have no row."""
    return Shown(Paragraph(runs(say("listing.no_usulan", lang))), lang=lang)
