"""What people do to a questionnaire: the place that is named, the code, and what becomes of the row.

Every case changes the one good questionnaire of `tests.small_project`, whose three tables hold two
rows each; with the sheet of the office itself that is 7 rows read.
"""

from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.questionnaire import Balance, Submission, read_csv_table, read_form, read_workbook
from tests.small_project import COLUMNS, new_project, office_book, tkksd_book

FILE = "kuesioner/dishub.xlsx"


class Finding(NamedTuple):
    """A problem as a case states it: `usulan:I2 cell.number error`."""

    place: str
    code: str
    severity: str = "error"


def read(project, book, name="dishub.xlsx"):
    submission = read_workbook(project.put(book, name), project.dossier)
    assert isinstance(submission, Submission), submission
    return submission


def findings(submission):
    """Every problem of the file; each must be a full sentence about this file in both languages."""
    for problem in submission.problems:
        for lang in ("id", "en"):
            assert problem.sentence(lang).startswith(submission.file)
            assert not set("{}") & set(problem.sentence(lang))
    return [
        Finding(f"{p.where.sheet}:{p.where.cell}".rstrip(":"), p.code, p.severity)
        for p in submission.problems
    ]


def answer(submission, table, row_key, field):
    (found,) = [
        a for a in submission.answers if (a.table, a.row_key, a.field) == (table, row_key, field)
    ]
    return found


def test_the_good_questionnaire_has_nothing_wrong(project):
    submission = read(project, office_book("DISHUB"))
    assert findings(submission) == []
    assert submission.balance == Balance(accepted=7)
    assert (submission.kind, submission.sender, submission.period) == ("opd", "DISHUB", "2026")


# --- one cell --------------------------------------------------------------------------------

CELLS = [
    # sheet    cell  typed          finding                                        state
    ("usulan", "I2", "banyak",      Finding("usulan:I2", "cell.number"),           "tak_terbaca"),
    ("usulan", "I3", "5-10",        Finding("usulan:I3", "cell.number"),           "tak_terbaca"),
    ("usulan", "I2", -5,            Finding("usulan:I2", "cell.rule"),             "tak_terbaca"),
    ("usulan", "H2", 2025.5,        Finding("usulan:H2", "cell.integer"),          "tak_terbaca"),
    ("usulan", "H3", 1945,          Finding("usulan:H3", "cell.rule"),             "tak_terbaca"),
    ("usulan", "C2", "kesempatan",  Finding("usulan:C2", "cell.choice"),           "tak_terbaca"),
    ("usulan", "D3", "ISU-Z",       Finding("usulan:D3", "cell.choices"),          "tak_terbaca"),
    ("usulan", "B2", "j" * 151,     Finding("usulan:B2", "cell.rule"),             "tak_terbaca"),
    ("usulan", "B2", None,          Finding("usulan:B2", "cell.required", "warning"), "kosong"),
    ("usulan", "B3", "-",           Finding("usulan:B3", "cell.required", "warning"), "kosong"),
    ("mitra",  "D2", "Tapinn",      Finding("mitra:D2", "cell.region_near"),       "tak_terbaca"),
    ("nilai",  "D3", 7,             Finding("nilai:D3", "cell.choice"),            "tak_terbaca"),
    ("opd",    "C11", "kemarin",    Finding("opd:C11", "cell.date"),               "tak_terbaca"),
    ("opd",    "C13", 9,            Finding("opd:C13", "cell.choice"),             "tak_terbaca"),
    ("opd",    "C5", "12345",       Finding("opd:C5", "cell.nip"),                 "tak_terbaca"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "cell", "typed", "finding", "state"), CELLS)
def test_a_cell_that_cannot_be_used_is_named_and_its_row_kept(
    project, sheet, cell, typed, finding, state
):
    book = office_book("DISHUB")
    book[sheet][cell] = typed
    submission = read(project, book)
    assert findings(submission) == [finding]
    assert submission.balance == Balance(accepted=7)
    (kept,) = [a for a in submission.answers if (a.sheet, a.cell) == (sheet, cell)]
    assert (kept.value, kept.state) == (None, state)
    assert kept.raw == ("" if typed is None else str(typed))


