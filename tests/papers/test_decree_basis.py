"""The legal basis of a decree: laws as last amended, and the region's own regulations, never made up."""

from dataclasses import replace

import pytest

from ksd_toolkit.document import Clauses, plain_text
from ksd_toolkit.errors import InputError
from ksd_toolkit.papers.sk import sk
from ksd_toolkit.theme import read_theme
from ksd_toolkit.theme.look import LocalLaw
from tests.papers.test_plenary_papers import case_of, paper, said
from tests.plenary.conftest import at, computed, room  # noqa: F401  fixtures
from tests.small_project import new_project

GIVEN = """
[[dasar]]
jenis = "perkada"
nomor = 3
tahun = 2021
tentang = "Tim Koordinasi Kerja Sama Daerah"
[[dasar]]
jenis = "perda"
nomor = "12"
tahun = 2019
tentang = "Contoh B"
[[dasar]]
jenis = "perda"
nomor = 4
tahun = 2019
tentang = "<b>{region}</b> [@UU 1] #eval(1)"
"""


@pytest.fixture
def themed(tmp_path):
    """Reads a theme file with these words, of a dossier of its own."""
    project = new_project(tmp_path)

    def read(text):
        (project.folder.parent / "theme.toml").write_text(text, encoding="utf-8")
        return read_theme(project.dossier)

    return read


def basis_of(case):
    first, *_ = [block for block in paper("sk", case).blocks if isinstance(block, Clauses)]
    [basis] = [clause for clause in first.entries if clause.label in {"Mengingat", "In view of"}]
    return [plain_text(item) for item in basis.items]


def test_regulations_stand_by_rank_year_and_number_whatever_their_order(themed):
    assert themed(GIVEN).local_laws == (
        LocalLaw("perda", "4", 2019, "<b>{region}</b> [@UU 1] #eval(1)"),
        LocalLaw("perda", "12", 2019, "Contoh B"),
        LocalLaw("perkada", "3", 2021, "Tim Koordinasi Kerja Sama Daerah"),
    )
    assert themed("").local_laws == ()


def test_the_decree_names_them_after_the_ministers_regulations_as_plain_text(room, themed):  # noqa: F811
    case = case_of(room.ranking, held=False)
    told = basis_of(replace(case, theme=replace(case.theme, local_laws=themed(GIVEN).local_laws)))
    region, leader = case.dossier.region.name, case.theme.leader
    assert [text.split(" Nomor")[0] for text in told[:4]] == [
        "Undang-Undang", "Peraturan Pemerintah",
        "Peraturan Menteri Dalam Negeri", "Peraturan Menteri Dalam Negeri",
    ]  # fmt: skip
    assert told[4:] == [
        f"Peraturan Daerah {region} Nomor 4 Tahun 2019 tentang <b>{{region}}</b> [@UU 1] #eval(1);",
        f"Peraturan Daerah {region} Nomor 12 Tahun 2019 tentang Contoh B;",
        f"Peraturan {leader} Nomor 3 Tahun 2021 tentang Tim Koordinasi Kerja Sama Daerah;",
    ]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_draft_without_them_leaves_a_line_of_each_kind_and_says_so(room, lang):  # noqa: F811
    case = case_of(room.ranking, lang, held=False)
    *laws, perda, perkada = basis_of(case)
    assert len(laws) == 4
    assert perda.count("\u2026\u2026") == perkada.count("\u2026\u2026") == 3
    assert case.dossier.region.name in perda
    assert case.theme.leader in perkada
    asks = {"id": "Lengkapi baris kosong", "en": "Fill the open lines"}[lang]
    assert asks in said(paper("sk", case))
    [given] = sk(case).blocks["legal_basis_given"]
    assert [plain_text(item) for item in given.items] == laws


def test_a_law_is_named_as_last_amended_and_the_amendment_as_unread(room):  # noqa: F811
    case = case_of(room.ranking, held=False)
    first = basis_of(case)[0]
    assert "terakhir dengan Undang-Undang Nomor 6 Tahun 2023" in first
    assert "belum diverifikasi" in first
    notes = said(paper("sk", case))
    assert "UU 6/2023, perubahan terakhir UU 23/2014 setelah UU 2/2015 dan UU 9/2015" in notes


@pytest.mark.parametrize(("text", "codes"), [
    ("dasar = 1", ["tables"]),
    ("dasar = [1, 2]", ["tables"]),
    ("[dasar]\nnomor = 1", ["tables"]),
    ("[[dasar]]", ["entry"] * 4),
    ('[[dasar]]\njenis = "perwal"\nnomor = true\ntahun = 21\ntentang = " "\nasal = ""', ["entry"] * 5),
    ('[[dasar]]\njenis = ["perda"]\nnomor = 0\ntahun = "2020"\ntentang = 5', ["entry"] * 4),
])  # fmt: skip
def test_an_entry_that_cannot_be_used_is_told_with_what_to_write(themed, text, codes):
    with pytest.raises(InputError) as refused:
        themed(text)
    assert [one.code for one in refused.value.problems] == [f"local_law.{code}" for code in codes]
    for lang in ("id", "en"):
        assert "tentang" in refused.value.problems[0].sentence(lang)
