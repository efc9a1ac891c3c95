"""The papers of preparation and mapping: worked by hand, in both languages, with 0, 1 and 500 usulan."""

import re
from pathlib import Path

import pytest

from ksd_toolkit.document import KeyFigures, Paragraph, Particulars, Table, plain_text
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.papers.completeness import completeness
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.gate_results import RESULTS, gate_results
from ksd_toolkit.papers.invitation import invitation
from ksd_toolkit.papers.long_list import long_list
from ksd_toolkit.papers.office_heads import head_of
from ksd_toolkit.papers.potential_map import potential_map
from ksd_toolkit.papers.ppksd_list import ppksd_list
from ksd_toolkit.papers.schedule import schedule
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.theme import read_theme
from tests.answers.conftest import answers_of, dossier_in
from tests.small_project import NIPS, PERSONS

PREPARED = {"invitation": invitation, "schedule": schedule, "ppksd-list": ppksd_list}
MAPPED = {"long-list": long_list, "potential-map": potential_map}
EVERY = {**PREPARED, **MAPPED, "completeness": completeness}
ROOT = Path(__file__).parents[2]
FATES = ("accepted", "quarantined", "duplicate", "blank")
HOSTILE = '<script>alert(1)</script> #eval("x") {region} {{stamp}} [@PP 28/2018 5(1)] **b**'
LEFT_OPEN = re.compile(r"\{\{?[a-z_]+\}?\}|:::|\[@|\b(?:NaN|nan|None|NaT|inf)\b")

G1_FAILS = {"usulan_id": "DINKES-02", "kewenangan": "tidak"}
G1_UNSURE = {"usulan_id": "DISDIK-01", "kewenangan": "sebagian"}
UNPLANNED = {"usulan_id": "DISDIK-02", "rkpd_ref": None, "kewenangan": "sebagian"}
INTERNAL = {"usulan_id": "DISDIK-03"}


def register_of(home, usulan, lang="id", **more):
    dossier = dossier_in(home).in_language(lang)
    register = answers_of(dossier, usulan, {}, **more)
    for fate in FATES:  # what `read_register` keeps of every file
        register.files[fate] = 1 if fate == "accepted" else 0
    register.files["file"] = [f"{sender}.xlsx" for sender in register.files["sender"]]
    return register


def case_of(register, edition="public"):
    return Case(register, read_theme(register.dossier), edition=edition)


def paper_of(name, case):
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    return fill(read_template(name, case.dossier), EVERY[name](case), front)


def five(home, lang="id"):
    """One of each result: passes, fails G1, unsure of G1, fails G3 and is unsure of G1, is no KSD."""
    usulan = [{"usulan_id": "DINKES-01"}, G1_FAILS, G1_UNSURE, UNPLANNED, INTERNAL]
    partner = {"mitra_nama": "Mitra", "mitra_jenis": "ptn"}
    mitra = [{"usulan_id": row["usulan_id"], **partner} for row in usulan]
    mitra[4] |= {"mitra_nama": "Dinas Kesehatan", "mitra_jenis": "opd_internal"}
    return register_of(home, usulan, lang, mitra=mitra)


def tables_of(paper):
    return [block for block in paper.blocks if isinstance(block, Table)]


def table(paper, anchor):
    [found] = [one for one in tables_of(paper) if one.anchor == anchor]
    return found


def words(paper):
    """All running text and all cells of a paper."""
    lines = [paper.title, paper.subtitle]
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            lines.append(plain_text(block.text))
        elif isinstance(block, Particulars):
            lines += [f"{name}: {plain_text(value)}" for name, value in block.entries]
        elif isinstance(block, Table):
            lines += [block.caption, *map(" | ".join, block.rows), block.note]
    return "\n".join(lines)


# --- the long list -----------------------------------------------------------------------------