def test_unknown_and_not_applicable_are_answers_to_a_required_question(project):
    book = office_book("DISHUB")
    book["usulan"]["F2"], book["usulan"]["F3"] = "TT", "TB"
    submission = read(project, book)
    assert findings(submission) == []
    assert answer(submission, "usulan", "DISHUB-01", "kewenangan").state == "TT"
    assert answer(submission, "usulan", "DISHUB-02", "kewenangan").state == "TB"


def test_a_persons_number_is_not_repeated_in_a_sentence(project):
    book = office_book("DISHUB")
    book["opd"]["C5"] = "197801152005011"
    (problem,) = read(project, book).problems
    assert problem.where.cell == "C5"
    for lang in ("id", "en"):
        assert "1978" not in problem.sentence(lang)


@pytest.mark.parametrize(
    ("cell", "typed", "finding"),
    [
        ("C7", None, Finding("opd:C7", "opd.few_ppksd", "warning")),
        ("C7", "Contoh Pertama", Finding("opd:C7", "opd.same_ppksd", "warning")),
        ("C8", "000000000000000001", Finding("opd:C7", "opd.same_ppksd", "warning")),
    ],
)
def test_an_office_names_two_different_liaisons(project, cell, typed, finding):
    book = office_book("DISHUB")
    book["opd"][cell] = typed
    assert findings(read(project, book)) == [finding]


# --- one row ---------------------------------------------------------------------------------

U, N = COLUMNS["usulan"], COLUMNS["nilai"]
GOOD_USULAN = ("DISHUB-03", "Halte", "potensi", "ISU-A", "1.02", "ya", "layanan", 2025, 5)
ROWS = [
    # sheet    row added below                                finding                           fate
    ("usulan", GOOD_USULAN,                                   None,                             "accepted"),
    ("usulan", (None,) * 9,                                   None,                             ""),
    ("usulan", (None, *GOOD_USULAN[1:]),    Finding("usulan:A4", "row.key_missing"),            "quarantined"),
    ("usulan", ("TT", *GOOD_USULAN[1:]),    Finding("usulan:A4", "row.key_missing"),            "quarantined"),
    ("usulan", ("DISHUB-01", *GOOD_USULAN[1:]), Finding("usulan:A4", "row.key_conflict"),       "quarantined"),
    ("usulan", ("DINKES-01", *GOOD_USULAN[1:]), Finding("usulan:A4", "row.foreign_usulan"),     "quarantined"),
    ("usulan", ("DISHUB", *GOOD_USULAN[1:]), Finding("usulan:A4", "row.foreign_usulan"),        "quarantined"),
    ("usulan", ("dishub-03", *GOOD_USULAN[1:]), Finding("usulan:A4", "row.foreign_usulan"),     "quarantined"),
    ("mitra",  ("DISHUB-01", "Pemkab Tapin", "pemda", "63.05", 4),
                                            Finding("mitra:A4", "row.duplicate", "warning"),    "duplicate"),
    ("mitra",  ("DISHUB-01", "Pemkab Tapin", "pemda", "63.05", 5),
                                            Finding("mitra:A4", "row.key_conflict"),            "quarantined"),
    ("mitra",  ("DISHUB-01", "PT Contoh", "badan_usaha", None, 5), None,                        "accepted"),
    ("mitra",  ("DISHUB-09", "PT Contoh", "badan_usaha", None, 5),
                                            Finding("mitra:A4", "row.unknown_usulan"),          "quarantined"),
    ("mitra",  ("DISHUB-01", None, "badan_usaha", None, 5),
                                            Finding("mitra:B4", "row.key_missing"),             "quarantined"),
    ("nilai",  ("DISHUB-01", "U", "OPD-2", 5, None),        None,                               "accepted"),
    ("nilai",  ("DISHUB-07", "U", "OPD-1", 5, None),
                                            Finding("nilai:A4", "row.unknown_usulan"),          "quarantined"),
    ("nilai",  ("DINKES-01", "U", "OPD-1", 5, None),
                                            Finding("nilai:A4", "row.unknown_usulan"),          "quarantined"),
    ("nilai",  ("DISHUB-01", "XX", "OPD-1", 5, None),
                                            Finding("nilai:B4", "row.key_unreadable"),                 "quarantined"),
    ("nilai",  ("DISHUB-01", "U", "Pak Camat", 5, None),
                                            Finding("nilai:C4", "row.key_unreadable"),                   "quarantined"),
    ("nilai",  ("DISHUB-01", "U", "TKKSD-1", 5, None),
                                            Finding("nilai:C4", "row.other_member"),            "quarantined"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "finding", "fate"), ROWS)
