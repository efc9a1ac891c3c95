"""Which words name an article: one we know, or a citation complete in itself."""

import pytest

from ksd_toolkit.law import articles
from ksd_toolkit.plenary.article import article_text, find_article


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("PP 28/2018 4(2)-(3)", "PP 28/2018 4(2)-(3)"),
        ("  pp 28/2018   4(2)-(3) ", "PP 28/2018 4(2)-(3)"),
        ("PP 28/2018 Pasal 4 ayat (2) dan ayat (3)", "PP 28/2018 4(2)-(3)"),
        ("PP 28/2018 9(2)", "PP 28/2018 9(2)"),
        ("Perda 5 Tahun 2021 Pasal 12", "Perda 5 Tahun 2021 Pasal 12"),
        ("Peraturan Bupati Nomor 7 Tahun 2022 Pasal 3", "Peraturan Bupati Nomor 7 Tahun 2022 Pasal 3"),
        ("Perda 5 Tahun 2021", ""),
        ("Pasal 12", ""),
        ("sesuai aturan yang berlaku", ""),
        ("Pasal 12 tahun 2021", ""),
        ("rapat tahun 2021 pasal 3", ""),
        ("=PP 28/2018 9(2)", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_an_article_is_known_or_complete(text, article):
    assert find_article(text) == article


@pytest.mark.parametrize("article", [one.key for one in articles()])
def test_every_article_we_know_can_be_named(article):
    assert find_article(article) == article
    assert article_text(article, "id")


def test_what_was_not_read_is_marked():
    assert article_text("Permendagri 22/2020", "id").endswith("belum diverifikasi")
    assert article_text("Perda 5 Tahun 2021 Pasal 12", "en").startswith(
        "Perda 5 Tahun 2021 Pasal 12, "
    )
    assert article_text("", "id") == ""
