"""What a run keeps: one computation within it, none outside, nothing of inputs that changed."""

import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import read_register
from ksd_toolkit.remembering import forget, remembered, remembering, remembering_meanwhile
from ksd_toolkit.scoring import derive_types


class Counted:
    """Counts how often it was computed."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return [self.times]


def test_outside_a_run_everything_is_computed_anew():
    compute = Counted()
    assert [remembered("x", 1, None, compute) for _ in range(2)] == [[1], [2]]


def test_within_a_run_the_same_question_has_the_same_answer():
    compute, of = Counted(), object()
    with remembering():
        first = remembered("x", 1, of, compute)
        assert remembered("x", 1, of, compute) is first
        assert remembered("x", 2, of, compute) == [2], "another key"
        assert remembered("y", 1, of, compute) == [3], "another computation"
        assert remembered("x", 1, object(), compute) == [4], "computed from something else"
        forget()
        assert remembered("x", 1, of, compute) == [5]
    assert remembered("x", 1, of, compute) == [6]


def test_a_run_within_a_run_keeps_what_is_its_own_and_leaves_the_other_as_it_was():
    compute = Counted()
    with remembering():
        with remembering():
            pass
        with remembering_meanwhile():
            kept = remembered("x", 1, None, compute)
        with remembering():
            assert remembered("x", 1, None, compute) is not kept
        assert remembered("x", 1, None, compute) is kept
    assert compute.times == 2


def test_what_is_kept_for_a_while_is_gone_after_it():
    compute = Counted()
    with remembering_meanwhile():
        assert remembered("x", 1, None, compute) is remembered("x", 1, None, compute)
    assert remembered("x", 1, None, compute) == [2]


def test_an_error_is_not_kept():
    def fails():
        raise MethodError("method.nothing_to_score")

    with remembering():
        with pytest.raises(MethodError):
            remembered("x", 1, None, fails)
        assert remembered("x", 1, None, lambda: 7) == 7


def test_a_register_is_read_once_a_run_and_again_after_something_came_in(project):
    alone = read_register(project.dossier)
    assert read_register(project.dossier) is not alone
    with remembering():
        first = read_register(project.dossier)
        assert read_register(project.dossier) is first
        assert read_register(project.dossier.in_language("en")) is not first
        project.ingest()
        assert read_register(project.dossier) is not first


def test_a_frame_handed_out_can_be_changed_without_changing_the_kept_one(project):
    with remembering():
        register = read_register(project.dossier)
        types = derive_types(register)
        types["jenis"] = "lain"
        assert "lain" not in set(derive_types(register)["jenis"])
