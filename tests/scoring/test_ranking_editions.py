"""The workbook of the ranking in its two editions: the same but for what single officers answered."""

import io

import openpyxl
import pytest

from ksd_toolkit.messages import say
from ksd_toolkit.runs.ranking_sheet import ranking_workbook, ranking_workbooks
from ksd_toolkit.scoring import Ranking


def sheets_of(content, lang):
    """The rows of every sheet but for the banner that names the edition."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    mark = say("stamp.simulated", lang)
    return {name: [r for r in told if mark not in str(r)] for name, told in rows.items()}


@pytest.fixture(scope="module")
def explained():
    """Every usulan explained while the editions are made."""
    return []


@pytest.fixture(scope="module")
def editions(sample_ranking, explained):
    """The public workbook and the internal one."""
    explain = Ranking.explain

    def counted(ranking, usulan, lang=""):
        explained.append(usulan)
        return explain(ranking, usulan, lang)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Ranking, "explain", counted)
        return ranking_workbooks(sample_ranking)


def test_an_edition_made_alone_is_the_one_of_both(sample_ranking, editions):
    assert ranking_workbook(sample_ranking, internal=True) == editions[1]


def test_the_editions_differ_only_in_what_single_officers_answered(sample_ranking, editions):
    lang = sample_ranking.lang
    public, internal = (sheets_of(book, lang) for book in editions)
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


def test_an_usulan_is_explained_once_for_both_editions(sample_ranking, explained, editions):
    assert sorted(explained) == sorted(sample_ranking.table.index)
