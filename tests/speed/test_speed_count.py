"""The count of operations: what it sees, that it sees all of it, and that the model does not notice."""

import numpy as np
import pytest

from bench.counted import GATHER, LOGICAL, SCATTER, Counted, Tally, counted
from bench.month import DRAWS, OTHER, STAGES, calls, stage_of
from bench.operations import count
from bench.worlds import SEED, live
from sim.basics.arrays import expit, total
from sim.ensemble import opened
from sim.scenario import Scenario

WORLDS = 130


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    fresh = Tally(1)
    monkeypatch.setattr(Counted, "tally", fresh)
    return fresh


def kinds(tally: Tally) -> list[str]:
    return [operation.kind for operation in tally.operations]


def test_the_logistic_function_is_four_operations(tally: Tally) -> None:
    x = np.linspace(-3.0, 3.0, 7)
    assert (np.asarray(expit(counted(x))) == expit(x)).all()
    assert sorted(kinds(tally)) == ["add", "multiply", "multiply", "tanh"]
    assert {operation.elements for operation in tally.operations} == {7}


def test_a_sum_over_members_is_an_addition_less_than_members(tally: Tally) -> None:
    total(counted(np.ones((4, 9))))
    assert kinds(tally) == ["add"] * 3


def test_reading_and_writing_by_places_count_and_slices_do_not(tally: Tally) -> None:
    array, places = counted(np.arange(10.0)), np.array([1, 4])
    assert array[2:5].sum() == 9.0
    assert (np.asarray(array[places]) == [1.0, 4.0]).all()
    array[places] = 0.0
    assert kinds(tally) == ["add", GATHER, SCATTER]
    assert [operation.elements for operation in tally.operations] == [3, 2, 2]


def test_truths_and_single_precision_are_told_apart(tally: Tally) -> None:
    yes = counted(np.ones(3, bool))
    _ = yes & ~yes
    _ = counted(np.ones(3, np.float32)) * np.float32(2.0)
    assert kinds(tally) == [LOGICAL, LOGICAL, "multiply"]
    assert [operation.single for operation in tally.operations] == [False, False, True]


def test_work_in_place_stays_in_place(tally: Tally) -> None:
    plain = np.ones(3)
    array = counted(plain)
    array += 1.0
    np.multiply(array, 2.0, out=array)
    assert type(array) is Counted
    assert plain.tolist() == [4.0, 4.0, 4.0]


def test_an_array_that_came_about_unseen_is_noticed(tally: Tally) -> None:
    _ = counted(np.ones(3)) + np.ones(3)
    assert tally.blind == 1


@pytest.mark.parametrize("name", ["history", "outlook"])
def test_the_model_does_not_notice_and_nothing_goes_unseen(name: str, request: pytest.FixtureRequest) -> None:
    config: Scenario = request.getfixturevalue(name).with_horizon(30)
    model, plain = opened(config, SEED, 0, WORLDS), live(config, WORLDS)
    found = count(model)
    assert found.coverage == 1.0
    assert found.months == 30
    assert found.sittings > 0
    for attribute in ("line", "momentum", "need"):
        assert (np.asarray(getattr(model, attribute)) == getattr(plain, attribute)).all()
    assert (np.asarray(model.europe.contributions) == plain.europe.contributions).all()
    assert (np.asarray(model.mediator.settled) == plain.mediator.settled).all()


def test_the_count_is_the_same_every_time(history: Scenario) -> None:
    first, second = (count(opened(history, SEED, 0, WORLDS), months=3) for _ in range(2))
    assert first == second


def test_every_call_of_the_month_belongs_to_a_stage_and_the_other_way_round() -> None:
    found = [stage_of(call) for call in calls()]
    assert OTHER not in found
    assert set(found) == set(STAGES)
    assert sorted(calls()) == sorted(call for members in STAGES.values() for call in members)
    assert DRAWS not in STAGES
