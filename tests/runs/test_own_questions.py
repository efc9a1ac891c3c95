"""An office's own question and criterion, from the definition to the score, without a line of code."""

import io
import json
import re
import shutil
import tomllib

import openpyxl
import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError, MethodError
from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from ksd_toolkit.questionnaire import form_of, read_form
from ksd_toolkit.register import read_register
from ksd_toolkit.runs.forms import build_forms
from ksd_toolkit.runs.new import new_dossier
from ksd_toolkit.scoring import read_method, score

from .conftest import ROOT

NAME = "tapin/2027"
OWN = """
| survey |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | relevant | relevant_message::Bahasa Indonesia (id) | relevant_message::English (en) |
| | begin_repeat | usulan | | | | | |
| | select_one yatidak | lintas_sungai | Menyangkut Sungai Tapin | Concerns the river Tapin | | | |
| | text | anak_sungai | Nama anak sungai | Name of the tributary | ${lintas_sungai} = 'ya' | Hanya bila menyangkut Sungai Tapin. | Only if it concerns the river. |
| | select_one skala | sungai_bersih | Air sungai menjadi bersih | The river becomes clean | | | |
| | end_repeat | usulan | | | | | |
| choices |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) | jangkar_1 | jangkar_2 | jangkar_3 | jangkar_4 | jangkar_5 |
| | kriteria | IKLIM | Ketahanan iklim | Climate resilience | Menambah risiko | Tidak berpengaruh | Mengurangi satu risiko | Mengurangi beberapa risiko | Mengurangi risiko utama |
"""
CRITERION = """
[[criterion]]
code = "{code}"
group = "K1"
weight_percent = 5
direction = "+"
from = "{origin}"
field = "{field}"
label_id = "Ketahanan iklim"
label_en = "Climate resilience"
phrase_id = "ketahanan iklim"
phrase_en = "climate resilience"
why = "Ditambahkan TKKSD."
source = "Berita Acara"
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    home = tmp_path_factory.mktemp("fresh")
    new_dossier("Tapin", "2027", home)
    return home


@pytest.fixture
def tapin(fresh, tmp_path, monkeypatch):
    shutil.copytree(fresh / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    dossier = open_dossier(NAME)
    (dossier.folder / "form.md").write_text(OWN, encoding="utf-8")
    return dossier


def weigh(dossier, code="IKLIM", origin="nilai", field="skor"):
    """A method of the dossier's own that gives five percent of the weight to one more criterion."""
    from importlib.resources import files

    text = files("ksd_toolkit.knowledge").joinpath("methods", "baku.toml").read_text("utf-8")
    text, found = re.subn(
        r"(?m)^(code = \"U\"\n(?:.*\n)*?weight_percent = )9", r"\g<1>4", text, count=1
    )
    assert found
    text = text.replace('name = "baku"', 'name = "pleno"', 1)
    text = text.replace("may_be_unanswered = []", 'may_be_unanswered = ["RISK", "MITRA"]', 1)
    criterion = CRITERION.format(code=code, origin=origin, field=field)
    (dossier.folder / "pleno.toml").write_text(text + criterion, encoding="utf-8")
    settings = dossier.folder / "dossier.toml"
    settings.write_text(settings.read_text("utf-8").replace('"baku"', '"pleno"'), encoding="utf-8")
    return open_dossier(NAME)


def answer(dossier, **own):
    """One office fills its workbook: an usulan with a partner and every criterion scored."""
    usulan = {
        "usulan_id": "DINKES-01", "judul": "Rujukan bersama", "sifat": "Potensi", "isu": "ISU-A",
        "urusan_kode": "1.02 Kesehatan", "kewenangan": "Ya", "objek": "Pelayanan publik",
        "unsur_pihak": "Tapin dan HSS", "unsur_interaksi": "Berbagi layanan",
        "unsur_tujuan": "Rujukan cepat", "beban_masyarakat": "Tidak", "anggaran_tersedia": "Ya",
        "rkpd_ref": "Program kesehatan, hlm. 10", "manfaat_daerah": 4, "manfaat_mitra": 4,
        "manfaat_masyarakat": 5, "kesamaan": "isu", "kesamaan_kekuatan": 4, **own,
    }  # fmt: skip
    mitra = {
        "usulan_id": "DINKES-01", "mitra_nama": "Kabupaten Hulu Sungai Selatan",
        "mitra_jenis": "Pemerintah daerah lain", "kode_wilayah": "63.06", "otoritas": 4,
    }  # fmt: skip
    criteria = form_of(dossier).table("nilai").field("kriteria_kode").choices
    nilai = [
        {"usulan_id": "DINKES-01", "kriteria_kode": f"{c.code} {c.labels['id']}", "penilai": "OPD-1",
         "skor": 2 if c.code == "IKLIM" else 4}
        for c in criteria
    ]  # fmt: skip
    rows = {"opd": [{"d1": 2, "d2": 2, "d3": 2, "d4": 2, "d5": 2}], "usulan": [usulan],
            "mitra": [mitra], "nilai": nilai}  # fmt: skip
    path = dossier.folder / "kuesioner" / "dinkes.xlsx"
    path.write_bytes(office_workbook(dossier, "DINKES", rows))