def test_a_row_is_accepted_or_set_aside_whole(project, sheet, row, finding, fate):
    book = office_book("DISHUB")
    book[sheet].append(row)
    submission = read(project, book)
    assert findings(submission) == ([finding] if finding else [])
    expected = Counter(accepted=7) + Counter([fate] if fate else [])
    assert submission.balance == Balance(**expected)
    if fate in {"quarantined", "duplicate"}:
        (aside,) = submission.set_aside
        assert (aside.table, aside.fate, aside.code, aside.row) == (sheet, fate, finding.code, 4)
        assert list(aside.cells.values()) == ["" if typed is None else str(typed) for typed in row]


def test_the_cells_of_a_held_row_are_told_too_so_that_one_round_mends_it(project):
    book = office_book("DISHUB")
    wrong = ("DINKES-01", None, "entah", "ISU-Z", "1.02", "ya", "layanan", 1945, "5-10")
    book["usulan"].append(wrong)
    book["nilai"].append(("DISHUB-01", "U", "Pak Camat", 7, None))
    assert findings(read(project, book)) == [
        Finding("usulan:A4", "row.foreign_usulan"),
        Finding("usulan:B4", "cell.required", "warning"),
        Finding("usulan:C4", "cell.choice"),
        Finding("usulan:D4", "cell.choices"),
        Finding("usulan:H4", "cell.rule"),
        Finding("usulan:I4", "cell.number"),
        Finding("nilai:C4", "row.key_unreadable"),
        Finding("nilai:D4", "cell.choice"),
    ]


def test_the_cells_of_a_duplicate_are_told_once(project):
    book = office_book("DISHUB")
    for _ in range(2):
        book["mitra"].append(("DISHUB-01", "PT Contoh", "entah", None, 5))
    assert findings(read(project, book)) == [
        Finding("mitra:C4", "cell.choice"),
        Finding("mitra:A5", "row.duplicate", "warning"),
    ]


def test_a_question_is_named_in_the_language_asked(project):
    book = office_book("DISHUB")
    book["usulan"]["I2"], book["usulan"]["B3"] = "5-10", None
    number, blank = sorted(read(project, book).problems, key=lambda problem: problem.where.cell)[
        ::-1
    ]
    assert "Biaya indikatif" in number.text("id")
    assert "Indicative cost" in number.text("en")
    assert "Biaya" not in number.text("en")
    assert blank.text("en") != blank.text("id")


def test_blank_rows_between_are_counted_and_harm_nothing(project):
    book = office_book("DISHUB")
    book["usulan"].insert_rows(3, 2)
    submission = read(project, book)
    assert findings(submission) == []
    assert submission.balance == Balance(accepted=7, blank=2)
    assert answer(submission, "usulan", "DISHUB-02", "judul").cell == "B5"


def test_an_office_whose_code_begins_like_anothers_keeps_its_own_proposals(project):
    with (project.folder / "opd.csv").open("a", encoding="utf-8") as offices:
        offices.write("DISHUB-LAUT,Dinas Perhubungan Laut,2.15\n")
    own = read(project, office_book("DISHUB-LAUT"), "laut.xlsx")
    assert (findings(own), own.balance.accepted) == ([], 7)
    book = office_book("DISHUB")
    book["usulan"].append(("DISHUB-LAUT-01", *GOOD_USULAN[1:]))
    assert findings(read(project, book)) == [Finding("usulan:A4", "row.foreign_usulan")]


