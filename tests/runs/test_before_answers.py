"""What goes out before any answer is there: a new dossier has its letter, schedule and lists at once."""

import pypdfium2
import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.plenary import read_roster
from ksd_toolkit.runs.new import new_dossier
from ksd_toolkit.runs.prepare import write_pack

FORMS = ("html", "pdf", "docx", "xlsx")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    home = tmp_path_factory.mktemp("before")
    new_dossier("Banjarbaru", "2027", home)
    return home


@pytest.fixture(scope="module")
def pack(project):
    return write_pack(open_dossier("banjarbaru/2027", home=project), start="2027-01-04")


def text_of(path):
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        return " ".join(" ".join(pages).split())
    finally:
        document.close()


def test_invitation_schedule_and_list_of_ppksd_need_no_answer(pack):
    made = {path.relative_to(pack.folder).as_posix() for path in pack.files}
    papers = ("invitation", "schedule", "internal/ppksd-list")
    assert made >= {f"{paper}.{form}" for paper in papers for form in FORMS}
    assert all((pack.folder / name).is_file() for name in made)
    assert "ppksd-list.pdf" not in made


def test_the_letter_goes_to_every_office_and_knows_the_start_asked_for(pack):
    letter = text_of(pack.folder / "invitation.pdf")
    offices = pack.preparation.dossier.offices["opd_nama"]
    led = [f"Kepala {name}" for name in offices if name.startswith(("Dinas", "Badan"))]
    assert len(led) > 20
    assert [head for head in (*led, "Sekretaris Daerah", "Inspektur") if head not in letter] == []
    assert f"({len(offices)})" in letter
    assert "4 Januari 2027" in text_of(pack.folder / "schedule.pdf")


def test_the_list_says_that_no_office_named_anybody(pack):
    told = text_of(pack.folder / "internal" / "ppksd-list.pdf")
    assert str(len(pack.preparation.dossier.offices)) in told


@pytest.mark.usefixtures("empty_forms")
def test_a_new_dossier_has_a_roster_to_fill_and_the_next_period_keeps_it(project):
    dossier = open_dossier("banjarbaru/2027", home=project)
    assert [one.code for one in read_roster(dossier).problems] == ["plenary.roster_empty"]
    path = dossier.folder / "anggota_tkksd.csv"
    member = "TKKSD-1,Sekretaris Daerah,Sekretariat Daerah,ketua,ya,\n"
    path.write_text(path.read_text("utf-8") + member, "utf-8")
    roster = read_roster(dossier)
    assert roster.problems == ()
    assert [one.position for one in roster.entitled] == ["Sekretaris Daerah"]
    later = new_dossier("Banjarbaru", "2028", project)
    assert (later / "anggota_tkksd.csv").read_bytes() == path.read_bytes()
