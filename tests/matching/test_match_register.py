"""Partners of a region that has a register: questionnaires before indicators, agreements, usulan, others."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.agreements import named_in, signed_with
from ksd_toolkit.matching.indicators import cells
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.questionnaire_needs import kept_registers, said_in
from ksd_toolkit.matching.settings import match_settings
from ksd_toolkit.matching.spoken import strongest
from ksd_toolkit.register import read_register
from tests.matching.shared_figures import figures, real_figures
from tests.scoring.conftest import NAME, OFFICES, SETTINGS, proposal_of, register_of
from tests.small_project import new_project, office_book

HSS, HST, TAPIN = "63.06", "63.07", "63.05"
HEALTH = ("1.02", "ISU-A")
PROBLEM = {"sifat": "permasalahan", "urusan_kode": "1.02", "isu": "ISU-A"}
FEW = match_settings().replace(draws=10)
KALSEL = [f"63.{n:02d}" for n in range(1, 12)] + ["63.71", "63.72"]


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    home = tmp_path_factory.mktemp("project")
    folder = home / "data" / NAME
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return open_dossier(NAME, home=home)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("sample"))
    return read_register(open_dossier(NAME, home=home))


def strength(register, cell=HEALTH, side="need"):
    found = [
        one for one in strongest(said_in(register, FEW)) if (one.cell, one.side) == (cell, side)
    ]
    return found[0] if found else None


# --- what a questionnaire says of a cell -----------------------------------------------------


def test_need_is_the_mean_of_official_u_s_and_g(dossier):
    # (5 - 1) / 4, (4 - 1) / 4 and (3 - 1) / 4: mean 0.75
    heard = strength(register_of(dossier, proposal_of(**PROBLEM, U=5, S=4, G=3)))
    assert heard.strength == 0.75
    assert heard.usulan == ("DINKES-01",)
    assert heard.answers == (("U", 5.0), ("S", 4.0), ("G", 3.0))


def test_only_answered_criteria_are_averaged(dossier):
    heard = strength(register_of(dossier, proposal_of(**PROBLEM, U=5, S=None, G=2)))
    assert heard.strength == (1.0 + 0.25) / 2
    assert [code for code, _ in heard.answers] == ["U", "G"]


def test_the_members_median_goes_before_the_offices_and_proposed_values_never_count(dossier):
    raters = {
        "OPD-1": {"U": 5, "S": 5, "G": 5},
        "TKKSD-1": {"U": 3, "S": 3, "G": 3},
        "hitung": {"U": 1, "S": 1, "G": 1},
    }
    heard = strength(register_of(dossier, proposal_of(**PROBLEM, raters=raters)))
    assert heard.strength == 0.5
    only = {"hitung": {"U": 5, "S": 5, "G": 5}}
    heard = strength(register_of(dossier, proposal_of(**PROBLEM, raters=only)))
    assert heard.strength is None


def test_the_strongest_usulan_speaks_for_its_cell(dossier):
    weak = proposal_of("DINKES-01", **PROBLEM, U=2, S=2, G=2)
    strong = proposal_of("DINKES-02", **PROBLEM, U=4, S=4, G=4)
    heard = strength(register_of(dossier, weak, strong))
    assert (heard.strength, heard.usulan) == (0.75, ("DINKES-02",))


def test_potentials_are_capacities_and_both_are_both(dossier):
    potential = proposal_of(**{**PROBLEM, "sifat": "potensi"}, TEK=4)
    register = register_of(dossier, potential)
    assert strength(register) is None
    assert strength(register, side="capacity").strength == 0.75
    register = register_of(dossier, proposal_of(**{**PROBLEM, "sifat": "keduanya"}, TEK=4))
    assert strength(register).strength == 0.5
    assert strength(register, side="capacity").strength == 0.75


def test_every_isu_of_an_usulan_is_a_cell_and_no_office_without_urusan_is(dossier):
    two = proposal_of(**{**PROBLEM, "isu": "ISU-A;ISU-F"})
    found = {one.cell for one in said_in(register_of(dossier, two), FEW)}
    assert found == {HEALTH, ("1.02", "ISU-F")}
    blank = proposal_of(**{**PROBLEM, "isu": None})
    assert said_in(register_of(dossier, blank), FEW) == ()


def test_a_cell_nobody_rated_falls_to_its_indicator_and_it_is_said(dossier):
    register = register_of(dossier, proposal_of(**PROBLEM, raters={}))
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(register, atlas=figures(rows), settings=FEW)
    assert found.profiles.origin(HSS, HEALTH) == "indikator"
    assert any("belum dinilai" in told for told in found.unknown)
    alone = match(register, settings=FEW).profiles
    assert alone.origin(HSS, HEALTH) == ""
    assert np.isnan(alone.need[alone.row(HSS), cells().index(HEALTH)])


def test_what_an_office_rates_goes_before_an_indicator_and_is_named(dossier):
    register = register_of(dossier, proposal_of(**PROBLEM, U=5, S=4, G=3))
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(register, atlas=figures(rows), settings=FEW)
    # HST has the seventh lowest of thirteen: six of the twelve others are better
    [cell] = found.shared(HST).to_dict("records")
    assert (cell["need_home"], cell["need_partner"]) == (0.75, 0.5)
    assert (cell["home_origin"], cell["partner_origin"]) == ("kuesioner", "indikator")
    assert found.table.loc[HST, "shared_problems"] == pytest.approx(0.5 / 0.75)
    assert cell["problem"] == "Kesehatan (Peningkatan Pelayanan Publik)"
    assert "DINKES-01" in cell["home_evidence"]
    assert "U 5, S 4, G 3" in cell["home_evidence"]
    told = found.explain(HST)
    assert "kita: 75 dari 100 menurut kuesioner DINKES-01" in told
    assert "ours: 75 of 100 by questionnaire DINKES-01" in found.explain(HST, "en")
    assert "umur harapan hidup rendah, lebih buruk dari 50" in told


def test_that_no_large_problem_is_shared_is_said_for_questionnaires_and_indicators(dossier):
    register = register_of(dossier, proposal_of(**PROBLEM, U=2, S=2, G=2))
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(register, atlas=figures(rows), settings=FEW)
    told = found.explain(HST)
    assert "di bawah 50 dari 100" in told
    assert "lebih baik dari kebanyakan" not in told
    assert "di bawah 20 dari 100" not in found.replace(problem_from=0.2).explain(HST)


def test_a_need_nothing_is_known_of_elsewhere_is_counted(dossier):
    found = match(register_of(dossier, proposal_of(**PROBLEM)), settings=FEW)
    assert found.table["shared_problems"].isna().all()
    assert any(told.startswith("1 dari 1 sel") for told in found.unknown)


# --- usulan ----------------------------------------------------------------------------------


def test_through_an_usulan_only_its_cells_count_and_its_partners_are_flagged(dossier):
    mine = proposal_of(
        "DINKES-01",
        **PROBLEM,
        partners=({"mitra_nama": "Pemkab Tapin", "mitra_jenis": "pemda", "kode_wilayah": TAPIN},),
    )
    other = proposal_of(
        "DINKES-02",
        **{**PROBLEM, "urusan_kode": "1.01"},
        partners=({"mitra_nama": "Pemkab HST", "mitra_jenis": "pemda", "kode_wilayah": HST},),
    )
    rows = [(code, one, 2021, 60 + n) for one in ("uhh", "rls15") for n, code in enumerate(KALSEL)]
    found = match(register_of(dossier, mine, other), atlas=figures(rows), settings=FEW)
    assert set(found.table.index[found.table["named"]]) == {TAPIN, HST}
    lens = found.under_lens("usulan:dinkes-01")
    assert lens.lens == "usulan:DINKES-01"
    assert set(lens.table.index[lens.table["named"]]) == {TAPIN}
    assert found.table.loc[HST, "common_cells"] == 2
    assert lens.table.loc[HST, "common_cells"] == 1


def test_through_an_usulan_its_own_strength_counts_and_no_other_of_the_same_cell(dossier):
    """U, S, G 2 is 0.25, 4 is 0.75; of life expectancy HST is sixth of the twelve others: 0.5."""
    weak = proposal_of("DINKES-01", **PROBLEM, U=2, S=2, G=2)
    strong = proposal_of("DINKES-02", **PROBLEM, U=4, S=4, G=4)
    unrated = proposal_of("DINKES-03", **PROBLEM, raters={})
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(register_of(dossier, weak, strong, unrated), atlas=figures(rows), settings=FEW)
    # HSS is the sixth lowest of thirteen: seven of the twelve others are better
    expected = {
        "": (0.75, "DINKES-02", 0.5 / 0.75),
        "usulan:DINKES-01": (0.25, "DINKES-01", 0.25 / 0.5),
        "usulan:DINKES-02": (0.75, "DINKES-02", 0.5 / 0.75),
        "usulan:DINKES-03": (7 / 12, "Umur harapan hidup", 0.5 / (7 / 12)),
    }
    for name, (need, said, value) in expected.items():
        lens = found.under_lens(name)
        assert lens.table.loc[HST, "shared_problems"] == pytest.approx(value)
        [cell] = lens.shared(HST).to_dict("records")
        assert (cell["need_home"], cell["need_partner"]) == (pytest.approx(need), 0.5)
        assert said in cell["home_evidence"]
        helped = lens.help(HST, rows=10)
        mine = helped[helped["helped"] == HSS]
        assert mine["need"].tolist() == pytest.approx([need])
        assert mine["need_evidence"].str.contains(said).all()
    pd.testing.assert_frame_equal(
        found.under_lens("usulan:DINKES-01").under_lens("").table, found.table
    )
    told = found.under_lens("usulan:DINKES-02").explain(HST)
    assert "kuesioner DINKES-02" in told
    assert "DINKES-01" not in told
    unrated_told = found.under_lens("usulan:DINKES-03").explain(HST)
    assert "kuesioner" not in unrated_told.split("Masalah bersama")[1]


def test_through_an_unrated_usulan_without_indicators_nothing_is_borrowed(dossier):
    strong = proposal_of("DINKES-01", **PROBLEM, U=4, S=4, G=4)
    unrated = proposal_of("DINKES-02", **PROBLEM, raters={})
    found = match(register_of(dossier, strong, unrated), settings=FEW)
    for name, origin in (("usulan:DINKES-01", "kuesioner"), ("usulan:DINKES-02", "")):
        seen = found.under_lens(name).profiles
        assert seen.origin(HSS, HEALTH) == origin
        assert np.isnan(seen.need[seen.row(HSS), cells().index(HEALTH)]) == (not origin)


def test_through_a_problem_nothing_is_made_of_anothers_ability(dossier):
    """TEK 5 of a potential is a capacity of 1; a problem has none of its own but its indicator."""
    problem = proposal_of("DINKES-01", **PROBLEM, U=3, S=3, G=3)
    potential = proposal_of("DINKES-02", **{**PROBLEM, "sifat": "potensi"}, TEK=5)
    rows = [(code, "uhh", 2021, 60 + n) for n, code in enumerate(KALSEL)]
    found = match(register_of(dossier, problem, potential), atlas=figures(rows), settings=FEW)
    number = cells().index(HEALTH)
    sides = {
        name: (seen.need[seen.row(HSS), number], seen.capacity[seen.row(HSS), number])
        for name in ("", "usulan:DINKES-01", "usulan:DINKES-02")
        for seen in (found.under_lens(name).profiles,)
    }
    # by the indicator seven of twelve are better and five worse
    assert sides[""] == (0.5, 1.0)
    assert sides["usulan:DINKES-01"] == (0.5, pytest.approx(5 / 12))
    assert sides["usulan:DINKES-02"] == (pytest.approx(7 / 12), 1.0)


YES = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya"}


@pytest.mark.parametrize(
    ("answers", "letter"),
    [
        (YES, "e"),
        ({**YES, "efisien_bersama": "tidak"}, ""),
        ({**YES, "efisien_bersama": None}, "e"),
    ],
)
def test_through_an_usulan_no_letter_stands_where_its_answers_rule_the_law_out(
    dossier, answers, letter
):
    found = match(register_of(dossier, proposal_of(**PROBLEM, **answers)), settings=FEW)
    lens = found.under_lens("usulan:DINKES-01")
    assert found.table.loc[HST, "letter"] == "e"
    assert found.other_level["letter"].tolist() == ["b"]
    assert lens.table.loc[HST, "letter"] == letter
    assert lens.other_level["letter"].tolist() == (["b"] if letter else [""])
    assert set(lens.table.loc[["63.04", "63.10"], "letter"]) == {""}


def test_through_an_usulan_without_a_known_cell_only_nearness_and_feasibility_speak(dossier):
    usulan = proposal_of(**{**PROBLEM, "isu": "ISU-B"})
    lens = match(register_of(dossier, usulan), settings=FEW).under_lens("usulan:DINKES-01")
    assert lens.table["shared_problems"].isna().all()
    assert "lensa" in lens.unknown[0]
    assert any("hanya kedekatan dan kelayakan" in told for told in lens.unknown)


def test_a_misspelt_usulan_is_suggested(dossier):
    found = match(register_of(dossier, proposal_of()), settings=FEW)
    with pytest.raises(MethodError, match="DINKES-01"):
        found.under_lens("usulan:DINKE-1")


# --- agreements and names --------------------------------------------------------------------


def with_documents(register, rows):
    """The register with agreements `(no_dok, mitra_nama, mitra_jenis, status)`."""
    columns = ["no_dok", "mitra_nama", "mitra_jenis", "status"]
    naskah = pd.DataFrame(rows, columns=columns, dtype="str")
    tables = dataclasses.replace(
        register.tables, frames={**register.tables.frames, "naskah": naskah}
    )
    return dataclasses.replace(register, tables=tables)


def test_a_signed_document_counts_and_a_draft_does_not(dossier):
    register = with_documents(
        register_of(dossier, proposal_of()),
        [
            ("KB-1", "Pemerintah Kabupaten Tapin", "pemda", "berakhir"),
            ("PKS-1", "Kabupaten Tapin", "pemda", "berlaku"),
            ("KB-2", "Pemerintah Kabupaten Banjar", "pemda", "rancangan"),
            ("NK-1", "BPS Kabupaten Balangan", "kl_vertikal", "berlaku"),
            ("KB-3", "Pemkab Negeri Seberang", "pemda", "berlaku"),
        ],
    )
    signed, strange = signed_with(register)
    assert signed == {TAPIN: ("KB-1", "PKS-1")}
    assert strange == ("Pemkab Negeri Seberang",)
    found = match(register, settings=FEW)
    # same province 2 of 2, past agreement 1 of 1 or 0: the fiscal class is not known
    assert found.table.loc[TAPIN, "feasibility"] == 1.0
    assert found.table.loc[HST, "feasibility"] == pytest.approx(2 / 3)
    assert any("Pemkab Negeri Seberang" in told for told in found.unknown)


def test_without_any_document_past_cooperation_is_unknown(dossier):
    found = match(register_of(dossier, proposal_of()), settings=FEW)
    assert found.ground.parts["past_agreement"].isna().all()
    assert any("kerja sama yang pernah ada" in told for told in found.unknown)


def test_a_partner_named_without_code_is_known_by_its_exact_name(dossier):
    named = {"mitra_nama": "Pemerintah Kabupaten Hulu Sungai Tengah", "mitra_jenis": "pemda"}
    office = {"mitra_nama": "BPS Kabupaten Tapin", "mitra_jenis": "kl_vertikal"}
    register = register_of(dossier, proposal_of(partners=(named, office)))
    assert named_in(register) == {HST: ("DINKES-01",)}


def test_the_weaker_partys_fiscal_class_counts(dossier):
    rows = [(HSS, "kapasitas_fiskal", 2024, 3), (HST, "kapasitas_fiskal", 2024, 5),
            (TAPIN, "kapasitas_fiskal", 2023, 4), (TAPIN, "kapasitas_fiskal", 2024, 2),
            ("63.03", "kapasitas_fiskal", 2024, 9)]  # fmt: skip
    parts = match(HSS, atlas=figures(rows), settings=FEW).ground.parts["fiscal_class"]
    assert parts[[HST, TAPIN]].tolist() == [0.5, 0.25]
    assert math.isnan(parts["63.03"])  # no class 9


# --- other registers of the project ----------------------------------------------------------


def neighbour(home, period="2026", code=TAPIN, folder="tapin"):
    """A second dossier in the project whose one office has sent its questionnaire."""
    place = home / "data" / folder / period
    (place / "kuesioner").mkdir(parents=True)
    settings = SETTINGS.replace(HSS, code)
    (place / "dossier.toml").write_text(settings, encoding="utf-8")
    (place / "opd.csv").write_text(OFFICES, encoding="utf-8")
    book = office_book("DINKES")
    for row in book["_meta"].iter_rows():
        if row[0].value in {"region", "period"}:
            row[1].value = {"region": code, "period": period}[row[0].value]
    book.save(place / "kuesioner" / "dinkes.xlsx")
    return open_dossier(f"{folder}/{period}", home=home)


def test_only_registers_already_taken_in_are_heard_and_none_is_made(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    register = project.register()
    theirs = neighbour(tmp_path)
    assert kept_registers(register.dossier) == ((), ())
    assert not theirs.store.exists()
    read_register(theirs)
    [kept], failed = kept_registers(register.dossier)
    assert (kept.dossier.region.code, failed) == (TAPIN, ())
    found = match(register, settings=FEW)
    assert {one.code for one in found.profiles.heard.values()} <= {HSS, TAPIN}
    assert any(source.name.startswith("../../tapin/2026/") for source in found.stamp.sources)


def test_of_another_region_the_newest_period_not_after_ours_is_heard(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    register = project.register()
    for period in ("2024", "2025", "2027"):
        read_register(neighbour(tmp_path, period))
    [kept], _ = kept_registers(register.dossier)
    assert kept.dossier.period == "2025"


def test_a_dossier_that_cannot_be_opened_stops_nothing_and_is_named(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    register = project.register()
    theirs = neighbour(tmp_path)
    (theirs.folder / "dossier.toml").write_text("[dossier", encoding="utf-8")
    found = match(register, settings=FEW)
    assert any("tapin/2026" in told for told in found.unknown)


# --- the sample ------------------------------------------------------------------------------


def test_the_sample_knows_its_agreements_its_figures_and_its_named_partners(sample):
    found = match(sample, settings=FEW)
    past = found.ground.parts["past_agreement"]
    assert set(past.index[past == 1.0]) == {TAPIN, HST, "63.08"}
    assert found.lang == sample.lang
    assert found.stamp.simulated
    [risk, resilience] = found.profiles.evidence(HST, ("1.05", "ISU-D"))
    assert (risk.raw, resilience.raw) == (125.74, 0.40)
    assert risk.place.startswith("indikator.csv")
    assert found.table.loc[HST, "named"]
    # poverty is told for three regions only: it compares nothing
    assert any("Persentase penduduk miskin" in told for told in found.unknown)


def test_what_was_signed_and_who_was_named_is_told(sample):
    found = match(sample, settings=FEW)
    told = found.explain(HST)
    assert "naskah: KB-01/2023, PKS-01/2023, KB-01/2026." in told
    ids = found.ground.named[HST]
    assert len(ids) > 3
    assert f"usulan {', '.join(ids[:3])}, dan {len(ids) - 3} lagi" in told
    assert "and" in found.explain(HST, "en")
    nobody = found.explain("63.11")
    assert "naskah:" not in nobody


def test_the_samples_first_five_partners_are_its_neighbours_with_real_indicators(sample):
    found = match(sample, atlas=real_figures(), settings=FEW)
    assert set(found.table.index[:5]) == {"63.02", "63.03", TAPIN, HST, "63.08"}
    origins = found.shared(HST, rows=256)["home_origin"]
    assert {"kuesioner"} <= set(origins)


def test_every_usulan_of_the_sample_can_be_looked_through(sample):
    found = match(sample, settings=FEW)
    for usulan in sample.usulan["usulan_id"]:
        lens = found.under_lens(f"usulan:{usulan}")
        assert lens.table["points"].notna().all()
        assert lens.unknown
