"""One theme file per office: what it sets, what it leaves open, and everything wrong with it at once."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.display.palette import BASE, LIGHT, MAP_LIGHT
from ksd_toolkit.display.recolouring import recoloured
from ksd_toolkit.document import Style
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.publishing.fonts import FAMILIES
from ksd_toolkit.regions import find_region
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.theme import read_sources, read_theme
from ksd_toolkit.theme.colours import alike, contrast, difference, faint, followed
from ksd_toolkit.theme.crest import danger
from ksd_toolkit.theme.knowledge import allowed, base_colours
from ksd_toolkit.theme.reading import commented_theme
from tests.small_project import NAME, new_project

HEXES = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
SHIELD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def office(tmp_path):
    """A dossier whose theme file is written by the test; `put` lays a file beside it."""
    project = new_project(tmp_path)

    class Office:
        folder = project.folder.parent

        @property
        def dossier(self):
            return open_dossier(NAME, home=tmp_path)

        def put(self, name, content, folder=None):
            path = (folder or self.folder) / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            return path

        def theme(self, text):
            self.put("theme.toml", text)
            return read_theme(self.dossier)

        def problems(self, text):
            with pytest.raises(InputError) as refused:
                self.theme(text)
            return refused.value.problems

    return Office()


def codes(problems):
    return [problem.code.removeprefix("theme.") for problem in problems]


# --- without a file, and with one -------------------------------------------------------------


def test_without_a_file_the_dossier_and_the_kind_of_region_speak(office):
    theme = read_theme(office.dossier)
    assert theme.letterhead.government == "Pemerintah Kabupaten Hulu Sungai Selatan"
    assert theme.place == "Kandangan"
    assert theme.leader == "Bupati Hulu Sungai Selatan"
    assert {role: person.capacity for role, person in theme.signatories.items()} == {
        "leader": "Bupati Hulu Sungai Selatan",
        "chair": "Sekretaris Daerah selaku Ketua TKKSD",
        "secretary": "Sekretaris TKKSD",
    }
    assert {person.name for person in theme.signatories.values()} == {""}
    assert theme.sha256 == ""
    assert theme.style("formal") == Style("formal")


@pytest.mark.parametrize(
    ("region", "leader"),
    [("63.72", "Wali Kota Banjarbaru"), ("63", "Gubernur Kalimantan Selatan")],
)
def test_the_head_of_a_region_is_called_as_the_law_does(office, region, leader):
    settings = office.folder / "2026" / "dossier.toml"
    settings.write_text(settings.read_text().replace("63.06", region))
    assert find_region(region).code == region
    assert read_theme(office.dossier).leader == leader


def test_a_file_says_how_papers_look(office):
    office.put("lambang.svg", SHIELD)
    theme = office.theme(
        """
        [office]
        unit = " Bagian Kerja Sama "
        address = ["Jalan Contoh 1", "", "Kandangan"]
        crest = "lambang.svg"
        [paper]
        size = "F4"
        head_font = "DejaVu Sans"
        [numbers]
        berita-acara = "100/{blank}/TKKSD/{year}"
        [signatories.chair]
        name = "Contoh, S.Sos."
        """
    )
    assert theme.letterhead.unit == "Bagian Kerja Sama"
    assert theme.letterhead.address == ("Jalan Contoh 1", "Kandangan")
    assert theme.letterhead.crest == SHIELD
    assert theme.style("policy").paper == "F4"
    assert theme.style("policy").head_font == "DejaVu Sans"
    assert theme.style("policy").text_font == "Source Serif Pro"
    assert theme.numbers == {"berita-acara": "100/{blank}/TKKSD/{year}"}
    assert theme.signatories["chair"].name == "Contoh, S.Sos."
    assert theme.signatories["chair"].capacity == "Sekretaris Daerah selaku Ketua TKKSD"
    assert len(theme.sha256) == 64


def test_the_theme_of_a_period_goes_before_that_of_its_region(office):
    office.put("theme.toml", '[office]\nplace = "Rantau"')
    office.put("theme.toml", '[office]\nplace = "Loksado"', office.folder / "2026")
    assert read_theme(office.dossier).place == "Loksado"


def test_a_name_with_braces_or_tags_is_only_a_name(office):
    theme = office.theme('[office]\ngovernment = "<b>{x}</b> #eval(1)"')
    assert theme.letterhead.government == "<b>{x}</b> #eval(1)"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_commented_theme_sets_nothing(office, lang):
    dossier = open_dossier(NAME, home=office.folder.parents[1], lang=lang)
    blank = read_theme(dossier)
    office.put("theme.toml", commented_theme(dossier))
    kept = read_theme(dossier)
    assert (kept.letterhead, kept.signatories, kept.colours) == (
        blank.letterhead, blank.signatories, blank.colours,
    )  # fmt: skip
    lines = commented_theme(dossier).splitlines()
    asked = "\n".join(line.removeprefix("# ") if "= " in line else "" for line in lines)
    assert "berita-acara" in asked


# --- everything wrong at once ------------------------------------------------------------------


def test_every_problem_is_told_at_once_with_its_place(office):
    problems = office.problems(
        """
        warna = 1
        [office]
        crst = "x.svg"
        place = 7
        [paper]
        size = "A5"
        text_font = "Comic Sans"
        [colours]
        teal = "blue"
        tael = "#000000"
        [numbers]
        sk = "1/{month}"
        berita-acara = "{year.real}"
        [signatories.boss]
        name = "x"
        """
    )
    assert sorted(codes(problems)) == sorted(
        [
            "unknown_key", "unknown_key", "kind", "choice", "choice", "colour", "unknown_key",
            "number", "number", "unknown_key",
        ]
    )  # fmt: skip
    told = "\n".join(problem.sentence("en") for problem in problems)
    assert "theme.toml [office:crst]" in told
    assert "crest" in told
    assert "teal" in told
    assert all(problem.sentence("id") != problem.sentence("en") for problem in problems)


def test_the_error_itself_tells_all_of_it(office):
    office.put("theme.toml", "[paper]\nsize = 1\ntext_font = 2")
    with pytest.raises(InputError) as refused:
        read_theme(office.dossier)
    sentence = refused.value.sentence("id")
    assert "2026" not in sentence
    assert sentence.count("theme.toml [paper:") == 2


def test_a_file_that_is_no_toml_says_where(office):
    [problem] = office.problems("[office\nunit = ")
    assert "baris 1" in problem.sentence("id")
    assert "line 1" in problem.sentence("en")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tidak-ada.svg", None, "no_file"),
        ("../../luar.svg", SHIELD, "outside"),
        ("gambar.jpg", b"\xff\xd8\xff", "crest_kind"),
        ("besar.svg", b" " * 1_000_001, "large"),
        ("buruk.svg", SHIELD.replace("<path", "<script/><path"), "crest_unsafe"),
        ("rusak.svg", "<svg", "crest_unsafe"),
    ],
)
def test_a_crest_that_cannot_be_used_is_refused(office, name, content, code):
    if content is not None:
        office.put(name, content)
    assert codes(office.problems(f'[office]\ncrest = "{name}"')) == [code]


def test_a_link_that_leads_out_of_the_folder_is_outside(office, tmp_path):
    secret = tmp_path / "rahasia.svg"
    secret.write_text(SHIELD)
    (office.folder / "lambang.svg").symlink_to(secret)
    assert codes(office.problems('[office]\ncrest = "lambang.svg"')) == ["outside"]


def test_a_png_becomes_an_address(office):
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\1\0\0\0\1" + b"\x08\x06\0\0\0"
    office.put("lambang.png", png)
    theme = office.theme('[office]\ncrest = "lambang.png"')
    assert theme.letterhead.crest.startswith("data:image/png;base64,iVBORw0KGgo")


def test_a_letterhead_has_to_be_a_word_document(office):
    office.put("kop.docx", b"no archive")
    assert codes(office.problems('[office]\nletterhead = "kop.docx"')) == ["letterhead_kind"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<foreignObject/>",
        "<image href='data:image/png;base64,AA'/>",
        "<path d='M0 0' onload='1'/>",
        "<use href='http://127.0.0.1/x.svg#a'/>",
        "<use xlink:href='lain.svg#a' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<style>@import 'x.css'</style>",
        "<style>path{fill:url(http://127.0.0.1/)}</style>",
        "<style>@\\69mport 'x'</style>",
        "<path style='fill:url(x.svg#a)'/>",
        "<a href='javascript:1'/>",
        "<animate/>",
        "<set/>",
        "<?xml-stylesheet href='x.css'?>",
        "<g xml:base='http://127.0.0.1/'/>",
        "<g>" * 80 + "</g>" * 80,
        "<use href='#a'/>" * 20,
        "&x;",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_found_out(inside):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert danger(svg.encode())


def test_document_types_and_entities_are_found_out():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    assert danger(bomb.encode()) == "<!DOCTYPE>"
    assert danger(b"") != ""
    assert danger(b"<html/>") == "<html>"


def test_a_plain_drawing_is_harmless():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="a"/></defs>'
        '<style>path{fill:url(#a)}</style><path id="b" fill="url(#a)"/><use href="#b"/></svg>'
    )
    assert danger(drawn.encode()) == ""


# --- colours ------------------------------------------------------------------------------------


def test_contrast_and_difference_by_hand():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known near miss
    for vision in ("protan", "deutan", "tritan"):
        assert difference("#000000", "#ffffff", vision) == pytest.approx(100, abs=0.1)
        assert difference("#336699", "#336699", vision) == 0


def test_red_and_green_of_one_lightness_are_one_colour_for_a_deuteranope():
    red, green = "#b05a3c", "#7a7a3c"
    assert difference(red, green, "deutan") < 15 < difference(red, green, "tritan")


@given(HEXES, HEXES)
def test_contrast_has_no_direction(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


def test_the_table_of_colours_is_the_palette():
    assert base_colours() == BASE
    assert set(allowed()["fonts"]) == set(FAMILIES)


def test_our_own_palette_passes_its_own_test():
    assert list(faint(base_colours())) == []
    assert list(alike(base_colours())) == []


def test_faint_text_and_colours_that_look_alike_are_told(office):
    problems = office.problems('[colours]\nteal = "#9ad0d5"\naccent = "#8a5a2b"\ngreen = "#57682b"')
    assert {"contrast", "alike"} == set(codes(problems))
    assert any("4.5" in problem.sentence("id") for problem in problems)


def test_what_is_left_open_follows_the_hue_that_was_chosen(office):
    theme = office.theme('[colours]\nteal = "#1F3F7A"')
    assert theme.colours["teal"] == "#1f3f7a"
    assert set(theme.colours) == {"teal", *allowed()["colours"]["teal"]["with"]}
    red, _, blue = (int(theme.colours["map_class_3"][at : at + 2], 16) for at in (1, 3, 5))
    assert blue > red  # blue now, where it was teal


@given(HEXES)
def test_a_colour_that_follows_can_always_be_shown(chosen):
    assert all(len(value) == 7 for value in followed({"teal": chosen}).values())
    assert followed({"teal": LIGHT["teal"]})["map_class_3"] == MAP_LIGHT["map_class_3"]


def test_a_drawing_takes_the_colours_of_the_theme():
    svg = f'<path fill="{LIGHT["teal"]}"/><path fill="#5AA5A8"/><path fill="#123456"/>'
    style = Style(colours=(("teal", "#a8481a"), ("accent", "#0b4f57"), ("map_class_3", "#010203")))
    # Each colour is exchanged once: a new teal that is the old accent is not exchanged again.
    assert recoloured(svg, style) == (
        '<path fill="#a8481a"/><path fill="#010203"/><path fill="#123456"/>'
    )
    assert recoloured(svg, Style()) == svg


# --- the office's own sources --------------------------------------------------------------------


def test_the_offices_own_sources_are_found_by_key(office):
    assert read_sources(office.dossier).works == {}
    office.put("sumber.toml", '["BPS 2024"]\nauthor = "BPS"\nyear = 2024\ntitle = "Angka"')
    found = read_sources(office.dossier).find("BPS 2024")
    assert found.citation == "BPS (2024). Angka."
    assert found.footnote("id").endswith("belum diverifikasi")


def test_every_problem_of_the_sources_is_told_at_once(office):
    office.put(
        "sumber.toml",
        '["UU 23/2014 363(1)"]\nauthor = "a"\nyear = 1\ntitle = "t"\n[b]\nauthor = ""\nurl = "x"\n'
        '["c;d"]\nauthor = "a"\nyear = 1\ntitle = "t"\nverifed = true',
    )
    with pytest.raises(InputError) as refused:
        read_sources(office.dossier)
    found = [(problem.code, problem.facts.get("field")) for problem in refused.value.problems]
    assert found == [
        ("source.key", None), ("source.field", "author"), ("source.field", "year"),
        ("source.field", "title"), ("source.field", "url"), ("source.key", None),
        ("source.field", "verifed"),
    ]  # fmt: skip


def test_the_sample_office_has_a_theme_without_people():
    root = Path(__file__).parents[1]
    file = root / "data" / "hulu-sungai-selatan" / "theme.toml"
    people = tomllib.loads(file.read_text(encoding="utf-8"))["signatories"]
    assert all(not person.get("name") and not person.get("number") for person in people.values())
    theme = read_theme(open_dossier(NAME, home=root))
    assert theme.letterhead.crest == ""
    assert theme.leader == "Bupati Hulu Sungai Selatan"


def test_a_number_may_be_set_for_every_formal_paper():
    assert {paper.name for paper in FORMAL_PAPERS} == set(allowed()["numbers"]["papers"])
