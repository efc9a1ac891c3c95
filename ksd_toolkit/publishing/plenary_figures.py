"""Explain the figures of the plenary's papers: the card of an usulan, its answers, and what the list holds."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, decimal, join_words, language, say, trimmed
from ksd_toolkit.publishing.computations import computed
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.meeting_figures import NUMBERED, of_meeting
from ksd_toolkit.publishing.meeting_list import listed_ids
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.scoring import Ranking

_RISKS: Final = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_ASKED: Final[dict[str, tuple[str, ...]]] = {
    "target": ("indikator", "baseline", "target", "satuan"),
    "biaya_indikatif": ("biaya_indikatif",),
    "office": ("opd_kode",), "issue": ("isu_utama",), "affair": ("urusan_kode",),
    "description": ("uraian",), "term": ("jangka_waktu_th",), "cost": ("biaya_indikatif",),
    "benefit": ("manfaat_indikatif",),
    "worth": ("jangka_waktu_th", "biaya_indikatif", "manfaat_indikatif"), "funding": ("sumber_dana",), "plans": _PLANS,
    "cost_and_funding": ("biaya_indikatif", "sumber_dana"),
    "risks": tuple(f"risiko_{risk}_{part}" for risk in _RISKS for part in "kd"),
}  # fmt: skip
"""The questions a fact of an usulan is put together from."""
_COMPUTED: Final = {"kind": "jenis"}
"""The facts of a card that were computed, and their measure."""

_PLANNED: Final = frozenset(f"in_{plan}" for plan in _PLANS)
_TITLED: Final = frozenset({"card_title", "card_groups", "list_number"})
"""What says no more of an usulan than its name or its place."""


def plenary_told(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the plenary's papers came about; None where its measure is none of theirs."""
    name, _, part = meaning.measure.partition(":")
    kind = meaning.subject.partition("/")[0]
    if kind == "pleno" or name in NUMBERED:
        return of_meeting(figure, meaning, evidence)
    if name in _PLANNED and meaning.subject == "usulan/*":
        return _planned(figure, name.removeprefix("in_"), evidence)
    if kind != "usulan" or len(meaning.usulan) != 1:
        return None
    if name in _TITLED:
        return _titled(figure, meaning.usulan[0], name, evidence)
    if name == "answer":
        return _answered(figure, meaning.usulan[0], part, evidence)
    return _of_part(figure, meaning, evidence)


def _titled(figure: PrintedFigure, usulan: str, name: str, evidence: Evidence) -> Computation:
    """What leads to the title of an usulan."""
    facts = {"value": figure.text, "subject": usulan}
    sentence = say(f"measure.usulan.{name}", evidence.lang, **facts)
    return Computation(sentence, cells=_cells(usulan, ("judul",)))


