"""The courses abroad stage by stage, umbrellas in time, and the council: whether it is asked and by when."""

from datetime import date, timedelta

import pytest

from ksd_toolkit.agreements import Agreement, Event, History, read_agreement_rules
from ksd_toolkit.agreements.council import council_due, council_time
from ksd_toolkit.errors import Problem

RULES = read_agreement_rules()
KB = ("persiapan", "penawaran", "penyusunan_kb", "penandatanganan_kb")
START = date(2026, 1, 1)


def umbrella(jenis="KSDPK", signed=START):
    history = History(Agreement("KB-1", "KB", jenis), RULES)
    for stage in KB:
        history = history.advance(Event("stage", signed, stage))
    return history


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


def test_a_stage_that_may_be_left_out_is_not_made_up_for_after_the_next():
    """The council's approval, once the PKS is drafted without it; filing, once the report is given."""
    history = History(Agreement("PKS-1", "PKS", "KSDPK", False), RULES, umbrella())
    history = history.advance(Event("stage", START, "penyusunan_pks"))
    late = history.advance(Event("stage", START, "persetujuan_dprd"))
    assert (late.code, late.facts["law"][-7:]) == ("agreements.stage_backwards", "huruf e")
    for code in ("penandatanganan_pks", "pelaksanaan", "pelaporan"):
        history = history.advance(Event("stage", START, code))
    late = history.advance(Event("stage", START, "penatausahaan"))
    assert (late.code, late.facts["law"][-7:]) == ("agreements.stage_backwards", "huruf i")
