"""Explain the figures on the TKKSD, the policy options and the movement of the five problems."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.activation import TABLE, windows
from ksd_toolkit.evaluation.option_rules import activity_label
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, percent, say
from ksd_toolkit.plenary.rules import ROSTER_FILE
from ksd_toolkit.publishing.asked_figures import Row, explained_by, first_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.institution_asked import (
    AskedInstitution,
    offices,
    period_before,
    rows_of,
    span,
)
from ksd_toolkit.publishing.institution_options import ON_OPTIONS
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.register import Register

_ACTIVITY: Final = ("tanggal", "jenis", "nama", "diundang", "hadir")
_PROBLEM: Final = "masalah"


def institution_told(
    figure: PrintedFigure, meaning: Meaning, evidence: Evidence
) -> Computation | None:
    """How a figure on options, TKKSD or the movement of the problems came about; None for any other."""
    return explained_by(_FIGURES, AskedInstitution, figure, meaning, evidence)


def _kind(asked: AskedInstitution) -> Computation:
    """How many activities of a kind one of the two years saw."""
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    window = now if asked.measure == "activities_now" else before
    known = asked.tkksd.activities
    found = known[(known["jenis"] == asked.subject) & window.holds(known["tanggal"])]
    facts = {
        "n": count(len(found), asked.lang),
        "kind": mid_sentence(activity_label(asked.subject, asked.lang)),
        **span(asked, window),
        "names": asked.some([str(name) for name in found["nama"]]),
    }
    return asked.told(rows_of(found, TABLE), _ACTIVITY, **facts)


def _meetings(asked: AskedInstitution) -> Computation:
    """Meetings of one of the two years, or how many of those invited came to them."""
    seen = asked.tkksd
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    window = before if asked.measure == "meetings_before" else now
    known = seen.activities
    found = known[known["jenis"].isin(seen.rules.meetings) & window.holds(known["tanggal"])]
    told = found.dropna(subset=["diundang", "hadir"])
    facts = {
        "n": count(len(found), asked.lang), **span(asked, window),
        "names": asked.some([str(name) for name in found["nama"]]),
        "came": count(told["hadir"].sum(), asked.lang),
        "invited": count(told["diundang"].sum(), asked.lang),
        "share": "\u2013" if pd.isna(seen.attendance) else percent(seen.attendance, 1, asked.lang),
    }  # fmt: skip
    return asked.told(rows_of(found, TABLE), _ACTIVITY, **facts)


def _members(asked: AskedInstitution) -> Computation:
    facts = {"file": ROSTER_FILE, "members": count(asked.tkksd.members, asked.lang)}
    facts["entitled"] = count(asked.tkksd.entitled, asked.lang)
    return asked.told((), (), **facts)


def _limit(asked: AskedInstitution) -> Computation:
    return asked.told((), (), source=asked.tkksd.rules.activation_source)


def _all_activities(asked: AskedInstitution) -> Computation:
    return asked.told(rows_of(asked.tkksd.activities, TABLE), _ACTIVITY)


def _decree(asked: AskedInstitution) -> Computation:
    return asked.told([(TABLE, asked.subject)], ("tanggal", "nomor", "nama", "sumber"))


def _direction(asked: AskedInstitution) -> Computation:
    """In how many offices the level of a problem rose or fell, of those that answered in both periods."""
    found = asked.trend
    row = first_of(
        found[
            (found["period"] == asked.register.dossier.period) & (found["problem"] == asked.subject)
        ]
    )
    facts = {name: count(row[name], asked.lang) for name in ("paired", "rose", "same", "fell")}
    facts |= {"before": period_before(asked), "period": asked.register.dossier.period}
    return asked.told(offices(asked, both=True), [asked.subject], **facts)


def _level(asked: AskedInstitution) -> Computation:
    """What an office answered on a problem, now and before."""
    office = asked.subject
    rows: list[Row] = [("opd", office)]
    if asked.register.previous is not None:
        rows.append(("opd", f"{asked.register.previous.dossier.period}/{office}"))
    name = say(f"problem_name.{asked.part}", asked.lang)
    return asked.told(rows, [asked.part], problem=name)


def _level_mean(asked: AskedInstitution) -> Computation:
    problems = [f"d{n}" for n in range(1, 6)]
    every = asked.once("levels_of_offices", lambda: _levels(asked.register, problems))
    levels = [level for level in every[asked.subject] if pd.notna(level)]
    facts = {
        "terms": " + ".join(asked.number(level) for level in levels),
        "n": count(len(levels), asked.lang),
    }
    return asked.told([("opd", asked.subject)], problems, **facts)


def _levels(register: Register, problems: list[str]) -> dict[str, list[float]]:
    """The levels every office answered, in the order of the problems."""
    opd = register.opd
    numbers = opd[problems].apply(pd.to_numeric).astype("float64")
    return dict(zip(map(str, opd["opd_kode"]), numbers.to_numpy().tolist(), strict=True))


def _trend_drawn(asked: AskedInstitution) -> Computation:
    return asked.told(offices(asked, both=True), [f"d{n}" for n in range(1, 6)])


_FIGURES: Final[dict[tuple[str, str], Callable[[AskedInstitution], Computation]]] = {
    **ON_OPTIONS,
    ("opsi", "table_effects"): _trend_drawn,
    ("kegiatan", "activities_now"): _kind,
    ("kegiatan", "activities_before"): _kind,
    ("kegiatan", "meetings"): _meetings,
    ("kegiatan", "meetings_before"): _meetings,
    ("kegiatan", "attendance"): _meetings,
    ("kegiatan", "tkksd_members"): _members,
    ("kegiatan", "tkksd_entitled"): _members,
    ("kegiatan", "least_meetings"): _limit,
    ("kegiatan", "least_attendance"): _limit,
    ("kegiatan", "table_activities"): _all_activities,
    (TABLE, "decree_number"): _decree,
    (_PROBLEM, "maturity_rose"): _direction,
    (_PROBLEM, "maturity_fell"): _direction,
    (_PROBLEM, "maturity_paired"): _direction,
    (_PROBLEM, "chart_maturity_trend"): _trend_drawn,
    ("opd", "level"): _level,
    ("opd", "level_mean"): _level_mean,
    ("opd", "table_maturity"): _trend_drawn,
}
