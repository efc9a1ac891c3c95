"""The committed sample is what its generator makes, and holds what it promises."""

import hashlib
import zipfile
from collections import Counter

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.questionnaire import Submission, read_csv_table, read_form, read_workbook

SYNERGY, ORDERED = {"kl_vertikal", "ptn"}, {"pengadaan", "kajian_pesanan"}


def digests(folder):
    """SHA-256 of every file; of a workbook, of its parts, since zlib builds pack differently."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    found[f"{name}!{part}"] = hashlib.sha256(archive.read(part)).hexdigest()
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from make_sample import write_sample

    home = tmp_path_factory.mktemp("home")
    write_sample(home)
    return home


def test_committed_files_are_what_the_generator_makes(made, project):
    fresh = digests(made / "data" / "hulu-sungai-selatan")
    committed = digests(project / "data" / "hulu-sungai-selatan")
    assert {name: committed.get(name) for name in fresh} == fresh
    assert {name for name in committed if "/kuesioner/" in name} <= fresh.keys()


def test_same_bytes_twice(made, tmp_path):
    from make_sample import write_sample

    write_sample(tmp_path)
    for path in (made / "data").rglob("*.*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(made)).read_bytes()


@pytest.fixture(scope="module")
def submissions(dossier):
    read = [read_workbook(path, dossier) for path in dossier.workbooks]
    assert all(isinstance(submission, Submission) for submission in read)
    known = {a.row_key for s in read for a in s.answers if a.table == "usulan"}
    return [*read, read_workbook(dossier.tkksd_workbook, dossier, known)]


def cells(submissions, table, field):
    return {
        a.row_key: a.value
        for s in submissions
        for a in s.answers
        if (a.table, a.field) == (table, field)
    }


def test_types_by_partner_and_object_alone(submissions):
    objects = cells(submissions, "usulan", "objek")
    kinds = {}
    for row, kind in cells(submissions, "mitra", "mitra_jenis").items():
        kinds.setdefault(row.partition("|")[0], set()).add(kind)
    families = Counter(family(kinds[usulan], objek) for usulan, objek in objects.items())
    assert families == {"Sinergi": 58, "KSDPK": 48, "KSDD": 19, "bukan KSD": 31}


def family(kinds, objek):
    if kinds == {"opd_internal"} or objek in ORDERED:
        return "bukan KSD"
    if kinds <= SYNERGY:
        return "Sinergi"
    return "KSDD" if kinds == {"pemda"} else "KSDPK"


def test_senders(submissions, dossier):
    senders = [s.sender for s in submissions]
    assert len(dossier.offices) == 28
    assert set(dossier.offices.index) - set(senders) == {"INSPEKTORAT"}
    assert senders.count("TKKSD") == 1


def test_deliberate_defects_are_found_and_nothing_else(submissions):
    found = Counter(p.code for s in submissions for p in s.problems)
    assert found == {
        "row.duplicate": 1, "sheet.unknown_column": 1, "opd.few_ppksd": 1, "opd.same_ppksd": 1,
    }  # fmt: skip
    assert sum(s.balance.blank for s in submissions) == 3


def test_shares_of_unanswered_scores(submissions):
    states = [a.state for s in submissions for a in s.answers if a.field == "skor"]
    share = {state: count / len(states) for state, count in Counter(states).items()}
    assert 0.04 < share["kosong"] < 0.06
    assert 0.02 < share["TT"] < 0.04
    assert 0 < share["TB"] < 0.01


def test_gaps_in_the_proposals(submissions):
    def blank(field):
        return {key for key, value in cells(submissions, "usulan", field).items() if not value}

    elements = [blank(f"unsur_{part}") for part in ("pihak", "interaksi", "tujuan")]
    unplanned = blank("rpjmd_ref") & blank("rkpd_ref") & blank("renstra_ref")
    scored = {key.partition("|")[0] for key in cells(submissions[-1:], "nilai", "skor")}
    assert len(set.union(*elements)) == 4
    assert len(unplanned) == 6
    assert len(unplanned - blank("alasan_di_luar_rencana")) == 2
    assert len(blank("manfaat_mitra")) == 5
    assert len(cells(submissions, "usulan", "judul").keys() - scored) == 6


def test_officers_disagree_by_three_points(submissions):
    scores = cells(submissions, "nilai", "skor")
    apart = set()
    for key, score in scores.items():
        usulan, criterion, rater = key.split("|")
        other = scores.get(f"{usulan}|{criterion}|OPD-2")
        if rater == "OPD-1" and score and other and abs(int(score) - int(other)) >= 3:
            apart.add(usulan)
    assert len(apart) >= 8


def test_offices_are_more_hopeful_than_the_tkksd(submissions):
    means = {}
    for role in ("OPD", "TKKSD"):
        scores = [
            int(v) for k, v in cells(submissions, "nilai", "skor").items() if v and f"|{role}-" in k
        ]
        means[role] = sum(scores) / len(scores)
    assert 0.2 < means["OPD"] - means["TKKSD"] < 0.4


def test_three_proposals_need_a_ground_of_authority(submissions):
    affairs = cells(submissions, "usulan", "urusan_kode")
    grounds = cells(submissions, "usulan", "kewenangan_dasar")
    open_ones = [
        k for k, code in affairs.items() if code in {"3.25", "3.28", "3.29"} and not grounds[k]
    ]
    assert len(open_ones) == 3


def test_evaluation_tables_are_read_without_problems(dossier):
    form = read_form("evaluasi")
    for table in form.tables:
        submission = read_csv_table(dossier.folder / f"{table.name}.csv", table, form, dossier)
        assert isinstance(submission, Submission)
        assert submission.balance.accepted == submission.balance.read


def test_continued_proposals_exist_in_both_periods(submissions, dossier):
    past = open_dossier("hulu-sungai-selatan/2025", home=dossier.root)
    earlier = cells([read_workbook(path, past) for path in past.workbooks], "usulan", "judul")
    continued = [key for key in cells(submissions, "usulan", "usulan_asal").values() if key]
    assert len(earlier) == 36
    assert len(continued) == 10
    assert set(continued) <= earlier.keys()


def test_nothing_in_the_sample_looks_like_a_person(submissions):
    for number in (1, 2):
        nips = cells(submissions, "opd", f"ppksd_{number}_nip").values()
        contacts = cells(submissions, "opd", f"ppksd_{number}_kontak").values()
        assert all(nip is None or nip.startswith("0" * 14) for nip in nips)
        assert all(contact is None or contact.endswith("@contoh.invalid") for contact in contacts)
