"""Answers as offices really write them: each test is a row of the corpus of nasty inputs, by its number."""

import json
from datetime import date, datetime

import pytest

from ksd_toolkit.questionnaire import read_form, read_workbook
from ksd_toolkit.questionnaire.values import Manner, parse
from tests.questionnaire.own_form import answered, ask, outcomes, told
from tests.questionnaire.test_bad_files import ksd_ingest
from tests.small_project import COLUMNS, office_book

FORM = read_form()
DECREE = FORM.table("opd").field("ppksd_sk_tanggal")
REGION = FORM.table("mitra").field("kode_wilayah")
REGIONS = FORM.table("usulan").field("lokasi")
LENGTH = FORM.table("usulan").field("baseline")
COST = FORM.table("usulan").field("biaya_indikatif")
TITLE = FORM.table("usulan").field("judul")
SCORE = FORM.table("nilai").field("skor")


@pytest.fixture
def asking(project):
    """A dossier with questions of its own, one for each way of writing an answer."""
    ask(project)
    return project


def first(submission, code):
    return next(problem for problem in submission.problems if problem.code == code)


def notes(parsed):
    return [(note.code, note.severity) for note in parsed.notes]


# --- 17, 39: numbers ---------------------------------------------------------------------------

NUMBERS = [
    ("1.234,56",        1234.56,        []),
    ("1,234.56",        1234.56,        [("cell.english_number", "warning")]),
    ("1.234",           1234.0,         [("cell.thousands_dot", "info")]),
    ("1.234.567",       1234567.0,      []),
    ("1.2",             1.2,            [("cell.decimal_point", "warning")]),
    ("Rp 1,2 miliar",   1.2e9,          []),
    ("Rp 1.234",        1234.0,         []),
    ("Rp 1,105 miliar", 1.105e9,        []),
    ("1.105 miliar",    1.105e12,       [("cell.thousands_dot", "info")]),
    ("3 jt",            3e6,            []),
    ("(1.000)",         -1000.0,        [("cell.thousands_dot", "info")]),
    ("-5",              -5.0,           []),
    ("\uff11\uff12\uff13", 123.0,       []),
    ("1\u00a0500\u00a0000", 1.5e6,      []),
    ("\u22125",         -5.0,           []),
    ("nihil",           0.0,            []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "remarks"), NUMBERS)
def test_row_17_and_39_a_number_is_taken_and_what_could_mislead_is_told(written, value, remarks):
    parsed = parse(written, LENGTH)
    assert (parsed.value, parsed.problem, notes(parsed)) == (value, "", remarks)


@pytest.mark.parametrize("written", ["5-10", "NaN", "inf", "1e5", "> 100", "1/2"])
def test_row_17_what_is_no_number_is_an_error_and_never_zero(written):
    parsed = parse(written, LENGTH)
    assert (parsed.value, parsed.outcome, parsed.problem) == (None, "tak_terbaca", "cell.number")


@pytest.mark.parametrize("written", ["\u00b1 5", "+/- 5", "sekitar 5", "kurang lebih 5 juta"])
def test_row_17_an_estimate_is_no_answer_and_is_called_one(written):
    parsed = parse(written, LENGTH)
    assert (parsed.value, parsed.problem) == (None, "cell.number_about")


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), float("-inf")])
def test_row_17_no_cell_holds_infinity(raw):
    assert parse(raw, LENGTH).problem == "cell.number"


def test_row_17_a_comma_in_money_may_have_been_meant_for_thousands():
    assert notes(parse("Rp 1,234", COST)) == [("cell.decimal_comma", "warning")]
    assert notes(parse("1,234", LENGTH)) == []


def test_row_17_the_remark_stands_at_its_cell_and_says_what_was_read(asking):
    problem = first(answered(asking, "panjang", 5, "1,234.56"), "cell.english_number")
    assert (problem.where.sheet, problem.where.cell) == ("usulan", "J3")
    assert "1234,56" in problem.text("id")
    assert "1234,56" in problem.text("en")


POINTS = [
    # column                        what is read
    (["88.35", "4588.370", "907.491"], [88.35, 4588.37, 907.491]),
    (["88.35", "907.491"],          [88.35, 907491.0]),
    (["2.5 jt", "1.5 jt", "500.000"], [2.5e6, 1.5e6, 500000.0]),
    (["0.59", "1.5", "907.491", "12"], [0.59, 1.5, 907.491, 12.0]),
    (["1.5", "1.234", "0,5"],       [1.5, 1234.0, 0.5]),
    (["1.5", "1.234", "1.234.567"], [1.5, 1234.0, 1234567.0]),
    (["907.491", "12"],             [907491.0, 12.0]),
]  # fmt: skip


