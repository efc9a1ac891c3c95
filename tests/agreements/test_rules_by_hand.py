"""The test ideas of the law by name, each worked by hand: one cell changed, one finding or none."""

from datetime import date, timedelta

import pytest

from ksd_toolkit.agreements import read_agreement_rules
from ksd_toolkit.agreements.council import council_due

RULES = read_agreement_rules()
TODAY = date(2026, 8, 31)
HOME_STAGES = ("penyusunan_pks", "penandatanganan_pks", "pelaksanaan")


def stages(no_dok, **days):
    return [{"no_dok": no_dok, "tahap": code, "tanggal": day} for code, day in days.items()]


def problem(found, code):
    return next(one for one in found.findings if one.code == code)


def due(found, no_dok):
    rows = found.reminders.to_dict("records")
    return {row["kind"]: row["due"].date() for row in rows if row["no_dok"] == no_dok}


def test_tables_in_order_have_no_finding(standing, codes, umbrella, pks, intent, abroad):
    rows = [umbrella, pks, intent, abroad]
    assert codes(standing(rows)) == []
    assert set(standing(rows).histories) == {"KB-1", "PKS-1", "LOI-1", "MOU-1"}


def test_empty_tables(standing):
    found = standing([])
    assert (found.findings, dict(found.histories)) == ((), {})
    assert found.documents.empty
    assert found.reminders.empty


# --- umbrellas ------------------------------------------------------------------------------------


@pytest.mark.parametrize("parent", [None, "KB-9", "PKS-1"])
def test_pks_without_kb_flagged(standing, codes, umbrella, pks, parent):
    found = standing([umbrella, pks | {"induk_no": parent}])
    assert "evaluation.pks_without_kb" in codes(found, "PKS-1")
    assert problem(found, "evaluation.pks_without_kb").severity == "error"
    assert "PP 28/2018" in problem(found, "evaluation.pks_without_kb").sentence("id")


@pytest.mark.parametrize(
    ("kind", "wrong"), [("PKS", True), ("KB", True), ("NK", False), ("RK", False)]
)
def test_sinergi_must_not_have_a_pks(standing, codes, umbrella, kind, wrong):
    found = standing([umbrella | {"jenis_ksd": "SINERGI", "jenis_dok": kind}])
    assert ("evaluation.sinergi_with_pks" in codes(found)) is wrong


@pytest.mark.parametrize(
    ("signed", "code"),
    [("2026-01-04", "agreements.parent_unsigned"), ("2026-01-05", None), ("2030-12-31", None)],
    ids=["a day before the KB", "on its day", "on the last day of the KB"],
)
def test_pks_signed_before_the_kb(standing, codes, umbrella, pks, signed, code):
    row = pks | {"tgl_ttd": signed, "mulai": signed, "berakhir": "2031-12-31"}
    passed = stages("PKS-1", penyusunan_pks=signed, penandatanganan_pks=signed)
    found = standing([umbrella, row], passed, date(2031, 1, 2))
    assert [c for c in codes(found, "PKS-1") if c.startswith("agreements.")] == (
        [code] if code else []
    )


def test_pks_signed_the_day_after_the_kb_ended(standing, codes, umbrella, pks):
    row = pks | {"tgl_ttd": "2031-01-01", "mulai": "2031-01-01", "berakhir": "2031-12-31"}
    passed = stages("PKS-1", penyusunan_pks="2030-12-01", penandatanganan_pks="2031-01-01")
    assert "agreements.parent_over" in codes(standing([umbrella, row], passed, date(2031, 2, 1)))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_circle_of_parents(standing, codes, pks, length):
    """Every document above itself is named once; one that only leads into the circle is not."""
    ring = [pks | {"no_dok": f"D-{n}", "induk_no": f"D-{(n + 1) % length}"} for n in range(length)]
    found = standing([pks | {"induk_no": "D-0"}, *ring])
    circles = [one for one in found.findings if one.code == "agreements.parent_circle"]
    assert [one.facts["no_dok"] for one in circles] == ["D-0"]
    assert circles[0].facts["chain"] == ", ".join([*(f"D-{n}" for n in range(length)), "D-0"])