# --- columns and sheets ----------------------------------------------------------------------


def test_a_column_of_ones_own_is_kept_and_not_scored(project):
    book = office_book("DISHUB")
    book["usulan"]["J1"], book["usulan"]["J2"] = "Catatan Kabid", "Setuju"
    submission = read(project, book)
    assert findings(submission) == [Finding("usulan:J1", "sheet.unknown_column", "info")]
    kept = answer(submission, "usulan", "DISHUB-01", "_lain/Catatan Kabid")
    assert (kept.value, kept.cell) == ("Setuju", "J2")


def test_two_columns_of_ones_own_with_one_name_are_both_kept(project):
    book = office_book("DISHUB")
    for column, text in (("J", "satu"), ("K", "dua")):
        book["usulan"][f"{column}1"], book["usulan"][f"{column}2"] = "Catatan", text
    submission = read(project, book)
    assert answer(submission, "usulan", "DISHUB-01", "_lain/Catatan").value == "satu"
    assert answer(submission, "usulan", "DISHUB-01", "_lain/Catatan #2").value == "dua"


def test_a_row_set_aside_keeps_the_columns_of_ones_own(project):
    book = office_book("DISHUB")
    book["usulan"]["J1"] = "Catatan"
    book["usulan"].append(("DINKES-01", *GOOD_USULAN[1:], "Titipan"))
    (aside,) = read(project, book).set_aside
    assert aside.cells["_lain/Catatan"] == "Titipan"


def test_text_in_a_column_without_a_heading_is_kept_by_its_letter(project):
    book = office_book("DISHUB")
    book["usulan"]["K3"] = "menunggu DPRD"
    submission = read(project, book)
    assert findings(submission) == [Finding("usulan:K1", "sheet.unknown_column", "info")]
    assert answer(submission, "usulan", "DISHUB-02", "_lain/K").value == "menunggu DPRD"


def test_a_guide_column_of_the_questionnaire_is_passed_over(project):
    book = office_book("DISHUB")
    book["nilai"].insert_rows(1)
    book["nilai"]["F1"], book["nilai"]["F3"] = "Judul (hanya dibaca)", "Usulan DISHUB-01"
    assert findings(read(project, book)) == []


def test_shuffled_columns_give_the_same_answers(project):
    plain = read(project, office_book("DISHUB"))
    book = office_book("DISHUB")
    for table in COLUMNS:
        rows = [row[::-1] for row in book[table].iter_rows(values_only=True)]
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row, start=1):
                book[table].cell(number, at, value)
    shuffled = read(project, book)
    assert findings(shuffled) == []
    assert facts(shuffled) == facts(plain)


def facts(submission):
    return {(a.table, a.row_key, a.field, a.value, a.state) for a in submission.answers}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("ending", ["", " *", "\n", "  "])
def test_a_heading_may_be_the_question_itself(project, lang, ending):
    plain = read(project, office_book("DISHUB"))
    book = office_book("DISHUB")
    for table, columns in COLUMNS.items():
        for at, name in enumerate(columns, start=1):
            label = read_form().table(table).field(name).label(lang)
            book[table].cell(1, at, label.upper() + ending)
    renamed = read(project, book)
    untidy = {"\n", "  "} & {ending}
    assert [f.code for f in findings(renamed)] == ["sheet.untidy_heading"] * (3 * len(untidy))
    assert facts(renamed) == facts(plain)


@pytest.mark.parametrize("form", ["pemetaan", "evaluasi"])
def test_no_heading_could_mean_two_questions(form):
    for table in read_form(form).tables:
        headings = Counter(
            heading
            for field in table.fields
            for heading in {text.casefold() for text in (field.name, *field.labels.values())}
        )
        assert [heading for heading, fields in headings.items() if fields > 1] == []


def test_a_second_column_of_the_same_question_is_not_read(project):
    book = office_book("DISHUB")
    book["nilai"]["F1"], book["nilai"]["F2"] = "skor", 1
    submission = read(project, book)
    assert findings(submission) == [Finding("nilai:F1", "sheet.repeated_column", "error")]
    assert answer(submission, "nilai", "DISHUB-01|U|OPD-1", "skor").value == "4"


