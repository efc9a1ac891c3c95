"""Tables as offices write them: every figure is found again among accepted, set aside, duplicate and blank."""

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.atlas import Asked, Balance, atlas_status, bring, read_atlas, remove, suspicions
from ksd_toolkit.regions import parties

HEADING = "kode,indikator,tahun,nilai\n"


def brought(folder, text, name="t.csv", **asked):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring(folder, [path], Asked(**asked))


def told(found):
    return [(p.code, p.where.cell) for p in found.problems]


def values(folder):
    rows = read_atlas(folder).indicators
    return dict(zip(rows["indicator"], rows["value"], strict=True))


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("69.21", 69.21),
        ("69,21", 69.21),
        ("1.234.567,8", 1_234_567.8),
        ("12 345", 12_345.0),
        ("12,5 %", 12.5),
        ("-3,5", -3.5),
        ("2,5 juta", 2_500_000.0),
        ("0", 0.0),
    ],
)
def test_a_number_is_read_as_indonesians_or_programs_write_it(tmp_path, written, value):
    found = brought(tmp_path, f"kode;indikator;tahun;nilai\n63.06;x;2021;{written}\n")
    assert found.balance == Balance(accepted=1)
    assert values(tmp_path) == {"x": value}


@pytest.mark.parametrize(
    "written",
    ["lima", "5-10", "> 3", "1e5", "inf", "-inf", "9" * 400, "#DIV/0!", "2021-01-01", "=1+1"],
)
def test_what_is_no_number_is_set_aside_at_its_cell(tmp_path, written):
    found = brought(tmp_path, f"kode;indikator;tahun;nilai\n63.06;x;2021;{written}\n")
    assert found.balance == Balance(quarantined=1)
    assert told(found) == [("atlas.value", "D2")]


@pytest.mark.parametrize("written", ["", "-", "\u2013", "...", "n/a", "NaN", "NULL", "  "])
def test_a_mark_for_nothing_is_blank_and_not_zero(tmp_path, written):
    found = brought(tmp_path, f"kode;indikator;tahun;nilai\n63.06;x;2021;{written}\n")
    assert found.balance == Balance(blank=1)
    assert found.problems == ()


def test_a_point_that_may_be_thousands_is_told_unless_the_column_writes_decimals_so(tmp_path):
    doubtful = brought(tmp_path, HEADING + "63.06,x,2021,1.234\n63.05,x,2021,2.345\n")
    (remark,) = [p for p in doubtful.problems if p.code == "atlas.thousands_dot"]
    assert (remark.where.cell, remark.facts["meant"], remark.facts["n"]) == ("D2", "1234", 2)
    sure = brought(tmp_path, HEADING + "63.06,y,2021,1.234\n63.05,y,2021,2.3\n63.04,y,2021,2.45\n")
    assert "atlas.thousands_dot" not in [p.code for p in sure.problems]
    atlas = read_atlas(tmp_path)
    assert atlas.latest("y").loc["63.06", "value"] == 1.234


def test_a_decimal_comma_between_commas_never_becomes_another_number(tmp_path):
    found = brought(tmp_path, HEADING + "63.06,x,2021,69,21\n63.05,x,2021,70\n")
    assert found.balance == Balance(accepted=1, quarantined=1)
    assert told(found)[0] == ("atlas.row_long", "A2")


# --- years, indicators, sources ------------------------------------------------------------------


@pytest.mark.parametrize(
    "year", ["21", "20211", "2021-S1", "1899", "9999", "\u0662\u0660\u0662\u0661", "\u00b2021"]
)
def test_a_year_that_is_none_is_set_aside(tmp_path, year):
    found = brought(tmp_path, HEADING + f"63.06,x,{year},1\n")
    assert told(found) == [("atlas.year", "C2")]


def test_a_blank_year_is_the_one_that_was_named(tmp_path):
    text = HEADING + "63.06,x,,1\n63.05,x,2020.0,2\n"
    assert told(brought(tmp_path, text)) == [("atlas.year", "C2"), ("atlas.unknown_indicator", "")]
    brought(tmp_path, text, year=2021)
    assert read_atlas(tmp_path).latest("x")["year"].to_dict() == {"63.05": 2020, "63.06": 2021}


def test_an_indicator_has_one_code_however_it_is_written(tmp_path):
    found = brought(
        tmp_path,
        HEADING
        + "63.06,P0 Miskin,2021,4.5\n63.05,p0_miskin,2021,3.2\n63.04,Jumlah Penduduk,2021,7\n63.03,???,2021,1\n",
    )
    assert sorted(set(read_atlas(tmp_path).indicators["indicator"])) == ["p0_miskin", "penduduk"]
    assert ("atlas.indicator", "B5") in told(found)


