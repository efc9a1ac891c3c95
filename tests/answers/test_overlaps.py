"""Usulan that may be the same: which pairs are suggested, why, and that order is of no account."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.answers.likeness import alike_sets, alike_texts, plain, shared_words
from ksd_toolkit.answers.overlaps import overlaps
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import Tables
from tests.scoring.conftest import NAME, SETTINGS, proposal_of, register_of

WARNING = "Peringatan dini banjir bandang lewat pesan singkat"
TAPIN = {"mitra_nama": "Pemkab Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}
OFFICES = "opd_kode,opd_nama,urusan\nBPBD,Badan,1.05\nKOMINFO,Dinas,2.16; 2.20\n"


@pytest.fixture
def dossier(tmp_path):
    folder = tmp_path / "data" / NAME
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return open_dossier(NAME, home=tmp_path)


def found(dossier, *usulan):
    proposals = [proposal_of(name, partners=partners, **cells) for name, partners, cells in usulan]
    return overlaps(register_of(dossier, *proposals))


def told(title, **more):
    return {"judul": title, "urusan_kode": "2.16", "isu": "ISU-D"} | more


def others(number=4):
    titles = ("Kebun cabai rawit", "Arsip vital desa", "Donor darah sukarela", "Pelatihan vokasi")
    return [(f"BPBD-9{n}", ({},), told(f"{titles[n % 4]} {n}")) for n in range(number)]


def test_two_offices_with_the_same_title_and_partner_are_suggested_with_reasons(dossier):
    seen = found(
        dossier,
        ("BPBD-01", (TAPIN,), told(WARNING)),
        ("KOMINFO-05", (TAPIN,), told(WARNING.upper())),
        *others(),
    )
    assert seen.pairs[["first", "second", "across"]].to_numpy().tolist() == [
        ["BPBD-01", "KOMINFO-05", True]
    ]
    assert seen.pairs.loc[0, "score"] == 1.0
    assert seen.explain("KOMINFO-05", "BPBD-01").replace("\u00a0", " ") == (
        "BPBD-01 dan KOMINFO-05 mungkin usulan yang sama: judulnya 100 % serupa (peringatan, dini, "
        "banjir, bandang), urusannya sama, isunya sama, dan ada calon mitra yang sama."
    )


def test_the_office_whose_affair_it_is_would_lead(dossier):
    seen = found(
        dossier, ("BPBD-01", (TAPIN,), told(WARNING)), ("KOMINFO-05", (TAPIN,), told(WARNING)),
        *others(),
    )  # fmt: skip
    assert seen.groups[["usulan_id", "lead"]].to_numpy().tolist() == [
        ["BPBD-01", "KOMINFO"], ["KOMINFO-05", "KOMINFO"],
    ]  # fmt: skip


def test_one_usulan_under_two_ids_of_one_office_is_told_apart(dossier):
    seen = found(
        dossier, ("BPBD-01", ({},), told(WARNING)), ("BPBD-02", ({},), told(WARNING)), *others()
    )
    assert seen.pairs["across"].tolist() == [False]


def test_pairs_hang_together_in_one_group(dossier):
    names = ("BPBD-01", "KOMINFO-01", "KOMINFO-02")
    seen = found(dossier, *((name, (TAPIN,), told(WARNING)) for name in names), *others())
    assert len(seen.pairs) == 3
    assert seen.groups["group"].tolist() == [1, 1, 1]


def test_issue_affair_and_partner_alone_are_no_evidence(dossier):
    seen = found(
        dossier, ("BPBD-01", (TAPIN,), told("Kebun cabai")), ("KOMINFO-01", (TAPIN,), told("Arsip")),
    )  # fmt: skip
    assert len(seen.pairs) == 0


def test_the_name_of_a_region_is_no_likeness(dossier):
    seen = found(
        dossier,
        ("BPBD-01", (TAPIN,), told("Pompa di Hulu Sungai Selatan dan Tapin")),
        ("KOMINFO-01", (TAPIN,), told("Lampu di HSS-Tapin, Hulu Sungai Selatan")),
        *others(),
    )
    assert len(seen.pairs) == 0


def test_usulan_without_words_or_partners_are_passed_over(dossier):
    seen = found(
        dossier, ("BPBD-01", (), told("-")), ("KOMINFO-01", (), told("-")), ("KOMINFO-02", (), told(None))
    )  # fmt: skip
    assert len(seen.pairs) == 0
    assert len(seen.groups) == 0


def test_the_order_of_rows_is_of_no_account(dossier):
    register = register_of(
        dossier,
        *(proposal_of(f"BPBD-0{n}", **told(f"{WARNING} {'desa ' * n}")) for n in range(1, 6)),
    )
    turned = {
        name: frame.iloc[::-1].reset_index(drop=True)
        for name, frame in register.tables.frames.items()
    }
    other = replace(register, tables=Tables(turned, register.tables.states, {}))
    pd.testing.assert_frame_equal(overlaps(register).pairs, overlaps(other).pairs)


# --- likeness, worked by hand ----------------------------------------------------------------


def test_cosine_of_two_texts_by_hand():
    """Three texts; `banjir` stands in two of them, the other words in one each.

    weights: banjir ln(4/3)+1 = 1.2877, others ln(4/2)+1 = 1.6931
    """
    rare, common = math.log(4 / 2) + 1, math.log(4 / 3) + 1
    expected = common**2 / (common**2 + rare**2)
    alike = alike_texts(pd.Series(["banjir bandang", "banjir rob", "kebun"]))
    assert alike[0, 1] == pytest.approx(expected, abs=1e-4)
    assert alike[0, 2] == 0.0


def test_share_of_codes_by_hand():
    alike = alike_sets(pd.Series(["A;B", "B; C", "", "A;B"]))
    assert alike[0, 1] == pytest.approx(1 / 3, abs=1e-4)
    assert alike[0, 3] == 1.0
    assert math.isnan(alike[0, 2])
    assert alike_sets(pd.Series(["A;B", "B;C"]), any_shared=True)[0, 1] == 1.0


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_likeness_is_mutual_bounded_and_whole_for_the_same_text(texts):
    alike = alike_texts(pd.Series(texts, dtype=object))
    for row in range(len(texts)):
        for column in range(len(texts)):
            value = alike[row, column]
            assert math.isnan(value) or 0 <= value <= 1
            assert math.isnan(value) == math.isnan(alike[column, row])
            if not math.isnan(value):
                assert value == alike[column, row]
                assert value == 1.0 or texts[row] != texts[column]


def test_shared_words_keep_the_order_of_the_first_and_leave_common_words_out():
    assert shared_words("Pasar dan Kebun Ápel desa", "desa kebun dan apel", 2) == ("kebun", "apel")
    assert plain("Ápel") == "apel"
