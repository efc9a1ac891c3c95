"""Institutions as partners: who fits a proposal, the register of candidates, the forum, what is proposed to the score."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.matching.candidates import RATINGS, candidates
from ksd_toolkit.matching.institution_reasons import unknown_sentences
from ksd_toolkit.matching.institution_rules import fit_rules
from ksd_toolkit.matching.institutions import InstitutionMatches
from ksd_toolkit.matching.interest import interest
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposals import proposal_states
from ksd_toolkit.matching.proposals import proposals as proposed_rows
from ksd_toolkit.messages import count, decimal, language, percent, say, say_counted, trimmed
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking, type_label
from ksd_toolkit.tables.cells import DASH, date_or_dash, listed, text_or_dash

_RANGE: Final = "\u2013"
_FALL: Final = "\u2193"
_FORM: Final = "calon_mitra"


def for_usulan(found: InstitutionMatches, usulan: str, rows: int = 0, lang: str = "") -> Shown:
    """The candidates of one proposal: points with their interval, what is shared, and the type it would be.

    Args:
        found: The matches.
        usulan: Its id.
        rows: Candidates at most; as many as the table holds when 0.
        lang: Language of the texts.

    Raises:
        MethodError: There is no such proposal.
    """
    lang = lang or found.lang
    usulan = str(found.usulan.index[found.row_of(usulan)])
    mine = found.for_usulan(usulan, rows)
    if mine.empty:
        return _sentence(say("inst.table_none", lang, usulan=usulan), lang)
    columns = _columns(
        lang, ("rank", "right", 0.0), ("candidate", "left", 3.6), ("points", "center", 1.6),
        ("coverage", "right", 0.0), ("shared", "left", 2.6), ("interest", "right", 0.0),
        ("type", "left", 1.6),
    )  # fmt: skip
    body = tuple(
        (
            DASH if pd.isna(row["rank"]) else count(row["rank"], lang),
            _candidate(row, lang),
            _points(row, found.rules.decimals, lang),
            percent(100 * row["coverage"], 0, lang),
            _shared(row, lang),
            _level(row["minat"], lang),
            type_label(str(row["jenis"]), lang),
        )
        for _, row in records(mine)
    )
    caption = say(
        "inst.caption_usulan", lang, usulan=usulan, title=text_or_dash(found.usulan.at[usulan, "judul"])
    )  # fmt: skip
    return Shown(Table(caption, columns, body, _note(found, mine, lang), row_header=1), lang=lang)


def for_candidate(found: InstitutionMatches, name: str, rows: int = 10, lang: str = "") -> Shown:
    """The proposals one candidate fits, best first: what its table at a forum talks about.

    Args:
        found: The matches.
        name: The candidate as in `calon_mitra.csv`.
        rows: Proposals at most.
        lang: Language of the texts.

    Raises:
        MethodError: There is no such candidate.
    """
    lang = lang or found.lang
    mine = found.for_candidate(name, rows)
    named = str(found.candidates["mitra_nama"].iloc[found.column_of(name)])
    if mine.empty:
        return _sentence(say("inst.candidate_none", lang, partner=named), lang)
    columns = _columns(
        lang, ("rank", "right", 0.0), ("usulan", "left", 4.0), ("points", "center", 1.6),
        ("coverage", "right", 0.0), ("shared", "left", 2.6), ("interest", "right", 0.0),
        ("type", "left", 1.6),
    )  # fmt: skip
    titles = found.usulan["judul"]
    body = tuple(
        (
            DASH if pd.isna(row["rank"]) else count(row["rank"], lang),
            f"{row['usulan_id']} {text_or_dash(titles[row['usulan_id']])}{'*' if row['named'] else ''}",
            _points(row, found.rules.decimals, lang),
            percent(100 * row["coverage"], 0, lang),
            _shared(row, lang),
            _level(row["minat"], lang),
            type_label(str(row["jenis"]), lang),
        )
        for _, row in records(mine)
    )
    caption = say("inst.caption_candidate", lang, partner=named)
    return Shown(Table(caption, columns, body, _note(found, mine, lang), row_header=1), lang=lang)


def overview(found: InstitutionMatches, rows: int = 0, best: int = 3, lang: str = "") -> Shown:
    """Every proposal that has a ranked candidate, with the best of them.

    Args:
        found: The matches.
        rows: Proposals at most, in the register's order; all when 0.
        best: Candidates named for each.
        lang: Language of the texts.
    """
    lang = lang or found.lang
    ranked = found.table[found.table["rank"].notna()]
    whole = list(dict.fromkeys(ranked["usulan_id"]))
    shown = whole[:rows] if rows else whole
    if not shown:
        unknown = unknown_sentences(found, lang)
        return _sentence(" ".join([say("inst.overview_none", lang), *unknown]), lang)
    first = ranked.groupby("usulan_id", sort=False).head(best)
    named: dict[str, list[str]] = {}
    for _, row in records(first):
        told = f"{row['mitra_nama']} ({decimal(row['points'], found.rules.decimals, lang)})"
        named.setdefault(str(row["usulan_id"]), []).append(told)
    columns = _columns(lang, ("usulan", "left", 3.6), ("candidates", "left", 6.0))
    titles = found.usulan["judul"]
    body = tuple((f"{name} {text_or_dash(titles[name])}", "; ".join(named[name])) for name in shown)
    caption = say(
        "inst.caption_overview", lang, shown=count(len(shown), lang), of=count(len(found.usulan), lang)
    )  # fmt: skip
    left_out = len(found.usulan) - len(whole)
    note = say_counted("inst.overview_note", left_out, lang, n=count(left_out, lang))
    note = f"{note} {say('inst.points_note', lang)}".strip()
    return Shown(Table(caption, columns, body, note), lang=lang)


def register_of_candidates(register: Register, lang: str = "") -> Shown:
    """The candidate partners as the secretariat keeps them; their contacts are never shown."""
    lang = lang or register.lang
    known = candidates(register)
    if known.empty:
        return _sentence(say("inst.no_candidates", lang), lang)
    columns = _columns(
        lang, ("candidate", "left", 3.2), ("affairs", "left", 1.8), ("issues", "left", 1.8),
        ("ratings", "left", 1.4), ("source", "left", 2.8),
    )  # fmt: skip
    body = tuple(
        (
            _candidate({**row, "named": False}, lang),
            _codes(row["urusan"]),
            _codes(row["isu"]),
            " ".join(_level(row[name], lang) for name in RATINGS),
            listed(_known_from(row)),
        )
        for _, row in records(known)
    )
    order = ", ".join(fit_rules().label(name, lang).lower() for name in RATINGS)
    caption = say("inst.caption_register", lang, n=count(len(known), lang))
    return Shown(
        Table(caption, columns, body, say("inst.register_note", lang, order=order)), lang=lang
    )


def forum(register: Register, lang: str = "") -> Shown:
    """Who spoke at a forum about which proposal: interest now and before, and what the office wrote."""
    lang = lang or register.lang
    found = interest(register)
    told = found[found["at_forum"]]
    if told.empty:
        return _sentence(say("inst.forum_none", lang), lang)
    columns = _columns(
        lang, ("candidate", "left", 2.8), ("usulan", "left", 1.6), ("now", "right", 0.0),
        ("before", "right", 0.0), ("office", "right", 0.0), ("attended", "left", 1.0),
        ("told_on", "left", 1.5), ("source", "left", 2.6),
    )  # fmt: skip
    body = tuple(
        (
            _stranger(str(row["mitra_nama"]), bool(row["known_partner"]), lang),
            _stranger(
                str(row["usulan_id"]) or say("inst.in_general", lang),
                bool(row["known_usulan"]),
                lang,
            ),
            _level(row["interest"], lang) + (_FALL if row["fell"] else ""),
            _level(row["previous"], lang),
            _level(row["stated"], lang),
            _attendance(row, lang),
            date_or_dash(row["told_on"], lang),
            text_or_dash(row["source"]),
        )
        for _, row in records(told)
    )
    caption = say("inst.caption_forum", lang, n=count(len(body), lang))
    note = say("inst.forum_note", lang, fall=_FALL)
    return Shown(Table(caption, columns, body, note), lang=lang)


def proposals(
    register: Register,
    ranking: Ranking | None = None,
    matches: Matches | None = None,
    rows: int = 0,
    lang: str = "",
) -> Shown:
    """What evidence proposes for HUK, SAMA and MITRA, and what became of it; none of it counts.

    Args:
        register: Whose usulan.
        ranking: Types and gates as judged there.
        matches: The region's partners, for cells both regions name.
        rows: Rows at most; all when 0.
        lang: Language of the texts.
    """
    lang = lang or register.lang
    found = proposal_states(register, proposed_rows(register, ranking, matches, lang))
    if found.empty:
        return _sentence(say("inst.proposals_none", lang), lang)
    columns = _columns(
        lang, ("usulan", "left", 1.6), ("criterion", "left", 0.0), ("proposed", "right", 0.0),
        ("why", "left", 4.0), ("evidence", "left", 4.0), ("state", "left", 2.0),
    )  # fmt: skip
    shown = found.head(rows) if rows else found
    body = tuple(
        (
            row["usulan_id"],
            row["kriteria_kode"],
            _level(row["skor"], lang),
            row["alasan"],
            text_or_dash(row["bukti"] or None),
            say(f"inst.state_{row['state']}", lang, official=_level(row["official"], lang)),
        )
        for _, row in records(shown)
    )
    caption = say(
        "inst.caption_proposals", lang, shown=count(len(shown), lang), of=count(len(found), lang)
    )
    return Shown(Table(caption, columns, body, say("inst.proposals_note", lang)), lang=lang)


def _sentence(text: str, lang: str) -> Shown:
    return Shown(Paragraph(runs(text)), lang=lang)


def _columns(lang: str, *facts: tuple[str, Any, float]) -> tuple[Column, ...]:
    return tuple(
        Column(
            label(name, lang) if name == "usulan" else say(f"inst.column.{name}", lang),
            align,
            width,
        )
        for name, align, width in facts
    )


def _candidate(row: dict[str, Any], lang: str) -> str:
    """Name and kind; a star where the office named it already."""
    kinds = read_form(_FORM).table(_FORM).field("mitra_jenis").choices
    kind = next(
        (one.labels[language(lang)] for one in kinds if one.code == row["mitra_jenis"]),
        say("inst.kind_unknown", lang),
    )
    return f"{row['mitra_nama']}{'*' if row['named'] else ''} ({kind})"


def _points(row: dict[str, Any], places: int, lang: str) -> str:
    if pd.isna(row["points"]):
        return DASH
    told = decimal(row["points"], places, lang)
    if row["worst"] == row["best"]:
        return told
    ends = _RANGE.join(decimal(row[end], places, lang) for end in ("worst", "best"))
    return f"{told} ({ends})"


def _shared(row: dict[str, Any], lang: str) -> str:
    """Codes of affair and issues, outputs in words."""
    outputs = read_form(_FORM).table(_FORM).field("output").choices
    named = {one.code: one.labels[language(lang)].lower() for one in outputs}
    parts = [
        ", ".join(named.get(code, code) for code in str(row[f"shared_{name}"]).split(";"))
        for name in ("urusan", "isu", "output")
    ]
    return listed(parts) or DASH


def _note(found: InstitutionMatches, mine: pd.DataFrame, lang: str) -> str:
    """What the star, the missing rank and the interval mean, as far as the table shows them."""
    least = percent(100 * found.rules.min_coverage, 0, lang)
    states = {str(state) for state in mine["state"]} - {"fits"}
    told = [say("inst.table_note", lang)]
    told += [say(f"inst.note_{state}", lang, least=least) for state in sorted(states)]
    told += [say("inst.note_named", lang)] if mine["named"].any() else []
    return " ".join(told)


def _stranger(name: str, known: bool, lang: str) -> str:
    """A name, and that no other table has it."""
    return name if known else f"{name} ({say('inst.stranger', lang)})"


def _attendance(row: dict[str, Any], lang: str) -> str:
    """Whether the partner came, and what the office wrote where it wrote otherwise."""
    came, stated = (
        DASH if pd.isna(row[name]) else say(f"inst.came_{row[name]}", lang)
        for name in ("attended", "stated_attendance")
    )
    return (
        came if stated in {came, DASH} else say("inst.came_differs", lang, came=came, stated=stated)
    )


def _codes(value: Any) -> str:
    return DASH if pd.isna(value) else str(value).replace(";", ", ")


def _known_from(row: dict[str, Any]) -> list[str]:
    year = "" if pd.isna(row["tahun"]) else f"{row['tahun']:.0f}"
    return [text_or_dash(row["sumber"]), year]


def _level(value: float, lang: str) -> str:
    return DASH if pd.isna(value) else trimmed(value, 2, lang)
