"""What evidence proposes to the score: by the anchors, only where it decides, and never counted."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.matching.institution_rules import institution_table
from ksd_toolkit.matching.proposals import COLUMNS, office_changes, proposal_states, proposals
from ksd_toolkit.publishing.questionnaire_guide import read_anchors
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import Tables
from ksd_toolkit.scoring import score
from tests.matching.institution_cases import dossier_at, register_with
from tests.scoring.conftest import _table, proposal_of, quick_method
from tests.small_project import new_project, office_book

UJI = "PT Uji (contoh)"
TAPIN = {"mitra_nama": "Kabupaten Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}
MANDATORY = {"eksternalitas_dampak": "ya", "efisien_bersama": "ya"}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("home"))


@pytest.fixture
def proposed(dossier):
    """The proposals for some usulan, as `{(usulan, criterion): score}` or whole."""

    def of(*usulan, candidates=(), words=(), matches=None, whole=False):
        register = register_with(dossier, *usulan, candidates=candidates, words=words)
        found = proposals(register, matches=matches)
        keys = zip(found["usulan_id"], found["kriteria_kode"], strict=True)
        return found if whole else dict(zip(keys, found["skor"].tolist(), strict=True))

    return of


# --- legal feasibility -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "partner", "score"),
    [
        ({"kewenangan": "tidak"}, {}, 1),
        ({"kewenangan": "tidak", **MANDATORY}, TAPIN, 1),
        ({"kewenangan": "perlu_telaah"}, {}, 2),
        ({"urusan_kode": "3.28"}, {}, 2),
        ({"urusan_kode": "3.28", "kewenangan_dasar": "tahura"}, {}, 4),
        ({}, {}, 4),
        ({}, {"mitra_jenis": "bumd"}, 4),
        ({"alasan_di_luar_rencana": "psn"}, {}, 5),
        (MANDATORY, TAPIN, 5),
        ({}, TAPIN, 4),
        # what would decide is missing or does not decide
        ({"kewenangan": "sebagian"}, {}, None),
        ({"kewenangan": None}, {}, None),
        ({"kewenangan": "TT"}, {}, None),
        ({"bertentangan": None}, {}, None),
        ({"bertentangan": "ya"}, {}, None),
        ({"objek": "pengadaan"}, {}, None),
        ({"studi_kelayakan": "tidak"}, {"mitra_jenis": "bumd"}, None),
        ({"studi_kelayakan": None}, {"mitra_jenis": "bumd"}, None),
        ({}, {"mitra_jenis": "lembaga_ln"}, None),
        ({**MANDATORY, "efisien_bersama": None}, TAPIN, None),
        ({**MANDATORY, "eksternalitas_dampak": "TT"}, TAPIN, None),
        ({**MANDATORY, "bertentangan": None}, TAPIN, None),
    ],
)  # fmt: skip
def test_legal_feasibility_follows_the_anchors(proposed, cells, partner, score):
    found = proposed(proposal_of(partners=[partner], **cells))
    assert found.get(("DINKES-01", "HUK")) == score


def test_every_proposed_level_has_an_anchor_and_three_is_never_proposed():
    anchors = {anchor.skor for anchor in read_anchors() if anchor.kriteria_kode == "HUK"}
    levels = {rule["score"] for rule in institution_table()["huk"]} - {0}
    assert levels == anchors - {3}


def test_levels_of_what_is_shared_are_those_of_the_questionnaire():
    scale = read_form().table("usulan").field("kesamaan_kekuatan").choices
    asked = {int(choice.code) for choice in scale if choice.code.isdigit()}
    assert {rule["score"] for rule in institution_table()["sama"]} - {0} <= asked


def test_a_mandatory_pair_is_named_with_its_letter(proposed):
    row = proposed(proposal_of(partners=[TAPIN], **MANDATORY), whole=True).iloc[0]
    assert "UU 23/2014 Pasal 364)" in row["alasan"]
    assert "Kabupaten Tapin, huruf e" in row["alasan"]
    assert "efisien_bersama: ya" in row["bukti"]


def test_evidence_names_file_and_cell(tmp_path):
    project = new_project(tmp_path)
    book = office_book("DINKES", usulan=1)
    book["usulan"]["F2"] = "tidak"
    project.put(book, "dinkes.xlsx")
    project.ingest()
    row = proposals(project.register()).iloc[0]
    assert row["bukti"] == "kewenangan: tidak [usulan:F2]; kuesioner/dinkes.xlsx"
    assert row[["penilai", "skor"]].tolist() == ["hitung", 1.0]


# --- what is shared --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minat", "written", "score"),
    [(5, 3, 5), (4, 3, 5), (3, 1, 2), (3, None, 2), (3, 3, None), (2, 1, None), (4, 5, 5)],
)
def test_interest_at_a_forum_tells_how_strong_it_is_at_least(proposed, minat, written, score):
    usulan = proposal_of(partners=[{"mitra_nama": UJI}], kesamaan_kekuatan=written)
    found = proposed(usulan, words=[{"minat": minat}])
    assert found.get(("DINKES-01", "SAMA")) == score


def test_a_general_interest_says_nothing_about_one_proposal(proposed):
    usulan = proposal_of(partners=[{"mitra_nama": UJI}], kesamaan_kekuatan=1)
    assert ("DINKES-01", "SAMA") not in proposed(usulan, words=[{"minat": 5, "usulan_id": None}])


def test_a_signed_document_of_this_period_confirms_in_writing(dossier):
    register = register_with(dossier, proposal_of(kesamaan_kekuatan=2))
    spec = read_form("evaluasi").table("naskah")
    document = {
        "no_dok": "LoI-1", "jenis_dok": "LoI", "usulan_id": "DINKES-01", "periode_usulan": "2026",
        "tgl_ttd": "2026-05-01", "mitra_jenis": "bumd", "status": "berlaku",
    }  # fmt: skip
    for changes, expected in (
        ({}, {5.0}),
        ({"periode_usulan": "2025"}, set()),
        ({"tgl_ttd": "2026-09-01"}, set()),
        ({"tgl_ttd": None}, set()),
    ):
        frame, state = _table(spec, [{**document, **changes}])
        tables = Tables(
            {**register.tables.frames, "naskah": frame},
            {**register.tables.states, "naskah": state},
            {},
        )
        found = proposals(replace(register, tables=tables))
        assert set(found.loc[found["kriteria_kode"] == "SAMA", "skor"]) == expected


def partners_heard(*, asked=False, measured=False):
    """The matches of a region where Tapin names the cell of COMPLETE, by questionnaire or indicators."""
    cell = ("63.05", ("2.11", "ISU-A"), "need")
    profiles = SimpleNamespace(
        heard={cell: object()} if asked else {},
        origin=lambda code, one, side="need": (
            "indikator" if measured and (code, one, side) == cell else ""
        ),
        evidence=lambda code, one, side="need": (),
    )
    table = pd.DataFrame({"name": ["Kabupaten Tapin"]}, index=["63.05"])
    return SimpleNamespace(profiles=profiles, table=table)


@pytest.mark.parametrize(
    ("matches", "score"),
    [
        (partners_heard(asked=True, measured=True), 3),
        (partners_heard(measured=True), 1),
        (partners_heard(), None),
        (None, None),
    ],
)
def test_both_sides_naming_the_cell_counts_by_where_it_is_known_from(proposed, matches, score):
    usulan = proposal_of(partners=[TAPIN], kesamaan_kekuatan=None)
    assert proposed(usulan, matches=matches).get(("DINKES-01", "SAMA")) == score


# --- the best partner ------------------------------------------------------------------------


def test_a_word_about_the_proposal_replaces_the_interest_and_names_the_cell(dossier):
    """(4 + 4 + 4 + 2) / 4 = 3.5 as written; with interest 4 it is 4."""
    usulan = proposal_of(
        partners=[{"mitra_nama": UJI, "otoritas": 4, "kompetensi": 4, "sumber_daya": 4, "minat": 2}]
    )
    register = register_with(dossier, usulan, words=[{"minat": 4}])
    found = proposal_states(register, proposals(register))
    row = found[found["kriteria_kode"] == "MITRA"].iloc[0]
    assert (row["skor"], row["official"], row["state"]) == (4.0, 3.5, "to_change")
    changes = office_changes(register)
    mine = changes[changes["criterion"] == "MITRA"].iloc[0]
    assert mine[["table", "field", "written", "proposed"]].tolist() == ["mitra", "minat", 2.0, 4.0]


def test_the_register_fills_only_what_the_office_left_blank(proposed):
    partner = {"mitra_nama": UJI, "otoritas": None, "kompetensi": 2, "sumber_daya": 2, "minat": 2}
    known = [{"otoritas": 5, "kompetensi": 5}]
    found = proposed(proposal_of(partners=[partner]), candidates=known)
    assert found["DINKES-01", "MITRA"] == (5 + 2 + 2 + 2) / 4


def test_a_partner_rated_in_part_is_never_completed_by_a_guess(proposed):
    partner = {"mitra_nama": UJI, "otoritas": None, "minat": 2}
    found = proposed(proposal_of(partners=[partner]), candidates=[{"otoritas": None}])
    assert ("DINKES-01", "MITRA") not in found


def test_nothing_is_proposed_where_another_partner_stays_the_best(proposed):
    partners = [{"mitra_nama": UJI, "minat": 1}, {"mitra_nama": "Lain", "minat": 5, "otoritas": 5}]
    assert ("DINKES-01", "MITRA") not in proposed(
        proposal_of(partners=partners), words=[{"minat": 2}]
    )


def test_what_moves_the_best_partner_is_told_also_where_another_takes_its_place(dossier):
    """Five falls to (3 + 3 + 3 + 1) / 4 = 2.5, so that the second, at 3, is the best."""
    partners = [{"mitra_nama": UJI, "minat": 5}, {"mitra_nama": "Lain", "minat": 3}]
    register = register_with(dossier, proposal_of(partners=partners), words=[{"minat": 1}])
    row = proposals(register).set_index("kriteria_kode").loc["MITRA"]
    assert row["skor"] == 3.0
    assert row["alasan"].startswith("Lain menjadi mitra terbaik")
    assert "minat 1" in row["bukti"]


@pytest.mark.parametrize(("written", "score"), [(2, None), (None, (3 + 3 + 3 + 5) / 4)])
def test_a_general_word_fills_a_blank_and_replaces_nothing(proposed, written, score):
    usulan = proposal_of(partners=[{"mitra_nama": UJI, "minat": written}])
    found = proposed(usulan, words=[{"minat": 5, "usulan_id": None}])
    assert found.get(("DINKES-01", "MITRA")) == score


def test_what_does_not_apply_is_never_filled(proposed):
    partner = {"mitra_nama": UJI, "otoritas": "TB"}
    found = proposed(proposal_of(partners=[partner]), candidates=[{"otoritas": 5}])
    assert ("DINKES-01", "MITRA") not in found


# --- what became of them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "state", "official"),
    [
        ({"TKKSD-1": {"HUK": 4}}, "confirmed", 4.0),
        ({"TKKSD-1": {"HUK": 3}, "TKKSD-2": {"HUK": 5}}, "confirmed", 4.0),
        ({"TKKSD-1": {"HUK": 3}}, "other", 3.0),
        ({"TKKSD-1": {"HUK": "TB"}}, "other", np.nan),
        ({"TKKSD-1": {"HUK": "TT"}}, "unconfirmed", np.nan),
        ({"OPD-1": {"HUK": 4}}, "unconfirmed", np.nan),
    ],
)
def test_the_state_of_a_proposal(dossier, scores, state, official):
    register = register_with(dossier, proposal_of(raters=scores))
    row = proposal_states(register, proposals(register)).iloc[0]
    assert row["state"] == state
    np.testing.assert_equal(row["official"], official)


# --- never counted ---------------------------------------------------------------------------


def with_rows(register, rows):
    """The register as if the proposed rows stood among the scores."""
    spec = read_form().table("nilai")
    told = [
        {name: row[name] for name in row.index if name != "peran"} for _, row in rows.iterrows()
    ]
    told = [{**row, "skor": int(row["skor"])} for row in told if row["kriteria_kode"] == "HUK"]
    more, states = _table(spec, told)
    frames, all_states = dict(register.tables.frames), dict(register.tables.states)
    frames["nilai"] = pd.concat([frames["nilai"], more], ignore_index=True)
    all_states["nilai"] = pd.concat([all_states["nilai"], states], ignore_index=True)
    return replace(register, tables=Tables(frames, all_states, {}))


level = st.sampled_from([1, 2, 3, 4, 5, None, "TT", "TB"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    tkksd=level,
    opd=level,
    kewenangan=st.sampled_from(["ya", "perlu_telaah"]),
    minat=st.sampled_from([None, 3, 5]),
)
def test_no_score_ever_changes_by_what_is_proposed(dossier, tkksd, opd, kewenangan, minat):
    scores = {"U": 3, "S": 3, "G": 3}
    raters = {"TKKSD-1": {**scores, "HUK": tkksd}, "OPD-1": {**scores, "HUK": opd}}
    usulan = proposal_of(raters=raters, kewenangan=kewenangan, partners=[{"mitra_nama": UJI}])
    words = [] if minat is None else [{"minat": minat}]
    register = register_with(dossier, usulan, candidates=[{}], words=words)
    alone = register_with(dossier, usulan)
    method = quick_method()
    found = proposals(register)
    assert (found["kriteria_kode"] == "HUK").any()
    plain = score(alone, method)
    for other in (register, with_rows(register, found)):
        ranked = score(other, method)
        pd.testing.assert_frame_equal(plain.table, ranked.table)
        pd.testing.assert_frame_equal(plain.leaves.answers, ranked.leaves.answers)


def test_an_office_cannot_send_a_score_of_the_rater_hitung(tmp_path):
    project = new_project(tmp_path)
    book = office_book("DINKES", usulan=1)
    book["nilai"].append(("DINKES-01", "HUK", "hitung", 5, "x"))
    project.put(book, "dinkes.xlsx")
    project.ingest()
    assert set(project.register().nilai["penilai"]) == {"OPD-1"}


# --- ends ------------------------------------------------------------------------------------


def test_no_usulan_and_no_evidence_give_an_empty_table_with_all_columns(dossier):
    nothing = proposals(register_with(dossier))
    assert nothing.empty
    assert tuple(nothing.columns) == COLUMNS
    assert office_changes(register_with(dossier)).empty
    assert proposal_states(register_with(dossier), nothing).empty


def test_the_same_answers_give_the_same_rows_in_both_languages(dossier):
    register = register_with(dossier, proposal_of(), proposal_of("DINKES-02", kewenangan="tidak"))
    one, other = proposals(register), proposals(register)
    pd.testing.assert_frame_equal(one, other)
    english = proposals(register, lang="en")
    assert (english["skor"] == one["skor"]).all()
    assert (english["alasan"] != one["alasan"]).all()


def test_a_ranking_gives_the_same_proposals_as_the_register_alone(dossier):
    register = register_with(dossier, proposal_of(), proposal_of("DINKES-02", kewenangan="tidak"))
    ranking = score(register, quick_method())
    pd.testing.assert_frame_equal(proposals(register), proposals(register, ranking))
    pd.testing.assert_frame_equal(proposals(register), proposals(register, ranking.basis))