def test_rows_above_the_heading_are_not_answers(project):
    book = office_book("DISHUB")
    book["usulan"].insert_rows(1, 4)
    book["usulan"]["A1"] = "Usulan kerja sama daerah"
    submission = read(project, book)
    assert (findings(submission), submission.balance) == ([], Balance(accepted=7))
    assert answer(submission, "usulan", "DISHUB-01", "judul").cell == "B6"


@pytest.mark.parametrize(
    ("spoil", "expected", "accepted"),
    [
        pytest.param(
            lambda book: book.remove(book["mitra"]),
            {Finding("", "sheet.missing")}, 5, id="sheet mitra deleted",
        ),
        pytest.param(
            lambda book: book.remove(book["nilai"]),
            {Finding("", "sheet.missing")}, 5, id="sheet nilai deleted",
        ),
        pytest.param(
            lambda book: book["nilai"].delete_rows(1),
            {Finding("nilai", "sheet.no_header")}, 5, id="heading of nilai deleted",
        ),
        pytest.param(
            lambda book: book["mitra"].delete_cols(2),
            {Finding("mitra", "sheet.no_header")}, 5, id="key column of mitra deleted",
        ),
        pytest.param(
            lambda book: book["usulan"].delete_cols(2),
            {Finding("usulan", "sheet.question_gone")}, 7, id="required column deleted",
        ),
        pytest.param(
            lambda book: book["usulan"].delete_cols(8),
            set(), 7, id="optional column deleted",
        ),
        pytest.param(
            lambda book: book["opd"].delete_rows(13),
            {Finding("opd", "sheet.question_gone")}, 7, id="question of the office deleted",
        ),
        pytest.param(
            lambda book: book["usulan"].delete_rows(1),
            {
                Finding("usulan", "sheet.no_header"),
                Finding("mitra:A2", "row.unknown_usulan"),
                Finding("mitra:A3", "row.unknown_usulan"),
                Finding("nilai:A2", "row.unknown_usulan"),
                Finding("nilai:A3", "row.unknown_usulan"),
            },
            1, id="heading of usulan deleted",
        ),
    ],
)  # fmt: skip
def test_what_was_deleted_is_missed(project, spoil, expected, accepted):
    book = office_book("DISHUB")
    spoil(book)
    submission = read(project, book)
    assert set(findings(submission)) == expected
    assert len(submission.problems) == len(expected)
    assert submission.balance.accepted == accepted


def test_a_deleted_sheet_of_proposals_is_no_questionnaire(project):
    book = office_book("DISHUB")
    book.remove(book["usulan"])
    problem = read_workbook(project.put(book, "dishub.xlsx"), project.dossier)
    assert problem.code == "file.other_form"


# --- the TKKSD -------------------------------------------------------------------------------


def test_a_member_scores_under_its_own_name_and_known_proposals_only(project):
    book = tkksd_book("DINKES-01", "DINKES-09", members=("TKKSD-1", "TKKSD-2"))
    book["TKKSD-2"]["C2"] = "TKKSD-1"
    path = project.put(book, "../tkksd.xlsx")
    submission = read_workbook(path, project.dossier, {"DINKES-01"})
    assert findings(submission) == [
        Finding("TKKSD-1:A3", "row.unknown_usulan"),
        Finding("TKKSD-2:C2", "row.other_member"),
        Finding("TKKSD-2:A3", "row.unknown_usulan"),
    ]
    assert submission.balance == Balance(accepted=1, quarantined=3)


# --- CSV tables ------------------------------------------------------------------------------

DATED = "no_dok,tahap,tanggal\n"


