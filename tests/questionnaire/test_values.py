"""How a figure, a date, a choice or a missing answer is understood."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.values import parse, parse_date, parse_number

FORM = read_form()
COST = FORM.table("usulan").field("biaya_indikatif")  # decimal, >= 0
YEAR = FORM.table("usulan").field("bukti_tahun")  # integer, 2000 to 2100
TITLE = FORM.table("usulan").field("judul")  # text
AFFAIR = FORM.table("usulan").field("urusan_kode")  # select_one
ISSUES = FORM.table("usulan").field("isu")  # select_multiple
PARTNER_KIND = FORM.table("mitra").field("mitra_jenis")  # select_one
CONTRARY = FORM.table("usulan").field("bertentangan")  # ya, tidak, TT, TB
SCORE = FORM.table("nilai").field("skor")  # 1-5, TT, TB
DECREE = FORM.table("opd").field("ppksd_sk_tanggal")  # date
NIP = FORM.table("opd").field("ppksd_1_nip")  # text, 18 digits
EVERY_FIELD = [
    field for name in ("pemetaan", "evaluasi") for t in read_form(name).tables for field in t.fields
]

# --- numbers -------------------------------------------------------------------------------

NUMBERS = [
    # written                 meant
    ("0",                     "0"),
    ("1500000",               "1500000"),
    ("1.500.000",             "1500000"),
    ("1 500 000",             "1500000"),
    ("1.234",                 "1234"),
    ("1.234,56",              "1234.56"),
    ("1234,56",               "1234.56"),
    ("0,5",                   "0.5"),
    ("1,234",                 "1.234"),
    ("1.2",                   "1.2"),
    ("0.5",                   "0.5"),
    ("0.125",                 "0.125"),
    ("1,234.56",              "1234.56"),
    ("1,234,567.8",           "1234567.8"),
    ("Rp 1,2 miliar",         "1200000000"),
    ("Rp1.500.000,-",         "1500000"),
    ("Rp. 1.500.000,00",      "1500000"),
    ("IDR 250.000",           "250000"),
    ("RP 2 JUTA",             "2000000"),
    ("3 jt",                  "3000000"),
    ("2,5 juta",              "2500000"),
    ("750 ribu",              "750000"),
    ("750 rb.",               "750000"),
    ("1,2 M",                 "1200000000"),
    ("Rp 1,2 m",              "1200000000"),
    ("1,5 milyar",            "1500000000"),
    ("2 triliun",             "2000000000000"),
    ("10%",                   "10"),
    ("12,5 persen",           "12.5"),
    ("-5",                    "-5"),
    ("- 5",                   "-5"),
    ("\u22125",               "-5"),
    ("-Rp 1.000",             "-1000"),
    ("Rp -1.000",             "-1000"),
    ("(1.000)",               "-1000"),
    ("nihil",                 "0"),
    ("\uff11\uff12\uff13",    "123"),
    ("1\u00a0500\u00a0000",   "1500000"),
]  # fmt: skip

NOT_A_NUMBER = [
    "abc", "lima", "5-10", "> 100", "1e5", "NaN", "inf", "1/2", "\u00bd", "5\u00b2",
    "5 m", "5 t", "5 orang", "100 meter", "1.000.00", "1.23.456", "1,000,000", "12 34", "012.345",
    "0.125.000", "--5", "(-5)", "(5", "Rp", "5 10", "10%%", "=1+1", "17/8/2026",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), NUMBERS)
def test_a_number_as_indonesians_write_it(written, meant):
    assert parse_number(written) == Decimal(meant)


@pytest.mark.parametrize("written", NOT_A_NUMBER)
def test_what_is_no_number_or_could_mean_two_is_refused_never_zero(written):
    assert parse_number(written) is None
    parsed = parse(written, FORM.table("usulan").field("baseline"))
    assert (parsed.value, parsed.state, parsed.problem) == (None, "", "cell.number")
    assert parsed.facts["value"] == written


@given(
    st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4),
    st.sampled_from(["", "Rp ", "Rp", "Rp. "]),
)
def test_a_number_written_in_indonesian_reads_back(value, prefix):
    written = prefix + format_decimal(value, format="#,##0.####", locale="id_ID")
    assert parse_number(written) == value


@given(st.integers(0, 10**6), st.sampled_from([("ribu", 3), ("juta", 6), ("miliar", 9), ("M", 9)]))
def test_a_number_of_thousands_or_millions_reads_back(hundredths, unit):
    word, power = unit
    written = format_decimal(Decimal(hundredths) / 100, format="#,##0.##", locale="id_ID")
    assert parse_number(f"{written} {word}") == Decimal(hundredths) / 100 * 10**power


@given(st.text(alphabet="0123456789.,-() RpjutamM%\u00b2", max_size=12))
def test_any_text_is_a_finite_number_or_none(text):
    value = parse_number(text)
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("raw", "question", "value", "problem"),
    [
        (1_500_000, COST, 1_500_000.0, ""),
        (0.5, COST, 0.5, ""),
        (0, COST, 0.0, ""),
        ("nihil", COST, 0.0, ""),
        (-1, COST, None, "cell.rule"),
        ("-1", COST, None, "cell.rule"),
        (True, COST, None, "cell.number"),
        (datetime(2026, 8, 17), COST, None, "cell.number"),
        (2025, YEAR, 2025.0, ""),
        ("2025", YEAR, 2025.0, ""),
        (2025.5, YEAR, None, "cell.integer"),
        ("\u00b1 750 jt", COST, None, "cell.number_about"),
        ("sekitar 2025", YEAR, None, "cell.number_about"),
        ("TA 2026", YEAR, None, "cell.integer"),
        ("2025,5", YEAR, None, "cell.integer"),
        (1999, YEAR, None, "cell.rule"),
        ("dua ribu", YEAR, None, "cell.integer"),
    ],
)
def test_a_number_must_suit_its_question(raw, question, value, problem):
    parsed = parse(raw, question)
    assert (parsed.value, parsed.state, parsed.problem) == (value, "", problem)


@pytest.mark.parametrize(
    ("written", "value", "codes"),
    [
        ("1,2 miliar rupiah", 1.2e9, []),
        ("Rp 1,2 Miliar per tahun", 1.2e9, ["cell.money_words"]),
        ("750 juta rupiah / thn", 7.5e8, ["cell.money_words"]),
        ("2 milyard", 2e9, []),
    ],
)
def test_money_may_have_its_words_behind_it(written, value, codes):
    parsed = parse(written, COST)
    assert (parsed.value, [note.code for note in parsed.notes]) == (value, codes)


@pytest.mark.parametrize("written", ["per tahun", "5 per hari", "10% per tahun", "satu rupiah"])
def test_words_without_a_sum_are_no_money(written):
    assert parse(written, COST).problem == "cell.number"


def test_a_whole_number_with_words_is_told_how_it_is_written():
    term = FORM.table("usulan").field("jangka_waktu_th")
    assert parse("3 tahun", term).problem == "cell.integer"
    assert parse("3 tahun", term).value is None


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("000000000000000001", "000000000000000001", ""),
        ("00000000000000001", None, "cell.nip"),
        (1.97801152005011e17, None, "cell.digits_lost"),
    ],
)
def test_a_civil_service_number_must_be_whole(raw, value, problem):
    parsed = parse(raw, NIP)
    assert (parsed.value, parsed.problem) == (value, problem)


# --- dates ---------------------------------------------------------------------------------

DATES = [
    ("17 Agustus 2026",      date(2026, 8, 17)),
    ("17 agt 2026",          date(2026, 8, 17)),
    ("17 Agust. 2026",       date(2026, 8, 17)),
    ("17 Agst 2026",         date(2026, 8, 17)),
    ("17 Agt. 2026",         date(2026, 8, 17)),
    ("Senin, 17 Agst 2026",  date(2026, 8, 17)),
    ("Senin 17 Agustus 2026", date(2026, 8, 17)),
    ("Jumat, 14 August 2026", date(2026, 8, 14)),
    ("Jum'at, 14 Agustus 2026", date(2026, 8, 14)),
    ("Ahad, 16 Agustus 2026", date(2026, 8, 16)),
    ("Monday, 17 August 2026", date(2026, 8, 17)),
    ("17 August 2026",       date(2026, 8, 17)),
    ("1 Pebruari 2026",      date(2026, 2, 1)),
    ("3 Nopember 2025",      date(2025, 11, 3)),
    ("29 Februari 2028",     date(2028, 2, 29)),
    ("03/04/2026",           date(2026, 4, 3)),
    ("3-4-2026",             date(2026, 4, 3)),
    ("3.4.2026",             date(2026, 4, 3)),
    ("2026-08-17",           date(2026, 8, 17)),
    ("  17   Agustus  2026", date(2026, 8, 17)),
]  # fmt: skip

NOT_A_DATE = {
    "cell.date": ("31 Februari 2026", "29 Februari 2026", "31/02/2026", "5", "Jumat",
                  "17 Bulan 2026", "0 Mei 2026", "besok", "2026/08/17", "Akhir, 17 Agustus 2026"),
    "cell.date_weekday": ("Selasa, 17 Agustus 2026", "Sunday 17 August 2026"),
    "cell.date_order": ("08/17/2026", "8-17-2026"),
    "cell.date_incomplete": ("Agustus 2026", "2026", "TW II 2026", "Semester 1 2026", "17/8/26",
                             "17-8", "17 Agustus"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), DATES)
def test_a_date_is_day_before_month(written, meant):
    assert parse(written, DECREE).value == meant


@pytest.mark.parametrize(
    ("code", "written"), [(code, text) for code, texts in NOT_A_DATE.items() for text in texts]
)
def test_no_part_of_a_date_is_invented(code, written):
    assert parse_date(written) is None
    parsed = parse(written, DECREE)
    assert (parsed.value, parsed.state, parsed.problem) == (None, "", code)


def test_a_date_cell_is_a_date():
    assert parse(datetime(2026, 8, 17), DECREE).value == date(2026, 8, 17)
    assert parse(date(2026, 8, 17), DECREE).value == date(2026, 8, 17)


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)))
def test_every_date_reads_back_in_four_spellings(day):
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    spellings = (
        f"{day.day} {months.split()[day.month - 1]} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        day.isoformat(),
    )
    assert {parse_date(text) for text in spellings} == {day}


# --- choices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "question", "code"),
    [
        (5, SCORE, "5"),
        ("5", SCORE, "5"),
        (5.0, SCORE, "5"),
        ("5 - Sangat tinggi", SCORE, "5"),
        ("5 = Sangat tinggi", SCORE, "5"),
        ("SANGAT  TINGGI ", SCORE, "5"),
        ("Very high", SCORE, "5"),
        ("4 (ragu)", SCORE, "4"),
        ("ya", CONTRARY, "ya"),
        ("YA", CONTRARY, "ya"),
        ("Yes", CONTRARY, "ya"),
        (True, CONTRARY, "ya"),
        (False, CONTRARY, "tidak"),
        ("1.02", AFFAIR, "1.02"),
        (1.02, AFFAIR, "1.02"),
        ("1.02 Kesehatan", AFFAIR, "1.02"),
        ("kesehatan", AFFAIR, "1.02"),
        ("Health", AFFAIR, "1.02"),
        (2.1, AFFAIR, "2.10"),
        ("ISU-A", ISSUES, "ISU-A"),
        ("ISU-B; ISU-A", ISSUES, "ISU-B;ISU-A"),
        ("ISU-B, ISU-A", ISSUES, "ISU-B;ISU-A"),
        ("isu-b isu-a", ISSUES, "ISU-B;ISU-A"),
        ("ISU-B\nISU-A", ISSUES, "ISU-B;ISU-A"),
        ("Tata Ruang; Inflation", ISSUES, "ISU-C;ISU-G"),
        ("Tata Ruang dan ISU-G", ISSUES, "ISU-C;ISU-G"),
        ("Tata Ruang, Inflation & ISU-A", ISSUES, "ISU-C;ISU-G;ISU-A"),
        ("ISU-A; ISU-A", ISSUES, "ISU-A"),
    ],
)
def test_a_choice_is_known_by_code_or_label(written, question, code):
    parsed = parse(written, question)
    assert (parsed.value, parsed.state, parsed.problem) == (code, "", "")


@pytest.mark.parametrize(
    ("written", "question"),
    [
        (7, SCORE),
        ("7", SCORE),
        ("0", SCORE),
        (4.5, SCORE),
        ("3 atau 4", SCORE),
        ("3 - 4", SCORE),
        ("1 2", SCORE),
        ("bagus", SCORE),
        ("Ya / Tidak", CONTRARY),
        ("ya atau tidak", CONTRARY),
        ("mungkin", CONTRARY),
        ("9.99", AFFAIR),
        (datetime(2026, 2, 1), AFFAIR),
        ("ISU-A; ISU-Z", ISSUES),
        ("ISU-A, bencana alam", ISSUES),
        ("ISU-A dan bencana alam", ISSUES),
    ],
)
def test_what_is_no_choice_is_never_taken_for_one(written, question):
    parsed = parse(written, question)
    code = "cell.choices" if question is ISSUES else "cell.choice"
    assert (parsed.value, parsed.state, parsed.problem) == (None, "", code)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Pelayanan warga", "Pelayanan warga"),
        ("ISU-A dan Mitra", "Mitra"),
        ("ISU-A; ISU-Z", "ISU-Z"),
        ("ISU-A, bencana alam, Inflasi", "bencana alam"),
        ("satu, dua", "satu, dua"),
    ],
)
def test_of_several_choices_those_unknown_are_named_as_they_were_written(written, named):
    assert parse(written, ISSUES).facts["value"] == named


def test_choices_are_offered_as_the_dropdown_shows_them_in_both_languages():
    facts = parse("Kementerian", PARTNER_KIND).facts
    assert "Pemerintah daerah lain (pemda)" in facts["choices"]
    assert "Another region (pemda)" in facts["choices_en"]
    assert str(parse("9.99", AFFAIR).facts["choices"]).startswith("1.01 Pendidikan; ")
    assert parse("bagus", SCORE).facts["choices"] == "1; 2; 3; 4; 5; TT; TB"
    near = parse("Pemerintah daerah lian", PARTNER_KIND)
    assert (near.problem, near.facts["near"]) == (
        "cell.choice_near",
        "Pemerintah daerah lain (pemda)",
    )
    assert parse("Pemerintah daerah lain (pemda)", PARTNER_KIND).value == "pemda"
    assert parse("Pemerintah daerah lain (ormas)", PARTNER_KIND).value is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Iya", "ya"),
        ("Ya.", "ya"),
        ("IYA.", "ya"),
        ("Tdk", "tidak"),
        ("tdk.", "tidak"),
        ("Tidak.", "tidak"),
    ],
)
def test_yes_and_no_are_known_in_other_words_out_of_a_table(written, code):
    assert parse(written, CONTRARY).value == code


def test_words_of_ones_own_beside_a_code_are_told():
    parsed = parse("4 (baik)", SCORE)
    assert parsed.value == "4"
    assert [(note.code, note.severity) for note in parsed.notes] == [("cell.choice_words", "info")]
    for own in ("4", "4 (Tinggi)", "4 - tinggi"):
        assert (parse(own, SCORE).value, parse(own, SCORE).notes) == ("4", ())
    assert parse("ISU-A (utama); ISU-B", ISSUES).notes[0].facts["meant"].startswith("ISU-A ")


@pytest.mark.parametrize(
    "question", [f for f in EVERY_FIELD if f.type == "select_one"], ids=lambda f: f.name
)
def test_every_choice_answers_to_its_code_and_both_labels(question):
    for choice in question.choices:
        for text in (choice.code, *choice.labels.values(), f"{choice.code} {choice.labels['id']}"):
            parsed = parse(text, question)
            assert (parsed.value or parsed.state) == choice.code, text


# --- missing answers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", [COST, DECREE, SCORE, CONTRARY, ISSUES, TITLE], ids=lambda f: f.name
)
@pytest.mark.parametrize(
    ("written", "state"),
    [
        (None, "kosong"),
        ("", "kosong"),
        ("   ", "kosong"),
        ("\u00a0", "kosong"),
        ("-", "kosong"),
        ("\u2013", "kosong"),
        ("kosong", "kosong"),
        ("TT", "TT"),
        ("tt", "TT"),
        ("Tidak tahu", "TT"),
        ("tdk  tahu", "TT"),
        ("TB", "TB"),
        ("Tidak berlaku", "TB"),
        ("N/A", "TB"),
    ],
)
def test_missing_answers_keep_their_kind(question, written, state):
    parsed = parse(written, question)
    assert (parsed.value, parsed.state, parsed.problem) == (None, state, "")


def test_blank_unknown_not_applicable_and_zero_are_kept_apart():
    outcomes = [parse(raw, COST) for raw in ("", "-", "tidak tahu", "N/A", "nihil", 0)]
    assert [(o.value, o.state) for o in outcomes] == [
        (None, "kosong"), (None, "kosong"), (None, "TT"), (None, "TB"), (0.0, ""), (0.0, ""),
    ]  # fmt: skip


def test_only_separators_are_no_answer():
    assert parse(" ; ; ", ISSUES).state == "kosong"


# --- every outcome -------------------------------------------------------------------------

RAW = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=20),
    st.sampled_from(
        ["5 - 6", "ya;tidak", "1.02", ";", "ISU-A", "TT", "Rp 1 M", "12 Mei 2026", "|"]
    ),
)


@given(RAW, st.sampled_from(EVERY_FIELD))
def test_an_answer_is_a_value_or_a_state_or_a_problem(raw, question):
    parsed = parse(raw, question)
    answered = parsed.value is not None
    assert [answered, bool(parsed.state), bool(parsed.problem)].count(True) == 1
    assert parsed.value != ""
    assert parsed.outcome in {"", "kosong", "TT", "TB", "tak_terbaca"}
    assert answered == (parsed.outcome == "")
