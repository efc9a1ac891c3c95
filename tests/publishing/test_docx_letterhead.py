import io
import zipfile
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from formal_paper import decree
from sample_paper import sample_paper
from word_readings import W, WordFile, text_of

from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.docx import docx_bytes

DATED = date(2026, 11, 23)
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def office_file(*, header="PEMERINTAH KABUPATEN CONTOH", first="", body="Isi lama"):
    """A letterhead as an office makes it in Word."""
    book = docx.Document()
    section = book.sections[0]
    section.left_margin, section.right_margin = Mm(31), Mm(19)
    section.header.paragraphs[0].text = header
    if first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = first
    section.footer.paragraphs[0].text = "Jalan Contoh 1"
    book.styles["Heading 1"].font.name = "Bookman Old Style"
    book.add_paragraph(body)
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(content, changes=None, added=None):
    """The same file with parts rewritten or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in (changes or {}).get(name, ()):
                assert before in part
                part = part.replace(before, after)
            new.writestr(name, part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def related(kind, target, mode="External"):
    """A relation of the main part, to be put before the end of its list."""
    told = f'<Relationship Id="rIdX" Type="{LINK}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    rels = "word/_rels/document.xml.rels"
    return {rels: [(b"</Relationships>", told.encode() + b"</Relationships>")]}


def test_the_office_keeps_its_head_margins_and_styles_and_the_paper_replaces_its_text():
    content = docx_bytes(sample_paper(), DATED, office_file())
    opened = docx.Document(io.BytesIO(content))
    section = opened.sections[0]
    assert section.header.paragraphs[0].text == "PEMERINTAH KABUPATEN CONTOH"
    assert section.footer.paragraphs[0].text == "Jalan Contoh 1"
    assert abs(section.left_margin - Mm(31)) < Mm(0.1)
    assert opened.styles["Heading 1"].font.name == "Bookman Old Style"
    text = WordFile(content).text
    assert "Isilama" not in text
    assert "PemerintahKabupatenHuluSungaiSelatan" not in text  # our letterhead is not printed
    assert opened.paragraphs[0].text == sample_paper().title


def test_what_every_page_must_say_is_added_to_the_head_of_the_office():
    content = docx_bytes(decree(), DATED, office_file(first="KOP SURAT"))
    file = WordFile(content)
    heads = [file.xml(name) for name in file.parts if name.startswith("word/header")]
    assert {text_of(one) for one in heads} == {
        f"{own}DATA CONTOH: hasil simulasi, bukan keadaan sebenarnya"
        for own in ("KOP SURAT", "PEMERINTAH KABUPATEN CONTOH")
    }
    assert all(one.find(f".//{W}pict") is not None for one in heads)
    feet = [
        text_of(file.xml(name)) for name in file.parts if "footer" in name and ".rels" not in name
    ]
    assert len(feet) == 2
    assert all("acuan 31 Agustus 2026" in foot for foot in feet)


def test_a_landscape_annex_turns_the_sheet_of_the_office():
    sections = docx.Document(io.BytesIO(docx_bytes(decree(), DATED, office_file()))).sections
    assert [one.orientation for one in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert sections[1].page_width == sections[0].page_height
    assert sections[1].header.is_linked_to_previous


def test_a_caption_in_the_style_of_the_office_stays_with_its_table():
    written = WordFile(docx_bytes(decree(), DATED, office_file()))
    captions = [
        block
        for block in written.body.iter(f"{W}p")
        if text_of(block) in written.styled("Caption") and text_of(block).startswith("Tabel")
    ]
    assert captions
    assert all(block.find(f"{W}pPr/{W}keepNext") is not None for block in captions)


def test_the_same_letterhead_gives_the_same_bytes():
    base = office_file()
    assert docx_bytes(sample_paper(), DATED, base) == docx_bytes(sample_paper(), DATED, base)


def test_a_web_address_in_the_head_of_the_office_may_stay():
    base = changed(office_file(), related("hyperlink", "https://contoh.go.id/"))
    assert docx_bytes(sample_paper(), DATED, base)


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (b"", "bukan berkas Word"),
        (b"PK\x03\x04 rusak", "bukan berkas Word"),
        (b"{\\rtf1 kop}", "bukan berkas Word"),
        (office_file()[:4000], "bukan berkas Word"),
        (b"x" * (5 * 2**20 + 1), "terlalu besar"),
        (changed(office_file(), added={"word/vbaProject.bin": b"x"}), "program"),
        (changed(office_file(), added={"word/embeddings/a.xlsx": b"x"}), "program"),
        (changed(office_file(), {"[Content_Types].xml": [(b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", b"vnd.ms-word.document.macroEnabled.main+xml")]}), "program"),
        (changed(office_file(), {"[Content_Types].xml": [(b"document.main+xml", b"template.main+xml")]}), "bukan berkas Word"),
        (changed(office_file(), related("attachedTemplate", "http://127.0.0.1:9/a.dotm")), "memanggil"),
        (changed(office_file(), related("image", "file:///etc/hostname")), "memanggil"),
        (changed(office_file(), related("hyperlink", "javascript:alert(1)")), "memanggil"),
        (changed(office_file(), {"word/document.xml": [(b"<w:t>Isi lama</w:t>", b'<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE "http://127.0.0.1:9/x"</w:instrText>')]}), "memanggil"),
        (changed(office_file(), {"word/styles.xml": [(b"<w:styles", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:styles")]}), "rusak"),
        (changed(office_file(), {"word/document.xml": [(b"</w:body>", b"")]}), "rusak"),
        (changed(office_file(), {"word/_rels/document.xml.rels": [(b"styles.xml", b"nihil.xml")]}), "rusak"),
    ],
)  # fmt: skip
def test_a_letterhead_that_is_broken_or_would_do_something_is_refused(base, said):
    with pytest.raises(RunError, match=said):
        docx_bytes(sample_paper(), DATED, base)


def test_a_letterhead_that_unfolds_to_a_giant_is_refused():
    giant = io.BytesIO()
    with zipfile.ZipFile(giant, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\x00" * (41 * 2**20))
    with pytest.raises(RunError, match="terlalu besar"):
        docx_bytes(sample_paper(), DATED, giant.getvalue())
