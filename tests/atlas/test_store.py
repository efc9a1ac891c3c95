"""The store: whole or not at all, one writer at a time, the same bytes for the same files."""

import json
import sys

import pytest

from ksd_toolkit.atlas import bring, read_atlas, remove, store
from ksd_toolkit.atlas.kept_frames import frame_from_bytes, frame_to_bytes
from ksd_toolkit.errors import RunError
from tests.processes import all_ended, started

ROWS = "code,indicator,year,value,source\n"

IMPORT = """
import sys
from pathlib import Path
from ksd_toolkit.atlas import bring
for path in sys.argv[2:]:
    found = bring(Path(sys.argv[1]), [Path(path)])
    assert found.balance.accepted == 50, found
"""

READ = """
import sys
from pathlib import Path
from ksd_toolkit.atlas import read_atlas
counts = set()
while not (Path(sys.argv[1]) / "done").exists():
    atlas = read_atlas(Path(sys.argv[1]))
    assert len(atlas.indicators) % 50 == 0, len(atlas.indicators)
    assert len(atlas.sources) * 50 == len(atlas.indicators)
    counts.add(len(atlas.indicators))
"""


def table(folder, number):
    """50 figures nobody else brings."""
    lines = [f"63.06,x{number}_{n},2021,{n},S" for n in range(50)]
    path = folder / f"t{number}.csv"
    path.write_text(ROWS + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def contents(home):
    folder = store.store_folder(home)
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_writers_at_once_lose_nothing_and_readers_see_whole_states(tmp_path):
    paths = [str(table(tmp_path, number)) for number in range(8)]
    run = [sys.executable, "-c"]
    readers = [started([*run, READ, str(tmp_path)])]
    writers = [started([*run, IMPORT, str(tmp_path), *paths[k::2]]) for k in range(2)]
    assert all_ended(writers) == [0, 0]
    (tmp_path / "done").touch()
    assert all_ended(readers) == [0]
    assert len(read_atlas(tmp_path).indicators) == 400


def test_a_store_in_use_is_told(tmp_path, monkeypatch):
    bring(tmp_path, [table(tmp_path, 1)])
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.0)
    with store.locked(store.store_folder(tmp_path)), pytest.raises(RunError) as error:
        bring(tmp_path, [table(tmp_path, 2)])
    assert error.value.code == "atlas.busy"
    assert len(read_atlas(tmp_path).indicators) == 50


def test_removing_what_was_added_leaves_the_bytes_of_before(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    before = contents(tmp_path)
    bring(tmp_path, [table(tmp_path, 2)])
    assert contents(tmp_path) != before
    remove(tmp_path, "t2.csv")
    assert contents(tmp_path) == before


def test_one_file_after_the_other_is_the_same_as_both_at_once(tmp_path):
    for name in ("apart", "together"):
        (tmp_path / name).mkdir()
    paths = [table(tmp_path, 1), table(tmp_path, 2)]
    for path in paths:
        bring(tmp_path / "apart", [path])
    bring(tmp_path / "together", paths)
    assert contents(tmp_path / "apart") == contents(tmp_path / "together")


def test_what_a_killed_writer_left_is_swept_away(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    before = contents(tmp_path)
    folder = store.store_folder(tmp_path)
    (folder / "isi" / ".ab12.part").write_bytes(b"half")
    (folder / "isi" / ("0" * 64 + ".npz")).write_bytes(b"whole, but not in the index")
    bring(tmp_path, [table(tmp_path, 1)])
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: b"[]",
        lambda text: b"{}",
        lambda text: text.replace(b'"indicators"', b'"indicator"', 1).replace(
            b'"accepted"', b'"x"'
        ),
        lambda text: b'{"a":' * 100_000,
        lambda text: b"\xff\xfe",
    ],
)
def test_a_damaged_index_is_a_sentence(tmp_path, damage):
    bring(tmp_path, [table(tmp_path, 1)])
    index = store.store_folder(tmp_path) / "indeks.json"
    index.write_bytes(damage(index.read_bytes()))
    with pytest.raises(RunError) as error:
        read_atlas(tmp_path)
    assert error.value.code == "atlas.unusable"


def test_a_changed_table_is_noticed(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    for path in (store.store_folder(tmp_path) / "isi").iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    with pytest.raises(RunError) as error:
        read_atlas(tmp_path)
    assert error.value.code == "atlas.unusable"


def test_a_missing_table_is_noticed(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    for path in (store.store_folder(tmp_path) / "isi").iterdir():
        path.unlink()
    with pytest.raises(RunError) as error:
        read_atlas(tmp_path)
    assert error.value.code == "atlas.unusable"


def test_a_store_of_a_newer_program_is_left_alone(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    index = store.store_folder(tmp_path) / "indeks.json"
    data = json.loads(index.read_bytes())
    index.write_text(json.dumps(data | {"format": 2}), encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(RunError) as error:
        bring(tmp_path, [table(tmp_path, 2)])
    assert error.value.code == "atlas.newer"
    assert contents(tmp_path) == before


def test_nothing_in_the_store_is_unpickled_and_frames_come_back_as_they_were(tmp_path):
    bring(tmp_path, [table(tmp_path, 1)])
    frame = read_atlas(tmp_path).indicators
    again = frame_from_bytes(frame_to_bytes(frame))
    assert again.to_dict("list") == frame.to_dict("list")
    assert all(b"pickle" not in content for content in contents(tmp_path).values())
