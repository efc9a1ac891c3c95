"""Templates of formal papers: what an office may write, and what is refused with file and line."""

import dataclasses
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import (
    Annex,
    Callout,
    Clauses,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Particulars,
    References,
    Run,
    Table,
    plain_text,
    refer,
    strong,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import (
    read_template,
    template_names,
    template_of,
    template_shelves,
)
from ksd_toolkit.publishing.template_syntax import WORD, Choice, Frame, Line, Place, walk

FRONT = FrontMatter(Letterhead("Pemerintah Contoh", "TKKSD"), "Kandangan, 31 Agustus 2026")


@pytest.fixture
def written(tmp_path):
    """A template from its text."""

    def write(text):
        path = tmp_path / "uji.md"
        path.write_text(text, encoding="utf-8")
        return template_of("uji", "uji.md", path)

    return write


def paper(template, *conditions, possible=(), words=None, blocks=None):
    facts = PaperFacts(words or {}, blocks or {}, frozenset(conditions), frozenset(possible))
    return fill(template, facts, FRONT)


def texts(document):
    return [plain_text(b.text) for b in document.blocks if isinstance(b, Paragraph | Heading)]


# --- what a template may say -----------------------------------------------------------------


def test_words_stand_inside_sentences_in_the_emphasis_around_them(written):
    document = paper(
        written("# Judul {tahun}\n\n*Tentang {hal}*\n\n## Isi\n\nAda **{n} usulan** di {tempat}."),
        words={"tahun": "2026", "hal": "KSD", "n": "12", "tempat": (strong("Kandangan"),)},
    )
    assert document.title == "Judul 2026"
    assert document.subtitle == "Tentang KSD"
    heading, paragraph = document.blocks
    assert heading == Heading(1, (Run("Isi"),))
    assert paragraph.text == (
        Run("Ada "),
        Run("12", "strong"),
        Run(" usulan", "strong"),
        Run(" di "),
        Run("Kandangan", "strong"),
        Run("."),
    )


def test_blocks_stand_where_their_line_stands(written):
    table = Table("T", (), ())
    document = paper(
        written("# J\n\nSatu.\n\n{{daftar}}\n\nDua.\n\n{{references}}"),
        blocks={"daftar": (table, Paragraph((Run("Di antara."),)))},
    )
    assert [block.kind for block in document.blocks] == [
        "paragraph", "table", "paragraph", "paragraph", "references",
    ]  # fmt: skip
    assert isinstance(document.blocks[-1], References)


def test_conditions_choose_and_may_stand_inside_a_list_or_each_other(written):
    template = written(
        "# J\n\n1. satu\n:::if pleno\n2. dua\n:::if not sah\n3. tiga\n:::end\n:::end\n4. empat\n"
    )

    def items(*conditions):
        (block,) = paper(template, *conditions).blocks
        return [plain_text(item) for item in block.items]

    assert items() == ["satu", "empat"]
    assert items("pleno") == ["satu", "dua", "tiga", "empat"]
    assert items("pleno", "sah") == ["satu", "dua", "empat"]


def test_what_blank_words_leave_empty_falls_away(written):
    document = paper(
        written("# J\n\n{kosong}\n\n- {kosong}\n- ada\n\n## {kosong}\n\n**{kosong}**"),
        words={"kosong": ""},
    )
    assert document.blocks == (Items(((Run("ada"),),)),)


def test_a_cross_reference_is_a_word(written):
    document = paper(
        written("# J\n\nLihat {tabel}.\n\n{tabel}"), words={"tabel": (refer("urutan"),)}
    )
    first, second = document.blocks
    assert first.text[1].refers == second.text[0].refers == "urutan"


def test_frames_become_formal_blocks(written):
    document = paper(
        written(
            "# J\n\n:::clauses\n## Menimbang\n- bahwa {a};\n- bahwa b;\n\n## Mengingat\n1. UU;\n\n"
            "## KESATU\nMenetapkan.\n\n## KOSONG\n:::end\n\n"
            ":::particulars\n- Hari: {a}\n- Waktu: 09:00 WITA\n- Nomor:\n:::end\n\n"
            ":::annex landscape\n## LAMPIRAN I\nDaftar {a}\n\n- Keputusan\n- Nomor\n:::end\n\n"
            ":::note Catatan {a}\nSatu.\n\nDua.\n:::end\n\n:::warning\n- x\n:::end\n"
        ),
        words={"a": "Senin: libur"},
    )
    clauses, particulars, annex, note, warning = document.blocks
    assert isinstance(clauses, Clauses)
    assert [(c.label, c.marker, [plain_text(i) for i in c.items]) for c in clauses.entries] == [
        ("Menimbang", "letter", ["bahwa Senin: libur;", "bahwa b;"]),
        ("Mengingat", "number", ["UU;"]),
        ("KESATU", "none", ["Menetapkan."]),
    ]
    assert isinstance(particulars, Particulars)
    assert [(name, plain_text(text)) for name, text in particulars.entries] == [
        ("Hari", "Senin: libur"),
        ("Waktu", "09:00 WITA"),
        ("Nomor", ""),
    ]
    assert annex == Annex("LAMPIRAN I", "Daftar Senin: libur", ("Keputusan", "Nomor"), True)
    assert note == Callout("Catatan Senin: libur", ((Run("Satu."),), (Run("Dua."),)), "info")
    assert (warning.tone, warning.listed) == ("warning", True)


def test_the_front_block_says_how_the_paper_looks(written):
    text = "---\nlayout: policy\nwatermark: {tanda}\ncontents: yes\ndated: no\n---\n# J\n\nAwal."
    document = paper(written(text), words={"tanda": "RANCANGAN"})
    assert (document.style.layout, document.watermark, document.contents) == (
        "policy", "RANCANGAN", True,
    )  # fmt: skip
    assert document.place_and_date == ""
    assert document.blocks[0].lead


def test_a_formal_paper_is_what_a_template_makes_by_default(written):
    document = paper(written("# J\n\nAwal."))
    assert (document.style.layout, document.watermark, document.contents) == ("formal", "", False)
    assert document.place_and_date == FRONT.place_and_date
    assert not document.blocks[0].lead


def test_an_office_may_bring_its_own(project):
    own = project.folder / "templates" / "sk.id.md"
    own.parent.mkdir()
    own.write_text("# Keputusan kami\n", encoding="utf-8")
    assert read_template("sk", project.dossier).file == "templates/sk.id.md"
    assert read_template("sk", project.dossier.in_language("en")).file == "templates/en/sk.md"


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\nlayout: formal\n# J", "front_open", 1),
        ("---\nlayout formal\n---\n# J", "front_line", 2),
        ("---\n\nwarna: merah\n---\n# J", "front_unknown", 3),
        ("---\nlayout: indah\n---\n# J", "front_value", 2),
        ("---\nwatermark: {tanpa}\n---\n# J", "word_unknown", 2),
        ("---\nlayout: formal\n---\n# J\n\nAda {tempta}.", "word_unknown", 6),
        ("# J\n:::if pleno\nAda {tempta}.\n:::end", "word_unknown", 3),
        ("# J\n\n:::note {tempta}\n:::end", "word_unknown", 3),
        ("# J\n\n{{dafter}}", "block_unknown", 3),
        ("# J\n\nAda {{daftar}} di sini.", "alone", 3),
        ("# J\n:::if plenno\n:::end", "condition_unknown", 2),
        ("# J\n\n:::if pleno\nx", "open", 3),
        ("# J\n:::if pleno\n:::note\n:::end\n", "open", 2),
        ("# J\n:::end", "end_alone", 2),
        ("# J\n:::kotak\n:::end", "steering", 2),
        ("# J\n:::if\n:::end", "steering", 2),
        ("# J\n:::if a b\n:::end", "steering", 2),
        ("# J\n:::clauses\nTanpa diktum.\n:::end", "frame_clauses", 2),
        ("# J\n:::clauses\n## KESATU\n> kutipan\n:::end", "frame_clauses", 2),
        ("# J\n:::particulars\n- tanpa titik dua\n:::end", "frame_particulars", 2),
        ("# J\n:::annex\nTanpa label\n:::end", "frame_annex", 2),
        ("# J\n:::annex miring\n## L\nJudul\n:::end", "frame_annex", 2),
        ("# J\n:::note\n## Judul\n:::end", "frame_note", 2),
        ("# J\n:::warning\n{{daftar}}\n:::end", "frame_warning", 2),
        ("Tanpa judul.", "no_title", 0),
    ],
)
def test_a_mistake_ends_in_one_sentence_with_file_and_line(written, text, code, line):
    with pytest.raises(RunError) as caught:
        paper(
            written(text),
            "pleno",
            possible={"pleno"},
            words={"tempat": "Kandangan"},
            blocks={"daftar": (Table("", (), ()),)},
        )
    assert caught.value.code == f"template.{code}"
    for lang in ("id", "en"):
        said = caught.value.sentence(lang)
        assert "uji.md" in said
        assert not line or f" {line}:" in said


