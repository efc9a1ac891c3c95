"""Say what a count of the periodic evaluation counts, and what a sum or a mean over documents is made of."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.benefits import UNPROMISED
from ksd_toolkit.evaluation.criteria_rules import read_criteria_rules
from ksd_toolkit.evaluation.money import total_of
from ksd_toolkit.evaluation.postponed import TAKEN_UP, WAITING
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, percent, rupiah, say
from ksd_toolkit.publishing.asked_figures import first_of
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.periodic_rows import (
    MONEY,
    ONE_OR_ALL,
    PLANNED,
    TOLD,
    monitoring_rows,
    parts,
)


def _views(asked: Asked) -> Computation:
    """Answers that can be compared over all documents; of one document where the subject is one."""
    if asked.subject != "*":
        return ONE_OR_ALL["pandangan"](asked)
    found = asked.review.views
    compared = found[found["steps"].notna()]
    chosen = {
        "same": compared[compared["steps"] == 0],
        "differing": compared[compared["steps"] > 0],
    }.get(asked.measure, compared)
    names = sorted(chosen["no_dok"].unique())
    facts = {
        "compared": count(len(compared), asked.lang),
        "n": count(len(names) if asked.measure == "seen_twice" else len(chosen), asked.lang),
        "names": asked.some(names),
    }
    questions = ("no_dok", "penilai", *(one.field for one in asked.review.rules.questions))
    rows = [
        row for name in names for row in monitoring_rows(asked, name, str(asked.review.semester))
    ]
    return asked.told(rows, questions, code="all", **facts)


def _incomplete(asked: Asked) -> Computation:
    found = [str(one) for one in asked.review.missing_views["no_dok"]]
    rows = [
        row for name in found for row in monitoring_rows(asked, name, str(asked.review.semester))
    ]
    facts = {"n": count(len(found), asked.lang), "names": asked.some(found)}
    return asked.told(rows, ("no_dok", "penilai"), **facts)


def _mean(asked: Asked) -> Computation:
    """A criterion over all documents: the mean, what entered it, and who stands lowest."""
    rules, (_, name) = read_criteria_rules(), parts(asked)
    family, _, code = name.partition(".")
    totals = asked.review.criteria_totals
    mine = asked.once("valued_criteria", lambda: _valued(asked)).get((family, code), [])
    total = first_of(totals[(totals["set"] == family) & (totals["criterion"] == code)])
    criterion = rules.find(name)
    told = [
        say("periodic.lowest", asked.lang, no_dok=number, value=count(value, asked.lang))
        for number, value in mine
    ]
    blank = pd.isna(total["value"])
    facts = {
        "criterion": mid_sentence(criterion.label(asked.lang)) if criterion else code,
        "set": mid_sentence(rules.set_label(family, asked.lang)),
        "mean": "\u2013" if blank else count(total["value"], asked.lang),
        "n": count(total["documents"], asked.lang),
        "without": count(total["without"], asked.lang),
        "names": asked.some(told),
    }
    rows = [row for number, _ in mine for row in asked.speaking(number)]
    sources = criterion.sources if criterion else ()
    return asked.told(rows, ("no_dok", "periode", *sources, *MONEY[2:4]), **facts)


def _valued(asked: Asked) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Documents with their value, by set and criterion; blank ones are left out."""
    every = asked.review.criteria.dropna(subset="value")
    found = dict[tuple[str, str], list[tuple[str, float]]]()
    for family, code, number, value in zip(
        every["set"], every["criterion"], every["no_dok"], every["value"], strict=True
    ):
        found.setdefault((str(family), str(code)), []).append((str(number), value))
    return found


def _unassessed(asked: Asked) -> Computation:
    """The criteria of a set that no document answers."""
    rules, (_, family) = read_criteria_rules(), parts(asked)
    totals = asked.review.criteria_totals
    blank = totals[(totals["set"] == family) & totals["value"].isna()]
    names = [mid_sentence(one.label(asked.lang)) for one in rules.of_set(family)]
    codes = [one.code for one in rules.of_set(family)]
    found = [
        name for name, code in zip(names, codes, strict=True) if code in set(blank["criterion"])
    ]
    facts = {"n": count(len(found), asked.lang), "names": asked.some(found)}
    facts["set"] = mid_sentence(rules.set_label(family, asked.lang))
    return asked.told(monitoring_rows(asked), ("no_dok", "periode"), **facts)


def _worth(asked: Asked) -> Computation:
    """What the answers to a question are worth, by the table of the rules."""
    return asked.told()


def _money(asked: Asked) -> Computation:
    """Sums over the documents with budget and spending; of one document where the subject is one."""
    if asked.subject != "*":
        return ONE_OR_ALL["uang"](asked)
    money = asked.review.money
    total = total_of(money)
    both = money[money["state"] == "lengkap"]
    chosen = {
        "hasil_uang": money[money["hasil_uang"].notna()],
        "goods": money[money["hasil_barang"].notna()],
        "hasil_barang": money[money["hasil_barang"].notna()],
        "assessed": money,
    }.get(asked.measure, both)
    names = [str(one) for one in chosen["no_dok"]]
    revenue = "\u2013" if total.revenue is None else rupiah(total.revenue, asked.lang)
    facts = {
        "n": count(len(names), asked.lang),
        "whole": count(total.documents, asked.lang),
        "names": asked.some(names),
        "spent": rupiah(total.spent, asked.lang),
        "budget": rupiah(total.budget, asked.lang),
        "share": "\u2013" if total.percent is None else percent(total.percent, 1, asked.lang),
        "revenue": revenue,
    }
    period = str(asked.review.semester)
    rows = [row for name in names for row in monitoring_rows(asked, name, period)]
    return asked.told(rows, MONEY, code="all", **facts)