@pytest.mark.parametrize(("column", "meant"), POINTS)
def test_row_17_a_column_that_writes_points_for_commas_does_so_throughout(asking, column, meant):
    assert outcomes(answered(asking, "panjang", *column), "panjang") == meant


def test_row_17_money_has_no_thousandths_whatever_its_column_writes(asking):
    submission = answered(asking, "manfaat_indikatif", "0.5", "1.5", "2.5", "500.000")
    assert outcomes(submission, "manfaat_indikatif") == [0.5, 1.5, 2.5, 500000.0]


def test_row_17_a_remark_a_whole_column_shares_is_told_in_full_once(asking):
    submission = answered(asking, "panjang", *["1.2"] * 3)
    assert told(submission) == [("cell.decimal_point", "warning")] * 3
    submission = answered(asking, "panjang", "0.5", *["1.2"] * 7, "banyak")
    assert told(submission) == [
        ("cell.decimal_point", "warning"), ("cell.same_remark", "warning"), ("cell.number", "error"),
    ]  # fmt: skip
    assert first(submission, "cell.same_remark").facts == {
        "n": 7, "question": "Isi panjang", "question_en": "Fill panjang",
        "first": "J2", "last": "J9",
    }  # fmt: skip


def test_row_36_a_minus_or_a_formula_sign_is_a_number_or_stays_text(asking):
    hostile = ["=cmd|' /C calc'!A0", "@SUM(1)", "-5", "- daftar"]
    assert outcomes(answered(asking, "alasan_x", *hostile), "alasan_x") == hostile
    submission = answered(asking, "panjang", "-5", "- daftar")
    assert outcomes(submission, "panjang") == [-5.0, "tak_terbaca"]


# --- 18: percent -------------------------------------------------------------------------------


def test_row_18_ten_percent_is_ten_however_it_is_written(asking):
    typed = answered(asking, "cakupan", 0.1, look="0%")
    texts = answered(asking, "cakupan", "10%", "10 persen", 10, "10")
    assert outcomes(typed, "cakupan") + outcomes(texts, "cakupan") == [10.0] * 5
    assert told(typed) + told(texts) == []


def test_row_18_percent_where_none_was_asked_is_told(asking):
    typed, text = answered(asking, "panjang", 0.1, look="0%"), answered(asking, "panjang", "10%")
    for submission in (typed, text):
        assert outcomes(submission, "panjang") == [10.0]
        assert told(submission) == [("cell.percent_unasked", "warning")]


def test_row_18_a_share_below_one_may_have_been_meant_as_percent(asking):
    submission = answered(asking, "cakupan", 0.07)
    assert outcomes(submission, "cakupan") == [0.07]
    assert told(submission) == [("cell.percent_or_share", "warning")]
    assert "7%" in first(submission, "cell.percent_or_share").remedy("id")


def test_row_18_a_rule_judges_percent_not_its_share(asking):
    assert outcomes(answered(asking, "cakupan", 1.2, look="0%"), "cakupan") == ["tak_terbaca"]


# --- 19: dates and periods ---------------------------------------------------------------------

DATES = [
    ("17 Agustus 2026",            date(2026, 8, 17), []),
    ("17 Agust. 2026",             date(2026, 8, 17), []),
    ("3 Nopember 2025",            date(2025, 11, 3), []),
    ("1 Pebruari 2026",            date(2026, 2, 1),  []),
    ("17 Aug 2026 09:00 WITA",     date(2026, 8, 17), []),
    ("Senin, 17 Agustus 2026",     date(2026, 8, 17), []),
    ("03/04/2026",                 date(2026, 4, 3),  []),
    (46251,                        date(2026, 8, 17), [("cell.date_serial", "warning")]),
    (46251.375,                    date(2026, 8, 17), [("cell.date_serial", "warning")]),
    ("46251",                      date(2026, 8, 17), [("cell.date_serial", "warning")]),
    (datetime(2026, 8, 17, 9, 30), date(2026, 8, 17), []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "remarks"), DATES)
