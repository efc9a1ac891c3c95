"""The legal case of what the offices proposed: types kept, conditions answered or not, nothing guessed."""

import itertools
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.law import cite
from ksd_toolkit.matching.legal_case import (
    case_of_usulan,
    cases_of,
    conditions_of,
    legal_case,
    legal_cases,
)
from ksd_toolkit.matching.legal_term import term_of
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import read_register
from ksd_toolkit.scoring import derive_types
from ksd_toolkit.scoring.gates import gate_facts
from ksd_toolkit.scoring.mandatory import mandatory_pairs
from tests.matching.legal_cases_by_hand import (
    BARITO_SELATAN,
    HSS,
    JOINT,
    KALSEL,
    TANAH_LAUT,
    TAPIN,
    partner,
    small_register,
)
from tests.scoring.conftest import NAME, OFFICES, SETTINGS, proposal_of, register_of

ROOT = Path(__file__).parents[2]
ARTICLE_18 = ("rencana_induk", "layak_ekonomi", "mampu_keuangan", "menyusun_studi")
GENERAL_27 = (
    "hubungan_diplomatik", "urusan_pemda", "tanpa_kantor", "tanpa_campur_tangan", "sesuai_rencana",
)  # fmt: skip
ABROAD_27 = {
    "KSDPL": (*GENERAL_27, "setara", "saling_melengkapi", "hubungan_masyarakat"),
    "KSDLL": (*GENERAL_27, "alih_iptek"),
}


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    home = tmp_path_factory.mktemp("legal")
    return lambda *proposals: small_register(home, *proposals)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("sample"))
    return read_register(open_dossier(NAME, home=home))


def only(register):
    (found,) = cases_of(register)
    return found.case


def states(case):
    return {check.code: check.state for check in case.checks}


# --- the answers -------------------------------------------------------------------------------


def test_blank_and_not_known_are_open_and_not_applicable_is_an_answer(make):
    register = make(
        proposal_of(
            eksternalitas_lokasi=None,
            efisien_bersama="TT",
            beban_masyarakat="TB",
            anggaran_tersedia="ya",
            jangka_waktu_th=None,
            partners=[partner(TAPIN), partner(HSS)],
        )
    )
    found = conditions_of(register, "DINKES-01")
    assert (found.externality, found.joint) == ("belum", "belum")
    assert (found.burden, found.budgeted, found.years) == ("TB", "ya", None)
    assert found.regions == 2
    assert {"eksternalitas_lokasi", "efisien_bersama", "jangka_waktu_th"} <= set(found.open)
    assert not {"beban_masyarakat", "anggaran_tersedia", "eksternalitas_dampak"} & set(found.open)


def test_an_usulan_nobody_sent_is_refused_by_name(make):
    register = make(proposal_of())
    for call in (conditions_of, cases_of):
        with pytest.raises(InputError) as refused:
            call(register, "DINKES-99")
        assert "DINKES-99" in refused.value.sentence("id")


# --- regions -----------------------------------------------------------------------------------

ANSWERS = (None, "ya", "tidak", "TT", "TB")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tests=st.tuples(*[st.sampled_from(ANSWERS)] * 3),
    joint=st.sampled_from(ANSWERS),
    code=st.sampled_from([TAPIN, TANAH_LAUT, BARITO_SELATAN, KALSEL, HSS, "31.01", None]),
    objek=st.sampled_from(["layanan", "pinjam_pakai", "pengadaan", "lainnya", None]),
)
def test_the_case_never_contradicts_the_table_of_types(make, tests, joint, code, objek):
    named = dict(zip(("eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak"),
                     tests, strict=True))  # fmt: skip
    register = make(
        proposal_of(efisien_bersama=joint, objek=objek, partners=[partner(code)], **named)
    )
    jenis = derive_types(register)["jenis"].iloc[0]
    found = only(register)
    assert found.jenis == jenis
    assert (found.kind == "wajib") == (jenis == "KSDD-W")
    assert (found.family == "KSDD") == (found.kind != "")
    for lang in ("id", "en"):
        told = found.sentence(lang)
        assert "  " not in told
        assert ": ." not in told


