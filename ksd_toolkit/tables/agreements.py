"""What falls due for the agreements, and how far each has come: for people who must act on it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements import Agreements, History, agreements
from ksd_toolkit.agreements.rules import Stage
from ksd_toolkit.agreements.stages import kind_label, stage_label, type_label
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.messages import count, date_text, say, say_counted
from ksd_toolkit.register import Register
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import about, printed_as

REMINDER: Final = "pengingat"
STANDING: Final = "perjalanan"
"""The kinds of subject the rows tell of: something due, and the way of a document."""
_OVER: Final = ("berakhir", "dihentikan")
_Titles = tuple[tuple[str, str, float], ...]


def reminders(of: Register | Agreements, lang: str = "") -> Shown:
    """What is overdue and what falls due within the widest window, the longest overdue first.

    Args:
        of: The register, or the agreements read from it.
        lang: Language of the table; that of the register when empty.
    """
    found, lang = _read(of, lang)
    rows = found.reminders
    near = rows[rows["state"] != "later"]
    later = len(rows) - len(near)
    if near.empty:
        return _sentence("reminders", found, later, lang)
    titles: _Titles = (
        ("what", "left", 2.0), ("document", "left", 2.8), ("who", "left", 2.3), ("due", "left", 1.9),
        ("left", "left", 1.4), ("window", "right", 0), ("law", "left", 2.2),
    )  # fmt: skip
    body = tuple(
        (
            say(f"reminders.what.{row['kind']}", lang), _titled(row), _acting(row),
            date_text(row["due"], lang), days_text(row["days_left"], lang),
            DASH if pd.isna(row["window"]) else count(row["window"], lang), row["ground"].cited(lang),
        )
        for _, row in records(near)
    )  # fmt: skip
    notes = [_later(later, lang) if later else "", _uncounted_holidays(found, near, lang)]
    subjects = about(REMINDER, near["kind"] + "|" + near["no_dok"])
    return _table("reminders", titles, body, subjects, notes, found, lang)


def standing(of: Register | Agreements, lang: str = "", *, rows: int | None = None) -> Shown:
    """The stage each document has reached, what comes next, and what is wrong with it.

    Documents to be mended come first, then those with the fewest days left; what is over stands last.

    Args:
        of: The register, or the agreements read from it.
        lang: Language of the table; that of the register when empty.
        rows: How many of the first; all when not given. How many more there are stands below.
    """
    found, lang = _read(of, lang)
    documents = by_urgency(found)
    if documents.empty:
        return _sentence("standing", found, 0, lang)
    shown = documents if rows is None else documents.head(rows)
    titles: _Titles = (
        ("document", "left", 2.8), ("type", "left", 1.3), ("stage", "left", 2.4),
        ("next", "left", 2.8), ("left", "left", 1.3), ("wrong", "left", 3.6),
    )  # fmt: skip
    body = tuple(
        (
            _titled(row), _kind(row, lang), stage_text(found.history(row["no_dok"]), lang),
            next_text(found.history(row["no_dok"]), lang), _days(row, lang),
            " ".join(problem.text(lang) for problem in found.problems_of(row["no_dok"])) or DASH,
        )
        for _, row in records(shown)
    )  # fmt: skip
    more = len(documents) - len(shown)
    rest = say_counted("agreements.more_documents", more, lang, n=count(more, lang))
    notes = [_codes(shown, lang), rest if more else ""]
    subjects = about(STANDING, shown["no_dok"])
    return _table("standing", titles, body, subjects, notes, found, lang)


def days_text(days: float, lang: str) -> str:
    """How many days are left, or since when the day is past."""
    n = int(days)
    code = "today" if n == 0 else "left" if n > 0 else "past"
    return say_counted(f"reminders.days_{code}", abs(n), lang, n=count(abs(n), lang))


def stage_text(history: History, lang: str) -> str:
    """The stage reached and its day; that none is recorded where there is none."""
    stage = history.stage
    day = history.passed_on(stage.code) if stage is not None else None
    if stage is None or day is None:
        return say("agreements.no_stage", lang)
    return f"{stage_label(stage.code, lang)} ({date_text(day, lang)})"


def next_text(history: History, lang: str) -> str:
    """What comes next and the article it rests on; that it is over, the course done, or not known."""
    if history.end is not None:
        return say("agreements.over", lang, date=date_text(history.end.on, lang))
    if not history.path:
        return say("agreements.course_unknown", lang)
    following = history.next_stage
    return say("agreements.course_done", lang) if following is None else _step(following, lang)


def kind_and_type(jenis_dok: object, jenis_ksd: object, lang: str) -> tuple[str, str]:
    """The names of a kind of document and a type of cooperation; that one is not stated where it is blank."""
    blank = say("agreements.not_stated", lang)
    kind = blank if pd.isna(jenis_dok) else kind_label(str(jenis_dok), lang)  # type: ignore[call-overload]
    jenis = blank if pd.isna(jenis_ksd) else type_label(str(jenis_ksd), lang)  # type: ignore[call-overload]
    return kind, jenis


def _step(stage: Stage, lang: str) -> str:
    return f"{stage_label(stage.code, lang)} ({stage.ground.cited(lang)})"


def _read(of: Register | Agreements, lang: str) -> tuple[Agreements, str]:
    if isinstance(of, Agreements):
        return of, lang or "id"
    return agreements(of), lang or of.lang


def by_urgency(found: Agreements) -> pd.DataFrame:
    """Documents to be mended first, then by days left; what is over last."""
    documents = found.documents
    wrong = [bool(found.problems_of(number)) for number in documents["no_dok"]]
    placed = documents.assign(
        _clean=[not one for one in wrong], _over=documents["effective_status"].isin(_OVER)
    )
    ordered = placed.sort_values(
        ["_clean", "_over", "days_left", "no_dok"], kind="stable", na_position="last"
    )
    return ordered.drop(columns=["_clean", "_over"])


def _titled(row: Mapping[Any, Any]) -> str:
    title = row["judul"]
    return str(row["no_dok"]) if pd.isna(title) else f"{row['no_dok']} {title}"


def _acting(row: Mapping[Any, Any]) -> str:
    """The office that acts, and the partner whose document lapses."""
    office, partner = text_or_dash(row["office"]), row["partner"]
    return office if pd.isna(partner) else f"{office}; {partner}"


def _kind(row: Mapping[Any, Any], lang: str) -> str:
    """The codes of kind and type, as the register writes them."""
    codes = [str(row[name]) for name in ("jenis_dok", "jenis_ksd") if not pd.isna(row[name])]
    return ", ".join(codes) or say("agreements.not_stated", lang)


def _codes(shown: pd.DataFrame, lang: str) -> str:
    """What the codes in the table stand for."""
    kinds = {code: kind_label(code, lang) for code in sorted(shown["jenis_dok"].dropna())}
    types = {code: type_label(code, lang) for code in sorted(shown["jenis_ksd"].dropna())}
    told = "; ".join(f"{code}: {name}" for code, name in (kinds | types).items())
    return f"{told}." if told else ""


def _days(row: Mapping[Any, Any], lang: str) -> str:
    """Days left of what is not over; the days of what is over lead nobody to act."""
    days = row["days_left"]
    over = pd.isna(days) or row["effective_status"] in _OVER
    return DASH if over else days_text(days, lang)


def _later(later: int, lang: str) -> str:
    return say_counted("agreements.later", later, lang, n=count(later, lang))


def _uncounted_holidays(found: Agreements, near: pd.DataFrame, lang: str) -> str:
    """That public holidays are unknown, where a deadline in working days is shown."""
    counted = (near["kind"] == "council").any()
    return say("agreements.no_holidays", lang) if counted and not found.holidays else ""


def _sentence(name: str, found: Agreements, later: int, lang: str) -> Shown:
    """Why there is no table; and how many days lie further ahead, where some do."""
    without = "no_documents" if found.documents.empty else f"empty_{name}"
    told = say(f"agreements.{without}", lang, **_facts(found, lang))
    text = f"{told} {_later(later, lang)}" if later else told
    return Shown(Paragraph(runs(text), origin=_origin(name)), lang=lang)


def _facts(found: Agreements, lang: str) -> dict[str, str]:
    days = count(max(found.rules.windows_days), lang)
    return {"date": date_text(found.tanggal_acuan, lang), "days": days}


def _table(  # noqa: PLR0913, PLR0917  a table is its name, titles, rows, subjects and notes
    name: str,
    titles: _Titles,
    body: tuple[tuple[str, ...], ...],
    subjects: tuple[str, ...],
    notes: Sequence[str],
    found: Agreements,
    lang: str,
) -> Shown:
    columns = tuple(_column(name, *title, lang) for title in titles)
    caption = say(f"agreements.caption_{name}", lang, **_facts(found, lang))
    note = " ".join(filter(None, (say(f"agreements.note_{name}", lang), *notes)))
    header = [title for title, _, _ in titles].index("document")
    table = Table(caption, columns, body, note, header, subjects, origin=_origin(name))
    return Shown(table, lang=lang)


def _column(name: str, title: str, align: Any, width: float, lang: str) -> Column:
    printed = printed_as(f"agreements_{name}", title)
    return Column(say(f"agreements.column_{title}", lang), align, width, *printed)


def _origin(name: str) -> str:
    """What the numbers of caption, note or sentence are counted from."""
    return str(Origin(f"table_{name}", f"{STANDING}/*"))
