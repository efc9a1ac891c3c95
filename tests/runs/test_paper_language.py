"""Every paper speaks one language: its small words, its months and its numbers are those of that language."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# Words no Indonesian sentence contains ("per" is Indonesian too and is not among them); proper names are
# capitalised and codes hold digits or hyphens, so neither is met.
ENGLISH = frozenset(
    """the and of is are was were with for from this that these which not but by at to has have had been its
    their than then will would can may must should when where who what how all any each more most other some
    such no nor only same so too very between into over under above below after before during without within
    score rank proposal office figure table page weight class coverage""".split()  # noqa: SIM905  read as running words
)
FOREIGN_TO_INDONESIAN = (
    r"\d,\d{3}\.\d",  # 12,345.6
    r"\b(?:January|February|March|June|July|August|October|December)\b",
    r"\d%",  # 4,01 % has a space
)
FOREIGN_TO_ENGLISH = (
    r"\d\.\d{3},\d",  # 12.345,6
    r"\d{1,2} (?:Januari|Februari|Maret|Mei|Juni|Juli|Agustus|Oktober|Desember) \d{4}",
    r"\d[\s\u00a0]%",
)
MISSING = {
    "id": r"(?<!\w)(?:NaN|nan|None|NaT|<NA>|-?inf)(?!\w)",
    "en": r"(?<!\w)(?:NaN|nan|NaT|<NA>|-?inf)(?!\w)|(?m:^None$)",  # "None stated" is English
}


def papers(folder):
    return sorted(path for path in folder.rglob("*.pdf"))


@cache
def text_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()
    return "\n".join(pages).replace("\r", "")


def around(text, match):
    return text[max(0, match.start() - 40) : match.end() + 40].replace("\n", " ")


def test_no_english_word_stands_in_an_indonesian_paper(two_runs):
    found = [
        (path.name, around(text, match))
        for path in papers(two_runs.first.folder)
        for text in [text_of(path)]
        for match in re.finditer(r"(?<![\w-])[a-z]+(?![\w-])", text)
        if match[0] in ENGLISH
    ]
    assert found == []


@pytest.mark.parametrize("pattern", FOREIGN_TO_INDONESIAN)
def test_numbers_and_dates_of_indonesian_papers_are_indonesian(two_runs, pattern):
    found = [
        (path.name, around(text, match))
        for path in papers(two_runs.first.folder)
        for text in [text_of(path)]
        for match in re.finditer(pattern, text)
    ]
    assert found == []


@pytest.mark.parametrize("pattern", FOREIGN_TO_ENGLISH)
def test_numbers_and_dates_of_english_papers_are_english(english_run, pattern):
    found = [
        (path.name, around(text, match))
        for path in papers(english_run.folder)
        for text in [text_of(path)]
        for match in re.finditer(pattern, text)
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_missing_number_is_printed_as_one(two_runs, english_run, lang):
    folder = {"id": two_runs.first, "en": english_run}[lang].folder
    found = [
        (path.name, around(text, match))
        for path in papers(folder)
        for text in [text_of(path)]
        for match in re.finditer(MISSING[lang], text)
    ]
    assert found == []


# Words no English sentence contains. What people typed stays as they typed it, and so do names and quotations.
INDONESIAN = frozenset(
    """yang dengan untuk oleh adalah ialah bukan tidak belum sudah akan juga agar bila jika karena
    sehingga maka tetapi antara sejak sampai hingga setiap semua tersebut serta para sebagai menurut
    terhadap tentang bagi telah dapat harus masih hanya paling dan dari pada atau dalam""".split()  # noqa: SIM905  read as running words
)
GLOSSARY = (
    "Prospek Kerja Sama Daerah dalam Pembangunan",
    "Sebenarnya secara legal yuridis Pasal 5 ayat (1) PP No. 28 Tahun 2018 sudah mengamanatkan Daerah yang "
    "akan melakukan kerja sama untuk melakukan pemetaan urusan pemerintahan sesuai potensi dan karakteristik",
    "Naskah HSS: isu f dan h",
    "tidak No",
    "tidak Not",  # the list of questions gives every code with its label
    "bertentangan: tidak",  # and the ground of a type the answer it rests on, as code
)
NOTEBOOK_PAPERS = frozenset(
    "preparation answers priorities partners policy-brief policy-brief-short evaluation".split()  # noqa: SIM905  read as running words
)


def pairs_of(text):
    words = re.findall(r"\w+", text.lower())
    return set(pairwise(words))


def test_no_indonesian_word_of_ours_stands_in_an_english_paper(english_run):
    typed = [path for path in (ROOT / "data" / "generator").iterdir() if path.suffix == ".csv"]
    texts = [*GLOSSARY, *(path.read_text(encoding="utf-8") for path in typed)]
    known = set().union(*map(pairs_of, texts))
    found = []
    for path in papers(english_run.folder):
        if path.stem not in NOTEBOOK_PAPERS:
            continue
        text = text_of(path)
        words = list(re.finditer(r"\w+", text))
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            near = ((before[0].lower(), word[0]), (word[0], after[0].lower()))
            if word[0] in INDONESIAN and known.isdisjoint(near):
                found.append((path.name, around(text, word)))
    assert found == []
