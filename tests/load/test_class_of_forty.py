"""Forty students at once, while worlds run: nobody waits for a second."""

from statistics import quantiles

import pytest
from class_of_forty import AT_MOST, FIRST, measured, table

STUDENTS, MONTHS = 40, 2
MOST_MEGABYTES = 4.0
"""Memory that a student with an open page may cost the server."""


@pytest.fixture(scope="module")
def found():
    return measured(STUDENTS, MONTHS, spread=3.0)


def test_every_action_is_answered_within_a_second(found):
    assert len(found.times["give orders"]) == STUDENTS * MONTHS
    late = {name: quantiles(times, n=20)[-1] for name, times in found.times.items() if name != FIRST}
    assert max(late.values()) < AT_MOST, table(found)


def test_worlds_were_run_meanwhile(found):
    assert found.runs >= 1


def test_memory_stays_with_the_class(found):
    before, full, after = found.memory
    assert full - before < MOST_MEGABYTES * STUDENTS
    assert after - full < MOST_MEGABYTES * STUDENTS / 2