def test_an_indicator_nobody_knows_is_kept_and_told_with_the_one_it_resembles(tmp_path):
    found = brought(tmp_path, HEADING + "63.06,stuntng,2021,20\n63.06,curah_hujan,2021,2000\n")
    assert found.balance == Balance(accepted=2)
    (remark,) = found.problems
    assert "stuntng (mungkin maksudnya stunting)" in remark.text()
    assert "stuntng (perhaps stunting is meant)" in remark.text("en")
    assert "curah_hujan" in remark.text()


def test_a_source_is_what_the_row_says_else_what_was_named_else_the_file(tmp_path):
    brought(tmp_path, "kode,indikator,tahun,nilai,sumber\n63.06,x,2021,1,BPS\n63.05,x,2021,2,\n")
    assert sorted(read_atlas(tmp_path).indicators["source"]) == ["BPS", "t.csv"]
    both = "kode,indikator,tahun,nilai,sumber\n63.04,x,2021,1,\n63.03,x,2021,1,BPS\n"
    brought(tmp_path, both, "u.csv", source="Dinas")
    assert read_atlas(tmp_path).latest("x").loc["63.03", "source"] == "BPS"
    assert read_atlas(tmp_path).latest("x").loc["63.04", "source"] == "Dinas"


def test_the_unit_comes_from_the_list_of_indicators_where_the_row_has_none(tmp_path):
    brought(tmp_path, "kode,indikator,tahun,nilai,satuan\n63.06,x,2021,1,\n63.05,x,2021,2,jiwa\n")
    found = brought(tmp_path, "indicator,title,unit,year,direction\nx,Sesuatu,orang,,+\n", "m.csv")
    assert found.balance == Balance(accepted=1)
    units = read_atlas(tmp_path).latest("x")["unit"].to_dict()
    assert units == {"63.05": "jiwa", "63.06": "orang"}
    assert "atlas.units_differ" in [p.code for p in found.problems]
    again = brought(tmp_path, HEADING + "63.01,y,2021,1\n", "z.csv")
    assert [p.code for p in again.earlier] == ["atlas.units_differ"]
    assert [p.code for p in suspicions(read_atlas(tmp_path))] == ["atlas.units_differ"]


# --- other tables ------------------------------------------------------------------------------


SOURCED = "kode,indikator,tahun,nilai,source_id\n63.06,ipm,2021,70,S2\n63.05,ipm,2021,71,S9\n"
NAMES = "indikator,judul,source_id,sumber\nipm,IPM,S2,BPS 2021\nuhh,UHH,S9,\n"


@pytest.mark.parametrize("names_first", [True, False])
def test_a_source_is_called_what_the_list_of_indicators_calls_it(tmp_path, names_first):
    files = [("t.csv", SOURCED), ("arti.csv", NAMES)]
    for name, text in reversed(files) if names_first else files:
        brought(tmp_path, text, name)
    rows = read_atlas(tmp_path).indicators
    assert dict(zip(rows["code"], rows["source"], strict=True)) == {
        "63.06": "BPS 2021",
        "63.05": "S9",  # nobody named it
    }
    assert "BPS 2021" in atlas_status(tmp_path).indicators["sources"].item()
    newer = "kode,indikator,tahun,nilai,sumber\n63.06,ipm,2021,70.5,BPS 2021\n"
    assert brought(tmp_path, newer, "baru.csv").files[0].replaced == 1  # the same source
    remove(tmp_path, "arti.csv")
    assert set(read_atlas(tmp_path).indicators["source"]) == {"S2", "S9", "BPS 2021"}


def test_a_source_that_is_called_two_names_keeps_its_own(tmp_path):
    brought(tmp_path, NAMES + "p0,P0,S2,BPS 2022\n", "arti.csv")
    brought(tmp_path, SOURCED)
    assert set(read_atlas(tmp_path).indicators["source"]) == {"S2", "S9"}


def test_rows_of_the_list_of_indicators_that_say_nothing_are_set_aside(tmp_path):
    text = "indicator,title,unit,year\nipm,IPM,indeks,2021\n???,x,y,2021\nuhh,UHH,tahun,dua\n,,,\nipm,IPM,indeks,2021\n"
    found = brought(tmp_path, text)
    assert found.balance == Balance(accepted=1, quarantined=2, duplicate=1, blank=1)
    assert told(found) == [("atlas.meta_row", "A3"), ("atlas.meta_row", "A4")]


def test_a_crosswalk_pairs_each_code_with_one(tmp_path):
    text = "code,bps_code,population\n63.06,6306,230000\n63.05,6305,x\n63.05,6307,\n63.07,6306,\n6308,6308,\n63.09,,\n63.06,6306,230000\n"
    found = brought(tmp_path, text)
    assert found.balance == Balance(accepted=3, quarantined=2, duplicate=1, blank=1)
    assert told(found) == [("atlas.crosswalk_two", "A4"), ("atlas.crosswalk_two", "A5")]
    rows = read_atlas(tmp_path).crosswalk.set_index("code")
    assert rows["bps_code"].to_dict() == {"63.05": "6305", "63.06": "6306", "63.08": "6308"}
    assert rows["population"].isna().to_dict() == {"63.05": True, "63.06": False, "63.08": True}


