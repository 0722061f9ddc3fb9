"""Forty students at once, while worlds run: nobody waits behind the worlds."""

import pytest
from class_of_forty import AT_MOST, late, measured, table

STUDENTS, MONTHS = 40, 2
MOST_MEGABYTES = 4.0
"""Memory that a student with an open page may cost the server."""


@pytest.fixture(scope="module")
def found():
    return measured(STUDENTS, MONTHS, spread=3.0)


def test_no_action_waits_behind_a_run(found):
    assert len(found.times["give orders"]) == STUDENTS * MONTHS
    assert late(found) < AT_MOST, table(found)


def test_worlds_were_run_meanwhile(found):
    assert len(found.runs) >= 1


def test_memory_stays_with_the_class(found):
    before, full, after = found.memory
    assert full - before < MOST_MEGABYTES * STUDENTS
    assert after - full < MOST_MEGABYTES * STUDENTS / 2
