"""What the law makes of a proposal with a candidate: as the room of legal cases and the plenary have it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.matching.legal_case import cases_of
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.proposals import proposals
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import Tables, ingest, read_register
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import _table, proposal_of
from tests.small_project import NAME, SETTINGS, new_project, office_book

UJI = "PT Uji (contoh)"
USULAN = {"urusan_kode": "2.11", "isu": "ISU-A", "output_dituju": "layanan"}
TAPIN = {"mitra_nama": "Kabupaten Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}
KINDS = [c.code for c in read_form("calon_mitra").table("calon_mitra").field("mitra_jenis").choices]
OBJECTS = [c.code for c in read_form().table("usulan").field("objek").choices]
ANSWERS = st.sampled_from(["ya", "tidak", None, "TT"])


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("home"))


def with_type_set(register, jenis):
    """The register after a plenary set the type of DINKES-01."""
    spec = read_form("penetapan").table("jenis_ditetapkan")
    row = {
        "usulan_id": "DINKES-01",
        "jenis": jenis,
        "alasan": "Tumpang tindih",
        "ditetapkan_oleh": "Pleno",
    }
    frame, state = _table(spec, [row])
    frames = {**register.tables.frames, spec.name: frame}
    return replace(
        register, tables=Tables(frames, {**register.tables.states, spec.name: state}, {})
    )


@settings(max_examples=25)
@given(
    kind=st.sampled_from(KINDS), objek=st.sampled_from(OBJECTS), code=st.sampled_from(["63.05", "63.01", None]),
    crossing=ANSWERS, joint=ANSWERS,
)  # fmt: skip
def test_the_type_of_a_pair_is_that_of_its_legal_case(dossier, kind, objek, code, crossing, joint):
    usulan = proposal_of(
        **USULAN, objek=objek, eksternalitas_dampak=crossing, efisien_bersama=joint
    )
    known = {"mitra_jenis": kind, "kode_wilayah": code if kind == "pemda" else None}
    found = match_institutions(register_with(dossier, usulan, candidates=[known]))
    jenis = found.types.jenis[found.types.usulan_group[0], found.types.partner_group[0]]
    case = found.legal_case("DINKES-01", UJI)
    assert jenis == case.jenis or (kind == "pemda" and code is None)
    assert bool(len(found.table)) == (jenis != "BUKAN")


@settings(max_examples=20)
@given(crossing=ANSWERS, joint=ANSWERS, authority=st.sampled_from(["ya", "tidak", "perlu_telaah"]),
       code=st.sampled_from(["63.05", "63.01"]))  # fmt: skip
def test_ordered_by_law_is_proposed_exactly_for_mandatory_cases_within_authority(
    dossier, crossing, joint, authority, code
):
    partner = {**TAPIN, "kode_wilayah": code}
    usulan = proposal_of(
        partners=[partner],
        kewenangan=authority,
        eksternalitas_dampak=crossing,
        efisien_bersama=joint,
    )
    register = register_with(dossier, usulan)
    found = proposals(register)
    levels = set(found.loc[found["kriteria_kode"] == "HUK", "skor"])
    kind = cases_of(register)[0].case.kind
    assert (levels == {5.0}) == (kind == "wajib" and authority == "ya")
    if kind == "belum" and authority == "ya":
        assert levels == set()


def test_what_the_plenary_set_to_be_no_cooperation_is_proposed_to_nobody(dossier):
    register = register_with(
        dossier, proposal_of(**USULAN), candidates=[{}, {"mitra_nama": "U", "mitra_jenis": "ptn"}]
    )
    assert len(match_institutions(register).table) == 2
    found = match_institutions(with_type_set(register, "BUKAN"))
    assert found.table.empty
    told = found.explain("DINKES-01", UJI)
    assert "bukan kerja sama daerah" in told
    assert "Tumpang tindih" in told


def test_a_type_the_plenary_set_holds_for_partners_of_the_same_rule_only(dossier):
    """With the state university the rule says Sinergi, and the plenary set the type of that."""
    register = register_with(
        dossier,
        proposal_of(**USULAN),
        candidates=[{}, {"mitra_nama": "Universitas", "mitra_jenis": "ptn"}],
    )
    table = match_institutions(with_type_set(register, "KSDPK-d")).table.set_index("mitra_nama")
    assert table["jenis"].to_dict() == {UJI: "KSDPK-a", "Universitas": "KSDPK-d"}


def test_a_route_of_its_own_is_named(dossier):
    usulan = proposal_of(**USULAN, objek="pemanfaatan_bmd")
    told = match_institutions(register_with(dossier, usulan, candidates=[{}])).explain(
        "DINKES-01", UJI
    )
    assert "KSDPK pengelolaan aset" in told
    assert "Ikuti pula Permendagri 19/2016" in told


def test_a_mandatory_proposal_names_the_cell_across_the_border(tmp_path):
    project = new_project(tmp_path)
    book = office_book("DINKES", usulan=1)
    for sheet, column, name, value in (
        ("usulan", 10, "bertentangan", "tidak"), ("usulan", 11, "eksternalitas_dampak", "ya"),
        ("usulan", 12, "efisien_bersama", "ya"),
    ):  # fmt: skip
        book[sheet].cell(1, column, name)
        book[sheet].cell(2, column, value)
    project.put(book, "dinkes.xlsx")
    project.ingest()
    row = proposals(project.register()).iloc[0]
    assert (row["kriteria_kode"], row["skor"]) == ("HUK", 5.0)
    assert "kode_wilayah: 63.05 [mitra:D2]" in row["bukti"]
    assert row["bukti"].endswith("kuesioner/dinkes.xlsx")


def test_the_questionnaire_of_the_neighbour_confirms_the_cell(tmp_path):
    """Tapin's own register names 1.02 and ISU-A as a problem, as HSS does: kesamaan 3."""
    ours = new_project(tmp_path)
    book = office_book("DINKES", usulan=1)
    book["usulan"]["C2"] = "permasalahan"
    ours.put(book, "dinkes.xlsx")
    folder = tmp_path / "data" / "tapin" / "2026"
    (folder / "kuesioner").mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS.replace("63.06", "63.05"), encoding="utf-8")
    (folder / "opd.csv").write_text((ours.folder / "opd.csv").read_text("utf-8"), encoding="utf-8")
    book["_meta"]["B2"] = "63.05"
    book.save(folder / "kuesioner" / "dinkes.xlsx")
    ours.ingest()
    alone = proposals(ours.register(), matches=match(ours.register()))
    assert "SAMA" not in set(alone["kriteria_kode"])
    ingest(open_dossier("tapin/2026", home=tmp_path))
    register = read_register(open_dossier(NAME, home=tmp_path))
    found = proposals(register, matches=match(register))
    row = found[found["kriteria_kode"] == "SAMA"].iloc[0]
    assert row["skor"] == 3.0
    assert "Kabupaten Tapin" in row["bukti"]
    assert "DINKES-01" in row["bukti"]