def test_a_wide_table_tells_what_it_does_not_read(tmp_path):
    text = "Data IPM 2021;;;\n;;;\nkode;nama;ipm;ipm;keterangan lain\n63.06;Kabupaten Hulu Sungai Selatan;69,2;1;baik\n"
    found = brought(tmp_path, text, year=2021)
    assert found.balance == Balance(accepted=1)
    assert told(found) == [("atlas.heading_twice", "D3"), ("atlas.columns_unused", "")]
    assert read_atlas(tmp_path).indicators["place"].tolist() == ["t.csv:4"]


def test_a_workbook_is_read_like_a_csv_and_codes_it_stored_as_numbers_are_noticed(tmp_path):
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, other = book.add_worksheet("Angka"), book.add_worksheet("Lain")
        for number, row in enumerate(
            [
                ["kode", "indikator", "tahun", "nilai"],
                ["63.06", "x", 2021, 69.25],
                [63.05, "x", 2021, 70],
                [63.1, "x", 2021, 71],
                [6307, "x", 2021, 72],
                [None, None, None, None],
                ["63.08", "x", 2021, "73,5"],
            ]
        ):
            sheet.write_row(number, 0, row)
        other.write_row(0, 0, ["kode", "ipm"])
        other.write_row(1, 0, ["63.01", 70])
    found = bring(tmp_path, [path])
    assert found.balance == Balance(accepted=3, quarantined=2, blank=1)
    errors = [
        (p.code, p.where.sheet, p.where.cell) for p in found.problems if p.severity == "error"
    ]
    assert errors == [("atlas.code_cut", "Angka", "A4"), ("atlas.code_system", "Angka", "A5")]
    assert "atlas.sheet_unread" in [p.code for p in found.problems]
    assert read_atlas(tmp_path).latest("x")["value"].to_dict() == {
        "63.05": 70.0,
        "63.06": 69.25,
        "63.08": 73.5,
    }


@pytest.mark.parametrize(
    "text",
    [
        "kode,indikator,tahun,jumlah\n63.06,ipm,2021,69\n63.06,uhh,2021,70\n",
        "kode,tahun,nilai\n63.06,2021,69\n",
        "no,kode,nama\n1,63.06,Kabupaten Hulu Sungai Selatan\n",
    ],
)
def test_a_table_that_lacks_a_column_is_refused_with_the_columns_it_needs(tmp_path, text):
    found = brought(tmp_path, text)
    assert told(found) == [("atlas.headings", "")]
    assert "indicator" in found.problems[0].remedy()


@pytest.mark.parametrize("text", [HEADING, "indicator,title\n", "code,bps_code\n"])
def test_a_table_without_a_row_says_so(tmp_path, text):
    found = brought(tmp_path, text)
    assert (told(found), found.balance) == ([("atlas.no_rows", "")], Balance())


def test_a_table_beyond_measure_is_refused(tmp_path):
    heading = ",".join(["kode", *(f"x{n}" for n in range(1_100))])
    row = ",".join(["63.06", *["1"] * 1_100])
    found = brought(tmp_path, "\n".join([heading, *[row] * 1_000]), year=2021)
    assert told(found) == [("atlas.too_many_figures", "")]


# --- any table -----------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(
        [
            "63.06",
            "6306",
            "63.1",
            "ipm",
            "2021",
            "69,2",
            "1.234",
            "-",
            "",
            "=1",
            "\u202e",
            "Tapin",
            "91",
            "nan",
        ]
    ),
    st.text(
        st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n\x00"), max_size=12
    ),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.booleans(),
)
def test_whatever_the_rows_hold_each_is_counted_once_and_every_problem_has_its_sentence(
    tmp_path_factory, rows, mark, named
):
    home = tmp_path_factory.mktemp("any")
    lines = [mark.join(["kode", "indikator", "tahun", "nilai", "sumber"])]
    lines += [mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path = home / "any.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    found = bring(home, [path], Asked("kemendagri" if named else "", 2021))
    if found.files[0].kind:
        assert found.balance.read == len(rows)
    for problem in found.problems:
        assert problem.sentence("id")
        assert problem.sentence("en")
    atlas = read_atlas(home)
    assert len(atlas.indicators) == found.balance.accepted
    assert set(atlas.indicators["code"]) <= {region.code for region in parties()} | {
        "31.01",
        "31.71",
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.txt", "x"]))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory, content, name):
    home = tmp_path_factory.mktemp("bytes")
    path = home / name
    path.write_bytes(content)
    if content.startswith(b"PAR1") or content.lstrip()[:1] in {b"{", b"["}:
        return  # maps have a process and tests of their own
    found = bring(home, [path], Asked(year=2021))
    assert len(found.files) == 1
    assert found.problems or found.balance.accepted
