"""What the mapping found: every office and issue is there, and the numbers add up."""

import pandas as pd

from ksd_toolkit.charts import radar
from ksd_toolkit.scoring.main_isu import main_isu
from ksd_toolkit.scoring.mapping import affairs_by_type, issues_by_office, problem_levels
from ksd_toolkit.scoring.overview import levels_of, overview
from ksd_toolkit.tables import mapping
from tests.scoring.conftest import OFFICE

ISSUES = [f"ISU-{letter}" for letter in "ABCDEFGH"]


def text(shown):
    return [" | ".join(map(str, row)) for row in shown.blocks[0].rows]


def test_every_office_asked_and_every_issue_has_its_place(make_register, proposal):
    matrix = issues_by_office(make_register(proposal(isu="ISU-C;ISU-A"), proposal("DINKES-02")))
    assert list(matrix.columns) == [*ISSUES, "usulan"]
    assert matrix.loc["DINKES"].tolist() == [2, 0, 1, 0, 0, 0, 0, 0, 2]


def test_an_issue_named_twice_counts_once_and_none_counts_nowhere(make_register, proposal):
    matrix = issues_by_office(
        make_register(proposal(isu="ISU-B;ISU-B"), proposal("DINKES-02", isu=None))
    )
    assert matrix.loc["DINKES"].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 2]


def test_an_office_that_sent_nothing_stands_with_zeros(sample_ranking):
    register = sample_ranking.register
    matrix = issues_by_office(register)
    assert list(matrix.index) == list(register.dossier.offices.index)
    assert int(matrix["usulan"].sum()) == len(register.usulan)


def test_affairs_and_types_add_up_to_the_usulan(sample_ranking):
    matrix = affairs_by_type(sample_ranking.register)
    assert int(matrix["usulan"].sum()) == len(sample_ranking.register.usulan)
    assert matrix.drop(columns="usulan").sum(axis=1).equals(matrix["usulan"])
    totals = matrix.sum()
    assert totals[["KSDD", "KSDPK", "Sinergi", "Bukan KSD"]].tolist() == [19, 48, 58, 31]


def test_an_usulan_without_an_affair_is_counted_too(make_register, proposal):
    register = make_register(proposal(urusan_kode=None))
    assert affairs_by_type(register).index.tolist() == [""]
    assert text(mapping.affair_matrix(register))[0].startswith("\u2013 |")


def test_levels_by_hand(make_register, proposal):
    office = {**OFFICE, "d1": 1, "d2": 4, "d3": None, "d4": "TT", "d5": 0}
    levels = problem_levels(make_register(proposal(), office=office))
    assert levels["now"].fillna(-1).tolist() == [1.0, 4.0, -1.0, -1.0, 0.0]
    assert levels["immature"].tolist() == [1, 0, 0, 0, 1]
    assert levels["before"].isna().all()


def test_the_radar_says_its_numbers_and_stands_without_answers(make_register, proposal):
    office = {**OFFICE, "d1": 1, "d2": 4, "d3": 2, "d4": 3, "d5": 2}
    figure = radar.problems(make_register(proposal(), office=office)).blocks[0]
    assert figure.alt == (
        "Yang terendah: a. Bersifat pasif, hanya menerima tawaran dengan tingkat rata-rata 1,0 dari 4."
    )
    assert "1,0 (1 dari 1 perangkat daerah di bawah tingkat 2)" in figure.description
    empty = radar.problems(make_register(proposal())).blocks[0]
    assert empty.alt == "Belum satu pun perangkat daerah menjawab lima permasalahan."


def test_the_list_of_types_gives_the_ground_and_marks_what_was_set(make_register, proposal):
    register = make_register(proposal(), proposal("DINKES-02"))
    rows = {
        "usulan_id": "DINKES-02", "jenis": "KSDLL", "alasan": "lembaganya di luar negeri",
        "ditetapkan_oleh": "Rapat Pleno TKKSD",
    }  # fmt: skip
    register.tables.frames["jenis_ditetapkan"] = pd.DataFrame([rows], dtype="str")
    first, second = text(mapping.types(register))
    assert "Sinergi | Menurut aturan" in first
    assert "PP 28/2018 Pasal 46" in first
    assert "KSD dengan lembaga di luar negeri\u2020" in second
    assert "lembaganya di luar negeri" in second