def test_a_misspelt_name_is_answered_with_the_one_meant_and_all_there_are(written):
    with pytest.raises(RunError) as caught:
        paper(written("# J\n{tempta}"), words={"tempat": "", "nomor": ""})
    assert "{tempta}" in caught.value.sentence("id")
    assert "tempat. Yang ada: nomor, tempat." in caught.value.sentence("id")


def test_a_template_nobody_wrote(project):
    with pytest.raises(RunError) as caught:
        read_template("surat-cinta", project.dossier)
    assert caught.value.code == "template.unknown"


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "rusak.md"
    path.write_bytes(b"\xff\xfe\x00#")
    with pytest.raises(RunError) as caught:
        template_of("rusak", "rusak.md", path)
    assert caught.value.code == "template.unreadable"


# --- what comes from people ------------------------------------------------------------------

HOSTILE = st.text(
    st.sampled_from("{}[]()*_`#:<>&|@!-\n\\'\"/ =" + string.ascii_letters), max_size=40
)


@given(HOSTILE)
def test_a_word_is_never_markup_a_place_or_a_condition(value):
    template_text = ["# J {x}", "", "Satu **{x}** dua.", "", "- {x}.", "", "|a|", "|-|", "|{x}|"]
    template = dataclasses.replace(_blank(), parts=tuple(map(Line, range(9), template_text)))
    document = paper(template, words={"x": value})
    assert document.title == f"J {value}"
    paragraph, items, table = document.blocks
    assert plain_text(paragraph.text) == f"Satu {value} dua."
    assert [run.emphasis for run in paragraph.text if run.text == value] in ([], ["strong"])
    assert plain_text(items.items[0]) == f"{value}."
    assert table.rows == ((value,),)