def test_every_usulan_is_listed_with_its_result_reason_article_and_remedy(tmp_path):
    rows = {
        row[1].split()[0]: row
        for row in table(paper_of("long-list", case_of(five(tmp_path))), "long_list").rows
    }
    assert list(rows) == ["DINKES-01", "DINKES-02", "DISDIK-01", "DISDIK-02", "DISDIK-03"]
    results = {name: row[4].partition(";")[0] for name, row in rows.items()}
    assert results == {
        "DINKES-01": "sesuai kriteria",
        "DINKES-02": "tidak sesuai kriteria",
        "DISDIK-01": "perlu telaah",
        "DISDIK-02": "tidak sesuai kriteria",
        "DISDIK-03": "tidak sesuai kriteria",
    }
    assert rows["DINKES-01"][5:] == ("\u2013", "\u2013")
    assert (
        rows["DINKES-02"][5]
        == "G1: urusannya bukan kewenangan daerah (PP 28/2018 Pasal 4 ayat (1))."
    )
    # the gravest reason first, and both are told
    assert rows["DISDIK-02"][5].index("G3:") < rows["DISDIK-02"][5].index("G1:")
    assert rows["DISDIK-02"][6].startswith("Tulis rujukannya di RPJMD")
    assert "koordinasi internal" in rows["DISDIK-03"][5]


def test_the_summary_counts_what_fits_and_what_does_not(tmp_path):
    facts = long_list(case_of(five(tmp_path)))
    assert plain_text(facts.words["summary"]) == (
        "5 usulan ditelaah: satu sesuai kriteria, satu perlu telaah, dan 3 tidak sesuai kriteria."
    )
    origins = [run.origin for run in facts.words["summary"] if run.origin]
    assert origins == [f"{m}@usulan/*" for m in ("count", "gate_pass", "gate_review", "gate_fail")]
    assert facts.conditions == {"usulan", "failed", "reviewed", "unscored"}
    [figures] = facts.blocks["figures"]
    assert isinstance(figures, KeyFigures)
    assert [figure.value for figure in figures.figures] == ["5", "1", "0", "1", "3"]


def test_one_result_takes_a_sentence_of_its_own_in_english(tmp_path):
    register = register_of(tmp_path, [{"usulan_id": "DINKES-01"}], "en")
    assert plain_text(long_list(case_of(register)).words["summary"]) == (
        "One proposal examined: one meets the criteria."
    )


def test_what_nobody_scored_is_listed_and_said_to_be_unscored(tmp_path):
    dossier = dossier_in(tmp_path)
    scores = {("DINKES-01", "OPD-1"): [3, 3, 3, 3, 3, 3, 3, 3, 3]}
    usulan = [{"usulan_id": "DINKES-01"}, {"usulan_id": "DINKES-02"}]
    facts = long_list(case_of(answers_of(dossier, usulan, scores)))
    assert facts.words["unscored"].startswith("Satu usulan belum dinilai siapa pun: DINKES-02.")
    [listed] = facts.blocks["list"]
    assert [row[4] for row in listed.rows] == ["sesuai kriteria", "sesuai kriteria; belum dinilai"]


def test_results_by_gate_and_by_office_add_up(tmp_path):
    paper = paper_of("long-list", case_of(five(tmp_path)))
    for row in table(paper, "by_gate").rows:
        assert sum(map(int, row[2:])) == 5
    *offices, total = table(paper, "by_office").rows
    assert [row[0] for row in offices] == [
        "Dinas Kesehatan",
        "Dinas Pendidikan",
        "Dinas Perhubungan",
    ]
    for place in range(1, 6):
        assert sum(int(row[place]) for row in offices) == int(total[place])
    assert total[1:] == ("5", "1", "0", "1", "3")


def test_every_printed_number_of_the_long_list_has_an_origin(tmp_path):
    paper = paper_of("long-list", case_of(five(tmp_path)))
    for one in (table(paper, "by_gate"), table(paper, "by_office"), table(paper, "long_list")):
        assert len(one.subjects) == len(one.rows)
        assert all(c.measure or i == 0 for i, c in enumerate(one.columns) if c.kind == "integer")
    assert table(paper, "long_list").subjects[0] == "usulan/DINKES-01"


def test_a_gate_of_the_offices_own_has_the_remedy_of_any_gate(tmp_path):
    register = five(tmp_path)
    own = (
        (ROOT / "ksd_toolkit" / "knowledge" / "gates.toml")
        .read_text("utf-8")
        .replace('"G1"', '"KHUSUS"')
    )
    (register.dossier.folder / "gerbang.toml").write_text(own, "utf-8")
    told = dict(gate_results(case_of(register)).reasons("DINKES-02", "id"))
    [(reason, remedy)] = told.items()
    assert reason.startswith("KHUSUS:")
    assert remedy == "Penuhi syarat gerbang ini, lalu kirim ulang kuesionernya."


