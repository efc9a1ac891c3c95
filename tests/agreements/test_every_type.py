"""Random histories of every type and kind: the law, written out once more, decides which steps stand."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.agreements import Agreement, Event, History, read_agreement_rules
from ksd_toolkit.errors import Problem

RULES = read_agreement_rules()
START = date(2026, 1, 1)

# Each document's stages in order: the code, the letter within the article, and marks: `?` may be left
# out, `D` is passed where the council must approve, `^` needs the umbrella, `S` signs, `+` may follow the end.
_HOME_UMBRELLA = [
    ("persiapan", "a", ""), ("penawaran", "b", ""), ("penyusunan_kb", "c", ""),
    ("penandatanganan_kb", "d", "S"), ("persetujuan_dprd", "e", "D"),
]  # fmt: skip
_HOME = [
    ("persetujuan_dprd", "e", "D^"), ("penyusunan_pks", "f", "^"), ("penandatanganan_pks", "g", "S^"),
    ("pelaksanaan", "h", ""), ("penatausahaan", "i", "?+"), ("pelaporan", "j", "+"),
]  # fmt: skip
_SYNERGY_UMBRELLA = [
    ("persiapan", "", "?"), ("penawaran", "", "?"), ("penyusunan_kb", "", ""),
    ("penandatanganan_kb", "", "S"),
]  # fmt: skip
_SYNERGY = [
    ("penyusunan_pks", "", "^"), ("penandatanganan_pks", "", "S^"), ("pelaksanaan", "", ""),
    ("penatausahaan", "", "?+"), ("pelaporan", "", "+"),
]  # fmt: skip
_INTENT = [("prakarsa", "a", ""), ("penjajakan", "b", ""), ("pernyataan_kehendak", "c", "S")]
_ABROAD = [
    ("rencana_kerja_sama", "d", "^"), ("persetujuan_dprd", "e", "D"), ("verifikasi", "f", ""),
    ("rancangan_naskah", "g", ""), ("pembahasan", "h", ""), ("persetujuan_menteri", "i", ""),
    ("penandatanganan", "j", "S^"), ("pelaksanaan", "k", ""), ("pelaporan", "!", "?+"),
]  # fmt: skip
_SIX, _NINETEEN = "PP 28/2018 Pasal 6 ayat (1)", "PP 28/2018 Pasal 19 ayat (1) jo. Pasal 6"
_SYNERGY_LAW, _ABROAD_LAW = "PP 28/2018 Pasal 46 ayat (4)", "Permendagri 25/2020 Pasal 9"
_REPORT_LAW = "Permendagri 25/2020 Pasal 35 ayat (2)"
# (type, kind): its course, the article of the course, the kind of its umbrella
COURSES = {
    ("KSDD-W", "KB"): (_HOME_UMBRELLA, _SIX, None), ("KSDD-W", "PKS"): (_HOME, _SIX, "KB"),
    ("KSDD-S", "KB"): (_HOME_UMBRELLA, _SIX, None), ("KSDD-S", "PKS"): (_HOME, _SIX, "KB"),
    ("KSDPK", "KB"): (_HOME_UMBRELLA, _NINETEEN, None), ("KSDPK", "PKS"): (_HOME, _NINETEEN, "KB"),
    ("SINERGI", "NK"): (_SYNERGY_UMBRELLA, _SYNERGY_LAW, None),
    ("SINERGI", "RK"): (_SYNERGY, _SYNERGY_LAW, "NK"),
    ("KSDPL", "LoI"): (_INTENT, _ABROAD_LAW, None), ("KSDPL", "MoU"): (_ABROAD, _ABROAD_LAW, "LoI"),
    ("KSDLL", "LoI"): (_INTENT, _ABROAD_LAW, None), ("KSDLL", "MoU"): (_ABROAD, _ABROAD_LAW, "LoI"),
}  # fmt: skip
_NINE, _TWENTY_TWO = "PP 28/2018 Pasal 9 ayat (1)", "PP 28/2018 Pasal 22 ayat (1)"
_RULING, _THIRTY_FOUR = "PP 28/2018 Pasal 22 ayat (2)", "Permendagri 25/2020 Pasal 34"
_FIVE = ("jangka_waktu", "tujuan_tercapai", "kesepakatan", "perubahan_kebijakan", "objek_hilang")
ENDINGS = {
    **{t: dict.fromkeys(_FIVE, _NINE) for t in ("KSDD-W", "KSDD-S", "SINERGI")},
    "KSDPK": dict.fromkeys(_FIVE, _TWENTY_TWO) | dict.fromkeys(("putusan_pengadilan", "pailit"), _RULING),
    **{t: {"kesepakatan": _THIRTY_FOUR, "tujuan_tercapai": _THIRTY_FOUR,
           "jangka_waktu": "Permendagri 25/2020 Pasal 32 ayat (1)"} for t in ("KSDPL", "KSDLL")},
}  # fmt: skip
COUNCIL = {"KSDPL": "PP 28/2018 Pasal 30", "KSDLL": "PP 28/2018 Pasal 30"}
LEADERS = "PP 28/2018 Pasal 9 ayat (2)"
HOME_COUNCIL = "PP 28/2018 Pasal 6 ayat (2)"
EVERY_STAGE = sorted({code for course, _, _ in COURSES.values() for code, _, _ in course})
EVERY_GROUND = [*_FIVE, "putusan_pengadilan", "pailit", "pergantian_pimpinan"]


@dataclass
class Umbrella:
    """What the judge knows of the umbrella; `signed` and the rest in days after START."""

    kind: str
    signed: int | None = 0
    ended: int | None = None
    until: int | None = None
    approved: int | None = None


@dataclass
class Judge:
    """The law written out without the machine."""

    jenis: str
    kind: str
    due: bool | None
    silent_from: int | None
    until: int | None
    parent: Umbrella | None

    def __post_init__(self):
        self.past = []
        self.course, self.article, self.above = COURSES[self.jenis, self.kind]
        self.codes = [code for code, _, _ in self.course]
        self.marks = {code: marks for code, _, marks in self.course}

    def law_of(self, code):
        letter = {one: found for one, found, _ in self.course}[code]
        if letter == "!":
            return _REPORT_LAW
        return f"{self.article} huruf {letter}" if letter else self.article

    def passed(self):
        return [code for what, code, _ in self.past if what == "stage"]

    def over(self, day):
        """The ground it ended on by then, or none."""
        ends = [(code, on) for what, code, on in self.past if what == "end"]
        if ends and day >= ends[0][1]:
            return ends[0][0]
        return "jangka_waktu" if self.until is not None and day > self.until else None

    def against(self, what, code, day):
        """What a step breaks, each cause with its article; none where it is lawful."""
        broken = list(getattr(self, f"_{what}")(code, day))
        if self.past and day < self.past[-1][2]:
            own = {"stage": lambda: self.law_of(code) if code in self.codes else self.article,
                   "amend": lambda: self.article,
                   "end": lambda: ENDINGS[self.jenis].get(code, self.article)}  # fmt: skip
            broken.append(("out_of_time", own[what]()))
        return broken

    def _stage(self, code, day):
        if code not in self.codes:
            yield "stage_foreign", self.article
            return
        own, passed = self.law_of(code), self.passed()
        if code in passed:
            yield "stage_repeated", own
        if any(later in passed for later in self.codes[self.codes.index(code) + 1 :]):
            yield "stage_backwards", own
        ground = self.over(day)
        if ground and "+" not in self.marks[code]:
            yield "after_end", ENDINGS[self.jenis][ground]
        if "^" in self.marks[code] and (fault := self._umbrella_fault(day)):
            yield fault, own
        missing = [c for c in self.codes[: self.codes.index(code)] if self._missing(c, day)]
        if missing:
            council = COUNCIL.get(self.jenis, HOME_COUNCIL)
            asked = missing[0] == "persetujuan_dprd"
            yield (
                ("council_missing", council)
                if asked
                else ("stage_skipped", self.law_of(missing[0]))
            )

    def _umbrella_fault(self, day):
        one = self.parent
        if one is None or one.kind != self.above:
            return "parent_missing"
        if one.signed is None or day < one.signed:
            return "parent_unsigned"
        ended = one.ended is not None and day >= one.ended
        return "parent_over" if ended or (one.until is not None and day > one.until) else None

    def _missing(self, code, day):
        if code in self.passed() or "?" in self.marks[code]:
            return False
        if "D" not in self.marks[code]:
            return True
        silent = self.silent_from is not None and day >= self.silent_from
        given = None if self.parent is None else self.parent.approved
        approved = given is not None and given <= day
        return self.due is True and not silent and not approved

    def _amend(self, _code, day):
        ground = self.over(day)
        if ground:
            yield "amended_after_end", ENDINGS[self.jenis][ground]
        if not any("S" in self.marks[code] for code in self.passed()):
            yield "amended_unsigned", self.article

    def _end(self, code, day):
        ends = [ground for what, ground, _ in self.past if what == "end"]
        known = ENDINGS[self.jenis]
        if ends:
            yield "ended_twice", known[ends[0]]
        if code == "pergantian_pimpinan":
            yield "ground_unknown", LEADERS
        elif code not in known:
            yield "ground_unknown", next(iter(known.values()))
        elif self.until is not None and code != "jangka_waktu" and day > self.until:
            yield "after_end", known[ends[0] if ends else "jangka_waktu"]
        elif self.until is not None and code == "jangka_waktu" and day < self.until:
            yield "term_not_over", known["jangka_waktu"]


def on(day):
    return None if day is None else START + timedelta(days=day)


def umbrella_history(jenis, parent):
    if parent is None:
        return None
    history = History(Agreement("U-1", parent.kind, jenis), RULES, until=on(parent.until))
    course = COURSES[jenis, parent.kind][0]
    if parent.signed is not None:
        signing = next((code for code, _, marks in course if "S" in marks))
        history = history.with_event(Event("stage", on(parent.signed), signing))
    if parent.approved is not None:
        history = history.with_event(Event("stage", on(parent.approved), "persetujuan_dprd"))
    if parent.ended is not None:
        history = history.with_event(Event("end", on(parent.ended), "kesepakatan"))
    return history


@st.composite
def judges(draw):
    jenis, kind = draw(st.sampled_from(sorted(COURSES)))
    above = COURSES[jenis, kind][2]
    same = above or "KB"
    own = [k for t, k in COURSES if t == jenis]
    parents = st.builds(
        Umbrella, st.sampled_from([same, same, same, *own]) if above else st.sampled_from(own),
        st.sampled_from([0, 0, 0, 2, None]), st.sampled_from([None, None, 6]),
        st.sampled_from([None, None, 9]), st.sampled_from([None, 0, 3]),
    )  # fmt: skip
    return Judge(
        jenis, kind, draw(st.sampled_from([True, False, None])), draw(st.sampled_from([None, 5])),
        draw(st.sampled_from([None, 4, 9])), draw(st.none() | parents),
    )  # fmt: skip


HOW = ["next"] * 5 + ["leap"] * 3 + ["back"] * 2 + ["again", "any", "amend", "amend", "end"]


# A step mostly goes on along the course; sometimes it is any stage, an addendum or an end at all.
steps = st.lists(
    st.tuples(
        st.sampled_from(HOW),
        st.sampled_from([0, 0, 1, 1, 2, 5, -1]),
        st.sampled_from(EVERY_STAGE),
        st.sampled_from(EVERY_GROUND),
        st.sampled_from([None, None, 12]),
    ),
    min_size=5,
    max_size=20,
)  # fmt: skip


def step_of(judge, how, stage, ground):
    """What the step is, and its code."""
    if how in ("amend", "end"):
        return how, "ADD-1" if how == "amend" else ground
    passed = judge.passed()
    ahead = judge.codes[judge.codes.index(passed[-1]) + 1 :] if passed else judge.codes
    if how in ("again", "back") and passed:
        return "stage", judge.codes[max(judge.codes.index(passed[-1]) - (how == "back"), 0)]
    at = int(how == "leap" and bool({"?", "D"} & set(judge.marks[ahead[0]]))) if ahead else 0
    return "stage", ahead[at] if how != "any" and len(ahead) > at else stage


@given(judges(), steps)
def test_every_illegal_step_is_refused_with_its_article_and_every_legal_one_accepted(judge, drawn):
    agreement = Agreement("D-1", judge.kind, judge.jenis, judge.due, on(judge.silent_from))
    parent = umbrella_history(judge.jenis, judge.parent)
    history = History(agreement, RULES, parent, until=on(judge.until))
    latest = 0
    for how, delta, stage, ground, longer in drawn:
        what, code = step_of(judge, how, stage, ground)
        latest += max(delta, 0)
        day = judge.past[-1][2] - 1 if delta < 0 and judge.past else latest
        until = longer if what == "amend" else None
        broken = judge.against(what, code, day)
        outcome = history.advance(Event(what, on(day), code, on(until)))
        if broken:
            assert isinstance(outcome, Problem), (what, code, day, broken)
            causes = dict(broken)
            cause = outcome.code.removeprefix("agreements.")
            assert str(outcome.facts["law"]).startswith(causes[cause]), outcome.sentence()
            assert outcome.facts["no_dok"] == "D-1"
            assert outcome.sentence("id") != outcome.sentence("en")
            assert history.advance(Event(what, on(day), code, on(until))) == outcome
        else:
            assert isinstance(outcome, History), outcome.sentence()
            history = outcome
            judge.past.append((what, code, day))
            judge.until = judge.until if until is None else until
    assert [(e.what, e.code, e.on) for e in history.events] == [
        (what, code, on(day)) for what, code, day in judge.past
    ]


@pytest.mark.parametrize(("jenis", "kind"), sorted(COURSES))
def test_a_whole_course_is_lawful_and_names_what_comes_next(jenis, kind):
    course, _, above = COURSES[jenis, kind]
    parent = umbrella_history(jenis, Umbrella(above)) if above else None
    history = History(Agreement("D-1", kind, jenis, True), RULES, parent)
    for place, (code, _, marks) in enumerate(course):
        if "?" not in marks:
            assert history.next_stage.code == code
        history = history.advance(Event("stage", on(place), code))
        assert isinstance(history, History)
        assert history.stage.code == code
    assert history.next_stage is None
    assert history.signed_on == on(
        next(n for n, (_, _, marks) in enumerate(course) if "S" in marks)
    )
