"""Check the languages of an XLSForm: every text in all of them, each with its code, none mixed."""

from collections.abc import Iterator

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form_reading import LANGUAGE_COLUMN
from ksd_toolkit.questionnaire.xlsform import FormRow, FormSheet, Sheets


def language_problems(sheet: FormSheet, file: str) -> Iterator[Problem]:
    """`label` beside `label::Bahasa Indonesia (id)`, a language without its code, a column left out."""
    places = dict(sheet.columns)
    languages: dict[str, list[str]] = {}
    for column, cell in sheet.columns:
        head, mark, language = column.partition("::")
        if not mark:
            continue
        if LANGUAGE_COLUMN.match(column) is None:
            facts = {"column": column, "language": language or "-"}
            yield Problem("form.language_code", Where(file, sheet.name, cell), facts)
            continue
        languages.setdefault(head, []).append(language)
    everywhere = list(dict.fromkeys(lang for langs in languages.values() for lang in langs))
    for head, written in languages.items():
        if head in places:
            facts = {"column": head, "translated": f"{head}::{written[0]}"}
            yield Problem("form.mixed_language", Where(file, sheet.name, places[head]), facts)
        first = places[f"{head}::{written[0]}"]
        for language in everywhere:
            if language not in written:
                facts = {"column": head, "language": language}
                where = Where(file, sheet.name, first)
                yield Problem("form.no_translated_column", where, facts, "warning")


def missing_texts(file: str, sheet: FormSheet, row: FormRow) -> Iterator[Problem]:
    """Translated columns of a row that are blank although another language of the same text is not."""
    columns: dict[str, list[str]] = {}
    for column, _ in sheet.columns:
        head, mark, _ = column.partition("::")
        if mark:
            columns.setdefault(head, []).append(column)
    for written in columns.values():
        blank = [column for column in written if not row.get(column)]
        for column in blank if len(blank) < len(written) else []:
            facts = {"name": row.get("name") or "-", "column": column}
            where = Where(file, sheet.name, row.places[column])
            yield Problem("form.no_translation", where, facts, "warning")


def languages_of(sheets: Sheets) -> list[str]:
    """Every language of the survey, as its headings write it."""
    sheet = sheets.get("survey")
    columns = [column.partition("::") for column, _ in sheet.columns] if sheet else []
    return list(dict.fromkeys(language for _, mark, language in columns if mark and language))