def test_500_usulan_are_all_there(tmp_path):
    usulan = [{"usulan_id": f"DINKES-{number:03d}"} for number in range(1, 501)]
    register = register_of(tmp_path, usulan)
    found = gate_results(case_of(register))
    assert sum(map(found.number, RESULTS)) == len(found.table) == 500
    paper = paper_of("long-list", case_of(register))
    assert len(table(paper, "long_list").rows) == 500


# --- preparation -------------------------------------------------------------------------------


def particulars(paper):
    return {
        name: plain_text(value)
        for block in paper.blocks
        if isinstance(block, Particulars)
        for name, value in block.entries
    }


def with_setting(register, text):
    settings = register.dossier.folder / "dossier.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{text}\n", "utf-8")


def opened(home, lang="id"):
    """The dossier read anew after its settings changed."""
    return open_dossier("hulu-sungai-selatan/2026", home=home, lang=lang)


def test_when_and_where_of_the_briefing_are_never_invented(tmp_path):
    told = particulars(paper_of("invitation", case_of(register_of(tmp_path, []))))
    assert told["Hari, tanggal"] == "\u2026\u2026\u2026\u2026 (menurut jadwal: minggu ke-3)"
    assert told["Pukul"] == told["Tempat"] == ""
    assert told["Acara"] == "Sosialisasi dan pembagian buku kerja kuesioner"


def test_the_week_of_the_briefing_follows_the_start_of_the_schedule(tmp_path):
    register = register_of(tmp_path, [])
    with_setting(register, "[schedule]\nstart = 2026-01-05")
    case = Case(answers_of(opened(tmp_path), [], {}), read_theme(register.dossier))
    told = particulars(paper_of("invitation", case))
    assert "19 Januari 2026 \u2013 25 Januari 2026" in told["Hari, tanggal"]
    assert "minggu" not in told["Hari, tanggal"]
    assert told["Hari, tanggal"].endswith("sudah lewat)")  # the day of reference is 31 August


def test_days_still_to_come_are_not_said_to_be_over(tmp_path):
    register = register_of(tmp_path, [])
    with_setting(register, "[schedule]\nstart = 2026-08-24")
    case = Case(answers_of(opened(tmp_path), [], {}), read_theme(register.dossier))
    told = particulars(paper_of("invitation", case))["Hari, tanggal"]
    assert told.endswith("(menurut jadwal: 7 September 2026 \u2013 13 September 2026)")


@pytest.mark.parametrize(
    ("office", "indonesian"),
    [
        ("Dinas Kesehatan", "Kepala Dinas Kesehatan"),
        ("Inspektorat Daerah", "Inspektur"),
        ("Kecamatan Kandangan", "Camat Kandangan"),
        ("RSUD Brigjend H. Hasan Basry", "Direktur RSUD Brigjend H. Hasan Basry"),
        ("Sekretariat DPRD", "Sekretaris DPRD"),
        ("Kecamatan {name}", "Camat {name}"),
    ],
)
def test_the_head_of_an_office_is_addressed_by_the_right_title(office, indonesian):
    assert head_of(office, "id") == indonesian


def test_one_office_is_addressed_by_name_and_many_by_list(tmp_path):
    one = dossier_in(tmp_path / "one", {"DINKES": "Dinas Kesehatan"})
    letter = paper_of("invitation", case_of(answers_of(one, [], {}, opd=[])))
    assert "Yth. Kepala Dinas Kesehatan" in words(letter)
    many = paper_of("invitation", case_of(register_of(tmp_path / "many", [])))
    assert "Yth. para Kepala Perangkat Daerah" in words(many)
    assert len(table(many, "recipients").rows) == 3


def test_what_was_not_read_of_the_law_is_marked_in_the_briefing_sheet(tmp_path):
    facts = invitation(case_of(register_of(tmp_path, [])))
    [box] = facts.blocks["corrections"]
    told = [plain_text(line) for line in box.lines]
    assert "kerja sama wajib" in told[0]
    assert "Permendagri 22/2020, belum diverifikasi" in told[0]
    assert "belum diverifikasi" not in told[1]
    assert "UU 32/2004 sudah dicabut" in told[1]