def codes(sheet):
    """The codes of a table's columns: the row above the first answers."""
    return next([c.value for c in row] for row in sheet.iter_rows() if row[0].value == "usulan_id")


def texts(sheet):
    return {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_the_form_grows_and_says_so(tapin):
    form, shipped = form_of(tapin), read_form()
    assert form.version.startswith(f"{shipped.version}+")
    assert form.sha256 != shipped.sha256
    added = {f.name for t in form.tables for f in t.fields} - {
        f.name for t in shipped.tables for f in t.fields
    }
    assert added == {"lintas_sungai", "anak_sungai", "sungai_bersih"}


def test_the_workbook_asks_it_explains_it_and_offers_its_answers(tapin):
    made = build_forms(tapin, ["DINKES"])
    book = openpyxl.load_workbook(made.offices[0])
    assert codes(book["usulan"])[-3:] == ["lintas_sungai", "anak_sungai", "sungai_bersih"]
    assert "Hanya bila menyangkut Sungai Tapin." in texts(book["usulan"])
    assert {"Mengurangi risiko utama", "IKLIM Ketahanan iklim"} <= texts(book["petunjuk"])
    assert "IKLIM Ketahanan iklim" in texts(book["_pilihan"])
    column = openpyxl.utils.get_column_letter(codes(book["usulan"]).index("lintas_sungai") + 1)
    rules = book["usulan"].data_validations.dataValidation
    assert any(f"{column}8" in str(rule.sqref) and rule.type == "list" for rule in rules)


def test_the_register_holds_the_answer_and_the_method_weighs_it(tapin):
    answer(tapin, lintas_sungai="Ya", anak_sungai="Sungai Muning", sungai_bersih=3)
    dossier = weigh(tapin)
    register = read_register(dossier)
    row = register.usulan.set_index("usulan_id").loc["DINKES-01"]
    assert (row["lintas_sungai"], row["anak_sungai"]) == ("ya", "Sungai Muning")
    ranking = score(register, read_method(dossier))
    points = ranking.contributions.loc["DINKES-01"]
    assert points["IKLIM"] == pytest.approx(100 * 5 * (2 - 1) / 4 / answered(ranking))
    assert "IKLIM" in ranking.leaves.answers.columns


def answered(ranking):
    """The weight of the criteria that were answered, in percent."""
    answers = ranking.leaves.answers.loc["DINKES-01"]
    return sum(w for code, w in ranking.method.weights.items() if answers[code] == answers[code])


def test_a_question_of_ones_own_can_carry_weight_itself(tapin):
    answer(tapin, lintas_sungai="Ya", sungai_bersih=5)
    dossier = weigh(tapin, "SUNGAI", "usulan", "sungai_bersih")
    ranking = score(read_register(dossier), read_method(dossier))
    points = ranking.contributions.loc["DINKES-01", "SUNGAI"]
    assert points == pytest.approx(100 * 5 / answered(ranking))


@pytest.mark.parametrize(
    ("code", "origin", "field"),
    [
        ("LAUT", "nilai", "skor"),
        ("LAUT", "usulan", "laut_bersih"),
        ("LAUT", "rule", ""),
        ("SUNGAI", "usulan", "lintas_sungai"),
        ("SUNGAI", "usulan", "anak_sungai"),
        ("SUNGAI", "usulan", "judul"),
        ("SUNGAI", "usulan", "biaya_indikatif"),
    ],
)
def test_nobody_can_weigh_what_nobody_was_asked_to_score(tapin, code, origin, field):
    answer(tapin, lintas_sungai="Ya", anak_sungai="Sungai Muning")
    dossier = weigh(tapin, code, origin, field)
    with pytest.raises(MethodError) as refused:
        score(read_register(dossier), read_method(dossier))
    assert code in refused.value.sentence("id")
    assert code in refused.value.sentence("en")


def test_a_dossier_without_own_questions_refuses_the_weight_of_its_neighbour(tapin):
    (tapin.folder / "form.md").unlink()
    answer(tapin)
    dossier = weigh(tapin)
    with pytest.raises(MethodError, match="IKLIM"):
        score(read_register(dossier), read_method(dossier))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("| usulan | | | | | |", "| usul | | | | | |", "form.unknown_group"),
        ("lintas_sungai |", "judul |", "form.redefined"),
        ("lintas_sungai |", "Judul |", "form.redefined"),
        ("select_one yatidak", "select_one yatidakx", "form.unknown_list"),
        ("| kriteria |", "| sifat |", "form.closed_list"),
        ("| IKLIM |", "| U |", "form.choice_twice"),
        ("lintas_sungai |", "row_key |", "form.reserved"),
        ("= 'ya'", "=", "form.malformed"),
        ("${lintas_sungai}", "${lintas}", "form.unknown_reference"),
        ("text | anak_sungai", "geopoint | anak_sungai", "form.device_type"),
    ],
)
def test_a_contradiction_is_named_wherever_the_form_is_used(tapin, old, new, code):
    text = OWN.replace(old, new)
    assert text != OWN
    (tapin.folder / "form.md").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        form_of(tapin)
    assert code in [problem.code for problem in refused.value.problems]
    for words in (("form", "build", NAME), ("ingest", NAME)):
        told = CliRunner().invoke(app, list(words))
        assert told.exit_code == 1
        assert "form.md" in told.output
        assert "Traceback" not in told.output
    assert CliRunner().invoke(app, ["form", "check", NAME, "--no-xform"]).exit_code == 2


