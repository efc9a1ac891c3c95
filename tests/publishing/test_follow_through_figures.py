"""What the figures of follow-through say of themselves: by hand, in both languages, with hostile names."""

import re
from dataclasses import replace
from datetime import date

import pytest

from ksd_toolkit.charts import follow_through as charts
from ksd_toolkit.document import Document, Letterhead
from ksd_toolkit.evaluation import review
from ksd_toolkit.prose import follow_through as prose
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.tables import follow_through as tables
from tests.answers.conftest import answers_of, dossier_in
from tests.evaluation.conftest import frame_of

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PRINTED = (
    prose.summary, charts.funnel, tables.funnel, charts.waiting, tables.waiting_times, tables.groups,
    tables.stopped, tables.not_determined, tables.refused, tables.unstarted,
)  # fmt: skip
KEYS = {
    "naskah": ("no_dok",),
    "tahapan": ("no_dok", "tahap"),
    "monev": ("no_dok", "periode", "penilai"),
}
SIGNED = {"periode_usulan": "2026", "tgl_ttd": "2026-03-02", "berakhir": "2028-12-31"}
DOCUMENTS = [
    {"no_dok": f"KB-{n}", "jenis_dok": "KB", "usulan_id": f"DINKES-0{n}", **SIGNED}
    for n in (1, 2, 3)
]
DOCUMENTS[2] |= {"berakhir": "2026-08-01"}
USULAN = [
    {"usulan_id": f"DINKES-0{n}", "judul": f"Usulan {n} <b>", "status_usulan": "ditetapkan"}
    for n in range(1, 7)
]
USULAN.append({"usulan_id": "DINKES-07", "status_usulan": "ditunda"})


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """Six determined on 2026-01-01, three with a KB of which one ended, one postponed."""
    dossier = replace(dossier_in(tmp_path_factory.mktemp("follow")), determined_on=date(2026, 1, 1))
    made = answers_of(dossier, USULAN, {})
    for name, columns in KEYS.items():
        frame = frame_of(name, DOCUMENTS if name == "naskah" else [])
        keys = ["|".join(map(str, key)) for key in frame[list(columns)].to_numpy()]
        made.tables.frames[name] = frame.assign(row_key=keys)
    return made


@pytest.fixture(scope="module", params=["id", "en"])
def told(request, register):
    """Every printed figure with what it says of itself."""
    seen, lang = review(register), request.param
    blocks = tuple(block for make in PRINTED for block in make(seen, lang).blocks)
    document = Document("", "", lang, Letterhead("", ""), "", blocks)
    owners = {row["usulan_id"]: "DINKES" for row in USULAN}
    evidence = Evidence(register, None, None, lang, owners)
    found = []
    for figure in figures_of(document):
        meaning = meaning_of(figure, document, evidence.known)
        found.append((figure, meaning, computation_of(figure, meaning, evidence)))
    return lang, found


def test_every_figure_says_what_it_is_with_its_number(told):
    _, found = told
    assert len(found) > 60
    silent = [figure.text for figure, _, computation in found if computation is None]
    assert silent == []
    for figure, _, computation in found:
        numbers = NUMBER.findall(" ".join(figure.numbers or (figure.text,)))
        assert set(numbers) <= set(NUMBER.findall(computation.sentence)), computation.sentence


def test_the_time_to_the_kb_is_told_with_its_cases(told):
    lang, found = told
    said = [c.sentence for _, m, c in found if m.measure == "median_days" and "payung" in m.subject]
    expected = {
        "id": "60 hari = hari pertama sesudah penetapan ketika separuh dari 6 usulan periode 2026 "
        'mencapai langkah "KB, NK, atau MoU ditandatangani" menurut Kaplan-Meier '
        "(3 tercapai, 3 terbuka, 0 berhenti): 2026/DINKES-01, ",
        "en": "60 days = the first day after determination by which half of 6 proposals of 2026 "
        'reached the step "KB, NK or MoU signed" by Kaplan-Meier '
        "(3 reached it, 3 are open, 0 stopped): 2026/DINKES-01, ",
    }
    assert said
    assert all(sentence.startswith(expected[lang]) for sentence in said)


def test_a_stop_leads_to_its_document_and_a_wait_to_its_days(told):
    lang, found = told
    stops = [c for _, m, c in found if m.measure == "stopped_after"]
    assert stops
    assert all(("naskah", "KB-3") in one.rows for one in stops)
    waits = {c.sentence for _, m, c in found if m.measure == "waiting_days" and "04" in m.subject}
    assert waits == {
        {
            "id": "242 hari = tanggal acuan 31 Agustus 2026 dikurangi hari penetapan "
            "2026/DINKES-04 (1 Januari 2026, tanggal SK).",
            "en": "242 days = reference date 31 August 2026 less the day 2026/DINKES-04 was "
            "determined (1 January 2026, date of the decree).",
        }[lang]
    }


def test_a_plenary_that_cannot_be_used_is_a_finding(register):
    (register.dossier.folder / "pleno.toml").write_text("[rapat]\n", encoding="utf-8")
    codes = [problem.code for problem in review(replace(register)).findings]
    (register.dossier.folder / "pleno.toml").unlink()
    assert codes.count("evaluation.plenary_unread") == 1