def test_a_schedule_without_dates_says_so_and_one_with_dates_does_not(tmp_path):
    undated = schedule(case_of(register_of(tmp_path, [])))
    assert "dated" not in undated.conditions
    assert undated.words["today"] == ""
    with_setting(register_of(tmp_path / "two", []), "[schedule]\nstart = 2026-08-24")
    dossier = opened(tmp_path / "two")
    dated = schedule(Case(answers_of(dossier, [], {}), read_theme(dossier)))
    assert {"dated", "running"} <= dated.conditions  # 31 August lies in the second week
    assert plain_text(dated.words["today"]).startswith(
        "Pada 31 Agustus 2026 sedang berjalan: Pengaktifan TKKSD"
    )


def test_activities_for_the_plans_are_told_and_their_lack_too(tmp_path):
    register = register_of(tmp_path, [])
    [planned] = schedule(case_of(register)).blocks["planning"]
    assert [row[0] for row in planned.rows][-1].startswith("Penyerahan hasil")
    rows = (
        "kode,tahap,stage,kegiatan,activity,minggu_mulai,lama_minggu,pelaksana,who,undangan,dasar\n"
    )
    rows += "a-1,Persiapan,Preparation,Rapat,Meeting,1,1,TKKSD,TKKSD,,Naskah HSS\n"
    (register.dossier.folder / "jadwal.csv").write_text(rows, "utf-8")
    facts = schedule(case_of(register))
    [lacking] = facts.blocks["planning"]
    assert plain_text(lacking.text).startswith("Belum ada kegiatan pada jadwal.csv")
    assert "planning" not in facts.conditions


def test_persons_stand_in_the_internal_list_only(project):
    register = project.register()
    inside = words(paper_of("ppksd-list", case_of(register, "internal")))
    outside = words(paper_of("ppksd-list", case_of(register)))
    for private in (*PERSONS, *NIPS, "satu@contoh.invalid"):
        assert private in inside
        assert private not in outside
    assert "1/2026" in inside
    assert "12 Januari 2026" in inside


def test_an_office_that_named_nobody_has_a_row_of_dashes(project):
    [people] = ppksd_list(case_of(project.register(), "internal")).blocks["list"]
    assert [row[1].split()[0] for row in people.rows] == [
        "DINKES",
        "DINKES",
        "DISDIK",
        "DISDIK",
        "DISHUB",
    ]
    assert people.rows[-1][2:] == ("\u2013",) * 5
    assert people.caption == "4 PPKSD menurut perangkat daerah"


# --- mapping -----------------------------------------------------------------------------------


def test_rows_read_are_accounted_for(project):
    register = project.register()
    counted = {fate: int(register.files[fate].sum()) for fate in FATES}
    told = plain_text(completeness(case_of(register)).words["balance"])
    numbers = [int(number) for number in re.findall(r"\d+", told)]
    assert numbers == [sum(counted.values()), *counted.values()]
    assert numbers[0] > 0


def test_cells_of_an_office_add_up_to_what_was_asked(project):
    [cells] = completeness(case_of(project.register())).blocks["offices"]
    for _, _, asked, answered, unknown, blank, unreadable, _, share in cells.rows:
        parts = [int(text) for text in (answered, unknown, blank, unreadable)]
        assert sum(parts) == int(asked)
        assert (share == "\u2013") == (asked == "0")
    assert cells.rows[-1][0] == "Dinas Perhubungan"
    assert cells.rows[-1][2] == "0"


def test_the_quality_report_names_no_person(project):
    told = words(paper_of("completeness", case_of(project.register())))
    assert not [private for private in (*PERSONS, *NIPS) if private in told]
    assert "Belum menjawab: Dinas Perhubungan." in told


