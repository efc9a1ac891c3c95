"""Explain the figures on the TKKSD, the policy options and the movement of the five problems."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.activation import TABLE, Activation, Window, activation, windows
from ksd_toolkit.evaluation.maturity import maturity_trend
from ksd_toolkit.evaluation.option_effects import Effect, option_effects
from ksd_toolkit.evaluation.option_rules import activity_label, criterion_label, read_option_rules
from ksd_toolkit.evaluation.option_scores import DECIMALS, OptionScores, option_scores
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, decimal, percent, say
from ksd_toolkit.plenary.rules import ROSTER_FILE
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row, explained_by, first_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.register import Register

_OPTIONS: Final = "nilai_opsi"
_SCORE: Final = ("opsi", "kriteria", "penilai", "skor")
_ACTIVITY: Final = ("tanggal", "jenis", "nama", "diundang", "hadir")
_PROBLEM: Final = "masalah"


@dataclass(frozen=True, slots=True, eq=False)
class _Asked(AskedFigure):
    """A figure with what it is explained from."""

    @property
    def register(self) -> Register:
        return self.evidence.register

    @property
    def scores(self) -> OptionScores:
        return self.once("option_scores", lambda: option_scores(self.register))

    @property
    def tkksd(self) -> Activation:
        return self.once("activation", lambda: activation(self.register))

    @property
    def effects(self) -> dict[str, Effect]:
        return self.once(
            "option_effects", lambda: {e.option.code: e for e in option_effects(self.register)}
        )

    @property
    def trend(self) -> pd.DataFrame:
        return self.once("maturity_trend", lambda: maturity_trend(self.register))


def institution_told(
    figure: PrintedFigure, meaning: Meaning, evidence: Evidence
) -> Computation | None:
    """How a figure on options, TKKSD or the movement of the problems came about; None for any other."""
    return explained_by(_FIGURES, _Asked, figure, meaning, evidence)


def _given(asked: _Asked, option: str, criterion: str = "") -> pd.DataFrame:
    """The scores of members on the roster for an option, or for one criterion of it."""
    found = asked.once("scores_of_members", lambda: _of_members(asked))
    if criterion:
        keys = ["opsi", "kriteria"]
        cells = asked.once("scores_of_cells", lambda: dict(iter(found.groupby(keys, sort=False))))
        return cells.get((option, criterion), found[:0])
    return found if option == "*" else found[found["opsi"] == option]


def _of_members(asked: _Asked) -> pd.DataFrame:
    table = asked.register.table(_OPTIONS)
    members = {member.member for member in asked.scores.raters}
    return table[table["penilai"].str.upper().isin(members)]


def _rows(found: pd.DataFrame, table: str = _OPTIONS) -> tuple[Row, ...]:
    return tuple((table, str(key)) for key in found["row_key"])


def _cell(asked: _Asked) -> Computation:
    """The median of a criterion, from what each member gave."""
    found = _given(asked, asked.subject, asked.part)
    raters = asked.once("raters_of_cells", asked.scores.cells["raters"].to_dict)
    pairs = zip(found["penilai"].tolist(), found["skor"].tolist(), strict=True)
    told = [f"{who} {score}" for who, score in pairs if not pd.isna(score)]
    facts = {
        "criterion": mid_sentence(criterion_label(asked.part, asked.lang)),
        "scores": asked.some(told),
        "raters": count(float(raters[asked.subject, asked.part]), asked.lang),
    }
    return asked.told(_rows(found), _SCORE, **facts)


def _points(asked: _Asked) -> Computation:
    """The mean of the medians of an option, and its place."""
    scores, lang = asked.scores, asked.lang
    cells = scores.cells.loc[asked.subject]["median"].dropna()
    weights = read_option_rules().weights
    terms = [
        f"{decimal(value, 1, lang)} x {asked.number(weights[str(code)])}"
        for code, value in cells.items()
    ]
    total = first_of(scores.totals.loc[[asked.subject]])
    base = sum(weights[str(code)] for code in cells.index)
    facts = {
        "terms": " + ".join(terms), "base": asked.number(base),
        "points": decimal(total["points"], DECIMALS, lang), "rank": count(total["rank"], lang),
        "options": count(scores.totals["points"].notna().sum(), lang),
    }  # fmt: skip
    return asked.told(_rows(_given(asked, asked.subject)), _SCORE, **facts)


def _raters(asked: _Asked) -> Computation:
    members = asked.scores.raters
    facts = {
        "n": count(len(members), asked.lang),
        "names": asked.some([f"{one.member} ({one.position})" for one in members]),
        "unlisted": count(asked.scores.unlisted, asked.lang),
    }
    return asked.told(_rows(_given(asked, "*")), _SCORE, **facts)


def _scale(asked: _Asked) -> Computation:
    return asked.told((), ())


def _kind(asked: _Asked) -> Computation:
    """How many activities of a kind one of the two years saw."""
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    window = now if asked.measure == "activities_now" else before
    known = asked.tkksd.activities
    found = known[(known["jenis"] == asked.subject) & window.holds(known["tanggal"])]
    facts = {
        "n": count(len(found), asked.lang),
        "kind": mid_sentence(activity_label(asked.subject, asked.lang)),
        **_span(asked, window),
        "names": asked.some([str(name) for name in found["nama"]]),
    }
    return asked.told(_rows(found, TABLE), _ACTIVITY, **facts)


def _span(asked: _Asked, window: Window) -> dict[str, str]:
    """The days a window reaches from and to, both counted."""
    first = window.start + pd.Timedelta(days=1)
    return {
        "first": date_text(first, asked.lang),
        "last": date_text(window.end, asked.lang),
    }


def _meetings(asked: _Asked) -> Computation:
    """Meetings of one of the two years, or how many of those invited came to them."""
    seen = asked.tkksd
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    window = before if asked.measure == "meetings_before" else now
    known = seen.activities
    found = known[known["jenis"].isin(seen.rules.meetings) & window.holds(known["tanggal"])]
    told = found.dropna(subset=["diundang", "hadir"])
    facts = {
        "n": count(len(found), asked.lang), **_span(asked, window),
        "names": asked.some([str(name) for name in found["nama"]]),
        "came": count(told["hadir"].sum(), asked.lang),
        "invited": count(told["diundang"].sum(), asked.lang),
        "share": "\u2013" if pd.isna(seen.attendance) else percent(seen.attendance, 1, asked.lang),
    }  # fmt: skip
    return asked.told(_rows(found, TABLE), _ACTIVITY, **facts)


def _members(asked: _Asked) -> Computation:
    facts = {"file": ROSTER_FILE, "members": count(asked.tkksd.members, asked.lang)}
    facts["entitled"] = count(asked.tkksd.entitled, asked.lang)
    return asked.told((), (), **facts)


def _limit(asked: _Asked) -> Computation:
    return asked.told((), (), source=asked.tkksd.rules.activation_source)


def _all_activities(asked: _Asked) -> Computation:
    return asked.told(_rows(asked.tkksd.activities, TABLE), _ACTIVITY)


def _decree(asked: _Asked) -> Computation:
    return asked.told([(TABLE, asked.subject)], ("tanggal", "nomor", "nama", "sumber"))


def _events(asked: _Asked) -> Computation:
    """What shows that an option was carried out."""
    effect = _effect(asked)
    now, before = windows(pd.Timestamp(asked.register.dossier.tanggal_acuan))
    if asked.measure == "option_before":
        return asked.told((), (), n=count(effect.before, asked.lang), **_span(asked, before))
    facts = {"n": count(len(effect.events), asked.lang), "kinds": _kinds(asked, effect)}
    code = "lasting" if effect.option.lasting else ""
    return asked.told(effect.events, (), code=code, **facts, **_span(asked, now))


def _kinds(asked: _Asked, effect: Effect) -> str:
    names = [mid_sentence(activity_label(one, asked.lang)) for one in effect.option.activities]
    names += [say(f"measure_institution.{table}", asked.lang) for table in effect.option.tables]
    return asked.some(names)


def _effect(asked: _Asked) -> Effect:
    if asked.subject not in asked.effects:
        raise GoneError
    return asked.effects[asked.subject]


def _moved(asked: _Asked) -> Computation:
    """How the levels of the problems of an option moved in the mean, and where."""
    effect = _effect(asked)
    rows = asked.trend[asked.trend["period"] == asked.register.dossier.period]
    rows = rows[rows["problem"].isin(effect.option.problems)]
    terms = [
        f"{asked.number(row['moved'])} x {count(row['paired'], asked.lang)}"
        for row in rows.to_dict("records")
    ]
    facts = {
        "terms": " + ".join(terms), "paired": count(effect.paired, asked.lang),
        "rose": count(effect.rose, asked.lang), "fell": count(effect.fell, asked.lang),
        "before": _before(asked), "period": asked.register.dossier.period,
    }  # fmt: skip
    return asked.told(_offices(asked, both=True), effect.option.problems, **facts)


def _before(asked: _Asked) -> str:
    previous = asked.register.previous
    if previous is None:
        raise GoneError
    return previous.dossier.period


def _offices(asked: _Asked, *, both: bool = False) -> tuple[Row, ...]:
    """The answers of the offices now, and of the period before where there is one."""
    now = [("opd", str(code)) for code in asked.register.opd["opd_kode"]]
    previous = asked.register.previous
    if previous is None or not both:
        return tuple(now)
    period = previous.dossier.period
    return (*now, *(("opd", f"{period}/{code}") for code in previous.opd["opd_kode"]))


def _direction(asked: _Asked) -> Computation:
    """In how many offices the level of a problem rose or fell, of those that answered in both periods."""
    found = asked.trend
    row = first_of(
        found[
            (found["period"] == asked.register.dossier.period) & (found["problem"] == asked.subject)
        ]
    )
    facts = {name: count(row[name], asked.lang) for name in ("paired", "rose", "same", "fell")}
    facts |= {"before": _before(asked), "period": asked.register.dossier.period}
    return asked.told(_offices(asked, both=True), [asked.subject], **facts)


def _level(asked: _Asked) -> Computation:
    """What an office answered on a problem, now and before."""
    office = asked.subject
    rows: list[Row] = [("opd", office)]
    if asked.register.previous is not None:
        rows.append(("opd", f"{asked.register.previous.dossier.period}/{office}"))
    name = say(f"problem_name.{asked.part}", asked.lang)
    return asked.told(rows, [asked.part], problem=name)


def _level_mean(asked: _Asked) -> Computation:
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


def _trend_drawn(asked: _Asked) -> Computation:
    return asked.told(_offices(asked, both=True), [f"d{n}" for n in range(1, 6)])


_FIGURES: Final[dict[tuple[str, str], Callable[[_Asked], Computation]]] = {
    ("opsi", "dunn"): _cell,
    ("opsi", "option_points"): _points,
    ("opsi", "option_rank"): _points,
    ("opsi", "option_raters"): _raters,
    ("opsi", "table_options"): _raters,
    ("opsi", "option_scale"): _scale,
    ("opsi", "option_events"): _events,
    ("opsi", "option_before"): _events,
    ("opsi", "option_moved"): _moved,
    ("opsi", "option_answers"): _moved,
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