def _blank():
    from ksd_toolkit.publishing.template_reading import Template

    return Template("uji", "uji.md", (), ())


# --- the templates of the toolkit ------------------------------------------------------------

SHELF = template_shelves()[0]
NAMES = sorted({path.name for path in SHELF.glob("*/*.md")})


def outline(lang, name):
    """Everything of a template that is not prose, in order: places, words, conditions, frames, headings."""
    template = template_of(name, name, SHELF / lang / name)
    found = [
        (line.key, bool(line.value) if line.key == "watermark" else line.value)
        for line in template.front
    ]
    for part in walk(template.parts):
        match part:
            case Line():
                found += [("word", word) for word in sorted(WORD.findall(part.text))]
                found += [("heading", part.text.split()[0])] if part.text.startswith("#") else []
            case Place():
                found.append(("place", part.name))
            case Choice():
                found.append(("if", part.name, part.wanted))
            case Frame():
                found.append((part.kind, part.title if part.kind == "annex" else ""))
    return found


def test_both_languages_have_the_same_templates():
    assert template_names("id") == template_names("en")
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_the_same_in_both_languages(name):
    ours, theirs = outline("id", name), outline("en", name)
    assert sorted(map(str, ours)) == sorted(map(str, theirs))
    assert [part for part in ours if part[0] != "word"] == [p for p in theirs if p[0] != "word"]


def test_every_unknown_name_of_a_template_is_told_at_once(written):
    template = written(
        "---\nlayuot: formal\n---\n# Judul {wilayh}\n\n{{tabel}}\n\n:::if ada\nx\n:::end\n"
    )
    with pytest.raises(RunError) as refused:
        paper(template, possible=("held",), words={"wilayah": "x"}, blocks={"daftar": ()})
    assert refused.value.code == "template.faults"
    for lang in ("id", "en"):
        told = refused.value.sentence(lang)
        assert all(name in told for name in ("layuot", "wilayh", "tabel", '"ada"'))


def test_a_template_that_is_a_folder_is_told_in_the_readers_language(tmp_path):
    (tmp_path / "uji.md").mkdir()
    with pytest.raises(RunError) as refused:
        template_of("uji", "uji.md", tmp_path / "uji.md")
    assert "folder" in refused.value.sentence("id")
    assert "Is a directory" not in refused.value.sentence("id")
