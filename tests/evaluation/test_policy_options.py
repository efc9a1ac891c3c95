"""Policy options a-d, the TKKSD and the five problems over two periods, worked by hand."""

import re
from pathlib import Path

import pandas as pd
import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation.activation import activation
from ksd_toolkit.evaluation.maturity import maturity_levels, maturity_trend
from ksd_toolkit.evaluation.option_effects import option_effects
from ksd_toolkit.evaluation.option_scores import option_scores
from ksd_toolkit.prose import institution as told
from ksd_toolkit.register import Register, read_register
from ksd_toolkit.tables import institution as tables
from tests.small_project import NAME, OFFICES, SETTINGS, new_project, office_book

ROSTER = """\
penilai,jabatan,instansi,peran,suara
TKKSD-1,Sekretaris Daerah,Sekretariat Daerah,ketua,ya
TKKSD-2,Kepala Bagian Hukum,Sekretariat Daerah,anggota,ya
TKKSD-3,Kepala Bappeda,Bappeda,anggota,ya
TKKSD-4,Analis Kerja Sama,Sekretariat Daerah,anggota,tidak
"""
SCORES = """\
opsi,kriteria,penilai,skor
a,efektivitas,TKKSD-1,4
a,efektivitas,tkksd-2,2
a,efisiensi,TKKSD-1,3
a,efisiensi,TKKSD-2,TT
b,efektivitas,TKKSD-1,5
b,efektivitas,TKKSD-2,4
b,efektivitas,TKKSD-3,5
c,efektivitas,TKKSD-1,5
d,efektivitas,TKKSD-9,5
"""
ACTIVITIES = """\
tanggal,jenis,nama,nomor,diundang,hadir,sumber
2020-01-06,peraturan,Perbup KSD,1/2020,,,Lembaran
2024-09-01,rapat_koordinasi,Rapat lama,,3,1,Notulen
2025-08-31,rapat_koordinasi,Sehari terlalu lama,,3,3,Notulen
2025-09-01,rapat_koordinasi,Hari pertama,,3,2,Notulen
2026-03-02,forum,Forum I,,3,3,Notulen
2026-08-31,rapat_pleno,Hari terakhir,,3,2,Notulen
2026-09-01,rapat_koordinasi,Belum terjadi,,3,3,Notulen
"""
LEVELS = {  # DINKES and DISDIK answer twice, DISHUB only now
    "2025": {"DINKES": (0, 1, 2, 0, 3), "DISDIK": (2, 1, 0, 0, 3)},
    "2026": {"DINKES": (1, 1, 1, 0, 3), "DISDIK": (3, 1, 0, 2, 3), "DISHUB": (4, 0, 0, 0, 0)},
}
KEPT = {"anggota_tkksd.csv": ROSTER, "nilai_opsi.csv": SCORES, "kegiatan_tkksd.csv": ACTIVITIES}


def register_of(home: Path, **files: str) -> Register:
    """Two periods of three offices with the tables given by name."""
    now = new_project(home)
    before = home / "data" / NAME.replace("2026", "2025")
    (before / "kuesioner").mkdir(parents=True)
    settings = SETTINGS.replace("simulated = true", 'simulated = true\nprevious_period = "2025"')
    (now.folder / "dossier.toml").write_text(settings, encoding="utf-8")
    (before / "dossier.toml").write_text(SETTINGS.replace("2026", "2025"), encoding="utf-8")
    (before / "opd.csv").write_bytes((now.folder / "opd.csv").read_bytes())
    for period, folder in (("2025", before), ("2026", now.folder)):
        for office in OFFICES:
            levels = LEVELS[period].get(office)
            if levels is not None:
                book = office_book(office, usulan=1)
                sheet = book["opd"]
                for row in sheet.iter_rows(max_col=3):
                    name = str(row[0].value)
                    if name in {f"d{n}" for n in range(1, 6)}:
                        row[2].value = levels[int(name[1]) - 1]
                book["_meta"]["B3"] = period
                book.save(folder / "kuesioner" / f"{office}.xlsx")
    for name, text in (KEPT | files).items():
        (now.folder / name).write_text(text, encoding="utf-8")
    return read_register(open_dossier(NAME, home=home))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register_of(tmp_path_factory.mktemp("options"))