def test_row_19_a_date_is_read_as_it_was_meant(written, value, remarks):
    parsed = parse(written, DECREE)
    assert (parsed.value, parsed.problem, notes(parsed)) == (value, "", remarks)


ORDERS = [
    # column                                                 what is read, error by "!"
    (["03/04/2026", "17/08/2026"],                           ["2026-04-03", "2026-08-17"]),
    (["03/04/2026", "08/17/2026"],                           ["2026-03-04", "2026-08-17"]),
    (["03/04/2026", "05/06/2026"],                           ["2026-04-03", "2026-06-05"]),
    (["17/08/2026", "08/17/2026", "03/04/2026"],             ["2026-08-17", "!", "2026-04-03"]),
    (["05/05/2026", "31/02/2026"],                           ["2026-05-05", "!"]),
]  # fmt: skip


@pytest.mark.parametrize(("column", "meant"), ORDERS)
def test_row_19_one_part_above_twelve_settles_a_whole_column(asking, column, meant):
    submission = answered(asking, "mulai", *column)
    expected = ["tak_terbaca" if day == "!" else date.fromisoformat(day) for day in meant]
    assert outcomes(submission, "mulai") == expected


def test_row_19_a_column_read_month_first_says_so_at_every_cell(asking):
    submission = answered(asking, "mulai", "03/04/2026", "08/17/2026")
    assert told(submission) == [("cell.month_first", "warning")] * 2
    assert "04-03-2026" in first(submission, "cell.month_first").text("id")


PERIODS = {
    "2026": "2026", "Tahun 2026": "2026", "2026-S1": "2026-S1", "Semester II 2026": "2026-S2",
    "Smt. 1 Tahun 2026": "2026-S1", "TW II 2026": "2026-TW2", "Triwulan 4 2026": "2026-TW4",
    "2026 TW III": "2026-TW3", "Agustus 2026": "2026-08", "Nopember 2026": "2026-11",
    "2026-08": "2026-08",
    "TW V 2026": "tak_terbaca", "Semester 3 2026": "tak_terbaca", "triwulan dua": "tak_terbaca",
    "17 Agustus 2026": "tak_terbaca", "2026-13": "tak_terbaca",
}  # fmt: skip


def test_row_19_a_period_has_one_name(asking):
    submission = answered(asking, "masa", *PERIODS, 2026)
    assert outcomes(submission, "masa") == [*PERIODS.values(), "2026"]


# --- 21: six outcomes --------------------------------------------------------------------------

SIX = ["", "-", "tidak tahu", "N/A", "nihil", 0]


def test_row_21_six_outcomes_stay_apart(asking):
    cells = [a for a in answered(asking, "panjang", *SIX).answers if a.field == "panjang"]
    assert [(cell.raw, cell.value, cell.state) for cell in cells] == [
        ("", None, "kosong"), ("-", None, "kosong"), ("tidak tahu", None, "TT"),
        ("N/A", None, "TB"), ("nihil", 0.0, ""), ("0", 0.0, ""),
    ]  # fmt: skip


def test_row_21_nothing_is_a_word_where_words_are_asked_and_no_choice_where_choices_are():
    assert [parse(raw, TITLE).value for raw in SIX] == [None, None, None, None, "nihil", "0"]
    assert parse("nihil", SCORE).problem == "cell.choice"


# --- 22: numbers and addresses of persons ------------------------------------------------------

NIPS = [
    (1.97801152005011e17,      None,                 "cell.digits_lost"),
    (197801152005011001,       None,                 "cell.digits_lost"),
    ("19780115200501100",      None,                 "cell.nip"),
    ("197801152005011001",     "197801152005011001", ""),
    ("19780115 200501 1 001",  "197801152005011001", ""),
    ("19780115.200501.1.001",  "197801152005011001", ""),
    ("NIP 197801152005011001", "197801152005011001", ""),
    ("197801152005011001 (NIP)", None,               "cell.nip_with_text"),
    (12345,                    None,                 "cell.nip"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "code"), NIPS)
def test_row_22_a_nip_is_whole_or_an_error_that_does_not_repeat_it(project, written, value, code):
    book = office_book("DISHUB")
    book["opd"]["C5"] = written
    project.put(book, "dishub.xlsx")
    (project.inbox / "dinkes.xlsx").unlink()
    (project.inbox / "disdik.xlsx").unlink()
    shown = ksd_ingest(project, "--json")
    problems = [p for p in json.loads(shown.stdout)["problems"] if p["code"] != "opd.silent"]
    assert [p["code"] for p in problems if p["code"].startswith("cell.")] == (
        [code] if code else []
    )
    assert "1978" not in shown.stdout
    kept = project.rows("SELECT state FROM answer WHERE field = 'ppksd_1_nip'")
    assert kept == [("" if value else "tak_terbaca",)]
    assert parse(written, FORM.table("opd").field("ppksd_1_nip")).value == value


