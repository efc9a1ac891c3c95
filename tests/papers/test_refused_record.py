"""Papers made while the record of the plenary is refused say that it is there, and why it does not count."""

from dataclasses import replace

import pytest

from ksd_toolkit.errors import PlenaryError, Problem, Where
from ksd_toolkit.runs.formal_papers import case_of, plenary_of
from tests.papers.test_plenary_papers import (  # noqa: F401  fixtures
    LEFT_OPEN,
    PAPERS,
    at,
    computed,
    paper,
    room,
    said,
)
from tests.plenary.conftest import MEETING, decide, move

FAULTY = move("DINKES-90", 1) + decide("DINKES-01", "ditolak", "usul Dr. Budi Santoso, M.Si")
DRAFTED = [name for name in PAPERS if name != "plenary-material"]
SENTENCES = {
    "id": ("belum dapat dipakai", "belum dicatat", "Usulan DINKES-90 tidak ada"),
    "en": ("cannot be used yet", "No plenary was recorded", "There is no proposal DINKES-90"),
}


def drafted(room, lang):  # noqa: F811  a fixture
    """The case of the room's dossier, whose record is refused."""
    ranking = room.ranking
    register = replace(ranking.register, dossier=ranking.register.dossier.in_language(lang))
    ranking = replace(ranking, basis=replace(ranking.basis, register=register))
    outcome, _ = plenary_of(ranking)
    return case_of(register, ranking, outcome)


@pytest.mark.parametrize("name", DRAFTED)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_draft_tells_a_refused_record_from_none(room, name, lang):  # noqa: F811  a fixture
    refused, none, _ = SENTENCES[lang]
    assert none in said(paper(name, drafted(room, lang)))
    room.write(MEETING + FAULTY)
    text = said(paper(name, drafted(room, lang)))
    assert refused in text
    assert none not in text
    assert not LEFT_OPEN.search(text)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_minutes_say_why_and_name_nobody(room, lang):  # noqa: F811  a fixture
    room.write(MEETING + FAULTY)
    text = said(paper("berita-acara", drafted(room, lang)))
    assert SENTENCES[lang][2] in text
    assert "pleno.toml [pindah:1]" in text
    assert "Budi" not in text


def test_of_many_faults_a_page_tells_the_first(room):  # noqa: F811  a fixture
    room.write(MEETING + "".join(move(f"DINKES-{number}", 1) for number in range(20, 60)))
    text = said(paper("berita-acara", drafted(room, "id")))
    assert text.count("[pindah:") == 12
    assert "Yang lain disebut oleh: ksd plenary" in text


def test_a_fault_that_quotes_a_name_is_told_without_it(room):  # noqa: F811  a fixture
    case = drafted(room, "id")
    quoted = Problem("plenary.attendance_word", Where("pleno.toml"), {"found": "diganti Pak Budi"})
    refused = PlenaryError("plenary.refused", [quoted], file="pleno.toml", n=1)
    assert "Budi" not in said(paper("berita-acara", replace(case, refused=refused)))
