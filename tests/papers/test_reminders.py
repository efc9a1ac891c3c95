"""Reminder letters: who is written to about what, by when; worked by hand from 31 August 2026."""

import pytest

from ksd_toolkit.document import Heading, Particulars, Signatures, Table, plain_text
from ksd_toolkit.papers.reminder_case import reminding
from ksd_toolkit.papers.reminders import nothing_due, reminders
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from tests.papers.test_foreign_report import MOU, case_of

PKS = {
    "no_dok": "PKS-1", "jenis_dok": "PKS", "jenis_ksd": "KSDD-S", "judul": "Rujukan",
    "mitra_nama": "Pemerintah Kabupaten Tapin", "mitra_jenis": "pemda", "opd_kode": "DINKES",
    "tgl_ttd": "2024-01-10", "mulai": "2024-01-10", "berakhir": "2026-09-30", "status": "berlaku",
}  # fmt: skip


def paper_of(case):
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    return fill(read_template("reminders", case.dossier), reminders(case), front)


def letters_of(paper):
    """The blocks of each letter by its heading."""
    found, name = {}, ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            name = plain_text(block.text) if block.new_page else ""
        if name:
            found.setdefault(name, []).append(block)
    return found


def told(blocks):
    """All particulars of a letter by their names."""
    return {
        name: plain_text(value)
        for block in blocks
        if isinstance(block, Particulars)
        for name, value in block.entries
    }


def test_thirty_days_before_the_end_the_office_and_the_partner_get_a_letter(tmp_path):
    letters = letters_of(paper_of(case_of(tmp_path, [PKS])))
    assert list(letters) == [
        "Rancangan surat kepada Kepala Dinas Kesehatan", "Rancangan surat kepada Bupati Tapin",
    ]  # fmt: skip
    for blocks in letters.values():
        facts = told(blocks)
        assert (facts["Nomor"], facts["Tanggal"]) == ("……", "……")
        assert facts["Naskah"] == "PKS-1 Rujukan"
        assert facts["Tenggat"] == "30 September 2026 (30 hari lagi)"
        assert facts["Dasar"] == "PP 28/2018 Pasal 9 ayat (1) huruf a"
        (signed,) = [block for block in blocks if isinstance(block, Signatures)]
        assert not any(person.name for person in signed.people)


@pytest.mark.parametrize(
    ("end", "days", "written"),
    [
        ("2026-08-30", -1, 0), ("2026-08-31", 0, 2), ("2027-02-27", 180, 2),
        ("2027-02-28", 181, 0), ("2027-03-19", 200, 0),
    ],
)  # fmt: skip
def test_letters_look_180_days_ahead_of_the_reference_date(tmp_path, end, days, written):
    """What ended the day before is over: nothing can be extended, so nobody is reminded."""
    case = case_of(tmp_path, [PKS | {"berakhir": end}])
    assert len(reminding(case).letters()) == written
    assert bool(nothing_due(case)) is (written == 0)
    assert all(row == days for row in reminding(case).rows["days_left"])


def test_what_is_due_to_the_government_alone_is_written_to_the_office_alone(tmp_path):
    """Signed in 2025: the report on 2025 was due on 7 January 2026, 236 days ago."""
    paper = paper_of(case_of(tmp_path, [MOU]))
    ((_, blocks),) = letters_of(paper).items()
    assert told(blocks)["Tenggat"] == "7 Januari 2026 (lewat 236 hari)"
    (due,) = [one for one in paper.blocks if isinstance(one, Table)]
    assert "\u2212236" in due.rows[0]  # a minus sign, as in every other paper
    assert "Pergantian pimpinan tidak mengakhiri kerja sama" in html_text(paper)


def test_all_documents_of_an_office_stand_in_one_letter_and_persons_are_called_by_name(tmp_path):
    person = {"no_dok": "PKS-2", "mitra_nama": "Warga Uji", "mitra_jenis": "perseorangan"}
    firm = {"no_dok": "PKS-3", "mitra_nama": "PT Uji", "mitra_jenis": "badan_usaha"}
    letters = letters_of(paper_of(case_of(tmp_path, [PKS, PKS | person, PKS | firm])))
    office, *partners = letters
    (table,) = [block for block in letters[office] if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["PKS-1 Rujukan", "PKS-2 Rujukan", "PKS-3 Rujukan"]
    assert [name.removeprefix("Rancangan surat kepada ") for name in partners] == [
        "Bupati Tapin", "Warga Uji", "Pimpinan PT Uji",
    ]  # fmt: skip


def test_a_council_not_heard_says_whether_its_silence_is_approval(tmp_path):
    """Received on 6 July 2026: 45 working days end on 7 September 2026, weekends left out."""
    draft = PKS | {"status": "rancangan", "tgl_ttd": None, "tgl_permohonan_dprd": "2026-07-06"}
    abroad = draft | {"no_dok": "MOU-2", "jenis_dok": "MoU", "jenis_ksd": "KSDLL"}
    (letter,) = letters_of(paper_of(case_of(tmp_path, [draft, abroad]))).values()
    (table,) = [block for block in letter if isinstance(block, Table)]
    asked = {row[0].split()[0]: row[-1] for row in table.rows}
    assert {row[3] for row in table.rows} == {"7 September 2026 (7 hari lagi)"}
    assert "dianggap disetujui" in asked["MOU-2"]
    assert "belum diverifikasi" in asked["PKS-1"]


def test_hostile_text_stays_text_in_both_languages(tmp_path):
    bad = PKS | {"judul": "<script>x</script> {{stamp}}", "mitra_nama": "# PT *x* [a](b)"}
    page = html_text(paper_of(case_of(tmp_path, [bad], lang="en")))
    assert "<script>x" not in page
    assert "{{stamp}}" in page
    assert "the Head of # PT *x* [a](b)" in page


def test_without_a_single_document_the_paper_says_so(tmp_path):
    case = case_of(tmp_path)
    assert "180 hari" in nothing_due(case)
    assert "Tidak ada naskah atau kewajiban" in html_text(paper_of(case))
    assert letters_of(paper_of(case)) == {}
