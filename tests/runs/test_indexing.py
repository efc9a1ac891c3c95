"""What lies in the reports becomes the index of a period: stamps, records of a batch, and what is broken."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages.catalogue import has_message
from ksd_toolkit.runs.indexing import indexed, write_index
from ksd_toolkit.runs.listed_papers import PUBLIC

SETTINGS = """\
[dossier]
region = "{code}"
tanggal_acuan = {day}
simulated = {simulated}
[issuer]
government = "Pemerintah"
unit = "TKKSD"
place = "Kota"
"""
HSS, TAPIN, KOTABARU = "hulu-sungai-selatan/2026", "tapin/2026", "kotabaru/2026"
SHA = "c942a92ac1b1d268ad14b25a6bb976af193ba846bd8d375b3d1dc487dd577683"


def dossier(home, name, code, day="2026-08-31", simulated="false"):
    folder = home / "data" / name
    folder.mkdir(parents=True)
    settings = SETTINGS.format(code=code, day=day, simulated=simulated)
    (folder / "dossier.toml").write_text(settings, "utf-8")
    (folder / "opd.csv").write_text("opd_kode,opd_nama,urusan\nDINKES,Dinas Kesehatan,1.02\n")


def made(home, name, *outputs, absent=()):
    """Empty files where papers lie, and a stamp that lists them."""
    folder = home / "reports" / name
    for output in (*outputs, "stamp.json"):
        (folder / output).parent.mkdir(parents=True, exist_ok=True)
        (folder / output).touch()
    stamp = dict.fromkeys(("tanggal_acuan", "simulated", "toolkit", "dossier", "lang", "method_sha256"), "")  # fmt: skip
    stamp |= {"data_sha256": SHA, "sources": [{"name": "a.xlsx", "sha256": SHA, "rows": 7}, {"name": "b.csv", "sha256": SHA, "rows": 5}]}  # fmt: skip
    told = {"stamp": stamp, "outputs": dict.fromkeys((*outputs, *absent), SHA)}
    (folder / "stamp.json").write_text(json.dumps(told), "utf-8")


def record(home, name, **told):
    path = home / "reports" / name / "manifest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told), "utf-8")


@pytest.fixture
def three(tmp_path):
    """Hulu Sungai Selatan was run in both languages, Tapin by a batch, Kotabaru never."""
    dossier(tmp_path, HSS, "63.06", simulated="true")
    dossier(tmp_path, TAPIN, "63.05", day="2026-09-30")
    dossier(tmp_path, KOTABARU, "63.02")
    dossier(tmp_path, "tapin/2025", "63.05")
    made(tmp_path, HSS, "policy-brief.html", "policy-brief.pdf", "notebooks/07_policy_brief.ipynb", "masalah.csv",
         "internal/ppksd-list.pdf", "internal/answers.html", "sk.docx")  # fmt: skip
    made(tmp_path, f"{HSS}/en", "policy-brief.html", "internal/attendance.pdf")
    made(tmp_path, TAPIN, "policy-brief.pdf", "ranking.xlsx")
    remark = {"id": "2 berkas ditolak.", "en": "2 files were refused."}
    record(tmp_path, TAPIN, status="partial", remark=remark, outputs={"policy-brief.pdf": SHA}, fingerprint="f")  # fmt: skip
    return tmp_path


def regions(home):
    return {region.dossier: region for region in indexed(home, "2026").regions}


# --- by hand ---------------------------------------------------------------------------------------


def test_three_regions_by_hand(three):
    index = indexed(three, "2026")
    assert [(region.code, region.status) for region in index.regions] == [
        ("63.02", "missing"),
        ("63.05", "partial"),
        ("63.06", "made"),
    ]
    assert (index.period, index.tanggal_acuan, index.simulated) == ("2026", "2026-09-30", True)
    assert {region.province for region in index.regions} == {"Provinsi Kalimantan Selatan"}
    kotabaru, tapin, hss = index.regions
    assert kotabaru.remark == "Belum dijalankan: ksd run kotabaru/2026."
    assert kotabaru.remark_en == "Not run yet: ksd run kotabaru/2026."
    assert (tapin.remark, tapin.remark_en) == ("2 berkas ditolak.", "2 files were refused.")
    assert hss.made_of == "c942a92ac1b1"
    assert hss.counts == {"sources": 2, "rows": 12}


def test_papers_have_their_titles_languages_and_files_and_internal_ones_are_left_out(three):
    hss = regions(three)[HSS]
    assert [(one.name, one.title, one.lang, dict(one.files)) for one in hss.papers] == [
        ("policy-brief", "Policy brief", "id", {
            "html": f"{HSS}/policy-brief.html", "pdf": f"{HSS}/policy-brief.pdf",
            "ipynb": f"{HSS}/notebooks/07_policy_brief.ipynb"}),
        ("sk", "Rancangan keputusan kepala daerah", "id", {"docx": f"{HSS}/sk.docx"}),
        ("policy-brief", "Policy brief", "en", {"html": f"{HSS}/en/policy-brief.html"}),
    ]  # fmt: skip


def test_every_link_leads_to_a_file(three):
    files = [path for region in regions(three).values() for one in region.papers for path in one.files.values()]  # fmt: skip
    assert len(files) == 7
    assert all((three / "reports" / path).is_file() for path in files)


def test_the_files_of_a_batch_are_listed_also_where_no_stamp_is(three):
    (three / "reports" / TAPIN / "stamp.json").unlink()
    tapin = regions(three)[TAPIN]
    assert [one.name for one in tapin.papers] == ["policy-brief"]
    assert (tapin.status, tapin.made_of) == ("partial", "")


def test_a_failed_run_keeps_its_reason_and_the_papers_of_before(three):
    record(three, TAPIN, status="failed", remark={"id": "Berhenti.", "en": "Stopped."})
    tapin = regions(three)[TAPIN]
    assert (tapin.status, tapin.remark, len(tapin.papers)) == ("failed", "Berhenti.", 2)


def test_a_recorded_file_that_is_gone_is_told_and_not_linked(three):
    made(three, KOTABARU, "policy-brief.html", absent=("policy-brief.pdf", "sk.docx"))
    kotabaru = regions(three)[KOTABARU]
    assert kotabaru.status == "partial"
    assert "2 berkas naskah" in kotabaru.remark
    assert [dict(one.files) for one in kotabaru.papers] == [{"html": f"{KOTABARU}/policy-brief.html"}]  # fmt: skip


def test_papers_that_are_all_gone_are_missing(three):
    made(three, KOTABARU, absent=("policy-brief.pdf",))
    kotabaru = regions(three)[KOTABARU]
    assert (kotabaru.status, kotabaru.papers) == ("missing", ())
    assert "tidak ada lagi" in kotabaru.remark


# --- what is broken fails alone --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (f"reports/{HSS}/stamp.json", "{"),
        (f"reports/{HSS}/en/stamp.json", '{"stamp": 3}'),
        (f"reports/{HSS}/manifest.json", "[]"),
        (f"reports/{HSS}/manifest.json", '{"status": "splendid"}'),
        (f"reports/{HSS}/manifest.json", '{"status": ["made"]}'),
        (f"reports/{HSS}/manifest.json", '{"status": "made", "remark": {"id": 3}}'),
        (f"reports/{HSS}/manifest.json", '{"status": "made", "remark": "baik"}'),
        (f"reports/{HSS}/manifest.json", '{"status": "made", "outputs": ["a"]}'),
        (f"reports/{HSS}/manifest.json", "[" * 100_000),
        (f"reports/{HSS}/manifest.json", b"\xff\xfe"),
        (f"data/{HSS}/dossier.toml", "[dossier"),
        (f"data/{HSS}/dossier.toml", "[dossier]\nregion = '99.99'\n"),
        (f"data/{HSS}/opd.csv", "salah\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_fails_with_a_sentence_and_the_others_stay(three, file, content):
    content = content.encode() if isinstance(content, str) else content
    (three / file).write_bytes(content)
    found = regions(three)
    assert found[HSS].status == "failed"
    assert found[HSS].remark.endswith((".", ":", "?"))
    assert found[HSS].remark != found[HSS].remark_en
    # What its folder holds is still listed where only the dossier is broken.
    assert len(found[HSS].papers) == (3 if file.startswith("data/") else 0)
    assert (found[TAPIN].status, found[KOTABARU].status) == ("partial", "missing")
    write_index(indexed(three, "2026"), three)


def test_a_record_names_no_file_outside_the_reports(three):
    outside = {"../../../data/x": SHA, "/etc/passwd": SHA, "internal/sk.pdf": SHA, "en/../sk.docx": SHA}  # fmt: skip
    record(three, HSS, status="made", remark={}, outputs=outside)
    assert len(regions(three)[HSS].papers) == 3


def test_a_period_nobody_has_is_refused(three):
    with pytest.raises(RunError, match=r"2031.*2025, 2026"):
        indexed(three, "2031")
    with pytest.raises(RunError, match=r"\.\./x"):
        indexed(three, "../x")


# --- roll-ups --------------------------------------------------------------------------------------


def rolled(home, name, *outputs, kind="rollup"):
    made(home, name, *outputs)
    path = home / "reports" / name / "stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"kind": kind}), "utf-8")


def test_roll_ups_of_the_period_are_listed_that_of_everything_first(three):
    rolled(three, "rekap-63/2026", "roll-up.html", "roll-up.xlsx", "notebooks/10_roll_up.ipynb")
    rolled(three, "rekap/2026", "roll-up.html")
    rolled(three, "rekap/2026/en", "roll-up.html", "roll-up.pdf")
    rolled(three, "rekap-64/2025", "roll-up.html")
    rolled(three, "rekap-61/2026", "roll-up.html", kind="other")
    everything, province = indexed(three, "2026").rollups
    assert [(one.title, one.lang, dict(one.files)) for one in everything.papers] == [
        ("Seluruh daerah", "id", {"html": "rekap/2026/roll-up.html"}),
        ("All regions", "en", {"html": "rekap/2026/en/roll-up.html", "pdf": "rekap/2026/en/roll-up.pdf"}),
    ]  # fmt: skip
    assert (everything.area, province.area) == ("", "63")
    assert [one.title for one in province.papers] == ["Provinsi Kalimantan Selatan"]
    files = {"html": "rekap-63/2026/roll-up.html", "xlsx": "rekap-63/2026/roll-up.xlsx"}
    assert dict(province.papers[0].files) == files


def test_a_roll_up_whose_stamp_or_files_are_broken_is_not_listed(three):
    rolled(three, "rekap/2026", "roll-up.html")
    (three / "reports/rekap/2026/stamp.json").write_text("{")
    rolled(three, "rekap-63/2026", "roll-up.html")
    (three / "reports/rekap-63/2026/roll-up.html").unlink()
    assert indexed(three, "2026").rollups == ()


# --- writing ---------------------------------------------------------------------------------------


def test_the_command_writes_both_pages_and_the_json_and_says_where(three, monkeypatch):
    monkeypatch.chdir(three)
    ran = CliRunner().invoke(app, ["index", "2026"])
    assert ran.exit_code == 0, ran.output
    names = ["reports/indeks-2026.html", "reports/indeks-2026.en.html", "reports/indeks-2026.json"]
    assert [line.strip() for line in ran.output.splitlines() if line.startswith("  reports")] == names  # fmt: skip
    assert "1 belum dibuat" in ran.output
    assert "3 dari 3 wilayah tampil" in Path(names[0]).read_text("utf-8")
    assert "3 of 3 regions shown" in Path(names[1]).read_text("utf-8")
    assert json.loads(Path(names[2]).read_bytes())["totals"]["made"] == 1
    before = [Path(name).read_bytes() for name in names]
    ran = CliRunner().invoke(app, ["index", "2026", "--json"])
    assert json.loads(ran.output)["files"] == names
    assert [Path(name).read_bytes() for name in names] == before


def test_the_command_refuses_in_one_sentence(three, monkeypatch):
    monkeypatch.chdir(three)
    ran = CliRunner().invoke(app, ["index", "2031", "--lang", "en"])
    assert ran.exit_code == 1
    assert ran.output == "There is no dossier of period 2031. Known periods: 2025, 2026.\n"


def test_every_public_paper_has_a_title():
    assert {"policy-brief", "answers", "sk", "masalah"} <= PUBLIC.keys()
    assert not {"ppksd-list", "attendance"} & PUBLIC.keys()
    assert [name for name in PUBLIC if not has_message(f"paper_title.{name}")] == []