def test_a_chain_of_two_thousand_parents_is_read(standing, pks):
    rows = [pks | {"no_dok": f"D-{n}", "induk_no": f"D-{n + 1}"} for n in range(2000)]
    assert len(standing(rows).histories) == 2000


@pytest.mark.parametrize(
    ("parent", "code"),
    [
        (None, "parent_missing"),
        ("KB-1", "parent_missing"),
        ("NK-9", "parent_unknown"),
        ("NK-1", None),
    ],
)
def test_rk_needs_its_nk(standing, codes, umbrella, parent, code):
    nk = umbrella | {"no_dok": "NK-1", "jenis_ksd": "SINERGI", "jenis_dok": "NK"}
    rk = nk | {"no_dok": "RK-1", "jenis_dok": "RK", "induk_no": parent}
    passed = stages("RK-1", penyusunan_pks="2026-01-05", penandatanganan_pks="2026-01-05")
    found = standing([umbrella, nk, rk], passed)
    assert codes(found, "RK-1") == ([f"agreements.{code}"] if code else [])


def test_unknown_umbrella_of_a_rk(standing, codes, umbrella):
    row = umbrella | {"jenis_ksd": "SINERGI", "jenis_dok": "RK", "induk_no": "NK-9"}
    assert "agreements.parent_unknown" in codes(standing([row]))


# --- terms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jenis", "article", "severity"),
    [
        ("KSDD-W", "Yogyakarta", "warning"), ("KSDD-S", "Yogyakarta", "warning"),
        ("KSDPL", "Permendagri 25/2020 Pasal 32", "warning"),
        ("KSDLL", "Permendagri 25/2020 Pasal 32", "warning"),
        ("KSDPK", "PP 28/2018 Pasal 15", "info"),
    ],
)  # fmt: skip
def test_term_five_years_exactly_and_one_day_more(
    standing, codes, umbrella, jenis, article, severity
):
    """From 5 January 2026: five years to 5 January 2031. KSDPK may last longer by other rules: noted only."""
    row = umbrella | {"jenis_ksd": jenis, "jenis_dok": "MoU" if jenis.endswith("L") else "KB"}
    assert "evaluation.term_too_long" not in codes(standing([row | {"berakhir": "2031-01-05"}]))
    found = problem(standing([row | {"berakhir": "2031-01-06"}]), "evaluation.term_too_long")
    assert found.severity == severity
    assert article in found.sentence("id")


@pytest.mark.parametrize(("end", "wrong"), [("2026-01-05", True), ("2026-01-06", False)])
def test_end_is_after_start(standing, codes, umbrella, end, wrong):
    found = standing([umbrella | {"berakhir": end}], today=date(2026, 1, 5))
    assert ("evaluation.end_before_start" in codes(found)) is wrong


@pytest.mark.parametrize(
    ("end", "wrong"), [("2027-01-04", False), ("2027-01-05", False), ("2027-01-06", True)]
)
def test_letter_of_intent_a_year_and_a_day(standing, codes, intent, end, wrong):
    found = standing([intent | {"berakhir": end}])
    assert ("agreements.intent_too_long" in codes(found)) is wrong
    assert due(found, "LOI-1") == {"intent": min(date.fromisoformat(end), date(2027, 1, 5))}


def test_letter_of_intent_without_an_end_is_over_after_its_year(standing, intent):
    blank = intent | {"berakhir": None}
    for day, status in ((date(2027, 1, 5), "akan_berakhir"), (date(2027, 1, 6), "berakhir")):
        assert standing([blank], today=day).documents["effective_status"].item() == status


# --- reminders ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "window"),
    [(181, None), (180, 180), (91, 180), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (8, 30),
     (7, 7), (1, 7), (0, 0)],
)  # fmt: skip
def test_reminder_uses_tanggal_acuan(standing, umbrella, pks, days, window):
    """The same documents on other days: nothing but `tanggal_acuan` counts."""
    end = date(2028, 12, 31)
    found = standing([umbrella, pks], today=end - timedelta(days=days)).reminders
    row = found[found["no_dok"] == "PKS-1"].iloc[0]
    assert (row["kind"], row["due"].date(), row["days_left"]) == ("expiry", end, days)
    assert row["state"] == ("due" if window is not None else "later")
    assert (None if row["window"] != row["window"] else row["window"]) == window


