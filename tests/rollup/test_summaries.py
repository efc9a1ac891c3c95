"""A summary says what the register says, is written the same every time, and is read back or refused with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation import review
from ksd_toolkit.rollup import summarize, summary_file
from ksd_toolkit.rollup.rules import read_rollup_rules
from ksd_toolkit.rollup.summary import Levels, Naming, RegionSummary, Response, TopUsulan
from ksd_toolkit.rollup.summary_reading import from_json
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.stamp import Source
from tests.answers.conftest import answers_of, dossier_in
from tests.rollup.regions import PROBLEMS, changed, steps_of, summary
from tests.scoring.conftest import PARTNER

NAME = "ringkasan.json"
GIVEN = [5, 4, 3, 3, 2, 4, 4, 3, 5]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """Two offices of three sent an usulan each; that of DINKES borders Tapin and has its externality there."""
    shared = {
        "eksternalitas_lokasi": "ya", "eksternalitas_pengguna": "ya",
        "eksternalitas_dampak": "ya", "efisien_bersama": "ya", "urusan_kode": "1.02",
    }  # fmt: skip
    usulan = [{"usulan_id": "DINKES-01", **shared}, {"usulan_id": "DISDIK-01"}]
    scores = {(row["usulan_id"], "TKKSD-1"): GIVEN for row in usulan}
    partner = {**PARTNER, "mitra_jenis": "pemda", "mitra_nama": "Pemerintah Kabupaten Tapin"}
    mitra = [
        {"usulan_id": "DINKES-01", **partner, "kode_wilayah": "63.05"},
        {"usulan_id": "DISDIK-01", **partner, "kode_wilayah": "63.71"},
    ]
    opd = [{"opd_kode": "DINKES", "d1": "2"}, {"opd_kode": "DISDIK", "d1": "0"}]
    found = answers_of(
        dossier_in(tmp_path_factory.mktemp("one")), usulan, scores, opd=opd, mitra=mitra
    )
    for fate in ("accepted", "quarantined", "duplicate", "blank"):
        found.files[fate] = 0
    return found


def test_a_summary_counts_what_the_register_holds(register):
    ranking = score(register, read_method(register.dossier))
    found = summarize(register, ranking, review(register))
    assert found.response == Response(3, 2, 2, 2, len(ranking.table))
    assert found.maturity[0] == Levels("d1", (1, 0, 1, 0, 0))
    assert found.maturity[1] == Levels("d2", (0, 0, 0, 0, 0))
    assert [(one.usulan_id, one.partner, one.mandatory) for one in found.namings] == [
        ("DINKES-01", "63.05", True),
        ("DISDIK-01", "63.71", False),
    ]
    assert found.steps[0].entered == 2
    assert (found.method, found.data_sha256) == ("baku", ranking.stamp.data_sha256)


def test_without_a_ranking_nothing_is_counted_as_scored(register):
    found = summarize(register)
    assert (found.response.scored, found.response.ranked, found.method) == (None, None, "")
    assert (found.top, found.steps) == ((), ())


def test_the_file_is_read_back_as_it_was(register):
    content = summary_file(register, None, register.stamp)
    assert content == summary_file(register, None, register.stamp)
    assert from_json(content).json_bytes() == content


TEXT = st.text(max_size=20)
COUNTS = st.integers(0, 500)
SUMMARIES = st.builds(
    lambda asked, usulan, levels, top, said, reached, sources: summary(
        "63.06",
        response=Response(asked, asked // 2, usulan, usulan // 2, usulan // 3),
        maturity=tuple(Levels(problem, tuple(levels)) for problem in PROBLEMS),
        top=tuple(TopUsulan(f"X{n}", rank, "1.02", "ISU-A") for n, rank in enumerate(top)),
        namings=tuple(Naming("X1", text, "", "63.05", mandatory=True) for text in said),
        steps=steps_of(*sorted(reached, reverse=True)),
        sources=tuple(Source(f"a{text}", "0" * 64, n) for n, text in enumerate(sources)),
    ),
    COUNTS, COUNTS, st.lists(COUNTS, min_size=5, max_size=5), st.lists(st.integers(1, 50), max_size=3),
    st.lists(TEXT, max_size=3), st.lists(COUNTS, min_size=7, max_size=7), st.lists(TEXT, max_size=2),
)  # fmt: skip


@given(SUMMARIES)
def test_any_summary_is_read_back_as_it_was(one: RegionSummary):
    assert from_json(one.json_bytes()) == one


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"code": "99.99"}, "code"),
        ({"name": "Kabupaten Lain"}, "name"),
        ({"period": "26"}, "period"),
        ({"dossier": "tapin/2025"}, "dossier"),
        ({"tanggal_acuan": "31-08-2026"}, "tanggal_acuan"),
        ({"simulated": "ya"}, "simulated"),
        ({"files": True}, "files"),
        ({"files": -1}, "files"),
        ({"data_sha256": "kosong"}, "data_sha256"),
        ({"method_sha256": ""}, "method_sha256"),
        ({"sources": {}}, "sources"),
        ({"sources": [1]}, "sources"),
        ({"sources__0__rows": 1.5}, "sources[0].rows"),
        ({"response": []}, "response"),
        ({"response__offices_answered": 11}, "response.offices_answered"),
        ({"response__scored": 9}, "response.scored"),
        ({"response__ranked": 7}, "response.ranked"),
        ({"response__ranked": None}, "response.ranked"),
        ({"maturity__d3": [1, 2]}, "maturity.d3"),
        ({"maturity__d3": [1, 2, 3, 4, "5"]}, "maturity.d3"),
        ({"top__0__rank": 0}, "top[0].rank"),
        ({"top__0__isu": "<script>"}, "top[0].isu"),
        ({"namings__0__partner": "63.05"}, "namings[0].partner"),
        ({"namings__0__partner": "77.77"}, "namings[0].partner"),
        ({"namings__0__judul": 3}, "namings[0].judul"),
        ({"namings__0__judul": "\ud800"}, "namings[0].judul"),
        ({"toolkit": ""}, "toolkit"),
        ({"steps__1__reached": 99}, "steps[1].entered"),
        ({"steps__1__step": "usulan"}, "steps[1].entered"),
    ],
)
def test_what_is_wrong_is_told_with_file_key_and_remedy(changes, key):
    one = summary("63.05", namings=(Naming("X1", "J", "1.02", "63.06", mandatory=True),))
    with pytest.raises(InputError) as caught:
        from_json(changed(one, **changes), NAME)
    assert caught.value.facts["key"] == key
    for lang in ("id", "en"):
        sentence = caught.value.sentence(lang)
        assert NAME in sentence
        assert f" {key}: " in sentence
        assert "ksd run" in sentence


def test_every_key_is_needed():
    told = json.loads(summary("63.05").json_bytes())
    for key in told:
        part = {name: value for name, value in told.items() if name != key}
        with pytest.raises(InputError, match=NAME):
            from_json(json.dumps(part).encode(), NAME)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"\xff\xfe", b'{"version": 1', b"[" * 100_000, b'{"version": 2}'],
)
def test_what_is_no_summary_is_told_in_one_sentence(content):
    with pytest.raises(InputError, match=NAME):
        from_json(content, NAME)


def test_a_file_too_large_is_not_read():
    with pytest.raises(InputError, match="lebih besar"):
        from_json(b" " * (read_rollup_rules().largest_bytes + 1), NAME)


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_not_crashed_on(content):
    with pytest.raises(InputError):
        from_json(content, NAME)