def _promises(asked: Asked) -> Computation:
    """Promises to one side or to all, or those that stand one way."""
    found = asked.review.benefits
    side = parts(asked)[1] or "*"
    if side != "*":
        found = found[found["side"] == side]
    chosen = found[found["standing"] != UNPROMISED]
    standing = asked.part
    if standing:
        chosen = found[found["standing"] == standing]
    told = [
        f"{number} ({mid_sentence(say(f'periodic.side.{one}', asked.lang))})"
        for number, one in zip(chosen["no_dok"], chosen["side"], strict=True)
    ]
    facts = {"n": count(len(chosen), asked.lang), "names": asked.some(told)}
    facts["standing"] = (
        mid_sentence(say(f"periodic.standing.{standing}", asked.lang)) if standing else ""
    )
    numbers = list(dict.fromkeys(str(one) for one in chosen["no_dok"]))
    sides = ("daerah", "mitra", "masyarakat") if side == "*" else (side,)
    questions = [f"{name}_{one}" for one in sides for name in ("manfaat_janji", "pemenuhan")]
    rows = [*asked.documents(numbers), *(r for one in numbers for r in asked.speaking(one))]
    return asked.told(rows, ("no_dok", *questions), **facts)


def _carried(asked: Asked) -> Computation:
    """Earlier follow-ups that are still open, or late."""
    found = asked.review.open_follow_ups
    found = found[found["carried"]]
    if asked.measure == "carried_late":
        found = found[found["days_overdue"].notna()]
    pairs = list(zip(found["no_dok"], found["asked_in"], strict=True))
    rows = [row for number, period in pairs for row in monitoring_rows(asked, number, period)]
    facts = {"n": count(len(pairs), asked.lang)}
    facts["names"] = asked.some([f"{number} ({period})" for number, period in pairs])
    return asked.told(rows, (*PLANNED, *TOLD), **facts)


def _gaps(asked: Asked) -> Computation:
    """Documents due without monitoring: all, or those of one half-year."""
    found = asked.review.monev_gaps
    if asked.measure == "half_year":
        found = found[found["periode"] == asked.subject]
    pairs = list(zip(found["no_dok"], found["periode"], strict=True))
    numbers = list(dict.fromkeys(str(number) for number, _ in pairs))
    of_documents = asked.measure == "gap_documents"
    names = numbers if of_documents else [f"{number} ({period})" for number, period in pairs]
    rules = asked.review.rules
    facts = {
        "n": count(len(names), asked.lang),
        "names": asked.some(names),
        "days": count(rules.minimum_days_running, asked.lang),
        "half_years": count(rules.calendar_half_years, asked.lang),
    }
    return asked.told(asked.documents(numbers), ("no_dok", "mulai", "berakhir"), **facts)


def _postponed(asked: Asked) -> Computation:
    """What the period before postponed: all, made again, or not."""
    found = asked.review.postponed
    state = {"again": TAKEN_UP, "waiting": WAITING}.get(asked.measure)
    if state:
        found = found[found["state"] == state]
    names = [str(one) for one in found["periode"] + "/" + found["usulan_id"]]
    facts = {"n": count(len(names), asked.lang), "names": asked.some(names)}
    return asked.told(asked.usulan(names), ("usulan_id", "judul", "status_usulan"), **facts)


def _drawn(*questions: str) -> Callable[[Asked], Computation]:
    """A drawing as a whole, or a number of its texts with the sentence it stands in."""

    def told(asked: Asked) -> Computation:
        rows = monitoring_rows(asked, "", str(asked.review.semester))
        return asked.told(rows, questions, code="told" if asked.figure.start >= 0 else "")

    return told


PERIODIC_COUNTS: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    **{("pandangan", name): _views for name in ("compared", "same", "differing", "seen_twice")},
    ("pandangan", "incomplete"): _incomplete,
    ("pandangan", "chart_periodic_views"): _drawn("no_dok", "penilai"),
    **{("kriteria", name): _mean for name in ("mean", "documents", "lowest", "sources")},
    ("kriteria", "unassessed"): _unassessed,
    ("kriteria", "chart_periodic_criteria"): _drawn("no_dok", "periode"),
    ("sumber", "worth"): _worth,
    **{
        ("uang", name): _money
        for name in (
            "anggaran", "realisasi_anggaran", "absorption", "hasil_uang", "hasil_barang", "with_money",
            "assessed", "goods",
        )
    },
    **{("manfaat", name): _promises for name in ("promises", "standing")},
    **{("tindaklanjut", name): _carried for name in ("carried_open", "carried_late")},
    **{("kekosongan", name): _gaps for name in ("all_gaps", "gap_documents", "half_year")},
    **{("tertunda", name): _postponed for name in ("postponed", "again", "waiting")},
}  # fmt: skip
"""What counts are the counts of, by kind of subject and measure."""
