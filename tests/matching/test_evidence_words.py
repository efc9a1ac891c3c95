"""How an indicator is quoted as evidence: its unit once, where its name has not told it."""

import pytest

from ksd_toolkit.matching.evidence import Evidence


def quoted(indicator, unit, lang):
    piece = Evidence(
        "indikator", "need", 0.36, indicator=indicator, raw=125.74, unit=unit,
        year=2023, common_year=2023, newest_year=2023, share=0.36, compared=11, source="BNPB",
    )  # fmt: skip
    return piece.sentence(lang)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("id", "Indeks risiko bencana 125,74 (2023)"), ("en", "Disaster risk index 125.74 (2023)")],
)
def test_an_index_is_not_called_one_twice(lang, said):
    assert quoted("irbi", "indeks", lang).startswith(said)


def test_any_other_unit_stands_behind_its_number():
    assert " 125,74 tahun (2023)" in quoted("uhh", "tahun", "id")
