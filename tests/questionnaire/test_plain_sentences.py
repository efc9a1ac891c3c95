"""What used to be told in a program's own words, or not at all, is told in a sentence with its place."""

import pytest

from ksd_toolkit.cli.saying import home_or_here
from ksd_toolkit.errors import KsdError, RunError
from ksd_toolkit.matching.own_settings import read_match_settings
from ksd_toolkit.project import find_home
from ksd_toolkit.questionnaire.encodings import nul_bytes
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.questionnaire.values import parse
from tests.small_project import new_project

FORM = read_form("evaluasi")
NASKAH = FORM.table("naskah")


def test_a_nul_in_a_table_is_told_with_its_line(tmp_path):
    project = new_project(tmp_path)
    (project.folder / "naskah.csv").write_bytes(b"no_dok,judul\nKB-1,Batas\nKB-2,Ja\x00lan\n")
    (problem,) = [p for p in project.ingest().problems if p.where.file == "naskah.csv"]
    assert (problem.code, problem.facts) == ("file.nul_bytes", {"n": 1, "line": 3})
    assert "baris 3" in problem.sentence("id")
    assert "line 3" in problem.sentence("en")


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"\x00\x01\x02\x03" * 9, b"a\xff\x00" + b"b" * 90]
)
def test_what_is_no_text_but_for_its_nuls_is_not_called_one(content):
    assert nul_bytes(content) == (0, 0)


def test_a_home_that_does_not_exist_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KSD_HOME", str(tmp_path / "gone"))
    for ask in (find_home, home_or_here):  # a new dossier, too, is not made somewhere else
        with pytest.raises(RunError) as refused:
            ask()
        assert refused.value.code == "dossier.home_gone"
        assert "gone" in refused.value.sentence("id")
    monkeypatch.setenv("KSD_HOME", str(tmp_path))
    assert find_home() == tmp_path.resolve()


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("fall_km = \n", "match.own_line", "1"),
        ("top = 3\nfall_km 5\n", "match.own_line", "2"),
        ("indicators = [", "match.own_unfinished", "mitra.toml"),
        ("draws = true\n", "match.own_kind", "draws = true"),
        ('top = {a = "b", c = [false]}\n', "match.own_kind", 'top = {a = "b", c = [false]}'),
    ],
)
def test_a_slip_in_mitra_toml_is_told_without_words_of_a_program(tmp_path, text, code, shown):
    project = new_project(tmp_path)
    (project.folder / "mitra.toml").write_text(text, "utf-8")
    with pytest.raises(KsdError) as refused:
        read_match_settings(project.dossier)
    assert refused.value.code == code
    for lang in ("id", "en"):
        told = refused.value.sentence(lang)
        assert shown in told
        assert not {"Expected", "Invalid", "True", "False", "{'"} & set(told.split())


def test_other_letters_in_mitra_toml(tmp_path):
    project = new_project(tmp_path)
    (project.folder / "mitra.toml").write_bytes("name = 'caf\u00e9'".encode("cp1252"))
    with pytest.raises(KsdError) as refused:
        read_match_settings(project.dossier)
    assert refused.value.code == "match.own_letters"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12 Maret 2024 / 3 April 2024", "cell.date_several"),
        ("2024-03-12; 2024-04-03", "cell.date_several"),
        ("12/3/2024 dan 3/4/2024", "cell.date_several"),
        ("2024-2029", "cell.date_incomplete"),
        ("2024 s.d. 2029", "cell.date_incomplete"),
        ("Maret 2024", "cell.date_incomplete"),
        ("segera", "cell.date"),
    ],
)
def test_why_a_text_is_no_date(text, code):
    assert parse(text, NASKAH.field("tgl_ttd")).problem == code


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("status", "Masih berlaku", "berlaku"),
        ("status", "Tidak berlaku", "berakhir"),
        ("status", "Sudah berakhir", "berakhir"),
        ("jenis_dok", "Perjanjian Kerjasama", "PKS"),
        ("jenis_dok", "NK Nota Kesepakatan (Sinergi)", "NK"),
        ("mitra_jenis", "Swasta", "badan_usaha"),
    ],
)
def test_words_of_registers_mean_a_choice(field, text, code):
    understood = parse(text, NASKAH.field(field))
    assert (understood.value, understood.notes) == (code, ())


def test_what_means_no_answer_elsewhere_still_does():
    assert parse("tidak berlaku", NASKAH.field("alasan_berakhir")).state == "TB"
    assert parse("TB", NASKAH.field("status")).state == "TB"


# --- partners named beside their usulan -----------------------------------------------------------

BESIDE = """\
usulan_id;judul;urusan_kode;Calon Mitra;Jenis mitra
DINKES-01;Rujukan;1.02;Kabupaten Tapin;pemda
DINKES-02;Obat;1.02;PT A, Tbk;
DINKES-03;Buku;1.02;"Kab. Tapin; Kab. Banjar";
DINKES-04;Vaksin;1.02;;
"""


def sent(tmp_path, text, more=""):
    project = new_project(tmp_path)
    (project.inbox / "usulan.csv").write_text(text, "utf-8")
    if more:
        (project.inbox / "mitra.csv").write_text(more, "utf-8")
    return project, project.ingest()


def test_a_candidate_named_beside_its_usulan_is_a_partner(tmp_path):
    project, intake = sent(tmp_path, BESIDE)
    mitra = project.register().mitra
    assert dict(zip(mitra["usulan_id"], mitra["mitra_nama"], strict=True)) == {
        "DINKES-01": "Kabupaten Tapin",
        "DINKES-02": "PT A, Tbk",
    }
    assert mitra["mitra_jenis"].fillna("").tolist() == ["pemda", ""]
    assert str(project.register().where("mitra", "DINKES-01|Kabupaten Tapin", "mitra_nama")) == (
        "kuesioner/usulan.csv [D2]"
    )
    (several,) = [p for p in intake.problems if p.code == "cell.partners_several"]
    assert (str(several.where), several.facts["value"]) == (
        "kuesioner/usulan.csv [D4]",
        "Kab. Tapin; Kab. Banjar",
    )
    assert not [p for p in intake.problems if p.code == "sheet.unknown_column"]
    assert len(project.register().usulan) == 4


def test_a_table_of_partners_in_another_file_adds_to_them(tmp_path):
    text = "\n".join(BESIDE.splitlines()[:2]) + "\n"
    more = "usulan_id;mitra_nama;mitra_jenis\nDINKES-01;Kabupaten Tapin;pemda\n"
    project, _ = sent(tmp_path, text, more)
    assert len(project.register().usulan) == 1
    (row,) = project.register().mitra.to_dict("records")
    assert (row["mitra_nama"], row["mitra_jenis"]) == ("Kabupaten Tapin", "pemda")