def test_pairs_that_may_be_the_same_are_listed_with_what_they_share(make_register, proposal):
    title = "Peringatan dini banjir bandang"
    register = make_register(
        proposal(judul=title), proposal("DINKES-02", judul=title), proposal("DINKES-03")
    )
    [row] = text(mapping.similar(register))
    assert row.startswith(f"DINKES-01 {title} | DINKES-02 {title} | 100")
    assert row.endswith("| DINKES")
    assert "Tidak ada usulan yang tampak sama" in repr(mapping.similar(make_register(proposal())))


def test_a_type_set_without_effect_is_named_below_the_table(make_register, proposal):
    register = make_register(proposal(), proposal("DINKES-02"))
    rows = [
        {"usulan_id": "DINKES-77", "jenis": "SINERGI", "alasan": "sebab"},
        {"usulan_id": "DINKES-01", "jenis": "SINERGI", "alasan": None},
        {"usulan_id": "DINKES-02", "jenis": None, "alasan": "sebab"},
    ]
    frame = pd.DataFrame(rows, dtype="str").assign(ditetapkan_oleh="Pleno")
    register.tables.frames["jenis_ditetapkan"] = frame
    note = mapping.types(register).blocks[0].note
    for words in (
        "DINKES-77 tidak dipakai: tidak ada usulan", "DINKES-01 tidak dipakai: alasannya",
        "DINKES-02 tidak dipakai: jenisnya",
    ):  # fmt: skip
        assert words in note


def test_what_is_no_cooperation_stands_with_its_reason_and_article(make_register, proposal):
    register = make_register(
        proposal(objek="pengadaan"),
        proposal("DINKES-02"),
        proposal("DINKES-03", objek="kajian_pesanan"),
    )
    rows = text(mapping.not_ksd(register))
    assert [row.split(" ")[0] for row in rows] == ["DINKES-01", "DINKES-03"]
    assert rows[0].endswith(
        "tempuh prosedur pengadaan, yang disebut PP 28/2018 Pasal 15 ayat (4) huruf b di antara kerja "
        "sama dengan aturannya sendiri (Perpres 16/2018 jo. Perpres 12/2021, belum diverifikasi)"
    )
    assert len(text(mapping.not_ksd(register, rows=1))) == 1
    assert "Masih ada 1 usulan lain" in mapping.not_ksd(register, rows=1).blocks[0].note
    assert "Semua usulan adalah kerja sama daerah" in repr(
        mapping.not_ksd(make_register(proposal()))
    )


def test_the_main_issue_is_the_first_that_is_named(make_register, proposal):
    register = make_register(proposal(isu="ISU-C;ISU-A"), proposal("DINKES-02", isu=None))
    assert main_isu(register).fillna("-").to_dict() == {"DINKES-01": "ISU-C", "DINKES-02": "-"}
    counted = overview(register).by_isu
    assert counted.loc["ISU-C"].sum() == counted.to_numpy().sum() == 1


def test_the_level_of_an_office_that_gave_none_is_left_out(make_register, proposal):
    office = {**OFFICE, "d1": 4, "d2": "TT", "d3": None}
    register = make_register(proposal(), office=office)
    given = {problem: levels_of(register, problem).to_dict() for problem in ("d1", "d2", "d3")}
    assert given == {"d1": {"DINKES": 4.0}, "d2": {}, "d3": {}}


def test_every_usulan_of_the_sample_counts_under_its_own_issue_and_family(sample_ranking):
    register, types = sample_ranking.register, sample_ranking.types
    named = dict(zip(register.usulan["usulan_id"], register.usulan["isu"], strict=True))
    expected = {}
    for usulan, family in types.loc[types["jenis"] != "BUKAN", "family"].items():
        place = named[usulan].split(";")[0], family
        expected[place] = expected.get(place, 0) + 1
    counted = overview(register).by_isu.to_dict("index")
    assert len(expected) > 10
    assert {(i, f): n for i, row in counted.items() for f, n in row.items() if n} == expected
