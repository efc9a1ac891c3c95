"""Errors reach another process as they were raised, and say there what they said here."""

import pickle

import pytest

from ksd_toolkit.errors import (
    InputError,
    KsdError,
    MethodError,
    PlenaryError,
    Problem,
    RunError,
    Where,
)

PROBLEMS = (Problem("file.damaged", Where("dinkes.xlsx")), Problem("file.lock", facts={"n": 1}))
ERRORS = [
    RunError("dossier.name", name="tapin"),
    MethodError("method.nothing_to_score"),
    InputError("region.not_party", name="Kota Administrasi Jakarta Selatan"),
    InputError("register.empty", PROBLEMS, name="tapin/2026"),
    PlenaryError("register.empty", PROBLEMS[:1], name="tapin/2026"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{type(error).__name__}-{error.code}")
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_an_error_survives_the_way_to_another_process(error: KsdError, protocol: int) -> None:
    there = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  made here
    assert type(there) is type(error)
    assert str(there) == str(error)
    assert vars(there) == vars(error)
    for lang in ("id", "en"):
        assert there.sentence(lang) == error.sentence(lang)
