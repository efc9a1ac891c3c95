"""What is no region data is refused in words about region data, before it is read to its end."""

import pytest

from ksd_toolkit.atlas import Asked, Balance, bring, first_look
from ksd_toolkit.atlas.file_reading import open_file
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.errors import Problem

HTML = b"<!DOCTYPE html><html><body><table><tr><td>code</td></tr></table></body></html>"
RUBBISH = bytes(range(256)) * 20
LINE = b"63.06,ipm,2021,69.21\n"
HEADING = b"code,indicator,year,value\n"


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", HTML, "atlas.web_page"),
        ("a.xlsx", HTML, "atlas.web_page"),
        ("a.parquet", HTML, "atlas.web_page"),
        ("a.geojson", HTML, "atlas.web_page"),
        ("a.csv", RUBBISH, "atlas.no_table"),
        ("a.xlsx", RUBBISH, "atlas.no_table"),
        ("a.parquet", RUBBISH, "atlas.not_parquet"),
        ("a.geojson", RUBBISH, "atlas.not_geojson"),
        ("a.json", b"code\n", "atlas.not_geojson"),
        ("a.parquet", b"PAR1" + RUBBISH, "atlas.map_damaged"),
        ("a.parquet", b"PAR1", "atlas.map_damaged"),
        ("a.csv", b"", "atlas.no_rows"),
        ("a.csv", b"%PDF-1.4", "atlas.other_kind"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "atlas.locked"),
        ("a.xlsx", b"PK\3\4" + RUBBISH, "atlas.no_table"),
        ("a.csv", b"a,b\n1,2\n", "atlas.headings"),
    ],
)
def test_a_refusal_speaks_of_region_data(tmp_path, name, content, code):
    (told,) = bring(tmp_path, [put(tmp_path, name, content)]).problems
    assert told.code == code
    for lang in ("id", "en"):
        sentence = f"{told.text(lang)} {told.remedy(lang)}".casefold()
        assert not any(
            word in sentence for word in ("kuesioner", "questionnaire", "tkksd", "kirim")
        )


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.geojson", "a"])
def test_what_a_file_holds_decides_and_not_its_name(tmp_path, name):
    path = put(tmp_path, name, HEADING + LINE)
    assert bring(tmp_path, [path]).balance == Balance(accepted=1)


LONG = LINE * (facts_of("reading")["first_bytes"] // len(LINE) + 9)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LONG, "atlas.headings"),
        (RUBBISH * 60, "atlas.no_table"),
        (LONG.replace(b"\n", b" "), "atlas.no_table"),
        (LONG.replace(b"\n", b"\r"), "atlas.headings"),
    ],
)
def test_a_long_file_without_a_heading_is_not_read_to_its_end(tmp_path, monkeypatch, content, code):
    def never(path, name):
        raise AssertionError(name)

    monkeypatch.setattr("ksd_toolkit.atlas.file_reading.read_grids", never)
    found = open_file(put(tmp_path, "a.csv", content))
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("above", [0, 9])
def test_a_long_table_is_read_whatever_its_letters_and_line_ends(tmp_path, encoding, end, above):
    """A year in each row of its own; the last row lies beyond what is looked at first."""
    years = range(1950, 2100)
    rows = [f"63.06,{name},{year},69.21" for year in years for name in ("ipm", "uhh")]
    blank = "," * 3 + "x" * 900  # so that the first rows alone fill more than the first look
    text = end.join([*["Judul"] * above, "code,indicator,year,value,note", *rows])
    text = text.replace("69.21", "69.21," + blank.strip(",")) + end
    path = put(tmp_path, "a.csv", text.encode(encoding))
    assert path.stat().st_size > facts_of("reading")["first_bytes"]
    assert first_look.early_refusal(path) is None
    assert bring(tmp_path, [path], Asked()).balance == Balance(accepted=len(rows))