def test_the_day_after_the_end_there_is_nothing_to_remind_of(standing, umbrella, pks):
    found = standing([umbrella, pks], today=date(2029, 1, 1)).reminders
    assert "PKS-1" not in set(found["no_dok"])


@pytest.mark.parametrize(
    ("end", "notice"),
    [("2029-08-31", date(2029, 2, 28)), ("2028-08-31", date(2028, 2, 29)),
     ("2029-06-30", date(2028, 12, 30)), ("2029-03-31", date(2028, 9, 30))],
)  # fmt: skip
def test_notice_six_months_before_the_end_of_a_month(standing, abroad, intent, end, notice):
    found = standing([intent, abroad | {"berakhir": end}])
    assert due(found, "MOU-1")["notice"] == notice


def test_notice_is_late_the_day_after(standing, codes, abroad, intent):
    for day, late in ((date(2029, 2, 28), False), (date(2029, 3, 1), True)):
        reports = stages("MOU-1", pelaporan="2029-01-05")
        found = standing([intent, abroad], reports, day)
        assert ("agreements.notice_late" in codes(found, "MOU-1")) is late


@pytest.mark.parametrize(
    ("reported", "following"),
    [(None, date(2027, 1, 7)), ("2026-12-29", date(2028, 1, 7)), ("2027-01-06", date(2028, 1, 7)),
     ("2027-03-01", date(2028, 1, 7)), ("2028-01-04", date(2029, 1, 7))],
)  # fmt: skip
def test_report_in_the_first_week_of_january(standing, abroad, intent, reported, following):
    """Signed in June 2026: reported on by 7 January 2027, and from then on every year."""
    passed = stages("MOU-1", pelaporan=reported) if reported else []
    found = standing([intent, abroad], passed, date(2028, 1, 31))
    assert due(found, "MOU-1")["report"] == following


def test_no_report_for_a_year(standing, codes, abroad, intent):
    for day, missing in ((date(2027, 1, 7), False), (date(2027, 1, 8), True)):
        found = standing([intent, abroad], today=day)
        assert ("agreements.report_missing" in codes(found, "MOU-1")) is missing
    said = problem(found, "agreements.report_missing").sentence("id")
    assert "Permendagri 25/2020 Pasal 35" in said
    assert "Permendagri 25/2020 Pasal 38" in said


# --- the council ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("burdens", "funded", "due_at_home"),
    [("ya", "ya", True), ("ya", "tidak", True), ("tidak", "tidak", True), ("tidak", "ya", False),
     (None, "ya", None), ("tidak", None, None), (None, None, None), ("ya", None, True),
     (None, "tidak", True)],
)  # fmt: skip
def test_dprd_truth_table(standing, codes, umbrella, pks, burdens, funded, due_at_home):
    """PP 28/2018 art. 6(2); a blank is unknown unless the other answer decides; abroad always, Sinergi never."""
    for jenis in ("KSDD-W", "KSDD-S", "KSDPK"):
        assert council_due(jenis, burdens, funded, RULES) is due_at_home
    for jenis in ("KSDPL", "KSDLL"):
        assert council_due(jenis, burdens, funded, RULES) is True
    assert council_due("SINERGI", burdens, funded, RULES) is False
    blank = {"tgl_ttd": None, "mulai": None, "berakhir": None, "status": "rancangan"}
    draft = pks | blank | {"beban_masyarakat": burdens, "anggaran_tersedia": funded}
    expected = {
        True: ["agreements.council_unasked"],
        False: [],
        None: ["agreements.council_unknown"],
    }
    assert codes(standing([umbrella, draft])) == expected[due_at_home]


