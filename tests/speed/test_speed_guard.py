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
OPERATIONS_A_MONTH = 3350
"""More than 2,400 of an audience that knew Washington's dials: each doctrine's signs and wishes, acts, envelopes, vetoes."""
ELEMENTS_A_WORLD = 2150
"""Elements a world and month with nobody at the table: three doctrines weighed by three audiences came to what was 1,100."""
ELEMENTS_A_SITTING = 8000
"""Elements that a world adds in which somebody has something to propose: mostly the 22 packages, then the 49 lines."""
SHARES_TABLED = (0.1, 0.4, 0.9)
"""Chances with which the envoy has something to propose: so many more sit at the table."""
DRAWS_A_MONTH = 45
"""Acts and upkeep of sanctions, Brussels's envelopes and vetoes, and minds made up there came to what was 35."""
TIMES_THE_FLOOR = 6.0
"""Generous: a machine with much else to do must not fail it."""
EXPLAINED = 0.99


@pytest.fixture(scope="module")
def months() -> list[Count]:
    """Twelve months of frequent talks, a count each."""
    return counts(MONTHS)


def counts(months: int, **table: float) -> list[Count]:
    """So many months of frequent talks, a count each."""
    model = opened(scenario("history").with_parameters({"table": table}), SEED, 0, WORLDS)
    for _ in range(WARM_UP):
        model.step()
    return [count(model, months=1) for _ in range(months)]


def elements(month: Count) -> int:
    return sum(operation.elements for operation in month.operations)


def test_a_month_calls_numpy_so_often_at_most(months: list[Count]) -> None:
    assert max(len(month.operations) for month in months) <= OPERATIONS_A_MONTH


def test_a_month_draws_so_often_at_most(months: list[Count]) -> None:
    assert max(len(month.draws) for month in months) <= DRAWS_A_MONTH


def test_packages_are_worked_out_where_somebody_has_something_to_propose_only() -> None:
    months = [month for tabled in SHARES_TABLED for month in counts(4, tabled=tabled)]
    sittings = np.array([month.sittings for month in months])
    touched = np.array([elements(month) for month in months])
    a_sitting, _ = np.polyfit(sittings, touched, 1)
    assert np.corrcoef(sittings, touched)[0, 1] ** 2 >= EXPLAINED
    assert a_sitting <= ELEMENTS_A_SITTING


def test_the_work_of_a_world_does_not_depend_on_how_many_there_are() -> None:
    nobody_talks = scenario("history").with_mechanisms(talks=False, direct_talks=False)
    few, many = (count(opened(nobody_talks, SEED, 0, worlds), MONTHS) for worlds in (4 * WORLDS, 8 * WORLDS))
    assert few.sittings == many.sittings == 0
    assert len(few.operations) == len(many.operations)
    assert elements(many) == pytest.approx(2 * elements(few), rel=0.01)  # luck decides how many bills wait
    assert elements(few) <= ELEMENTS_A_WORLD * 4 * WORLDS * MONTHS


def test_the_model_stays_near_the_floor_of_its_own_operations() -> None:
    _, times = against_the_model("history", QUICK._replace(worlds=4 * WORLDS, repetitions=3))
    assert times[MODEL].cpu <= TIMES_THE_FLOOR * (times[OPERATIONS].cpu + times[LUCK].cpu)
