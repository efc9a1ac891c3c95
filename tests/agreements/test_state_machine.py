"""Histories at random: every illegal step is refused with its article, every legal one accepted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.agreements import Agreement, Event, History, read_agreement_rules
from ksd_toolkit.agreements.council import council_due, council_time
from ksd_toolkit.errors import Problem

RULES = read_agreement_rules()
KB = ("persiapan", "penawaran", "penyusunan_kb", "penandatanganan_kb")
PKS = ("penyusunan_pks", "penandatanganan_pks", "pelaksanaan", "penatausahaan", "pelaporan")
AFTER_THE_END = {"penatausahaan", "pelaporan"}
OPTIONAL = {"persetujuan_dprd", "penatausahaan"}
GROUNDS = {
    "jangka_waktu", "tujuan_tercapai", "kesepakatan", "perubahan_kebijakan", "objek_hilang",
    "putusan_pengadilan", "pailit",
}  # fmt: skip
ONLY_THIRD_PARTIES = {"putusan_pengadilan", "pailit"}
START = date(2026, 1, 1)


def umbrella(jenis="KSDPK", signed=START):
    history = History(Agreement("KB-1", "KB", jenis), RULES)
    for stage in KB:
        history = history.advance(Event("stage", signed, stage))
    return history


events = st.lists(
    st.tuples(
        st.sampled_from([*(("stage", s) for s in ("persetujuan_dprd", *PKS, "penyusunan_kb")),
                         ("amend", "ADD-1"),
                         *(("end", g) for g in (*sorted(GROUNDS), "pergantian_pimpinan"))]),
        st.integers(-3, 12),
    ),
    max_size=14,
)  # fmt: skip


def legal(what, code, day, past, jenis, due):  # noqa: PLR0911  a table of cases
    """The law written out once more, without the machine: events so far are (what, code, day)."""
    passed = [c for w, c, _ in past if w == "stage"]
    ended = [d for w, _, d in past if w == "end"]
    if past and day < past[-1][2]:
        return False
    if what == "end":
        known = GROUNDS if jenis == "KSDPK" else GROUNDS - ONLY_THIRD_PARTIES
        return not ended and code in known
    over = bool(ended) and day >= ended[0]
    if what == "amend":
        return not over and "penandatanganan_pks" in passed
    order = ("persetujuan_dprd", *PKS)
    if code not in order or code in passed or (over and code not in AFTER_THE_END):
        return False
    at = order.index(code)
    if any(later in passed for later in order[at:]):
        return False
    if order.index("pelaksanaan") > at and day < START:  # the umbrella is signed by then
        return False
    needed = {s for s in order[:at] if s not in OPTIONAL}
    if due and at > 0:
        needed.add("persetujuan_dprd")
    return needed <= set(passed)


@given(events, st.sampled_from(["KSDPK", "KSDD-W", "KSDD-S"]), st.sampled_from([True, False, None]))
def test_the_machine_accepts_what_the_law_allows_and_nothing_else(steps, jenis, due):
    history = History(Agreement("PKS-1", "PKS", jenis, due), RULES, umbrella(jenis))
    past = []
    for (what, code), offset in steps:
        day = START + timedelta(days=offset)
        outcome = history.advance(Event(what, day, code))
        if legal(what, code, day, past, jenis, due):
            assert isinstance(outcome, History), outcome.sentence()
            history = outcome
            past.append((what, code, day))
        else:
            assert isinstance(outcome, Problem)
            assert str(outcome.facts["law"]).startswith(("PP 28/2018", "Permendagri 25/2020"))
            assert "art. " in outcome.sentence("en")


ELEVEN = (
    "prakarsa", "penjajakan", "pernyataan_kehendak", "rencana_kerja_sama", "persetujuan_dprd",
    "verifikasi", "rancangan_naskah", "pembahasan", "persetujuan_menteri", "penandatanganan",
    "pelaksanaan",
)  # fmt: skip


@pytest.mark.parametrize("jenis", ["KSDPL", "KSDLL"])
@pytest.mark.parametrize("left_out", [None, *ELEVEN[3:10]])
def test_foreign_cooperation_passes_eleven_stages(jenis, left_out):
    letter = History(Agreement("LOI-1", "LoI", jenis, True), RULES)
    for n, stage in enumerate(ELEVEN[:3]):
        letter = letter.advance(Event("stage", START + timedelta(days=n), stage))
    history = History(Agreement("MOU-1", "MoU", jenis, True), RULES, letter)
    for n, stage in enumerate(ELEVEN[3:], start=3):
        if stage == left_out:
            continue
        outcome = history.advance(Event("stage", START + timedelta(days=n), stage))
        if isinstance(outcome, Problem):
            expected = {"council_missing"} if left_out == "persetujuan_dprd" else {"stage_skipped"}
            assert outcome.code.removeprefix("agreements.") in expected
            assert ELEVEN.index(stage) == ELEVEN.index(left_out) + 1
            return
        history = outcome
    assert left_out is None


def test_pks_before_its_umbrella_is_signed_after_it_ended_or_without_one():
    event = Event("stage", START, "penyusunan_pks")
    alone = History(Agreement("PKS-1", "PKS", "KSDPK"), RULES)
    assert alone.advance(event).code == "agreements.parent_missing"
    early = History(Agreement("PKS-1", "PKS", "KSDPK"), RULES, umbrella(signed=date(2026, 2, 1)))
    assert early.advance(event).code == "agreements.parent_unsigned"
    over = umbrella().advance(Event("end", START, "kesepakatan"))
    late = History(Agreement("PKS-1", "PKS", "KSDPK"), RULES, over)
    assert late.advance(event).code == "agreements.parent_over"


def test_dprd_truth_table():
    """PP 28/2018 art. 6(2): burden and/or no funding; foreign cooperation always; blank is unknown."""
    rows = {("ya", "ya"): True, ("ya", "tidak"): True, ("tidak", "tidak"): True,
            ("tidak", "ya"): False}  # fmt: skip
    for (burdens, funded), due in rows.items():
        assert council_due("KSDD-W", burdens, funded, RULES) is due
        assert council_due("KSDPL", burdens, funded, RULES) is True
    assert council_due("KSDPK", None, "ya", RULES) is None
    assert council_due("KSDPK", "tidak", None, RULES) is None
    assert council_due("KSDPK", None, "tidak", RULES) is True
    assert council_due("KSDLL", None, None, RULES) is True


def test_the_council_has_45_working_days_after_it_received_the_request():
    """Thursday 1 January 2026; 45 working days are nine weeks, so Thursday 5 March; a holiday adds one."""
    assert council_time("KSDPL", date(2026, 1, 1), RULES).last_day == date(2026, 3, 5)
    assert council_time("KSDPL", date(2026, 1, 3), RULES).last_day == date(2026, 3, 6)  # a Saturday
    holidays = (date(2026, 1, 16), date(2026, 1, 17))  # a Friday and a Saturday
    assert council_time("KSDPL", date(2026, 1, 1), RULES, holidays).last_day == date(2026, 3, 6)
    assert council_time("KSDPL", date(2026, 1, 1), RULES).silent_from == date(2026, 3, 6)
    assert council_time("KSDD-W", date(2026, 1, 1), RULES).silent_from is None
    assert council_time("SINERGI", date(2026, 1, 1), RULES) is None