def _of_part(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """A line or a group of the card of an usulan, or its partners."""
    name, usulan = meaning.measure.partition(":")[0], meaning.usulan[0]
    about = meaning.subject.partition("/")[2]
    inner = about.removeprefix(usulan).removeprefix("/")
    if name == "partner" and not inner:
        return _partner(figure, usulan, evidence)
    if name == "partners" and not inner:
        return _fact(figure, usulan, "candidates", evidence)
    if name == "card_fact" and inner:
        return _fact(figure, usulan, inner, evidence)
    explain = _OF_GROUP.get(name)
    ranking = evidence.ranking
    if explain is None or ranking is None or inner not in ranking.method.groups:
        return None
    return explain(ranking, usulan, inner, evidence) if usulan in ranking.table.index else None


def _planned(figure: PrintedFigure, plan: str, evidence: Evidence) -> Computation:
    """How many usulan of the list of the paper name a plan, with what each names."""
    usulan, listed = evidence.register.usulan, listed_ids(evidence)
    told = usulan[usulan["usulan_id"].isin(listed) & usulan[plan].notna()]
    of = count(len(listed), evidence.lang)
    cells = tuple(("usulan", str(one), plan) for one in told["usulan_id"])
    sentence = say(f"measure.usulan.in_{plan}", evidence.lang, value=figure.text, of=of)
    return Computation(sentence, cells=cells) if cells else Computation(sentence)


def _answered(figure: PrintedFigure, usulan: str, question: str, evidence: Evidence) -> Computation:
    """What an office answered, as the paper prints it."""
    asked = _ASKED.get(question, (question,))
    facts = {"value": figure.text, "usulan": usulan, "questions": _labelled(asked, evidence)}
    return Computation(
        say("measure.usulan.card_answer", evidence.lang, **facts), cells=_cells(usulan, asked)
    )


def _labelled(questions: Sequence[str], evidence: Evidence) -> str:
    """The questions as the questionnaire asks them, in quotes."""
    if "labels" not in evidence.kept:
        tables = form_of(evidence.register.dossier).tables
        fields = (one for table in tables if table.name == "usulan" for one in table.fields)
        evidence.kept["labels"] = {one.name: one.label(evidence.lang) for one in fields}
    labels: dict[str, str] = evidence.kept["labels"]
    told = [f"“{labels.get(name, name)}”" for name in questions]
    return join_words(told, evidence.lang)


def _fact(figure: PrintedFigure, usulan: str, fact: str, evidence: Evidence) -> Computation | None:
    """A line of the card: what was answered, or what was computed from the answers."""
    if fact in _COMPUTED:
        return computed(evidence, Origin(_COMPUTED[fact], f"usulan/{usulan}"))
    if fact == "candidates":
        mitra = evidence.register.mitra
        keys = mitra.loc[mitra["usulan_id"] == usulan, "row_key"]
        sentence = say(
            "measure.usulan.card_partners", evidence.lang, value=figure.text, usulan=usulan
        )
        rows = tuple(("mitra", str(key)) for key in keys)
        return Computation(sentence, rows=rows, questions=("mitra_nama",))
    if fact == "risks":
        sentence = say("measure.usulan.card_risks", evidence.lang, value=figure.text, usulan=usulan)
        return Computation(sentence, cells=_cells(usulan, _ASKED[fact]))
    return _answered(figure, usulan, fact, evidence) if fact in _ASKED else None


def _partner(figure: PrintedFigure, usulan: str, evidence: Evidence) -> Computation:
    """The name of a partner of an usulan, from the row of the candidate of that name."""
    mitra = evidence.register.mitra
    mine = mitra[mitra["usulan_id"] == usulan]
    same = mine[mine["mitra_nama"] == figure.text]
    facts = {"value": figure.text, "usulan": usulan}
    sentence = say("measure.usulan.partner", evidence.lang, **facts)
    rows = tuple(("mitra", str(key)) for key in (mine if same.empty else same)["row_key"])
    return Computation(sentence, rows=rows, questions=("mitra_nama",))


def _cells(usulan: str, questions: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(("usulan", usulan, question) for question in questions)


def _weight(ranking: Ranking, usulan: str, group: str, evidence: Evidence) -> Computation:
    """The weight of a group: the sum of the weights of its criteria."""
    mine = [one for one in ranking.method.criteria if one.group == group]
    parts = [f"{one.code} {trimmed(one.weight_percent, 2, evidence.lang)}" for one in mine]
    total = trimmed(sum(one.weight_percent for one in mine), 2, evidence.lang)
    facts = {"parts": " + ".join(parts), "total": total, "group": _named(ranking, group, evidence)}
    return Computation(say("measure.usulan.card_weight", evidence.lang, **facts), ())


def _value(ranking: Ranking, usulan: str, group: str, evidence: Evidence) -> Computation | None:
    """The score of a group alone, to the two decimals of the card."""
    codes = tuple(one.code for one in ranking.method.criteria if one.group == group)
    value = float(ranking.table.at[usulan, group])  # type: ignore[arg-type]
    facts = {
        "usulan": usulan, "group": _named(ranking, group, evidence), "codes": ", ".join(codes),
        "value": decimal(value, 2, evidence.lang),
    }  # fmt: skip
    return Computation(say("measure.usulan.card_value", evidence.lang, **facts), codes)


def _points(ranking: Ranking, usulan: str, group: str, evidence: Evidence) -> Computation:
    """What the answered criteria of a group give to the score."""
    codes = [one.code for one in ranking.method.criteria if one.group == group]
    if "contributions" not in evidence.kept:
        evidence.kept["contributions"] = ranking.contributions.to_dict("index")
    given = evidence.kept["contributions"][usulan]
    found = {code: float(given[code]) for code in codes if not pd.isna(given[code])}
    parts = [f"{code} {decimal(points, 2, evidence.lang)}" for code, points in found.items()]
    facts = {
        "usulan": usulan, "group": _named(ranking, group, evidence), "parts": " + ".join(parts),
        "n": count(len(found), evidence.lang),
        "total": decimal(sum(found.values()), 2, evidence.lang),
    }  # fmt: skip
    return Computation(say("measure.usulan.card_points", evidence.lang, **facts), tuple(found))


def _named(ranking: Ranking, group: str, evidence: Evidence) -> str:
    return f"{group} {ranking.method.groups[group].labels[language(evidence.lang)]}"


_OF_GROUP: Final[dict[str, Callable[[Ranking, str, str, Evidence], Computation | None]]] = {
    "weight": _weight,
    "group_value": _value,
    "group_points": _points,
}