# 45 working days after Monday 2 February 2026 are nine weeks: Monday 6 April. Four holidays fall on a
# working day before (17 February, 19 and 20 March, 3 April), one on a Saturday: Friday 10 April.
HOLIDAYS = (
    date(2026, 2, 17),
    date(2026, 3, 19),
    date(2026, 3, 20),
    date(2026, 3, 21),
    date(2026, 4, 3),
)


@pytest.mark.parametrize(
    ("holidays", "last", "silent"),
    [((), date(2026, 4, 6), date(2026, 4, 7)), (HOLIDAYS, date(2026, 4, 10), date(2026, 4, 11))],
    ids=["weekends alone", "hari_libur.csv"],
)
@pytest.mark.parametrize("jenis", ["KSDPL", "KSDLL"])
def test_silence_of_the_council_is_approval_on_day_46(
    standing, codes, intent, abroad, jenis, holidays, last, silent
):
    rows = [row | {"jenis_ksd": jenis} for row in (intent, abroad)]
    for day, refused in ((last, True), (silent, False)):
        passed = stages("MOU-1", rencana_kerja_sama="2026-01-20", verifikasi=day.isoformat())
        found = standing(rows, passed, date(2026, 5, 1), holidays)
        assert ("agreements.council_missing" in codes(found, "MOU-1")) is refused


def test_silence_of_the_council_is_no_approval_at_home(standing, codes, umbrella, pks):
    asked = pks | {"beban_masyarakat": "ya", "tgl_permohonan_dprd": "2026-02-02"}
    passed = stages("PKS-1", **dict.fromkeys(HOME_STAGES, "2026-08-01"))
    found = standing([umbrella, asked | {"tgl_ttd": "2026-08-01"}], passed)
    assert "agreements.council_missing" in codes(found, "PKS-1")
    approved = stages("PKS-1", persetujuan_dprd="2026-07-01") + passed
    assert codes(standing([umbrella, asked | {"tgl_ttd": "2026-08-01"}], approved)) == []


@pytest.mark.parametrize(("approved", "code"), [("2026-07-20", None), ("2026-07-21", "after")])
def test_signed_before_the_council_approved(standing, codes, umbrella, pks, approved, code):
    """Signed on 20 July; an approval on the 21st comes too late."""
    row = pks | {"beban_masyarakat": "ya", "tgl_ttd": "2026-07-20"}
    passed = stages("PKS-1", persetujuan_dprd=approved, penandatanganan_pks="2026-07-20")
    found = standing([umbrella, row], passed)
    assert ("agreements.council_after_signature" in codes(found, "PKS-1")) is (code == "after")
    assert "agreements.signed_without_council" not in codes(found)
    assert "agreements.signed_without_council" in codes(standing([umbrella, row]), "PKS-1")


@pytest.mark.parametrize(("approved", "late"), [("2026-07-20", False), ("2026-07-21", True)])
def test_approval_of_the_umbrella_serves_what_is_signed_after_it(
    standing, codes, umbrella, pks, approved, late
):
    row = pks | {"beban_masyarakat": "ya", "tgl_ttd": "2026-07-20"}
    found = standing([umbrella, row], stages("KB-1", persetujuan_dprd=approved))
    assert ("agreements.signed_without_council" in codes(found, "PKS-1")) is late


@pytest.mark.parametrize(
    ("status", "day", "told"),
    [("berlaku", "2026-08-31", True), ("diperpanjang", "2026-08-31", True),
     ("berlaku", "2026-09-01", False), ("dihentikan", "2026-08-31", False)],
)  # fmt: skip
def test_the_day_it_ended_contradicts_the_status(standing, codes, umbrella, status, day, told):
    row = umbrella | {"status": status, "tgl_pengakhiran": day, "alasan_berakhir": "kesepakatan"}
    assert ("agreements.ended_but_stated_running" in codes(standing([row]))) is told


def test_the_council_is_late_the_day_after_its_last(standing, codes, umbrella, pks):
    blank = {"tgl_ttd": None, "mulai": None, "berakhir": None, "status": "rancangan"}
    draft = pks | blank | {"beban_masyarakat": "ya", "tgl_permohonan_dprd": "2026-02-02"}
    for day, expected in ((date(2026, 4, 6), []), (date(2026, 4, 7), ["agreements.council_late"])):
        found = standing([umbrella, draft], today=day)
        assert codes(found, "PKS-1") == expected
        assert due(found, "PKS-1") == {"council": date(2026, 4, 6)}