def test_not_applicable_is_no_yes_and_no_no_and_is_asked_again(make):
    tests = ("eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak")
    register = make(
        proposal_of(partners=[partner(TAPIN)], efisien_bersama="ya", **dict.fromkeys(tests, "TB"))
    )
    found = only(register)
    assert found.kind == "belum"
    assert found.checks[1].fields == tests


def test_each_partner_region_has_its_own_case(make):
    register = make(
        proposal_of(partners=[partner(TANAH_LAUT), partner(TAPIN), partner(KALSEL)], **JOINT)
    )
    frame = legal_cases(register)
    assert frame["kode_wilayah"].tolist() == [TANAH_LAUT, TAPIN, KALSEL]
    assert frame["kind"].tolist() == ["sukarela", "wajib", "wajib"]
    assert frame["letter"].tolist() == ["", "e", "b"]
    assert frame["takeover"].tolist() == ["", "gubernur", "pusat"]
    assert frame["main"].tolist() == [True, False, False]
    assert set(frame["usulan_jenis"]) == {"KSDD-W"}
    assert {found.case.conditions.regions for found in cases_of(register)} == {4}
    far = cases_of(register)[0].case
    assert any("karena mitra lain berbatasan" in ground.text() for ground in far.reasons)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "belum diisi"),
        (HSS, "sama dengan daerah sendiri"),
        ("99.99", "tidak dikenal"),  # the questionnaire refuses it; a caller may bring it
    ],
)
def test_a_partner_region_nobody_can_place_is_not_judged(make, code, words):
    register = make(proposal_of(**JOINT))
    found = case_of_usulan(register, "DINKES-01", partner(code))
    assert found.kind == "belum"
    assert not found.can_be_mandatory
    assert words in found.sentence()
    assert "kode_wilayah" in found.open_questions


def test_an_area_without_autonomy_stands_for_its_province(make):
    register = make(proposal_of(partners=[partner("31.71")], **JOINT))
    found = only(register)
    assert (found.partner, found.partner_name) == ("31", "Provinsi Daerah Khusus Ibukota Jakarta")
    bare = legal_case(HSS, "31", found.conditions)
    assert (found.kind, found.letter, found.checks) == (bare.kind, bare.letter, bare.checks)
    assert found.sentence() == (
        "Kota Administrasi Jakarta Pusat bukan daerah otonom; yang menjadi pihak adalah Provinsi "
        f"Daerah Khusus Ibukota Jakarta. {bare.sentence()}"
    )
    assert found.reasons[0] == bare.reasons[0]
    assert legal_cases(register)["kode_wilayah"].tolist() == ["31"]