def test_row_22_telephones_and_addresses_are_whole_too(asking):
    phones = ["0517-21234", "+62 811 500 1234", 81234567890, "123", "0811 / 0812", "telepon"]
    submission = answered(asking, "telepon_dinas", *phones)
    assert outcomes(submission, "telepon_dinas") == [
        "0517-21234", "+62 811 500 1234", "81234567890", *["tak_terbaca"] * 3,
    ]  # fmt: skip
    assert told(submission) == [("cell.zero_lost", "warning"), *[("cell.phone", "error")] * 3]
    mails = answered(asking, "surel_dinas", "dinas@contoh.go.id", "dinas@", "a@b.id; c@d.id")
    assert outcomes(mails, "surel_dinas") == ["dinas@contoh.go.id", "tak_terbaca", "tak_terbaca"]
    for problem in (*submission.problems, *mails.problems):
        assert not any(text in problem.sentence("id") for text in ("0811", "a@b.id", "8123"))


# --- regions -----------------------------------------------------------------------------------

PLACES = [
    ("63.05",                  "63.05", ""),
    (63.05,                    "63.05", ""),
    ("Tapin",                  "63.05", ""),
    ("kabupaten  tapin",       "63.05", ""),
    ("Kab. Tapin",             "63.05", ""),
    ("Kab.Tapin",              "63.05", ""),
    ("Pemkab Tapin",           "63.05", ""),
    ("Pemerintah Kabupaten Tapin", "63.05", ""),
    ("63.05 - Kabupaten Tapin", "63.05", ""),
    ("Tapin (63.05)",          "63.05", ""),
    ("63",                     "63",    ""),
    (63,                       "63",    ""),
    ("Kalimantan Selatan",     "63",    ""),
    ("63.06 Tapin",            None,    "cell.region_contradicts"),
    (6305,                     None,    "cell.region_system"),
    ("6305",                   None,    "cell.region_system"),
    (63.1,                     None,    "cell.region_cut"),
    ("63.99",                  None,    "cell.region"),
    ("Tapinn",                 None,    "cell.region_near"),
    ("seluruh kecamatan",      None,    "cell.region_below"),
    ("Kec. Binuang",           None,    "cell.region_below"),
    ("63.05.01",               None,    "cell.region_below"),
    ("HSS",                    None,    "cell.region_near"),
    ("Bogor",                  None,    "cell.region_two"),
    ("63.05; 63.06",           None,    "cell.region"),
    (datetime(2026, 5, 3),     None,    "cell.region"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "code"), PLACES)
def test_a_region_is_known_by_code_or_exact_name_and_never_by_likeness(written, value, code):
    parsed = parse(written, REGION)
    assert (parsed.value, parsed.problem) == (value, code)


def test_an_unknown_region_is_answered_with_what_may_have_been_meant():
    near = {
        text: str(parse(text, REGION).facts["near"]) for text in ("Tapinn", "6305", "63.1", "Bogor")
    }
    assert "63.05" in near["Tapinn"]
    assert near["6305"] == "63.05 (Kabupaten Tapin)"
    assert near["63.1"] == "63.10 (Kabupaten Tanah Bumbu); 63.01 (Kabupaten Tanah Laut)"
    assert {"Kabupaten Bogor (32.01)", "Kota Bogor (32.71)"} == set(near["Bogor"].split("; "))


def test_several_regions_are_codes_in_the_order_given():
    assert parse("63.06; Tapin\nKab. Banjar, 63.06", REGIONS).value == "63.06;63.05;63.03"
    assert parse("63.06; Tapinn", REGIONS).problem == "cell.region_near"
    assert parse("Tapin dan Kab. Banjar", REGIONS).value == "63.05;63.03"
    assert parse("Pangkajene dan Kepulauan; Tapin", REGIONS).value == "73.10;63.05"
    assert parse("Tapin dan Banjar", REGIONS).problem == "cell.region_two"