def test_an_added_question_is_no_key(tapin):
    text = OWN.replace("| relevant |", "| key |").replace("${lintas_sungai} = 'ya'", "yes")
    (tapin.folder / "form.md").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        form_of(tapin)
    assert [(p.code, p.where.cell) for p in refused.value.problems] == [("form.own_key", "E4")]


def test_names_excel_does_not_take_are_read_all_the_same(tapin):
    text = OWN.replace("| anak_sungai |", "| anak-sungai |").replace("sungai_bersih", "anak.sungai")
    text = text.replace(
        "| | select_one skala",
        "| | text | anak_sungai | Lain | Other | | | |\n| | select_one skala",
    )
    (tapin.folder / "form.md").write_text(text, encoding="utf-8")
    answer(tapin, **{"anak-sungai": "Muning", "anak_sungai": "Lain", "anak.sungai": 4})
    book = openpyxl.load_workbook(tapin.folder / "kuesioner" / "dinkes.xlsx")
    names = [name for name in book.defined_names if "anak" in name]
    assert len(names) == len({name.casefold() for name in names}) == 2
    row = read_register(tapin).usulan.set_index("usulan_id").loc["DINKES-01"]
    assert (row["anak-sungai"], row["anak_sungai"], row["anak.sungai"]) == ("Muning", "Lain", "4")


def test_the_extended_form_converts_for_other_programs(tapin):
    pytest.importorskip("pyxform")
    told = CliRunner().invoke(app, ["form", "check", NAME, "--xform"])
    assert told.exit_code == 0
    assert "XForm" in told.output


def test_the_same_additions_as_a_workbook_give_the_same_form(tapin):
    before = form_of(tapin)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for line in filter(None, OWN.splitlines()):
        name, *cells = (cell.strip() for cell in line.split("|")[1:-1])
        if name:
            book.create_sheet(name)
        else:
            book.worksheets[-1].append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    (tapin.folder / "form.xlsx").write_bytes(buffer.getvalue())
    (tapin.folder / "form.md").unlink()
    assert form_of(tapin).sha256 == before.sha256


def fenced(kind):
    """The first block of this kind in the page that explains all this."""
    page = (ROOT / "docs" / "how-to" / "own-questions.md").read_text(encoding="utf-8")
    return re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL)[1]


def test_the_example_of_the_how_to_works_as_it_stands(tapin):
    (tapin.folder / "form.md").write_text(fenced(""), encoding="utf-8")
    told = CliRunner().invoke(app, ["form", "check", NAME, "--no-xform", "--json"])
    assert (told.exit_code, json.loads(told.stdout)["problems"]) == (0, [])
    criterion = tomllib.loads(fenced("toml"))["criterion"][0]
    ours = tomllib.loads(CRITERION.format(code="IKLIM", origin="nilai", field="skor"))
    assert criterion.keys() == ours["criterion"][0].keys() - {"field"}
    assert criterion["code"] in {
        choice.code for choice in form_of(tapin).table("nilai").field("kriteria_kode").choices
    }
