"""Mandatory cooperation: the five letters of the law, the forum, and the region that makes the pair."""

import pytest

from ksd_toolkit.law import cite
from ksd_toolkit.scoring.mandatory import mandatory_pairs, pair_of, sources
from ksd_toolkit.tables import mapping

KALSEL, KALTENG = "63", "62"
HSS, TAPIN, BANJAR, BARITO_SELATAN = "63.06", "63.05", "63.03", "62.04"
JOINT = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya"}


@pytest.mark.parametrize(
    ("home", "partner", "letter", "forum", "takeover"),
    [
        (KALSEL, KALTENG, "a", "nasional", "pusat"),
        (HSS, KALSEL, "b", "nasional", "pusat"),
        (KALSEL, HSS, "b", "nasional", "pusat"),
        (HSS, KALTENG, "c", "nasional", "pusat"),
        (HSS, BARITO_SELATAN, "d", "nasional", "pusat"),
        (HSS, TAPIN, "e", "provinsi", "gubernur"),
    ],
)
def test_the_letters_of_uu_23_2014_article_364_2(home, partner, letter, forum, takeover):
    pair = pair_of(home, partner)
    assert (pair.letter, pair.forum, pair.takeover) == (letter, forum, takeover)
    assert pair.label("id")
    assert pair.label("en")


def partner(code, name="Pemerintah"):
    return {"mitra_nama": name, "mitra_jenis": "pemda", "kode_wilayah": code}


def test_the_bordering_region_makes_the_pair_whatever_stands_first(make_register, proposal):
    far_first = proposal(partners=[partner(BARITO_SELATAN), partner(TAPIN)], **JOINT)
    register = make_register(far_first, proposal("DINKES-02"))
    found = mandatory_pairs(register)
    assert found.index.tolist() == ["DINKES-01"]
    assert found.loc["DINKES-01"].tolist() == ["Kabupaten Tapin", TAPIN, "e"]


def test_voluntary_cooperation_is_not_listed(make_register, proposal):
    register = make_register(proposal(partners=[partner(TAPIN)]))
    assert mandatory_pairs(register).empty
    assert "Tidak ada kerja sama wajib" in repr(mapping.mandatory(register))


def test_the_table_says_letter_forum_and_takeover_with_the_articles(make_register, proposal):
    register = make_register(proposal(partners=[partner(TAPIN)], **JOINT))
    table = mapping.mandatory(register).blocks[0]
    assert table.rows[0][1:] == (
        "Kabupaten Tapin", "huruf e: kabupaten/kota dalam satu provinsi", "tingkat provinsi",
        "diambil alih gubernur",
    )  # fmt: skip
    assert "UU 23/2014 Pasal 364 ayat (2)" in table.note


def test_what_the_table_cites_was_read():
    assert all(cite(key).verified for key in sources().values())


def test_every_mandatory_usulan_of_the_sample_has_its_letter(sample_ranking):
    found = mandatory_pairs(sample_ranking.register)
    assert len(found) > 0
    assert set(found["letter"]) <= set("abcde")
