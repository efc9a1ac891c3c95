"""What earlier periods hand on: older monitoring, plans of usulan, postponed usulan and their heirs."""

from types import SimpleNamespace

import pandas as pd
import pytest

import ksd_toolkit.evaluation.postponed as step
from ksd_toolkit.evaluation.earlier import earlier_of

USULAN = {
    "usulan_id": None, "judul": "Judul", "opd_kode": "DLH", "status_usulan": None,
    "usulan_asal": None, "rpjmd_ref": None, "rkpd_ref": None, "renstra_ref": None,
}  # fmt: skip


def _period(name, usulan=(), monev=(), previous=None):
    return SimpleNamespace(
        dossier=SimpleNamespace(period=name),
        usulan=pd.DataFrame([USULAN | row for row in usulan], columns=list(USULAN)).astype("str"),
        table=lambda _: pd.DataFrame(
            list(monev), columns=["no_dok", "periode", "penilai", "tindak_lanjut"]
        ).astype("str"),
        previous=previous,
    )


@pytest.fixture
def waiting(monkeypatch):
    """Usulan that end in 9 wait."""

    def grounds(register):
        names = [name for name in register.usulan["usulan_id"] if name.endswith("9")]
        return pd.Series("ditunda", index=names, dtype="str")

    monkeypatch.setattr(step, "grounds_of_waiting", grounds)


def test_a_postponed_usulan_is_followed_to_the_one_that_takes_it_up(waiting):
    old = _period(
        "2025", [{"usulan_id": "DLH-09"}, {"usulan_id": "DLH-19"}, {"usulan_id": "DLH-01"}]
    )
    heirs = [
        {"usulan_id": "DLH-02", "usulan_asal": "DLH-19", "status_usulan": "diajukan"},
        {"usulan_id": "DLH-03", "usulan_asal": "DLH-19"},
    ]
    found = earlier_of(_period("2026", heirs, previous=old)).postponed
    assert found[["periode", "usulan_id", "state"]].to_numpy().tolist() == [
        ["2025", "DLH-09", "belum_diajukan"],
        ["2025", "DLH-19", "diajukan_lagi"],
    ]
    assert found["taken_up_as"].tolist()[1] == "DLH-02; DLH-03"
    assert found["status"].tolist()[1] == "diajukan; \u2013"
    assert pd.isna(found["taken_up_as"].iloc[0])


def test_without_a_period_before_nothing_is_handed_on(waiting):
    found = earlier_of(_period("2026", [{"usulan_id": "DLH-09"}]))
    assert found.postponed.empty
    assert found.monev is None


def test_monitoring_only_an_older_dossier_holds_comes_along_the_newer_row_counts(waiting):
    def row(period, what):
        return {"no_dok": "A", "periode": period, "penilai": "opd", "tindak_lanjut": what}

    oldest = _period("2024", monev=[row("2024-S1", "x"), row("2024-S2", "lama sekali")])
    old = _period("2025", monev=[row("2024-S2", "lama"), row("2025-S2", "lama")], previous=oldest)
    now = _period("2026", monev=[row("2025-S2", "baru")], previous=old)
    found = earlier_of(now)
    every = found.with_older(now.table("monev")).set_index("periode")["tindak_lanjut"]
    assert every.to_dict() == {"2025-S2": "baru", "2024-S2": "lama", "2024-S1": "x"}


def test_plans_are_read_from_what_the_usulan_names(waiting):
    rows = [
        {"usulan_id": "A", "rpjmd_ref": "p", "rkpd_ref": "q"},
        {"usulan_id": "B", "renstra_ref": "r"},
        {"usulan_id": "C"},
    ]
    assert earlier_of(_period("2026", rows)).plans == {
        ("2026", "A"): "rpjmd_rkpd",
        ("2026", "B"): "salah_satu",
        ("2026", "C"): "tidak",
    }