# --- addenda and ends -----------------------------------------------------------------------------


def addendum(pks, **cells):
    return pks | {"no_dok": "ADD-1", "mengubah_no": "PKS-1", "tgl_ttd": "2026-06-01"} | cells


def test_amendment_extends_end_and_value(standing, codes, umbrella, pks):
    rows = [umbrella, pks | {"nilai_rupiah": 100}]
    later = addendum(pks, berakhir="2029-12-31", nilai_rupiah=250)
    second = addendum(pks, no_dok="ADD-2", tgl_ttd="2026-07-01", berakhir=None, nilai_rupiah=300)
    found = standing([*rows, second, later])
    row = found.documents.set_index("no_dok").loc["PKS-1"]
    assert (str(row["berakhir"].date()), row["nilai_rupiah"]) == ("2029-12-31", 300)
    assert row["amended_by"] == "ADD-1; ADD-2"
    assert found.history("PKS-1").until == date(2029, 12, 31)
    assert due(found, "PKS-1") == {"expiry": date(2029, 12, 31)}
    assert codes(found) == []
    before = standing([*rows, later], today=date(2026, 5, 31)).documents.set_index("no_dok")
    assert str(before.loc["PKS-1", "berakhir"].date()) == "2028-12-31"


def test_a_term_ends_with_the_last_day_of_its_addendum(standing, codes, umbrella, pks):
    ended = pks | {
        "berakhir": "2026-06-30",
        "status": "berakhir",
        "alasan_berakhir": "jangka_waktu",
    }
    longer = addendum(pks, berakhir="2026-07-31", status="berlaku")
    found = standing([umbrella, ended, longer])
    assert found.history("PKS-1").end.on == date(2026, 7, 31)
    assert codes(found) == []


@pytest.mark.parametrize(("signed", "refused"), [("2026-06-30", False), ("2026-07-01", True)])
def test_amendment_of_an_ended_document(standing, codes, umbrella, pks, signed, refused):
    late = addendum(pks, tgl_ttd=signed, berakhir="2027-06-30")
    found = standing([umbrella, pks | {"berakhir": "2026-06-30"}, late])
    assert ("agreements.amended_after_end" in codes(found, "PKS-1")) is refused


def test_amendment_of_what_was_never_signed(standing, codes, umbrella, pks):
    draft = pks | {"tgl_ttd": None, "status": "rancangan"}
    assert "agreements.amended_unsigned" in codes(
        standing([umbrella, draft, addendum(pks)]), "PKS-1"
    )


def test_addenda_in_a_circle_of_another_kind_and_of_nothing(standing, codes, umbrella, pks):
    circle = standing([umbrella, pks | {"mengubah_no": "ADD-1"}, addendum(pks)])
    assert "agreements.parent_circle" in codes(circle, "PKS-1")
    assert "agreements.parent_circle" in codes(circle, "ADD-1")
    second = addendum(pks, no_dok="ADD-2", mengubah_no="ADD-1")
    for target, code in (("KB-1", "amended_other_kind"), ("X", "parent_unknown")):
        found = standing([umbrella, pks, addendum(pks, mengubah_no=target), second])
        assert f"agreements.{code}" in codes(found, "ADD-1")
        assert "agreements.parent_circle" not in codes(found)


@pytest.mark.parametrize("jenis", ["KSDD-W", "KSDPK", "SINERGI", "KSDPL"])
def test_pergantian_pimpinan_is_no_ground(standing, jenis, umbrella):
    kind = {"SINERGI": "NK", "KSDPL": "LoI"}.get(jenis, "KB")
    row = umbrella | {
        "jenis_ksd": jenis,
        "jenis_dok": kind,
        "status": "dihentikan",
        "berakhir": None,
    }
    row |= {"alasan_berakhir": "pergantian_pimpinan", "tgl_pengakhiran": "2026-07-01"}
    found = problem(standing([row]), "agreements.ground_unknown")
    assert found.severity == "error"
    assert "PP 28/2018 Pasal 9 ayat (2)" in found.sentence("id")
    assert "pergantian" not in str(found.facts["grounds"])


