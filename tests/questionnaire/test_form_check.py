"""Every slip in a form's definition is found at once, each with its sheet and cell."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.questionnaire.form_changes import changes_since
from ksd_toolkit.questionnaire.form_check import check_form, check_form_file
from ksd_toolkit.questionnaire.form_check_survey import EXPRESSIONS
from ksd_toolkit.questionnaire.form_reading import form_of_sheets
from ksd_toolkit.questionnaire.xform import xform_problems
from ksd_toolkit.questionnaire.xlsform import markdown_sheets

SETTINGS = """
| settings | | | | |
| | form_title | form_id | version | default_language |
| | Contoh | contoh | 1 | Bahasa Indonesia (id) |
"""
CHOICES = """
| choices | | | |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | yatidak | ya | Ya | Yes |
| | yatidak | tidak | Tidak | No |
"""
HEAD = "| | type | name | label::Bahasa Indonesia (id) | label::English (en) | constraint | relevant | constraint_message::Bahasa Indonesia (id) | constraint_message::English (en) | pii | key |"  # fmt: skip
SURVEY = f"""
| survey |
{HEAD}
| | begin_repeat | kegiatan | Kegiatan | Activities | | | | | | |
| | text | kode | Kode | Code | | | | | | yes |
| | integer | umur | Umur | Age | . > 3 | | Lebih dari 3. | Over 3. | | |
| | select_one yatidak | setuju | Setuju | Agreed | | ${{umur}} > 5 | | | | |
| | end_repeat | kegiatan | | | | | | | | |
"""
GOOD = SURVEY + CHOICES + SETTINGS


def found(text):
    return [(p.code.removeprefix("form."), p.where.sheet, p.where.cell) for p in checked(text)]


def checked(text):
    return check_form(markdown_sheets(text), "f.md")


def changed(old, new, text=GOOD):
    assert old in text
    return text.replace(old, new)


def added(line):
    """The good form with one more row after the last question, in row 6."""
    return changed("| | end_repeat", f"{line}\n| | end_repeat")


def test_a_sound_form_has_no_problem():
    assert checked(GOOD) == []


SLIPS = {
    "misspelt sheet": (changed("| choices |", "| chocies |"), {("misspelt_sheet", "chocies", "A1"), ("unknown_list", "survey", "A5")}),
    "misspelt sheet nobody misses": (
        changed("| choices |", "| chocies |").replace("select_one yatidak", "text"),
        {("misspelt_sheet", "chocies", "A1")},
    ),
    "sheet of notes": (GOOD + "\n| catatan |\n| | isi |\n", {("unread_sheet", "catatan", "A1")}),
    "mixed label": (changed("| pii |", "| label |"), {("mixed_language", "survey", "I1")}),
    "language without code": (
        changed("constraint_message::English (en)", "hint::Bahasa"),
        {("language_code", "survey", "H1"), ("no_translated_column", "survey", "G1")},
    ),
    "column twice": (changed("| pii |", "| key |"), {("column_twice", "survey", "J1")}),
    "misspelt column": (changed("| pii |", "| requird |"), {("misspelt_column", "survey", "I1")}),
    "column of notes": (changed("| pii |", "| catatan |"), {("unread_column", "survey", "I1")}),
    "same name in two groups": (
        changed(
            "| | end_repeat | kegiatan | | | | | | | | |",
            "| | end_repeat | kegiatan | | | | | | | | |\n"
            "| | begin_group | lain | Lain | Other | | | | | | |\n"
            "| | text | UMUR | Umur | Age | | | | | | |\n"
            "| | end_group | lain | | | | | | | | |",
        ),
        {("name_twice", "survey", "B8")},
    ),
    "bad name": (added("| | text | 1kode | A | A | | | | | | |"), {("bad_name", "survey", "B6")}),
    "no name": (added("| | text | | A | A | | | | | | |"), {("no_name", "survey", "B6")}),
    "no type": (added("| | | tanpa | A | A | | | | | | |"), {("no_type", "survey", "A6")}),
    "no label": (added("| | text | tanpa | | | | | | | | |"), {("no_label", "survey", "A6")}),
    "missing translation": (
        added("| | text | satu | Satu | | | | | | | |"),
        {("no_translation", "survey", "D6")},
    ),
    "unknown type": (
        added("| | pilihan | satu | Satu | One | | | | | | |"),
        {("unknown_type", "survey", "A6")},
    ),
    "type of a device": (
        added("| | geopoint | satu | Satu | One | | | | | | |"),
        {("device_type", "survey", "A6")},
    ),
    "or_other": (
        added("| | select_one yatidak or_other | satu | Satu | One | | | | | | |"),
        {("or_other", "survey", "A6")},
    ),
    "unknown list": (
        added("| | select_one nihil | satu | Satu | One | | | | | | |"),
        {("unknown_list", "survey", "A6")},
    ),
    "no list": (
        added("| | select_multiple | satu | Satu | One | | | | | | |"),
        {("no_list", "survey", "A6")},
    ),
    "personal": (
        added("| | text | nip_pejabat | NIP | Number | | | | | | |"),
        {("personal", "survey", "B6")},
    ),
    "malformed constraint": (changed(". > 3", ". >"), {("malformed", "survey", "E4")}),
    "unbalanced bracket": (changed(". > 3", "(. > 3"), {("malformed", "survey", "E4")}),
    "unknown function": (
        changed(". > 3", "pulldata('a', 'b')"),
        {("not_evaluated", "survey", "E4")},
    ),
    "constraint without a message": (
        changed("Lebih dari 3. | Over 3.", " | "),
        {("no_message", "survey", "E4")},
    ),
    "unknown reference": (
        changed("${umur} > 5", "${umar} > 5"),
        {("unknown_reference", "survey", "F5")},
    ),
    "reference to another table": (
        changed(
            "| | begin_repeat",
            "| | begin_group | opd | OPD | Office | | | | | | |\n"
            "| | text | nama_opd | OPD | Office | | | | | | |\n"
            "| | end_group | opd | | | | | | | | |\n| | begin_repeat",
        ).replace("${umur} > 5", "${nama_opd} = 'x'"),
        {("asks_elsewhere", "survey", "F8")},
    ),
    "repeat without a key": (changed("| yes |", "| |"), {("no_key", "survey", "B2")}),
    "not closed": (
        changed("| | end_repeat | kegiatan | | | | | | | | |", ""),
        {("not_closed", "survey", "A2")},
    ),
    "closed as another kind": (
        changed("end_repeat", "end_group"),
        {("wrong_end", "survey", "A6")},
    ),
    "never opened": (
        changed("| | begin_repeat | kegiatan | Kegiatan | Activities | | | | | | |", ""),
        {("not_opened", "survey", "A5"), *(("outside_groups", "survey", f"A{n}") for n in (2, 3, 4))},
    ),
    "duplicate choice": (
        changed("| | yatidak | tidak | Tidak | No |", "| | yatidak | ya | Ya | Yes |"),
        {("choice_twice", "choices", "B3")},
    ),
    "space in a choice of several": (
        changed("yatidak | ya |", "yatidak | ya saja |").replace("select_one y", "select_multiple y"),
        {("choice_space", "choices", "B2")},
    ),
    "two choices of one label": (
        changed("Tidak | No", "Ya | Yes"),
        {("label_twice", "choices", "C3")},
    ),
    "choice without code": (
        changed("| | yatidak | tidak |", "| | yatidak | |"),
        {("choice_incomplete", "choices", "B3")},
    ),
    "unused list": (
        changed("| settings |", "| | warna | biru | Biru | Blue |\n| settings |"),
        {("unused_list", "choices", "A4")},
    ),
    "no version": (changed("| contoh | 1 |", "| contoh | |"), {("setting_missing", "settings", "C2")}),
    "unknown default language": (
        changed("| Bahasa Indonesia (id) |\n", "| Basa Banjar (bj) |\n"),
        {("default_language", "settings", "D2")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_in_its_cell(slip):
    text, expected = SLIPS[slip]
    assert set(found(text)) == expected


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_has_a_sentence_in_both_languages(slip):
    for problem in checked(SLIPS[slip][0]):
        for lang in ("id", "en"):
            assert problem.where.cell in problem.sentence(lang)
            assert "{" not in problem.sentence(lang).replace("${umar}", "")


MISSED_BY_PYXFORM = (
    "misspelt sheet nobody misses",    "mixed label", "same name in two groups", "malformed constraint", "unused list", "or_other",
    "misspelt column", "personal", "type of a device",
)  # fmt: skip


@pytest.mark.parametrize("slip", MISSED_BY_PYXFORM)
def test_pyxform_alone_would_let_it_pass(slip):
    pytest.importorskip("pyxform")
    sheets = markdown_sheets(SLIPS[slip][0])
    problems = xform_problems(sheets, "f.md")
    assert not [p for p in problems if p.severity == "error"]


def test_all_slips_of_a_form_are_named_at_once():
    text = GOOD.replace(". > 3", ". >").replace("umur} > 5", "umar} > 5")
    text = text.replace("| pii |", "| label |").replace("| contoh | 1 |", "| contoh | |")
    assert {code for code, _, _ in found(text)} == {
        "malformed", "unknown_reference", "mixed_language", "setting_missing",
    }  # fmt: skip


@pytest.mark.parametrize("column", EXPRESSIONS)
def test_every_column_with_an_expression_is_read(column):
    text = changed("| pii |", f"| {column} |").replace("| | text | kode | Kode | Code | | | | | |", "| | text | kode | Kode | Code | | | | | ${hilang} = |")  # fmt: skip
    codes = {code for code, _, _ in found(text)}
    if column in {"constraint", "relevant"}:
        assert "column_twice" in codes
    else:
        assert {"malformed", "unknown_reference"} <= codes


def test_workbook_and_markdown_give_the_same_cells(tmp_path):
    import runpy
    from pathlib import Path

    script = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_forms.py"))
    text = SLIPS["malformed constraint"][0].replace("| survey |", "| survey | | | | | | | | | | |")
    (tmp_path / "f.md").write_text(text, encoding="utf-8")
    (tmp_path / "f.xlsx").write_bytes(script["form_workbook"](text))
    places = [
        [(p.code, p.where.sheet, p.where.cell) for p in check_form_file(tmp_path / name, name)]
        for name in ("f.md", "f.xlsx")
    ]
    assert places[0] == places[1] == [("form.malformed", "survey", "E4")]


# --- versions ------------------------------------------------------------------------------

CHANGES = {
    "choice renamed": (
        changed("| yatidak | ya |", "| yatidak | iya |"),
        {("choice_renamed", "choices", "B2")},
    ),
    "choice gone": (
        changed("| | yatidak | tidak | Tidak | No |", ""),
        {("choice_gone", "choices", "A2")},
    ),
    "question gone": (
        changed("| | integer | umur | Umur | Age | . > 3 | | Lebih dari 3. | Over 3. | | |\n", ""),
        {("question_gone", "survey", "")},
    ),
    "type changed": (changed("integer | umur", "text | umur"), {("type_changed", "survey", "A4")}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_old_answers_do_not_survive_is_named(change):
    text, expected = CHANGES[change]
    new = text.replace("| contoh | 1 |", "| contoh | 2 |")
    problems = changes_since(markdown_sheets(new), markdown_sheets(GOOD), "f.md")
    assert {
        (p.code.removeprefix("form."), p.where.sheet, p.where.cell) for p in problems
    } == expected


def test_a_changed_form_needs_a_new_version():
    new = markdown_sheets(GOOD.replace("| Setuju |", "| Sepakat |"))
    problems = changes_since(new, markdown_sheets(GOOD), "f.md")
    assert [(p.code, p.where.cell) for p in problems] == [("form.same_version", "C2")]
    assert changes_since(markdown_sheets(GOOD), markdown_sheets(GOOD), "f.md") == []


# --- the command ---------------------------------------------------------------------------


def ksd(*words):
    return CliRunner().invoke(app, ["form", "check", *map(str, words)])


def test_the_shipped_form_is_sound_and_converts():
    pytest.importorskip("pyxform")
    told = ksd("--json", "--xform")
    facts = json.loads(told.stdout)
    assert (told.exit_code, facts["problems"], facts["converts_to_xform"]) == (0, [], True)


def test_the_command_names_every_slip_and_exits_with_two(tmp_path):
    path = tmp_path / "kuesioner.md"
    path.write_text(SLIPS["malformed constraint"][0].replace("| ya |", "| y a |"), "utf-8")
    told = ksd(path, "--no-xform")
    assert told.exit_code == 2
    assert "survey E4" in told.stdout
    facts = json.loads(ksd(path, "--json", "--no-xform").stdout)
    assert [(p["sheet"], p["cell"]) for p in facts["problems"]] == [("survey", "E4")]
    assert facts["converts_to_xform"] is None


def test_pyxform_has_its_say_in_the_cell_it_means(tmp_path):
    pytest.importorskip("pyxform")
    path = tmp_path / "kuesioner.md"
    path.write_text(
        GOOD.replace("| | integer | umur", "| | integer | meta").replace("{umur}", "{meta}"),
        "utf-8",
    )
    facts = json.loads(ksd(path, "--json", "--xform").stdout)
    assert facts["converts_to_xform"] is False
    assert [(p["code"], p["sheet"], p["cell"]) for p in facts["problems"]] == [
        ("form.no_xform", "survey", "B4")
    ]


@pytest.mark.parametrize("name", ["tidak-ada.xlsx", "tidak-ada.md", "bukan/dosir"])
def test_what_is_not_there_is_a_sentence(name):
    told = ksd(name)
    assert told.exit_code == 1
    assert "Traceback" not in told.output


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00kuesioner", b"PK\x03\x04 rusak"])
@pytest.mark.parametrize("suffix", [".xlsx", ".md"])
def test_a_file_that_is_no_form_is_a_sentence(tmp_path, content, suffix):
    path = tmp_path / f"rusak{suffix}"
    path.write_bytes(content)
    told = ksd(path)
    assert told.exit_code in {1, 2}
    assert told.exception is None or isinstance(told.exception, SystemExit)
    assert "rusak" in told.output


TEXTS = st.sampled_from(
    ["", "${", "'", "begin_group", "end_repeat", "\x00", "x" * 3000, "=1+1", "<b>", "((((", "]]>",
     "select_one", "audit", "${kode}", "calculate", "range", "settings", "survey", "{0}"]
) | st.text(max_size=12)  # fmt: skip
MANGLED = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12), TEXTS), min_size=1, max_size=5)


@given(MANGLED)
def test_whatever_a_form_holds_ends_in_sentences(slips):
    lines = GOOD.splitlines()
    for line, column, text in slips:
        cells = lines[line % len(lines)].split("|")
        cells[column % len(cells)] = text.replace("\n", " ")
        lines[line % len(lines)] = "|".join(cells)
    sheets = markdown_sheets("\n".join(lines))
    problems = [*check_form(sheets, "f.md"), *xform_problems(sheets, "f.md")]
    for problem in problems:
        assert problem.sentence("id")
        assert problem.sentence("en")
    if not [problem for problem in problems if problem.severity == "error"]:
        form_of_sheets(sheets)
