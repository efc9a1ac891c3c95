"""Tables of any content are told about without a traceback, and twice in the same words."""

from datetime import date

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ksd_toolkit.questionnaire.form_reading import read_form
from tests.agreements.conftest import standing_of

NUMBERS = st.sampled_from("ABCDE")
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2035, 1, 1)).map(date.isoformat)


def choice(table, field):
    codes = [one.code for one in read_form("evaluasi").table(table).field(field).choices]
    return st.none() | st.sampled_from(codes)


CHOSEN = ("jenis_dok", "jenis_ksd", "status", "alasan_berakhir")
DATED = ("tgl_ttd", "mulai", "berakhir", "tgl_pengakhiran", "tgl_permohonan_dprd")
documents = st.lists(
    st.fixed_dictionaries(
        {name: choice("naskah", name) for name in CHOSEN}
        | dict.fromkeys(DATED, DAYS)
        | dict.fromkeys(("induk_no", "mengubah_no"), st.none() | NUMBERS)
        | dict.fromkeys(
            ("beban_masyarakat", "anggaran_tersedia"), st.sampled_from([None, "ya", "tidak"])
        )
        | dict.fromkeys(("opd_kode", "mitra_nama", "urusan_kode"), st.sampled_from([None, "X"]))
    ),
    max_size=5,
)
stages = st.lists(
    st.fixed_dictionaries(
        {"no_dok": NUMBERS, "tahap": choice("tahapan", "tahap"), "tanggal": DAYS}
    ),
    max_size=12,
    unique_by=lambda row: (row["no_dok"], row["tahap"]),
)


# Whole registers are dear to make and to shrink; every random step is judged in test_every_type.
@settings(max_examples=20, phases=[Phase.generate])
@given(documents, stages, st.dates(date(2020, 1, 1), date(2034, 1, 1)))
def test_any_table_is_told_about_and_twice_alike(rows, passed, today):
    rows = [{"no_dok": number} | row for number, row in zip("ABCDE", rows, strict=False)]
    found, again = standing_of(rows, passed, today), standing_of(rows, passed, today)
    assert found.findings == again.findings
    assert found.reminders.equals(again.reminders)
    assert list(found.histories) == [row["no_dok"] for row in rows]
    for problem in found.findings:
        assert problem.sentence("id")
        assert problem.sentence("en")
    events = [event for history in found.histories.values() for event in history.events]
    assert all(event.on <= today for event in events), "what is dated later has not happened"
    assert (found.reminders["days_left"].notna()).all()
