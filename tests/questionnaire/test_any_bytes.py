"""Whatever bytes arrive: sheets or one reason, never an exception, never the end of the process."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.csv_files import delimiter_of
from ksd_toolkit.questionnaire.encodings import decoded, repaired
from ksd_toolkit.questionnaire.sheets import read_csv_grid, read_grids
from tests.fuzz.open_document import open_document
from tests.small_project import office_book

STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff", b"<html>",
     b"\xef\xbb\xbf", b"sep=;\n", b"%PDF-", b'"']
)  # fmt: skip
NAMES = ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
         "xl/worksheets/sheet1.xml", "content.xml", "mimetype", "_rels/.rels")  # fmt: skip


def both_readers(path):
    grids, reason = read_grids(path, "x")
    assert bool(grids) != isinstance(reason, Problem)
    if reason:
        assert reason.sentence("id")
        assert reason.sentence("en")
    for grid in grids:
        assert all(finding.sentence("id") for finding in grid.findings)
    grid, reason = read_csv_grid(path, "x")
    assert (grid is None) == isinstance(reason, Problem)


@given(STARTS, st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes(tmp_path_factory, start, rest):
    path = tmp_path_factory.mktemp("bytes") / "x.xlsx"
    path.write_bytes(start + rest)
    both_readers(path)


@given(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=80) | st.just(b"<x/>")))
def test_any_archive(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("parts") / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    both_readers(path)


def whole(kind):
    if kind == "ods":
        return open_document(office_book("DINKES"))
    buffer = io.BytesIO()
    office_book("DINKES").save(buffer)
    return buffer.getvalue()


WHOLE = {kind: whole(kind) for kind in ("xlsx", "ods")}


@given(st.sampled_from(["xlsx", "ods"]), st.data())
@settings(max_examples=300)
def test_any_damage_to_a_part(tmp_path_factory, kind, data):
    """Damage inside the XML itself, which the archive's check sums do not catch here."""
    with zipfile.ZipFile(io.BytesIO(WHOLE[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    if content:
        at = data.draw(st.integers(0, len(content) - 1))
        instead = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"9999999", b"-1", b"<c", b'"'])
        )
        content[at : at + data.draw(st.integers(0, 6))] = instead
    path = tmp_path_factory.mktemp("damage") / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part, original in parts.items():
            archive.writestr(part, bytes(content) if part == name else original)
    both_readers(path)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_mistaken(text):
    assert decoded(text.encode("utf-8-sig")).text == text
    assert not decoded(text.encode()).guessed


@given(st.binary())
def test_a_repair_only_ever_changes_what_it_can_change_back(content):
    text = content.decode("cp1252", "replace")
    better = repaired(text)
    if better:
        assert better != text
        assert better.encode().decode("cp1252", "replace") == text


@given(st.text(max_size=200))
def test_a_separator_is_always_found(text):
    mark, rest = delimiter_of(text)
    assert len(mark) == 1
    assert text.endswith(rest)