@pytest.mark.parametrize("ground", ["putusan_pengadilan", "pailit"])
@pytest.mark.parametrize(
    ("jenis", "known"), [("KSDPK", True), ("KSDD-W", False), ("KSDD-S", False)]
)
def test_rulings_and_bankruptcy_end_only_cooperation_with_third_parties(
    standing, codes, umbrella, ground, jenis, known
):
    row = umbrella | {"jenis_ksd": jenis, "status": "dihentikan", "alasan_berakhir": ground}
    found = standing([row | {"tgl_pengakhiran": "2026-07-01"}])
    assert codes(found) == ([] if known else ["agreements.ground_unknown"])


def test_an_early_end_without_a_day(standing, codes, umbrella):
    row = umbrella | {"status": "dihentikan", "alasan_berakhir": "objek_hilang"}
    assert codes(standing([row])) == ["agreements.end_undated"]
    assert "evaluation.ended_without_ground" in codes(standing([row | {"alasan_berakhir": None}]))


def test_the_term_has_not_run_out_yet(standing, codes, umbrella):
    row = umbrella | {"status": "berakhir", "alasan_berakhir": "jangka_waktu"}
    found = standing([row | {"tgl_pengakhiran": "2026-07-01"}])
    assert "agreements.term_not_over" in codes(found)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-08-31", "dihentikan"), ("2026-09-01", "berlaku"), (None, "dihentikan")],
)
def test_what_will_be_stopped_still_runs(standing, umbrella, day, status):
    row = umbrella | {
        "status": "dihentikan",
        "alasan_berakhir": "kesepakatan",
        "tgl_pengakhiran": day,
    }
    assert standing([row]).documents["effective_status"].item() == status


def test_work_dated_after_the_end(standing, codes, umbrella, pks):
    ended = pks | {"status": "dihentikan", "alasan_berakhir": "kesepakatan"}
    ended |= {"tgl_pengakhiran": "2026-07-01"}
    signed = stages("PKS-1", penyusunan_pks="2026-01-05", penandatanganan_pks="2026-01-05")
    for day, refused in (("2026-06-30", False), ("2026-07-02", True)):
        found = standing([umbrella, ended], signed + stages("PKS-1", pelaksanaan=day))
        assert ("agreements.after_end" in codes(found, "PKS-1")) is refused
    reported = signed + stages("PKS-1", pelaksanaan="2026-02-01", pelaporan="2026-08-01")
    assert codes(standing([umbrella, ended], reported), "PKS-1") == []


# --- doubles and drafts ---------------------------------------------------------------------------


def test_overlapping_documents_but_not_amendments(standing, codes, umbrella, pks):
    twin = pks | {"no_dok": "PKS-2"}
    assert codes(standing([umbrella, pks, twin])) == ["evaluation.overlapping"]
    for cell in ({"urusan_kode": "1.01"}, {"mitra_nama": "PT Lain"}, {"urusan_kode": None}):
        assert codes(standing([umbrella, pks, twin | cell])) == []
    assert codes(standing([umbrella, pks, addendum(pks)])) == []


def test_drafts_have_no_dates_and_fall_due_for_nothing(standing, codes, umbrella, pks):
    draft = pks | {"tgl_ttd": None, "mulai": None, "berakhir": None, "status": "rancangan"}
    found = standing([umbrella, draft])
    assert codes(found, "PKS-1") == []
    assert due(found, "PKS-1") == {}
    assert found.history("PKS-1").events == ()
    assert found.history("PKS-1").next_stage.code == "penyusunan_pks"


def test_all_cells_missing(standing):
    found = standing([{"no_dok": "X"}], [{"no_dok": "X"}, {"no_dok": "Y", "tahap": "persiapan"}])
    assert list(found.histories) == ["X"]
    assert found.reminders.empty
