"""What a month may cost: counts, which are the same on every machine, and a ratio; never seconds.

A budget lies a little above what was counted when it was set. Whoever spends less may lower it; whoever must spend more
raises it and says why.
"""

import numpy as np
import pytest

from bench.floor import LUCK, MODEL, OPERATIONS, against_the_model
from bench.operations import Count, count
from bench.sizes import QUICK
from bench.worlds import SEED, scenario
from sim.ensemble import opened

WORLDS = 512
WARM_UP = 26
"""Months of `history` before the doctrine in Washington changes and talks become frequent."""
MONTHS = 12
OPERATIONS_A_MONTH = 1500
ELEMENTS_A_WORLD = 1000
"""Elements a world and month with nobody at the table."""
ELEMENTS_A_TALK = 6400
"""Elements that a world at the table adds: mostly the grid of 140 packages."""
DRAWS_A_MONTH = 30
TIMES_THE_FLOOR = 6.0
"""Generous: a machine with much else to do must not fail it."""
EXPLAINED = 0.99


@pytest.fixture(scope="module")
def months() -> list[Count]:
    """Twelve months of frequent talks, a count each."""
    model = opened(scenario("history"), SEED, 0, WORLDS)
    for _ in range(WARM_UP):
        model.step()
    return [count(model, months=1) for _ in range(MONTHS)]


def elements(month: Count) -> int:
    return sum(operation.elements for operation in month.operations)


def test_a_month_calls_numpy_so_often_at_most(months: list[Count]) -> None:
    assert max(len(month.operations) for month in months) <= OPERATIONS_A_MONTH


def test_a_month_draws_so_often_at_most(months: list[Count]) -> None:
    assert max(len(month.draws) for month in months) <= DRAWS_A_MONTH


def test_the_grid_of_packages_is_worked_out_for_worlds_at_the_table_only(months: list[Count]) -> None:
    talks = np.array([month.talks for month in months])
    touched = np.array([elements(month) for month in months])
    a_talk, _ = np.polyfit(talks, touched, 1)
    assert np.corrcoef(talks, touched)[0, 1] ** 2 >= EXPLAINED
    assert a_talk <= ELEMENTS_A_TALK


def test_the_work_of_a_world_does_not_depend_on_how_many_there_are() -> None:
    nobody_talks = scenario("history").with_mechanisms(talks=False, direct_talks=False)
    few, many = (count(opened(nobody_talks, SEED, 0, worlds), MONTHS) for worlds in (4 * WORLDS, 8 * WORLDS))
    assert few.talks == many.talks == 0
    assert len(few.operations) == len(many.operations)
    assert elements(many) == pytest.approx(2 * elements(few), rel=0.01)  # luck decides how many bills wait
    assert elements(few) <= ELEMENTS_A_WORLD * 4 * WORLDS * MONTHS


def test_the_model_stays_near_the_floor_of_its_own_operations() -> None:
    _, times = against_the_model("history", QUICK._replace(worlds=4 * WORLDS, repetitions=3))
    assert times[MODEL].cpu <= TIMES_THE_FLOOR * (times[OPERATIONS].cpu + times[LUCK].cpu)