@pytest.mark.parametrize(
    ("content", "balance", "codes"),
    [
        (DATED + "KB-1,persiapan,2026-01-05\n", Balance(accepted=1), []),
        ("\ufeff" + DATED + "KB-1,persiapan,5 Januari 2026\r\n", Balance(accepted=1), []),
        ("no_dok;tahap;tanggal\nKB-1;persiapan;5/1/2026\n", Balance(accepted=1), []),
        (DATED + "\n,,\nKB-1,persiapan,2026-01-05\n\n\n", Balance(accepted=1, blank=4), []),
        (DATED + "KB-1,entah,2026-01-05\n", Balance(quarantined=1), ["row.key_unreadable"]),
        (DATED + "KB-1,persiapan,kelak\n", Balance(accepted=1), ["cell.date"]),
        (DATED + "KB-1,persiapan\n", Balance(accepted=1), ["row.too_short"]),
        (DATED + "KB-1,persiapan,5 Januari 2026,lisan\n", Balance(quarantined=1),
         ["sheet.unknown_column", "row.too_long"]),
        (DATED, Balance(), []),
        ("nomor,tanggal\nKB-1,2026-01-05\n", Balance(), ["sheet.no_header"]),
    ],
)  # fmt: skip
def test_a_csv_table_is_read_by_the_same_rules(project, content, balance, codes):
    path = project.folder / "tahapan.csv"
    path.write_text(content, encoding="utf-8", newline="")
    form = read_form("evaluasi")
    submission = read_csv_table(path, form.table("tahapan"), form, project.dossier)
    assert submission.balance == balance
    assert [problem.code for problem in submission.problems] == codes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf\n", "sheet.no_header"),
        (b"PK\x03\x04\x00\x00", "file.not_csv"),
    ],
)
def test_what_is_no_csv_is_refused(project, content, code):
    path = project.folder / "tahapan.csv"
    path.write_bytes(content)
    form = read_form("evaluasi")
    found = read_csv_table(path, form.table("tahapan"), form, project.dossier)
    codes = [p.code for p in found.problems] if isinstance(found, Submission) else [found.code]
    assert codes == [code]


def test_a_csv_from_an_old_office_program_keeps_its_letters(project):
    path = project.folder / "tahapan.csv"
    path.write_bytes((DATED + "KB\u20131/\u00e9,persiapan,2026-01-05\n").encode("cp1252"))
    form = read_form("evaluasi")
    submission = read_csv_table(path, form.table("tahapan"), form, project.dossier)
    assert submission.answers[0].value == "KB\u20131/\u00e9"


# --- anything at all -------------------------------------------------------------------------

TYPED = st.one_of(
    st.none(),
    st.integers(-10, 10**9),
    st.floats(-1e6, 1e6),
    st.dates(),
    st.sampled_from(["DISHUB-01", "DISHUB-02", "DINKES-01", "OPD-1", "TT", "TB", "-", "U", "usulan_id"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["usulan", "mitra", "nilai"]), st.integers(1, 6), st.integers(1, 10), TYPED
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def dishub(tmp_path_factory):
    return new_project(tmp_path_factory.mktemp("dishub"))


@given(CHANGES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_row_has_one_fate_whatever_is_typed(dishub, changes):
    book = office_book("DISHUB")
    for sheet, row, column, typed in changes:
        cell = book[sheet].cell(row, column)
        cell.value = typed
        if isinstance(typed, str):
            cell.data_type = "s"  # `=1` as text, not as a formula
    submission = read(dishub, book)
    balance, aside = submission.balance, Counter(row.fate for row in submission.set_aside)
    assert balance.read == sum(
        (balance.accepted, balance.quarantined, balance.duplicate, balance.blank)
    )
    assert aside == +Counter(quarantined=balance.quarantined, duplicate=balance.duplicate)
    accepted = {(a.table, a.row_key) for a in submission.answers}
    assert len(accepted) == balance.accepted
    headless = {p.where.sheet for p in submission.problems if p.code == "sheet.no_header"}
    rows = [rows_below_heading(book[sheet]) for sheet in COLUMNS if sheet not in headless]
    assert balance.read == 1 + sum(rows)


def rows_below_heading(sheet):
    """Rows down to the last one with text, counted without the toolkit."""
    filled = [
        row[0].row
        for row in sheet.iter_rows(min_row=2)
        if any(cell.value is not None and str(cell.value).strip() for cell in row)
    ]
    return max(filled, default=1) - 1
