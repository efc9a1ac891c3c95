"""The workbook of the ranking in its two editions: the same but for what single officers answered."""

import io

import openpyxl

from ksd_toolkit.messages import say
from ksd_toolkit.runs.ranking_sheet import ranking_workbook, ranking_workbooks
from ksd_toolkit.scoring import Ranking


def sheets_of(content, lang):
    """The rows of every sheet but for the banner that names the edition."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    mark = say("stamp.simulated", lang)
    return {name: [r for r in told if mark not in str(r)] for name, told in rows.items()}


def test_both_editions_are_those_made_one_by_one(sample_ranking):
    public, internal = ranking_workbooks(sample_ranking)
    assert public == ranking_workbook(sample_ranking)
    assert internal == ranking_workbook(sample_ranking, internal=True)


def test_the_editions_differ_only_in_what_single_officers_answered(sample_ranking):
    lang = sample_ranking.lang
    public, internal = (sheets_of(book, lang) for book in ranking_workbooks(sample_ranking))
    hidden = say("sheet.internal_only", lang)
    cells = say("sheet.cells_name", lang)
    assert public.keys() == internal.keys()
    assert [name for name in public if public[name] != internal[name]] == [cells]
    of_officers = 0
    for outside, inside in zip(public[cells], internal[cells], strict=True):
        if outside != inside:
            assert [a for a, b in zip(outside, inside, strict=True) if a != b] == [hidden]
            assert any(str(cell).startswith("OPD-") for cell in inside)
            of_officers += 1
    assert of_officers > 100


def test_an_usulan_is_explained_once_for_both_editions(sample_ranking, monkeypatch):
    asked = []
    explain = Ranking.explain

    def counted(ranking, usulan, lang=""):
        asked.append(usulan)
        return explain(ranking, usulan, lang)

    monkeypatch.setattr(Ranking, "explain", counted)
    ranking_workbooks(sample_ranking)
    assert sorted(asked) == sorted(sample_ranking.table.index)