def test_partners_are_counted_by_usulan_and_issues_without_one_are_named(tmp_path):
    usulan = [{"usulan_id": f"DINKES-0{n}"} for n in (1, 2)]
    mitra = [
        {"usulan_id": "DINKES-01", "mitra_nama": "Mitra B", "mitra_jenis": "ptn"},
        {"usulan_id": "DINKES-01", "mitra_nama": "Mitra A", "mitra_jenis": "bumd"},
        {"usulan_id": "DINKES-02", "mitra_nama": "Mitra B", "mitra_jenis": "ptn"},
    ]
    facts = potential_map(case_of(register_of(tmp_path, usulan, mitra=mitra)))
    [partners] = facts.blocks["named_partners"]
    assert [(row[0], row[2]) for row in partners.rows] == [("Mitra B", "2"), ("Mitra A", "1")]
    assert plain_text(facts.words["most"]) == (
        "Isu utama yang paling banyak diusulkan adalah Peningkatan Pelayanan Publik (2 usulan)."
    )
    assert "Kawasan Perbatasan" in facts.words["untouched"]
    assert "Peningkatan Pelayanan Publik" not in facts.words["untouched"]


# --- all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "lang"), [(0, "id"), (1, "en")])
@pytest.mark.parametrize("name", EVERY)
def test_every_paper_is_written_with_no_usulan_and_with_one(tmp_path, name, number, lang):
    usulan = [{"usulan_id": f"DINKES-0{n + 1}"} for n in range(number)]
    case = case_of(
        register_of(tmp_path, usulan, lang), "internal" if name == "ppksd-list" else "public"
    )
    paper = paper_of(name, case)
    assert LEFT_OPEN.search(words(paper)) is None
    assert pdf_bytes(paper, case.dossier.tanggal_acuan).startswith(b"%PDF")
    assert paper == paper_of(name, case)


@pytest.mark.parametrize("name", ["long-list", "potential-map", "completeness"])
def test_hostile_text_stays_text(tmp_path, name):
    usulan = [{"usulan_id": "DINKES-01", "judul": HOSTILE}]
    mitra = [{"usulan_id": "DINKES-01", "mitra_nama": HOSTILE, "mitra_jenis": "ptn"}]
    paper = paper_of(name, case_of(register_of(tmp_path, usulan, mitra=mitra)))
    if name != "completeness":  # which prints no title of an usulan that stands alone
        assert HOSTILE in words(paper)
    assert "<script>alert" not in html_text(paper)


@pytest.mark.parametrize("name", EVERY)
def test_templates_of_both_languages_have_the_same_places_and_conditions(name):
    parts = re.compile(
        r"^(\{\{\w+\}\}|:::(?:if|end|note|warning|annex|particulars).*?)(?: .*)?$", re.MULTILINE
    )
    shapes = {
        lang: [
            line if line.startswith((":::if", "{{")) else line.split()[0]
            for line in (ROOT / "templates" / lang / f"{name}.md").read_text("utf-8").splitlines()
            if parts.match(line)
        ]
        for lang in ("id", "en")
    }
    assert shapes["id"] == shapes["en"]


def test_without_any_usulan_no_sentence_is_about_a_number_that_is_not_there(tmp_path):
    register = register_of(tmp_path, [])
    told = words(paper_of("potential-map", case_of(register)))
    assert "Perangkat daerah belum menyampaikan usulan." in told
    assert "Isu utama" not in told
    assert "Belum ada usulan untuk isu" not in told
    listed = words(paper_of("long-list", case_of(register)))
    assert "Belum ada usulan yang dapat ditelaah." in listed
    assert "0 usulan" not in listed
    assert "belum dinilai siapa pun:" not in listed


def test_of_many_unscored_usulan_the_summary_names_the_first_and_counts_the_rest(tmp_path):
    usulan = [{"usulan_id": f"DINKES-{number:02d}"} for number in range(1, 24)]
    told = long_list(case_of(register_of(tmp_path, usulan))).words["unscored"]
    assert told.startswith("23 usulan belum dinilai siapa pun: DINKES-01, DINKES-02,")
    assert "DINKES-20" in told
    assert "DINKES-21" not in told
    assert "3" in told.partition("DINKES-20")[2]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", ["long-list", "invitation"])
def test_the_words_of_a_paper_are_those_that_were_read_and_approved(tmp_path, name, lang):
    golden = Path(__file__).parent / "golden" / f"{name}.{lang}.txt"
    assert words(paper_of(name, case_of(five(tmp_path, lang)))) + "\n" == golden.read_text("utf-8")
