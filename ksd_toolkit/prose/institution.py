"""The TKKSD, the policy options and the five problems over the periods, in sentences."""

from collections.abc import Iterator

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Runs, joined, measured, runs, spaced, told
from ksd_toolkit.evaluation.activation import Activation, activation
from ksd_toolkit.evaluation.maturity import maturity_trend
from ksd_toolkit.evaluation.option_effects import MOVED, NOT_DONE, UNKNOWN, option_effects
from ksd_toolkit.evaluation.option_rules import option_label
from ksd_toolkit.evaluation.option_scores import DECIMALS, HIGHEST, option_scores
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, decimal, join_words, percent, say, say_counted
from ksd_toolkit.register import Register


def tkksd(register: Register, lang: str = "", *, whole: bool = True) -> Shown:
    """Whether the TKKSD works; as a `whole` how many members it has and what it rests on, too."""
    lang = lang or register.lang
    parts = list(_tkksd(activation(register), register, lang))
    return Shown(Paragraph(spaced(parts if whole else parts[:1])), lang=lang)


def options(register: Register, lang: str = "") -> Shown:
    """Which policy option the members find best."""
    lang = lang or register.lang
    scores = option_scores(register)
    best = scores.best()
    if not best:
        return Shown(Paragraph(runs(say("options.empty", lang))), lang=lang)
    points = decimal(float(scores.totals["points"][best[0]]), DECIMALS, lang)
    facts = {
        "raters": measured(count(len(scores.raters), lang), "option_raters", "opsi/*"),
        "scale": measured(str(HIGHEST), "option_scale", "opsi/*"),
        "points": measured(points, "option_points", f"opsi/{best[0]}"),
    }
    if len(best) > 1:
        sentence = told("options.leaders", lang, options=join_words(best, lang), **facts)
    else:
        name = mid_sentence(option_label(best[0], lang))
        sentence = told("options.leader", lang, option=best[0], name=name, **facts)
    return Shown(Paragraph(sentence), lang=lang)


def effects(register: Register, lang: str = "") -> Shown:
    """Which options were carried out, and whether the problems they address moved."""
    lang = lang or register.lang
    found = option_effects(register)
    done = [effect.option.code for effect in found if effect.verdict != NOT_DONE]
    better = [effect.option.code for effect in found if effect.verdict == MOVED]
    if better:
        moved = say_counted(
            "effects.moved_some", len(better), lang, options=join_words(better, lang)
        )
    else:
        unknown = any(effect.verdict == UNKNOWN for effect in found) or not done
        moved = say("effects.moved_unknown" if unknown else "effects.moved_none", lang)
    named = join_words(done, lang) if done else say("effects.none_done", lang)
    sentence = say("effects.summary", lang, done=named, moved=moved if done else "").rstrip()
    return Shown(Paragraph(runs(sentence)), lang=lang)


def maturity(register: Register, lang: str = "") -> Shown:
    """How the offices that answered in both periods moved on each of the five problems."""
    lang = lang or register.lang
    trend = maturity_trend(register)
    now = trend[trend["period"] == register.dossier.period]
    moved = now[now["paired"].fillna(0) > 0]
    if register.previous is None or moved.empty:
        return Shown(Paragraph(runs(say("maturity.first", lang))), lang=lang)
    parts = [_moved(row, lang) for _, row in records(moved.set_index("problem", drop=False))]
    sentence = told(
        "maturity.moved",
        lang,
        before=register.previous.dossier.period,
        period=register.dossier.period,
        parts=joined(parts, lang),
    )
    return Shown(Paragraph(sentence), lang=lang)


def _tkksd(seen: Activation, register: Register, lang: str) -> Iterator[Runs]:
    if seen.activities.empty:
        yield runs(say("activation.empty", lang))
    else:
        yield _working(seen, date_text(register.dossier.tanggal_acuan, lang), lang)
    if seen.members:
        numbers = {"members": seen.members, "entitled": seen.entitled}
        facts = {
            name: measured(count(n, lang), f"tkksd_{name}", "kegiatan/*")
            for name, n in numbers.items()
        }
        yield told("activation.members", lang, **facts)
    else:
        yield runs(say("activation.no_roster", lang))
    yield _decree(seen, lang)


def _working(seen: Activation, date: str, lang: str) -> Runs:
    facts = {
        "date": date,
        "meetings": measured(count(seen.meetings, lang), "meetings", "kegiatan/*"),
        "before": measured(count(seen.meetings_before, lang), "meetings_before", "kegiatan/*"),
    }
    if seen.active is None:
        return told("activation.unknown_attendance", lang, **facts)
    if seen.active:
        share = measured(percent(seen.attendance, 0, lang), "attendance", "kegiatan/*")
        return told("activation.active", lang, attendance=share, **facts)
    least = seen.rules.least_attendance_percent
    limits = {
        "least": measured(count(seen.rules.least_meetings, lang), "least_meetings", "kegiatan/*"),
        "least_attendance": measured(percent(least, 0, lang), "least_attendance", "kegiatan/*"),
    }
    return told("activation.idle", lang, **limits, **facts)


def _decree(seen: Activation, lang: str) -> Runs:
    if seen.decree is None:
        return runs(say("activation.no_decree", lang))
    date = date_text(seen.decree["tanggal"], lang)
    number = seen.decree["nomor"]
    if pd.isna(number):
        return runs(say("activation.decree_unnumbered", lang, date=date))
    row = f"kegiatan_tkksd/{seen.decree['row_key']}"
    quoted = measured(str(number), "decree_number", row)
    return told("activation.decree", lang, number=quoted, date=date)


def _moved(row: dict[str, object], lang: str) -> Runs:
    problem = str(row["problem"])
    facts = {
        name: measured(count(row[name], lang), f"maturity_{name}", f"masalah/{problem}")  # type: ignore[arg-type]
        for name in ("rose", "fell", "paired")
    }
    return told(
        "maturity.moved_part", lang, letter=say(f"problem_name.{problem}", lang)[0], **facts
    )