def test_an_area_without_autonomy_borders_what_its_province_borders(tmp_path):
    """Kota Bekasi borders Jakarta, whichever of its areas was written down: letter c, not d."""
    folder = tmp_path / "data" / NAME
    folder.mkdir(parents=True)
    settings_ = SETTINGS.replace('"63.06"', '"32.75"')
    (folder / "dossier.toml").write_text(settings_, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    usulan = [
        proposal_of(f"DINKES-0{n}", partners=[partner(code)], **JOINT)
        for n, code in enumerate(("31.75", "31.01", "31"), 1)
    ]
    register = register_of(open_dossier(NAME, home=tmp_path), *usulan)
    cases = [one.case for one in cases_of(register)]
    assert [(case.kind, case.letter) for case in cases] == [("wajib", "c")] * 3
    assert derive_types(register)["jenis"].tolist() == ["KSDD-W"] * 3
    assert mandatory_pairs(register)[["kode_wilayah", "letter"]].to_numpy().tolist() == [
        ["31", "c"]
    ] * 3  # fmt: skip


@pytest.mark.parametrize("answer", ["ya", "tidak"])
def test_with_a_part_of_itself_there_is_nothing_to_judge(make, answer):
    register = make(proposal_of(efisien_bersama=answer))
    found = case_of_usulan(register, "DINKES-01", partner(HSS))
    assert found.kind == "belum"
    assert "sama dengan daerah sendiri" in found.sentence()
    assert "sukarela" not in found.sentence()


def test_a_name_is_no_code_but_the_code_is_suggested(make):
    register = make(proposal_of(partners=[partner(None, name="Pemkab Tapin")], **JOINT))
    found = only(register)
    assert (found.kind, found.partner) == ("belum", "")
    named = make(proposal_of(partners=[partner(None, name="Kabupaten Tapin")], **JOINT))
    assert "(63.05)" in only(named).sentence()
    by_code = case_of_usulan(named, "DINKES-01", partner(TAPIN))
    assert "tidak menyebut" not in by_code.sentence()  # it does, by its name


def test_where_an_answer_alone_decides_the_place_does_not_matter(make):
    found = only(make(proposal_of(partners=[partner(None)], efisien_bersama="tidak")))
    assert found.kind == "sukarela"
    assert "berbatasan atau tidak" in found.sentence()


def test_a_region_beside_a_main_partner_of_another_kind_says_what_decides_the_type(make):
    register = make(proposal_of(partners=[{}, partner(TAPIN)], **JOINT))
    main, beside = (found.case for found in cases_of(register))
    assert (main.family, beside.kind) == ("Sinergi", "wajib")
    assert any("mengikuti mitra utamanya: Sinergi" in ground.text() for ground in beside.reasons)


def test_any_other_partner_can_be_tried(make):
    register = make(proposal_of(partners=[partner(TANAH_LAUT)], **JOINT))
    tried = case_of_usulan(register, "DINKES-01", partner(TAPIN))
    assert (tried.kind, tried.letter, tried.jenis) == ("wajib", "e", "KSDD-W")
    assert tried.sentence().startswith("Menurut jawaban usulan ini ")
    assert "DINKES-01 tidak menyebut Kabupaten Tapin sebagai mitra" in tried.sentence()
    assert tried.sentence("en").startswith("By the answers of this proposal ")
    named = case_of_usulan(register, "DINKES-01", partner(TANAH_LAUT))
    assert "tidak menyebut" not in named.sentence()
    assert case_of_usulan(register, "DINKES-01", {"mitra_jenis": "ptn"}).family == "Sinergi"
    assert case_of_usulan(register, "DINKES-01", {}).family == "Belum jelas"


# --- what a plenary set ------------------------------------------------------------------------


def with_types(register, *rows):
    columns = ("usulan_id", "jenis", "alasan", "ditetapkan_oleh")
    frame = pd.DataFrame(rows, columns=list(columns)).astype("str")
    register.tables.frames["jenis_ditetapkan"] = frame
    return register


def test_a_plenary_may_set_the_type_but_not_the_border(make):
    usulan = {"efisien_bersama": None, "eksternalitas_lokasi": None}
    register = make(
        proposal_of("DINKES-01", partners=[partner(TAPIN)], **usulan),
        proposal_of("DINKES-02", partners=[partner(TANAH_LAUT)], **usulan),
        proposal_of("DINKES-03", partners=[partner(TAPIN)], **JOINT),
    )
    why = "sudah dibahas"
    with_types(
        register,
        ("DINKES-01", "KSDD-W", why, "Rapat Pleno"),
        ("DINKES-02", "KSDD-W", why, "Rapat Pleno"),
        ("DINKES-03", "KSDD-S", why, "Rapat Pleno"),
    )
    first, second, third = (found.case for found in cases_of(register))
    assert (first.kind, first.forum) == ("wajib", "provinsi")
    assert "ditetapkan wajib" in first.sentence()
    assert "belum semua syaratnya" in first.sentence()
    assert (second.kind, second.letter) == ("sukarela", "")
    assert any("padahal kedua daerah tidak berbatasan" in g.text() for g in second.reasons)
    assert (third.kind, third.letter, third.takeover) == ("sukarela", "e", "")
    assert "ditetapkan sukarela" in third.sentence()
    assert all(any(why in g.text() for g in case.reasons) for case in (first, second, third))


def test_what_a_plenary_set_aside_says_its_reason_not_that_of_the_rule(make):
    register = make(proposal_of(partners=[partner(None, "bumd", "PT Daerah")]))
    with_types(register, ("DINKES-01", "BUKAN", "tumpang tindih", "Rapat Pleno"))
    found = only(register)
    assert found.family == "Bukan KSD"
    assert "ditetapkan Rapat Pleno: tumpang tindih" in found.sentence()
    assert "KSDPK pelayanan publik" in found.sentence()


# --- third parties -----------------------------------------------------------------------------


def third(make, kind="badan_usaha", **cells):
    return only(make(proposal_of(partners=[partner(None, kind, "PT Contoh")], **cells)))


def test_the_partners_initiative_has_the_four_conditions_of_article_18(make):
    answered = third(make, "bumd", prakarsa="mitra", syarat_pasal_18="rencana_induk;menyusun_studi")
    assert {code: states(answered)[code] for code in ARTICLE_18} == {
        "rencana_induk": "terpenuhi",
        "layak_ekonomi": "tidak",
        "mampu_keuangan": "tidak",
        "menyusun_studi": "terpenuhi",
    }
    blank = third(make, "bumd", prakarsa="mitra")
    assert {states(blank)[code] for code in ARTICLE_18} == {"belum"}
    assert "syarat_pasal_18" in blank.open_questions
    articles = {check.code: check.article for check in blank.checks}
    assert articles["menyusun_studi"] == "PP 28/2018 18(2)"
    assert articles["layak_ekonomi"] == "PP 28/2018 18(1) b"


def test_that_there_is_a_study_and_who_writes_it_are_two_conditions(make):
    found = third(
        make, "bumd", prakarsa="mitra", studi_kelayakan="direncanakan",
        syarat_pasal_18="layak_ekonomi",
    )  # fmt: skip
    told = {text: state for text, state, _ in found.checked()}
    assert told["ada studi kelayakan"] == "direncanakan"
    assert told["studi kelayakannya disusun oleh mitra pemrakarsa sendiri"] == "tidak terpenuhi"


def test_the_regions_initiative_asks_for_mapping_and_study_instead(make):
    found = third(make, "bumd", prakarsa="daerah", studi_kelayakan="direncanakan")
    assert states(found) == {
        "third_party": "terpenuhi", "pemetaan": "terpenuhi", "studi_daerah": "direncanakan",
    }  # fmt: skip
    assert [paper.code for paper in found.documents][:2] == ["pemetaan_pk", "studi_kelayakan"]


def test_who_took_the_initiative_is_not_assumed(make):
    found = third(make, "bumd", prakarsa=None)
    assert states(found)["prakarsa"] == "belum"
    assert found.open_questions[0] == "prakarsa"
    assert not set(ARTICLE_18) & set(states(found))


@pytest.mark.parametrize(
    ("studi", "state"), [("ada", "terpenuhi"), ("direncanakan", "direncanakan"), ("tidak", "tidak"),
                         (None, "belum")],
)  # fmt: skip
def test_the_feasibility_study_comes_before_the_contract(make, studi, state):
    assert states(third(make, studi_kelayakan=studi))["studi_daerah"] == state


@pytest.mark.parametrize(
    ("kind", "objek", "code", "state"),
    [
        ("bumn", "layanan", "third_party", "terpenuhi"),
        ("koperasi", "layanan", "third_party", "terpenuhi"),
        ("ormas", "layanan", "third_party", "terpenuhi"),
        ("perseorangan", "layanan", "third_party", "terpenuhi"),
        ("badan_usaha", "layanan", "incorporated", "belum"),
        ("badan_usaha", "infrastruktur", "incorporated", "belum"),
        ("bumd", "infrastruktur", "incorporated", "terpenuhi"),
        ("ormas", "infrastruktur", "incorporated", "tidak"),
        ("perseorangan", "infrastruktur", "incorporated", "tidak"),
    ],
)
def test_who_may_be_a_third_party(make, kind, objek, code, state):
    found = third(make, kind, objek=objek)
    assert found.checks[0].code == code
    assert found.checks[0].state == state
    if objek == "infrastruktur":
        assert found.checks[0].article == "PP 28/2018 15(4) a"
    else:
        assert found.checks[0].article.startswith("PP 28/2018 14")


def test_the_legal_person_is_not_read_from_a_name(make):
    check = third(make).checks[0]
    assert check.state_in_words() == "belum diketahui"
    assert check.questions() == ()


@pytest.mark.parametrize(
    ("objek", "route"),
    [("pemanfaatan_bmd", "Permendagri 19/2016"), ("infrastruktur", "Perpres 38/2015"),
     ("investasi", "PP 28/2018 15")],
)  # fmt: skip
def test_assets_investment_and_infrastructure_follow_rules_of_their_own(make, objek, route):
    found = third(make, objek=objek)
    assert route in found.reasons[0].articles
    assert any(ground.code == "own_rules" for ground in found.reasons)
    assert "aturannya sendiri" in found.sentence()
    if not cite(route).verified:
        assert "belum diverifikasi" in found.reasons[0].cited()


@pytest.mark.parametrize(
    ("objek", "articles"),
    [
        ("pemanfaatan_bmd", ("PP 28/2018 15(3)", "Permendagri 19/2016")),
        ("investasi", ("PP 28/2018 15(3)",)),  # its route is the same article
        ("infrastruktur", ("PP 28/2018 15(4)", "Perpres 38/2015")),
        ("lainnya", ("PP 28/2018 15(4)",)),
    ],
)
@pytest.mark.parametrize(("years", "told"), [(5, "5 tahun; periksa"), (None, "belum dijawab")])
def test_their_term_is_that_of_their_own_rules_not_five_years(make, objek, articles, years, told):
    register = make(
        proposal_of(partners=[partner(None, "bumd", "PT")], objek=objek, jangka_waktu_th=years)
    )
    found = only(register)
    assert found.term.own_rules == articles
    assert found.term.within == "aturan_sendiri"
    assert legal_cases(register)["within_term"].tolist() == ["aturan_sendiri"]
    assert "Paling lama" not in found.term.text()
    assert told in found.term.text()
    (row,) = [row for row in found.statements() if row[0] == "Jangka waktu"]
    assert row[2] == "aturan sendiri"
    assert "juga jangka waktunya" in found.sentence()
    unread = [key for key in articles if not cite(key).verified]
    assert found.term.text().count("belum diverifikasi") == len(unread)


@pytest.mark.parametrize(("years", "within"), [(5, "ya"), (None, "belum")])
def test_the_term_of_public_service_is_the_practice_of_five_years(make, years, within):
    found = third(make, "bumd", objek="layanan", jangka_waktu_th=years)
    assert (found.term.max_years, found.term.within) == (5, within)
    assert "juga jangka waktunya" not in found.sentence()
    assert term_of("KSDPK", 6).within == "tidak"
    assert term_of("KSDPK", 30, ("PP 28/2018 15(3)",)).within == "aturan_sendiri"


def test_a_type_set_by_a_plenary_does_not_borrow_the_rules_of_another_object(make):
    register = make(proposal_of(partners=[partner(None, "bumd", "PT")], objek="infrastruktur"))
    with_types(register, ("DINKES-01", "KSDPK-b", "aset daerah", "Rapat Pleno"))
    assert only(register).term.own_rules == ("PP 28/2018 15(3)",)


def test_public_service_follows_the_regulation_itself(make):
    found = third(make, objek="layanan")
    assert not any(ground.code == "own_rules" for ground in found.reasons)
    contract = {paper.code: paper for paper in found.documents}["kontrak"]
    assert contract.article == "PP 28/2018 19(2)"
    for clause in ("hak dan kewajiban", "jangka waktu", "penyelesaian perselisihan", "sanksi"):
        assert clause in contract.text()


def test_the_council_counts_for_third_parties_too(make):
    found = third(make, beban_masyarakat="tidak", anggaran_tersedia="tidak")
    assert found.needs_council == "ya"
    assert found.council.articles == ("PP 28/2018 6(2)", "PP 28/2018 19(1)")
    assert "persetujuan_dprd_pk" in {paper.code for paper in found.documents}


# --- abroad ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("jenis", "kind"), [("KSDPL", "pemda_ln"), ("KSDLL", "lembaga_ln")])
def test_the_conditions_of_article_27(make, jenis, kind):
    wanted = ABROAD_27[jenis]
    blank = third(make, kind)
    assert blank.jenis == jenis
    assert states(blank) == dict.fromkeys(wanted, "belum")
    full = third(make, kind, syarat_pasal_27=";".join(wanted))
    assert states(full) == dict.fromkeys(wanted, "terpenuhi")
    less = third(make, kind, syarat_pasal_27=";".join(wanted[1:]))
    assert states(less)[wanted[0]] == "tidak"


@pytest.mark.parametrize(("jenis", "kind"), [("KSDPL", "pemda_ln"), ("KSDLL", "lembaga_ln")])
def test_all_conditions_met_is_what_the_gate_asks(make, jenis, kind):
    for ticked in itertools.chain([()], ABROAD_27[jenis := jenis], [ABROAD_27[jenis]]):
        text = ticked if isinstance(ticked, str) else ";".join(ticked)
        register = make(proposal_of(partners=[partner(None, kind)], syarat_pasal_27=text or None))
        gate = gate_facts(register, derive_types(register))["pasal27_lengkap"].iloc[0]
        met = all(state == "terpenuhi" for state in states(only(register)).values())
        assert (gate == "ya") == met


@pytest.mark.parametrize("kind", ["pemda_ln", "lembaga_ln"])
def test_foreign_cooperation_council_term_and_stages(make, kind):
    found = third(make, kind, beban_masyarakat="tidak", anggaran_tersedia="ya", jangka_waktu_th=5)
    assert found.needs_council == "ya"
    assert "45 hari kerja" in found.council.text()
    assert (found.term.max_years, found.term.notice_months, found.term.within) == (5, 6, "ya")
    assert "Permendagri 25/2020 Pasal 32" in found.term.text()
    assert "Permendagri 25/2020 Pasal 33" in found.term.text()
    assert len(found.stages.text()) == 11
    assert found.stages.text()[found.stages.council - 1] == "persetujuan DPRD"
    papers = {paper.code: paper.text() for paper in found.documents}
    assert "paling lama satu tahun" in papers["loi"]
    plan = next(text for code, text in papers.items() if code.startswith("rencana_kerja_sama"))
    assert len(plan.partition(": ")[2].split("; ")) == 7


def test_the_sentence_of_foreign_cooperation(make):
    told = third(make, "pemda_ln").sentence()
    assert "memerlukan persetujuan DPRD dan Pemerintah Pusat dan paling lama lima tahun" in told
    assert "UU 23/2014 Pasal 367 ayat (2)" in told
    assert "dari 8 syarat, 8 belum dijawab" in told
    assert "of 8 conditions, 8 not answered" in third(make, "pemda_ln").sentence("en")


def test_the_sentence_of_a_foreign_institution_asks_whether_it_carries_on_what_the_centre_agreed(
    make,
):
    found = third(make, "lembaga_ln")
    assert (
        "persetujuan DPRD (periksa bila penerusan kerja sama Pemerintah Pusat)" in found.sentence()
    )
    assert "Permendagri 25/2020 Pasal 27-30" in found.sentence()
    assert "carries on cooperation of the central government" in found.sentence("en")
    assert "penerusan" not in third(make, "pemda_ln").sentence()


def test_a_type_set_for_an_usulan_without_a_partner_asks_who_it_is_with(make):
    register = with_types(make(proposal_of(partners=[])), ("DINKES-01", "KSDPK-a", "ya", "Pleno"))
    found = only(register)
    assert (found.checks[0].code, found.checks[0].state) == ("third_party", "belum")
    assert "mitra yang belum disebut" in found.sentence()


# --- Sinergi and what is no cooperation --------------------------------------------------------


@pytest.mark.parametrize(
    ("dana", "ours", "theirs"),
    [("apbd;apbn", "terpenuhi", "terpenuhi"), ("apbd", "terpenuhi", "belum"),
     ("mitra", "tidak", "terpenuhi"), (None, "belum", "belum")],
)  # fmt: skip
def test_each_level_pays_its_own_share_of_a_sinergi(make, dana, ours, theirs):
    found = third(make, "kl_vertikal", sumber_dana=dana)
    assert states(found) == {
        "sinergi_partner": "terpenuhi", "bagian_daerah": ours, "bagian_mitra": theirs,
    }  # fmt: skip


def test_a_sinergi_has_its_own_document_and_no_pks(make):
    found = third(make, "ptn")
    assert [paper.code for paper in found.documents] == ["dokumen_kesepakatan", "nota_kesepakatan"]
    assert "tanpa PKS" in found.documents[1].text()
    assert not cite(found.documents[1].article).verified
    assert found.stages is None
    assert found.term is None
    assert found.needs_council == "tidak_diatur"


@pytest.mark.parametrize(("kind", "objek"), [("opd_internal", "layanan"), ("bumd", "pengadaan")])
def test_what_is_no_cooperation_says_why_and_nothing_more(make, kind, objek):
    found = third(make, kind, objek=objek)
    assert found.family == "Bukan KSD"
    assert (found.checks, found.documents, found.kind) == ((), (), "")
    assert found.reasons[0].text() in found.sentence()


def test_procurement_is_no_cooperation_here_and_the_regulation_that_names_it_is_told(make):
    bought = {ground.code: ground for ground in third(make, "bumd", objek="pengadaan").reasons}
    assert "Pasal 15 ayat (4) huruf b" in bought["procurement"].cited()
    assert "tidak menghitungnya" in bought["procurement"].text()
    for kind, objek in (
        ("opd_internal", "pengadaan"),
        ("bumd", "kajian_pesanan"),
        ("bumd", "layanan"),
    ):
        assert "procurement" not in {g.code for g in third(make, kind, objek=objek).reasons}


def test_an_usulan_without_a_partner_keeps_its_row(make):
    register = make(proposal_of(partners=[]))
    frame = legal_cases(register)
    assert frame["family"].tolist() == ["Belum jelas"]
    assert frame["mitra_nama"].tolist() == [""]
    assert frame["needs_council"].tolist() == ["belum"]


# --- the sample --------------------------------------------------------------------------------


def test_the_sample_has_a_case_for_every_partner_and_keeps_every_type(sample):
    frame = legal_cases(sample)
    types = derive_types(sample)
    partners = sample.mitra.groupby("usulan_id").size().reindex(types.index).fillna(0)
    assert frame.groupby("usulan_id").size().to_dict() == partners.clip(lower=1).to_dict()
    assert frame.notna().drop(columns="years").all(axis=None)
    main = frame[frame["main"]].set_index("usulan_id")
    assert main["usulan_jenis"].to_dict() == types["jenis"].to_dict()
    mandatory = set(frame.loc[frame["kind"] == "wajib", "usulan_id"])
    assert mandatory == set(types.index[types["jenis"] == "KSDD-W"])
    assert mandatory


def test_every_case_of_the_sample_speaks_both_languages_and_cites_the_law(sample):
    for found in cases_of(sample):
        case = found.case
        for lang in ("id", "en"):
            texts = [case.sentence(lang), case.council.text(lang)]
            texts += [text for row in case.checked(lang) for text in row]
            texts += [ground.text(lang) for ground in case.reasons]
            texts += [paper.text(lang) for paper in case.documents]
            assert all(text.strip() and "  " not in text for text in texts)
        keys = [check.article for check in case.checks] + [p.article for p in case.documents]
        assert all(cite(key) for key in keys)


def test_the_register_is_not_changed(sample):
    before = sample.mitra, sample.usulan
    legal_cases(sample)
    pd.testing.assert_frame_equal(sample.mitra, before[0])
    pd.testing.assert_frame_equal(sample.usulan, before[1])


def test_every_question_a_case_asks_is_in_the_questionnaire(sample):
    form = read_form()
    names = {field.name for table in form.tables for field in table.fields}
    for found in cases_of(sample):
        assert set(found.case.open_questions) <= names
        for check in found.case.checks:
            assert all(check.questions(lang) or not check.fields for lang in ("id", "en"))


def test_the_same_pair_without_an_usulan_is_the_same_pair(sample):
    for found in cases_of(sample):
        if found.case.partner:
            bare = legal_case(HSS, found.case.partner)
            assert (bare.letter, bare.relation) == (found.case.letter, found.case.relation)


def test_a_register_without_usulan_has_no_case(make):
    empty = make()
    assert cases_of(empty) == ()
    frame = legal_cases(empty)
    assert frame.empty
    assert {"usulan_id", "kind", "letter", "needs_council", "unanswered"} <= set(frame.columns)