def test_initials_mean_the_region_itself_or_a_neighbour_where_only_one_fits():
    at_home = Manner(home="63.06")
    for text, code in (("HSS", "63.06"), ("Kab. HST", "63.07"), ("Pemkab H.S.U.", "63.08")):
        parsed = parse(text, REGION, at_home)
        assert (parsed.value, notes(parsed)) == (code, [("cell.region_initials", "info")])
    assert parse("HSS; Tapin", REGIONS, at_home).value == "63.06;63.05"
    assert parse("HSS", REGION, Manner(home="31.71")).problem == "cell.region_near"
    assert parse("K", REGION, at_home).problem == "cell.region"


def test_a_region_like_no_other_is_answered_without_suggestions():
    for text in ("Tapin dan Banjar", "entah di mana"):
        assert "near" not in parse(text, REGION).facts


# --- 40: choices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["5", 5, "5 - Sangat tinggi", "SANGAT TINGGI ", "Very high", "very  HIGH"]
)
def test_row_40_a_choice_is_known_by_code_or_label_in_either_language(written):
    assert parse(written, SCORE).value == "5"


def test_row_40_an_unknown_choice_is_an_error_with_the_nearest_labels():
    parsed = parse("Sangat tingi", SCORE)
    assert (parsed.value, parsed.problem) == (None, "cell.choice_near")
    assert str(parsed.facts["near"]).startswith("5 Sangat tinggi")
    assert parse("bagus sekali", SCORE).problem == "cell.choice"


# --- conditions and rules over the row ---------------------------------------------------------


def test_a_question_is_required_only_where_it_is_asked(asking):
    book = office_book("DISHUB")
    sheet, column = book["usulan"], len(COLUMNS["usulan"]) + 1
    sheet.cell(1, column).value = "alasan_x"
    sheet["C3"] = "permasalahan"  # row 2 stays `potensi`
    asking.put(book, "dishub.xlsx")
    blank = [p for p in asking.ingest().problems if p.where.file.endswith("dishub.xlsx")]
    assert [(p.code, p.where.cell) for p in blank if p.code == "cell.required"] == [
        ("cell.required", "J3")
    ]


def test_an_answer_to_a_question_not_asked_is_kept_and_told(asking):
    submission = answered(asking, "alasan_x", "karena")
    assert outcomes(submission, "alasan_x") == ["karena"]
    assert told(submission) == [("cell.not_asked", "warning")]


def test_a_rule_may_ask_about_another_answer_of_the_row(asking):
    book = office_book("DISHUB", usulan=4)
    sheet, column = book["usulan"], len(COLUMNS["usulan"]) + 1
    days = [("mulai", "selesai"), ("1/2/2026", "1/3/2026"), ("1/3/2026", "1/2/2026"),
            (None, "1/2/2026"), ("entah", "1/2/2026")]  # fmt: skip
    for row, pair in enumerate(days, start=1):
        for offset, text in enumerate(pair):
            sheet.cell(row, column + offset).value = text
    asking.put(book, "dishub.xlsx")
    asking.ingest()
    kept = dict(asking.rows(
        "SELECT row_key, state FROM answer WHERE field = 'selesai' AND row_key LIKE 'DISHUB%'"
    ))  # fmt: skip
    # a comparison with a blank is false, as on the devices that take such forms; with an unreadable
    # answer nothing is judged
    assert list(kept.values()) == ["", "tak_terbaca", "tak_terbaca", ""]


def test_a_rule_nothing_can_evaluate_is_told_once_and_passes_nobody_in_silence(asking):
    submission = answered(asking, "daftar", "a", "b", "c")
    found = [p for p in submission.problems if p.code == "sheet.rule_not_evaluated"]
    assert [(p.where.cell, p.severity) for p in found] == [("J1", "warning")]
    assert "pulldata" in found[0].text("id")
    assert outcomes(submission, "daftar") == ["a", "b", "c"]


def test_a_rule_about_a_column_that_is_gone_is_not_judged_by_blanks(asking):
    book = office_book("DISHUB", usulan=1)
    sheet, column = book["usulan"], len(COLUMNS["usulan"]) + 1
    sheet.cell(1, column).value, sheet.cell(2, column).value = "selesai", "1/2/2026"
    submission = read_workbook(asking.put(book, "dishub.xlsx"), asking.dossier)
    assert outcomes(submission, "selesai") == [date(2026, 2, 1)]
    assert first(submission, "sheet.rule_not_evaluated").where.cell == "J1"
