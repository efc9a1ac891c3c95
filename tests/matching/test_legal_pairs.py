"""The legal case of two regions: every pair of parties, the answers, the DPRD, and the words."""

import csv
import itertools
from importlib.resources import files

import pytest

from ksd_toolkit.errors import InputError
from ksd_toolkit.law import cite
from ksd_toolkit.matching.legal_case import Conditions, legal_case
from ksd_toolkit.matching.legal_parts import counted
from ksd_toolkit.matching.legal_table import cited_all, council_of, kind_of
from ksd_toolkit.matching.legal_term import secretariat_of
from ksd_toolkit.regions import parties, relation
from tests.matching.legal_cases_by_hand import (
    BARITO_KUALA,
    BARITO_SELATAN,
    BEKASI,
    HSS,
    JAKARTA,
    KALSEL,
    KALTENG,
    TANAH_LAUT,
    TAPIN,
    case,
)

KNOWLEDGE = files("ksd_toolkit.knowledge")
BOTH = Conditions(externality="ya", joint="ya", usulan="DINKES-01", open=())
OUT_OF_REACH = "31.01"  # Kepulauan Seribu: administrative, no party


# --- the five letters, for every pair ----------------------------------------------------------


def rows(name):
    with KNOWLEDGE.joinpath(name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def letter_by_the_text(first, second, borders):
    """UU 23/2014 Pasal 364 ayat (1)-(2), read afresh: which letter, or none."""
    first_province, second_province = len(first) == 2, len(second) == 2
    one_province = first[:2] == second[:2]
    if first_province and second_province:
        return "a" if borders else ""
    if first_province or second_province:
        if one_province:
            return "b"
        return "c" if borders else ""
    if not borders:
        return ""
    return "e" if one_province else "d"


def test_every_pair_of_the_546_parties_has_the_letter_forum_and_take_over_of_the_law():
    touching = {(r["a"], r["b"]) for r in rows("neighbours.csv") if r["type"] in ("land", "corner")}
    touching |= {(b, a) for a, b in touching}
    touching |= {(a[:2], b) for a, b in touching if a[:2] != b[:2]}
    touching |= {(a, b[:2]) for a, b in touching if a[:2] != b[:2]}
    codes = [r["kode"] for r in rows("regions.csv") if r["pihak_ksd"] == "ya"]
    assert len(codes) == 546
    wrong, letters = [], set()
    for first, second in itertools.combinations(codes, 2):
        expected = letter_by_the_text(first, second, (first, second) in touching)
        found = legal_case(first, second)
        by_whom = {"": ("", ""), "e": ("provinsi", "gubernur")}.get(expected, ("nasional", "pusat"))
        if (found.letter, (found.forum, found.takeover)) != (expected, by_whom):
            wrong.append((first, second))
        if found.kind != ("belum" if expected else "sukarela"):
            wrong.append((first, second))
        letters.add(found.letter)
    assert wrong == []
    assert letters == set("abcde") | {""}


@pytest.mark.parametrize("row", case("Pairs: letter, forum and take-over"), ids=str)
def test_pairs_a_clerk_has_checked(row):
    for home, partner in ((row["home"], row["partner"]), (row["partner"], row["home"])):
        found = legal_case(home, partner)
        assert found.relation == row["relation"]
        assert (found.letter, found.forum, found.takeover) == (
            row["letter"], row["forum"], row["takeover"],
        )  # fmt: skip
        assert found.can_be_mandatory is bool(row["letter"])


# --- what the answers make of it ---------------------------------------------------------------


@pytest.mark.parametrize("row", case("Mandatory or voluntary"), ids=str)
def test_mandatory_only_with_border_externality_and_joint_efficiency(row):
    answers = Conditions(externality=row["externality"], joint=row["joint"])
    assert legal_case("Kabupaten Hulu Sungai Selatan", row["partner"], answers).kind == row["kind"]


@pytest.mark.parametrize("row", case("Does the DPRD have to approve?"), ids=str)
@pytest.mark.parametrize("family", ["KSDD", "KSDPK"])
def test_the_truth_table_of_the_council(family, row):
    found = council_of(family, row["burden"], row["budgeted"])
    assert found.needed == row["needed"]
    assert found.text("id")
    assert found.text("en")
    open_ = {"beban_masyarakat": row["burden"], "anggaran_tersedia": row["budgeted"]}
    undecided = [name for name, answer in open_.items() if answer == "belum"]
    assert list(found.fields) == (undecided if row["needed"] == "belum" else [])


def test_the_council_is_told_of_the_budget_what_was_answered_of_it():
    for burden in ("tidak", "belum"):
        assert "sudah ada dalam APBD tahun berjalan" in council_of("KSDD", burden, "ya").text()
        assert "sudah ada" not in council_of("KSDD", burden, "TB").text()
        assert "dijawab tidak berlaku" in council_of("KSDD", burden, "TB").text()


@pytest.mark.parametrize("family", ["KSDPL", "KSDLL"])
@pytest.mark.parametrize("answer", ["ya", "tidak", "TB", "belum"])
def test_foreign_cooperation_needs_the_council_whatever_its_budget(family, answer):
    assert council_of(family, answer, answer).needed == "ya"


def test_what_carries_on_cooperation_of_the_centre_is_to_be_checked():
    """Permendagri 25/2020 Pasal 16 (1) asks for the DPRD in Pasal 7 b only; Pasal 27-30 name none."""
    institution, government = council_of("KSDLL"), council_of("KSDPL")
    assert "penerusan kerja sama Pemerintah Pusat" in institution.text()
    assert "Permendagri 25/2020 Pasal 27-30" in cited_all(institution.articles)
    assert "penerusan" not in government.text()
    for found in (institution, government):
        assert "selalu" not in found.text()
        assert "Permendagri 25/2020 Pasal 16 ayat (1)" in cited_all(found.articles)


def test_the_council_is_not_invented_where_no_text_asks_for_it():
    assert council_of("Sinergi").needed == "tidak_diatur"
    assert council_of("Belum jelas").needed == "belum"


@pytest.mark.parametrize("row", case("Secretariat"), ids=str)
def test_a_secretariat_is_for_long_and_complex_mandatory_cooperation(row):
    years = int(row["years"]) if row["years"] else None
    found = secretariat_of(Conditions(years=years, regions=int(row["regions"])))
    assert (found.long_enough, found.complex, found.allowed) == (
        row["long_enough"], row["complex"], row["allowed"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (4, "tidak dapat dibentuk: jangka waktunya kurang dari 5 tahun"),
        (5, "jangka waktunya paling singkat 5 tahun (terpenuhi)"),
        (None, "jangka waktunya paling singkat 5 tahun (belum dijawab)"),
    ],
)
def test_the_words_of_the_secretariat_say_what_is_known(years, words):
    told = secretariat_of(Conditions(years=years, regions=3)).text()
    assert words in told
    assert "PP 28/2018 Pasal 7 ayat (2)" in told


def test_only_mandatory_cooperation_has_one():
    assert legal_case(HSS, TAPIN, BOTH).secretariat is not None
    assert legal_case(HSS, TAPIN).secretariat is None
    assert legal_case(HSS, TANAH_LAUT, BOTH).secretariat is None


def test_what_follows_only_from_mandatory_cooperation_goes_with_it():
    no = Conditions(externality="tidak", joint="ya")
    voluntary = legal_case(HSS, TAPIN, no)
    assert (voluntary.letter, voluntary.forum, voluntary.takeover) == ("e", "", "")
    codes = [paper.code for paper in voluntary.documents]
    assert codes == ["kesepakatan_bersama", "persetujuan_dprd", "pks"]


def test_the_documents_of_mandatory_cooperation_in_their_order():
    answers = Conditions(externality="ya", joint="ya", burden="tidak", budgeted="ya")
    found = legal_case(HSS, TAPIN, answers).documents
    assert [(paper.code, paper.article) for paper in found] == [
        ("pemetaan", "PP 28/2018 5(1)"),
        ("hasil_koordinasi", "PP 28/2018 5(3)"),
        ("kesepakatan_bersama", "PP 28/2018 6(3)"),
        ("pks", "PP 28/2018 6(3)"),
    ]


def test_a_document_that_depends_on_an_answer_says_so():
    found = {paper.code: paper.text() for paper in legal_case(HSS, TAPIN).documents}
    assert found["pemetaan"].endswith("(bila wajib)")
    assert found["persetujuan_dprd"].endswith("(bila diperlukan)")
    assert found["pks"] == "Perjanjian Kerja Sama (PKS)"


def test_ten_stages_with_the_council_at_the_fifth():
    stages = legal_case(HSS, TAPIN).stages
    assert len(stages.text("id")) == len(stages.text("en")) == 10
    assert stages.text("id")[stages.council - 1] == "persetujuan DPRD"
    assert stages.article == "PP 28/2018 6(1)"


# --- the words ---------------------------------------------------------------------------------


def test_a_mandatory_pair_says_letter_forum_and_who_takes_over():
    told = legal_case(HSS, TAPIN, BOTH).sentence()
    assert told.startswith("Menurut jawaban usulan ini ")
    assert "wajib bekerja sama" in told
    bare = legal_case(HSS, TAPIN, Conditions(externality="ya", joint="ya")).sentence()
    assert "wajib bekerja sama dalam urusan ini" in bare
    assert "usulan" not in bare
    assert "UU 23/2014 Pasal 364 ayat (2) huruf e, kabupaten/kota dalam satu provinsi" in told
    assert "koordinasi teknis tingkat provinsi" in told
    assert "diambil alih gubernur" in told


def test_two_codes_alone_say_what_the_pair_may_become():
    told = legal_case(HSS, TAPIN).sentence()
    assert "wajib bila urusannya berdampak lintas daerah" in told
    assert "selain itu sukarela" in told


def test_an_usulan_that_did_not_answer_is_told_what_to_answer():
    answers = Conditions(externality="ya", usulan="DINKES-01", open=("efisien_bersama",))
    case_ = legal_case(HSS, TAPIN, answers)
    assert "jawab dulu: Lebih efisien bila dikelola bersama." in case_.sentence()
    assert "efisien_bersama" in case_.open_questions
    assert "eksternalitas_lokasi" not in case_.open_questions


@pytest.mark.parametrize(
    ("partner", "gap"), [(BARITO_SELATAN, "0,86"), (BARITO_KUALA, "0,45")], ids=str
)
def test_near_is_not_bordering_and_the_official_map_decides(partner, gap):
    found = legal_case(HSS, partner, BOTH)
    assert found.kind == "sukarela"
    assert not found.can_be_mandatory
    assert f"celah {gap} km" in found.sentence()
    assert "periksa peta batas resmi" in found.sentence()
    assert found.checks[0].state == "belum"


def test_across_the_water_the_law_is_not_stretched():
    assert relation("21.71", "21.01").kind == "sea"
    found = legal_case("21.71", "21.01", BOTH)
    assert found.kind == "sukarela"
    assert (found.letter, found.can_be_mandatory) == ("", False)
    assert "batas laut" in found.sentence()
    (border,) = [row for row in found.checked() if "berbatasan" in row[0]]
    assert border[1] == "belum diketahui"  # the law leaves it open; a distant pair fails it
    assert legal_case(HSS, TANAH_LAUT, BOTH).checks[0].state == "tidak"
    assert counted(found.checks) == ["2 terpenuhi", "1 belum diketahui"]


def test_a_bordering_pair_may_be_voluntary_and_says_which_condition_fails():
    found = legal_case(HSS, TAPIN, Conditions(externality="ya", joint="tidak"))
    assert (
        "tidak terpenuhi bahwa layanannya lebih efisien bila dikelola bersama" in found.sentence()
    )


def test_every_sentence_exists_in_english_and_leaves_no_gap():
    pairs = [(HSS, TAPIN), (HSS, KALSEL), (HSS, BARITO_SELATAN), (HSS, TANAH_LAUT),
             (KALSEL, KALTENG), (JAKARTA, BEKASI), ("21.71", "21.01")]  # fmt: skip
    for pair, ext, joint in itertools.product(pairs, *[("ya", "tidak", "belum")] * 2):
        found = legal_case(*pair, Conditions(externality=ext, joint=joint, usulan="X"))
        for lang in ("id", "en"):
            for text in (found.sentence(lang), *(g.text(lang) for g in found.reasons)):
                assert text.strip()
                assert "{" not in text
                assert "nan" not in text.casefold().split()
                assert "  " not in text
                assert ": ." not in text


def test_regions_of_special_status_are_told_so_and_others_are_not():
    for home, partner, special in ((JAKARTA, BEKASI, True), ("11.09", "11.05", True),
                                   (HSS, TAPIN, False), ("34.71", HSS, True)):  # fmt: skip
        found = legal_case(home, partner)
        articles = {key for ground in found.reasons for key in ground.articles}
        assert ("PP 28/2018 47" in articles) == special


@pytest.mark.parametrize("province", ["93", "94", "95", "96"])
def test_the_provinces_split_off_from_papua_keep_its_note_and_what_was_not_read_is_marked(province):
    member = next(region.code for region in parties() if region.code.startswith(f"{province}."))
    for home, other in ((province, HSS), (HSS, member)):
        notes = [g for g in legal_case(home, other).reasons if g.code.startswith("special")]
        assert [note.code for note in notes] == ["special_split"]
        assert "hanya menyebut provinsi asalnya" in notes[0].text()
        assert notes[0].cited().startswith("PP 28/2018 Pasal 47;")
        assert notes[0].cited().endswith("belum diverifikasi")
    both = {g.code for g in legal_case("91", province).reasons}
    assert {"special", "special_split"} <= both


def test_cost_shares_are_called_an_analogy_and_the_two_texts_on_take_over_are_named():
    codes = {ground.code: ground for ground in legal_case("63.09", "62.13", BOTH).reasons}
    assert legal_case("63.09", "62.13").letter == "d"
    assert "analogi" in codes["cost"].text()
    assert codes["takeover_differs"].articles[0] == "PP 28/2018 10(2)"


@pytest.mark.parametrize(
    ("home", "partner", "letter", "differ"),
    [
        (KALSEL, KALTENG, "a", False),  # provinces only: both texts name the centre
        (HSS, KALSEL, "b", True),
        ("63.09", KALTENG, "c", True),
        ("63.09", "62.13", "d", True),
        (HSS, TAPIN, "e", False),  # both name the governor
    ],
)
def test_where_a_regency_takes_part_and_the_centre_takes_over_the_two_texts_differ(
    home, partner, letter, differ
):
    found = legal_case(home, partner, BOTH)
    told = {ground.code for ground in found.reasons}
    assert found.letter == letter
    assert ("takeover_differs" in told) == differ


def test_every_statement_cites_an_article_that_exists_and_was_read():
    for answers in (BOTH, Conditions(), Conditions(externality="tidak")):
        found = legal_case(HSS, TAPIN, answers)
        keys = [key for ground in found.reasons for key in ground.articles]
        keys += [check.article for check in found.checks]
        keys += [paper.article for paper in found.documents]
        assert all(cite(key).verified for key in keys)
        uncited = [ground.code for ground in found.reasons if not ground.articles]
        assert uncited == ["borders"]  # geography, not law


def test_the_term_of_an_agreement_is_practice_and_marked_so():
    term = legal_case(HSS, TAPIN, Conditions(years=5)).term
    assert "belum diverifikasi" in term.text()
    assert term.within == "ya"
    assert legal_case(HSS, TAPIN, Conditions(years=6)).term.within == "tidak"
    assert legal_case(HSS, TAPIN).term.within == "belum"


# --- what cannot be a case ---------------------------------------------------------------------


def test_a_region_with_itself_an_unknown_one_and_an_administrative_area_are_refused_in_words():
    for pair, words in (((HSS, HSS), "dirinya sendiri"), ((HSS, "99.99"), "99.99"),
                        ((HSS, OUT_OF_REACH), "wilayah administratif")):  # fmt: skip
        with pytest.raises(InputError) as refused:
            legal_case(*pair)
        assert words in refused.value.sentence("id")
        assert refused.value.sentence("en")


def test_the_rows_of_the_table_of_kinds_leave_no_combination_out():
    for borders, ext, joint in itertools.product(
        (True, False), *[("ya", "tidak", "belum", "TB")] * 2
    ):
        kind, articles = kind_of(borders, ext, joint)
        assert kind in {"wajib", "sukarela", "belum"}
        assert cited_all(articles)
        assert borders or kind == "sukarela"


def test_the_parties_are_those_of_the_register_of_regions():
    assert len(parties()) == 546