def test_options_by_hand(register: Register) -> None:
    """a: medians 3 and 3; b and c: 5; d was scored by nobody on the roster."""
    scores = option_scores(register)
    assert scores.totals["points"].dropna().to_dict() == {"a": 3.0, "b": 5.0, "c": 5.0}
    assert scores.totals["rank"].dropna().to_dict() == {"a": 3.0, "b": 1.0, "c": 1.0}
    assert scores.totals["answered"].to_dict() == {"a": 2, "b": 1, "c": 1, "d": 0}
    assert scores.totals["raters"].to_dict() == {"a": 2, "b": 3, "c": 1, "d": 0}
    assert [one.position for one in scores.raters] == [
        "Sekretaris Daerah", "Kepala Bagian Hukum", "Kepala Bappeda",
    ]  # fmt: skip
    assert (scores.unlisted, scores.best()) == (1, ["b", "c"])
    assert "urutan 3 dari 3" in scores.explain("a")
    assert "belum dinilai" in scores.explain("d")
    with pytest.raises(InputError, match="a, b, c"):
        scores.explain("e")


def test_a_rater_written_in_two_ways_counts_once(tmp_path: Path) -> None:
    twice = "opsi,kriteria,penilai,skor\na,efektivitas,TKKSD-1,4\na,efektivitas,tkksd-1,2\n"
    scores = option_scores(register_of(tmp_path, **{"nilai_opsi.csv": twice}))
    assert (scores.totals["points"]["a"], scores.totals["raters"]["a"]) == (4.0, 1)


def test_more_present_than_invited_is_refused_and_the_meeting_stays(tmp_path: Path) -> None:
    """The other meeting had two of three; four of three would make it 100, none of three 33."""
    more = ACTIVITIES.replace("Hari terakhir,,3,2,", "Hari terakhir,,3,4,")
    read = register_of(tmp_path, **{"kegiatan_tkksd.csv": more})
    found = [problem for problem in read.problems if problem.where.file == "kegiatan_tkksd.csv"]
    assert [one.where.cell for one in found] == ["F7"]
    seen = activation(read)
    assert (seen.meetings, round(seen.attendance, 1)) == (2, 66.7)


def test_twelve_months_end_on_the_reference_date(register: Register) -> None:
    """The first of September 2025 counts, the last of August 2025 is a year too old."""
    seen = activation(register)
    assert (seen.meetings, seen.meetings_before) == (2, 2)
    assert round(seen.attendance, 1) == round(seen.attendance_before, 1) == 66.7
    assert (seen.members, seen.entitled, seen.active, seen.decree) == (4, 3, True, None)
    assert seen.by_kind["now"].to_dict() == {
        "forum": 1, "peraturan": 0, "rapat_koordinasi": 1, "rapat_pleno": 1,
    }  # fmt: skip
    assert "Belum terjadi" not in set(seen.activities["nama"])


def test_maturity_moves_among_those_that_answered_twice(register: Register) -> None:
    trend = maturity_trend(register)
    now = trend[trend["period"] == "2026"].set_index("problem")
    assert now["mean"].round(3).to_dict() == {
        "d1": 2.667, "d2": 0.667, "d3": 0.333, "d4": 0.667, "d5": 2.0,
    }  # fmt: skip
    columns = ["paired", "rose", "same", "fell", "moved"]
    assert now.loc["d1", columns].tolist() == [2, 2, 0, 0, 1.0]
    assert now.loc["d3", columns].tolist() == [2, 0, 1, 1, -0.5]
    assert trend[trend["period"] == "2025"]["paired"].isna().all()
    assert len(maturity_levels(register)) == 25


def test_what_was_done_and_what_moved(register: Register) -> None:
    found = {one.option.code: one for one in option_effects(register)}
    assert {code: one.verdict for code, one in found.items()} == {
        "a": "belum_bergerak", "b": "bergerak", "c": "bergerak", "d": "belum_dijalankan",
    }  # fmt: skip
    assert [len(one.events) for one in found.values()] == [1, 1, 1, 0]
    third = found["c"]  # d3 fell in one office, d4 rose in one: (-0.5 x 2 + 1.0 x 2) : 4
    assert (third.moved, third.paired, third.rose, third.fell) == (0.25, 4, 1, 1)


def test_nothing_recorded_is_not_nothing_done(tmp_path: Path) -> None:
    none = {name: text.splitlines()[0] + "\n" for name, text in KEPT.items()}
    register = register_of(tmp_path, **none)
    assert activation(register).active is None
    assert not option_scores(register).scored
    for lang in ("id", "en"):
        for make in (
            tables.options, tables.activities, tables.effects, tables.maturity_by_office,
            told.tkksd, told.options, told.effects, told.maturity,
        ):  # fmt: skip
            plain = make(register, lang)._repr_mimebundle_()["text/plain"]
            assert plain
            assert not re.search(r"\bnan\b", plain)


def test_hand_sum_of_points(register: Register) -> None:
    """The points are the mean of the medians in `cells`, computed here from the file."""
    given = pd.DataFrame([line.split(",") for line in SCORES.splitlines()[1:]])
    own = given[given[0].eq("b")][3].astype(float).median()
    assert option_scores(register).totals["points"]["b"] == own
