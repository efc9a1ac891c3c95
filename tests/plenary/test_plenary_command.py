"""`ksd plenary` on a small project, and the plenary of the sample."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.plenary import read_plenary
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.scoring import read_method, score
from tests.plenary.conftest import MEETING, decide, move
from tests.scoring.conftest import NAME

ROOT = Path(__file__).parents[2]
plenary_command = sys.modules["ksd_toolkit.cli.plenary"]  # its function has the module's name


@pytest.fixture
def ksd(monkeypatch, room):
    """The command on a dossier whose ranking is known."""

    def ranking_of(name, lang, method):
        ranking = room.ranking
        if not lang:
            return ranking
        dossier = ranking.register.dossier.in_language(lang)
        register = replace(ranking.register, dossier=dossier)
        basis = replace(ranking.basis, register=register)
        return replace(ranking, basis=basis, stamp=ranking.stamp.in_language(lang))

    monkeypatch.setattr(plenary_command, "ranking_of", ranking_of)
    monkeypatch.chdir(room.ranking.register.dossier.root)
    return lambda *words: CliRunner().invoke(app, ["plenary", NAME, *words])


def record(text: str) -> None:
    Path("data", NAME, "pleno.toml").write_text(MEETING + text, encoding="utf-8")


def test_without_a_record_it_says_how_to_make_one(ksd):
    told = ksd()
    assert told.exit_code == 1
    assert "ksd plenary hulu-sungai-selatan/2026 --form" in told.stderr
    made = ksd("--form")
    assert made.exit_code == 0
    assert Path("data", NAME, "pleno.xlsx").is_file()


def test_a_refused_record_names_every_place_and_exits_with_one(ksd):
    record(move("DINKES-90", 1) + decide("DINKES-01", "setuju"))
    told = ksd()
    assert told.exit_code == 1
    assert "pleno.toml [pindah:1]" in told.stderr
    assert "pleno.toml [putusan:1]" in told.stderr
    facts = json.loads(ksd("--json").stdout)
    assert (facts["error"], facts["exit_code"]) == ("plenary.refused", 1)
    assert [one["code"] for one in facts["problems"]] == [
        "plenary.unknown_usulan", "plenary.unknown_decision"
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_accepted_record_is_told_without_a_name(ksd, lang):
    record(decide("DINKES-01", "ditolak", "bukan prioritas"))
    told = ksd("--lang", lang)
    assert told.exit_code == 0, told.output
    assert "bukan prioritas" in told.stdout
    facts = json.loads(ksd("--json", "--lang", lang).stdout)
    assert facts["quorum"]["reached"] is True
    assert facts["changes"][0]["subject"] == "DINKES-01"
    assert "Rahasia" not in told.stdout + json.dumps(facts)


# --- the sample ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("pleno"))
    dossier = open_dossier(NAME, home=home)
    ingest(dossier)
    return read_plenary(score(read_register(dossier), read_method(dossier)))


def test_the_sample_has_a_plenary_that_is_accepted(sample):
    kinds = sample.changes["kind"].value_counts().to_dict()
    assert kinds == {"weight": 2, "move": 4, "merge": 1, "postpone": 1, "reject": 1, "admit": 1}
    assert sample.warnings == ()
    assert sample.quorum.reached
    assert list(sample.set_list["final_rank"]) == list(range(1, len(sample.set_list) + 1))
    for kind, usulan, after in sample.changes[["kind", "subject", "after"]].itertuples(index=False):
        if kind == "move":
            assert str(sample.table.at[usulan, "final_rank"]) == after


def test_its_plenary_is_that_of_the_generator():
    for name in ("pleno.toml", "anggota_tkksd.csv"):
        ours, theirs = ROOT / "data" / NAME / name, ROOT / "data" / "generator" / name
        assert ours.read_bytes() == theirs.read_bytes()
